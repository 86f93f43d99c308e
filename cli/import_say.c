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
    json_int(&j, "due_before_receipt", (int64_t)job->due_too_early);
    json_bool(&j, "dry_run", dry_run);
    json_object_end(&j);
    json_line(&j);
}

/* A sentence for one row, another for more of them. */
struct counted {
    enum text_id one, many;
};

/* "3, 17 and 5 more": the first `told` lines of `all`. */
static void add_lines(struct buf *out, const struct import_job *job, const size_t *line, size_t told,
                      size_t all)
{
    struct buf lines = BUF_INIT, more = BUF_INIT;
    told = told < IMPORT_TOLD ? told : IMPORT_TOLD;
    for (size_t i = 0; i < told; i++) {
        buf_add_z(&lines, i ? ", " : "");
        buf_add_int(&lines, (int64_t)line[i]);
    }
    if (told && all > told) {
        buf_add_int(&more, (int64_t)(all - told));
        LANG_SAY(out, job->cli->lang, T_cli_import_and_more, buf_str(&lines), buf_str(&more));
    } else {
        buf_add_str(out, told ? buf_str(&lines) : STR("…")); /* all that were kept have been repeated since */
    }
    buf_release(&lines);
    buf_release(&more);
}

/* `lines` may be NULL, where the sentence does not name them. */
static void say_count(struct import_job *job, struct counted sentence, size_t n,
                      const struct import_lines *lines)
{
    struct buf number = BUF_INIT, list = BUF_INIT;
    if (!n)
        return;
    buf_add_int(&number, (int64_t)n);
    if (lines)
        add_lines(&list, job, lines->line, lines->count, n);
    CLI_LINE(job->cli, n == 1 ? sentence.one : sentence.many, buf_str(&number), buf_str(&list));
    buf_release(&number);
    buf_release(&list);
}

/* "in conflict, at line: 3, 17 and 5 more" */
static void say_lines(struct import_job *job, enum text_id sentence, enum import_fate fate)
{
    struct buf list = BUF_INIT;
    size_t line[IMPORT_KEPT], told = 0;
    for (size_t i = 0; i < job->tolds; i++)
        if (job->told[i].fate == fate)
            line[told++] = job->told[i].line;
    if (told) {
        add_lines(&list, job, line, told, job->count[fate]);
        CLI_LINE(job->cli, sentence, buf_str(&list));
    }
    buf_release(&list);
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
    CLI_LINE(c, job->rows == 1 ? T_cli_import_read_one : T_cli_import_read, buf_str(&n[0]), buf_str(&n[1]),
             buf_str(&n[2]), buf_str(&n[3]), buf_str(&n[4]), buf_str(&n[5]));
    say_count(job, (struct counted){T_cli_import_repeated_one, T_cli_import_repeated},
              job->count[FATE_REPEATED], &job->repeats);
    say_count(job, (struct counted){T_cli_import_voids_one, T_cli_import_voids}, job->count[FATE_VOID], NULL);
    say_count(job, (struct counted){T_cli_import_unknown_procedures_one, T_cli_import_unknown_procedures},
              job->unknown_procedures, NULL);
    say_count(job, (struct counted){T_cli_import_no_result_date_one, T_cli_import_no_result_date},
              job->no_result_date, NULL);
    say_count(job, (struct counted){T_cli_import_early_one, T_cli_import_early}, job->due_too_early,
              &job->early);
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
