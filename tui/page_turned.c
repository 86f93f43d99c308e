#include "tui/page_turned.h"

#include "tui/errand.h"
#include "tui/print_choice.h"
#include "tui/tell.h"
#include <stdio.h>
#include <stdlib.h>

#define MOST 200 /* rows: whoever comes back for a slip does so soon */

struct turned {
    char slip[32]; /* "02/7/2026", as turn-away print takes it */
    bool taken_back;
    struct buf what; /* when, the slip, whose, of which procedure */
};

struct turned_page {
    struct page page;
    struct print_choice choice;
    struct turned row[MOST];
};

static struct turned_page *of(struct page *p)
{
    return (struct turned_page *)p;
}

/* ---- reading ---- */

struct reading {
    struct turned_page *page;
    enum lang lang;
    size_t count;
};

static bool take(void *arg, const struct event *e)
{
    struct reading *r = arg;
    if (r->count == MOST)
        return false;
    struct turned *t = &r->page->row[r->count++];
    const struct receipt *receipt = &e->turned_away.receipt;
    snprintf(t->slip, sizeof t->slip, "%s/%u/%d", e->turned_away.refused ? "03" : "02",
             (unsigned)e->turned_away.slip.number, e->turned_away.slip.year);
    t->taken_back = e->undone_by != 0;
    buf_reset(&t->what);
    lang_time(&t->what, r->lang, e->at);
    buf_addf(&t->what, "  %-11s  ", t->slip);
    buf_add_str(&t->what, receipt->applicant.name);
    tell_part(&t->what, receipt->procedure.code);
    if (t->taken_back)
        tell_part(&t->what, str_of(lang_text(r->lang, T_tui_turned_void)));
    return true;
}

/* What came in meanwhile stands above: the same slip stays chosen. */
static void refresh(struct page *page, struct session *s)
{
    struct turned_page *t = of(page);
    struct reading r = {t, s->lang, 0};
    struct view *v = session_view(s);
    size_t before = t->choice.list.count;
    if (!v)
        return;
    view_turned_away(v, take, &r);
    session_view_end(s, v);
    list_set_count(&t->choice.list, r.count);
    if (before && r.count > before)
        list_select(&t->choice.list, t->choice.list.selected + r.count - before);
}

/* ---- the page ---- */

static void draw(struct page *page, struct session *s, struct canvas *c, struct area a)
{
    struct turned_page *t = of(page);
    canvas_text(c, a.row, a.column + 1, a.columns - 2, STYLE_DIM, session_text(s, T_tui_turned_explain));
    print_choice_place(&t->choice, a, 2);
    for (size_t i = 0; i < t->choice.list.count; i++)
        print_choice_row(&t->choice, c, a, i, t->row[i].taken_back ? STYLE_DIM : STYLE_PLAIN,
                         buf_str(&t->row[i].what));
}

static void print(struct page *page, struct session *s, size_t chosen, bool send)
{
    const char *words[] = {"turn-away", "print", of(page)->row[chosen].slip, send ? "--send" : NULL, NULL};
    errand_say(s, words);
}

static bool key(struct page *page, struct session *s, const struct key *k, enum action action)
{
    return print_choice_key(&of(page)->choice, page, s, k, action, print);
}

static void title(const struct page *page, const struct session *s, struct buf *out)
{
    (void)page;
    buf_add_str(out, session_text(s, T_tui_title_turned));
}

static void free_page(struct page *page)
{
    struct turned_page *t = of(page);
    for (size_t i = 0; i < MOST; i++)
        buf_release(&t->row[i].what);
    free(t);
}

static const struct page_ops ops = {
    .refresh = refresh,
    .draw = draw,
    .key = key,
    .scopes = print_choice_scopes,
    .hints = print_choice_hints,
    .title = title,
    .free = free_page,
};

struct page *page_turned(struct session *s)
{
    struct turned_page *t = calloc(1, sizeof *t);
    if (!t)
        return NULL;
    t->page.ops = &ops;
    refresh(&t->page, s);
    if (t->choice.list.count)
        return &t->page;
    free_page(&t->page);
    return NULL;
}
