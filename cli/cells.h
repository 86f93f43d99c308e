/* cells: the small pieces that lines, pages and lists show of a dossier. */
#ifndef MOTCUA_CLI_CELLS_H
#define MOTCUA_CLI_CELLS_H

#include "cli/table.h"

/* "Quá hạn 3 ngày"; of a dossier whose new date is still far: "Đã hẹn lại"; of a waiting one what for; of a
 * waiting, withdrawn or stopped one also how late. A mark (!) for a supplement that a chief insisted on. */
void status_words(struct cli *c, struct buf *out, const struct judge *judge, const struct facts *f,
                  uint32_t late_days);
enum paint status_paint(enum status status);
/* The officer's name, or the login where nobody of that login is known. */
struct str holder_name(const struct cli *c, struct str login);
/* The same, and where no officer holds it the outside unit that does. */
struct str holder_or_unit(const struct cli *c, struct str login, struct str unit);
/* Our own agency's code without the agency: still enough to name the dossier. Others whole. */
struct str short_code(const struct cli *c, struct str code);
/* Is the terminal too narrow for whole codes, years and titles? */
bool is_narrow(const struct cli *c);
/* Today's title of the procedure, or its code, or what another system called one that is not ours. Borrowed
 * from the view. */
struct str procedure_title(const struct cli *c, const struct row *row);
/* The same, on a narrow terminal without the words that half of them begin with (title_short). */
void short_title(const struct cli *c, struct buf *out, const struct row *row);
/* An amount: "15.000 đồng", "15,000 VND". */
void money_words(const struct cli *c, struct buf *out, int64_t vnd);
/* Where the result is wanted; "" where nobody said. */
const char *collect_word(const struct cli *c, enum channel collect);
/* When it is due (or was ready …): the minute where that counts or there is room, without the year on a
 * narrow terminal where it is this one. */
void short_time(const struct cli *c, struct buf *out, civil_minute t, bool in_hours, civil_day today);
/* short_time of when it is due, "từ …" since when it waits. */
void short_due(const struct cli *c, struct buf *out, const struct facts *f, civil_day today);

#endif
