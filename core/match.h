/* match: searching by any part of a name, code, phone or id number. Marks, case and order do not matter. */
#ifndef MOTCUA_CORE_MATCH_H
#define MOTCUA_CORE_MATCH_H

#include "core/dossier.h"

#define QUERY_WORDS 16

/* The folded words of what was typed; borrowed from `text`, which the query owns. A phone number typed with
 * dots ("0912.345.678") loses them, one with the country's prefix loses that: so it meets what
 * match_numbers() keeps. */
struct query {
    struct buf text;
    struct str word[QUERY_WORDS];
    size_t count;
};
/* False when more than QUERY_WORDS words were typed or memory is out; a query of no words matches everything.
 * Release it either way. */
bool query_init(struct query *q, struct str typed);
void query_release(struct query *q);

/* What is searched of a dossier, appended: its folded name; its folded code, phone and id number, blanks
 * between. The numbers lose the blanks and dots in them; where they hold anything else beside letters and
 * digits, both forms are kept, and "+84 912…" stands as "0912…" too. */
void match_name(struct buf *out, const struct dossier *d);
void match_numbers(struct buf *out, const struct dossier *d);
/* Every word somewhere in name or numbers. */
bool query_matches(const struct query *q, struct str name, struct str numbers);

#endif
