/* The reports about people against tests/report_people_oracle, over random desks. In plain desks nothing is
 * dated back, mended or taken back, and reports of any past period are compared; in the others those that
 * reach to the moment. MOTCUA_QUICK scales the number of desks down, MOTCUA_LONG up; MOTCUA_LIFE_SEED says
 * where they begin. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/report_people_oracle.h"
#include <stdio.h>
#include <stdlib.h>

static uint64_t from_environment(const char *name, uint64_t usual)
{
    const char *set = getenv(name);
    return set ? strtoull(set, NULL, 10) : usual;
}

static uint64_t desks(void)
{
    uint64_t usual = 1200;
    return getenv("MOTCUA_LONG") ? usual * 10 : getenv("MOTCUA_QUICK") ? usual / 12 : usual;
}

/* What came by: that nothing differed says little where there was nothing. */
static struct {
    uint64_t reports, rows, late, theirs_of_a_unit, broken, kept, taken_back, due, overdue, fees, waited;
} seen;

/* ---- what tests/report_world does not ask for ---- */

static struct command some_fee(struct report_world *w)
{
    struct command c = {.kind = COMMAND_FEE, .at = NO_TIME};
    int64_t what = random_in(&w->random, 1, 6);
    c.fee.amount = what == 1 ? 0 : what == 2 ? -500 : random_in(&w->random, 1, 40) * 500;
    c.fee.exempt = what == 1;
    c.fee.reason = STR("Theo quy định");
    return c;
}

static struct command some_reason(struct report_world *w)
{
    struct command c = {.kind = COMMAND_LATE_REASON, .at = NO_TIME};
    c.late_reason.category = (enum late_category)random_in(&w->random, LATE_UNSAID, LATE_OTHER);
    c.late_reason.excuse = (enum excuse)random_in(&w->random, EXCUSE_UNSAID, EXCUSE_NOT_GOOD);
    c.late_reason.reason = STR("Đã nêu");
    return c;
}

static struct command some_transfer(struct report_world *w)
{
    static const char *const who[] = {"admin", "chief", "huong", "nam", NULL, NULL};
    static const char *const units[] = {"Chi nhánh VPĐK", "Công an xã"};
    struct command c = {.kind = COMMAND_TRANSFER, .at = NO_TIME};
    c.transfer.to = str_of(who[random_in(&w->random, 0, 5)]);
    if (!c.transfer.to.n)
        c.transfer.unit = str_of(units[random_in(&w->random, 0, 1)]);
    return c;
}

static void ask_more(struct report_world *w)
{
    if (!w->dossiers)
        return;
    int64_t last = (int64_t)w->dossiers;
    uint64_t id = (uint64_t)random_in(&w->random, last > 10 ? last - 9 : 1, last);
    struct command c;
    switch (random_in(&w->random, 1, 4)) {
    case 1: c = some_fee(w); break;
    case 2: c = some_reason(w); break;
    default: c = some_transfer(w); break;
    }
    if (!w->plain && random_in(&w->random, 1, 4) == 1)
        c.at = report_world_minute(w) - random_in(&w->random, 0, 5 * 1440);
    report_world_ask(w, id, c);
}

static void live(struct report_world *w, uint64_t seed, bool plain)
{
    report_world_begin(w, seed);
    w->plain = plain;
    for (int i = 0; i < 60; i++) {
        report_world_live(w, 2);
        ask_more(w);
    }
}

/* ---- making and reading ---- */

/* Where it wants them all, before the first dossier. */
static void feed_entries(struct report_maker *m, const struct report_world *w, int64_t until, bool first)
{
    civil_minute from;
    if (!report_wants_entries(m, &from) || report_wants_all_entries(m) != first)
        return;
    if (first)
        from = civil_at(0, 0);
    for (size_t i = 0; i < w->entries; i++) {
        struct event e = w->journal[i];
        e.undone_by = 0;
        if (e.recorded_at <= until && e.recorded_at >= civil_to_utc(from, REPORT_OFFSET))
            report_entry(m, &e, e.recorded_at);
    }
}

