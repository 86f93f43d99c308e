#include "tui/page_office_moves.h"

#include "core/text.h"
#include "tui/columns.h"
#include "tui/list.h"
#include "tui/page_ask.h"
#include "tui/page_dossier.h"
#include <stdlib.h>

enum { NARROW = 16 }; /* columns of a time */

enum { M_CODE, M_APPLICANT, M_OLD, M_NEW, M_HOLDER, M_COLUMNS };

struct move_row {
    struct move_of move;
    struct str applicant, holder;
};

struct moves_page {
    struct page page;
    struct day_change change;
    struct buf what;
    struct move_row *row; /* those that move first */
    size_t moved, kept;
    struct arena text;
    struct list list;
    int list_row;
    bool saved;
};

static struct moves_page *of(struct page *p)
{
    return (struct moves_page *)p;
}

/* ---- asking the store ---- */

static struct outcome submit(struct session *s, const struct day_change *change, bool rehearse,
                             struct moves *moves)
{
    struct command command[CHANGE_REQUESTS];
    struct request request[CHANGE_REQUESTS];
    size_t n = change->commands(change->arg, s, command);
    if (!n)
        return outcome_of(KIND_usage); /* said already */
    session_tick(s);
    for (size_t i = 0; i < n; i++)
        request[i] = (struct request){.moment = session_moment(s), .command = command[i]};
    struct outcome o = rehearse ? store_rehearse(s->store, request, n, NULL, moves)
                                : store_submit_moving(s->store, request, n, NULL, moves);
    if (!rehearse)
        session_submitted(s, &o, &request[n - 1].result);
    else if (!outcome_ok(&o))
        session_refuse_saving(s, &o);
    return o;
}

/* ---- the list ---- */

static size_t count_moves(const struct moves *moves, enum move what)
{
    size_t n = 0;
    for (size_t i = 0; i < moves->count; i++)
        n += moves->move[i].what == what;
    return n;
}

static void add_rows(struct moves_page *m, struct session *s, const struct moves *moves, enum move what)
{
    struct view *v = session_view(s);
    for (size_t i = 0; i < moves->count; i++) {
        struct dossier d;
        if (moves->move[i].what != what)
            continue;
        struct move_row *row = &m->row[m->moved + m->kept];
        *row = (struct move_row){.move = moves->move[i]};
        if (v && view_dossier(v, row->move.dossier, &d)) {
            row->applicant = arena_str(&m->text, d.receipt.applicant.name);
            row->holder = arena_str(&m->text, d.officer.n ? d.officer : d.unit);
        }
        m->moved += what == MOVE_LATER;
        m->kept += what == MOVE_KEPT;
    }
    view_end(v);
}

static bool take_moves(struct moves_page *m, struct session *s, const struct moves *moves)
{
    free(m->row);
    arena_release(&m->text);
    m->text = ARENA_INIT;
    m->moved = m->kept = 0;
    m->row = calloc(moves->count + 1, sizeof *m->row);
    if (!m->row)
        return false;
    add_rows(m, s, moves, MOVE_LATER);
    add_rows(m, s, moves, MOVE_KEPT);
    list_set_count(&m->list, m->moved + m->kept);
    return true;
}

/* ---- saving ---- */

static void add_count(struct buf *out, enum lang lang, enum text_id id, size_t n)
{
    struct buf number = BUF_INIT;
    buf_add_int(&number, (int64_t)n);
    LANG_SAY(out, lang, id, buf_str(&number));
    buf_release(&number);
}

static void say_counts(struct buf *out, enum lang lang, size_t moved, size_t kept)
{
    if (moved || !kept)
        add_count(out, lang, moved == 1 ? T_tui_moves_moved_one : T_tui_moves_moved, moved);
    if (moved && kept)
        buf_add_z(out, ", ");
    if (kept)
        add_count(out, lang, T_tui_moves_kept_count, kept);
}

static void save(struct moves_page *m, struct session *s)
{
    struct moves moves = {0};
    enum saving saving = session_saving(s, &m->page, ACTION_save, NULL);
    if (saving == SAVING_DONE) { /* what moved is what was rehearsed, as far as is known */
        m->saved = true;
        m->change.done(m->change.arg, s);
    }
    if (saving != SAVING_GO)
        return;
    struct outcome o = submit(s, &m->change, false, &moves);
    if (outcome_ok(&o)) {
        m->saved = true;
        m->change.done(m->change.arg, s);
        take_moves(m, s, &moves);
        session_say_id(s, TONE_GOOD, T_tui_moves_saved);
    }
    moves_release(&moves);
}

