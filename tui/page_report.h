/* page_report: one report, to be read and saved. */
#ifndef MOTCUA_TUI_PAGE_REPORT_H
#define MOTCUA_TUI_PAGE_REPORT_H

#include "core/report.h"
#include "tui/report_period.h"
#include "tui/session.h"

/* NULL when memory is out. */
struct page *page_report(enum report_kind kind, struct report_period period);

#endif
