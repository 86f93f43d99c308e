/* history_text: what happened to a dossier, for people: an entry a line, what was taken back and what was
 * recorded on a later day marked as such. */
#ifndef MOTCUA_CLI_HISTORY_TEXT_H
#define MOTCUA_CLI_HISTORY_TEXT_H

#include "cli/context.h"

/* Prints the history; phone and id numbers in it masked unless `unmask`. */
void history_page(struct cli *c, const struct dossier *d, bool unmask);
/* Appends what a correction changed: "Điện thoại: *******678 → *******679; …". `changes` is the packed list
 * of the event. */
void history_changes(struct cli *c, struct buf *out, struct str changes, bool unmask);
/* May this field of a correction show only its last characters? */
bool history_is_personal(enum correction_field field);

#endif
