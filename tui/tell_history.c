/* What happened to a dossier, event by event. */
#include "core/correction.h"
#include "core/imported.h"
#include "core/mask.h"
#include "core/wire.h"
#include "core/words.h"
#include "tui/office_words.h"
#include "tui/rows.h"
#include "tui/tell.h"

#define TOLD (1 + TELL_LABEL + 1) /* the column what happened stands in */

struct history {
    struct sheet *sheet;
    const struct teller *teller;
    bool undone; /* the event told was taken back */
    struct buf text, time;
    struct event told; /* what another system told last, of what stands; kind 0: nothing yet */
};

static enum lang lang_of(const struct history *h)
{
    return h->teller->lang;
}

static struct str time_words(struct history *h, civil_minute t)
{
    buf_reset(&h->time);
    lang_time(&h->time, lang_of(h), t);
    return buf_str(&h->time);
}

static void say(struct history *h, struct str text)
{
    tell_part(&h->text, text);
}

static void say_id(struct history *h, enum text_id id)
{
    say(h, tell_word(h->teller, id));
}

static void say_labelled(struct history *h, enum text_id label, struct str value)
{
    if (!value.n)
        return;
    say_id(h, label);
    buf_add_z(&h->text, ": ");
    buf_add_str(&h->text, value);
}

static void say_late(struct history *h, const struct lateness *late)
{
    if (!late->statutory) {
        say_id(h, T_tui_not_late);
        return;
    }
    say(h, str_of(words_status(lang_of(h), STATUS_LATE)));
    buf_add_char(&h->text, ' ');
    row_days(&h->text, lang_of(h), late->statutory);
}

/* "hẹn lại 25/11/2026 17:00", or whatever the pattern says. */
static void say_filled(struct history *h, enum text_id pattern, struct str one, struct str two)
{
    struct buf text = BUF_INIT;
    LANG_SAY(&text, lang_of(h), pattern, one, two);
    say(h, buf_str(&text));
    buf_release(&text);
}

static void say_new_due(struct history *h, const struct appointment *a)
{
    say_labelled(h, T_tui_label_due, time_words(h, a->due));
    if (a->provisional)
        say_id(h, T_tui_provisional);
}

/* ---- the kinds ---- */

static void say_step(struct history *h, struct str step)
{
    if (step.n)
        say_filled(h, T_tui_at_step, step, STR_NONE);
}

static void say_received(struct history *h, const struct event *e)
{
    say(h, str_of(words_channel(lang_of(h), e->received.receipt.channel)));
    say_new_due(h, &e->received.appointment);
    if (!str_eq(e->received.officer, e->by))
        say_labelled(h, T_tui_label_holder, e->received.officer);
    say_step(h, e->received.step);
}

/* Which things it says otherwise than before. */
static void say_told_anew(struct history *h, const struct event *e)
{
    const struct imported_part *part[IMPORTED_PARTS];
    size_t n = h->told.kind ? imported_changes(&h->told, e, part) : 0;
    struct buf names = BUF_INIT;
    for (size_t i = 0; i < n; i++) {
        buf_add_z(&names, i ? ", " : "");
        buf_add_str(&names, tell_word(h->teller, part[i]->label));
    }
    if (n)
        say_filled(h, T_core_import_changes, buf_str(&names), STR_NONE);
    buf_release(&names);
    if (!e->undone_by)
        h->told = *e;
}

static void say_imported(struct history *h, const struct event *e)
{
    say(h, str_of(words_state(lang_of(h), e->imported.state)));
    if (e->imported.promised != NO_TIME)
        say_labelled(h, T_tui_label_due, time_words(h, e->imported.promised));
    say(h, e->imported.title);
    say_labelled(h, T_tui_label_holder, e->imported.officer);
    say(h, e->imported.unit);
    say(h, e->imported.result);
    say_told_anew(h, e);
}

static void say_transferred(struct history *h, const struct event *e)
{
    tell_officer(&h->text, h->teller, e->transferred.to);
    say(h, e->transferred.unit);
    if (!e->transferred.to.n)
        say_id(h, T_tui_outside_unit);
    say_step(h, e->transferred.step);
    if (e->transferred.within_due != NO_TIME)
        say_labelled(h, T_tui_label_step_due, time_words(h, e->transferred.within_due));
    say(h, e->transferred.note);
}

