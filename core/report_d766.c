/* Timeliness by Decision 766/QĐ-TTg: (solved in time + pending in time) / all handled in the period.
 *
 * A measure of its own, beside II.06a: the appointment in force counts (a letter's new date too) whatever the
 * office's basis; the days on which a supplement was awaited are subtracted, but the limit does not begin
 * anew with it as Decree 61/2018 has it: the working days used before the request still count; and whoever
 * asked more than once is late. The appointment that was in force when the supplement was asked for goes on
 * afterwards, put off by the wait: a letter's new date is of it, so the working days that the letter added
 * are allowed, too, though the restart replaced the letter's date itself. A payment has a limit of its own,
 * by an appointment of its own. All by date.
 */
#include "core/imported.h"
#include "core/past.h"
#include "core/report_fields.h"

struct handled {
    uint64_t solved_in_time, solved_late, pending_in_time, pending_late;
    uint64_t asked_again; /* of the late ones: for more than one supplement request */
};

static bool begin(struct report_maker *m)
{
    struct report_fields *f = arena_alloc(&m->text, sizeof *f);
    m->state = f;
    return f && report_fields_begin(m, f, sizeof(struct handled));
}

static bool is_solved(const struct report_maker *m, const struct facts *f)
{
    civil_minute solved = report_solved(f);
    return solved != NO_TIME && civil_day_of(solved) <= m->request.period.to;
}

/* ---- the appointment in force ---- */

/* Until when time was used: while the applicant is awaited none is. */
static civil_minute end_of(const struct facts *f, civil_minute otherwise)
{
    return f->waiting_since != NO_TIME ? f->waiting_since : otherwise;
}

static bool is_past_day(civil_minute end, civil_minute due)
{
    return due != NO_TIME && civil_day_of(end) > civil_day_of(due);
}

/* ---- the days used ---- */

struct used {
    const struct calendar *calendar;
    civil_minute when; /* what happened later is not known */
    civil_day from;    /* the day the stretch of work counts from; NO_DAY while the applicant is awaited */
    int days;
    int added; /* to those allowed, by a letter before a wait */
};

/* Work begins, or goes on, at t. */
static void begin_stretch(struct used *u, civil_minute t)
{
    civil_minute counting = calendar_counting_moment(u->calendar, t);
    u->from = civil_day_of(counting == NO_TIME ? t : counting);
}

static void end_stretch(struct used *u, civil_minute t)
{
    if (u->from != NO_DAY)
        u->days += calendar_working_between(u->calendar, u->from, civil_day_of(t));
    u->from = NO_DAY;
}

static void use(struct used *u, const struct event *e)
{
    switch (e->kind) {
    case EVENT_IMPORTED:
    case EVENT_REIMPORTED:
        if (e->imported.waiting_since != NO_TIME && e->imported.waiting_since <= u->when)
            end_stretch(u, e->imported.waiting_since);
        break;
    case EVENT_SUPPLEMENT_REQUESTED:
    case EVENT_PAYMENT_AWAITED: end_stretch(u, e->at); break;
    case EVENT_PAID:
        u->days = u->added = 0; /* a limit of its own */
        begin_stretch(u, e->at);
        break;
    case EVENT_APOLOGIZED:
        if (e->apologized.new_due != NO_TIME && e->apologized.old_due != NO_TIME)
            u->added = calendar_working_between(u->calendar, civil_day_of(e->apologized.old_due),
                                                civil_day_of(e->apologized.new_due));
        break;
    case EVENT_RESTARTED: begin_stretch(u, e->at); break;
    default: break;
    }
}

/* Working days used until `end`, by what had happened by `when`; less those that a letter added. */
static int days_used(const struct report_maker *m, const struct report_item *item, civil_minute when,
                     civil_minute end)
{
    struct used u = {.calendar = m->judge.calendar, .when = when};
    begin_stretch(&u, item->facts->received);
    for (size_t i = imported_start(item->event, item->events); i < item->events; i++)
        if (!item->event[i].undone_by && item->event[i].at <= when)
            use(&u, &item->event[i]);
    end_stretch(&u, end);
    return u.days - u.added;
}

/* Does the appointment in force come from a completed supplement, its date from the limit alone? */
static bool begins_anew(const struct dossier *d)
{
    return d->resumed && d->within.kind == LIMIT_NONE && d->promised == d->appointment.due &&
           d->appointment.due != NO_TIME;
}

