#include "tui/page_dossiers.h"

#include "core/text.h"
#include "tui/field.h"
#include "tui/hits.h"
#include "tui/list.h"
#include "tui/list_acts.h"
#include "tui/page_dossier.h"
#include "tui/rows.h"
#include <stdlib.h>

#define CODE_LEAST 12 /* characters: less is a word of a search */
#define CATCH_UP 5    /* ms */
#define CODE_MOST 26  /* columns; a foreign code longer than that is shortened */

struct dossiers_page {
    struct page page;
    struct field search;
    bool searching; /* the cursor is in the field */
    bool opening;   /* Enter was pressed before anything was found: the first row found is opened */
    bool stale;     /* what is in the window is not what the field or the store says */
    struct hits hits;
    struct list list;
    struct marks marks; /* they stay through searches: so dossiers are gathered */
    uint64_t selected;  /* the chosen dossier's id, 0: none */
    uint64_t writes;    /* the session's, when it was last searched */
    int list_row, code_columns;
};

static struct dossiers_page *of(struct page *p)
{
    return (struct dossiers_page *)p;
}

/* ---- reading ---- */

static void remember_selected(struct dossiers_page *d)
{
    const struct hit_row *row = hits_at(&d->hits, d->list.selected);
    d->selected = row ? row->row.facts.id : 0;
}

static void measure_codes(struct dossiers_page *d)
{
    d->code_columns = 12;
    for (size_t i = 0; i < d->hits.count; i++) {
        int columns = text_columns(d->hits.row[i].row.code);
        if (columns > d->code_columns)
            d->code_columns = columns < CODE_MOST ? columns : CODE_MOST;
    }
}

static void read_window(struct dossiers_page *d, struct view *v)
{
    hits_read(&d->hits, v, d->list.top, d->list.page);
    if (d->hits.total <= d->list.top && d->list.top) {
        list_set_count(&d->list, d->hits.total);
        hits_read(&d->hits, v, d->list.top, d->list.page);
    }
    list_set_count(&d->list, d->hits.total);
    measure_codes(d);
}

static bool is_there(void *arg, uint64_t id)
{
    struct dossier d;
    return view_dossier(arg, id, &d);
}

static void read(struct dossiers_page *d, struct session *s)
{
    struct view *v = session_view(s);
    if (!v)
        return;
    if (d->selected) {
        size_t at = hits_find(&d->hits, v, d->selected, d->list.selected);
        if (at >= d->list.count)
            d->list.count = at + 1;
        list_select(&d->list, at);
    }
    read_window(d, v);
    remember_selected(d);
    if (d->stale)
        marks_keep(&d->marks, is_there, v);
    d->stale = !session_view_end(s, v); /* what is damaged is looked at again */
    if (!outcome_ok(&d->hits.fault))    /* what was not found for it is not all there is */
        session_cannot_read(s, &d->hits.fault);
}

/* ---- searching ---- */

/* Opens the chosen row's dossier, read already. */
static bool open_row(struct dossiers_page *d, struct session *s)
{
    const struct hit_row *hit = hits_at(&d->hits, d->list.selected);
    if (!hit)
        return false;
    d->searching = d->opening = false; /* who comes back has found, and goes on with the keys */
    session_open(s, page_dossier(hit->row.facts.id));
    return true;
}

/* Searches on until the slice is over. A store that cannot be read is told where
 * the page is drawn. */
static bool search_on(struct dossiers_page *d, struct session *s, struct slice *slice)
{
    struct view *v;
    struct outcome o = view_begin(s->store, &v);
    if (!outcome_ok(&o))
        return false;
    size_t before = d->hits.total;
    bool was_busy = hits_is_busy(&d->hits);
    bool busy = hits_work(&d->hits, v, slice);
    view_end(v);
    d->stale = d->stale || before != d->hits.total || busy != was_busy;
    return busy;
}

static void ensure(struct dossiers_page *d, struct session *s)
{
    size_t end = d->hits.first + d->hits.count;
    bool seen = d->hits.first == d->list.top && (end >= d->list.count || d->hits.count >= d->list.page);
    if (d->stale || !seen)
        read(d, s);
}

static void refresh(struct page *p, struct session *s)
{
    (void)s;
    of(p)->stale = true;
}

/* A slice of the search: what it finds is shown while it goes on. */
static bool work(struct page *p, struct session *s)
{
    struct dossiers_page *d = of(p);
    if (d->writes != s->writes && !hits_is_busy(&d->hits)) {
        d->writes = s->writes;
        hits_ask_again(&d->hits);
    }
    if (!hits_is_busy(&d->hits))
        return false;
    struct slice slice;
    slice_begin(&slice, SLICE, true);
    bool busy = search_on(d, s, &slice);
    if (d->opening && d->hits.total)
        ensure(d, s);
    if (d->opening && (open_row(d, s) || !hits_is_busy(&d->hits)))
        d->opening = false;
    return busy && hits_is_busy(&d->hits);
}

/* ---- drawing ---- */

