/* choosing: the options that say which dossiers are meant, the same wherever there are several: in a list, in
 * a calendar. */
#ifndef MOTCUA_CLI_CHOOSING_H
#define MOTCUA_CLI_CHOOSING_H

#include "cli/options.h"

/* The first rows of such a command's table; the command's own come after them. */
enum { C_STATUS, C_OFFICER, C_FIELD, C_PROCEDURE, C_UNIT, C_RECEIVED, C_DUE, C_END };
#define CHOOSING_OPTIONS(status_help)                                                                        \
    [C_STATUS] = {.name = "status", .type = OPTION_STATUS, .help = (status_help)},                           \
    [C_OFFICER] = {.name = "officer",                                                                        \
                   .type = OPTION_WORD,                                                                      \
                   .help = T_cli_opt_list_officer,                                                           \
                   .value = T_cli_value_login},                                                              \
    [C_FIELD] = {.name = "field", .type = OPTION_WORD, .help = T_cli_opt_field, .value = T_cli_value_field}, \
    [C_PROCEDURE] = {.name = "procedure",                                                                    \
                     .type = OPTION_WORD,                                                                    \
                     .help = T_cli_opt_list_procedure,                                                       \
                     .value = T_cli_value_procedure},                                                        \
    [C_UNIT] = {.name = "unit",                                                                              \
                .type = OPTION_WORD,                                                                         \
                .help = T_cli_opt_list_unit,                                                                 \
                .value = T_cli_value_text},                                                                  \
    [C_RECEIVED] = {.name = "received", .type = OPTION_RANGE, .help = T_cli_opt_list_received},              \
    [C_DUE] = {.name = "due", .type = OPTION_RANGE, .help = T_cli_opt_list_due}

/* What they say, with a view open: what is named must exist, else an empty answer would pass for one. `f`
 * borrows from the command line and the office. Exit status; what was wrong was told. */
int choosing_read(struct cli *c, const struct args *a, struct filter *f);

#endif
