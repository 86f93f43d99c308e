/* page_steps: the internal process of a procedure (quy trình nội bộ): its steps one below the other, each
 * with who does it and in what time. */
#ifndef MOTCUA_TUI_PAGE_STEPS_H
#define MOTCUA_TUI_PAGE_STEPS_H

#include "core/book.h"
#include "tui/session.h"

/* Of that procedure, as the office has it now. NULL when memory is out or the store cannot be read. */
struct page *page_steps(struct session *s, const struct procedure *p);

#endif
