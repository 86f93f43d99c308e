#include "store/lines.h"

#include "store/bytes.h"
#include "store/facts.h"

/* A chunk: the head, the texts one after another with a newline behind each, free room, and from the end
 * backwards one entry of 8 bytes for each line: two bytes of offset (and a flag), six of id. */
enum { AT_MASK = 0, AT_BEFORE = 8, AT_COUNT = 12, AT_USED = 14, HEAD_BYTES = 16, ENTRY_BYTES = 8 };
enum { OFFSET_BITS = 0x0FFF, FLAG_CUT = 0x8000 };
static const char LINE_END = '\n';

uint64_t lines_mask(struct str text)
{
    uint64_t mask = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        unsigned bit = c >= 'a' && c <= 'z'   ? c - 'a' + 0u
                       : c >= '0' && c <= '9' ? c - '0' + 26u
                                              : c % 28u + 36u;
        mask |= UINT64_C(1) << bit;
    }
    return mask;
}

static unsigned char *entry_at(unsigned char *chunk, uint32_t place)
{
    return chunk + CHUNK_BYTES - (size_t)ENTRY_BYTES * (place + 1);
}

static bool has_room(const unsigned char *chunk, size_t text)
{
    size_t count = (size_t)get_be(chunk + AT_COUNT, 2), used = (size_t)get_be(chunk + AT_USED, 2);
    return HEAD_BYTES + used + text + 1 + ENTRY_BYTES * (count + 1) <= CHUNK_BYTES;
}

bool lines_put(unsigned char *chunk, uint64_t id, struct str whole)
{
    struct str text = str_first(whole, LINE_LONGEST);
    bool cut = text.n < whole.n;
    if (!has_room(chunk, text.n))
        return false;
    uint32_t count = (uint32_t)get_be(chunk + AT_COUNT, 2);
    size_t used = (size_t)get_be(chunk + AT_USED, 2);
    unsigned char *at = chunk + HEAD_BYTES + used;
    if (text.n)
        memcpy(at, text.p, text.n);
    at[text.n] = (unsigned char)LINE_END;
    unsigned char *entry = entry_at(chunk, count);
    put_be(entry, used | (cut ? FLAG_CUT : 0), 2);
    put_be(entry + 2, id, 6);
    uint64_t mask = cut ? UINT64_MAX : get_be(chunk + AT_MASK, 8) | lines_mask(text);
    put_be(chunk + AT_MASK, mask, 8);
    put_be(chunk + AT_COUNT, count + 1, 2);
    put_be(chunk + AT_USED, used + text.n + 1, 2);
    return true;
}

void lines_begin(unsigned char *chunk, civil_minute before)
{
    put_be(chunk + AT_BEFORE, time_pack(before), 4);
}

uint32_t lines_add(struct chunks *c, uint32_t *end, uint64_t id, struct str text, civil_minute before)
{
    unsigned char *chunk = *end ? chunk_write(c, *end - 1) : NULL;
    if (chunk && lines_put(chunk, id, text))
        return *end - 1;
    chunk = chunk_write(c, *end);
    if (!chunk)
        return 0;
    lines_begin(chunk, before);
    lines_put(chunk, id, text);
    return (*end)++;
}

/* The text of a line as far as the next one. */
static struct str text_at(const unsigned char *chunk, uint32_t place, uint32_t count, size_t used)
{
    const unsigned char *entry = chunk + CHUNK_BYTES - (size_t)ENTRY_BYTES * (place + 1);
    size_t from = (size_t)get_be(entry, 2) & OFFSET_BITS;
    size_t to = place + 1 < count ? (size_t)get_be(entry - ENTRY_BYTES, 2) & OFFSET_BITS : used;
    if (from >= to || to > used)
        return STR_NONE;
    return bytes_str(chunk + HEAD_BYTES + from, to - from - 1);
}

void lines_blank(unsigned char *chunk, uint32_t place)
{
    uint32_t count = (uint32_t)get_be(chunk + AT_COUNT, 2);
    struct str text = text_at(chunk, place, count, (size_t)get_be(chunk + AT_USED, 2));
    if (text.n)
        memset(chunk + (str_bytes(text) - chunk), LINE_END, text.n);
    put_be(entry_at(chunk, place) + 2, 0, 6);
}

void lines_remove(struct chunks *c, uint32_t number, uint64_t id)
{
    unsigned char *chunk = chunk_write(c, number);
    struct lines l;
    if (!chunk || !lines_open(chunk, &l)) {
        txn_damaged(c->txn, table_label(c->table));
        return;
    }
    for (uint32_t place = 0; place < l.count; place++) {
        if (get_be(entry_at(chunk, place) + 2, 6) != id)
            continue;
        lines_blank(chunk, place);
        return;
    }
    txn_damaged(c->txn, table_label(c->table));
}

