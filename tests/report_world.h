/* report_world: random lives of dossiers and their office in memory, by the desk's own rules (core/decide)
 * but without a store: for the oracles of reports, which want thousands of them. Deterministic by seed. */
#ifndef MOTCUA_TESTS_REPORT_WORLD_H
#define MOTCUA_TESTS_REPORT_WORLD_H

#include "core/decide.h"
#include "core/evolve.h"
#include "core/report.h"
#include "tests/random.h"

enum { REPORT_OFFSET = 420 /* minutes */, REPORT_CHAIN = 96 /* entries of a dossier, at most */ };

struct report_chain {
    struct event event[REPORT_CHAIN]; /* oldest first; undone_by as of now */
    size_t events;
    struct dossier now;
};

struct report_world {
    struct random random;
    struct office *office;
    struct event *journal; /* of everybody, as recorded */
    size_t entries, cap;
    struct report_chain *chain; /* by id - 1 */
    size_t dossiers, room;
    struct arena text;
    int64_t now; /* UTC second */
    uint32_t numbers;
    bool plain; /* nothing is dated back, mended, taken back or brought in: what is known is what was the case
                 */
    uint64_t done[COMMAND_COUNT];
};

/* Fields in the order of a report: Ẩm thực, Chứng thực, Đất đai, Hộ tịch, Văn hóa (and an imported dossier's
 * none).
 */
#define REPORT_WORLD_FIELDS 5
extern const char *const report_world_fields[REPORT_WORLD_FIELDS];

/* Somewhere between February 2025 and September 2026. */
void report_world_begin(struct report_world *w, uint64_t seed);
void report_world_end(struct report_world *w);
/* So many requests, carried out or refused. */
void report_world_live(struct report_world *w, int steps);
/* One request of the world's dossier `id` (0: of the office, a receipt, or one brought in first), now. True
 * when it was carried out. */
bool report_world_ask(struct report_world *w, uint64_t id, struct command c);

civil_minute report_world_minute(const struct report_world *w); /* now, on the office's clock */

/* What was known at the end of that second. */
struct report_known {
    int64_t second;
    struct office *office;
    struct report_chain *chain; /* undone_by and `now` as known then */
    size_t dossiers;
};
void report_known_begin(struct report_known *k, const struct report_world *w, int64_t second,
                        enum report_basis basis);
void report_known_end(struct report_known *k);

/* Makes a report of what was known. Aborts when it cannot be made. */
void report_known_make(const struct report_known *k, enum report_kind kind, struct period p,
                       struct report *out);
/* What its notes say. */
bool report_has_note(const struct report *r, const char *text);

#endif
