/* page_qr: a dossier's appointment as a code that a phone's camera adds to its calendar. */
#ifndef MOTCUA_TUI_PAGE_QR_H
#define MOTCUA_TUI_PAGE_QR_H

#include "tui/session.h"

/* Opens it for the dossier with this id and code (copied); what stands in the way of it is said instead. */
void page_qr_open(struct session *s, uint64_t id, struct str code);

#endif
