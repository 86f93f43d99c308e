#include "icalendar/feed_why.h"

#include "core/deadline.h"

/* ---- what was not counted ---- */

static void ignore(void *arg, const struct office_day *day)
{
    (void)arg;
    (void)day;
}

/* Days of one name that follow on each other are told together: Tết has five. */
static void add_days(struct buf *out, enum lang lang, const struct trace_day *first, civil_day last)
{
    struct buf from = BUF_INIT, to = BUF_INIT;
    lang_date(&from, lang, first->day);
    lang_date(&to, lang, last);
    if (out->n)
        buf_add_z(out, "; ");
    LANG_SAY(out, lang, first->day == last ? T_ical_day_named : T_ical_days_named, buf_str(&from),
             buf_str(&to), first->name);
    out->failed = out->failed || from.failed || to.failed;
    buf_release(&from);
    buf_release(&to);
}

static void add_named(struct buf *out, enum lang lang, const struct trace *trace)
{
    const struct trace_day *first = NULL;
    civil_day last = NO_DAY;
    for (size_t i = 0; i < trace->count; i++) {
        const struct trace_day *t = &trace->day[i];
        bool named = !t->counted && t->why == WHY_DAY_OFF && t->name.n;
        if (first && named && t->day == last + 1 && str_eq(t->name, first->name)) {
            last = t->day;
            continue;
        }
        if (first)
            add_days(out, lang, first, last);
        first = named ? t : NULL;
        last = t->day;
    }
    if (first)
        add_days(out, lang, first, last);
    out->failed = out->failed || trace->failed;
}

void feed_passed_over(struct buf *out, enum lang lang, const struct office *office, const struct dossier *d)
{
    const struct calendar *calendar = office_calendar(office);
    const struct appointment *a = &d->appointment;
    struct trace trace = {0};
    struct deadline count;
    if (!calendar || a->from == NO_TIME || a->due == NO_TIME ||
        !calendar_each_named(calendar, civil_day_of(a->from), civil_day_of(a->due), ignore, NULL))
        return;
    if (deadline_compute(calendar, dossier_limit(d), d->receipt.clock, d->receipt.cutoff, a->from, &count,
                         &trace) &&
        count.due == a->due)
        add_named(out, lang, &trace);
    trace_release(&trace);
}

/* ---- what moved it ---- */

static const struct receipt *receipt_of(const struct event *e)
{
    return e->kind == EVENT_RECEIVED    ? &e->received.receipt
           : e->kind == EVENT_CORRECTED ? &e->corrected.receipt
           : event_is_import(e->kind)   ? &e->imported.receipt
                                        : NULL;
}

/* Does this correction set another limit, or another way of counting it, than stood before? */
static bool sets_limit(const struct event *event, size_t i)
{
    const struct receipt *now = receipt_of(&event[i]), *before = NULL;
    while (i > 0 && !before)
        before = event[--i].undone_by ? NULL : receipt_of(&event[i]);
    return before && (before->clock != now->clock || before->cutoff != now->cutoff ||
                      !limit_equal(&before->limit, &now->limit));
}

/* Does the date in force come of this move? Where the promised time alone was moved, it went when a letter
 * took its place or was taken back. */
static bool gave_date(const struct event *e, const struct dossier *d, bool letter_since)
{
    if (e->moved.new_statutory != d->appointment.due || e->moved.counting != d->appointment.counting)
        return false;
    return e->moved.old_statutory != e->moved.new_statutory ||
           (!letter_since && e->moved.new_due == d->promised);
}

const struct event *feed_moved(const struct event *event, size_t count, const struct dossier *d)
{
    bool letter_since = false;
    for (size_t i = count; i-- > 0;) {
        const struct event *e = &event[i];
        if (e->undone_by)
            continue;
        if (e->kind == EVENT_DUE_MOVED && gave_date(e, d, letter_since))
            return e;
        if (e->kind == EVENT_CORRECTED && d->within.kind == LIMIT_NONE && sets_limit(event, i))
            return NULL;
        letter_since = letter_since || e->kind == EVENT_APOLOGIZED;
    }
    return NULL;
}

static void add_day_cause(struct buf *out, enum lang lang, enum text_id what, civil_day day, struct str name)
{
    struct buf date = BUF_INIT;
    lang_date(&date, lang, day);
    LANG_SAY(out, lang, what, buf_str(&date), name);
    out->failed = out->failed || date.failed;
    buf_release(&date);
}

static void add_cause(struct buf *out, enum lang lang, const struct event *cause)
{
    switch (cause ? cause->kind : EVENT_FOUNDED) {
    case EVENT_DAY_PUT:
        add_day_cause(out, lang, cause->day.kind == DAY_OFF ? T_ical_cause_off : T_ical_cause_day,
                      cause->day.day, cause->day.name);
        break;
    case EVENT_DAY_REMOVED:
        add_day_cause(out, lang, T_ical_cause_removed, cause->removed.day, STR_NONE);
        break;
    case EVENT_HOURS_PUT: buf_add_z(out, lang_text(lang, T_ical_cause_hours)); break;
    default: buf_add_z(out, lang_text(lang, T_ical_cause_days)); break;
    }
}

void feed_moved_why(struct buf *out, enum lang lang, const struct event *moved, const struct event *cause)
{
    bool statutory = moved->moved.old_statutory != moved->moved.new_statutory;
    struct buf from = BUF_INIT, to = BUF_INIT, why = BUF_INIT;
    lang_time(&from, lang, statutory ? moved->moved.old_statutory : moved->moved.old_due);
    lang_time(&to, lang, statutory ? moved->moved.new_statutory : moved->moved.new_due);
    add_cause(&why, lang, cause);
    LANG_SAY(out, lang, T_ical_moved_why, buf_str(&from), buf_str(&to), buf_str(&why));
    out->failed = out->failed || from.failed || to.failed || why.failed;
    buf_release(&from);
    buf_release(&to);
    buf_release(&why);
}

/* ---- what it counts from ---- */

void feed_counted_from(struct buf *out, enum lang lang, const struct dossier *d)
{
    const struct appointment *a = &d->appointment;
    if (d->resumed || a->counting == NO_TIME || a->counting == a->from)
        return;
    if (civil_day_of(a->counting) == civil_day_of(a->from) && !d->facts.in_hours)
        return; /* where days are counted, another hour of that day explains nothing */
    struct buf time = BUF_INIT;
    lang_time(&time, lang, a->counting);
    LANG_SAY(out, lang, T_ical_from_opening, buf_str(&time));
    out->failed = out->failed || time.failed;
    buf_release(&time);
}

void feed_counted_anew(struct buf *out, enum lang lang, const struct event *event, size_t count,
                       const struct dossier *d)
{
    if (!d->resumed)
        return;
    size_t i = count;
    while (i > 0 && !((event[i - 1].kind == EVENT_RESTARTED || event[i - 1].kind == EVENT_PAID) &&
                      event[i - 1].resumed.appointment.from == d->appointment.from))
        i--;
    struct buf time = BUF_INIT;
    lang_time(&time, lang, d->appointment.from);
    LANG_SAY(out, lang, i && event[i - 1].kind == EVENT_PAID ? T_ical_from_payment : T_ical_from_supplement,
             buf_str(&time));
    out->failed = out->failed || time.failed;
    buf_release(&time);
}