/* `d` is the dossier at `when`: at its end, or at the closing. */
static bool is_late(const struct report_maker *m, const struct report_item *item, const struct dossier *d,
                    civil_minute when)
{
    civil_minute end = end_of(&d->facts, when);
    if (d->supplements > 1 || d->facts.was_late_promised)
        return true;
    if (!begins_anew(d))
        return is_past_day(end, d->promised);
    int allowed = calendar_working_between(m->judge.calendar, civil_day_of(d->appointment.counting),
                                           civil_day_of(d->appointment.due));
    return days_used(m, item, when, end) > allowed;
}

/* ---- dossier by dossier ---- */

static void count(struct report_maker *m, const struct facts *f, bool late)
{
    struct handled *h = report_fields_of(m->state, f);
    if (is_solved(m, f))
        ++*(late ? &h->solved_late : &h->solved_in_time);
    else
        ++*(late ? &h->pending_late : &h->pending_in_time);
}

/* What never waited nor got another date is in its facts; of one brought in while it waited they tell that
 * much. */
static enum report_need look(struct report_maker *m, const struct facts *f)
{
    struct period p = m->request.period;
    civil_minute solved = report_solved(f);
    if (f->state == STATE_VOID || f->received == NO_TIME || civil_day_of(f->received) > p.to ||
        (solved != NO_TIME && civil_day_of(solved) < p.from))
        return NEED_NOTHING;
    if (f->moved || f->waiting_since != NO_TIME)
        return NEED_HISTORY;
    civil_minute when = is_solved(m, f) ? f->resolved : m->closing;
    count(m, f, f->was_late_promised || is_past_day(when, f->due));
    return NEED_NOTHING;
}

static void add(struct report_maker *m, const struct report_item *item)
{
    const struct facts *f = item->facts;
    civil_minute when = is_solved(m, f) ? f->resolved : m->closing;
    struct dossier then;
    bool known = past_dossier(&then, item->event, item->events, when);
    struct handled *h = report_fields_of(m->state, f);
    count(m, f, known && is_late(m, item, &then, when));
    h->asked_again += known && then.supplements > 1;
}

/* ---- the table ---- */

static const struct report_column columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"field", T_report_column_field, CELL_TEXT, 18, false},
    {"handled", T_report_d766_handled, CELL_NUMBER, 7, false},
    {"solved_in_time", T_report_d766_solved_in_time, CELL_NUMBER, 8, false},
    {"solved_late", T_report_d766_solved_late, CELL_NUMBER, 8, false},
    {"pending_in_time", T_report_d766_pending_in_time, CELL_NUMBER, 8, false},
    {"pending_overdue", T_report_d766_pending_late, CELL_NUMBER, 8, false},
    {"asked_again", T_report_d766_asked_again, CELL_NUMBER, 8, false},
    {"share", T_report_d766_share, CELL_PERCENT, 8, true},
};

static uint64_t all_of(const struct handled *h)
{
    return h->solved_in_time + h->solved_late + h->pending_in_time + h->pending_late;
}

static void write_handled(struct report_row *row, const struct handled *h)
{
    const uint64_t numbers[] = {all_of(h),          h->solved_in_time, h->solved_late,
                                h->pending_in_time, h->pending_late,   h->asked_again};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        cell_number(&row->cell[i + 2], (int64_t)numbers[i]);
    cell_percent(&row->cell[8], h->solved_in_time + h->pending_in_time, all_of(h));
}

static void add_handled(struct handled *total, const struct handled *h)
{
    total->solved_in_time += h->solved_in_time;
    total->solved_late += h->solved_late;
    total->pending_in_time += h->pending_in_time;
    total->pending_late += h->pending_late;
    total->asked_again += h->asked_again;
}

static void finish(struct report_maker *m, struct report *out)
{
    const struct report_fields *f = m->state;
    const uint16_t *order = report_fields_order(m, f);
    struct report_part *part =
        report_part(out, T_nothing, "fields", columns, sizeof columns / sizeof *columns);
    struct handled total = {0};
    if (!order || !part)
        return;
    for (size_t i = 0, no = 0; i < f->count; i++) {
        const struct handled *h = report_fields_at(f, order[i]);
        if (!all_of(h))
            continue;
        struct report_row *row = report_row(out, part, ROW_PLAIN);
        report_field_cells(m, out, row, ++no, order[i]);
        write_handled(row, h);
        add_handled(&total, h);
    }
    struct report_row *row = report_row(out, part, ROW_TOTAL);
    report_total_cells(m, out, row);
    write_handled(row, &total);
    report_note(m, out, T_report_d766_note_own, NULL, 0);
    report_note(m, out, T_report_d766_note_rules, NULL, 0);
}

const struct report_ops report_d766 = {
    .title = T_report_d766,
    .counted = T_report_d766_counted,
    .has_period = true,
    .entries = true,
    .begin = begin,
    .span = report_span_of_period,
    .look = look,
    .add = add,
    .finish = finish,
};
