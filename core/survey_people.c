#include "core/survey_people.h"

#include "core/text.h"
#include <stdlib.h>

enum { PHONE_LEAST = 6 };

/* What a dossier may have in common with another of the same person. */
enum key_kind { KEY_ID, KEY_ANSWERS /* who answers which phone */, KEY_PHONE, KEY_NAME };
struct key {
    enum key_kind kind;
    struct str text;
    size_t of; /* dossier */
};

struct keys {
    struct arena *arena;
    struct key *key;
    size_t count, cap;
    struct buf text, part; /* being made */
    bool failed;
};

static void put_key(struct keys *k, enum key_kind kind, size_t of)
{
    k->failed = k->failed || k->text.failed;
    if (k->count == k->cap) {
        size_t cap = k->cap ? k->cap * 2 : 256;
        struct key *key = realloc(k->key, cap * sizeof *key);
        if (!key) {
            k->failed = true;
            return;
        }
        k->key = key;
        k->cap = cap;
    }
    k->key[k->count++] = (struct key){kind, arena_str(k->arena, buf_str(&k->text)), of};
}

/* ---- how they are compared ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* 000000000 is typed where nothing is known. */
static bool is_filler(struct str s)
{
    for (size_t i = 1; i < s.n; i++)
        if (s.p[i] != s.p[0])
            return false;
    return s.n == 0 || s.p[0] == '0' || s.n > 4;
}

/* Letters and digits alone. */
static bool make_id(struct keys *k, struct str typed)
{
    buf_reset(&k->part);
    buf_reset(&k->text);
    text_fold(&k->part, typed);
    for (size_t i = 0; i < k->part.n; i++) {
        char c = k->part.p[i];
        if (is_digit(c) || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80)
            buf_add_char(&k->text, c);
    }
    k->failed = k->failed || k->part.failed || k->text.failed;
    return k->text.n && !is_filler(buf_str(&k->text));
}

/* Digits in the way of the country: 0084 and +84 are 0, and the first 0 is there. */
static bool make_phone(struct keys *k, struct str folded)
{
    buf_reset(&k->text);
    if (folded.n > 2 && memcmp(folded.p + folded.n - 2, ".0", 2) == 0)
        folded.n -= 2; /* a spreadsheet's number */
    for (size_t i = 0; i < folded.n; i++)
        if (is_digit(folded.p[i]))
            buf_add_char(&k->text, folded.p[i]);
    struct str digits = buf_str(&k->text);
    if (digits.n >= PHONE_LEAST && is_filler(digits))
        return false;
    size_t country = 0;
    if (digits.n > 10 && str_starts(digits, STR("0084")))
        country = 4;
    else if (digits.n > 10 && str_starts(digits, STR("84")))
        country = 2;
    else if (digits.n < PHONE_LEAST || digits.p[0] == '0')
        return digits.n >= PHONE_LEAST;
    buf_add_char(&k->text, '0');
    if (k->text.failed)
        return false;
    memmove(k->text.p + 1, k->text.p + country, digits.n - country);
    k->text.p[0] = '0';
    k->text.n = digits.n - country + 1;
    return true;
}

static void add_folded(struct buf *out, struct str s)
{
    buf_add_char(out, '\0'); /* no text holds one */
    text_fold(out, s);
}

/* ---- the keys of a dossier ---- */

static void add_phone(struct keys *k, struct str folded, const struct survey_dossier *d, size_t of)
{
    if (!make_phone(k, folded))
        return;
    put_key(k, KEY_PHONE, of);
    add_folded(&k->text, d->asked);
    put_key(k, KEY_ANSWERS, of);
}

/* "0912 345 678 / 0987654321" */
static void add_phones(struct keys *k, const struct survey_dossier *d, size_t of)
{
    struct buf folded = BUF_INIT;
    text_fold(&folded, d->phone);
    for (size_t from = 0, to; from < folded.n; from = to + 1) {
        for (to = from; to < folded.n && !memchr(",;/", folded.p[to], 3); to++)
            ;
        add_phone(k, (struct str){folded.p + from, to - from}, d, of);
    }
    k->failed = k->failed || folded.failed;
    buf_release(&folded);
}

static bool add_keys(struct keys *k, const struct survey_dossier *d, size_t of)
{
    bool has_id = make_id(k, d->id_number);
    if (has_id)
        put_key(k, KEY_ID, of);
    add_phones(k, d, of);
    buf_reset(&k->text);
    text_fold(&k->text, d->name);
    add_folded(&k->text, d->address);
    put_key(k, KEY_NAME, of);
    return has_id;
}

static int by_key(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    int c = str_cmp(x->text, y->text);
    return c ? c : (x->of > y->of) - (x->of < y->of);
}

/* ---- who belongs together ---- */

/* The first of those it is known to belong to. */
static size_t first_of(size_t *first, size_t i)
{
    while (first[i] != i) {
        first[i] = first[first[i]];
        i = first[i];
    }
    return i;
}

static void join(size_t *first, size_t a, size_t b)
{
    a = first_of(first, a);
    b = first_of(first, b);
    if (a < b)
        first[b] = a;
    else
        first[a] = b;
}

/* A phone is shared in a family, a name in a commune: where all have id numbers, those decide. */
static bool decides(const struct key *key, size_t n, const bool *has_id)
{
    if (key->kind == KEY_ID || key->kind == KEY_ANSWERS)
        return true;
    for (size_t i = 0; i < n; i++)
        if (!has_id[key[i].of])
            return true;
    return false;
}

static void join_all(const struct keys *k, const bool *has_id, size_t *first)
{
    for (size_t i = 0, n; i < k->count; i += n) {
        const struct key *key = &k->key[i];
        for (n = 1; i + n < k->count && key->kind == key[n].kind && str_eq(key->text, key[n].text); n++)
            ;
        if (n > 1 && decides(key, n, has_id))
            for (size_t j = 1; j < n; j++)
                join(first, key[0].of, key[j].of);
    }
}

size_t *survey_people(struct arena *arena, const struct survey_dossier *dossier, size_t count)
{
    struct keys k = {.arena = arena, .text = BUF_INIT, .part = BUF_INIT};
    size_t *first = arena_alloc(arena, (count + 1) * sizeof *first);
    bool *has_id = arena_alloc(arena, (count + 1) * sizeof *has_id);
    for (size_t i = 0; i < count && first && has_id; i++) {
        first[i] = i;
        has_id[i] = add_keys(&k, &dossier[i], i);
    }
    bool good = first && has_id && !k.failed && !k.text.failed && !k.part.failed && !arena->failed;
    if (good && k.count) {
        qsort(k.key, k.count, sizeof *k.key, by_key);
        join_all(&k, has_id, first);
        for (size_t i = 0; i < count; i++)
            first[i] = first_of(first, i);
    }
    free(k.key);
    buf_release(&k.text);
    buf_release(&k.part);
    return good ? first : NULL;
}
