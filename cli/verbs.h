/* verbs: the commands of motcua, one `struct verb` each; what they take stands in the tables beside them. */
#ifndef MOTCUA_CLI_VERBS_H
#define MOTCUA_CLI_VERBS_H

#include "cli/options.h"

extern const struct verb verb_init, verb_demo, verb_stat;
extern const struct verb verb_procedure_list, verb_procedure_show, verb_officer_list, verb_officer_put,
    verb_calendar_show;
extern const struct verb verb_receive, verb_transfer, verb_apologize, verb_resolve, verb_return, verb_refuse;
extern const struct verb verb_show, verb_explain, verb_due, verb_list, verb_search, verb_morning;
/* Goes to the helper program as it is. */
extern const struct verb verb_export;

#endif
