#include "cli/json_file.h"

#include <errno.h>

bool json_file_begin(struct json_file *f, struct cli *c, struct str path, uint64_t all)
{
    *f = (struct json_file){.cli = c, .line = BUF_INIT, .done = OUTCOME_DONE, .all = all};
    f->json = json_onto(&f->line);
    progress_begin(&f->progress, c, T_cli_export_progress);
    f->done = out_file_open(&f->file, c, path, true);
    return outcome_ok(&f->done);
}

void json_file_drop(struct json_file *f)
{
    buf_reset(&f->line);
    f->json = json_onto(&f->line);
}

bool json_file_put(struct json_file *f)
{
    if (!outcome_ok(&f->done))
        return false;
    json_line(&f->json);
    if (f->line.failed)
        f->done = outcome_of(KIND_out_of_memory);
    else if (fwrite(f->line.p, 1, f->line.n, f->file.stream) != f->line.n)
        f->done = out_file_fault(&f->file, errno);
    json_file_drop(f);
    f->lines++;
    const struct watch watch = progress_watch(&f->progress);
    f->stopped = !watch_tell(&watch, f->lines, f->all);
    return outcome_ok(&f->done) && !f->stopped;
}

/* Up to the end an interrupt must not leave a temporary file behind; but what goes to standard output has
 * none, and whoever reads there may let us wait for ever. */
static int commit(struct json_file *f)
{
    bool beside = f->file.temporary.n > 0;
    int status = beside ? 0 : progress_end(&f->progress, false);
    if (outcome_ok(&f->done))
        f->done = out_file_commit(&f->file, f->cli);
    out_file_discard(&f->file);
    return beside ? progress_end(&f->progress, false) : status;
}

static int give_up(struct json_file *f)
{
    out_file_discard(&f->file);
    return progress_end(&f->progress, true);
}

int json_file_end(struct json_file *f)
{
    struct cli *c = f->cli;
    if (outcome_ok(&f->done))
        f->done = view_fault(c->view);
    cli_end_view(c);
    buf_release(&f->line);
    int status = f->stopped ? give_up(f) : commit(f);
    return status || outcome_ok(&f->done) ? status : cli_tell(c, &f->done);
}

bool json_file_is_named(struct str path)
{
    return path.n && !str_eq(path, STR("-"));
}
