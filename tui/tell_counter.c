#include "tui/tell_counter.h"

#include "core/event_list.h"
#include "core/words.h"
#include "tui/office_words.h"

#define TOLD (1 + TELL_LABEL + 1) /* the column the history tells in, too */

/* ---- reading ---- */

void tell_read_stages(struct stages *out, const struct teller *t, const struct dossier *d)
{
    struct event_list history = {NULL};
    *out = (struct stages){0};
    view_history(t->view, d, event_list_add, &history);
    if (!history.failed)
        stages_of(out, t->office, history.event, history.count, t->judge.now);
    event_list_release(&history);
}

/* ---- pieces ---- */

static void part_time(struct buf *out, const struct teller *t, enum text_id pattern, civil_minute when)
{
    struct buf time = BUF_INIT, said = BUF_INIT;
    if (when == NO_TIME)
        return;
    lang_time(&time, t->lang, when);
    LANG_SAY(&said, t->lang, pattern, buf_str(&time));
    tell_part(out, buf_str(&said));
    buf_release(&time);
    buf_release(&said);
}

/* Working time, eight hours to the day. */
static void add_duration(struct buf *out, const struct teller *t, uint32_t minutes)
{
    enum { HOUR = 60, DAY = 8 * HOUR };
    struct buf days = BUF_INIT, hours = BUF_INIT, rest = BUF_INIT;
    buf_add_int(&days, minutes / DAY);
    buf_add_int(&hours, minutes % DAY / HOUR);
    buf_add_int(&rest, minutes % HOUR);
    LANG_SAY(out, t->lang,
             minutes >= DAY    ? T_tui_duration_days
             : minutes >= HOUR ? T_tui_duration_hours
                               : T_tui_duration_minutes,
             buf_str(&days), buf_str(&hours), buf_str(&rest));
    buf_release(&days);
    buf_release(&hours);
    buf_release(&rest);
}

static void add_who(struct buf *out, const struct teller *t, const struct stage *s)
{
    if (s->holder.n)
        tell_officer(out, t, s->holder);
    tell_part(out, s->unit);
    if (!s->holder.n && s->unit.n)
        tell_part(out, tell_word(t, T_tui_outside_unit));
}

/* ---- of the dossier ---- */

void tell_register(struct buf *out, const struct teller *t, const struct dossier *d)
{
    struct buf number = BUF_INIT, year = BUF_INIT, said = BUF_INIT;
    if (!d->in_register.number)
        return;
    buf_add_int(&number, d->in_register.number);
    buf_add_int(&year, d->in_register.year);
    LANG_SAY(&said, t->lang, T_tui_in_register, buf_str(&number), buf_str(&year));
    tell_part(out, buf_str(&said));
    buf_release(&number);
    buf_release(&year);
    buf_release(&said);
}

void tell_step(struct sheet *sheet, const struct teller *t, const struct dossier *d, const struct stages *s)
{
    const struct stage *now = s->count ? &s->stage[s->count - 1] : NULL;
    struct buf text = BUF_INIT;
    if (!state_is_open(d->facts.state) || !now || now->waiting || now->to != NO_TIME)
        return;
    tell_part(&text, now->step);
    part_time(&text, t, T_tui_stage_due, now->due);
    if (now->result == STAGE_OVERDUE)
        tell_part(&text, tell_word(t, T_tui_stage_past));
    tell_value(sheet, t, T_tui_label_step, now->result == STAGE_OVERDUE ? STYLE_OVERDUE : STYLE_PLAIN,
               buf_str(&text));
    buf_release(&text);
}

void tell_fee(struct sheet *sheet, const struct teller *t, const struct dossier *d)
{
    struct buf text = BUF_INIT, money = BUF_INIT, said = BUF_INIT;
    int64_t fee = d->receipt.fee;
    if (fee > 0)
        office_fee(&text, t->lang, fee);
    if (d->fee_exempt)
        tell_part(&text, tell_word(t, T_tui_paid_exempt));
    else if (d->fee_settled && fee > 0 && d->fee_paid == fee)
        tell_part(&text, tell_word(t, T_tui_paid_taken));
    else if (d->fee_settled && d->fee_paid > 0) {
        office_fee(&money, t->lang, d->fee_paid);
        LANG_SAY(&said, t->lang, d->fee_paid < fee ? T_tui_fee_paid_of : T_tui_fee_is_paid, buf_str(&money));
        tell_part(&text, buf_str(&said));
    } else if (fee > 0)
        tell_part(&text, tell_word(t, T_tui_paid_not_yet));
    tell_value(sheet, t, T_tui_label_fee, STYLE_PLAIN, buf_str(&text));
    buf_release(&text);
    buf_release(&money);
    buf_release(&said);
}

