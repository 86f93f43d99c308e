/* morning: the chief's page. */
#include "cli/ahead.h"
#include "cli/cells.h"
#include "cli/dossier_json.h"
#include "cli/reading.h"
#include "cli/stat.h"
#include "cli/verbs.h"
#include "core/morning.h"
#include "core/text.h"
#include "core/words.h"
#include "store/noted.h"

enum { M_UNMASK, M_AS_OF, M_ACCEPT };

static const struct option_spec options[] = {
    [M_UNMASK] = OPTION_UNMASK,
    [M_AS_OF] = OPTION_AS_OF,
    [M_ACCEPT] = {.name = "accept", .type = OPTION_FLAG, .help = T_cli_opt_accept},
};

struct page {
    struct cli *c;
    const struct reading *r;
    struct morning morning;
    struct on_time on_time;
    struct store_stat stat;
    struct continuity continuity;
    size_t ahead;  /* dossiers of a clock that ran ahead, not yet mended */
    bool accepted; /* the journal as it is now is the right one, and noted as such */
};

/* ---- gathering ---- */

static bool add_row(void *arg, const struct row *row)
{
    struct morning *m = arg;
    morning_add(m, row);
    return !m->failed;
}

/* The rate is of what was received since 1 January. */
static void gather(struct page *p)
{
    struct cli *c = p->c;
    const struct judge *judge = &p->r->judge;
    struct civil today = civil_to_ymd(judge->today);
    struct tally tally;
    morning_init(&p->morning, judge);
    morning_add_unread(&p->morning, view_morning(c->view, judge, add_row, &p->morning));
    view_live(c->view, LIVE_UNCOLLECTED, add_row, &p->morning);
    morning_finish(&p->morning);
    view_tally(c->view, today.year, 1, today.year, 12, &tally);
    bool promised = judge->settings->basis == BASIS_PROMISED;
    p->on_time =
        on_time_rate(judge->settings, tally.solved, promised ? tally.late_promised : tally.late_statutory,
                     p->morning.open_past_statutory);
    view_stat(c->view, &p->stat);
    struct ahead ahead;
    ahead_read(&ahead, c->view);
    p->ahead = ahead_dossiers(&ahead);
    p->morning.failed = p->morning.failed || ahead.failed;
    ahead_release(&ahead);
}

/* ---- does the journal go on from what was last shown? ---- */

static bool is_broken(const struct page *p)
{
    return !outcome_ok(&p->continuity.verdict) && !p->accepted;
}

/* A text with {1} the time of the last showing and {2} what is wrong. */
static void add_broken(const struct page *p, struct buf *out, enum text_id text)
{
    const struct cli *c = p->c;
    struct buf when = BUF_INIT, what = BUF_INIT;
    lang_time(&when, c->lang, civil_from_utc(p->continuity.noted.when, c->offset));
    outcome_message(&what, c->lang, &p->continuity.verdict);
    LANG_SAY(out, c->lang, text, buf_str(&when), buf_str(&what));
    buf_release(&when);
    buf_release(&what);
}

/* Standard error alone: the page is an answer all the same. */
static void complain_of(struct cli *c, enum text_id text, const struct outcome *o)
{
    struct buf line = BUF_INIT, what = BUF_INIT;
    outcome_message(&what, c->lang, o);
    LANG_SAY(&line, c->lang, text, buf_str(&what));
    cli_complain(c, buf_str(&line));
    buf_release(&line);
    buf_release(&what);
}

/* Notes what is about to be shown. That it cannot is no reason to fail, unless noting is what was asked for.
 */
static int note(struct page *p, bool accept)
{
    struct cli *c = p->c;
    struct outcome damaged = view_fault(c->view);
    bool nowhere = false;
    if (!outcome_ok(&damaged)) /* cli_finish() tells */
        return 0;
    if (accept && p->continuity.trouble.kind == KIND_bad_note)
        noted_forget(c->dir.p);
    struct outcome o = noted_keep(c->view, c->now, &nowhere);
    p->accepted = accept && outcome_ok(&o) && !nowhere;
    bool told = !outcome_ok(&p->continuity.trouble) && !accept;
    if (!outcome_ok(&o) && !told)
        complain_of(c, T_cli_note_unwritten, &o);
    else if (accept && nowhere)
        cli_complain(c, str_of(cli_text(c, T_cli_note_nowhere)));
    return accept && !p->accepted ? FAILED : 0;
}

