/* submit: the one door for writing. What decide() saw is what is written, in one transaction. */
#include "core/clock.h"
#include "store/codes.h"
#include "store/fault.h"
#include "store/held.h"
#include "store/in_force.h"
#include "store/made.h"
#include "store/moving.h"
#include <errno.h>
#include <stdlib.h>

struct submission {
    struct store *store;
    struct request *request;
    struct result *result; /* one for each request, handed out after the commit */
    size_t count, at;
    struct moves *moves; /* may be NULL */
    uint64_t office_seq; /* after it */
};

static enum code_standing judge_code(void *arg, uint64_t id)
{
    struct facts f;
    struct batch *b = arg;
    if (!batch_facts(b, id, &f)) { /* what has a code was logged, and has its facts */
        txn_damaged(b->txn, table_label(TABLE_FACTS));
        return CODE_UNSEEN;
    }
    return state_is_open(f.state) ? CODE_OPEN : CODE_ENDED;
}

/* The moment with its clock never before the journal's last entry; but for a request to accept that clock, it
 * must not be far behind. */
static struct outcome lift_clock(const struct batch *b, enum command_kind kind, struct moment *m)
{
    int64_t head = b->state.recorded_at;
    bool behind = clock_is_behind(m->now, head);
    if (behind && kind == COMMAND_CLOCK_ACCEPT)
        return OUTCOME_DONE;
    if (behind) {
        int offset = office_identity(b->office)->utc_offset;
        struct outcome o = outcome_of(KIND_clock_behind);
        outcome_time(&o, civil_from_utc(m->now, offset));
        outcome_time(&o, civil_from_utc(head, offset));
        return o;
    }
    if (m->now < head)
        m->now = head;
    return OUTCOME_DONE;
}

/* The entry of a slip of the counter's, and whether it was made void since: newest first, so that comes
 * first. */
static void find_turned_away(struct batch *b, const struct needs *needs, struct circumstances *found)
{
    struct event e;
    uint64_t voided = 0;
    journal_tail_flush(&b->tail, b->txn);
    for (uint64_t seq = b->state.counter_seq; seq && !found->turned_away; seq = e.previous) {
        if (!journal_event(b->txn, seq, &e))
            return;
        if (!event_is_counter(e.kind) || e.previous >= seq) {
            txn_damaged_at(b->txn, T_core_damage_entry, seq);
            return;
        }
        bool voids = e.kind == EVENT_TURN_AWAY_VOIDED;
        const struct yearly_number *slip = voids ? &e.turn_away_voided.slip : &e.turned_away.slip;
        bool refused = voids ? e.turn_away_voided.refused : e.turned_away.refused;
        if (refused != needs->refused || slip->number != needs->slip.number || slip->year != needs->slip.year)
            continue;
        if (voids) {
            voided = e.turn_away_voided.seq;
            continue;
        }
        found->turned_away = seq;
        found->turned_away_at = e.recorded_at;
        found->turned_away_by = e.by;
        found->turned_away_void = voided == seq;
    }
}

/* Finds the dossier and numbers a command needs. */
static struct outcome look_up(struct batch *b, const struct command *c, const struct needs *needs,
                              struct circumstances *found, const struct dossier **dossier)
{
    struct outcome o = OUTCOME_DONE;
    uint64_t id = 0;
    *found = (struct circumstances){.next_id = b->state.dossiers + 1, .recorded_at = NO_TIME};
    *dossier = NULL;
    if (needs->clock) {
        found->recorded_at = b->state.recorded_at;
        found->clock_accepted = b->state.clock_seq;
    }
    if (needs->turned_away)
        find_turned_away(b, needs, found);
    if (needs->held_by.n)
        held_by(b, needs->held_by, found);
    if (needs->dossier) {
        if (!codes_get(b->txn, c->dossier, &id))
            o = codes_find(b->txn, c->dossier, judge_code, b, &id);
        if (outcome_ok(&o) && (*dossier = batch_dossier(b, id)) == NULL)
            txn_damaged(b->txn, table_label(TABLE_DOSSIER));
    }
    if (needs->code.n)
        found->code_taken = codes_get(b->txn, needs->code, &id);
    if (needs->known && found->code_taken && (*dossier = batch_dossier(b, id)) == NULL)
        txn_damaged(b->txn, table_label(TABLE_DOSSIER));
    if (needs->code_sequence)
        found->code_sequence = codes_next(&b->counters, office_identity(b->office)->agency, needs->code_day);
    if (needs->series != SERIES_NONE)
        found->number = series_next(&b->counters, needs->series, needs->series_year);
    return txn_ok(b->txn) ? o : b->txn->fault;
}

