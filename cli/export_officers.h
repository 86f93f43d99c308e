/* export_officers: the due dates as a file for each officer, called LOGIN.ics, in one folder. Who has nothing
 * gets an empty calendar: a phone that reads it must not go on showing what is over. So does the file of one
 * who has left, if there is one that we wrote. */
#ifndef MOTCUA_CLI_EXPORT_OFFICERS_H
#define MOTCUA_CLI_EXPORT_OFFICERS_H

#include "cli/export_items.h"

/* With the items begun (cli/export_items.h), whose view it ends. Exit status, told. */
int export_officers(struct export_items *items, struct str folder, int refresh_minutes);

#endif