static int compare(struct page *p, bool accept)
{
    struct cli *c = p->c;
    struct buf line = BUF_INIT;
    noted_compare(c->view, &p->continuity);
    bool garbled = p->continuity.trouble.kind == KIND_bad_note && !accept;
    if (!outcome_ok(&p->continuity.trouble))
        complain_of(c, garbled ? T_cli_note_garbled : T_cli_note_unread, &p->continuity.trouble);
    if (!is_broken(p) || accept)
        return p->r->past ? 0 : note(p, accept);
    add_broken(p, &line, T_cli_morning_broken);
    cli_complain(c, buf_str(&line));
    buf_release(&line);
    return FAILED;
}

/* ---- for scripts ---- */

static void put_section(struct page *p, struct json *j, const char *key, enum morning_section section)
{
    const struct morning_list *list = &p->morning.section[section];
    struct dossier_view view = {.judge = &p->r->judge, .unmask = p->r->unmask};
    struct dossier d;
    json_array_begin(j, key);
    for (size_t i = 0; i < list->count; i++)
        if (view_dossier(p->c->view, list->row[i]->facts.id, &d))
            dossier_json(p->c, j, NULL, &d, &view);
    json_array_end(j);
}

static void put_on_time(struct json *j, const struct on_time *t)
{
    json_object_begin(j, "on_time");
    if (t->rate < 0)
        json_null(j, "rate");
    else
        json_hundredths(j, "rate", t->rate);
    json_hundredths(j, "target", t->target);
    json_int(j, "solved_in_time", (int64_t)t->solved_in_time);
    json_int(j, "base", (int64_t)t->base);
    if (t->base)
        json_bool(j, "met", t->met);
    else
        json_null(j, "met"); /* nothing to judge yet */
    json_name(j, "comparator", comparator_sign(t->comparator));
    json_object_end(j);
}

static void put_counts(struct json *j, const struct morning *m)
{
    json_object_begin(j, "counts");
    for (enum status s = STATUS_WAITING; s <= STATUS_OVERDUE; s++)
        json_int(j, status_name(s), m->counts[s]);
    json_int(j, "open", m->open);
    json_int(j, "letter_due", m->letter_due);
    json_int(j, "rescheduled", m->rescheduled);
    json_int(j, "uncollected", m->uncollected);
    json_object_end(j);
}

static void print_json(struct page *p)
{
    struct cli *c = p->c;
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_utc(&j, "as_of", p->r->moment, c->offset);
    json_text(&j, "office", office_identity(c->office)->name);
    put_on_time(&j, &p->on_time);
    put_counts(&j, &p->morning);
    put_section(p, &j, "overdue", MORNING_OVERDUE);
    json_object_begin(&j, "letters");
    put_section(p, &j, "today", MORNING_LETTERS_TODAY);
    put_section(p, &j, "too_late", MORNING_LETTERS_TOO_LATE);
    put_section(p, &j, "overdue", MORNING_LETTERS_OVERDUE);
    json_object_end(&j);
    put_section(p, &j, "due_today", MORNING_DUE_TODAY);
    put_section(p, &j, "due_next", MORNING_DUE_NEXT);
    put_section(p, &j, "rescheduled", MORNING_RESCHEDULED);
    put_section(p, &j, "waiting_long", MORNING_WAITING_LONG);
    put_section(p, &j, "uncollected", MORNING_UNCOLLECTED);
    stat_head_json(&j, &p->stat);
    if (p->continuity.known || p->accepted)
        json_bool(&j, "continues", !is_broken(p));
    else
        json_null(&j, "continues"); /* nothing to compare with */
    json_int(&j, "ahead", (int64_t)p->ahead);
    json_bool(&j, "demo", c->demo);
    json_object_end(&j);
    json_line(&j);
}

/* ---- for people ---- */

enum { GAUGE = 30, FULL = 10000 };

static void add_number(struct buf *out, int64_t n)
{
    buf_reset(out);
    buf_add_int(out, n);
}

/* With the hour: the page of an earlier moment is then the page that stood there at that moment. */
static void say_title(struct page *p)
{
    struct cli *c = p->c;
    struct buf now = BUF_INIT;
    civil_minute moment = p->r->judge.now;
    lang_time(&now, c->lang, moment);
    paint_begin(c, PAINT_BOLD);
    CLI_SAY(c, T_cli_morning_title, office_identity(c->office)->name,
            str_of(lang_weekday(c->lang, civil_weekday(civil_day_of(moment)))), buf_str(&now));
    paint_end(c, PAINT_BOLD);
    buf_add_char(&c->out, '\n');
    buf_release(&now);
}