/* ---- the page ---- */

static void draw_row(const struct moves_page *m, const struct session *s, struct canvas *c, int at, size_t i,
                     const int *width)
{
    const struct move_row *row = &m->row[i];
    bool kept = row->move.what == MOVE_KEPT;
    struct buf old = BUF_INIT, new = BUF_INIT, when = BUF_INIT;
    lang_time(&old, s->lang, row->move.old_due);
    lang_time(&when, s->lang, row->move.new_due);
    if (kept)
        LANG_SAY(&new, s->lang, width[M_NEW] > NARROW ? T_tui_moves_kept : T_tui_moves_kept_short,
                 buf_str(&when));
    else
        buf_add_str(&new, buf_str(&when));
    const struct str cell[M_COLUMNS] = {
        [M_CODE] = str_of(row->move.code), [M_APPLICANT] = row->applicant, [M_OLD] = buf_str(&old),
        [M_NEW] = buf_str(&new),           [M_HOLDER] = row->holder,
    };
    int column = 3;
    canvas_text(c, at, 1, 1, STYLE_TODAY, kept ? STR("=") : STR("+"));
    for (int k = 0; k < M_COLUMNS; k++) {
        if (!width[k])
            continue;
        canvas_cell(c, at, column, width[k], k == M_NEW && !kept ? STYLE_STRONG : STYLE_PLAIN, cell[k]);
        column += width[k] + 1;
    }
    if (i == m->list.selected)
        canvas_select(c, at, 3, column - 4);
    buf_release(&old);
    buf_release(&new);
    buf_release(&when);
}

static void draw_heading(const struct session *s, struct canvas *c, int at, const int *width)
{
    static const enum text_id headings[M_COLUMNS] = {
        [M_CODE] = T_tui_column_code,     [M_APPLICANT] = T_tui_column_applicant,
        [M_OLD] = T_tui_column_old_due,   [M_NEW] = T_tui_column_new_due,
        [M_HOLDER] = T_tui_column_holder,
    };
    int column = 3;
    for (int k = 0; k < M_COLUMNS; k++) {
        if (!width[k])
            continue;
        canvas_cell(c, at, column, width[k], STYLE_DIM, session_text(s, headings[k]));
        column += width[k] + 1;
    }
}

static void fit(const struct moves_page *m, const struct session *s, int room, int *width)
{
    struct buf kept = BUF_INIT;
    LANG_SAY(&kept, s->lang, T_tui_moves_kept, STR("00/00/0000 00:00"));
    int code = 12, new = m->kept &&room > 100 ? text_columns(buf_str(&kept)) : NARROW;
    buf_release(&kept);
    for (size_t i = 0; i < m->moved + m->kept; i++) {
        int columns = text_columns(str_of(m->row[i].move.code));
        code = columns > code ? columns : code;
    }
    const struct column columns[M_COLUMNS] = {
        [M_CODE] = {code < 26 ? code : 26, code, 1},
        [M_APPLICANT] = {14, 40, 4},
        [M_OLD] = {NARROW, NARROW, 2},
        [M_NEW] = {new, new, 3},
        [M_HOLDER] = {8, 24, 5},
    };
    columns_fit(columns, M_COLUMNS, room, width);
}

static void draw(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct moves_page *m = of(p);
    struct buf text = BUF_INIT, counts = BUF_INIT;
    int width[M_COLUMNS], row = a.row;
    canvas_text(c, row++, 1, a.columns - 2, STYLE_STRONG, buf_str(&m->what));
    say_counts(&counts, s->lang, m->moved, m->kept);
    LANG_SAY(&text, s->lang, m->saved ? T_tui_moves_are_saved : T_tui_moves_not_saved, buf_str(&counts));
    buf_release(&counts);
    struct str left = buf_str(&text);
    for (size_t skip; left.n && row < a.row + 4; left = str_from(left, skip))
        canvas_text(c, row++, 1, a.columns - 2, m->saved ? STYLE_GOOD : STYLE_TODAY,
                    str_first(left, text_wrap(left, a.columns - 2, &skip)));
    buf_release(&text);
    fit(m, s, a.columns - 4, width);
    row++;
    draw_heading(s, c, row++, width);
    m->list_row = row;
    list_set_page(&m->list, (size_t)(a.row + a.rows - row));
    for (int r = 0; r < (int)m->list.page && list_at(&m->list, r) < m->list.count; r++)
        draw_row(m, s, c, row + r, list_at(&m->list, r), width);
}

