/* At the counter: the fee, and why something is late. */
#include "tui/act_kinds.h"
#include "tui/office_words.h"

/* ---- the fee ---- */

enum { FEE_HOW, FEE_AMOUNT, FEE_DOCUMENT, FEE_REASON, FEE_AT, FEE_COUNT };
enum { HOW_TAKEN, HOW_EXEMPT, HOW_BACK, HOWS };
static const struct form_item fee_items[FEE_COUNT] = {
    [FEE_HOW] = {.kind = ITEM_CHOICE,
                 .label = T_tui_field_fee_how,
                 .choices = HOWS,
                 .choice = {T_tui_how_taken, T_tui_how_exempt, T_tui_how_back}},
    [FEE_AMOUNT] = {.label = T_tui_field_fee_amount, .hint = T_tui_type_money, .required = true, .max = 20},
    [FEE_DOCUMENT] = {.label = T_tui_field_fee_document,
                      .hint = T_tui_type_fee_document,
                      .fault = T_label_fee_document},
    [FEE_REASON] = {.label = T_tui_field_reason, .fault = T_label_reason, .required = true},
    [FEE_AT] = ACT_AT,
};

bool act_read_money(struct str text, int64_t *out)
{
    enum { DIGITS = 13 };
    int64_t n = 0;
    int digits = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c >= '0' && c <= '9') {
            n = n * 10 + (c - '0');
            if (++digits > DIGITS)
                return false;
        } else if (c != '.' && c != ',' && c != ' ') {
            return false;
        }
    }
    *out = n;
    return digits > 0;
}

static void adapt_fee(struct form *f, const struct act_state *state)
{
    int how = f->item[FEE_HOW].chosen;
    (void)state;
    form_hide(f, FEE_AMOUNT, how == HOW_EXEMPT);
    form_hide(f, FEE_DOCUMENT, how == HOW_EXEMPT);
    form_hide(f, FEE_REASON, how == HOW_TAKEN);
}

/* What is still owed. */
static void begin_fee(struct form *f, const struct dossier *d)
{
    struct buf owed = BUF_INIT;
    if (!d || d->fee_exempt || d->receipt.fee <= d->fee_paid)
        return;
    office_money(&owed, LANG_VI, d->receipt.fee - d->fee_paid); /* dots, as act_read_money() takes them */
    form_begin_text(f, FEE_AMOUNT, buf_str(&owed));
    buf_release(&owed);
}

static bool read_fee(struct act_reader *r, struct command *c)
{
    int how = r->form->item[FEE_HOW].chosen;
    c->fee.exempt = how == HOW_EXEMPT;
    if (how != HOW_TAKEN)
        c->fee.reason = act_text(r, FEE_REASON);
    if (how == HOW_EXEMPT)
        return true;
    c->fee.document = act_text(r, FEE_DOCUMENT);
    if (!act_read_money(act_text(r, FEE_AMOUNT), &c->fee.amount))
        return act_fault(r, FEE_AMOUNT, T_tui_bad_money);
    if (how == HOW_BACK)
        c->fee.amount = -c->fee.amount;
    return true;
}

static int item_of_fee(enum outcome_kind kind)
{
    switch (kind) {
    case KIND_no_fee:
    case KIND_fee_over:
    case KIND_fee_too_large:
    case KIND_fee_back: return FEE_AMOUNT;
    case KIND_fee_paid: return FEE_HOW;
    default: return ACT_ITEM_NONE;
    }
}

const struct act_form act_fee = {
    .kind = COMMAND_FEE,
    .title = T_tui_title_fee,
    .explain = T_tui_explain_fee,
    .done = T_tui_done_fee,
    .items = fee_items,
    .count = FEE_COUNT,
    .read = read_fee,
    .begin = begin_fee,
    .adapt = adapt_fee,
    .item_of = item_of_fee,
};

/* ---- why it is late ---- */

enum { WHY_CATEGORY, WHY_REASON, WHY_EXCUSE, WHY_AT, WHY_COUNT };
static const struct form_item late_items[WHY_COUNT] = {
    [WHY_CATEGORY] = ACT_WHY_CATEGORY,
    [WHY_REASON] = {.label = T_tui_field_reason, .fault = T_label_reason},
    [WHY_EXCUSE] = {.kind = ITEM_CHOICE,
                    .label = T_tui_field_excuse,
                    .choices = 3,
                    .choice = {T_core_excuse_unsaid, T_core_excuse_good, T_core_excuse_not_good}},
    [WHY_AT] = ACT_AT,
};

/* What was said: to be mended, or for a chief to judge. */
static void begin_late(struct form *f, const struct dossier *d)
{
    if (!d)
        return;
    form_begin_with(f, WHY_CATEGORY, (int)d->late_reason.category);
    form_begin_text(f, WHY_REASON, d->late_reason.reason);
    form_begin_with(f, WHY_EXCUSE, (int)d->late_reason.excuse);
}

/* A letter's reason is the reason. A chief's word is a chief's to say. */
static void adapt_late(struct form *f, const struct act_state *state)
{
    bool unsaid = !state->has_letter && !state->has_reason;
    for (int i = WHY_CATEGORY; i <= WHY_REASON; i++) {
        form_hide(f, i, state->has_letter && !form_item_dirty(f, i));
        f->item[i].required = unsaid;
    }
    form_hide(f, WHY_EXCUSE, !state->may_excuse && !form_item_dirty(f, WHY_EXCUSE));
}

/* What stands there as it was is not said anew: it stays its author's. */
static bool says_reason(const struct form *f)
{
    return form_item_dirty(f, WHY_CATEGORY) || form_item_dirty(f, WHY_REASON);
}

static bool read_late(struct act_reader *r, struct command *c)
{
    const struct form *f = r->form;
    bool reason = says_reason(f), word = form_item_dirty(f, WHY_EXCUSE);
    c->late_reason.category = LATE_UNSAID;
    c->late_reason.excuse = EXCUSE_UNSAID;
    if (reason) {
        c->late_reason.category = (enum late_category)f->item[WHY_CATEGORY].chosen;
        c->late_reason.reason = act_text(r, WHY_REASON);
    }
    if (word)
        c->late_reason.excuse = (enum excuse)f->item[WHY_EXCUSE].chosen;
    if (word && c->late_reason.excuse == EXCUSE_UNSAID)
        return act_fault(r, WHY_EXCUSE, T_tui_excuse_stays);
    bool said = f->item[WHY_CATEGORY].hidden || f->item[WHY_CATEGORY].first != LATE_UNSAID;
    if (reason && c->late_reason.category == LATE_UNSAID && said)
        return act_fault(r, WHY_CATEGORY, T_tui_reason_stays);
    if (!reason && !word && said)
        return act_fault(r, WHY_EXCUSE, T_tui_late_unchanged);
    return true;
}

static enum text_id done_late(const struct form *f)
{
    return says_reason(f) ? T_nothing : T_tui_done_excuse;
}

static int item_of_late(enum outcome_kind kind)
{
    switch (kind) {
    case KIND_no_late_reason: return WHY_CATEGORY;
    case KIND_not_allowed: return WHY_EXCUSE;
    default: return ACT_ITEM_NONE;
    }
}

const struct act_form act_late_reason = {
    .kind = COMMAND_LATE_REASON,
    .title = T_tui_title_late_reason,
    .explain = T_tui_explain_late_reason,
    .done = T_tui_done_late_reason,
    .items = late_items,
    .count = WHY_COUNT,
    .read = read_late,
    .begin = begin_late,
    .done_of = done_late,
    .adapt = adapt_late,
    .item_of = item_of_late,
};
