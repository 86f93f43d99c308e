#include "tui/tell.h"

#include "core/mask.h"
#include "core/text.h"
#include "core/wire.h"
#include "core/words.h"
#include "tui/rows.h"

#define LABEL 17 /* columns a label and the blank behind it take */

bool teller_init(struct teller *t, struct view *v, enum lang lang, civil_minute now, bool unmasked)
{
    *t = (struct teller){.lang = lang, .unmasked = unmasked, .view = v, .office = view_office(v)};
    t->judge = judge_at(t->office, now);
    return t->judge.calendar != NULL;
}

static struct str word(const struct teller *t, enum text_id id)
{
    return str_of(lang_text(t->lang, id));
}

void tell_value(struct sheet *sheet, const struct teller *t, enum text_id label, int style, struct str value)
{
    if (!value.n)
        return;
    sheet_add(sheet, 1, STYLE_DIM, word(t, label));
    sheet_gap(sheet, 1);
    sheet_add(sheet, 1 + LABEL, style, value);
    sheet_end(sheet);
}

void tell_officer(struct buf *out, const struct teller *t, struct str login)
{
    const struct officer *o = office_find_officer(t->office, login);
    buf_add_str(out, login);
    if (o && o->name.n && !str_eq(o->name, login)) {
        buf_add_z(out, " (");
        buf_add_str(out, o->name);
        buf_add_char(out, ')');
    }
}

/* Parts with a dot between them, those that are absent left out. */
static void part(struct buf *out, struct str s)
{
    if (s.n && out->n)
        buf_add_z(out, " · ");
    buf_add_str(out, s);
}

static void part_id(struct buf *out, const struct teller *t, enum text_id id)
{
    part(out, word(t, id));
}

/* A personal number, labelled unless it stands first under its own label. */
static void part_masked(struct buf *out, const struct teller *t, enum text_id label, struct str s)
{
    struct buf number = BUF_INIT;
    if (s.n && label != T_nothing) {
        buf_add_z(&number, lang_text(t->lang, label));
        buf_add_char(&number, ' ');
    }
    mask_number(&number, s, t->unmasked);
    part(out, buf_str(&number));
    buf_release(&number);
}

/* ---- the dossier's page ---- */

static void tell_standing(struct sheet *sheet, const struct teller *t, const struct dossier *d)
{
    struct buf state = BUF_INIT;
    row_state(&state, t->lang, &t->judge, &d->facts, d->late.statutory, sheet->width);
    sheet_add(sheet, 1, STYLE_STRONG, d->code);
    sheet_right(sheet, row_style(&t->judge, &d->facts), buf_str(&state));
    sheet_end(sheet);
    buf_release(&state);
}

static void tell_applicant(struct sheet *sheet, const struct teller *t, const struct dossier *d)
{
    const struct applicant *a = &d->receipt.applicant;
    struct buf text = BUF_INIT;
    sheet_add(sheet, 1, STYLE_DIM, word(t, T_tui_label_applicant));
    sheet_add(sheet, 1 + LABEL, STYLE_STRONG, a->name);
    if (a->organization)
        part_id(&text, t, T_tui_organization);
    if (a->outside)
        part_id(&text, t, T_tui_outside);
    if (text.n) {
        sheet_gap(sheet, 2);
        sheet_more(sheet, STYLE_DIM, buf_str(&text));
    }
    sheet_end(sheet);
    buf_reset(&text);

    bool phone = a->phone.n > 0;
    part_masked(&text, t, T_nothing, a->phone);
    part_masked(&text, t, phone ? T_tui_label_id_number : T_nothing, a->id_number);
    part_masked(&text, t, T_nothing, a->email);
    tell_value(sheet, t, phone ? T_tui_label_phone : T_tui_label_id_number, STYLE_PLAIN, buf_str(&text));
    tell_value(sheet, t, T_tui_label_address, STYLE_PLAIN, a->address);
    buf_reset(&text);
    part(&text, d->receipt.submitter);
    part(&text, d->receipt.authority);
    tell_value(sheet, t, T_tui_label_submitter, STYLE_PLAIN, buf_str(&text));
    buf_release(&text);
}

static void tell_procedure(struct sheet *sheet, const struct teller *t, const struct dossier *d)
{
    struct procedure p;
    struct buf text = BUF_INIT;
    buf_add_str(&text, d->receipt.procedure.code);
    if (d->receipt.procedure.kase.n) {
        buf_add_char(&text, '#');
        buf_add_str(&text, d->receipt.procedure.kase);
    }
    bool known = view_procedure_of(t->view, d, &p);
    if (known) {
        buf_add_char(&text, ' ');
        buf_add_str(&text, p.name);
    }
    tell_value(sheet, t, T_tui_label_procedure, STYLE_PLAIN, buf_str(&text));
    buf_reset(&text);
    lang_limit(&text, t->lang, &d->receipt.limit);
    if (known)
        part(&text, p.field);
    tell_value(sheet, t, T_tui_label_limit, STYLE_PLAIN, buf_str(&text));
    buf_release(&text);
}

