/* counter_lines: what a command of the counter says below the dossier's line. */
#ifndef MOTCUA_CLI_COUNTER_LINES_H
#define MOTCUA_CLI_COUNTER_LINES_H

#include "cli/context.h"

/* Lines below a dossier's own, after the command that changed it (cli/acting.h). */
void counter_say_received(struct cli *c, const struct dossier *d); /* number, step, fee */
void counter_say_step(struct cli *c, const struct dossier *d);     /* the step a handover led to */
void counter_say_fee(struct cli *c, const struct dossier *d);
void counter_say_late_reason(struct cli *c, const struct dossier *d);
/* How to say why it is late, where neither a letter nor anybody has. */
void counter_ask_reason(struct cli *c, const struct dossier *d);

#endif
