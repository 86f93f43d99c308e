/* hand_over: commands that need large libraries live in a program of their own, motcua-out, which takes over
 * with the same arguments. */
#ifndef MOTCUA_CLI_HAND_OVER_H
#define MOTCUA_CLI_HAND_OVER_H

#include "cli/options.h"

/* Comes back only where it failed: exit status, told. The store must not be open. */
int hand_over(struct cli *c, struct args *a);

#endif
