#include "tui/act_tell.h"

#include "core/words.h"
#include "tui/rows.h"
#include "tui/sentence.h"
#include "tui/tell_counter.h"
#include "tui/tell_dossier.h"

static void line(struct sheet *sheet, const struct teller *t, int style, enum text_id id)
{
    sheet_line(sheet, 1, style, tell_word(t, id));
}

/* A label and what it would be. */
static void tell_becomes(struct sheet *sheet, const struct teller *t, enum text_id label, int style,
                         struct str value)
{
    sheet_add(sheet, 1, STYLE_DIM, tell_word(t, label));
    sheet_gap(sheet, 2);
    sheet_more(sheet, style, value);
    sheet_end(sheet);
}

static void tell_new_due(struct sheet *sheet, const struct teller *t, const struct dossier *after)
{
    struct buf text = BUF_INIT;
    civil_minute due = after->facts.due;
    buf_add_z(&text, lang_weekday(t->lang, civil_weekday(civil_day_of(due))));
    buf_add_char(&text, ' ');
    lang_time(&text, t->lang, due);
    buf_add_z(&text, "  ");
    lang_limit(&text, t->lang, dossier_limit(after));
    if (after->facts.provisional)
        tell_part(&text, tell_word(t, T_tui_provisional));
    tell_becomes(sheet, t, T_tui_new_due_label, STYLE_STRONG, buf_str(&text));
    buf_release(&text);
}

/* How it would stand in lists and reports. */
static void tell_counts_as(struct sheet *sheet, const struct teller *t, const struct dossier *after)
{
    struct buf text = BUF_INIT;
    row_state(&text, t->lang, &t->judge, &after->facts, after->late.statutory, sheet->width);
    enum style style = row_style(&t->judge, &after->facts);
    if (after->late.statutory && status_of(&t->judge, &after->facts) != STATUS_LATE) {
        tell_part(&text, str_of(words_status(t->lang, STATUS_LATE)));
        buf_add_char(&text, ' ');
        row_days(&text, t->lang, after->late.statutory);
        style = STYLE_OVERDUE;
    }
    tell_becomes(sheet, t, T_tui_counts_as, style, buf_str(&text));
    buf_release(&text);
}

/* Loud: it makes the dossier late in reports for ever. */
static void tell_insisting(struct sheet *sheet, const struct teller *t, const struct rehearsal *r)
{
    bool second = r->before.supplements > 0;
    line(sheet, t, STYLE_OVERDUE, second ? T_tui_insist_second : T_tui_insist_late);
    if (!outcome_ok(&r->outcome))
        line(sheet, t, STYLE_STRONG, T_tui_insist_how);
}

static void tell_supplement(struct sheet *sheet, const struct teller *t, const struct rehearsal *r)
{
    struct buf days = BUF_INIT, text = BUF_INIT;
    if (act_tell_insists(r))
        tell_insisting(sheet, t, r);
    if (r->decision.event[0].supplement.late_notice) {
        buf_add_int(&days, office_settings(t->office)->supplement_days);
        LANG_SAY(&text, t->lang, T_tui_will_be_late_notice, buf_str(&days));
        sheet_line(sheet, 1, STYLE_TODAY, buf_str(&text));
    }
    buf_release(&days);
    buf_release(&text);
}

static void tell_undone(struct sheet *sheet, const struct teller *t, const struct rehearsal *r)
{
    const struct event *e = rehearsal_undone(r);
    struct buf text = BUF_INIT;
    line(sheet, t, STYLE_HEADING, T_tui_takes_back);
    if (e) {
        struct event stands = *e;
        stands.undone_by = 0; /* it does, still */
        tell_event(sheet, t, &stands);
    }
    if (e && e->kind == EVENT_APOLOGIZED)
        line(sheet, t, STYLE_TODAY, T_tui_takes_back_letter);
    buf_add_z(&text, words_state(t->lang, r->after.facts.state));
    if (r->after.facts.due != NO_TIME && state_is_open(r->after.facts.state)) {
        tell_part(&text, tell_word(t, T_tui_label_due));
        buf_add_char(&text, ' ');
        lang_time(&text, t->lang, r->after.facts.due);
    }
    tell_becomes(sheet, t, T_tui_then_stands, STYLE_STRONG, buf_str(&text));
    buf_release(&text);
}