static void tell_times(struct sheet *sheet, const struct teller *t, const struct dossier *d)
{
    const struct facts *f = &d->facts;
    struct buf text = BUF_INIT;
    lang_time(&text, t->lang, f->received);
    part(&text, str_of(words_channel(t->lang, f->channel)));
    part(&text, d->receiver);
    tell_value(sheet, t, T_tui_label_received, STYLE_PLAIN, buf_str(&text));
    buf_reset(&text);
    if (f->due != NO_TIME) {
        buf_add_z(&text, lang_weekday(t->lang, civil_weekday(civil_day_of(f->due))));
        buf_add_char(&text, ' ');
        lang_time(&text, t->lang, f->due);
        if (f->due != f->statutory_due && f->statutory_due != NO_TIME) {
            struct buf statutory = BUF_INIT;
            lang_time(&statutory, t->lang, f->statutory_due);
            buf_add_z(&text, "  ");
            LANG_SAY(&text, t->lang, T_tui_statutory, buf_str(&statutory));
            buf_release(&statutory);
        }
        if (f->provisional)
            part_id(&text, t, T_tui_provisional);
    }
    tell_value(sheet, t, T_tui_label_due, STYLE_STRONG, buf_str(&text));
    buf_release(&text);
}

static void tell_apology(struct sheet *sheet, const struct teller *t, const struct dossier *d)
{
    const struct apology *a = &d->apology;
    if (!a->number)
        return;
    struct buf text = BUF_INIT, time = BUF_INIT;
    apology_number(&text, a->number);
    lang_time(&time, t->lang, a->issued);
    part(&text, buf_str(&time));
    if (a->new_due != NO_TIME) {
        buf_reset(&time);
        lang_time(&time, t->lang, a->new_due);
        buf_add_z(&text, " · ");
        LANG_SAY(&text, t->lang, T_tui_new_due, buf_str(&time));
    }
    part_id(&text, t, a->in_time ? T_tui_letter_in_time : T_tui_letter_late);
    tell_value(sheet, t, T_tui_label_letter, STYLE_PLAIN, buf_str(&text));
    buf_release(&text);
    buf_release(&time);
}

static void tell_end(struct sheet *sheet, const struct teller *t, const struct dossier *d)
{
    const struct facts *f = &d->facts;
    struct buf text = BUF_INIT;
    if (f->resolved != NO_TIME) {
        buf_add_z(&text, words_ended_how(t->lang, f->ended_how));
        buf_add_char(&text, ' ');
        lang_time(&text, t->lang, f->resolved);
        part(&text, d->result);
        tell_value(sheet, t, T_tui_label_result, STYLE_PLAIN, buf_str(&text));
    }
    buf_reset(&text);
    if (f->returned != NO_TIME) {
        lang_time(&text, t->lang, f->returned);
        part(&text, str_of(words_channel(t->lang, d->return_channel)));
        part(&text, d->returned_to);
        tell_value(sheet, t, T_tui_label_returned, STYLE_PLAIN, buf_str(&text));
    }
    buf_release(&text);
}

static void tell_components(struct sheet *sheet, const struct teller *t, const struct dossier *d)
{
    struct str item;
    size_t at = 0;
    for (bool first = true; wire_list_next(d->receipt.components, &at, &item); first = false) {
        if (first)
            sheet_add(sheet, 1, STYLE_DIM, word(t, T_tui_label_components));
        sheet_add(sheet, 1 + LABEL, STYLE_PLAIN, STR("-"));
        sheet_gap(sheet, 1);
        sheet_more(sheet, STYLE_PLAIN, item);
        sheet_end(sheet);
    }
}

void tell_dossier(struct sheet *sheet, const struct teller *t, const struct dossier *d)
{
    tell_standing(sheet, t, d);
    tell_applicant(sheet, t, d);
    tell_procedure(sheet, t, d);
    tell_times(sheet, t, d);
    struct buf holder = BUF_INIT;
    tell_officer(&holder, t, d->officer);
    part(&holder, d->unit);
    tell_value(sheet, t, T_tui_label_holder, STYLE_PLAIN, buf_str(&holder));
    buf_release(&holder);
    tell_apology(sheet, t, d);
    tell_end(sheet, t, d);
    tell_components(sheet, t, d);
    tell_value(sheet, t, T_tui_label_note, STYLE_PLAIN, d->receipt.note);
}

