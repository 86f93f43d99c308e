/* sentence: a refusal as the screen says it: keys where the table's own sentence names commands, the law it
 * cites behind it. */
#ifndef MOTCUA_TUI_SENTENCE_H
#define MOTCUA_TUI_SENTENCE_H

#include "core/outcome.h"

/* Appends it, beginning with a capital. `provincial`: the office's own decision, cited beside the decree; may
 * be absent. */
void sentence_say(struct buf *out, enum lang lang, const struct outcome *o, struct str provincial);

/* The reason in a few words, without the law; T_nothing where there are none. */
enum text_id sentence_short(enum outcome_kind kind);

#endif
