/* chunk: rows of many dossiers in values of exactly one overflow page, kept aside while a transaction changes
 * them.
 *
 * A chunk has its full size from its first row, zeros where nothing is yet: rewriting it costs one page,
 * whatever is in it. Changed chunks are written at the end, in the order of their numbers, so that they lie
 * in order in the file too. */
#ifndef MOTCUA_STORE_CHUNK_H
#define MOTCUA_STORE_CHUNK_H

#include "store/txn.h"

/* A page of 4,096 bytes less LMDB's page header. */
#define CHUNK_BYTES 4080

/* The stored chunk, in the map; NULL when there is none or it is damaged. */
const unsigned char *chunk_read(struct txn *t, enum table table, uint64_t number);

/* Going through a table's chunks from the last one back, the disk fetches those to come side by side instead
 * of one after another: chunks lie scattered where they were last written. */
#define AHEAD_MOST 1024
/* Of a chunk that need not be read: what is had in its place, which is not NULL. */
typedef const unsigned char *ahead_instead(void *arg, uint64_t number);
struct ahead {
    struct txn *txn;
    enum table table;
    uint64_t known; /* chunks from this number on are fetched already */
    uint64_t window;
    const unsigned char *chunk[AHEAD_MOST]; /* from number `known` on, in the map; NULL: not known */
    size_t count;
    ahead_instead *instead; /* NULL: all are read; asked from the last chunk back */
    void *arg;
    bool is_instead[AHEAD_MOST]; /* is it what is had in place of the chunk? */
};
void ahead_init(struct ahead *a, struct txn *t, enum table table, uint64_t end);
/* Call before reading each chunk. */
void ahead_before(struct ahead *a, uint64_t number);
/* As chunk_read(), with what ahead_before() is for, and mostly without a search. */
const unsigned char *ahead_chunk(struct ahead *a, uint64_t number);
/* The same, or what is had in its place: then *instead is true. */
const unsigned char *ahead_chunk_or(struct ahead *a, uint64_t number, bool *instead);
/* Asks for n pages of `size` bytes, given by their addresses, which are put in order; those side by side in
 * one go; for none where a sample shows them to be in memory. */
void ahead_fetch(uintptr_t *page, size_t n, size_t size);

struct chunk;
struct chunks {
    struct txn *txn;
    enum table table;
    struct chunk **slot; /* by hash of the number */
    size_t count, cap;
};

void chunks_init(struct chunks *c, struct txn *t, enum table table);
void chunks_release(struct chunks *c);
/* CHUNK_BYTES to change, zeros for a new one; NULL after a fault. It stays where it is until chunks_flush().
 */
unsigned char *chunk_write(struct chunks *c, uint64_t number);
/* As it now is, changed or stored; NULL when there is none. */
const unsigned char *chunk_peek(struct chunks *c, uint64_t number);
/* Puts what was changed and forgets it. */
void chunks_flush(struct chunks *c);

#endif
