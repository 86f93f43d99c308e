/* page_turned: what was turned away at the counter, newest first: its slips are printed again here. */
#ifndef MOTCUA_TUI_PAGE_TURNED_H
#define MOTCUA_TUI_PAGE_TURNED_H

#include "tui/session.h"

/* NULL where nothing ever was, or memory is out. */
struct page *page_turned(struct session *s);

#endif
