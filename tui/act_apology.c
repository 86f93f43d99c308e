#include "tui/act_apology.h"

#include "tui/act_kinds.h"
#include "tui/typed.h"

enum { WHY_REASON, WHY_UNTIL, WHY_SIGNER, WHY_UNIT, WHY_AT, WHY_COUNT };
static const struct form_item items[WHY_COUNT] = {
    [WHY_REASON] = {.label = T_tui_field_reason, .fault = T_label_reason, .required = true},
    [WHY_UNTIL] = {.label = T_tui_field_until, .hint = T_tui_type_until, .required = true, .max = 40},
    [WHY_SIGNER] = {.label = T_tui_field_signer, .fault = T_label_signer},
    [WHY_UNIT] = {.label = T_tui_field_unit, .hint = T_tui_type_letter_unit, .fault = T_label_unit},
    [WHY_AT] = ACT_AT,
};

static bool read(struct act_reader *r, struct command *c)
{
    struct typed_time t;
    struct str until = act_text(r, WHY_UNTIL);
    c->apologize.reason = act_text(r, WHY_REASON);
    c->apologize.signer = act_text(r, WHY_SIGNER);
    c->apologize.unit = act_text(r, WHY_UNIT);
    c->apologize.until = NO_TIME;
    if (r->form->item[WHY_UNTIL].hidden)
        return true;
    if (act_is_blank(until) && !r->form->item[WHY_UNTIL].required)
        return true;
    if (act_is_blank(until))
        return act_is_blank(c->apologize.reason) ? act_fault(r, WHY_REASON, T_tui_needs_reason)
                                                 : act_fault(r, WHY_UNTIL, T_tui_needs_until);
    if (!typed_time(until, r->today, &t))
        return act_fault(r, WHY_UNTIL, T_tui_bad_time);
    c->apologize.until = civil_at(t.day, t.minute_of_day < 0 ? 0 : t.minute_of_day);
    c->apologize.until_is_date = t.minute_of_day < 0;
    return true;
}

/* Somebody else may record the result while the letter is being written: a date typed by then stays where it
 * is, and the next letters go where the officer was. */
static void adapt(struct form *f, const struct act_state *state)
{
    f->item[WHY_UNTIL].required = !state->solved;
    if (state->opening || !state->solved)
        form_hide(f, WHY_UNTIL, state->solved);
}

static int item_of(enum outcome_kind kind)
{
    switch (kind) {
    case KIND_already_resolved:
    case KIND_due_not_later:
    case KIND_due_in_past:
    case KIND_due_on_day_off:
    case KIND_outside_hours:
    case KIND_until_missing: return WHY_UNTIL;
    default: return ACT_ITEM_NONE;
    }
}

const struct act_form act_apologize = {
    .kind = COMMAND_APOLOGIZE,
    .title = T_tui_title_apologize,
    .explain = T_tui_explain_apologize,
    .done = T_tui_done_apologize,
    .items = items,
    .count = WHY_COUNT,
    .read = read,
    .adapt = adapt,
    .item_of = item_of,
};

/* ---- what the new date means ---- */

void act_apology_example(const struct act_form *a, struct form *f, const struct calendar *calendar,
                         enum lang lang, civil_day today, civil_minute due, struct buf *text)
{
    if (a->kind != COMMAND_APOLOGIZE || !calendar)
        return;
    civil_day day = due == NO_TIME || civil_day_of(due) < today ? today : civil_day_of(due);
    struct buf date = BUF_INIT;
    lang_date(&date, lang, calendar_working_on_or_after(calendar, day + 1));
    buf_reset(text);
    LANG_SAY(text, lang, T_tui_type_until_such, buf_str(&date));
    f->item[WHY_UNTIL].example = buf_str(text);
    buf_release(&date);
}

static void say_day(struct buf *out, enum lang lang, civil_day day)
{
    buf_add_z(out, lang_weekday(lang, civil_weekday(day)));
    buf_add_char(out, ' ');
    lang_date(out, lang, day);
}

static void say_working_days(struct buf *out, enum lang lang, int days)
{
    struct buf n = BUF_INIT;
    buf_add_int(&n, days);
    LANG_SAY(out, lang, days == 1 ? T_tui_later_day : T_tui_later_days, buf_str(&n));
    buf_release(&n);
}

static void say_day_off(struct buf *out, enum lang lang, const struct calendar *calendar, civil_day day)
{
    struct buf next = BUF_INIT;
    struct day_info info = calendar_day(calendar, day);
    say_day(&next, lang, calendar_working_on_or_after(calendar, day));
    LANG_SAY(out, lang, T_tui_until_off, info.name.n ? info.name : str_of(lang_text(lang, T_label_weekend)),
             buf_str(&next));
    buf_release(&next);
}

bool act_apology_check(const struct act_form *a, const struct form *f, const struct calendar *calendar,
                       enum lang lang, civil_day today, civil_minute due, struct buf *out)
{
    struct typed_time t;
    if (a->kind != COMMAND_APOLOGIZE || f->item[WHY_UNTIL].hidden || act_is_blank(form_text(f, WHY_UNTIL)))
        return true;
    if (!typed_time(form_text(f, WHY_UNTIL), today, &t))
        return false;
    say_day(out, lang, t.day);
    buf_add_z(out, ": ");
    if (t.day < today || (due != NO_TIME && t.day < civil_day_of(due))) {
        buf_add_z(out, lang_text(lang, t.day < today ? T_tui_until_past : T_tui_until_early));
        return false;
    }
    if (due != NO_TIME && t.day == civil_day_of(due) &&
        civil_at(t.day, t.minute_of_day < 0 ? calendar_closes(calendar, t.day) : t.minute_of_day) <= due) {
        buf_add_z(out, lang_text(lang, T_tui_until_same));
        return false;
    }
    if (!calendar_is_working(calendar, t.day)) {
        say_day_off(out, lang, calendar, t.day);
        return false;
    }
    say_working_days(out, lang,
                     calendar_working_between(calendar, due == NO_TIME ? today : civil_day_of(due), t.day));
    return true;
}
