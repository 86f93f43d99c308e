/* print_register: the register's rows, out of the store. */
#ifndef MOTCUA_CLI_PRINT_REGISTER_H
#define MOTCUA_CLI_PRINT_REGISTER_H

#include "cli/context.h"
#include "core/register.h"

/* Dossiers of a book, or received on days of a range, read as often as asked. Make it by
 * print_register_source(); it borrows the view. */
struct register_rows {
    struct view *view;
    int book; /* 0: by the days */
    civil_day from, to;
    uint64_t first, last; /* ids between which they lie; 0: not looked for yet */
};
struct register_source print_register_source(struct register_rows *rows, struct cli *c, int book,
                                             civil_day from, civil_day to);

#endif
