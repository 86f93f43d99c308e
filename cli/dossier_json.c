#include "cli/dossier_json.h"

#include "cli/history_json.h"
#include "cli/receipt_json.h"
#include "cli/steps_text.h"
#include "core/slip.h"

bool dossier_procedure(struct cli *c, const struct dossier *d, struct procedure *out)
{
    const struct procedure *now = office_procedure_by_number(c->office, d->facts.procedure);
    *out =
        (struct procedure){.code = d->receipt.procedure.code, .kase = d->receipt.procedure.kase, .fee = -1};
    if (d->title.n) { /* what another system called a procedure that is none of ours */
        out->name = d->title;
        out->field = d->field_title;
        return true;
    }
    if (now && now->version == d->receipt.procedure.version) {
        *out = *now;
        return true;
    }
    return view_procedure_of(c->view, d, out);
}

/* What ended while the applicant was awaited is judged where the waiting began. */
int apology_kept(const struct dossier *d)
{
    const struct facts *f = &d->facts;
    civil_minute end = f->waiting_since != NO_TIME ? f->waiting_since : f->resolved;
    if (d->apology.new_due == NO_TIME || f->resolved == NO_TIME || f->due == NO_TIME ||
        f->state == STATE_VOID)
        return -1;
    return !is_past(f, f->due, end);
}

/* ---- parts ---- */

static void put_count(struct json *j, const char *key, int64_t n, int64_t none)
{
    if (n == none)
        json_null(j, key);
    else
        json_int(j, key, n);
}

static void put_letter(struct json *j, const char *key, uint32_t number)
{
    struct buf text = BUF_INIT;
    apology_number(&text, number);
    json_text(j, key, buf_str(&text));
    buf_release(&text);
}

static void put_apology(struct cli *c, struct json *j, const struct dossier *d)
{
    const struct apology *a = &d->apology;
    if (!a->number) {
        json_null(j, "apology");
        return;
    }
    int kept = apology_kept(d);
    json_object_begin(j, "apology");
    json_int(j, "number", a->number);
    json_minute(j, "issued_at", a->issued, c->offset);
    json_utc(j, "recorded_at", a->recorded_at, c->offset);
    json_text(j, "by", a->by);
    json_text(j, "reason", a->reason);
    json_minute(j, "old_due_at", a->old_due, c->offset);
    json_minute(j, "new_due_at", a->new_due, c->offset);
    json_bool(j, "in_time", a->in_time);
    if (kept < 0)
        json_null(j, "kept");
    else
        json_bool(j, "kept", kept);
    put_letter(j, "letter", a->number);
    json_int(j, "year", a->year);
    json_text(j, "signer", a->signer);
    struct slip_form form = slip_form(c->office, SLIP_APOLOGY, civil_day_of(d->facts.received));
    json_text(j, "unit", a->unit);
    json_str(j, "form", form.number);
    json_str(j, "title", form.title);
    json_object_end(j);
}

/* ---- the object ---- */

static void put_what(struct cli *c, struct json *j, const struct dossier *d)
{
    struct procedure p;
    dossier_procedure(c, d, &p);
    json_text(j, "code", d->code);
    json_text(j, "procedure", d->receipt.procedure.code);
    json_text(j, "case", d->receipt.procedure.kase);
    json_text(j, "procedure_name", p.name);
    json_text(j, "field", p.field);
    receipt_limit_json(j, "limit", &d->receipt.limit);
}