static void say_apologized(struct history *h, const struct event *e)
{
    apology_number(&h->text, e->apologized.number);
    if (h->undone) {
        buf_add_z(&h->text, " (");
        buf_add_str(&h->text, tell_word(h->teller, T_tui_letter_undone));
        buf_add_char(&h->text, ')');
    }
    say(h, e->apologized.reason);
    if (e->apologized.new_due != NO_TIME)
        say_filled(h, T_tui_new_due, time_words(h, e->apologized.new_due), STR_NONE);
    say_labelled(h, T_tui_label_signer, e->apologized.signer);
    say_id(h, e->apologized.in_time ? T_tui_letter_in_time : T_tui_letter_late);
    say(h, e->apologized.unit);
}

static void say_supplement(struct history *h, const struct event *e)
{
    if (e->supplement.insisted)
        say_id(h, T_tui_insisted);
    if (e->supplement.late_notice)
        say_id(h, T_tui_late_notice);
    say(h, e->supplement.reason);
    if (e->supplement.late.statutory)
        say_late(h, &e->supplement.late);
}

static void say_resumed(struct history *h, const struct event *e)
{
    struct buf limit = BUF_INIT;
    lang_limit(&limit, lang_of(h), &e->resumed.within);
    if (e->resumed.within.kind != LIMIT_NONE)
        say(h, buf_str(&limit));
    buf_release(&limit);
    say_new_due(h, &e->resumed.appointment);
    say(h, e->resumed.note);
}

static void say_moved(struct history *h, const struct event *e)
{
    bool due = e->moved.old_due != e->moved.new_due;
    bool statutory = e->moved.old_statutory != e->moved.new_statutory;
    struct buf old = BUF_INIT;
    if (!due && !statutory)
        say_id(h, T_tui_due_confirmed);
    if (due) {
        buf_add_str(&old, time_words(h, e->moved.old_due));
        say_filled(h, T_tui_due_from_to, buf_str(&old), time_words(h, e->moved.new_due));
    }
    if (statutory &&
        (!due || e->moved.old_statutory != e->moved.old_due || e->moved.new_statutory != e->moved.new_due)) {
        buf_reset(&old);
        buf_add_str(&old, time_words(h, e->moved.old_statutory));
        say_filled(h, T_tui_statutory_from_to, buf_str(&old), time_words(h, e->moved.new_statutory));
    }
    if (e->moved.provisional)
        say_id(h, T_tui_provisional);
    buf_release(&old);
}

static void say_resolved(struct history *h, const struct event *e)
{
    say_late(h, &e->resolved.late);
    say(h, e->resolved.result);
    if (e->resolved.digitized)
        say_id(h, T_tui_digitized);
}

static void say_rated(struct history *h, const struct event *e)
{
    struct buf stars = BUF_INIT;
    buf_addf(&stars, "%d/5", e->rated.stars);
    say(h, buf_str(&stars));
    say(h, e->rated.note);
    buf_release(&stars);
}

static void say_fee(struct history *h, const struct event *e)
{
    struct buf money = BUF_INIT;
    office_money(&money, lang_of(h), e->fee.amount < 0 ? -e->fee.amount : e->fee.amount);
    if (e->fee.exempt)
        say_id(h, T_tui_fee_exempted);
    else
        say_filled(h, e->fee.amount < 0 ? T_tui_fee_given_back : T_tui_fee_taken, buf_str(&money), STR_NONE);
    say(h, e->fee.reason);
    say_labelled(h, T_tui_fee_document, e->fee.document);
    buf_release(&money);
}

static void say_late_reason(struct history *h, const struct event *e)
{
    if (e->late_reason.category != LATE_UNSAID)
        say(h, str_of(words_late_category(lang_of(h), e->late_reason.category)));
    say(h, e->late_reason.reason);
    if (e->late_reason.excuse != EXCUSE_UNSAID)
        say(h, str_of(words_excuse(lang_of(h), e->late_reason.excuse)));
}

