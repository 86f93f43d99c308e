/* page_several: the same act for several dossiers: one form, then one request after the other. What a rule
 * refuses for one does not stop the others, and is told with its reason. */
#ifndef MOTCUA_TUI_PAGE_SEVERAL_H
#define MOTCUA_TUI_PAGE_SEVERAL_H

#include "tui/marks.h"
#include "tui/session.h"

/* For all that is marked now. Those that are done lose their mark; `marks` must outlive the page. NULL when
 * memory is out. */
struct page *page_several(struct session *s, enum command_kind kind, struct marks *marks);

#endif
