/* journal_view: the journal itself, for whoever takes it out or compares it with what was noted of it. */
#include "store/fault.h"
#include "store/view.h"

static uint64_t last_entry(const struct view *v)
{
    return v->as_of ? v->upto : v->state.head_seq;
}

struct head view_head(struct view *v)
{
    struct head head = {.seq = v->state.head_seq};
    memcpy(head.hash, v->state.head_hash, STORE_HASH);
    struct entry entry;
    if (v->as_of && v->upto != v->state.head_seq) {
        head = (struct head){0};
        if (v->upto && journal_get(&v->txn, v->upto, &entry)) {
            head.seq = entry.seq;
            memcpy(head.hash, entry.hash, STORE_HASH);
        }
        view_note(v);
    }
    return head;
}

struct outcome view_compare_head(struct view *v, const struct head *noted)
{
    struct head_mark mark = {.seq = noted->seq, .digits = 2 * STORE_HASH};
    memcpy(mark.hash, noted->hash, STORE_HASH);
    return view_compare_mark(v, &mark);
}

struct outcome view_compare_mark(struct view *v, const struct head_mark *noted)
{
    struct outcome o = OUTCOME_DONE;
    struct entry entry;
    if (noted->seq > v->state.head_seq) {
        o = outcome_of(KIND_head_missing);
        outcome_number(&o, (int64_t)noted->seq);
        outcome_number(&o, (int64_t)v->state.head_seq);
    } else if (!journal_get(&v->txn, noted->seq, &entry)) {
        o = v->txn.fault;
    } else if (!head_mark_fits(noted, entry.hash)) {
        o = outcome_of(KIND_head_differs);
        outcome_number(&o, (int64_t)noted->seq);
    }
    view_note(v);
    return o;
}

bool view_entry(struct view *v, uint64_t seq, struct event *out)
{
    struct entry before = {.hash = NULL}, entry;
    unsigned char first[STORE_HASH] = {0}, hash[STORE_HASH];
    if (seq == 0 || seq > last_entry(v))
        return false;
    bool read = (seq == 1 || journal_get(&v->txn, seq - 1, &before)) && journal_get(&v->txn, seq, &entry);
    if (read) {
        journal_hash(hash, seq == 1 ? first : before.hash, seq, entry.body);
        read = memcmp(hash, entry.hash, STORE_HASH) == 0 && event_decode(entry.body, out);
        out->seq = seq;
        if (!read)
            txn_damaged_at(&v->txn, T_core_damage_entry, seq);
    }
    view_note(v);
    return read;
}

/* ---- all of it ---- */

struct walking {
    struct view *view;
    journal_visit *each;
    void *arg;
    unsigned char hash[STORE_HASH]; /* of the entry before */
};

/* Whatever is taken out of a store must be what was put in. */
static bool is_sound(struct walking *w, const struct entry *entry)
{
    unsigned char hash[STORE_HASH];
    journal_hash(hash, w->hash, entry->seq, entry->body);
    memcpy(w->hash, entry->hash, STORE_HASH);
    return memcmp(hash, entry->hash, STORE_HASH) == 0;
}

static bool visit(void *arg, const struct entry *entry)
{
    struct walking *w = arg;
    struct event e;
    bool readable = is_sound(w, entry) && event_decode(entry->body, &e);
    if (readable)
        e.seq = entry->seq;
    else
        txn_damaged_at(&w->view->txn, T_core_damage_entry, entry->seq);
    view_note(w->view);
    return w->each(w->arg, &(struct journal_entry){.seq = entry->seq,
                                                   .hash = entry->hash,
                                                   .body = entry->body,
                                                   .event = readable ? &e : NULL});
}

void view_journal(struct view *v, journal_visit *each, void *arg)
{
    struct walking w = {.view = v, .each = each, .arg = arg};
    env_read_ahead(v->store, true);
    journal_walk(&v->txn, 1, last_entry(v), visit, &w);
    env_read_ahead(v->store, false);
    view_note(v);
}
