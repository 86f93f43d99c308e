/* demo_counter: what the demo's desk does beside its dossiers: internal processes, fees, what is turned away,
 * reasons of delays. */
#ifndef MOTCUA_CLI_DEMO_COUNTER_H
#define MOTCUA_CLI_DEMO_COUNTER_H

#include "cli/demo_people.h"
#include "core/arena.h"

/* The process of a procedure that takes days: desk, specialist, chief, desk. 0: it has none. */
size_t demo_process(const struct procedure *p, struct step out[STEPS_MAX]);

/* Of a receipt over the counter: the fee is taken, or exempted now and then. The receipt's number is of
 * `document`, written into `text`. */
void demo_take_fee(struct chance *c, const struct procedure *p, uint32_t document, struct arena *text,
                   struct command *receive);

/* Somebody is sent home with a slip. The needs are packed into the arena. */
void demo_turn_away(struct chance *c, const char *procedure, const struct citizen *who, struct arena *text,
                    struct command *out);

/* Why a dossier is late without a letter, and what the chief says of a reason, as numbers for a step's
 * `text`. 0: nobody says anything. */
uint8_t demo_late_reason(struct chance *c, int specialist);
uint8_t demo_excuse(struct chance *c);
void demo_say_late(uint8_t text, struct command *out);

#endif
