#include "store/moving.h"

#include "store/bytes.h"
#include "store/in_force.h"
#include "store/live.h"
#include "store/record.h"
#include <stdio.h>
#include <stdlib.h>

void moving_init(struct moving *m, struct batch *b, struct moves *moves)
{
    *m = (struct moving){.batch = b, .moves = moves};
    if (moves)
        moves->count = 0;
}

static void follow(struct moving *m)
{
    office_free(m->before);
    m->before = NULL;
}

void moving_release(struct moving *m)
{
    follow(m);
    buf_release(&m->cause.by);
}

void moves_release(struct moves *m)
{
    free(m->move);
    *m = (struct moves){0};
}

/* ---- telling ---- */

static struct move_of *new_place(struct moves *list)
{
    if (list->count == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 64;
        struct move_of *more = realloc(list->move, cap * sizeof *more);
        if (!more)
            return NULL;
        list->move = more;
        list->cap = cap;
    }
    return &list->move[list->count++];
}

/* A dossier is told of once, whatever happened to it in between. */
static bool is_told(struct moving *m, const struct move_of *move)
{
    for (size_t i = 0; i < m->told; i++) {
        struct move_of *was = &m->moves->move[i];
        if (was->dossier != move->dossier)
            continue;
        if (was->what == MOVE_KEPT) {
            *was = *move;
        } else if (move->what == MOVE_LATER) {
            was->new_due = move->new_due;
            was->new_statutory = move->new_statutory;
        }
        return true;
    }
    return false;
}

static void tell(struct moving *m, enum move what, const struct dossier *d, const struct event *e)
{
    struct move_of move = {
        .dossier = d->facts.id,
        .what = what,
        .old_due = e->moved.old_due,
        .new_due = e->moved.new_due,
        .old_statutory = e->moved.old_statutory,
        .new_statutory = e->moved.new_statutory,
    };
    if (!m->moves || is_told(m, &move))
        return;
    snprintf(move.code, sizeof move.code, "%.*s", STR_ARG(d->code));
    struct move_of *place = new_place(m->moves);
    if (place)
        *place = move;
    else
        txn_no_memory(m->batch->txn);
}

static int by_old_due(const void *a, const void *b)
{
    const struct move_of *x = a, *y = b;
    if (x->old_due != y->old_due)
        return x->old_due < y->old_due ? -1 : 1;
    return (x->dossier > y->dossier) - (x->dossier < y->dossier);
}

void moving_sort(struct moves *moves)
{
    if (moves->count)
        qsort(moves->move, moves->count, sizeof *moves->move, by_old_due);
}

/* ---- moving ---- */

static void note_cause(struct cause *cause, const struct event *e)
{
    cause->seq = e->seq;
    cause->at = e->at;
    buf_reset(&cause->by);
    buf_add_str(&cause->by, e->by);
}

static void append(struct batch *b, struct event *e, const struct cause *cause)
{
    e->at = cause->at;
    e->by = buf_str(&cause->by);
    e->moved.cause = cause->seq;
    if (cause->by.failed)
        txn_no_memory(b->txn);
    batch_append(b, e, b->state.recorded_at);
}

void moving_before(struct moving *m, const struct event *e)
{
    struct batch *b = m->batch;
    if (!event_changes_days(e->kind) || m->before || b->state.open == 0)
        return;
    journal_tail_flush(&b->tail, b->txn);
    m->before = in_force_load(b->txn);
}

void moving_after(struct moving *m, const struct event *e)
{
    if (event_changes_days(e->kind) && m->before)
        note_cause(&m->cause, e);
}

/* The ids of the running dossiers, by due time. */
static uint64_t *running(struct batch *b, size_t *count)
{
    uint64_t *id = calloc((size_t)b->state.open + 1, sizeof *id);
    struct live_walk w;
    *count = 0;
    if (!id) {
        txn_no_memory(b->txn);
        return NULL;
    }
    live_open(&w, b->txn, LIVE_RUNNING, LIVE_ALL);
    while (*count < b->state.open && live_next(&w) && w.at->key.n == LIVE_KEY)
        id[(*count)++] = get_be(str_bytes(w.at->key) + LIVE_KEY - 8, 8);
    live_close(&w);
    return id;
}

static void move_one(struct moving *m, const struct dossier *d)
{
    struct event e;
    enum move what = due_after_office_change(m->before, m->batch->office, d, &e);
    if (what == MOVE_LATER || what == MOVE_KEPT)
        tell(m, what, d, &e);
    if (what == MOVE_LATER || what == MOVE_CONFIRMED || (what == MOVE_KEPT && due_kept_is_confirmed(d, &e)))
        append(m->batch, &e, &m->cause);
}

void moving_run(struct moving *m)
{
    struct batch *b = m->batch;
    if (!m->before || !txn_ok(b->txn))
        return;
    batch_flush(b); /* a record read is then a dossier as it stands, and none is held for nothing */
    m->told = m->moves ? m->moves->count : 0;
    size_t count = 0;
    uint64_t *id = running(b, &count);
    for (size_t i = 0; i < count && txn_ok(b->txn); i++) {
        struct dossier d;
        if (record_dossier(b->txn, id[i], &d))
            move_one(m, &d);
        else
            txn_damaged(b->txn, table_label(TABLE_LIVE));
    }
    free(id);
    follow(m);
}

/* The last event after `since` that changed days. */
static bool last_cause(struct batch *b, uint64_t since, struct cause *out)
{
    for (uint64_t seq = b->state.office_seq; seq > since;) {
        struct event e;
        if (!journal_event(b->txn, seq, &e))
            return false;
        if (event_changes_days(e.kind)) {
            note_cause(out, &e);
            return true;
        }
        seq = e.previous < seq ? e.previous : 0;
    }
    return false;
}

void moving_catch_up(struct moving *m, uint64_t dossier, uint64_t undone)
{
    struct batch *b = m->batch;
    struct cause cause = {0};
    struct event e;
    const struct dossier *d = batch_dossier(b, dossier);
    m->told = m->moves ? m->moves->count : 0;
    journal_tail_flush(&b->tail, b->txn);
    if (d && last_cause(b, undone, &cause)) {
        enum move what = due_after_undo(b->office, d, &e);
        if (what == MOVE_LATER)
            tell(m, what, d, &e);
        if (what == MOVE_LATER || what == MOVE_CONFIRMED)
            append(b, &e, &cause);
    }
    buf_release(&cause.by);
}
