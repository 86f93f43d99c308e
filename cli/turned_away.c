#include "cli/turned_away.h"

#include "cli/acting.h"
#include "cli/cells.h"
#include "cli/dossier_json.h"
#include "cli/receipt_json.h"
#include "cli/times.h"

#include <strings.h>

#define OPTION_PDF(says)                                                                                     \
    {                                                                                                        \
        .name = "output", .type = OPTION_WORD, .help = (says), .value = T_cli_value_file, .letter = 'o'      \
    }

#define OPTION_SEND                                                                                          \
    {                                                                                                        \
        .name = "send", .type = OPTION_WORD, .help = T_cli_opt_print_send, .value = T_cli_value_printer,     \
        .optional = true                                                                                     \
    }

const struct option_spec turned_away_options[TA_OPTIONS] = {
    [TA_PROCEDURE] = {.name = "procedure",
                      .type = OPTION_WORD,
                      .help = T_cli_opt_procedure,
                      .value = T_cli_value_procedure,
                      .required = true},
    [TA_APPLICANT] = {.name = "applicant",
                      .type = OPTION_TEXT,
                      .help = T_cli_opt_applicant,
                      .value = T_cli_value_name,
                      .required = true},
    [TA_NEED] = {.name = "need", .type = OPTION_TEXT, .help = T_cli_opt_turned_need, .repeats = true},
    [TA_REASON] = {.name = "reason", .type = OPTION_TEXT, .help = T_cli_opt_turned_reason},
    [TA_PHONE] = {.name = "phone", .type = OPTION_TEXT, .help = T_cli_opt_phone},
    [TA_ID_NUMBER] = {.name = "id-number", .type = OPTION_TEXT, .help = T_cli_opt_id_number},
    [TA_ADDRESS] = {.name = "address", .type = OPTION_TEXT, .help = T_cli_opt_address},
    [TA_EMAIL] = {.name = "email", .type = OPTION_TEXT, .help = T_cli_opt_email},
    [TA_ORGANIZATION] = {.name = "organization", .type = OPTION_FLAG, .help = T_cli_opt_organization},
    [TA_OUTSIDE] = {.name = "outside", .type = OPTION_FLAG, .help = T_cli_opt_outside},
    [TA_SUBMITTER] = {.name = "submitter",
                      .type = OPTION_TEXT,
                      .help = T_cli_opt_submitter,
                      .value = T_cli_value_name},
    [TA_CHANNEL] = {.name = "channel",
                    .type = OPTION_CHOICE,
                    .help = T_cli_opt_channel,
                    .choices = "direct|online|postal"},
    [TA_AT] = OPTION_AT,
    [TA_OUTPUT] = OPTION_PDF(T_cli_opt_turned_output),
    [TA_PRINT] = {.name = "print", .type = OPTION_FLAG, .help = T_cli_opt_turned_print},
    [TA_SEND] = OPTION_SEND,
};
const struct option_spec turned_away_print_options[TAP_OPTIONS] = {OPTION_PDF(T_cli_opt_print_output),
                                                                   OPTION_SEND};

bool turned_away_wants_slip(const struct args *a)
{
    return args_has(a, TA_OUTPUT) || args_has(a, TA_PRINT) || args_has(a, TA_SEND);
}

/* ---- recording ---- */

int turned_away_check_file(struct args *a, struct str file)
{
    const struct str ending = STR(".pdf");
    if (file.n > ending.n && strncasecmp(file.p + file.n - ending.n, ending.p, ending.n) == 0)
        return 0;
    return args_wrong(a, T_cli_turned_pdf, file, STR_NONE);
}

int turned_away_check(struct args *a)
{
    if (!args_has(a, TA_NEED) && !args_has(a, TA_REASON))
        return args_wrong(a, T_cli_turned_needs, STR_NONE, STR_NONE);
    return args_has(a, TA_OUTPUT) ? turned_away_check_file(a, args_text(a, TA_OUTPUT)) : 0;
}

