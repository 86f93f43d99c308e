#include "forms/workbook.h"

#include "core/report_shares.h"
#include "core/text.h"
#include "forms/package.h"
#include "forms/sheet_text.h"
#include "forms/sheet_width.h"

#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum {
    CELL_TYPES = CELL_TIME + 1,
    ROW_KINDS = ROW_ALERT + 1,
    FACE_WIDTH = 70,        /* letters that a line above or below a table has room for at least */
    EMPTY_COLUMN = 8,       /* letters of a column beside the table */
    LINE_POINTS = 16,       /* height of a line of text */
    TITLE_POINTS = 22,      /* of a line of the title */
    SERIAL_OF_1970 = 25569, /* days as sheets count them, from 1899-12-30 */
    FIRST_SERIAL = 61,      /* 1900-03-01: sheets have a 29 February before it that never was */
    HIGHEST = 409,          /* points of a row */
    A4 = 9,
    CHUNK = 1 << 16, /* bytes that are sent on at once */
    ALERT_FILL = 0xFFF2CC,
    HEAD_FILL = 0xE7EDF3,
};
#define EXACT_MAX 999999999999999 /* fifteen digits: what a sheet keeps of a number */
#define MARGIN 0.4                /* inches */

/* A workbook being written. The first thing that goes wrong stays in `result`. */
struct book {
    const struct report *report;
    const struct sheet_face *face;
    lxw_workbook *workbook;
    lxw_format *cell[CELL_TYPES][ROW_KINDS];
    lxw_format *office, *title, *heading, *line, *head, *numbers;
    struct buf name[REPORT_PARTS]; /* of the sheets so far */
    int64_t rows[REPORT_PARTS];    /* that each of them holds */
    size_t names;
    struct buf text; /* the one in hand */
    enum form_result result;
};

/* A sheet being written from the top down: rows above the one in hand have left memory. */
struct sheet {
    struct book *book;
    const struct report_part *part; /* NULL: a report without any table */
    lxw_worksheet *worksheet;
    lxw_row_t row;
    lxw_col_t span;           /* columns that a line of the face runs over */
    int letters;              /* they hold */
    int width[SHEET_COLUMNS]; /* letters that a column holds */
};

static void fail(struct book *b, enum form_result result)
{
    if (b->result == FORM_WRITTEN)
        b->result = result;
}

static void check(struct book *b, lxw_error error)
{
    switch (error) {
    case LXW_NO_ERROR: break;
    case LXW_ERROR_MEMORY_MALLOC_FAILED: fail(b, FORM_NO_MEMORY); break;
    case LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE:
    case LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED: fail(b, FORM_TOO_LONG); break;
    default: fail(b, FORM_NO_ROOM);
    }
}

/* The text as the library takes it, borrowed until the next call. */
static const char *plain(struct book *b, struct str s)
{
    buf_reset(&b->text);
    sheet_text(&b->text, s);
    if (sheet_units(buf_str(&b->text)) > SHEET_TEXT_MAX)
        fail(b, FORM_TOO_LONG);
    if (b->text.failed)
        fail(b, FORM_NO_MEMORY);
    return b->result == FORM_WRITTEN && b->text.p ? b->text.p : "";
}

static struct str label(const struct book *b, enum text_id id)
{
    return str_of(lang_text(b->face->lang, id));
}

static bool has_storeys(const struct report_part *part)
{
    for (size_t i = 0; i < part->columns; i++)
        if (part->column[i].group != T_nothing)
            return true;
    return false;
}

/* ---- formats ---- */

struct look {
    int size; /* points; 0: the usual */
    bool bold, italic, framed;
    uint8_t align; /* LXW_ALIGN_…; 0: as its type has it */
    lxw_color_t fill;
    const char *number;
};

