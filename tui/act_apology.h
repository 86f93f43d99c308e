/* act_apology: the new date of an apology, while it is typed. For other kinds of act these do nothing. */
#ifndef MOTCUA_TUI_ACT_APOLOGY_H
#define MOTCUA_TUI_ACT_APOLOGY_H

#include "tui/act_form.h"

/* An example of a new date: a working day after the due time in force. `text` is filled and borrowed. */
void act_apology_example(const struct act_form *a, struct form *f, const struct calendar *calendar,
                         enum lang lang, civil_day today, civil_minute due, struct buf *text);
/* Says what a typed new date means: its weekday, how many working days later; false when it will not do.
 * Nothing while none is typed. */
bool act_apology_check(const struct act_form *a, const struct form *f, const struct calendar *calendar,
                       enum lang lang, civil_day today, civil_minute due, struct buf *out);

#endif
