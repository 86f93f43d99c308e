/* A million dossiers are counted here while a person waits: one look at each, and no call that is not needed.
 */
#include "core/report_ii06a_solved.h"

bool ii06a_solved_begin(struct report_maker *m, struct ii06a_solved *s, size_t fields)
{
    s->worked = (struct worked){.calendar = m->judge.calendar, .text = &m->text};
    s->fields = fields;
    s->told = arena_alloc(&m->text, fields * sizeof *s->told);
    s->cells = arena_alloc(&m->text, fields * sizeof *s->cells);
    return s->told && s->cells;
}

static civil_minute minute_of(uint32_t packed)
{
    return PACKED_EPOCH + (civil_minute)packed - 1;
}

/* ---- side by side ----
 *
 * What a row counts for is worked out of all rows at once, as one number, and counted by that. */

enum {
    TOLD_PROMISED = 2,
    TOLD_CAME = 4,
    TOLD_LETTER = 6
}; /* where its bits begin, after BASIS_STATUTORY's */
_Static_assert(TIMING_LATE < 4 && CAME_WAYS <= 4 && 2 << TOLD_LETTER == II06A_TOLD, "they have room");

struct lanes {
    uint32_t begins[FACTS_LANES]; /* the day of its end, or of the wait that it ended in */
    uint8_t timing[BASIS_PROMISED + 1][FACTS_LANES];
    uint8_t told[FACTS_LANES];
    uint8_t counted[FACTS_LANES];
};

static void judge_days(const struct facts_columns *restrict c, uint32_t *restrict begins)
{
    for (size_t i = 0; i < FACTS_LANES; i++) {
        uint32_t awaited = c->awaited[i], came = c->came[i], resolved = c->resolved[i];
        uint32_t when = ((awaited != 0) & (came == 0)) ? awaited : resolved;
        begins[i] = (when - 1) / MINUTES_PER_DAY * MINUTES_PER_DAY;
    }
}

/* As report_timing(). */
static void judge_timing(const struct facts_columns *restrict c, const uint32_t *restrict due,
                         unsigned was_late, const uint32_t *restrict begins, uint8_t *restrict timing)
{
    _Static_assert(TIMING_EARLY + 1 == TIMING_ON_TIME && TIMING_ON_TIME + 1 == TIMING_LATE, "in order");
    for (size_t i = 0; i < FACTS_LANES; i++) {
        uint32_t by = due[i] - 1, left = by - begins[i];
        uint32_t late = by < begins[i], early = (due[i] != 0) & (late == 0) & (left >= MINUTES_PER_DAY);
        timing[i] = (uint8_t)(c->bits[i] & was_late ? TIMING_LATE : TIMING_ON_TIME + late - early);
    }
}

static void tell(const struct facts_columns *restrict c, uint32_t from, struct lanes *restrict l)
{
    for (size_t i = 0; i < FACTS_LANES; i++) {
        unsigned channel = c->bits[i] >> PACKED_CHANNEL & PACKED_CHANNEL_MASK;
        unsigned way = channel == CHANNEL_ONLINE ? CAME_ONLINE : CAME_DIRECT;
        unsigned came = c->received[i] < from ? CAME_BEFORE : way;
        unsigned letter = (c->bits[i] & PACKED_APOLOGIZED) != 0;
        l->told[i] = (uint8_t)(l->timing[BASIS_STATUTORY][i] | l->timing[BASIS_PROMISED][i] << TOLD_PROMISED |
                               came << TOLD_CAME | letter << TOLD_LETTER);
    }
}

/* Solved by that minute, and not awaited more often than the facts tell. */
static void judge_counted(const struct facts_columns *restrict c, uint32_t to, uint8_t *restrict counted)
{
    for (size_t i = 0; i < FACTS_LANES; i++) {
        /* Of the states that are solved; of each, how often the applicant was awaited. */
        uint16_t solved =
            (uint16_t)((c->bits[i] & PACKED_STANDING_MASK) - PACKED_STANDING(STATE_RESOLVED, AWAITED_NOT));
        counted[i] = (solved < (STATE_VOID - STATE_RESOLVED) * PACKED_STANDINGS) &
                     (solved % PACKED_STANDINGS != AWAITED_MORE) & (c->resolved[i] - 1 < to);
    }
}

/* ---- one after the other ---- */

/* Working time from the receipt to the end, but for what the applicant was awaited. */
static int64_t minutes_of(struct ii06a_solved *s, const struct facts_columns *c, size_t i, bool once)
{
    civil_minute received = minute_of(c->received[i]), resolved = minute_of(c->resolved[i]);
    if (!c->awaited[i])
        return worked_between(&s->worked, received, resolved);
    int64_t minutes = worked_between(&s->worked, received, minute_of(c->awaited[i]));
    return once ? minutes + worked_between(&s->worked, minute_of(c->came[i]), resolved) : minutes;
}

size_t ii06a_solved_count(const struct report_maker *m, struct ii06a_solved *s, const struct facts_columns *c,
                          const uint8_t *row, size_t count, uint8_t *rest)
{
    struct period p = m->request.period;
    uint32_t from = time_pack(civil_at(p.from, 0)), to = time_pack(civil_at(p.to + 1, 0) - 1);
    struct ii06a_told *told = s->told;
    size_t fields = s->fields, rests = 0;
    int64_t minutes = 0;
    struct lanes l;
    judge_days(c, l.begins);
    judge_timing(c, c->statutory_due, PACKED_WAS_LATE, l.begins, l.timing[BASIS_STATUTORY]);
    judge_timing(c, c->due, PACKED_WAS_LATE_PROMISED, l.begins, l.timing[BASIS_PROMISED]);
    tell(c, from, &l);
    judge_counted(c, to, l.counted);
    for (size_t k = 0; k < count; k++) {
        size_t i = row[k];
        if (l.counted[i]) {
            told[c->field[i] < fields ? c->field[i] : 0].n[l.told[i]]++;
            minutes += minutes_of(s, c, i, c->came[i]);
        } else {
            rest[rests++] = row[k];
        }
    }
    s->minutes += minutes;
    s->timed += count - rests;
    return rests;
}

/* ---- in the end ---- */

static void add_told(struct ii06a_solved *s, size_t field, unsigned told, enum report_basis basis)
{
    const unsigned timing[] = {
        [BASIS_STATUTORY] = told & 3,
        [BASIS_PROMISED] = told >> TOLD_PROMISED & 3,
    };
    uint64_t n = s->told[field].n[told];
    if (!n)
        return;
    s->cells[field].n[told >> TOLD_CAME & 3][timing[basis]] += n;
    s->late[BASIS_STATUTORY] += timing[BASIS_STATUTORY] == TIMING_LATE ? n : 0;
    s->late[BASIS_PROMISED] += timing[BASIS_PROMISED] == TIMING_LATE ? n : 0;
    s->letters += timing[basis] == TIMING_LATE && told >> TOLD_LETTER ? n : 0;
}

void ii06a_solved_finish(const struct report_maker *m, struct ii06a_solved *s)
{
    for (size_t field = 0; field < s->fields; field++)
        for (unsigned told = 0; told < II06A_TOLD; told++)
            add_told(s, field, told, m->basis);
}
