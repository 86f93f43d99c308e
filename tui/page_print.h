/* page_print: the papers of a dossier: which there are, into a file and to the printer. */
#ifndef MOTCUA_TUI_PAGE_PRINT_H
#define MOTCUA_TUI_PAGE_PRINT_H

#include "tui/session.h"

/* NULL when memory is out. */
struct page *page_print(uint64_t id);

#endif
