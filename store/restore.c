#include "store/restore.h"

#include "core/clock.h"
#include "core/wire.h"
#include "store/batch.h"
#include "store/in_force.h"
#include "store/lone.h"
#include "store/made.h"
#include <stdlib.h>

/* Entries replayed in one transaction: as many as are kept in memory until it is committed. */
enum { STEP = 20000, STEP_BYTES = 16 << 20 };

struct restoring {
    const struct journal_source *source;
    struct store *store;
    struct journal_tail step; /* read, and checked as far as it can be without the store */
    struct head head;         /* the last one read */
    int64_t recorded_at;      /* of it */
    bool more;                /* the source may have another one */
    uint64_t at;              /* being replayed */
    bool misplaced;           /* that one cannot be applied: no fault of the new store's */
    uint64_t office_seq;
};

static struct outcome bad(const struct restoring *r, uint64_t seq, enum text_id what)
{
    return lone_bad(r->source->name, seq, what);
}

/* ---- reading ---- */

/* The journal begins with the office's founding, and no other entry founds it. */
static struct outcome check(struct restoring *r, const struct journal_entry *e)
{
    struct event event;
    uint64_t seq = r->head.seq + 1;
    if (e->seq != seq)
        return bad(r, seq, T_core_entry_missing);
    struct outcome o = lone_check(r->source->name, e, r->head.hash);
    if (!outcome_ok(&o))
        return o;
    if (!event_decode(e->body, &event))
        return bad(r, seq, T_core_entry_unreadable);
    if ((event.kind == EVENT_FOUNDED) != (seq == 1) || (seq > 1 && !clock_may_follow(&event, r->recorded_at)))
        return bad(r, seq, T_core_entry_misplaced);
    r->recorded_at = event.recorded_at;
    return o;
}

/* Fills the step with what comes next. */
static struct outcome read_step(struct restoring *r)
{
    struct outcome o = OUTCOME_DONE;
    buf_reset(&r->step.values);
    r->step.count = 0;
    while (outcome_ok(&o) && r->more && r->step.count < STEP && r->step.values.n < STEP_BYTES) {
        struct journal_entry e;
        o = r->source->next(r->source->arg, &e, &r->more);
        if (!outcome_ok(&o) || !r->more)
            break;
        o = check(r, &e);
        if (!outcome_ok(&o))
            break;
        journal_tail_add(&r->step, e.seq, e.hash, e.body);
        r->head.seq = e.seq;
        memcpy(r->head.hash, e.hash, STORE_HASH);
    }
    return r->step.values.failed ? outcome_of(KIND_out_of_memory) : o;
}

/* ---- replaying ---- */

/* Each chain is followed back from its end; whatever does not lead there would be lost to its dossier. */
static bool is_in_chain(struct batch *b, const struct event *e)
{
    if (!event_is_dossier(e->kind))
        return true; /* the replay sees to that */
    if (event_begins(e->kind))
        return e->previous == 0;
    const struct dossier *d = batch_dossier(b, e->dossier);
    return d && d->last_event == e->previous;
}

static void replay(struct restoring *r, struct batch *b)
{
    struct wire w = wire_of(buf_str(&r->step.values));
    for (size_t i = 0; i < r->step.count && txn_ok(b->txn); i++) {
        struct str value = wire_str(&w);
        const unsigned char *hash = (const unsigned char *)value.p;
        struct event e;
        r->at = r->step.first + i;
        if (event_decode(str_from(value, STORE_HASH), &e)) {
            e.seq = r->at;
            if (!is_in_chain(b, &e))
                txn_damaged_at(b->txn, T_core_damage_entry, r->at);
            journal_tail_add(&b->tail, r->at, hash, str_from(value, STORE_HASH));
            batch_replay(b, &e, hash);
        }
    }
}

static struct outcome replay_step(struct txn *t, void *arg)
{
    struct restoring *r = arg;
    struct store *s = t->store;
    struct state state;
    struct batch batch;
    if (!state_load(t, &state) || !in_force_adopt(s, t, state.office_seq))
        return t->fault;
    if (batch_init(&batch, t, s->office))
        replay(r, &batch);
    batch_flush(&batch);
    if (batch.office_changed)
        s->office_seq = OFFICE_UNSURE;
    r->office_seq = batch.state.office_seq;
    batch_release(&batch);
    r->misplaced = t->rc == 0 && t->fault.kind == KIND_damaged;
    return OUTCOME_DONE;
}

static struct outcome replay_all(struct restoring *r)
{
    struct store *s = r->store;
    struct outcome o = OUTCOME_DONE;
    r->more = true;
    while (outcome_ok(&o) && r->more) {
        o = read_step(r);
        if (outcome_ok(&o) && r->step.count) {
            o = txn_update(s, replay_step, r);
            if (outcome_ok(&o))
                s->office_seq = r->office_seq;
            else if (r->misplaced)
                o = bad(r, r->at, T_core_entry_misplaced);
        }
    }
    if (outcome_ok(&o) && r->head.seq == 0)
        o = fault_path(KIND_not_a_backup, r->source->name);
    return o;
}

/* ---- the whole ---- */

struct outcome store_restore(const char *dir, const struct store_options *options,
                             const struct journal_source *source, struct head *head)
{
    struct restoring r = {.source = source};
    struct store_options unseen = {.group = options ? options->group : NULL, .unseen = true};
    struct outcome o = made_check_unused(dir);
    if (outcome_ok(&o))
        o = store_create(dir, &unseen, &r.store);
    if (!outcome_ok(&o))
        return o;
    o = made_check_unused(dir); /* now that a way through folders that were missing leads somewhere */
    if (outcome_ok(&o))
        o = replay_all(&r);
    if (outcome_ok(&o))
        o = store_publish(r.store);
    if (outcome_ok(&o) && head)
        *head = r.head;
    journal_tail_release(&r.step);
    store_close(r.store); /* one that was not published goes */
    return o;
}
