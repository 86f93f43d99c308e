/* receive_due: the due time of a receipt that is still being typed. */
#ifndef MOTCUA_TUI_RECEIVE_DUE_H
#define MOTCUA_TUI_RECEIVE_DUE_H

#include "core/deadline.h"
#include "core/office.h"
#include "tui/receive_form.h"
#include "tui/sheet.h"

struct receive_due {
    bool known;
    enum text_id why; /* what is typed that is no time or no limit; T_nothing */
    struct deadline deadline;
    struct limit limit;
    struct buf words;  /* how it came about, in a line */
    struct sheet days; /* day by day */
};
#define RECEIVE_DUE_INIT ((struct receive_due){.days = SHEET_INIT})

void receive_due_release(struct receive_due *d);
/* Nothing is known. */
void receive_due_clear(struct receive_due *d);
/* For this procedure, received when the form says (or now), with the form's limit where it has one. Stays
 * unknown where the form does not say enough, or what is no time or limit. */
void receive_due_compute(struct receive_due *d, const struct office *office, const struct procedure *p,
                         const struct form *f, enum lang lang, civil_minute now);
/* Draws it; while it is unknown, `why`. */
void receive_due_draw(const struct receive_due *d, struct canvas *c, struct area a, enum lang lang,
                      enum text_id why);
/* The days as wide as `a`; true when they must be computed anew for that. */
bool receive_due_fit(struct receive_due *d, struct area a);
void receive_due_draw_days(struct receive_due *d, struct canvas *c, struct area a, enum lang lang);

#endif
