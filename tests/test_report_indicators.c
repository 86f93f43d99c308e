/* The indicators by hand, and they, what is older than ninety days and the truth of the record against slow
 * counts over random desks (tests/report_world), read from the journal alone (tests/report_slow).
 *
 * MOTCUA_QUICK scales the random desks down, MOTCUA_LONG up; MOTCUA_LIFE_SEED says where they begin. */
#include "tests/report_slow.h"
#include "tests/report_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- reports of a world ---- */

/* Everything the maker wants, as a store would feed it: the journal first where it wants all of it. */
static void make(const struct report_world *w, const struct report_known *k, enum report_kind kind,
                 struct period p, struct report *out)
{
    struct report_request request = {.kind = kind,
                                     .period = p,
                                     .now = civil_from_utc(k->second, REPORT_OFFSET),
                                     .known = k->second,
                                     .lang = LANG_VI,
                                     .office = k->office};
    struct report_maker *m = report_begin(&request);
    assert_non_null(m);
    for (size_t i = 0; i < w->entries && report_wants_all_entries(m); i++) {
        struct event e = w->journal[i];
        e.undone_by = 0;
        if (e.recorded_at <= k->second)
            report_entry(m, &e, e.recorded_at);
    }
    for (size_t i = 0; i < k->dossiers; i++) {
        const struct report_chain *c = &k->chain[i];
        enum report_need need = report_look(m, &c->now.facts);
        struct report_item item = {.facts = &c->now.facts, .dossier = &c->now};
        if (need == NEED_HISTORY) {
            item.event = c->event;
            item.events = c->events;
        }
        if (need != NEED_NOTHING)
            report_add(m, &item);
    }
    civil_minute from;
    bool wants = report_wants_entries(m, &from) && !report_wants_all_entries(m);
    for (size_t i = 0; i < w->entries && wants; i++) {
        struct event e = w->journal[i];
        e.undone_by = 0;
        if (e.recorded_at <= k->second && e.recorded_at >= civil_to_utc(from, REPORT_OFFSET))
            report_entry(m, &e, e.recorded_at);
    }
    report_init(out);
    assert_true(report_finish(m, out));
    report_end(m);
}

static const struct report_part *part_of(const struct report *r, const char *key)
{
    for (size_t i = 0; i < r->parts; i++)
        if (strcmp(r->part[i].key, key) == 0)
            return &r->part[i];
    fail_msg("no part %s", key);
    return NULL;
}

static size_t column_of(const struct report_part *p, const char *key)
{
    for (size_t i = 0; i < p->columns; i++)
        if (strcmp(p->column[i].key, key) == 0)
            return i;
    fail_msg("no column %s", key);
    return 0;
}

/* ---- the rows, by their place ---- */

enum row {
    ROW_ON_TIME,
    ROW_LETTERS,
    ROW_ONLINE,
    ROW_ONLINE_PROCEDURES,
    ROW_POSTAL_IN,
    ROW_POSTAL_OUT,
    ROW_POSTAL_PROCEDURES,
    ROW_DIGITIZED,
    ROW_PETITIONS,
    ROW_RATING,
    ROW_SATISFACTION,
    ROWS
};
struct share {
    uint64_t part, whole;
};

static void take(struct share *s, bool part)
{
    s->whole++;
    s->part += part;
}

static void expect_share(const struct report *r, enum row row, struct share s, uint64_t seed)
{
    const struct report_part *p = part_of(r, "indicators");
    assert_int_equal(p->count, ROWS);
    const struct report_cell *c = p->row[row].cell;
    if ((uint64_t)c[2].number != s.part || (uint64_t)c[3].number != s.whole || c[2].type != CELL_NUMBER)
        fail_msg("seed %llu, row %d: %lld of %lld, not %llu of %llu", (unsigned long long)seed, row,
                 (long long)c[2].number, (long long)c[3].number, (unsigned long long)s.part,
                 (unsigned long long)s.whole);
}

/* ---- by the rules, slowly ---- */

struct question {
    const struct report_known *known;
    struct period period;
    civil_minute closing;
    enum report_basis basis;
    uint64_t seed;
};

static bool in_period(const struct question *q, civil_minute t)
{
    return t != NO_TIME && t <= q->closing && slow_day(t) >= q->period.from && slow_day(t) <= q->period.to;
}

static bool stands(const struct report_chain *c, size_t i)
{
    for (size_t k = i + 1; k < c->events; k++)
        if (c->event[k].kind == EVENT_UNDONE && c->event[k].undone.seq == c->event[i].seq)
            return false;
    return c->event[i].kind != EVENT_UNDONE;
}

