/* procedure list, show, put, retire: the catalogue. */
#include "cli/procedure_page.h"
#include "cli/reading.h"
#include "cli/shipped.h"
#include "cli/table.h"
#include "cli/verbs.h"

/* ---- list ---- */

enum { L_AS_OF };

static const struct option_spec as_of_options[] = {
    [L_AS_OF] = OPTION_AS_OF,
};

static void add_row(struct cli *c, struct table *t, const struct procedure *p, struct buf *text)
{
    struct cell cells[5] = {{.text = STR_NONE}};
    buf_add_str(text, p->code);
    if (p->kase.n) {
        buf_add_char(text, '#');
        buf_add_str(text, p->kase);
    }
    cells[0].text = table_keep(t, text);
    lang_limit(text, c->lang, &p->limit);
    cells[1].text = table_keep(t, text);
    cells[2].text = str_of(p->retired ? cli_text(c, T_cli_retired) : "");
    cells[3].text = p->field;
    cells[4].text = p->name;
    if (p->retired)
        for (size_t i = 0; i < 5; i++)
            cells[i].paint = PAINT_DIM;
    table_add(t, cells);
}

static void list_text(struct cli *c)
{
    static const struct table_column columns[] = {
        {T_cli_col_code, false, 0},   {T_cli_col_limit, false, 0},
        {T_nothing, false, 0}, /* retired or not */
        {T_cli_col_field, false, 12}, {T_cli_col_procedure, false, 20},
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
        procedure_columns(&j, office_procedure(c->office, i));
        json_object_end(&j);
        json_line(&j);
        cli_spill(c);
    }
}

static int list(struct cli *c, struct args *a)
{
    struct office *own;
    int status = shipped_or_store(c, a, L_AS_OF, &own);
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
    VERB_OPTIONS(as_of_options),
    .everybody = true,
    .run = list,
};

/* ---- show ---- */

static int show_code(struct cli *c, struct str code)
{
    const struct procedure *p = office_find_procedure(c->office, code);
    if (!p)
        return cli_refuse(c, KIND_unknown_procedure, code);
    procedure_print(c, p);
    return 0;
}

static int show(struct cli *c, struct args *a)
{
    struct office *own;
    int status = shipped_or_store(c, a, L_AS_OF, &own);
    if (!status)
        status = show_code(c, a->operand[0]);
    office_free(own);
    return status;
}

const struct verb verb_procedure_show = {
    .name = "procedure",
    .sub = "show",
    .help = T_cli_help_procedure_show,
    VERB_OPTIONS(as_of_options),
    .operand = T_cli_value_procedure,
    .least = 1,
    .most = 1,
    .everybody = true,
    .run = show,
};

/* ---- put ---- */

enum { P_NAME, P_FIELD, P_LIMIT, P_NO_LIMIT, P_CLOCK, P_FEE, P_ONLINE, P_POSTAL };

#define HIGHEST_FEE INT64_C(1000000000000)

static const struct option_spec put_options[] = {
    [P_NAME] = {.name = "name",
                .type = OPTION_TEXT,
                .help = T_cli_opt_procedure_name,
                .value = T_cli_value_name},
    [P_FIELD] = {.name = "field",
                 .type = OPTION_TEXT,
                 .help = T_cli_opt_procedure_field,
                 .value = T_cli_value_field},
    [P_LIMIT] = {.name = "limit", .type = OPTION_LIMIT, .help = T_cli_opt_procedure_limit},
    [P_NO_LIMIT] = {.name = "no-limit", .type = OPTION_FLAG, .help = T_cli_opt_no_limit},
    [P_CLOCK] = {.name = "clock",
                 .type = OPTION_CHOICE,
                 .help = T_cli_opt_procedure_clock,
                 .choices = "day_end|same_hour|office"},
    [P_FEE] = {.name = "fee",
               .type = OPTION_NUMBER,
               .help = T_cli_opt_procedure_fee,
               .least = 0,
               .most = HIGHEST_FEE},
    [P_ONLINE] = {.name = "online",
                  .type = OPTION_CHOICE,
                  .help = T_cli_opt_online,
                  .choices = "yes|no|unknown"},
    [P_POSTAL] = {.name = "postal",
                  .type = OPTION_CHOICE,
                  .help = T_cli_opt_postal,
                  .choices = "yes|no|unknown"},
};

static int8_t offered(const struct args *a, int option, int8_t otherwise)
{
    struct str word = args_text(a, option);
    return !word.p ? otherwise : word.p[0] == 'y' ? 1 : word.p[0] == 'n' ? 0 : -1;
}

