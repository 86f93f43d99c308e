/* page_turn_away: what cannot be accepted at the counter is turned away with a slip that says why: to be
 * completed (slip 02), or refused (slip 03). Who came and what for is typed on the form of a receipt below.
 */
#ifndef MOTCUA_TUI_PAGE_TURN_AWAY_H
#define MOTCUA_TUI_PAGE_TURN_AWAY_H

#include "tui/session.h"

struct turning_away {
    void *arg; /* a page below: it outlives this one */
    /* Fills in the command all but why: texts borrowed until the next key. False, the reason said, where the
     * form does not say enough. */
    bool (*fill)(void *arg, struct session *s, struct command *out);
    /* It is recorded under `slip`; `then` says where its paper is. Both are to be copied. */
    void (*done)(void *arg, struct session *s, struct str slip, struct str then);
};

/* Would what `fill` says be refused, whatever is then asked for? Success, or why: to be mended on the form
 * below before this page is opened. */
struct outcome turn_away_check(struct session *s, const struct command *filled);
/* NULL when memory is out. `about`, copied, names the procedure and the applicant. */
struct page *page_turn_away(const struct turning_away *turning, struct str about);

#endif
