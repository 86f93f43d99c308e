/* print: the prescribed slips of a dossier and the register, as PDF files and on a printer. In the helper
 * program, which alone is linked with what draws them. */
#ifndef MOTCUA_CLI_OUT_PRINT_H
#define MOTCUA_CLI_OUT_PRINT_H

#include "cli/options.h"

extern const struct verb verb_print;

#endif
