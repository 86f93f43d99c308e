#include "tui/tell_dossier.h"

#include "core/mask.h"
#include "core/text.h"
#include "core/wire.h"
#include "core/words.h"
#include "tui/rows.h"
#include "tui/tell_counter.h"

#define LABEL TELL_LABEL
#define NAME_ROWS 3

/* A name longer than any is folded, or it would push everything else off a small page. */
static void add_name(struct sheet *sheet, struct str name)
{
    int width = sheet->width - 1 - LABEL;
    struct str left = name;
    for (int row = 1; row < NAME_ROWS && left.n; row++) {
        size_t skip;
        text_wrap(left, width, &skip);
        left = str_from(left, skip);
    }
    struct buf text = BUF_INIT;
    size_t fits = text_fit(left, width);
    if (fits < left.n) {
        fits = text_fit(left, width - 1);
        buf_add_str(&text, str_first(name, name.n - left.n + fits));
        buf_add_z(&text, "…");
        name = buf_str(&text);
    }
    sheet_add(sheet, 1 + LABEL, STYLE_STRONG, name);
    buf_release(&text);
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
    tell_part(out, buf_str(&number));
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
    sheet_add(sheet, 1, STYLE_DIM, tell_word(t, T_tui_label_applicant));
    add_name(sheet, a->name);
    if (a->organization)
        tell_part(&text, tell_word(t, T_tui_organization));
    if (a->outside)
        tell_part(&text, tell_word(t, T_tui_outside));
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
    tell_part(&text, d->receipt.submitter);
    tell_part(&text, d->receipt.authority);
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
    if (text.n && known)
        buf_add_char(&text, ' ');
    buf_add_str(&text, known ? p.name : d->title);
    tell_value(sheet, t, T_tui_label_procedure, STYLE_PLAIN, buf_str(&text));
    buf_reset(&text);
    lang_limit(&text, t->lang, dossier_limit(d));
    if (d->within.kind != LIMIT_NONE)
        tell_part(&text, tell_word(t, T_tui_after_payment));
    tell_part(&text, known ? p.field : d->field_title);
    tell_value(sheet, t, T_tui_label_limit, STYLE_PLAIN, buf_str(&text));
    buf_release(&text);
}

static void tell_times(struct sheet *sheet, const struct teller *t, const struct dossier *d)
{
    const struct facts *f = &d->facts;
    struct buf text = BUF_INIT;
    lang_time(&text, t->lang, f->received);
    tell_part(&text, str_of(words_channel(t->lang, f->channel)));
    tell_part(&text, d->receiver);
    tell_register(&text, t, d);
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
            tell_part(&text, tell_word(t, T_tui_provisional));
    }
    tell_value(sheet, t, T_tui_label_due, STYLE_STRONG, buf_str(&text));
    buf_release(&text);
}

/* What is awaited of the applicant, since when; afterwards what was. */
static void tell_supplement(struct sheet *sheet, const struct teller *t, const struct dossier *d)
{
    const struct facts *f = &d->facts;
    struct buf text = BUF_INIT;
    if (state_is_waiting(f->state)) {
        struct buf since = BUF_INIT;
        lang_time(&since, t->lang, f->waiting_since);
        buf_add_z(&text, words_state(t->lang, f->state));
        buf_add_z(&text, " · ");
        LANG_SAY(&text, t->lang, T_tui_since, buf_str(&since));
        tell_value(sheet, t, T_tui_label_waiting, STYLE_STRONG, buf_str(&text));
        buf_release(&since);
        buf_reset(&text);
    }
    if (d->supplements)
        tell_part(&text, d->asked);
    if (d->supplements && f->insisted)
        tell_part(&text, tell_word(t, T_tui_insisted));
    tell_value(sheet, t, T_tui_label_supplement, STYLE_PLAIN, buf_str(&text));
    struct str item;
    size_t at = 0;
    while (d->supplements && wire_list_next(d->needs, &at, &item)) {
        sheet_add(sheet, 1 + LABEL, STYLE_PLAIN, STR("-"));
        sheet_gap(sheet, 1);
        sheet_more(sheet, STYLE_PLAIN, item);
        sheet_end(sheet);
    }
    buf_release(&text);
}

void tell_apology(struct sheet *sheet, const struct teller *t, const struct dossier *d)
{
    const struct apology *a = &d->apology;
    if (!a->number)
        return;
    struct buf text = BUF_INIT, time = BUF_INIT;
    apology_number(&text, a->number);
    lang_time(&time, t->lang, a->issued);
    tell_part(&text, buf_str(&time));
    if (a->new_due != NO_TIME) {
        buf_reset(&time);
        lang_time(&time, t->lang, a->new_due);
        buf_add_z(&text, " · ");
        LANG_SAY(&text, t->lang, T_tui_new_due, buf_str(&time));
    }
    tell_part(&text, tell_word(t, a->in_time ? T_tui_letter_in_time : T_tui_letter_late));
    tell_part(&text, a->unit);
    if (a->reason.n) {
        buf_add_z(&text, " · ");
        LANG_SAY(&text, t->lang, T_tui_letter_reason, a->reason);
    }
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
        tell_part(&text, d->result);
        tell_value(sheet, t, T_tui_label_result, STYLE_PLAIN, buf_str(&text));
    }
    buf_reset(&text);
    if (f->returned != NO_TIME) {
        lang_time(&text, t->lang, f->returned);
        tell_part(&text, str_of(words_channel(t->lang, d->return_channel)));
        tell_part(&text, d->returned_to);
        tell_value(sheet, t, T_tui_label_returned, STYLE_PLAIN, buf_str(&text));
    }
    buf_reset(&text);
    if (d->rating)
        buf_addf(&text, "%d/5", d->rating);
    tell_value(sheet, t, T_tui_label_rating, STYLE_PLAIN, buf_str(&text));
    buf_release(&text);
}

static void tell_components(struct sheet *sheet, const struct teller *t, const struct dossier *d)
{
    struct str item;
    size_t at = 0;
    for (bool first = true; wire_list_next(d->receipt.components, &at, &item); first = false) {
        if (first)
            sheet_add(sheet, 1, STYLE_DIM, tell_word(t, T_tui_label_components));
        sheet_add(sheet, 1 + LABEL, STYLE_PLAIN, STR("-"));
        sheet_gap(sheet, 1);
        sheet_more(sheet, STYLE_PLAIN, item);
        sheet_end(sheet);
    }
}

void tell_dossier(struct sheet *sheet, const struct teller *t, const struct dossier *d,
                  const struct stages *stages)
{
    tell_standing(sheet, t, d);
    tell_applicant(sheet, t, d);
    tell_procedure(sheet, t, d);
    tell_times(sheet, t, d);
    struct buf holder = BUF_INIT;
    tell_officer(&holder, t, d->officer);
    tell_part(&holder, d->unit);
    if (!d->officer.n && d->unit.n)
        tell_part(&holder, tell_word(t, T_tui_outside_unit));
    tell_value(sheet, t, T_tui_label_holder, STYLE_PLAIN, buf_str(&holder));
    buf_release(&holder);
    tell_step(sheet, t, d, stages);
    tell_supplement(sheet, t, d);
    tell_lateness(sheet, t, d, stages);
    tell_apology(sheet, t, d);
    tell_end(sheet, t, d);
    tell_fee(sheet, t, d);
    tell_components(sheet, t, d);
    tell_value(sheet, t, T_tui_label_note, STYLE_PLAIN, d->receipt.note);
}
