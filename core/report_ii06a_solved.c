/* A million dossiers are counted here while a person waits: one look at each, and no call that is not needed.
 */
#include "core/report_ii06a_solved.h"

bool ii06a_solved_begin(struct report_maker *m, struct ii06a_solved *s, size_t fields)
{
    s->worked = (struct worked){.calendar = m->judge.calendar, .text = &m->text};
    s->fields = fields;
    s->cells = arena_alloc(&m->text, fields * sizeof *s->cells);
    return s->cells != NULL;
}

static civil_minute minute_of(uint32_t packed)
{
    return PACKED_EPOCH + (civil_minute)packed - 1;
}

/* What is worked out of all rows side by side, before one after the other is counted. */
struct lanes {
    uint32_t judged[FACTS_LANES]; /* day of its end, or of the wait that it ended in */
    uint8_t timing[BASIS_PROMISED + 1][FACTS_LANES];
    uint8_t came[FACTS_LANES];
};

static void judge_days(const struct facts_columns *restrict c, uint32_t *restrict judged)
{
    for (size_t i = 0; i < FACTS_LANES; i++) {
        uint32_t awaited = c->awaited[i], came = c->came[i], resolved = c->resolved[i];
        uint32_t when = ((awaited != 0) & (came == 0)) ? awaited : resolved;
        judged[i] = (when - 1) / MINUTES_PER_DAY;
    }
}

/* As report_timing(). */
static void judge_timing(const struct facts_columns *restrict c, const uint32_t *restrict due,
                         unsigned was_late, const uint32_t *restrict judged, uint8_t *restrict timing)
{
    _Static_assert(TIMING_EARLY + 1 == TIMING_ON_TIME && TIMING_ON_TIME + 1 == TIMING_LATE, "in order");
    for (size_t i = 0; i < FACTS_LANES; i++) {
        uint32_t day = due[i] ? (due[i] - 1) / MINUTES_PER_DAY : judged[i];
        uint32_t by_day = TIMING_ON_TIME + (judged[i] > day) - (judged[i] < day);
        timing[i] = (uint8_t)(c->bits[i] & was_late ? TIMING_LATE : by_day);
    }
}

static void judge_way(const struct facts_columns *restrict c, uint32_t from, uint8_t *restrict came)
{
    for (size_t i = 0; i < FACTS_LANES; i++) {
        unsigned channel = c->bits[i] >> PACKED_CHANNEL & PACKED_CHANNEL_MASK;
        unsigned way = channel == CHANNEL_ONLINE ? CAME_ONLINE : CAME_DIRECT;
        came[i] = (uint8_t)(c->received[i] < from ? CAME_BEFORE : way);
    }
}

/* Working time from the receipt to the end, but for what the applicant was awaited. */
static int64_t minutes_of(struct ii06a_solved *s, const struct facts_columns *c, size_t i, bool once)
{
    civil_minute received = minute_of(c->received[i]), resolved = minute_of(c->resolved[i]);
    if (!c->awaited[i])
        return worked_between(&s->worked, received, resolved);
    int64_t minutes = worked_between(&s->worked, received, minute_of(c->awaited[i]));
    return once ? minutes + worked_between(&s->worked, minute_of(c->came[i]), resolved) : minutes;
}

static void count_row(const struct report_maker *m, struct ii06a_solved *s, const struct facts_columns *c,
                      const struct lanes *l, size_t i)
{
    size_t field = c->field[i] < s->fields ? c->field[i] : 0;
    unsigned own = l->timing[m->basis][i];
    s->cells[field].n[l->came[i]][own]++;
    s->late[BASIS_STATUTORY] += l->timing[BASIS_STATUTORY][i] == TIMING_LATE;
    s->late[BASIS_PROMISED] += l->timing[BASIS_PROMISED][i] == TIMING_LATE;
    s->letters += own == TIMING_LATE && c->bits[i] & PACKED_APOLOGIZED;
    s->minutes += minutes_of(s, c, i, c->came[i]);
}

/* Solved by that minute, and not awaited more often than the facts tell. */
static bool is_counted(const struct facts_columns *c, size_t i, uint32_t to)
{
    /* Of the states that are solved; of each, how often the applicant was awaited. */
    unsigned solved =
        (c->bits[i] & PACKED_STANDING_MASK) - (unsigned)PACKED_STANDING(STATE_RESOLVED, AWAITED_NOT);
    return solved < (STATE_VOID - STATE_RESOLVED) * PACKED_STANDINGS &&
           solved % PACKED_STANDINGS != AWAITED_MORE && c->resolved[i] - 1 < to;
}

size_t ii06a_solved_count(const struct report_maker *m, struct ii06a_solved *s, const struct facts_columns *c,
                          const uint8_t *row, size_t count, uint8_t *rest)
{
    struct period p = m->request.period;
    uint32_t from = time_pack(civil_at(p.from, 0)), to = time_pack(civil_at(p.to + 1, 0) - 1);
    struct lanes l;
    size_t rests = 0;
    judge_days(c, l.judged);
    judge_timing(c, c->statutory_due, PACKED_WAS_LATE, l.judged, l.timing[BASIS_STATUTORY]);
    judge_timing(c, c->due, PACKED_WAS_LATE_PROMISED, l.judged, l.timing[BASIS_PROMISED]);
    judge_way(c, from, l.came);
    for (size_t k = 0; k < count; k++)
        if (is_counted(c, row[k], to))
            count_row(m, s, c, &l, row[k]);
        else
            rest[rests++] = row[k];
    s->timed += count - rests;
    return rests;
}
