#include "cli/out_form.h"

#include <errno.h>

struct outcome out_form_open(struct out_form *f, const struct cli *c, struct str path, bool personal)
{
    f->error = 0;
    return out_file_open(&f->file, c, path, personal);
}

static bool put(void *arg, const void *bytes, size_t n)
{
    struct out_form *f = arg;
    errno = EIO;
    bool fine = fwrite(bytes, 1, n, f->file.stream) == n;
    if (!fine)
        f->error = errno;
    return fine;
}

struct form_sink out_form_sink(struct out_form *f)
{
    return (struct form_sink){put, f};
}

static struct outcome about(const struct out_form *f, enum outcome_kind kind)
{
    struct outcome o = outcome_of(kind);
    outcome_text(&o, f->file.path.n ? buf_str(&f->file.path) : STR("-"));
    return o;
}

/* Rows come from the store: when they could not be read the view knows why, else memory ran out. */
struct outcome out_form_outcome(const struct out_form *f, const struct cli *c, enum form_result result)
{
    struct outcome o = c->view ? view_fault(c->view) : OUTCOME_DONE;
    if (!outcome_ok(&o))
        return o;
    switch (result) {
    case FORM_WRITTEN: return OUTCOME_DONE;
    case FORM_SINK_FAILED: return out_file_fault(&f->file, f->error);
    case FORM_NO_FONT: return outcome_of(KIND_no_font);
    case FORM_TOO_LONG: return about(f, KIND_form_too_long);
    case FORM_NO_ROOM: return about(f, KIND_no_temporary_room);
    case FORM_ROWS_FAILED:
    case FORM_NO_MEMORY: break;
    }
    return outcome_of(KIND_out_of_memory);
}

struct outcome out_form_close(struct out_form *f, struct cli *c, struct outcome o)
{
    cli_end_view(c);
    if (outcome_ok(&o))
        o = out_file_commit(&f->file, c);
    out_file_discard(&f->file);
    return o;
}
