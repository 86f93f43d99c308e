/* page_act: what is done with a dossier: handed over, apologised for, resolved, returned, refused. A form,
 * then (where it cannot be taken back) a question naming the applicant, or the letter to be read; then the
 * store's one door. */
#ifndef MOTCUA_TUI_PAGE_ACT_H
#define MOTCUA_TUI_PAGE_ACT_H

#include "tui/session.h"

/* `kind`: COMMAND_TRANSFER, _APOLOGIZE, _RESOLVE, _RETURN or _REFUSE. NULL when memory is out or there is no
 * such dossier. */
struct page *page_act(struct session *s, uint64_t id, enum command_kind kind);

#endif
