/* scanning: the floor of search: memmem over everything that is searched, folded and side by side in memory.
 *
 *     scanning STORE
 *
 * Gathers the folded names and numbers of all dossiers, newest first, a line each. Then, for each word on
 * standard input (folded already), looks for it from the first byte to the last and answers "NANOSECONDS
 * DOSSIERS BYTES". */
#include "store/store.h"
#include "tests/bench/timing.h"
#include <string.h>

static bool gather(void *arg, const struct dossier *d)
{
    struct buf *text = arg;
    match_name(text, d);
    buf_add_char(text, ' ');
    match_numbers(text, d);
    buf_add_char(text, '\n');
    return !text->failed;
}

static size_t look(const struct buf *text, const char *word)
{
    size_t found = 0, n = strlen(word);
    const char *at = text->p, *end = text->p + text->n;
    while ((at = memmem(at, (size_t)(end - at), word, n)) != NULL) {
        found++;
        const char *line = memchr(at, '\n', (size_t)(end - at));
        if (!line)
            break;
        at = line;
    }
    return found;
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
        fprintf(stderr, "scanning: %s\n", outcome_kind_name(o.kind));
        return 1;
    }
    struct buf text = BUF_INIT;
    view_scan(v, NULL, gather, &text);
    view_end(v);
    store_close(s);
    if (text.failed)
        bench_fail("scanning");
    char word[256];
    while (fgets(word, sizeof word, stdin)) {
        word[strcspn(word, "\n")] = '\0';
        int64_t before = bench_now();
        size_t found = look(&text, word);
        printf("%lld %zu %zu\n", (long long)(bench_now() - before), found, text.n);
        fflush(stdout);
    }
    buf_release(&text);
    return 0;
}
