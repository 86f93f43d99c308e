#include "cli/dossier_text.h"

#include "cli/counter_text.h"
#include "cli/counting.h"
#include "cli/dossier_json.h"
#include "cli/history_text.h"
#include "cli/papers.h"
#include "cli/steps_text.h"
#include "cli/wrapped.h"
#include "core/mask.h"
#include "core/text.h"
#include "core/wire.h"
#include "core/words.h"

/* ---- the line ---- */

void dossier_line(struct cli *c, const struct dossier *d, const struct judge *judge)
{
    const struct facts *f = &d->facts;
    struct buf due = BUF_INIT, status = BUF_INIT, line = BUF_INIT;
    struct procedure p;
    dossier_procedure(c, d, &p);
    bool waiting = state_is_waiting(f->state);
    lang_time(&due, c->lang, waiting ? f->waiting_since : f->due);
    status_words(c, &status, judge, f, d->late.statutory);
    LANG_SAY(&line, c->lang,
             waiting             ? T_cli_line_waiting
             : f->due == NO_TIME ? T_cli_line_no_due
                                 : T_cli_line,
             d->code, buf_str(&due), buf_str(&status));
    buf_add_z(&line, "  ");
    struct str what = p.name.n ? p.name : p.code, holder = holder_or_unit(c, d->officer, d->unit);
    if (holder.n)
        LANG_SAY(&line, c->lang, T_cli_line_who, d->receipt.applicant.name, holder, what);
    else
        LANG_SAY(&line, c->lang, T_cli_line_title, d->receipt.applicant.name, what);
    text_cell(&c->out, buf_str(&line), c->columns ? c->columns : INT32_MAX, false);
    buf_add_char(&c->out, '\n');
    if (f->provisional && state_is_open(f->state)) {
        buf_add_z(&c->out, cli_text(c, T_core_provisional));
        buf_add_char(&c->out, '\n');
    }
    c->out.failed = c->out.failed || line.failed || due.failed || status.failed;
    buf_release(&due);
    buf_release(&status);
    buf_release(&line);
}

/* ---- the page ---- */

enum { LABEL = 23, INDENT = 2 };

struct page {
    struct cli *c;
    const struct dossier *d;
    const struct reading *r;
    struct buf text; /* for making values */
};

/* A label and its value, wrapped on a terminal, each line of a note below the other; nothing for an absent
 * value. A label too long for its column has a line to itself. */
static void put(struct page *p, enum text_id label, struct str value)
{
    struct cli *c = p->c;
    struct str name = str_of(cli_text(c, label));
    int used = text_columns(name);
    if (!value.n)
        return;
    wrapped_blanks(&c->out, INDENT);
    buf_add_str(&c->out, name);
    if (used >= LABEL) {
        buf_add_char(&c->out, '\n');
        used = -INDENT;
    }
    wrapped_blanks(&c->out, LABEL - used);
    wrapped_text(c, value, INDENT + LABEL);
}

static void put_made(struct page *p, enum text_id label)
{
    put(p, label, buf_str(&p->text));
    p->c->out.failed = p->c->out.failed || p->text.failed;
    buf_reset(&p->text);
}

static void put_time(struct page *p, enum text_id label, civil_minute t)
{
    if (t == NO_TIME)
        return;
    lang_time(&p->text, p->c->lang, t);
    put_made(p, label);
}

static void put_personal(struct page *p, enum text_id label, struct str value)
{
    if (p->r->unmask) {
        put(p, label, value);
        return;
    }
    mask_number(&p->text, value, false);
    put_made(p, label);
}

static void add_part(struct page *p, struct str part)
{
    wrapped_part(&p->text, part);
}

static void put_procedure(struct page *p)
{
    const struct dossier *d = p->d;
    struct procedure known;
    dossier_procedure(p->c, d, &known);
    buf_add_str(&p->text, d->receipt.procedure.code);
    if (d->receipt.procedure.kase.n) {
        buf_add_char(&p->text, '#');
        buf_add_str(&p->text, d->receipt.procedure.kase);
    }
    add_part(p, known.name);
    put_made(p, T_cli_label_procedure);
    put(p, T_cli_label_field, known.field);
}

