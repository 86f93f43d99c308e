#include "core/register.h"

#include "core/paper_words.h"
#include "core/words.h"

enum { NO, CODE, PROCEDURE, APPLICANT, ADDRESS, UNIT, RECEIVED, DUE, RETURNED, COLLECT, SIGN, NOTE, COLUMNS };

/* What both tables read; it lives as long as the document. */
struct book {
    struct register_request request;
    struct str apology_symbol;
    bool years; /* more than one book: numbers say which */
};

/* ---- a row ---- */

struct writing {
    const struct book *book;
    row_take *take;
    void *to;
    bool unnumbered; /* those without a number, else those with one */
    struct buf text;
    size_t end[COLUMNS]; /* of each cell, in the text */
    bool failed;
};

static void line(struct buf *out, size_t begins, struct str text)
{
    if (text.n && out->n > begins)
        buf_add_char(out, '\n');
    buf_add_str(out, text);
}

static void add_number(struct writing *w, const struct dossier *d)
{
    if (!d->in_register.number)
        return;
    buf_add_int(&w->text, d->in_register.number);
    if (w->book->years)
        buf_addf(&w->text, "/%d", d->in_register.year);
}

static void add_procedure(struct writing *w, const struct dossier *d, const struct procedure *procedure)
{
    struct str name = procedure && procedure->name.n ? procedure->name : d->title;
    buf_add_str(&w->text, name.n ? name : d->receipt.procedure.code);
}

static void add_time(struct writing *w, civil_minute t)
{
    if (t != NO_TIME)
        lang_time(&w->text, w->book->request.lang, t);
}

static void add_unit(struct writing *w, const struct dossier *d)
{
    struct str unit = dossier_resolving_unit(d);
    buf_add_str(&w->text, unit.n ? unit : office_identity(w->book->request.office)->name);
}

static void add_collect(struct writing *w, const struct dossier *d)
{
    enum channel how = d->return_channel != CHANNEL_NONE ? d->return_channel : d->receipt.collect;
    buf_add_z(&w->text, words_channel(w->book->request.lang, how));
}

static void add_note(struct writing *w, const struct dossier *d)
{
    enum lang lang = w->book->request.lang;
    enum ended_how how = d->facts.ended_how;
    size_t begins = w->text.n;
    if (d->imported)
        line(&w->text, begins, str_of(lang_text(lang, T_forms_register_from_elsewhere)));
    if (how != ENDED_NOT && how != ENDED_RESOLVED)
        line(&w->text, begins, str_of(words_ended_how(lang, how)));
    struct buf said = BUF_INIT, number = BUF_INIT;
    if (d->apology.number) {
        buf_addf(&number, "%02u/", (unsigned)d->apology.number);
        buf_add_str(&number, w->book->apology_symbol);
        LANG_SAY(&said, lang, T_forms_register_letter, buf_str(&number));
        line(&w->text, begins, buf_str(&said));
        buf_reset(&said);
    }
    if (d->returned_to.n) {
        LANG_SAY(&said, lang, T_forms_register_to, d->returned_to);
        line(&w->text, begins, buf_str(&said));
    }
    line(&w->text, begins, d->receipt.note);
    w->text.failed = w->text.failed || said.failed || number.failed;
    buf_release(&said);
    buf_release(&number);
}

static void add_cell(struct writing *w, size_t column, const struct dossier *d,
                     const struct procedure *procedure)
{
    const struct applicant *a = &d->receipt.applicant;
    size_t begins = w->text.n;
    switch (column) {
    case NO: add_number(w, d); break;
    case CODE: buf_add_str(&w->text, d->code); break;
    case PROCEDURE: add_procedure(w, d, procedure); break;
    case APPLICANT: buf_add_str(&w->text, a->name); break;
    case ADDRESS:
        buf_add_str(&w->text, a->address);
        line(&w->text, begins, a->phone);
        break;
    case UNIT: add_unit(w, d); break;
    case RECEIVED: add_time(w, d->facts.received); break;
    case DUE: add_time(w, d->promised); break;
    case RETURNED: add_time(w, d->facts.returned); break;
    case COLLECT: add_collect(w, d); break;
    case SIGN: break;
    case NOTE: add_note(w, d); break;
    }
    w->end[column] = w->text.n;
}

static bool take_row(void *to, const struct dossier *d, const struct procedure *procedure)
{
    struct writing *w = to;
    struct str cell[COLUMNS];
    if ((d->in_register.number == 0) != w->unnumbered)
        return true;
    buf_reset(&w->text);
    for (size_t i = 0; i < COLUMNS; i++)
        add_cell(w, i, d, procedure);
    w->failed = w->text.failed;
    for (size_t i = 0, from = 0; i < COLUMNS && !w->failed; from = w->end[i++])
        cell[i] = w->end[i] > from ? (struct str){w->text.p + from, w->end[i] - from} : STR_NONE;
    return !w->failed && w->take(w->to, cell, LOOK_PLAIN);
}

static bool each_row(const struct book *book, bool unnumbered, row_take *take, void *to)
{
    struct writing w = {.book = book, .take = take, .to = to, .unnumbered = unnumbered, .text = BUF_INIT};
    const struct register_source *source = &book->request.source;
    bool fine = source->each(source->arg, take_row, &w);
    buf_release(&w.text);
    return fine && !w.failed;
}

static bool each_numbered(void *arg, row_take *take, void *to)
{
    return each_row(arg, false, take, to);
}

static bool each_unnumbered(void *arg, row_take *take, void *to)
{
    return each_row(arg, true, take, to);
}

/* ---- what is in it ---- */

struct counting {
    struct register_count count;
    bool years;
};

