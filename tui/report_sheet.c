#include "tui/report_sheet.h"

#include "core/report_face.h"
#include "core/report_layout.h"
#include "core/report_words.h"
#include "core/text.h"

enum { GAP = 1, MARGIN = 1, BAR_LEAST = 10, BAR_MOST = 30, WHOLE = 10000 };

struct telling {
    struct sheet *sheet;
    enum lang lang;
    const struct report_part *part;
    struct report_layout layout;
    size_t bar; /* the column that is shown as a bar; part->columns: none */
    int bar_at, bar_room;
    int64_t scale; /* what a full bar is worth */
};

static int style_of(enum row_kind kind)
{
    return kind == ROW_TOTAL ? STYLE_STRONG : kind == ROW_ALERT ? STYLE_OVERDUE : STYLE_PLAIN;
}

/* ---- bars ---- */

static bool has_number(const struct report_cell *c)
{
    return report_is_number(c->type) && c->number > 0;
}

static size_t count_bars(const struct telling *t)
{
    size_t n = 0;
    for (size_t r = 0; r < t->part->count && t->bar < t->part->columns; r++)
        n += t->part->row[r].kind != ROW_TOTAL && has_number(&t->part->row[r].cell[t->bar]);
    return n;
}

/* The first column that is meant to be looked at, where it leaves room beside the table. A share is of a
 * hundred, anything else of the largest there is. */
static void choose_bar(struct telling *t)
{
    const struct report_part *p = t->part;
    int used = MARGIN;
    t->bar = p->columns;
    for (size_t i = 0; i < p->columns; i++)
        used += t->layout.width[i] + GAP;
    t->bar_at = used + GAP;
    t->bar_room = t->sheet->width - t->bar_at;
    if (t->bar_room > BAR_MOST)
        t->bar_room = BAR_MOST;
    if (t->layout.cards || t->layout.tables != 1 || t->bar_room < BAR_LEAST)
        return;
    for (size_t i = 0; i < p->columns && t->bar == p->columns; i++)
        if (p->column[i].bar)
            t->bar = i;
    t->scale = 0;
    for (size_t r = 0; r < p->count && t->bar < p->columns; r++) {
        const struct report_cell *c = &p->row[r].cell[t->bar];
        if (c->type == CELL_PERCENT)
            t->scale = WHOLE;
        else if (p->row[r].kind != ROW_TOTAL && has_number(c) && t->scale != WHOLE && c->number > t->scale)
            t->scale = c->number;
    }
    if (!t->scale || count_bars(t) < 2)
        t->bar = p->columns;
}

/* In eighths of a column: what is more than nothing shows. */
static void put_bar(struct telling *t, const struct report_row *row, int style)
{
    static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const struct report_cell *c = t->bar < t->part->columns ? &row->cell[t->bar] : NULL;
    if (!c || !has_number(c) || (row->kind == ROW_TOTAL && c->type != CELL_PERCENT))
        return;
    int64_t most = (int64_t)t->bar_room * 8;
    int64_t eighths = c->number >= t->scale ? most : c->number * most / t->scale;
    if (!eighths)
        eighths = 1;
    struct buf bar = BUF_INIT;
    for (int64_t i = 0; i < eighths / 8; i++)
        buf_add_z(&bar, "█");
    buf_add_z(&bar, parts[eighths % 8]);
    sheet_add(t->sheet, t->bar_at, style == STYLE_PLAIN ? STYLE_GOOD : style, buf_str(&bar));
    buf_release(&bar);
}

/* ---- a table ---- */

static struct str next_line(struct str *rest, int width)
{
    size_t skip;
    struct str line = str_first(*rest, text_wrap(*rest, width, &skip));
    *rest = str_from(*rest, skip);
    return line;
}

/* One line of a row. */
static void put_line(struct telling *t, size_t table, struct str rest[REPORT_COLUMNS], int style)
{
    const struct report_layout *l = &t->layout;
    int at = MARGIN;
    for (size_t n = 0; n < report_layout_columns(l, table); n++) {
        size_t i = report_layout_column(l, table, n);
        if (rest[i].n) {
            struct str line = next_line(&rest[i], l->width[i]);
            int pad = l->right[i] ? l->width[i] - text_columns(line) : 0;
            sheet_add(t->sheet, at + (pad > 0 ? pad : 0), style, line);
        }
        at += l->width[i] + GAP;
    }
}

/* Further lines, while there is something left to say. */
static void put_rest(struct telling *t, size_t table, struct str rest[REPORT_COLUMNS], int style)
{
    for (bool any = true; any;) {
        any = false;
        for (size_t n = 0; n < report_layout_columns(&t->layout, table); n++)
            any = any || rest[report_layout_column(&t->layout, table, n)].n;
        if (any) {
            put_line(t, table, rest, style);
            sheet_end(t->sheet);
        }
    }
}

static void put_row(struct telling *t, size_t table, const struct str cell[REPORT_COLUMNS], int style,
                    const struct report_row *row)
{
    struct str rest[REPORT_COLUMNS];
    memcpy(rest, cell, t->part->columns * sizeof *rest);
    put_line(t, table, rest, style);
    if (row)
        put_bar(t, row, style);
    sheet_end(t->sheet);
    put_rest(t, table, rest, style);
}