static void put_applicant(struct page *p)
{
    const struct applicant *a = &p->d->receipt.applicant;
    buf_add_str(&p->text, a->name);
    if (a->organization)
        add_part(p, str_of(cli_text(p->c, T_cli_organization)));
    if (a->outside)
        add_part(p, str_of(cli_text(p->c, T_cli_outside)));
    put_made(p, T_cli_label_applicant);
    put_personal(p, T_cli_label_id_number, a->id_number);
    put_personal(p, T_cli_label_phone, a->phone);
    put_personal(p, T_cli_label_email, a->email);
    put(p, T_cli_label_address, a->address);
    put(p, T_cli_label_submitter, p->d->receipt.submitter);
    put(p, T_cli_label_authority, p->d->receipt.authority);
}

/* Each on a line of its own. */
static void add_numbered(struct page *p, struct str list)
{
    size_t at = 0;
    int64_t n = 0;
    struct str item;
    while (wire_list_next(list, &at, &item)) {
        buf_add_z(&p->text, p->text.n ? "\n" : "");
        buf_add_int(&p->text, ++n);
        buf_add_z(&p->text, ". ");
        buf_add_str(&p->text, item);
    }
}

/* What was handed in, what it cost, and where the result is wanted. */
static void put_receipt(struct page *p)
{
    struct cli *c = p->c;
    const struct receipt *r = &p->d->receipt;
    add_numbered(p, r->components);
    put_made(p, T_cli_label_components);
    if (r->sets)
        buf_add_int(&p->text, r->sets);
    put_made(p, T_cli_label_sets);
    if (r->fee >= 0)
        money_words(c, &p->text, r->fee);
    put_made(p, T_cli_label_fee);
    counter_fee(c, &p->text, p->d);
    put_made(p, T_cli_label_fee_paid);
    put(p, T_cli_label_collect, str_of(collect_word(c, r->collect)));
    if (p->d->imported)
        put(p, T_cli_label_source, str_of(cli_text(c, T_cli_another_system)));
}

static void put_limit(struct page *p)
{
    const struct dossier *d = p->d;
    enum lang lang = p->c->lang;
    lang_limit(&p->text, lang, &d->receipt.limit);
    put_made(p, T_cli_label_limit);
    if (d->within.kind != LIMIT_NONE) {
        lang_limit(&p->text, lang, &d->within);
        put_made(p, T_cli_label_within);
    }
    if (counting_has_clock(dossier_limit(d)->kind))
        put(p, T_cli_label_clock, str_of(words_clock(lang, d->receipt.clock)));
}

static void put_times(struct page *p)
{
    const struct dossier *d = p->d;
    const struct facts *f = &d->facts;
    enum lang lang = p->c->lang;
    put_limit(p);
    put_time(p, T_cli_label_submitted, d->receipt.submitted);
    lang_time(&p->text, lang, f->received);
    add_part(p, str_of(words_channel(lang, f->channel)));
    add_part(p, holder_name(p->c, d->receiver));
    put_made(p, T_cli_label_received);
    if (d->appointment.counting != f->received)
        put_time(p, T_cli_label_counting, d->appointment.counting);
    if (f->statutory_due != f->due)
        put_time(p, T_cli_label_statutory, f->statutory_due);
    lang_time(&p->text, lang, f->due);
    if (f->provisional && f->due != NO_TIME)
        add_part(p, str_of(cli_text(p->c, T_core_provisional)));
    put_made(p, T_cli_label_due);
}

static void put_standing(struct page *p)
{
    struct cli *c = p->c;
    const struct dossier *d = p->d;
    const struct facts *f = &d->facts;
    uint32_t late = late_days_now(&p->r->judge, f, d->late.statutory);
    struct str state = str_of(words_state(c->lang, f->state));
    struct buf status = BUF_INIT;
    status_words(c, &status, &p->r->judge, f, d->late.statutory);
    add_part(p, state);
    if (!str_eq(state, buf_str(&status))) /* English has one word for both */
        add_part(p, buf_str(&status));
    p->text.failed = p->text.failed || status.failed;
    buf_release(&status);
    put_made(p, T_cli_label_status);
    if (late) {
        buf_add_int(&p->text, late);
        put_made(p, T_cli_label_late_days);
    }
    counter_late_reason(c, &p->text, d, late > 0);
    put_made(p, T_cli_label_late_reason);
    if (d->officer.n)
        add_part(p, holder_name(c, d->officer));
    else if (d->unit.n) /* another system may not have said who works it */
        add_part(p, str_of(cli_text(c, T_cli_outside_unit)));
    add_part(p, d->unit);
    put_made(p, T_cli_label_holder);
    put(p, T_cli_label_step, d->step);
}

