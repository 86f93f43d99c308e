/* act_tell: what an act would do, in words, while its form is typed. */
#ifndef MOTCUA_TUI_ACT_TELL_H
#define MOTCUA_TUI_ACT_TELL_H

#include "tui/rehearsal.h"
#include "tui/tell.h"

/* Would it be done but for a chief's word, or because of it? */
bool act_tell_insists(const struct rehearsal *r);
/* What the rehearsed act of this kind would do, or why it is refused. `may_insist`: whoever sits there may
 * say that word. */
void act_tell(struct sheet *sheet, const struct teller *t, const struct rehearsal *r, enum command_kind kind,
              bool may_insist);

#endif