static void tell_to_step(struct sheet *sheet, const struct teller *t, const struct event *e)
{
    struct buf text = BUF_INIT;
    if (e->transferred.step.n)
        tell_becomes(sheet, t, T_tui_label_step, STYLE_STRONG, e->transferred.step);
    if (e->transferred.within_due != NO_TIME) {
        lang_time(&text, t->lang, e->transferred.within_due);
        tell_becomes(sheet, t, T_tui_field_within, STYLE_STRONG, buf_str(&text));
    }
    buf_release(&text);
}

static void tell_corrected(struct sheet *sheet, const struct teller *t, const struct rehearsal *r)
{
    const struct event *e = &r->decision.event[0];
    tell_changes(sheet, t, 1, e->corrected.changes);
    bool open = r->after.facts.due != NO_TIME && state_is_open(r->after.facts.state);
    if (open && (r->after.facts.due != r->before.facts.due ||
                 r->after.facts.statutory_due != r->before.facts.statutory_due))
        tell_new_due(sheet, t, &r->after);
    else if (open)
        line(sheet, t, STYLE_DIM, T_tui_due_unchanged);
}

static void tell_done(struct sheet *sheet, const struct teller *t, const struct rehearsal *r)
{
    const struct event *e = &r->decision.event[0];
    switch (e->kind) {
    case EVENT_RESTARTED:
    case EVENT_PAID: tell_new_due(sheet, t, &r->after); break;
    case EVENT_SUPPLEMENT_REQUESTED: tell_supplement(sheet, t, r); break;
    case EVENT_RESOLVED:
    case EVENT_REFUSED:
    case EVENT_WITHDRAWN:
    case EVENT_STOPPED: tell_counts_as(sheet, t, &r->after); break;
    case EVENT_TRANSFERRED: tell_to_step(sheet, t, e); break;
    case EVENT_UNDONE: tell_undone(sheet, t, r); break;
    case EVENT_CORRECTED: tell_corrected(sheet, t, r); break;
    default: break;
    }
}

bool act_tell_insists(const struct rehearsal *r)
{
    if (!outcome_ok(&r->outcome))
        return r->outcome.kind == KIND_second_supplement || r->outcome.kind == KIND_late_supplement;
    return r->decision.event[0].kind == EVENT_SUPPLEMENT_REQUESTED &&
           r->decision.event[0].supplement.insisted;
}

/* Not yet worth saying: what is only half typed, or told better beside its field. */
static bool is_unfinished(enum outcome_kind kind)
{
    switch (kind) {
    case KIND_empty_text:
    case KIND_unknown_officer:
    case KIND_retired:
    case KIND_until_missing:
    case KIND_due_not_later:
    case KIND_due_in_past:
    case KIND_due_on_day_off:
    case KIND_no_fee:
    case KIND_nothing_changes: return true;
    default: return false;
    }
}

void act_tell(struct sheet *sheet, const struct teller *t, const struct rehearsal *r, enum command_kind kind,
              bool may_insist)
{
    if (kind == COMMAND_LATE_REASON) {
        tell_apology(sheet, t, &r->before);
        tell_late_reason(sheet, t, &r->before);
    }
    if (outcome_ok(&r->outcome)) {
        tell_done(sheet, t, r);
        return;
    }
    if (act_tell_insists(r) && may_insist) {
        tell_insisting(sheet, t, r);
        return;
    }
    if (is_unfinished(r->outcome.kind))
        return;
    struct buf text = BUF_INIT;
    sentence_say(&text, t->lang, &r->outcome, office_settings(t->office)->law_province);
    sheet_line(sheet, 1, STYLE_REFUSED, buf_str(&text));
    buf_release(&text);
}
