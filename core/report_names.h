/* report_names: people, units and procedures as reports name them. Private to the report_*.c files. */
#ifndef MOTCUA_CORE_REPORT_NAMES_H
#define MOTCUA_CORE_REPORT_NAMES_H

#include "core/report_maker.h"

/* What was said, kept in m->text; `said` is released. */
struct str report_keep(struct report_maker *m, struct buf *said);
/* The officer: one that works here no more is marked. Borrowed from the office, the argument or m->text. */
struct str report_officer_label(struct report_maker *m, struct str login);
/* The unit that answers for what this officer holds: the one it was given to, else the officer's own.
 * Borrowed from the argument or the office. */
struct str report_unit_of(const struct report_maker *m, struct str login, struct str unit);
/* "1.004873 Xác nhận …"; "2.000815#01 …"; `named`: its version, may be NULL, `title`: what another system
 * called it. In m->text. */
struct str report_procedure_label(struct report_maker *m, const struct procedure *p,
                                  const struct procedure *named, struct str title);
/* The day of a time, empty for none. */
void cell_day(struct report_cell *c, civil_minute t);

#endif
