#include "cli/report_text.h"

#include "cli/table.h"
#include "cli/wrapped.h"
#include "core/report_face.h"
#include "core/report_layout.h"
#include "core/report_words.h"
#include "core/text.h"

enum { GAP = 2 };

/* ---- a table ---- */

/* What fits of the cell's rest in its column; the rest goes on. */
static struct str next_line(struct str *rest, int width)
{
    size_t skip;
    struct str line = str_first(*rest, text_wrap(*rest, width, &skip));
    *rest = str_from(*rest, skip);
    return line;
}

static bool is_over(const struct report_layout *l, size_t table, const struct str *rest)
{
    for (size_t n = 0; n < report_layout_columns(l, table); n++)
        if (rest[report_layout_column(l, table, n)].n)
            return false;
    return true;
}

/* One line of a row: blanks between, none behind the last. */
static void put_line(struct cli *c, const struct report_layout *l, size_t table, struct str *rest)
{
    int blanks = 0;
    for (size_t n = 0; n < report_layout_columns(l, table); n++) {
        size_t i = report_layout_column(l, table, n);
        struct str line = rest[i].n ? next_line(&rest[i], l->width[i]) : STR_NONE;
        int used = text_columns(line);
        int pad = l->width[i] > used ? l->width[i] - used : 0;
        if (line.n) {
            wrapped_blanks(&c->out, blanks + (l->right[i] ? pad : 0));
            text_safe(&c->out, line, false);
            blanks = l->right[i] ? 0 : pad;
        } else {
            blanks += pad;
        }
        blanks += GAP;
    }
    buf_add_char(&c->out, '\n');
}

static void put_row(struct cli *c, const struct report_layout *l, size_t table, const struct str *cell,
                    size_t columns, enum paint paint)
{
    struct str rest[REPORT_COLUMNS];
    memcpy(rest, cell, columns * sizeof *rest);
    paint_begin(c, paint);
    do
        put_line(c, l, table, rest);
    while (!is_over(l, table, rest));
    paint_end(c, paint);
    cli_spill(c);
}

static enum paint paint_of(enum row_kind kind)
{
    return kind == ROW_TOTAL ? PAINT_BOLD : kind == ROW_ALERT ? PAINT_RED : PAINT_NONE;
}

static void put_titles(struct cli *c, const struct report_layout *l, size_t table,
                       const struct report_part *part)
{
    struct str cell[REPORT_COLUMNS];
    char number[REPORT_COLUMNS][16];
    for (size_t i = 0; i < part->columns; i++)
        cell[i] = str_of(cli_text(c, part->column[i].title));
    put_row(c, l, table, cell, part->columns, PAINT_BOLD);
    for (size_t i = 0; i < part->columns && part->numbered; i++) {
        struct buf text = BUF_INIT;
        buf_addf(&text, "(%d)", (int)i + 1);
        cell[i] = (struct str){number[i], text.failed ? 0 : text.n};
        if (!text.failed)
            memcpy(number[i], text.p, text.n);
        buf_release(&text);
    }
    if (part->numbered)
        put_row(c, l, table, cell, part->columns, PAINT_DIM);
}

/* ---- one below the other ---- */

static void put_stacked(struct cli *c, const struct report_part *part, const struct str *cell,
                        enum row_kind kind)
{
    bool first = true;
    for (size_t i = 0; i < part->columns; i++) {
        if (!cell[i].n)
            continue;
        struct str title = str_of(cli_text(c, part->column[i].title));
        enum paint paint = kind == ROW_PLAIN && first ? PAINT_BOLD : paint_of(kind);
        int indent = first ? 0 : 2, at = indent + text_columns(title) + 2;
        bool room = at * 2 <= c->columns;
        paint_begin(c, paint);
        wrapped_blanks(&c->out, indent);
        text_safe(&c->out, title, false);
        buf_add_z(&c->out, room ? ": " : ":\n    ");
        wrapped_text(c, cell[i], room ? at : 4);
        paint_end(c, paint);
        first = false;
    }
    buf_add_char(&c->out, '\n');
    cli_spill(c);
}

/* One of the tables that the columns are parted into, or the cards. */
static void put_table(struct cli *c, const struct report_layout *l, size_t table,
                      const struct report_part *part)
{
    struct str cell[REPORT_COLUMNS];
    struct buf text = BUF_INIT;
    if (!l->cards)
        put_titles(c, l, table, part);
    for (size_t r = 0; r < part->count; r++) {
        report_row_say(&text, c->lang, part, &part->row[r], cell);
        if (l->cards)
            put_stacked(c, part, cell, part->row[r].kind);
        else
            put_row(c, l, table, cell, part->columns, paint_of(part->row[r].kind));
    }
    if (part->count && !l->cards)
        buf_add_char(&c->out, '\n');
    c->out.failed = c->out.failed || text.failed;
    buf_release(&text);
}

static void put_part(struct cli *c, const struct report_part *part)
{
    struct report_layout layout;
    if (part->heading != T_nothing) {
        paint_begin(c, PAINT_BOLD);
        wrapped_text(c, str_of(cli_text(c, part->heading)), 0);
        paint_end(c, PAINT_BOLD);
    }
    report_layout_of(&layout, c->lang, part, c->columns, GAP);
    for (size_t table = 0; table < layout.tables; table++)
        put_table(c, &layout, table, part);
    if (!part->count) {
        CLI_LINE(c, T_cli_report_empty, STR_NONE);
        buf_add_char(&c->out, '\n');
    }
}

/* ---- all of it ---- */

void report_text(struct cli *c, const struct report *r)
{
    struct report_face face;
    struct head head = view_head(c->view);
    char named[HEAD_TEXT];
    head_format(named, &head);
    report_face_init(&face, r, c->office, c->lang, str_of(named));
    wrapped_text(c, face.office, 0);
    paint_begin(c, PAINT_BOLD);
    wrapped_text(c, face.title, 0);
    paint_end(c, PAINT_BOLD);
    for (size_t i = 0; i < face.lines; i++)
        wrapped_text(c, face.above[i], 0);
    buf_add_char(&c->out, '\n');
    for (size_t i = 0; i < r->parts; i++)
        put_part(c, &r->part[i]);
    for (size_t i = 0; i < face.notes; i++)
        wrapped_text(c, face.below[i], 0);
    c->out.failed = c->out.failed || face.failed;
    report_face_release(&face);
}