static void say_details(struct history *h, const struct event *e)
{
    switch (e->kind) {
    case EVENT_RECEIVED: say_received(h, e); break;
    case EVENT_IMPORTED:
    case EVENT_REIMPORTED: say_imported(h, e); break;
    case EVENT_TRANSFERRED: say_transferred(h, e); break;
    case EVENT_APOLOGIZED: say_apologized(h, e); break;
    case EVENT_RESOLVED: say_resolved(h, e); break;
    case EVENT_RETURNED:
        say(h, str_of(words_channel(lang_of(h), e->returned.channel)));
        say(h, e->returned.to);
        break;
    case EVENT_REFUSED:
    case EVENT_WITHDRAWN:
    case EVENT_STOPPED:
        say(h, e->ended.reason);
        say_late(h, &e->ended.late);
        break;
    case EVENT_VOIDED: say(h, e->ended.reason); break;
    case EVENT_SUPPLEMENT_REQUESTED: say_supplement(h, e); break;
    case EVENT_PAYMENT_AWAITED:
        say(h, e->payment.note);
        if (e->payment.late.statutory)
            say_late(h, &e->payment.late);
        break;
    case EVENT_RESTARTED:
    case EVENT_PAID: say_resumed(h, e); break;
    case EVENT_UNDONE:
        say(h, str_of(words_event(lang_of(h), (enum event_kind)e->undone.kind)));
        say(h, e->undone.reason);
        break;
    case EVENT_CORRECTED: say(h, e->corrected.reason); break;
    case EVENT_RATED: say_rated(h, e); break;
    case EVENT_FEE: say_fee(h, e); break;
    case EVENT_LATE_REASON: say_late_reason(h, e); break;
    case EVENT_DUE_MOVED: say_moved(h, e); break;
    default: break;
    }
}

/* ---- what a correction changed ---- */

static enum text_id field_label(enum correction_field field)
{
    static const enum text_id labels[CORRECT_COUNT] = {
        [CORRECT_PROCEDURE] = T_tui_field_procedure,
        [CORRECT_CASE] = T_tui_field_case,
        [CORRECT_LIMIT] = T_tui_field_limit,
        [CORRECT_RECEIVED_AT] = T_tui_field_received_at,
        [CORRECT_APPLICANT] = T_tui_field_applicant,
        [CORRECT_PHONE] = T_tui_field_phone,
        [CORRECT_ID_NUMBER] = T_tui_field_id_number,
        [CORRECT_ADDRESS] = T_tui_field_address,
        [CORRECT_EMAIL] = T_tui_field_email,
        [CORRECT_ORGANIZATION] = T_tui_organization,
        [CORRECT_OUTSIDE] = T_tui_field_outside,
        [CORRECT_SUBMITTER] = T_tui_field_submitter,
        [CORRECT_AUTHORITY] = T_tui_field_authority,
        [CORRECT_CHANNEL] = T_tui_field_channel,
        [CORRECT_COMPONENT] = T_tui_field_components,
        [CORRECT_SETS] = T_tui_field_sets,
        [CORRECT_COLLECT] = T_tui_field_collect,
        [CORRECT_FEE] = T_tui_field_fee,
        [CORRECT_NOTE] = T_tui_field_note,
        [CORRECT_SUBMITTED] = T_tui_field_submitted,
    };
    return labels[field];
}

/* As people say it; what is not understood as it stands. */
static void add_value(struct buf *out, const struct teller *t, enum correction_field field, struct str value)
{
    struct limit limit;
    struct civil_input time;
    enum channel channel = CHANNEL_DIRECT;
    bool desk = str_eq(value, STR("desk"));
    switch (field) {
    case CORRECT_PHONE:
    case CORRECT_ID_NUMBER:
    case CORRECT_EMAIL: mask_number(out, value, t->unmasked); break;
    case CORRECT_ORGANIZATION:
    case CORRECT_OUTSIDE:
        buf_add_str(out, tell_word(t, str_eq(value, STR("yes")) ? T_core_yes : T_core_no));
        break;
    case CORRECT_LIMIT:
        if (limit_parse(value, &limit))
            lang_limit(out, t->lang, &limit);
        else
            buf_add_str(out, value);
        break;
    case CORRECT_CHANNEL:
    case CORRECT_COLLECT:
        if (desk || channel_parse(value, &channel))
            buf_add_z(out, words_channel(t->lang, channel));
        else
            buf_add_str(out, value);
        break;
    case CORRECT_RECEIVED_AT:
    case CORRECT_SUBMITTED:
        if (civil_parse(value, &time) && time.minute_of_day >= 0)
            lang_time(out, t->lang, civil_at(time.day, time.minute_of_day));
        else
            buf_add_str(out, value);
        break;
    default: buf_add_str(out, value); break;
    }
    if (!value.n)
        buf_add_str(out, tell_word(t, T_tui_empty_value));
}

