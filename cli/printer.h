/* printer: files on their way to CUPS. */
#ifndef MOTCUA_CLI_PRINTER_H
#define MOTCUA_CLI_PRINTER_H

#include "core/outcome.h"

/* `lp [-d PRINTER] -- FILE`, found in $PATH, without a shell; an absent printer is the usual one. Waits until
 * it has taken the file. Success, `no_lp` or `not_printed`: the file stays as it is. */
struct outcome printer_send(struct str file, struct str printer);

#endif
