/* What stands in columns of centred lines: the head of a paper, and its signatures (Decree 30/2020/NĐ-CP,
 * appendix I, section II). */
#include "core/lang.h"
#include "forms/paper_block.h"

#include <string.h>

/* A column that grows downwards. What does not fit a page at all flows over the whole width instead. */
enum stacking { STACK_MEASURE, STACK_DRAW, STACK_FLOW };
struct stack {
    struct paper *p;
    enum stacking how;
    double x, width, y;
    double last; /* width of the last line */
};

static size_t set_within(struct paper *p, struct str text, int face, double width)
{
    struct type_piece piece = {text, face};
    type_set(p->type, &p->lines, &piece, 1, width, 0);
    return p->lines.count;
}

/* Where the text has " WORD ", with a word of the table: the blank before it; text.n where it has none. */
static size_t part_before(const struct paper *p, struct str text)
{
    struct str words = str_of(lang_text(p->d->lang, T_forms_part_before));
    size_t best = text.n;
    while (words.n) {
        size_t n = 0;
        while (n < words.n && words.p[n] != '|')
            n++;
        for (size_t at = 1; at + n + 1 < text.n && at < best; at++)
            if (text.p[at - 1] == ' ' && text.p[at + n] == ' ' && memcmp(text.p + at, words.p, n) == 0)
                best = at - 1;
        words = n < words.n ? str_from(words, n + 1) : STR_NONE;
    }
    return best;
}

/* A name that takes two lines is parted before XÃ, PHƯỜNG …, else so that its lines are about as long. */
static void set_parted(struct stack *s, struct str text, int face)
{
    struct paper *p = s->p;
    size_t count = set_within(p, text, face, s->width), at = part_before(p, text);
    if (count < 2)
        return;
    if (count == 2 && at < text.n) {
        struct type_piece piece[] = {
            {str_first(text, at), face}, {STR("\n"), face}, {str_from(text, at), face}};
        type_set(p->type, &p->lines, piece, 3, s->width, 0);
        if (p->lines.count == 2)
            return;
    }
    double widest = type_widest(p->type, face, text, s->width);
    double enough = s->width, less = widest > s->width / 2 ? widest : s->width / 2;
    for (int i = 0; i < 8; i++) {
        double width = (enough + less) / 2;
        if (set_within(p, text, face, width) <= count)
            enough = width;
        else
            less = width;
    }
    set_within(p, text, face, enough);
}

static void stack_text(struct stack *s, struct str text, int face)
{
    struct paper *p = s->p;
    if (s->how == STACK_FLOW)
        set_within(p, text, face, p->width);
    else
        set_parted(s, text, face);
    if (!p->lines.count)
        return;
    s->last = p->lines.line[p->lines.count - 1].width;
    if (s->how == STACK_FLOW) {
        paper_flow(
            p, &(struct flow){
                   .lines = &p->lines, .x = p->left, .width = p->width, .face = face, .align = TYPE_CENTRE});
        return;
    }
    if (s->how == STACK_DRAW)
        paper_draw(p, &p->lines, 0, p->lines.count, s->x, s->y, s->width, face, TYPE_CENTRE);
    s->y += (double)p->lines.count * paper_leading(p, face);
}

/* A line below what stands last, that share of its width. */
static void stack_rule(struct stack *s, double share)
{
    if (s->how == STACK_FLOW || !s->last)
        return;
    double middle = s->x + s->width / 2, half = s->last * share / 2;
    if (s->how == STACK_DRAW)
        paper_rule(s->p, middle - half, s->y + 2, middle + half, s->y + 2, 0.7);
    s->y += 4;
}

/* ---- head ---- */

struct head_faces {
    int plain, bold, motto, italic;
};

static void head_left(struct stack *s, const struct head_block *h, const struct head_faces *f)
{
    stack_text(s, h->parent, f->plain);
    stack_text(s, h->agency, f->bold);
    stack_text(s, h->desk, f->bold);
    stack_rule(s, 0.4);
}

static void head_right(struct stack *s, const struct head_block *h, const struct head_faces *f)
{
    stack_text(s, h->country, f->bold);
    stack_text(s, h->motto, f->motto);
    stack_rule(s, 1);
}

static struct head_faces head_faces(const struct paper *p, double size)
{
    double motto = p->d->size == PAPER_A5 ? size : size + 1;
    return (struct head_faces){
        .plain = paper_face(p, size, LOOK_PLAIN),
        .bold = paper_face(p, size, LOOK_BOLD),
        .motto = paper_face(p, motto, LOOK_BOLD),
        .italic = paper_face(p, size, LOOK_ITALIC),
    };
}

