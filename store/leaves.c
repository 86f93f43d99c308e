#include "store/leaves.h"

#include "store/chunk.h"
#include "store/roots.h"
#include <stdlib.h>

enum { MOST_LEVELS = 16, MOST_PAGES = 1 << 15, HEAD_BYTES = sizeof(struct page_head) };

struct leaves {
    const unsigned char *map;
    size_t page_size, pages; /* of the file, as far as it is used */
    struct str from, to;
    uintptr_t *level, *below; /* addresses of pages */
    size_t count, below_count, cap;
};

/* Where the map begins, by the number of the page a value stands on. */
static const unsigned char *map_by(const void *value, size_t page_size)
{
    struct page_head head;
    const unsigned char *page = (const void *)((uintptr_t)value & ~(uintptr_t)(page_size - 1));
    memcpy(&head, page, sizeof head);
    return page - head.number * page_size;
}

/* A number may be damaged: another page, of the table itself, must say the same. */
static bool find_map(struct txn *t, enum table table, const void *value, struct leaves *l)
{
    struct cursor c;
    cursor_open(&c, t, table);
    l->map = map_by(value, l->page_size);
    bool sure = cursor_seek(&c, l->from) && map_by(c.value.p, l->page_size) == l->map;
    cursor_close(&c);
    return sure;
}

/* A table's own entry among the names of all tables. */
static bool find_tree(struct txn *t, enum table table, struct tree_head *tree, struct leaves *l)
{
    char name[TABLE_NAME];
    MDB_dbi names;
    MDB_envinfo info;
    MDB_stat stat;
    MDB_val value, key = {.mv_size = env_table_name(table, name), .mv_data = name};
    if (mdb_dbi_open(t->handle, NULL, 0, &names) || mdb_get(t->handle, names, &key, &value) ||
        value.mv_size != sizeof *tree || mdb_env_info(t->store->env, &info) ||
        mdb_stat(t->handle, names, &stat))
        return false;
    memcpy(tree, value.mv_data, sizeof *tree);
    l->page_size = stat.ms_psize;
    l->pages = info.me_last_pgno + 1;
    return tree->depth > 1 && tree->depth <= MOST_LEVELS && find_map(t, table, value.mv_data, l);
}

static void add_below(struct leaves *l, size_t number)
{
    if (number >= l->pages || l->below_count == MOST_PAGES)
        return;
    if (l->below_count == l->cap) {
        size_t cap = l->cap ? 2 * l->cap : 256;
        uintptr_t *more = realloc(l->below, cap * sizeof *more);
        uintptr_t *same = more ? realloc(l->level, cap * sizeof *same) : NULL;
        l->below = more ? more : l->below;
        l->level = same ? same : l->level;
        if (!same)
            return;
        l->cap = cap;
    }
    l->below[l->below_count++] = (uintptr_t)(l->map + number * l->page_size);
}

/* The i-th entry of a branch: the key from which on a page below holds, and its number. */
static bool entry_at(const struct leaves *l, const unsigned char *page, size_t i, struct str *key,
                     size_t *number)
{
    uint16_t at, half[4]; /* the number's, then the key's length */
    memcpy(&at, page + HEAD_BYTES + 2 * i, sizeof at);
    if (at + sizeof half > l->page_size)
        return false;
    memcpy(half, page + at, sizeof half);
    *number = (size_t)half[0] | (size_t)half[1] << 16 | (size_t)half[2] << 32;
    *key = (struct str){(const char *)page + at + sizeof half, half[3]};
    return at + sizeof half + key->n <= l->page_size;
}

static void look_below(struct leaves *l, const unsigned char *page)
{
    struct page_head head;
    memcpy(&head, page, sizeof head);
    if (head.flags != PAGE_BRANCH || l->map + head.number * l->page_size != page || head.lower < HEAD_BYTES ||
        head.lower > l->page_size)
        return;
    size_t n = (size_t)(head.lower - HEAD_BYTES) / 2, number, next_number;
    struct str key, next = STR_NONE;
    for (size_t i = 0; i < n; i++) {
        if (!entry_at(l, page, i, &key, &number) ||
            (i + 1 < n && !entry_at(l, page, i + 1, &next, &next_number)))
            return;
        bool begins = i == 0 || str_cmp(key, l->to) < 0; /* the first one's key says nothing */
        bool ends = i + 1 < n && str_cmp(next, l->from) <= 0;
        if (begins && !ends)
            add_below(l, number);
    }
}

static void go_down(struct leaves *l)
{
    l->below_count = 0;
    for (size_t i = 0; i < l->count; i++)
        look_below(l, (const unsigned char *)l->level[i]);
    uintptr_t *level = l->level;
    l->level = l->below;
    l->below = level;
    l->count = l->below_count;
    ahead_fetch(l->level, l->count, l->page_size);
}

size_t leaves_fetch(struct txn *t, enum table table, struct str from, struct str to, uintptr_t **pages)
{
    struct leaves l = {.from = from, .to = to};
    struct tree_head tree;
    if (txn_ok(t) && find_tree(t, table, &tree, &l))
        add_below(&l, tree.root);
    if (l.below_count) {
        l.level[0] = l.below[0];
        l.count = 1;
        for (int depth = tree.depth; depth > 1 && l.count; depth--)
            go_down(&l);
    }
    if (pages)
        *pages = l.level;
    else
        free(l.level);
    free(l.below);
    return l.count;
}
