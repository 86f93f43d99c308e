#include "cli/line_file.h"

#include <errno.h>

bool line_file_begin(struct line_file *f, struct cli *c, struct str path, uint64_t all)
{
    *f = (struct line_file){.cli = c, .line = BUF_INIT, .done = OUTCOME_DONE, .all = all};
    progress_begin(&f->progress, c->lang, T_cli_export_progress);
    f->done = out_file_open(&f->file, c, path, true);
    return outcome_ok(&f->done);
}

void line_file_drop(struct line_file *f)
{
    buf_reset(&f->line);
}

bool line_file_head(struct line_file *f)
{
    if (!outcome_ok(&f->done))
        return false;
    if (f->line.failed)
        f->done = outcome_of(KIND_out_of_memory);
    else if (fwrite(f->line.p, 1, f->line.n, f->file.stream) != f->line.n)
        f->done = out_file_fault(&f->file, errno);
    line_file_drop(f);
    return outcome_ok(&f->done);
}

bool line_file_put(struct line_file *f)
{
    if (!line_file_head(f))
        return false;
    f->lines++;
    const struct watch watch = progress_watch(&f->progress);
    f->stopped = !watch_tell(&watch, f->lines, f->all);
    return !f->stopped;
}

/* Up to the end an interrupt must not leave a temporary file behind; but what goes to standard output has
 * none, and whoever reads there may let us wait for ever. */
static int commit(struct line_file *f)
{
    bool beside = f->file.temporary.n > 0;
    int status = beside ? 0 : progress_end(&f->progress, false);
    if (outcome_ok(&f->done))
        f->done = out_file_commit(&f->file, f->cli);
    out_file_discard(&f->file);
    return beside ? progress_end(&f->progress, false) : status;
}

static int give_up(struct line_file *f)
{
    out_file_discard(&f->file);
    return progress_end(&f->progress, true);
}

int line_file_end(struct line_file *f)
{
    struct cli *c = f->cli;
    if (outcome_ok(&f->done))
        f->done = view_fault(c->view);
    cli_end_view(c);
    buf_release(&f->line);
    int status = f->stopped ? give_up(f) : commit(f);
    return status || outcome_ok(&f->done) ? status : cli_tell(c, &f->done);
}

bool line_file_is_named(struct str path)
{
    return path.n && !str_eq(path, STR("-"));
}

void line_file_say_dossiers(struct cli *c, struct str path, uint64_t dossiers)
{
    if (c->json) {
        struct json j = json_onto(&c->out);
        json_object_begin(&j, NULL);
        json_str(&j, "file", path);
        json_int(&j, "dossiers", (int64_t)dossiers);
        json_bool(&j, "demo", c->demo);
        json_object_end(&j);
        json_line(&j);
        return;
    }
    struct buf n = BUF_INIT;
    buf_add_int(&n, (int64_t)dossiers);
    CLI_LINE(c, c->demo ? T_cli_exported_dossiers_demo : T_cli_exported_dossiers, buf_str(&n), path);
    buf_release(&n);
}