static void make(const struct oracle *o, const struct report_world *w, enum report_kind kind,
                 struct report *out)
{
    const struct report_known *k = o->known;
    struct report_request request = {.kind = kind,
                                     .period = o->period,
                                     .now = civil_from_utc(k->second, REPORT_OFFSET),
                                     .known = k->second,
                                     .lang = LANG_EN,
                                     .office = k->office};
    struct report_maker *m = report_begin(&request);
    report_init(out);
    assert_non_null(m);
    feed_entries(m, w, k->second, true);
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
    feed_entries(m, w, k->second, false);
    assert_true(report_finish(m, out));
    report_end(m);
    seen.reports++;
}

static const struct report_part *part_of(const struct report *r, const char *key)
{
    for (size_t i = 0; i < r->parts; i++)
        if (strcmp(r->part[i].key, key) == 0)
            return &r->part[i];
    fail_msg("no part %s", key);
    return NULL;
}

static const struct report_cell *cell_of(const struct report_part *part, size_t row, const char *key)
{
    for (size_t i = 0; i < part->columns; i++)
        if (strcmp(part->column[i].key, key) == 0)
            return &part->row[row].cell[i];
    fail_msg("no column %s", key);
    return NULL;
}

static void expect(const struct report_part *part, size_t row, const char *key, int64_t expected)
{
    int64_t is = cell_of(part, row, key)->number;
    if (is != expected)
        fail_msg("%s, row %zu, %s: %lld, not %lld", part->key, row, key, (long long)is, (long long)expected);
}

static size_t row_of_text(const struct report_part *part, const char *key, struct str text)
{
    size_t row = 0;
    while (row < part->count && !str_eq(cell_of(part, row, key)->text, text))
        row++;
    return row;
}

/* ---- officers ---- */

static const struct {
    const char *key;
    int number;
} work_keys[] = {
    {"received", WORK_RECEIVED}, {"held", WORK_HELD},          {"handed_on", WORK_HANDED_ON},
    {"solved", WORK_SOLVED},     {"solved_early", WORK_EARLY}, {"solved_on_time", WORK_ON_TIME},
    {"solved_late", WORK_LATE},  {"late_theirs", WORK_THEIRS}, {"without_reason", WORK_WITHOUT},
    {"steps", WORK_STEPS},       {"open", WORK_OPEN},          {"overdue", WORK_OVERDUE},
};

static void same_work(const struct oracle *o, const struct report_part *part, const char *who,
                      const char *label, bool by_unit, int64_t total[WORK_NUMBERS])
{
    int64_t expected[WORK_NUMBERS], any = 0;
    oracle_work(o, str_of(who), by_unit, expected);
    for (int i = 0; i < WORK_NUMBERS; i++) {
        any |= expected[i];
        total[i] += expected[i];
    }
    size_t row = row_of_text(part, "name", str_of(label));
    if (row == part->count) {
        assert_int_equal(any, 0);
        return;
    }
    seen.rows++;
    for (size_t i = 0; i < sizeof work_keys / sizeof *work_keys; i++)
        expect(part, row, work_keys[i].key, expected[work_keys[i].number]);
    const struct report_cell *average = cell_of(part, row, "average_days");
    int64_t n = expected[WORK_SOLVED];
    if (n) {
        /* hundredths of days of 480 minutes, the nearest: |average * n * 480 - minutes * 100| <= half */
        int64_t off = average->number * n * 480 - expected[WORK_MINUTES] * 100;
        assert_true(off <= n * 240 && off >= -n * 240);
    } else {
        assert_int_equal(average->type, CELL_EMPTY);
    }
}

