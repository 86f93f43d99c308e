/* Form 01: the receipt in the citizen's hand. It says what was said at the receipt, and below it what has
 * come of the appointment since: who prints it again prints no date that does not hold. */
#include "core/imported.h"
#include "core/slip_parts.h"

/* ---- the appointment ---- */

/* The due time that the citizen was given: with what was corrected since, and nothing else. */
static civil_minute given_due(const struct slip_source *from)
{
    civil_minute due = NO_TIME;
    bool anew = false; /* a second appointment was made: corrections are of that one */
    for (size_t i = 0; i < from->events; i++) {
        const struct event *e = &from->event[i];
        if (e->undone_by)
            continue;
        if (e->kind == EVENT_RECEIVED)
            due = e->received.appointment.due;
        else if (event_is_import(e->kind))
            due = e->imported.appointment.due;
        else if (e->kind == EVENT_CORRECTED && !anew)
            due = e->corrected.appointment.due;
        anew = anew || e->kind == EVENT_RESTARTED || e->kind == EVENT_PAID;
    }
    return due;
}

/* The last thing that moved the date; NULL: nothing did. */
static const struct event *last_move(const struct slip_source *from)
{
    const struct event *last = NULL;
    for (size_t i = imported_start(from->event, from->events); i < from->events; i++) {
        const struct event *e = &from->event[i];
        bool moves = e->kind == EVENT_RESTARTED || e->kind == EVENT_PAID || e->kind == EVENT_DUE_MOVED ||
                     (e->kind == EVENT_APOLOGIZED && e->apologized.new_due != NO_TIME);
        if (moves && !e->undone_by)
            last = e;
    }
    return last;
}

static struct str why_moved(struct slip_page *p, const struct slip_source *from, struct str now_due,
                            const struct event *move)
{
    if (move->kind == EVENT_DUE_MOVED)
        return PAPER_SAY(p->d, T_forms_moved_days, now_due);
    struct str day = paper_day(p->d, civil_day_of(move->at));
    if (move->kind == EVENT_RESTARTED)
        return PAPER_SAY(p->d, T_forms_moved_resumed, now_due, day);
    if (move->kind == EVENT_PAID)
        return PAPER_SAY(p->d, T_forms_moved_paid, now_due, day);
    civil_day received = civil_day_of(from->dossier->facts.received);
    struct slip_form letter = slip_form(p->office, SLIP_APOLOGY, received);
    struct str number = slip_numbered(p, move->apologized.number, letter.symbol);
    return PAPER_SAY(p->d, T_forms_moved_letter, now_due, number, day);
}

static void add_now_due(struct slip_page *p, const struct slip_source *from, civil_minute given)
{
    const struct dossier *d = from->dossier;
    const struct event *move = last_move(from);
    if (state_is_waiting(d->facts.state)) {
        struct str since = paper_day(p->d, civil_day_of(d->facts.waiting_since));
        enum text_id waits =
            d->facts.state == STATE_WAITING ? T_forms_waits_supplement : T_forms_waits_payment;
        slip_paragraph(p, PAPER_SAY(p->d, waits, since), LOOK_BOLD);
    } else if (move && d->promised != NO_TIME && d->promised != given) {
        slip_field_bold(p, T_forms_now_due, why_moved(p, from, paper_moment(p->d, d->promised), move));
    }
}

/* ---- fee, and where the result is wanted ---- */

/* Of the money that was taken and still stands: the numbers of its receipts. */
static struct str money_receipts(struct slip_page *p, const struct slip_source *from)
{
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < from->events; i++) {
        const struct event *e = &from->event[i];
        if (e->kind != EVENT_FEE || e->undone_by || e->fee.amount <= 0 || !e->fee.document.n)
            continue;
        buf_add_z(&text, text.n ? "; " : "");
        buf_add_str(&text, e->fee.document);
    }
    return paper_keep(p->d, &text);
}

/* "Được miễn (Hộ nghèo)": the last word on it. */
static struct str exempt_why(struct slip_page *p, const struct slip_source *from)
{
    const struct event *why = NULL;
    for (size_t i = 0; i < from->events; i++)
        if (from->event[i].kind == EVENT_FEE && from->event[i].fee.exempt && !from->event[i].undone_by)
            why = &from->event[i];
    return why && why->fee.reason.n ? PAPER_SAY(p->d, T_forms_fee_exempt_why, why->fee.reason)
                                    : paper_text(p->d, T_forms_fee_exempt);
}

