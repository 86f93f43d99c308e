/* chunk_walk: going through all chunks of a table, from the first one on.
 *
 * A million dossiers have 9,000 chunks of facts. Looking at each where it is mapped makes the system map all
 * their pages, and take them away again at the end: as much work as counting them. So they are read into a
 * small buffer instead, as many in one go as lie side by side in the file; what is not in memory the disk was
 * asked for before, all at once. */
#ifndef MOTCUA_STORE_CHUNK_WALK_H
#define MOTCUA_STORE_CHUNK_WALK_H

#include "store/chunk.h"

struct chunk_place;
struct chunk_walk {
    struct chunk_place *place; /* of each chunk, in the order of their numbers */
    size_t places, next;       /* next: the first that is not passed yet */
    unsigned char *page;       /* of the chunks from place `first` on, `count` of them */
    size_t first, count;
    size_t at_once;           /* how many are read: ever more, as long as one after the other is asked for */
    const unsigned char *map; /* NULL: nothing is read but where it is mapped */
    size_t used, page_size;   /* bytes of the file that are used; of a page */
    int fd;
};

/* Of a reading transaction. To be ended before it, whatever becomes of it. Out of memory is a fault of the
 * transaction, and the walk then finds nothing. */
void chunk_walk_begin(struct chunk_walk *w, struct txn *t, enum table table);
/* The chunk of that number, borrowed until the next is asked for; the numbers only grow. NULL when there is
 * none or it is damaged. */
const unsigned char *chunk_walk_next(struct chunk_walk *w, uint64_t number);
/* From the first one on again. */
void chunk_walk_again(struct chunk_walk *w);
void chunk_walk_end(struct chunk_walk *w);

#endif
