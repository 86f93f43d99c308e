#include "store/facts.h"

#include "store/bytes.h"

/* 1900-01-01 00:00 in minutes since 1970: before anything a desk records, and 32 bits from there last 8,000
 * years. */
#define TIME_BASE ((civil_minute)-25567 * MINUTES_PER_DAY)

/* Where things stand in a row: six times, three numbers, then two bytes of bits. */
enum { AT_RECEIVED = 0, AT_STATUTORY = 4, AT_DUE = 8, AT_WAITING = 12, AT_RESOLVED = 16, AT_RETURNED = 20 };
enum { AT_FIELD = 24, AT_PROCEDURE = 26, AT_HOLDER = 28, AT_BITS = 30 };
enum { BITS_STATE = 0, BITS_CHANNEL = 4, BITS_FLAGS = 6 };
enum {
    FLAG_IN_HOURS = 1 << BITS_FLAGS,
    FLAG_APOLOGIZED = FLAG_IN_HOURS << 1,
    FLAG_MOVED = FLAG_IN_HOURS << 2,
    FLAG_INSISTED = FLAG_IN_HOURS << 3,
    FLAG_OUTSIDE = FLAG_IN_HOURS << 4,
    FLAG_PROVISIONAL = FLAG_IN_HOURS << 5,
    FLAG_WAS_LATE = FLAG_IN_HOURS << 6,
    FLAG_WAS_LATE_PROMISED = FLAG_IN_HOURS << 7,
};

uint32_t time_pack(civil_minute t)
{
    if (t == NO_TIME || t < TIME_BASE)
        return 0;
    civil_minute since = t - TIME_BASE;
    return since < UINT32_MAX ? (uint32_t)since + 1 : UINT32_MAX;
}

civil_minute time_unpack(uint32_t packed)
{
    return packed ? TIME_BASE + (civil_minute)packed - 1 : NO_TIME;
}

static void put_time(unsigned char *at, civil_minute t)
{
    put_be(at, time_pack(t), 4);
}

static civil_minute get_time(const unsigned char *at)
{
    return time_unpack((uint32_t)get_be(at, 4));
}

void facts_pack(unsigned char row[FACTS_ROW], const struct facts *f)
{
    put_time(row + AT_RECEIVED, f->received);
    put_time(row + AT_STATUTORY, f->statutory_due);
    put_time(row + AT_DUE, f->due);
    put_time(row + AT_WAITING, f->waiting_since);
    put_time(row + AT_RESOLVED, f->resolved);
    put_time(row + AT_RETURNED, f->returned);
    put_be(row + AT_FIELD, f->field, 2);
    put_be(row + AT_PROCEDURE, f->procedure, 2);
    put_be(row + AT_HOLDER, f->holder, 2);
    unsigned bits = (unsigned)f->state << BITS_STATE | (unsigned)f->channel << BITS_CHANNEL;
    bits |= (f->in_hours ? FLAG_IN_HOURS : 0) | (f->apologized ? FLAG_APOLOGIZED : 0) |
            (f->moved ? FLAG_MOVED : 0) | (f->insisted ? FLAG_INSISTED : 0) |
            (f->outside ? FLAG_OUTSIDE : 0) | (f->provisional ? FLAG_PROVISIONAL : 0) |
            (f->was_late ? FLAG_WAS_LATE : 0) | (f->was_late_promised ? FLAG_WAS_LATE_PROMISED : 0);
    put_be(row + AT_BITS, bits, 2);
}

bool facts_unpack(const unsigned char row[FACTS_ROW], uint64_t id, struct facts *out)
{
    unsigned bits = (unsigned)get_be(row + AT_BITS, 2);
    enum dossier_state state = bits >> BITS_STATE & 15;
    if (state < STATE_PROCESSING || state > STATE_VOID)
        return false;
    *out = (struct facts){
        .id = id,
        .state = state,
        .ended_how = ended_how_of(state),
        .channel = bits >> BITS_CHANNEL & 3,
        .received = get_time(row + AT_RECEIVED),
        .statutory_due = get_time(row + AT_STATUTORY),
        .due = get_time(row + AT_DUE),
        .waiting_since = get_time(row + AT_WAITING),
        .resolved = get_time(row + AT_RESOLVED),
        .returned = get_time(row + AT_RETURNED),
        .field = (uint16_t)get_be(row + AT_FIELD, 2),
        .procedure = (uint16_t)get_be(row + AT_PROCEDURE, 2),
        .holder = (uint16_t)get_be(row + AT_HOLDER, 2),
        .in_hours = bits & FLAG_IN_HOURS,
        .apologized = bits & FLAG_APOLOGIZED,
        .moved = bits & FLAG_MOVED,
        .insisted = bits & FLAG_INSISTED,
        .outside = bits & FLAG_OUTSIDE,
        .provisional = bits & FLAG_PROVISIONAL,
        .was_late = bits & FLAG_WAS_LATE,
        .was_late_promised = bits & FLAG_WAS_LATE_PROMISED,
    };
    return true;
}

void facts_put(struct chunks *c, const struct facts *f)
{
    unsigned char *bytes = chunk_write(c, facts_chunk(f->id));
    if (bytes)
        facts_pack(bytes + facts_offset(f->id), f);
}

static bool read_row(const unsigned char *bytes, uint64_t id, struct facts *out)
{
    return bytes && facts_unpack(bytes + facts_offset(id), id, out);
}

bool facts_peek(struct chunks *c, uint64_t id, struct facts *out)
{
    return id && read_row(chunk_peek(c, facts_chunk(id)), id, out);
}

bool facts_read(struct txn *t, uint64_t id, struct facts *out)
{
    return id && read_row(chunk_read(t, TABLE_FACTS, facts_chunk(id)), id, out);
}
