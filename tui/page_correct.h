/* page_correct: mending what was mistyped at a dossier's receipt. */
#ifndef MOTCUA_TUI_PAGE_CORRECT_H
#define MOTCUA_TUI_PAGE_CORRECT_H

#include "tui/session.h"

/* NULL, the reason said, when there is no such dossier or memory is out. */
struct page *page_correct(struct session *s, uint64_t id);

#endif
