/* moves: a change of the office's days, and what it does, or would do, to the due times of dossiers. */
#ifndef MOTCUA_CLI_MOVES_H
#define MOTCUA_CLI_MOVES_H

#include "cli/options.h"

#define OPTION_DRY_RUN                                                                                       \
    {                                                                                                        \
        .name = "dry-run", .type = OPTION_FLAG, .help = T_cli_opt_dry_run                                    \
    }

/* Carries the requests out in one submission, or only rehearses them, and begins a fresh view. *moves was
 * made {0}; it is the caller's to release. Exit status; what was refused was told, unless `refusal` is not
 * NULL: then it gets the outcome, and the index of the request that was refused. */
struct moves_refusal {
    struct outcome outcome;
    size_t at;
};
int moves_submit(struct cli *c, struct request *requests, size_t n, bool rehearse, struct moves *moves,
                 struct moves_refusal *refusal);

/* The keys moved, kept and dry_run, into an object already begun. */
void moves_json(struct cli *c, struct json *j, const struct moves *moves, bool rehearsed);
/* The dossiers moved and kept, for people: code, applicant, from when to when. */
void moves_text(struct cli *c, const struct moves *moves);
/* The line for people before all else, when nothing was written. */
void moves_rehearsed(struct cli *c, bool rehearsed);

#endif
