/* late: why a dossier is late, and a chief's word on it. */
#include "cli/acting.h"
#include "cli/counter_lines.h"
#include "cli/times.h"
#include "cli/verbs.h"

enum { L_CATEGORY, L_REASON, L_EXCUSE, L_AT };

static const struct option_spec options[] = {
    [L_CATEGORY] = {.name = "category",
                    .type = OPTION_CHOICE,
                    .help = T_cli_opt_late_category,
                    .choices = "complex|unit|applicant|system|staff|load|officer|other"},
    [L_REASON] = {.name = "reason", .type = OPTION_TEXT, .help = T_cli_opt_late_reason},
    [L_EXCUSE] = {.name = "excuse",
                  .type = OPTION_CHOICE,
                  .help = T_cli_opt_excuse,
                  .choices = "good|not_good"},
    [L_AT] = OPTION_AT,
};

static int late(struct cli *c, struct args *a)
{
    if (args_has(a, L_CATEGORY) != args_has(a, L_REASON))
        return args_wrong(a, T_cli_late_both, STR_NONE, STR_NONE);
    if (!args_has(a, L_CATEGORY) && !args_has(a, L_EXCUSE))
        return args_wrong(a, T_cli_late_what, STR_NONE, STR_NONE);
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    struct command command = {
        .kind = COMMAND_LATE_REASON,
        .at = time_given(a, L_AT, c->office),
        .late_reason = {.reason = args_text(a, L_REASON)},
    };
    late_category_parse(args_text(a, L_CATEGORY), &command.late_reason.category);
    excuse_parse(args_text(a, L_EXCUSE), &command.late_reason.excuse);
    return acting_submit(c, &command, a->operand, a->operands, counter_say_late_reason);
}

const struct verb verb_late = {
    .name = "late",
    .help = T_cli_help_late,
    VERB_OPTIONS(options),
    ACTS_ON_ONE,
    .run = late,
};