static lxw_format *format_of(struct book *b, struct look look)
{
    lxw_format *f = workbook_add_format(b->workbook);
    if (!f) {
        fail(b, FORM_NO_MEMORY);
        return NULL;
    }
    format_set_font_name(f, "Times New Roman");
    format_set_font_size(f, look.size ? look.size : 11);
    format_set_text_wrap(f);
    format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    if (look.bold)
        format_set_bold(f);
    if (look.italic)
        format_set_italic(f);
    if (look.framed)
        format_set_border(f, LXW_BORDER_THIN);
    if (look.align)
        format_set_align(f, look.align);
    if (look.fill)
        format_set_bg_color(f, look.fill);
    if (look.number)
        format_set_num_format(f, look.number);
    return f;
}

static void make_formats(struct book *b)
{
    bool english = b->face->lang == LANG_EN;
    const char *const number[CELL_TYPES] = {
        [CELL_NUMBER] = "#,##0",
        [CELL_HUNDREDTHS] = "0.00",
        [CELL_PERCENT] = "0.00%",
        [CELL_MONEY] = "#,##0",
        [CELL_DATE] = english ? "yyyy-mm-dd" : "dd/mm/yyyy",
        [CELL_TIME] = english ? "yyyy-mm-dd hh:mm" : "dd/mm/yyyy hh:mm",
    };
    for (int type = 0; type < CELL_TYPES; type++)
        for (int kind = 0; kind < ROW_KINDS; kind++)
            b->cell[type][kind] = format_of(b, (struct look){
                                                   .bold = kind == ROW_TOTAL,
                                                   .framed = true,
                                                   .align = type == CELL_TEXT   ? LXW_ALIGN_LEFT
                                                            : type >= CELL_DATE ? LXW_ALIGN_CENTER
                                                                                : LXW_ALIGN_NONE,
                                                   .fill = kind == ROW_ALERT ? ALERT_FILL : 0,
                                                   .number = number[type],
                                               });
    b->office = format_of(b, (struct look){.bold = true});
    b->title = format_of(b, (struct look){.bold = true, .size = 15});
    b->heading = format_of(b, (struct look){.bold = true, .size = 12});
    b->line = format_of(b, (struct look){0});
    b->head = format_of(
        b, (struct look){.bold = true, .framed = true, .align = LXW_ALIGN_CENTER, .fill = HEAD_FILL});
    b->numbers =
        format_of(b, (struct look){.italic = true, .framed = true, .size = 9, .align = LXW_ALIGN_CENTER});
}

/* ---- cells ---- */

/* Its number as a sheet counts; false where that would not be the same number. */
static bool serial_of(const struct report_cell *c, double *out)
{
    double days = c->type == CELL_DATE   ? (double)c->number + SERIAL_OF_1970
                  : c->type == CELL_TIME ? (double)c->number / MINUTES_PER_DAY + SERIAL_OF_1970
                                         : FIRST_SERIAL;
    if (c->number > EXACT_MAX || c->number < -EXACT_MAX || days < FIRST_SERIAL)
        return false;
    *out = c->type >= CELL_DATE         ? days
           : c->type == CELL_HUNDREDTHS ? (double)c->number / 100
           : c->type == CELL_PERCENT    ? (double)c->number / 10000
                                        : (double)c->number;
    return true;
}

static void put_text(struct sheet *s, lxw_col_t column, struct str text, lxw_format *format)
{
    check(s->book, worksheet_write_string(s->worksheet, s->row, column, plain(s->book, text), format));
}

static void put_cell(struct sheet *s, lxw_col_t column, const struct report_cell *c, enum row_kind kind)
{
    struct book *b = s->book;
    lxw_format *format = b->cell[c->type][kind];
    double number;
    if (sheet_cell_is_absent(c) || (c->type == CELL_TEXT && !c->text.n)) {
        check(b, worksheet_write_blank(s->worksheet, s->row, column, format));
    } else if (c->type == CELL_TEXT) {
        put_text(s, column, c->text, format);
    } else if (serial_of(c, &number)) {
        check(b, worksheet_write_number(s->worksheet, s->row, column, number, format));
    } else {
        struct buf digits = BUF_INIT;
        buf_add_int(&digits, c->number);
        put_text(s, column, buf_str(&digits), format);
        buf_release(&digits);
    }
}

