/* What is to come in of a spreadsheet goes to the store in batches, each whole: first what was decided while
 * the file was checked, then, in a second reading of it, whatever that leaves. Others are waiting to write:
 * none of them waits long, and each gets its turn. */
#include "cli/import_job.h"
#include "cli/progress.h"
#include <stdlib.h>
#include <time.h>

/* The least is what a slow disk gets too: a commit waits for it twice, however little there is to write, so
 * that fewer rows would let nobody in much sooner and only make it all take longer. */
enum { BATCH_FIRST = 200, BATCH_LEAST = 200, BATCH_MOST = 2000, REST_NS = 1000000 };
enum { HOLD_NS = 7000000, HOLD_MOST_NS = 10000000 }; /* of the write lock, by one batch: aimed at; too long */

/* A row that waits to be written; all of it lives in the batch's `text`. */
struct pending_row {
    size_t row;
    struct import_line line;
};

struct writing {
    struct import_job *job;
    struct watch watch;
    bool dry_run;
    size_t row;            /* the one that comes next */
    size_t to_write, done; /* rows */
    struct request *request;
    struct pending_row *pending;
    size_t batched, batch; /* how many wait, how many are written at once */
    bool settled;          /* that many was once too many */
    bool foreseen;         /* what waits was decided beforehand */
    bool outdated;         /* that no longer holds */
    struct arena text;
    struct outcome fault;
    bool stopped;
};

/* ---- a batch ---- */

static bool keep_line(struct writing *w, const struct import_line *line, struct import_line *out)
{
    char *text = arena_alloc(&w->text, line->text.n + 1);
    struct str *cells = arena_alloc(&w->text, (line->cells + 1) * sizeof *cells);
    if (!text || !cells)
        return false;
    memcpy(text, line->text.p, line->text.n);
    *out = *line;
    out->text.p = text;
    for (size_t i = 0; i < line->cells; i++)
        cells[i] = (struct str){text + (line->cell[i].p - line->text.p), line->cell[i].n};
    out->cell = cells;
    for (size_t i = 0; i < COLUMNS_KNOWN; i++)
        if (line->known.cell[i].p)
            out->known.cell[i].p = text + (line->known.cell[i].p - line->text.p);
    return true;
}

/* Long enough to be worth the disk's time, short enough for whoever waits. At first it doubles; once that was
 * too much it goes slowly, for one quick or slow turn of the disk says little of the next; but not where
 * others had to wait too long. */
static void adapt(struct writing *w)
{
    enum { SLOWLY = 8, AT_ONCE = 2 };
    int64_t held = store_held_ns(w->job->cli->store);
    size_t most = 2 * w->batch, fits = held > 0 ? (size_t)((int64_t)w->batch * HOLD_NS / held) : most;
    fits = fits < most ? fits : most;
    w->settled = w->settled || fits < w->batch;
    size_t pace = !w->settled ? 1 : held > HOLD_MOST_NS ? AT_ONCE : SLOWLY;
    w->batch = (w->batch * (pace - 1) + fits + pace / 2) / pace;
    w->batch = w->batch < BATCH_LEAST ? BATCH_LEAST : w->batch > BATCH_MOST ? BATCH_MOST : w->batch;
}

static void reject(struct writing *w, const struct pending_row *p, const struct import_judged *judged)
{
    struct buf reason = BUF_INIT;
    import_tell_later(w->job, p->row, &p->line, judged);
    import_reason(&reason, w->job, &p->line, judged);
    if (w->job->has_rejects)
        import_rejects_add(w->job, &p->line, buf_str(&reason));
    buf_release(&reason);
}

static void change_fate(struct writing *w, size_t row, enum import_fate was, enum import_fate is)
{
    w->job->count[was]--;
    w->job->count[is]++;
    import_set_fate(w->job, row, is);
}

static struct moment moment_now(const struct writing *w)
{
    struct moment m = cli_moment(w->job->cli);
    int64_t now = (int64_t)time(NULL);
    m.now = now > m.now ? now : m.now;
    return m;
}

/* Somebody was faster: the row is judged anew, and left out if it no longer comes in. False: what was refused
 * was not this row. */
