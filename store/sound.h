/* sound: is all that is stored what the journal makes of it? A quick answer, yes or "there is a doubt", with
 * nothing written anywhere and the memory of the dossiers under way.
 *
 * The journal is walked once. Each dossier is followed from its first entry to the one that its record names
 * as its last; then the record must be what the entries made, byte for byte. Whatever else is kept of a
 * dossier is worked out of that record and compared with what is stored. Who doubts must look more closely:
 * here nobody asks what is wrong (store/check.c). */
#ifndef MOTCUA_STORE_SOUND_H
#define MOTCUA_STORE_SOUND_H

#include "store/view.h"
#include "store/watch.h"

enum sound { SOUND_DOUBT, SOUND_YES, SOUND_STOPPED /* by who watches */ };

/* Of a view of now whose pages are in order (store/audit.h). After a doubt the view may have a fault and is
 * of no more use. */
enum sound sound_view(struct view *v, const struct watch *watch);

#endif
