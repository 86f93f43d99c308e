#include "tui/office_acts.h"

#include "tui/office_words.h"
#include "tui/page_ask.h"
#include "tui/page_held.h"
#include "tui/page_office_form.h"
#include "tui/page_steps.h"
#include "tui/sentence.h"

void office_acts_release(struct office_acts *a)
{
    office_book_release(&a->book);
    for (int i = 0; i < OFFICE_PARTS; i++)
        buf_release(&a->key[i]);
    buf_release(&a->subject);
}

static bool changes(enum action action)
{
    switch (action) {
    case ACTION_edit:
    case ACTION_add:
    case ACTION_add_case:
    case ACTION_steps:
    case ACTION_retire:
    case ACTION_remove_day:
    case ACTION_hours:
    case ACTION_year_known:
    case ACTION_default: return true;
    default: return false;
    }
}

bool office_acts_may(const struct office_acts *a, enum action action)
{
    return !changes(action) || outcome_ok(&a->book.may[a->part]);
}

/* ---- forms ---- */

static const struct procedure *chosen_procedure(const struct office_acts *a)
{
    return &a->book.procedure[a->chosen].procedure;
}

static void open_form(struct office_acts *a, struct session *s, struct office_form *form, struct str about)
{
    session_open(s, page_office_form(form, about, &a->key[a->part]));
}

static void edit(struct office_acts *a, struct session *s)
{
    struct office_form form;
    struct buf about = BUF_INIT;
    office_book_key(&a->book, a->part, a->chosen, &about);
    switch (a->part) {
    case PART_PROCEDURES: office_form_procedure(&form, s->lang, chosen_procedure(a), a->cutoff); break;
    case PART_PEOPLE: office_form_officer(&form, s->lang, &a->book.officer[a->chosen].officer); break;
    case PART_DAYS:
        office_form_day(&form, s->lang, &a->book.day[a->chosen]);
        buf_reset(&about);
        buf_add_z(&about, lang_weekday(s->lang, civil_weekday(form.day)));
        buf_add_char(&about, ' ');
        lang_date(&about, s->lang, form.day);
        break;
    default: office_form_setting(&form, s->lang, &a->book.setting[a->chosen]);
    }
    open_form(a, s, &form, buf_str(&about));
    buf_release(&about);
}

static void add(struct office_acts *a, struct session *s, bool as_case)
{
    struct office_form form;
    struct buf about = BUF_INIT;
    if (as_case) {
        buf_add_str(&about, chosen_procedure(a)->code);
        buf_add_z(&about, "  ");
        buf_add_str(&about, chosen_procedure(a)->name);
        office_form_case(&form, s->lang, chosen_procedure(a), a->cutoff);
    } else if (a->part == PART_PROCEDURES)
        office_form_procedure(&form, s->lang, NULL, a->cutoff);
    else if (a->part == PART_PEOPLE)
        office_form_officer(&form, s->lang, NULL);
    else
        office_form_day(&form, s->lang, NULL);
    open_form(a, s, &form, buf_str(&about));
    buf_release(&about);
}

static void change_hours(struct office_acts *a, struct session *s)
{
    struct office_form form;
    office_form_hours(&form, s->lang, &a->book.hours);
    open_form(a, s, &form, STR_NONE);
}

/* ---- retiring, and bringing back ---- */

/* In front of a question the very request is tried: what is asked would also be done. */
static struct outcome would_do(struct session *s, const struct command *command)
{
    struct moves moves = {0};
    session_tick(s);
    struct request r = {.moment = session_moment(s), .command = *command};
    struct outcome o = store_rehearse(s->store, &r, 1, NULL, &moves);
    moves_release(&moves);
    return o;
}

static void open_held(void *arg, struct session *s)
{
    const struct office_acts *a = arg;
    session_open(s, page_held(buf_str(&a->subject)));
}

/* Who holds dossiers is refused, with the way to hand them on. */
static void refuse_retiring(struct office_acts *a, struct session *s, const struct outcome *o)
{
    struct buf why = BUF_INIT;
    if (o->kind != KIND_holds_dossiers) {
        session_refuse(s, o);
        return;
    }
    sentence_say(&why, s->lang, o, STR_NONE);
    session_open(s, page_ask(buf_str(&why), session_text(s, T_tui_ask_held), open_held, a));
    buf_release(&why);
}

static void submit_and_say(struct office_acts *a, struct session *s, const struct command *command,
                           enum text_id done)
{
    struct outcome o = session_submit(s, command, NULL);
    if (!outcome_ok(&o))
        return;
    struct buf text = BUF_INIT;
    LANG_SAY(&text, s->lang, done, buf_str(&a->subject));
    session_say(s, TONE_GOOD, buf_str(&text));
    buf_release(&text);
}

