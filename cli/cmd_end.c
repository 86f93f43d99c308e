/* Ending a dossier without a result: refuse, withdraw, stop, void. */
#include "cli/acting.h"
#include "cli/counter_lines.h"
#include "cli/times.h"
#include "cli/verbs.h"

enum { E_REASON, E_AT };

/* All four take the same; what a reason is differs in words alone. */
#define END_OPTIONS(table, why)                                                                              \
    static const struct option_spec table[] = {                                                              \
        [E_REASON] = {.name = "reason", .type = OPTION_TEXT, .help = (why), .required = true},               \
        [E_AT] = OPTION_AT,                                                                                  \
    }

static void say_notice(struct cli *c, const struct dossier *d)
{
    acting_paper(c, d, SLIP_STOP);
    counter_ask_reason(c, d);
}

static int end(struct cli *c, struct args *a, enum command_kind kind)
{
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    struct command command = {
        .kind = kind,
        .at = time_given(a, E_AT, c->office),
        .end = {.reason = args_text(a, E_REASON)},
    };
    static say_more *const say[] = {counter_ask_reason, say_notice};
    return acting_submit(c, &command, a->operand, a->operands, say[kind == COMMAND_STOP]);
}

END_OPTIONS(refuse_options, T_cli_opt_refuse_reason);

static int refuse(struct cli *c, struct args *a)
{
    return end(c, a, COMMAND_REFUSE);
}

const struct verb verb_refuse = {
    .name = "refuse",
    .help = T_cli_help_refuse,
    VERB_OPTIONS(refuse_options),
    ACTS_ON_ONE,
    .run = refuse,
};

END_OPTIONS(withdraw_options, T_cli_opt_request_reason);

static int withdraw(struct cli *c, struct args *a)
{
    return end(c, a, COMMAND_WITHDRAW);
}

const struct verb verb_withdraw = {
    .name = "withdraw",
    .help = T_cli_help_withdraw,
    VERB_OPTIONS(withdraw_options),
    ACTS_ON_ONE,
    .run = withdraw,
};

static int stop(struct cli *c, struct args *a)
{
    return end(c, a, COMMAND_STOP);
}

const struct verb verb_stop = {
    .name = "stop",
    .help = T_cli_help_stop,
    VERB_OPTIONS(withdraw_options),
    ACTS_ON_ONE,
    .run = stop,
};

END_OPTIONS(void_options, T_cli_opt_void_reason);

static int void_record(struct cli *c, struct args *a)
{
    return end(c, a, COMMAND_VOID);
}

const struct verb verb_void = {
    .name = "void",
    .help = T_cli_help_void,
    VERB_OPTIONS(void_options),
    ACTS_ON_ONE,
    .run = void_record,
};
