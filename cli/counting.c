#include "cli/counting.h"

#include "cli/table.h"
#include "core/words.h"

struct outcome counting_init(struct counting *k, const struct office *office, const struct limit *limit,
                             enum due_clock clock, int cutoff, civil_minute from)
{
    *k = (struct counting){.limit = *limit, .clock = clock};
    const struct calendar *calendar = office_calendar(office);
    if (!calendar)
        return outcome_of(KIND_out_of_memory);
    if (!deadline_compute(calendar, limit, clock, cutoff, from, &k->deadline, &k->trace)) {
        struct outcome o = outcome_of(KIND_limit_too_far);
        outcome_limit(&o, limit);
        return o;
    }
    return outcome_of(k->trace.failed ? KIND_out_of_memory : KIND_done);
}

void counting_release(struct counting *k)
{
    trace_release(&k->trace);
}

bool counting_has_clock(enum limit_kind kind)
{
    return kind != LIMIT_WORKING_HOURS && kind != LIMIT_SAME_DAY;
}

void counting_json(struct json *j, const struct counting *k, civil_minute due, int offset)
{
    struct buf limit = BUF_INIT;
    json_minute(j, "due_at", due, offset);
    json_bool(j, "provisional", k->deadline.provisional);
    json_name(j, "rule", limit_kind_name(k->limit.kind));
    json_array_begin(j, "days");
    for (size_t i = 0; i < k->trace.count; i++) {
        const struct trace_day *day = &k->trace.day[i];
        json_object_begin(j, NULL);
        json_day(j, "date", day->day);
        json_bool(j, "counted", day->counted);
        json_hundredths(j, "n", day->n);
        json_name(j, "why", deadline_why_name(day->why));
        json_text(j, "name", day->name);
        json_object_end(j);
    }
    json_array_end(j);
    limit_format(&limit, &k->limit);
    json_minute(j, "from_at", k->deadline.received, offset);
    json_minute(j, "counting_at", k->deadline.counting, offset);
    json_text(j, "limit", buf_str(&limit));
    json_name(j, "clock", counting_has_clock(k->limit.kind) ? due_clock_name(k->clock) : NULL);
    buf_release(&limit);
}

void counting_answer(struct cli *c, const struct counting *k)
{
    struct buf due = BUF_INIT;
    lang_time(&due, c->lang, k->deadline.due);
    enum weekday weekday = civil_weekday(civil_day_of(k->deadline.due));
    CLI_LINE(c, T_cli_due_answer, buf_str(&due), str_of(lang_weekday(c->lang, weekday)));
    if (k->deadline.provisional)
        CLI_LINE(c, T_cli_provisional, STR_NONE);
    buf_release(&due);
}

/* ---- the table ---- */

static void say_limit(struct cli *c, const struct counting *k)
{
    struct buf limit = BUF_INIT, received = BUF_INIT, counting = BUF_INIT;
    lang_limit(&limit, c->lang, &k->limit);
    lang_time(&received, c->lang, k->deadline.received);
    lang_time(&counting, c->lang, k->deadline.counting);
    if (counting_has_clock(k->limit.kind))
        CLI_LINE(c, T_cli_counting_limit, buf_str(&limit), str_of(words_clock(c->lang, k->clock)));
    else
        CLI_LINE(c, T_cli_counting_limit_alone, buf_str(&limit));
    static const enum text_id begun[] = {
        [FROM_RECEIPT] = T_cli_counting_received,
        [FROM_SUPPLEMENT] = T_cli_counting_supplement,
        [FROM_PAYMENT] = T_cli_counting_payment,
    };
    CLI_LINE(c, begun[k->from], buf_str(&received));
    if (k->deadline.counting != k->deadline.received)
        CLI_LINE(c, k->from == FROM_RECEIPT ? T_cli_counting_from : T_cli_counting_from_later,
                 buf_str(&counting));
    buf_release(&limit);
    buf_release(&received);
    buf_release(&counting);
}

/* "Ngày nghỉ: Quốc khánh (tạm tính)" */
static void add_reason(const struct cli *c, struct buf *out, const struct counting *k,
                       const struct trace_day *day)
{
    if (k->from == FROM_RECEIPT || day->why != WHY_RECEIPT_DAY)
        buf_add_z(out, words_why(c->lang, day->why, day->counted));
    else
        buf_add_z(out, cli_text(c, day->counted ? T_cli_first_day_counted : T_cli_first_day));
    if (day->name.n) {
        buf_add_z(out, ": ");
        buf_add_str(out, day->name);
    }
    if (day->computed) {
        buf_add_char(out, ' ');
        buf_add_z(out, cli_text(c, T_cli_computed));
    }
}

static void add_day(struct cli *c, struct table *t, const struct counting *k, const struct trace_day *day,
                    struct buf *text)
{
    char sign = c->lang == LANG_VI ? ',' : '.';
    struct cell cells[4] = {{.text = STR_NONE}};
    lang_date(text, c->lang, day->day);
    cells[0].text = table_keep(t, text);
    cells[1].text = str_of(lang_weekday(c->lang, civil_weekday(day->day)));
    if (day->counted)
        limit_format_value(text, (uint32_t)day->n, sign);
    else
        buf_add_z(text, cli_text(c, T_core_no_time));
    cells[2].text = table_keep(t, text);
    add_reason(c, text, k, day);
    cells[3].text = table_keep(t, text);
    if (!day->counted)
        for (size_t i = 0; i < 4; i++)
            cells[i].paint = PAINT_DIM;
    table_add(t, cells);
}

static void say_sum(struct cli *c, const struct counting *k)
{
    struct buf law = BUF_INIT, limit = BUF_INIT;
    civil_day received = civil_day_of(k->deadline.received);
    law_cite(&law, c->lang, law_rules(received), LAW_COUNTING, STR_NONE);
    lang_limit(&limit, c->lang, &k->limit);
    CLI_LINE(c, T_cli_counting_sum, buf_str(&limit), buf_str(&law));
    buf_release(&law);
    buf_release(&limit);
}

/* The days within a month, of a limit in months: people want to see where each month ends. */
static bool is_dull(const struct counting *k, size_t i)
{
    enum { SHOWN = 2 }; /* days around each end */
    const struct trace_day *day = k->trace.day;
    if (k->limit.kind != LIMIT_MONTHS || i < SHOWN || i + SHOWN >= k->trace.count)
        return false;
    return day[i].counted && day[i - 1].n == day[i].n && day[i + 1].n == day[i].n && !day[i].name.n;
}

void counting_table(struct cli *c, const struct counting *k)
{
    static const struct table_column columns[] = {
        {T_cli_col_date, false, 0},
        {T_cli_col_weekday, false, 0},
        {T_cli_col_counted, true, 0},
        {T_cli_col_why, false, 20},
    };
    struct table t;
    struct buf text = BUF_INIT;
    say_limit(c, k);
    table_init(&t, columns, sizeof columns / sizeof *columns);
    t.indent = 2;
    bool skipped = false;
    for (size_t i = 0; i < k->trace.count; i++) {
        bool dull = is_dull(k, i);
        if (!dull)
            add_day(c, &t, k, &k->trace.day[i], &text);
        else if (!skipped)
            table_add(&t, (struct cell[4]){{.text = STR("…")}});
        skipped = dull;
    }
    table_print(&t, c);
    table_release(&t);
    buf_release(&text);
    say_sum(c, k);
}
