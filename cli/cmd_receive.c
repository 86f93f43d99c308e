/* receive: tiếp nhận. */
#include "cli/acting.h"
#include "cli/counter_lines.h"
#include "cli/times.h"
#include "cli/verbs.h"

enum {
    O_PROCEDURE,
    O_APPLICANT,
    O_PHONE,
    O_ID_NUMBER,
    O_ADDRESS,
    O_EMAIL,
    O_ORGANIZATION,
    O_OUTSIDE,
    O_SUBMITTER,
    O_AUTHORITY,
    O_CHANNEL,
    O_COMPONENT,
    O_SETS,
    O_COLLECT,
    O_LIMIT,
    O_FEE,
    O_NOTE,
    O_OFFICER,
    O_UNIT,
    O_SUBMITTED,
    O_AT,
    O_CODE,
    O_SERVE,
    O_TAKE_FEE,
    O_FEE_DOCUMENT,
    O_EXEMPT,
};

static const struct option_spec options[] = {
    [O_PROCEDURE] = {.name = "procedure",
                     .type = OPTION_WORD,
                     .help = T_cli_opt_procedure,
                     .value = T_cli_value_procedure,
                     .required = true},
    [O_APPLICANT] = {.name = "applicant",
                     .type = OPTION_TEXT,
                     .help = T_cli_opt_applicant,
                     .value = T_cli_value_name,
                     .required = true},
    [O_PHONE] = {.name = "phone", .type = OPTION_TEXT, .help = T_cli_opt_phone},
    [O_ID_NUMBER] = {.name = "id-number", .type = OPTION_TEXT, .help = T_cli_opt_id_number},
    [O_ADDRESS] = {.name = "address", .type = OPTION_TEXT, .help = T_cli_opt_address},
    [O_EMAIL] = {.name = "email", .type = OPTION_TEXT, .help = T_cli_opt_email},
    [O_ORGANIZATION] = {.name = "organization", .type = OPTION_FLAG, .help = T_cli_opt_organization},
    [O_OUTSIDE] = {.name = "outside", .type = OPTION_FLAG, .help = T_cli_opt_outside},
    [O_SUBMITTER] = {.name = "submitter",
                     .type = OPTION_TEXT,
                     .help = T_cli_opt_submitter,
                     .value = T_cli_value_name},
    [O_AUTHORITY] = {.name = "authority", .type = OPTION_TEXT, .help = T_cli_opt_authority},
    [O_CHANNEL] = {.name = "channel",
                   .type = OPTION_CHOICE,
                   .help = T_cli_opt_channel,
                   .choices = "direct|online|postal"},
    [O_COMPONENT] = {.name = "component", .type = OPTION_TEXT, .help = T_cli_opt_component, .repeats = true},
    [O_SETS] = {.name = "sets", .type = OPTION_NUMBER, .help = T_cli_opt_sets, .least = 1, .most = 1000},
    [O_COLLECT] = {.name = "collect",
                   .type = OPTION_CHOICE,
                   .help = T_cli_opt_collect,
                   .choices = "desk|postal|online"},
    [O_LIMIT] = {.name = "limit", .type = OPTION_LIMIT, .help = T_cli_opt_limit},
    [O_FEE] = {.name = "fee",
               .type = OPTION_NUMBER,
               .help = T_cli_opt_fee,
               .least = 0,
               .most = INT64_C(1000000000000)},
    [O_NOTE] = {.name = "note", .type = OPTION_TEXT, .help = T_cli_opt_note},
    [O_OFFICER] = {.name = "officer",
                   .type = OPTION_WORD,
                   .help = T_cli_opt_officer,
                   .value = T_cli_value_login},
    [O_UNIT] = {.name = "unit", .type = OPTION_TEXT, .help = T_cli_opt_unit},
    [O_SUBMITTED] = {.name = "submitted", .type = OPTION_TIME, .help = T_cli_opt_submitted},
    [O_AT] = OPTION_AT,
    [O_CODE] = {.name = "code", .type = OPTION_WORD, .help = T_cli_opt_code, .value = T_cli_value_code},
    [O_SERVE] = {.name = "serve", .type = OPTION_FLAG, .help = T_cli_opt_serve},
    [O_TAKE_FEE] = {.name = "take-fee", .type = OPTION_FLAG, .help = T_cli_opt_take_fee},
    [O_FEE_DOCUMENT] = {.name = "fee-document", .type = OPTION_TEXT, .help = T_cli_opt_fee_document},
    [O_EXEMPT] = {.name = "exempt", .type = OPTION_WORD, .help = T_cli_opt_exempt, .value = T_cli_value_text},
};

static enum channel channel_given(const struct args *a, int option)
{
    enum channel channel = CHANNEL_NONE;
    struct str word = args_text(a, option);
    if (str_eq(word, STR("desk")))
        return CHANNEL_DIRECT;
    channel_parse(word, &channel);
    return channel;
}

static struct command command_of(const struct cli *c, const struct args *a, struct str components)
{
    struct command command = {
        .kind = COMMAND_RECEIVE,
        .at = time_given(a, O_AT, c->office),
        .receive =
            {
                .procedure = args_text(a, O_PROCEDURE),
                .applicant =
                    {
                        .name = args_text(a, O_APPLICANT),
                        .id_number = args_text(a, O_ID_NUMBER),
                        .phone = args_text(a, O_PHONE),
                        .email = args_text(a, O_EMAIL),
                        .address = args_text(a, O_ADDRESS),
                        .organization = args_has(a, O_ORGANIZATION),
                        .outside = args_has(a, O_OUTSIDE),
                    },
                .submitter = args_text(a, O_SUBMITTER),
                .authority = args_text(a, O_AUTHORITY),
                .components = components,
                .note = args_text(a, O_NOTE),
                .officer = args_text(a, O_OFFICER),
                .unit = args_text(a, O_UNIT),
                .code = args_text(a, O_CODE),
                .channel = channel_given(a, O_CHANNEL),
                .collect = channel_given(a, O_COLLECT),
                .sets = (uint32_t)args_number(a, O_SETS, 0),
                .fee = args_number(a, O_FEE, -1),
                .submitted = time_given(a, O_SUBMITTED, c->office),
                .serve = args_has(a, O_SERVE),
                .fee_taken = args_has(a, O_TAKE_FEE),
                .fee_document = args_text(a, O_FEE_DOCUMENT),
                .fee_exempt = args_text(a, O_EXEMPT),
            },
    };
    args_limit(a, O_LIMIT, &command.receive.limit);
    return command;
}

static int receive(struct cli *c, struct args *a)
{
    if (args_has(a, O_FEE_DOCUMENT) && !args_has(a, O_TAKE_FEE))
        return args_wrong(a, T_cli_fee_document_taken, STR_NONE, STR_NONE);
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    struct buf components = BUF_INIT;
    args_list(a, O_COMPONENT, &components);
    if (components.failed) {
        status = cli_no_memory(c);
    } else {
        struct command command = command_of(c, a, buf_str(&components));
        status = acting_submit(c, &command, NULL, 0, counter_say_received);
    }
    buf_release(&components);
    return status;
}

const struct verb verb_receive = {
    .name = "receive",
    .help = T_cli_help_receive,
    VERB_OPTIONS(options),
    .act = ACT_HANDLE,
    .run = receive,
};
