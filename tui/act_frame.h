/* act_frame: how the page of an act is laid out: what it is about, the form, and below it what it would do.
 */
#ifndef MOTCUA_TUI_ACT_FRAME_H
#define MOTCUA_TUI_ACT_FRAME_H

#include "tui/form.h"
#include "tui/sheet.h"

/* Draws `what` with `right` at the right end, and the explanation below. Returns the row the form begins in.
 */
int act_frame_head(struct canvas *c, struct area a, struct str what, struct str right, struct str explain);
/* Draws the form from row `top` of the page on and what is told below it; where there is no room for both,
 * both scroll. Returns the screen row of the field in focus. */
int act_frame_body(struct form *f, struct sheet *told, struct canvas *c, struct area a, int top,
                   enum lang lang);

#endif
