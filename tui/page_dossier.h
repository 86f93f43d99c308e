/* page_dossier: one dossier: what is known of it, what may be done with it and what may not and why, what
 * happened to it. */
#ifndef MOTCUA_TUI_PAGE_DOSSIER_H
#define MOTCUA_TUI_PAGE_DOSSIER_H

#include "tui/session.h"

struct page *page_dossier(uint64_t id); /* NULL when memory is out */

#endif
