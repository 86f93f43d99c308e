/* page_reports: the Reports view: which report, of which period. */
#ifndef MOTCUA_TUI_PAGE_REPORTS_H
#define MOTCUA_TUI_PAGE_REPORTS_H

#include "tui/session.h"

/* At first of the quarter that `today` lies in. NULL when memory is out. */
struct page *page_reports(civil_day today);

#endif