/* ---- how wide, how high ---- */

static void set_widths(struct sheet *s)
{
    struct book *b = s->book;
    size_t columns = s->part ? s->part->columns : 0;
    if (columns)
        sheet_widths(s->part, b->face->lang, s->width);
    for (size_t i = 0; i < columns; i++) {
        s->letters += s->width[i];
        check(b, worksheet_set_column(s->worksheet, (lxw_col_t)i, (lxw_col_t)i, s->width[i], NULL));
    }
    for (s->span = (lxw_col_t)columns; s->letters < FACE_WIDTH || s->span < 2; s->span++)
        s->letters += EMPTY_COLUMN;
}

/* A sheet counts widths in digits of its own font; letters of ours are narrower, bold and large ones are not.
 */
static int lines_of(struct str text, int letters)
{
    int lines = 0;
    size_t skip;
    do {
        text_wrap(text, letters, &skip);
        text = str_from(text, skip);
        lines++;
    } while (text.n);
    return lines;
}

/* Not every reader makes rows higher for text that wraps, and none does over several columns. */
static void set_height(struct sheet *s, int lines, int points)
{
    int height = 2 + lines * (points - 2); /* lines are closer to each other than rows */
    if (lines > 1 || points != LINE_POINTS)
        check(s->book, worksheet_set_row(s->worksheet, s->row, height > HIGHEST ? HIGHEST : height, NULL));
}

/* ---- the parts of a sheet ---- */

static void end_row(struct sheet *s)
{
    s->row++;
    s->book->rows[s->book->names - 1]++;
}

static void put_line(struct sheet *s, struct str text, lxw_format *format)
{
    struct book *b = s->book;
    if (!text.n)
        return;
    bool large = format == b->title;
    set_height(s, lines_of(text, large ? s->letters * 4 / 5 : s->letters * 6 / 5),
               large ? TITLE_POINTS : LINE_POINTS);
    check(b, worksheet_merge_range(s->worksheet, s->row, 0, s->row, s->span - 1, plain(b, text), format));
    end_row(s);
}

static void put_above(struct sheet *s)
{
    const struct sheet_face *face = s->book->face;
    put_line(s, face->office, s->book->office);
    put_line(s, face->title, s->book->title);
    if (s->part)
        put_line(s, label(s->book, s->part->heading), s->book->heading);
    for (size_t i = 0; i < face->lines; i++)
        put_line(s, face->above[i], s->book->line);
    if (s->part)
        put_line(s, label(s->book, s->part->counted), s->book->line);
    s->row++;
}

static void put_below(struct sheet *s)
{
    const struct sheet_face *face = s->book->face;
    s->row += face->notes > 0;
    for (size_t i = 0; i < face->notes; i++)
        put_line(s, face->below[i], s->book->line);
}

/* Titles of two storeys, from this row on; one that stands alone has both. */
static void put_storeys(struct sheet *s)
{
    struct book *b = s->book;
    const struct report_column *column = s->part->column;
    lxw_row_t top = s->row;
    size_t columns = s->part->columns;
    for (size_t i = 0, end; i < columns; i = end) {
        end = i + 1;
        while (column[i].group != T_nothing && end < columns && column[end].group == column[i].group)
            end++;
        bool group = column[i].group != T_nothing;
        const char *title = plain(b, label(b, group ? column[i].group : column[i].title));
        lxw_row_t bottom = group ? top : top + 1;
        if (end > i + 1 || !group)
            check(b, worksheet_merge_range(s->worksheet, top, (lxw_col_t)i, bottom, (lxw_col_t)(end - 1),
                                           title, b->head));
        else
            check(b, worksheet_write_string(s->worksheet, top, (lxw_col_t)i, title, b->head));
    }
    end_row(s);
    int most = 1;
    for (size_t i = 0; i < columns; i++) {
        struct str title = label(b, report_column_below(&column[i]));
        int lines = lines_of(title, s->width[i]);
        most = lines > most ? lines : most;
        if (column[i].group != T_nothing)
            put_text(s, (lxw_col_t)i, title, b->head);
    }
    set_height(s, most, LINE_POINTS);
    end_row(s);
}