/* The last that stands of one of two kinds. */
static const struct event *last_of(const struct report_chain *c, enum event_kind a, enum event_kind b)
{
    const struct event *last = NULL;
    for (size_t i = 0; i < c->events; i++)
        if ((c->event[i].kind == a || c->event[i].kind == b) && stands(c, i))
            last = &c->event[i];
    return last;
}

/* What is now known of the receipt's channel. */
static enum channel channel_of(const struct report_chain *c)
{
    const struct event *fixed = last_of(c, EVENT_CORRECTED, EVENT_CORRECTED);
    if (fixed)
        return fixed->corrected.receipt.channel;
    return c->event->kind == EVENT_RECEIVED ? c->event->received.receipt.channel
                                            : c->event->imported.receipt.channel;
}

/* Later than its due day, when it ended or the waiting in which it ended began. */
static int timing_of(const struct question *q, const struct slow *s)
{
    civil_minute end = s->waiting ? s->waiting_since : s->solved, due = s->due[q->basis];
    if (s->was_late[q->basis])
        return 1;
    return due == NO_TIME || slow_day(end) == slow_day(due) ? 0 : slow_day(end) > slow_day(due) ? 1 : -1;
}

static bool is_overdue(const struct question *q, const struct slow *s)
{
    return !s->waiting && (s->was_late[q->basis] || (s->due[q->basis] != NO_TIME &&
                                                     slow_day(q->closing) > slow_day(s->due[q->basis])));
}

struct counted {
    struct share row[ROWS];
    uint64_t without; /* dossiers that brought no point */
    uint64_t unsaid;  /* not said by another system */
};

/* What was handed over, and how. */
static void count_result(const struct question *q, const struct report_chain *c, const struct slow *now,
                         struct counted *n)
{
    const struct event *solved = last_of(c, EVENT_RESOLVED, EVENT_RESOLVED);
    const struct event *back = last_of(c, EVENT_RETURNED, EVENT_RETURNED);
    const struct event *import = c->event->kind == EVENT_IMPORTED ? c->event : NULL;
    bool elsewhere =
        import && (import->imported.state == STATE_RESOLVED || import->imported.state == STATE_RETURNED);
    if (solved && in_period(q, solved->at))
        take(&n->row[ROW_DIGITIZED], solved->resolved.digitized);
    else if (elsewhere && in_period(q, now->solved))
        n->unsaid++;
    if ((solved || elsewhere) && back && in_period(q, back->at))
        take(&n->row[ROW_POSTAL_OUT], back->returned.channel == CHANNEL_POSTAL);
    else if (elsewhere && import->imported.state == STATE_RETURNED && in_period(q, import->imported.returned))
        n->unsaid++;
}

/* The last word that was given in the period. */
static void count_rating(const struct question *q, const struct report_chain *c, struct counted *n)
{
    for (size_t i = c->events; i-- > 0;)
        if (c->event[i].kind == EVENT_RATED && stands(c, i) && in_period(q, c->event[i].at)) {
            take(&n->row[ROW_SATISFACTION], c->event[i].rated.stars >= 4);
            return;
        }
}

static void count_one(const struct question *q, const struct report_chain *c, struct counted *n)
{
    const struct calendar *calendar = office_calendar(q->known->office);
    struct slow now, then;
    slow_look(&now, c->event, c->events, INT64_MAX, calendar);
    if (now.is_void || now.received > q->closing)
        return;
    slow_look(&then, c->event, c->events, q->closing, calendar);
    bool solved = now.solved != NO_TIME && now.solved <= q->closing;
    bool late = solved ? timing_of(q, &now) > 0 : is_overdue(q, &then);
    bool waits_late = !solved && then.waiting && then.was_late[q->basis];
    if (in_period(q, now.received)) {
        take(&n->row[ROW_ONLINE], channel_of(c) == CHANNEL_ONLINE);
        take(&n->row[ROW_POSTAL_IN], channel_of(c) == CHANNEL_POSTAL);
        if (solved || late)
            take(&n->row[ROW_ON_TIME], !late);
    }
    if ((late || waits_late) && (!solved || in_period(q, now.solved)))
        take(&n->row[ROW_LETTERS], solved ? now.letter : then.letter);
    if (solved && in_period(q, now.solved)) {
        n->row[ROW_RATING].part += timing_of(q, &now) < 0 ? 2 : timing_of(q, &now) == 0;
        n->row[ROW_RATING].whole += 2;
        n->without += timing_of(q, &now) > 0;
    }
    count_rating(q, c, n);
    count_result(q, c, &now, n);
}

