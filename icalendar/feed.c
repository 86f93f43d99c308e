#include "icalendar/feed.h"

#include "core/evolve.h"
#include "core/names.h"
#include "core/text.h"
#include "core/words.h"
#include "icalendar/feed_why.h"
#include <stdlib.h>

/* Columns of a title: what the month view of a phone or a list of reminders still shows. */
#define TITLE_COLUMNS 80

/* ---- the past ---- */

static bool is_shown(const struct facts *f)
{
    return state_is_open(f->state) && !state_is_waiting(f->state);
}

void feed_past_init(struct feed_past *past)
{
    *past = (struct feed_past){.created = NO_TIME, .modified = NO_TIME, .due = NO_TIME};
}

void feed_past_release(struct feed_past *past)
{
    free(past->event);
    past->event = NULL;
    past->count = past->cap = 0;
}

static bool keep(struct feed_past *past, const struct event *e)
{
    if (past->count == past->cap) {
        size_t cap = past->cap ? past->cap * 2 : 8;
        struct event *more = realloc(past->event, cap * sizeof *more);
        if (!more)
            return false;
        past->event = more;
        past->cap = cap;
    }
    past->event[past->count++] = *e;
    return true;
}

/* The dossier after one more event. */
static bool replay(struct feed_past *past, const struct event *e)
{
    if (e->kind == EVENT_UNDONE)
        return evolve_history(&past->replayed, past->event, past->count);
    return evolve(&past->replayed, e);
}

bool feed_past_add(void *arg, const struct event *e)
{
    struct feed_past *past = arg;
    bool first = past->created == NO_TIME;
    bool was_shown = is_shown(&past->replayed.facts);
    past->failed = past->failed || (!past->broken && !keep(past, e));
    if (past->failed)
        return false;
    if (past->broken || !replay(past, e)) {
        past->broken = true;
        return false;
    }
    const struct facts *f = &past->replayed.facts;
    bool moved = f->due != NO_TIME && f->due != past->due;
    if (first)
        past->created = e->recorded_at;
    else if (moved || is_shown(f) != was_shown)
        past->sequence++;
    if (f->due != NO_TIME)
        past->due = f->due;
    past->modified = e->recorded_at;
    return true;
}

/* ---- the feed ---- */

void feed_init(struct feed *f, const struct office *office, const struct feed_options *options)
{
    *f = (struct feed){.options = *options, .office = office};
}

void feed_release(struct feed *f)
{
    buf_release(&f->uid);
    buf_release(&f->summary);
    buf_release(&f->description);
    buf_release(&f->part);
    buf_release(&f->whole);
    *f = (struct feed){0};
}

void feed_calendar_name(struct buf *out, const struct office *office, enum lang lang)
{
    const struct office_identity *o = office_identity(office);
    LANG_SAY(out, lang, o->demo ? T_ical_calendar_demo : T_ical_calendar, o->name);
}

/* ---- uid ---- */

static bool is_plain(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c && strchr("-._/", c));
}

static void add_encoded(struct buf *out, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (is_plain(s.p[i])) {
            buf_add_char(out, s.p[i]);
        } else {
            buf_add_char(out, '%');
            buf_add_char(out, hex[c >> 4]);
            buf_add_char(out, hex[c & 15]);
        }
    }
}

static void make_uid(struct feed *f, const struct dossier *d)
{
    buf_reset(&f->uid);
    add_encoded(&f->uid, d->code);
    buf_add_char(&f->uid, '@');
    add_encoded(&f->uid, office_identity(f->office)->agency);
}

/* The office's days have uids of the same end (icalendar/days_out.h), which might be codes by their shape. */
static bool is_uid_of_day(struct str local)
{
    const struct str prefix = STR("day-");
    struct civil_input in;
    return str_starts(local, prefix) && civil_parse(str_from(local, prefix.n), &in);
}