static void put_titles(struct sheet *s)
{
    int most = 1;
    for (size_t i = 0; i < s->part->columns; i++) {
        struct str title = label(s->book, s->part->column[i].title);
        int lines = lines_of(title, s->width[i]);
        most = lines > most ? lines : most;
        put_text(s, (lxw_col_t)i, title, s->book->head);
    }
    set_height(s, most, LINE_POINTS);
    end_row(s);
}

/* They stay in sight and stand on every page. */
static void put_head(struct sheet *s)
{
    struct book *b = s->book;
    const struct report_part *part = s->part;
    lxw_row_t first = s->row;
    if (has_storeys(part))
        put_storeys(s);
    else
        put_titles(s);
    for (size_t i = 0; part->numbered && i < part->columns; i++) {
        char number[32];
        snprintf(number, sizeof number, "(%zu)", i + 1);
        put_text(s, (lxw_col_t)i, str_of(number), b->numbers);
    }
    if (part->numbered)
        end_row(s);
    check(b, worksheet_repeat_rows(s->worksheet, first, s->row - 1));
    worksheet_freeze_panes(s->worksheet, s->row, 0);
}

/* A filter is for lists: rows that are alike, with nothing between them and their titles. */
static void add_filter(struct sheet *s)
{
    const struct report_part *part = s->part;
    size_t rows = part->count;
    while (rows && part->row[rows - 1].kind == ROW_TOTAL)
        rows--;
    for (size_t i = 0; i < rows; i++)
        if (part->row[i].kind == ROW_TOTAL)
            return;
    if (rows > 1 && !part->numbered)
        check(s->book, worksheet_autofilter(s->worksheet, s->row - 1, 0, s->row - 1 + (lxw_row_t)rows,
                                            (lxw_col_t)(part->columns - 1)));
}

static void put_row(struct sheet *s, const struct report_row *row)
{
    int most = 1;
    for (size_t i = 0; i < s->part->columns; i++) {
        int lines = row->cell[i].type == CELL_TEXT ? lines_of(row->cell[i].text, s->width[i] * 6 / 5) : 1;
        most = lines > most ? lines : most;
        put_cell(s, (lxw_col_t)i, &row->cell[i], row->kind);
    }
    set_height(s, most, LINE_POINTS);
    end_row(s);
}

static void put_table(struct sheet *s)
{
    put_head(s);
    add_filter(s); /* the library takes no row of it that has been written */
    for (size_t i = 0; i < s->part->count && s->book->result == FORM_WRITTEN; i++)
        put_row(s, &s->part->row[i]);
    if (!s->part->count)
        put_line(s, label(s->book, T_report_none), s->book->line);
}

static void set_up_page(struct sheet *s)
{
    lxw_worksheet *w = s->worksheet;
    worksheet_set_landscape(w);
    worksheet_set_paper(w, A4);
    worksheet_fit_to_pages(w, 1, 0);
    worksheet_center_horizontally(w);
    worksheet_set_margins(w, MARGIN, MARGIN, MARGIN, 2 * MARGIN);
    check(s->book, worksheet_set_footer(w, "&C&P/&N"));
}

/* ---- the workbook ---- */

static void put_sheet(struct book *b, const struct report_part *part)
{
    struct str heading = part ? label(b, part->heading) : STR_NONE;
    struct buf *name = &b->name[b->names];
    sheet_name(name, heading.n ? heading : b->face->title, b->name, b->names);
    b->names++;
    struct sheet s = {.book = b, .part = part};
    s.worksheet = name->failed ? NULL : workbook_add_worksheet(b->workbook, name->p);
    if (!s.worksheet) {
        fail(b, FORM_NO_MEMORY);
        return;
    }
    set_widths(&s);
    set_up_page(&s);
    put_above(&s);
    if (part)
        put_table(&s);
    put_below(&s);
}

