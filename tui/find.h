/* find: what fits the words typed so far, best first. Marks and case do not matter. */
#ifndef MOTCUA_TUI_FIND_H
#define MOTCUA_TUI_FIND_H

#include "core/buf.h"

#define FOUND_MAX 200
#define FIND_WORDS 16 /* what is typed beyond so many words has no say */

struct find_hit;

struct finder {
    struct buf folded;
    struct str word[FIND_WORDS];
    size_t words;
    struct find_hit *hit;
    size_t hits;
};

/* For up to `most` candidates. Ends in finder_end(), also when this is false: memory is out. */
bool finder_init(struct finder *f, struct str typed, size_t most);
/* One candidate, its code and words folded: better where the code is or begins with what was typed, then
 * where the words do; among equals what is `used` more, then the shorter `length`. */
void finder_try(struct finder *f, size_t index, struct str code, struct str words, uint32_t used,
                size_t length);
/* The indexes of those that fit, best first; returns how many. Gives everything back. */
size_t finder_end(struct finder *f, uint16_t out[FOUND_MAX]);

#endif
