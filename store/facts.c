#include "store/facts.h"

/* Where the columns stand in a chunk: seven of times, three of numbers, one of bits. AWAITED is when the
 * applicant began to be awaited: the wait that goes on or that it ended in, else the one that is over; CAME
 * is the end of that, and where nobody was ever awaited, when a letter was issued. */
enum { TIMES = 4 * FACTS_ROWS, NUMBERS = 2 * FACTS_ROWS };
enum {
    AT_RECEIVED = 0,
    AT_STATUTORY = AT_RECEIVED + TIMES,
    AT_DUE = AT_STATUTORY + TIMES,
    AT_AWAITED = AT_DUE + TIMES,
    AT_CAME = AT_AWAITED + TIMES,
    AT_RESOLVED = AT_CAME + TIMES,
    AT_RETURNED = AT_RESOLVED + TIMES,
    AT_FIELD = AT_RETURNED + TIMES,
    AT_PROCEDURE = AT_FIELD + NUMBERS,
    AT_HOLDER = AT_PROCEDURE + NUMBERS,
    AT_BITS = AT_HOLDER + NUMBERS,
    AT_END = AT_BITS + NUMBERS,
};
_Static_assert(AT_END == FACTS_ROW * FACTS_ROWS && AT_END <= CHUNK_BYTES, "a chunk has them all");

/* ---- numbers ---- */

/* Chunks have no alignment. */
static void put_time(unsigned char *column, size_t row, civil_minute t)
{
    uint32_t packed = time_pack(t);
    memcpy(column + row * sizeof packed, &packed, sizeof packed);
}

static civil_minute get_time(const unsigned char *column, size_t row)
{
    uint32_t packed;
    memcpy(&packed, column + row * sizeof packed, sizeof packed);
    return time_unpack(packed);
}

static void put_number(unsigned char *column, size_t row, unsigned n)
{
    uint16_t number = (uint16_t)n;
    memcpy(column + row * sizeof number, &number, sizeof number);
}

static uint16_t get_number(const unsigned char *column, size_t row)
{
    uint16_t number;
    memcpy(&number, column + row * sizeof number, sizeof number);
    return number;
}

static size_t facts_row(uint64_t id)
{
    return (size_t)((id - 1) % FACTS_ROWS);
}

size_t facts_row_at(size_t at)
{
    return at < AT_FIELD ? at % TIMES / 4 : at < AT_END ? (at - AT_FIELD) % NUMBERS / 2 : FACTS_ROWS;
}

/* ---- one dossier ---- */

static unsigned bits_of(const struct facts *f)
{
    return PACKED_STANDING(f->state, f->awaited) | (unsigned)f->channel << PACKED_CHANNEL |
           (f->in_hours ? PACKED_IN_HOURS : 0) | (f->rescheduled ? PACKED_RESCHEDULED : 0) |
           (f->apologized ? PACKED_APOLOGIZED : 0) | (f->moved ? PACKED_MOVED : 0) |
           (f->insisted ? PACKED_INSISTED : 0) | (f->outside ? PACKED_OUTSIDE : 0) |
           (f->provisional ? PACKED_PROVISIONAL : 0) | (f->was_late ? PACKED_WAS_LATE : 0) |
           (f->was_late_promised ? PACKED_WAS_LATE_PROMISED : 0);
}

void facts_pack(unsigned char *chunk, const struct facts *f)
{
    size_t row = facts_row(f->id);
    bool once = f->awaited == AWAITED_ONCE; /* then it is awaited no more */
    put_time(chunk + AT_RECEIVED, row, f->received);
    put_time(chunk + AT_STATUTORY, row, f->statutory_due);
    put_time(chunk + AT_DUE, row, f->due);
    put_time(chunk + AT_AWAITED, row, once ? f->awaited_from : f->waiting_since);
    put_time(chunk + AT_CAME, row, once ? f->awaited_until : facts_tell_letter(f) ? f->letter : NO_TIME);
    put_time(chunk + AT_RESOLVED, row, f->resolved);
    put_time(chunk + AT_RETURNED, row, f->returned);
    put_number(chunk + AT_FIELD, row, f->field);
    put_number(chunk + AT_PROCEDURE, row, f->procedure);
    put_number(chunk + AT_HOLDER, row, f->holder);
    put_number(chunk + AT_BITS, row, bits_of(f));
}

bool facts_unpack(const unsigned char *chunk, uint64_t id, struct facts *out)
{
    size_t row = facts_row(id);
    unsigned bits = get_number(chunk + AT_BITS, row);
    unsigned standing = bits & PACKED_STANDING_MASK;
    if (standing == 0 || standing > PACKED_STANDING(STATE_VOID, AWAITED_MORE))
        return false;
    enum dossier_state state = STATE_PROCESSING + (standing - 1) / PACKED_STANDINGS;
    enum awaited awaited = (standing - 1) % PACKED_STANDINGS;
    bool once = awaited == AWAITED_ONCE;
    civil_minute awaited_from = get_time(chunk + AT_AWAITED, row), came = get_time(chunk + AT_CAME, row);
    *out = (struct facts){
        .id = id,
        .state = state,
        .ended_how = ended_how_of(state),
        .channel = bits >> PACKED_CHANNEL & PACKED_CHANNEL_MASK,
        .received = get_time(chunk + AT_RECEIVED, row),
        .statutory_due = get_time(chunk + AT_STATUTORY, row),
        .due = get_time(chunk + AT_DUE, row),
        .waiting_since = once ? NO_TIME : awaited_from,
        .resolved = get_time(chunk + AT_RESOLVED, row),
        .returned = get_time(chunk + AT_RETURNED, row),
        .field = get_number(chunk + AT_FIELD, row),
        .procedure = get_number(chunk + AT_PROCEDURE, row),
        .holder = get_number(chunk + AT_HOLDER, row),
        .in_hours = bits & PACKED_IN_HOURS,
        .apologized = bits & PACKED_APOLOGIZED,
        .moved = bits & PACKED_MOVED,
        .insisted = bits & PACKED_INSISTED,
        .outside = bits & PACKED_OUTSIDE,
        .provisional = bits & PACKED_PROVISIONAL,
        .was_late = bits & PACKED_WAS_LATE,
        .was_late_promised = bits & PACKED_WAS_LATE_PROMISED,
        .rescheduled = bits & PACKED_RESCHEDULED,
        .awaited = awaited,
        .awaited_from = once ? awaited_from : 0,
        .awaited_until = once ? came : 0,
    };
    out->letter = facts_tell_letter(out) ? came : 0;
    return true;
}

