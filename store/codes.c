#include "store/codes.h"

#include "store/bytes.h"

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool code_key(struct key *out, struct str code)
{
    if (code.n == 0 || code.n > sizeof out->b)
        return false;
    for (size_t i = 0; i < code.n; i++)
        out->b[i] = (unsigned char)upper(code.p[code.n - 1 - i]);
    out->n = code.n;
    return true;
}

void codes_put(struct txn *t, struct str code, uint64_t id)
{
    struct key key;
    unsigned char value[8];
    put_be(value, id, 8);
    if (code_key(&key, code))
        txn_put(t, TABLE_CODE, key_str(&key), bytes_str(value, sizeof value));
    else
        txn_damaged(t, table_label(TABLE_CODE));
}

static bool id_of(struct txn *t, struct str value, uint64_t *id)
{
    if (value.n != 8) {
        txn_damaged(t, table_label(TABLE_CODE));
        return false;
    }
    *id = get_be(str_bytes(value), 8);
    return true;
}

bool codes_get(struct txn *t, struct str code, uint64_t *id)
{
    struct key key;
    struct str value;
    return code_key(&key, code) && txn_get(t, TABLE_CODE, key_str(&key), &value) && id_of(t, value, id);
}

/* ---- endings ---- */

/* How many codes fit, and the first of them. */
enum { FITTING_NAMED = 3 };
struct fitting {
    uint64_t count, id;
    struct key code[FITTING_NAMED];
};

static void fits(struct fitting *f, uint64_t id, struct str key)
{
    uint64_t place = f->count++;
    if (place == 0)
        f->id = id;
    if (place >= FITTING_NAMED)
        return;
    struct key *code = &f->code[place];
    code->n = key.n < sizeof code->b ? key.n : sizeof code->b;
    for (size_t i = 0; i < code->n; i++)
        code->b[i] = str_bytes(key)[key.n - 1 - i];
}

static struct outcome ambiguous(struct str code, const struct fitting *f)
{
    struct outcome o = outcome_of(KIND_ambiguous_dossier);
    outcome_code(&o, code);
    outcome_number(&o, (int64_t)f->count);
    struct buf codes = BUF_INIT;
    for (uint64_t i = 0; i < f->count && i < FITTING_NAMED; i++) {
        buf_add_z(&codes, i ? ", " : "");
        buf_add_str(&codes, key_str(&f->code[i]));
    }
    buf_add_z(&codes, f->count > FITTING_NAMED ? ", …" : "");
    outcome_text(&o, buf_str(&codes));
    buf_release(&codes);
    return o;
}

static struct outcome find_ending(struct txn *t, struct str code, const struct key *prefix, code_judge *judge,
                                  void *arg, uint64_t *id)
{
    struct fitting open = {0}, all = {0};
    struct cursor c;
    cursor_open(&c, t, TABLE_CODE);
    for (bool on = cursor_seek(&c, key_str(prefix)); on && str_starts(c.key, key_str(prefix));
         on = cursor_next(&c)) {
        uint64_t fitting;
        if (!id_of(t, c.value, &fitting))
            break;
        enum code_standing standing = judge(arg, fitting);
        if (standing == CODE_OPEN)
            fits(&open, fitting, c.key);
        if (standing != CODE_UNSEEN)
            fits(&all, fitting, c.key);
    }
    cursor_close(&c);
    if (open.count > 1 || (open.count == 0 && all.count > 1))
        return ambiguous(code, open.count ? &open : &all);
    if (all.count == 0) {
        struct outcome o = outcome_of(KIND_unknown_dossier);
        outcome_code(&o, code);
        return o;
    }
    *id = open.count ? open.id : all.id;
    return OUTCOME_DONE;
}

struct outcome codes_find(struct txn *t, struct str code, code_judge *judge, void *arg, uint64_t *id)
{
    struct key key;
    struct outcome o = outcome_of(KIND_unknown_dossier);
    outcome_code(&o, code);
    if (!code_key(&key, code))
        return o;
    uint64_t exact;
    if (codes_get(t, code, &exact) && judge(arg, exact) != CODE_UNSEEN) {
        *id = exact;
        return OUTCOME_DONE;
    }
    if (code.n >= CODE_ENDING)
        o = find_ending(t, code, &key, judge, arg, id);
    return txn_ok(t) ? o : t->fault;
}

/* ---- numbers given ---- */

enum { COUNTER_CODES = 'c' }; /* other letters are those of series */

static uint32_t counter_get(struct txn *t, const struct key *key)
{
    struct str value;
    return txn_get(t, TABLE_COUNTER, key_str(key), &value) && value.n == 4
               ? (uint32_t)get_be(str_bytes(value), 4)
               : 0;
}

static void counter_put(struct txn *t, const struct key *key, uint32_t n)
{
    unsigned char value[4];
    put_be(value, n, 4);
    txn_put(t, TABLE_COUNTER, key_str(key), bytes_str(value, sizeof value));
}

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
        if (upper(code.p[i]) != upper(agency.p[i]))
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

static bool code_is_taken(struct txn *t, struct str agency, const char digits[DAY_DIGITS], uint32_t number)
{
    struct buf code = BUF_INIT;
    buf_add_str(&code, agency);
    buf_add_char(&code, '-');
    buf_add(&code, digits, DAY_DIGITS);
    buf_addf(&code, "-%04u", number);
    uint64_t id;
    bool taken = codes_get(t, buf_str(&code), &id);
    if (code.failed)
        txn_no_memory(t);
    buf_release(&code);
    return taken;
}

uint32_t codes_next(struct txn *t, struct str agency, civil_day day)
{
    struct buf code = BUF_INIT;
    dossier_code(&code, agency, day, 1);
    const char *digits;
    uint32_t number = 0;
    struct key key;
    if (code.failed) {
        txn_no_memory(t);
    } else if (own_code(agency, buf_str(&code), &digits, &number)) {
        day_counter(&key, digits);
        number = counter_get(t, &key) + 1;
    }
    buf_release(&code);
    return number;
}

void codes_note(struct txn *t, struct str agency, struct str code)
{
    const char *digits;
    uint32_t number;
    struct key key;
    if (!own_code(agency, code, &digits, &number))
        return;
    day_counter(&key, digits);
    if (number != counter_get(t, &key) + 1)
        return;
    while (txn_ok(t) && code_is_taken(t, agency, digits, number + 1))
        number++;
    counter_put(t, &key, number);
}

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

uint32_t series_next(struct txn *t, enum series series, int year)
{
    struct key key;
    series_counter(&key, series, year);
    return counter_get(t, &key) + 1;
}

void series_note(struct txn *t, const struct event *e)
{
    struct key key;
    struct yearly_number given;
    enum series series = event_number(e, &given);
    if (series == SERIES_NONE)
        return;
    series_counter(&key, series, given.year);
    if (given.number > counter_get(t, &key))
        counter_put(t, &key, given.number);
}
