#include "core/moving.h"

#include "core/deadline.h"

/* One dossier between two calendars. */
struct turn {
    const struct calendar *before, *after; /* before: NULL when nobody knows any more what it was */
    const struct dossier *dossier;
    struct deadline was, now; /* counted in each; `was` not without `before` */
    bool counted;             /* they could be counted */
    bool given;               /* its due time comes from another system, not from this count */
};

static bool count(const struct calendar *calendar, const struct dossier *d, struct deadline *out)
{
    return d->appointment.from != NO_TIME &&
           deadline_compute(calendar, dossier_limit(d), d->receipt.clock, d->receipt.cutoff,
                            d->appointment.from, out, NULL);
}

/* ---- the date given ---- */

/* A due time whose day was worked when it was given and is a day off now: the same hour of the next working
 * day, brought within its opening hours. Any other stays, also where the calendar has no working day left. */
static civil_minute rolled(const struct turn *t, civil_minute due)
{
    if (due == NO_TIME)
        return due;
    civil_day day = civil_day_of(due);
    if ((t->before && !calendar_is_working(t->before, day)) || calendar_is_working(t->after, day))
        return due;
    civil_day next = calendar_working_on_or_after(t->after, day);
    return next == NO_DAY ? due : calendar_appointment(t->after, next, civil_minute_of_day(due));
}

/* ---- the count anew ---- */

/* Did this change move the count? */
static bool is_touched(const struct turn *t)
{
    return t->counted && (!t->before || t->was.due != t->now.due);
}

/* Does the count come out later than the date given? A shorter date of another system never knew our count: a
 * day off behind that date does not concern it. */
static bool is_later(const struct turn *t)
{
    civil_minute stored = t->dossier->appointment.due;
    bool shorter = t->given && (!t->before || stored < t->was.due);
    return is_touched(t) && t->now.due > stored && !shorter;
}

static bool is_kept(const struct turn *t)
{
    return is_touched(t) && !t->given && t->before && t->now.due < t->was.due &&
           t->now.due < t->dossier->appointment.due;
}

/* The appointment as it is after the change: later by the count, or still the date that was given. */
static struct appointment appointment_after(const struct turn *t)
{
    struct appointment a = t->dossier->appointment;
    bool later = is_later(t);
    if (later)
        a.due = t->now.due;
    if (later || (t->counted && !t->given)) {
        a.counting = t->now.counting;
        a.provisional = t->now.provisional;
    }
    civil_minute due = rolled(t, a.due);
    if (due != a.due && calendar_has_computed(t->after, civil_day_of(a.due), civil_day_of(due)))
        a.provisional = true; /* a computed day off is why it rolls, or how far */
    a.due = due;
    return a;
}

static struct event moved(const struct dossier *d, const struct appointment *to, civil_minute due)
{
    struct event e = {.kind = EVENT_DUE_MOVED, .dossier = d->facts.id};
    e.moved.old_statutory = d->appointment.due;
    e.moved.new_statutory = to->due;
    e.moved.old_due = d->promised;
    e.moved.new_due = due;
    e.moved.counting = to->counting;
    e.moved.provisional = to->provisional;
    return e;
}

static enum move judge(const struct turn *t, struct event *out)
{
    const struct dossier *d = t->dossier;
    const struct appointment *was = &d->appointment;
    struct appointment now = appointment_after(t);
    bool rescheduled = d->promised != was->due; /* by a letter: its date only rolls */
    civil_minute due = rescheduled ? rolled(t, d->promised) : now.due;
    *out = moved(d, &now, due);
    if (now.due != was->due || due != d->promised)
        return MOVE_LATER;
    if (is_kept(t)) {
        out->moved.new_statutory = t->now.due;
        out->moved.new_due = rescheduled ? d->promised : t->now.due;
        return MOVE_KEPT;
    }
    return now.provisional != was->provisional ? MOVE_CONFIRMED : MOVE_NONE;
}

/* ---- what asks ---- */

static bool is_running(const struct dossier *d)
{
    return d->facts.state == STATE_PROCESSING && d->appointment.due != NO_TIME;
}

enum move due_after_office_change(const struct office *before, const struct office *after,
                                  const struct dossier *d, struct event *out)
{
    struct turn t = {.before = office_calendar(before), .after = office_calendar(after), .dossier = d};
    *out = (struct event){0};
    if (!is_running(d) || !t.before || !t.after)
        return MOVE_NONE;
    t.counted = count(t.before, d, &t.was) && count(t.after, d, &t.now);
    t.given = d->imported && !d->resumed && !(t.counted && t.was.due == d->appointment.due);
    return judge(&t, out);
}

bool due_kept_is_confirmed(const struct dossier *d, struct event *kept)
{
    if (kept->moved.provisional == d->appointment.provisional)
        return false;
    kept->moved.new_statutory = kept->moved.old_statutory;
    kept->moved.new_due = kept->moved.old_due;
    return true;
}

enum move due_after_undo(const struct office *office, const struct dossier *d, struct event *out)
{
    struct turn t = {.after = office_calendar(office), .dossier = d};
    *out = (struct event){0};
    if (!is_running(d) || !t.after)
        return MOVE_NONE;
    t.counted = count(t.after, d, &t.now);
    t.given = d->imported && !d->resumed;
    return judge(&t, out);
}
