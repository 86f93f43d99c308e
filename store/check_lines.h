/* check_lines: are the lines of a table those of the dossiers?
 *
 * The chunks are made once more, one at a time, as they were made: each is compared with the stored one as
 * soon as it is full. A line that was taken out later is blank there already: which ones those are is summed
 * up, and must in the end be exactly those that were. */
#ifndef MOTCUA_STORE_CHECK_LINES_H
#define MOTCUA_STORE_CHECK_LINES_H

#include "store/ordered.h"
#include "store/pieces.h"
#include "store/sum.h"

struct check_lines {
    struct ordered stored, stored_pieces;
    uint32_t end;   /* chunks begun */
    uint32_t count; /* lines in the last one */
    struct sum blank, taken_out;
    bool wrong;
    unsigned char chunk[CHUNK_BYTES], pieces[CHUNK_BYTES];
};

/* Where a line is. */
struct line_place {
    uint32_t chunk, place;
};

/* Of the lines of one table, and what goes with them in another. */
void check_lines_begin(struct check_lines *c, struct txn *t, enum table table, enum table pieces,
                       const struct sum_key *key);
/* As lines_add(), and as lines_remove(). */
struct line_place check_lines_add(struct check_lines *c, uint64_t id, struct str text, civil_minute before);
void check_lines_remove(struct check_lines *c, struct line_place at);
/* Once all is added. Do the tables hold these lines, and nothing else? */
bool check_lines_end(struct check_lines *c);

#endif
