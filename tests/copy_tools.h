/* copy_tools: what the tests of backups, restored and compacted stores share. */
#ifndef MOTCUA_TESTS_COPY_TOOLS_H
#define MOTCUA_TESTS_COPY_TOOLS_H

#include "tests/random.h"
#include "tests/store_desk.h"

#include <sys/types.h>

#define ASSERT_KIND(outcome, name) assert_string_equal(outcome_kind_name((outcome).kind), name)
#define ASSERT_DONE(outcome) ASSERT_KIND(outcome, "done")

/* d->above/name, d->dir/name: good for the next 60 calls. */
const char *above(const struct store_desk *d, const char *name);
const char *inside(const struct store_desk *d, const char *name);
void shut(struct store_desk *d);
bool exists(const char *path);
uint64_t size_of(const char *path);
mode_t mode_of(const char *path);
void write_file(const char *path, const void *bytes, size_t n);
void copy_file(const char *from, const char *to);
void read_file(const char *path, struct buf *out);
/* How many names a folder holds; -1: there is none. */
int names_in(const char *dir);
/* Fails the test when a folder holds one that begins so. */
void assert_no_name(const char *dir, const char *prefix);

struct head head_of(struct store *s);
void assert_same_head(const struct head *a, const struct head *b);
void dump_of(struct store *s, struct buf *out);
/* Both say the same to every question. */
void assert_same_store(struct store *a, struct store *b);
/* Every entry's number, hash and body. */
void journal_of(struct store *s, struct buf *out);

/* Begins another desk at the store in that folder, with the same clock. Nothing is taken away with it. */
struct store_desk desk_at(const struct store_desk *like, const char *dir);

/* A child that carries out `work` and ends with its answer (0 to 250), or is killed. */
typedef int child_work(void *arg);
pid_t start_child(child_work *work, void *arg);
/* Its answer; 1000 and more: the signal that ended it. */
int wait_child(pid_t child);
int in_child(child_work *work, void *arg);
/* Kills it at a random moment within that time. True when that ended it. The time follows how long such
 * children live, whatever else the machine is doing: about half of them end by themselves. */
bool kill_child(pid_t child, int64_t *microseconds, struct random *random);
/* How long it takes, in microseconds. */
int64_t time_of(child_work *work, void *arg);

/* LMDB's own, on a folder or on a lone file: changes a value (absent: deletes it). */
void raw_put(const char *path, bool file, const char *table, struct str key, struct str value);
void raw_drop(const char *path, bool file, const char *table);
struct str raw_number(unsigned char key[8], uint64_t n);
/* One bit of a stored value. */
void raw_spoil(const char *path, bool file, const char *table, struct str key, size_t at);
/* Makes it a store of another layout, whose journal alone can be read. */
void raw_relayout(const char *path, bool file, uint32_t layout);

/* Is this run to be short (under sanitizers)? */
bool is_quick(void);

#endif
