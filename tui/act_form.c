#include "tui/act_form.h"

#include "core/words.h"
#include "tui/typed.h"

/* ---- the forms ---- */

/* Where each form keeps what; the last item of each is when it happened. */
enum { TO_OFFICER, TO_UNIT, TO_STEP, TO_WITHIN, TO_NOTE, TO_AT, TO_COUNT };
enum { WHY_REASON, WHY_UNTIL, WHY_SIGNER, WHY_AT, WHY_COUNT };
enum { RESULT_TEXT, RESULT_DIGITIZED, RESULT_AT, RESULT_COUNT };
enum { BACK_CHANNEL, BACK_TO, BACK_AT, BACK_COUNT };
enum { NO_REASON, NO_AT, NO_COUNT };

#define AT                                                                                                   \
    {                                                                                                        \
        .label = T_tui_field_at, .hint = T_tui_type_at, .max = 40                                            \
    }

static const struct form_item transfer_items[TO_COUNT] = {
    [TO_OFFICER] = {.kind = ITEM_PICK,
                    .label = T_tui_field_officer,
                    .hint = T_tui_type_officer,
                    .required = true},
    [TO_UNIT] = {.label = T_tui_field_unit, .fault = T_label_unit},
    [TO_STEP] = {.label = T_tui_field_step, .fault = T_label_step},
    [TO_WITHIN] = {.label = T_tui_field_within, .hint = T_tui_type_limit, .max = 60},
    [TO_NOTE] = {.label = T_tui_field_note, .fault = T_label_note},
    [TO_AT] = AT,
};
static const struct form_item apologize_items[WHY_COUNT] = {
    [WHY_REASON] = {.label = T_tui_field_reason, .fault = T_label_reason, .required = true},
    [WHY_UNTIL] = {.label = T_tui_field_until, .hint = T_tui_type_until, .required = true, .max = 40},
    [WHY_SIGNER] = {.label = T_tui_field_signer, .fault = T_label_signer},
    [WHY_AT] = AT,
};
static const struct form_item resolve_items[RESULT_COUNT] = {
    [RESULT_TEXT] = {.label = T_tui_field_result, .fault = T_label_result},
    [RESULT_DIGITIZED] = {.kind = ITEM_CHOICE,
                          .label = T_tui_field_digitized,
                          .choices = 2,
                          .choice = {T_core_no, T_core_yes}},
    [RESULT_AT] = AT,
};
static const struct form_item return_items[BACK_COUNT] = {
    [BACK_CHANNEL] = {.kind = ITEM_CHOICE,
                      .label = T_tui_field_return_channel,
                      .choices = 3,
                      .choice = {T_core_channel_direct, T_core_channel_online, T_core_channel_postal}},
    [BACK_TO] = {.label = T_tui_field_returned_to,
                 .hint = T_tui_type_returned_to,
                 .fault = T_label_returned_to},
    [BACK_AT] = AT,
};
static const struct form_item refuse_items[NO_COUNT] = {
    [NO_REASON] = {.label = T_tui_field_reason, .fault = T_label_reason, .required = true},
    [NO_AT] = AT,
};

static const struct act_form forms[] = {
    {COMMAND_TRANSFER, T_tui_title_transfer, T_tui_explain_transfer, T_nothing, T_tui_done_transfer,
     transfer_items, TO_COUNT},
    {COMMAND_APOLOGIZE, T_tui_title_apologize, T_tui_explain_apologize, T_nothing, T_tui_done_apologize,
     apologize_items, WHY_COUNT},
    {COMMAND_RESOLVE, T_tui_title_resolve, T_tui_explain_resolve, T_tui_ask_resolve, T_tui_done_resolve,
     resolve_items, RESULT_COUNT},
    {COMMAND_RETURN, T_tui_title_return, T_tui_explain_return, T_tui_ask_return, T_tui_done_return,
     return_items, BACK_COUNT},
    {COMMAND_REFUSE, T_tui_title_refuse, T_tui_explain_refuse, T_tui_ask_refuse, T_tui_done_refuse,
     refuse_items, NO_COUNT},
};

const struct act_form *act_form_of(enum command_kind kind)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (forms[i].kind == kind)
            return &forms[i];
    return &forms[0];
}

void act_form_init(const struct act_form *a, struct form *f, const struct dossier *d)
{
    form_init(f, a->items, a->count);
    if (a->kind == COMMAND_RETURN && d->receipt.collect >= CHANNEL_DIRECT)
        form_begin_with(f, BACK_CHANNEL, (int)d->receipt.collect - CHANNEL_DIRECT);
}

void act_form_adapt(const struct act_form *a, struct form *f, bool solved)
{
    if (a->kind == COMMAND_APOLOGIZE)
        form_hide(f, WHY_UNTIL, solved);
}

void act_form_example(const struct act_form *a, struct form *f, const struct calendar *calendar,
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

/* ---- from typing to a command ---- */

struct reader {
    const struct form *form;
    const struct calendar *calendar;
    civil_day today;
    int *item;
    enum text_id *wrong;
};

static bool fault(const struct reader *r, int item, enum text_id wrong)
{
    *r->item = item;
    *r->wrong = wrong;
    return false;
}

static bool is_blank(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ' ')
            return false;
    return true;
}

