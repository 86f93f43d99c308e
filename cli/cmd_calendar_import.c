/* calendar import: days off, worked days and closures from an iCalendar file. */
#include "cli/calendar_ics.h"
#include "cli/days_text.h"
#include "cli/in_file.h"
#include "cli/moves.h"
#include "cli/table.h"
#include "core/words.h"
#include "icalendar/days_in.h"
#include <stdlib.h>

/* What becomes of an entry of the file. */
enum fate { FATE_ADDED, FATE_CHANGED, FATE_SAME, FATE_SKIPPED, FATE_REPEATED, FATE_RECORDED, FATE_WORKING };

struct planned {
    const struct days_entry *entry;
    enum fate fate;
    struct office_day was; /* what is recorded for that day; day NO_DAY: nothing */
};

struct import {
    struct cli *cli;
    struct str path;
    bool dry_run;
    struct days_in in;
    struct planned *plan; /* one for each entry */
    struct arena text;    /* of what was recorded: the view it came from ends */
    size_t count[FATE_WORKING + 1];
    struct moves moves;
};

/* ---- what is wrong with the file ---- */

/* "…, UID x" behind the line; nothing where the event has none. */
static void add_place(struct import *m, struct outcome *o, size_t line, struct str uid)
{
    struct buf named = BUF_INIT;
    if (uid.n)
        LANG_SAY(&named, m->cli->lang, T_ical_uid, uid);
    outcome_text(o, m->path);
    outcome_number(o, (int64_t)line);
    outcome_text(o, buf_str(&named));
    buf_release(&named);
}

static int tell_fault(struct import *m)
{
    const struct days_fault *fault = &m->in.fault;
    if (fault->what == T_nothing)
        return cli_no_memory(m->cli);
    struct outcome o = outcome_of(KIND_bad_ics);
    add_place(m, &o, fault->line, fault->uid);
    outcome_label(&o, fault->what);
    return cli_tell(m->cli, &o);
}

/* What the rules of the desk refuse of one entry is a fault of the file; anything else is none. */
static int tell_refusal(struct import *m, const struct moves_refusal *r, const struct planned *refused)
{
    bool of_entry =
        refused && (r->outcome.kind == KIND_empty_text || r->outcome.kind == KIND_bad_text ||
                    r->outcome.kind == KIND_too_long || r->outcome.kind == KIND_bad_value ||
                    r->outcome.kind == KIND_day_recorded || r->outcome.kind == KIND_day_is_working);
    if (!of_entry)
        return cli_tell(m->cli, &r->outcome);
    struct buf why = BUF_INIT;
    struct outcome o = outcome_of(KIND_bad_ics);
    outcome_message(&why, m->cli->lang, &r->outcome);
    add_place(m, &o, refused->entry->line, refused->entry->uid);
    outcome_text(&o, buf_str(&why));
    buf_release(&why);
    return cli_tell(m->cli, &o);
}

/* "có giờ, không phải cả ngày (3), đã hủy (1)": why entries could not be used. */
static void add_reasons(const struct import *m, struct buf *out)
{
    for (enum days_skip why = DAYS_TAKEN + 1; why < DAYS_SKIPS; why++) {
        size_t n = 0;
        for (size_t i = 0; i < m->in.count; i++)
            n += m->in.entry[i].skip == why;
        if (n == 0)
            continue;
        buf_add_z(out, out->n ? ", " : "");
        buf_add_z(out, cli_text(m->cli, days_skip_text(why)));
        buf_addf(out, " (%zu)", n);
    }
}

/* A file of which nothing at all can be used is not the file that was meant. */
static int check_usable(struct import *m)
{
    if (m->count[FATE_SKIPPED] == 0 || m->count[FATE_SKIPPED] < m->in.count)
        return 0;
    struct buf reasons = BUF_INIT;
    struct outcome o = outcome_of(KIND_no_usable_days);
    add_reasons(m, &reasons);
    outcome_text(&o, m->path);
    outcome_number(&o, (int64_t)m->in.entry[0].line);
    outcome_text(&o, buf_str(&reasons));
    buf_release(&reasons);
    return cli_tell(m->cli, &o);
}

/* ---- what it would change ---- */

static bool is_same(const struct office_day *a, const struct office_day *b)
{
    return a->kind == b->kind && str_eq(a->name, b->name) && str_eq(a->document, b->document);
}

