#include "tui/chrome.h"

#include "core/text.h"
#include "tui/sentence.h"

#define MESSAGE_ROWS 4

/* ---- above ---- */

static void draw_bar(struct session *s, struct canvas *c)
{
    canvas_fill(c, (struct area){0, 0, 1, c->columns}, STYLE_BAR);
    struct buf right = BUF_INIT;
    buf_add_str(&right, s->login);
    buf_add_z(&right, "  ");
    buf_add_z(&right, lang_weekday(s->lang, civil_weekday(s->today)));
    buf_add_char(&right, ' ');
    lang_time(&right, s->lang, s->now);
    buf_add_char(&right, ' ');
    int taken = text_columns(buf_str(&right));
    canvas_right(c, 0, 0, c->columns, STYLE_BAR, buf_str(&right));
    buf_release(&right);

    struct buf demo = BUF_INIT;
    if (s->demo) {
        buf_add_char(&demo, ' ');
        buf_add_z(&demo, lang_text(s->lang, T_tui_demo));
        buf_add_char(&demo, ' ');
    }
    int mark = text_columns(buf_str(&demo));
    struct str office = s->office.n ? buf_str(&s->office) : STR("motcua");
    int used = canvas_text(c, 0, 1, c->columns - taken - mark - 3, STYLE_BAR, office);
    canvas_text(c, 0, used + 2, mark, STYLE_DEMO, buf_str(&demo));
    buf_release(&demo);
}

static void draw_tabs(struct session *s, struct canvas *c)
{
    static const enum action tabs[] = {ACTION_morning, ACTION_dossiers, ACTION_reports, ACTION_office};
    int column = 1;
    struct buf text = BUF_INIT;
    for (size_t i = 0; s->store && i < sizeof tabs / sizeof *tabs; i++) {
        struct key key;
        bool here = s->depth && s->page[0]->ops->tab == tabs[i];
        buf_reset(&text);
        buf_add_char(&text, here ? '[' : ' ');
        if (keys_of(tabs[i], 0, &key))
            key_name(&text, &key);
        buf_add_char(&text, ' ');
        buf_add_z(&text, keys_hint(s->lang, tabs[i]));
        buf_add_char(&text, here ? ']' : ' ');
        column += canvas_text(c, 1, column, c->columns, here ? STYLE_STRONG : STYLE_DIM, buf_str(&text)) + 1;
    }
    const struct page *top = session_top(s);
    buf_reset(&text);
    if (top && top->ops->title)
        top->ops->title(top, s, &text);
    canvas_right(c, 1, column + 2, c->columns - column - 3, STYLE_STRONG, buf_str(&text));
    buf_release(&text);
}

/* ---- below ---- */

static int message_rows(const struct session *s, int columns)
{
    int rows = 0;
    size_t skip;
    for (struct str left = buf_str(&s->message); left.n && rows < MESSAGE_ROWS; rows++) {
        text_wrap(left, columns, &skip);
        left = str_from(left, skip);
    }
    return rows ? rows : 1;
}

static void draw_message(const struct session *s, struct canvas *c, int row, int rows)
{
    static const enum style styles[] = {
        [TONE_PLAIN] = STYLE_PLAIN, [TONE_GOOD] = STYLE_GOOD, [TONE_REFUSED] = STYLE_OVERDUE};
    struct str left = buf_str(&s->message);
    canvas_fill(c, (struct area){row, 0, rows, c->columns}, STYLE_PLAIN);
    for (int r = 0; r < rows && left.n; r++) {
        size_t skip, n = text_wrap(left, c->columns - 2, &skip);
        if (r == rows - 1 && skip < left.n)
            n = left.n; /* the last row there is room for ends in an ellipsis */
        canvas_text(c, row + r, 1, c->columns - 2, styles[s->tone], str_first(left, n));
        left = str_from(left, skip);
    }
}

/* The first of its keys that is one now: where text is typed, a letter is not. */
static void name_key(const struct session *s, enum action action, struct buf *name)
{
    const struct page *top = session_top(s);
    bool typing = (top->ops->typing && top->ops->typing(top)) || (top->ops->scopes(top) & SCOPE_CHOICE);
    struct key key;
    buf_reset(name);
    for (int n = 0; !name->n && keys_of(action, n, &key); n++)
        if (key.special || !typing)
            key_name(name, &key);
}

static int hint_columns(const struct session *s, const struct hint *h, struct buf *name)
{
    name_key(s, h->action, name);
    return text_columns(buf_str(name)) + 1 + text_columns(str_of(keys_hint(s->lang, h->action)));
}

