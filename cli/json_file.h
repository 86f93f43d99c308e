/* json_file: JSON Lines that go to a file, whole or not at all (cli/out_file.h), line by line. */
#ifndef MOTCUA_CLI_JSON_FILE_H
#define MOTCUA_CLI_JSON_FILE_H

#include "cli/options.h"
#include "cli/out_file.h"
#include "cli/progress.h"

/* A row of an option table. */
#define OPTION_OUTPUT                                                                                        \
    {                                                                                                        \
        .name = "output", .type = OPTION_WORD, .help = T_cli_opt_output, .value = T_cli_value_file,          \
        .letter = 'o'                                                                                        \
    }

struct json_file {
    struct cli *cli;
    struct out_file file;
    struct json json;    /* writes into `line` */
    struct buf line;     /* of the object being written */
    uint64_t lines, all; /* written; of how many */
    struct progress progress;
    bool stopped;        /* somebody interrupted it */
    struct outcome done; /* the first thing that went wrong */
};

/* Begins a file with personal data and, where somebody watches, tells how far it is of `all` lines; `path`
 * absent or "-" is standard output. False, and `done` says why, when nothing can be written there.
 * json_file_end() in any case. */
bool json_file_begin(struct json_file *f, struct cli *c, struct str path, uint64_t all);
/* Forgets the object in `line`. */
void json_file_drop(struct json_file *f);
/* Takes the object in `line` as a line of its own, and empties it. False when it could not be written, or
 * somebody wants it to stop. */
bool json_file_put(struct json_file *f);
/* Ends the view, since copying may have to wait for whoever reads, and puts the file in its place; where
 * something went wrong, here or while reading, nothing is. Exit status; what was wrong was told. */
int json_file_end(struct json_file *f);

/* Did the file get a name, so that there is room to say what became of it? */
bool json_file_is_named(struct str path);

#endif