void tell_late_reason(struct sheet *sheet, const struct teller *t, const struct dossier *d)
{
    const struct late_reason *r = &d->late_reason;
    struct buf text = BUF_INIT, who = BUF_INIT;
    if (r->category != LATE_UNSAID) {
        tell_part(&text, str_of(words_late_category(t->lang, r->category)));
        tell_part(&text, r->reason);
        tell_officer(&who, t, r->by);
        tell_part(&text, buf_str(&who));
    }
    tell_value(sheet, t, T_tui_label_late_reason, STYLE_PLAIN, buf_str(&text));
    buf_reset(&text);
    buf_reset(&who);
    if (r->excuse != EXCUSE_UNSAID) {
        tell_part(&text, str_of(words_excuse(t->lang, r->excuse)));
        tell_officer(&who, t, r->excused_by);
        tell_part(&text, buf_str(&who));
    }
    tell_value(sheet, t, T_tui_label_excuse, r->excuse == EXCUSE_NOT_GOOD ? STYLE_OVERDUE : STYLE_PLAIN,
               buf_str(&text));
    buf_release(&text);
    buf_release(&who);
}

void tell_lateness(struct sheet *sheet, const struct teller *t, const struct dossier *d,
                   const struct stages *s)
{
    civil_minute due = d->appointment.due;
    bool late = d->facts.state != STATE_VOID && late_days_now(&t->judge, &d->facts, d->late.statutory) > 0;
    const struct stage *held = late && due != NO_TIME ? stages_at(s, civil_day_of(due)) : NULL;
    struct buf text = BUF_INIT;
    if (held) {
        add_who(&text, t, held);
        tell_part(&text, held->step);
    }
    tell_value(sheet, t, T_tui_label_whose, STYLE_OVERDUE, buf_str(&text));
    tell_late_reason(sheet, t, d);
    if (late && !d->apology.number && d->late_reason.category == LATE_UNSAID)
        tell_value(sheet, t, T_tui_label_late_reason, STYLE_TODAY, tell_word(t, T_tui_late_unexplained));
    buf_release(&text);
}

/* ---- the stages ---- */

static enum style style_of(const struct stage *s)
{
    switch (s->result) {
    case STAGE_LATE:
    case STAGE_OVERDUE: return STYLE_OVERDUE;
    case STAGE_EARLY:
    case STAGE_ON_TIME: return STYLE_GOOD;
    default: return STYLE_DIM;
    }
}

/* "Quá hạn 1 ngày 2 giờ 5 phút" */
static void add_result(struct buf *out, const struct teller *t, const struct stage *s)
{
    struct buf by = BUF_INIT;
    enum text_id result = s->result == STAGE_WAITED ? T_tui_stage_waited : stage_result_text(s->result);
    if (result != T_nothing)
        buf_add_str(out, tell_word(t, result));
    if (s->late_minutes) {
        add_duration(&by, t, s->late_minutes);
        buf_add_char(out, ' ');
        buf_add_str(out, buf_str(&by));
    }
    buf_release(&by);
}

static void tell_stage(struct sheet *sheet, const struct teller *t, const struct stage *s)
{
    struct buf text = BUF_INIT;
    lang_time(&text, t->lang, s->from);
    sheet_add(sheet, 1, STYLE_DIM, buf_str(&text));
    buf_reset(&text);
    if (s->waiting)
        buf_add_str(&text, tell_word(t, T_tui_stage_waiting));
    else
        add_who(&text, t, s);
    sheet_add(sheet, TOLD, STYLE_PLAIN, buf_str(&text));
    buf_reset(&text);
    add_result(&text, t, s);
    if (text.n) {
        sheet_gap(sheet, 1);
        sheet_right(sheet, style_of(s), buf_str(&text));
    }
    sheet_end(sheet);
    buf_reset(&text);
    if (!s->waiting)
        tell_part(&text, s->step);
    part_time(&text, t, T_tui_stage_due, s->due);
    part_time(&text, t, T_tui_stage_until, s->to);
    if (text.n)
        sheet_line(sheet, TOLD, STYLE_DIM, buf_str(&text));
    buf_release(&text);
}

void tell_stages(struct sheet *sheet, const struct teller *t, const struct stages *s)
{
    if (!s->count || (s->count == 1 && s->stage[0].due == NO_TIME))
        return;
    sheet_line(sheet, 1, STYLE_HEADING, tell_word(t, T_tui_stages));
    for (size_t i = 0; i < s->count; i++)
        tell_stage(sheet, t, &s->stage[i]);
    sheet_end(sheet);
}
