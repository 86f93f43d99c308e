/* import_cells: what stands in the cells of a spreadsheet of dossiers, as people and programs write it. Pure.
 *
 * A cell may have been a number once: spreadsheets and the libraries that write them turn phones into
 * 912345678.0 or 9.12E+08, drop the zero before them, and keep dates as days since 1899-12-30. */
#ifndef MOTCUA_CLI_IMPORT_CELLS_H
#define MOTCUA_CLI_IMPORT_CELLS_H

#include "core/buf.h"
#include "core/civil.h"

enum import_fault {
    CELL_FINE,
    CELL_BAD_TIME,    /* no date and no time that anybody would know */
    CELL_NO_DAY,      /* a day that does not exist */
    CELL_MONTH_FIRST, /* the month stands before the day */
    CELL_SHORT_YEAR,  /* a year of two digits: which century? */
    CELL_FAR_YEAR,    /* outside CIVIL_FIRST_YEAR..CIVIL_LAST_YEAR */
    CELL_ROUNDED,     /* a number of which digits are lost */
    CELL_BAD_NUMBER,
};

struct import_time {
    civil_day day;
    int minute; /* of the day; -1: a date alone */
};

/* Blanks cut off both ends; nothing for what stands for nothing: "-", "--", "NULL", "N/A". */
struct str import_cell_trim(struct str cell);
bool import_cell_is_empty(struct str cell);

/* A time, in any of these ways; seconds are dropped:
 *
 *     20/11/2026, 20-11-2026, 20.11.2026, 1/9/2026, 2026-11-20, 2026/11/20
 *     a date and an hour behind or before it: 09:30, 9:30:15, 9h30, 09:30:00.000, 9:30 AM, 2:30 CH, 2:30
 * chiều; 00:00:00 is none: programs that know no date alone write it so 2026-11-20T09:30:00+07:00, …Z: as the
 * office's wall showed it, `offset` minutes east of UTC 46346 or 46346.395833 (46346,395833): days since
 * 1899-12-30
 *
 * Where both could be a month, the day stands first: that is how it is written in Vietnam. Sets *out when it
 * is CELL_FINE. */
enum import_fault import_cell_time(struct str cell, int offset, struct import_time *out);

/* A number of ten digits or of twelve that begins with its 0: what a phone or a citizen's number is, and no
 * spreadsheet spoilt it. What follows leaves it as it is. */
bool import_cell_is_whole_number(struct str cell);
/* A phone as it was before a spreadsheet took it for a number: 912345678.0 and 9.12345678E+08 are 0912345678.
 * Anything else is appended as it is. CELL_ROUNDED: 9.12E+08, nothing appended. */
enum import_fault import_cell_phone(struct str cell, struct buf *out);
/* The same of an id number; of a citizen's twelve digits the first is always 0, so eleven lost it. */
enum import_fault import_cell_id_number(struct str cell, struct buf *out);
/* A whole number of 1 to 9,999, "2.0" too. */
enum import_fault import_cell_count(struct str cell, int *out);

#endif
