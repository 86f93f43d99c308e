/* history_json: what happened to a dossier, for scripts: every entry with its own keys, what is absent null.
 */
#ifndef MOTCUA_CLI_HISTORY_JSON_H
#define MOTCUA_CLI_HISTORY_JSON_H

#include "cli/context.h"

/* The key `history`: a list of entries, oldest first. Phone and id numbers a correction mended are masked
 * unless `unmask`. */
void history_json(struct cli *c, struct json *j, const struct dossier *d, bool unmask);
/* What one entry of a dossier says beside its number, kind, times and author: the keys of its kind, into an
 * object already begun. Nothing for the office's own. */
void history_entry_json(struct cli *c, struct json *j, const struct event *e, bool unmask);

#endif
