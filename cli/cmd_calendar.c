/* calendar show: a year's days off, worked days and closures. */
#include "cli/shipped.h"
#include "cli/table.h"
#include "cli/verbs.h"
#include "core/words.h"

struct page {
    struct cli *c;
    struct table *table;
    struct buf text;
};

static const char *kind_name(enum day_kind kind)
{
    switch (kind) {
    case DAY_OFF: return "day_off";
    case DAY_WORKED: return "worked";
    case DAY_CLOSED: return "closed";
    case DAY_COMPUTED: return "computed";
    }
    return NULL;
}

static void put_day(void *arg, const struct office_day *day)
{
    struct cli *c = ((struct page *)arg)->c;
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_day(&j, "date", day->day);
    json_name(&j, "kind", kind_name(day->kind));
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
    table_init(&t, columns, sizeof columns / sizeof *columns);
    calendar_each_named(calendar, civil_from_ymd(year, 1, 1), civil_from_ymd(year, 12, 31), add_day, &p);
    table_print(&t, c);
    table_release(&t);
    buf_release(&p.text);
}

/* "2027" */
static bool parse_year(struct str text, int *out)
{
    int year = 0;
    for (size_t i = 0; i < text.n && i < 5; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        year = year * 10 + (text.p[i] - '0');
    }
    *out = year;
    return text.n == 4 && year >= CIVIL_FIRST_YEAR && year <= CIVIL_LAST_YEAR;
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

static int show(struct cli *c, struct args *a)
{
    int year = 0;
    struct office *own;
    if (a->operands && !parse_year(a->operand[0], &year))
        return args_wrong(a, T_cli_bad_year, a->operand[0], STR_NONE);
    int status = shipped_or_store(c, &own);
    if (!status)
        status = show_year(c, year);
    office_free(own);
    return status;
}

const struct verb verb_calendar_show = {
    .name = "calendar",
    .sub = "show",
    .help = T_cli_help_calendar_show,
    .operand = T_cli_value_year,
    .least = 0,
    .most = 1,
    .run = show,
};
