/* page_morning: Hôm nay, the chief's page: what is overdue, whose, which letters must leave, what falls due.
 */
#ifndef MOTCUA_TUI_PAGE_MORNING_H
#define MOTCUA_TUI_PAGE_MORNING_H

#include "tui/session.h"

struct page *page_morning(void); /* NULL when memory is out */

#endif
