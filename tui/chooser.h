/* chooser: the fields of a form that are chosen from a list below them: a procedure and its case, an officer.
 *
 * Typing narrows the list, Enter (or a click, or Tab once something is typed) takes the marked row. A
 * procedure that was chosen stays until somebody types over it. */
#ifndef MOTCUA_TUI_CHOOSER_H
#define MOTCUA_TUI_CHOOSER_H

#include "tui/form.h"
#include "tui/pick.h"
#include "tui/session.h"

#define CHOOSER_NONE (-1)

/* Which fields of the form are chosen; CHOOSER_NONE for those it does not have. */
struct chooser_items {
    int procedure, kase;
    int limit; /* shown where the chosen procedure has none of its own */
    int officer;
};

struct chooser {
    struct chooser_items items;
    struct pick pick;
    uint16_t number[FOUND_MAX]; /* what the list holds, by its number in the office: indexes change */
    struct buf code, kase;      /* the chosen procedure; no code: none yet */
    struct limit limit;         /* its own */
};

void chooser_init(struct chooser *c, struct chooser_items items);
void chooser_release(struct chooser *c);
/* The procedure that was chosen before the form was opened, its texts already in the form. */
void chooser_begin(struct chooser *c, struct form *f, const struct session *s, struct str code,
                   struct str kase, const struct limit *limit);

/* Is a list shown below the field in focus? */
bool chooser_open(const struct chooser *c, const struct form *f);
/* The list anew for what is typed; to be called when the text or the focus changed. */
void chooser_find(struct chooser *c, const struct form *f, const struct session *s);
/* Somebody else changed the store: an open list keeps its order, and the row that is chosen. */
void chooser_find_again(struct chooser *c, const struct form *f, const struct session *s);
/* A key for the list or the chosen field. True when it was one and is dealt with; else it goes on to the form
 * (Enter and Tab after what they took, so that the focus moves on). */
bool chooser_key(struct chooser *c, struct form *f, struct session *s, const struct key *k,
                 enum action action);
/* Draws the list below screen row `focus`, down to the end of `a`. */
void chooser_draw(struct chooser *c, const struct form *f, const struct session *s, struct canvas *canvas,
                  struct area a, int focus);

/* ---- procedures ---- */

/* The chosen one; NULL where none is, or where it left the catalogue. */
const struct named_procedure *chooser_procedure(const struct chooser *c, const struct session *s);
void chooser_forget(struct chooser *c, struct form *f);
/* "2.000815#01" and "2.000815.01" name a case outright: takes what is typed if it is such a code. */
void chooser_take_typed(struct chooser *c, struct form *f, const struct session *s);
/* Appends "CODE" or "CODE#CASE". */
void chooser_code(const struct chooser *c, struct buf *out);
/* "1.004873  Cấp giấy …", as the field shows it. */
void chooser_procedure_text(struct buf *out, struct str code, struct str name);
/* "01 · 8 ngày làm việc", as the field of the case shows it. */
void chooser_case_text(struct buf *out, enum lang lang, struct str kase, const struct limit *limit);

#endif
