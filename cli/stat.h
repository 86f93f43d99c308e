/* stat: what a store holds, in figures; also what init and demo answer with. */
#ifndef MOTCUA_CLI_STAT_H
#define MOTCUA_CLI_STAT_H

#include "cli/context.h"

/* Of the view there is. */
void stat_print(struct cli *c);
/* The key `journal`: {seq, hash}. */
void stat_head_json(struct json *j, const struct store_stat *stat);

#endif