static struct command command_of(const struct cli *c, const struct args *a, struct str needs)
{
    struct command command = {
        .kind = COMMAND_TURN_AWAY,
        .at = time_given(a, TA_AT, c->office),
        .turn_away =
            {
                .refused = !args_has(a, TA_NEED),
                .procedure = args_text(a, TA_PROCEDURE),
                .applicant =
                    {
                        .name = args_text(a, TA_APPLICANT),
                        .id_number = args_text(a, TA_ID_NUMBER),
                        .phone = args_text(a, TA_PHONE),
                        .email = args_text(a, TA_EMAIL),
                        .address = args_text(a, TA_ADDRESS),
                        .organization = args_has(a, TA_ORGANIZATION),
                        .outside = args_has(a, TA_OUTSIDE),
                    },
                .submitter = args_text(a, TA_SUBMITTER),
                .reason = args_text(a, TA_REASON),
                .needs = needs,
            },
    };
    channel_parse(args_text(a, TA_CHANNEL), &command.turn_away.channel);
    return command;
}

struct wanted {
    uint64_t seq; /* 0: by its slip */
    bool refused;
    struct yearly_number slip;
    struct event *out;
    bool found;
};

static bool look(void *arg, const struct event *e)
{
    struct wanted *w = arg;
    const struct yearly_number *slip = &e->turned_away.slip;
    w->found = w->seq ? e->seq == w->seq
                      : e->turned_away.refused == w->refused && slip->number == w->slip.number &&
                            slip->year == w->slip.year;
    if (w->found)
        *w->out = *e;
    return !w->found && (!w->seq || e->seq > w->seq);
}

int turned_away_record(struct cli *c, struct args *a, struct event *out)
{
    struct buf needs = BUF_INIT;
    args_list(a, TA_NEED, &needs);
    struct request request = {.moment = cli_moment(c), .command = command_of(c, a, buf_str(&needs))};
    int status = needs.failed ? cli_no_memory(c) : cli_submit(c, &request, 1);
    struct wanted w = {.seq = request.result.seq, .out = out};
    if (!status) {
        view_turned_away(c->view, look, &w);
        if (!w.found)
            status = cli_refuse(c, KIND_saved_unread, STR_NONE);
    }
    buf_release(&needs);
    return status;
}

/* ---- finding a slip again ---- */

static bool take_number(struct str *rest, uint32_t most, uint32_t *out)
{
    size_t n = 0;
    uint64_t value = 0;
    for (; n < rest->n && rest->p[n] >= '0' && rest->p[n] <= '9' && n < 10; n++)
        value = 10 * value + (uint64_t)(rest->p[n] - '0');
    if (!n || value < 1 || value > most || (n < rest->n && rest->p[n] != '/'))
        return false;
    *rest = str_from(*rest, n + 1);
    *out = (uint32_t)value;
    return true;
}

static bool parse_slip(const struct cli *c, struct str slip, struct wanted *w)
{
    uint32_t form, number, year = 0;
    bool ends = slip.n && slip.p[slip.n - 1] == '/';
    if (ends || !take_number(&slip, 3, &form) || form < 2 || !take_number(&slip, UINT32_MAX, &number) ||
        (slip.n && !take_number(&slip, CIVIL_LAST_YEAR, &year)) || slip.n)
        return false;
    w->refused = form == 3;
    w->slip.number = number;
    w->slip.year = year ? (int)year : civil_to_ymd(civil_day_of(cli_now(c))).year;
    return true;
}

int turned_away_find(struct cli *c, struct args *a, struct str slip, struct event *out)
{
    struct wanted w = {.out = out};
    if (!parse_slip(c, slip, &w))
        return args_wrong(a, T_cli_turned_bad_number, slip, STR_NONE);
    view_turned_away(c->view, look, &w);
    if (w.found && !out->undone_by)
        return 0;
    struct outcome o = outcome_of(w.found ? KIND_slip_void : KIND_unknown_slip);
    struct buf number = BUF_INIT, year = BUF_INIT;
    buf_add_int(&number, w.slip.number);
    buf_add_int(&year, w.slip.year);
    outcome_text(&o, w.refused ? STR("03") : STR("02"));
    outcome_text(&o, buf_str(&number));
    outcome_text(&o, buf_str(&year));
    buf_release(&number);
    buf_release(&year);
    return cli_tell(c, &o);
}

/* ---- taking one back ---- */

