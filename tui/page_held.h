/* page_held: the open dossiers that are with one person: to be looked at, marked, handed to somebody else. */
#ifndef MOTCUA_TUI_PAGE_HELD_H
#define MOTCUA_TUI_PAGE_HELD_H

#include "tui/session.h"

/* The login is copied. NULL when memory is out. */
struct page *page_held(struct str login);

#endif
