#include "tui/page_print.h"

#include "core/slip.h"
#include "tui/errand.h"
#include "tui/print_choice.h"
#include "tui/sheet.h"
#include <stdlib.h>

struct print_page {
    struct page page;
    uint64_t id;
    struct print_choice choice;
    enum slip slip[SLIP_KINDS]; /* those it has, in this order */
    struct buf title[SLIP_KINDS];
    struct buf code, applicant;
};

static struct print_page *of(struct page *p)
{
    return (struct print_page *)p;
}

/* ---- which there are ---- */

static bool has(const struct dossier *d, enum slip slip)
{
    switch (slip) {
    case SLIP_RECEIPT:
    case SLIP_CONTROL: return true;
    case SLIP_SUPPLEMENT: return d->supplements > 0;
    case SLIP_REFUSAL: return d->facts.state == STATE_REFUSED;
    case SLIP_APOLOGY: return d->apology.number > 0;
    case SLIP_STOP: return d->facts.state == STATE_STOPPED;
    default: return false;
    }
}

static void take(struct print_page *p, const struct office *office, const struct dossier *d)
{
    size_t n = 0;
    for (enum slip slip = 0; slip < SLIP_KINDS; slip++) {
        struct slip_form form = slip_form(office, slip, civil_day_of(d->facts.received));
        if (!has(d, slip) || !form.title.n)
            continue;
        buf_reset(&p->title[n]);
        buf_add_str(&p->title[n], form.title);
        p->slip[n++] = slip;
    }
    list_set_count(&p->choice.list, n);
    buf_reset(&p->code);
    buf_add_str(&p->code, d->code);
    buf_reset(&p->applicant);
    buf_add_str(&p->applicant, d->receipt.applicant.name);
}

static void refresh(struct page *page, struct session *s)
{
    struct print_page *p = of(page);
    struct view *v = session_view(s);
    struct dossier d;
    if (v && view_dossier(v, p->id, &d))
        take(p, view_office(v), &d);
    if (v)
        session_view_end(s, v);
}

/* ---- the page ---- */

static void draw(struct page *page, struct session *s, struct canvas *c, struct area a)
{
    struct print_page *p = of(page);
    int used = canvas_text(c, a.row, a.column + 1, a.columns - 2, STYLE_STRONG, buf_str(&p->code));
    canvas_text(c, a.row, a.column + used + 3, a.columns - used - 4, STYLE_PLAIN, buf_str(&p->applicant));
    canvas_text(c, a.row + 1, a.column + 1, a.columns - 2, STYLE_DIM, session_text(s, T_tui_print_explain));
    print_choice_place(&p->choice, a, 3);
    for (size_t i = 0; i < p->choice.list.count; i++)
        print_choice_row(&p->choice, c, a, i, STYLE_PLAIN, buf_str(&p->title[i]));
}

static void print(struct page *page, struct session *s, size_t chosen, bool send)
{
    struct print_page *p = of(page);
    const char *words[] = {"print", slip_name(p->slip[chosen]), p->code.p, send ? "--send" : NULL, NULL};
    errand_say(s, words);
}

static bool key(struct page *page, struct session *s, const struct key *k, enum action action)
{
    return print_choice_key(&of(page)->choice, page, s, k, action, print);
}

static void title(const struct page *page, const struct session *s, struct buf *out)
{
    (void)page;
    buf_add_str(out, session_text(s, T_tui_title_print));
}

static void free_page(struct page *page)
{
    struct print_page *p = of(page);
    for (size_t i = 0; i < SLIP_KINDS; i++)
        buf_release(&p->title[i]);
    buf_release(&p->code);
    buf_release(&p->applicant);
    free(p);
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

struct page *page_print(uint64_t id)
{
    struct print_page *p = calloc(1, sizeof *p);
    if (!p)
        return NULL;
    p->page.ops = &ops;
    p->id = id;
    return &p->page;
}