static bool judge_again(struct writing *w, size_t at)
{
    struct import_job *job = w->job;
    struct pending_row *p = &w->pending[at];
    enum import_fate was = (enum import_fate)(job->fate[p->row] & FATE_MASK);
    struct import_judged judged = {.entry = NULL};
    const struct moment moment = moment_now(w);
    w->fault = cli_view(job->cli);
    bool fine =
        outcome_ok(&w->fault) && import_judge_row(job, &p->line, &moment, &w->text, &judged, &w->fault);
    if (fine && judged.fate != FATE_ADDED && judged.fate != FATE_UPDATED) {
        change_fate(w, p->row, was, judged.fate);
        if (judged.fate != FATE_UNCHANGED)
            reject(w, p, &judged);
        w->batched--;
        w->to_write--;
        memmove(&w->pending[at], &w->pending[at + 1], (w->batched - at) * sizeof *w->pending);
        memmove(&w->request[at], &w->request[at + 1], (w->batched - at) * sizeof *w->request);
    } else if (fine && judged.fate != was) {
        change_fate(w, p->row, was, judged.fate);
        w->request[at].command = judged.row.command;
    } else {
        fine = false;
    }
    cli_end_view(job->cli);
    return fine;
}

/* What somebody else wrote meanwhile needed no writing any more, or was no longer new. */
static void take_results(struct writing *w)
{
    for (size_t i = 0; i < w->batched; i++) {
        size_t row = w->pending[i].row;
        const struct result *r = &w->request[i].result;
        enum import_fate was = (enum import_fate)(w->job->fate[row] & FATE_MASK);
        change_fate(w, row, was, !r->seq ? FATE_UNCHANGED : r->made ? FATE_ADDED : FATE_UPDATED);
        w->job->fate[row] |= FATE_WRITTEN;
    }
    w->done += w->batched;
}

static void forget_batch(struct writing *w)
{
    w->batched = 0;
    arena_release(&w->text);
    w->text = ARENA_INIT;
}

static bool flush(struct writing *w)
{
    struct cli *c = w->job->cli;
    cli_end_view(c);
    if (!w->batched)
        return true;
    w->fault = import_file_check(&w->job->file);
    while (outcome_ok(&w->fault) && w->batched) {
        size_t at = 0;
        const struct moment moment = moment_now(w);
        for (size_t i = 0; i < w->batched; i++)
            w->request[i].moment = moment;
        struct outcome o = store_submit(c->store, w->request, w->batched, &at);
        if (outcome_ok(&o)) {
            take_results(w);
            break;
        }
        bool refused = outcome_class(o.kind) != FAILED;
        w->outdated = refused && w->foreseen;
        if (w->outdated)
            break;
        if (refused && judge_again(w, at))
            continue;
        if (outcome_ok(&w->fault))
            w->fault = o;
    }
    if (!outcome_ok(&w->fault))
        return false;
    if (!w->outdated)
        adapt(w);
    forget_batch(w);
    nanosleep(&(struct timespec){.tv_nsec = REST_NS}, NULL);
    w->stopped = !watch_tell(&w->watch, w->done, w->to_write);
    return !w->stopped;
}

/* ---- what was decided beforehand ---- */

static bool add_foreseen(struct writing *w, const struct import_kept_row *kept)
{
    struct str entry = arena_str(&w->text, kept->entry);
    if (w->text.failed) {
        w->fault = outcome_of(KIND_out_of_memory);
        return false;
    }
    w->pending[w->batched] = (struct pending_row){.row = kept->row};
    w->request[w->batched++] =
        (struct request){.command = {.kind = COMMAND_IMPORT}, .foreseen = {entry, kept->office_seq}};
    return w->batched < w->batch || flush(w);
}

/* Where somebody else wrote the same, or changed the office, the rest is left to the second reading. */
static void write_foreseen(struct writing *w)
{
    struct import_kept_row kept;
    bool on = true;
    w->foreseen = true;
    while (on && !w->outdated && import_kept_next(&w->job->kept, &kept))
        if ((w->job->fate[kept.row] & FATE_MASK) == FATE_ADDED) /* else a later row has its code */
            on = add_foreseen(w, &kept);
    if (on && !w->outdated)
        flush(w);
    w->foreseen = false;
}

/* ---- the rows ---- */

static bool view_of(struct writing *w)
{
    if (!w->job->cli->view)
        w->fault = cli_view(w->job->cli);
    return outcome_ok(&w->fault);
}

/* It was judged; should it have changed since, the store says so. */
static bool add_to_batch(struct writing *w, const struct import_line *line, enum import_fate fate)
{
    struct pending_row *p = &w->pending[w->batched];
    struct import_row row;
    const struct moment moment = cli_moment(w->job->cli);
    *p = (struct pending_row){.row = w->row - 1};
    if (!keep_line(w, line, &p->line)) {
        w->fault = outcome_of(KIND_out_of_memory);
        return false;
    }
    if (!import_read_row(w->job, &p->line, fate == FATE_UPDATED, &moment, &w->text, &row, &w->fault))
        return false;
    w->request[w->batched++] = (struct request){.command = row.command};
    return w->batched < w->batch || flush(w);
}

