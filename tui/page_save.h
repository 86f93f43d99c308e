/* page_save: a report into a file: in which form, and where. */
#ifndef MOTCUA_TUI_PAGE_SAVE_H
#define MOTCUA_TUI_PAGE_SAVE_H

#include "core/report.h"
#include "tui/session.h"

/* NULL when memory is out. */
struct page *page_save(enum report_kind kind, struct period period, civil_day today);

#endif
