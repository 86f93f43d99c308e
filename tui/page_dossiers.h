/* page_dossiers: Hồ sơ, every dossier ever logged, newest first, and the search as one types. */
#ifndef MOTCUA_TUI_PAGE_DOSSIERS_H
#define MOTCUA_TUI_PAGE_DOSSIERS_H

#include "tui/session.h"

/* With `searching` the cursor is in the search field. NULL when memory is out. */
struct page *page_dossiers(bool searching);
/* For one that is open: puts the cursor into the search field. */
void page_dossiers_search(struct page *p);

#endif
