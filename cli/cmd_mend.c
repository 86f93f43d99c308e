/* Mending and rating: undo, correct, rate. */
#include "cli/acting.h"
#include "cli/history_text.h"
#include "cli/times.h"
#include "cli/verbs.h"
#include "core/words.h"
#include <stdlib.h>

/* ---- undo ---- */

enum { U_REASON, U_AT };

static const struct option_spec undo_options[] = {
    [U_REASON] = {.name = "reason", .type = OPTION_TEXT, .help = T_cli_opt_undo_reason, .required = true},
    [U_AT] = OPTION_AT,
};

static void say_undone(struct cli *c, const struct dossier *d)
{
    struct event e;
    if (acting_last(c, d, &e) && e.kind == EVENT_UNDONE)
        CLI_LINE(c, T_cli_taken_back, str_of(words_event(c->lang, (enum event_kind)e.undone.kind)));
}

static int undo(struct cli *c, struct args *a)
{
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    struct command command = {
        .kind = COMMAND_UNDO,
        .at = time_given(a, U_AT, c->office),
        .end = {.reason = args_text(a, U_REASON)},
    };
    return acting_submit(c, &command, a->operand, a->operands, say_undone);
}

const struct verb verb_undo = {
    .name = "undo",
    .help = T_cli_help_undo,
    VERB_OPTIONS(undo_options),
    ACTS_ON_ONE,
    .run = undo,
};

/* ---- correct ---- */

enum { C_REASON, C_AT };

static const struct option_spec correct_options[] = {
    [C_REASON] = {.name = "reason", .type = OPTION_TEXT, .help = T_cli_opt_correct_reason, .required = true},
    [C_AT] = OPTION_AT,
};

/* Fields that people will try to correct, and the command that mends them instead. */
static enum text_id advice_for(struct str field)
{
    static const struct {
        const char *field;
        enum text_id advice;
    } advices[] = {
        {"apology", T_cli_correct_by_undo},     {"letter", T_cli_correct_by_undo},
        {"signer", T_cli_correct_by_undo},      {"until", T_cli_correct_by_undo},
        {"resolved_at", T_cli_correct_by_undo}, {"resolved-at", T_cli_correct_by_undo},
        {"returned_at", T_cli_correct_by_undo}, {"returned-at", T_cli_correct_by_undo},
        {"result", T_cli_correct_by_undo},      {"digitized", T_cli_correct_by_undo},
        {"reason", T_cli_correct_by_undo},      {"officer", T_cli_correct_by_transfer},
        {"unit", T_cli_correct_by_transfer},    {"due_at", T_cli_correct_due},
        {"due-at", T_cli_correct_due},          {"due", T_cli_correct_due},
    };
    for (size_t i = 0; i < sizeof advices / sizeof *advices; i++)
        if (str_eq(str_of(advices[i].field), field))
            return advices[i].advice;
    return T_cli_unknown_change;
}

static void add_field_names(struct buf *out)
{
    for (enum correction_field f = 0; f < CORRECT_COUNT; f++) {
        buf_add_z(out, f ? ", " : "");
        buf_add_z(out, correction_field_name(f));
    }
}

static int unknown_change(struct args *a, struct str field)
{
    struct buf names = BUF_INIT;
    add_field_names(&names);
    int status = args_wrong_word(a, advice_for(field), field, buf_str(&names));
    buf_release(&names);
    return status;
}

/* FIELD=VALUE; exit status. Papers are a list: each is given by itself, and together they are the whole. */
static int read_change(struct args *a, struct str typed, struct change *change, size_t count)
{
    const char *equals = memchr(typed.p, '=', typed.n);
    if (!equals)
        return args_wrong(a, T_cli_bad_change, STR_NONE, STR_NONE);
    struct str field = str_first(typed, (size_t)(equals - typed.p));
    change[count].value = str_from(typed, field.n + 1);
    if (!correction_field_parse(field, &change[count].field))
        return unknown_change(a, field);
    for (size_t i = 0; i < count && change[count].field != CORRECT_COMPONENT; i++)
        if (change[i].field == change[count].field)
            return args_wrong(a, T_cli_change_twice, field, STR_NONE);
    return 0;
}

static void say_changes(struct cli *c, const struct dossier *d)
{
    struct event e;
    struct buf text = BUF_INIT;
    if (acting_last(c, d, &e) && e.kind == EVENT_CORRECTED) {
        history_changes(c, &text, e.corrected.changes, false);
        CLI_LINE(c, T_cli_changed, buf_str(&text));
    }
    c->out.failed = c->out.failed || text.failed;
    buf_release(&text);
}

static int correct_by(struct cli *c, struct args *a, struct change *change)
{
    size_t count = 0;
    for (size_t i = 1; i < a->operands; i++, count++) {
        int wrong = read_change(a, a->operand[i], change, count);
        if (wrong)
            return wrong;
    }
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    struct command command = {
        .kind = COMMAND_CORRECT,
        .at = time_given(a, C_AT, c->office),
        .correct = {.reason = args_text(a, C_REASON), .change = change, .count = count},
    };
    return acting_submit(c, &command, a->operand, 1, say_changes);
}

static int correct(struct cli *c, struct args *a)
{
    if (a->operands < 2)
        return args_wrong(a, T_cli_no_change, STR_NONE, STR_NONE);
    struct change *change = calloc(a->operands, sizeof *change);
    int status = change ? correct_by(c, a, change) : cli_no_memory(c);
    free(change);
    return status;
}

const struct verb verb_correct = {
    .name = "correct",
    .help = T_cli_help_correct,
    VERB_OPTIONS(correct_options),
    .operand = T_cli_value_correct,
    .least = 1,
    .most = -1,
    .act = ACT_HANDLE,
    .run = correct,
};

/* ---- rate ---- */

enum { R_NOTE, R_AT };

static const struct option_spec rate_options[] = {
    [R_NOTE] = {.name = "note", .type = OPTION_TEXT, .help = T_cli_opt_rate_note},
    [R_AT] = OPTION_AT,
};

static int rate(struct cli *c, struct args *a)
{
    if (a->operands < 2)
        return args_wrong(a, T_cli_no_stars, STR_NONE, STR_NONE);
    struct str stars = a->operand[1];
    if (stars.n != 1 || stars.p[0] < '1' || stars.p[0] > '5')
        return args_wrong(a, T_cli_bad_stars, stars, STR_NONE);
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    struct command command = {
        .kind = COMMAND_RATE,
        .at = time_given(a, R_AT, c->office),
        .rate = {.stars = stars.p[0] - '0', .note = args_text(a, R_NOTE)},
    };
    return acting_submit(c, &command, a->operand, 1, NULL);
}

const struct verb verb_rate = {
    .name = "rate",
    .help = T_cli_help_rate,
    VERB_OPTIONS(rate_options),
    .operand = T_cli_value_rate,
    .least = 1,
    .most = 2,
    .act = ACT_HANDLE,
    .run = rate,
};
