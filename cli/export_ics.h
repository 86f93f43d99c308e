/* export ics: the due dates as an iCalendar stream. In the helper program, which alone is linked with
 * libical. */
#ifndef MOTCUA_CLI_EXPORT_ICS_H
#define MOTCUA_CLI_EXPORT_ICS_H

#include "cli/options.h"

extern const struct verb verb_export_ics;

#endif
