/* fold: content lines of at most 75 octets (RFC 5545 section 3.1).
 *
 * libical 3.0 folds too, but may do so between the CR and the LF that end a line (73 octets without a blank,
 * colon or semicolon after its last fold are enough), which leaves a line that no reader understands. */
#ifndef MOTCUA_ICALENDAR_FOLD_H
#define MOTCUA_ICALENDAR_FOLD_H

#include "core/buf.h"

#define ICS_LINE_OCTETS 75 /* without the line break */

/* Appends whole content lines (each ended by CRLF), however `lines` folded them, folded anew: no longer than
 * ICS_LINE_OCTETS and never inside a UTF-8 character. */
void ics_fold(struct buf *out, struct str lines);
/* Appends one whole line, which no fold is in yet and no line break ends, folded in the same way. */
void ics_fold_line(struct buf *out, struct str line);

#endif