int turned_away_void(struct cli *c, struct args *a, struct str slip, struct str reason, struct event *out)
{
    struct wanted w = {.out = out};
    if (!parse_slip(c, slip, &w))
        return args_wrong(a, T_cli_turned_bad_number, slip, STR_NONE);
    struct request request = {
        .moment = cli_moment(c),
        .command =
            {
                .kind = COMMAND_TURN_AWAY_VOID,
                .at = NO_TIME,
                .turn_away_void = {.refused = w.refused, .slip = w.slip, .reason = reason},
            },
    };
    int status = cli_submit(c, &request, 1);
    if (status)
        return status;
    view_turned_away(c->view, look, &w);
    return w.found ? 0 : cli_refuse(c, KIND_saved_unread, STR_NONE);
}

int turned_away_unwritten(struct cli *c, const struct event *e, const struct outcome *why)
{
    struct outcome o = outcome_of(KIND_slip_unwritten);
    struct turned_away_words w;
    turned_away_words_init(&w, e);
    for (size_t i = 0; i < 3; i++)
        outcome_text(&o, w.arg[i]);
    outcome_label(&o, why->kind == KIND_disk_full ? T_label_for_want_of_room : T_nothing);
    turned_away_words_release(&w);
    c->wrote = false; /* the entry was read back: what failed is the file alone */
    return cli_tell(c, &o);
}

/* ---- showing ---- */

const char *turned_away_form(const struct event *e)
{
    return e->turned_away.refused ? "03" : "02";
}

void turned_away_words_init(struct turned_away_words *w, const struct event *e)
{
    *w = (struct turned_away_words){.number = BUF_INIT, .year = BUF_INIT};
    buf_add_int(&w->number, e->turned_away.slip.number);
    buf_add_int(&w->year, e->turned_away.slip.year);
    w->arg[0] = str_of(turned_away_form(e));
    w->arg[1] = buf_str(&w->number);
    w->arg[2] = buf_str(&w->year);
    w->arg[3] = e->turned_away.receipt.applicant.name;
}

void turned_away_words_release(struct turned_away_words *w)
{
    buf_release(&w->number);
    buf_release(&w->year);
}

static void show_json(struct cli *c, const struct event *e, bool unmask, struct str file)
{
    const struct receipt *r = &e->turned_away.receipt;
    const struct procedure *p = office_find_case(c->office, r->procedure.code, r->procedure.kase);
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_int(&j, "seq", (int64_t)e->seq);
    json_bool(&j, "refused", e->turned_away.refused);
    json_name(&j, "form", turned_away_form(e));
    json_int(&j, "number", e->turned_away.slip.number);
    json_int(&j, "year", e->turned_away.slip.year);
    json_minute(&j, "at", e->at, c->offset);
    json_utc(&j, "recorded_at", e->recorded_at, c->offset);
    json_text(&j, "by", e->by);
    json_text(&j, "procedure", r->procedure.code);
    json_text(&j, "case", r->procedure.kase);
    json_text(&j, "procedure_name", p ? p->name : STR_NONE);
    receipt_applicant_json(&j, &r->applicant, unmask);
    json_text(&j, "submitter", r->submitter);
    json_name(&j, "channel", channel_name(r->channel));
    json_text(&j, "reason", e->turned_away.reason);
    receipt_texts_json(&j, "needs", e->turned_away.needs);
    json_bool(&j, "void", e->undone_by != 0);
    json_text(&j, "file", file);
    json_bool(&j, "demo", c->demo);
    json_object_end(&j);
    json_line(&j);
}

void turned_away_show(struct cli *c, const struct event *e, bool unmask, struct str file)
{
    struct turned_away_words w;
    if (c->json) {
        show_json(c, e, unmask, file);
        return;
    }
    turned_away_words_init(&w, e);
    cli_say(c, e->turned_away.refused ? T_cli_turned_line_refused : T_cli_turned_line_needs, w.arg, 4);
    buf_add_char(&c->out, '\n');
    if (e->undone_by) {
        CLI_LINE(c, T_cli_turned_is_void, STR_NONE);
    } else if (file.n) {
        CLI_LINE(c, T_cli_turned_written, file);
    } else {
        cli_say(c, T_cli_turned_print_again, w.arg, 3);
        buf_add_char(&c->out, '\n');
    }
    turned_away_words_release(&w);
}
