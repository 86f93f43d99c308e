#include "store/check_lines.h"

#include "store/bytes.h"

void check_lines_begin(struct check_lines *c, struct txn *t, enum table table, const struct sum_key *key)
{
    *c = (struct check_lines){.blank = {.key = key}, .taken_out = {.key = key}};
    ordered_open(&c->stored, t, table);
}

static void sum_line(struct sum *sum, struct line_place at)
{
    sum_add(sum, STR_NONE, (uint64_t)at.chunk << 32 | at.place);
}

/* Blanks here what is blank there. */
static bool blank_alike(struct check_lines *c, const unsigned char *stored)
{
    struct lines l;
    if (!lines_open(stored, &l) || l.count != c->count)
        return false;
    for (uint32_t place = 0; place < l.count; place++) {
        uint64_t id;
        struct str text;
        bool whole;
        if (lines_at(&l, place, &id, &text, &whole))
            continue;
        lines_blank(c->chunk, place);
        sum_line(&c->blank, (struct line_place){c->end - 1, place});
    }
    return true;
}

/* The last chunk is full, or the last one. */
static void compare(struct check_lines *c)
{
    if (c->end == 0 || c->wrong)
        return;
    if (!ordered_number(&c->stored, c->end - 1) || c->stored.value.n != CHUNK_BYTES) {
        c->wrong = true;
        return;
    }
    const unsigned char *stored = str_bytes(c->stored.value);
    c->wrong = memcmp(c->chunk, stored, CHUNK_BYTES) != 0 &&
               (!blank_alike(c, stored) || memcmp(c->chunk, stored, CHUNK_BYTES) != 0);
}

struct line_place check_lines_add(struct check_lines *c, uint64_t id, struct str text, civil_minute before)
{
    if (c->end == 0 || !lines_put(c->chunk, id, text)) {
        compare(c);
        memset(c->chunk, 0, sizeof c->chunk);
        lines_begin(c->chunk, before);
        lines_put(c->chunk, id, text);
        c->end++;
        c->count = 0;
    }
    return (struct line_place){c->end - 1, c->count++};
}

void check_lines_remove(struct check_lines *c, struct line_place at)
{
    sum_line(&c->taken_out, at);
}

bool check_lines_end(struct check_lines *c)
{
    compare(c);
    return ordered_close(&c->stored) && !c->wrong && sum_equal(&c->blank, &c->taken_out);
}
