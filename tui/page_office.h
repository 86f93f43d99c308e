/* page_office: the Office view (Danh mục): the office's own book: procedures, people, days, settings. */
#ifndef MOTCUA_TUI_PAGE_OFFICE_H
#define MOTCUA_TUI_PAGE_OFFICE_H

#include "tui/session.h"

struct page *page_office(void); /* NULL when memory is out */

#endif
