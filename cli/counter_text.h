/* counter_text: what the counter adds to a dossier, in words: its number in the book, its step, its fee, why
 * it is late. */
#ifndef MOTCUA_CLI_COUNTER_TEXT_H
#define MOTCUA_CLI_COUNTER_TEXT_H

#include "cli/context.h"

/* "12 (năm 2026)"; nothing for no number. */
void counter_number(const struct cli *c, struct buf *out, struct yearly_number n);
/* Paid so far, or exempt, or that it is still to be paid; nothing where nothing is known of a fee. */
void counter_fee(const struct cli *c, struct buf *out, const struct dossier *d);
/* Category, reason and a chief's word; that there is none yet for a late one (`late`) without a letter. */
void counter_late_reason(const struct cli *c, struct buf *out, const struct dossier *d, bool late);

#endif
