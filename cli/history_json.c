#include "cli/history_json.h"

#include "cli/history_text.h"
#include "cli/receipt_json.h"
#include "core/imported.h"
#include "core/mask.h"
#include "core/wire.h"

struct history {
    struct cli *c;
    struct json *j;
    bool unmask;
    struct event told; /* what another system told last, of what stands; kind 0: nothing yet */
};

static void put_time(struct history *h, const char *key, civil_minute t)
{
    json_minute(h->j, key, t, h->c->offset);
}

static void put_appointment(struct history *h, const struct appointment *a)
{
    put_time(h, "counting_at", a->counting);
    put_time(h, "due_at", a->due);
    json_bool(h->j, "provisional", a->provisional);
}

static void put_step(struct history *h, struct str step, const struct limit *within, civil_minute due)
{
    json_text(h->j, "step", step);
    receipt_limit_json(h->j, "within", within);
    put_time(h, "within_due_at", due);
}

/* ---- the ordinary way ---- */

static void put_receipt(struct history *h, const struct receipt *r, struct str officer, struct str unit)
{
    json_text(h->j, "procedure", r->procedure.code);
    json_text(h->j, "case", r->procedure.kase);
    receipt_limit_json(h->j, "limit", &r->limit);
    json_text(h->j, "officer", officer);
    json_text(h->j, "unit", unit);
}

/* What it says otherwise than before, by the names of a file's columns. */
static void put_told_anew(struct history *h, const struct event *e)
{
    const struct imported_part *part[IMPORTED_PARTS];
    size_t n = h->told.kind ? imported_changes(&h->told, e, part) : 0;
    if (e->kind == EVENT_REIMPORTED && h->told.kind) {
        json_array_begin(h->j, "changes");
        for (size_t i = 0; i < n; i++)
            json_str(h->j, NULL, str_of(part[i]->key));
        json_array_end(h->j);
    }
    if (!e->undone_by)
        h->told = *e;
}

static void put_imported(struct history *h, const struct event *e)
{
    put_receipt(h, &e->imported.receipt, e->imported.officer, e->imported.unit);
    put_time(h, "counting_at", e->imported.appointment.counting);
    put_time(h, "due_at", e->imported.promised);
    json_bool(h->j, "provisional", e->imported.appointment.provisional);
    json_name(h->j, "state", state_name(e->imported.state));
    put_time(h, "resolved_at", e->imported.resolved);
    put_time(h, "returned_at", e->imported.returned);
    json_int(h->j, "late_days", e->imported.late.statutory);
    put_time(h, "statutory_due_at", e->imported.appointment.due);
    json_text(h->j, "receiver", e->imported.receiver);
    json_text(h->j, "result", e->imported.result);
    put_told_anew(h, e);
}

static void put_transferred(struct history *h, const struct event *e)
{
    json_text(h->j, "to", e->transferred.to);
    json_text(h->j, "unit", e->transferred.unit);
    json_bool(h->j, "resolves", e->transferred.resolves);
    put_step(h, e->transferred.step, &e->transferred.within, e->transferred.within_due);
    json_text(h->j, "note", e->transferred.note);
}

static void put_apologized(struct history *h, const struct event *e)
{
    json_int(h->j, "number", e->apologized.number);
    json_text(h->j, "reason", e->apologized.reason);
    json_text(h->j, "signer", e->apologized.signer);
    put_time(h, "old_due_at", e->apologized.old_due);
    put_time(h, "new_due_at", e->apologized.new_due);
    json_bool(h->j, "in_time", e->apologized.in_time);
    json_text(h->j, "unit", e->apologized.unit);
}

static void put_resolved(struct history *h, const struct event *e)
{
    json_text(h->j, "result", e->resolved.result);
    json_bool(h->j, "digitized", e->resolved.digitized);
    json_int(h->j, "late_days", e->resolved.late.statutory);
}

static void put_returned(struct history *h, const struct event *e)
{
    json_name(h->j, "channel", channel_name(e->returned.channel));
    json_text(h->j, "to", e->returned.to);
}

static void put_ended(struct history *h, const struct event *e)
{
    json_text(h->j, "reason", e->ended.reason);
    json_int(h->j, "late_days", e->ended.late.statutory);
    if (e->kind == EVENT_REFUSED || e->kind == EVENT_STOPPED)
        receipt_number_json(h->j, "slip", e->ended.slip);
}

/* ---- waiting ---- */

static void put_supplement(struct history *h, const struct event *e)
{
    json_text(h->j, "reason", e->supplement.reason);
    receipt_texts_json(h->j, "needs", e->supplement.needs);
    json_bool(h->j, "insisted", e->supplement.insisted);
    json_bool(h->j, "late_notice", e->supplement.late_notice);
    json_int(h->j, "late_days", e->supplement.late.statutory);
    receipt_number_json(h->j, "slip", e->supplement.slip);
}

static void put_resumed(struct history *h, const struct event *e)
{
    if (e->kind == EVENT_PAID)
        receipt_limit_json(h->j, "within", &e->resumed.within);
    json_text(h->j, "note", e->resumed.note);
    put_appointment(h, &e->resumed.appointment);
}

/* ---- mending ---- */

static void put_undone(struct history *h, const struct event *e)
{
    json_int(h->j, "undone_seq", (int64_t)e->undone.seq);
    json_name(h->j, "undone_kind", event_kind_name((enum event_kind)e->undone.kind));
    json_text(h->j, "reason", e->undone.reason);
}