/* ---- targets, one dossier more after the other ---- */

static const char *const targets[ROWS] = {"target.on_time",
                                          "target.letters",
                                          "target.online",
                                          "target.online_procedures",
                                          "target.postal_in",
                                          "target.postal_out",
                                          "target.postal_procedures",
                                          "target.digitized",
                                          "target.petitions",
                                          "target.rating",
                                          NULL};

/* The office asks for something else. */
static struct target some_target(struct random *r, const struct report_known *k, enum row row)
{
    static const char *const signs[] = {">", ">=", "="};
    struct target t = {(enum comparator)random_in(r, 0, 2), (int)random_in(r, 0, 40) * 250};
    char text[32];
    if (t.comparator == TARGET_ABOVE && t.hundredths == 10000)
        t.hundredths = 9750; /* more than all is no target */
    snprintf(text, sizeof text, "%s%d.%02d", signs[t.comparator], t.hundredths / 100, t.hundredths % 100);
    struct event set = {.kind = EVENT_SETTING_PUT, .setting = {str_of(targets[row]), str_of(text)}};
    assert_true(office_apply(k->office, &set));
    return t;
}

static bool is_met(struct target t, uint64_t part, uint64_t whole)
{
    uint64_t is = part * 10000, asked = whole * (uint64_t)t.hundredths;
    return t.comparator == TARGET_ABOVE      ? is > asked
           : t.comparator == TARGET_AT_LEAST ? is >= asked
                                             : is == asked;
}

/* How many more, -1: never. Of points, dossiers: two at a time from those that brought none, else one. */
static int64_t slow_gap(struct target t, struct share s, bool points, uint64_t without)
{
    for (uint64_t part = s.part; part <= s.whole; part++)
        if (is_met(t, part, s.whole)) {
            uint64_t more = part - s.part, n = 0;
            for (; points && more; n++)
                more -= n < without && more > 1 ? 2 : 1;
            return (int64_t)(points ? n : more);
        }
    return -1;
}

static uint64_t seen_met, seen_gap, seen_never;

static void expect_target(const struct report *r, enum row row, struct target t, const struct counted *n,
                          uint64_t seed)
{
    const struct report_row *line = &part_of(r, "indicators")->row[row];
    const struct report_cell *met = &line->cell[6], *gap = &line->cell[7];
    struct share s = n->row[row];
    if (!s.whole) {
        assert_true(met->type == CELL_EMPTY && gap->type == CELL_EMPTY && line->kind == ROW_PLAIN);
        return;
    }
    bool is = is_met(t, s.part, s.whole);
    int64_t more = slow_gap(t, s, row == ROW_RATING, n->without);
    assert_true(str_eq(met->text, is ? STR("Đạt") : STR("Chưa đạt")));
    assert_int_equal(line->kind, is ? ROW_PLAIN : ROW_ALERT);
    if (more < 0 ? gap->type != CELL_EMPTY : gap->type != CELL_NUMBER || gap->number != more)
        fail_msg("seed %llu, row %d: gap %lld, not %lld", (unsigned long long)seed, row,
                 (long long)gap->number, (long long)more);
    seen_met += is;
    seen_gap += more > 0;
    seen_never += more < 0;
}

static uint64_t seen_rows[ROWS], seen_unsaid, seen_late_entries, seen_hidden, seen_letterless,
    seen_uncollected, seen_old, seen_moved, seen_across;

static void compare_indicators(const struct report_world *w, const struct question *q)
{
    static const enum row rows[] = {ROW_ON_TIME,    ROW_LETTERS,   ROW_ONLINE, ROW_POSTAL_IN,
                                    ROW_POSTAL_OUT, ROW_DIGITIZED, ROW_RATING, ROW_SATISFACTION};
    struct counted n = {0};
    struct report r;
    struct target target[ROWS];
    struct random random = {q->seed * 31 + (uint64_t)q->period.from};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (targets[rows[i]])
            target[i] = some_target(&random, q->known, rows[i]);
    for (size_t i = 0; i < q->known->dossiers; i++)
        count_one(q, &q->known->chain[i], &n);
    make(w, q->known, REPORT_INDICATORS, q->period, &r);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        expect_share(&r, rows[i], n.row[rows[i]], q->seed);
        if (targets[rows[i]])
            expect_target(&r, rows[i], target[i], &n, q->seed);
        seen_rows[rows[i]] += n.row[rows[i]].part > 0;
    }
    seen_unsaid += n.unsaid;
    report_release(&r);
}

