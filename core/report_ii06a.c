/* II.06a, Circular 01/2020/TT-VPCP: what the desk received, solved and still has, field by field.
 *
 * Who belongs to the period goes by the days on which things happened; what is pending is judged as it stood
 * at the closing (core/past), so that the report run later says what it would have said then. One that waits
 * for a supplement or a payment is pending in time; one that runs again after having been late before a wait
 * is overdue. */
#include "core/report_ii06a.h"

#include "core/imported.h"
#include "core/past.h"
#include "core/report_fields.h"
#include "core/report_ii06a_solved.h"

enum { MINUTES_A_DAY = 480 }; /* of work: eight hours */

struct sums {
    struct report_fields fields;       /* of struct ii06a_counts */
    uint64_t late[BASIS_PROMISED + 1]; /* solved late or overdue, by each basis */
    uint64_t letters;                  /* of those by the report's own basis: with an apology letter */
    uint64_t waiting, waited_late;     /* pending for the applicant's sake; of these late before the wait */
    uint64_t timed;                    /* solved ones whose handling time is in `minutes` */
    int64_t minutes;
    struct ii06a_solved solved; /* those counted from columns; in the numbers above once it is finished */
};

static bool begin(struct report_maker *m)
{
    struct sums *s = arena_alloc(&m->text, sizeof *s);
    m->state = s;
    return s && report_fields_begin(m, &s->fields, sizeof(struct ii06a_counts)) &&
           ii06a_solved_begin(m, &s->solved, s->fields.count);
}

/* ---- who belongs to the period ---- */

static civil_day solved_day(const struct facts *f)
{
    civil_minute solved = report_solved(f);
    return solved == NO_TIME ? NO_DAY : civil_day_of(solved);
}

static bool belongs(const struct report_maker *m, const struct facts *f)
{
    struct period p = m->request.period;
    civil_day solved = solved_day(f);
    return f->state != STATE_VOID && f->received != NO_TIME && civil_day_of(f->received) <= p.to &&
           (solved == NO_DAY || solved >= p.from);
}

static bool is_solved(const struct report_maker *m, const struct facts *f)
{
    civil_day solved = solved_day(f);
    return solved != NO_DAY && solved <= m->request.period.to;
}

static struct ii06a_counts *count_received(struct report_maker *m, const struct facts *f)
{
    struct sums *s = m->state;
    struct ii06a_counts *c = report_fields_of(&s->fields, f);
    c->received++;
    if (civil_day_of(f->received) < m->request.period.from)
        c->carried_over++;
    else if (f->channel == CHANNEL_ONLINE)
        c->online++;
    else
        c->direct++;
    return c;
}

/* ---- lateness ---- */

/* On each basis; what was late by the report's own may have its letter. */
static void count_late(struct report_maker *m, const bool late[BASIS_PROMISED + 1], bool letter)
{
    struct sums *s = m->state;
    s->late[BASIS_STATUTORY] += late[BASIS_STATUTORY];
    s->late[BASIS_PROMISED] += late[BASIS_PROMISED];
    s->letters += late[m->basis] && letter;
}

static void count_solved(struct report_maker *m, const struct facts *f)
{
    struct ii06a_counts *c = count_received(m, f);
    const bool late[] = {
        [BASIS_STATUTORY] = report_timing(f, BASIS_STATUTORY) == TIMING_LATE,
        [BASIS_PROMISED] = report_timing(f, BASIS_PROMISED) == TIMING_LATE,
    };
    c->solved++;
    switch (report_timing(f, m->basis)) {
    case TIMING_EARLY: c->early++; break;
    case TIMING_ON_TIME: c->on_time++; break;
    case TIMING_LATE: c->late++; break;
    }
    count_late(m, late, f->apologized);
}

static bool is_overdue(const struct report_maker *m, const struct facts *f, enum report_basis basis)
{
    bool promised = basis == BASIS_PROMISED;
    civil_minute due = promised ? f->due : f->statutory_due;
    if (state_is_waiting(f->state))
        return false;
    return (promised ? f->was_late_promised : f->was_late) ||
           (due != NO_TIME && civil_day_of(m->closing) > civil_day_of(due));
}