static void retire_command(const struct office_acts *a, struct command *out)
{
    *out = (struct command){
        .kind = a->part == PART_PEOPLE ? COMMAND_OFFICER_RETIRE : COMMAND_PROCEDURE_RETIRE,
        .at = NO_TIME,
        .retired = buf_str(&a->subject),
    };
}

static void do_retire(void *arg, struct session *s)
{
    struct office_acts *a = arg;
    struct command command;
    retire_command(a, &command);
    submit_and_say(a, s, &command, T_tui_done_retired);
}

/* A put of the same brings it back: the same as it is now, for others may have written since it was read. */
static void do_restore(void *arg, struct session *s)
{
    struct office_acts *a = arg;
    struct office_book now;
    struct command command = {.at = NO_TIME};
    struct view *v = session_view(s);
    if (!v)
        return;
    bool loaded = office_book_load(&now, v, s->login, a->year, s->today);
    session_view_end(s, v);
    size_t at = loaded ? office_book_find(&now, a->part, buf_str(&a->subject)) : 0;
    if (loaded && at < now.count[a->part]) {
        if (a->part == PART_PEOPLE) {
            command.kind = COMMAND_OFFICER_PUT;
            command.officer = now.officer[at].officer;
        } else {
            command.kind = COMMAND_PROCEDURE_PUT;
            command.procedure = now.procedure[at].procedure;
            command.procedure.retired = false;
        }
        submit_and_say(a, s, &command, T_tui_done_restored);
    }
    if (loaded)
        office_book_release(&now);
}

static void ask_retire(struct office_acts *a, struct session *s)
{
    bool people = a->part == PART_PEOPLE;
    const struct book_procedure *p = people ? NULL : &a->book.procedure[a->chosen];
    bool retired = people ? a->book.officer[a->chosen].officer.retired : p->procedure.retired;
    bool with_cases = !people && !p->procedure.kase.n && p->cases;
    struct command command;
    office_book_key(&a->book, a->part, a->chosen, &a->subject);
    retire_command(a, &command);
    struct outcome may = retired ? OUTCOME_DONE : would_do(s, &command);
    if (!outcome_ok(&may)) {
        refuse_retiring(a, s, &may);
        return;
    }
    struct buf what = BUF_INIT, question = BUF_INIT, n = BUF_INIT;
    enum text_id id = retired      ? (people ? T_tui_ask_restore_officer : T_tui_ask_restore_procedure)
                      : people     ? T_tui_ask_retire_officer
                      : with_cases ? T_tui_ask_retire_cases
                                   : T_tui_ask_retire_procedure;
    buf_add_str(&what, buf_str(&a->subject));
    buf_add_z(&what, "  ");
    buf_add_str(&what, people ? a->book.officer[a->chosen].officer.name : p->procedure.name);
    buf_add_int(&n, people ? 0 : p->cases);
    LANG_SAY(&question, s->lang, id, buf_str(&n));
    session_open(s, page_ask(buf_str(&what), buf_str(&question), retired ? do_restore : do_retire, a));
    buf_release(&what);
    buf_release(&question);
    buf_release(&n);
}

/* ---- days ---- */

static size_t remove_commands(void *arg, struct session *s, struct command out[CHANGE_REQUESTS])
{
    (void)s;
    const struct office_acts *a = arg;
    out[0] = (struct command){.kind = COMMAND_DAY_REMOVE, .at = NO_TIME, .day_removed = a->day};
    return 1;
}

/* When a year's plan is out, what was computed for it becomes what is recorded. */
static size_t known_commands(void *arg, struct session *s, struct command out[CHANGE_REQUESTS])
{
    (void)s;
    const struct office_acts *a = arg;
    size_t n = 0;
    for (size_t i = 0; i < a->book.count[PART_DAYS] && n + 1 < CHANGE_REQUESTS; i++) {
        if (a->book.day[i].kind != DAY_COMPUTED)
            continue;
        out[n] = (struct command){.kind = COMMAND_DAY_PUT, .at = NO_TIME, .day = a->book.day[i]};
        out[n++].day.kind = DAY_OFF;
    }
    out[n++] = (struct command){.kind = COMMAND_YEARS_KNOWN, .at = NO_TIME, .known = a->known};
    return n;
}

static size_t computed_days(const struct office_acts *a)
{
    size_t n = 0;
    for (size_t i = 0; i < a->book.count[PART_DAYS]; i++)
        n += a->book.day[i].kind == DAY_COMPUTED;
    return n;
}

static void nothing_more(void *arg, struct session *s)
{
    (void)arg, (void)s;
}

