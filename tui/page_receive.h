/* page_receive: Tiếp nhận: a dossier is logged; its due time stands there as soon as the procedure is chosen.
 */
#ifndef MOTCUA_TUI_PAGE_RECEIVE_H
#define MOTCUA_TUI_PAGE_RECEIVE_H

#include "tui/session.h"

struct page *page_receive(void); /* NULL when memory is out */

#endif