/* `f` are its facts at the closing, `now` those known today: its field and channel. */
static void count_pending(struct report_maker *m, const struct facts *f, const struct facts *now)
{
    struct sums *s = m->state;
    struct ii06a_counts *c = count_received(m, now);
    const bool late[] = {
        [BASIS_STATUTORY] = is_overdue(m, f, BASIS_STATUTORY),
        [BASIS_PROMISED] = is_overdue(m, f, BASIS_PROMISED),
    };
    bool waits = state_is_waiting(f->state);
    c->pending++;
    if (late[m->basis])
        c->overdue++;
    else
        c->in_time++;
    s->waiting += waits;
    s->waited_late += waits && (m->basis == BASIS_PROMISED ? f->was_late_promised : f->was_late);
    count_late(m, late, f->apologized);
}

/* ---- how it stood at the closing ---- */

static civil_minute asked_at(const struct facts *f)
{
    return f->awaited == AWAITED_ONCE ? f->awaited_from : f->waiting_since;
}

/* Was it not awaited yet, and what was due then is another time than that of today? */
static bool had_other_due(const struct report_maker *m, const struct facts *f)
{
    bool ended_waiting = f->waiting_since != NO_TIME && !state_is_open(f->state);
    return asked_at(f) != NO_TIME && asked_at(f) > m->closing && !ended_waiting;
}

/* Do the facts of today tell, with its letter? Nothing but that one and one wait for the applicant ever
 * changed its due time; and a time that is forgotten was not over when he was asked, so not before either. */
static bool is_told_by_facts(const struct report_maker *m, const struct facts *f)
{
    return f->received <= m->closing && !f->rescheduled && f->awaited != AWAITED_MORE &&
           !(f->awaited == AWAITED_ONCE && f->awaited_until < f->awaited_from) &&
           !(had_other_due(m, f) && (f->was_late || f->was_late_promised));
}

/* `issued`: its letter, where it has one. Before that the statutory time was promised. */
static struct facts stood(const struct report_maker *m, const struct facts *f, civil_minute issued)
{
    struct facts then = *f;
    bool came = f->awaited == AWAITED_ONCE && f->awaited_until <= m->closing;
    bool asked = asked_at(f) != NO_TIME && asked_at(f) <= m->closing;
    then.apologized = f->apologized && issued <= m->closing;
    then.state = asked && !came ? STATE_WAITING : STATE_PROCESSING;
    if (had_other_due(m, f))
        then.statutory_due = then.due = NO_TIME;
    else if (f->apologized && !then.apologized)
        then.due = then.statutory_due;
    if (!asked)
        then.was_late = then.was_late_promised = false;
    return then;
}

/* ---- handling time ---- */

static void time_stretch(struct report_maker *m, civil_minute from, civil_minute to)
{
    struct sums *s = m->state;
    s->minutes += worked_between(&s->solved.worked, from, to);
}

/* Working time from the receipt to the end, but for what the applicant was awaited. */
static void time_history(struct report_maker *m, const struct report_item *item)
{
    struct sums *s = m->state;
    civil_minute from = item->facts->received;
    s->timed++;
    for (size_t i = imported_start(item->event, item->events); i < item->events; i++) {
        const struct event *e = &item->event[i];
        bool brought = event_is_import(e->kind);
        bool waits = e->kind == EVENT_SUPPLEMENT_REQUESTED || e->kind == EVENT_PAYMENT_AWAITED ||
                     (brought && e->imported.waiting_since != NO_TIME);
        if (e->undone_by)
            continue;
        if (waits && from != NO_TIME)
            time_stretch(m, from, brought ? e->imported.waiting_since : e->at);
        if (waits)
            from = NO_TIME;
        else if (e->kind == EVENT_RESTARTED || e->kind == EVENT_PAID)
            from = e->at;
    }
    if (from != NO_TIME)
        time_stretch(m, from, item->facts->resolved);
}

/* The same where he was awaited once at most: it ended in a wait, or after one, or without. */
static void time_facts(struct report_maker *m, const struct facts *f)
{
    struct sums *s = m->state;
    s->timed++;
    if (f->waiting_since != NO_TIME) {
        time_stretch(m, f->received, f->waiting_since);
    } else if (f->awaited == AWAITED_ONCE) {
        time_stretch(m, f->received, f->awaited_from);
        time_stretch(m, f->awaited_until, f->resolved);
    } else {
        time_stretch(m, f->received, f->resolved);
    }
}

/* ---- dossier by dossier ---- */

static enum report_need look_at_solved(struct report_maker *m, const struct facts *f)
{
    if (f->awaited == AWAITED_MORE)
        return NEED_HISTORY;
    count_solved(m, f);
    time_facts(m, f);
    return NEED_NOTHING;
}

static enum report_need look_at_pending(struct report_maker *m, const struct facts *f)
{
    if (!is_told_by_facts(m, f))
        return NEED_HISTORY;
    if (f->apologized && !facts_tell_letter(f))
        return NEED_DOSSIER;
    struct facts then = stood(m, f, f->letter);
    count_pending(m, &then, f);
    return NEED_NOTHING;
}

