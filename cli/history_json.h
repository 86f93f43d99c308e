/* history_json: what happened to a dossier, for scripts: every entry with its own keys, what is absent null.
 */
#ifndef MOTCUA_CLI_HISTORY_JSON_H
#define MOTCUA_CLI_HISTORY_JSON_H

#include "cli/context.h"

/* The key `history`: a list of entries, oldest first. Phone and id numbers a correction mended are masked
 * unless `unmask`. */
void history_json(struct cli *c, struct json *j, const struct dossier *d, bool unmask);
/* A packed list of texts (core/wire.h) under a key. */
void history_texts_json(struct json *j, const char *key, struct str list);
/* A limit as scripts write it, null where there is none. */
void history_limit_json(struct json *j, const char *key, const struct limit *limit);

#endif