/* Which there is room for: the way back and the page of keys first, then what may be done, in its order, then
 * what is forbidden. */
static void choose_hints(struct session *s, const struct hint *hint, size_t n, int room, bool shown[HINTS])
{
    struct buf name = BUF_INIT;
    for (size_t i = 0; i < n; i++)
        shown[i] = false;
    bool full = false; /* what is forbidden never takes the place of what may be done */
    for (int turn = 0; turn < 3 && !full; turn++)
        for (size_t i = 0; i < n && !full; i++) {
            bool kept = hint[i].action == ACTION_back || hint[i].action == ACTION_help;
            if ((kept ? 0 : hint[i].forbidden ? 2 : 1) != turn)
                continue;
            int width = hint_columns(s, &hint[i], &name);
            full = width > room;
            if (full)
                continue;
            shown[i] = true;
            room -= width + 2;
        }
    buf_release(&name);
}

static void draw_hints(struct session *s, struct canvas *c)
{
    struct hint hint[HINTS];
    const struct page *top = session_top(s);
    size_t n = top && top->ops->hints ? top->ops->hints(top, s, hint) : 0;
    int row = c->rows - 1, column = 1;
    struct buf name = BUF_INIT;
    bool shown[HINTS];
    choose_hints(s, hint, n, c->columns - 2, shown);
    for (size_t i = 0; i < n; i++) {
        if (!shown[i])
            continue;
        name_key(s, hint[i].action, &name);
        column += canvas_text(c, row, column, c->columns, hint[i].forbidden ? STYLE_DIM : STYLE_KEY,
                              buf_str(&name)) +
                  1;
        struct str words = str_of(keys_hint(s->lang, hint[i].action));
        column +=
            canvas_text(c, row, column, c->columns, hint[i].forbidden ? STYLE_DIM : STYLE_PLAIN, words) + 2;
    }
    buf_release(&name);
}

/* ---- all of it ---- */

static void draw_too_small(struct session *s, struct canvas *c)
{
    struct buf have = BUF_INIT, text = BUF_INIT;
    buf_addf(&have, "%dx%d", c->columns, c->rows);
    LANG_SAY(&text, s->lang, T_tui_too_small, buf_str(&have));
    struct str left = buf_str(&text);
    for (int r = 0; left.n && r < c->rows; r++) {
        size_t skip, n = text_wrap(left, c->columns, &skip);
        canvas_text(c, r, 0, c->columns, STYLE_PLAIN, str_first(left, n));
        left = str_from(left, skip);
    }
    buf_release(&have);
    buf_release(&text);
}

/* Whoever may not read any more sees why, and nothing else; what they typed waits, should it be a mistake. */
static void draw_barred(struct session *s, struct canvas *c, struct area a)
{
    struct buf text = BUF_INIT;
    sentence_say(&text, s->lang, &s->barred, STR_NONE);
    struct str left = buf_str(&text);
    for (int r = 1; left.n && r < a.rows; r++) {
        size_t skip, n = text_wrap(left, a.columns - 4, &skip);
        canvas_text(c, a.row + r, 2, a.columns - 4, STYLE_REFUSED, str_first(left, n));
        left = str_from(left, skip);
    }
    buf_release(&text);
    draw_bar(s, c);
    int column = 1;
    struct key key;
    if (keys_of(ACTION_quit, 0, &key))
        key_name(&text, &key);
    column += canvas_text(c, c->rows - 1, column, c->columns, STYLE_KEY, buf_str(&text)) + 1;
    canvas_text(c, c->rows - 1, column, c->columns, STYLE_PLAIN, str_of(keys_hint(s->lang, ACTION_quit)));
    buf_release(&text);
}

/* Text in as many rows of the area as it needs; the last one there is ends in an ellipsis. Returns the rows.
 */
static int draw_lines(struct canvas *c, struct area a, int style, struct str left)
{
    int row = 0;
    for (; left.n && row < a.rows; row++) {
        size_t skip, n = text_wrap(left, a.columns, &skip);
        if (row == a.rows - 1 && skip < left.n)
            n = left.n;
        canvas_text(c, a.row + row, a.column, a.columns, style, str_first(left, n));
        left = str_from(left, n < skip ? skip : n);
    }
    return row;
}

