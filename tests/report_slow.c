#include "tests/report_slow.h"

#include <stdlib.h>

enum { MOST = 1024 };

civil_day slow_day(civil_minute t)
{
    return (civil_day)(t / 1440); /* nothing here is before 1970 */
}

int64_t slow_minutes(const struct calendar *c, civil_minute from, civil_minute to)
{
    int64_t sum = 0;
    for (civil_day day = slow_day(from); day <= slow_day(to); day++) {
        const struct office_hours *h = calendar_hours(c, day);
        for (int i = 0; calendar_is_working(c, day) && i < h->span_count; i++) {
            civil_minute opens = (civil_minute)day * 1440 + h->span[i].opens;
            civil_minute closes = (civil_minute)day * 1440 + h->span[i].closes;
            civil_minute begin = from > opens ? from : opens, end = to < closes ? to : closes;
            sum += end > begin ? end - begin : 0;
        }
    }
    return sum;
}

int slow_days(const struct calendar *c, civil_day after, civil_day upto)
{
    int n = 0;
    for (civil_day day = after + 1; day <= upto; day++)
        n += calendar_is_working(c, day);
    return n;
}

/* ---- what still stands ---- */

static bool is_resume(const struct event *e)
{
    return e->kind == EVENT_RESTARTED || e->kind == EVENT_PAID;
}

/* Does a moved due time that follows speak of what this one gave, and go with it? */
static bool gives_due(const struct event *e)
{
    return is_resume(e) || e->kind == EVENT_REIMPORTED;
}

/* Crosses out what was taken back, and the taking back; and what stands before another system told the story
 * anew, all of it: nothing was done here, or it would not have been let in. */
static void cross_out(const struct event *chain, size_t count, bool out[MOST])
{
    size_t told = 0;
    for (size_t i = 0; i < count; i++) {
        out[i] = chain[i].kind == EVENT_UNDONE;
        for (size_t j = 0; out[i] && j < i; j++)
            if (chain[j].seq == chain[i].undone.seq) {
                out[j] = true;
                for (size_t k = j + 1; gives_due(&chain[j]) && k < i; k++)
                    if (chain[k].kind == EVENT_DUE_MOVED)
                        out[k] = true;
            }
    }
    for (size_t i = 0; i < count; i++)
        if (!out[i] && chain[i].kind == EVENT_REIMPORTED)
            told = i;
    for (size_t i = 0; i < told; i++)
        out[i] = true;
}

/* ---- the receipt, whatever the moment ---- */

static void look_at_receipt(struct slow *s, const struct event *e)
{
    const struct receipt *r = NULL;
    if (e->kind == EVENT_RECEIVED)
        r = &e->received.receipt;
    else if (event_is_import(e->kind))
        r = &e->imported.receipt;
    else if (e->kind == EVENT_CORRECTED)
        r = &e->corrected.receipt;
    else
        return;
    s->received = e->kind == EVENT_CORRECTED ? e->corrected.received : e->at;
    s->field = r->procedure.field_number;
    s->online = r->channel == CHANNEL_ONLINE;
}

/* ---- ending and waiting ---- */

static civil_minute solved_by(const struct event *e)
{
    switch (e->kind) {
    case EVENT_RESOLVED:
    case EVENT_REFUSED:
    case EVENT_WITHDRAWN:
    case EVENT_STOPPED: return e->at;
    case EVENT_IMPORTED:
    case EVENT_REIMPORTED: return e->imported.resolved;
    default: return NO_TIME;
    }
}

/* When the applicant began to be awaited, by this entry; NO_TIME when it says nothing of that. What another
 * system tells of may have ended in a wait. */
static civil_minute asked_by(const struct event *e)
{
    if (event_is_import(e->kind))
        return e->imported.waiting_since;
    return e->kind == EVENT_SUPPLEMENT_REQUESTED || e->kind == EVENT_PAYMENT_AWAITED ? e->at : NO_TIME;
}

static void look_at_wait(struct slow *s, const struct event *e, civil_minute when)
{
    bool brought = event_is_import(e->kind);
    if (is_resume(e))
        s->waiting = false;
    if (asked_by(e) == NO_TIME || asked_by(e) > when)
        return;
    const struct lateness *late = brought                            ? &e->imported.late
                                  : e->kind == EVENT_PAYMENT_AWAITED ? &e->payment.late
                                                                     : &e->supplement.late;
    s->waiting = true;
    s->waiting_since = asked_by(e);
    s->was_late[BASIS_STATUTORY] = s->was_late[BASIS_STATUTORY] || late->statutory > 0;
    s->was_late[BASIS_PROMISED] = s->was_late[BASIS_PROMISED] || late->promised > 0;
    s->supplements += e->kind == EVENT_SUPPLEMENT_REQUESTED;
}

/* ---- the due time ---- */

/* What an entry that gives an appointment and its terms says. */
struct terms {
    struct appointment appointment;
    struct limit limit;
    enum due_clock clock;
    int cutoff;
};

static bool same_terms(const struct terms *a, const struct terms *b)
{
    return a->appointment.from == b->appointment.from && a->appointment.due == b->appointment.due &&
           a->clock == b->clock && a->cutoff == b->cutoff && limit_equal(&a->limit, &b->limit);
}

