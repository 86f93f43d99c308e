#include "tui/page_help.h"

#include "tui/sheet.h"
#include <stdlib.h>

struct help_page {
    struct page page;
    unsigned scopes;
    struct sheet sheet;
    int rows;
};

static struct help_page *of(struct page *p)
{
    return (struct help_page *)p;
}

/* Scopes in the order they are told, those of one name together. */
static const unsigned groups[] = {
    SCOPE_DOSSIER, SCOPE_PRINT,     SCOPE_REPORT,
    SCOPE_REPORTS, SCOPE_PERIOD,    SCOPE_LIST,
    SCOPE_MARKS,   SCOPE_RECEIPT,   SCOPE_FORM | SCOPE_PICK | SCOPE_CHOICE,
    SCOPE_LETTER,  SCOPE_ASK,       SCOPE_READ,
    SCOPE_OFFICE,  SCOPE_CATALOGUE, SCOPE_PEOPLE,
    SCOPE_DAYS,    SCOPE_SETTINGS,  SCOPE_ANYWHERE,
};
#define GROUPS (sizeof groups / sizeof *groups)

static enum scope lowest(unsigned scopes)
{
    return (enum scope)(scopes & (~scopes + 1));
}

static void tell_group(struct sheet *sheet, enum lang lang, unsigned scopes)
{
    struct buf names = BUF_INIT;
    sheet_line(sheet, 1, STYLE_HEADING, str_of(keys_scope_name(lang, lowest(scopes))));
    for (int a = 1; a < ACTION_COUNT; a++) {
        if (!(keys_scope((enum action)a) & scopes))
            continue;
        buf_reset(&names);
        keys_names(&names, (enum action)a);
        sheet_add(sheet, 3, STYLE_KEY, buf_str(&names));
        sheet_add(sheet, 24, STYLE_PLAIN, str_of(keys_help(lang, (enum action)a)));
        sheet_end(sheet);
    }
    sheet_end(sheet);
    buf_release(&names);
}

static void build(struct help_page *h, enum lang lang, int columns)
{
    sheet_begin(&h->sheet, columns - 2);
    for (int own = 1; own >= 0; own--)
        for (size_t i = 0; i < GROUPS; i++)
            if (((h->scopes & groups[i]) != 0) == (own == 1))
                tell_group(&h->sheet, lang, groups[i]);
    sheet_line(&h->sheet, 1, STYLE_HEADING, str_of(lang_text(lang, T_tui_help_marks)));
    sheet_line(&h->sheet, 3, STYLE_PLAIN, str_of(lang_text(lang, T_tui_help_marks_text)));
    sheet_line(&h->sheet, 3, STYLE_PLAIN, str_of(lang_text(lang, T_tui_help_scanner)));
}

static void draw(struct page *p, struct session *s, struct canvas *c, struct area a)
{
    struct help_page *h = of(p);
    if (h->sheet.width != a.columns - 2 || !h->sheet.rows)
        build(h, s->lang, a.columns);
    h->rows = a.rows;
    sheet_draw(&h->sheet, c, a);
}

static bool key(struct page *p, struct session *s, const struct key *k, enum action action)
{
    (void)s;
    if (action == ACTION_help)
        p->done = true;
    return action == ACTION_help || sheet_key(&of(p)->sheet, k, of(p)->rows);
}

static unsigned scopes(const struct page *p)
{
    (void)p;
    return SCOPE_ANYWHERE | SCOPE_READ;
}

static size_t hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    (void)p, (void)s;
    static const enum action shown[] = {ACTION_back, ACTION_scroll, ACTION_scroll_page, ACTION_quit};
    return hints_of(out, shown, sizeof shown / sizeof *shown);
}

static void title(const struct page *p, const struct session *s, struct buf *out)
{
    (void)p;
    buf_add_str(out, session_text(s, T_tui_title_help));
}

static void free_page(struct page *p)
{
    sheet_release(&of(p)->sheet);
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

struct page *page_help(unsigned scopes_below)
{
    struct help_page *h = calloc(1, sizeof *h);
    if (!h)
        return NULL;
    h->page.ops = &ops;
    h->scopes = scopes_below;
    h->sheet = SHEET_INIT;
    return &h->page;
}
