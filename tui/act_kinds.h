/* act_kinds: what can be done with a dossier, each kind a table of act_form.h: handing on, having the result
 * and handing it over (act_handing.c), the letter (act_apology.c), waiting for the applicant
 * (act_waiting.c), ending and taking back (act_ending.c), the fee and why it is late (act_counter.c).
 * Corrections have a page of their own. */
#ifndef MOTCUA_TUI_ACT_KINDS_H
#define MOTCUA_TUI_ACT_KINDS_H

#include "tui/act_form.h"

extern const struct act_form act_transfer, act_resolve, act_return, act_rate;
extern const struct act_form act_apologize;
extern const struct act_form act_supplement, act_restart, act_await_payment, act_paid;
extern const struct act_form act_refuse, act_withdraw, act_stop, act_void, act_undo;
extern const struct act_form act_fee, act_late_reason;

const struct act_form *act_form_of(enum command_kind kind);
/* How a dossier ends at its applicant's request: withdrawn or stopped, by the rules of its day of receipt. */
enum command_kind act_form_ending(const struct dossier *d);

#endif
