/* page_explain: how a dossier's due time came about, day by day. */
#ifndef MOTCUA_TUI_PAGE_EXPLAIN_H
#define MOTCUA_TUI_PAGE_EXPLAIN_H

#include "tui/session.h"

struct page *page_explain(uint64_t id); /* NULL when memory is out */

#endif
