#include "core/report_paper.h"

#include "core/report_words.h"
#include "core/text.h"
#include <utf8proc.h>

enum { WIDE = 6 /* columns that an upright page does not hold */ };

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

static bool each_row(void *arg, row_take *take, void *to)
{
    const struct part_rows *rows = arg;
    const struct report_part *part = rows->part;
    struct str cell[REPORT_COLUMNS];
    struct buf text = BUF_INIT;
    bool on = true, fine = true;
    for (size_t r = 0; on && r < part->count; r++) {
        report_row_say(&text, rows->lang, part, &part->row[r], cell);
        fine = !text.failed;
        on = fine && take(to, cell, part->row[r].kind == ROW_PLAIN ? LOOK_PLAIN : LOOK_BOLD);
    }
    buf_release(&text);
    return fine;
}

static void add_part(struct document *d, const struct report_part *part)
{
    struct document_column *column = arena_alloc(&d->text, (part->columns + 1) * sizeof *column);
    struct part_rows *rows = arena_alloc(&d->text, sizeof *rows);
    if (!column || !rows) {
        d->failed = true;
        return;
    }
    for (size_t i = 0; i < part->columns; i++) {
        const struct report_column *c = &part->column[i];
        column[i] = (struct document_column){
            .title = str_of(words(d->lang, c->title)),
            .share = c->share > 0 ? c->share : 1,
            .right = report_is_number(c->type),
            .centre = c->type == CELL_DATE || c->type == CELL_TIME,
        };
    }
    *rows = (struct part_rows){part, d->lang};
    document_add(d, BLOCK_SPACE);
    if (part->heading != T_nothing)
        document_text(d, str_of(words(d->lang, part->heading)), LOOK_BOLD);
    struct block *b = document_add(d, BLOCK_TABLE);
    b->table = (struct table_block){
        .column = column, .columns = part->columns, .rows = {each_row, rows}, .numbered = part->numbered};
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
    document_add(out, BLOCK_SPACE);
    add_signatures(out, office, r->kind == REPORT_CATALOGUE || r->kind == REPORT_PUBLIC);
    out->failed = out->failed || r->failed || face->failed;
}
