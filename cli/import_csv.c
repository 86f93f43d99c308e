/* import csv: dossiers from a spreadsheet's file. */
#include "cli/csv_in.h"
#include "cli/import_cells.h"
#include "cli/import_job.h"
#include "cli/verbs.h"
#include <stdlib.h>
#include <unistd.h>

enum { I_DRY_RUN, I_REJECTS };

static const struct option_spec options[] = {
    [I_DRY_RUN] = {.name = "dry-run", .type = OPTION_FLAG, .help = T_cli_opt_import_dry_run},
    [I_REJECTS] = {.name = "rejects",
                   .type = OPTION_WORD,
                   .help = T_cli_opt_rejects,
                   .value = T_cli_value_file},
};

/* What is in those columns stays where it is: said, lest somebody thinks it came in. */
static void say_ignored(const struct import_job *job)
{
    struct buf names = BUF_INIT, line = BUF_INIT;
    for (size_t i = 0; i < job->file.columns; i++) {
        struct str name = import_cell_trim(job->file.name[i]);
        if (job->file.column[i] != COLUMN_UNKNOWN || !name.n)
            continue;
        buf_add_z(&names, names.n ? ", " : "");
        buf_add_str(&names, name);
    }
    if (names.n) {
        LANG_SAY(&line, job->cli->lang, T_cli_import_ignored, buf_str(&names));
        cli_complain(job->cli, buf_str(&line));
    }
    buf_release(&names);
    buf_release(&line);
}

void import_job_release(struct import_job *job)
{
    if (job->has_rejects)
        out_file_discard(&job->rejects);
    import_file_release(&job->file);
    import_kept_release(&job->kept);
    for (size_t i = 0; i < job->tolds; i++)
        buf_release(&job->told[i].sentence);
    free(job->fate);
    free(job->hash);
    free(job->last);
}

/* The rejected rows would take the place of the file they came from. */
static bool is_itself(const struct import_job *job, struct str rejects)
{
    struct stat s;
    if (stat(rejects.p, &s) != 0)
        return false;
    bool same = s.st_dev == job->file.seen.st_dev && s.st_ino == job->file.seen.st_ino;
    struct stat in; /* a file on standard input was copied: it is still that file */
    bool standard = str_eq(job->file.path, STR("-")) && fstat(STDIN_FILENO, &in) == 0 && S_ISREG(in.st_mode);
    return same || (standard && s.st_dev == in.st_dev && s.st_ino == in.st_ino);
}

/* What a demo store invented has no place among what happened. */
static struct outcome check_demo(const struct import_job *job)
{
    for (size_t i = 0; i < job->file.columns && !job->cli->demo; i++)
        if (job->file.column[i] == COLUMN_DEMO)
            return csv_in_fault(job->file.path, job->file.header_line, job->file.name[i], T_cli_import_demo);
    return OUTCOME_DONE;
}

/* Nothing is written as long as a row is wrong and nobody said where to put it. */
static int refuse(struct import_job *job)
{
    import_say_told(job, FATE_REJECTED, true);
    cli_complain(job->cli, str_of(cli_text(job->cli, T_cli_import_nothing_written)));
    return INPUT;
}

static int write_out(struct import_job *job, bool dry_run)
{
    int status = import_write(job, dry_run);
    if (status || !job->has_rejects)
        return status;
    struct outcome o = import_rejects_commit(job);
    return outcome_ok(&o) ? 0 : cli_tell(job->cli, &o);
}

static int import_file(struct import_job *job, const struct args *a)
{
    bool dry_run = args_has(a, I_DRY_RUN);
    struct str rejects = args_text(a, I_REJECTS);
    say_ignored(job);
    int status = import_check(job, dry_run);
    if (status)
        return status;
    if (job->count[FATE_REJECTED] && !rejects.n && !dry_run)
        return refuse(job);
    if (rejects.n) {
        struct outcome o = import_rejects_begin(job, rejects);
        status = outcome_ok(&o) ? 0 : cli_tell(job->cli, &o);
    }
    if (!status)
        status = write_out(job, dry_run);
    if (status)
        return status;
    import_say_told(job, FATE_REJECTED, false);
    import_say_told(job, FATE_CONFLICT, false);
    import_say(job, dry_run, rejects);
    return job->count[FATE_REJECTED] + job->count[FATE_CONFLICT] ? INPUT : 0;
}

static int import(struct cli *c, struct args *a)
{
    struct import_job job = {.cli = c};
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    struct outcome o = import_file_open(&job.file, a->operand[0]);
    if (outcome_ok(&o))
        o = check_demo(&job);
    if (!outcome_ok(&o))
        status = cli_tell(c, &o);
    else if (c->json && str_eq(args_text(a, I_REJECTS), STR("-")))
        status = args_wrong(a, T_cli_import_rejects_json, STR_NONE, STR("--rejects"));
    else if (args_has(a, I_REJECTS) && is_itself(&job, args_text(a, I_REJECTS)))
        status = args_wrong(a, T_cli_import_rejects_is_file, STR_NONE, STR("--rejects"));
    else
        status = import_file(&job, a);
    import_job_release(&job);
    return status;
}

const struct verb verb_import_csv = {
    .name = "import",
    .sub = "csv",
    .help = T_cli_help_import_csv,
    VERB_OPTIONS(options),
    .operand = T_cli_value_file,
    .least = 1,
    .most = 1,
    .act = ACT_IMPORT,
    .run = import,
};
