/* report_fields: counts kept field by field (lĩnh vực), and the order in which a report shows them. Private
 * to the report_*.c files. */
#ifndef MOTCUA_CORE_REPORT_FIELDS_H
#define MOTCUA_CORE_REPORT_FIELDS_H

#include "core/report_maker.h"

/* One `size` bytes large counter for every field of the office, and number 0: a dossier of another system
 * whose procedure is not in the catalogue. Zeroed, in m->text. */
struct report_fields {
    unsigned char *counter;
    size_t size, count; /* fields, number 0 included */
};
/* False when memory is out. */
bool report_fields_begin(struct report_maker *m, struct report_fields *f, size_t size);
/* The counter of a dossier's field. */
void *report_fields_of(const struct report_fields *f, const struct facts *facts);

/* The numbers of the fields by name (folded, so that case and marks do not part what belongs together), 0
 * last; in m->text, NULL when memory is out. */
const uint16_t *report_fields_order(struct report_maker *m, const struct report_fields *f);
static inline void *report_fields_at(const struct report_fields *f, uint16_t number)
{
    return f->counter + f->size * number;
}

/* The first two columns of a table by field: the row's number (a total has none) and the field as the
 * catalogue spells it. */
void report_field_cells(struct report_maker *m, struct report *out, struct report_row *row, size_t no,
                        uint16_t field);
void report_total_cells(struct report_maker *m, struct report *out, struct report_row *row);

#endif
