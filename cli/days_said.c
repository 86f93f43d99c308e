#include "cli/days_said.h"

#include "cli/days_text.h"
#include "cli/moves.h"
#include "cli/table.h"
#include "cli/wrapped.h"
#include "core/words.h"
#include <stdlib.h>

/* ---- for scripts ---- */

static void put_office_day(struct json *j, const struct office_day *day)
{
    json_day(j, "date", day->day);
    json_name(j, "kind", day_kind_name(day->kind));
    json_text(j, "name", day->name);
    json_text(j, "document", day->document);
}

static void put_day(struct json *j, const struct planned *p)
{
    json_object_begin(j, NULL);
    put_office_day(j, &p->day);
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
    json_name(j, "reason", days_plan_reason(p));
    json_day(j, "date", p->entry->day.day);
    json_text(j, "name", p->entry->day.name);
    json_text(j, "uid", p->entry->uid);
    json_int(j, "line", (int64_t)p->entry->line);
    json_text(j, "zone", p->entry->zone);
    json_bool(j, "check", p->check);
    json_object_end(j);
}

static void put_days(const struct days_plan *m, struct json *j, const char *key, enum fate fate)
{
    json_array_begin(j, key);
    for (size_t i = 0; i < m->in.count; i++)
        if (m->plan[i].fate == fate)
            put_day(j, &m->plan[i]);
    json_array_end(j);
}

