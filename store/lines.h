/* lines: the folded names (or numbers) of many dossiers packed into chunks, to be searched by brute force.
 *
 * A chunk knows which characters occur in it, so a word is looked for only where it can be: a telephone
 * number never among names. It also knows a time that no dossier of the chunks before it was received after,
 * so that a search going back from the newest can tell when what it has found is in its final order. */
#ifndef MOTCUA_STORE_LINES_H
#define MOTCUA_STORE_LINES_H

#include "store/chunk.h"

/* The longest text kept whole. Of a longer one the beginning is kept, and the line fits every word: the
 * record decides. */
#define LINE_LONGEST 2000

/* A set of the characters of a text: one bit for each letter and digit, the others share the rest. */
uint64_t lines_mask(struct str text);

/* Adds a line to the last chunk, or to a new one when it is full; *end is the number of chunks in use.
 * `before` is the newest receipt of all dossiers so far. Answers the number of the chunk it is in. */
uint32_t lines_add(struct chunks *c, uint32_t *end, uint64_t id, struct str text, civil_minute before);
/* Takes a dossier's line out of its chunk; its room is not used again. */
void lines_remove(struct chunks *c, uint32_t chunk, uint64_t id);

/* What both are made of, on CHUNK_BYTES (zeros at first): the time that goes with a new chunk; one more line,
 * false where there is no room for it; and a line, which is there, taken out. */
void lines_begin(unsigned char *chunk, civil_minute before);
bool lines_put(unsigned char *chunk, uint64_t id, struct str text);
void lines_blank(unsigned char *chunk, uint32_t place);

/* What a stored chunk says of itself; false when it is damaged. */
struct lines {
    const unsigned char *bytes;
    uint64_t mask;
    civil_minute before; /* nothing in earlier chunks was received later; NO_TIME: there is nothing */
    uint32_t count, used;
};
bool lines_open(const unsigned char *chunk, struct lines *out);
/* All its texts, something that is in none of them behind each. */
struct str lines_text(const struct lines *l);
/* A line by its place. False for one taken out. `whole` is false for a cut one. */
bool lines_at(const struct lines *l, uint32_t place, uint64_t *id, struct str *text, bool *whole);

/* Calls `each` for every line in which `word` occurs (every line for an empty word), with what is kept of its
 * text; `whole` is false for a cut one, which may be told although the word does not occur in it, and twice.
 */
typedef void line_visit(void *arg, uint64_t id, struct str text, bool whole);
void lines_find(const struct lines *l, struct str word, line_visit *each, void *arg);

#endif
