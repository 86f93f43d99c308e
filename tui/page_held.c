#include "tui/page_held.h"

#include "core/text.h"
#include "tui/list.h"
#include "tui/list_acts.h"
#include "tui/page_dossier.h"
#include "tui/rows.h"
#include <stdlib.h>

struct held_page {
    struct page page;
    struct buf login;
    struct row *row; /* running ones by due time, then waiting ones; their texts in `text` */
    size_t count, cap;
    struct arena text;
    struct list list;
    struct marks marks;
    uint16_t number; /* of the person; 0: gone */
    struct str name;
    int list_row, code_columns;
    bool failed;
};

static struct held_page *of(struct page *p)
{
    return (struct held_page *)p;
}

/* ---- reading ---- */

static bool take(void *arg, const struct row *row)
{
    struct held_page *h = arg;
    if (!h->number || row->facts.holder != h->number)
        return true;
    if (h->count == h->cap) {
        size_t cap = h->cap ? 2 * h->cap : 64;
        struct row *more = reallocarray(h->row, cap, sizeof *more);
        h->failed = !more;
        if (!more)
            return false;
        h->row = more;
        h->cap = cap;
    }
    struct row *to = &h->row[h->count++];
    *to = *row;
    struct str *texts[] = {&to->code,  &to->procedure, &to->kase, &to->applicant,
                           &to->phone, &to->officer,   &to->unit};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_str(&h->text, *texts[i]);
    int columns = text_columns(to->code);
    if (columns > h->code_columns)
        h->code_columns = columns < 26 ? columns : 26;
    return true;
}

static bool is_held(void *arg, uint64_t id)
{
    const struct held_page *h = arg;
    for (size_t i = 0; i < h->count; i++)
        if (h->row[i].facts.id == id)
            return true;
    return false;
}

static uint64_t selected(const struct held_page *h)
{
    return h->list.selected < h->count ? h->row[h->list.selected].facts.id : 0;
}

/* What was handed on is no longer here, nor its mark. */
static void refresh(struct page *p, struct session *s)
{
    struct held_page *h = of(p);
    struct view *v = session_view(s);
    if (!v)
        return;
    uint64_t chosen = selected(h);
    arena_release(&h->text);
    h->text = ARENA_INIT;
    h->count = 0;
    h->code_columns = 12;
    const struct officer *o = office_find_officer(view_office(v), buf_str(&h->login));
    h->number = o ? o->number : 0;
    h->name = arena_str(&h->text, o ? o->name : STR_NONE);
    view_live(v, LIVE_RUNNING, take, h);
    view_live(v, LIVE_WAITING, take, h);
    session_view_end(s, v);
    if (h->failed || h->text.failed) {
        struct outcome none = outcome_of(KIND_out_of_memory);
        session_refuse(s, &none);
        h->failed = false;
    }
    marks_keep(&h->marks, is_held, h);
    list_set_count(&h->list, h->count);
    for (size_t i = 0; i < h->count; i++)
        if (h->row[i].facts.id == chosen)
            list_select(&h->list, i);
}

/* ---- drawing ---- */

static void draw_rows(struct held_page *h, struct session *s, struct canvas *c, struct area a)
{
    struct view *v = session_view(s);
    if (!v)
        return;
    struct judge judge = judge_at(view_office(v), s->now);
    struct row_layout layout = row_layout_of(1, a.columns - 2, h->code_columns);
    row_heading(c, a.row, &layout, s->lang);
    h->list_row = a.row + 1;
    list_set_page(&h->list, (size_t)(a.rows > 2 ? a.rows - 1 : 1));
    for (int r = 0; r < (int)h->list.page && list_at(&h->list, r) < h->count && judge.calendar; r++) {
        size_t at = list_at(&h->list, r);
        const struct row *row = &h->row[at];
        struct dossier_line line = {
            .facts = &row->facts,
            .code = row->code,
            .applicant = row->applicant,
            .phone = row->phone,
            .unit = row->unit,
            .holder = row->officer,
            .holder_name = h->name,
            .procedure = row->procedure,
            .late_days = row->late_days,
        };
        struct row_dress dress = {s->lang, &judge, s->unmasked, at == h->list.selected,
                                  marks_has(&h->marks, row->facts.id)};
        row_draw(c, h->list_row + r, &layout, &line, &dress);
    }
    view_end(v);
}

