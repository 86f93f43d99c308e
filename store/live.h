/* live: the dossiers that still ask for something, each with the row a list shows, in the order a list shows
 * them.
 *
 * Running ones stand on two shelves. Most are promised for the very time the law says: of these whatever is
 * due late enough is on track and in no section of the chief's page, and need not be read for it. The few
 * that are promised for another time may be past the one and not the other whenever they are due; they stand
 * by themselves, and all of them are read. A walk of LIVE_RUNNING goes along both in one order. */
#ifndef MOTCUA_STORE_LIVE_H
#define MOTCUA_STORE_LIVE_H

#include "store/bytes.h"
#include "store/txn.h"

enum live_shelf { SHELF_LAWFUL, SHELF_PROMISED, SHELF_WAITING, SHELF_UNCOLLECTED };
enum { LIVE_SHELVES = 2 /* of one group, at most */, LIVE_KEY = 17 /* bytes of a key */ };

/* Shelf (1 byte), moment, id. False for a dossier that asks for nothing. */
bool live_key(struct key *out, const struct facts *f);
enum live_group live_group_of(const struct key *key);

/* The rows of a group, by moment, then id. Close it before its transaction ends. */
struct live_walk {
    struct live_range {
        struct key from, to; /* that one no more */
        struct cursor cursor;
        bool on;
    } range[LIVE_SHELVES];
    size_t ranges;
    bool begun;
    const struct cursor *at; /* the row it stands on */
};
#define LIVE_ALL INT64_MAX
/* `until`: those of a later moment are left out, but none that is promised for another time than the law's;
 * else LIVE_ALL. */
void live_open(struct live_walk *w, struct txn *t, enum live_group group, civil_minute until);
/* The first row, then the next. */
bool live_next(struct live_walk *w);
void live_close(struct live_walk *w);

#endif