/* Its reason is made out once more: there was no room to keep it. */
static bool add_to_rejects(struct writing *w, const struct import_line *line)
{
    struct import_judged judged = {.entry = NULL};
    struct buf reason = BUF_INIT;
    struct arena text = ARENA_INIT;
    const struct moment moment = cli_moment(w->job->cli);
    bool fine = import_judge_row(w->job, line, &moment, &text, &judged, &w->fault);
    if (fine) {
        import_reason(&reason, w->job, line, &judged);
        import_rejects_add(w->job, line, buf_str(&reason));
    }
    buf_release(&reason);
    arena_release(&text);
    return fine;
}

static bool write_row(void *arg, const struct import_line *line)
{
    struct writing *w = arg;
    struct import_job *job = w->job;
    size_t row = w->row++;
    if (row >= job->rows || job->hash[row] != import_code_hash(line)) {
        w->fault = outcome_of(KIND_file_changed);
        outcome_text(&w->fault, job->file.path);
        return false;
    }
    enum import_fate fate = (enum import_fate)(job->fate[row] & FATE_MASK);
    bool written = job->fate[row] & FATE_WRITTEN;
    bool comes_in = !w->dry_run && !written && (fate == FATE_ADDED || fate == FATE_UPDATED);
    bool goes_back = job->has_rejects && (fate == FATE_REJECTED || fate == FATE_CONFLICT);
    if (!comes_in && !goes_back)
        return true;
    if (!view_of(w))
        return false;
    return comes_in ? add_to_batch(w, line, fate) : add_to_rejects(w, line);
}

/* ---- all of them ---- */

/* How far it came, where it did not come to the end: what is in is in, and running it again does the rest. */
static void say_how_far(const struct writing *w)
{
    struct buf line = BUF_INIT, done = BUF_INIT, all = BUF_INIT;
    if (w->dry_run || !w->to_write)
        return;
    buf_add_int(&done, (int64_t)w->done);
    buf_add_int(&all, (int64_t)w->to_write);
    LANG_SAY(&line, w->job->cli->lang, T_cli_import_stopped_at, buf_str(&done), buf_str(&all));
    cli_complain(w->job->cli, buf_str(&line));
    buf_release(&line);
    buf_release(&done);
    buf_release(&all);
}

static bool goes_back(const struct import_job *job)
{
    return job->has_rejects && job->count[FATE_REJECTED] + job->count[FATE_CONFLICT];
}

static struct outcome run(struct writing *w)
{
    struct outcome o = OUTCOME_DONE;
    if (!w->dry_run)
        write_foreseen(w);
    bool more = (!w->dry_run && w->done < w->to_write) || goes_back(w->job);
    if (more && outcome_ok(&w->fault) && !w->stopped)
        o = import_file_walk(&w->job->file, write_row, w);
    if (outcome_ok(&o) && outcome_ok(&w->fault) && !w->stopped)
        flush(w);
    cli_end_view(w->job->cli);
    return outcome_ok(&w->fault) ? o : w->fault;
}

int import_write(struct import_job *job, bool dry_run)
{
    struct writing w = {
        .job = job,
        .dry_run = dry_run,
        .to_write = job->count[FATE_ADDED] + job->count[FATE_UPDATED],
        .batch = BATCH_FIRST,
        .text = ARENA_INIT,
        .request = calloc(BATCH_MOST, sizeof *w.request),
        .pending = calloc(BATCH_MOST, sizeof *w.pending),
    };
    bool anything = (w.to_write && !dry_run) || goes_back(job);
    int status = 0;
    if (!w.request || !w.pending) {
        status = cli_no_memory(job->cli);
    } else if (anything) {
        struct progress p;
        progress_begin(&p, job->cli->lang, T_cli_import_writing);
        p.paced = p.seldom = true;
        w.watch = progress_watch(&p);
        struct outcome o = run(&w);
        bool ended = outcome_ok(&o) && w.done >= w.to_write;
        if (!ended && (w.stopped || w.done))
            say_how_far(&w);
        status = progress_end(&p, w.stopped && !ended);
        if (status == 0 && !outcome_ok(&o))
            status = cli_tell(job->cli, &o);
    }
    job->cli->wrote = w.done > 0;
    arena_release(&w.text);
    free(w.request);
    free(w.pending);
    return status;
}
