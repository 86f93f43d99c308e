#include "tests/report_people_oracle.h"

#include <stdlib.h>

/* ---- a dossier as it stood ---- */

static bool stands(const struct event *e)
{
    return e->kind != EVENT_UNDONE && !e->undone_by;
}

static bool follow(struct dossier *d, struct event e)
{
    e.previous = d->last_event;
    return evolve(d, &e);
}

/* What happened up to `when`: in a plain world nothing else was known then; elsewhere all of it. */
static bool then_of(const struct oracle *o, const struct report_chain *c, civil_minute when,
                    struct dossier *d)
{
    *d = (struct dossier){0};
    if (!o->plain)
        *d = c->now;
    for (size_t i = 0; o->plain && i < c->events && c->event[i].at <= when; i++)
        if (!follow(d, c->event[i]))
            abort();
    return d->facts.id != 0;
}

static civil_minute solved_of(const struct facts *f)
{
    return state_is_open(f->state) || f->state == STATE_VOID ? NO_TIME : f->resolved;
}

static const struct report_chain *chain_of(const struct oracle *o, uint64_t id)
{
    return &o->known->chain[id - 1];
}

bool oracle_belongs(const struct oracle *o, uint64_t id)
{
    const struct facts *f = &chain_of(o, id)->now.facts;
    civil_minute solved = solved_of(f);
    return f->state != STATE_VOID && civil_day_of(f->received) <= o->period.to &&
           (solved == NO_TIME || civil_day_of(solved) >= o->period.from);
}

static bool solved_in(const struct oracle *o, const struct facts *f)
{
    civil_minute solved = solved_of(f);
    return solved != NO_TIME && period_has(o->period, civil_day_of(solved));
}

/* ---- in whose hands ---- */

struct hand {
    civil_minute from, to; /* NO_TIME: still */
    struct str login, unit;
    bool waiting, by_transfer;
};
struct hands {
    struct hand hand[REPORT_CHAIN + 2];
    size_t n;
};

static void take(struct hands *h, civil_minute at, struct str login, struct str unit, bool waiting)
{
    civil_minute from = at;
    if (h->n && h->hand[h->n - 1].from > from)
        from = h->hand[h->n - 1].from;
    if (h->n && h->hand[h->n - 1].to == NO_TIME)
        h->hand[h->n - 1].to = from;
    h->hand[h->n++] = (struct hand){from, NO_TIME, login, unit, waiting, false};
}

static void let_go(struct hands *h, civil_minute at)
{
    struct hand *last = &h->hand[h->n - 1];
    if (last->to == NO_TIME)
        last->to = at > last->from ? at : last->from;
}

static void pass(struct hands *h, const struct event *e, const struct dossier *now, struct hand *worker)
{
    bool work = false;
    switch (e->kind) {
    case EVENT_RECEIVED:
        *worker = (struct hand){.login = e->received.officer, .unit = e->received.unit};
        break;
    case EVENT_IMPORTED:
        *worker = (struct hand){.login = e->imported.officer, .unit = e->imported.unit};
        break;
    case EVENT_TRANSFERRED:
        *worker = (struct hand){.login = e->transferred.to, .unit = e->transferred.unit};
        work = true;
        break;
    case EVENT_RESTARTED:
    case EVENT_PAID: work = true; break;
    case EVENT_SUPPLEMENT_REQUESTED:
    case EVENT_PAYMENT_AWAITED: take(h, e->at, STR_NONE, STR_NONE, true); break;
    case EVENT_RESOLVED:
    case EVENT_REFUSED:
    case EVENT_WITHDRAWN:
    case EVENT_STOPPED:
    case EVENT_VOIDED: let_go(h, e->at); break;
    default: break;
    }
    if (event_begins(e->kind))
        take(h, now->facts.received, worker->login, worker->unit, false);
    else if (work)
        take(h, e->at, worker->login, worker->unit, false);
    if (e->kind == EVENT_TRANSFERRED)
        h->hand[h->n - 1].by_transfer = true;
    if (e->kind == EVENT_IMPORTED && e->imported.waiting_since != NO_TIME)
        take(h, e->imported.waiting_since, STR_NONE, STR_NONE, true);
    if (e->kind == EVENT_IMPORTED && !state_is_open(e->imported.state))
        let_go(h, e->imported.resolved != NO_TIME ? e->imported.resolved : e->at);
}

static void hands_of(const struct oracle *o, const struct report_chain *c, struct hands *h)
{
    struct hand worker = {0};
    h->n = 0;
    for (size_t i = 0; i < c->events; i++)
        if (stands(&c->event[i]) && c->event[i].at <= o->closing)
            pass(h, &c->event[i], &c->now, &worker);
}

