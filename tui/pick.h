/* pick: what fits the text typed in a field, listed below it to choose from. */
#ifndef MOTCUA_TUI_PICK_H
#define MOTCUA_TUI_PICK_H

#include "tui/canvas.h"
#include "tui/list.h"
#include "tui/names.h"

struct pick {
    uint16_t found[FOUND_MAX]; /* what they are indexes of, the page knows */
    struct list list;
    int row; /* of the screen, when last drawn; -1: not seen */
};

/* `n` were found; the first is chosen. */
void pick_set(struct pick *p, size_t n);
/* Up, Down, PgUp, PgDn and the wheel. */
bool pick_key(struct pick *p, const struct key *key);
/* A click on a row chooses it: true. */
bool pick_click(struct pick *p, const struct key *key);
/* The chosen one; false when there is none. */
bool pick_chosen(const struct pick *p, uint16_t *out);

/* Draws the list framed into `a` (as many rows as it needs). `tell` says a row: what stands left, and what
 * right. */
typedef void pick_tell(const void *arg, uint16_t index, struct buf *left, struct buf *right);
void pick_draw(struct pick *p, struct canvas *c, struct area a, pick_tell *tell, const void *arg,
               struct str none);

#endif
