/* procedure_page: a procedure of the catalogue as people and scripts see it. */
#ifndef MOTCUA_CLI_PROCEDURE_PAGE_H
#define MOTCUA_CLI_PROCEDURE_PAGE_H

#include "cli/context.h"

/* The keys of a row, named as the columns of the CSV, into an object already begun. */
void procedure_columns(struct json *j, const struct procedure *p);
/* The procedure and, where it is the plain one, its cases: a page, or an object. Of c->office. */
void procedure_print(struct cli *c, const struct procedure *p);
/* Do both say the same of the procedure, its code and case aside? */
bool procedure_same(const struct procedure *a, const struct procedure *b);

#endif