static void draw_count(const struct dossiers_page *d, struct session *s, struct canvas *c, int row)
{
    struct buf number = BUF_INIT, text = BUF_INIT;
    buf_add_int(&number, (int64_t)d->hits.total);
    LANG_SAY(&text, s->lang,
             hits_is_first(&d->hits) ? T_tui_searching
             : d->hits.more          ? T_tui_more_than
             : d->hits.total == 1    ? T_tui_found_one
                                     : T_tui_found,
             buf_str(&number));
    canvas_right(c, row, c->columns - 24, 23, STYLE_DIM, buf_str(&text));
    buf_release(&number);
    buf_release(&text);
}

static void draw_search(struct dossiers_page *d, struct session *s, struct canvas *c, int row)
{
    struct str label = session_text(s, T_tui_search_label);
    int k = 1 + canvas_text(c, row, 1, 20, d->searching ? STYLE_STRONG : STYLE_DIM, label) + 1;
    struct area a = {row, k, 1, c->columns - k - 26};
    field_draw(&d->search, c, a, d->searching, session_text(s, T_tui_search_hint));
    draw_count(d, s, c, row);
}

static void draw_rows(struct dossiers_page *d, struct session *s, struct canvas *c, struct area a)
{
    struct view *v = session_view(s);
    if (!v)
        return;
    struct judge judge = judge_at(view_office(v), s->now);
    struct row_layout layout = row_layout_of(1, a.columns - 2, d->code_columns);
    row_heading(c, a.row, &layout, s->lang);
    d->list_row = a.row + 1;
    for (int r = 0; r < a.rows - 1 && judge.calendar; r++) {
        const struct hit_row *hit = hits_at(&d->hits, d->list.top + (size_t)r);
        if (!hit)
            break;
        struct dossier_line line = {
            .facts = &hit->row.facts,
            .code = hit->row.code,
            .applicant = hit->row.applicant,
            .phone = hit->row.phone,
            .unit = hit->row.unit,
            .holder = hit->row.officer,
            .holder_name = hit->holder_name,
            .procedure = hit->procedure_name,
            .late_days = hit->row.late_days,
        };
        struct row_dress dress = {s->lang, &judge, s->unmasked, d->list.top + (size_t)r == d->list.selected,
                                  marks_has(&d->marks, hit->row.facts.id)};
        row_draw(c, d->list_row + r, &layout, &line, &dress);
    }
    view_end(v);
}

static void draw(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct dossiers_page *d = of(p);
    list_set_page(&d->list, (size_t)(a.rows - 3));
    ensure(d, s);
    draw_search(d, s, c, a.row);
    struct area below = {a.row + 2, a.column, a.rows - 2, a.columns};
    if (!d->list.count) {
        enum text_id none = d->search.text.n ? T_tui_nothing_found : T_tui_no_dossiers;
        if (hits_is_first(&d->hits))
            return;
        canvas_text(c, below.row, 1, c->columns - 2, STYLE_DIM, session_text(s, none));
        return;
    }
    draw_rows(d, s, c, below);
}

/* ---- keys ---- */

/* Keys that come faster than the search mean what it finds: it is waited for a little. */
static void catch_up(struct dossiers_page *d, struct session *s, const struct key *k)
{
    bool edits = !k->special || key_is(k, PRESS_BACKSPACE) || key_is(k, PRESS_PASTE);
    if (!hits_is_first(&d->hits) || (d->searching && edits))
        return;
    struct slice slice;
    slice_begin(&slice, CATCH_UP, false);
    search_on(d, s, &slice);
}

/* Who presses Enter at once means the first that will be found. */
static void open_selected(struct dossiers_page *d, struct session *s)
{
    ensure(d, s);
    d->opening = !open_row(d, s) && hits_is_first(&d->hits);
}

static void click(struct dossiers_page *d, struct session *s, int row)
{
    size_t at = list_at(&d->list, row - d->list_row);
    if (at == d->list.count)
        return;
    if (at == d->list.selected)
        open_selected(d, s);
    list_select(&d->list, at);
    remember_selected(d);
}

/* Another text: another list, from its top. */
static void search_anew(struct dossiers_page *d)
{
    hits_ask(&d->hits, field_str(&d->search));
    d->selected = 0;
    d->list.selected = d->list.top = 0;
    d->stale = true;
}

/* Who asks for the field begins a new search: what stands there is another one's. */
static void begin_search(struct dossiers_page *d)
{
    if (!d->searching && d->search.text.n) {
        field_set(&d->search, STR_NONE);
        search_anew(d);
    }
    d->searching = true;
}

/* A text and its Enter at once. Behind another text, a whole code is a scanner's and opens its dossier. */
static void take_scan(struct dossiers_page *d, struct session *s, struct str text)
{
    uint64_t id = 0;
    struct view *v = d->search.text.n && text.n >= CODE_LEAST ? session_view(s) : NULL;
    struct outcome o = v ? view_find(v, text, &id) : outcome_of(KIND_unknown_dossier);
    view_end(v);
    if (outcome_ok(&o)) {
        d->searching = false;
        session_open(s, page_dossier(id));
        return;
    }
    field_insert(&d->search, text);
    search_anew(d);
    catch_up(d, s, &(struct key){.special = true, .code = PRESS_ENTER});
    open_selected(d, s);
}

