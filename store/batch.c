#include "store/batch.h"

#include "core/clock.h"
#include "core/evolve.h"
#include "core/match.h"
#include "core/row.h"
#include "store/codes.h"
#include "store/facts.h"
#include "store/gain.h"
#include "store/in_force.h"
#include "store/lines.h"
#include "store/live.h"
#include "store/record.h"
#include "store/tally.h"
#include <stdlib.h>

/* Drafts held at most; a replay of millions of events writes what it has from time to time. */
enum { MOST_DRAFTS = 20000 };

/* A dossier being changed. */
struct draft {
    uint64_t id;
    struct dossier d;  /* borrows from `record` */
    struct buf record; /* encoded */
    uint32_t names, numbers;
    size_t room; /* of the stored value; 0: not stored yet */
    bool changed;
    bool was_live;
    struct key live; /* its stored row, when was_live */
};

bool batch_init(struct batch *b, struct txn *t, struct office *office)
{
    *b = (struct batch){.txn = t, .journal = t, .office = office};
    chunks_init(&b->facts, t, TABLE_FACTS);
    chunks_init(&b->names, t, TABLE_NAMES);
    chunks_init(&b->numbers, t, TABLE_NUMBERS);
    return state_load(t, &b->state);
}

static void forget_drafts(struct batch *b)
{
    for (size_t i = 0; i < b->cap; i++) {
        if (b->draft[i])
            buf_release(&b->draft[i]->record);
        free(b->draft[i]);
        b->draft[i] = NULL;
    }
    b->count = 0;
}

void batch_release(struct batch *b)
{
    forget_drafts(b);
    free(b->draft);
    b->draft = NULL;
    b->cap = 0;
    journal_tail_release(&b->tail);
    history_release(&b->history);
    chunks_release(&b->facts);
    chunks_release(&b->names);
    chunks_release(&b->numbers);
    buf_release(&b->body);
    buf_release(&b->line);
}

/* ---- drafts ---- */

