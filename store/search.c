/* search: every word somewhere in a dossier's name or numbers, newest receipt first.
 *
 * One word drives: the rarest. Chunks of both tables are gone through from the newest backwards, each only
 * where the word can be; every hit is checked against the whole dossier for all words, and answered as soon
 * as nothing still unread can be newer. */
#include "core/match.h"
#include "store/bytes.h"
#include "store/facts.h"
#include "store/lines.h"
#include "store/record.h"
#include "store/view.h"
#include <stdlib.h>

/* A heap of hits, the newest on top; the same dossier may be in it twice (by its name and by its numbers). */
struct hit {
    civil_minute received;
    uint64_t id;
};

struct search {
    struct view *view;
    const struct query *query;
    dossier_visit *each;
    void *arg;
    struct str word;
    struct hit *heap;
    size_t count, cap;
    struct hit last; /* answered last */
    struct buf name, numbers;
    bool over;
};

static bool newer(const struct hit *a, const struct hit *b)
{
    return a->received != b->received ? a->received > b->received : a->id > b->id;
}

static void push(struct search *s, struct hit hit)
{
    if (s->count == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 256;
        struct hit *more = realloc(s->heap, cap * sizeof *more);
        if (!more) {
            txn_no_memory(&s->view->txn);
            return;
        }
        s->heap = more;
        s->cap = cap;
    }
    size_t at = s->count++;
    for (; at > 0 && newer(&hit, &s->heap[(at - 1) / 2]); at = (at - 1) / 2)
        s->heap[at] = s->heap[(at - 1) / 2];
    s->heap[at] = hit;
}

static struct hit pop(struct search *s)
{
    struct hit top = s->heap[0], last = s->heap[--s->count];
    size_t at = 0, child;
    while ((child = at * 2 + 1) < s->count) {
        if (child + 1 < s->count && newer(&s->heap[child + 1], &s->heap[child]))
            child++;
        if (!newer(&s->heap[child], &last))
            break;
        s->heap[at] = s->heap[child];
        at = child;
    }
    s->heap[at] = last;
    return top;
}

static void on_line(void *arg, uint64_t id)
{
    struct search *s = arg;
    struct facts f;
    if (facts_read(&s->view->txn, id, &f))
        push(s, (struct hit){f.received, id});
    else
        txn_damaged(&s->view->txn, table_label(TABLE_FACTS));
}

static void answer(struct search *s, uint64_t id)
{
    struct dossier d;
    if (!view_dossier(s->view, id, &d))
        return;
    if (s->query->count > 0) {
        buf_reset(&s->name);
        buf_reset(&s->numbers);
        match_name(&s->name, &d);
        match_numbers(&s->numbers, &d);
        if (!query_matches(s->query, buf_str(&s->name), buf_str(&s->numbers)))
            return;
    }
    s->over = !s->each(s->arg, &d);
}

/* Answers the hits that nothing unread can come before. */
static void answer_settled(struct search *s, civil_minute unread)
{
    while (s->count && !s->over && (unread == NO_TIME || s->heap[0].received > unread)) {
        struct hit hit = pop(s);
        if (hit.id != s->last.id)
            answer(s, hit.id);
        s->last = hit;
    }
}

/* Chunks of one table, from the last one back. */
struct pile {
    struct ahead ahead;
    uint32_t left;
    civil_minute unread; /* nothing unread was received later; NO_TIME: nothing is unread */
};

/* Until its last chunk is read nothing is known of a table. */
static void pile_init(struct pile *pile, struct view *v, enum table table, uint32_t end)
{
    *pile = (struct pile){.left = end, .unread = INT64_MAX};
    ahead_init(&pile->ahead, &v->txn, table, end);
}

static void read_chunk(struct search *s, struct pile *pile)
{
    struct lines l;
    ahead_before(&pile->ahead, --pile->left);
    if (!lines_open(chunk_read(&s->view->txn, pile->ahead.table, pile->left), &l)) {
        txn_damaged(&s->view->txn, table_label(pile->ahead.table));
        view_note(s->view);
        return; /* the bound of the chunk after it still holds */
    }
    lines_find(&l, s->word, on_line, s);
    pile->unread = pile->left ? l.before : NO_TIME;
    view_note(s->view);
}

static void read_all(struct search *s)
{
    const struct state *state = &s->view->state;
    struct pile names, numbers;
    pile_init(&names, s->view, TABLE_NAMES, state->names_end);
    pile_init(&numbers, s->view, TABLE_NUMBERS, s->word.n ? state->numbers_end : 0);
    while (!s->over && (names.left || numbers.left) && txn_ok(&s->view->txn)) {
        struct pile *next =
            !numbers.left || (names.left && names.unread >= numbers.unread) ? &names : &numbers;
        read_chunk(s, next);
        civil_minute unread = names.left ? names.unread : NO_TIME;
        if (numbers.left && numbers.unread > unread)
            unread = numbers.unread;
        answer_settled(s, unread);
    }
    if (!s->over)
        answer_settled(s, NO_TIME);
}

/* ---- the driving word ---- */

enum { SAMPLE_CHUNKS = 4 };

static void count_line(void *arg, uint64_t id)
{
    (void)id;
    ++*(size_t *)arg;
}

/* In how many lines of the newest chunks does a word occur? */
static size_t sample(struct view *v, enum table table, uint32_t end, struct str word)
{
    size_t hits = 0;
    for (uint32_t n = 0; n < SAMPLE_CHUNKS && n < end; n++) {
        struct lines l;
        if (lines_open(chunk_read(&v->txn, table, end - 1 - n), &l))
            lines_find(&l, word, count_line, &hits);
    }
    return hits;
}

static struct str rarest_word(struct view *v, const struct query *q)
{
    struct str best = q->count ? q->word[0] : STR_NONE;
    size_t fewest = SIZE_MAX;
    for (size_t i = 0; i < q->count && q->count > 1; i++) {
        size_t hits = sample(v, TABLE_NAMES, v->state.names_end, q->word[i]) +
                      sample(v, TABLE_NUMBERS, v->state.numbers_end, q->word[i]);
        if (hits < fewest || (hits == fewest && q->word[i].n > best.n)) {
            fewest = hits;
            best = q->word[i];
        }
    }
    return best;
}

void view_search(struct view *v, const struct query *q, dossier_visit *each, void *arg)
{
    if (v->dossiers == 0)
        return;
    if (v->as_of) {
        env_read_ahead(v->store, true);
        as_of_search(v, q, each, arg);
        env_read_ahead(v->store, false);
        return;
    }
    struct search s = {.view = v, .query = q, .each = each, .arg = arg, .word = rarest_word(v, q)};
    read_all(&s);
    if (s.name.failed || s.numbers.failed)
        txn_no_memory(&v->txn);
    free(s.heap);
    buf_release(&s.name);
    buf_release(&s.numbers);
    view_note(v);
}