static void put_standing(struct cli *c, struct json *j, const struct dossier *d, const struct judge *judge)
{
    const struct facts *f = &d->facts;
    json_text(j, "submitter", d->receipt.submitter);
    json_name(j, "channel", channel_name(f->channel));
    json_text(j, "receiver", d->receiver);
    json_text(j, "officer", d->officer);
    json_text(j, "unit", d->unit);
    json_text(j, "resolving_unit", dossier_resolving_unit(d));
    json_name(j, "state", state_name(f->state));
    json_name(j, "status", status_name(status_of(judge, f)));
    json_minute(j, "submitted_at", d->receipt.submitted, c->offset);
    json_minute(j, "received_at", f->received, c->offset);
    json_minute(j, "statutory_due_at", state_is_waiting(f->state) ? NO_TIME : f->statutory_due, c->offset);
    json_minute(j, "due_at", state_is_waiting(f->state) ? NO_TIME : f->due, c->offset);
    json_minute(j, "resolved_at", f->resolved, c->offset);
    json_minute(j, "returned_at", f->returned, c->offset);
    json_name(j, "ended_how", ended_how_name(f->ended_how));
    json_name(j, "return_channel", channel_name(d->return_channel));
    json_int(j, "supplements", d->supplements);
    json_bool(j, "insisted", f->insisted);
    json_minute(j, "waiting_since", state_is_waiting(f->state) ? f->waiting_since : NO_TIME, c->offset);
    json_int(j, "late_days", late_days_now(judge, f, d->late.statutory));
    json_text(j, "note", d->receipt.note);
    put_count(j, "rating", d->rating, 0);
    json_bool(j, "digitized", d->digitized);
}

/* Why a supplement was asked for, and what; null where none was, or none stands. */
static void put_supplement(struct json *j, const struct dossier *d)
{
    if (!d->supplements) {
        json_null(j, "supplement");
        return;
    }
    json_object_begin(j, "supplement");
    json_text(j, "reason", d->asked);
    receipt_texts_json(j, "needs", d->needs);
    json_object_end(j);
}

/* Why it is late, and a chief's word; null where neither was given. */
static void put_late_reason(struct json *j, const struct late_reason *r)
{
    if (r->category == LATE_UNSAID && r->excuse == EXCUSE_UNSAID) {
        json_null(j, "late_reason");
        return;
    }
    json_object_begin(j, "late_reason");
    json_name(j, "category", late_category_name(r->category));
    json_text(j, "reason", r->reason);
    json_text(j, "by", r->by);
    json_name(j, "excuse", excuse_name(r->excuse));
    json_text(j, "excused_by", r->excused_by);
    json_object_end(j);
}

static void put_counter(struct json *j, const struct dossier *d)
{
    receipt_number_json(j, "register", d->in_register);
    json_text(j, "step", d->step);
    json_int(j, "fee_paid", d->fee_paid);
    json_bool(j, "fee_exempt", d->fee_exempt);
    put_late_reason(j, &d->late_reason);
    receipt_number_json(j, "supplement_slip",
                        d->supplements ? d->supplement_slip : (struct yearly_number){0});
    receipt_number_json(j, "end_slip", d->end_slip);
}

/* What the contract does not name stands at the end. */
static void put_more(struct cli *c, struct json *j, const struct dossier *d)
{
    json_bool(j, "provisional", d->facts.provisional);
    json_name(j, "clock", d->receipt.clock == CLOCK_UNSET ? NULL : due_clock_name(d->receipt.clock));
    json_minute(j, "counting_at", d->appointment.counting, c->offset);
    put_count(j, "fee_vnd", d->receipt.fee, -1);
    json_int(j, "sets", d->receipt.sets);
    json_name(j, "collect", d->receipt.collect == CHANNEL_DIRECT ? "desk" : channel_name(d->receipt.collect));
    json_text(j, "authority", d->receipt.authority);
    receipt_texts_json(j, "components", d->receipt.components);
    json_text(j, "result", d->result);
    json_text(j, "returned_to", d->returned_to);
    put_supplement(j, d);
    receipt_limit_json(j, "within", &d->within);
    put_counter(j, d);
    json_bool(j, "imported", d->imported);
    json_bool(j, "demo", c->demo);
}

void dossier_json(struct cli *c, struct json *j, const char *key, const struct dossier *d,
                  const struct dossier_view *view)
{
    json_object_begin(j, key);
    put_what(c, j, d);
    receipt_applicant_json(j, &d->receipt.applicant, view->unmask);
    put_standing(c, j, d, view->judge);
    put_apology(c, j, d);
    put_more(c, j, d);
    if (view->history) {
        stages_json(c, j, d, view->judge->now);
        history_json(c, j, d, view->unmask);
    }
    json_object_end(j);
}
