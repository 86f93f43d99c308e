/* names: from a name to what bears it, among many: as it is written, else folded (core/text.h). */
#ifndef MOTCUA_CORE_NAMES_H
#define MOTCUA_CORE_NAMES_H

#include "core/buf.h"
#include <stdbool.h>

struct names;

/* A thing and the name it bears. The strings are borrowed and must outlive the table. */
struct named {
    struct str name;
    const void *thing;
};

/* A table of these: of several that bear one name the first is found. An absent name names nothing. NULL when
 * memory is out. */
struct names *names_new(const struct named *named, size_t count);
void names_free(struct names *n); /* NULL is fine */
/* The first that bears exactly this name, else the first whose name folds to the same; NULL for none, and
 * when memory is out: *failed (may be NULL) is set then. */
const void *names_find(const struct names *n, struct str name, bool *failed);

/* A procedure's title without the words "Thủ tục" that it begins with: some write them, some do not. Borrowed
 * from it; absent where there are none, and when memory is out. */
struct str title_rest(struct str title);
/* Appends what is left of it without these words, begun with a capital, for where there is little room; the
 * whole title where it does not begin with them. */
void title_short(struct buf *out, struct str title);

#endif
