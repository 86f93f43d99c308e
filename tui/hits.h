/* hits: a window on a long list of dossiers: all of them, or those a search finds, newest first. Only the
 * rows that are seen are copied. */
#ifndef MOTCUA_TUI_HITS_H
#define MOTCUA_TUI_HITS_H

#include "core/arena.h"
#include "store/store.h"

/* A search is followed to this row and no further: who has to scroll beyond types another word. */
#define HITS_MOST 2000

struct hit_row {
    struct row row;
    struct str procedure_name, holder_name;
};

struct hits {
    struct hit_row *row; /* the window, strings in `text` */
    size_t first, count; /* which rows of the list it holds */
    size_t total;        /* rows of the list, as far as they were counted */
    bool more;           /* there are more than that */
    size_t cap;
    struct arena text;
    bool failed; /* memory ran out */
};

#define HITS_INIT ((struct hits){.text = ARENA_INIT})
void hits_release(struct hits *h);

/* Reads rows [first, first + rows) of all dossiers (no words in the query) or of those that match. */
void hits_read(struct hits *h, struct view *v, const struct query *q, size_t first, size_t rows);
/* Where the dossier `id` stands in the list now; `otherwise` when it is not in it. A search is followed at
 * most to HITS_MOST. */
size_t hits_find(struct view *v, const struct query *q, uint64_t id, size_t otherwise);
/* The row at this place of the list; NULL outside the window. */
const struct hit_row *hits_at(const struct hits *h, size_t index);

#endif