static enum fate fate_of(const struct import *m, const struct planned *p)
{
    const struct office_day *day = &p->entry->day;
    bool recorded = p->was.day != NO_DAY;
    if (recorded && is_same(day, &p->was))
        return FATE_SAME;
    if (day->kind == DAY_CLOSED && recorded && p->was.kind != DAY_CLOSED)
        return FATE_RECORDED;
    if (day->kind == DAY_WORKED && !(recorded && p->was.kind == DAY_WORKED) &&
        calendar_is_working(office_calendar(m->cli->office), day->day))
        return FATE_WORKING;
    return recorded ? FATE_CHANGED : FATE_ADDED;
}

static void look_up(struct import *m, struct planned *p)
{
    const struct office_day *known = office_find_day(m->cli->office, p->entry->day.day);
    p->was = (struct office_day){.day = NO_DAY};
    if (!known)
        return;
    p->was = *known;
    p->was.name = arena_str(&m->text, known->name);
    p->was.document = arena_str(&m->text, known->document);
}

static int by_day(const void *x, const void *y)
{
    const struct planned *a = *(struct planned *const *)x, *b = *(struct planned *const *)y;
    civil_day i = a->entry->day.day, j = b->entry->day.day;
    return i != j ? (i > j) - (i < j) : (a > b) - (a < b);
}

/* Of several entries for a day the last one counts; the others only say so where they say something else. */
static bool find_repeated(struct import *m)
{
    struct planned **sorted = calloc(m->in.count + 1, sizeof *sorted);
    size_t n = 0;
    if (!sorted)
        return false;
    for (size_t i = 0; i < m->in.count; i++)
        if (m->plan[i].entry->skip == DAYS_TAKEN)
            sorted[n++] = &m->plan[i];
    qsort(sorted, n, sizeof *sorted, by_day);
    for (size_t i = 1; i < n; i++)
        if (sorted[i - 1]->entry->day.day == sorted[i]->entry->day.day)
            sorted[i - 1]->fate = FATE_REPEATED;
    free(sorted);
    return true;
}

static bool make_plan(struct import *m)
{
    m->plan = calloc(m->in.count + 1, sizeof *m->plan);
    if (!m->plan || !office_calendar(m->cli->office))
        return false;
    for (size_t i = 0; i < m->in.count; i++)
        m->plan[i] = (struct planned){.entry = &m->in.entry[i], .fate = FATE_SKIPPED};
    if (!find_repeated(m))
        return false;
    for (size_t i = 0; i < m->in.count; i++) {
        struct planned *p = &m->plan[i];
        if (p->entry->skip == DAYS_TAKEN && p->fate != FATE_REPEATED) {
            look_up(m, p);
            p->fate = fate_of(m, p);
        }
        m->count[p->fate]++;
    }
    return !m->text.failed;
}

static bool is_change(const struct planned *p)
{
    return p->fate == FATE_ADDED || p->fate == FATE_CHANGED;
}

/* All in one submission, so that each due time moves once. */
static int write_days(struct import *m)
{
    size_t n = 0, changes = m->count[FATE_ADDED] + m->count[FATE_CHANGED];
    struct request *requests = calloc(changes + 1, sizeof *requests);
    const struct planned **of = calloc(changes + 1, sizeof *of);
    struct moves_refusal refusal = {.outcome = OUTCOME_DONE};
    int status = requests && of ? 0 : cli_no_memory(m->cli);
    for (size_t i = 0; i < m->in.count && !status; i++) {
        if (!is_change(&m->plan[i]))
            continue;
        of[n] = &m->plan[i];
        requests[n++] = (struct request){
            .moment = cli_moment(m->cli),
            .command = {.kind = COMMAND_DAY_PUT, .at = NO_TIME, .day = m->plan[i].entry->day},
        };
    }
    if (!status && n)
        status = moves_submit(m->cli, requests, n, m->dry_run, &m->moves, &refusal);
    if (!outcome_ok(&refusal.outcome))
        status = tell_refusal(m, &refusal, refusal.at < n ? of[refusal.at] : NULL);
    free(requests);
    free(of);
    return status;
}

/* ---- for scripts ---- */

static const char *reason_name(const struct planned *p)
{
    return p->fate == FATE_REPEATED   ? "repeated"
           : p->fate == FATE_RECORDED ? "day_recorded"
           : p->fate == FATE_WORKING  ? "day_is_working"
                                      : days_skip_name(p->entry->skip);
}

