/* register: sổ theo dõi hồ sơ, the book of what was received (form 06 of Circular 01/2018/TT-VPCP, 07 of
 * 2025), as a paper: A4 across, whole personal data, as the form prescribes.
 *
 * One book a year, numbered from 1 without gaps by the year in which a dossier was logged. A void record
 * keeps its number and its row. A register is printed as a whole book, or by the day of receipt: then numbers
 * may lack, and what has no number (another system brought it, or it is older than the numbers) is listed
 * apart, below. */
#ifndef MOTCUA_CORE_REGISTER_H
#define MOTCUA_CORE_REGISTER_H

#include "core/slip.h"

/* Dossiers one after the other, as often as asked; a long register is never held. `take` returns false to
 * stop; `each` false when they cannot be read to the end. `procedure` is what is known of it as it was at the
 * receipt, NULL for nothing. */
typedef bool register_take(void *to, const struct dossier *d, const struct procedure *procedure);
struct register_source {
    /* Those of the book, or received in the register's days, in the order of their logging. */
    bool (*each)(void *arg, register_take *take, void *to);
    void *arg;
};

struct register_request {
    const struct office *office;
    int book;           /* of that year: all its numbers in order, whatever day they came; 0: by the days */
    civil_day from, to; /* days of receipt, both included; not looked at with a book */
    civil_minute now;   /* as of when */
    struct str head;    /* the journal's last entry, as SEQ and the beginning of its hash */
    enum lang lang;
    struct register_source source;
};

/* What is in it. */
struct register_count {
    uint64_t numbered, unnumbered;
    struct yearly_number first, last; /* none: {0} */
};

/* Writes the paper: its rows are read from the source once now, and each time it is laid out. False where
 * they could not be read, or memory is out (out->failed). `out` is to be released whatever the answer; it
 * borrows what the request does. `count` may be NULL. */
bool register_write(const struct register_request *request, struct document *out,
                    struct register_count *count);

#endif