void tell_changes(struct sheet *sheet, const struct teller *t, int column, struct str changes)
{
    struct str name, old, new;
    struct buf text = BUF_INIT;
    enum correction_field field;
    size_t at = 0;
    while (wire_list_next(changes, &at, &name) && wire_list_next(changes, &at, &old) &&
           wire_list_next(changes, &at, &new)) {
        if (!correction_field_parse(name, &field))
            continue;
        buf_reset(&text);
        buf_add_str(&text, tell_word(t, field_label(field)));
        buf_add_z(&text, ": ");
        add_value(&text, t, field, old);
        buf_add_z(&text, " → ");
        add_value(&text, t, field, new);
        sheet_line(sheet, column, STYLE_PLAIN, buf_str(&text));
    }
    buf_release(&text);
}

/* ---- an event ---- */

static void mark(struct history *h, enum text_id mark)
{
    sheet_gap(h->sheet, 2);
    sheet_more(h->sheet, STYLE_REFUSED, tell_word(h->teller, mark));
}

static void tell_needs(struct history *h, struct str needs)
{
    struct str item;
    size_t at = 0;
    while (wire_list_next(needs, &at, &item)) {
        sheet_add(h->sheet, TOLD, STYLE_PLAIN, STR("-"));
        sheet_gap(h->sheet, 1);
        sheet_more(h->sheet, STYLE_PLAIN, item);
        sheet_end(h->sheet);
    }
}

static void tell_one(struct history *h, const struct event *e)
{
    int offset = office_identity(h->teller->office)->utc_offset;
    civil_minute recorded = civil_from_utc(e->recorded_at, offset);
    bool backdated = event_is_backdated(e, offset);
    h->undone = e->undone_by != 0;
    sheet_add(h->sheet, 1, STYLE_DIM, time_words(h, e->at));
    sheet_add(h->sheet, TOLD, h->undone ? STYLE_DIM : STYLE_STRONG, str_of(words_event(lang_of(h), e->kind)));
    sheet_gap(h->sheet, 2);
    sheet_more(h->sheet, STYLE_DIM, e->by);
    if (h->undone)
        mark(h, T_tui_mark_undone);
    if (backdated)
        mark(h, T_tui_mark_backdated);
    sheet_end(h->sheet);
    buf_reset(&h->text);
    say_details(h, e);
    if (backdated || e->kind == EVENT_REIMPORTED)
        say_filled(h, T_tui_recorded, time_words(h, recorded), STR_NONE);
    int64_t written = view_written(h->teller->view, e);
    if (written < e->recorded_at)
        say_filled(h, T_tui_clock_was_wrong, time_words(h, civil_from_utc(written, offset)), STR_NONE);
    if (h->text.n)
        sheet_line(h->sheet, TOLD, h->undone ? STYLE_DIM : STYLE_PLAIN, buf_str(&h->text));
    if (e->kind == EVENT_SUPPLEMENT_REQUESTED)
        tell_needs(h, e->supplement.needs);
    if (e->kind == EVENT_CORRECTED)
        tell_changes(h->sheet, h->teller, TOLD, e->corrected.changes);
}

void tell_event(struct sheet *sheet, const struct teller *t, const struct event *e)
{
    struct history h = {.sheet = sheet, .teller = t, .text = BUF_INIT, .time = BUF_INIT};
    tell_one(&h, e);
    buf_release(&h.text);
    buf_release(&h.time);
}

static bool tell_next(void *arg, const struct event *e)
{
    tell_one(arg, e);
    return true;
}

void tell_history(struct sheet *sheet, struct teller *t, const struct dossier *d)
{
    struct history h = {.sheet = sheet, .teller = t, .text = BUF_INIT, .time = BUF_INIT};
    sheet_line(sheet, 1, STYLE_HEADING, tell_word(t, T_tui_history));
    view_history(t->view, d, tell_next, &h);
    buf_release(&h.text);
    buf_release(&h.time);
}