static struct str fee_of(struct slip_page *p, const struct slip_source *from)
{
    const struct dossier *d = from->dossier;
    int64_t fee = d->receipt.fee;
    if (d->fee_exempt)
        return exempt_why(p, from);
    if (fee == 0 && d->fee_paid == 0)
        return paper_text(p->d, T_forms_fee_none);
    if (fee < 0 && d->fee_paid <= 0)
        return STR_NONE;
    if (d->fee_paid == 0)
        return PAPER_SAY(p->d, T_forms_fee_open, paper_money(p->d, fee));
    struct str taken = d->fee_paid == fee
                           ? paper_text(p->d, T_forms_fee_paid)
                           : PAPER_SAY(p->d, T_forms_fee_taken, paper_money(p->d, d->fee_paid));
    struct str receipts = money_receipts(p, from);
    if (receipts.n)
        taken = PAPER_SAY(p->d, T_forms_fee_receipt, taken, receipts);
    return fee < 0 ? taken : PAPER_SAY(p->d, T_forms_fee_state, paper_money(p->d, fee), taken);
}

static struct str collected_at(struct slip_page *p, const struct dossier *d)
{
    switch (d->receipt.collect) {
    case CHANNEL_POSTAL: return paper_text(p->d, T_forms_collect_postal);
    case CHANNEL_ONLINE: return paper_text(p->d, T_forms_collect_online);
    case CHANNEL_NONE:
    case CHANNEL_DIRECT: break;
    }
    return PAPER_SAY(p->d, T_forms_collect_desk, slip_desk_at(p));
}

/* ---- the slip ---- */

static void add_components(struct slip_page *p, const struct receipt *r)
{
    if (r->components.n)
        document_list(p->d, paper_text(p->d, T_forms_components), r->components);
    else
        slip_field_open(p, T_forms_components_open, STR_NONE);
    struct str sets = r->sets ? PAPER_SAY(p->d, T_forms_sets_of, paper_number(p->d, r->sets)) : STR_NONE;
    slip_field_open(p, T_forms_sets, sets);
}

static void add_times(struct slip_page *p, const struct slip_source *from)
{
    const struct dossier *d = from->dossier;
    civil_minute given = given_due(from);
    slip_field_open(p, T_forms_limit, paper_limit(p->d, &d->receipt.limit));
    slip_field(p, T_forms_online_sent, paper_moment(p->d, d->receipt.submitted));
    slip_field(p, T_forms_receipt_received, paper_moment(p->d, d->facts.received));
    slip_field_bold(p, T_forms_receipt_due, paper_moment(p->d, given));
    add_now_due(p, from, given);
    if (d->appointment.provisional && state_is_open(d->facts.state))
        slip_paragraph(p, paper_text(p->d, T_forms_provisional), LOOK_ITALIC | LOOK_SMALL);
}

void slip_receipt(struct slip_page *p, const struct slip_source *from)
{
    const struct dossier *d = from->dossier;
    const struct receipt *r = &d->receipt;
    slip_open(p, d->in_register, civil_day_of(d->facts.received), true, STR_NONE);
    slip_person(p, T_forms_applicant, &r->applicant);
    slip_proxy(p, r);
    slip_asked(p, T_forms_asked, slip_title_of(from), &r->procedure);
    struct block *code = document_add(p->d, BLOCK_QR);
    code->text = d->code;
    add_components(p, r);
    add_times(p, from);
    slip_field(p, T_forms_collect, collected_at(p, d));
    slip_field_open(p, T_forms_fee, fee_of(p, from));
    if (d->in_register.number) {
        struct str book = paper_number(p->d, d->in_register.year);
        struct str number = paper_number(p->d, d->in_register.number);
        slip_paragraph(p, PAPER_SAY(p->d, T_forms_book, book, number), LOOK_PLAIN);
    }
    slip_paragraph(p, paper_text(p->d, T_forms_copies), LOOK_ITALIC | LOOK_SMALL);
    struct str brought = r->submitter.n              ? r->submitter
                         : r->applicant.organization ? STR_NONE
                                                     : r->applicant.name;
    slip_sign_both(p, brought, slip_officer(p, d->receiver));
}
