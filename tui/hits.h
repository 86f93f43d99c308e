/* hits: a window on a long list of dossiers: all of them, or those a search finds, newest first. Only the
 * rows that are seen are read.
 *
 * A search is done in slices: what it has found so far stands in the list already, in its final order. */
#ifndef MOTCUA_TUI_HITS_H
#define MOTCUA_TUI_HITS_H

#include "core/arena.h"
#include "store/search.h"
#include "tui/slice.h"

/* A search is followed to this row and no further: who has to scroll beyond types another word. */
#define HITS_MOST 2000

struct hit_row {
    struct row row;
    struct str procedure_name, holder_name;
};

/* What a search has found, newest receipt first. */
struct finds {
    struct found *find;
    size_t count, cap;
    bool more; /* there are more than HITS_MOST */
};

struct hits {
    struct hit_row *row; /* the window, strings in `text` */
    size_t first, count; /* which rows of the list it holds */
    size_t total;        /* rows of the list, as far as they were found */
    bool more;           /* there are more than that */
    size_t cap;
    struct arena text;
    bool failed; /* memory ran out */
    struct query query;
    struct search *search; /* under way; NULL: none */
    struct finds finds, anew;
    bool again;           /* what it finds takes the place of `finds` only when it is over */
    struct outcome fault; /* what was damaged where it searched */
};

#define HITS_INIT ((struct hits){.text = ARENA_INIT})
void hits_release(struct hits *h);

/* Another text: all dossiers where it has no words, else a search begins from nothing. False when it has too
 * many words, or memory is out: then nothing is found. */
bool hits_ask(struct hits *h, struct str typed);
/* Others wrote: searches again. The list stays what it is until that is over. */
void hits_ask_again(struct hits *h);
/* Is a search under way? `hits_is_first`: one whose list is not complete yet. */
bool hits_is_busy(const struct hits *h);
bool hits_is_first(const struct hits *h);
/* Searches for a slice, true while there is more to do. */
bool hits_work(struct hits *h, struct view *v, struct slice *slice);

/* Reads rows [first, first + rows) of the list. */
void hits_read(struct hits *h, struct view *v, size_t first, size_t rows);
/* Where the dossier `id` stands in the list now; `otherwise` when it is not in it. */
size_t hits_find(struct hits *h, struct view *v, uint64_t id, size_t otherwise);
/* The dossier in this place of the list, as long as it was when last read; 0 where there is none. */
uint64_t hits_id(const struct hits *h, size_t index);
/* The row at this place of the list; NULL outside the window. */
const struct hit_row *hits_at(const struct hits *h, size_t index);

#endif
