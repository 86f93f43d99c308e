/* receive_saved: what the form of a receipt last did, said above it for the next person. */
#ifndef MOTCUA_TUI_RECEIVE_SAVED_H
#define MOTCUA_TUI_RECEIVE_SAVED_H

#include "tui/session.h"

enum saved_how { SAVED_NOTHING = 0, SAVED_RECEIVED, SAVED_SERVED, SAVED_TURNED_AWAY };

struct receive_saved {
    enum saved_how how;
    struct buf what, who, then; /* a code or a slip; the applicant; the due time, or where the slip is */
};
#define SAVED_ROWS 3 /* it takes, with the blank one below */

void receive_saved_release(struct receive_saved *r);
/* That dossier was received; `served`: and its result handed over at once. */
void receive_saved_dossier(struct receive_saved *r, struct session *s, uint64_t id, bool served);
/* It was not accepted: `slip` says so on paper, `then` where it is. */
void receive_saved_slip(struct receive_saved *r, struct str slip, struct str who, struct str then);
/* `before`: the next form is begun, and must not look as if it were saved. */
void receive_saved_draw(const struct receive_saved *r, const struct session *s, struct canvas *c, int row,
                        bool before);

#endif
