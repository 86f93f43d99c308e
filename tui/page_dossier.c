#include "tui/page_dossier.h"

#include "tui/act_form.h"
#include "tui/page_act.h"
#include "tui/page_explain.h"
#include "tui/sheet.h"
#include "tui/tell.h"
#include <stdlib.h>

/* What can be done with a dossier. */
static const struct {
    enum action action;
    enum command_kind command;
} acts[] = {
    {ACTION_transfer, COMMAND_TRANSFER}, {ACTION_apologize, COMMAND_APOLOGIZE},
    {ACTION_resolve, COMMAND_RESOLVE},   {ACTION_return, COMMAND_RETURN},
    {ACTION_refuse, COMMAND_REFUSE},
};
#define ACTS (sizeof acts / sizeof *acts)

struct dossier_page {
    struct page page;
    uint64_t id;
    struct buf code;
    struct outcome may[ACTS];
    bool found;
    struct sheet left, right; /* one below the other where there is no room beside */
    bool beside;
    int rows, columns; /* of the body, when last drawn */
    uint64_t built_at; /* the generation the sheets are of */
};

static struct dossier_page *of(struct page *p)
{
    return (struct dossier_page *)p;
}

/* ---- reading ---- */

/* The reason it is forbidden; where it is the reason of the act before, that is said and not all of it again.
 */
static void tell_reason(struct sheet *sheet, struct session *s, const struct outcome *o,
                        struct str provincial, struct buf *last)
{
    struct buf text = BUF_INIT;
    outcome_sentence(&text, s->lang, o, provincial);
    bool same = str_eq(buf_str(&text), buf_str(last));
    sheet_add(sheet, 24, STYLE_REFUSED, same ? session_text(s, T_tui_as_above) : buf_str(&text));
    buf_release(last);
    *last = text;
}

static void tell_acts(struct dossier_page *d, struct session *s, const struct teller *t)
{
    struct sheet *sheet = &d->left;
    struct str provincial = office_settings(t->office)->law_province;
    struct buf reason = BUF_INIT;
    sheet_line(sheet, 1, STYLE_HEADING, session_text(s, T_tui_acts));
    for (size_t i = 0; i < ACTS; i++) {
        bool may = outcome_ok(&d->may[i]);
        struct buf names = BUF_INIT;
        keys_names(&names, acts[i].action);
        sheet_add(sheet, 1, may ? STYLE_KEY : STYLE_DIM, buf_str(&names));
        sheet_add(sheet, 4, may ? STYLE_PLAIN : STYLE_DIM,
                  session_text(s, act_form_of(acts[i].command)->title));
        if (!may)
            tell_reason(sheet, s, &d->may[i], provincial, &reason);
        sheet_end(sheet);
        buf_release(&names);
    }
    buf_release(&reason);
}

static void build(struct dossier_page *d, struct session *s, struct view *v)
{
    struct dossier dossier;
    struct teller t;
    struct moment now = session_moment(s);
    d->found = view_dossier(v, d->id, &dossier);
    if (!d->found || !teller_init(&t, v, s->lang, s->now, s->unmasked))
        return;
    buf_reset(&d->code);
    buf_add_str(&d->code, dossier.code);
    for (size_t i = 0; i < ACTS; i++)
        d->may[i] = decide_preview(t.office, &dossier, acts[i].command, &now);

    d->beside = d->columns >= 120;
    int left = d->beside ? d->columns / 2 : d->columns;
    sheet_begin(&d->left, left - 2);
    sheet_begin(&d->right, d->columns - left - 2);
    tell_dossier(&d->left, &t, &dossier);
    sheet_end(&d->left);
    tell_acts(d, s, &t);
    if (!d->beside)
        sheet_end(&d->left);
    tell_history(d->beside ? &d->right : &d->left, &t, &dossier);
}

static void read(struct dossier_page *d, struct session *s)
{
    struct view *v = session_view(s);
    if (!v)
        return;
    build(d, s, v);
    session_view_end(s, v);
}

/* ---- drawing ---- */

static void draw(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct dossier_page *d = of(p);
    bool same = d->built_at == s->generation && d->columns == a.columns;
    d->rows = a.rows;
    d->columns = a.columns;
    if (!same)
        read(d, s);
    d->built_at = s->generation;
    int left = d->beside ? a.columns / 2 : a.columns;
    sheet_draw(&d->left, c, (struct area){a.row, a.column, a.rows, left - 1});
    if (!d->beside)
        return;
    for (int r = 0; r < a.rows; r++)
        canvas_text(c, a.row + r, left - 1, 1, STYLE_DIM, STR("│"));
    sheet_draw(&d->right, c, (struct area){a.row, left, a.rows, a.columns - left});
}

/* ---- keys ---- */

static bool act(struct dossier_page *d, struct session *s, enum action action)
{
    for (size_t i = 0; i < ACTS; i++) {
        if (acts[i].action != action)
            continue;
        if (outcome_ok(&d->may[i]))
            session_open(s, page_act(s, d->id, acts[i].command));
        else
            session_refuse(s, &d->may[i]);
        return true;
    }
    return false;
}

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    struct dossier_page *d = of(p);
    if (d->found && act(d, s, action))
        return true;
    if (d->found && action == ACTION_explain) {
        session_open(s, page_explain(d->id));
        return true;
    }
    bool left = sheet_key(&d->left, k, d->rows);
    return (d->beside && sheet_key(&d->right, k, d->rows)) || left;
}

static unsigned scopes(const struct page *p)
{
    (void)p;
    return SCOPE_ANYWHERE | SCOPE_DOSSIER | SCOPE_READ;
}

static size_t hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    const struct dossier_page *d = (const struct dossier_page *)p;
    (void)s;
    size_t n = 0;
    for (size_t i = 0; i < ACTS; i++)
        out[n++] = (struct hint){acts[i].action, !outcome_ok(&d->may[i])};
    out[n++] = (struct hint){ACTION_explain, false};
    out[n++] = (struct hint){ACTION_back, false};
    out[n++] = (struct hint){ACTION_help, false};
    out[n++] = (struct hint){ACTION_mask, false};
    return n;
}

static void title(const struct page *p, const struct session *s, struct buf *out)
{
    (void)s;
    buf_add_str(out, buf_str(&((const struct dossier_page *)p)->code));
}

static void free_page(struct page *p)
{
    struct dossier_page *d = of(p);
    buf_release(&d->code);
    sheet_release(&d->left);
    sheet_release(&d->right);
    free(d);
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

struct page *page_dossier(uint64_t id)
{
    struct dossier_page *d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    d->page.ops = &ops;
    d->id = id;
    d->left = d->right = SHEET_INIT;
    return &d->page;
}
