/* What each officer, and each unit, received, held, handed on, solved and delayed in the period. All but the
 * receipts goes by the stages (core/stages): who had a dossier in hand, from when to when. Receipts count for
 * whoever logged them; what another system brought was received by nobody here. */
#include "core/imported.h"
#include "core/report_delay.h"
#include "core/report_groups.h"
#include "core/report_names.h"

struct work {
    uint64_t received, held, handed_on, solved, early, on_time, late;
    uint64_t theirs, without; /* late in the period, and in hand at the end of the due day; of these without
                                 good reason */
    uint64_t steps, overrun;  /* stages that ended; ended or still in hand past their own limit */
    uint64_t open, overdue;   /* in hand at the closing */
    int64_t minutes;          /* of what was solved, waits left out */
    uint64_t last_held;       /* the dossier counted last in `held` */
};

struct officers {
    struct report_groups people, units;
    struct work all;
};

static bool begin(struct report_maker *m)
{
    struct officers *s = arena_alloc(&m->text, sizeof *s);
    m->state = s;
    if (s)
        s->people.size = s->units.size = sizeof(struct work);
    return s != NULL;
}

static enum report_need look(struct report_maker *m, const struct facts *f)
{
    return report_belongs(m, f) ? NEED_HISTORY : NEED_NOTHING;
}

/* ---- whose work it is ---- */

/* The three counters that something done by this officer, or held by that unit, goes into. */
struct whose {
    struct work *work[3];
};

static struct whose whose(struct report_maker *m, struct str login, struct str unit)
{
    struct officers *s = m->state;
    struct str of = report_unit_of(m, login, unit);
    struct str name = login.n ? report_officer_label(m, login) : STR_NONE;
    return (struct whose){
        {&s->all, report_group_of(m, &s->people, login, name), report_group_of(m, &s->units, of, of)}};
}

static struct whose holder_of(struct report_maker *m, const struct stage *s)
{
    return s ? whose(m, s->holder, s->unit) : whose(m, STR_NONE, STR_NONE);
}

#define COUNT(whose, what, n)                                                                                \
    do {                                                                                                     \
        for (int i_ = 0; i_ < 3; i_++)                                                                       \
            (whose).work[i_]->what += (n);                                                                   \
    } while (0)

/* ---- one dossier ---- */

static bool in_period(const struct report_maker *m, civil_minute t)
{
    return t != NO_TIME && t <= m->closing && period_has(m->request.period, civil_day_of(t));
}

static void count_received(struct report_maker *m, const struct report_item *item)
{
    const struct dossier *d = item->dossier;
    if (in_period(m, item->facts->received))
        COUNT(whose(m, d->imported ? STR_NONE : d->receiver, STR_NONE), received, 1);
}

static bool is_handover(const struct report_item *item, uint64_t seq)
{
    for (size_t i = 0; i < item->events; i++)
        if (item->event[i].seq == seq)
            return item->event[i].kind == EVENT_TRANSFERRED;
    return false;
}

/* In hand at some time of the period: each dossier once. */
static void count_held(struct report_maker *m, const struct report_item *item, const struct stage *s)
{
    civil_day from = civil_day_of(s->from),
              to = s->to == NO_TIME ? m->request.period.to : civil_day_of(s->to);
    if (from > m->request.period.to || to < m->request.period.from)
        return;
    struct whose w = holder_of(m, s);
    for (int i = 0; i < 3; i++)
        if (w.work[i]->last_held != item->facts->id) {
            w.work[i]->last_held = item->facts->id;
            w.work[i]->held++;
        }
}

static void count_stages(struct report_maker *m, const struct report_item *item, const struct stages *stages)
{
    for (size_t i = 0; i < stages->count; i++) {
        const struct stage *s = &stages->stage[i], *next = i + 1 < stages->count ? s + 1 : NULL;
        if (s->waiting)
            continue;
        count_held(m, item, s);
        bool over = s->result == STAGE_LATE || s->result == STAGE_OVERDUE;
        bool ended = in_period(m, s->to) && !(next && next->waiting);
        if (ended)
            COUNT(holder_of(m, s), steps, 1);
        if (over && (s->to == NO_TIME || in_period(m, s->to)))
            COUNT(holder_of(m, s), overrun, 1);
        if (ended && next && is_handover(item, next->event))
            COUNT(holder_of(m, s), handed_on, 1);
    }
}

