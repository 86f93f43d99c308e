#include "store/reporting.h"

#include "store/backdated.h"
#include "store/chunk_walk.h"
#include "store/facts.h"
#include "store/view.h"

enum { PROCEDURES = 256 };

struct reporting {
    struct view *view;
    struct report_maker *maker;
    struct history history; /* of one dossier after the other */
    /* As the catalogue had them, by version; their strings are in the map. Few procedures make most of a
     * desk's work. */
    struct procedure procedure[PROCEDURES];
    struct chunk_walk walk;       /* through the facts of now */
    struct facts_columns columns; /* of one chunk after the other */
};

/* ---- dossiers ---- */

/* NULL where the dossier's is not known. */
static const struct procedure *procedure_of(struct reporting *r, const struct dossier *d,
                                            struct procedure *other)
{
    uint64_t version = d->receipt.procedure.version;
    struct procedure *kept = &r->procedure[version % PROCEDURES];
    if (version && kept->version == version)
        return kept;
    if (!view_procedure_of(r->view, d, other))
        return NULL;
    if (version && other->version == version)
        *kept = *other;
    return other;
}

/* The dossier and what else the maker asked for; nothing of it where something is damaged, which the view
 * then tells. */
static void give(struct reporting *r, const struct facts *facts, const struct dossier *d,
                 enum report_need need)
{
    struct procedure other;
    struct report_item item = {.facts = facts, .dossier = d, .procedure = procedure_of(r, d, &other)};
    if (need == NEED_HISTORY) {
        struct dossier made;
        struct history *h = &r->history;
        struct txn *t = &r->view->txn;
        /* Its last event is of the view's moment: what was taken back later is not known yet. */
        if (!history_load(h, t, d->facts.id, d->last_event, d->last_event) || !history_dossier(h, t, &made)) {
            view_note(r->view);
            return;
        }
        item.event = h->event;
        item.events = h->count;
    }
    report_add(r->maker, &item);
}

static void look(struct reporting *r, const struct facts *facts)
{
    enum report_need need = report_look(r->maker, facts);
    struct dossier d;
    if (need != NEED_NOTHING && view_dossier(r->view, facts->id, &d))
        give(r, facts, &d, need);
}

static void note_facts(struct view *v)
{
    txn_damaged(&v->txn, table_label(TABLE_FACTS));
    view_note(v);
}

static void look_at_row(struct reporting *r, const unsigned char *chunk, uint64_t id)
{
    struct facts f;
    if (id <= r->view->dossiers && facts_unpack(chunk, id, &f))
        look(r, &f);
}

/* The rows that the report can count: as columns, as far as it takes them. */
static void feed_rows(struct reporting *r, const struct report_span *span, uint64_t first,
                      const unsigned char *chunk)
{
    uint8_t row[FACTS_ROWS], rest[FACTS_ROWS];
    const uint8_t *left = row;
    size_t count = facts_select(chunk, span, row);
    while (count && first + row[count - 1] > r->view->dossiers)
        count--;
    if (count && report_takes_columns(r->maker)) {
        facts_take_columns(chunk, &r->columns);
        count = report_columns(r->maker, &r->columns, row, count, rest);
        left = rest;
    }
    for (size_t i = 0; i < count; i++)
        look_at_row(r, chunk, first + left[i]);
}

static void feed_chunk(struct reporting *r, uint64_t first, const unsigned char *chunk)
{
    for (uint64_t id = first; id < first + FACTS_ROWS; id++)
        look_at_row(r, chunk, id);
}

/* Columns are read where nothing but the present is asked for, a row only where the report can count it, and
 * a record only where it is wanted. */
static void feed_facts(struct reporting *r)
{
    struct view *v = r->view;
    uint64_t chunks = facts_chunk(v->dossiers) + 1;
    struct report_span span;
    bool some = report_spans(r->maker, &span);
    chunk_walk_again(&r->walk);
    for (uint64_t n = 0; n < chunks && txn_ok(&v->txn); n++) {
        const unsigned char *chunk = chunk_walk_next(&r->walk, n);
        if (chunk && some)
            feed_rows(r, &span, n * FACTS_ROWS + 1, chunk);
        else if (chunk)
            feed_chunk(r, n * FACTS_ROWS + 1, chunk);
        else
            note_facts(v);
    }
}

/* At an earlier moment a dossier is its history up to then: it is replayed once for both. */
static void feed_past(struct reporting *r)
{
    struct view *v = r->view;
    for (uint64_t id = 1; id <= v->dossiers; id++) {
        struct dossier d;
        if (!view_dossier(v, id, &d))
            continue;
        struct facts facts = d.facts;
        enum report_need need = report_look(r->maker, &facts);
        if (need != NEED_NOTHING)
            give(r, &facts, &d, need);
    }
}

/* ---- entries ---- */