static bool take_count(void *to, const struct dossier *d, const struct procedure *procedure)
{
    struct counting *c = to;
    (void)procedure;
    if (!d->in_register.number) {
        c->count.unnumbered++;
        return true;
    }
    if (c->count.numbered++ == 0)
        c->count.first = d->in_register;
    c->count.last = d->in_register;
    c->years = c->years || c->count.first.year != d->in_register.year;
    return true;
}

/* ---- the paper ---- */

/* Points: titles of procedures are long, a year's book has thousands of rows. */
#define SMALL 8.5

static void add_table(struct document *d, struct book *book, bool unnumbered)
{
    static const struct {
        enum text_id title;
        int share;
        bool centre;
    } columns[COLUMNS] = {
        [NO] = {T_forms_register_no, 3, true},
        [CODE] = {T_forms_register_code, 9, false},
        [PROCEDURE] = {T_forms_register_procedure, 35, false},
        [APPLICANT] = {T_forms_register_applicant, 9, false},
        [ADDRESS] = {T_forms_register_address, 11, false},
        [UNIT] = {T_forms_register_unit, 9, false},
        [RECEIVED] = {T_forms_register_received, 6, true},
        [DUE] = {T_forms_register_due, 6, true},
        [RETURNED] = {T_forms_register_returned, 6, true},
        [COLLECT] = {T_forms_register_collect, 6, true},
        [SIGN] = {T_forms_register_sign, 5, true},
        [NOTE] = {T_forms_register_note, 6, false},
    };
    struct document_column *column = arena_alloc(&d->text, COLUMNS * sizeof *column);
    if (!column) {
        d->failed = true;
        return;
    }
    for (size_t i = 0; i < COLUMNS; i++) {
        column[i].title = paper_text(d, columns[i].title);
        column[i].share = columns[i].share;
        column[i].centre = columns[i].centre;
    }
    struct block *b = document_add(d, BLOCK_TABLE);
    b->table = (struct table_block){.column = column,
                                    .columns = COLUMNS,
                                    .rows = {unnumbered ? each_unnumbered : each_numbered, book},
                                    .numbered = true,
                                    .points = SMALL};
}

static struct str numbered(struct document *d, struct yearly_number n, bool year)
{
    struct buf text = BUF_INIT;
    buf_add_int(&text, n.number);
    if (year)
        buf_addf(&text, "/%d", n.year);
    return paper_keep(d, &text);
}

static struct str books(struct document *d, const struct register_request *r, const struct counting *c)
{
    struct buf text = BUF_INIT;
    int first = r->book ? r->book : c->count.numbered ? c->count.first.year : civil_to_ymd(r->from).year;
    int last = r->book ? r->book : c->count.numbered ? c->count.last.year : civil_to_ymd(r->to).year;
    buf_add_int(&text, first);
    if (last != first)
        buf_addf(&text, "-%d", last);
    return PAPER_SAY(d, T_forms_register_books, paper_keep(d, &text));
}

static void add_top(struct document *d, const struct register_request *r, const struct slip_form *form,
                    const struct counting *c)
{
    struct buf now = BUF_INIT;
    lang_time(&now, d->lang, r->now);
    d->title = form->title;
    d->foot = PAPER_SAY(d, T_forms_register_foot, form->number, paper_keep(d, &now), r->head);
    if (office_identity(r->office)->demo)
        d->across = paper_text(d, T_forms_demo);
    paper_head(d, r->office, STR_NONE, office_settings(r->office)->desk_name, STR_NONE, civil_day_of(r->now));
    document_add(d, BLOCK_SPACE);
    document_title(d, paper_capitals(d, form->title), books(d, r, c));
    document_text(d,
                  r->book ? PAPER_SAY(d, T_forms_register_book, paper_number(d, r->book))
                          : PAPER_SAY(d, T_forms_register_period, paper_day(d, r->from), paper_day(d, r->to)),
                  LOOK_ITALIC | LOOK_CENTRE);
}

static void add_rows(struct document *d, struct book *book, const struct counting *c)
{
    const struct register_count *n = &c->count;
    if (n->numbered || !n->unnumbered)
        add_table(d, book, false);
    if (n->numbered) {
        struct str total = paper_number(d, (int64_t)n->numbered);
        document_text(d,
                      PAPER_SAY(d, T_forms_register_total, total, numbered(d, n->first, c->years),
                                numbered(d, n->last, c->years)),
                      LOOK_ITALIC);
    } else if (!n->unnumbered) {
        document_text(d,
                      paper_text(d, book->request.book ? T_forms_register_book_none : T_forms_register_none),
                      LOOK_ITALIC);
    }
    if (n->unnumbered) {
        struct str count = paper_number(d, (int64_t)n->unnumbered);
        document_add(d, BLOCK_SPACE);
        document_text(d, PAPER_SAY(d, T_forms_register_unnumbered, count), LOOK_BOLD);
        add_table(d, book, true);
    }
}

bool register_write(const struct register_request *request, struct document *out,
                    struct register_count *count)
{
    struct counting c = {.count = {0}};
    document_init(out, PAPER_A4_LANDSCAPE, request->lang);
    struct book *book = arena_alloc(&out->text, sizeof *book);
    if (!book) {
        out->failed = true;
        return false;
    }
    if (!request->source.each(request->source.arg, take_count, &c))
        return false;
    civil_day last = request->book ? civil_from_ymd(request->book, 12, 31) : request->to;
    struct slip_form form = slip_form_in(request->office, SLIP_REGISTER, last, request->lang);
    struct slip_form letter = slip_form(request->office, SLIP_APOLOGY, last);
    *book = (struct book){
        .request = *request, .apology_symbol = paper_symbol(out, letter.symbol), .years = c.years};
    add_top(out, request, &form, &c);
    add_rows(out, book, &c);
    if (count)
        *count = c.count;
    return !out->failed;
}