/* Esc steps back: first out of the text, then out of the field, then (not ours) to the morning page. */
static bool step_back(struct dossiers_page *d)
{
    if (d->search.text.n) {
        field_set(&d->search, STR_NONE);
        search_anew(d);
        return true;
    }
    bool was = d->searching;
    d->searching = false;
    return was;
}

static bool move(struct dossiers_page *d, struct session *s, const struct key *k)
{
    bool mine = (!d->searching || (!key_is(k, PRESS_HOME) && !key_is(k, PRESS_END))) &&
                list_key(&d->list, k, !d->searching);
    if (mine) {
        d->selected = 0;
        ensure(d, s);
        remember_selected(d);
    }
    return mine;
}

/* Every row of the list, as far as it was found; where all are marked, none. */
static void mark_all(struct dossiers_page *d, struct session *s)
{
    bool marked = true, full = false;
    ensure(d, s);
    size_t n = d->hits.total < MARKS_MOST + 1 ? d->hits.total : MARKS_MOST + 1;
    for (size_t i = 0; i < n && marked; i++)
        marked = marks_has(&d->marks, hits_id(&d->hits, i));
    for (size_t i = 0; i < n; i++)
        if (marked)
            marks_remove(&d->marks, hits_id(&d->hits, i));
        else
            full = !marks_add(&d->marks, hits_id(&d->hits, i)) || full;
    if (full)
        list_say_full(s);
}

static bool key_of_marks(struct dossiers_page *d, struct session *s, enum action action)
{
    if (action == ACTION_to_list) {
        d->searching = !d->searching;
        return true;
    }
    if (d->searching)
        return false;
    ensure(d, s);
    switch (action) {
    case ACTION_mark:
        list_mark(s, &d->marks, d->selected);
        move(d, s, &(struct key){.special = true, .code = PRESS_DOWN});
        return true;
    case ACTION_mark_all: mark_all(d, s); return true;
    case ACTION_back: return list_unmark_all(s, &d->marks);
    default: return list_act(s, &d->marks, d->selected, action);
    }
}

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    struct dossiers_page *d = of(p);
    d->opening = false;
    catch_up(d, s, k);
    if (key_of_marks(d, s, action))
        return true;
    if (action == ACTION_open)
        open_selected(d, s);
    else if (action == ACTION_search)
        begin_search(d);
    else if (key_is(k, PRESS_SCAN))
        take_scan(d, s, k->text);
    else if (action == ACTION_back)
        return step_back(d);
    else if (key_is(k, PRESS_CLICK))
        click(d, s, k->row);
    else if (move(d, s, k))
        return true;
    else if (!d->searching || action != ACTION_none)
        return false;
    else if (field_key(&d->search, k) == FIELD_CHANGED) {
        search_anew(d);
        if (d->search.cut)
            session_say_cut(s, k, d->search.max);
    }
    return true;
}

static bool typing(const struct page *p)
{
    return ((const struct dossiers_page *)p)->searching;
}

static unsigned scopes(const struct page *p)
{
    (void)p;
    return SCOPE_ANYWHERE | SCOPE_LIST | SCOPE_MARKS;
}

static size_t hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    (void)s;
    static const enum action listing[] = {ACTION_open, ACTION_search, ACTION_receive, ACTION_mark,
                                          ACTION_mask, ACTION_help,   ACTION_quit};
    static const enum action typed[] = {ACTION_open,    ACTION_up,   ACTION_down,
                                        ACTION_to_list, ACTION_back, ACTION_help};
    bool field = typing(p);
    if (!field && ((const struct dossiers_page *)p)->marks.count)
        return list_mark_hints(out);
    return field ? hints_of(out, typed, sizeof typed / sizeof *typed)
                 : hints_of(out, listing, sizeof listing / sizeof *listing);
}

static void title(const struct page *p, const struct session *s, struct buf *out)
{
    list_tell_marks(out, s->lang, &((const struct dossiers_page *)p)->marks);
}

static void free_page(struct page *p)
{
    struct dossiers_page *d = of(p);
    field_release(&d->search);
    marks_release(&d->marks);
    hits_release(&d->hits);
    free(d);
}

static const struct page_ops ops = {
    .refresh = refresh,
    .draw = draw,
    .key = key,
    .scopes = scopes,
    .typing = typing,
    .scans = typing,
    .hints = hints,
    .title = title,
    .work = work,
    .free = free_page,
    .tab = ACTION_dossiers,
};

struct page *page_dossiers(bool searching)
{
    struct dossiers_page *d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    d->page.ops = &ops;
    field_init(&d->search, 200);
    d->hits = HITS_INIT;
    d->list.page = 1;
    d->searching = searching;
    return &d->page;
}

void page_dossiers_search(struct page *p)
{
    begin_search(of(p));
}
