/* wizard: the first page where there is no store yet: asks for the office, makes the store, opens the day. */
#ifndef MOTCUA_TUI_WIZARD_H
#define MOTCUA_TUI_WIZARD_H

#include "tui/founding.h"
#include "tui/session.h"

/* `founding` must outlive it. Fills in the session's store. NULL when memory is out. */
struct page *page_wizard(const struct founding *founding);

#endif
