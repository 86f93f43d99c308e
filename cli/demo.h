/* demo: fills an empty store with an invented office and its last twelve months, through the same door as any
 * real work.
 *
 * The same seed, number and day give the same entries, byte for byte. Everything lies before the day it runs
 * up to: whoever opens the store on that morning finds what a chief would find. Names, numbers and addresses
 * are made up; the procedures are real. */
#ifndef MOTCUA_CLI_DEMO_H
#define MOTCUA_CLI_DEMO_H

#include "store/store.h"

struct demo_options {
    uint32_t dossiers;
    uint64_t seed;
    civil_day until;  /* the morning of this day; not counted in */
    struct str login; /* who runs it: becomes an admin beside the invented people */
};

/* Called now and then with the number of dossiers received so far; false to stop there. */
typedef bool demo_progress(void *arg, uint32_t done);

/* `s` was just created and is empty. On failure, or stopped by `progress` (which is success), the store is
 * unfinished: close it and take it away. */
struct outcome demo_fill(struct store *s, const struct demo_options *options, demo_progress *progress,
                         void *arg);

#endif