static struct str unit_of(const struct oracle *o, struct str login, struct str unit)
{
    const struct officer *who = login.n ? office_find_officer(o->known->office, login) : NULL;
    return unit.n || !who ? unit : who->unit;
}

static const struct hand *last_worker(const struct hands *h, civil_day upto)
{
    const struct hand *first = NULL;
    for (size_t i = h->n; i-- > 0;)
        if (!h->hand[i].waiting) {
            first = &h->hand[i];
            if (civil_day_of(first->from) <= upto)
                return first;
        }
    return first;
}

/* ---- lateness ---- */

static civil_minute due_of(const struct dossier *d, enum report_basis basis)
{
    return basis == BASIS_PROMISED ? d->promised : d->appointment.due;
}

static uint32_t days_over(const struct oracle *o, civil_minute due, civil_minute end)
{
    uint32_t days = 0;
    if (due == NO_TIME || end == NO_TIME || civil_day_of(end) <= civil_day_of(due))
        return 0;
    for (civil_day day = civil_day_of(due) + 1; day <= civil_day_of(end); day++)
        days += calendar_is_working(office_calendar(o->known->office), day);
    return days ? days : 1;
}

static struct lateness found_by(const struct event *e)
{
    if (e->kind == EVENT_SUPPLEMENT_REQUESTED)
        return e->supplement.late;
    if (e->kind == EVENT_PAYMENT_AWAITED)
        return e->payment.late;
    if (e->kind == EVENT_IMPORTED && state_is_waiting(e->imported.state))
        return e->imported.late;
    return (struct lateness){0};
}

struct lapse {
    uint32_t days;
    civil_day day; /* that it let pass first */
};

static struct lapse lapse_of(const struct oracle *o, uint64_t id, enum report_basis basis)
{
    const struct report_chain *c = chain_of(o, id);
    struct dossier then, before = {0};
    struct lapse l = {0, NO_DAY};
    bool solved = solved_in(o, &c->now.facts), promised = basis == BASIS_PROMISED;
    if (!oracle_belongs(o, id))
        return l;
    if (solved)
        then = c->now;
    else if (!then_of(o, c, o->closing, &then) || then.facts.received > o->closing)
        return l;
    bool was_late = promised ? then.facts.was_late_promised : then.facts.was_late;
    uint32_t found = 0;
    for (size_t i = 0; i < c->events; i++) {
        const struct event *e = &c->event[i];
        if (!stands(e) || e->at > o->closing)
            continue;
        struct lateness late = found_by(e);
        uint32_t now = promised ? late.promised : late.statutory;
        bool is_wait = e->kind == EVENT_SUPPLEMENT_REQUESTED || e->kind == EVENT_PAYMENT_AWAITED;
        if (is_wait)
            found = now;
        if (is_wait && now && l.day == NO_DAY && due_of(&before, basis) != NO_TIME)
            l.day = civil_day_of(due_of(&before, basis));
        if (!follow(&before, *e))
            abort();
        if (e->kind == EVENT_IMPORTED && now) {
            found = now;
            if (due_of(&before, basis) != NO_TIME)
                l.day = civil_day_of(due_of(&before, basis));
        }
    }
    civil_minute waiting = then.facts.waiting_since, end = solved ? then.facts.resolved : o->closing;
    if (was_late)
        l.days = found;
    if (waiting == NO_TIME)
        l.days += days_over(o, due_of(&then, basis), end);
    else if (!was_late && !state_is_waiting(then.facts.state))
        l.days += days_over(o, due_of(&then, basis), waiting);
    if (!was_late)
        l.day = l.days ? civil_day_of(due_of(&then, basis)) : NO_DAY;
    return l;
}

uint32_t oracle_late(const struct oracle *o, uint64_t id, struct str *whose, struct str *unit)
{
    struct lapse l = lapse_of(o, id, o->basis);
    struct hands h;
    hands_of(o, chain_of(o, id), &h);
    const struct hand *at = l.days ? last_worker(&h, l.day == NO_DAY ? INT32_MAX : l.day) : NULL;
    *whose = at ? at->login : STR_NONE;
    *unit = at ? unit_of(o, at->login, at->unit) : STR_NONE;
    return l.days;
}

/* ---- work ---- */

struct asked {
    const struct oracle *o;
    struct str who;
    bool by_unit;
};

static bool is_theirs(const struct asked *a, struct str login, struct str unit)
{
    return str_eq(a->by_unit ? unit_of(a->o, login, unit) : login, a->who);
}

static bool has(const struct oracle *o, civil_minute t)
{
    return t != NO_TIME && t <= o->closing && period_has(o->period, civil_day_of(t));
}

