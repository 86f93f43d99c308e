/* Waiting for the applicant, and going on: the supplement, asked for once and counted from zero when it
 * comes; the payment, with a limit of its own behind it. */
#include "core/wire.h"
#include "tui/act_kinds.h"

/* ---- the supplement is asked for ---- */

#define NEEDS 10
enum {
    ASK_REASON,
    ASK_NEED,
    ASK_NEEDS_END = ASK_NEED + NEEDS,
    ASK_INSIST = ASK_NEEDS_END,
    ASK_AT,
    ASK_COUNT
};

#define NEED_ITEM                                                                                            \
    {                                                                                                        \
        .label = T_tui_field_need, .hint = T_tui_type_need, .fault = T_label_need, .hidden = true            \
    }
static const struct form_item supplement_items[ASK_COUNT] = {
    [ASK_REASON] = {.label = T_tui_field_reason, .fault = T_label_reason, .required = true},
    [ASK_NEED] = {.label = T_tui_field_need,
                  .hint = T_tui_type_need,
                  .fault = T_label_need,
                  .required = true},
    [ASK_NEED + 1] = NEED_ITEM,
    [ASK_NEED + 2] = NEED_ITEM,
    [ASK_NEED + 3] = NEED_ITEM,
    [ASK_NEED + 4] = NEED_ITEM,
    [ASK_NEED + 5] = NEED_ITEM,
    [ASK_NEED + 6] = NEED_ITEM,
    [ASK_NEED + 7] = NEED_ITEM,
    [ASK_NEED + 8] = NEED_ITEM,
    [ASK_NEED + 9] = NEED_ITEM,
    [ASK_INSIST] = {.kind = ITEM_CHOICE,
                    .label = T_tui_field_insist,
                    .hidden = true,
                    .choices = 2,
                    .choice = {T_core_no, T_core_yes}},
    [ASK_AT] = ACT_AT,
};

static bool read_supplement(struct act_reader *r, struct command *c)
{
    for (int i = ASK_NEED; i < ASK_NEEDS_END; i++)
        if (!act_is_blank(act_text(r, i)))
            wire_list_add(r->list, act_text(r, i));
    c->supplement.reason = act_text(r, ASK_REASON);
    c->supplement.needs = buf_str(r->list);
    c->supplement.insist = !r->form->item[ASK_INSIST].hidden && r->form->item[ASK_INSIST].chosen == 1;
    return true;
}

/* A blank line is always there for one more. */
static void adapt_supplement(struct form *f, const struct act_state *state)
{
    int last = ASK_NEED;
    for (int i = ASK_NEED; i < ASK_NEEDS_END; i++)
        if (!act_is_blank(form_text(f, i)))
            last = i + 1;
    for (int i = ASK_NEED + 1; i < ASK_NEEDS_END; i++)
        form_hide(f, i, i > last && i != f->focus);
    form_hide(f, ASK_INSIST, !state->must_insist && f->focus != ASK_INSIST);
}

static int item_of_supplement(enum outcome_kind kind)
{
    return kind == KIND_second_supplement || kind == KIND_late_supplement ? ASK_INSIST : ACT_ITEM_NONE;
}

const struct act_form act_supplement = {
    .kind = COMMAND_SUPPLEMENT,
    .title = T_tui_title_supplement,
    .explain = T_tui_explain_supplement,
    .done = T_tui_done_supplement,
    .items = supplement_items,
    .count = ASK_COUNT,
    .read = read_supplement,
    .adapt = adapt_supplement,
    .item_of = item_of_supplement,
};

/* ---- it came; a payment is awaited ---- */

enum { NOTE_TEXT, NOTE_AT, NOTE_COUNT };
static const struct form_item note_items[NOTE_COUNT] = {
    [NOTE_TEXT] = {.label = T_tui_field_note, .fault = T_label_note, .max = TEXT_MAX_NOTE},
    [NOTE_AT] = ACT_AT,
};

static bool read_note(struct act_reader *r, struct command *c)
{
    c->resume.note = act_text(r, NOTE_TEXT);
    return true;
}

const struct act_form act_restart = {
    .kind = COMMAND_RESTART,
    .title = T_tui_title_restart,
    .explain = T_tui_explain_restart,
    .done = T_tui_done_restart,
    .items = note_items,
    .count = NOTE_COUNT,
    .read = read_note,
};
const struct act_form act_await_payment = {
    .kind = COMMAND_AWAIT_PAYMENT,
    .title = T_tui_title_await_payment,
    .explain = T_tui_explain_await_payment,
    .done = T_tui_done_await_payment,
    .items = note_items,
    .count = NOTE_COUNT,
    .read = read_note,
};

/* ---- the payment came ---- */

enum { PAID_WITHIN, PAID_NOTE, PAID_AT, PAID_COUNT };
static const struct form_item paid_items[PAID_COUNT] = {
    [PAID_WITHIN] = {.label = T_tui_field_paid_within,
                     .hint = T_tui_type_limit,
                     .fault = T_label_within,
                     .required = true,
                     .max = 60},
    [PAID_NOTE] = {.label = T_tui_field_note, .fault = T_label_note, .max = TEXT_MAX_NOTE},
    [PAID_AT] = ACT_AT,
};

static bool read_paid(struct act_reader *r, struct command *c)
{
    c->resume.note = act_text(r, PAID_NOTE);
    if (act_is_blank(act_text(r, PAID_WITHIN)))
        return act_fault(r, PAID_WITHIN, T_tui_needs_within);
    return act_read_limit(r, PAID_WITHIN, &c->resume.within);
}

static int item_of_paid(enum outcome_kind kind)
{
    return kind == KIND_no_limit || kind == KIND_limit_too_far ? PAID_WITHIN : ACT_ITEM_NONE;
}

const struct act_form act_paid = {
    .kind = COMMAND_PAID,
    .title = T_tui_title_paid,
    .explain = T_tui_explain_paid,
    .done = T_tui_done_paid,
    .items = paid_items,
    .count = PAID_COUNT,
    .read = read_paid,
    .item_of = item_of_paid,
};
