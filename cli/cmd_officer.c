/* officer list, put, retire: the people. */
#include "cli/reading.h"
#include "cli/table.h"
#include "cli/verbs.h"
#include "core/words.h"

static void print_json(struct cli *c, const struct officer *o)
{
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_text(&j, "login", o->login);
    json_text(&j, "name", o->name);
    json_name(&j, "role", role_name(o->role));
    json_text(&j, "unit", o->unit);
    json_text(&j, "title", o->title);
    json_bool(&j, "retired", o->retired);
    json_object_end(&j);
    json_line(&j);
    cli_spill(c);
}

static void add_row(struct cli *c, struct table *t, const struct officer *o)
{
    struct cell cells[6] = {
        {.text = o->login},
        {.text = o->name},
        {.text = str_of(o->retired ? cli_text(c, T_cli_retired) : "")},
        {.text = str_of(words_role(c->lang, o->role))},
        {.text = o->unit},
        {.text = o->title},
    };
    if (o->retired)
        for (size_t i = 0; i < 6; i++)
            cells[i].paint = PAINT_DIM;
    table_add(t, cells);
}

/* One officer, or all for NULL. */
static void print_text(struct cli *c, const struct officer *one)
{
    static const struct table_column columns[] = {
        {T_cli_col_login, false, 0}, {T_cli_col_name, false, 12}, {T_nothing, false, 0}, /* retired or not */
        {T_cli_col_role, false, 10}, {T_cli_col_unit, false, 10}, {T_cli_col_title, false, 10},
    };
    struct table t;
    cli_banner(c);
    table_init(&t, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; !one && i < office_officer_count(c->office); i++)
        add_row(c, &t, office_officer(c->office, i));
    if (one)
        add_row(c, &t, one);
    table_print(&t, c);
    table_release(&t);
}

enum { L_AS_OF };

static const struct option_spec list_options[] = {
    [L_AS_OF] = OPTION_AS_OF,
};

static int list(struct cli *c, struct args *a)
{
    struct reading r;
    int status = reading_open(c, a, L_AS_OF, -1, &r);
    if (status)
        return status;
    for (size_t i = 0; c->json && i < office_officer_count(c->office); i++)
        print_json(c, office_officer(c->office, i));
    if (!c->json)
        print_text(c, NULL);
    return 0;
}

const struct verb verb_officer_list = {
    .name = "officer",
    .sub = "list",
    .help = T_cli_help_officer_list,
    VERB_OPTIONS(list_options),
    .run = list,
};

enum { O_NAME, O_ROLE, O_UNIT, O_TITLE };

static const struct option_spec put_options[] = {
    [O_NAME] = {.name = "name",
                .type = OPTION_TEXT,
                .help = T_cli_opt_officer_name,
                .value = T_cli_value_name,
                .required = true},
    [O_ROLE] = {.name = "role",
                .type = OPTION_CHOICE,
                .help = T_cli_opt_role,
                .choices = "officer|specialist|chief|admin",
                .required = true},
    [O_UNIT] = {.name = "unit", .type = OPTION_TEXT, .help = T_cli_opt_officer_unit},
    [O_TITLE] = {.name = "title", .type = OPTION_TEXT, .help = T_cli_opt_title},
};

/* What is not given stays as it was; the rest of the record is told anew. */
static struct officer officer_of(const struct args *a, const struct officer *known)
{
    struct officer officer = {
        .login = a->operand[0],
        .name = args_text(a, O_NAME),
        .unit = args_text(a, O_UNIT),
        .title = args_text(a, O_TITLE),
    };
    role_parse(args_text(a, O_ROLE), &officer.role);
    if (known && !args_has(a, O_UNIT))
        officer.unit = known->unit;
    if (known && !args_has(a, O_TITLE))
        officer.title = known->title;
    return officer;
}

static void print_one(struct cli *c, struct str login)
{
    const struct officer *o = office_find_officer(c->office, login);
    if (o && c->json)
        print_json(c, o);
    else if (o)
        print_text(c, o);
}

static int put(struct cli *c, struct args *a)
{
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    struct officer officer = officer_of(a, office_find_officer(c->office, a->operand[0]));
    struct buf unit = BUF_INIT, title = BUF_INIT;
    buf_add_str(&unit, officer.unit); /* the view they may come from ends before they are written */
    buf_add_str(&title, officer.title);
    officer.unit = buf_str(&unit);
    officer.title = buf_str(&title);
    struct request request = {
        .moment = cli_moment(c),
        .command = {.kind = COMMAND_OFFICER_PUT, .at = NO_TIME, .officer = officer},
    };
    status = unit.failed || title.failed ? cli_no_memory(c) : cli_submit(c, &request, 1);
    buf_release(&unit);
    buf_release(&title);
    if (!status)
        print_one(c, a->operand[0]);
    return status;
}

const struct verb verb_officer_put = {
    .name = "officer",
    .sub = "put",
    .help = T_cli_help_officer_put,
    VERB_OPTIONS(put_options),
    .operand = T_cli_value_login,
    .least = 1,
    .most = 1,
    .act = ACT_PEOPLE,
    .run = put,
};

static int retire(struct cli *c, struct args *a)
{
    int status = cli_open_or_tell(c);
    struct request request = {
        .moment = cli_moment(c),
        .command = {.kind = COMMAND_OFFICER_RETIRE, .at = NO_TIME, .retired = a->operand[0]},
    };
    if (!status)
        status = cli_submit(c, &request, 1);
    if (!status)
        print_one(c, a->operand[0]);
    return status;
}

const struct verb verb_officer_retire = {
    .name = "officer",
    .sub = "retire",
    .help = T_cli_help_officer_retire,
    .operand = T_cli_value_login,
    .least = 1,
    .most = 1,
    .act = ACT_PEOPLE,
    .run = retire,
};