/* Everything from receiving on is about a dossier, which sees the days as they are changed by then. What is
 * moved before a clock is accepted is recorded by the clock of before. */
static bool moves_come_first(enum command_kind kind)
{
    return kind >= COMMAND_RECEIVE || kind == COMMAND_CLOCK_ACCEPT;
}

/* Does taking this back bring back another appointment, or make the dossier run again? A holder, a letter or
 * a rating that goes changes neither: nothing passed it by. */
static bool may_have_missed(int undone)
{
    return undone != EVENT_TRANSFERRED && undone != EVENT_APOLOGIZED && undone != EVENT_RATED &&
           undone != EVENT_FEE && undone != EVENT_LATE_REASON;
}

static void append(struct moving *m, struct event *e, int64_t recorded_at)
{
    moving_before(m, e);
    batch_append(m->batch, e, recorded_at);
    moving_after(m, e);
    if (e->kind == EVENT_UNDONE && may_have_missed(e->undone.kind))
        moving_catch_up(m, e->dossier, e->undone.seq);
}

/* Enters what was decided beforehand, where it would be decided again. */
static struct outcome carry_out_foreseen(struct moving *m, const struct foreseen *foreseen, int64_t now,
                                         struct result *result)
{
    struct batch *b = m->batch;
    struct batch_entry entry;
    uint64_t id;
    if (b->state.office_seq != foreseen->office_seq || !batch_take(b, foreseen->entry, now, &entry) ||
        entry.e.kind != EVENT_IMPORTED)
        return txn_ok(b->txn) ? outcome_of(KIND_office_changed) : b->txn->fault;
    if (codes_get(b->txn, event_code(&entry.e), &id)) {
        struct outcome o = outcome_of(KIND_duplicate_code);
        outcome_code(&o, event_code(&entry.e));
        return o;
    }
    batch_enter(b, &entry);
    *result = (struct result){.dossier = entry.e.dossier, .seq = entry.e.seq, .made = true};
    return txn_ok(b->txn) ? OUTCOME_DONE : b->txn->fault;
}

static struct outcome carry_out(struct moving *m, const struct request *request, struct decision *decision,
                                struct result *result)
{
    struct batch *b = m->batch;
    struct moment moment = request->moment;
    struct outcome o = lift_clock(b, request->command.kind, &moment);
    if (!outcome_ok(&o))
        return o;
    struct needs needs;
    struct circumstances found;
    const struct dossier *dossier;
    if (moves_come_first(request->command.kind))
        moving_run(m);
    if (request->foreseen.entry.n)
        return carry_out_foreseen(m, &request->foreseen, moment.now, result);
    decide_needs(b->office, &request->command, &moment, &needs);
    o = look_up(b, &request->command, &needs, &found, &dossier);
    if (!outcome_ok(&o))
        return o;
    decision_clear(decision);
    uint64_t known = needs.known && dossier ? dossier->facts.id : 0;
    o = decide(b->office, dossier, &request->command, &moment, &found, decision);
    for (size_t i = 0; outcome_ok(&o) && i < decision->count; i++) {
        append(m, &decision->event[i], moment.now);
        *result = (struct result){.dossier = decision->event[i].dossier,
                                  .seq = decision->event[i].seq,
                                  .made = decision->event[i].kind == EVENT_IMPORTED};
    }
    if (known && !decision->count && outcome_ok(&o))
        *result = (struct result){.dossier = known};
    return txn_ok(b->txn) ? o : b->txn->fault;
}

