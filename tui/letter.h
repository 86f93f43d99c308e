/* letter: the apology letter as it will read: Phiếu xin lỗi và hẹn lại ngày trả kết quả (form 04 of Circular
 * 01/2018/TT-VPCP; since 1/7/2025 Phiếu xin lỗi và đề nghị gia hạn thời gian giải quyết). Always in
 * Vietnamese: it is an official paper, whatever language the screen speaks. */
#ifndef MOTCUA_TUI_LETTER_H
#define MOTCUA_TUI_LETTER_H

#include "core/event.h"
#include "core/office.h"
#include "tui/sheet.h"

/* Writes the letter that `apology` (EVENT_APOLOGIZED, its number not yet given) would issue for the dossier.
 * `procedure` is the procedure's name. */
void letter_write(struct sheet *sheet, const struct office *office, const struct dossier *d,
                  struct str procedure, const struct event *apology);

#endif