/* What is given; the rest stays. */
static void take_given(const struct args *a, struct procedure *p)
{
    if (args_has(a, P_NAME))
        p->name = args_text(a, P_NAME);
    if (args_has(a, P_FIELD))
        p->field = args_text(a, P_FIELD);
    args_limit(a, P_LIMIT, &p->limit);
    if (args_has(a, P_NO_LIMIT))
        p->limit = (struct limit){.kind = LIMIT_NONE, .cutoff = LIMIT_NO_CUTOFF};
    if (args_has(a, P_CLOCK)) {
        p->clock = CLOCK_UNSET;
        due_clock_parse(args_text(a, P_CLOCK), &p->clock);
    }
    p->fee = args_number(a, P_FEE, p->fee);
    p->online = offered(a, P_ONLINE, p->online);
    p->postal = offered(a, P_POSTAL, p->postal);
    p->retired = false;
}

/* The procedure as it would be: what is known of it changed, or a new one; a new case begins as its procedure
 * is. Strings live in `text`. False when the code's form is wrong. */
static bool compose(const struct cli *c, const struct args *a, struct arena *text, struct procedure *out,
                    const struct procedure **known)
{
    struct str code = a->operand[0], kase = STR_NONE;
    const char *hash = memchr(code.p, '#', code.n);
    *known = office_find_procedure(c->office, code);
    const struct procedure *like = *known;
    if (!like && hash) {
        kase = str_from(code, (size_t)(hash - code.p) + 1);
        code = str_first(code, (size_t)(hash - code.p));
        like = office_find_case(c->office, code, STR_NONE);
        if (!kase.n)
            return false;
    }
    *out = (struct procedure){
        .fee = -1, .online = -1, .postal = -1, .limit = {.kind = LIMIT_NONE, .cutoff = LIMIT_NO_CUTOFF}};
    if (like)
        *out = *like;
    out->code = *known ? (*known)->code : code;
    out->kase = *known ? (*known)->kase : kase;
    take_given(a, out);
    out->code = arena_str(text, out->code);
    out->kase = arena_str(text, out->kase);
    out->name = arena_str(text, out->name);
    out->field = arena_str(text, out->field);
    return true;
}

static int put_one(struct cli *c, struct args *a, struct arena *text)
{
    struct procedure p;
    const struct procedure *known;
    if (!compose(c, a, text, &p, &known))
        return args_wrong(a, T_cli_bad_case, a->operand[0], STR_NONE);
    if (text->failed)
        return cli_no_memory(c);
    struct request request = {
        .moment = cli_moment(c),
        .command = {.kind = COMMAND_PROCEDURE_PUT, .at = NO_TIME, .procedure = p},
    };
    bool same = known && procedure_same(&p, known);
    int status = same ? 0 : cli_submit(c, &request, 1);
    const struct procedure *now = status ? NULL : office_find_case(c->office, p.code, p.kase);
    if (now)
        procedure_print(c, now);
    return status;
}

static int put(struct cli *c, struct args *a)
{
    struct arena text = ARENA_INIT;
    if (args_has(a, P_LIMIT) && args_has(a, P_NO_LIMIT))
        return args_wrong(a, T_cli_limit_or_none, STR_NONE, STR_NONE);
    int status = cli_open_or_tell(c);
    if (!status)
        status = put_one(c, a, &text);
    arena_release(&text);
    return status;
}

const struct verb verb_procedure_put = {
    .name = "procedure",
    .sub = "put",
    .help = T_cli_help_procedure_put,
    VERB_OPTIONS(put_options),
    .operand = T_cli_value_procedure,
    .least = 1,
    .most = 1,
    .act = ACT_CATALOGUE,
    .run = put,
};

/* ---- retire ---- */

static int retire(struct cli *c, struct args *a)
{
    int status = cli_open_or_tell(c);
    struct request request = {
        .moment = cli_moment(c),
        .command = {.kind = COMMAND_PROCEDURE_RETIRE, .at = NO_TIME, .retired = a->operand[0]},
    };
    if (!status)
        status = cli_submit(c, &request, 1);
    return status ? status : show_code(c, a->operand[0]);
}

const struct verb verb_procedure_retire = {
    .name = "procedure",
    .sub = "retire",
    .help = T_cli_help_procedure_retire,
    .operand = T_cli_value_procedure,
    .least = 1,
    .most = 1,
    .act = ACT_CATALOGUE,
    .run = retire,
};
