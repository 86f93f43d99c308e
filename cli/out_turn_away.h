/* out_turn_away: what is turned away, recorded and then written as its slip, in one command. */
#ifndef MOTCUA_CLI_OUT_TURN_AWAY_H
#define MOTCUA_CLI_OUT_TURN_AWAY_H

#include "cli/options.h"

extern const struct verb verb_out_turn_away, verb_out_turn_away_print;

#endif