static void open_dossier(struct moves_page *m, struct session *s)
{
    if (m->list.selected < m->list.count)
        session_open(s, page_dossier(m->row[m->list.selected].move.dossier));
}

static void click(struct moves_page *m, struct session *s, int row)
{
    size_t at = list_at(&m->list, row - m->list_row);
    if (at == m->list.count)
        return;
    if (at == m->list.selected)
        open_dossier(m, s);
    list_select(&m->list, at);
}

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    struct moves_page *m = of(p);
    if (action == ACTION_save) {
        if (!m->saved)
            save(m, s);
    } else if (action == ACTION_back)
        ask_leave(s, p);
    else if (action == ACTION_open)
        open_dossier(m, s);
    else if (key_is(k, PRESS_CLICK))
        click(m, s, k->row);
    else
        return list_key(&m->list, k, true);
    return true;
}

static unsigned scopes(const struct page *p)
{
    return SCOPE_ANYWHERE | SCOPE_LIST | (((const struct moves_page *)p)->saved ? 0 : SCOPE_FORM);
}

static size_t hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    (void)s;
    static const enum action shown[] = {ACTION_save, ACTION_back, ACTION_open, ACTION_help};
    size_t skip = ((const struct moves_page *)p)->saved ? 1 : 0;
    return hints_of(out, shown + skip, sizeof shown / sizeof *shown - skip);
}

static void title(const struct page *p, const struct session *s, struct buf *out)
{
    (void)p;
    buf_add_str(out, session_text(s, T_tui_title_moves));
}

static void free_page(struct page *p)
{
    struct moves_page *m = of(p);
    free(m->row);
    arena_release(&m->text);
    buf_release(&m->what);
    free(m);
}

static const struct page_ops ops = {
    .draw = draw,
    .key = key,
    .scopes = scopes,
    .hints = hints,
    .title = title,
    .free = free_page,
};

static struct moves_page *make(const struct day_change *change, struct str what)
{
    struct moves_page *m = calloc(1, sizeof *m);
    if (!m)
        return NULL;
    m->page.ops = &ops;
    m->change = *change;
    m->text = ARENA_INIT;
    m->list.page = 1;
    buf_add_str(&m->what, what);
    return m;
}

/* ---- where nothing moves ---- */

/* Others may have written since it was rehearsed: what moved after all is at least counted. */
static void save_quietly(void *arg, struct session *s)
{
    const struct day_change *change = arg;
    struct moves moves = {0};
    struct outcome o = submit(s, change, false, &moves);
    if (outcome_ok(&o)) {
        struct buf text = BUF_INIT;
        change->done(change->arg, s);
        if (moves.count)
            say_counts(&text, s->lang, count_moves(&moves, MOVE_LATER), count_moves(&moves, MOVE_KEPT));
        else
            buf_add_z(&text, lang_text(s->lang, T_tui_moves_none));
        session_say(s, TONE_GOOD, buf_str(&text));
        buf_release(&text);
    }
    moves_release(&moves);
}

struct outcome page_office_change(struct session *s, struct day_change *change, struct str what,
                                  struct str question)
{
    struct moves moves = {0};
    struct outcome o = submit(s, change, true, &moves);
    if (outcome_ok(&o) && moves.count) {
        struct moves_page *m = make(change, what);
        if (m && take_moves(m, s, &moves))
            session_open(s, &m->page);
        else {
            if (m)
                free_page(&m->page);
            session_open(s, NULL);
        }
    } else if (outcome_ok(&o) && question.n)
        session_open(s, page_ask(what, question, save_quietly, change));
    else if (outcome_ok(&o))
        save_quietly(change, s);
    moves_release(&moves);
    return o;
}
