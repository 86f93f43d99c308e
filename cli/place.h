/* place: where the store is and who asks, as the system tells. */
#ifndef MOTCUA_CLI_PLACE_H
#define MOTCUA_CLI_PLACE_H

#include "core/buf.h"

/* Opens whichever of the three standard descriptors is closed, so that no file opened later takes its number
 * and is written over by what was meant for it. Writing to a standard output that was closed still fails. */
void place_guard_descriptors(void);

/* $MOTCUA_STORE, else $XDG_DATA_HOME/motcua, else ~/.local/share/motcua. A variable that is empty, or an
 * XDG_DATA_HOME that is not absolute (as its specification has it), counts as not set. */
void place_of_store(struct buf *out);
/* The login of the real uid, or "uid:N" where it has no name. What the environment says is not asked: it
 * proves nothing. */
void place_login(struct buf *out);
/* The path of the running program. False where the system does not tell it. */
bool place_of_program(struct buf *out);
/* The helper program of this name (`motcua-out`) beside the running one: DIR/libexec/NAME as built,
 * DIR/../libexec/motcua/NAME as installed. False when neither can be run. */
bool place_of_helper(const char *name, struct buf *out);

#endif