static void say_counts(struct page *p)
{
    const struct morning *m = &p->morning;
    static const enum status shown[] = {STATUS_OVERDUE, STATUS_DUE_TODAY, STATUS_DUE_SOON, STATUS_ON_TRACK,
                                        STATUS_WAITING};
    struct cli *c = p->c;
    struct buf n = BUF_INIT;
    add_number(&n, m->open);
    CLI_SAY(c, T_cli_morning_open, buf_str(&n));
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        if (!m->counts[shown[i]])
            continue;
        enum paint paint = status_paint(shown[i]);
        buf_add_z(&c->out, " · ");
        paint_begin(c, paint);
        add_number(&n, m->counts[shown[i]]);
        CLI_SAY(c, T_cli_morning_count, str_of(words_status(c->lang, shown[i])), buf_str(&n));
        paint_end(c, paint);
    }
    buf_add_char(&c->out, '\n');
    buf_release(&n);
}

/* "96,49 %" */
static void add_rate(const struct cli *c, struct buf *out, int rate)
{
    limit_format_value(out, (uint32_t)rate, c->lang == LANG_VI ? ',' : '.');
    buf_add_z(out, c->lang == LANG_VI ? " %" : "%");
}

/* The rate as a bar, the target marked in it. */
static void say_gauge(struct page *p)
{
    struct cli *c = p->c;
    const struct on_time *t = &p->on_time;
    struct buf rate = BUF_INIT, target = BUF_INIT, good = BUF_INIT, base = BUF_INIT, bar = BUF_INIT;
    int mark = t->target * GAUGE / FULL;
    for (int i = 0; i < GAUGE; i++)
        buf_add_z(&bar, i == mark ? "┃" : (i + 1) * FULL <= t->rate * GAUGE ? "█" : "░");
    if (t->rate >= 0)
        add_rate(c, &rate, t->rate);
    else
        buf_add_z(&rate, cli_text(c, T_core_no_time));
    buf_add_z(&target, comparator_sign(t->comparator));
    buf_add_char(&target, ' ');
    add_rate(c, &target, t->target);
    buf_add_int(&good, (int64_t)t->solved_in_time);
    buf_add_int(&base, (int64_t)t->base);
    enum paint paint = t->base == 0 ? PAINT_NONE : t->met ? PAINT_GREEN : PAINT_RED;
    CLI_LINE(c, T_cli_morning_rate, buf_str(&good), buf_str(&base), buf_str(&target));
    paint_begin(c, paint);
    buf_add_str(&c->out, buf_str(&bar));
    buf_add_char(&c->out, ' ');
    buf_add_str(&c->out, buf_str(&rate));
    paint_end(c, paint);
    if (t->base) {
        buf_add_z(&c->out, " · ");
        CLI_SAY(c, t->met ? T_cli_morning_met : T_cli_morning_not_met, STR_NONE);
    }
    buf_add_char(&c->out, '\n');
    buf_release(&rate);
    buf_release(&target);
    buf_release(&good);
    buf_release(&base);
    buf_release(&bar);
}

static const struct table_column row_columns[] = {
    {T_nothing, false, 0},  /* code */
    {T_nothing, false, 0},  /* due, or when ready */
    {T_nothing, true, 0},   /* days late */
    {T_nothing, false, 14}, /* applicant */
    {T_nothing, false, 10}, /* holder */
    {T_nothing, false, 12}, /* procedure */
};

static void add_section_row(struct page *p, struct table *t, enum morning_section section,
                            const struct row *row)
{
    struct cli *c = p->c;
    struct buf text = BUF_INIT;
    uint32_t late = late_days_now(&p->r->judge, &row->facts, row->late_days);
    struct cell cells[6] = {
        {.text = is_narrow(c) ? short_code(c, row->code) : row->code},
        {.text = STR_NONE},
        {.text = STR_NONE, .paint = PAINT_RED},
        {.text = row->applicant},
        {.text = holder_or_unit(c, row->officer, row->unit)},
        {.text = procedure_title(c, row)},
    };
    civil_minute when = section == MORNING_UNCOLLECTED    ? row->facts.resolved
                        : section == MORNING_WAITING_LONG ? row->facts.waiting_since
                                                          : row->facts.due;
    short_time(c, &text, when, row->facts.in_hours, p->r->judge.today);
    cells[1].text = table_keep(t, &text);
    if (late && section != MORNING_UNCOLLECTED) {
        buf_add_char(&text, '+');
        buf_add_int(&text, late);
        cells[2].text = table_keep(t, &text);
    }
    table_add(t, cells);
    buf_release(&text);
}

