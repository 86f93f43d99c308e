/* calendar show: a year's days off, worked days, closures and hours. */
#include "cli/days_text.h"
#include "cli/reading.h"
#include "cli/shipped.h"
#include "cli/table.h"
#include "cli/verbs.h"
#include "core/words.h"

struct page {
    struct cli *c;
    struct table *table;
    struct buf text;
};

static void put_day(void *arg, const struct office_day *day)
{
    struct cli *c = ((struct page *)arg)->c;
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_day(&j, "date", day->day);
    json_name(&j, "kind", day_kind_name(day->kind));
    json_text(&j, "name", day->name);
    json_text(&j, "document", day->document);
    json_object_end(&j);
    json_line(&j);
}

static void add_day(void *arg, const struct office_day *day)
{
    struct page *p = arg;
    struct cell cells[5] = {{.text = STR_NONE}};
    lang_date(&p->text, p->c->lang, day->day);
    cells[0].text = table_keep(p->table, &p->text);
    cells[1].text = str_of(lang_weekday(p->c->lang, civil_weekday(day->day)));
    cells[2].text = str_of(words_day_kind(p->c->lang, day->kind));
    cells[3].text = day->name;
    cells[4].text = day->document;
    table_add(p->table, cells);
}

static void say_year(struct cli *c, const struct calendar *calendar, int year)
{
    struct buf name = BUF_INIT, days = BUF_INIT;
    buf_add_int(&name, year);
    buf_add_int(&days, calendar_working_in_year(calendar, year));
    CLI_LINE(c, T_cli_calendar_year, buf_str(&name), buf_str(&days));
    if (!calendar_year_is_known(calendar, year))
        CLI_LINE(c, T_cli_calendar_computed, buf_str(&name));
    buf_release(&name);
    buf_release(&days);
}

static void say_hours_of(struct cli *c, const struct office_hours *hours)
{
    hours_say(&c->out, c->lang, hours);
    buf_add_char(&c->out, '\n');
}

/* Each that rules on some day of the year: an entry does until the next one, the earliest also before it. */
static void say_hours(struct cli *c, int year)
{
    const struct office_hours usual = office_hours_default();
    civil_day first = civil_from_ymd(year, 1, 1), last = civil_from_ymd(year, 12, 31);
    size_t n = office_hours_count(c->office);
    for (size_t i = 0; i < n; i++) {
        bool begun = i == 0 || office_hours(c->office, i)->from <= last;
        bool ended = i + 1 < n && office_hours(c->office, i + 1)->from <= first;
        if (begun && !ended)
            say_hours_of(c, office_hours(c->office, i));
    }
    if (!n)
        say_hours_of(c, &usual);
}

static void print_text(struct cli *c, const struct calendar *calendar, int year)
{
    static const struct table_column columns[] = {
        {T_cli_col_date, false, 0},      {T_cli_col_weekday, false, 0},   {T_cli_col_kind, false, 0},
        {T_cli_col_day_name, false, 12}, {T_cli_col_document, false, 10},
    };
    struct table t;
    struct page p = {.c = c, .table = &t};
    cli_banner(c);
    say_year(c, calendar, year);
    say_hours(c, year);
    table_init(&t, columns, sizeof columns / sizeof *columns);
    calendar_each_named(calendar, civil_from_ymd(year, 1, 1), civil_from_ymd(year, 12, 31), add_day, &p);
    table_print(&t, c);
    table_release(&t);
    buf_release(&p.text);
}

static int show_year(struct cli *c, int year)
{
    const struct calendar *calendar = office_calendar(c->office);
    if (!calendar)
        return cli_no_memory(c);
    if (!year)
        year = civil_to_ymd(civil_day_of(cli_now(c))).year;
    if (c->json)
        calendar_each_named(calendar, civil_from_ymd(year, 1, 1), civil_from_ymd(year, 12, 31), put_day,
                            &(struct page){.c = c});
    else
        print_text(c, calendar, year);
    return 0;
}

enum { S_AS_OF };

static const struct option_spec show_options[] = {
    [S_AS_OF] = OPTION_AS_OF,
};

static int show(struct cli *c, struct args *a)
{
    int year = 0;
    struct office *own;
    if (a->operands && !days_parse_year(a->operand[0], &year))
        return args_wrong(a, T_cli_bad_year, a->operand[0], STR_NONE);
    int status = shipped_or_store(c, a, S_AS_OF, &own);
    if (!status)
        status = show_year(c, year);
    office_free(own);
    return status;
}

const struct verb verb_calendar_show = {
    .name = "calendar",
    .sub = "show",
    .help = T_cli_help_calendar_show,
    VERB_OPTIONS(show_options),
    .operand = T_cli_value_year,
    .least = 0,
    .most = 1,
    .everybody = true,
    .run = show,
};
