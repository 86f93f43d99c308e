#include "store/counters.h"

#include "store/bytes.h"
#include "store/codes.h"
#include "store/ordered.h"

enum { COUNTER_CODES = 'c' }; /* other letters are those of series */

/* A name in one number, which sorts as the names do: its bytes from the top, its length at the bottom. */
enum { LONGEST_NAME = 7, NUMBER = 0, CHANGED = 1, AHEAD = 2 /* the highest number typed ahead */ };

static uint64_t name_of(const struct key *key)
{
    uint64_t name = key->n;
    for (size_t i = 0; i < key->n && i < LONGEST_NAME; i++)
        name |= (uint64_t)key->b[i] << (56 - 8 * i);
    return name;
}

static void key_of(struct key *key, uint64_t name)
{
    key->n = name & 0xFF;
    for (size_t i = 0; i < key->n && i < LONGEST_NAME; i++)
        key->b[i] = (unsigned char)(name >> (56 - 8 * i));
}

void counters_init(struct counters *c, struct txn *t)
{
    *c = (struct counters){.txn = t};
}

void counters_init_anew(struct counters *c, struct txn *t)
{
    *c = (struct counters){.txn = t, .anew = true};
}

void counters_upto(struct counters *c, uint64_t dossier)
{
    c->dossier = dossier;
}

void counters_release(struct counters *c)
{
    gathered_release(&c->given);
}

/* As stored, unless it was given on in this transaction. */
static struct gathered_row *counter(struct counters *c, const struct key *key)
{
    struct str value;
    struct gathered_row *row = gathered_find(&c->given, name_of(key));
    if (row)
        return row;
    row = gathered_get(&c->given, name_of(key));
    if (!row)
        txn_no_memory(c->txn);
    else if (!c->anew && txn_get(c->txn, TABLE_COUNTER, key_str(key), &value) && value.n == 4)
        row->n[NUMBER] = get_be(str_bytes(value), 4);
    return row;
}

static uint32_t counter_get(struct counters *c, const struct key *key)
{
    const struct gathered_row *row = counter(c, key);
    return row ? (uint32_t)row->n[NUMBER] : 0;
}

static void counter_put(struct counters *c, const struct key *key, uint32_t n)
{
    struct gathered_row *row = counter(c, key);
    if (!row)
        return;
    row->n[NUMBER] = n;
    row->n[CHANGED] = true;
}

void counters_flush(struct counters *c)
{
    size_t n = gathered_sort(&c->given);
    for (size_t i = 0; i < n; i++) {
        struct key key;
        unsigned char value[4];
        if (!c->given.row[i].n[CHANGED])
            continue;
        key_of(&key, c->given.row[i].key);
        put_be(value, c->given.row[i].n[NUMBER], 4);
        txn_put(c->txn, TABLE_COUNTER, key_str(&key), bytes_str(value, sizeof value));
    }
    gathered_forget(&c->given);
}

bool counters_are_stored(struct counters *c)
{
    struct ordered o;
    size_t n = gathered_sort(&c->given);
    bool same = true;
    ordered_open(&o, c->txn, TABLE_COUNTER);
    for (size_t i = 0; same && i < n; i++) {
        struct key key;
        if (!c->given.row[i].n[CHANGED])
            continue;
        key_of(&key, c->given.row[i].key);
        same = ordered_next(&o) && str_eq(o.key, key_str(&key)) && o.value.n == 4 &&
               get_be(str_bytes(o.value), 4) == c->given.row[i].n[NUMBER];
    }
    gathered_forget(&c->given);
    return ordered_close(&o) && same;
}

/* ---- codes ---- */

/* The six digits of the day are the counter's name: the agency is fixed for good. */
enum { DAY_DIGITS = 6 };

static void day_counter(struct key *key, const char digits[DAY_DIGITS])
{
    key->b[0] = COUNTER_CODES;
    memcpy(key->b + 1, digits, DAY_DIGITS);
    key->n = 1 + DAY_DIGITS;
}

