#include "tui/page_qr.h"

#include "core/text.h"
#include "tui/errand.h"
#include "tui/screen.h"
#include <stdio.h>
#include <stdlib.h>

struct qr_page {
    struct page page;
    struct buf code;
    struct buf caption; /* whose appointment it is */
    struct buf drawn;   /* the blocks, a line a row */
    struct buf why;     /* there is none: why */
    int rows, columns;  /* of the screen it was asked for */
};

static struct qr_page *of(struct page *p)
{
    return (struct qr_page *)p;
}

/* ---- the code ---- */

static struct str take_line(struct str *rest)
{
    const char *end = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;
    size_t n = end ? (size_t)(end - rest->p) : rest->n;
    struct str line = str_first(*rest, n);
    *rest = str_from(*rest, end ? n + 1 : n);
    return line;
}

/* Blocks and blanks alone. */
static bool is_drawing(struct str line)
{
    static const char *const blocks[] = {"█", "▀", "▄", " "};
    while (line.n) {
        size_t used = 0;
        for (size_t i = 0; i < sizeof blocks / sizeof *blocks && !used; i++)
            if (str_starts(line, str_of(blocks[i])))
                used = strlen(blocks[i]);
        if (!used)
            return false;
        line = str_from(line, used);
    }
    return true;
}

static void part(struct qr_page *q, struct str said)
{
    buf_reset(&q->caption);
    buf_reset(&q->drawn);
    while (said.n) {
        struct str line = take_line(&said);
        bool drawing = line.n && is_drawing(line);
        struct buf *to = drawing ? &q->drawn : &q->caption;
        if (!drawing && to->n)
            buf_add_char(to, ' ');
        buf_add_str(to, line);
        if (drawing)
            buf_add_char(to, '\n');
    }
}

enum {
    AROUND = 4,  /* rows of the screen that are not the page's */
    CAPTION = 1, /* row below the code */
    QUIET = 2,   /* rows of it, above and below, that may go: half of the quiet zone stays */
    PROMPT = 1   /* row that the program leaves free where it draws on a terminal itself */
};

/* Asks for one that fits the screen. False, and why is kept, where there is none. */
static bool draw_anew(struct qr_page *q, const struct session *s, int rows, int columns)
{
    char room[32];
    struct errand e;
    q->rows = rows;
    q->columns = columns;
    snprintf(room, sizeof room, "%dx%d", columns, rows - AROUND - CAPTION + QUIET + PROMPT);
    const char *words[] = {"--color", "never", "qr", q->code.p, "--fit", room, NULL};
    errand_run(&e, s, words);
    part(q, buf_str(&e.said));
    errand_words(&e, s, &q->why);
    bool done = e.status == 0;
    errand_release(&e);
    return done;
}

/* ---- the page ---- */

static void measure(const struct qr_page *q, int *rows, int *columns)
{
    struct str rest = buf_str(&q->drawn);
    *rows = *columns = 0;
    while (rest.n) {
        int wide = text_columns(take_line(&rest));
        *columns = wide > *columns ? wide : *columns;
        ++*rows;
    }
}

static int draw_words(struct canvas *c, struct area a, int style, struct str text)
{
    int row = 0;
    for (size_t skip; text.n && row < a.rows; row++) {
        size_t n = text_wrap(text, a.columns - 2, &skip);
        canvas_text(c, a.row + row, a.column + 1, a.columns - 2, style, str_first(text, n));
        text = str_from(text, skip);
    }
    return row;
}

/* Without its outermost rows where the page is that small. */
static void draw_code(const struct qr_page *q, struct canvas *c, struct area a, int rows, int columns)
{
    struct str rest = buf_str(&q->drawn);
    int cut = rows > a.rows ? 1 : 0, column = a.column + (a.columns - columns) / 2;
    for (int r = 0; rest.n; r++) {
        struct str line = take_line(&rest);
        if (r >= cut && r < rows - cut)
            canvas_text(c, a.row + r - cut, column, columns, STYLE_PLAIN, line);
    }
}

static void draw(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct qr_page *q = of(p);
    int rows, columns;
    if ((q->rows != c->rows || q->columns != c->columns) && !draw_anew(q, s, c->rows, c->columns)) {
        draw_words(c, a, STYLE_REFUSED, buf_str(&q->why));
        return;
    }
    measure(q, &rows, &columns);
    struct area code = {a.row, a.column, a.rows - CAPTION, a.columns};
    if (!rows || rows - QUIET > code.rows || columns > a.columns) {
        draw_words(c, a, STYLE_REFUSED, q->why.n ? buf_str(&q->why) : session_text(s, T_tui_qr_too_large));
        return;
    }
    draw_code(q, c, code, rows, columns);
    canvas_text(c, a.row + a.rows - CAPTION, a.column + 1, a.columns - 2, STYLE_DIM, buf_str(&q->caption));
}

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    (void)p, (void)s, (void)k, (void)action;
    return false;
}

static unsigned scopes(const struct page *p)
{
    (void)p;
    return SCOPE_ANYWHERE;
}

static size_t hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    (void)p, (void)s;
    static const enum action shown[] = {ACTION_back, ACTION_help};
    return hints_of(out, shown, sizeof shown / sizeof *shown);
}

static void title(const struct page *p, const struct session *s, struct buf *out)
{
    buf_add_str(out, session_text(s, T_tui_title_qr));
    buf_add_char(out, ' ');
    buf_add_str(out, buf_str(&((const struct qr_page *)p)->code));
}

static void free_page(struct page *p)
{
    struct buf *bufs[] = {&of(p)->code, &of(p)->caption, &of(p)->drawn, &of(p)->why};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_release(bufs[i]);
    free(p);
}

static const struct page_ops ops = {
    .draw = draw,
    .key = key,
    .scopes = scopes,
    .hints = hints,
    .title = title,
    .free = free_page,
    .passing = true,
};

void page_qr_open(struct session *s, struct str code)
{
    struct qr_page *q = calloc(1, sizeof *q);
    int rows, columns;
    if (!q) {
        struct outcome none = outcome_of(KIND_out_of_memory);
        session_refuse(s, &none);
        return;
    }
    q->page.ops = &ops;
    buf_add_str(&q->code, code);
    screen_size(&rows, &columns);
    if (draw_anew(q, s, rows, columns)) {
        session_open(s, &q->page);
        return;
    }
    session_say(s, TONE_REFUSED, buf_str(&q->why));
    free_page(&q->page);
}
