#include "store/audit.h"

#include "store/fault.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { HEAD_BYTES = sizeof(struct page_head), DEEPEST = 32, MOST_TABLES = 64, NAME_BYTES = 40 };

/* An entry on a page: length of its value (two halves of 16 bits), kind, length of its key, key, value. On a
 * branch the length and kind are the number of the page below. */
enum node_kind { NODE_BIG = 0x01 /* the value lies on pages of its own */, NODE_TREE = 0x02 };
struct node_head {
    uint32_t size;
    uint16_t kind, key;
};
enum { NODE_BYTES = sizeof(struct node_head) };

struct node {
    struct str key;
    const unsigned char *value; /* NODE_BIG: the number of the first page */
    size_t size;
    bool big, tree;
    size_t below;
};

enum tree_kind { TREE_FREE, TREE_MAIN, TREE_TABLE };

struct tree {
    enum tree_kind kind;
    const struct tree_head *head;
    struct tree_head met; /* counted on the way */
};

struct auditing {
    struct audit *out;
    struct store *store;
    int fd;
    int rc; /* what reading failed of */
    size_t page_size, last_page;
    unsigned char *used; /* a bit for each page */
    size_t used_count;
    unsigned char *page[DEEPEST]; /* on the way down to where we are */
    unsigned char *covered;       /* a byte for each two of a page */
    size_t transaction;
    size_t left;      /* what the last transaction must have set free; NO_PAGE: nothing is known */
    bool left_is_met; /* it did */
    struct {
        char name[NAME_BYTES];
        struct tree_head head;
    } table[MOST_TABLES];
    size_t tables;
};

/* Always false: the walk ends at the first fault. */
static bool wrong(struct auditing *a, size_t page, enum text_id what)
{
    if (a->out->what == T_nothing) {
        a->out->what = what;
        a->out->page = page;
    }
    return false;
}

static bool read_at(struct auditing *a, size_t page, void *to, size_t n)
{
    ssize_t got = pread(a->fd, to, n, (off_t)(page * a->page_size));
    if (got < 0)
        a->rc = errno;
    return (size_t)got == n || (got >= 0 && wrong(a, page, T_core_audit_short));
}

/* These pages are in use, here and nowhere else. */
static bool take(struct auditing *a, size_t page, size_t count)
{
    if (page < 2 || page > a->last_page || count > a->last_page - page + 1)
        return wrong(a, page, T_core_audit_outside);
    for (size_t i = page; i < page + count; i++) {
        if (a->used[i / 8] & 1u << i % 8)
            return wrong(a, i, T_core_audit_twice);
        a->used[i / 8] |= (unsigned char)(1u << i % 8);
    }
    a->used_count += count;
    return true;
}

/* ---- one page ---- */

static size_t even(size_t n)
{
    return (n + 1) & ~(size_t)1;
}

static bool is_branch(const unsigned char *page)
{
    struct page_head head;
    memcpy(&head, page, sizeof head);
    return head.flags == PAGE_BRANCH;
}

static size_t node_count(const unsigned char *page)
{
    struct page_head head;
    memcpy(&head, page, sizeof head);
    return (size_t)(head.lower - HEAD_BYTES) / 2;
}

static size_t offset_of(const unsigned char *page, size_t i)
{
    uint16_t offset;
    memcpy(&offset, page + HEAD_BYTES + 2 * i, sizeof offset);
    return offset;
}

/* Of a page that is in order. */
static struct node node_at(const unsigned char *page, size_t i)
{
    struct node_head head;
    const unsigned char *at = page + offset_of(page, i);
    memcpy(&head, at, sizeof head);
    return (struct node){
        .key = {(const char *)at + NODE_BYTES, head.key},
        .value = at + NODE_BYTES + head.key,
        .size = head.size,
        .big = head.kind & NODE_BIG,
        .tree = head.kind & NODE_TREE,
        .below = (size_t)((uint64_t)head.kind << 32 | head.size),
    };
}

/* How much room an entry takes; 0 where that is more than there is. */
static size_t room_of(const struct node_head *head, bool branch, size_t most)
{
    if (!branch && (head->kind & ~(NODE_BIG | NODE_TREE)))
        return 0;
    size_t value = branch ? 0 : head->kind & NODE_BIG ? sizeof(size_t) : head->size;
    size_t room = value > most ? SIZE_MAX - 1 : even(NODE_BYTES + (size_t)head->key + value);
    return room > most ? 0 : room;
}

