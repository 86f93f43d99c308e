/* out_file: a file that appears whole or not at all.
 *
 * What is written goes to a temporary file first: beside the target, which then takes its place in one step,
 * or, for standard output and for targets that are no plain files (a device, a pipe), to one without a name,
 * copied over at the end. So a failure half way leaves what was there before, and nobody reads half a file.
 */
#ifndef MOTCUA_CLI_OUT_FILE_H
#define MOTCUA_CLI_OUT_FILE_H

#include "cli/context.h"

#include <stdio.h>
#include <sys/stat.h>

struct out_file {
    FILE *stream;         /* write here */
    char *blocks;         /* its buffer: large, or writing a gigabyte is mostly asking for it */
    struct buf path;      /* what it is to become; empty: standard output */
    struct buf temporary; /* beside it; empty: without a name */
    struct stat before;   /* of what is there now */
    bool exists;
    bool personal;
};

/* Begins a file; `path` absent or "-" is standard output. What holds personal data is readable for its owner
 * alone; anything else keeps the mode of the file it replaces. The store's own files are no place to write
 * to. On anything but success nothing is open. */
struct outcome out_file_open(struct out_file *f, const struct cli *c, struct str path, bool personal);
/* Gives what is to become a file of the same folder another name there, which nothing has yet or which is
 * replaced; not for standard output. */
void out_file_rename(struct out_file *f, struct str name);
/* Puts it in place and closes. Standard output goes through c->out, whose failure shows in cli_finish(). */
struct outcome out_file_commit(struct out_file *f, struct cli *c);
/* Forgets what was written and closes; after a commit too. */
void out_file_discard(struct out_file *f);
/* What writing at a path failed of, by its errno. */
struct outcome out_fault(struct str path, int error);
/* What a write to the stream failed of. */
struct outcome out_file_fault(const struct out_file *f, int error);

#endif