/* ---- history ---- */

struct history {
    struct sheet *sheet;
    const struct teller *teller;
    struct buf text, time;
};

static struct str time_words(struct history *h, civil_minute t)
{
    buf_reset(&h->time);
    lang_time(&h->time, h->teller->lang, t);
    return buf_str(&h->time);
}

static void say_late(struct history *h, const struct lateness *late)
{
    if (!late->statutory) {
        part_id(&h->text, h->teller, T_tui_not_late);
        return;
    }
    part(&h->text, str_of(words_status(h->teller->lang, STATUS_LATE)));
    buf_add_char(&h->text, ' ');
    row_days(&h->text, h->teller->lang, late->statutory);
}

static void say_labelled(struct history *h, enum text_id label, struct str value)
{
    if (!value.n)
        return;
    part_id(&h->text, h->teller, label);
    buf_add_z(&h->text, ": ");
    buf_add_str(&h->text, value);
}

static void say_received(struct history *h, const struct event *e)
{
    part(&h->text, str_of(words_channel(h->teller->lang, e->received.receipt.channel)));
    say_labelled(h, T_tui_label_due, time_words(h, e->received.appointment.due));
    if (!str_eq(e->received.officer, e->by))
        say_labelled(h, T_tui_label_holder, e->received.officer);
}

static void say_transferred(struct history *h, const struct event *e)
{
    tell_officer(&h->text, h->teller, e->transferred.to);
    part(&h->text, e->transferred.unit);
    part(&h->text, e->transferred.step);
    if (e->transferred.within_due != NO_TIME)
        say_labelled(h, T_tui_label_step_due, time_words(h, e->transferred.within_due));
    part(&h->text, e->transferred.note);
}

static void say_apologized(struct history *h, const struct event *e)
{
    apology_number(&h->text, e->apologized.number);
    part(&h->text, e->apologized.reason);
    if (e->apologized.new_due != NO_TIME) {
        buf_add_z(&h->text, " · ");
        LANG_SAY(&h->text, h->teller->lang, T_tui_new_due, time_words(h, e->apologized.new_due));
    }
    say_labelled(h, T_tui_label_signer, e->apologized.signer);
    part_id(&h->text, h->teller, e->apologized.in_time ? T_tui_letter_in_time : T_tui_letter_late);
}

static void say_details(struct history *h, const struct event *e)
{
    switch (e->kind) {
    case EVENT_RECEIVED: say_received(h, e); break;
    case EVENT_TRANSFERRED: say_transferred(h, e); break;
    case EVENT_APOLOGIZED: say_apologized(h, e); break;
    case EVENT_RESOLVED:
        say_late(h, &e->resolved.late);
        part(&h->text, e->resolved.result);
        if (e->resolved.digitized)
            part_id(&h->text, h->teller, T_tui_digitized);
        break;
    case EVENT_RETURNED:
        part(&h->text, str_of(words_channel(h->teller->lang, e->returned.channel)));
        part(&h->text, e->returned.to);
        break;
    case EVENT_REFUSED:
        part(&h->text, e->ended.reason);
        say_late(h, &e->ended.late);
        break;
    default: break;
    }
}

/* When it was typed, where that is another day than when it happened. */
static void say_recorded(struct history *h, const struct event *e)
{
    civil_minute recorded = civil_from_utc(e->recorded_at, office_identity(h->teller->office)->utc_offset);
    if (civil_day_of(recorded) == civil_day_of(e->at))
        return;
    buf_add_z(&h->text, " · ");
    LANG_SAY(&h->text, h->teller->lang, T_tui_recorded, time_words(h, recorded));
}

static bool tell_event(void *arg, const struct event *e)
{
    struct history *h = arg;
    sheet_add(h->sheet, 1, STYLE_DIM, time_words(h, e->at));
    sheet_add(h->sheet, 1 + LABEL + 1, STYLE_STRONG, str_of(words_event(h->teller->lang, e->kind)));
    sheet_gap(h->sheet, 2);
    sheet_more(h->sheet, STYLE_DIM, e->by);
    sheet_end(h->sheet);
    buf_reset(&h->text);
    say_details(h, e);
    say_recorded(h, e);
    if (h->text.n)
        sheet_line(h->sheet, 1 + LABEL + 1, STYLE_PLAIN, buf_str(&h->text));
    return true;
}

void tell_history(struct sheet *sheet, struct teller *t, const struct dossier *d)
{
    struct history h = {sheet, t, BUF_INIT, BUF_INIT};
    sheet_line(sheet, 1, STYLE_HEADING, word(t, T_tui_history));
    view_history(t->view, d, tell_event, &h);
    buf_release(&h.text);
    buf_release(&h.time);
}
