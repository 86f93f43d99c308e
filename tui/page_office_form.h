/* page_office_form: a form of the office's own book on a page of its own. */
#ifndef MOTCUA_TUI_PAGE_OFFICE_FORM_H
#define MOTCUA_TUI_PAGE_OFFICE_FORM_H

#include "tui/office_form.h"
#include "tui/session.h"

/* Takes the form over, whatever happens. `about` names what is edited (may be absent; copied); `saved`, a
 * buffer of the page below, is given what the saved row is known by (see office_book_key). NULL when memory
 * is out. */
struct page *page_office_form(struct office_form *form, struct str about, struct buf *saved);

#endif
