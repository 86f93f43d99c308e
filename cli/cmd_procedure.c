/* procedure list, procedure show: the catalogue. */
#include "cli/shipped.h"
#include "cli/table.h"
#include "cli/verbs.h"
#include "core/words.h"

/* ---- for scripts: the names of the CSV's columns ---- */

static void put_offered(struct json *j, const char *key, int8_t offered)
{
    if (offered < 0)
        json_null(j, key);
    else
        json_bool(j, key, offered);
}

static void put_limit(struct json *j, const struct limit *limit)
{
    char hm[CIVIL_TEXT];
    json_name(j, "limit_kind", limit->kind == LIMIT_NONE ? NULL : limit_kind_name(limit->kind));
    if (limit->kind == LIMIT_NONE)
        json_null(j, "limit_value");
    else
        json_hundredths(j, "limit_value", limit->hundredths);
    bool cutoff = limit->kind == LIMIT_SAME_DAY && limit->cutoff != LIMIT_NO_CUTOFF;
    json_name(j, "cutoff", cutoff ? civil_hm(hm, limit->cutoff) : NULL);
}

static void put_columns(struct json *j, const struct procedure *p)
{
    json_text(j, "code", p->code);
    json_text(j, "case", p->kase);
    json_text(j, "name", p->name);
    json_text(j, "field", p->field);
    put_limit(j, &p->limit);
    json_name(j, "clock", p->clock == CLOCK_UNSET ? NULL : due_clock_name(p->clock));
    if (p->fee < 0)
        json_null(j, "fee_vnd");
    else
        json_int(j, "fee_vnd", p->fee);
    put_offered(j, "online", p->online);
    put_offered(j, "postal", p->postal);
    json_bool(j, "retired", p->retired);
}

/* ---- list ---- */

static void add_row(struct cli *c, struct table *t, const struct procedure *p, struct buf *text)
{
    struct cell cells[4] = {{.text = STR_NONE}};
    buf_add_str(text, p->code);
    if (p->kase.n) {
        buf_add_char(text, '#');
        buf_add_str(text, p->kase);
    }
    cells[0].text = table_keep(t, text);
    lang_limit(text, c->lang, &p->limit);
    cells[1].text = table_keep(t, text);
    cells[2].text = p->field;
    cells[3].text = p->name;
    if (p->retired)
        for (size_t i = 0; i < 4; i++)
            cells[i].paint = PAINT_DIM;
    table_add(t, cells);
}

static void list_text(struct cli *c)
{
    static const struct table_column columns[] = {
        {T_cli_col_code, false, 0},
        {T_cli_col_limit, false, 0},
        {T_cli_col_field, false, 12},
        {T_cli_col_procedure, false, 20},
    };
    struct table t;
    struct buf text = BUF_INIT;
    cli_banner(c);
    table_init(&t, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < office_procedure_count(c->office); i++)
        add_row(c, &t, office_procedure(c->office, i), &text);
    table_print(&t, c);
    table_release(&t);
    buf_release(&text);
}

static void list_json(struct cli *c)
{
    for (size_t i = 0; i < office_procedure_count(c->office); i++) {
        struct json j = json_onto(&c->out);
        json_object_begin(&j, NULL);
        put_columns(&j, office_procedure(c->office, i));
        json_object_end(&j);
        json_line(&j);
        cli_spill(c);
    }
}

static int list(struct cli *c, struct args *a)
{
    (void)a;
    struct office *own;
    int status = shipped_or_store(c, &own);
    if (!status && c->json)
        list_json(c);
    else if (!status)
        list_text(c);
    office_free(own);
    return status;
}

const struct verb verb_procedure_list = {
    .name = "procedure",
    .sub = "list",
    .help = T_cli_help_procedure_list,
    .run = list,
};

/* ---- show ---- */

/* The next row of the same code that is a case of its own, after *at. */
static const struct procedure *next_case(const struct office *office, const struct procedure *of, size_t *at)
{
    while (*at < office_procedure_count(office)) {
        const struct procedure *p = office_procedure(office, (*at)++);
        if (p != of && p->kase.n && str_eq(p->code, of->code))
            return p;
    }
    return NULL;
}

static void show_json(struct cli *c, const struct procedure *p)
{
    struct json j = json_onto(&c->out);
    const struct procedure *more;
    size_t at = 0;
    json_object_begin(&j, NULL);
    put_columns(&j, p);
    json_array_begin(&j, "cases");
    while (!p->kase.n && (more = next_case(c->office, p, &at))) {
        json_object_begin(&j, NULL);
        put_columns(&j, more);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_object_end(&j);
    json_line(&j);
}

static const char *offered_word(const struct cli *c, int8_t offered)
{
    return cli_text(c, offered < 0 ? T_core_no_time : offered ? T_core_yes : T_core_no);
}

static void say_limit(struct cli *c, const struct procedure *p)
{
    struct buf limit = BUF_INIT, cutoff = BUF_INIT;
    char hm[CIVIL_TEXT];
    lang_limit(&limit, c->lang, &p->limit);
    if (p->limit.kind == LIMIT_SAME_DAY && p->limit.cutoff != LIMIT_NO_CUTOFF)
        LANG_SAY(&cutoff, c->lang, T_cli_procedure_cutoff, str_of(civil_hm(hm, p->limit.cutoff)));
    CLI_SAY(c, T_cli_procedure_limit, buf_str(&limit));
    buf_add_z(&c->out, cutoff.n ? " " : "");
    buf_add_str(&c->out, buf_str(&cutoff));
    buf_add_char(&c->out, '\n');
    buf_release(&limit);
    buf_release(&cutoff);
}

static void show_text(struct cli *c, const struct procedure *p)
{
    const struct procedure *more;
    struct buf number = BUF_INIT, limit = BUF_INIT;
    size_t at = 0;
    cli_banner(c);
    CLI_LINE(c, T_cli_procedure_title, p->code, p->kase.n ? STR("#") : STR_NONE, p->kase, p->name);
    CLI_LINE(c, T_cli_procedure_field, p->field);
    say_limit(c, p);
    if (p->fee >= 0) {
        buf_add_int(&number, p->fee);
        CLI_LINE(c, T_cli_procedure_fee, buf_str(&number));
    }
    CLI_LINE(c, T_cli_procedure_channels, str_of(offered_word(c, p->online)),
             str_of(offered_word(c, p->postal)));
    if (p->retired)
        CLI_LINE(c, T_cli_procedure_retired, STR_NONE);
    while (!p->kase.n && (more = next_case(c->office, p, &at))) {
        buf_reset(&limit);
        lang_limit(&limit, c->lang, &more->limit);
        CLI_LINE(c, T_cli_procedure_case, more->code, more->kase, buf_str(&limit));
    }
    buf_release(&number);
    buf_release(&limit);
}

static int show_code(struct cli *c, struct str code)
{
    const struct procedure *p = office_find_procedure(c->office, code);
    if (!p)
        return cli_refuse(c, KIND_unknown_procedure, code);
    if (c->json)
        show_json(c, p);
    else
        show_text(c, p);
    return 0;
}

static int show(struct cli *c, struct args *a)
{
    struct office *own;
    int status = shipped_or_store(c, &own);
    if (!status)
        status = show_code(c, a->operand[0]);
    office_free(own);
    return status;
}

const struct verb verb_procedure_show = {
    .name = "procedure",
    .sub = "show",
    .help = T_cli_help_procedure_show,
    .operand = T_cli_value_procedure,
    .least = 1,
    .most = 1,
    .run = show,
};
