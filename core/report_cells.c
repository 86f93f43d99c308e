/* Writing the tables of a report: rows and cells in its own memory. */
#include "core/report_maker.h"

struct report_part *report_part(struct report *out, enum text_id heading, const char *key,
                                const struct report_column *column, size_t columns)
{
    if (out->parts == REPORT_PARTS || columns > REPORT_COLUMNS) {
        out->failed = true;
        return NULL;
    }
    struct report_part *part = &out->part[out->parts++];
    *part = (struct report_part){.heading = heading, .key = key, .column = column, .columns = columns};
    return part;
}

/* Whoever writes into it writes into nothing. */
static struct report_row *spare(struct report *out)
{
    out->failed = true;
    memset(out->spare_cell, 0, sizeof out->spare_cell);
    out->spare = (struct report_row){ROW_PLAIN, out->spare_cell};
    return &out->spare;
}

/* Room for one row more. What the rows leave behind when they move stays in the report's memory: as much
 * again at most. */
static bool grow(struct report *out, struct report_part *part)
{
    if (part->count < part->cap)
        return true;
    size_t cap = part->cap ? part->cap * 2 : 16;
    struct report_row *row = arena_alloc(&out->text, cap * sizeof *row);
    if (!row)
        return false;
    if (part->count)
        memcpy(row, part->row, part->count * sizeof *row);
    part->row = row;
    part->cap = cap;
    return true;
}

struct report_row *report_row(struct report *out, struct report_part *part, enum row_kind kind)
{
    if (!part || !grow(out, part))
        return spare(out);
    struct report_cell *cell = arena_alloc(&out->text, part->columns * sizeof *cell);
    if (!cell)
        return spare(out);
    struct report_row *row = &part->row[part->count++];
    *row = (struct report_row){kind, cell};
    return row;
}

/* ---- cells ---- */

void cell_text(struct report *out, struct report_cell *c, struct str text)
{
    struct str kept = arena_str(&out->text, text);
    *c = (struct report_cell){.type = kept.n ? CELL_TEXT : CELL_EMPTY, .text = kept};
}

void cell_label(struct report *out, struct report_cell *c, enum lang lang, enum text_id text)
{
    (void)out; /* the words of the table live for ever */
    struct str words = str_of(lang_text(lang, text));
    *c = (struct report_cell){.type = words.n ? CELL_TEXT : CELL_EMPTY, .text = words};
}

void cell_number(struct report_cell *c, int64_t n)
{
    *c = (struct report_cell){.type = CELL_NUMBER, .number = n};
}

void cell_hundredths(struct report_cell *c, int64_t n)
{
    *c = (struct report_cell){.type = CELL_HUNDREDTHS, .number = n};
}

void cell_percent(struct report_cell *c, uint64_t part, uint64_t whole)
{
    *c = (struct report_cell){0};
    if (!whole)
        return;
    int64_t share = (int64_t)((part * 10000 + whole / 2) / whole);
    if (part < whole && share >= 10000)
        share = 9999;
    *c = (struct report_cell){.type = CELL_PERCENT, .number = share};
}

void cell_money(struct report_cell *c, int64_t vnd)
{
    *c = (struct report_cell){.type = CELL_MONEY, .number = vnd};
}

void cell_date(struct report_cell *c, civil_day day)
{
    *c = day == NO_DAY ? (struct report_cell){0} : (struct report_cell){.type = CELL_DATE, .number = day};
}

void cell_time(struct report_cell *c, civil_minute t)
{
    *c = t == NO_TIME ? (struct report_cell){0} : (struct report_cell){.type = CELL_TIME, .number = t};
}

/* ---- sentences ---- */

void report_note(struct report_maker *m, struct report *out, enum text_id text, const struct str *args,
                 size_t n)
{
    if (out->notes == sizeof out->note / sizeof *out->note) {
        out->failed = true;
        return;
    }
    struct buf said = BUF_INIT;
    lang_say(&said, m->request.lang, text, args, n);
    out->note[out->notes++] = arena_str(&out->text, buf_str(&said));
    out->failed = out->failed || said.failed || out->text.failed;
    buf_release(&said);
}

struct str report_officer(const struct report_maker *m, struct str login)
{
    const struct officer *o = login.n ? office_find_officer(m->request.office, login) : NULL;
    return o && o->name.n ? o->name : login;
}

struct str report_holder(const struct report_maker *m, struct str login, struct str unit)
{
    return login.n ? report_officer(m, login) : unit;
}
