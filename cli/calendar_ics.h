/* calendar import, calendar export: the office's days from and to an iCalendar file. In the helper program,
 * which alone is linked with libical. */
#ifndef MOTCUA_CLI_CALENDAR_ICS_H
#define MOTCUA_CLI_CALENDAR_ICS_H

#include "cli/options.h"

extern const struct verb verb_calendar_import, verb_calendar_export;

#endif
