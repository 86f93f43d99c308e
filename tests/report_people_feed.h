/* report_people_feed: a few dossiers lived by hand in tests/desk_world, and reports made of them as a store
 * would feed them. */
#ifndef MOTCUA_TESTS_REPORT_PEOPLE_FEED_H
#define MOTCUA_TESTS_REPORT_PEOPLE_FEED_H

#include "core/report.h"
#include "tests/desk_world.h"

enum { FEED_DOSSIERS = 24, FEED_TURNED = 8 };

struct feeder {
    struct world world;
    struct fed {
        struct event event[WORLD_EVENTS];
        size_t events;
        struct dossier now;
    } dossier[FEED_DOSSIERS];
    size_t dossiers;
    struct event turned[FEED_TURNED];
    size_t turned_away;
};
void feeder_init(struct feeder *f);
void feeder_release(struct feeder *f);
/* The world's dossier has lived its life. */
void feeder_keep(struct feeder *f);
/* Turned away with slip 02 or 03, for this reason. */
void feeder_turn_away(struct feeder *f, const char *at, bool refused, uint32_t number, const char *reason);
/* The office sets something from now on. */
void feeder_set(struct feeder *f, const char *key, const char *value);

/* Dates as 2026-11-01; `now` as 2026-11-20T10:00. */
void feeder_make(struct feeder *f, enum report_kind kind, const char *from, const char *to, const char *now,
                 enum lang lang, struct report *out);

/* The part of that key; aborts where there is none. */
const struct report_part *feeder_part(const struct report *r, const char *key);
/* A row as "1|huong|8", in a buffer that lives till the next call. */
const char *feeder_row(struct buf *text, const struct report_part *part, size_t row, enum lang lang);

#endif