bool feed_is_uid(struct str agency, struct str uid)
{
    struct buf end = BUF_INIT;
    buf_add_char(&end, '@');
    add_encoded(&end, agency);
    size_t n = uid.n > end.n ? uid.n - end.n : 0;
    struct str local = str_first(uid, n);
    bool is = !end.failed && agency.n && n && str_eq(str_from(uid, n), buf_str(&end)) &&
              dossier_code_is_usable(local) && !is_uid_of_day(local);
    buf_release(&end);
    return is;
}

bool feed_is_uid_of_any(struct str uid)
{
    const char *at = memrchr(uid.p ? uid.p : "", '@', uid.n);
    struct str agency = at ? str_from(uid, (size_t)(at - uid.p) + 1) : STR_NONE;
    return agency.n && str_starts(uid, agency) && uid.p[agency.n] == '-' && feed_is_uid(agency, uid);
}

/* ---- summary ---- */

/* What people call it at the desk: the last part of the code where that is enough to find it by, else all of
 * it. */
static struct str short_code(struct str code)
{
    for (size_t i = code.n; i > 0; i--)
        if (code.p[i - 1] == '-')
            return code.n - i >= 4 ? str_from(code, i) : code;
    return code;
}

static enum text_id title_of(const struct facts *f)
{
    if (!state_is_open(f->state))
        return T_ical_ended;
    if (state_is_waiting(f->state))
        return T_ical_waiting;
    return f->due != f->statutory_due ? T_ical_rescheduled : T_ical_due;
}

static void make_summary(struct feed *f, const struct dossier *d, struct str title)
{
    enum lang lang = f->options.lang;
    buf_reset(&f->part);
    buf_reset(&f->whole);
    buf_reset(&f->summary);
    if (f->options.with_names)
        LANG_SAY(&f->part, lang, T_ical_of_whom, d->receipt.applicant.name, STR_NONE);
    title_short(&f->part, title);
    LANG_SAY(&f->whole, lang, title_of(&d->facts), short_code(d->code), buf_str(&f->part));
    text_cell(&f->summary, buf_str(&f->whole), TITLE_COLUMNS, false);
    f->summary.failed = f->summary.failed || f->part.failed || f->whole.failed;
}

/* ---- description ---- */

/* Adds "Label: text", unless there is no text. */
static void add_text_line(struct feed *f, enum text_id label, struct str text)
{
    enum lang lang = f->options.lang;
    if (!text.n)
        return;
    if (f->description.n)
        buf_add_char(&f->description, '\n');
    LANG_SAY(&f->description, lang, T_ical_line, str_of(lang_text(lang, label)), text);
}

/* The same, and empties the value. */
static void add_line(struct feed *f, enum text_id label, struct buf *value)
{
    add_text_line(f, label, buf_str(value));
    f->description.failed = f->description.failed || value->failed;
    buf_reset(value);
}

static void add_due_line(struct feed *f, enum text_id label, civil_minute due, struct buf *value)
{
    enum lang lang = f->options.lang;
    struct buf *time = &f->part;
    buf_reset(time);
    lang_time(time, lang, due);
    LANG_SAY(value, lang, T_ical_due_in_words, str_of(lang_weekday(lang, civil_weekday(civil_day_of(due)))),
             buf_str(time));
    value->failed = value->failed || time->failed;
    add_line(f, label, value);
}

static void add_procedure_line(struct feed *f, const struct dossier *d, struct str title, struct buf *value)
{
    struct buf *code = &f->part;
    buf_reset(code);
    buf_add_str(code, d->receipt.procedure.code);
    if (d->receipt.procedure.kase.n) {
        buf_add_char(code, '#');
        buf_add_str(code, d->receipt.procedure.kase);
    }
    if (title.n && !str_eq(title, d->receipt.procedure.code))
        LANG_SAY(value, f->options.lang, T_ical_procedure_of, title, buf_str(code));
    else
        buf_add_str(value, buf_str(code));
    value->failed = value->failed || code->failed;
    add_line(f, T_ical_procedure, value);
}