static bool feed_entry(void *arg, const struct entry *entry)
{
    struct reporting *r = arg;
    struct event e;
    if (!event_decode(entry->body, &e)) {
        txn_damaged_at(&r->view->txn, T_core_damage_entry, entry->seq);
        view_note(r->view);
        return true;
    }
    e.seq = entry->seq;
    /* These come from their own chain, with what became of them. */
    if (!report_wants_turned_away(r->maker) || !event_is_counter(e.kind))
        report_entry(r->maker, &e, view_written(r->view, &e));
    return true;
}

static uint64_t last_entry(const struct view *v)
{
    return v->as_of ? v->upto : v->state.head_seq;
}

/* The last entry that counts as written before that minute: those after it stand side by side. */
static uint64_t entry_before(struct reporting *r, civil_minute minute)
{
    struct view *v = r->view;
    int64_t begins = civil_to_utc(minute, office_identity(v->office)->utc_offset);
    return journal_at(&v->txn, last_entry(v), v->clock, begins - 1);
}

static bool feed_backdated(void *arg, const struct backdated *b)
{
    struct reporting *r = arg;
    struct entry entry;
    if (!report_wants_whole(r->maker, b))
        report_backdated(r->maker, b);
    else if (journal_get(&r->view->txn, b->seq, &entry))
        feed_entry(r, &entry);
    view_note(r->view);
    return txn_ok(&r->view->txn);
}

/* By ids that only grow. */
static bool facts_of_now(struct reporting *r, uint64_t id, struct facts *out)
{
    if (!id || id > r->view->dossiers)
        return false;
    const unsigned char *chunk = chunk_walk_next(&r->walk, facts_chunk(id));
    if (chunk && facts_unpack(chunk, id, out))
        return true;
    note_facts(r->view);
    return false;
}

/* What is said of the dossiers that these entries are about. */
static void feed_after_dossiers(struct reporting *r)
{
    size_t count;
    const uint64_t *id = report_after_dossiers(r->maker, &count);
    for (size_t i = 0; i < count; i++) {
        struct facts f;
        if (r->view->as_of ? view_facts(r->view, id[i], &f) : facts_of_now(r, id[i], &f))
            report_after_look(r->maker, &f);
    }
}

/* Those of the period, where they are wanted; of what was written after it what is backdated. */
static void feed_entries(struct reporting *r, civil_minute from)
{
    struct view *v = r->view;
    uint64_t end = entry_before(r, report_entries_end(r->maker));
    uint64_t begin = from < report_entries_end(r->maker) ? entry_before(r, from) : end;
    if (txn_ok(&v->txn) && begin < end)
        journal_walk(&v->txn, begin + 1, end, feed_entry, r);
    report_after(r->maker, end + 1);
    if (txn_ok(&v->txn) && end < last_entry(v))
        backdated_walk(&v->txn, end + 1, last_entry(v), feed_backdated, r);
    view_note(v);
    feed_after_dossiers(r);
}

/* Where a clock ran ahead, what happened may be later than it counts as written: all are given. */
static void feed_all_entries(struct reporting *r)
{
    struct view *v = r->view;
    civil_minute since = report_entries_since(r->maker);
    uint64_t head = last_entry(v), before = v->clock || since == NO_TIME ? 0 : entry_before(r, since);
    if (txn_ok(&v->txn) && before < head)
        journal_walk(&v->txn, before + 1, head, feed_entry, r);
    view_note(v);
}

static bool feed_turned_away(void *arg, const struct event *e)
{
    struct reporting *r = arg;
    report_entry(r->maker, e, view_written(r->view, e));
    return true;
}

/* ---- a report ---- */

void view_report(struct view *v, struct report_maker *m)
{
    struct reporting r = {.view = v, .maker = m};
    civil_minute from;
    bool all = report_wants_all_entries(m);
    env_read_ahead(v->store, true);
    if (v->dossiers && !v->as_of)
        chunk_walk_begin(&r.walk, &v->txn, TABLE_FACTS);
    if (all)
        feed_all_entries(&r);
    else if (report_wants_entries(m, &from))
        feed_entries(&r, from);
    if (v->dossiers && v->as_of)
        feed_past(&r);
    else if (v->dossiers)
        feed_facts(&r);
    chunk_walk_end(&r.walk);
    if (report_wants_turned_away(m))
        view_turned_away(v, feed_turned_away, &r);
    env_read_ahead(v->store, false);
    history_release(&r.history);
}

struct outcome view_make_report(struct view *v, const struct report_request *request, struct report *out)
{
    report_init(out);
    struct report_maker *m = report_begin(request);
    if (!m)
        return outcome_of(KIND_out_of_memory);
    view_report(v, m);
    bool made = report_finish(m, out);
    report_end(m);
    struct outcome o = view_fault(v);
    return outcome_ok(&o) && !made ? outcome_of(out->broken ? KIND_report_broken : KIND_out_of_memory) : o;
}
