/* field: one line of text being typed.
 *
 * Works by letters: a base character with its marks is one step of the cursor and one Backspace, as input
 * methods for Vietnamese expect ("c h a ⌫ ă ⌫ ắ c" makes "chắc"). Broken UTF-8 and control characters never
 * get in. */
#ifndef MOTCUA_TUI_FIELD_H
#define MOTCUA_TUI_FIELD_H

#include "tui/canvas.h"
#include "tui/key.h"

struct field {
    struct buf text;
    size_t cursor; /* byte offset, on a letter's border */
    size_t scroll; /* byte offset of the first letter shown */
    size_t max;    /* characters */
    bool cut;      /* the last key brought more than there was room for */
};

void field_init(struct field *f, size_t max);
void field_release(struct field *f);
static inline struct str field_str(const struct field *f)
{
    return buf_str(&f->text);
}
/* Replaces the text; the cursor goes to its end. */
void field_set(struct field *f, struct str text);
/* At the cursor; line breaks and tabs become blanks. What goes beyond `max` is left out: false then. */
bool field_insert(struct field *f, struct str text);

enum field_answer { FIELD_IGNORED = 0, FIELD_MOVED, FIELD_CHANGED };
/* Letters, Backspace, Delete, arrows, Home, End, Ctrl-A, Ctrl-E, Ctrl-W (word back), Ctrl-U (all before),
 * Ctrl-K (all after) and pastes; everything else is ignored. */
enum field_answer field_key(struct field *f, const struct key *key);

/* Draws it, scrolled so that the cursor is seen; `hint` (may be absent) stands dim where nothing was typed.
 * With `focus` the canvas' cursor is put there. */
void field_draw(struct field *f, struct canvas *c, struct area a, bool focus, struct str hint);

#endif
