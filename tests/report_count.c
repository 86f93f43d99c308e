#include "tests/report_count.h"

#include "tests/report_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void add_one(struct slow_counts *field, struct slow_counts *all, size_t offset)
{
    ++*(uint64_t *)(void *)((char *)field + offset);
    ++*(uint64_t *)(void *)((char *)all + offset);
}
#define COUNT(what) add_one(field, all, offsetof(struct slow_counts, what))

/* Late, and how early, at the end; by date. */
static int compare_days(const struct slow *s, enum report_basis basis, civil_minute otherwise)
{
    civil_minute end = s->waiting ? s->waiting_since : otherwise, due = s->due[basis];
    if (s->was_late[basis])
        return 1;
    return due == NO_TIME || slow_day(end) == slow_day(due) ? 0 : slow_day(end) > slow_day(due) ? 1 : -1;
}

static bool is_late_by_766(const struct count_question *q, const struct slow *s, civil_minute end)
{
    const struct calendar *c = office_calendar(q->office);
    civil_minute until = s->waiting ? s->waiting_since : end;
    if (s->supplements > 1 || s->was_late[BASIS_PROMISED])
        return true;
    if (!s->anew)
        return s->due[BASIS_PROMISED] != NO_TIME && slow_day(until) > slow_day(s->due[BASIS_PROMISED]);
    return s->days - s->added > slow_days(c, slow_day(s->counted), slow_day(s->due[BASIS_STATUTORY]));
}

static void count_solved(const struct count_question *q, const struct slow *s, struct slow_counts *field,
                         struct slow_counts *all)
{
    static const size_t timing[] = {offsetof(struct slow_counts, ii06a[5]),
                                    offsetof(struct slow_counts, ii06a[6]),
                                    offsetof(struct slow_counts, ii06a[7])};
    static const size_t points[] = {offsetof(struct slow_counts, points[0]),
                                    offsetof(struct slow_counts, points[1]),
                                    offsetof(struct slow_counts, points[2])};
    int by = compare_days(s, q->basis, s->solved) + 1;
    COUNT(ii06a[4]);
    add_one(field, all, timing[by]);
    add_one(field, all, points[by]);
    all->late[0] += compare_days(s, BASIS_STATUTORY, s->solved) > 0;
    all->late[1] += compare_days(s, BASIS_PROMISED, s->solved) > 0;
    all->letters += by == 2 && s->letter;
    COUNT(timed);
    all->minutes += s->minutes;
}

static void count_pending(const struct count_question *q, const struct slow *s, struct slow_counts *field,
                          struct slow_counts *all)
{
    bool late[2];
    for (int b = BASIS_STATUTORY; b <= BASIS_PROMISED; b++)
        late[b] = !s->waiting &&
                  (s->was_late[b] || (s->due[b] != NO_TIME && slow_day(q->closing) > slow_day(s->due[b])));
    COUNT(ii06a[8]);
    if (late[q->basis])
        COUNT(ii06a[10]);
    else
        COUNT(ii06a[9]);
    all->late[0] += late[0];
    all->late[1] += late[1];
    all->letters += late[q->basis] && s->letter;
    all->waiting += s->waiting;
    all->waited_late += s->waiting && s->was_late[q->basis];
}

static void count_766(const struct count_question *q, const struct slow *s, bool solved,
                      struct slow_counts *field, struct slow_counts *all)
{
    bool late = is_late_by_766(q, s, solved ? s->solved : q->closing);
    if (solved && !late)
        COUNT(d766[0]);
    else if (solved)
        COUNT(d766[1]);
    else if (!late)
        COUNT(d766[2]);
    else
        COUNT(d766[3]);
    if (s->supplements > 1)
        COUNT(d766[4]);
    bool late_there = compare_days(s, q->basis, solved ? s->solved : q->closing) > 0;
    all->differ += late != late_there;
}

void count_dossier(const struct count_question *q, const struct event *chain, size_t events,
                   struct slow_counts *counts)
{
    const struct calendar *calendar = office_calendar(q->office);
    struct slow now, s;
    civil_minute from = civil_at(q->period.from, 0), to = civil_at(q->period.to, 1439);
    slow_look(&now, chain, events, INT64_MAX, calendar);
    struct slow_counts *field = &counts[now.field], *all = &counts[COUNT_ALL];
    if (now.is_void || now.received > to || (now.solved != NO_TIME && now.solved < from))
        return;
    bool solved = now.solved != NO_TIME && now.solved <= to;
    COUNT(ii06a[0]);
    if (now.received < from)
        COUNT(ii06a[3]);
    else if (now.online)
        COUNT(ii06a[1]);
    else
        COUNT(ii06a[2]);
    if (solved) {
        count_solved(q, &now, field, all);
        slow_look(&s, chain, events, now.solved, calendar);
    } else {
        slow_look(&s, chain, events, q->closing, calendar);
        count_pending(q, &s, field, all);
    }
    count_766(q, &s, solved, field, all);
}

