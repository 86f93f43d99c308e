/* Due times under random changes of random offices, against a count that walks day by day.
 *
 * Each dossier lives through a chain of changes; what core/moving says of each is taken in by evolve, as a
 * store does. MOTCUA_ORACLE_CASES sets how many changes are looked at (40,000), MOTCUA_ORACLE_SEED the seed.
 */
#include "core/evolve.h"
#include "core/moving.h"
#include "tests/oracle_deadline.h"
#include "tests/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MAX_DAYS = 90, MAX_HOURS = 12, DOSSIERS = 12, CHANGES = 8 };

static int between(struct random *r, int low, int high)
{
    return (int)random_in(r, low, high);
}

static bool one_in(struct random *r, int n)
{
    return random_in(r, 1, n) == 1;
}

static uint64_t number_from_environment(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

/* ---- the office, twice: as its events tell it, and as plain lists for the walk ---- */

struct world {
    struct office_day days[MAX_DAYS];
    struct office_hours hours[MAX_HOURS];
    struct oracle_office plain;
    struct office *office;
    civil_day middle; /* about which everything happens */
};

static void tell(struct office *o, struct event e)
{
    if (!office_apply(o, &e))
        abort();
}

/* A list entry a day; the events tell it one after the other. */
static struct office *office_of(const struct world *w)
{
    struct office *o = office_new();
    if (!o)
        abort();
    for (size_t i = 1; i < w->plain.hour_count; i++) /* the first are the usual ones */
        tell(o, (struct event){.kind = EVENT_HOURS_PUT, .hours = w->hours[i]});
    for (size_t i = 0; i < w->plain.day_count; i++)
        tell(o, (struct event){.kind = EVENT_DAY_PUT, .day = w->days[i]});
    tell(o, (struct event){.kind = EVENT_YEARS_KNOWN, .known = w->plain.known});
    return o;
}

static void put_day(struct world *w, civil_day day, enum day_kind kind)
{
    size_t i = 0;
    while (i < w->plain.day_count && w->days[i].day != day)
        i++;
    if (i == MAX_DAYS)
        return;
    w->days[i] = (struct office_day){.day = day, .kind = kind, .name = STR("Ngày")};
    w->plain.day_count += i == w->plain.day_count;
}

static struct office_hours random_hours(struct random *r, civil_day from)
{
    static const int spans[][4] = {{420, 690, 810, 1020}, {450, 690, 780, 990}, {480, 720, 0, 0},
                                   {420, 720, 780, 1080}, {360, 1200, 0, 0},    {420, 421, 900, 1017}};
    const int *s = spans[between(r, 0, 5)];
    struct office_hours h = {.from = from, .weekdays = 0x3e, .span_count = s[2] ? 2 : 1};
    for (int i = 0; i < h.span_count; i++) {
        h.span[i].opens = s[2 * i];
        h.span[i].closes = s[2 * i + 1];
    }
    if (one_in(r, 3))
        h.weekdays ^= (uint8_t)(1 << between(r, 1, 7));
    return h;
}

static void put_hours(struct world *w, struct office_hours h)
{
    size_t i = 0;
    while (i < w->plain.hour_count && w->hours[i].from != h.from)
        i++;
    if (i == MAX_HOURS)
        return;
    w->hours[i] = h;
    w->plain.hour_count += i == w->plain.hour_count;
}

static civil_day some_day(struct random *r, const struct world *w)
{
    return w->middle + between(r, -5, 35);
}

/* The plan comes out as it was computed: every computed day off is announced. */
static void announce(struct world *w)
{
    struct oracle_office all = w->plain;
    all.known = (struct known_years){1900, 2200};
    for (civil_day day = w->middle - 20; day < w->middle + 90; day++)
        if (!oracle_is_working(&w->plain, day) && oracle_is_working(&all, day))
            put_day(w, day, DAY_OFF);
    w->plain.known.last += 2;
}

/* A few at once, as one submission may bring. */
static void change_days(struct random *r, struct world *w)
{
    for (int n = one_in(r, 3) ? between(r, 2, 4) : 1; n > 0; n--)
        switch (between(r, 0, 10)) {
        case 0:
        case 1:
        case 2: put_day(w, some_day(r, w), DAY_OFF); break;
        case 3:
        case 4:
        case 5: put_day(w, some_day(r, w), DAY_WORKED); break;
        case 6: put_day(w, some_day(r, w), DAY_CLOSED); break;
        case 7:
            if (w->plain.day_count) {
                size_t i = (size_t)between(r, 0, (int)w->plain.day_count - 1);
                w->days[i] = w->days[--w->plain.day_count];
            }
            break;
        case 8: put_hours(w, random_hours(r, some_day(r, w))); break;
        case 9: announce(w); break;
        default: w->plain.known.last += one_in(r, 4) ? -1 : 1; break;
        }
}

static void begin_world(struct random *r, struct world *w)
{
    int year = between(r, 1995, 2090);
    *w = (struct world){.middle = (civil_day)((year - 1970) * 365.2425) + between(r, 0, 365)};
    w->plain = (struct oracle_office){.hours = w->hours, .hour_count = 1, .days = w->days};
    w->hours[0] = (struct office_hours){
        .from = ORACLE_FIRST_DAY, .weekdays = 0x3e, .span_count = 2, .span = {{420, 690}, {810, 1020}}};
    w->plain.known = one_in(r, 2) ? (struct known_years){1990, year - 1 + between(r, 0, 2)}
                                  : (struct known_years){1990, 2100};
    for (int n = between(r, 0, 5); n > 0; n--)
        change_days(r, w);
    w->office = office_of(w);
}

/* ---- dossiers ---- */

static struct limit random_limit(struct random *r)
{
    static const enum limit_kind kinds[] = {LIMIT_SAME_DAY,      LIMIT_WORKING_DAYS,  LIMIT_WORKING_DAYS,
                                            LIMIT_CALENDAR_DAYS, LIMIT_WORKING_HOURS, LIMIT_MONTHS};
    struct limit l = {.kind = kinds[between(r, 0, 5)], .cutoff = LIMIT_NO_CUTOFF};
    switch (l.kind) {
    case LIMIT_SAME_DAY:
        l.hundredths = 100;
        l.cutoff = one_in(r, 2) ? between(r, 420, 1020) : LIMIT_NO_CUTOFF;
        break;
    case LIMIT_MONTHS: l.hundredths = 100; break;
    case LIMIT_WORKING_HOURS: l.hundredths = (uint32_t)between(r, 1, 40) * 50; break;
    default: l.hundredths = (uint32_t)between(r, 1, 25) * (one_in(r, 4) ? 50 : 100);
    }
    return l;
}

/* Due as the walk counts it today; from the receipt, a restart or a payment. False when it ends past 2101. */
static bool begin_dossier(struct random *r, const struct world *w, struct dossier *d)
{
    civil_minute from = (civil_minute)(w->middle + between(r, -10, 30)) * 1440 + between(r, 300, 1200);
    struct event e = {.kind = EVENT_RECEIVED, .seq = 10, .dossier = (uint64_t)between(r, 1, 999), .at = from};
    e.received.receipt.limit = random_limit(r);
    e.received.receipt.clock = one_in(r, 2) ? CLOCK_SAME_HOUR : CLOCK_DAY_END;
    e.received.receipt.cutoff = between(r, 600, 960);
    struct limit counted = e.received.receipt.limit;
    bool resumed = one_in(r, 3);
    struct event again = {.kind = one_in(r, 2) ? EVENT_PAID : EVENT_RESTARTED, .at = from};
    if (resumed && again.kind == EVENT_PAID)
        counted = again.resumed.within = random_limit(r);
    struct oracle_answer a = {0};
    bool fine =
        oracle_deadline(&w->plain, &counted, e.received.receipt.clock, e.received.receipt.cutoff, from, &a);
    struct appointment appointment = {from, a.counting, a.due, a.provisional};
    oracle_answer_release(&a);
    if (!fine)
        return false;
    *d = (struct dossier){0};
    e.received.appointment =
        resumed ? (struct appointment){from - 99999, from - 99999, from - 9999, false} : appointment;
    if (!evolve(d, &e))
        abort();
    if (resumed) {
        struct event wait = {.kind = EVENT_PAYMENT_AWAITED, .seq = 11, .previous = 10, .dossier = e.dossier};
        wait.at = from - 100;
        again.seq = 12;
        again.previous = 11;
        again.dossier = e.dossier;
        again.resumed.appointment = appointment;
        if (!evolve(d, &wait) || !evolve(d, &again))
            abort();
    }
    return true;
}

/* A letter that promises a working day after the due day, at any open minute of it. */
static void promise(struct random *r, const struct world *w, struct dossier *d)
{
    civil_day day = (civil_day)(d->promised / 1440) + between(r, 1, 9);
    while (!oracle_is_working(&w->plain, day))
        day++;
    const struct office_hours *h = oracle_hours(&w->plain, day);
    int span = between(r, 0, h->span_count - 1);
    struct event e = {.kind = EVENT_APOLOGIZED,
                      .seq = d->last_event + 1,
                      .previous = d->last_event,
                      .dossier = d->facts.id,
                      .at = d->appointment.from};
    e.apologized.number = 1;
    e.apologized.old_due = d->promised;
    e.apologized.new_due = (civil_minute)day * 1440 + between(r, h->span[span].opens, h->span[span].closes);
    if (!evolve(d, &e))
        abort();
}

/* ---- what ought to come of it ---- */

struct verdict {
    enum move move;
    civil_minute statutory, due; /* kept: what would have been */
    civil_minute counting;
    bool provisional;
};

/* The first open minute, from the same one of the next working day on; closing when there is none. */
static civil_minute rolled(const struct oracle_office *o, civil_minute t)
{
    civil_day day = (civil_day)(t / 1440);
    while (!oracle_is_working(o, day))
        day++;
    const struct office_hours *h = oracle_hours(o, day);
    for (int minute = (int)(t % 1440); minute < 1440; minute++)
        for (int i = 0; i < h->span_count; i++)
            if (minute >= h->span[i].opens && minute <= h->span[i].closes)
                return (civil_minute)day * 1440 + minute;
    return (civil_minute)day * 1440 + h->span[h->span_count - 1].closes;
}

static bool lost_its_day(const struct world *before, const struct world *after, civil_minute t)
{
    civil_day day = (civil_day)(t / 1440);
    return oracle_is_working(&before->plain, day) && !oracle_is_working(&after->plain, day);
}

static struct verdict judge(const struct world *before, const struct world *after, const struct dossier *d,
                            const struct oracle_answer *a, const struct oracle_answer *b)
{
    struct verdict v = {.statutory = d->appointment.due, .due = d->promised};
    bool letter = d->promised != d->appointment.due;
    v.counting = b->counting;
    if (a->due != b->due && b->due > d->appointment.due)
        v.statutory = b->due;
    else if (lost_its_day(before, after, d->appointment.due))
        v.statutory = rolled(&after->plain, d->appointment.due);
    v.provisional = b->provisional;
    if (!letter)
        v.due = v.statutory;
    else if (lost_its_day(before, after, d->promised))
        v.due = rolled(&after->plain, d->promised);
    if (v.statutory != d->appointment.due || v.due != d->promised) {
        v.move = MOVE_LATER;
    } else if (b->due < a->due && b->due < d->appointment.due) {
        v.move = MOVE_KEPT;
        v.statutory = b->due;
        v.due = letter ? d->promised : b->due;
    } else {
        v.move = v.provisional != d->appointment.provisional ? MOVE_CONFIRMED : MOVE_NONE;
    }
    return v;
}

/* ---- one change ---- */

struct counts {
    long seen, none, confirmed, later, kept, rolled, kept_confirmed, letters;
};

static void take_in(struct dossier *d, struct event e)
{
    e.seq = d->last_event + 1;
    e.previous = d->last_event;
    if (!evolve(d, &e))
        abort();
}

static void check_one(const struct world *before, const struct world *after, struct dossier *d,
                      struct counts *n)
{
    struct oracle_answer a = {0}, b = {0};
    const struct limit *limit = d->within.kind ? &d->within : &d->receipt.limit;
    if (!oracle_deadline(&before->plain, limit, d->receipt.clock, d->receipt.cutoff, d->appointment.from,
                         &a) ||
        !oracle_deadline(&after->plain, limit, d->receipt.clock, d->receipt.cutoff, d->appointment.from, &b))
        abort(); /* years from the end of the calendar */
    struct verdict v = judge(before, after, d, &a, &b);
    struct event e, confirmed;
    enum move is = due_after_office_change(before->office, after->office, d, &e);
    assert_int_equal(is, v.move);
    if (is != MOVE_NONE) {
        assert_true(e.kind == EVENT_DUE_MOVED && e.dossier == d->facts.id);
        assert_true(e.moved.old_statutory == d->appointment.due && e.moved.old_due == d->promised);
        assert_true(e.moved.new_statutory == v.statutory);
        assert_true(e.moved.new_due == v.due);
        assert_true(e.moved.counting == v.counting);
        assert_int_equal(e.moved.provisional, v.provisional);
    }
    civil_minute statutory = d->appointment.due, due = d->promised;
    confirmed = e;
    bool certain = is == MOVE_KEPT && due_kept_is_confirmed(d, &confirmed);
    assert_true(is != MOVE_KEPT || certain == (v.provisional != d->appointment.provisional));
    if (is == MOVE_CONFIRMED || is == MOVE_LATER)
        take_in(d, e);
    if (certain)
        take_in(d, confirmed);
    /* whatever the rules: never earlier, never before the count, never on a day that was worked and is not */
    assert_true(d->appointment.due >= statutory && d->promised >= due);
    assert_true((is == MOVE_LATER) == (d->appointment.due > statutory || d->promised > due));
    assert_true(d->appointment.due >= b.due);
    assert_false(lost_its_day(before, after, d->appointment.due));
    assert_false(lost_its_day(before, after, d->promised));
    assert_int_equal(due_after_office_change(after->office, after->office, d, &e), MOVE_NONE);
    assert_int_equal(due_after_undo(after->office, d, &e), MOVE_NONE);
    n->seen++;
    n->none += is == MOVE_NONE;
    n->confirmed += is == MOVE_CONFIRMED;
    n->later += is == MOVE_LATER;
    n->kept += is == MOVE_KEPT;
    n->kept_confirmed += certain;
    n->rolled += is == MOVE_LATER && d->appointment.due != b.due && d->appointment.due > statutory;
    n->letters += is == MOVE_LATER && d->appointment.due == statutory;
    oracle_answer_release(&a);
    oracle_answer_release(&b);
}

/* Who slept through all of it catches up by an undo: with what the last count says, were it later. */
static void check_sleeper(const struct world *now, const struct dossier *d)
{
    struct oracle_answer b = {0};
    const struct limit *limit = d->within.kind ? &d->within : &d->receipt.limit;
    if (!oracle_deadline(&now->plain, limit, d->receipt.clock, d->receipt.cutoff, d->appointment.from, &b))
        abort();
    civil_minute due = b.due > d->appointment.due ? b.due : rolled(&now->plain, d->appointment.due);
    if (oracle_is_working(&now->plain, (civil_day)(d->appointment.due / 1440)) && b.due <= d->appointment.due)
        due = d->appointment.due; /* at its own hour */
    struct event e;
    enum move is = due_after_undo(now->office, d, &e);
    if (due != d->appointment.due) {
        assert_int_equal(is, MOVE_LATER);
        assert_true(e.moved.new_statutory == due && e.moved.new_due == due);
    } else {
        assert_int_equal(is, b.provisional != d->appointment.provisional ? MOVE_CONFIRMED : MOVE_NONE);
    }
    oracle_answer_release(&b);
}

static uint64_t seed_now;

static int say_seed(void **state)
{
    (void)state;
    print_message("the last seed was %llu\n", (unsigned long long)seed_now);
    return 0;
}

static void run_world(struct random *r, struct counts *n)
{
    struct world w, next;
    struct dossier d[DOSSIERS], sleeper[DOSSIERS];
    int dossiers = 0;
    begin_world(r, &w);
    for (int i = 0; i < DOSSIERS; i++)
        if (begin_dossier(r, &w, &d[dossiers])) {
            sleeper[dossiers] = d[dossiers];
            if (one_in(r, 3))
                promise(r, &w, &d[dossiers]);
            dossiers++;
        }
    for (int i = 0; i < CHANGES; i++) {
        next = w;
        next.plain.hours = next.hours;
        next.plain.days = next.days;
        change_days(r, &next);
        next.office = office_of(&next);
        for (int k = 0; k < dossiers; k++)
            check_one(&w, &next, &d[k], n);
        office_free(w.office);
        w = next;
        w.plain.hours = w.hours;
        w.plain.days = w.days;
    }
    for (int k = 0; k < dossiers; k++)
        check_sleeper(&w, &sleeper[k]);
    office_free(w.office);
}

static void due_times_move_as_the_walk_says(void **state)
{
    (void)state;
    uint64_t seed = number_from_environment("MOTCUA_ORACLE_SEED", 20261124);
    uint64_t cases = number_from_environment("MOTCUA_ORACLE_CASES", 40000);
    struct counts n = {0};
    for (; (uint64_t)n.seen < cases; seed++) {
        struct random r = {seed};
        seed_now = seed;
        run_world(&r, &n);
    }
    print_message("%ld changes: %ld none, %ld confirmed, %ld later (%ld rolled, %ld letters), %ld kept (%ld "
                  "confirmed)\n",
                  n.seen, n.none, n.confirmed, n.later, n.rolled, n.letters, n.kept, n.kept_confirmed);
    if (cases >= 40000)
        assert_true(n.confirmed > 20 && n.later > 2000 && n.rolled > 20 && n.letters > 50 && n.kept > 1000 &&
                    n.kept_confirmed > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_teardown(due_times_move_as_the_walk_says, say_seed)};
    return cmocka_run_group_tests_name("moving against the walk", tests, NULL, NULL);
}
