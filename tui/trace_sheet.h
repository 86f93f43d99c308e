/* trace_sheet: how a due time came about, in words: day by day, and in a line. */
#ifndef MOTCUA_TUI_TRACE_SHEET_H
#define MOTCUA_TUI_TRACE_SHEET_H

#include "core/deadline.h"
#include "core/lang.h"
#include "tui/sheet.h"

/* A line a day: the date, its weekday, the count so far, why. Then the sum. */
void trace_tell(struct sheet *sheet, enum lang lang, const struct limit *limit, const struct trace *trace);
/* "Tính từ 16/11/2026; không tính 2 ngày cuối tuần, 24/11 Ngày Văn hóa Việt Nam": what was left out. */
void trace_summary(struct buf *out, enum lang lang, const struct deadline *deadline,
                   const struct trace *trace);

#endif