static void same_officers(const struct oracle *o, const struct report_world *w)
{
    static const char *const people[] = {"admin", "chief", "huong", "nam"};
    static const char *const units[] = {"Chi nhánh VPĐK", "Công an xã", "Một cửa"};
    struct report r;
    int64_t total[WORK_NUMBERS] = {0}, by_unit[WORK_NUMBERS] = {0};
    make(o, w, REPORT_OFFICERS, &r);
    const struct report_part *part = part_of(&r, "officers");
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        same_work(o, part, people[i], people[i], false, total);
    same_work(o, part, "", "No officer", false, total);
    for (size_t i = 0; i < sizeof work_keys / sizeof *work_keys; i++)
        if (work_keys[i].number != WORK_HELD)
            expect(part, part->count - 1, work_keys[i].key, total[work_keys[i].number]);
    part = part_of(&r, "units");
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        int64_t before = by_unit[WORK_THEIRS];
        same_work(o, part, units[i], units[i], true, by_unit);
        seen.theirs_of_a_unit += i < 2 ? (uint64_t)(by_unit[WORK_THEIRS] - before) : 0;
    }
    same_work(o, part, "", "Unit not known", true, by_unit);
    for (size_t i = 0; i < sizeof work_keys / sizeof *work_keys; i++)
        if (work_keys[i].number != WORK_HELD)
            expect(part, part->count - 1, work_keys[i].key, by_unit[work_keys[i].number]);
    report_release(&r);
}

/* ---- late ---- */

static void same_late(const struct oracle *o, const struct report_world *w)
{
    struct report r;
    make(o, w, REPORT_LATE, &r);
    const struct report_part *part = part_of(&r, "late");
    size_t late = 0;
    int64_t sum = 0;
    for (uint64_t id = 1; id <= o->known->dossiers; id++) {
        const struct dossier *d = &o->known->chain[id - 1].now;
        struct str whose, unit;
        uint32_t days = oracle_late(o, id, &whose, &unit);
        size_t row = row_of_text(part, "code", d->code);
        if (!days) {
            assert_int_equal(row, part->count);
            continue;
        }
        assert_true(row < part->count);
        expect(part, row, "days_late", days);
        assert_true(str_eq(cell_of(part, row, "whose")->text, whose));
        assert_true(str_eq(cell_of(part, row, "unit")->text, unit));
        seen.waited += state_is_waiting(d->facts.state);
        late++;
        sum += days;
    }
    assert_int_equal(part->count, late + 1);
    expect(part, late, "days_late", sum);
    for (size_t i = 1; i < late; i++)
        assert_true(cell_of(part, i, "days_late")->number <= cell_of(part, i - 1, "days_late")->number);
    part = part_of(&r, "reasons");
    expect(part, part->count - 1, "late", (int64_t)late);
    part = part_of(&r, "holders");
    expect(part, part->count - 1, "late", (int64_t)late);
    seen.late += late;
    report_release(&r);
}

/* ---- letters ---- */

static void same_letters(const struct oracle *o, const struct report_world *w)
{
    struct report r;
    int64_t expected[SUM_NUMBERS];
    make(o, w, REPORT_LETTERS, &r);
    oracle_letters(o, expected);
    const struct report_part *part = part_of(&r, "sums");
    assert_int_equal(part->count, SUM_NUMBERS);
    for (size_t i = 0; i < SUM_NUMBERS; i++)
        expect(part, i, "count", expected[i]);
    assert_int_equal(part_of(&r, "letters")->count, expected[SUM_ISSUED] + expected[SUM_TAKEN_BACK]);
    part = part_of(&r, "units");
    int64_t late = 0;
    for (size_t i = 0; i + 1 < part->count; i++)
        late += cell_of(part, i, "late")->number;
    assert_int_equal(late, expected[SUM_LATE]);
    seen.broken += (uint64_t)expected[SUM_BROKEN];
    seen.kept += (uint64_t)expected[SUM_KEPT];
    seen.taken_back += (uint64_t)expected[SUM_TAKEN_BACK];
    report_release(&r);
}

/* ---- daily ---- */

static const char *const day_keys[DAY_NUMBERS] = {
    "received", "received_direct", "received_online", "received_postal", "served",     "solved", "returned",
    "due",      "overdue",         "fees_taken",      "fees_given_back", "fees_exempt"};

