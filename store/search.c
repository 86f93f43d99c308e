/* search: every word somewhere in a dossier's name or numbers, newest receipt first.
 *
 * One word drives: the rarest. Chunks of both tables are gone through from the newest backwards; those that
 * cannot hold what is looked for are passed over without a look (store/pieces.h). A hit is answered as soon
 * as nothing still unread can be newer. Between two steps it can be left and taken up again: chunks are only
 * ever added at the end, so where it stands keeps its meaning.
 *
 * A hit is judged by its line as far as that goes: what a name lacks must be among the numbers, and the other
 * way round. By the time a hit is answered the line of its dossier in the other table has been gone through
 * too (both are written at once, with the same bound). So a word that occurred nowhere in that table is not
 * there either, and the dossier, somewhere in the file, need not be read to know that it does not match. */
#include "store/search.h"

#include "core/match.h"
#include "store/bytes.h"
#include "store/facts.h"
#include "store/pieces.h"
#include "store/record.h"
#include "store/view.h"
#include <stdlib.h>

typedef uint16_t words; /* of a query, one bit each */
_Static_assert(QUERY_WORDS <= 16, "a bit for each word");
static const words ALL_WORDS = UINT16_MAX;

/* A hit in the heap, the newest on top; the same dossier may be in it twice (by its name and by its numbers).
 */
struct hit {
    civil_minute received;
    uint64_t id;
    words missing; /* what its line lacks */
    bool numbers;  /* is that line one of numbers? Else of a name */
    bool unsure;   /* the line was cut, or others have written since: the dossier decides */
};

/* Chunks of one table, from the last one back. */
struct pile {
    struct search *search;
    enum table table;
    uint32_t left, full;      /* full: how many have a row of pieces */
    civil_minute unread;      /* nothing unread was received later; NO_TIME: nothing is unread */
    words seen;               /* which words occur in what was read; those not looked for count as seen */
    size_t lacking;           /* lines of the other table that lacked what was not seen here */
    struct ahead ahead, rows; /* of this view */
};

