/* page_help: the keys: those of the page it is opened on first, then all others. */
#ifndef MOTCUA_TUI_PAGE_HELP_H
#define MOTCUA_TUI_PAGE_HELP_H

#include "tui/session.h"

struct page *page_help(unsigned scopes); /* NULL when memory is out */

#endif