/* ---- the truth, slowly ---- */

/* How many entries of this dossier tell of something more than a working day old. */
static uint64_t late_entries(const struct question *q, const struct report_chain *c)
{
    uint64_t n = 0;
    for (size_t i = 0; i < c->events; i++) {
        const struct event *e = &c->event[i];
        civil_day at = slow_day(e->at), recorded = slow_day(civil_from_utc(e->recorded_at, REPORT_OFFSET));
        bool of_period = (at >= q->period.from && at <= q->period.to) ||
                         (recorded >= q->period.from && recorded <= q->period.to);
        bool undone = e->kind != EVENT_UNDONE && !stands(c, i);
        n += of_period && !undone && e->kind != EVENT_IMPORTED && e->kind != EVENT_DUE_MOVED &&
             slow_days(office_calendar(q->known->office), at, recorded) > 1;
    }
    return n;
}

static bool has_day(const struct question *q, civil_day day)
{
    return day >= q->period.from && day <= q->period.to;
}

/* In time, but the entry that says so was recorded after the due day: of the period in which it was solved,
 * and of that in which it was recorded. */
static bool is_hidden(const struct question *q, const struct report_chain *c, const struct slow *now)
{
    const struct event *e;
    if (now->solved == NO_TIME || timing_of(q, now) > 0 || now->due[q->basis] == NO_TIME)
        return false;
    if (now->waiting) {
        e = last_of(c, EVENT_SUPPLEMENT_REQUESTED, EVENT_PAYMENT_AWAITED);
    } else {
        const struct event *a = last_of(c, EVENT_RESOLVED, EVENT_REFUSED);
        e = a ? a : last_of(c, EVENT_WITHDRAWN, EVENT_STOPPED);
    }
    civil_day recorded = e ? slow_day(civil_from_utc(e->recorded_at, REPORT_OFFSET)) : NO_DAY;
    seen_across += e && recorded > slow_day(now->due[q->basis]) && has_day(q, recorded) &&
                   !has_day(q, slow_day(now->solved));
    return e && recorded > slow_day(now->due[q->basis]) &&
           (has_day(q, recorded) || has_day(q, slow_day(now->solved)));
}

static bool is_uncollected(const struct question *q, const struct report_chain *c, const struct slow *now)
{
    const struct event *e = last_of(c, EVENT_RESOLVED, EVENT_REFUSED);
    const struct event *back = last_of(c, EVENT_RETURNED, EVENT_RETURNED);
    const struct event *import = c->event->kind == EVENT_IMPORTED ? c->event : NULL;
    enum dossier_state brought = import ? import->imported.state : STATE_PROCESSING;
    civil_minute returned = back ? back->at : import ? import->imported.returned : NO_TIME;
    bool to_collect = e || brought == STATE_RESOLVED || brought == STATE_REFUSED || brought == STATE_RETURNED;
    return to_collect && now->solved != NO_TIME && now->solved <= q->closing &&
           (returned == NO_TIME || returned > q->closing) &&
           slow_days(office_calendar(q->known->office), slow_day(now->solved), slow_day(q->closing)) > 10;
}

struct truths {
    uint64_t late, hidden, letterless, uncollected;
};

static void tell(const struct question *q, const struct report_chain *c, struct truths *t)
{
    const struct calendar *calendar = office_calendar(q->known->office);
    struct slow now, then;
    slow_look(&now, c->event, c->events, INT64_MAX, calendar);
    if (now.is_void)
        return;
    slow_look(&then, c->event, c->events, q->closing, calendar);
    t->late += late_entries(q, c);
    t->hidden += is_hidden(q, c, &now);
    if (now.received > q->closing)
        return;
    bool solved = now.solved != NO_TIME && now.solved <= q->closing;
    bool late = solved ? timing_of(q, &now) > 0 && in_period(q, now.solved)
                       : is_overdue(q, &then) || (then.waiting && then.was_late[q->basis]);
    t->letterless += late && !(solved ? now.letter : then.letter);
    t->uncollected += is_uncollected(q, c, &now);
}

