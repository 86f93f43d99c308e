/* vdir_say: what became of a folder of items, for people and for scripts. */
#ifndef MOTCUA_CLI_VDIR_SAY_H
#define MOTCUA_CLI_VDIR_SAY_H

#include "cli/context.h"
#include "icalendar/vdir.h"

struct vdir_said {
    struct str path, officer; /* whose it is; absent: everybody's */
    bool retired;             /* who has left: it was emptied */
    uint64_t items;
    const struct vdir *vdir;
};

void vdir_say(struct cli *c, const struct vdir_said *said);
/* What could not be written because something foreign stands in its place, while the rest was. Exit status.
 */
int vdir_say_in_way(struct cli *c, const struct vdir *v, struct str path);

#endif
