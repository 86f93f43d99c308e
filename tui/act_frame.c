#include "tui/act_frame.h"

#include "core/text.h"

#define EXPLAIN_ROWS 2

int act_frame_head(struct canvas *c, struct area a, struct str what, struct str right, struct str explain)
{
    canvas_right(c, a.row, 1, a.columns - 2, STYLE_PLAIN, right);
    canvas_text(c, a.row, 1, a.columns - 4 - text_columns(right), STYLE_STRONG, what);
    int row = a.row + 1;
    for (int r = 0; r < EXPLAIN_ROWS && explain.n; r++) {
        size_t skip, n = text_wrap(explain, a.columns - 2, &skip);
        canvas_text(c, row++, 1, a.columns - 2, STYLE_DIM, str_first(explain, n));
        explain = str_from(explain, skip);
    }
    return row + 1;
}

int act_frame_body(struct form *f, struct sheet *told, struct canvas *c, struct area a, int top,
                   enum lang lang)
{
    int rows = a.row + a.rows - top, fields = form_rows(f), below = told->rows;
    if (fields + 1 + below > rows) {
        int half = rows / 2 < fields ? rows / 2 : fields;
        fields = rows - below - 1 > half ? rows - below - 1 : half;
        below = rows - fields - 1;
    }
    int focus = form_draw(f, c, (struct area){top, 1, fields, a.columns - 2}, lang);
    sheet_draw(told, c, (struct area){top + fields + 1, 1, below, a.columns - 2});
    return focus;
}