static void set_properties(struct book *b)
{
    const struct sheet_face *face = b->face;
    struct buf text[3] = {BUF_INIT, BUF_INIT, BUF_INIT};
    const struct str from[3] = {face->title, face->office, face->creator};
    for (int i = 0; i < 3; i++) {
        sheet_text(&text[i], str_first(from[i], text_fit(from[i], 200)));
        buf_add_z(&text[i], "");
        if (text[i].failed)
            fail(b, FORM_NO_MEMORY);
    }
    lxw_doc_properties properties = {
        .title = text[0].p,
        .company = text[1].p,
        .author = text[2].p,
        .created = (time_t)(face->written > 0 ? face->written : 1), /* 0 is the clock's time */
    };
    if (b->result == FORM_WRITTEN)
        check(b, workbook_set_properties(b->workbook, &properties));
    for (int i = 0; i < 3; i++)
        buf_release(&text[i]);
}

static void put_all(struct book *b)
{
    make_formats(b);
    set_properties(b);
    for (size_t i = 0; i < b->report->parts && b->result == FORM_WRITTEN; i++)
        put_sheet(b, &b->report->part[i]);
    if (!b->report->parts)
        put_sheet(b, NULL);
    check(b, workbook_close(b->workbook)); /* also where something went wrong: it gives the memory back */
    for (size_t i = 0; i < b->names; i++)
        buf_release(&b->name[i]);
    buf_release(&b->text);
}

/* More rows than a sheet has are known before anything is written. */
static bool is_too_long(const struct report *r, const struct sheet_face *face)
{
    size_t others = face->lines + face->notes + 8;
    for (size_t i = 0; i < r->parts; i++)
        if (r->part[i].count > LXW_ROW_MAX - others || r->part[i].columns > SHEET_COLUMNS)
            return true;
    return false;
}

static bool is_whole(const struct book *b, struct str archive)
{
    for (size_t i = 0; i < b->names; i++)
        if (package_rows(archive, (int)i + 1) != b->rows[i])
            return false;
    return true;
}

static enum form_result send(const struct book *b, int fd, struct form_sink sink)
{
    struct stat stat;
    if (fstat(fd, &stat) != 0 || stat.st_size <= 0)
        return FORM_NO_ROOM;
    struct str archive = {mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_SHARED, fd, 0),
                          (size_t)stat.st_size};
    if (archive.p == MAP_FAILED)
        return FORM_NO_MEMORY;
    enum form_result result = is_whole(b, archive) ? FORM_WRITTEN : FORM_NO_ROOM;
    for (size_t at = 0; at < archive.n && result == FORM_WRITTEN; at += CHUNK) {
        struct str chunk = str_first(str_from(archive, at), CHUNK);
        if (!sink.put(sink.arg, chunk.p, chunk.n))
            result = FORM_SINK_FAILED;
    }
    munmap((void *)(uintptr_t)archive.p, archive.n);
    return result;
}

/* The library writes to a file by name only: to one in memory, which has a name as an open file. */
enum form_result workbook_write(const struct report *r, const struct sheet_face *face, struct form_sink sink)
{
    if (r->failed)
        return FORM_NO_MEMORY;
    if (is_too_long(r, face))
        return FORM_TOO_LONG;
    int fd = memfd_create("workbook", MFD_CLOEXEC);
    if (fd < 0)
        return FORM_NO_ROOM;
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    /* Cells over two rows need both in memory: prescribed forms have them, and are short. */
    bool storeys = false;
    for (size_t i = 0; i < r->parts; i++)
        storeys = storeys || has_storeys(&r->part[i]);
    lxw_workbook_options options = {.constant_memory = storeys ? LXW_FALSE : LXW_TRUE};
    struct book b = {.report = r, .face = face, .workbook = workbook_new_opt(path, &options)};
    if (b.workbook)
        put_all(&b);
    else
        fail(&b, FORM_NO_MEMORY);
    enum form_result result = b.result == FORM_WRITTEN ? send(&b, fd, sink) : b.result;
    close(fd);
    return result;
}
