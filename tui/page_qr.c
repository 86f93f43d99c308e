#include "tui/page_qr.h"

#include "core/collection.h"
#include "core/text.h"
#include "tui/errand.h"
#include "tui/screen.h"
#include "tui/sentence.h"
#include <stdio.h>
#include <stdlib.h>

struct qr_page {
    struct page page;
    uint64_t id;
    struct buf code;
    struct buf caption; /* whose appointment it is: lines */
    struct buf drawn;   /* the blocks, a line a row */
    struct buf why;     /* there is none: why */
    int rows, columns;  /* of the page it was asked for */
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

/* The lines that are drawn from those that are read. */
static void part(struct qr_page *q, struct str said)
{
    buf_reset(&q->caption);
    buf_reset(&q->drawn);
    while (said.n) {
        struct str line = take_line(&said);
        struct buf *to = line.n && is_drawing(line) ? &q->drawn : &q->caption;
        buf_add_str(to, line);
        buf_add_char(to, '\n');
    }
}

/* ---- why there is none ---- */

/* In the words of the screen, which has keys where the program names commands. */
static enum text_id reason_against(enum collection which)
{
    static const enum text_id why[] = {
        [COLLECTION_AHEAD] = T_nothing,         [COLLECTION_WAITING] = T_tui_qr_waiting,
        [COLLECTION_ENDED] = T_tui_qr_ended,    [COLLECTION_READY] = T_tui_qr_ready,
        [COLLECTION_PAST] = T_tui_qr_past,      [COLLECTION_PAST_AGAIN] = T_ical_qr_past_again,
        [COLLECTION_NO_DUE] = T_ical_qr_no_due,
    };
    return why[which];
}

/* Is there an appointment ahead? If not, why is kept. Where the store cannot be read the program is asked. */
static bool lies_ahead(struct qr_page *q, struct session *s)
{
    struct dossier d;
    civil_minute due = NO_TIME;
    enum text_id why = T_nothing;
    struct view *v = session_view(s);
    if (v && view_dossier(v, q->id, &d))
        why = reason_against(collection_of(&d, s->now, &due));
    if ((v && !session_view_end(s, v)) || why == T_nothing)
        return true;
    struct outcome o = outcome_of(KIND_no_appointment);
    outcome_text(&o, buf_str(&q->code));
    outcome_labelled(&o, why, due);
    buf_reset(&q->why);
    sentence_say(&q->why, s->lang, &o, STR_NONE);
    return false;
}

/* ---- asking for one ---- */

enum { HINTS_ROW = 1 }; /* the last of the screen is not the page's */
enum { PROMPT = 1 };    /* row that the program leaves free where it draws on a terminal itself */

/* Asks for one that fits the rows of the page. False, and why is kept, where there is none. */
static bool draw_anew(struct qr_page *q, struct session *s, int rows, int columns)
{
    char room[32];
    struct errand e;
    q->rows = rows;
    q->columns = columns;
    if (!lies_ahead(q, s))
        return false;
    snprintf(room, sizeof room, "%dx%d", columns, rows + PROMPT);
    const char *words[] = {"--color", "never", "qr", q->code.p, "--fit", room, NULL};
    errand_run(&e, s, words);
    part(q, buf_str(&e.said));
    struct buf said = BUF_INIT;
    errand_words(&e, s, &said);
    buf_reset(&q->why);
    text_capital(&q->why, buf_str(&said)); /* it stands by itself, not behind the program's name */
    buf_release(&said);
    bool done = e.status == 0;
    errand_release(&e);
    return done;
}

/* ---- the page ---- */

static void draw_words(struct canvas *c, struct area a, int style, struct str text)
{
    for (size_t row = 0, skip; text.n && (int)row < a.rows; row++) {
        size_t n = text_wrap(text, a.columns - 2, &skip);
        canvas_text(c, a.row + (int)row, a.column + 1, a.columns - 2, style, str_first(text, n));
        text = str_from(text, skip);
    }
}

/* In the middle, from that row of the area on; returns the row after them. */
static int draw_lines(struct canvas *c, struct area a, int row, int style, struct str lines)
{
    for (; lines.n && row < a.rows; row++) {
        struct str line = take_line(&lines);
        canvas_text(c, a.row + row, a.column + (a.columns - text_columns(line)) / 2, a.columns, style, line);
    }
    return row;
}

static void draw(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct qr_page *q = of(p);
    if ((q->rows != a.rows || q->columns != a.columns) && !draw_anew(q, s, a.rows, a.columns))
        buf_reset(&q->drawn);
    struct str rest = buf_str(&q->drawn);
    if (!rest.n) {
        draw_words(c, a, STYLE_REFUSED, buf_str(&q->why));
        return;
    }
    int row = draw_lines(c, a, 0, STYLE_PAPER, rest);
    draw_lines(c, a, row, STYLE_DIM, buf_str(&q->caption));
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
    .free = free_page,
    .passing = true,
    .whole = true,
};

void page_qr_open(struct session *s, uint64_t id, struct str code)
{
    struct qr_page *q = calloc(1, sizeof *q);
    int rows, columns;
    if (!q) {
        struct outcome none = outcome_of(KIND_out_of_memory);
        session_refuse(s, &none);
        return;
    }
    q->page.ops = &ops;
    q->id = id;
    buf_add_str(&q->code, code);
    screen_size(&rows, &columns);
    if (draw_anew(q, s, rows - HINTS_ROW, columns)) {
        session_open(s, &q->page);
        return;
    }
    session_say(s, TONE_REFUSED, buf_str(&q->why));
    free_page(&q->page);
}