static void same_daily(const struct oracle *o, const struct report_world *w)
{
    struct report r;
    make(o, w, REPORT_DAILY, &r);
    const struct report_part *part = part_of(&r, "days");
    int64_t cash = 0;
    size_t row = 0;
    for (civil_day day = o->period.from; day <= o->period.to && day <= civil_day_of(o->closing); day++) {
        int64_t expected[DAY_NUMBERS], any = 0;
        oracle_day(o, day, expected);
        for (int i = 0; i < DAY_NUMBERS; i++)
            any |= i == DAY_OVERDUE ? 0 : expected[i];
        bool shown = row < part->count && cell_of(part, row, "day")->type == CELL_DATE &&
                     cell_of(part, row, "day")->number == day;
        assert_true(shown || (!any && !calendar_is_working(office_calendar(o->known->office), day)));
        if (!shown)
            continue;
        for (int i = 0; i < DAY_NUMBERS; i++)
            if (o->plain || (i != DAY_DUE && i != DAY_OVERDUE))
                expect(part, row, day_keys[i], expected[i]);
        cash += expected[DAY_TAKEN] - expected[DAY_GIVEN_BACK];
        seen.due += (uint64_t)expected[DAY_DUE];
        seen.overdue += (uint64_t)expected[DAY_OVERDUE];
        seen.fees += expected[DAY_TAKEN] > 0;
        row++;
    }
    assert_int_equal(part->count, row + 1);
    part = part_of(&r, "cash");
    expect(part, part->count - 1, "cash", cash);
    report_release(&r);
}

/* ---- desk after desk ---- */

static void same_reports(struct report_world *w, uint64_t seed, bool plain)
{
    civil_day today = civil_day_of(report_world_minute(w));
    for (int i = 0; i < 3; i++) {
        civil_day to = plain ? today - (civil_day)random_in(&w->random, 0, 60)
                             : today + (civil_day)random_in(&w->random, 0, 20);
        struct report_known k;
        struct oracle o = {.known = &k, .plain = plain};
        o.basis = random_in(&w->random, 0, 1) ? BASIS_PROMISED : BASIS_STATUTORY;
        o.period = (struct period){to - (civil_day)random_in(&w->random, 0, 70), to};
        report_known_begin(&k, w, w->now, o.basis);
        o.closing = to < today ? civil_at(to + 1, 0) - 1 : report_world_minute(w);
        /* Whoever wants to see it again: MOTCUA_LIFE_SEED=… */
        char where[64];
        snprintf(where, sizeof where, "seed %llu, %s, report %d", (unsigned long long)seed,
                 plain ? "plain" : "any", i);
        setenv("MOTCUA_WHERE", where, 1);
        same_officers(&o, w);
        same_late(&o, w);
        same_letters(&o, w);
        same_daily(&o, w);
        report_known_end(&k);
    }
}

static void run(bool plain)
{
    uint64_t begin = from_environment("MOTCUA_LIFE_SEED", 1);
    for (uint64_t seed = begin; seed < begin + desks(); seed++) {
        struct report_world w;
        live(&w, seed, plain);
        same_reports(&w, seed, plain);
        report_world_end(&w);
    }
}

static void plain_desks(void **state)
{
    (void)state;
    run(true);
}

static void any_desks(void **state)
{
    (void)state;
    run(false);
}

static void everything_came_by(void **state)
{
    (void)state;
    assert_true(seen.reports >= desks() * 24);
    assert_true(seen.rows && seen.late && seen.theirs_of_a_unit && seen.broken && seen.kept &&
                seen.taken_back && seen.due && seen.overdue && seen.fees && seen.waited);
}

static int say_where(void **state)
{
    (void)state;
    if (getenv("MOTCUA_WHERE"))
        print_message("last: %s\n", getenv("MOTCUA_WHERE"));
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(plain_desks, say_where),
        cmocka_unit_test_teardown(any_desks, say_where),
        cmocka_unit_test(everything_came_by),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
