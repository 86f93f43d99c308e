#include "store/batch.h"

#include "core/evolve.h"
#include "core/match.h"
#include "store/codes.h"
#include "store/facts.h"
#include "store/follow.h"
#include "store/in_force.h"
#include "store/pieces.h"

bool batch_init(struct batch *b, struct txn *t, struct office *office)
{
    *b = (struct batch){.txn = t, .journal = t, .office = office, .text = ARENA_INIT, .older = ARENA_INIT};
    drafts_init(&b->drafts, t);
    chunks_init(&b->facts, t, TABLE_FACTS);
    chunks_init(&b->names, t, TABLE_NAMES);
    chunks_init(&b->numbers, t, TABLE_NUMBERS);
    chunks_init(&b->name_pieces, t, TABLE_NAME_PIECES);
    chunks_init(&b->number_pieces, t, TABLE_NUMBER_PIECES);
    tallies_init(&b->tallies, t);
    counters_init(&b->counters, t);
    return state_load(t, &b->state);
}

void batch_release(struct batch *b)
{
    drafts_release(&b->drafts);
    journal_tail_release(&b->tail);
    backdated_tail_release(&b->backdated);
    history_release(&b->history);
    chunks_release(&b->facts);
    chunks_release(&b->names);
    chunks_release(&b->numbers);
    chunks_release(&b->name_pieces);
    chunks_release(&b->number_pieces);
    tallies_release(&b->tallies);
    counters_release(&b->counters);
    arena_release(&b->text);
    arena_release(&b->older);
    buf_release(&b->body);
    buf_release(&b->line);
}

/* ---- drafts ---- */

static void draft_damaged(struct batch *b, uint64_t id)
{
    txn_damaged_at(b->txn, T_core_damage_dossier, id);
}

static void make_room(struct batch *b)
{
    if (drafts_are_full(&b->drafts))
        batch_flush(b);
}

static struct draft *load_draft(struct batch *b, uint64_t id)
{
    struct draft *draft = drafts_find(&b->drafts, id);
    if (draft)
        return draft;
    make_room(b);
    return drafts_load(&b->drafts, id);
}

const struct dossier *batch_dossier(struct batch *b, uint64_t id)
{
    struct draft *draft = load_draft(b, id);
    return draft && draft->d.facts.id ? &draft->d : NULL;
}

bool batch_facts(struct batch *b, uint64_t id, struct facts *out)
{
    const struct draft *draft = drafts_find(&b->drafts, id);
    if (!draft)
        return facts_peek(&b->facts, id, out);
    *out = draft->d.facts;
    return true;
}

static struct draft *begin_draft(struct batch *b, uint64_t id)
{
    make_room(b);
    return drafts_new(&b->drafts, id);
}

/* ---- applying ---- */

static void note_pieces(struct chunks *lines, struct chunks *pieces, uint32_t full)
{
    struct lines l;
    if (!lines_open(chunk_peek(lines, full), &l)) {
        txn_damaged(lines->txn, table_label(lines->table));
        return;
    }
    unsigned char *rows = chunk_write(pieces, pieces_chunk(full));
    if (rows)
        pieces_make(rows, full, &l);
}

/* Where it begins a chunk, the one before it is full. */
static uint32_t add_line(struct chunks *lines, struct chunks *pieces, uint32_t *end, uint64_t id,
                         struct str text, civil_minute before)
{
    uint32_t chunks = *end, in = lines_add(lines, end, id, text, before);
    if (chunks && *end > chunks)
        note_pieces(lines, pieces, chunks - 1);
    return in;
}

/* Puts the dossier's two lines at the end of their tables. */
static void add_lines(struct batch *b, struct draft *draft)
{
    struct state *s = &b->state;
    buf_reset(&b->line);
    match_name(&b->line, &draft->d);
    draft->names =
        add_line(&b->names, &b->name_pieces, &s->names_end, draft->id, buf_str(&b->line), s->newest);
    buf_reset(&b->line);
    match_numbers(&b->line, &draft->d);
    draft->numbers =
        add_line(&b->numbers, &b->number_pieces, &s->numbers_end, draft->id, buf_str(&b->line), s->newest);
    if (b->line.failed)
        txn_no_memory(b->txn);
    follow_received(s, draft->d.facts.received);
}

static void count(struct batch *b, const struct event *e, const struct dossier *before,
                  const struct dossier *after)
{
    follow_count(&b->state, e, before, after, office_identity(b->office)->utc_offset);
    if (after)
        tally_move(&b->tallies, before, after);
}

static void apply_received(struct batch *b, const struct event *e)
{
    if (!codes_put(b->txn, event_code(e), e->dossier)) {
        draft_damaged(b, e->dossier);
        return;
    }
    codes_note(&b->counters, office_identity(b->office)->agency, event_code(e));
    b->state.dossiers = e->dossier;
}

/* What an undo leaves is what all the other events make: they are in the journal, this one too. */
static bool evolve_undone(struct batch *b, struct draft *draft, const struct event *e)
{
    journal_tail_flush(&b->tail, b->txn);
    if (!history_load(&b->history, b->journal, e->dossier, e->seq, e->seq) ||
        !history_dossier(&b->history, b->journal, &draft->d))
        return false;
    drafts_settle(&b->drafts, draft); /* entries that were just written may move with the next */
    return txn_ok(b->txn);
}

