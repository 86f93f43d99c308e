#include "tui/page_ask.h"

#include "core/text.h"
#include <stdlib.h>

#define WHAT_ROWS 2
#define LETTER_COLUMNS 78 /* as wide as the screen allows, up to this */

struct ask_page {
    struct page page;
    struct buf what, question; /* of a letter, `question` is the notice above it */
    enum style notice_style;
    struct sheet letter;
    letter_writer *write;
    ask_yes *yes;
    letter_issue *issue;
    void *arg;
    bool marked_yes;
    int rows; /* of a letter, seen */
};

static struct ask_page *of(struct page *p)
{
    return (struct ask_page *)p;
}

/* ---- drawing ---- */

static int draw_wrapped(struct canvas *c, int row, int column, int width, int style, struct str text)
{
    size_t skip;
    while (text.n) {
        size_t n = text_wrap(text, width, &skip);
        canvas_text(c, row++, column, width, style, str_first(text, n));
        text = str_from(text, skip);
    }
    return row;
}

/* A long name ends in an ellipsis, so that the question below it is always seen. */
static int draw_what(struct canvas *c, int row, int column, int width, struct str text)
{
    for (int r = 0; r < WHAT_ROWS && text.n; r++) {
        size_t skip, n = text_wrap(text, width, &skip);
        if (r == WHAT_ROWS - 1)
            n = text.n;
        canvas_text(c, row++, column, width, STYLE_STRONG, str_first(text, n));
        text = str_from(text, n < skip ? skip : n);
    }
    return row;
}

static int wrapped_rows(struct str text, int width)
{
    int rows = 0;
    size_t skip;
    for (; text.n; rows++) {
        text_wrap(text, width, &skip);
        text = str_from(text, skip);
    }
    return rows;
}

/* "[c] Có": the answer and its key. */
static int draw_answer(struct session *s, struct canvas *c, int row, int column, enum action action,
                       bool marked)
{
    struct buf text = BUF_INIT;
    struct key key;
    buf_add_z(&text, " [");
    if (keys_of(action, 0, &key))
        key_name(&text, &key);
    buf_add_z(&text, "] ");
    buf_add_z(&text, keys_hint(s->lang, action));
    buf_add_char(&text, ' ');
    int used =
        canvas_text(c, row, column, 40, marked ? STYLE_STRONG | STYLE_SELECTED : STYLE_PLAIN, buf_str(&text));
    buf_release(&text);
    return column + used + 3;
}

static void draw_ask(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct ask_page *ask = of(p);
    int width = a.columns - 8 < 70 ? a.columns - 8 : 70;
    struct str what = buf_str(&ask->what), question = buf_str(&ask->question);
    int above = wrapped_rows(what, width - 4);
    if (above > WHAT_ROWS)
        above = WHAT_ROWS;
    int rows = above + wrapped_rows(question, width - 4) + (what.n ? 6 : 5);
    if (rows > a.rows)
        rows = a.rows;
    struct area box = {a.row + (a.rows - rows) / 2, a.column + (a.columns - width) / 2, rows, width};
    canvas_box(c, box, STYLE_STRONG);
    int row = box.row + 1, column = box.column + 2;
    row = draw_what(c, row, column, width - 4, what) + (what.n ? 1 : 0);
    row = draw_wrapped(c, row, column, width - 4, STYLE_PLAIN, question) + 1;
    if (row > box.row + rows - 2)
        row = box.row + rows - 2;
    column = draw_answer(s, c, row, column, ACTION_yes, ask->marked_yes);
    draw_answer(s, c, row, column, ACTION_no, !ask->marked_yes);
}

static void draw_letter(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct ask_page *ask = of(p);
    int width = a.columns - 2 < LETTER_COLUMNS ? a.columns - 2 : LETTER_COLUMNS;
    if (ask->letter.width != width || !ask->letter.rows) {
        sheet_begin(&ask->letter, width);
        ask->write(ask->arg, s, &ask->letter);
    }
    int margin = (a.columns - width) / 2;
    int top =
        draw_wrapped(c, a.row, a.column + 1, a.columns - 2, (int)ask->notice_style, buf_str(&ask->question));
    ask->rows = a.row + a.rows - top;
    sheet_draw(&ask->letter, c, (struct area){top, a.column + margin, ask->rows, a.columns - margin});
}

/* ---- keys ---- */

static void answer(struct ask_page *ask, struct session *s, bool yes)
{
    ask->page.done = true;
    if (yes)
        ask->yes(ask->arg, s);
}