/* All entries lie side by side in the lower part of the page, none over another. */
static bool entries_are_apart(struct auditing *a, const unsigned char *page, const struct page_head *head)
{
    size_t total = 0;
    memset(a->covered, 0, a->page_size / 2);
    for (size_t i = 0; i < node_count(page); i++) {
        struct node_head node;
        size_t at = offset_of(page, i);
        if (at < head->upper || at % 2 || at + NODE_BYTES > a->page_size)
            return false;
        memcpy(&node, page + at, sizeof node);
        size_t room = room_of(&node, head->flags == PAGE_BRANCH, a->page_size - at);
        if (room == 0 || memchr(a->covered + at / 2, 1, room / 2))
            return false;
        memset(a->covered + at / 2, 1, room / 2);
        total += room;
    }
    return total == a->page_size - head->upper;
}

static bool page_is_sound(struct auditing *a, size_t number, const unsigned char *page, bool leaf)
{
    struct page_head head;
    memcpy(&head, page, sizeof head);
    if (head.number != number || head.flags != (leaf ? PAGE_LEAF : PAGE_BRANCH))
        return wrong(a, number, T_core_audit_kind);
    size_t least = leaf ? 1 : 2;
    if (head.lower < HEAD_BYTES + 2 * least || head.lower % 2 || head.lower > head.upper ||
        head.upper > a->page_size || !entries_are_apart(a, page, &head))
        return wrong(a, number, T_core_audit_entries);
    return true;
}

/* ---- what leaves hold ---- */

/* The value's own pages. */
static bool take_big(struct auditing *a, struct tree *t, const struct node *n, size_t *first)
{
    struct page_head head;
    uint32_t count;
    memcpy(first, n->value, sizeof *first);
    if (*first < 2 || *first > a->last_page)
        return wrong(a, *first, T_core_audit_outside);
    if (!read_at(a, *first, &head, sizeof head))
        return false;
    memcpy(&count, &head.lower, sizeof count);
    if (head.number != *first || head.flags != PAGE_OVERFLOW || count == 0 ||
        (uint64_t)count * a->page_size < (uint64_t)HEAD_BYTES + n->size)
        return wrong(a, *first, T_core_audit_kind);
    t->met.overflows += count;
    return take(a, *first, count);
}

/* Pages that a transaction set free: how many, then their numbers, the greatest first. */
static bool take_free(struct auditing *a, size_t page, const struct node *n, const unsigned char *list)
{
    size_t count = 0, transaction, before = NO_PAGE;
    memcpy(&transaction, n->key.p, sizeof transaction);
    if (n->size >= sizeof count)
        memcpy(&count, list, sizeof count);
    if (n->size < sizeof count || count > n->size / sizeof count - 1 || transaction == 0 ||
        transaction > a->transaction)
        return wrong(a, page, T_core_audit_free);
    for (size_t i = 1; i <= count; i++) {
        size_t one;
        memcpy(&one, list + i * sizeof one, sizeof one);
        if (one >= before)
            return wrong(a, page, T_core_audit_free);
        if (!take(a, one, 1))
            return false;
        if (one == a->left && transaction == a->transaction)
            a->left_is_met = true;
        before = one;
    }
    return true;
}

static bool see_free(struct auditing *a, struct tree *t, size_t page, const struct node *n)
{
    size_t first;
    if (n->tree || n->key.n != sizeof(size_t))
        return wrong(a, page, T_core_audit_free);
    if (!n->big)
        return take_free(a, page, n, n->value);
    if (!take_big(a, t, n, &first))
        return false;
    unsigned char *list = malloc(HEAD_BYTES + n->size);
    if (!list) {
        a->rc = ENOMEM;
        return false;
    }
    bool good = read_at(a, first, list, HEAD_BYTES + n->size) && take_free(a, first, n, list + HEAD_BYTES);
    free(list);
    return good;
}