static struct outcome carry_out_all(struct submission *sub, struct batch *b)
{
    struct moving moving;
    struct decision decision = DECISION_INIT;
    struct outcome o = OUTCOME_DONE;
    moving_init(&moving, b, sub->moves);
    for (sub->at = 0; sub->at < sub->count; sub->at++) {
        o = carry_out(&moving, &sub->request[sub->at], &decision, &sub->result[sub->at]);
        if (!outcome_ok(&o))
            break;
    }
    if (outcome_ok(&o)) {
        moving_run(&moving);
        batch_flush(b);
    }
    decision_release(&decision);
    moving_release(&moving);
    return o;
}

static struct outcome submit(struct txn *t, void *arg)
{
    struct submission *sub = arg;
    struct store *s = sub->store;
    struct state state;
    if (!state_follow(t, &state) || !in_force_adopt(s, t, state.office_seq))
        return t->fault;
    struct batch batch;
    struct outcome o = OUTCOME_DONE;
    if (batch_init(&batch, t, s->office))
        o = carry_out_all(sub, &batch);
    /* Until the commit nobody knows whether the office stands as it now is. */
    if (batch.office_changed)
        s->office_seq = OFFICE_UNSURE;
    sub->office_seq = batch.state.office_seq;
    batch_release(&batch);
    return o;
}

/* Is there, or may there be, anything to tell of? */
static bool tells(const struct outcome *o)
{
    return outcome_ok(o) || o->kind == KIND_maybe_saved;
}

static struct outcome keep(struct submission *sub)
{
    struct store *s = sub->store;
    struct outcome o = txn_update(s, submit, sub);
    if (outcome_ok(&o)) {
        s->office_seq = sub->office_seq;
        if (s->made && !made_is_published(s->made) && !s->unseen)
            o = store_publish(s);
    }
    for (size_t i = 0; tells(&o) && i < sub->count; i++)
        sub->request[i].result = sub->result[i];
    return o;
}

static struct outcome run(struct submission *sub, bool keeps, size_t *at)
{
    struct store *s = sub->store;
    if (sub->moves)
        sub->moves->count = 0;
    if (sub->count == 0)
        return OUTCOME_DONE;
    if (s->view)
        return fault_of(s->dir, EBUSY); /* what the requests borrow from it would not outlive this */
    sub->result = calloc(sub->count, sizeof *sub->result);
    if (!sub->result)
        return outcome_of(KIND_out_of_memory);
    struct outcome o = keeps ? keep(sub) : txn_rehearse(s, submit, sub);
    if (!outcome_ok(&o) && at)
        *at = sub->at < sub->count ? sub->at : sub->count - 1;
    if (!tells(&o) && sub->moves)
        sub->moves->count = 0;
    else if (sub->moves)
        moving_sort(sub->moves);
    free(sub->result);
    return o;
}

struct outcome store_submit_moving(struct store *s, struct request *requests, size_t n, size_t *at,
                                   struct moves *moves)
{
    struct submission sub = {.store = s, .request = requests, .count = n, .moves = moves};
    return run(&sub, true, at);
}

struct outcome store_submit(struct store *s, struct request *requests, size_t n, size_t *at)
{
    return store_submit_moving(s, requests, n, at, NULL);
}

struct outcome store_was_saved(struct store *s, bool *saved)
{
    *saved = false;
    if (s->view)
        return fault_of(s->dir, EBUSY);
    return s->doubt.seq ? txn_was_committed(s, saved) : OUTCOME_DONE;
}

struct outcome store_rehearse(struct store *s, struct request *requests, size_t n, size_t *at,
                              struct moves *moves)
{
    struct submission sub = {.store = s, .request = requests, .count = n, .moves = moves};
    return run(&sub, false, at);
}
