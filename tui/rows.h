/* rows: dossiers as rows of a table, for the room there is. */
#ifndef MOTCUA_TUI_ROWS_H
#define MOTCUA_TUI_ROWS_H

#include "core/row.h"
#include "core/status.h"
#include "tui/canvas.h"

enum row_column {
    ROW_MARK, /* ! overdue, * due today, ~ waiting, + rescheduled, = ready to be collected: seen without
                 colour too */
    ROW_CODE,
    ROW_APPLICANT,
    ROW_DUE,
    ROW_STATE,
    ROW_HOLDER,
    ROW_RECEIVED,
    ROW_PHONE,
    ROW_PROCEDURE,
    ROW_UNIT,
    ROW_COLUMNS
};

struct row_layout {
    int width[ROW_COLUMNS]; /* 0: left out */
    int column;             /* where the row begins */
};

/* A layout for `room` columns from `column` on, codes of up to `code` columns. */
struct row_layout row_layout_of(int column, int room, int code);

/* What a row says beside its facts; all borrowed for the call. */
struct dossier_line {
    const struct facts *facts;
    struct str code, applicant, phone, unit;
    struct str holder;      /* login */
    struct str holder_name; /* may be absent */
    struct str procedure;   /* name */
    uint32_t late_days;     /* as stored when solved */
};

struct row_dress {
    enum lang lang;
    const struct judge *judge;
    bool unmasked, selected;
    bool marked; /* shown by a » in the column before the row */
};

void row_heading(struct canvas *c, int row, const struct row_layout *layout, enum lang lang);
void row_draw(struct canvas *c, int row, const struct row_layout *layout, const struct dossier_line *line,
              const struct row_dress *dress);

/* "Quá hạn 4 ngày", "Đến hạn hôm nay", "Chờ người nộp"; where `room` columns allow it also "Đúng hạn, chưa
 * trả" … */
void row_state(struct buf *out, enum lang lang, const struct judge *j, const struct facts *f,
               uint32_t late_days, int room);
enum style row_style(const struct judge *j, const struct facts *f);
/* "4 ngày". */
void row_days(struct buf *out, enum lang lang, int64_t days);
/* A due time as a list shows it: the day; with its hour where the limit is in hours. */
void row_due(struct buf *out, enum lang lang, const struct facts *f);

#endif
