/* Ending it without a result, and taking things back: all of it with a reason. */
#include "tui/act_kinds.h"

enum { NO_REASON, NO_AT, NO_COUNT };
static const struct form_item reason_items[NO_COUNT] = {
    [NO_REASON] = {.label = T_tui_field_reason, .fault = T_label_reason, .required = true},
    [NO_AT] = ACT_AT,
};
enum { REFUSE_REASON, REFUSE_WHY, REFUSE_WHY_REASON, REFUSE_AT, REFUSE_COUNT };
static const struct form_item refuse_items[REFUSE_COUNT] = {
    [REFUSE_REASON] = {.label = T_tui_field_refusal, .fault = T_label_reason, .required = true},
    [REFUSE_WHY] = ACT_WHY_CATEGORY,
    [REFUSE_WHY_REASON] = ACT_WHY_REASON,
    [REFUSE_AT] = ACT_AT,
};
static const struct form_item undo_items[] = {
    {.label = T_tui_field_reason, .fault = T_label_reason, .required = true},
};

static bool read(struct act_reader *r, struct command *c)
{
    c->end.reason = act_text(r, NO_REASON);
    return true;
}

#define ENDING(what, command)                                                                                \
    const struct act_form act_##what = {                                                                     \
        .kind = COMMAND_##command,                                                                           \
        .title = T_tui_title_##what,                                                                         \
        .explain = T_tui_explain_##what,                                                                     \
        .done = T_tui_done_##what,                                                                           \
        .items = reason_items,                                                                               \
        .count = NO_COUNT,                                                                                   \
        .read = read,                                                                                        \
    }
ENDING(withdraw, WITHDRAW);
ENDING(stop, STOP);
ENDING(void, VOID);

const struct act_form act_refuse = {
    .kind = COMMAND_REFUSE,
    .title = T_tui_title_refuse,
    .explain = T_tui_explain_refuse,
    .done = T_tui_done_refuse,
    .items = refuse_items,
    .count = REFUSE_COUNT,
    .read = read,
    .why = REFUSE_WHY,
};

const struct act_form act_undo = {
    .kind = COMMAND_UNDO,
    .title = T_tui_title_undo,
    .explain = T_tui_explain_undo,
    .done = T_tui_done_undo,
    .items = undo_items,
    .count = 1,
    .read = read,
    .untimed = true,
};
