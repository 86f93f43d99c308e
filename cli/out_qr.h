/* qr: the appointment to collect a result, for a phone's calendar. In the helper program, which alone is
 * linked with the library for such codes. */
#ifndef MOTCUA_CLI_OUT_QR_H
#define MOTCUA_CLI_OUT_QR_H

#include "cli/options.h"

extern const struct verb verb_qr;

#endif