static struct draft **slot_of(const struct batch *b, uint64_t id)
{
    size_t i = (size_t)(id * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (b->cap - 1);
    while (b->draft[i] && b->draft[i]->id != id)
        i = (i + 1) & (b->cap - 1);
    return &b->draft[i];
}

static struct draft *draft_of(const struct batch *b, uint64_t id)
{
    return b->cap ? *slot_of(b, id) : NULL;
}

static bool make_room(struct batch *b)
{
    if (b->count * 2 < b->cap)
        return true;
    struct batch bigger = *b;
    bigger.cap = b->cap ? b->cap * 2 : 16;
    bigger.draft = calloc(bigger.cap, sizeof(struct draft *));
    if (!bigger.draft)
        return false;
    for (size_t i = 0; i < b->cap; i++)
        if (b->draft[i])
            *slot_of(&bigger, b->draft[i]->id) = b->draft[i];
    free(b->draft);
    b->draft = bigger.draft;
    b->cap = bigger.cap;
    return true;
}

/* A draft of nothing, to be filled by its receipt. */
static struct draft *new_draft(struct batch *b, uint64_t id)
{
    if (b->count >= MOST_DRAFTS)
        batch_flush(b);
    struct draft *draft = make_room(b) ? calloc(1, sizeof *draft) : NULL;
    if (!draft) {
        txn_no_memory(b->txn);
        return NULL;
    }
    draft->id = id;
    *slot_of(b, id) = draft;
    b->count++;
    return draft;
}

static void draft_damaged(struct batch *b, uint64_t id)
{
    txn_damaged_at(b->txn, T_core_damage_dossier, id);
}

static struct draft *load_draft(struct batch *b, uint64_t id)
{
    struct draft *draft = draft_of(b, id);
    if (draft)
        return draft;
    struct record r;
    if (!record_read(b->txn, id, &r))
        return NULL;
    draft = new_draft(b, id);
    /* A flush for want of room may have moved what was read. */
    if (!draft || !record_read(b->txn, id, &r))
        return NULL;
    draft->names = r.names;
    draft->numbers = r.numbers;
    draft->room = r.room;
    buf_add_str(&draft->record, r.bytes);
    if (draft->record.failed)
        txn_no_memory(b->txn);
    else if (!dossier_decode(buf_str(&draft->record), &draft->d) || draft->d.facts.id != id)
        draft_damaged(b, id);
    draft->was_live = live_key(&draft->live, &draft->d.facts);
    return txn_ok(b->txn) ? draft : NULL;
}

const struct dossier *batch_dossier(struct batch *b, uint64_t id)
{
    struct draft *draft = load_draft(b, id);
    return draft && draft->d.facts.id ? &draft->d : NULL;
}

bool batch_facts(struct batch *b, uint64_t id, struct facts *out)
{
    struct draft *draft = draft_of(b, id);
    if (!draft)
        return facts_peek(&b->facts, id, out);
    *out = draft->d.facts;
    return true;
}

/* ---- applying ---- */

/* Puts the dossier's two lines at the end of their tables. */
static void add_lines(struct batch *b, struct draft *draft)
{
    struct state *s = &b->state;
    buf_reset(&b->line);
    match_name(&b->line, &draft->d);
    draft->names = lines_add(&b->names, &s->names_end, draft->id, buf_str(&b->line), s->newest);
    buf_reset(&b->line);
    match_numbers(&b->line, &draft->d);
    draft->numbers = lines_add(&b->numbers, &s->numbers_end, draft->id, buf_str(&b->line), s->newest);
    if (b->line.failed)
        txn_no_memory(b->txn);
    if (s->newest == NO_TIME || s->newest < draft->d.facts.received)
        s->newest = draft->d.facts.received;
}

/* What is searched by, or the order of what is found, is another one: the lines move to the end. */
static bool lines_differ(const struct dossier *a, const struct dossier *b)
{
    return a->facts.received != b->facts.received || !str_eq(a->code, b->code) ||
           !str_eq(a->receipt.applicant.name, b->receipt.applicant.name) ||
           !str_eq(a->receipt.applicant.phone, b->receipt.applicant.phone) ||
           !str_eq(a->receipt.applicant.id_number, b->receipt.applicant.id_number);
}

static void count(struct batch *b, const struct event *e, const struct dossier *before,
                  const struct dossier *after)
{
    struct gain g = gain_of(e, before, after, office_identity(b->office)->utc_offset);
    b->state.open += (uint64_t)(int64_t)g.open;
    b->state.solved += (uint64_t)(int64_t)g.solved;
    b->state.recorded_late += (uint64_t)(int64_t)g.recorded_late;
    b->state.backdated += g.backdated;
    if (after)
        tally_move(b->txn, before, after);
}

static void apply_received(struct batch *b, const struct event *e)
{
    uint64_t taken;
    if (codes_get(b->txn, event_code(e), &taken)) {
        draft_damaged(b, e->dossier);
        return;
    }
    codes_put(b->txn, event_code(e), e->dossier);
    codes_note(b->txn, office_identity(b->office)->agency, event_code(e));
    b->state.dossiers = e->dossier;
}

/* The dossier owns its bytes again: what it borrowed dies with the event, or with the next write. */
static void settle(struct batch *b, struct draft *draft)
{
    buf_reset(&draft->record);
    dossier_encode(&draft->record, &draft->d);
    if (draft->record.failed)
        txn_no_memory(b->txn);
    else if (!dossier_decode(buf_str(&draft->record), &draft->d))
        draft_damaged(b, draft->id);
    draft->changed = true;
}

/* What an undo leaves is what all the other events make: they are in the journal, this one too. */
static bool evolve_undone(struct batch *b, struct dossier *d, const struct event *e)
{
    journal_tail_flush(&b->tail, b->txn);
    return history_load(&b->history, b->journal, e->dossier, e->seq, e->seq) &&
           history_dossier(&b->history, b->journal, d);
}

static bool evolve_draft(struct batch *b, struct draft *draft, const struct event *e)
{
    return e->kind == EVENT_UNDONE ? evolve_undone(b, &draft->d, e) : evolve(&draft->d, e);
}

static civil_minute newest_but(struct batch *b, uint64_t id)
{
    civil_minute newest = NO_TIME;
    struct facts f;
    for (uint64_t other = 1; other <= b->state.dossiers; other++)
        if (other != id && facts_peek(&b->facts, other, &f) && f.received > newest)
            newest = f.received;
    return newest;
}

/* A receipt in the future, left by a clock that ran ahead (core/clock.h), is corrected: as the newest of all
 * it would keep every search from knowing its order until that time really comes. */
static void forget_future(struct batch *b, const struct dossier *before, const struct event *e)
{
    int offset = office_identity(b->office)->utc_offset;
    if (before->facts.received == b->state.newest &&
        before->facts.received > civil_from_utc(e->recorded_at, offset))
        b->state.newest = newest_but(b, before->facts.id);
}

static void put_lines(struct batch *b, struct draft *draft, const struct dossier *before,
                      const struct event *e)
{
    if (before->facts.id && !lines_differ(before, &draft->d))
        return;
    if (before->facts.id) {
        lines_remove(&b->names, draft->names, draft->id);
        lines_remove(&b->numbers, draft->numbers, draft->id);
        forget_future(b, before, e);
    }
    add_lines(b, draft);
}

static void change(struct batch *b, struct draft *draft, const struct event *e)
{
    struct dossier before = draft->d;
    struct buf kept = draft->record; /* which `before` borrows from */
    draft->record = BUF_INIT;
    if (evolve_draft(b, draft, e)) {
        settle(b, draft);
        if (event_begins(e->kind))
            apply_received(b, e);
        series_note(b->txn, e);
        count(b, e, &before, &draft->d);
        put_lines(b, draft, &before, e);
        facts_put(&b->facts, &draft->d.facts);
    } else {
        draft_damaged(b, e->dossier);
    }
    buf_release(&kept);
}

static void apply_to_dossier(struct batch *b, const struct event *e)
{
    struct draft *draft = NULL;
    if (!event_begins(e->kind))
        draft = load_draft(b, e->dossier);
    else if (e->dossier == b->state.dossiers + 1)
        draft = new_draft(b, e->dossier);
    if (draft)
        change(b, draft, e);
    else
        draft_damaged(b, e->dossier);
}

static void apply_to_office(struct batch *b, const struct event *e)
{
    bool accepts = e->kind == EVENT_CLOCK_ACCEPTED;
    bool steps_back =
        accepts && e->clock.before == b->state.clock_seq && clock_may_follow(e, b->state.recorded_at);
    if (e->dossier != 0 || e->previous != b->state.office_seq || accepts != steps_back) {
        txn_damaged(b->txn, T_core_damage_office_event);
        return;
    }
    if (accepts)
        b->state.clock_seq = e->seq;
    b->office_changed = true;
    if (!office_apply(b->office, e))
        txn_no_memory(b->txn);
    in_force_put(b->txn, e);
    b->state.office_seq = e->seq;
    count(b, e, NULL, NULL);
}

/* What never became a dossier: its number, and its place in the chain, is all there is to keep. */
static void apply_to_counter(struct batch *b, const struct event *e)
{
    if (e->dossier != 0 || e->previous != b->state.counter_seq) {
        txn_damaged(b->txn, T_core_damage_office_event);
        return;
    }
    series_note(b->txn, e);
    b->state.counter_seq = e->seq;
    count(b, e, NULL, NULL);
}

void batch_replay(struct batch *b, const struct event *e, const unsigned char hash[STORE_HASH])
{
    if (!txn_ok(b->txn))
        return;
    if (event_is_office(e->kind))
        apply_to_office(b, e);
    else if (event_is_counter(e->kind))
        apply_to_counter(b, e);
    else
        apply_to_dossier(b, e);
    b->state.head_seq = e->seq;
    b->state.recorded_at = e->recorded_at;
    memcpy(b->state.head_hash, hash, STORE_HASH);
}

void batch_append(struct batch *b, struct event *e, int64_t recorded_at)
{
    if (!txn_ok(b->txn))
        return;
    bool follows = event_is_dossier(e->kind) && !event_begins(e->kind);
    struct draft *draft = follows ? load_draft(b, e->dossier) : NULL;
    e->seq = b->state.head_seq + 1;
    e->previous = event_is_office(e->kind)    ? b->state.office_seq
                  : event_is_counter(e->kind) ? b->state.counter_seq
                  : draft                     ? draft->d.last_event
                                              : 0;
    e->recorded_at = recorded_at;
    buf_reset(&b->body);
    event_encode(&b->body, e);
    /* What is applied is what can be read back: an entry that cannot must never get into the journal. */
    struct event written;
    if (b->body.failed || !event_decode(buf_str(&b->body), &written)) {
        if (b->body.failed)
            txn_no_memory(b->txn);
        txn_damaged(b->txn, T_core_damage_new_entry);
        return;
    }
    written.seq = e->seq;
    unsigned char hash[STORE_HASH];
    journal_hash(hash, b->state.head_hash, e->seq, buf_str(&b->body));
    journal_tail_add(&b->tail, e->seq, hash, buf_str(&b->body));
    batch_replay(b, &written, hash);
}

/* ---- writing ---- */

static int by_id(const void *a, const void *b)
{
    uint64_t x = (*(struct draft *const *)a)->id, y = (*(struct draft *const *)b)->id;
    return (x > y) - (x < y);
}

static int by_live_key(const void *a, const void *b)
{
    const struct draft *x = *(struct draft *const *)a, *y = *(struct draft *const *)b;
    return str_cmp(key_str(&x->live), key_str(&y->live));
}

static void flush_records(struct batch *b, struct draft **sorted, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct record r = {.names = sorted[i]->names,
                           .numbers = sorted[i]->numbers,
                           .bytes = buf_str(&sorted[i]->record),
                           .room = sorted[i]->room};
        record_write(b->txn, sorted[i]->id, &r, r.room == 0);
    }
}

