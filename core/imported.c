#include "core/imported.h"

struct event imported_standing(const struct dossier *d)
{
    struct event e = {.kind = EVENT_REIMPORTED, .dossier = d->facts.id, .at = d->facts.received};
    e.imported.code = d->code;
    e.imported.receipt = d->receipt;
    e.imported.title = d->title;
    e.imported.field = d->field_title;
    e.imported.officer = d->officer;
    e.imported.officer_number = d->facts.holder;
    e.imported.unit = d->unit;
    e.imported.receiver = d->receiver;
    e.imported.result = d->result;
    e.imported.appointment = d->appointment;
    e.imported.promised = d->promised;
    e.imported.state = d->facts.state;
    e.imported.waiting_since = d->facts.waiting_since;
    e.imported.resolved = d->facts.resolved;
    e.imported.returned = d->facts.returned;
    e.imported.late = d->late;
    return e;
}

size_t imported_start(const struct event *events, size_t count)
{
    for (size_t i = count; i-- > 1;)
        if (events[i].kind == EVENT_REIMPORTED && !events[i].undone_by)
            return i;
    return 0;
}

static const struct imported_part parts[] = {
    {SAID_PROCEDURE, T_label_procedure, "procedure"},
    {SAID_FIELD, T_label_field, "field"},
    {SAID_NAME, T_label_applicant, "applicant"},
    {SAID_KIND, T_label_organization, "kind"},
    {SAID_ID_NUMBER, T_label_id_number, "id_number"},
    {SAID_PHONE, T_label_phone, "phone"},
    {SAID_EMAIL, T_label_email, "email"},
    {SAID_ADDRESS, T_label_address, "address"},
    {SAID_OUTSIDE, T_label_outside, "outside"},
    {SAID_SUBMITTER, T_label_submitter, "submitter"},
    {SAID_AUTHORITY, T_label_authority, "authority"},
    {SAID_CHANNEL, T_label_channel, "channel"},
    {SAID_COLLECT, T_label_collect, "collect"},
    {SAID_SETS, T_label_sets, "sets"},
    {SAID_RECEIVER, T_label_receiver, "receiver"},
    {SAID_OFFICER, T_label_worker, "officer"},
    {SAID_UNIT, T_label_unit, "unit"},
    {SAID_STATE, T_label_state, "status"},
    {SAID_SUBMITTED, T_label_submitted, "submitted_at"},
    {SAID_RECEIVED, T_label_received_at, "received_at"},
    {SAID_STATUTORY, T_label_statutory_due, "statutory_due_at"},
    {SAID_DUE, T_label_due, "due_at"},
    {SAID_WAITING, T_label_waiting_since, "waiting_since"},
    {SAID_RESOLVED, T_label_resolved_at, "resolved_at"},
    {SAID_RETURNED, T_label_returned_at, "returned_at"},
    {SAID_RESULT, T_label_result, "result"},
    {SAID_NOTE, T_label_note, "note"},
};
_Static_assert(sizeof parts / sizeof *parts == IMPORTED_PARTS, "every change has a place");

static uint32_t if_other(bool same, enum import_said what)
{
    return same ? 0 : what;
}

static uint32_t other_applicant(const struct applicant *a, const struct applicant *b)
{
    return if_other(str_eq(a->name, b->name), SAID_NAME) |
           if_other(a->organization == b->organization, SAID_KIND) |
           if_other(str_eq(a->id_number, b->id_number), SAID_ID_NUMBER) |
           if_other(str_eq(a->phone, b->phone), SAID_PHONE) |
           if_other(str_eq(a->email, b->email), SAID_EMAIL) |
           if_other(str_eq(a->address, b->address), SAID_ADDRESS) |
           if_other(a->outside == b->outside, SAID_OUTSIDE);
}

static uint32_t other_receipt(const struct receipt *r, const struct receipt *q)
{
    return if_other(str_eq(r->submitter, q->submitter), SAID_SUBMITTER) |
           if_other(str_eq(r->authority, q->authority), SAID_AUTHORITY) |
           if_other(r->channel == q->channel, SAID_CHANNEL) |
           if_other(r->collect == q->collect, SAID_COLLECT) | if_other(r->sets == q->sets, SAID_SETS) |
           if_other(r->submitted == q->submitted, SAID_SUBMITTED) |
           if_other(str_eq(r->note, q->note), SAID_NOTE) | other_applicant(&r->applicant, &q->applicant);
}

static uint32_t other_procedure(const struct event *was, const struct event *is)
{
    const struct procedure *p = &was->imported.receipt.procedure, *q = &is->imported.receipt.procedure;
    bool same_field = p->field_number == q->field_number && str_eq(was->imported.field, is->imported.field);
    bool same = p->number == q->number && str_eq(was->imported.title, is->imported.title);
    /* Another procedure of the catalogue brings its own field: that is no change for itself. */
    return same ? if_other(same_field, SAID_FIELD) : SAID_PROCEDURE;
}

static uint32_t others(const struct event *was, const struct event *is)
{
    return other_procedure(was, is) | other_receipt(&was->imported.receipt, &is->imported.receipt) |
           if_other(str_eq(was->imported.receiver, is->imported.receiver), SAID_RECEIVER) |
           if_other(str_eq(was->imported.officer, is->imported.officer), SAID_OFFICER) |
           if_other(str_eq(was->imported.unit, is->imported.unit), SAID_UNIT) |
           if_other(was->imported.state == is->imported.state, SAID_STATE) |
           if_other(was->at == is->at, SAID_RECEIVED) |
           if_other(was->imported.appointment.due == is->imported.appointment.due, SAID_STATUTORY) |
           if_other(was->imported.promised == is->imported.promised, SAID_DUE) |
           if_other(was->imported.waiting_since == is->imported.waiting_since, SAID_WAITING) |
           if_other(was->imported.resolved == is->imported.resolved, SAID_RESOLVED) |
           if_other(was->imported.returned == is->imported.returned, SAID_RETURNED) |
           if_other(str_eq(was->imported.result, is->imported.result), SAID_RESULT);
}

size_t imported_changes(const struct event *was, const struct event *is,
                        const struct imported_part *part[IMPORTED_PARTS])
{
    uint32_t other = others(was, is);
    size_t n = 0;
    for (size_t i = 0; other && i < IMPORTED_PARTS; i++)
        if (other & parts[i].said)
            part[n++] = &parts[i];
    return n;
}
