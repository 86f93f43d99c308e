/* typed: dates and limits the way people type them at the desk. */
#ifndef MOTCUA_TUI_TYPED_H
#define MOTCUA_TUI_TYPED_H

#include "core/lang.h"
#include "core/limit.h"

struct typed_time {
    civil_day day;
    int minute_of_day; /* -1: no hour was typed */
};

/* Everything civil_parse() takes but other offsets, and shorter: "1/12/2026", "20/11" and "20/11 9:30" (of
 * today's year), "9:30" and "9h30" (today). False for anything else. Blanks around do not matter. */
bool typed_time(struct str text, civil_day today, struct typed_time *out);

/* Everything limit_parse() takes, and Vietnamese: "3 ngày làm việc", "3 nlv", "25 ngày", "8 giờ", "2 tháng",
 * "trong ngày"; marks and case do not matter. A number alone is none: the unit makes the difference. */
bool typed_limit(struct str text, struct limit *out);
/* As typed_limit() reads it back: in the reader's words where it can. Nothing for LIMIT_NONE; a cutoff is not
 * said. */
void typed_limit_write(struct buf *out, enum lang lang, const struct limit *limit);

#endif