static void draw(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct held_page *h = of(p);
    struct buf text = BUF_INIT, n = BUF_INIT;
    buf_add_int(&n, (int64_t)h->count);
    LANG_SAY(&text, s->lang, T_tui_held, h->name.n ? h->name : buf_str(&h->login), buf_str(&n));
    canvas_text(c, a.row, 1, a.columns - 2, STYLE_STRONG, buf_str(&text));
    buf_release(&text);
    buf_release(&n);
    draw_rows(h, s, c, (struct area){a.row + 2, 0, a.rows - 2, a.columns});
}

/* ---- keys ---- */

static void open_selected(struct held_page *h, struct session *s)
{
    if (selected(h))
        session_open(s, page_dossier(selected(h)));
}

static void click(struct held_page *h, struct session *s, int row)
{
    size_t at = list_at(&h->list, row - h->list_row);
    if (at >= h->count)
        return;
    if (at == h->list.selected)
        open_selected(h, s);
    list_select(&h->list, at);
}

/* All, or none where all are. */
static void mark_all(struct held_page *h, struct session *s)
{
    bool all = true, full = false;
    for (size_t i = 0; i < h->count; i++)
        all = all && marks_has(&h->marks, h->row[i].facts.id);
    if (all)
        marks_clear(&h->marks);
    for (size_t i = 0; i < h->count && !all; i++)
        full = !marks_add(&h->marks, h->row[i].facts.id) || full;
    if (full)
        list_say_full(s);
}

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    struct held_page *h = of(p);
    if (!p->seen) /* keys may come before it was ever drawn */
        refresh(p, s);
    switch (action) {
    case ACTION_mark:
        list_mark(s, &h->marks, selected(h));
        list_key(&h->list, &(struct key){.special = true, .code = PRESS_DOWN}, true);
        return true;
    case ACTION_mark_all: mark_all(h, s); return true;
    case ACTION_back:
        if (!list_unmark_all(s, &h->marks))
            p->done = true;
        return true;
    case ACTION_open: open_selected(h, s); return true;
    default: break;
    }
    if (key_is(k, PRESS_CLICK)) {
        click(h, s, k->row);
        return true;
    }
    return list_key(&h->list, k, true) || list_act(s, &h->marks, selected(h), action);
}

static unsigned scopes(const struct page *p)
{
    (void)p;
    return SCOPE_ANYWHERE | SCOPE_LIST | SCOPE_MARKS;
}

static size_t hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    (void)s;
    static const enum action shown[] = {ACTION_open,     ACTION_mark, ACTION_mark_all,
                                        ACTION_transfer, ACTION_back, ACTION_help};
    if (((const struct held_page *)p)->marks.count)
        return list_mark_hints(out);
    return hints_of(out, shown, sizeof shown / sizeof *shown);
}

static void title(const struct page *p, const struct session *s, struct buf *out)
{
    list_tell_marks(out, s->lang, &((const struct held_page *)p)->marks);
}

static void free_page(struct page *p)
{
    struct held_page *h = of(p);
    free(h->row);
    arena_release(&h->text);
    marks_release(&h->marks);
    buf_release(&h->login);
    free(h);
}

static const struct page_ops ops = {
    .refresh = refresh,
    .draw = draw,
    .key = key,
    .scopes = scopes,
    .hints = hints,
    .title = title,
    .free = free_page,
};

struct page *page_held(struct str login)
{
    struct held_page *h = calloc(1, sizeof *h);
    if (!h)
        return NULL;
    h->page.ops = &ops;
    h->text = ARENA_INIT;
    h->list.page = 1;
    buf_add_str(&h->login, login);
    return &h->page;
}