static void put_changed(struct history *h, const char *key, struct str value, bool hide)
{
    struct buf masked = BUF_INIT;
    if (hide)
        mask_number(&masked, value, false);
    json_text(h->j, key, hide ? buf_str(&masked) : value);
    h->j->out->failed = h->j->out->failed || masked.failed;
    buf_release(&masked);
}

static void put_changes(struct history *h, struct str changes)
{
    struct str name, old, new;
    size_t at = 0;
    json_array_begin(h->j, "changes");
    while (wire_list_next(changes, &at, &name) && wire_list_next(changes, &at, &old) &&
           wire_list_next(changes, &at, &new)) {
        enum correction_field field;
        bool known = correction_field_parse(name, &field);
        bool hide = !h->unmask && known && history_is_personal(field);
        json_object_begin(h->j, NULL);
        json_text(h->j, "field", name);
        put_changed(h, "old", old, hide);
        put_changed(h, "new", new, hide);
        json_object_end(h->j);
    }
    json_array_end(h->j);
}

static void put_corrected(struct history *h, const struct event *e)
{
    json_text(h->j, "reason", e->corrected.reason);
    put_changes(h, e->corrected.changes);
    put_time(h, "received_at", e->corrected.received);
    put_time(h, "statutory_due_at", e->corrected.appointment.due);
    put_time(h, "due_at", e->corrected.promised);
    json_bool(h->j, "provisional", e->corrected.appointment.provisional);
}

static void put_moved(struct history *h, const struct event *e)
{
    json_int(h->j, "cause", (int64_t)e->moved.cause);
    put_time(h, "old_statutory_due_at", e->moved.old_statutory);
    put_time(h, "new_statutory_due_at", e->moved.new_statutory);
    put_time(h, "old_due_at", e->moved.old_due);
    put_time(h, "new_due_at", e->moved.new_due);
    json_bool(h->j, "provisional", e->moved.provisional);
}

static void put_fee(struct history *h, const struct event *e)
{
    json_int(h->j, "amount", e->fee.amount);
    json_bool(h->j, "exempt", e->fee.exempt);
    json_text(h->j, "reason", e->fee.reason);
    json_text(h->j, "document", e->fee.document);
}

static void put_late_reason(struct history *h, const struct event *e)
{
    json_name(h->j, "category", late_category_name(e->late_reason.category));
    json_text(h->j, "reason", e->late_reason.reason);
    json_name(h->j, "excuse", excuse_name(e->late_reason.excuse));
}

/* ---- an entry ---- */

static void put_details(struct history *h, const struct event *e)
{
    switch (e->kind) {
    case EVENT_RECEIVED:
        put_receipt(h, &e->received.receipt, e->received.officer, e->received.unit);
        put_appointment(h, &e->received.appointment);
        receipt_number_json(h->j, "register", e->received.in_register);
        put_step(h, e->received.step, &e->received.within, e->received.within_due);
        break;
    case EVENT_IMPORTED:
    case EVENT_REIMPORTED: put_imported(h, e); break;
    case EVENT_TRANSFERRED: put_transferred(h, e); break;
    case EVENT_APOLOGIZED: put_apologized(h, e); break;
    case EVENT_RESOLVED: put_resolved(h, e); break;
    case EVENT_RETURNED: put_returned(h, e); break;
    case EVENT_REFUSED:
    case EVENT_WITHDRAWN:
    case EVENT_STOPPED:
    case EVENT_VOIDED: put_ended(h, e); break;
    case EVENT_SUPPLEMENT_REQUESTED: put_supplement(h, e); break;
    case EVENT_PAYMENT_AWAITED:
        json_text(h->j, "note", e->payment.note);
        json_int(h->j, "late_days", e->payment.late.statutory);
        break;
    case EVENT_RESTARTED:
    case EVENT_PAID: put_resumed(h, e); break;
    case EVENT_UNDONE: put_undone(h, e); break;
    case EVENT_CORRECTED: put_corrected(h, e); break;
    case EVENT_RATED:
        json_int(h->j, "stars", e->rated.stars);
        json_text(h->j, "note", e->rated.note);
        break;
    case EVENT_DUE_MOVED: put_moved(h, e); break;
    case EVENT_FEE: put_fee(h, e); break;
    case EVENT_LATE_REASON: put_late_reason(h, e); break;
    default: break;
    }
}

void history_entry_json(struct cli *c, struct json *j, const struct event *e, bool unmask)
{
    put_details(&(struct history){.c = c, .j = j, .unmask = unmask}, e);
}

static bool put_event(void *arg, const struct event *e)
{
    struct history *h = arg;
    struct json *j = h->j;
    json_object_begin(j, NULL);
    json_int(j, "seq", (int64_t)e->seq);
    json_utc(j, "recorded_at", e->recorded_at, h->c->offset);
    json_minute(j, "at", e->at, h->c->offset);
    json_text(j, "by", e->by);
    json_name(j, "kind", event_kind_name(e->kind));
    json_bool(j, "backdated", event_is_backdated(e, h->c->offset));
    if (e->undone_by)
        json_int(j, "undone_by", (int64_t)e->undone_by);
    else
        json_null(j, "undone_by");
    int64_t written = view_written(h->c->view, e);
    if (written < e->recorded_at)
        json_utc(j, "recorded_before", written, h->c->offset);
    put_details(h, e);
    json_object_end(j);
    return true;
}

void history_json(struct cli *c, struct json *j, const struct dossier *d, bool unmask)
{
    struct history h = {.c = c, .j = j, .unmask = unmask};
    json_array_begin(j, "history");
    view_history(c->view, d, put_event, &h);
    json_array_end(j);
}
