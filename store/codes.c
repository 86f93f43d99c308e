#include "store/codes.h"

#include "store/bytes.h"

bool code_key(struct key *out, struct str code)
{
    if (code.n == 0 || code.n > sizeof out->b - 1)
        return false;
    out->b[0] = (unsigned char)code.n;
    for (size_t i = 0; i < code.n; i++)
        out->b[1 + i] = (unsigned char)code_upper(code.p[i]);
    out->n = 1 + code.n;
    return true;
}

bool codes_put(struct txn *t, struct str code, uint64_t id)
{
    struct key key;
    unsigned char value[8];
    put_be(value, id, 8);
    if (code_key(&key, code))
        return txn_put_new(t, TABLE_CODE, key_str(&key), bytes_str(value, sizeof value));
    txn_damaged(t, table_label(TABLE_CODE));
    return false;
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
    code->n = key.n - 1 < sizeof code->b ? key.n - 1 : sizeof code->b;
    memcpy(code->b, key.p + 1, code->n);
}

static struct outcome unknown(struct str code)
{
    struct outcome o = outcome_of(KIND_unknown_dossier);
    outcome_code(&o, code);
    return o;
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

/* Goes on to the first key that is not before `front`, then `back`. It is a neighbour more often than not
 * where codes have little in common. */
static bool skip_to(struct cursor *c, struct str front, struct str back)
{
    struct key key = {.n = front.n + back.n};
    if (key.n > sizeof key.b) /* no key is so long: what is stored here is none */
        return cursor_next(c);
    memcpy(key.b, front.p, front.n);
    memcpy(key.b + front.n, back.p, back.n);
    bool on = cursor_next(c);
    return on && str_cmp(c->key, key_str(&key)) < 0 ? cursor_seek(c, key_str(&key)) : on;
}

/* The next code that ends so, from where the cursor stands. Codes of one length that begin alike (a day's)
 * stand in the order of their endings: of each such run only the one place is looked at where it can be. */
static bool next_ending(struct cursor *c, bool on, struct str ending)
{
    while (on && c->key.n > ending.n) {
        struct str front = str_first(c->key, c->key.n - ending.n);
        int before = str_cmp(str_from(c->key, front.n), ending);
        if (before == 0)
            return true;
        on = skip_to(c, front, before < 0 ? ending : STR("\xFF")); /* no code has that byte */
    }
    return false;
}

static struct outcome find_ending(struct txn *t, struct str code, const struct key *key, code_judge *judge,
                                  void *arg, uint64_t *id)
{
    struct fitting open = {0}, all = {0};
    struct str ending = str_from(key_str(key), 1);
    struct cursor c;
    cursor_open(&c, t, TABLE_CODE);
    for (bool on = cursor_seek(&c, str_first(key_str(key), 1)); next_ending(&c, on, ending);
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
    if (all.count == 0)
        return unknown(code);
    *id = open.count ? open.id : all.id;
    return OUTCOME_DONE;
}

struct outcome codes_find(struct txn *t, struct str code, code_judge *judge, void *arg, uint64_t *id)
{
    struct key key;
    struct outcome o;
    uint64_t exact;
    if (codes_get(t, code, &exact) && judge(arg, exact) != CODE_UNSEEN) {
        *id = exact;
        return OUTCOME_DONE;
    }
    if (code.n >= CODE_ENDING && code_key(&key, code))
        o = find_ending(t, code, &key, judge, arg, id);
    else
        o = unknown(code);
    return txn_ok(t) ? o : t->fault;
}
