/* package: looks into a finished workbook (a ZIP archive) whether all of a sheet got there: the library that
 * makes workbooks puts them together in temporary files and does not look whether writing those failed. */
#ifndef MOTCUA_FORMS_PACKAGE_H
#define MOTCUA_FORMS_PACKAGE_H

#include "core/str.h"

#include <stdint.h>

/* The rows of xl/worksheets/sheetN.xml, counted from 1; -1 where there is no such sheet, it is cut off, or
 * the archive is garbled. */
int64_t package_rows(struct str archive, int sheet);

#endif
