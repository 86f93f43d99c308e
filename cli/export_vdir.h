/* export vdir: the due dates as a folder of iCalendar files, one a dossier. In the helper program, which
 * alone is linked with libical. */
#ifndef MOTCUA_CLI_EXPORT_VDIR_H
#define MOTCUA_CLI_EXPORT_VDIR_H

#include "cli/options.h"

extern const struct verb verb_export_vdir;

#endif
