/* entry_json: what an entry of the journal says, of whatever kind, as scripts see it. */
#ifndef MOTCUA_CLI_ENTRY_JSON_H
#define MOTCUA_CLI_ENTRY_JSON_H

#include "cli/context.h"

/* The keys of its kind, unmasked, into an object already begun: of a dossier's entry those its history has
 * (cli/history_json.h), and beside them what a dossier's object would say once (`receipt`, whole); of the
 * office's own those of the command that wrote it. A day's kind is `day_kind`. */
void entry_json(struct cli *c, struct json *j, const struct event *e);

#endif
