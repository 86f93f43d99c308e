/* dossier_text: a dossier for people: its line, its page, its place in a list. */
#ifndef MOTCUA_CLI_DOSSIER_TEXT_H
#define MOTCUA_CLI_DOSSIER_TEXT_H

#include "cli/reading.h"
#include "cli/table.h"

/* One line: code, due time, status, applicant, procedure, who holds it; a second one where the due time is
 * provisional. */
void dossier_line(struct cli *c, const struct dossier *d, const struct judge *judge);
/* Everything, with its history. */
void dossier_page(struct cli *c, const struct dossier *d, const struct reading *r);

/* ---- cells, for lists ---- */

/* "Quá hạn 3 ngày"; of a dossier whose new date is still far: "Đã hẹn lại". */
void status_words(struct cli *c, struct buf *out, const struct judge *judge, const struct facts *f,
                  uint32_t late_days);
enum paint status_paint(enum status status);
/* The officer's name, or the login where nobody of that login is known. */
struct str holder_name(const struct cli *c, struct str login);
/* Our own agency's code without the agency: still enough to name the dossier. Others whole. */
struct str short_code(const struct cli *c, struct str code);
/* Is the terminal too narrow for whole codes, years and titles? */
bool is_narrow(const struct cli *c);
/* Today's title of the procedure, or its code; on a narrow terminal without the words they all begin with. */
struct str procedure_title(const struct cli *c, const struct row *row);
/* When it is due (or was ready …): the minute where that counts or there is room, without the year on a
 * narrow terminal where it is this one. */
void short_time(const struct cli *c, struct buf *out, civil_minute t, bool in_hours, civil_day today);

#endif
