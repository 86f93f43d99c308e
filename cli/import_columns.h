/* import_columns: the columns of a spreadsheet of dossiers, and what people call them. `import csv` reads by
 * this table, `export csv` writes by it. */
#ifndef MOTCUA_CLI_IMPORT_COLUMNS_H
#define MOTCUA_CLI_IMPORT_COLUMNS_H

#include "core/lang.h"
#include "core/str.h"

enum import_column {
    COLUMN_CODE,           /* số hồ sơ */
    COLUMN_PROCEDURE,      /* its code in the national catalogue */
    COLUMN_CASE,           /* which case of it */
    COLUMN_PROCEDURE_NAME, /* its title */
    COLUMN_FIELD,
    COLUMN_APPLICANT,
    COLUMN_KIND, /* a person or an organization */
    COLUMN_ID_NUMBER,
    COLUMN_PHONE,
    COLUMN_EMAIL,
    COLUMN_ADDRESS,
    COLUMN_OUTSIDE,   /* lives outside the commune: yes or no */
    COLUMN_SUBMITTER, /* who brought it, when another person */
    COLUMN_AUTHORITY, /* what they brought to show for it */
    COLUMN_CHANNEL,   /* how it came */
    COLUMN_COLLECT,   /* how the result is collected */
    COLUMN_SETS,
    COLUMN_RECEIVER, /* who received it */
    COLUMN_OFFICER,  /* who holds it */
    COLUMN_UNIT,
    COLUMN_STATUS,
    COLUMN_SUBMITTED_AT,
    COLUMN_RECEIVED_AT,
    COLUMN_STATUTORY_DUE_AT,
    COLUMN_DUE_AT,
    COLUMN_WAITING_SINCE,
    COLUMN_RESOLVED_AT,
    COLUMN_RETURNED_AT,
    COLUMN_RESULT,
    COLUMN_NOTE,
    COLUMNS_EXPORTED, /* how many there are of those that an export has, in this order */

    /* Met in other systems' files, and worked into the ones above. */
    COLUMN_SUMMARY = COLUMNS_EXPORTED, /* trích yếu: the title, where no other column says it */
    COLUMN_LOCALITY,                   /* địa bàn: part of the address */
    COLUMN_AGENCY,                     /* cơ quan/đơn vị: the unit, where no other column says it */
    COLUMNS_KNOWN,

    COLUMN_IGNORED = COLUMNS_KNOWN, /* known, and of no use: a running number, a reason it was rejected for */
    COLUMN_DEMO,                    /* says that it is all invented */
    COLUMN_UNKNOWN,
};

/* What an export calls it: in Vietnamese as the national files do, in English by its key ("received_at").
 * Only for the exported ones. */
const char *import_column_title(enum import_column column, enum lang lang);
/* Which column people mean by that header. Case, marks, blanks and signs do not matter ("MaHoSo", "Mã hồ
 * sơ *"), nor what stands in brackets behind ("Ngày nộp (dd/mm/yyyy)"). COLUMN_UNKNOWN where nobody knows. */
enum import_column import_column_called(struct str header);

/* The columns added to rows that are given back to be mended. */
#define REJECT_LINE "reject_line"
#define REJECT_REASON "reject_reason"

#endif
