/* Taking back the last act: letters, results and endings are not corrected but undone, in an event of its
 * own. A letter taken back keeps its number; the dossier has its one letter again. */
#include "core/desk.h"

struct outcome decide_undo(struct desk *d)
{
    struct event *e = desk_event(d, EVENT_UNDONE);
    e->undone.seq = d->dossier->last.seq;
    e->undone.kind = d->dossier->last.kind;
    return desk_text(d, d->command->end.reason, (struct text_rule){.label = T_label_reason, .required = true},
                     &e->undone.reason);
}