/* Takes away the stored rows, then puts the new ones; each in key order. */
static void flush_live(struct batch *b, struct draft **sorted, size_t n)
{
    size_t old = 0;
    struct draft **with = calloc(n, sizeof *with);
    if (!with) {
        txn_no_memory(b->txn);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        struct key key;
        bool lives = live_key(&key, &sorted[i]->d.facts);
        if (sorted[i]->was_live && !(lives && str_eq(key_str(&key), key_str(&sorted[i]->live))))
            with[old++] = sorted[i];
    }
    qsort(with, old, sizeof(struct draft *), by_live_key);
    for (size_t i = 0; i < old; i++)
        txn_delete(b->txn, TABLE_LIVE, key_str(&with[i]->live));
    size_t new = 0;
    for (size_t i = 0; i < n; i++)
        if (live_key(&sorted[i]->live, &sorted[i]->d.facts))
            with[new ++] = sorted[i];
    qsort(with, new, sizeof(struct draft *), by_live_key);
    for (size_t i = 0; i < new; i++) {
        struct row row;
        row_of(&row, &with[i]->d);
        buf_reset(&b->line);
        row_encode(&b->line, &row);
        if (b->line.failed)
            txn_no_memory(b->txn);
        txn_put(b->txn, TABLE_LIVE, key_str(&with[i]->live), buf_str(&b->line));
    }
    free(with);
}

static void flush_drafts(struct batch *b)
{
    struct draft **sorted = b->count ? calloc(b->count, sizeof *sorted) : NULL;
    if (!sorted) {
        if (b->count)
            txn_no_memory(b->txn);
        return;
    }
    size_t n = 0;
    for (size_t i = 0; i < b->cap; i++)
        if (b->draft[i] && b->draft[i]->changed)
            sorted[n++] = b->draft[i];
    if (n) {
        qsort(sorted, n, sizeof(struct draft *), by_id);
        flush_records(b, sorted, n);
        flush_live(b, sorted, n);
    }
    free(sorted);
    forget_drafts(b);
}

void batch_flush(struct batch *b)
{
    if (!txn_ok(b->txn))
        return;
    journal_tail_flush(&b->tail, b->txn);
    flush_drafts(b);
    chunks_flush(&b->facts);
    chunks_flush(&b->names);
    chunks_flush(&b->numbers);
    state_save(b->txn, &b->state);
    b->txn->head.seq = b->state.head_seq;
    memcpy(b->txn->head.hash, b->state.head_hash, STORE_HASH);
}