/* A question takes every key: nothing goes on below it. */
static bool key_of_ask(struct page *p, struct session *s, const struct key *k, enum action action)
{
    struct ask_page *ask = of(p);
    if (action == ACTION_yes || action == ACTION_no || action == ACTION_quit)
        answer(ask, s, action == ACTION_yes);
    else if (key_is(k, PRESS_ENTER))
        answer(ask, s, ask->marked_yes);
    else if (key_is(k, PRESS_LEFT) || key_is(k, PRESS_RIGHT) || key_is(k, PRESS_TAB) ||
             key_is(k, PRESS_BACK_TAB))
        ask->marked_yes = !ask->marked_yes;
    return true;
}

static bool key_of_letter(struct page *p, struct session *s, const struct key *k, enum action action)
{
    struct ask_page *ask = of(p);
    if (action == ACTION_issue || action == ACTION_back || action == ACTION_quit)
        ask->page.done = action != ACTION_issue || ask->issue(ask->arg, s);
    else
        sheet_key(&ask->letter, k, ask->rows);
    return true;
}

static unsigned scopes_ask(const struct page *p)
{
    (void)p;
    return SCOPE_ANYWHERE | SCOPE_ASK;
}

static unsigned scopes_letter(const struct page *p)
{
    (void)p;
    return SCOPE_ANYWHERE | SCOPE_LETTER | SCOPE_READ;
}

static size_t hints_ask(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    (void)p, (void)s;
    static const enum action shown[] = {ACTION_yes, ACTION_no};
    return hints_of(out, shown, sizeof shown / sizeof *shown);
}

static size_t hints_letter(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    (void)p, (void)s;
    static const enum action shown[] = {ACTION_issue, ACTION_back, ACTION_scroll};
    return hints_of(out, shown, sizeof shown / sizeof *shown);
}

static void free_page(struct page *p)
{
    struct ask_page *ask = of(p);
    buf_release(&ask->what);
    buf_release(&ask->question);
    sheet_release(&ask->letter);
    free(ask);
}

static const struct page_ops ask_ops = {
    .draw = draw_ask,
    .key = key_of_ask,
    .scopes = scopes_ask,
    .hints = hints_ask,
    .free = free_page,
    .overlay = true,
};

static void title_letter(const struct page *p, const struct session *s, struct buf *out)
{
    (void)p;
    buf_add_str(out, session_text(s, T_tui_label_letter));
}

static const struct page_ops letter_ops = {
    .title = title_letter,
    .draw = draw_letter,
    .key = key_of_letter,
    .scopes = scopes_letter,
    .hints = hints_letter,
    .free = free_page,
};

static struct ask_page *make(const struct page_ops *ops, ask_yes *yes, void *arg)
{
    struct ask_page *ask = calloc(1, sizeof *ask);
    if (!ask)
        return NULL;
    ask->page.ops = ops;
    ask->letter = SHEET_INIT;
    ask->yes = yes;
    ask->arg = arg;
    return ask;
}

struct page *page_ask(struct str what, struct str question, ask_yes *yes, void *arg)
{
    struct ask_page *ask = make(&ask_ops, yes, arg);
    if (!ask)
        return NULL;
    buf_add_str(&ask->what, what);
    buf_add_str(&ask->question, question);
    return &ask->page;
}

struct page *page_letter(struct str notice, enum style style, letter_writer *write, letter_issue *issue,
                         void *arg)
{
    struct ask_page *ask = make(&letter_ops, NULL, arg);
    if (!ask)
        return NULL;
    buf_add_str(&ask->question, notice);
    ask->notice_style = style;
    ask->write = write;
    ask->issue = issue;
    return &ask->page;
}

/* ---- leaving ---- */

static void leave(void *arg, struct session *s)
{
    (void)s;
    ((struct page *)arg)->done = true;
}

void ask_leave(struct session *s, struct page *p)
{
    enum text_id question = p->in_doubt ? T_tui_ask_discard_doubt : T_tui_ask_discard;
    if (p->in_doubt || (p->ops->dirty && p->ops->dirty(p)))
        session_open(s, page_ask(STR_NONE, session_text(s, question), leave, p));
    else
        p->done = true;
}

static void quit(void *arg, struct session *s)
{
    (void)arg;
    s->quit = true;
}

void ask_quit(struct session *s)
{
    if (session_dirty(s))
        session_open(s, page_ask(STR_NONE, session_text(s, T_tui_ask_quit), quit, NULL));
    else
        s->quit = true;
}
