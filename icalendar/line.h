/* line: one content line of an iCalendar stream (RFC 5545 section 3.1), put together and folded.
 *
 * For the lines that a stream has by the thousand. libical takes heap blocks for a property and its value,
 * escapes and folds the text letter by letter, and may fold where no reader understands it
 * (icalendar/fold.h): for a stream of due dates that alone is seven times the cost of writing its bytes. */
#ifndef MOTCUA_ICALENDAR_LINE_H
#define MOTCUA_ICALENDAR_LINE_H

#include "core/buf.h"
#include "core/civil.h"

/* Memory that lines are put together in; zero to begin with. */
struct ics_bench {
    struct buf safe, line;
};
void ics_bench_release(struct ics_bench *b);

/* All append to `out`, which has failed when memory ran out. */

/* NAME:text, escaped as section 3.3.11 has it. What would break a line or is no UTF-8 becomes U+FFFD, but LF,
 * which TEXT can say. */
void ics_line_text(struct buf *out, struct ics_bench *b, const char *name, struct str text);
void ics_line_number(struct buf *out, const char *name, int64_t number);
void ics_line_word(struct buf *out, const char *name, const char *word);
/* NAME;VALUE=DATE:20261120 and NAME:20261120T023045Z. The years 1 to 9999 only. */
void ics_line_day(struct buf *out, const char *name, civil_day day);
void ics_line_moment(struct buf *out, const char *name, int64_t utc_second);

#endif
