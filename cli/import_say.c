/* What became of a spreadsheet that was brought in. */
#include "cli/import_job.h"

static void say_json(struct import_job *job, bool dry_run)
{
    struct json j = json_onto(&job->cli->out);
    json_object_begin(&j, NULL);
    json_int(&j, "rows", (int64_t)job->rows);
    json_int(&j, "added", (int64_t)job->count[FATE_ADDED]);
    json_int(&j, "updated", (int64_t)job->count[FATE_UPDATED]);
    json_int(&j, "unchanged", (int64_t)job->count[FATE_UNCHANGED]);
    json_int(&j, "conflicts", (int64_t)job->count[FATE_CONFLICT]);
    json_int(&j, "rejected", (int64_t)job->count[FATE_REJECTED]);
    json_int(&j, "repeated", (int64_t)job->count[FATE_REPEATED]);
    json_int(&j, "unknown_procedures", (int64_t)job->unknown_procedures);
    json_int(&j, "void", (int64_t)job->count[FATE_VOID]);
    json_int(&j, "no_result_date", (int64_t)job->no_result_date);
    json_bool(&j, "dry_run", dry_run);
    json_object_end(&j);
    json_line(&j);
}

static void say_count(struct import_job *job, enum text_id sentence, size_t n)
{
    struct buf number = BUF_INIT;
    if (!n)
        return;
    buf_add_int(&number, (int64_t)n);
    CLI_LINE(job->cli, sentence, buf_str(&number));
    buf_release(&number);
}

/* "in conflict, at line: 3, 17 and 5 more" */
static void say_lines(struct import_job *job, enum text_id sentence, enum import_fate fate)
{
    struct buf lines = BUF_INIT, all = BUF_INIT, more = BUF_INIT;
    size_t told = 0;
    for (size_t i = 0; i < job->tolds && told < IMPORT_TOLD; i++) {
        if (job->told[i].fate != fate)
            continue;
        buf_add_z(&lines, told++ ? ", " : "");
        buf_add_int(&lines, (int64_t)job->told[i].line);
    }
    if (told && job->count[fate] > told) {
        buf_add_int(&more, (int64_t)(job->count[fate] - told));
        LANG_SAY(&all, job->cli->lang, T_cli_import_and_more, buf_str(&lines), buf_str(&more));
    } else {
        buf_add_str(&all, buf_str(&lines));
    }
    if (told)
        CLI_LINE(job->cli, sentence, buf_str(&all));
    buf_release(&lines);
    buf_release(&all);
    buf_release(&more);
}

static void say_text(struct import_job *job, bool dry_run, struct str rejects)
{
    static const enum import_fate shown[] = {FATE_ADDED, FATE_UPDATED, FATE_UNCHANGED, FATE_CONFLICT,
                                             FATE_REJECTED};
    struct cli *c = job->cli;
    struct buf n[6];
    for (size_t i = 0; i < 6; i++) {
        n[i] = BUF_INIT;
        buf_add_int(&n[i], (int64_t)(i ? job->count[shown[i - 1]] : job->rows));
    }
    cli_banner(c);
    if (dry_run)
        CLI_LINE(c, T_cli_dry_run, STR_NONE);
    CLI_LINE(c, T_cli_import_read, buf_str(&n[0]), buf_str(&n[1]), buf_str(&n[2]), buf_str(&n[3]),
             buf_str(&n[4]), buf_str(&n[5]));
    say_count(job, T_cli_import_repeated, job->count[FATE_REPEATED]);
    say_count(job, T_cli_import_voids, job->count[FATE_VOID]);
    say_count(job, T_cli_import_unknown_procedures, job->unknown_procedures);
    say_count(job, T_cli_import_no_result_date, job->no_result_date);
    say_lines(job, T_cli_import_conflict_lines, FATE_CONFLICT);
    say_lines(job, T_cli_import_rejected_lines, FATE_REJECTED);
    if (rejects.n && job->count[FATE_CONFLICT] + job->count[FATE_REJECTED])
        CLI_LINE(c, T_cli_import_rejects_in, rejects);
    for (size_t i = 0; i < 6; i++)
        buf_release(&n[i]);
}

void import_say(struct import_job *job, bool dry_run, struct str rejects)
{
    if (job->cli->json)
        say_json(job, dry_run);
    else
        say_text(job, dry_run, rejects);
}

/* People want to mend all at once, scripts one answer. */
void import_say_told(struct import_job *job, enum import_fate fate, bool answers)
{
    struct cli *c = job->cli;
    size_t told = 0;
    for (size_t i = 0; i < job->tolds && told < IMPORT_TOLD; i++) {
        if (job->told[i].fate != fate)
            continue;
        if (c->json && answers && !told)
            cli_tell(c, &job->told[i].why);
        else
            cli_complain(c, buf_str(&job->told[i].sentence));
        told++;
    }
    if (job->count[fate] > told) {
        struct buf line = BUF_INIT, more = BUF_INIT;
        buf_add_int(&more, (int64_t)(job->count[fate] - told));
        LANG_SAY(&line, c->lang, T_cli_more_errors, buf_str(&more));
        cli_complain(c, buf_str(&line));
        buf_release(&line);
        buf_release(&more);
    }
}