static void add_hands(const struct asked *a, const struct hands *h, int64_t out[WORK_NUMBERS])
{
    bool held = false;
    for (size_t i = 0; i < h->n; i++) {
        const struct hand *x = &h->hand[i];
        const struct hand *next = i + 1 < h->n ? x + 1 : NULL;
        if (x->waiting || !is_theirs(a, x->login, x->unit))
            continue;
        for (civil_day d = a->o->period.from; d <= a->o->period.to && !held; d++)
            held = civil_day_of(x->from) <= d && (x->to == NO_TIME || civil_day_of(x->to) >= d);
        if (has(a->o, x->to) && !(next && next->waiting)) {
            out[WORK_STEPS]++;
            out[WORK_HANDED_ON] += next && next->by_transfer;
        }
    }
    out[WORK_HELD] += held;
}

/* All the time from receipt to end, less what it waited: from each wait to what ended it. */
static int64_t minutes_of(const struct oracle *o, const struct report_chain *c)
{
    const struct calendar *cal = office_calendar(o->known->office);
    const struct facts *f = &c->now.facts;
    int64_t minutes = calendar_minutes_between(cal, f->received, f->resolved);
    for (size_t i = 0; i < c->events; i++) {
        const struct event *e = &c->event[i];
        bool brought = e->kind == EVENT_IMPORTED && state_is_waiting(e->imported.state);
        if (!stands(e) ||
            (e->kind != EVENT_SUPPLEMENT_REQUESTED && e->kind != EVENT_PAYMENT_AWAITED && !brought))
            continue;
        civil_minute at = brought ? e->imported.waiting_since : e->at;
        civil_minute until = f->resolved, begins = at > f->received ? at : f->received;
        for (size_t k = i + 1; k < c->events && until == f->resolved; k++)
            if (stands(&c->event[k]) &&
                (c->event[k].kind == EVENT_RESTARTED || c->event[k].kind == EVENT_PAID))
                until = c->event[k].at;
        minutes -= calendar_minutes_between(cal, begins, until);
    }
    return minutes;
}

static bool without_reason(const struct dossier *d)
{
    if (d->late_reason.excuse == EXCUSE_GOOD)
        return false;
    if (d->late_reason.excuse == EXCUSE_NOT_GOOD)
        return true;
    return !d->apology.number && d->late_reason.category == LATE_UNSAID;
}

static void add_dossier(const struct asked *a, uint64_t id, int64_t out[WORK_NUMBERS])
{
    const struct oracle *o = a->o;
    const struct report_chain *c = chain_of(o, id);
    const struct dossier *d = &c->now;
    struct hands h;
    struct str login, unit;
    hands_of(o, c, &h);
    uint32_t late = oracle_late(o, id, &login, &unit);
    if (has(o, d->facts.received))
        out[WORK_RECEIVED] += is_theirs(a, d->imported ? STR_NONE : d->receiver, STR_NONE);
    add_hands(a, &h, out);
    out[WORK_THEIRS] += late && str_eq(a->by_unit ? unit : login, a->who);
    out[WORK_WITHOUT] += late && str_eq(a->by_unit ? unit : login, a->who) && without_reason(d);
    const struct hand *last = last_worker(&h, INT32_MAX);
    if (!is_theirs(a, last->login, last->unit))
        return;
    if (!solved_in(o, &d->facts)) {
        struct dossier then;
        out[WORK_OPEN]++;
        if (then_of(o, c, o->closing, &then))
            out[WORK_OVERDUE] += late && !state_is_waiting(then.facts.state);
        return;
    }
    civil_minute due = due_of(d, o->basis), end = d->facts.resolved;
    if (d->facts.waiting_since != NO_TIME)
        end = d->facts.waiting_since;
    bool early = !late && due != NO_TIME && civil_day_of(end) < civil_day_of(due);
    out[WORK_SOLVED]++;
    out[WORK_LATE] += late > 0;
    out[WORK_EARLY] += early;
    out[WORK_ON_TIME] += !late && !early;
    out[WORK_MINUTES] += minutes_of(o, c);
}

void oracle_work(const struct oracle *o, struct str who, bool by_unit, int64_t out[WORK_NUMBERS])
{
    struct asked a = {o, who, by_unit};
    memset(out, 0, WORK_NUMBERS * sizeof *out);
    for (uint64_t id = 1; id <= o->known->dossiers; id++)
        if (oracle_belongs(o, id) && chain_of(o, id)->now.facts.received <= o->closing)
            add_dossier(&a, id, out);
}

/* ---- letters ---- */

