#include "store/check_lines.h"

#include "store/bytes.h"

void check_lines_begin(struct check_lines *c, struct txn *t, enum table table, enum table pieces,
                       const struct sum_key *key)
{
    *c = (struct check_lines){.blank = {.key = key}, .taken_out = {.key = key}};
    ordered_open(&c->stored, t, table);
    ordered_open(&c->stored_pieces, t, pieces);
}

static void sum_line(struct sum *sum, struct line_place at)
{
    sum_add(sum, STR_NONE, (uint64_t)at.chunk << 32 | at.place);
}

static bool is_blank(const struct lines *l, uint32_t place)
{
    uint64_t id;
    struct str text;
    bool whole;
    return !lines_at(l, place, &id, &text, &whole);
}

/* Blanks here what is blank there, but for what was taken out while the chunk was the last one. */
static bool blank_alike(struct check_lines *c, const unsigned char *stored)
{
    struct lines l, made;
    if (!lines_open(stored, &l) || l.count != c->count || !lines_open(c->chunk, &made))
        return false;
    for (uint32_t place = 0; place < l.count; place++) {
        if (!is_blank(&l, place) || is_blank(&made, place))
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

static void compare_pieces(struct check_lines *c, uint32_t number)
{
    struct str stored =
        ordered_number(&c->stored_pieces, pieces_chunk(number)) ? c->stored_pieces.value : STR_NONE;
    c->wrong = c->wrong || !str_eq(stored, bytes_str(c->pieces, CHUNK_BYTES));
    memset(c->pieces, 0, sizeof c->pieces);
}

/* What can be in the chunk that is full now: as it stood when the next one was begun. */
static void note_pieces(struct check_lines *c)
{
    struct lines l;
    uint32_t number = c->end - 1;
    if (!lines_open(c->chunk, &l))
        return; /* it was made here */
    pieces_make(c->pieces, number, &l);
    if (number % PIECES_ROWS == PIECES_ROWS - 1)
        compare_pieces(c, number);
}

struct line_place check_lines_add(struct check_lines *c, uint64_t id, struct str text, civil_minute before)
{
    if (c->end == 0 || !lines_put(c->chunk, id, text)) {
        if (c->end)
            note_pieces(c);
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
    if (at.chunk + 1 != c->end)
        return;
    lines_blank(c->chunk, at.place);
    sum_line(&c->blank, at);
}

bool check_lines_end(struct check_lines *c)
{
    compare(c);
    if (c->end > 1 && (c->end - 1) % PIECES_ROWS) /* the last rows, their chunk not full yet */
        compare_pieces(c, c->end - 2);
    bool lines = ordered_close(&c->stored), pieces = ordered_close(&c->stored_pieces);
    return lines && pieces && !c->wrong && sum_equal(&c->blank, &c->taken_out);
}