static void remove_day(struct office_acts *a, struct session *s)
{
    const struct office_day *day = &a->book.day[a->chosen];
    if (day->kind == DAY_COMPUTED) {
        session_say_id(s, TONE_REFUSED, T_tui_day_not_recorded);
        return;
    }
    struct buf what = BUF_INIT, date = BUF_INIT;
    lang_date(&date, s->lang, day->day);
    LANG_SAY(&what, s->lang,
             day->kind == DAY_OFF      ? T_tui_remove_off
             : day->kind == DAY_WORKED ? T_tui_remove_worked
                                       : T_tui_remove_closed,
             buf_str(&date), day->name);
    buf_release(&date);
    a->day = day->day;
    a->change = (struct day_change){remove_commands, nothing_more, a};
    page_office_change(s, &a->change, buf_str(&what), session_text(s, T_tui_ask_remove_day));
    buf_release(&what);
}

/* The years whose plan is recorded have no gap: one is added at either end, or taken away there. */
static bool turn_known(const struct office_acts *a, struct known_years *out, bool *known)
{
    struct known_years k = a->book.known;
    int year = a->year;
    *known = k.first <= k.last && year >= k.first && year <= k.last;
    if (k.first > k.last)
        k = (struct known_years){year, year};
    else if (*known && year == k.last)
        k.last--;
    else if (*known && year == k.first)
        k.first++;
    else if (year == k.last + 1)
        k.last++;
    else if (year == k.first - 1)
        k.first--;
    else
        return false;
    *out = k;
    return true;
}

static void ask_year(struct office_acts *a, struct session *s, bool known, struct str year)
{
    struct buf days = BUF_INIT, what = BUF_INIT, question = BUF_INIT;
    size_t computed = computed_days(a);
    buf_add_int(&days, (int64_t)computed);
    LANG_SAY(&what, s->lang, T_tui_year_of, year);
    LANG_SAY(&question, s->lang,
             known      ? T_tui_ask_year_unknown
             : computed ? T_tui_ask_year_record
                        : T_tui_ask_year_known,
             year, buf_str(&days));
    a->change = (struct day_change){known_commands, nothing_more, a};
    page_office_change(s, &a->change, buf_str(&what), buf_str(&question));
    buf_release(&days);
    buf_release(&what);
    buf_release(&question);
}

static void turn_year_known(struct office_acts *a, struct session *s)
{
    struct buf year = BUF_INIT, text = BUF_INIT;
    bool known, may = turn_known(a, &a->known, &known);
    int first = a->year > a->book.known.last ? a->book.known.last + 1 : a->book.known.first - 1;
    buf_add_int(&year, may ? a->year : known ? a->book.known.last : first);
    if (may)
        ask_year(a, s, known, buf_str(&year));
    else {
        LANG_SAY(&text, s->lang, known ? T_tui_year_inside : T_tui_year_gap, buf_str(&year));
        session_say(s, TONE_REFUSED, buf_str(&text));
    }
    buf_release(&year);
    buf_release(&text);
}

/* ---- settings ---- */

static void put_default(struct office_acts *a, struct session *s)
{
    const struct book_setting *setting = &a->book.setting[a->chosen];
    bool is = str_eq(setting->value, setting->standard);
    struct command command = {.kind = COMMAND_SETTING_PUT, .at = NO_TIME, .setting = {.key = setting->key}};
    if (!is) {
        struct outcome o = session_submit(s, &command, NULL);
        if (!outcome_ok(&o))
            return;
    }
    struct buf text = BUF_INIT, standard = BUF_INIT;
    office_standard(&standard, s->lang, settings_find(setting->key));
    LANG_SAY(&text, s->lang, is ? T_tui_is_default : T_tui_saved_default, setting->key, buf_str(&standard));
    buf_release(&standard);
    session_say(s, is ? TONE_PLAIN : TONE_GOOD, buf_str(&text));
    buf_release(&text);
}

/* ---- which ---- */

bool office_acts_do(struct office_acts *a, struct session *s, enum action action)
{
    bool none = a->chosen >= a->book.count[a->part];
    bool needs_row = action != ACTION_add && action != ACTION_hours && action != ACTION_year_known;
    if (!changes(action))
        return false;
    if (action == ACTION_add && a->part == PART_SETTINGS)
        return true;
    if (!office_acts_may(a, action)) {
        session_refuse(s, &a->book.may[a->part]);
        return true;
    }
    if (needs_row && none)
        return true;
    switch (action) {
    case ACTION_edit: edit(a, s); break;
    case ACTION_add: add(a, s, false); break;
    case ACTION_add_case: add(a, s, true); break;
    case ACTION_steps: session_open(s, page_steps(s, chosen_procedure(a))); break;
    case ACTION_retire: ask_retire(a, s); break;
    case ACTION_remove_day: remove_day(a, s); break;
    case ACTION_hours: change_hours(a, s); break;
    case ACTION_year_known: turn_year_known(a, s); break;
    default: put_default(a, s);
    }
    return true;
}
