/* wrapped: text for people, from a column on, broken at the edge of a terminal. */
#ifndef MOTCUA_CLI_WRAPPED_H
#define MOTCUA_CLI_WRAPPED_H

#include "cli/context.h"

void wrapped_blanks(struct buf *out, int n);
/* The text, made safe, as lines of c->out: the first where the cursor is, which is column `at`, the others
 * indented to it. Wrapped on a terminal only; nothing for an empty text. */
void wrapped_text(struct cli *c, struct str text, int at);
/* Appends " · " (but for the first part) and the part; nothing for an absent one. */
void wrapped_part(struct buf *line, struct str part);

#endif
