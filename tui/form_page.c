#include "tui/form_page.h"

#include "tui/page_ask.h"

static const struct form *form_of(const struct page *p)
{
    return &((const struct form_page *)p)->form;
}

void form_page_release(struct form_page *f)
{
    form_release(&f->form);
    sheet_release(&f->told);
}

unsigned form_page_scopes(const struct page *p)
{
    return form_scopes(form_of(p));
}

bool form_page_typing(const struct page *p)
{
    return form_typing(form_of(p));
}

bool form_page_dirty(const struct page *p)
{
    return form_dirty(form_of(p));
}

size_t form_hints(struct hint out[HINTS], bool choosing)
{
    static const enum action shown[] = {ACTION_save, ACTION_next, ACTION_previous, ACTION_back, ACTION_help};
    size_t n = 0;
    if (choosing)
        out[n++] = (struct hint){ACTION_choose, false};
    return n + hints_of(out + n, shown, sizeof shown / sizeof *shown);
}

size_t form_page_hints(const struct page *p, const struct session *s, struct hint out[HINTS])
{
    (void)p, (void)s;
    return form_hints(out, false);
}

bool form_page_key(struct page *p, struct session *s, const struct key *k, enum action action,
                   form_page_do *save, form_page_do *adapt)
{
    struct form *f = &((struct form_page *)p)->form;
    if (action == ACTION_save) {
        save(p, s);
        return true;
    }
    if (action == ACTION_back) {
        ask_leave(s, p);
        return true;
    }
    const struct form_item *item = form_focused(f);
    switch (form_key(f, k, action)) {
    case FORM_DONE: save(p, s); return true;
    case FORM_IGNORED: return false;
    default: adapt(p, s);
    }
    if (item->field.cut)
        session_say_cut(s, k, item->field.max);
    return true;
}
