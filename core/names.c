#include "core/names.h"

#include "core/arena.h"
#include "core/text.h"
#include <stdlib.h>

/* Two tables of one size, by hash: of the names as they are written, and folded. */
struct names {
    struct arena text; /* of the folded ones */
    struct named *plain, *folded;
    size_t slots; /* a power of two, at most half of them used */
};

/* FNV-1a. */
static uint64_t hash_of(struct str s)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001b3);
    return h ^ h >> 32;
}

/* Where this name is or belongs. */
static struct named *slot_of(const struct names *n, struct named *table, struct str name)
{
    size_t i = (size_t)hash_of(name) & (n->slots - 1);
    while (table[i].thing && !str_eq(table[i].name, name))
        i = (i + 1) & (n->slots - 1);
    return &table[i];
}

static void put(const struct names *n, struct named *table, struct str name, const void *thing)
{
    struct named *slot = name.n ? slot_of(n, table, name) : NULL;
    if (slot && !slot->thing)
        *slot = (struct named){name, thing};
}

static bool fold_all(struct names *n, const struct named *named, size_t count)
{
    struct buf folded = BUF_INIT;
    for (size_t i = 0; i < count; i++) {
        buf_reset(&folded);
        text_fold(&folded, named[i].name);
        put(n, n->folded, arena_str(&n->text, buf_str(&folded)), named[i].thing);
    }
    bool done = !folded.failed && !n->text.failed;
    buf_release(&folded);
    return done;
}

struct names *names_new(const struct named *named, size_t count)
{
    struct names *n = calloc(1, sizeof *n);
    if (!n)
        return NULL;
    n->text = ARENA_INIT;
    for (n->slots = 16; n->slots < 2 * count + 1;)
        n->slots *= 2;
    n->plain = calloc(n->slots, sizeof *n->plain);
    n->folded = calloc(n->slots, sizeof *n->folded);
    for (size_t i = 0; n->plain && i < count; i++)
        put(n, n->plain, named[i].name, named[i].thing);
    if (n->plain && n->folded && fold_all(n, named, count))
        return n;
    names_free(n);
    return NULL;
}

void names_free(struct names *n)
{
    if (!n)
        return;
    free(n->plain);
    free(n->folded);
    arena_release(&n->text);
    free(n);
}

const void *names_find(const struct names *n, struct str name, bool *failed)
{
    const void *thing = name.n ? slot_of(n, n->plain, name)->thing : NULL;
    if (thing || !name.n)
        return thing;
    struct buf folded = BUF_INIT;
    text_fold(&folded, name);
    if (buf_str(&folded).n)
        thing = slot_of(n, n->folded, buf_str(&folded))->thing;
    if (failed && folded.failed)
        *failed = true;
    thing = folded.failed ? NULL : thing;
    buf_release(&folded);
    return thing;
}

struct str title_rest(struct str title)
{
    static const struct str words = STR("thu tuc");
    struct buf folded = BUF_INIT;
    size_t spaces = 0, at = 0;
    for (; at < title.n && spaces < 2; at++)
        spaces += title.p[at] == ' ' && at && title.p[at - 1] != ' ';
    if (spaces == 2)
        text_fold(&folded, str_first(title, at - 1));
    bool has = !folded.failed && str_eq(buf_str(&folded), words);
    buf_release(&folded);
    while (has && at < title.n && title.p[at] == ' ')
        at++;
    return has ? (struct str){title.p + at, title.n - at} : STR_NONE;
}

void title_short(struct buf *out, struct str title)
{
    struct str rest = title_rest(title);
    if (rest.n)
        text_capital(out, rest);
    else
        buf_add_str(out, title);
}