static struct terms terms_of(const struct appointment *a, const struct receipt *r)
{
    return (struct terms){*a, r->limit, r->clock, r->cutoff};
}

/* The due times of the appointment that entry `first` began, as it was then. */
static void look_at_due(struct slow *s, const struct event *chain, size_t count, const bool out[MOST],
                        size_t first, civil_minute when)
{
    struct terms known = {.appointment = {.due = NO_TIME}}; /* with all that came after */
    bool own_limit = chain[first].kind == EVENT_PAID;
    civil_minute *statutory = &s->due[BASIS_STATUTORY], *promised = &s->due[BASIS_PROMISED];
    for (size_t i = 0; i < count; i++) {
        const struct event *e = &chain[i];
        if (out[i] || (i > first && is_resume(e)))
            if (!out[i])
                break;
        if (out[i])
            continue;
        if (e->kind == EVENT_RECEIVED)
            known = terms_of(&e->received.appointment, &e->received.receipt);
        else if (event_is_import(e->kind))
            known = terms_of(&e->imported.appointment, &e->imported.receipt);
        else if (is_resume(e))
            known.appointment = e->resumed.appointment;
        if (i == first) {
            *statutory = known.appointment.due;
            *promised = event_is_import(e->kind) ? e->imported.promised : *statutory;
            s->counted = known.appointment.counting;
        }
        bool counts = i > first;
        if (e->kind == EVENT_CORRECTED) {
            struct terms now = terms_of(&e->corrected.appointment, &e->corrected.receipt);
            if (counts && !own_limit && !same_terms(&known, &now)) {
                if (*promised == *statutory)
                    *promised = now.appointment.due;
                *statutory = now.appointment.due;
                s->counted = now.appointment.counting;
            }
            known = now;
        } else if (e->kind == EVENT_DUE_MOVED) {
            known.appointment.due = e->moved.new_statutory;
            if (counts && e->at <= when) {
                *promised = *promised == *statutory ? e->moved.new_statutory : e->moved.new_due;
                *statutory = e->moved.new_statutory;
                s->counted = e->moved.counting;
            }
        } else if (e->kind == EVENT_APOLOGIZED && counts && e->at <= when &&
                   e->apologized.new_due != NO_TIME) {
            *promised = e->apologized.new_due;
        }
    }
    s->anew = chain[first].kind == EVENT_RESTARTED && *promised == *statutory && *statutory != NO_TIME;
}

/* ---- work done ---- */

/* Minute and day of every stretch in which the applicant was not awaited. */
static void look_at_work(struct slow *s, const struct event *chain, size_t count, const bool out[MOST],
                         civil_minute when, const struct calendar *c)
{
    civil_minute from = s->received;
    bool works = true;
    for (size_t i = 0; i < count; i++) {
        const struct event *e = &chain[i];
        bool waits = asked_by(e) != NO_TIME;
        civil_minute at = waits ? asked_by(e) : e->at;
        if (!out[i] && e->at <= when && e->kind == EVENT_APOLOGIZED && e->apologized.new_due != NO_TIME &&
            e->apologized.old_due != NO_TIME)
            s->added = slow_days(c, slow_day(e->apologized.old_due), slow_day(e->apologized.new_due));
        if (out[i] || at > when || !(waits || is_resume(e)))
            continue;
        if (waits) {
            civil_minute counting = calendar_counting_moment(c, from);
            s->minutes += works ? slow_minutes(c, from, at) : 0;
            s->days += works ? slow_days(c, slow_day(counting), slow_day(at)) : 0;
            works = false;
        } else {
            s->days = e->kind == EVENT_PAID ? 0 : s->days;
            s->added = e->kind == EVENT_PAID ? 0 : s->added;
            from = e->at;
            works = true;
        }
    }
    civil_minute end = s->solved != NO_TIME ? s->solved : when;
    if (works && end != INT64_MAX) { /* asked of the end of time, an open one says nothing of its work */
        s->minutes += slow_minutes(c, from, end);
        s->days += slow_days(c, slow_day(calendar_counting_moment(c, from)), slow_day(end));
    }
}

/* ---- all of it ---- */

void slow_look(struct slow *s, const struct event *chain, size_t count, civil_minute when,
               const struct calendar *calendar)
{
    bool out[MOST];
    size_t first = 0; /* that gave the appointment */
    if (count > MOST)
        abort();
    *s = (struct slow){.solved = NO_TIME, .waiting_since = NO_TIME};
    cross_out(chain, count, out);
    for (size_t i = 0; i < count; i++) {
        const struct event *e = &chain[i];
        if (out[i])
            continue;
        s->entries++;
        look_at_receipt(s, e);
        s->is_void = s->is_void || e->kind == EVENT_VOIDED;
        if (solved_by(e) != NO_TIME && solved_by(e) <= when)
            s->solved = solved_by(e);
        if (e->at > when && !event_is_import(e->kind))
            continue;
        look_at_wait(s, e, when);
        s->letter = s->letter || e->kind == EVENT_APOLOGIZED;
        if (gives_due(e))
            first = i;
    }
    look_at_due(s, chain, count, out, first, when);
    look_at_work(s, chain, count, out, when, calendar);
}