static bool evolve_draft(struct batch *b, struct draft *draft, const struct event *e)
{
    return e->kind == EVENT_UNDONE ? evolve_undone(b, draft, e) : evolve(&draft->d, e);
}

static civil_minute newest_but(struct batch *b, uint64_t id)
{
    civil_minute newest = NO_TIME;
    struct facts f;
    for (uint64_t other = 1; other <= b->state.dossiers; other++)
        if (other != id && batch_facts(b, other, &f) && f.received > newest)
            newest = f.received;
    return newest;
}

static void put_lines(struct batch *b, struct draft *draft, const struct dossier *before,
                      const struct event *e)
{
    if (before->facts.id && !follow_moves_lines(before, &draft->d))
        return;
    if (before->facts.id) {
        lines_remove(&b->names, draft->names, draft->id);
        lines_remove(&b->numbers, draft->numbers, draft->id);
        if (follow_leaves_future(&b->state, before, e, office_identity(b->office)->utc_offset))
            b->state.newest = newest_but(b, draft->id);
    }
    add_lines(b, draft);
}

static void change(struct batch *b, struct draft *draft, const struct event *e)
{
    struct dossier before = draft->d;
    if (evolve_draft(b, draft, e)) {
        draft->changed = true;
        if (event_begins(e->kind))
            apply_received(b, e);
        series_note(&b->counters, e);
        count(b, e, &before, &draft->d);
        put_lines(b, draft, &before, e);
        facts_put(&b->facts, &draft->d.facts);
    } else {
        draft_damaged(b, e->dossier);
    }
}

static void apply_to_dossier(struct batch *b, const struct event *e)
{
    struct draft *draft = NULL;
    if (!event_begins(e->kind))
        draft = load_draft(b, e->dossier);
    else if (e->dossier == b->state.dossiers + 1)
        draft = begin_draft(b, e->dossier);
    if (draft)
        change(b, draft, e);
    else
        draft_damaged(b, e->dossier);
}

static void apply_to_office(struct batch *b, const struct event *e)
{
    if (!follow_office(&b->state, e)) {
        txn_damaged(b->txn, T_core_damage_office_event);
        return;
    }
    b->office_changed = true;
    if (!office_apply(b->office, e))
        txn_no_memory(b->txn);
    in_force_put(b->txn, e);
    count(b, e, NULL, NULL);
}

/* What never became a dossier: its number, and its place in the chain, is all there is to keep. */
static void apply_to_counter(struct batch *b, const struct event *e)
{
    if (!follow_counter(&b->state, e)) {
        txn_damaged(b->txn, T_core_damage_office_event);
        return;
    }
    series_note(&b->counters, e);
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
    backdated_tail_add(&b->backdated, e, office_identity(b->office)->utc_offset);
    follow_head(&b->state, e, hash);
}

void batch_enter(struct batch *b, const struct batch_entry *entry)
{
    unsigned char hash[STORE_HASH];
    if (!txn_ok(b->txn))
        return;
    journal_hash(hash, b->state.head_hash, entry->e.seq, entry->body);
    journal_tail_add(&b->tail, entry->e.seq, hash, entry->body);
    batch_replay(b, &entry->e, hash);
}

bool batch_take(struct batch *b, struct str made, int64_t recorded_at, struct batch_entry *out)
{
    char *body = arena_alloc(&b->text, made.n); /* which drafts borrow from */
    if (!body) {
        txn_no_memory(b->txn);
        return false;
    }
    memcpy(body, made.p, made.n);
    out->body = (struct str){body, made.n};
    if (!event_place(body, made.n, 0, b->state.dossiers + 1, recorded_at) ||
        !event_decode(out->body, &out->e) || !event_begins(out->e.kind))
        return false;
    out->e.seq = b->state.head_seq + 1;
    return true;
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
    struct batch_entry written = {.body = arena_str(&b->text, buf_str(&b->body))};
    /* What is applied is what can be read back: an entry that cannot must never get into the journal. */
    bool whole = !b->body.failed && !b->text.failed;
    if (!whole || !event_decode(written.body, &written.e)) {
        if (!whole)
            txn_no_memory(b->txn);
        txn_damaged(b->txn, T_core_damage_new_entry);
        return;
    }
    written.e.seq = e->seq;
    batch_enter(b, &written);
}

/* ---- writing ---- */

/* The entry that made room for its draft lives on: that one borrows from it. */
static void forget_text(struct batch *b)
{
    arena_release(&b->older);
    b->older = b->text;
    b->text = ARENA_INIT;
}

void batch_flush(struct batch *b)
{
    if (!txn_ok(b->txn))
        return;
    journal_tail_flush(&b->tail, b->txn);
    backdated_tail_flush(&b->backdated, b->txn);
    drafts_flush(&b->drafts);
    forget_text(b);
    chunks_flush(&b->facts);
    chunks_flush(&b->names);
    chunks_flush(&b->numbers);
    chunks_flush(&b->name_pieces);
    chunks_flush(&b->number_pieces);
    tallies_flush(&b->tallies);
    counters_flush(&b->counters);
    state_save(b->txn, &b->state);
    b->txn->head.seq = b->state.head_seq;
    memcpy(b->txn->head.hash, b->state.head_hash, STORE_HASH);
}
