/* Waiting for the applicant: supplement and restart, await-payment and paid. */
#include "cli/acting.h"
#include "cli/times.h"
#include "cli/verbs.h"

/* ---- supplement ---- */

enum { S_REASON, S_NEED, S_INSIST, S_AT };

static const struct option_spec supplement_options[] = {
    [S_REASON] = {.name = "reason",
                  .type = OPTION_TEXT,
                  .help = T_cli_opt_supplement_reason,
                  .required = true},
    [S_NEED] =
        {.name = "need", .type = OPTION_TEXT, .help = T_cli_opt_need, .required = true, .repeats = true},
    [S_INSIST] = {.name = "insist", .type = OPTION_FLAG, .help = T_cli_opt_insist},
    [S_AT] = OPTION_AT,
};

/* The slip to give, and what whoever asked should know without having been stopped for it. */
static void say_request(struct cli *c, const struct dossier *d)
{
    struct event e;
    acting_paper(c, d, SLIP_SUPPLEMENT);
    if (!acting_last(c, d, &e) || e.kind != EVENT_SUPPLEMENT_REQUESTED)
        return;
    if (e.supplement.insisted)
        CLI_LINE(c, T_cli_insisted_note, STR_NONE);
    if (e.supplement.late_notice) {
        struct buf days = BUF_INIT;
        buf_add_int(&days, office_settings(c->office)->supplement_days);
        CLI_LINE(c, T_cli_late_notice_note, buf_str(&days));
        buf_release(&days);
    }
}

static int supplement(struct cli *c, struct args *a)
{
    struct buf needs = BUF_INIT;
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    args_list(a, S_NEED, &needs);
    struct command command = {
        .kind = COMMAND_SUPPLEMENT,
        .at = time_given(a, S_AT, c->office),
        .supplement =
            {
                .reason = args_text(a, S_REASON),
                .needs = buf_str(&needs),
                .insist = args_has(a, S_INSIST),
            },
    };
    status =
        needs.failed ? cli_no_memory(c) : acting_submit(c, &command, a->operand, a->operands, say_request);
    buf_release(&needs);
    return status;
}

const struct verb verb_supplement = {
    .name = "supplement",
    .help = T_cli_help_supplement,
    VERB_OPTIONS(supplement_options),
    ACTS_ON_ONE,
    .run = supplement,
};

/* ---- what came, and what is waited for: a note, a time, and for `paid` its limit ---- */

enum { R_NOTE, R_AT, R_WITHIN };

static const struct option_spec resume_options[] = {
    [R_NOTE] = {.name = "note", .type = OPTION_TEXT, .help = T_cli_opt_note},
    [R_AT] = OPTION_AT,
};

static const struct option_spec paid_options[] = {
    [R_NOTE] = {.name = "note", .type = OPTION_TEXT, .help = T_cli_opt_note},
    [R_AT] = OPTION_AT,
    [R_WITHIN] = {.name = "within", .type = OPTION_LIMIT, .help = T_cli_opt_paid_within, .required = true},
};

static int resume(struct cli *c, struct args *a, enum command_kind kind)
{
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    struct command command = {
        .kind = kind,
        .at = time_given(a, R_AT, c->office),
        .resume = {.note = args_text(a, R_NOTE)},
    };
    if (kind == COMMAND_PAID)
        args_limit(a, R_WITHIN, &command.resume.within);
    return acting_submit(c, &command, a->operand, a->operands, NULL);
}

static int restart(struct cli *c, struct args *a)
{
    return resume(c, a, COMMAND_RESTART);
}

static int await_payment(struct cli *c, struct args *a)
{
    return resume(c, a, COMMAND_AWAIT_PAYMENT);
}

static int paid(struct cli *c, struct args *a)
{
    return resume(c, a, COMMAND_PAID);
}

const struct verb verb_restart = {
    .name = "restart",
    .help = T_cli_help_restart,
    VERB_OPTIONS(resume_options),
    ACTS_ON_ONE,
    .run = restart,
};

const struct verb verb_await_payment = {
    .name = "await-payment",
    .help = T_cli_help_await_payment,
    VERB_OPTIONS(resume_options),
    ACTS_ON_ONE,
    .run = await_payment,
};

const struct verb verb_paid = {
    .name = "paid",
    .help = T_cli_help_paid,
    VERB_OPTIONS(paid_options),
    ACTS_ON_ONE,
    .run = paid,
};