static enum report_need look(struct report_maker *m, const struct facts *f)
{
    if (!belongs(m, f))
        return NEED_NOTHING;
    return is_solved(m, f) ? look_at_solved(m, f) : look_at_pending(m, f);
}

static size_t columns_of_solved(struct report_maker *m, const struct facts_columns *c, const uint8_t *row,
                                size_t count, uint8_t *rest)
{
    struct sums *s = m->state;
    return ii06a_solved_count(m, &s->solved, c, row, count, rest);
}

static void add_pending(struct report_maker *m, const struct report_item *item)
{
    const struct facts *f = item->facts;
    struct facts then = {.state = STATE_PROCESSING, .due = NO_TIME, .statutory_due = NO_TIME};
    struct dossier past;
    if (!item->event)
        then = stood(m, f, item->dossier->apology.issued);
    else if (past_dossier(&past, item->event, item->events, m->closing))
        then = past.facts; /* else its receipt lies ahead of the clock */
    count_pending(m, &then, f);
}

static void add(struct report_maker *m, const struct report_item *item)
{
    if (!is_solved(m, item->facts)) {
        add_pending(m, item);
        return;
    }
    count_solved(m, item->facts);
    time_history(m, item);
}

/* ---- the table ---- */

static const struct report_column columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"field", T_report_column_field, CELL_TEXT, 18, false},
    {"received", T_report_ii06a_received, CELL_NUMBER, 6, true, T_report_ii06a_all_received,
     T_report_ii06a_total},
    {"received_online", T_report_ii06a_online, CELL_NUMBER, 6, false, T_report_ii06a_all_received,
     T_report_ii06a_online},
    {"received_direct", T_report_ii06a_direct, CELL_NUMBER, 7, false, T_report_ii06a_all_received,
     T_report_ii06a_direct},
    {"carried_over", T_report_ii06a_carried_over, CELL_NUMBER, 6, false, T_report_ii06a_all_received,
     T_report_ii06a_carried_over},
    {"solved", T_report_ii06a_solved, CELL_NUMBER, 6, false, T_report_ii06a_all_solved, T_report_ii06a_total},
    {"solved_early", T_report_ii06a_early, CELL_NUMBER, 6, false, T_report_ii06a_all_solved,
     T_report_ii06a_below_early},
    {"solved_on_time", T_report_ii06a_on_time, CELL_NUMBER, 6, false, T_report_ii06a_all_solved,
     T_report_ii06a_below_on_time},
    {"solved_late", T_report_ii06a_late, CELL_NUMBER, 6, false, T_report_ii06a_all_solved,
     T_report_ii06a_below_late},
    {"pending", T_report_ii06a_pending, CELL_NUMBER, 6, false, T_report_ii06a_all_pending,
     T_report_ii06a_total},
    {"pending_in_time", T_report_ii06a_in_time, CELL_NUMBER, 6, false, T_report_ii06a_all_pending,
     T_report_ii06a_below_in_time},
    {"pending_overdue", T_report_ii06a_overdue, CELL_NUMBER, 6, false, T_report_ii06a_all_pending,
     T_report_ii06a_below_late},
};

bool ii06a_adds_up(const struct ii06a_counts *c)
{
    return c->received == c->online + c->direct + c->carried_over && c->received == c->solved + c->pending &&
           c->solved == c->early + c->on_time + c->late && c->pending == c->in_time + c->overdue;
}

static void write_counts(struct report_maker *m, struct report_row *row, const struct ii06a_counts *c)
{
    const uint64_t numbers[] = {c->received, c->online, c->direct,  c->carried_over, c->solved, c->early,
                                c->on_time,  c->late,   c->pending, c->in_time,      c->overdue};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        cell_number(&row->cell[i + 2], (int64_t)numbers[i]);
    if (!ii06a_adds_up(c))
        m->broken = true; /* never a table that does not add up */
}

static void add_counts(struct ii06a_counts *total, const struct ii06a_counts *c)
{
    total->received += c->received;
    total->online += c->online;
    total->direct += c->direct;
    total->carried_over += c->carried_over;
    total->solved += c->solved;
    total->early += c->early;
    total->on_time += c->on_time;
    total->late += c->late;
    total->pending += c->pending;
    total->in_time += c->in_time;
    total->overdue += c->overdue;
}