static void put_titles(struct telling *t, size_t table)
{
    struct str cell[REPORT_COLUMNS];
    for (size_t i = 0; i < t->part->columns; i++)
        cell[i] = str_of(lang_text(t->lang, t->part->column[i].title));
    struct str rest[REPORT_COLUMNS];
    memcpy(rest, cell, sizeof rest);
    put_line(t, table, rest, STYLE_HEADING);
    if (t->bar < t->part->columns)
        sheet_add(t->sheet, t->bar_at, STYLE_DIM, cell[t->bar]);
    sheet_end(t->sheet);
    put_rest(t, table, rest, STYLE_HEADING);
}

static void tell_table(struct telling *t, size_t table)
{
    struct str cell[REPORT_COLUMNS];
    struct buf text = BUF_INIT;
    put_titles(t, table);
    for (size_t r = 0; r < t->part->count; r++) {
        const struct report_row *row = &t->part->row[r];
        report_row_say(&text, t->lang, t->part, row, cell);
        put_row(t, table, cell, style_of(row->kind), row);
    }
    t->sheet->failed = t->sheet->failed || text.failed;
    buf_release(&text);
}

/* ---- cards ---- */

static void put_card(struct telling *t, const struct str cell[REPORT_COLUMNS], enum row_kind kind)
{
    bool first = true;
    for (size_t i = 0; i < t->part->columns; i++) {
        if (!cell[i].n)
            continue;
        int style = kind == ROW_PLAIN && first ? STYLE_STRONG : style_of(kind);
        sheet_add(t->sheet, first ? MARGIN : MARGIN + 2, STYLE_DIM,
                  str_of(lang_text(t->lang, t->part->column[i].title)));
        sheet_gap(t->sheet, 1);
        sheet_more(t->sheet, style, cell[i]);
        sheet_end(t->sheet);
        first = false;
    }
    sheet_end(t->sheet);
}

static void tell_cards(struct telling *t)
{
    struct str cell[REPORT_COLUMNS];
    struct buf text = BUF_INIT;
    for (size_t r = 0; r < t->part->count; r++) {
        report_row_say(&text, t->lang, t->part, &t->part->row[r], cell);
        put_card(t, cell, t->part->row[r].kind);
    }
    t->sheet->failed = t->sheet->failed || text.failed;
    buf_release(&text);
}

/* ---- all of it ---- */

static bool wants_bar(const struct report_part *part)
{
    for (size_t i = 0; i < part->columns; i++)
        if (part->column[i].bar)
            return true;
    return false;
}

/* Where there is something to look at, room is left for it, unless the table would be parted for that. */
static void lay_out(struct telling *t)
{
    int room = t->sheet->width - MARGIN;
    report_layout_of(&t->layout, t->lang, t->part, room, GAP);
    bool whole = !t->layout.cards && t->layout.tables == 1;
    if (whole && wants_bar(t->part)) {
        struct report_layout narrow;
        report_layout_of(&narrow, t->lang, t->part, room - BAR_LEAST - 2 * GAP, GAP);
        if (!narrow.cards && narrow.tables == 1)
            t->layout = narrow;
    }
    choose_bar(t);
}

static void tell_part(struct sheet *sheet, enum lang lang, const struct report_part *part)
{
    struct telling t = {.sheet = sheet, .lang = lang, .part = part};
    if (part->heading != T_nothing)
        sheet_line(sheet, MARGIN, STYLE_HEADING, str_of(lang_text(lang, part->heading)));
    if (!part->count) {
        sheet_line(sheet, MARGIN, STYLE_DIM, str_of(lang_text(lang, T_tui_report_empty)));
        sheet_end(sheet);
        return;
    }
    lay_out(&t);
    if (t.layout.cards)
        tell_cards(&t);
    for (size_t table = 0; table < t.layout.tables && !t.layout.cards; table++) {
        tell_table(&t, table);
        sheet_end(sheet);
    }
}

/* Of when it is stands above the tables; what was counted, and how, may be read below: a screen is small. */
static size_t lines_above(const struct report_face *face)
{
    size_t when = face->demo.n ? 1 : 0;
    for (size_t i = 0; i < face->lines; i++)
        if (face->period.n && face->above[i].p == face->period.p)
            when = i + 1;
    return when < face->lines ? when + 1 : face->lines;
}

void report_tell(struct sheet *sheet, enum lang lang, const struct report *r, const struct office *office,
                 struct str head)
{
    struct report_face face;
    report_face_init(&face, r, office, lang, head);
    sheet_line(sheet, MARGIN, STYLE_STRONG, face.title);
    size_t first = lines_above(&face);
    for (size_t i = 0; i < first; i++)
        sheet_line(sheet, MARGIN, STYLE_DIM, face.above[i]);
    sheet_end(sheet);
    for (size_t i = 0; i < r->parts; i++)
        tell_part(sheet, lang, &r->part[i]);
    for (size_t i = first; i < face.lines; i++)
        sheet_line(sheet, MARGIN, STYLE_DIM, face.above[i]);
    for (size_t i = 0; i < face.notes; i++)
        sheet_line(sheet, MARGIN, STYLE_DIM, face.below[i]);
    sheet->failed = sheet->failed || face.failed;
    report_face_release(&face);
}
