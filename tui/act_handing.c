/* Handing on, having the result, handing it over, and what people thought of it. */
#include "tui/act_kinds.h"

/* ---- to another officer, or an outside unit ---- */

enum { TO_OFFICER, TO_UNIT, TO_STEP, TO_WITHIN, TO_NOTE, TO_AT, TO_COUNT };
static const struct form_item transfer_items[TO_COUNT] = {
    [TO_OFFICER] = {.kind = ITEM_PICK, .label = T_tui_field_officer, .hint = T_tui_type_officer},
    [TO_UNIT] = {.label = T_tui_field_unit, .hint = T_tui_type_unit, .fault = T_label_unit},
    [TO_STEP] = {.label = T_tui_field_step, .fault = T_label_step},
    [TO_WITHIN] = {.label = T_tui_field_within, .hint = T_tui_type_limit, .max = 60},
    [TO_NOTE] = {.label = T_tui_field_note, .fault = T_label_note, .max = TEXT_MAX_NOTE},
    [TO_AT] = ACT_AT,
};

static bool read_transfer(struct act_reader *r, struct command *c)
{
    c->transfer.to = act_text(r, TO_OFFICER);
    c->transfer.unit = act_text(r, TO_UNIT);
    c->transfer.step = act_text(r, TO_STEP);
    c->transfer.note = act_text(r, TO_NOTE);
    if (act_is_blank(c->transfer.to)) {
        c->transfer.to = STR_NONE;
        if (act_is_blank(c->transfer.unit))
            return act_fault(r, TO_OFFICER, T_tui_needs_officer);
    }
    return act_read_limit(r, TO_WITHIN, &c->transfer.within);
}

static int item_of_transfer(enum outcome_kind kind)
{
    switch (kind) {
    case KIND_unknown_officer:
    case KIND_retired: return TO_OFFICER;
    case KIND_limit_too_far: return TO_WITHIN;
    default: return ACT_ITEM_NONE;
    }
}

const struct act_form act_transfer = {
    .kind = COMMAND_TRANSFER,
    .title = T_tui_title_transfer,
    .explain = T_tui_explain_transfer,
    .done = T_tui_done_transfer,
    .items = transfer_items,
    .count = TO_COUNT,
    .read = read_transfer,
    .item_of = item_of_transfer,
};

/* ---- the result is ready ---- */

enum { RESULT_TEXT, RESULT_DIGITIZED, RESULT_WHY, RESULT_WHY_REASON, RESULT_AT, RESULT_COUNT };
static const struct form_item resolve_items[RESULT_COUNT] = {
    [RESULT_TEXT] = {.label = T_tui_field_result, .hint = T_tui_type_result, .fault = T_label_result},
    [RESULT_DIGITIZED] = {.kind = ITEM_CHOICE,
                          .label = T_tui_field_digitized,
                          .choices = 2,
                          .choice = {T_core_no, T_core_yes}},
    [RESULT_WHY] = ACT_WHY_CATEGORY,
    [RESULT_WHY_REASON] = ACT_WHY_REASON,
    [RESULT_AT] = ACT_AT,
};

static bool read_resolve(struct act_reader *r, struct command *c)
{
    c->resolve.result = act_text(r, RESULT_TEXT);
    c->resolve.digitized = r->form->item[RESULT_DIGITIZED].chosen == 1;
    return true;
}

const struct act_form act_resolve = {
    .kind = COMMAND_RESOLVE,
    .title = T_tui_title_resolve,
    .explain = T_tui_explain_resolve,
    .done = T_tui_done_resolve,
    .items = resolve_items,
    .count = RESULT_COUNT,
    .read = read_resolve,
    .why = RESULT_WHY,
};

/* ---- and handed over ---- */

enum { BACK_CHANNEL, BACK_TO, BACK_AT, BACK_COUNT };
static const struct form_item return_items[BACK_COUNT] = {
    [BACK_CHANNEL] = {.kind = ITEM_CHOICE,
                      .label = T_tui_field_return_channel,
                      .choices = 3,
                      .choice = {T_core_channel_direct, T_core_channel_online, T_core_channel_postal}},
    [BACK_TO] = {.label = T_tui_field_returned_to,
                 .hint = T_tui_type_returned_to,
                 .fault = T_label_returned_to},
    [BACK_AT] = ACT_AT,
};

/* Several results are not one person's, and each may go the way it was asked for: a choice before the others.
 */
static void begin_several(struct form *f)
{
    struct form_item *item = &f->item[BACK_CHANNEL];
    for (int i = item->choices++; i > 0; i--)
        item->choice[i] = item->choice[i - 1];
    item->choice[0] = T_tui_as_asked;
    form_hide(f, BACK_TO, true);
}

static void begin_return(struct form *f, const struct dossier *d)
{
    if (!d)
        begin_several(f);
    else if (d->receipt.collect >= CHANNEL_DIRECT)
        form_begin_with(f, BACK_CHANNEL, (int)d->receipt.collect - CHANNEL_DIRECT);
}

static bool read_return(struct act_reader *r, struct command *c)
{
    const struct form_item *item = &r->form->item[BACK_CHANNEL];
    bool several = item->choice[0] == T_tui_as_asked;
    int channel = CHANNEL_DIRECT + item->chosen - several;
    c->give_back.channel = channel < CHANNEL_DIRECT ? CHANNEL_NONE : (enum channel)channel;
    c->give_back.to = act_text(r, BACK_TO);
    return true;
}

const struct act_form act_return = {
    .kind = COMMAND_RETURN,
    .title = T_tui_title_return,
    .explain = T_tui_explain_return,
    .done = T_tui_done_return,
    .items = return_items,
    .count = BACK_COUNT,
    .read = read_return,
    .begin = begin_return,
};

/* ---- how satisfied they are ---- */

enum { RATE_STARS, RATE_NOTE, RATE_AT, RATE_COUNT };
static const struct form_item rate_items[RATE_COUNT] = {
    [RATE_STARS] = {.label = T_tui_field_stars,
                    .hint = T_tui_type_stars,
                    .fault = T_label_stars,
                    .required = true,
                    .max = 2},
    [RATE_NOTE] = {.label = T_tui_field_note, .fault = T_label_note, .max = TEXT_MAX_NOTE},
    [RATE_AT] = ACT_AT,
};

static bool read_rate(struct act_reader *r, struct command *c)
{
    struct str s = act_text(r, RATE_STARS);
    c->rate.note = act_text(r, RATE_NOTE);
    if (s.n != 1 || s.p[0] < '1' || s.p[0] > '5')
        return act_fault(r, RATE_STARS, T_tui_bad_stars);
    c->rate.stars = s.p[0] - '0';
    return true;
}

const struct act_form act_rate = {
    .kind = COMMAND_RATE,
    .title = T_tui_title_rate,
    .explain = T_tui_explain_rate,
    .done = T_tui_done_rate,
    .items = rate_items,
    .count = RATE_COUNT,
    .read = read_rate,
};
