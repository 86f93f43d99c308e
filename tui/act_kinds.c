#include "tui/act_kinds.h"

#include "core/law.h"

static const struct act_form *const forms[] = {
    &act_transfer, &act_resolve,       &act_return, &act_rate,        &act_apologize, &act_supplement,
    &act_restart,  &act_await_payment, &act_paid,   &act_refuse,      &act_withdraw,  &act_stop,
    &act_void,     &act_undo,          &act_fee,    &act_late_reason,
};

const struct act_form *act_form_of(enum command_kind kind)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (forms[i]->kind == kind)
            return forms[i];
    return forms[0];
}

enum command_kind act_form_ending(const struct dossier *d)
{
    return law_rules(civil_day_of(d->facts.received)) == RULES_61 ? COMMAND_WITHDRAW : COMMAND_STOP;
}