/* Names above, number and date below, each pair at the same height. Both columns from y on; how far down. */
static double head_columns(struct paper *p, const struct head_block *h, const struct head_faces *f,
                           double right, enum stacking how)
{
    double gap = 3 * MM, left = p->width - right - gap;
    struct stack l = {p, how, p->left, left, p->y, 0};
    struct stack r = {p, how, p->left + left + gap, right, p->y, 0};
    head_left(&l, h, f);
    head_right(&r, h, f);
    double y = l.y > r.y ? l.y : r.y;
    l.y = r.y = y + (h->number.n || h->place_date.n ? 2 : 0);
    stack_text(&l, h->number, f->plain);
    stack_text(&r, h->place_date, f->italic);
    return l.y > r.y ? l.y : r.y;
}

void block_head(struct paper *p, const struct block *b)
{
    const struct head_block *h = &b->head;
    double size = p->d->size == PAPER_A5 ? 10 : 12;
    int bold = paper_face(p, size, LOOK_BOLD);
    /* The country's name stands on one line. */
    double natural = type_width(p->type, bold, h->country) + 0.5, most = p->width * 0.6,
           least = p->width * 0.5;
    double right = natural < least ? least : natural > most ? most : natural;
    if (natural > right) {
        size = size * right / natural - 0.1;
        size = size < 8 ? 8 : size;
    }
    struct head_faces f = head_faces(p, size);
    double height = head_columns(p, h, &f, right, STACK_MEASURE) - p->y;
    if (height < (p->bottom - p->top) * 0.6) {
        paper_fit(p, height);
        p->y = head_columns(p, h, &f, right, STACK_DRAW);
    } else {
        struct stack all = {.p = p, .how = STACK_FLOW};
        head_right(&all, h, &f);
        stack_text(&all, h->place_date, f.italic);
        head_left(&all, h, &f);
        stack_text(&all, h->number, f.plain);
    }
    p->y += p->body * 0.3;
}

/* ---- signatures ---- */

enum signature_row { ROW_ABOVE, ROW_TITLE, ROW_HOW, ROW_HAND, ROW_NAME, SIGNATURE_ROWS };

static struct str signature_text(const struct signature *s, enum signature_row row)
{
    switch (row) {
    case ROW_ABOVE: return s->above;
    case ROW_TITLE: return s->title;
    case ROW_HOW: return s->how;
    case ROW_NAME: return s->name;
    default: return STR_NONE;
    }
}

static int signature_face(const struct paper *p, enum signature_row row)
{
    bool bold = row == ROW_TITLE || row == ROW_NAME;
    return paper_face(p, p->small + (bold ? 0.5 : 0), bold ? LOOK_BOLD : LOOK_ITALIC);
}

static size_t signers(const struct block *b)
{
    return b->signatures.count < SIGNERS ? b->signatures.count : SIGNERS;
}

/* A single one stands at the right. */
static struct stack signer_column(struct paper *p, const struct block *b, size_t i, enum stacking how,
                                  double y)
{
    size_t n = signers(b) < 2 ? 2 : signers(b);
    double gap = 4 * MM, width = (p->width - (double)(n - 1) * gap) / (double)n;
    size_t place = signers(b) < 2 ? 1 : i;
    return (struct stack){p, how, p->left + (double)place * (width + gap), width, y, 0};
}

/* The room for a hand and a seal, and how little of it will do where they would go to another page else. */
static double hand_room(const struct paper *p)
{
    return (p->d->size == PAPER_A5 ? 16 : 20) * MM;
}

static double hand_least(const struct paper *p)
{
    return (p->d->size == PAPER_A5 ? 15 : 14) * MM;
}

/* The rows stand at the same height in every column. */
static double signature_rows(struct paper *p, const struct block *b, double hand, enum stacking how)
{
    double y = p->y + p->body * (p->d->size == PAPER_A5 ? 0.5 : 0.8);
    for (enum signature_row row = 0; row < SIGNATURE_ROWS; row++) {
        double below = y;
        for (size_t i = 0; i < signers(b); i++) {
            struct stack s = signer_column(p, b, i, how, y);
            stack_text(&s, signature_text(b->signatures.who + i, row), signature_face(p, row));
            if (s.y > below)
                below = s.y;
        }
        if (row == ROW_HAND)
            below = y + hand;
        y = below;
    }
    return y;
}

double signatures_height(struct paper *p, const struct block *b)
{
    return signature_rows(p, b, hand_least(p), STACK_MEASURE) - p->y;
}

void block_signatures(struct paper *p, const struct block *b)
{
    double height = signatures_height(p, b);
    if (height <= p->bottom - p->top) {
        paper_fit(p, height);
        double spare = p->bottom - p->y - height, more = hand_room(p) - hand_least(p);
        double hand = hand_least(p) + (spare < 0 ? 0 : spare < more ? spare : more);
        p->y = signature_rows(p, b, hand, STACK_DRAW);
        return;
    }
    for (size_t i = 0; i < signers(b); i++) {
        struct stack s = {.p = p, .how = STACK_FLOW};
        for (enum signature_row row = 0; row < SIGNATURE_ROWS; row++) {
            if (row == ROW_HAND)
                p->y += 14 * MM;
            stack_text(&s, signature_text(b->signatures.who + i, row), signature_face(p, row));
        }
    }
}