static void write_table(struct report_maker *m, struct report *out, const uint16_t *order)
{
    const struct sums *s = m->state;
    struct ii06a_counts total = {0};
    struct report_part *part =
        report_part(out, T_nothing, "fields", columns, sizeof columns / sizeof *columns);
    if (!part)
        return;
    part->numbered = true;
    part->counted = T_report_ii06a_unit;
    for (size_t i = 0, no = 0; i < s->fields.count; i++) {
        const struct ii06a_counts *c = report_fields_at(&s->fields, order[i]);
        if (!c->received)
            continue;
        struct report_row *row = report_row(out, part, ROW_PLAIN);
        report_field_cells(m, out, row, ++no, order[i]);
        write_counts(m, row, c);
        add_counts(&total, c);
    }
    struct report_row *row = report_row(out, part, ROW_TOTAL);
    report_total_cells(m, out, row);
    write_counts(m, row, &total);
}

/* ---- below it ---- */

#define NOTE_ARGS 2

static void note_numbers(struct report_maker *m, struct report *out, enum text_id text, uint64_t a,
                         uint64_t b)
{
    struct buf number[NOTE_ARGS] = {BUF_INIT, BUF_INIT};
    buf_add_int(&number[0], (int64_t)a);
    buf_add_int(&number[1], (int64_t)b);
    report_note(m, out, text, (const struct str[]){buf_str(&number[0]), buf_str(&number[1])}, NOTE_ARGS);
    for (int i = 0; i < NOTE_ARGS; i++) {
        m->failed = m->failed || number[i].failed;
        buf_release(&number[i]);
    }
}

static void note_time(struct report_maker *m, struct report *out)
{
    const struct sums *s = m->state;
    if (!s->timed)
        return;
    int64_t whole = (int64_t)s->timed * MINUTES_A_DAY;
    int64_t hundredths = s->minutes / whole * 100 + (s->minutes % whole * 100 + whole / 2) / whole;
    struct buf days = BUF_INIT;
    buf_addf(&days, "%lld%c%02d", (long long)(hundredths / 100), m->request.lang == LANG_VI ? ',' : '.',
             (int)(hundredths % 100));
    report_note(m, out, T_report_ii06a_note_time, (const struct str[]){buf_str(&days)}, 1);
    m->failed = m->failed || days.failed;
    buf_release(&days);
}

static void add_cells(const struct ii06a_cells *cells, struct ii06a_counts *counts)
{
    for (int came = 0; came < CAME_WAYS; came++) {
        const uint64_t *n = cells->n[came];
        uint64_t all = n[TIMING_EARLY] + n[TIMING_ON_TIME] + n[TIMING_LATE];
        counts->received += all;
        counts->solved += all;
        counts->carried_over += came == CAME_BEFORE ? all : 0;
        counts->online += came == CAME_ONLINE ? all : 0;
        counts->direct += came == CAME_DIRECT ? all : 0;
        counts->early += n[TIMING_EARLY];
        counts->on_time += n[TIMING_ON_TIME];
        counts->late += n[TIMING_LATE];
    }
}

static void add_solved(struct report_maker *m, struct sums *s)
{
    ii06a_solved_finish(m, &s->solved);
    for (size_t i = 0; i < s->fields.count; i++)
        add_cells(&s->solved.cells[i], report_fields_at(&s->fields, (uint16_t)i));
    s->late[BASIS_STATUTORY] += s->solved.late[BASIS_STATUTORY];
    s->late[BASIS_PROMISED] += s->solved.late[BASIS_PROMISED];
    s->letters += s->solved.letters;
    s->timed += s->solved.timed;
    s->minutes += s->solved.minutes;
}

static void finish(struct report_maker *m, struct report *out)
{
    struct sums *s = m->state;
    const uint16_t *order = report_fields_order(m, &s->fields);
    if (!order)
        return;
    add_solved(m, s);
    write_table(m, out, order);
    note_numbers(m, out, T_report_ii06a_note_late, s->late[BASIS_STATUTORY], s->late[BASIS_PROMISED]);
    if (s->late[m->basis])
        note_numbers(m, out, T_report_ii06a_note_letters, s->late[m->basis], s->letters);
    note_time(m, out);
    if (s->waiting)
        note_numbers(m, out, T_report_ii06a_note_waiting, s->waiting, s->waited_late);
}

const struct report_ops report_ii06a = {
    .title = T_report_ii06a,
    .counted = T_report_ii06a_counted,
    .has_period = true,
    .entries = true,
    .begin = begin,
    .span = report_span_of_period,
    .columns = columns_of_solved,
    .look = look,
    .add = add,
    .finish = finish,
};
