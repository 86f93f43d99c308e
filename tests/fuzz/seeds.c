/* seeds: the plain test of a fuzz target. seeds FOLDER ... feeds it every file of the folders, every
 * beginning of each, and small changes of each that are the same everywhere. What must not happen ends the
 * program. */
#include "tests/fuzz/fuzz.h"
#include "tests/random.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { BEGINNINGS = 64, CHANGES = 256 };

static unsigned long inputs;

/* In memory of exactly that size, so that a read past the end is seen. */
static void feed(const char *bytes, size_t n)
{
    uint8_t *copy = malloc(n ? n : 1);
    MUST(copy != NULL);
    if (n)
        memcpy(copy, bytes, n);
    LLVMFuzzerTestOneInput(copy, n);
    free(copy);
    inputs++;
}

static void feed_beginnings(struct str seed)
{
    size_t step = seed.n / BEGINNINGS + 1;
    for (size_t n = 0; n < seed.n; n += step)
        feed(seed.p, n);
}

static void feed_changes(struct str seed)
{
    struct random random = {.state = seed.n};
    char *changed = malloc(seed.n ? seed.n : 1);
    MUST(changed != NULL);
    for (int i = 0; seed.n && i < CHANGES; i++) {
        memcpy(changed, seed.p, seed.n);
        size_t n = seed.n;
        for (int64_t times = random_in(&random, 1, 3); times > 0 && n; times--) {
            size_t at = (size_t)random_in(&random, 0, (int64_t)n - 1);
            uint64_t r = random_next(&random);
            if (r % 4 == 0) { /* one byte less */
                memmove(changed + at, changed + at + 1, n - at - 1);
                n--;
            } else if (r % 4 == 1)
                changed[at] = (char)(changed[at] ^ 1 << (r >> 8) % 8);
            else
                changed[at] = (char)(r >> 8);
        }
        feed(changed, n);
    }
    free(changed);
}

static void feed_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct buf all = BUF_INIT;
    char piece[4096];
    size_t n;
    MUST(file != NULL);
    while ((n = fread(piece, 1, sizeof piece, file)) > 0)
        buf_add(&all, piece, n);
    MUST(!ferror(file) && !all.failed);
    fclose(file);
    feed(all.p, all.n);
    feed_beginnings(buf_str(&all));
    feed_changes(buf_str(&all));
    buf_release(&all);
}

static int is_seed(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int feed_folder(const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_seed, alphasort);
    for (int i = 0; i < count; i++) {
        struct buf path = BUF_INIT;
        buf_addf(&path, "%s/%s", folder, entries[i]->d_name);
        MUST(!path.failed);
        feed_file(path.p);
        buf_release(&path);
        free(entries[i]);
    }
    free(entries);
    return count;
}

int main(int argc, char **argv)
{
    int seeds = 0;
    alarm(300); /* an input that never ends is a fault too */
    for (int i = 1; i < argc; i++) {
        int count = feed_folder(argv[i]);
        if (count <= 0) {
            fprintf(stderr, "%s: no seeds in %s\n", argv[0], argv[i]);
            return 1;
        }
        seeds += count;
    }
    fprintf(stderr, "%d seeds, %lu inputs\n", seeds, inputs);
    return 0;
}
