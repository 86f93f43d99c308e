/* chrome: what stands around every page: the office and the clock above, the message and the keys below. */
#ifndef MOTCUA_TUI_CHROME_H
#define MOTCUA_TUI_CHROME_H

#include "tui/session.h"

/* The smallest terminal that is of use. */
#define LEAST_ROWS 18
#define LEAST_COLUMNS 60

/* Draws the whole screen: chrome, the top page, and the pages below it where it is an overlay. */
void chrome_draw(struct session *s, struct canvas *c);

#endif