void facts_put(struct chunks *c, const struct facts *f)
{
    unsigned char *bytes = chunk_write(c, facts_chunk(f->id));
    if (bytes)
        facts_pack(bytes, f);
}

bool facts_peek(struct chunks *c, uint64_t id, struct facts *out)
{
    const unsigned char *bytes = id ? chunk_peek(c, facts_chunk(id)) : NULL;
    return bytes && facts_unpack(bytes, id, out);
}

bool facts_read(struct txn *t, uint64_t id, struct facts *out)
{
    const unsigned char *bytes = id ? chunk_read(t, TABLE_FACTS, facts_chunk(id)) : NULL;
    return bytes && facts_unpack(bytes, id, out);
}

/* ---- many ---- */

_Static_assert(FACTS_LANES >= FACTS_ROWS && FACTS_LANES % 16 == 0, "all rows, in whole vectors");

/* By the receipt, and by the state. False when none is left. */
static bool select_received(const unsigned char *chunk, const struct report_span *span,
                            uint8_t hit[FACTS_LANES])
{
    uint32_t received[FACTS_LANES] = {0}, by = time_pack(span->received_by);
    uint8_t some = 0;
    memcpy(received, chunk + AT_RECEIVED, TIMES);
    for (size_t i = 0; i < FACTS_LANES; i++)
        hit[i] = (uint8_t) - (received[i] - 1 < by);
    for (size_t i = 0; i < FACTS_LANES; i++)
        some |= hit[i];
    return some;
}

static void select_solved(const unsigned char *chunk, const struct report_span *span,
                          uint8_t hit[FACTS_LANES])
{
    uint32_t resolved[FACTS_LANES] = {0}, from = time_pack(span->solved_from), least = from ? from - 1 : 0;
    uint16_t bits[FACTS_LANES] = {0};
    uint8_t solved[FACTS_LANES];
    memcpy(resolved, chunk + AT_RESOLVED, TIMES);
    memcpy(bits, chunk + AT_BITS, NUMBERS);
    /* One less: what is no time, 0, is then later than all. */
    for (size_t i = 0; i < FACTS_LANES; i++)
        solved[i] = (uint8_t) - (resolved[i] - 1 >= least);
    for (size_t i = 0; i < FACTS_LANES; i++) {
        uint16_t standing = (uint16_t)((bits[i] & PACKED_STANDING_MASK) - 1);
        uint8_t open = (uint8_t) - (standing < PACKED_STANDING(STATE_RESOLVED, 0) - 1);
        uint8_t known = (uint8_t) - (standing < PACKED_STANDING(STATE_VOID, 0) - 1);
        hit[i] &= known & (open | solved[i]);
    }
}

static void select_voids(const unsigned char *chunk, uint8_t hit[FACTS_LANES])
{
    uint16_t bits[FACTS_LANES] = {0};
    memcpy(bits, chunk + AT_BITS, NUMBERS);
    for (size_t i = 0; i < FACTS_LANES; i++)
        hit[i] |= (uint8_t) - ((bits[i] & PACKED_STANDING_MASK) >= PACKED_STANDING(STATE_VOID, 0));
}

size_t facts_select(const unsigned char *chunk, const struct report_span *span, uint8_t row[FACTS_ROWS])
{
    uint8_t hit[FACTS_LANES];
    size_t count = 0;
    if (select_received(chunk, span, hit))
        select_solved(chunk, span, hit);
    else if (!span->voids)
        return 0;
    if (span->voids)
        select_voids(chunk, hit);
    for (size_t i = 0; i < FACTS_LANES; i += sizeof(uint64_t)) {
        uint64_t eight;
        memcpy(&eight, hit + i, sizeof eight);
        for (size_t k = i; eight && k < i + sizeof eight; k++)
            if (hit[k])
                row[count++] = (uint8_t)k;
    }
    return count;
}

void facts_take_columns(const unsigned char *chunk, struct facts_columns *out)
{
    memcpy(out->received, chunk + AT_RECEIVED, TIMES);
    memcpy(out->statutory_due, chunk + AT_STATUTORY, TIMES);
    memcpy(out->due, chunk + AT_DUE, TIMES);
    memcpy(out->resolved, chunk + AT_RESOLVED, TIMES);
    memcpy(out->awaited, chunk + AT_AWAITED, TIMES);
    memcpy(out->came, chunk + AT_CAME, TIMES);
    memcpy(out->field, chunk + AT_FIELD, NUMBERS);
    memcpy(out->bits, chunk + AT_BITS, NUMBERS);
}