static void say_section(struct page *p, enum morning_section section)
{
    struct cli *c = p->c;
    const struct morning_list *list = &p->morning.section[section];
    struct buf n = BUF_INIT;
    struct table t;
    if (!list->count)
        return;
    add_number(&n, (int64_t)list->count);
    bool urgent = section <= MORNING_LETTERS_OVERDUE;
    buf_add_char(&c->out, '\n');
    paint_begin(c, urgent ? PAINT_RED : PAINT_BOLD);
    CLI_SAY(c, T_cli_morning_section, str_of(words_section(c->lang, section)), buf_str(&n));
    paint_end(c, urgent ? PAINT_RED : PAINT_BOLD);
    buf_add_char(&c->out, '\n');
    table_init(&t, row_columns, sizeof row_columns / sizeof *row_columns);
    t.indent = 2;
    for (size_t i = 0; i < list->count; i++)
        add_section_row(p, &t, section, list->row[i]);
    table_print(&t, c);
    table_release(&t);
    buf_release(&n);
}

static void say_broken(struct page *p)
{
    struct buf line = BUF_INIT;
    add_broken(p, &line, T_cli_morning_broken_title);
    paint_begin(p->c, PAINT_RED);
    text_safe(&p->c->out, buf_str(&line), false);
    paint_end(p->c, PAINT_RED);
    buf_add_char(&p->c->out, '\n');
    buf_release(&line);
}

/* Due in years, and in none of the sections. */
static void say_ahead(struct page *p)
{
    struct buf n = BUF_INIT;
    if (!p->ahead)
        return;
    add_number(&n, (int64_t)p->ahead);
    paint_begin(p->c, PAINT_RED);
    CLI_SAY(p->c, T_cli_morning_ahead, buf_str(&n));
    paint_end(p->c, PAINT_RED);
    buf_add_char(&p->c->out, '\n');
    buf_release(&n);
}

/* Which end of the journal was the right one until now, and which is from now on. */
static void say_accepted(struct page *p)
{
    struct cli *c = p->c;
    const struct noted *noted = &p->continuity.noted;
    struct head now = {.seq = p->stat.head_seq};
    char head[HEAD_TEXT];
    struct buf when = BUF_INIT;
    if (!p->accepted)
        return;
    memcpy(now.hash, p->stat.head_hash, STORE_HASH);
    if (p->continuity.known) {
        head_format(head, &noted->head);
        lang_time(&when, c->lang, civil_from_utc(noted->when, c->offset));
        CLI_LINE(c, T_cli_morning_was_noted, str_of(head), buf_str(&when));
    }
    head_format(head, &now);
    CLI_LINE(c, T_cli_morning_accepted, str_of(head));
    CLI_LINE(c, T_cli_morning_accepted_by, buf_str(&c->login));
    buf_add_char(&c->out, '\n');
    buf_release(&when);
}

/* What can be noted elsewhere, and compared with later. */
static void say_head(struct page *p)
{
    struct head head = {.seq = p->stat.head_seq};
    char text[HEAD_TEXT];
    memcpy(head.hash, p->stat.head_hash, STORE_HASH);
    head_format(text, &head);
    buf_add_char(&p->c->out, '\n');
    CLI_LINE(p->c, T_cli_stat_head, str_of(text));
}

static void print_text(struct page *p)
{
    if (is_broken(p))
        say_broken(p);
    cli_banner(p->c);
    say_accepted(p);
    say_title(p);
    say_counts(p);
    say_gauge(p);
    say_ahead(p);
    for (enum morning_section s = 0; s < MORNING_SECTIONS; s++)
        say_section(p, s);
    say_head(p);
}

static int morning(struct cli *c, struct args *a)
{
    struct reading r;
    bool accept = args_has(a, M_ACCEPT);
    if (accept && args_has(a, M_AS_OF))
        return args_wrong(a, T_cli_as_of_and_accept, STR_NONE, STR_NONE);
    int status = reading_open(c, a, M_AS_OF, M_UNMASK, &r);
    if (status)
        return status;
    struct page p = {.c = c, .r = &r};
    gather(&p);
    if (p.morning.failed) {
        morning_release(&p.morning);
        return cli_no_memory(c);
    }
    status = compare(&p, accept);
    if (c->json)
        print_json(&p);
    else
        print_text(&p);
    morning_release(&p.morning);
    return status;
}

const struct verb verb_morning = {
    .name = "morning",
    .help = T_cli_help_morning,
    VERB_OPTIONS(options),
    .run = morning,
};
