/* dossier_text: a dossier for people: its line and its page. */
#ifndef MOTCUA_CLI_DOSSIER_TEXT_H
#define MOTCUA_CLI_DOSSIER_TEXT_H

#include "cli/cells.h"
#include "cli/reading.h"

/* One line: code, due time, status, applicant, procedure, who holds it; a second one where the due time is
 * provisional. */
void dossier_line(struct cli *c, const struct dossier *d, const struct judge *judge);
/* Everything, with its history. */
void dossier_page(struct cli *c, const struct dossier *d, const struct reading *r);

#endif