static void add_holder_line(struct feed *f, const struct dossier *d, struct buf *value)
{
    const struct officer *o = office_find_officer(f->office, d->officer);
    struct str name = o ? o->name : d->officer;
    struct str unit = d->unit.n ? d->unit : o ? o->unit : STR_NONE;
    if (name.n && unit.n)
        LANG_SAY(value, f->options.lang, T_ical_holder_in, name, unit);
    else
        buf_add_str(value, name.n ? name : unit);
    add_line(f, T_ical_holder, value);
}

static void add_letter_line(struct feed *f, const struct dossier *d, struct buf *value)
{
    const struct apology *a = &d->apology;
    enum lang lang = f->options.lang;
    if (a->number == 0)
        return;
    struct buf number = BUF_INIT, issued = BUF_INIT, from = BUF_INIT, to = BUF_INIT;
    apology_number(&number, a->number);
    lang_date(&issued, lang, civil_day_of(a->issued));
    lang_time(&from, lang, a->old_due);
    lang_time(&to, lang, a->new_due);
    LANG_SAY(value, lang, a->new_due == NO_TIME ? T_ical_letter_of : T_ical_letter_moved, buf_str(&number),
             buf_str(&issued), buf_str(&from), buf_str(&to));
    value->failed = value->failed || number.failed || issued.failed || from.failed || to.failed;
    buf_release(&number);
    buf_release(&issued);
    buf_release(&from);
    buf_release(&to);
    add_line(f, T_ical_letter, value);
    if (f->options.with_names)
        add_text_line(f, T_ical_reason, a->reason);
}

/* Where it stands and since when; while it is being worked on, its receipt has said so. */
static void add_state_line(struct feed *f, const struct dossier *d, struct buf *value)
{
    const struct facts *now = &d->facts;
    civil_minute since = state_is_waiting(now->state) ? now->waiting_since
                         : now->returned != NO_TIME   ? now->returned
                                                      : now->resolved;
    enum lang lang = f->options.lang;
    struct str state = str_of(words_state(lang, now->state));
    if (since == NO_TIME) {
        add_text_line(f, T_ical_state, state);
        return;
    }
    struct buf *time = &f->part;
    buf_reset(time);
    lang_time(time, lang, since);
    LANG_SAY(value, lang, T_ical_state_since, state, buf_str(time));
    value->failed = value->failed || time->failed;
    add_line(f, T_ical_state, value);
}

/* Why it is due then: what is due no more needs no reasons. */
static void add_why_lines(struct feed *f, const struct dossier *d, const struct feed_past *past,
                          struct buf *value)
{
    enum lang lang = f->options.lang;
    struct event cause;
    if (!is_shown(&d->facts))
        return;
    feed_counted_from(value, lang, d);
    add_line(f, T_ical_counted_from, value);
    feed_counted_anew(value, lang, past->event, past->count, d);
    add_line(f, T_ical_counted_anew, value);
    feed_passed_over(value, lang, f->office, d);
    add_line(f, T_ical_not_counted, value);
    const struct event *moved = feed_moved(past->event, past->count, d);
    if (!moved)
        return;
    bool known = f->options.entry && f->options.entry(f->options.arg, moved->moved.cause, &cause);
    bool by_law =
        d->facts.due != d->facts.statutory_due && moved->moved.old_statutory != moved->moved.new_statutory;
    feed_moved_why(value, lang, moved, known ? &cause : NULL);
    add_line(f, by_law ? T_ical_moved_by_law : T_ical_moved, value);
}

static void add_sentence(struct feed *f, enum text_id sentence)
{
    if (f->description.n)
        buf_add_char(&f->description, '\n');
    buf_add_z(&f->description, lang_text(f->options.lang, sentence));
}