static void put_day(struct json *j, const struct planned *p)
{
    const struct office_day *day = &p->entry->day;
    json_object_begin(j, NULL);
    json_day(j, "date", day->day);
    json_name(j, "kind", day_kind_name(day->kind));
    json_text(j, "name", day->name);
    json_text(j, "document", day->document);
    if (p->fate == FATE_CHANGED) {
        json_name(j, "old_kind", day_kind_name(p->was.kind));
        json_text(j, "old_name", p->was.name);
        json_text(j, "old_document", p->was.document);
    }
    json_object_end(j);
}

static void put_skipped(struct json *j, const struct planned *p)
{
    json_object_begin(j, NULL);
    json_name(j, "reason", reason_name(p));
    json_day(j, "date", p->entry->day.day);
    json_text(j, "name", p->entry->day.name);
    json_text(j, "uid", p->entry->uid);
    json_int(j, "line", (int64_t)p->entry->line);
    json_object_end(j);
}

static void put_days(const struct import *m, struct json *j, const char *key, enum fate fate)
{
    json_array_begin(j, key);
    for (size_t i = 0; i < m->in.count; i++)
        if (m->plan[i].fate == fate)
            put_day(j, &m->plan[i]);
    json_array_end(j);
}

static void put_counts(const struct import *m, struct json *j)
{
    size_t skipped = 0;
    for (int fate = FATE_SKIPPED; fate <= FATE_WORKING; fate++)
        skipped += m->count[fate];
    json_object_begin(j, "counts");
    json_int(j, "added", (int64_t)m->count[FATE_ADDED]);
    json_int(j, "changed", (int64_t)m->count[FATE_CHANGED]);
    json_int(j, "unchanged", (int64_t)m->count[FATE_SAME]);
    json_int(j, "skipped", (int64_t)skipped);
    json_object_end(j);
}

static void say_json(struct import *m)
{
    struct json j = json_onto(&m->cli->out);
    json_object_begin(&j, NULL);
    put_days(m, &j, "added", FATE_ADDED);
    put_days(m, &j, "changed", FATE_CHANGED);
    json_int(&j, "unchanged", (int64_t)m->count[FATE_SAME]);
    json_array_begin(&j, "skipped");
    for (size_t i = 0; i < m->in.count; i++)
        if (m->plan[i].fate >= FATE_SKIPPED)
            put_skipped(&j, &m->plan[i]);
    json_array_end(&j);
    put_counts(m, &j);
    moves_json(m->cli, &j, &m->moves, m->dry_run);
    json_object_end(&j);
    json_line(&j);
}

/* ---- for people ---- */

static struct str keep_date(struct import *m, struct table *t, struct buf *text, civil_day day)
{
    lang_date(text, m->cli->lang, day);
    if (day != NO_DAY) {
        buf_add_z(text, " (");
        buf_add_z(text, lang_weekday(m->cli->lang, civil_weekday(day)));
        buf_add_char(text, ')');
    }
    return table_keep(t, text);
}

static void add_change(struct import *m, struct table *t, const struct planned *p, struct buf *text)
{
    const struct cli *c = m->cli;
    bool added = p->fate == FATE_ADDED;
    struct cell cells[5] = {{.text = str_of(cli_text(c, added ? T_cli_change_added : T_cli_change_updated))}};
    cells[1].text = keep_date(m, t, text, p->entry->day.day);
    cells[2].text = str_of(words_day_kind(c->lang, p->entry->day.kind));
    cells[3].text = p->entry->day.name;
    if (!added)
        LANG_SAY(text, c->lang, T_ical_day_before, str_of(words_day_kind(c->lang, p->was.kind)), p->was.name);
    cells[4].text = table_keep(t, text);
    table_add(t, cells);
}

static enum text_id reason_text(const struct planned *p)
{
    return p->fate == FATE_REPEATED   ? T_ical_skip_repeated
           : p->fate == FATE_RECORDED ? T_ical_skip_day_recorded
           : p->fate == FATE_WORKING  ? T_ical_skip_day_is_working
                                      : days_skip_text(p->entry->skip);
}

static void add_skipped(struct import *m, struct table *t, const struct planned *p, struct buf *text)
{
    struct buf line = BUF_INIT;
    struct cell cells[4] = {{.text = STR_NONE}};
    buf_add_int(&line, (int64_t)p->entry->line);
    LANG_SAY(text, m->cli->lang, T_ical_at_line, buf_str(&line));
    cells[0].text = table_keep(t, text);
    cells[1].text = keep_date(m, t, text, p->entry->day.day);
    cells[2].text = str_of(cli_text(m->cli, reason_text(p)));
    cells[3].text = p->entry->day.name;
    table_add(t, cells);
    buf_release(&line);
}

