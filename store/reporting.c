#include "store/reporting.h"

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

/* Columns are read where nothing but the present is asked for, and a record only where it is wanted. */
static void feed_facts(struct reporting *r)
{
    struct view *v = r->view;
    uint64_t chunks = facts_chunk(v->dossiers) + 1;
    struct ahead ahead;
    ahead_init(&ahead, &v->txn, TABLE_FACTS, chunks);
    for (uint64_t n = chunks; n-- > 0;)
        ahead_before(&ahead, n);
    for (uint64_t n = 0; n < chunks && txn_ok(&v->txn); n++) {
        const unsigned char *chunk = chunk_read(&v->txn, TABLE_FACTS, n);
        if (!chunk) {
            txn_damaged(&v->txn, table_label(TABLE_FACTS));
            view_note(v);
            continue;
        }
        uint64_t id = n * FACTS_ROWS + 1, end = id + FACTS_ROWS;
        for (; id < end && id <= v->dossiers; id++) {
            struct facts f;
            if (facts_unpack(chunk + facts_offset(id), id, &f))
                look(r, &f);
        }
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

/* Those that count as written from that minute on: they stand side by side at the journal's end. */
static void feed_entries(struct reporting *r, civil_minute from)
{
    struct view *v = r->view;
    uint64_t head = v->as_of ? v->upto : v->state.head_seq;
    int64_t begins = civil_to_utc(from, office_identity(v->office)->utc_offset);
    uint64_t before = journal_at(&v->txn, head, v->clock, begins - 1);
    if (txn_ok(&v->txn) && before < head)
        journal_walk(&v->txn, before + 1, head, feed_entry, r);
    view_note(v);
}

static void feed_all_entries(struct reporting *r)
{
    struct view *v = r->view;
    uint64_t head = v->as_of ? v->upto : v->state.head_seq;
    if (head)
        journal_walk(&v->txn, 1, head, feed_entry, r);
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
    if (all)
        feed_all_entries(&r);
    if (v->dossiers && v->as_of)
        feed_past(&r);
    else if (v->dossiers)
        feed_facts(&r);
    if (!all && report_wants_entries(m, &from))
        feed_entries(&r, from);
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
