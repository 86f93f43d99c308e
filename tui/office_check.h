/* office_check: what is typed in a form of the office's book means, or what is wrong with it, before it is
 * saved. */
#ifndef MOTCUA_TUI_OFFICE_CHECK_H
#define MOTCUA_TUI_OFFICE_CHECK_H

#include "tui/office_form.h"

/* What was last looked up on this machine, so that it is asked once for each login. Make it {0}. */
struct office_check {
    struct buf login;
    bool has_account;
};
void office_check_release(struct office_check *k);

/* Appends the sentence, nothing where there is nothing to say; false for what will not do, or is to be
 * thought over. */
bool office_check_say(struct office_check *k, const struct office_form *f, const struct office *office,
                      civil_day today, struct buf *out);

#endif
