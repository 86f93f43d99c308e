/* steps_text: the internal process of a procedure, and how a dossier went through its stages. */
#ifndef MOTCUA_CLI_STEPS_TEXT_H
#define MOTCUA_CLI_STEPS_TEXT_H

#include "cli/reading.h"
#include "core/stages.h"

/* The process, as a table or an object. */
void steps_show(struct cli *c, const struct procedure *p);
/* The key `steps`: an array. */
void steps_json(struct json *j, struct str packed);

/* Fills `out` from empty with the stages of d, as they are at `now`; stages_release() in any case. Their
 * strings are borrowed from the view. */
void stages_read(struct cli *c, const struct dossier *d, civil_minute now, struct stages *out);
/* The key `stages`: an array. */
void stages_json(struct cli *c, struct json *j, const struct dossier *d, civil_minute now);
/* A section of its page: nothing where it was received and never went on. Of a late one also who had it when
 * it fell due. */
void stages_page(struct cli *c, const struct dossier *d, const struct reading *r);

#endif