static void expect_cells(const struct count_question *q, const char *what, const struct report_row *row,
                         size_t first, const uint64_t *numbers, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (row->cell[first + i].type != CELL_NUMBER || (uint64_t)row->cell[first + i].number != numbers[i])
            fail_msg("seed %llu: %s, row %.*s, column %zu: %lld, not %llu", (unsigned long long)q->seed, what,
                     STR_ARG(row->cell[1].text), first + i + 1, (long long)row->cell[first + i].number,
                     (unsigned long long)numbers[i]);
}

/* The rows of fields that have any number, in order, then the total. */
static void expect_row_of(const struct count_question *q, const struct report_row *row,
                          const struct slow_counts *c, enum report_kind kind)
{
    uint64_t points[] = {c->ii06a[4], c->points[0], c->points[1], c->points[2],
                         2 * c->points[0] + c->points[1]};
    uint64_t d766[] = {c->ii06a[0], c->d766[0], c->d766[1], c->d766[2], c->d766[3], c->d766[4]};
    if (kind == REPORT_II06A)
        expect_cells(q, "II.06a", row, 2, c->ii06a, 11);
    else if (kind == REPORT_POINTS)
        expect_cells(q, "points", row, 2, points, 5);
    else
        expect_cells(q, "d766", row, 2, d766, 6);
}

/* The number of the office's field of that name; COUNT_ALL when there is none. */
static size_t field_called(const struct count_question *q, const char *name)
{
    for (uint16_t n = 1; n <= office_field_count(q->office); n++)
        if (str_eq(office_field(q->office, n), str_of(name)))
            return n;
    return COUNT_ALL;
}

static void expect_table(const struct count_question *q, const struct report *r,
                         const struct slow_counts *counts)
{
    size_t at = 0;
    for (size_t i = 0; i <= q->fields + 1; i++) { /* by name, then what has no field, then all */
        bool named = i < q->fields, total = i == q->fields + 1;
        size_t which = named ? field_called(q, q->order[i]) : total ? COUNT_ALL : 0;
        const struct slow_counts *c = &counts[which];
        uint64_t any = r->kind == REPORT_POINTS ? c->ii06a[4] : c->ii06a[0];
        if ((!any && !total) || (named && which == COUNT_ALL))
            continue;
        assert_true(at < r->part[0].count);
        const struct report_row *row = &r->part[0].row[at++];
        assert_int_equal(row->kind, total ? ROW_TOTAL : ROW_PLAIN);
        if (named)
            assert_true(str_eq(row->cell[1].text, str_of(q->order[i])));
        else
            assert_true(str_eq(row->cell[1].text, total ? STR("Tổng cộng") : STR("Khác/không rõ")));
        assert_int_equal(row->cell[0].number, total ? 0 : (int64_t)at);
        expect_row_of(q, row, c, r->kind);
    }
    assert_int_equal(at, r->part[0].count);
}

static void expect_note(const struct count_question *q, const struct report *r, bool there, enum text_id text,
                        uint64_t a, uint64_t b)
{
    char first[24], second[24];
    struct buf said = BUF_INIT;
    snprintf(first, sizeof first, "%llu", (unsigned long long)a);
    snprintf(second, sizeof second, "%llu", (unsigned long long)b);
    LANG_SAY(&said, LANG_VI, text, str_of(first), str_of(second));
    if (report_has_note(r, said.p) != there)
        fail_msg("seed %llu: \"%s\"", (unsigned long long)q->seed, said.p);
    buf_release(&said);
}

static void expect_notes(const struct count_question *q, const struct report *r,
                         const struct slow_counts *all)
{
    struct buf said = BUF_INIT;
    char days[32];
    expect_note(q, r, true, T_report_ii06a_note_late, all->late[0], all->late[1]);
    expect_note(q, r, all->late[q->basis] > 0, T_report_ii06a_note_letters, all->late[q->basis],
                all->letters);
    expect_note(q, r, all->waiting > 0, T_report_ii06a_note_waiting, all->waiting, all->waited_late);
    if (!all->timed)
        return;
    double exact = (double)all->minutes / 480.0 / (double)all->timed;
    snprintf(days, sizeof days, "%.2f", exact + 1e-9);
    *strchr(days, '.') = ',';
    LANG_SAY(&said, LANG_VI, T_report_ii06a_note_time, str_of(days));
    if (!report_has_note(r, said.p))
        fail_msg("seed %llu: \"%s\"", (unsigned long long)q->seed, said.p);
    buf_release(&said);
}

void count_expect(const struct count_question *q, const struct report *r, const struct slow_counts *counts)
{
    assert_int_equal(r->closing, q->closing);
    assert_int_equal(r->basis, q->basis);
    expect_table(q, r, counts);
    if (r->kind == REPORT_II06A)
        expect_notes(q, r, &counts[COUNT_ALL]);
}