static void compare_truth(const struct report_world *w, const struct question *q)
{
    struct truths t = {0};
    struct report r;
    for (size_t i = 0; i < q->known->dossiers; i++)
        tell(q, &q->known->chain[i], &t);
    make(w, q->known, REPORT_TRUTH, q->period, &r);
    const struct report_part *sums = part_of(&r, "summary");
    const uint64_t expected[] = {t.late, t.hidden, t.letterless, t.uncollected};
    for (size_t i = 0; i < 4; i++)
        if ((uint64_t)sums->row[i].cell[2].number != expected[i])
            fail_msg("seed %llu, truth %zu: %lld, not %llu", (unsigned long long)q->seed, i + 1,
                     (long long)sums->row[i].cell[2].number, (unsigned long long)expected[i]);
    assert_int_equal(sums->row[5].cell[2].number, 0); /* the clock was right */
    seen_late_entries += t.late;
    seen_hidden += t.hidden;
    seen_letterless += t.letterless;
    seen_uncollected += t.uncollected;
    seen_moved += (uint64_t)sums->row[6].cell[2].number;
    report_release(&r);
}

/* ---- older than ninety days, slowly ---- */

static void compare_old(const struct report_world *w, const struct question *q)
{
    uint64_t n = 0, overdue = 0, waiting = 0;
    struct report r;
    civil_minute now_minute = civil_from_utc(q->known->second, REPORT_OFFSET);
    for (size_t i = 0; i < q->known->dossiers; i++) {
        const struct report_chain *c = &q->known->chain[i];
        struct slow s;
        slow_look(&s, c->event, c->events, INT64_MAX, office_calendar(q->known->office));
        bool old = !s.is_void && s.solved == NO_TIME && s.received <= now_minute &&
                   slow_day(now_minute) - slow_day(s.received) > 90;
        n += old;
        waiting += old && s.waiting;
        overdue += old && !s.waiting &&
                   (s.was_late[q->basis] ||
                    (s.due[q->basis] != NO_TIME && slow_day(now_minute) > slow_day(s.due[q->basis])));
    }
    make(w, q->known, REPORT_OVER90, q->period, &r);
    assert_int_equal(part_of(&r, "dossiers")->count, n);
    const struct report_part *fields = part_of(&r, "fields");
    const struct report_cell *total = fields->row[fields->count - 1].cell;
    assert_int_equal(total[column_of(fields, "dossiers")].number, n);
    assert_int_equal(total[column_of(fields, "waiting")].number, waiting);
    assert_int_equal(total[column_of(fields, "overdue")].number, overdue);
    seen_old += n;
    report_release(&r);
}

/* ---- over random desks ---- */

static uint64_t first_seed(void)
{
    const char *text = getenv("MOTCUA_LIFE_SEED");
    return text && *text ? strtoull(text, NULL, 10) : 1;
}

static uint64_t scaled(uint64_t usual)
{
    return getenv("MOTCUA_LONG") ? usual * 10 : getenv("MOTCUA_QUICK") ? usual / 10 : usual;
}

static struct period some_period(struct random *r, civil_day first, civil_day last)
{
    civil_day a = (civil_day)random_in(r, first - 5, last + 10);
    civil_day b = (civil_day)random_in(r, first - 5, last + 10);
    return a <= b ? (struct period){a, b} : (struct period){b, a};
}

static void every_count_is_the_slow_count(void **state)
{
    uint64_t worlds = scaled(600), seed = first_seed();
    (void)state;
    for (uint64_t n = 0; n < worlds; n++, seed++) {
        struct report_world w;
        report_world_begin(&w, seed);
        civil_day first = civil_day_of(report_world_minute(&w));
        report_world_live(&w, 180);
        civil_day last = civil_day_of(report_world_minute(&w));
        for (int look = 0; look < 2; look++) {
            struct report_known k;
            enum report_basis basis =
                (enum report_basis)random_in(&w.random, BASIS_STATUTORY, BASIS_PROMISED);
            report_known_begin(&k, &w, w.now - (look ? random_in(&w.random, 0, 50) * 80000 : 0), basis);
            civil_minute now = civil_from_utc(k.second, REPORT_OFFSET);
            for (int i = 0; i < 4; i++) {
                struct period p = some_period(&w.random, first, last);
                civil_minute end = civil_at(p.to, 1439);
                struct question q = {&k, p, end < now ? end : now, basis, seed};
                compare_indicators(&w, &q);
                compare_truth(&w, &q);
                if (i == 0)
                    compare_old(&w, &q);
            }
            report_known_end(&k);
        }
        report_world_end(&w);
    }
    assert_true(seen_rows[ROW_ON_TIME] && seen_rows[ROW_LETTERS] && seen_rows[ROW_ONLINE] &&
                seen_rows[ROW_POSTAL_IN] && seen_rows[ROW_RATING]);
    assert_true(seen_late_entries && seen_hidden && seen_letterless && seen_uncollected && seen_old);
    assert_true(seen_unsaid && seen_moved && seen_across && seen_met && seen_gap && seen_never);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_count_is_the_slow_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