/* A word, a dot and the number of another layout: what a rebuild that was cut short left. */
static bool is_of_other_layout(const char *name)
{
    char ours[12];
    size_t word = strspn(name, "abcdefghijklmnopqrstuvwxyz"), digits;
    snprintf(ours, sizeof ours, "%d", STORE_LAYOUT);
    if (word == 0 || name[word] != '.')
        return false;
    digits = strspn(name + word + 1, "0123456789");
    return digits > 0 && name[word + 1 + digits] == '\0' && strcmp(name + word + 1, ours) != 0;
}

static bool is_our_name(const char *name)
{
    char ours[NAME_BYTES];
    for (int table = 0; table < TABLES; table++) {
        snprintf(ours, sizeof ours, table < FIRST_PROJECTION ? "%s" : "%s.%d", table_name((enum table)table),
                 STORE_LAYOUT);
        if (strcmp(name, ours) == 0)
            return true;
    }
    return is_of_other_layout(name);
}

static bool see_table(struct auditing *a, size_t page, const struct node *n)
{
    if (!n->tree || n->big || n->size != sizeof(struct tree_head) || n->key.n >= NAME_BYTES ||
        a->tables == MOST_TABLES)
        return wrong(a, page, T_core_audit_table);
    char *name = a->table[a->tables].name;
    memcpy(name, n->key.p, n->key.n);
    name[n->key.n] = '\0';
    memcpy(&a->table[a->tables].head, n->value, sizeof(struct tree_head));
    const struct tree_head *head = &a->table[a->tables].head;
    a->tables++;
    return (head->pad == 0 && head->flags == 0 && strlen(name) == n->key.n && is_our_name(name)) ||
           wrong(a, page, T_core_audit_table);
}

static bool see_entry(struct auditing *a, struct tree *t, size_t page, const struct node *n)
{
    size_t first;
    t->met.entries++;
    switch (t->kind) {
    case TREE_FREE: return see_free(a, t, page, n);
    case TREE_MAIN: return see_table(a, page, n);
    default: return n->tree ? wrong(a, page, T_core_audit_entries) : !n->big || take_big(a, t, n, &first);
    }
}

/* ---- one tree ---- */

static int compare(const struct tree *t, struct str a, struct str b)
{
    if (t->kind != TREE_FREE || a.n != sizeof(size_t) || b.n != sizeof(size_t))
        return str_cmp(a, b);
    size_t x, y;
    memcpy(&x, a.p, sizeof x);
    memcpy(&y, b.p, sizeof y);
    return (x > y) - (x < y);
}

/* Its keys stand in order, from `low` on (absent: from the first) and below `high` (absent: to the last). The
 * first key of a branch is no bound and may be anything. */
static bool keys_are_in_order(const struct tree *t, const unsigned char *page, struct str low,
                              struct str high)
{
    bool branch = is_branch(page);
    struct str before = low;
    for (size_t i = branch ? 1 : 0; i < node_count(page); i++) {
        struct str key = node_at(page, i).key;
        int order = before.p ? compare(t, before, key) : -1;
        if (key.n == 0 || order > 0 || (order == 0 && before.p != low.p))
            return false;
        before = key;
    }
    return !high.p || !before.p || compare(t, before, high) < 0;
}

static bool load_page(struct auditing *a, size_t number, unsigned depth)
{
    if (!a->page[depth])
        a->page[depth] = malloc(a->page_size);
    if (!a->page[depth])
        a->rc = ENOMEM;
    return a->page[depth] && read_at(a, number, a->page[depth], a->page_size);
}

static bool walk(struct auditing *a, struct tree *t, size_t number, unsigned depth, struct str low,
                 struct str high)
{
    bool leaf = depth + 1u == t->head->depth;
    if (!take(a, number, 1) || !load_page(a, number, depth))
        return false;
    const unsigned char *page = a->page[depth];
    if (!page_is_sound(a, number, page, leaf))
        return false;
    if (!keys_are_in_order(t, page, low, high))
        return wrong(a, number, T_core_audit_order);
    size_t count = node_count(page);
    *(leaf ? &t->met.leaves : &t->met.branches) += 1;
    for (size_t i = 0; i < count; i++) {
        struct node n = node_at(page, i);
        struct str from = i ? n.key : low, to = i + 1 < count ? node_at(page, i + 1).key : high;
        if (!(leaf ? see_entry(a, t, number, &n) : walk(a, t, n.below, depth + 1, from, to)))
            return false;
    }
    return true;
}