static void make_description(struct feed *f, const struct dossier *d, struct str title, struct str field,
                             const struct feed_past *past)
{
    enum lang lang = f->options.lang;
    struct buf *value = &f->whole;
    buf_reset(value);
    buf_reset(&f->description);
    add_due_line(f, state_is_waiting(d->facts.state) ? T_ical_due_was : T_ical_due_at, past->due, value);
    add_text_line(f, T_ical_code, d->code);
    if (f->options.with_names)
        add_text_line(f, T_ical_applicant, d->receipt.applicant.name);
    add_procedure_line(f, d, title, value);
    add_text_line(f, T_ical_field, field);
    add_holder_line(f, d, value);
    lang_time(value, lang, d->facts.received);
    add_line(f, T_ical_received, value);
    lang_limit(value, lang, dossier_limit(d));
    add_line(f, T_ical_limit, value);
    add_why_lines(f, d, past, value);
    add_letter_line(f, d, value);
    add_state_line(f, d, value);
    if (d->facts.provisional)
        add_sentence(f, T_core_provisional);
    if (office_identity(f->office)->demo)
        add_sentence(f, T_ical_demo);
}

/* ---- the item ---- */

static struct ics_when when_of(const struct feed *f, const struct dossier *d, civil_minute due)
{
    enum ics_times times = f->options.times;
    if (times == TIMES_TIMED || (times == TIMES_AUTO && d->facts.in_hours))
        return (struct ics_when){.type = ICS_MOMENT,
                                 .seconds = civil_to_utc(due, office_identity(f->office)->utc_offset)};
    return (struct ics_when){.type = ICS_DAY, .day = civil_day_of(due)};
}

/* To a to-do list, an answer given (a result or a refusal) is work done; all other ends call it off. */
static enum ics_state state_of(const struct feed *f, const struct facts *facts)
{
    if (is_shown(facts))
        return ICS_OPEN;
    bool answered = facts->ended_how == ENDED_RESOLVED || facts->ended_how == ENDED_REFUSED;
    return f->options.kind == ICS_TODO && answered ? ICS_DONE : ICS_CANCELLED;
}

/* What people sort by, and how it stands: nothing that the mere passing of days would change. How many. */
static size_t make_categories(struct feed *f, const struct facts *facts, struct str field)
{
    enum lang lang = f->options.lang;
    size_t n = 0;
    f->categories[n++] = field;
    f->categories[n++] = str_of(words_state(lang, facts->state));
    if (is_shown(facts) && facts->due != facts->statutory_due)
        f->categories[n++] = str_of(lang_text(lang, T_ical_category_rescheduled));
    if (is_shown(facts) && facts->provisional)
        f->categories[n++] = str_of(lang_text(lang, T_ical_category_provisional));
    return n;
}

bool feed_item(struct feed *f, const struct dossier *d, const struct procedure *procedure,
               const struct feed_past *past, struct ics_item *out)
{
    if (past->failed || past->broken || past->due == NO_TIME || past->modified == NO_TIME)
        return false;
    const struct office_identity *office = office_identity(f->office);
    struct str title = procedure && procedure->name.n ? procedure->name
                       : d->title.n                   ? d->title
                                                      : d->receipt.procedure.code;
    struct str field = procedure ? procedure->field : office_field(f->office, d->facts.field);
    make_uid(f, d);
    make_summary(f, d, title);
    make_description(f, d, title, field, past);
    size_t categories = make_categories(f, &d->facts, field);
    *out = (struct ics_item){
        .uid = buf_str(&f->uid),
        .when = when_of(f, d, past->due),
        .summary = buf_str(&f->summary),
        .description = buf_str(&f->description),
        .location = office->name,
        .categories = f->categories,
        .category_count = categories,
        .state = state_of(f, &d->facts),
        .sequence = past->sequence,
        .stamp = past->modified,
        .created = past->created,
        .completed =
            d->facts.resolved == NO_TIME ? NO_TIME : civil_to_utc(d->facts.resolved, office->utc_offset),
        .alarms = f->options.alarms,
        .alarm_count = f->options.alarm_count,
    };
    return !f->uid.failed && !f->summary.failed && !f->description.failed;
}
