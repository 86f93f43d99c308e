#include "core/event.h"

const char *event_kind_name(enum event_kind kind)
{
    switch (kind) {
    case EVENT_FOUNDED: return "founded";
    case EVENT_OFFICER_PUT: return "officer_put";
    case EVENT_PROCEDURE_PUT: return "procedure_put";
    case EVENT_DAY_PUT: return "day_put";
    case EVENT_YEARS_KNOWN: return "years_known";
    case EVENT_RECEIVED: return "received";
    case EVENT_TRANSFERRED: return "transferred";
    case EVENT_APOLOGIZED: return "apologized";
    case EVENT_RESOLVED: return "resolved";
    case EVENT_RETURNED: return "returned";
    case EVENT_REFUSED: return "refused";
    case EVENT_SUPPLEMENT_REQUESTED: return "supplement_requested";
    case EVENT_RESTARTED: return "restarted";
    case EVENT_PAYMENT_AWAITED: return "payment_awaited";
    case EVENT_PAID: return "paid";
    case EVENT_WITHDRAWN: return "withdrawn";
    case EVENT_STOPPED: return "stopped";
    case EVENT_VOIDED: return "voided";
    case EVENT_UNDONE: return "undone";
    case EVENT_CORRECTED: return "corrected";
    case EVENT_RATED: return "rated";
    case EVENT_DUE_MOVED: return "due_moved";
    case EVENT_IMPORTED: return "imported";
    case EVENT_REIMPORTED: return "reimported";
    case EVENT_SETTING_PUT: return "setting_put";
    case EVENT_DAY_REMOVED: return "day_removed";
    case EVENT_HOURS_PUT: return "hours_put";
    case EVENT_CLOCK_ACCEPTED: return "clock_accepted";
    case EVENT_STEPS_PUT: return "steps_put";
    case EVENT_FEE: return "fee";
    case EVENT_LATE_REASON: return "late_reason";
    case EVENT_TURNED_AWAY: return "turned_away";
    case EVENT_TURN_AWAY_VOIDED: return "turn_away_voided";
    }
    return "unknown";
}

bool event_is_backdated(const struct event *e, int utc_offset)
{
    return !event_is_import(e->kind) && e->kind != EVENT_DUE_MOVED && e->at != NO_TIME &&
           civil_day_of(e->at) < civil_day_of(civil_from_utc(e->recorded_at, utc_offset));
}

enum series event_number(const struct event *e, struct yearly_number *out)
{
    enum series series = SERIES_NONE;
    *out = (struct yearly_number){0};
    switch (e->kind) {
    case EVENT_RECEIVED:
        series = SERIES_REGISTER;
        *out = e->received.in_register;
        break;
    case EVENT_SUPPLEMENT_REQUESTED:
        series = SERIES_SUPPLEMENT;
        *out = e->supplement.slip;
        break;
    case EVENT_REFUSED:
        series = SERIES_REFUSAL;
        *out = e->ended.slip;
        break;
    case EVENT_STOPPED:
        series = SERIES_STOP;
        *out = e->ended.slip;
        break;
    case EVENT_APOLOGIZED:
        series = SERIES_APOLOGY;
        *out = (struct yearly_number){e->apologized.number, e->apologized.year};
        break;
    case EVENT_TURNED_AWAY:
        series = e->turned_away.refused ? SERIES_REFUSAL : SERIES_SUPPLEMENT;
        *out = e->turned_away.slip;
        break;
    default: break;
    }
    return out->number ? series : SERIES_NONE;
}

struct str event_code(const struct event *e)
{
    return e->kind == EVENT_IMPORTED ? e->imported.code : e->received.code;
}