/* Our own code's number and day; false for any other code. */
static bool own_code(struct str agency, struct str code, const char **digits, uint32_t *number)
{
    if (code.n < agency.n + 1 + DAY_DIGITS + 1 + 4 || code.n > agency.n + 1 + DAY_DIGITS + 1 + 9)
        return false;
    for (size_t i = 0; i < agency.n; i++)
        if (code_upper(code.p[i]) != code_upper(agency.p[i]))
            return false;
    const char *p = code.p + agency.n, *end = code.p + code.n;
    if (p[0] != '-' || p[1 + DAY_DIGITS] != '-')
        return false;
    uint32_t n = 0;
    for (const char *d = p + 1; d < end; d++)
        if (d != p + 1 + DAY_DIGITS && (*d < '0' || *d > '9'))
            return false;
    const char *last = p + 2 + DAY_DIGITS;
    if (end - last > 4 && *last == '0') /* we write no more zeros than four digits need */
        return false;
    for (; last < end; last++)
        n = n * 10 + (uint32_t)(*last - '0');
    *digits = p + 1;
    *number = n;
    return true;
}

static bool code_is_taken(struct counters *c, struct str agency, const char digits[DAY_DIGITS],
                          uint32_t number)
{
    struct buf code = BUF_INIT;
    buf_add_str(&code, agency);
    buf_add_char(&code, '-');
    buf_add(&code, digits, DAY_DIGITS);
    buf_add_char(&code, '-');
    buf_add_digits(&code, number, 4);
    uint64_t id;
    bool taken = codes_get(c->txn, buf_str(&code), &id) && (!c->anew || id <= c->dossier);
    if (code.failed)
        txn_no_memory(c->txn);
    buf_release(&code);
    return taken;
}

uint32_t codes_next(struct counters *c, struct str agency, civil_day day)
{
    struct buf code = BUF_INIT;
    dossier_code(&code, agency, day, 1);
    const char *digits;
    uint32_t number = 0;
    struct key key;
    if (code.failed) {
        txn_no_memory(c->txn);
    } else if (own_code(agency, buf_str(&code), &digits, &number)) {
        day_counter(&key, digits);
        number = counter_get(c, &key) + 1;
    }
    buf_release(&code);
    return number;
}

/* Who starts from nothing knows what was typed ahead, and need not look each time. */
static void note_ahead(struct counters *c, const struct key *key, uint32_t number)
{
    struct gathered_row *row = c->anew ? counter(c, key) : NULL;
    if (row && row->n[AHEAD] < number)
        row->n[AHEAD] = number;
}

static bool may_be_taken(struct counters *c, const struct key *key, uint32_t number)
{
    const struct gathered_row *row = c->anew ? counter(c, key) : NULL;
    return !row || number <= row->n[AHEAD];
}

void codes_note(struct counters *c, struct str agency, struct str code)
{
    const char *digits;
    uint32_t number;
    struct key key;
    if (!own_code(agency, code, &digits, &number))
        return;
    day_counter(&key, digits);
    if (number != counter_get(c, &key) + 1) {
        note_ahead(c, &key, number);
        return;
    }
    while (txn_ok(c->txn) && may_be_taken(c, &key, number + 1) &&
           code_is_taken(c, agency, digits, number + 1))
        number++;
    counter_put(c, &key, number);
}

/* ---- series ---- */

static void series_counter(struct key *key, enum series series, int year)
{
    static const unsigned char names[SERIES_COUNT] = {
        [SERIES_REGISTER] = 'r', [SERIES_SUPPLEMENT] = 's', [SERIES_REFUSAL] = 'f',
        [SERIES_APOLOGY] = 'l',  [SERIES_STOP] = 't',
    };
    key->b[0] = names[series];
    put_be(key->b + 1, (uint64_t)year, 2);
    key->n = 3;
}

uint32_t series_next(struct counters *c, enum series series, int year)
{
    struct key key;
    series_counter(&key, series, year);
    return counter_get(c, &key) + 1;
}

void series_note(struct counters *c, const struct event *e)
{
    struct key key;
    struct yearly_number given;
    enum series series = event_number(e, &given);
    if (series == SERIES_NONE)
        return;
    series_counter(&key, series, given.year);
    if (given.number > counter_get(c, &key))
        counter_put(c, &key, given.number);
}
