#include "core/report_paper.h"

#include "core/report_shares.h"
#include "core/report_words.h"
#include "core/text.h"
#include <utf8proc.h>

enum {
    WIDE = 6,         /* columns that an upright page does not hold */
    MANY = 12,        /* columns that a page across does not hold well */
    DATE_WIDTH = 12,  /* letters of a column of dates */
    STACK_WIDTH = 23, /* of one of several dates: their titles stand on a line each */
};

/* ---- words ---- */

static struct str keep(struct document *d, struct buf *text)
{
    struct str kept = document_keep(d, buf_str(text));
    d->failed = d->failed || text->failed;
    buf_release(text);
    return kept;
}

/* Titles of papers are in capitals. */
static struct str capitals(struct document *d, struct str text)
{
    struct buf big = BUF_INIT;
    for (size_t at = 0; at < text.n;)
        text_put(&big, utf8proc_toupper(text_next(text, &at)));
    return keep(d, &big);
}

static const char *words(enum lang lang, enum text_id text)
{
    return lang_text(lang, text);
}

/* A day of one digit, and January and February, get a zero (Decree 30/2020/NĐ-CP, annex I). */
static void two_digits(struct buf *out, int n)
{
    buf_add_z(out, n < 10 ? "0" : "");
    buf_add_int(out, n);
}

static struct str place_date(struct document *d, const struct office *office, civil_day day)
{
    struct civil on = civil_to_ymd(day);
    struct str place = office_identity(office)->place;
    struct buf number[3] = {BUF_INIT, BUF_INIT, BUF_INIT}, line = BUF_INIT;
    two_digits(&number[0], on.day);
    if (d->lang == LANG_EN || on.month < 3)
        two_digits(&number[1], on.month);
    else
        buf_add_int(&number[1], on.month);
    buf_add_int(&number[2], on.year);
    const struct str args[] = {place, buf_str(&number[0]), buf_str(&number[1]), buf_str(&number[2])};
    if (place.n)
        lang_say(&line, d->lang, T_report_paper_place, args, 4);
    else
        lang_say(&line, d->lang, T_report_paper_date, args + 1, 3);
    for (size_t i = 0; i < 3; i++) {
        line.failed = line.failed || number[i].failed;
        buf_release(&number[i]);
    }
    return keep(d, &line);
}

/* ---- rows, said while they are drawn ---- */

struct part_rows {
    const struct report_part *part;
    enum lang lang;
};

/* Many rows may want to be looked at: italics do not make them longer. */
static unsigned look_of(enum row_kind kind)
{
    return kind == ROW_TOTAL ? LOOK_BOLD : kind == ROW_ALERT ? LOOK_ITALIC : LOOK_PLAIN;
}

/* Where columns are many, dates side by side stand one below the other in one: the column behind the last of
 * those that begin with column i. */
static size_t stack_end(const struct report_part *part, size_t i)
{
    size_t end = i + 1;
    bool stacks = part->columns > MANY && !part->numbered && part->column[i].type == CELL_DATE;
    while (stacks && end < part->columns && part->column[end].type == CELL_DATE)
        end++;
    return end;
}

/* The cells as they stand on paper. An empty line among dates has a dash: which is which goes by the place.
 */
static void stack_cells(const struct report_part *part, const struct str cell[REPORT_COLUMNS],
                        struct buf *text, struct str out[REPORT_COLUMNS])
{
    size_t ends[REPORT_COLUMNS], n = 0;
    buf_reset(text);
    for (size_t i = 0, end; i < part->columns; i = end) {
        bool any = false;
        end = stack_end(part, i);
        for (size_t c = i; c < end; c++)
            any = any || cell[c].n;
        for (size_t c = i; c < end && any; c++) {
            buf_add_z(text, c > i ? "\n" : "");
            buf_add_str(text, cell[c].n ? cell[c] : STR("–"));
        }
        ends[n++] = text->n;
    }
    for (size_t i = 0; i < n && !text->failed; i++) {
        size_t from = i ? ends[i - 1] : 0;
        out[i] = ends[i] > from ? (struct str){text->p + from, ends[i] - from} : STR_NONE;
    }
}

static bool each_row(void *arg, row_take *take, void *to)
{
    const struct part_rows *rows = arg;
    const struct report_part *part = rows->part;
    struct str cell[REPORT_COLUMNS], shown[REPORT_COLUMNS];
    struct buf text = BUF_INIT, stacked = BUF_INIT;
    bool on = true, fine = true;
    for (size_t r = 0; on && r < part->count; r++) {
        report_row_say(&text, rows->lang, part, &part->row[r], cell);
        stack_cells(part, cell, &stacked, shown);
        fine = !text.failed && !stacked.failed;
        on = fine && take(to, shown, look_of(part->row[r].kind));
    }
    buf_release(&text);
    buf_release(&stacked);
    return fine;
}

/* Letters across a page, which are set smaller in a table of many columns (forms/paper). */
static int letters_across(enum paper_size size, size_t columns)
{
    if (size != PAPER_A4_LANDSCAPE)
        return 92;
    return columns > MANY ? 190 : columns > 8 ? 170 : 152;
}

static struct str stacked_title(struct document *d, const struct report_part *part, size_t i, size_t end)
{
    struct buf title = BUF_INIT;
    if (end == i + 1)
        return str_of(words(d->lang, part->column[i].title));
    for (; i < end; i++) {
        buf_add_z(&title, words(d->lang, part->column[i].title));
        buf_add_z(&title, i + 1 < end ? "\n" : "");
    }
    return keep(d, &title);
}

