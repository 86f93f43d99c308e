/* fee: what was taken for a dossier, given back, or need not be paid. */
#include "cli/acting.h"
#include "cli/counter_lines.h"
#include "cli/times.h"
#include "cli/verbs.h"

enum { F_AMOUNT, F_EXEMPT, F_BACK, F_REASON, F_DOCUMENT, F_AT };

#define MOST_MONEY INT64_C(1000000000000)

static const struct option_spec options[] = {
    [F_AMOUNT] = {.name = "amount",
                  .type = OPTION_NUMBER,
                  .help = T_cli_opt_fee_amount,
                  .least = 1,
                  .most = MOST_MONEY},
    [F_EXEMPT] = {.name = "exempt", .type = OPTION_FLAG, .help = T_cli_opt_fee_exempt},
    [F_BACK] =
        {.name = "back", .type = OPTION_NUMBER, .help = T_cli_opt_fee_back, .least = 1, .most = MOST_MONEY},
    [F_REASON] = {.name = "reason", .type = OPTION_TEXT, .help = T_cli_opt_fee_reason},
    [F_DOCUMENT] = {.name = "document", .type = OPTION_TEXT, .help = T_cli_opt_fee_document},
    [F_AT] = OPTION_AT,
};

static int fee(struct cli *c, struct args *a)
{
    if (args_has(a, F_AMOUNT) + args_has(a, F_EXEMPT) + args_has(a, F_BACK) != 1)
        return args_wrong(a, T_cli_fee_one_of, STR_NONE, STR_NONE);
    if (args_has(a, F_DOCUMENT) && args_has(a, F_EXEMPT))
        return args_wrong(a, T_cli_fee_document_alone, STR_NONE, STR_NONE);
    if (!args_has(a, F_AMOUNT) && !args_has(a, F_REASON))
        return args_wrong(a, T_cli_fee_reason_missing, STR_NONE,
                          args_has(a, F_BACK) ? STR("--back") : STR("--exempt"));
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    const struct command command = {
        .kind = COMMAND_FEE,
        .at = time_given(a, F_AT, c->office),
        .fee =
            {
                .amount = args_number(a, F_AMOUNT, 0) - args_number(a, F_BACK, 0),
                .exempt = args_has(a, F_EXEMPT),
                .reason = args_text(a, F_REASON),
                .document = args_text(a, F_DOCUMENT),
            },
    };
    return acting_submit(c, &command, a->operand, a->operands, counter_say_fee);
}

const struct verb verb_fee = {
    .name = "fee",
    .help = T_cli_help_fee,
    VERB_OPTIONS(options),
    ACTS_ON_ONE,
    .run = fee,
};