/* What the applicant was asked for, while it is awaited and after. */
static void put_supplement(struct page *p)
{
    struct cli *c = p->c;
    const struct dossier *d = p->d;
    const struct facts *f = &d->facts;
    if (state_is_waiting(f->state))
        put_time(p, T_cli_label_waiting, f->waiting_since);
    if (!d->supplements)
        return;
    add_part(p, d->asked);
    if (d->supplements > 1) {
        struct buf times = BUF_INIT, said = BUF_INIT;
        buf_add_int(&times, d->supplements);
        LANG_SAY(&said, c->lang, T_cli_supplement_times, buf_str(&times));
        add_part(p, buf_str(&said));
        buf_release(&times);
        buf_release(&said);
    }
    if (f->insisted)
        add_part(p, str_of(cli_text(c, T_cli_insisted)));
    add_numbered(p, d->needs);
    put_made(p, T_cli_label_supplement);
}

/* From which due time to which; a letter after a late result promises none. */
static void add_due_times(struct page *p, const struct apology *a)
{
    struct buf old = BUF_INIT, new = BUF_INIT;
    lang_time(&old, p->c->lang, a->old_due);
    lang_time(&new, p->c->lang, a->new_due);
    if (a->new_due != NO_TIME) {
        LANG_SAY(&p->text, p->c->lang, T_cli_letter_dates, buf_str(&old), buf_str(&new));
        buf_add_char(&p->text, '\n');
    }
    p->text.failed = p->text.failed || old.failed || new.failed;
    buf_release(&old);
    buf_release(&new);
}

static void put_apology(struct page *p)
{
    struct cli *c = p->c;
    const struct apology *a = &p->d->apology;
    if (!a->number)
        return;
    int kept = apology_kept(p->d);
    apology_number(&p->text, a->number);
    buf_add_z(&p->text, ", ");
    lang_time(&p->text, c->lang, a->issued);
    add_part(p, str_of(cli_text(c, a->in_time ? T_cli_letter_in_time : T_cli_letter_late)));
    if (kept >= 0)
        add_part(p, str_of(cli_text(c, kept ? T_cli_letter_kept : T_cli_letter_broken)));
    buf_add_char(&p->text, '\n');
    add_due_times(p, a);
    paper_name(c, &p->text, p->d, SLIP_APOLOGY);
    buf_add_char(&p->text, '\n');
    buf_add_str(&p->text, a->reason);
    put_made(p, T_cli_label_apology);
    put(p, T_cli_label_signer, a->signer);
}

static void put_result(struct page *p)
{
    struct cli *c = p->c;
    const struct dossier *d = p->d;
    bool solved = d->facts.ended_how == ENDED_RESOLVED;
    if (d->facts.ended_how != ENDED_NOT) { /* of what is void no moment counts */
        if (d->facts.resolved != NO_TIME)
            lang_time(&p->text, c->lang, d->facts.resolved);
        add_part(p, str_of(words_ended_how(c->lang, d->facts.ended_how)));
        add_part(p, d->result);
        put_made(p, solved ? T_cli_label_resolved : T_cli_label_ended);
    }
    if (solved)
        put(p, T_cli_label_digitized, str_of(cli_text(c, d->digitized ? T_core_yes : T_core_no)));
    if (d->facts.returned != NO_TIME) {
        lang_time(&p->text, c->lang, d->facts.returned);
        add_part(p, str_of(words_channel(c->lang, d->return_channel)));
        add_part(p, d->returned_to);
        put_made(p, T_cli_label_returned);
    }
}

static void put_rating(struct page *p)
{
    if (!p->d->rating)
        return;
    buf_add_int(&p->text, p->d->rating);
    buf_add_z(&p->text, "/5");
    put_made(p, T_cli_label_rating);
}

void dossier_page(struct cli *c, const struct dossier *d, const struct reading *r)
{
    struct page p = {.c = c, .d = d, .r = r};
    paint_begin(c, PAINT_BOLD);
    text_safe(&c->out, d->code, false);
    paint_end(c, PAINT_BOLD);
    buf_add_char(&c->out, '\n');
    counter_number(c, &p.text, d->in_register);
    put_made(&p, T_cli_label_register);
    put_procedure(&p);
    put_applicant(&p);
    put_receipt(&p);
    put_times(&p);
    put_standing(&p);
    put_supplement(&p);
    put_apology(&p);
    put_result(&p);
    put_rating(&p);
    put(&p, T_cli_label_note, d->receipt.note);
    buf_release(&p.text);
    history_page(c, d, r->unmask);
    stages_page(c, d, r);
}
