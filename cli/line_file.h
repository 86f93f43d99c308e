/* line_file: lines that go to a file, whole or not at all (cli/out_file.h), one after the other: JSON Lines,
 * rows of a spreadsheet. However many there are, one at a time is held. */
#ifndef MOTCUA_CLI_LINE_FILE_H
#define MOTCUA_CLI_LINE_FILE_H

#include "cli/options.h"
#include "cli/out_file.h"
#include "cli/progress.h"

/* A row of an option table. */
#define OPTION_OUTPUT                                                                                        \
    {                                                                                                        \
        .name = "output", .type = OPTION_WORD, .help = T_cli_opt_output, .value = T_cli_value_file,          \
        .letter = 'o'                                                                                        \
    }

struct line_file {
    struct cli *cli;
    struct out_file file;
    struct buf line;     /* being written: whatever is appended here, its end included */
    uint64_t lines, all; /* written; of how many */
    struct progress progress;
    bool stopped;        /* somebody interrupted it */
    struct outcome done; /* the first thing that went wrong */
};

/* Begins a file with personal data and, where somebody watches, tells how far it is of `all` lines; `path`
 * absent or "-" is standard output. False, and `done` says why, when nothing can be written there.
 * line_file_end() in any case. */
bool line_file_begin(struct line_file *f, struct cli *c, struct str path, uint64_t all);
/* Forgets what is in `line`. */
void line_file_drop(struct line_file *f);
/* Takes what is in `line`, and empties it. False when it could not be written, or somebody wants it to stop.
 * The first is for what goes before the lines and is none of them. */
bool line_file_head(struct line_file *f);
bool line_file_put(struct line_file *f);
/* Ends the view, since copying may have to wait for whoever reads, and puts the file in its place; where
 * something went wrong, here or while reading, nothing is. Exit status; what was wrong was told. */
int line_file_end(struct line_file *f);

/* Did the file get a name, so that there is room to say what became of it? */
bool line_file_is_named(struct str path);
/* Says how many dossiers went to that file. */
void line_file_say_dossiers(struct cli *c, struct str path, uint64_t dossiers);

#endif
