/* tell_dossier: everything that is known of a dossier, for its page. */
#ifndef MOTCUA_TUI_TELL_DOSSIER_H
#define MOTCUA_TUI_TELL_DOSSIER_H

#include "core/stages.h"
#include "tui/tell.h"

/* Code, standing, applicant, procedure, times, holder … `stages` as tell_read_stages() has them. */
void tell_dossier(struct sheet *sheet, const struct teller *t, const struct dossier *d,
                  const struct stages *stages);
/* Its letter: number, when, whose, the promised time, why; nothing without one. */
void tell_apology(struct sheet *sheet, const struct teller *t, const struct dossier *d);

#endif
