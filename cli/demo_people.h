/* demo_people: invented citizens and the invented people of the office. */
#ifndef MOTCUA_CLI_DEMO_PEOPLE_H
#define MOTCUA_CLI_DEMO_PEOPLE_H

#include "cli/chance.h"
#include "core/command.h"

struct citizen {
    char name[96], phone[16], id_number[16], address[96], email[64];
    bool organization, outside;
};

/* Names in the proportions in which they are met; now and then a cooperative or a household business. */
void demo_citizen(struct chance *c, struct citizen *out);

/* The people of the office; the first is its admin. Those from DEMO_SPECIALISTS on work the dossiers of their
 * fields. */
#define DEMO_OFFICERS 8
enum {
    DEMO_ADMIN = 0,
    DEMO_CHIEF,
    DEMO_DESK_1,
    DEMO_DESK_2,
    DEMO_CIVIL_STATUS,
    DEMO_LAND,
    DEMO_SOCIAL,
    DEMO_RESIDENCE
};
extern const struct officer demo_officers[DEMO_OFFICERS];

#endif
