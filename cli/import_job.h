/* import_job: bringing in a spreadsheet of dossiers. The whole file is checked before anything is written;
 * then what is to come in is written in batches, each whole. What a new dossier's row was decided to be is
 * kept for that (cli/import_kept.h); for all others, and where that no longer holds, the file is read once
 * more. Kept in memory are a few bytes a row. */
#ifndef MOTCUA_CLI_IMPORT_JOB_H
#define MOTCUA_CLI_IMPORT_JOB_H

#include "cli/context.h"
#include "cli/import_file.h"
#include "cli/import_kept.h"
#include "cli/out_file.h"
#include "core/decide_import.h"

/* What becomes of a row. */
enum import_fate {
    FATE_ADDED = IMPORT_ADDED,
    FATE_UPDATED = IMPORT_UPDATED,
    FATE_UNCHANGED = IMPORT_UNCHANGED,
    FATE_CONFLICT = IMPORT_CONFLICT,
    FATE_REJECTED = IMPORT_REJECTED,
    FATE_VOID,     /* void in the other system, and not here: stays out */
    FATE_REPEATED, /* a later row has the same code */
    FATES,
    FATE_MASK = 0x0f,
    FATE_WRITTEN = 0x10, /* beside it: the row is in the store */
};

#define IMPORT_TOLD 20 /* rows of a kind that are named; kept a few more, should some be repeated */
#define IMPORT_KEPT 64

/* A row that did not come in, and why. */
struct import_told {
    size_t row, line;
    enum import_fate fate;
    struct outcome why; /* for scripts, cut to what an outcome holds */
    struct buf sentence;
};

/* The first lines of which something is said, the others are counted. */
struct import_lines {
    size_t row[IMPORT_KEPT], line[IMPORT_KEPT];
    size_t count;
};

struct import_job {
    struct cli *cli;
    struct import_file file;
    struct import_kept kept;
    size_t rows, cap;
    uint8_t *fate;  /* of each row, in FATE_MASK; above it what is counted besides */
    uint64_t *hash; /* of its code; 0: it has none that can be read */
    uint32_t *last; /* by the hash: the last row so far that has it, counted from 1 */
    size_t places;  /* in `last`, a power of two */
    size_t count[FATES], unknown_procedures, no_result_date, due_too_early;
    struct import_lines repeats;    /* whose code stood in a line before: that one does not count */
    struct import_lines early;      /* due too early */
    enum import_column month_first; /* where a month stands before the day, first in that line; 0: nowhere */
    size_t month_first_line;
    struct import_told told[IMPORT_KEPT];
    size_t tolds;
    struct out_file rejects; /* where --rejects is given */
    bool has_rejects;
    int rejects_error; /* errno of what could not be written to it */
};

/* A row judged. */
struct import_judged {
    enum import_fate fate;
    struct import_row row;
    struct outcome why; /* of a conflict or a rejection by the rules */
    struct buf *entry;  /* set before: where to put what it would be in the journal; may be NULL */
};

/* ---- import_check.c ---- */

/* Judges a row as the store stands in the view of job->cli. What it borrows lives as long as the line. False
 * when memory is out or the store is damaged: *fault. */
bool import_judge_row(struct import_job *job, const struct import_line *line, const struct moment *moment,
                      struct arena *text, struct import_judged *out, struct outcome *fault);
/* Reads a row that was judged before once more; `is_known`: its code stands here. The rest as above. */
bool import_read_row(struct import_job *job, const struct import_line *line, bool is_known,
                     const struct moment *moment, struct arena *text, struct import_row *out,
                     struct outcome *fault);
/* Why a row does not come in, a sentence. */
void import_reason(struct buf *out, const struct import_job *job, const struct import_line *line,
                   const struct import_judged *judged);
/* Notes a row's fate anew. */
void import_set_fate(struct import_job *job, size_t row, enum import_fate fate);
void import_tell_later(struct import_job *job, size_t row, const struct import_line *line,
                       const struct import_judged *judged);
uint64_t import_code_hash(const struct import_line *line);
/* The first reading: every row judged, of each code the last one. Exit status, told where it is not 0. */
int import_check(struct import_job *job, bool dry_run);

/* ---- import_write.c ---- */

/* Writes what is to come in, and the rejected rows where job->has_rejects. Exit status, told where it is not
 * 0. */
int import_write(struct import_job *job, bool dry_run);

/* ---- import_rejects.c ---- */

/* The file takes its place only when it is committed. */
struct outcome import_rejects_begin(struct import_job *job, struct str path);
struct outcome import_rejects_commit(struct import_job *job);
void import_rejects_add(struct import_job *job, const struct import_line *line, struct str reason);

/* ---- import_say.c ---- */

void import_say(struct import_job *job, bool dry_run, struct str rejects);
/* The rows that do not come in, on standard error; those of one fate. `answers`: with --json the first of
 * them is the answer. */
void import_say_told(struct import_job *job, enum import_fate fate, bool answers);
void import_job_release(struct import_job *job);

#endif
