/* due: a due time for the asking. */
#include "cli/counting.h"
#include "cli/reading.h"
#include "cli/shipped.h"
#include "cli/times.h"
#include "cli/verbs.h"

enum { D_PROCEDURE, D_LIMIT, D_RECEIVED, D_CLOCK, D_EXPLAIN, D_AS_OF };

static const struct option_spec due_options[] = {
    [D_PROCEDURE] = {.name = "procedure",
                     .type = OPTION_WORD,
                     .help = T_cli_opt_procedure,
                     .value = T_cli_value_procedure},
    [D_LIMIT] = {.name = "limit", .type = OPTION_LIMIT, .help = T_cli_opt_due_limit},
    [D_RECEIVED] = {.name = "received", .type = OPTION_TIME, .help = T_cli_opt_received, .required = true},
    [D_CLOCK] = {.name = "clock",
                 .type = OPTION_CHOICE,
                 .help = T_cli_opt_clock,
                 .choices = "day_end|same_hour"},
    [D_EXPLAIN] = {.name = "explain", .type = OPTION_FLAG, .help = T_cli_opt_explain},
    [D_AS_OF] = OPTION_AS_OF,
};

struct question {
    const struct office *office;
    const struct procedure *procedure; /* NULL: --limit */
    struct limit limit;
    enum due_clock clock;
};

static int find_limit(struct cli *c, const struct args *a, struct question *q)
{
    struct str code = args_text(a, D_PROCEDURE);
    q->clock = office_clock_for(q->office, NULL);
    if (!args_limit(a, D_LIMIT, &q->limit)) {
        q->procedure = office_find_procedure(q->office, code);
        if (!q->procedure)
            return cli_refuse(c, KIND_unknown_procedure, code);
        if (q->procedure->limit.kind == LIMIT_NONE)
            return cli_refuse(c, KIND_no_limit, q->procedure->code);
        q->limit = q->procedure->limit;
        q->clock = office_clock_for(q->office, q->procedure);
    }
    due_clock_parse(args_text(a, D_CLOCK), &q->clock);
    return 0;
}

static void print_due(struct cli *c, const struct question *q, const struct counting *k, bool explain)
{
    const struct procedure *p = q->procedure;
    if (c->json) {
        struct json j = json_onto(&c->out);
        json_object_begin(&j, NULL);
        counting_json(&j, k, k->deadline.due, office_identity(q->office)->utc_offset);
        json_minute(&j, "received_at", k->deadline.received, office_identity(q->office)->utc_offset);
        json_text(&j, "procedure", p ? p->code : STR_NONE);
        json_text(&j, "case", p ? p->kase : STR_NONE);
        json_text(&j, "procedure_name", p ? p->name : STR_NONE);
        json_object_end(&j);
        json_line(&j);
        return;
    }
    if (explain && p)
        CLI_LINE(c, T_cli_counting_procedure, p->code, p->name);
    if (explain)
        counting_table(c, k);
    counting_answer(c, k);
}

static int answer(struct cli *c, struct args *a, const struct office *office)
{
    struct question q = {.office = office};
    struct counting k;
    int status = find_limit(c, a, &q);
    if (status)
        return status;
    struct outcome o = counting_init(&k, office, &q.limit, q.clock, office_settings(office)->same_day_cutoff,
                                     time_given(a, D_RECEIVED, office));
    if (outcome_ok(&o))
        print_due(c, &q, &k, args_has(a, D_EXPLAIN));
    else
        status = cli_tell(c, &o);
    counting_release(&k);
    return status;
}

static int due(struct cli *c, struct args *a)
{
    struct office *own;
    if (args_has(a, D_PROCEDURE) == args_has(a, D_LIMIT))
        return args_wrong(a, T_cli_procedure_or_limit, STR_NONE, STR_NONE);
    int status = shipped_or_store(c, a, D_AS_OF, &own);
    if (!status)
        status = answer(c, a, c->office);
    office_free(own);
    return status;
}

const struct verb verb_due = {
    .name = "due",
    .help = T_cli_help_due,
    VERB_OPTIONS(due_options),
    .everybody = true,
    .run = due,
};