/* Instead of figures and lists: where nothing could be read, "none" would be a lie. */
static void draw_unread(struct session *s, const struct page *p, struct canvas *c, struct area a)
{
    struct buf why = BUF_INIT;
    sentence_say(&why, s->lang, &p->unread, STR_NONE);
    struct area text = {a.row + 1, a.column + 2, a.rows - 1, a.columns - 4};
    canvas_fill(c, a, STYLE_PLAIN);
    c->cursor_row = c->cursor_column = -1;
    int used = draw_lines(c, text, STYLE_OVERDUE, session_text(s, T_tui_unread)) + 1;
    text.row += used;
    text.rows -= used;
    used = draw_lines(c, text, STYLE_REFUSED, buf_str(&why)) + 1;
    text.row += used;
    text.rows -= used;
    draw_lines(c, text, STYLE_DIM, session_text(s, T_tui_unread_hint));
    buf_release(&why);
}

#define BANNER_ROWS 3

/* Above a form: what is typed stays to be seen. Returns the rows taken. */
static int draw_banner(struct session *s, const struct page *p, struct canvas *c, struct area a)
{
    struct buf why = BUF_INIT, text = BUF_INIT;
    if (p->in_doubt)
        buf_add_z(&text, lang_text(s->lang, T_tui_doubt_stands));
    else if (!outcome_ok(&p->unread)) {
        sentence_say(&why, s->lang, &p->unread, STR_NONE);
        LANG_SAY(&text, s->lang, T_tui_unread_form, buf_str(&why));
    }
    int rows = draw_lines(c, (struct area){a.row, a.column + 1, BANNER_ROWS, a.columns - 2}, STYLE_OVERDUE,
                          buf_str(&text));
    buf_release(&why);
    buf_release(&text);
    return rows;
}

static void draw_form(struct session *s, struct page *p, struct canvas *c, struct area body)
{
    int rows = draw_banner(s, p, c, body);
    p->ops->draw(p, s, c, (struct area){body.row + rows, body.column, body.rows - rows, body.columns});
}

static void refresh(struct session *s, struct page *p)
{
    if (p->seen == s->generation)
        return;
    p->seen = s->generation;
    if (p->ops->refresh)
        p->ops->refresh(p, s);
}

/* What cannot be read is tried anew each time the page is drawn. */
static void draw_page(struct session *s, size_t index, struct canvas *c, struct area body)
{
    struct page *p = s->page[index];
    if (p->ops->overlay && index)
        draw_page(s, index - 1, c, body);
    s->unread = OUTCOME_DONE;
    refresh(s, p);
    p->unread = s->unread;
    c->cursor_row = c->cursor_column = -1;
    if (p->ops->form || p->in_doubt)
        draw_form(s, p, c, body);
    else if (outcome_ok(&s->unread))
        p->ops->draw(p, s, c, body);
    bool late = outcome_ok(&p->unread) && !outcome_ok(&s->unread);
    p->unread = s->unread;
    if (late && p->ops->form) {
        canvas_fill(c, body, STYLE_PLAIN);
        c->cursor_row = c->cursor_column = -1;
        draw_form(s, p, c, body);
        p->unread = s->unread;
    }
    if (outcome_ok(&p->unread))
        return;
    p->seen = 0;
    if (!p->ops->form && !p->ops->overlay)
        draw_unread(s, p, c, body);
}

void chrome_draw(struct session *s, struct canvas *c)
{
    canvas_clear(c);
    s->too_small = c->rows < LEAST_ROWS || c->columns < LEAST_COLUMNS;
    if (s->too_small) {
        draw_too_small(s, c);
        return;
    }
    const struct page *top = session_top(s);
    bool whole = top && top->ops->whole && outcome_ok(&s->barred);
    int above = whole ? 0 : 2, said = whole && !s->message.n ? 0 : message_rows(s, c->columns - 2);
    struct area body = {above, 0, c->rows - 1 - above - said, c->columns};
    if (!outcome_ok(&s->barred)) {
        draw_barred(s, c, body);
        return;
    }
    s->drawing = true;
    if (s->depth)
        draw_page(s, s->depth - 1, c, body);
    s->drawing = false;
    if (!whole) {
        draw_bar(s, c);
        draw_tabs(s, c);
    }
    /* what reading the page may have said */
    said = whole && !s->message.n ? 0 : message_rows(s, c->columns - 2);
    draw_message(s, c, c->rows - 1 - said, said);
    draw_hints(s, c);
    if (whole && s->demo) /* the bar that says so otherwise is not there */
        canvas_right(c, c->rows - 1, 0, c->columns, STYLE_DEMO, session_text(s, T_tui_demo));
}
