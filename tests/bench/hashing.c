/* hashing: the floor of verify: BLAKE2b over every entry of the journal, each with its number and the hash
 * before it, one after the other, and nothing else.
 *
 *     hashing STORE
 *
 * The bodies stay where they are, in the map, and are touched once before. Then, for each line on standard
 * input, hashes them all and answers "NANOSECONDS ENTRIES BYTES". The last hash must be the store's head. */
#include "store/view.h"

#include "store/journal.h"
#include "tests/bench/timing.h"
#include <string.h>

struct bodies {
    struct str *body;
    size_t count, cap;
    size_t bytes;
    unsigned touched;
};

static bool keep(void *arg, const struct entry *e)
{
    struct bodies *b = arg;
    if (b->count == b->cap) {
        b->cap = b->cap ? 2 * b->cap : 1 << 16;
        b->body = realloc(b->body, b->cap * sizeof *b->body);
        if (!b->body)
            bench_fail("realloc");
    }
    b->body[b->count++] = e->body;
    b->bytes += e->body.n;
    for (size_t i = 0; i < e->body.n; i += 64)
        b->touched += (unsigned char)e->body.p[i];
    return true;
}

static void hash_all(const struct bodies *b, unsigned char last[STORE_HASH])
{
    unsigned char hash[2][STORE_HASH] = {{0}};
    for (size_t i = 0; i < b->count; i++)
        journal_hash(hash[(i + 1) % 2], hash[i % 2], i + 1, b->body[i]);
    memcpy(last, hash[b->count % 2], STORE_HASH);
}

int main(int argc, char **argv)
{
    struct store *s;
    struct view *v;
    if (argc != 2)
        return 2;
    struct outcome o = store_open(argv[1], &s);
    if (outcome_ok(&o))
        o = view_begin(s, &v);
    if (!outcome_ok(&o)) {
        fprintf(stderr, "hashing: %s\n", outcome_kind_name(o.kind));
        return 1;
    }
    struct bodies b = {0};
    struct head head = view_head(v);
    journal_walk(&v->txn, 1, head.seq, keep, &b);
    char line[64];
    while (fgets(line, sizeof line, stdin)) {
        unsigned char last[STORE_HASH];
        int64_t before = bench_now();
        hash_all(&b, last);
        int64_t took = bench_now() - before;
        if (memcmp(last, head.hash, STORE_HASH) != 0) {
            fprintf(stderr, "hashing: that is not the store's head\n");
            return 1;
        }
        printf("%lld %zu %zu\n", (long long)took, b.count, b.bytes);
        fflush(stdout);
    }
    free(b.body);
    view_end(v);
    store_close(s);
    return 0;
}