/* The last that had it in hand. */
static const struct stage *last_hand(const struct stages *s)
{
    for (size_t i = s->count; i-- > 0;)
        if (!s->stage[i].waiting)
            return &s->stage[i];
    return NULL;
}

/* When the applicant began to be awaited; NO_TIME: it is no wait. */
static civil_minute wait_of(const struct event *e)
{
    if (event_is_import(e->kind))
        return e->imported.waiting_since;
    return e->kind == EVENT_SUPPLEMENT_REQUESTED || e->kind == EVENT_PAYMENT_AWAITED ? e->at : NO_TIME;
}

/* From the receipt to the end, but for what the applicant was awaited; as II.06a has it, by the moments
 * themselves: a wait that was dated back before a handover begins when it began. */
static int64_t handling_minutes(const struct report_maker *m, const struct report_item *item)
{
    civil_minute from = item->facts->received;
    int64_t minutes = 0;
    for (size_t i = imported_start(item->event, item->events); i < item->events; i++) {
        const struct event *e = &item->event[i];
        civil_minute wait = wait_of(e);
        if (e->undone_by)
            continue;
        if (wait != NO_TIME && from != NO_TIME)
            minutes += calendar_minutes_between(m->judge.calendar, from, wait);
        if (wait != NO_TIME)
            from = NO_TIME;
        else if (e->kind == EVENT_RESTARTED || e->kind == EVENT_PAID)
            from = e->at;
    }
    if (from != NO_TIME)
        minutes += calendar_minutes_between(m->judge.calendar, from, item->facts->resolved);
    return minutes;
}

static void count_solved(struct report_maker *m, const struct report_item *item, const struct stages *stages)
{
    enum timing timing = report_timing(item->facts, m->basis);
    struct whose w = holder_of(m, last_hand(stages));
    COUNT(w, solved, 1);
    COUNT(w, early, timing == TIMING_EARLY);
    COUNT(w, on_time, timing == TIMING_ON_TIME);
    COUNT(w, late, timing == TIMING_LATE);
    COUNT(w, minutes, handling_minutes(m, item));
}

/* Overdue as in II.06a: what waits for the applicant is not. */
static void count_open(struct report_maker *m, const struct stages *stages, const struct delay *d)
{
    struct whose w = holder_of(m, last_hand(stages));
    COUNT(w, open, 1);
    COUNT(w, overdue, d->days && !state_is_waiting(d->then.facts.state));
}

static void count_delay(struct report_maker *m, const struct report_item *item, const struct stages *stages,
                        const struct delay *d)
{
    if (!d->days)
        return;
    struct whose w = holder_of(m, delay_stage(stages, d->lapsed));
    COUNT(w, theirs, 1);
    COUNT(w, without, delay_has_no_reason(item->dossier));
}

static void add(struct report_maker *m, const struct report_item *item)
{
    struct stages stages;
    struct delay d;
    if (!delay_of(m, item, m->basis, &d))
        return;
    delay_stages(m, item, &stages);
    count_received(m, item);
    count_stages(m, item, &stages);
    if (d.solved)
        count_solved(m, item, &stages);
    else
        count_open(m, &stages, &d);
    count_delay(m, item, &stages, &d);
    stages_release(&stages);
}

/* ---- the tables ---- */

static const struct report_column columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"name", T_report_officers_who, CELL_TEXT, 16, false},
    {"received", T_report_officers_received, CELL_NUMBER, 6, false},
    {"held", T_report_officers_held, CELL_NUMBER, 6, false},
    {"handed_on", T_report_officers_handed_on, CELL_NUMBER, 6, false},
    {"solved", T_report_officers_solved, CELL_NUMBER, 6, true},
    {"solved_early", T_report_ii06a_early, CELL_NUMBER, 6, false},
    {"solved_on_time", T_report_ii06a_on_time, CELL_NUMBER, 6, false},
    {"solved_late", T_report_ii06a_late, CELL_NUMBER, 6, false},
    {"late_theirs", T_report_officers_theirs, CELL_NUMBER, 6, true},
    {"without_reason", T_report_officers_without, CELL_NUMBER, 7, false},
    {"repeatedly_late", T_report_officers_repeated, CELL_TEXT, 7, false},
    {"steps", T_report_officers_steps, CELL_NUMBER, 6, false},
    {"steps_over", T_report_officers_overrun, CELL_NUMBER, 6, false},
    {"average_days", T_report_officers_average, CELL_HUNDREDTHS, 7, false},
    {"open", T_report_officers_open, CELL_NUMBER, 6, false},
    {"overdue", T_report_officers_overdue, CELL_NUMBER, 6, false},
};

