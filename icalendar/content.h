/* content: the content lines of an iCalendar stream (RFC 5545 section 3.1), unfolded, with the line of the
 * file each began on. libical parses what a line says, but keeps no line numbers; whoever brings in a file
 * needs them to mend it. */
#ifndef MOTCUA_ICALENDAR_CONTENT_H
#define MOTCUA_ICALENDAR_CONTENT_H

#include "core/buf.h"

#define CONTENT_LONGEST ((size_t)64 << 10) /* octets of one line, unfolded */

enum content_fault {
    CONTENT_OK = 0,
    CONTENT_NOT_UTF8,
    CONTENT_NUL,       /* a NUL byte */
    CONTENT_MALFORMED, /* no name with a colon behind it */
    CONTENT_TOO_LONG,
    CONTENT_MEMORY,
};

struct content {
    struct str rest;  /* of the file */
    size_t at;        /* lines of the file read so far */
    struct buf whole; /* the line that was unfolded last */
    size_t line;      /* where it began, from 1 */
    struct str name;  /* its name, as written; borrowed until the next call, like `value` */
    struct str value; /* behind the colon */
    enum content_fault fault;
};

/* The text is borrowed; a byte order mark before it is passed over. Lines may end in LF alone. */
struct content content_of(struct str text);
/* The next line that is not empty; false at the end, or at a fault: `line` then says where. */
bool content_next(struct content *c);
void content_release(struct content *c);
/* The value of a parameter of the line, without its quotes; absent where it has none of that name. Borrowed
 * like the name. */
struct str content_parameter(const struct content *c, const char *name);

/* Alike, whatever the case of ASCII letters: as names are compared. */
bool content_same(struct str a, struct str b);
bool content_is(struct str text, const char *word);

#endif
