#include "store/chunk_walk.h"

#include "store/bytes.h"
#include <stdlib.h>
#include <unistd.h>

/* Read at once: a part of what a processor keeps close to itself. */
enum { PAGES_AT_ONCE = 32 };

struct chunk_place {
    uint64_t number;
    const unsigned char *bytes; /* in the map; NULL: damaged */
};

/* ---- where they are ---- */

/* The cursor tells where a chunk is without touching it. */
static void find_places(struct chunk_walk *w, struct txn *t, enum table table)
{
    struct cursor c;
    size_t most = (size_t)txn_count(t, table);
    w->place = calloc(most ? most : 1, sizeof *w->place);
    if (!w->place) {
        txn_no_memory(t);
        return;
    }
    cursor_open(&c, t, table);
    for (bool on = cursor_first(&c); on && w->places < most; on = cursor_next(&c))
        if (c.key.n == 8)
            w->place[w->places++] = (struct chunk_place){
                get_be(str_bytes(c.key), 8), c.value.n == CHUNK_BYTES ? str_bytes(c.value) : NULL};
    cursor_close(&c);
}

static void fetch_places(const struct chunk_walk *w)
{
    uintptr_t page[AHEAD_MOST];
    for (size_t i = 0; i < w->places;) {
        size_t n = 0;
        for (; i < w->places && n < AHEAD_MOST; i++)
            if (w->place[i].bytes)
                page[n++] = (uintptr_t)w->place[i].bytes & ~(uintptr_t)(w->page_size - 1);
        ahead_fetch(page, n, w->page_size);
    }
}

/* LMDB writes into the file and maps it for reading only, so that both show the same; and a page that a
 * reading transaction sees is not written to before it ends. */
static void find_file(struct chunk_walk *w, struct txn *t)
{
    MDB_envinfo info;
    if (!w->places || mdb_env_info(t->store->env, &info) || mdb_env_get_fd(t->store->env, &w->fd))
        return;
    w->used = (info.me_last_pgno + 1) * w->page_size;
    w->page = malloc(PAGES_AT_ONCE * w->page_size);
    w->map = w->page ? env_map(t->store) : NULL;
}

void chunk_walk_begin(struct chunk_walk *w, struct txn *t, enum table table)
{
    *w = (struct chunk_walk){.page_size = (size_t)sysconf(_SC_PAGESIZE)};
    find_places(w, t, table);
    fetch_places(w);
    find_file(w, t);
}

void chunk_walk_again(struct chunk_walk *w)
{
    w->next = 0;
}

void chunk_walk_end(struct chunk_walk *w)
{
    free(w->place);
    free(w->page);
}

/* ---- reading ---- */

/* The chunks from place i on that lie side by side. */
static size_t run_from(const struct chunk_walk *w, size_t i)
{
    size_t n = 1;
    while (n < w->at_once && i + n < w->places && w->place[i + n].bytes &&
           w->place[i + n].bytes == w->place[i].bytes + n * w->page_size)
        n++;
    return n;
}

/* What cannot be read so is looked at where it is mapped. */
static void read_run(struct chunk_walk *w, size_t i)
{
    size_t at = w->map ? (size_t)(w->place[i].bytes - w->map) / w->page_size * w->page_size : w->used;
    bool goes_on = i == w->first + w->count && w->count;
    w->at_once = !goes_on ? 1 : w->at_once * 2 < PAGES_AT_ONCE ? w->at_once * 2 : PAGES_AT_ONCE;
    w->first = i;
    w->count = 0;
    if (at >= w->used)
        return;
    ssize_t got = pread(w->fd, w->page, run_from(w, i) * w->page_size, (off_t)at);
    w->count = got > 0 ? (size_t)got / w->page_size : 0;
}

static const unsigned char *chunk_at(struct chunk_walk *w, size_t i)
{
    const unsigned char *mapped = w->place[i].bytes;
    if (!mapped)
        return NULL;
    if (i - w->first >= w->count)
        read_run(w, i);
    if (i - w->first >= w->count)
        return mapped;
    return w->page + (i - w->first) * w->page_size + (uintptr_t)mapped % w->page_size;
}

const unsigned char *chunk_walk_next(struct chunk_walk *w, uint64_t number)
{
    while (w->next < w->places && w->place[w->next].number < number)
        w->next++;
    return w->next < w->places && w->place[w->next].number == number ? chunk_at(w, w->next) : NULL;
}