static int end_of(const struct oracle *o, const struct report_chain *c, const struct event *e)
{
    struct dossier then;
    if (!stands(e) || c->now.facts.state == STATE_VOID)
        return SUM_TAKEN_BACK;
    if (e->apologized.new_due == NO_TIME)
        return SUM_NO_DATE;
    if (!then_of(o, c, o->closing, &then))
        abort();
    civil_minute solved = solved_of(&then.facts);
    if (solved == NO_TIME) {
        bool late = then.promised != NO_TIME && !state_is_waiting(then.facts.state) &&
                    civil_day_of(o->closing) > civil_day_of(then.promised);
        return late ? SUM_BROKEN : SUM_OPEN;
    }
    if (then.promised == NO_TIME)
        return SUM_NO_DATE;
    if (then.facts.waiting_since != NO_TIME)
        solved = then.facts.waiting_since;
    return civil_day_of(solved) <= civil_day_of(then.promised) ? SUM_KEPT : SUM_NOT_KEPT;
}

void oracle_letters(const struct oracle *o, int64_t out[SUM_NUMBERS])
{
    memset(out, 0, SUM_NUMBERS * sizeof *out);
    for (uint64_t id = 1; id <= o->known->dossiers; id++) {
        const struct report_chain *c = chain_of(o, id);
        struct dossier then;
        if (lapse_of(o, id, BASIS_STATUTORY).days) {
            bool solved = solved_in(o, &c->now.facts);
            out[SUM_LATE]++;
            if (solved ? c->now.apology.number != 0
                       : then_of(o, c, o->closing, &then) && then.apology.number != 0)
                out[SUM_WITH]++;
        }
        for (size_t i = 0; i < c->events; i++) {
            const struct event *e = &c->event[i];
            if (e->kind != EVENT_APOLOGIZED || !has(o, e->at))
                continue;
            int end = end_of(o, c, e);
            out[end]++;
            out[SUM_OPEN] += end == SUM_BROKEN;
            out[SUM_ISSUED] += end != SUM_TAKEN_BACK;
            out[SUM_IN_TIME] += end != SUM_TAKEN_BACK && e->apologized.in_time;
        }
    }
    out[SUM_WITHOUT] = out[SUM_LATE] - out[SUM_WITH];
}

/* ---- days ---- */

static void add_fees(const struct report_chain *c, civil_day day, int64_t out[DAY_NUMBERS])
{
    for (size_t i = 0; i < c->events; i++) {
        const struct event *e = &c->event[i];
        if (e->kind != EVENT_FEE || !stands(e) || civil_day_of(e->at) != day)
            continue;
        out[DAY_TAKEN] += e->fee.amount > 0 ? e->fee.amount : 0;
        out[DAY_GIVEN_BACK] -= e->fee.amount < 0 ? e->fee.amount : 0;
        out[DAY_EXEMPT] += e->fee.exempt && c->now.facts.state != STATE_VOID;
    }
}

static void add_due(const struct oracle *o, const struct report_chain *c, civil_day day,
                    int64_t out[DAY_NUMBERS])
{
    struct dossier then;
    if (!then_of(o, c, civil_at(day + 1, 0) - 1, &then) || then.promised == NO_TIME)
        return;
    civil_minute solved = solved_of(&then.facts);
    bool runs = then.facts.state == STATE_PROCESSING;
    bool today = solved != NO_TIME && civil_day_of(solved) == day && then.facts.waiting_since == NO_TIME;
    out[DAY_DUE] += (runs || today) && civil_day_of(then.promised) == day;
    out[DAY_OVERDUE] += runs && civil_day_of(then.promised) < day;
}

void oracle_day(const struct oracle *o, civil_day day, int64_t out[DAY_NUMBERS])
{
    memset(out, 0, DAY_NUMBERS * sizeof *out);
    for (uint64_t id = 1; id <= o->known->dossiers; id++) {
        const struct report_chain *c = chain_of(o, id);
        const struct facts *f = &c->now.facts;
        add_fees(c, day, out); /* money was in the drawer whatever became of its dossier */
        if (f->state == STATE_VOID)
            continue;
        bool returned = f->returned != NO_TIME && civil_day_of(f->returned) == day;
        if (civil_day_of(f->received) == day) {
            out[DAY_RECEIVED]++;
            out[f->channel == CHANNEL_ONLINE   ? DAY_ONLINE
                : f->channel == CHANNEL_POSTAL ? DAY_POSTAL
                                               : DAY_DIRECT]++;
            out[DAY_SERVED] += returned;
        }
        out[DAY_RETURNED] += returned;
        civil_minute solved = solved_of(f);
        out[DAY_SOLVED] += solved != NO_TIME && civil_day_of(solved) == day;
        if (o->plain)
            add_due(o, c, day, out);
    }
}