static bool walk_tree(struct auditing *a, enum tree_kind kind, const struct tree_head *head)
{
    struct tree t = {.kind = kind, .head = head};
    if (head->root == NO_PAGE) {
        if (head->depth || head->entries || head->branches || head->leaves || head->overflows)
            return wrong(a, 0, T_core_audit_table);
        return true;
    }
    if (head->depth == 0 || head->depth > DEEPEST)
        return wrong(a, head->root, T_core_audit_table);
    if (!walk(a, &t, head->root, 0, STR_NONE, STR_NONE))
        return false;
    return (t.met.branches == head->branches && t.met.leaves == head->leaves &&
            t.met.overflows == head->overflows && t.met.entries == head->entries) ||
           wrong(a, head->root, T_core_audit_count);
}

/* ---- all of them ---- */

/* Those that are for ever first, so that it is known whether at least they are sound. */
static bool walk_tables(struct auditing *a)
{
    bool good = true;
    for (int derived = 0; derived <= 1 && good; derived++) {
        for (size_t i = 0; i < a->tables && good; i++)
            if ((strchr(a->table[i].name, '.') != NULL) == derived)
                good = walk_tree(a, TREE_TABLE, &a->table[i].head);
        a->out->journal = a->out->journal || good;
    }
    return good;
}

static bool audit_all(struct auditing *a, const struct root *now, const struct root *before)
{
    a->last_page = now->last_page;
    a->transaction = now->transaction;
    a->left = before->main.root;
    a->used = calloc(a->last_page / 8 + 1, 1);
    a->covered = malloc(a->page_size / 2);
    if (!a->used || !a->covered) {
        a->rc = ENOMEM;
        return false;
    }
    if (!walk_tree(a, TREE_MAIN, &now->main) || !walk_tables(a) || !walk_tree(a, TREE_FREE, &now->free))
        return false;
    if (a->used_count + 2 != a->last_page + 1)
        return wrong(a, 0, T_core_audit_lost);
    /* Else these roots are not the ones that followed the others: LMDB took the older ones. */
    return a->left == NO_PAGE || a->left_is_met || wrong(a, 0, T_core_audit_older);
}

/* ---- where it all begins ---- */

/* The roots the transaction goes by, and those of the one before it (no tree where they are gone already).
 * False when they have been written over since it began, with success in *o, or when they cannot be right. */
static bool roots_of(struct txn *t, int fd, struct root *now, struct root *before, struct outcome *o)
{
    struct roots r = {0};
    int rc = roots_read(fd, &r);
    *o = rc == EUCLEAN || rc == MDB_INVALID ? fault_damaged(t->store->dir, T_core_damage_first_pages)
         : rc                               ? fault_of(t->store->dir, rc)
                                            : OUTCOME_DONE;
    size_t transaction = mdb_txn_id(t->handle);
    *now = r.root[transaction % 2];
    *before = r.root[(transaction + 1) % 2];
    if (before->transaction + 1 != transaction)
        *before = (struct root){.main = {.root = NO_PAGE}};
    return rc == 0 && now->transaction == transaction && root_is_sane(now, r.pages);
}

struct outcome audit_pages(struct txn *t, struct audit *out)
{
    *out = (struct audit){.what = T_nothing};
    struct root now, before;
    struct outcome o = txn_ok(t) ? OUTCOME_DONE : t->fault;
    mdb_filehandle_t fd;
    if (!outcome_ok(&o) || mdb_env_get_fd(t->store->env, &fd) != 0)
        return o;
    if (!roots_of(t, fd, &now, &before, &o)) {
        if (o.kind == KIND_damaged)
            out->what = T_core_damage_first_pages;
        return outcome_ok(&o) ? fault_path(KIND_store_busy, t->store->dir) : o;
    }
    struct auditing *a = calloc(1, sizeof *a);
    if (!a)
        return outcome_of(KIND_out_of_memory);
    a->out = out;
    a->fd = fd;
    a->page_size = now.free.pad;
    bool good = audit_all(a, &now, &before);
    if (a->rc)
        o = fault_of(t->store->dir, a->rc);
    else if (!good)
        o = fault_damaged(t->store->dir, T_core_damage_pages);
    for (size_t i = 0; i < DEEPEST; i++)
        free(a->page[i]);
    free(a->used);
    free(a->covered);
    free(a);
    return o;
}