static void say_changes(struct import *m)
{
    static const struct table_column shape[] = {{T_nothing, false, 0},
                                                {T_nothing, false, 0},
                                                {T_nothing, false, 0},
                                                {T_nothing, false, 16},
                                                {T_nothing, false, 12}};
    struct table t;
    struct buf text = BUF_INIT;
    table_init(&t, shape, sizeof shape / sizeof *shape);
    t.indent = 2;
    for (size_t i = 0; i < m->in.count; i++)
        if (is_change(&m->plan[i]))
            add_change(m, &t, &m->plan[i], &text);
    table_print(&t, m->cli);
    table_release(&t);
    buf_release(&text);
}

static void say_skipped(struct import *m)
{
    static const struct table_column shape[] = {
        {T_nothing, false, 0}, {T_nothing, false, 0}, {T_nothing, false, 16}, {T_nothing, false, 12}};
    struct table t;
    struct buf text = BUF_INIT;
    size_t n = 0;
    table_init(&t, shape, sizeof shape / sizeof *shape);
    t.indent = 2;
    for (size_t i = 0; i < m->in.count; i++)
        if (m->plan[i].fate >= FATE_SKIPPED) {
            add_skipped(m, &t, &m->plan[i], &text);
            n++;
        }
    buf_reset(&text);
    buf_add_int(&text, (int64_t)n);
    if (n)
        CLI_LINE(m->cli, T_ical_days_skipped, buf_str(&text));
    table_print(&t, m->cli);
    table_release(&t);
    buf_release(&text);
}

static void say_text(struct import *m)
{
    struct cli *c = m->cli;
    struct buf days = BUF_INIT, n[FATE_SAME + 1];
    size_t taken = 0;
    for (int i = 0; i <= FATE_SAME; i++) {
        n[i] = BUF_INIT;
        buf_add_int(&n[i], (int64_t)m->count[i]);
        taken += m->count[i];
    }
    buf_add_int(&days, (int64_t)taken);
    cli_banner(c);
    moves_rehearsed(c, m->dry_run);
    CLI_LINE(c, T_ical_days_read, buf_str(&days), buf_str(&n[FATE_ADDED]), buf_str(&n[FATE_CHANGED]),
             buf_str(&n[FATE_SAME]));
    say_changes(m);
    if (m->count[FATE_ADDED] + m->count[FATE_CHANGED])
        moves_text(c, &m->moves);
    say_skipped(m);
    for (int i = 0; i <= FATE_SAME; i++)
        buf_release(&n[i]);
    buf_release(&days);
}

/* ---- the command ---- */

enum { I_DRY_RUN };

static const struct option_spec options[] = {
    [I_DRY_RUN] = OPTION_DRY_RUN,
};

static int import_text(struct import *m, struct str text)
{
    int next_year = civil_to_ymd(civil_day_of(cli_now(m->cli))).year + 1;
    const struct days_in_options how = {
        .utc_offset = m->cli->offset,
        .upto = civil_from_ymd(next_year < CIVIL_LAST_YEAR ? next_year : CIVIL_LAST_YEAR, 12, 31),
    };
    if (!days_in_read(&m->in, text, &how))
        return tell_fault(m);
    if (!make_plan(m))
        return cli_no_memory(m->cli);
    int status = check_usable(m);
    if (!status)
        status = write_days(m);
    if (status)
        return status;
    if (m->cli->json)
        say_json(m);
    else
        say_text(m);
    return 0;
}

static int import(struct cli *c, struct args *a)
{
    struct import m = {
        .cli = c, .path = a->operand[0], .dry_run = args_has(a, I_DRY_RUN), .text = ARENA_INIT};
    struct buf text = BUF_INIT;
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    struct outcome o = in_file_read(a->operand[0].p, DAYS_IN_BYTES, &text);
    status = outcome_ok(&o) ? import_text(&m, buf_str(&text)) : cli_tell(c, &o);
    free(m.plan);
    moves_release(&m.moves);
    days_in_release(&m.in);
    arena_release(&m.text);
    buf_release(&text);
    return status;
}

const struct verb verb_calendar_import = {
    .name = "calendar",
    .sub = "import",
    .help = T_cli_help_calendar_import,
    VERB_OPTIONS(options),
    .operand = T_cli_value_file,
    .least = 1,
    .most = 1,
    .act = ACT_CALENDAR,
    .run = import,
};