/* How many there are on paper. */
static size_t set_columns(struct document *d, const struct report_part *part, struct document_column *column)
{
    int share[REPORT_COLUMNS], room = letters_across(d->size, part->columns);
    size_t n = 0;
    for (size_t i = 0, end; i < part->columns; i = end) {
        end = stack_end(part, i);
        room += end > i + 1 ? (int)(end - i) * DATE_WIDTH - STACK_WIDTH : 0;
    }
    report_shares(part, d->lang, room, share);
    for (size_t i = 0, end; i < part->columns; i = end) {
        const struct report_column *c = &part->column[i];
        end = stack_end(part, i);
        column[n++] = (struct document_column){
            .title = stacked_title(d, part, i, end),
            .share = end > i + 1 ? STACK_WIDTH : share[i],
            .right = report_is_number(c->type),
            .centre = c->type == CELL_DATE || c->type == CELL_TIME,
            .group = str_of(words(d->lang, c->group)),
            .below = str_of(words(d->lang, c->below)),
        };
    }
    return n;
}

static void add_part(struct document *d, const struct report_part *part)
{
    struct document_column *column = arena_alloc(&d->text, (part->columns + 1) * sizeof *column);
    struct part_rows *rows = arena_alloc(&d->text, sizeof *rows);
    if (!column || !rows) {
        d->failed = true;
        return;
    }
    size_t columns = set_columns(d, part, column);
    *rows = (struct part_rows){part, d->lang};
    document_add(d, BLOCK_SPACE);
    if (part->heading != T_nothing)
        document_text(d, str_of(words(d->lang, part->heading)), LOOK_BOLD);
    if (part->counted != T_nothing)
        document_text(d, str_of(words(d->lang, part->counted)), LOOK_SMALL | LOOK_ITALIC);
    struct block *b = document_add(d, BLOCK_TABLE);
    b->table = (struct table_block){.column = column,
                                    .columns = columns,
                                    .rows = {each_row, rows},
                                    .numbered = part->numbered,
                                    .none = str_of(words(d->lang, T_report_none))};
}

/* ---- what stands around them ---- */

static void add_head(struct document *d, const struct report_face *face, const struct office *office,
                     civil_day printed)
{
    const struct office_identity *identity = office_identity(office);
    struct str agency = capitals(d, identity->name), parent = capitals(d, identity->parent);
    struct str dated = place_date(d, office, printed);
    document_add(d, BLOCK_HEAD)->head = (struct head_block){
        .parent = parent,
        .agency = agency,
        .number = face->form,
        .country = str_of(words(d->lang, T_forms_country)),
        .motto = str_of(words(d->lang, T_forms_motto)),
        .place_date = dated,
    };
}

/* The lines that stand nowhere else on the paper. */
static void add_face(struct document *d, const struct report_face *face)
{
    document_title(d, capitals(d, face->title), face->period);
    for (size_t i = 0; i < face->lines; i++) {
        struct str line = face->above[i];
        if (!str_eq(line, face->form) && !str_eq(line, face->period))
            document_text(d, line, LOOK_SMALL | LOOK_ITALIC | LOOK_CENTRE);
    }
}

static void add_signatures(struct document *d, const struct office *office, bool posted)
{
    const struct settings *set = office_settings(office), usual = settings_default();
    bool own = set->signer_title.n && !str_eq(set->signer_title, usual.signer_title);
    const struct signature maker = {.title = str_of(words(d->lang, T_report_paper_maker)),
                                    .how = str_of(words(d->lang, T_report_paper_maker_how)),
                                    .name = set->report_preparer};
    const struct signature head = {.title =
                                       own ? set->signer_title : str_of(words(d->lang, T_report_paper_head)),
                                   .how = str_of(words(d->lang, T_report_paper_head_how)),
                                   .name = set->signer_name};
    struct block *b = document_add(d, BLOCK_SIGNATURES);
    b->signatures.who[0] = posted ? (struct signature){.title = STR_NONE} : maker;
    b->signatures.who[1] = head;
    b->signatures.count = 2;
}

static enum paper_size size_of(const struct report *r)
{
    size_t widest = 0;
    for (size_t i = 0; i < r->parts; i++)
        widest = r->part[i].columns > widest ? r->part[i].columns : widest;
    return widest > WIDE ? PAPER_A4_LANDSCAPE : PAPER_A4;
}

void report_paper(const struct report *r, const struct report_face *face, const struct office *office,
                  civil_day printed, enum lang lang, struct document *out)
{
    document_init(out, size_of(r), lang);
    out->title = face->title;
    out->foot = face->period;
    if (face->demo.n)
        out->across = str_of(words(lang, T_forms_demo));
    add_head(out, face, office, printed);
    document_add(out, BLOCK_SPACE);
    add_face(out, face);
    for (size_t i = 0; i < r->parts; i++)
        add_part(out, &r->part[i]);
    for (size_t i = 0; i < face->notes; i++)
        document_text(out, face->below[i], LOOK_SMALL);
    add_signatures(out, office, r->kind == REPORT_CATALOGUE || r->kind == REPORT_PUBLIC);
    out->failed = out->failed || r->failed || face->failed;
}