static void put_perhaps_moved(const struct days_plan *m, struct json *j)
{
    json_array_begin(j, "perhaps_moved");
    for (size_t i = 0; i < m->perhaps_moves; i++) {
        json_object_begin(j, NULL);
        put_office_day(j, &m->perhaps_moved[i]);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_counts(const struct days_plan *m, struct json *j)
{
    size_t skipped = 0;
    for (int fate = FATE_SKIPPED; fate < FATES; fate++)
        skipped += m->count[fate];
    json_object_begin(j, "counts");
    json_int(j, "added", (int64_t)m->count[FATE_ADDED]);
    json_int(j, "changed", (int64_t)m->count[FATE_CHANGED]);
    json_int(j, "unchanged", (int64_t)m->count[FATE_SAME]);
    json_int(j, "skipped", (int64_t)skipped);
    json_int(j, "perhaps_moved", (int64_t)m->perhaps_moves);
    json_int(j, "check", (int64_t)(m->checks + m->perhaps_moves));
    json_object_end(j);
}

void days_said_json(struct cli *c, const struct days_plan *m, const struct moves *moves, bool dry_run)
{
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    put_days(m, &j, "added", FATE_ADDED);
    put_days(m, &j, "changed", FATE_CHANGED);
    json_int(&j, "unchanged", (int64_t)m->count[FATE_SAME]);
    json_array_begin(&j, "skipped");
    for (size_t i = 0; i < m->in.count; i++)
        if (m->plan[i].fate >= FATE_SKIPPED)
            put_skipped(&j, &m->plan[i]);
    json_array_end(&j);
    put_perhaps_moved(m, &j);
    put_counts(m, &j);
    moves_json(c, &j, moves, dry_run);
    json_object_end(&j);
    json_line(&j);
}

/* ---- for people ---- */

/* "24/12/2026 (Thứ Năm)". */
static void add_date(struct cli *c, struct buf *out, civil_day day)
{
    lang_date(out, c->lang, day);
    if (day != NO_DAY)
        buf_addf(out, " (%s)", lang_weekday(c->lang, civil_weekday(day)));
}

static struct str keep_date(struct cli *c, struct table *t, struct buf *text, civil_day day)
{
    add_date(c, text, day);
    return table_keep(t, text);
}

static int by_day(const void *x, const void *y)
{
    const struct planned *a = *(struct planned *const *)x, *b = *(struct planned *const *)y;
    return (a->day.day > b->day.day) - (a->day.day < b->day.day);
}

/* People look for a day by its date, wherever it stood in the file. */
static const struct planned **sorted(const struct days_plan *m, size_t *n)
{
    const struct planned **list = calloc(m->in.count + 1, sizeof *list);
    *n = 0;
    for (size_t i = 0; i < m->in.count && list; i++)
        if (days_plan_changes(&m->plan[i]))
            list[(*n)++] = &m->plan[i];
    if (list)
        qsort(list, *n, sizeof *list, by_day);
    return list;
}

static void say_added(struct cli *c, const struct planned **list, size_t n)
{
    static const struct table_column shape[] = {
        {T_nothing, false, 0}, {T_nothing, false, 0}, {T_nothing, false, 0}, {T_nothing, false, 16}};
    struct table t;
    struct buf text = BUF_INIT;
    table_init(&t, shape, sizeof shape / sizeof *shape);
    t.indent = 2;
    for (size_t i = 0; i < n; i++) {
        struct cell cells[4] = {{.text = str_of(cli_text(c, T_cli_change_added))}};
        if (list[i]->fate != FATE_ADDED)
            continue;
        cells[1].text = keep_date(c, &t, &text, list[i]->day.day);
        cells[2].text = str_of(words_day_kind(c->lang, list[i]->day.kind));
        cells[3].text = list[i]->day.name;
        table_add(&t, cells);
    }
    table_print(&t, c);
    table_release(&t);
    buf_release(&text);
}

/* "Ngày nghỉ · Quốc khánh · văn bản 9441/TB-BNV": of what changed, and its name in any case. */
static void add_day(struct cli *c, struct buf *line, const struct office_day *day, bool kind, bool document)
{
    struct buf text = BUF_INIT;
    wrapped_part(line, kind ? str_of(words_day_kind(c->lang, day->kind)) : STR_NONE);
    wrapped_part(line, day->name);
    if (document)
        LANG_SAY(&text, c->lang, T_ical_day_document,
                 day->document.n ? day->document : str_of(cli_text(c, T_ical_day_no_document)));
    wrapped_part(line, buf_str(&text));
    buf_release(&text);
}

static void say_line(struct cli *c, const struct buf *line, int indent)
{
    wrapped_blanks(&c->out, indent);
    wrapped_text(c, buf_str(line), indent);
}

/* What it becomes, and below it what it was: side by side a terminal has no room for two names. */
static void say_changed(struct cli *c, const struct planned *p)
{
    enum { INDENT = 2, DEEPER = 6 };
    struct buf line = BUF_INIT, was = BUF_INIT;
    bool kind = p->day.kind != p->was.kind, document = !str_eq(p->day.document, p->was.document);
    buf_addf(&line, "%s  ", cli_text(c, T_cli_change_updated));
    add_date(c, &line, p->day.day);
    add_day(c, &line, &p->day, true, document);
    say_line(c, &line, INDENT);
    add_day(c, &was, &p->was, kind, document);
    buf_reset(&line);
    LANG_SAY(&line, c->lang, T_ical_day_was, buf_str(&was));
    say_line(c, &line, DEEPER);
    buf_release(&line);
    buf_release(&was);
}

static void say_changes(struct cli *c, const struct days_plan *m)
{
    size_t n;
    const struct planned **list = sorted(m, &n);
    if (list)
        say_added(c, list, n);
    else
        c->out.failed = true;
    for (size_t i = 0; i < n; i++)
        if (list[i]->fate == FATE_CHANGED) {
            say_changed(c, list[i]);
            cli_spill(c);
        }
    free(list);
}

static void add_reason(struct cli *c, struct buf *out, const struct planned *p)
{
    struct str zone = p->entry->zone;
    if (p->fate == FATE_SKIPPED && zone.n && p->entry->skip == DAYS_UNKNOWN_ZONE)
        LANG_SAY(out, c->lang, T_ical_skip_unknown_zone_of, zone);
    else if (p->fate == FATE_SKIPPED && zone.n)
        LANG_SAY(out, c->lang, T_ical_skip_elsewhere, zone);
    else
        buf_add_z(out, cli_text(c, days_plan_reason_text(p)));
}

static struct str keep_line(struct cli *c, struct table *t, const struct planned *p, struct buf *text)
{
    struct buf line = BUF_INIT;
    buf_add_int(&line, (int64_t)p->entry->line);
    LANG_SAY(text, c->lang, T_ical_at_line, buf_str(&line));
    buf_release(&line);
    return table_keep(t, text);
}

/* A row each: nobody has to do anything about them. */
static void say_passed_over(struct cli *c, const struct days_plan *m)
{
    static const struct table_column shape[] = {
        {T_nothing, false, 0}, {T_nothing, false, 0}, {T_nothing, false, 16}, {T_nothing, false, 12}};
    struct table t;
    struct buf text = BUF_INIT;
    table_init(&t, shape, sizeof shape / sizeof *shape);
    t.indent = 2;
    for (size_t i = 0; i < m->in.count; i++) {
        const struct planned *p = &m->plan[i];
        struct cell cells[4] = {{.text = STR_NONE}};
        if (p->fate < FATE_SKIPPED || p->check)
            continue;
        cells[0].text = keep_line(c, &t, p, &text);
        cells[1].text = keep_date(c, &t, &text, p->entry->day.day);
        add_reason(c, &text, p);
        cells[2].text = table_keep(&t, &text);
        cells[3].text = p->entry->day.name;
        table_add(&t, cells);
    }
    buf_add_int(&text, (int64_t)t.rows);
    if (t.rows)
        CLI_LINE(c, T_ical_days_passed_over, buf_str(&text));
    table_print(&t, c);
    table_release(&t);
    buf_release(&text);
}

/* Its day and name as they stand in the file, and below them why it was not taken and how to find it. */
static void say_check(struct cli *c, const struct planned *p)
{
    enum { INDENT = 2, DEEPER = 6 };
    struct buf line = BUF_INIT, text = BUF_INIT;
    buf_add_int(&text, (int64_t)p->entry->line);
    LANG_SAY(&line, c->lang, T_ical_at_line, buf_str(&text));
    buf_reset(&text);
    if (p->entry->day.day != NO_DAY)
        add_date(c, &text, p->entry->day.day);
    wrapped_part(&line, buf_str(&text));
    wrapped_part(&line, p->entry->day.name);
    say_line(c, &line, INDENT);
    buf_reset(&line);
    buf_reset(&text);
    add_reason(c, &line, p);
    if (p->entry->uid.n)
        LANG_SAY(&text, c->lang, T_ical_uid_of, p->entry->uid);
    wrapped_part(&line, buf_str(&text));
    say_line(c, &line, DEEPER);
    buf_release(&line);
    buf_release(&text);
}

static void say_to_check(struct cli *c, const struct days_plan *m)
{
    struct buf n = BUF_INIT;
    buf_add_int(&n, (int64_t)m->checks);
    if (m->checks)
        CLI_LINE(c, T_ical_days_to_check, buf_str(&n));
    for (size_t i = 0; i < m->in.count; i++)
        if (m->plan[i].check) {
            say_check(c, &m->plan[i]);
            cli_spill(c);
        }
    buf_release(&n);
}

static void say_perhaps_moved(struct cli *c, const struct days_plan *m)
{
    enum { INDENT = 2 };
    struct buf n = BUF_INIT, line = BUF_INIT, day = BUF_INIT;
    buf_add_int(&n, (int64_t)m->perhaps_moves);
    LANG_SAY(&line, c->lang, T_ical_perhaps_moved, buf_str(&n));
    if (m->perhaps_moves)
        say_line(c, &line, 0);
    for (size_t i = 0; i < m->perhaps_moves; i++) {
        buf_reset(&line);
        buf_reset(&day);
        add_date(c, &day, m->perhaps_moved[i].day);
        wrapped_part(&line, buf_str(&day));
        add_day(c, &line, &m->perhaps_moved[i], true, false);
        say_line(c, &line, INDENT);
    }
    buf_release(&n);
    buf_release(&line);
    buf_release(&day);
}

void days_said_text(struct cli *c, const struct days_plan *m, const struct moves *moves, bool dry_run)
{
    struct buf days = BUF_INIT, n[FATE_SAME + 1];
    size_t taken = 0;
    for (int i = 0; i <= FATE_SAME; i++) {
        n[i] = BUF_INIT;
        buf_add_int(&n[i], (int64_t)m->count[i]);
        taken += m->count[i];
    }
    buf_add_int(&days, (int64_t)taken);
    cli_banner(c);
    moves_rehearsed(c, dry_run);
    CLI_LINE(c, T_ical_days_read, buf_str(&days), buf_str(&n[FATE_ADDED]), buf_str(&n[FATE_CHANGED]),
             buf_str(&n[FATE_SAME]));
    say_changes(c, m);
    if (m->count[FATE_ADDED] + m->count[FATE_CHANGED])
        moves_text(c, moves);
    say_passed_over(c, m);
    say_to_check(c, m);
    say_perhaps_moved(c, m);
    for (int i = 0; i <= FATE_SAME; i++)
        buf_release(&n[i]);
    buf_release(&days);
}

void days_said_to_check(struct cli *c, const struct days_plan *m, struct str path, bool dry_run)
{
    struct buf n = BUF_INIT, said = BUF_INIT;
    buf_add_int(&n, (int64_t)(m->checks + m->perhaps_moves));
    bool recorded = m->count[FATE_ADDED] + m->count[FATE_CHANGED] > 0;
    enum text_id what = dry_run ? T_ical_to_check_dry : recorded ? T_ical_to_check : T_ical_to_check_only;
    LANG_SAY(&said, c->lang, what, path, buf_str(&n));
    cli_flush(c);
    cli_complain(c, buf_str(&said));
    buf_release(&n);
    buf_release(&said);
}