struct search {
    const struct query *query;
    struct str word; /* the one that drives */
    words drives;    /* its bit; none in a query of no words */
    struct asked asked[QUERY_WORDS];
    bool begun, over;
    struct pile names, numbers;
    struct hit *heap;
    size_t count, cap;
    struct hit last; /* answered last */
    struct buf name, folded;
    unsigned char head[STORE_HASH]; /* the journal's, when lines were last read */
    /* of this call */
    struct pile *pile; /* being read */
    const unsigned char *facts;
    uint64_t facts_number; /* of the chunk `facts` */
    struct view *view;
    found_visit *each;
    void *arg;
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

/* Lines side by side are mostly of dossiers side by side. */
static bool read_facts(struct search *s, uint64_t id, struct facts *out)
{
    uint64_t number = id ? facts_chunk(id) : 0;
    if (!s->facts || number != s->facts_number)
        s->facts = chunk_read(&s->view->txn, TABLE_FACTS, number);
    s->facts_number = number;
    return id && s->facts && facts_unpack(s->facts, id, out);
}

static words missing_in(const struct query *q, struct str text)
{
    words missing = 0;
    for (size_t i = 0; i < q->count; i++)
        if (!memmem(text.p, text.n, q->word[i].p, q->word[i].n))
            missing |= (words)(1u << i);
    return missing;
}

static void on_line(void *arg, uint64_t id, struct str text, bool whole)
{
    struct search *s = arg;
    struct facts f;
    words missing = s->query->count > 1 ? missing_in(s->query, text) : 0;
    struct pile *other = s->pile == &s->names ? &s->numbers : &s->names;
    bool lacks = whole && (missing & ~other->seen);
    if (lacks && !other->left)
        return;
    other->lacking += lacks;
    if (read_facts(s, id, &f))
        push(s, (struct hit){f.received, id, missing, s->pile == &s->numbers, !whole});
    else
        txn_damaged(&s->view->txn, table_label(TABLE_FACTS));
}

/* Is what its line lacks in the other part of the dossier, or, where the line does not count, all of it in
 * either? */
static bool matches(struct search *s, const struct hit *hit, const struct dossier *d)
{
    struct query rest = {.count = 0};
    for (size_t i = 0; i < s->query->count; i++)
        if (hit->unsure || hit->missing >> i & 1)
            rest.word[rest.count++] = s->query->word[i];
    if (!rest.count)
        return true;
    buf_reset(&s->name);
    buf_reset(&s->folded);
    if (hit->unsure || hit->numbers)
        match_name(&s->name, d);
    if (hit->unsure || !hit->numbers)
        match_numbers(&s->folded, d);
    if (s->name.failed || s->folded.failed)
        txn_no_memory(&s->view->txn);
    return query_matches(&rest, buf_str(&s->name), buf_str(&s->folded));
}

/* Where the line has every word there is nothing to ask the dossier. */
static void answer(struct search *s, const struct hit *hit)
{
    struct dossier d;
    struct found found = {hit->received, hit->id};
    const struct pile *other = hit->numbers ? &s->names : &s->numbers;
    if (!hit->unsure && (hit->missing & ~other->seen))
        return;
    if (hit->unsure || hit->missing) {
        if (!view_dossier(s->view, hit->id, &d) || !matches(s, hit, &d))
            return;
        found.received = d.facts.received;
    }
    s->over = !s->each(s->arg, &found);
}

static void on_word(void *arg, uint64_t id, struct str text, bool whole)
{
    (void)id, (void)text, (void)whole;
    *(bool *)arg = true;
}

/* Which of the words not seen so far occur in a chunk? */
static void see_words(struct search *s, struct pile *pile, const struct lines *l)
{
    for (size_t i = 0; i < s->query->count && pile->seen != ALL_WORDS; i++) {
        bool occurs = false;
        if (!(pile->seen >> i & 1))
            lines_find(l, s->query->word[i], on_word, &occurs);
        if (occurs)
            pile->seen |= (words)(1u << i);
    }
}

static const unsigned char *pieces_of(struct pile *pile, uint32_t number)
{
    const unsigned char *rows = number < pile->full ? ahead_chunk(&pile->rows, pieces_chunk(number)) : NULL;
    view_note(pile->search->view);
    return rows ? pieces_row(rows, number) : NULL;
}

/* A chunk that can hold neither the word that drives nor one that was not seen yet is passed over: what is to
 * be known of it is in its row. */
static const unsigned char *row_instead(void *arg, uint64_t number)
{
    struct pile *pile = arg;
    const struct search *s = pile->search;
    const unsigned char *row = s->drives ? pieces_of(pile, (uint32_t)number) : NULL;
    for (size_t i = 0; row && i < s->query->count; i++)
        if (((words)(~pile->seen | s->drives) >> i & 1) && pieces_may_hold(row, &s->asked[i]))
            return NULL;
    return row;
}

static void read_chunk(struct search *s, struct pile *pile)
{
    struct lines l;
    bool passed;
    const unsigned char *chunk = ahead_chunk_or(&pile->ahead, --pile->left, &passed);
    if (passed) {
        pile->unread = pieces_before(chunk);
        return;
    }
    s->pile = pile;
    bool sound = lines_open(chunk, &l);
    if (sound) {
        lines_find(&l, s->word, on_line, s);
        see_words(s, pile, &l);
    } else {
        txn_damaged(&s->view->txn, table_label(pile->table));
        pile->seen = ALL_WORDS; /* it might hold any */
    }
    if (sound) /* else the bound of the chunk after it still holds */
        pile->unread = l.before;
    if (!pile->left)
        pile->unread = NO_TIME;
    view_note(s->view);
}

/* Nothing unread was received later than this; NO_TIME: all is read. */
static civil_minute unread(const struct search *s)
{
    civil_minute names = s->names.left ? s->names.unread : NO_TIME;
    civil_minute numbers = s->numbers.left ? s->numbers.unread : NO_TIME;
    return names > numbers ? names : numbers;
}

/* When so many lines of the other table lack a word, it pays to know whether this one has it at all: most of
 * its chunks can be passed over, and such lines need not be kept then. */
enum { MANY_LACK = 1000 };

static bool goes_first(const struct pile *pile)
{
    return pile->lacking >= MANY_LACK && pile->left && pile->seen != ALL_WORDS;
}

static struct pile *next_pile(struct search *s)
{
    if (goes_first(&s->names) || !s->numbers.left)
        return &s->names;
    if (goes_first(&s->numbers) || !s->names.left)
        return &s->numbers;
    return s->names.unread >= s->numbers.unread ? &s->names : &s->numbers;
}

/* Answers the hit that nothing unread can come before, or reads a chunk. */
static void step(struct search *s)
{
    civil_minute bound = unread(s);
    bool all_read = !s->names.left && !s->numbers.left;
    if (s->count && (all_read || s->heap[0].received > bound)) {
        struct hit hit = pop(s);
        if (hit.id != s->last.id)
            answer(s, &hit);
        s->last = hit;
    } else if (!all_read) {
        read_chunk(s, next_pile(s));
    } else {
        s->over = true;
    }
}

/* ---- the driving word ---- */

enum { SAMPLE_CHUNKS = 4 };

static void count_line(void *arg, uint64_t id, struct str text, bool whole)
{
    (void)id, (void)text, (void)whole;
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

/* ---- beginning, going on ---- */

struct search *search_new(const struct query *q)
{
    struct search *s = calloc(1, sizeof *s);
    if (s)
        s->query = q;
    return s;
}

void search_free(struct search *s)
{
    if (!s)
        return;
    free(s->heap);
    buf_release(&s->name);
    buf_release(&s->folded);
    free(s);
}

/* The word that drives is in every line that is a hit, and what is beyond the query is in none: neither is
 * looked for. Until its last chunk is read nothing is known of a table. */
static void begin_pile(struct search *s, struct pile *pile, enum table table, uint32_t end)
{
    words asked = (words)((1u << s->query->count) - 1);
    pile->search = s;
    pile->table = table;
    pile->left = end;
    pile->full = end ? end - 1 : 0;
    pile->unread = INT64_MAX;
    pile->seen = (words)(~asked | s->drives);
    pile->lacking = 0;
}

static void go_on_with(struct pile *pile, struct txn *t)
{
    enum table rows = pile->table == TABLE_NAMES ? TABLE_NAME_PIECES : TABLE_NUMBER_PIECES;
    ahead_init(&pile->ahead, t, pile->table, pile->left);
    ahead_init(&pile->rows, t, rows, pile->full / PIECES_ROWS + 1);
    pile->ahead.instead = row_instead;
    pile->ahead.arg = pile;
}

static void begin(struct search *s)
{
    const struct state *state = &s->view->state;
    s->begun = true;
    s->count = 0;
    s->last = (struct hit){0};
    s->word = rarest_word(s->view, s->query);
    s->drives = 0;
    for (size_t i = 0; i < s->query->count; i++) {
        s->asked[i] = pieces_ask(s->query->word[i]);
        if (s->query->word[i].p == s->word.p)
            s->drives = (words)(1u << i);
    }
    begin_pile(s, &s->names, TABLE_NAMES, state->names_end);
    begin_pile(s, &s->numbers, TABLE_NUMBERS, s->drives ? state->numbers_end : 0);
    memcpy(s->head, state->head_hash, sizeof s->head);
}

/* Others have written: lines may say what is no longer so, and some be where it has been already. */
static void doubt_lines(struct search *s)
{
    for (size_t i = 0; i < s->count; i++)
        s->heap[i].unsure = true;
    s->names.seen = s->numbers.seen = ALL_WORDS;
    memcpy(s->head, s->view->state.head_hash, sizeof s->head);
}

/* Fewer chunks than were there: the tables were built anew in between. */
static bool is_elsewhere(const struct search *s)
{
    const struct state *state = &s->view->state;
    return s->names.left > state->names_end || s->numbers.left > state->numbers_end;
}

static bool tell_as_of(void *arg, const struct dossier *d)
{
    struct search *s = arg;
    return s->each(s->arg, &(struct found){d->facts.received, d->facts.id});
}

static bool some_as_of(struct search *s)
{
    env_read_ahead(s->view->store, true);
    as_of_search(s->view, s->query, tell_as_of, s);
    env_read_ahead(s->view->store, false);
    return s->over = true;
}

bool search_some(struct search *s, struct view *v, search_go_on *go_on, found_visit *each, void *arg)
{
    s->view = v;
    s->each = each;
    s->arg = arg;
    if (s->over || v->dossiers == 0)
        return s->over = true;
    if (v->as_of)
        return some_as_of(s);
    if (!s->begun || is_elsewhere(s))
        begin(s);
    else if (memcmp(s->head, v->state.head_hash, sizeof s->head) != 0)
        doubt_lines(s);
    s->facts = NULL;
    go_on_with(&s->names, &v->txn);
    go_on_with(&s->numbers, &v->txn);
    do
        step(s);
    while (!s->over && txn_ok(&v->txn) && (!go_on || go_on(arg)));
    view_note(v);
    return s->over = s->over || !txn_ok(&v->txn);
}

/* ---- with the dossiers ---- */

struct reader {
    struct view *view;
    dossier_visit *each;
    void *arg;
};

static bool read_found(void *arg, const struct found *found)
{
    struct reader *r = arg;
    struct dossier d;
    return !view_dossier(r->view, found->id, &d) || r->each(r->arg, &d);
}

void view_search(struct view *v, const struct query *q, dossier_visit *each, void *arg)
{
    struct search *s = search_new(q);
    if (!s) {
        txn_no_memory(&v->txn);
        return;
    }
    struct reader r = {v, each, arg};
    search_some(s, v, NULL, read_found, &r);
    search_free(s);
}
