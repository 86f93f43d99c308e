/* dossier_json: a dossier as scripts see it: every key always there, null where there is nothing. */
#ifndef MOTCUA_CLI_DOSSIER_JSON_H
#define MOTCUA_CLI_DOSSIER_JSON_H

#include "cli/context.h"

/* The procedure it was received under: today's row of the catalogue where that is still the one, else the one
 * of then. False, and an empty one, when neither is known. Borrowed from the view. */
bool dossier_procedure(struct cli *c, const struct dossier *d, struct procedure *out);

/* Was the new date of its letter kept? -1: nothing to say yet. */
int apology_kept(const struct dossier *d);

struct dossier_view {
    const struct judge *judge;
    bool unmask;
    bool history;
};
/* One object, judged at judge->now. With `history`, the dossier's events. */
void dossier_json(struct cli *c, struct json *j, const char *key, const struct dossier *d,
                  const struct dossier_view *view);

#endif
