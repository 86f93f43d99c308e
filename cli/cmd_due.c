/* due: a due time for the asking. explain: how a dossier's due time came about. */
#include "cli/counting.h"
#include "cli/dossier_json.h"
#include "cli/reading.h"
#include "cli/shipped.h"
#include "cli/times.h"
#include "cli/verbs.h"

/* ---- due ---- */

enum { D_PROCEDURE, D_LIMIT, D_RECEIVED, D_CLOCK, D_EXPLAIN };

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
        counting_json(&j, k, office_identity(q->office)->utc_offset);
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
    struct outcome o = counting_init(&k, office, &q.limit, q.clock, time_given(a, D_RECEIVED, office));
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
    int status = shipped_or_store(c, &own);
    if (!status)
        status = answer(c, a, c->office);
    office_free(own);
    return status;
}

const struct verb verb_due = {
    .name = "due",
    .help = T_cli_help_due,
    VERB_OPTIONS(due_options),
    .run = due,
};

/* ---- explain ---- */

enum { E_AS_OF };

static const struct option_spec explain_options[] = {
    [E_AS_OF] = OPTION_AS_OF,
};

/* The new date of its letter, NO_TIME where none was promised. */
static civil_minute promised(const struct dossier *d)
{
    return d->facts.apologized ? d->apology.new_due : NO_TIME;
}

static void explain_json(struct cli *c, const struct dossier *d, const struct counting *k)
{
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    counting_json(&j, k, c->offset);
    json_minute(&j, "promised_at", promised(d), c->offset);
    json_minute(&j, "statutory_due_at", d->facts.statutory_due, c->offset);
    json_bool(&j, "differs", k->deadline.due != d->facts.statutory_due);
    json_str(&j, "code", d->code);
    json_object_end(&j);
    json_line(&j);
}

static void explain_text(struct cli *c, const struct dossier *d, const struct counting *k)
{
    struct procedure p;
    struct buf time = BUF_INIT;
    cli_banner(c);
    dossier_procedure(c, d, &p);
    CLI_LINE(c, T_cli_explain_dossier, d->code, d->receipt.applicant.name);
    CLI_LINE(c, T_cli_counting_procedure, p.code, p.name);
    counting_table(c, k);
    counting_answer(c, k);
    if (k->deadline.due != d->facts.statutory_due && d->facts.statutory_due != NO_TIME) {
        lang_time(&time, c->lang, d->facts.statutory_due);
        CLI_LINE(c, T_cli_explain_differs, buf_str(&time));
        buf_reset(&time);
    }
    if (promised(d) != NO_TIME) {
        lang_time(&time, c->lang, promised(d));
        CLI_LINE(c, T_cli_explain_promised, buf_str(&time));
    }
    buf_release(&time);
}

static int explain_dossier(struct cli *c, const struct dossier *d)
{
    struct counting k;
    int status = 0;
    struct outcome o = counting_init(&k, c->office, &d->receipt.limit, d->receipt.clock, d->facts.received);
    if (!outcome_ok(&o))
        status = cli_tell(c, &o);
    else if (c->json)
        explain_json(c, d, &k);
    else
        explain_text(c, d, &k);
    counting_release(&k);
    return status;
}

static int explain(struct cli *c, struct args *a)
{
    struct reading r;
    struct dossier d;
    uint64_t id;
    int status = reading_open(c, a, E_AS_OF, -1, &r);
    if (status)
        return status;
    struct outcome o = view_find(c->view, a->operand[0], &id);
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    return view_dossier(c->view, id, &d) ? explain_dossier(c, &d) : 0;
}

const struct verb verb_explain = {
    .name = "explain",
    .help = T_cli_help_explain,
    VERB_OPTIONS(explain_options),
    .operand = T_cli_value_code,
    .least = 1,
    .most = 1,
    .run = explain,
};