/* When it happened: nothing typed is now, a date alone the opening of that day. */
static bool read_at(const struct reader *r, int item, civil_minute *out)
{
    struct typed_time t;
    *out = NO_TIME;
    if (is_blank(form_text(r->form, item)))
        return true;
    if (!typed_time(form_text(r->form, item), r->today, &t))
        return fault(r, item, T_tui_bad_time);
    *out = civil_at(t.day, t.minute_of_day < 0 ? calendar_opens(r->calendar, t.day) : t.minute_of_day);
    return true;
}

static bool read_transfer(const struct reader *r, struct command *c)
{
    c->transfer.to = form_text(r->form, TO_OFFICER);
    c->transfer.unit = form_text(r->form, TO_UNIT);
    c->transfer.step = form_text(r->form, TO_STEP);
    c->transfer.note = form_text(r->form, TO_NOTE);
    struct str within = form_text(r->form, TO_WITHIN);
    if (is_blank(c->transfer.to))
        return fault(r, TO_OFFICER, T_tui_needs_officer);
    if (!is_blank(within) && !typed_limit(within, &c->transfer.within))
        return fault(r, TO_WITHIN, T_tui_bad_limit);
    return read_at(r, TO_AT, &c->at);
}

static bool read_apologize(const struct reader *r, struct command *c)
{
    c->apologize.reason = form_text(r->form, WHY_REASON);
    c->apologize.signer = form_text(r->form, WHY_SIGNER);
    c->apologize.until = NO_TIME;
    struct typed_time t;
    struct str until = form_text(r->form, WHY_UNTIL);
    if (!r->form->item[WHY_UNTIL].hidden) {
        if (is_blank(until))
            return is_blank(c->apologize.reason) ? fault(r, WHY_REASON, T_tui_needs_reason)
                                                 : fault(r, WHY_UNTIL, T_tui_needs_until);
        if (!typed_time(until, r->today, &t))
            return fault(r, WHY_UNTIL, T_tui_bad_time);
        c->apologize.until = civil_at(t.day, t.minute_of_day < 0 ? 0 : t.minute_of_day);
        c->apologize.until_is_date = t.minute_of_day < 0;
    }
    return read_at(r, WHY_AT, &c->at);
}

bool act_form_command(const struct act_form *a, const struct form *f, const struct calendar *calendar,
                      civil_day today, struct command *out, int *item, enum text_id *wrong)
{
    struct reader r = {f, calendar, today, item, wrong};
    *out = (struct command){.kind = a->kind, .at = NO_TIME};
    switch (a->kind) {
    case COMMAND_TRANSFER: return read_transfer(&r, out);
    case COMMAND_APOLOGIZE: return read_apologize(&r, out);
    case COMMAND_RESOLVE:
        out->resolve.result = form_text(f, RESULT_TEXT);
        out->resolve.digitized = f->item[RESULT_DIGITIZED].chosen == 1;
        return read_at(&r, RESULT_AT, &out->at);
    case COMMAND_RETURN:
        out->give_back.channel = (enum channel)(CHANNEL_DIRECT + f->item[BACK_CHANNEL].chosen);
        out->give_back.to = form_text(f, BACK_TO);
        return read_at(&r, BACK_AT, &out->at);
    default: out->end.reason = form_text(f, NO_REASON); return read_at(&r, NO_AT, &out->at);
    }
}

/* ---- what the new date means ---- */

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

bool act_form_check(const struct act_form *a, const struct form *f, const struct calendar *calendar,
                    enum lang lang, civil_day today, civil_minute due, struct buf *out)
{
    struct typed_time t;
    if (a->kind != COMMAND_APOLOGIZE || f->item[WHY_UNTIL].hidden || is_blank(form_text(f, WHY_UNTIL)))
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
        struct buf next = BUF_INIT;
        struct day_info info = calendar_day(calendar, t.day);
        say_day(&next, lang, calendar_working_on_or_after(calendar, t.day));
        LANG_SAY(out, lang, T_tui_until_off,
                 info.name.n ? info.name : str_of(lang_text(lang, T_label_weekend)), buf_str(&next));
        buf_release(&next);
        return false;
    }
    say_working_days(out, lang,
                     calendar_working_between(calendar, due == NO_TIME ? today : civil_day_of(due), t.day));
    return true;
}

/* ---- refusals ---- */

void act_form_focus(const struct act_form *a, struct form *f, const struct outcome *o)
{
    if (form_focus_fault(f, o))
        return;
    switch (o->kind) {
    case KIND_due_not_later:
    case KIND_due_in_past:
    case KIND_due_on_day_off:
    case KIND_until_missing: form_focus(f, WHY_UNTIL); break;
    case KIND_unknown_officer:
    case KIND_retired: form_focus(f, TO_OFFICER); break;
    case KIND_future_time:
    case KIND_before_receipt:
    case KIND_before_result: form_focus(f, a->count - 1); break;
    default: break;
    }
}
