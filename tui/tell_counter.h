/* tell_counter: what the counter and the office's process add to a dossier's page: its fee, who had it from
 * when to when, why it is late and whose delay that is. */
#ifndef MOTCUA_TUI_TELL_COUNTER_H
#define MOTCUA_TUI_TELL_COUNTER_H

#include "core/stages.h"
#include "tui/tell.h"

/* Fills `out` from empty with the stages of d as they are now; stages_release() in any case. Its strings are
 * borrowed from the view. */
void tell_read_stages(struct stages *out, const struct teller *t, const struct dossier *d);

/* "số 12 trong sổ năm 2026"; nothing for no number. */
void tell_register(struct buf *out, const struct teller *t, const struct dossier *d);
/* The step it is in, and until when; nothing once it has ended, or without a process. */
void tell_step(struct sheet *sheet, const struct teller *t, const struct dossier *d, const struct stages *s);
/* What is to be paid, and what was. */
void tell_fee(struct sheet *sheet, const struct teller *t, const struct dossier *d);
/* Why it is late, by whom that was said, and what a chief says of it; nothing where nobody said anything. */
void tell_late_reason(struct sheet *sheet, const struct teller *t, const struct dossier *d);
/* Of a late one: who had it when it fell due, and why. */
void tell_lateness(struct sheet *sheet, const struct teller *t, const struct dossier *d,
                   const struct stages *s);
/* A section: two rows a stage. Nothing where it was received, without a step, and never went on. */
void tell_stages(struct sheet *sheet, const struct teller *t, const struct stages *s);

#endif
