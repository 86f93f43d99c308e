/* pieces: what can be in a full chunk of lines, told without looking at it.
 *
 * Looking for a word goes through all lines, unless most of them can be passed over. A full chunk, one after
 * which another was begun, has a row here, an eighth of its size: which characters occur in it, the time that
 * goes with it, and which pieces of four characters side by side, as a set by hash. A word can only be where
 * all of its pieces are. So a row may say yes for nothing, seldom for a word of six characters or more, and
 * never says no for a word that is there. The last chunk changes with every save, and has none.
 *
 * A row is made once, of what stands in the chunk when the next one is begun. A line taken out later leaves
 * its pieces behind. */
#ifndef MOTCUA_STORE_PIECES_H
#define MOTCUA_STORE_PIECES_H

#include "store/lines.h"

#define PIECE 4 /* characters; of digits there are ten thousand such, and a tenth of them in a chunk */
#define PIECES_ROW 510
#define PIECES_ROWS 8 /* in a chunk of them, which is full then */
_Static_assert(PIECES_ROW *PIECES_ROWS == CHUNK_BYTES, "rows fill their chunk");

/* Which chunk of rows has the row of chunk `number`. */
static inline uint64_t pieces_chunk(uint32_t number)
{
    return number / PIECES_ROWS;
}
static inline const unsigned char *pieces_row(const unsigned char *rows, uint32_t number)
{
    return rows + (size_t)PIECES_ROW * (number % PIECES_ROWS);
}

/* The row of chunk `number`, put into its chunk of rows. */
void pieces_make(unsigned char *rows, uint32_t number, const struct lines *full);

/* What a row is asked of a word. */
#define PIECES_ASKED 12 /* more would tell no more */
struct asked {
    uint64_t mask;
    uint16_t bit[PIECES_ASKED];
    size_t count;
};
struct asked pieces_ask(struct str word);
/* Can the word be in the chunk whose row this is? */
bool pieces_may_hold(const unsigned char *row, const struct asked *a);
/* As struct lines has it. */
civil_minute pieces_before(const unsigned char *row);

#endif
