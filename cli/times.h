/* times: from what was typed to the office's clock, and how far back a reading command looks. */
#ifndef MOTCUA_CLI_TIMES_H
#define MOTCUA_CLI_TIMES_H

#include "cli/options.h"

/* A time as given, on the office's wall clock: one with another UTC offset is converted. A date alone is the
 * opening hour of that day. */
civil_minute time_of(const struct civil_input *in, const struct office *office);
/* The option's time, NO_TIME when it was not given. */
civil_minute time_given(const struct args *a, int option, const struct office *office);

#endif
