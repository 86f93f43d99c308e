#include "store/pieces.h"

#include "store/bytes.h"
#include "store/facts.h"

/* A row: the characters, the time, the set. */
enum { AT_MASK = 0, AT_BEFORE = 8, AT_SET = 12, SET_BITS = 8 * (PIECES_ROW - AT_SET) };

static uint16_t bit_of(uint32_t piece)
{
    return (uint16_t)((uint64_t)(piece * UINT32_C(0x9E3779B1)) * SET_BITS >> 32);
}

/* A piece goes over no blank and no end of a line: no word does. */
struct reader {
    uint32_t piece;
    int length;
};

/* The next character: does a piece end with it? */
static inline bool takes(struct reader *r, char c)
{
    r->piece = r->piece << 8 | (unsigned char)c;
    r->length = (unsigned char)c <= ' ' ? 0 : r->length + 1;
    return r->length >= PIECE;
}

void pieces_make(unsigned char *rows, uint32_t number, const struct lines *full)
{
    unsigned char *row = rows + (size_t)PIECES_ROW * (number % PIECES_ROWS), *set = row + AT_SET;
    struct str text = lines_text(full);
    struct reader r = {0};
    put_be(row + AT_MASK, full->mask, 8);
    put_be(row + AT_BEFORE, time_pack(full->before), 4);
    /* A line that was cut holds what is not here. */
    memset(set, full->mask == UINT64_MAX ? 0xFF : 0, SET_BITS / 8);
    for (size_t i = 0; i < text.n; i++)
        if (takes(&r, text.p[i])) {
            uint16_t bit = bit_of(r.piece);
            set[bit / 8] |= (unsigned char)(1u << bit % 8);
        }
}

struct asked pieces_ask(struct str word)
{
    struct asked a = {.mask = lines_mask(word)};
    struct reader r = {0};
    for (size_t i = 0; i < word.n && a.count < PIECES_ASKED; i++)
        if (takes(&r, word.p[i]))
            a.bit[a.count++] = bit_of(r.piece);
    return a;
}

bool pieces_may_hold(const unsigned char *row, const struct asked *a)
{
    if (a->mask & ~get_be(row + AT_MASK, 8))
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!(row[AT_SET + a->bit[i] / 8] >> a->bit[i] % 8 & 1))
            return false;
    return true;
}

civil_minute pieces_before(const unsigned char *row)
{
    return time_unpack((uint32_t)get_be(row + AT_BEFORE, 4));
}
