/* stat: what a store holds, in figures; also what init and demo answer with. */
#ifndef MOTCUA_CLI_STAT_H
#define MOTCUA_CLI_STAT_H

#include "cli/context.h"

/* Of the view there is. */
void stat_print(struct cli *c);
/* Of a copy of the store there is a view of: what the copy holds, and which file it is. */
void stat_print_copy(struct cli *c, const struct store_stat *stat, struct str file);
/* The key `journal`: {seq, hash}. */
void stat_head_json(struct json *j, const struct store_stat *stat);

#endif
