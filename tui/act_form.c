#include "tui/act_form.h"

#include "core/status.h"
#include "tui/typed.h"

void act_form_init(const struct act_form *a, struct form *f, const struct dossier *d)
{
    form_init(f, a->items, a->count);
    if (a->begin)
        a->begin(f, d);
}

/* ---- from typing to a command ---- */

bool act_fault(struct act_reader *r, int item, enum text_id wrong)
{
    r->item = item;
    r->wrong = wrong;
    return false;
}

bool act_is_blank(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ' ')
            return false;
    return true;
}

bool act_read_limit(struct act_reader *r, int item, struct limit *out)
{
    *out = (struct limit){.kind = LIMIT_NONE, .cutoff = LIMIT_NO_CUTOFF};
    return act_is_blank(act_text(r, item)) || typed_limit(act_text(r, item), out) ||
           act_fault(r, item, T_tui_bad_limit);
}

/* When it happened: nothing typed is now, a date alone the opening of that day. */
static bool read_at(struct act_reader *r, int item, civil_minute *out)
{
    struct typed_time t;
    *out = NO_TIME;
    if (act_is_blank(act_text(r, item)))
        return true;
    if (!typed_time(act_text(r, item), r->today, &t))
        return act_fault(r, item, T_tui_bad_time);
    *out = civil_at(t.day, t.minute_of_day < 0 ? calendar_opens(r->calendar, t.day) : t.minute_of_day);
    return true;
}

bool act_form_command(const struct act_form *a, struct act_reader *r, struct command *out)
{
    *out = (struct command){.kind = a->kind, .at = NO_TIME};
    buf_reset(r->list);
    return a->read(r, out) && (a->untimed || read_at(r, a->count - 1, &out->at));
}

bool act_form_commands(const struct act_form *a, struct act_reader *r, struct command out[2], size_t *n)
{
    *n = 1;
    out[1] = (struct command){.at = NO_TIME};
    if (!act_form_command(a, r, out))
        return false;
    if (!a->why || r->form->item[a->why].hidden)
        return true;
    enum late_category category = (enum late_category)r->form->item[a->why].chosen;
    struct str reason = act_text(r, a->why + 1);
    if (category == LATE_UNSAID && !act_is_blank(reason))
        return act_fault(r, a->why, T_tui_needs_late_category);
    if (category != LATE_UNSAID && act_is_blank(reason))
        return act_fault(r, a->why + 1, T_tui_needs_late_reason);
    if (category == LATE_UNSAID)
        return true;
    out[(*n)++] = *out;
    out[0] = (struct command){
        .kind = COMMAND_LATE_REASON, .at = NO_TIME, .late_reason = {.category = category, .reason = reason}};
    return true;
}

bool act_form_asks_why(const struct dossier *d, civil_minute now)
{
    bool open = state_is_open(d->facts.state);
    bool late = d->late.statutory > 0 || (open && is_past(&d->facts, d->facts.statutory_due, now));
    return late && !d->apology.number && d->late_reason.category == LATE_UNSAID;
}

/* What somebody typed stays, though it was said elsewhere meanwhile. */
void act_form_adapt(const struct act_form *a, struct form *f, const struct act_state *state)
{
    for (int i = a->why; a->why && i <= a->why + 1; i++)
        form_hide(f, i, !state->asks_why && !form_item_dirty(f, i));
    if (a->adapt)
        a->adapt(f, state);
}

static void suppose(struct str *s)
{
    if (act_is_blank(*s))
        *s = STR("…");
}

void act_form_suppose(struct command *c)
{
    static const char need[] = {0, 0, 0, 1, '?'}; /* a packed list of one */
    switch (c->kind) {
    case COMMAND_APOLOGIZE: suppose(&c->apologize.reason); break;
    case COMMAND_SUPPLEMENT:
        suppose(&c->supplement.reason);
        if (!c->supplement.needs.n)
            c->supplement.needs = (struct str){need, sizeof need};
        break;
    case COMMAND_REFUSE:
    case COMMAND_WITHDRAW:
    case COMMAND_STOP:
    case COMMAND_VOID:
    case COMMAND_UNDO: suppose(&c->end.reason); break;
    case COMMAND_CORRECT: suppose(&c->correct.reason); break;
    default: break;
    }
}

/* ---- refusals ---- */

void act_form_focus(const struct act_form *a, struct form *f, const struct outcome *o)
{
    if (form_focus_fault(f, o))
        return;
    int item = a->item_of ? a->item_of(o->kind) : ACT_ITEM_NONE;
    if (item != ACT_ITEM_NONE) {
        form_focus(f, item);
        return;
    }
    switch (o->kind) {
    case KIND_future_time:
    case KIND_before_receipt:
    case KIND_before_result:
    case KIND_before_letter:
    case KIND_before_turn:
        if (!a->untimed)
            form_focus(f, a->count - 1);
        break;
    default: break;
    }
}
