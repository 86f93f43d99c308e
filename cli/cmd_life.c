/* The straight way of a dossier once received: transfer, apologize, resolve, return. */
#include "cli/acting.h"
#include "cli/counter_lines.h"
#include "cli/times.h"
#include "cli/verbs.h"

/* ---- transfer ---- */

enum { T_TO, T_UNIT, T_STEP, T_WITHIN, T_NOTE, T_AT };

static const struct option_spec transfer_options[] = {
    [T_TO] = {.name = "to", .type = OPTION_WORD, .help = T_cli_opt_transfer_to, .value = T_cli_value_login},
    [T_UNIT] = {.name = "unit", .type = OPTION_TEXT, .help = T_cli_opt_transfer_unit},
    [T_STEP] = {.name = "step", .type = OPTION_TEXT, .help = T_cli_opt_step},
    [T_WITHIN] = {.name = "within", .type = OPTION_LIMIT, .help = T_cli_opt_within},
    [T_NOTE] = {.name = "note", .type = OPTION_TEXT, .help = T_cli_opt_note},
    [T_AT] = OPTION_AT,
};

static int transfer(struct cli *c, struct args *a)
{
    if (!args_has(a, T_TO) && !args_has(a, T_UNIT))
        return args_wrong(a, T_cli_to_or_unit, STR_NONE, STR_NONE);
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    struct command command = {
        .kind = COMMAND_TRANSFER,
        .at = time_given(a, T_AT, c->office),
        .transfer =
            {
                .to = args_text(a, T_TO),
                .unit = args_text(a, T_UNIT),
                .step = args_text(a, T_STEP),
                .note = args_text(a, T_NOTE),
            },
    };
    args_limit(a, T_WITHIN, &command.transfer.within);
    return acting_submit(c, &command, a->operand, a->operands, counter_say_step);
}

const struct verb verb_transfer = {
    .name = "transfer",
    .help = T_cli_help_transfer,
    VERB_OPTIONS(transfer_options),
    .operand = T_cli_value_code,
    .least = 1,
    .most = -1,
    .act = ACT_HANDLE,
    .run = transfer,
};

/* ---- apologize ---- */

enum { A_REASON, A_UNTIL, A_SIGNER, A_UNIT, A_AT };

static const struct option_spec apologize_options[] = {
    [A_REASON] = {.name = "reason", .type = OPTION_TEXT, .help = T_cli_opt_apology_reason, .required = true},
    [A_UNTIL] = {.name = "until", .type = OPTION_TIME, .help = T_cli_opt_until},
    [A_SIGNER] = {.name = "signer", .type = OPTION_TEXT, .help = T_cli_opt_signer, .value = T_cli_value_name},
    [A_UNIT] = {.name = "unit", .type = OPTION_TEXT, .help = T_cli_opt_apology_unit},
    [A_AT] = OPTION_AT,
};

static void say_letter(struct cli *c, const struct dossier *d)
{
    const struct apology *letter = &d->apology;
    struct buf number = BUF_INIT, old = BUF_INIT, new = BUF_INIT;
    acting_paper(c, d, SLIP_APOLOGY);
    apology_number(&number, letter->number);
    lang_time(&old, c->lang, letter->old_due);
    lang_time(&new, c->lang, letter->new_due);
    struct str in_time = str_of(cli_text(c, letter->in_time ? T_cli_letter_in_time : T_cli_letter_late));
    CLI_LINE(c, letter->new_due == NO_TIME ? T_cli_letter_after : T_cli_letter, buf_str(&number), in_time,
             buf_str(&old), buf_str(&new));
    buf_release(&number);
    buf_release(&old);
    buf_release(&new);
}

static int apologize(struct cli *c, struct args *a)
{
    struct civil_input until;
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    struct command command = {
        .kind = COMMAND_APOLOGIZE,
        .at = time_given(a, A_AT, c->office),
        .apologize =
            {
                .reason = args_text(a, A_REASON),
                .signer = args_text(a, A_SIGNER),
                .unit = args_text(a, A_UNIT),
                .until = NO_TIME,
            },
    };
    if (args_time(a, A_UNTIL, &until)) {
        command.apologize.until_is_date = until.minute_of_day < 0;
        command.apologize.until = time_of(&until, c->office);
    }
    return acting_submit(c, &command, a->operand, a->operands, say_letter);
}

const struct verb verb_apologize = {
    .name = "apologize",
    .help = T_cli_help_apologize,
    VERB_OPTIONS(apologize_options),
    ACTS_ON_ONE,
    .run = apologize,
};

/* ---- resolve ---- */

enum { S_RESULT, S_DIGITIZED, S_AT };

static const struct option_spec resolve_options[] = {
    [S_RESULT] = {.name = "result", .type = OPTION_TEXT, .help = T_cli_opt_result},
    [S_DIGITIZED] = {.name = "digitized", .type = OPTION_FLAG, .help = T_cli_opt_digitized},
    [S_AT] = OPTION_AT,
};

static int resolve(struct cli *c, struct args *a)
{
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    struct command command = {
        .kind = COMMAND_RESOLVE,
        .at = time_given(a, S_AT, c->office),
        .resolve = {.result = args_text(a, S_RESULT), .digitized = args_has(a, S_DIGITIZED)},
    };
    return acting_submit(c, &command, a->operand, a->operands, counter_ask_reason);
}

const struct verb verb_resolve = {
    .name = "resolve",
    .help = T_cli_help_resolve,
    VERB_OPTIONS(resolve_options),
    ACTS_ON_ONE,
    .run = resolve,
};

/* ---- return ---- */

enum { R_CHANNEL, R_TO, R_AT };

static const struct option_spec return_options[] = {
    [R_CHANNEL] = {.name = "channel",
                   .type = OPTION_CHOICE,
                   .help = T_cli_opt_return_channel,
                   .choices = "direct|online|postal"},
    [R_TO] = {.name = "to", .type = OPTION_TEXT, .help = T_cli_opt_return_to, .value = T_cli_value_name},
    [R_AT] = OPTION_AT,
};

static int give_back(struct cli *c, struct args *a)
{
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    struct command command = {
        .kind = COMMAND_RETURN,
        .at = time_given(a, R_AT, c->office),
        .give_back = {.to = args_text(a, R_TO)},
    };
    channel_parse(args_text(a, R_CHANNEL), &command.give_back.channel);
    return acting_submit(c, &command, a->operand, a->operands, NULL);
}

const struct verb verb_return = {
    .name = "return",
    .help = T_cli_help_return,
    VERB_OPTIONS(return_options),
    ACTS_ON_ONE,
    .run = give_back,
};
