#include "cli/entry_json.h"

#include "cli/days_text.h"
#include "cli/history_json.h"
#include "cli/procedure_page.h"
#include "cli/receipt_json.h"
#include "cli/steps_text.h"

/* ---- the office's own ---- */

/* "+07:00" */
static void put_offset(struct json *j, int minutes)
{
    struct buf text = BUF_INIT;
    int size = minutes < 0 ? -minutes : minutes;
    buf_addf(&text, "%c%02d:%02d", minutes < 0 ? '-' : '+', size / 60, size % 60);
    json_text(j, "utc_offset", buf_str(&text));
    j->out->failed = j->out->failed || text.failed;
    buf_release(&text);
}

static void put_founded(struct json *j, const struct office_identity *f)
{
    json_text(j, "office", f->name);
    json_text(j, "agency", f->agency);
    json_text(j, "parent", f->parent);
    json_text(j, "place", f->place);
    put_offset(j, f->utc_offset);
    json_bool(j, "demo", f->demo);
}

static void put_officer(struct json *j, const struct officer *o)
{
    json_text(j, "login", o->login);
    json_text(j, "name", o->name);
    json_name(j, "role", role_name(o->role));
    json_text(j, "unit", o->unit);
    json_text(j, "title", o->title);
    json_bool(j, "retired", o->retired);
}

static void put_day(struct json *j, const struct office_day *d)
{
    json_day(j, "date", d->day);
    json_name(j, "day_kind", day_kind_name(d->kind));
    json_text(j, "name", d->name);
    json_text(j, "document", d->document);
}

/* Weekdays as numbers, 1 is Monday. */
static void put_hours(struct json *j, const struct office_hours *h)
{
    struct buf text = BUF_INIT;
    hours_format(&text, h);
    json_day(j, "from", h->from);
    json_array_begin(j, "weekdays");
    for (enum weekday day = MONDAY; day <= SUNDAY; day++)
        if (h->weekdays & 1 << day)
            json_int(j, NULL, day);
    json_array_end(j);
    json_text(j, "hours", buf_str(&text));
    j->out->failed = j->out->failed || text.failed;
    buf_release(&text);
}

static void put_clock(struct cli *c, struct json *j, const struct event *e)
{
    json_text(j, "reason", e->clock.reason);
    json_utc(j, "behind", e->clock.behind, c->offset);
    if (e->clock.before)
        json_int(j, "before", (int64_t)e->clock.before);
    else
        json_null(j, "before");
}

static void put_steps(struct json *j, const struct event *e)
{
    json_text(j, "procedure", e->steps.code);
    json_text(j, "case", e->steps.kase);
    steps_json(j, e->steps.steps);
}

/* ---- at the counter ---- */

static void put_turned_away(struct cli *c, struct json *j, const struct event *e)
{
    json_bool(j, "refused", e->turned_away.refused);
    json_int(j, "number", e->turned_away.slip.number);
    json_int(j, "year", e->turned_away.slip.year);
    json_text(j, "procedure", e->turned_away.receipt.procedure.code);
    json_text(j, "case", e->turned_away.receipt.procedure.kase);
    json_text(j, "reason", e->turned_away.reason);
    receipt_texts_json(j, "needs", e->turned_away.needs);
    receipt_json(j, &e->turned_away.receipt, c->offset);
}

static void put_turn_away_voided(struct json *j, const struct event *e)
{
    json_int(j, "voided_seq", (int64_t)e->turn_away_voided.seq);
    json_bool(j, "refused", e->turn_away_voided.refused);
    json_int(j, "number", e->turn_away_voided.slip.number);
    json_int(j, "year", e->turn_away_voided.slip.year);
    json_text(j, "reason", e->turn_away_voided.reason);
}

/* ---- beside a dossier's history ---- */

/* Late by the promised time too; the history counts by the statutory one. */
static void put_late(struct json *j, struct lateness late)
{
    json_int(j, "late_days_promised", late.promised);
}

static void put_imported(struct cli *c, struct json *j, const struct event *e)
{
    json_text(j, "procedure_name", e->imported.title);
    json_text(j, "field", e->imported.field);
    json_minute(j, "waiting_since", e->imported.waiting_since, c->offset);
    put_late(j, e->imported.late);
    receipt_json(j, &e->imported.receipt, c->offset);
}

static void put_corrected(struct cli *c, struct json *j, const struct event *e)
{
    json_minute(j, "counting_at", e->corrected.appointment.counting, c->offset);
    receipt_json(j, &e->corrected.receipt, c->offset);
}

/* ---- any ---- */

/* Without a default: whoever adds a kind is told here what is missing. */
static void put_more(struct cli *c, struct json *j, const struct event *e)
{
    switch (e->kind) {
    case EVENT_FOUNDED: put_founded(j, &e->founded); break;
    case EVENT_OFFICER_PUT: put_officer(j, &e->officer); break;
    case EVENT_PROCEDURE_PUT: procedure_columns(j, &e->procedure); break;
    case EVENT_DAY_PUT: put_day(j, &e->day); break;
    case EVENT_YEARS_KNOWN:
        json_int(j, "first_year", e->known.first);
        json_int(j, "last_year", e->known.last);
        break;
    case EVENT_SETTING_PUT:
        json_text(j, "key", e->setting.key);
        if (e->setting.value.p)
            json_str(j, "value", e->setting.value);
        else
            json_null(j, "value");
        break;
    case EVENT_DAY_REMOVED: json_day(j, "date", e->removed.day); break;
    case EVENT_HOURS_PUT: put_hours(j, &e->hours); break;
    case EVENT_CLOCK_ACCEPTED: put_clock(c, j, e); break;
    case EVENT_STEPS_PUT: put_steps(j, e); break;
    case EVENT_TURNED_AWAY: put_turned_away(c, j, e); break;
    case EVENT_TURN_AWAY_VOIDED: put_turn_away_voided(j, e); break;
    case EVENT_RECEIVED: receipt_json(j, &e->received.receipt, c->offset); break;
    case EVENT_IMPORTED:
    case EVENT_REIMPORTED: put_imported(c, j, e); break;
    case EVENT_RESOLVED: put_late(j, e->resolved.late); break;
    case EVENT_REFUSED:
    case EVENT_WITHDRAWN:
    case EVENT_STOPPED:
    case EVENT_VOIDED: put_late(j, e->ended.late); break;
    case EVENT_SUPPLEMENT_REQUESTED: put_late(j, e->supplement.late); break;
    case EVENT_PAYMENT_AWAITED: put_late(j, e->payment.late); break;
    case EVENT_CORRECTED: put_corrected(c, j, e); break;
    case EVENT_DUE_MOVED: json_minute(j, "counting_at", e->moved.counting, c->offset); break;
    case EVENT_APOLOGIZED: json_int(j, "year", e->apologized.year); break;
    case EVENT_FEE:
    case EVENT_LATE_REASON:
    case EVENT_TRANSFERRED:
    case EVENT_RETURNED:
    case EVENT_RESTARTED:
    case EVENT_PAID:
    case EVENT_UNDONE:
    case EVENT_RATED: break;
    }
}

void entry_json(struct cli *c, struct json *j, const struct event *e)
{
    history_entry_json(c, j, e, true);
    put_more(c, j, e);
}