bool lines_open(const unsigned char *chunk, struct lines *out)
{
    if (!chunk)
        return false;
    *out = (struct lines){
        .bytes = chunk,
        .mask = get_be(chunk + AT_MASK, 8),
        .before = time_unpack((uint32_t)get_be(chunk + AT_BEFORE, 4)),
        .count = (uint32_t)get_be(chunk + AT_COUNT, 2),
        .used = (uint32_t)get_be(chunk + AT_USED, 2),
    };
    return (size_t)HEAD_BYTES + out->used + (size_t)ENTRY_BYTES * out->count <= CHUNK_BYTES;
}

struct str lines_text(const struct lines *l)
{
    return bytes_str(l->bytes + HEAD_BYTES, l->used);
}

static const unsigned char *entry_of(const struct lines *l, uint32_t place)
{
    return l->bytes + CHUNK_BYTES - (size_t)ENTRY_BYTES * (place + 1);
}

bool lines_at(const struct lines *l, uint32_t place, uint64_t *id, struct str *text, bool *whole)
{
    const unsigned char *entry = entry_of(l, place);
    *id = get_be(entry + 2, 6);
    *text = text_at(l->bytes, place, l->count, l->used);
    *whole = !(get_be(entry, 2) & FLAG_CUT);
    return *id != 0;
}

/* The line that holds the text's byte `offset`: the last one beginning at or before it. */
static uint32_t place_of(const struct lines *l, size_t offset)
{
    uint32_t low = 0, high = l->count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if ((get_be(entry_of(l, middle), 2) & OFFSET_BITS) <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void find_every(const struct lines *l, bool cut_only, line_visit *each, void *arg)
{
    for (uint32_t place = 0; place < l->count; place++) {
        uint64_t id;
        struct str text;
        bool whole;
        if (lines_at(l, place, &id, &text, &whole) && !(cut_only && whole))
            each(arg, id, text, whole);
    }
}

/* Could the word begin in one of the LANES bytes from `at` on? Compared are its first, middle and last
 * characters, in a loop that compiles to vectors: most of a chunk is passed over so. */
enum { VECTOR = 16, LANES = 4 * VECTOR };

static inline uint8_t is_same(const unsigned char *at, uint8_t c)
{
    return (uint8_t) - (*at == c);
}

static bool may_begin(const unsigned char *at, struct str word)
{
    const unsigned char *mid = at + word.n / 2, *end = at + word.n - 1;
    const uint8_t a = (uint8_t)word.p[0], b = (uint8_t)word.p[word.n / 2], c = (uint8_t)word.p[word.n - 1];
    uint8_t hit[VECTOR];
    for (size_t i = 0, j = VECTOR, k = 2 * VECTOR, l = 3 * VECTOR; i < VECTOR; i++, j++, k++, l++)
        hit[i] = (uint8_t)((is_same(at + i, a) & is_same(mid + i, b) & is_same(end + i, c)) |
                           (is_same(at + j, a) & is_same(mid + j, b) & is_same(end + j, c)) |
                           (is_same(at + k, a) & is_same(mid + k, b) & is_same(end + k, c)) |
                           (is_same(at + l, a) & is_same(mid + l, b) & is_same(end + l, c)));
    uint64_t half[2];
    memcpy(half, hit, sizeof half);
    return half[0] | half[1];
}

/* As memmem(). `limit`: what may be looked at, where text has ended too. */
static const unsigned char *find_word(const unsigned char *at, const unsigned char *end,
                                      const unsigned char *limit, struct str word)
{
    while (at < end && (size_t)(limit - at) >= LANES + word.n) {
        if (may_begin(at, word)) {
            size_t left = (size_t)(end - at), n = LANES + word.n - 1;
            const unsigned char *found = memmem(at, left < n ? left : n, word.p, word.n);
            if (found)
                return found;
        }
        at += LANES;
    }
    return at < end ? memmem(at, (size_t)(end - at), word.p, word.n) : NULL;
}

void lines_find(const struct lines *l, struct str word, line_visit *each, void *arg)
{
    if (word.n == 0) {
        find_every(l, false, each, arg);
        return;
    }
    if (lines_mask(word) & ~l->mask)
        return;
    if (l->mask == UINT64_MAX)
        find_every(l, true, each, arg); /* one in whose kept part the word occurs is told twice */
    const unsigned char *text = l->bytes + HEAD_BYTES, *end = text + l->used, *at = text;
    const unsigned char *limit = l->bytes + CHUNK_BYTES;
    while (at < end && (at = find_word(at, end, limit, word)) != NULL) {
        uint64_t id;
        struct str line;
        bool whole;
        uint32_t place = place_of(l, (size_t)(at - text));
        if (lines_at(l, place, &id, &line, &whole))
            each(arg, id, line, whole);
        at = str_bytes(line) ? str_bytes(line) + line.n : at + 1;
    }
}
