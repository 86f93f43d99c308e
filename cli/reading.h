/* reading: what all commands that only ask have in common: the store as it is or as it was, who may see what.
 */
#ifndef MOTCUA_CLI_READING_H
#define MOTCUA_CLI_READING_H

#include "cli/options.h"

/* Rows of an option table. */
#define OPTION_AS_OF                                                                                         \
    {                                                                                                        \
        .name = "as-of", .type = OPTION_TIME, .help = T_cli_opt_as_of                                        \
    }
#define OPTION_UNMASK                                                                                        \
    {                                                                                                        \
        .name = "unmask", .type = OPTION_FLAG, .help = T_cli_opt_unmask                                      \
    }

struct reading {
    struct judge judge; /* at the moment asked about */
    int64_t moment;     /* the same, UTC second */
    bool past;          /* another moment than now */
    bool unmask;
};

/* With the store open: takes a view of it as --as-of says (`as_of`: index of that option) in place of the one
 * there is; *moment is the UTC second that is then asked about, now where the option was not given. Exit
 * status; what was wrong was told. */
int reading_view(struct cli *c, struct args *a, int as_of, int64_t *moment);

/* Opens the store, a view of it as --as-of says (`as_of`, `unmask`: indexes of the options, -1 where the
 * command has none). A date alone is the end of that day, a time without seconds the end of that minute,
 * today's date now; a future one is a wrong command line. Exit status; what was wrong was told. */
int reading_open(struct cli *c, struct args *a, int as_of, int unmask, struct reading *out);

#endif