static bool is_repeated(const struct report_maker *m, const struct work *w)
{
    return w->without > (uint64_t)m->judge.settings->late_repeated;
}

static void write_work(struct report_maker *m, struct report *out, struct report_cell *c,
                       const struct work *w, bool repeated)
{
    cell_number(c++, (int64_t)w->received);
    cell_number(c++, (int64_t)w->held);
    cell_number(c++, (int64_t)w->handed_on);
    cell_number(c++, (int64_t)w->solved);
    cell_number(c++, (int64_t)w->early);
    cell_number(c++, (int64_t)w->on_time);
    cell_number(c++, (int64_t)w->late);
    cell_number(c++, (int64_t)w->theirs);
    cell_number(c++, (int64_t)w->without);
    if (repeated)
        cell_label(out, c, m->request.lang, T_report_officers_is_repeated);
    c++;
    cell_number(c++, (int64_t)w->steps);
    cell_number(c++, (int64_t)w->overrun);
    if (w->solved)
        cell_hundredths(c, delay_hundredths(w->minutes, w->solved));
    c++;
    cell_number(c++, (int64_t)w->open);
    cell_number(c++, (int64_t)w->overdue);
}

/* Somebody repeatedly late without good reason is to be dealt with; a unit is nobody. */
static void write_part(struct report_maker *m, struct report *out, struct report_part *part,
                       struct report_groups *g, enum text_id nobody, bool people)
{
    const struct officers *s = m->state;
    report_groups_sort(g);
    for (size_t i = 0, no = 0; i < g->count; i++) {
        const struct work *w = g->group[i].counter;
        struct str label = g->group[i].label;
        bool repeated = people && label.n && is_repeated(m, w);
        struct report_cell *c = report_row(out, part, repeated ? ROW_ALERT : ROW_PLAIN)->cell;
        cell_number(&c[0], (int64_t)++no);
        if (label.n)
            cell_text(out, &c[1], label);
        else
            cell_label(out, &c[1], m->request.lang, nobody);
        write_work(m, out, &c[2], w, repeated);
    }
    struct report_cell *c = report_row(out, part, ROW_TOTAL)->cell;
    cell_label(out, &c[1], m->request.lang, T_report_total);
    write_work(m, out, &c[2], &s->all, false);
}

static void note_repeated(struct report_maker *m, struct report *out)
{
    struct buf most = BUF_INIT;
    buf_add_int(&most, m->judge.settings->late_repeated);
    report_note(m, out, T_report_officers_note_repeated, (const struct str[]){buf_str(&most)}, 1);
    m->failed = m->failed || most.failed;
    buf_release(&most);
}

static void finish(struct report_maker *m, struct report *out)
{
    struct officers *s = m->state;
    size_t n = sizeof columns / sizeof *columns;
    write_part(m, out, report_part(out, T_report_officers_people, "officers", columns, n), &s->people,
               T_report_nobody, true);
    write_part(m, out, report_part(out, T_report_officers_units, "units", columns, n), &s->units,
               T_report_no_unit, false);
    note_repeated(m, out);
    report_note(m, out, T_report_officers_note_steps, NULL, 0);
    report_note(m, out, T_report_officers_note_average, NULL, 0);
}

const struct report_ops report_officers = {
    .title = T_report_officers,
    .counted = T_report_officers_counted,
    .has_period = true,
    .personal = true,
    .entries = true,
    .reasons = true,
    .begin = begin,
    .span = report_span_of_period,
    .look = look,
    .add = add,
    .finish = finish,
};
