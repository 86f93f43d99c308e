/* form_page: what pages that are one form from top to bottom do alike. */
#ifndef MOTCUA_TUI_FORM_PAGE_H
#define MOTCUA_TUI_FORM_PAGE_H

#include "tui/form.h"
#include "tui/session.h"
#include "tui/sheet.h"

/* The first member of such a page. */
struct form_page {
    struct page page;
    struct form form;
    struct sheet told; /* what stands below the fields */
};

void form_page_release(struct form_page *f);

/* For its table of functions. */
unsigned form_page_scopes(const struct page *p);
bool form_page_typing(const struct page *p);
bool form_page_dirty(const struct page *p);
size_t form_page_hints(const struct page *p, const struct session *s, struct hint out[HINTS]);

/* What any page with a form hints at: save, the next field, back …; with a list open to choose from, that
 * first. */
size_t form_hints(struct hint out[HINTS], bool choosing);

/* Deals with a key: `save` on the key for it and on Enter in the last field, `adapt` after anything that may
 * have changed the form; leaving asks where something would be lost. False: not the form's. */
typedef void form_page_do(struct page *p, struct session *s);
bool form_page_key(struct page *p, struct session *s, const struct key *k, enum action action,
                   form_page_do *save, form_page_do *adapt);

#endif
