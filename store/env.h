/* env: the LMDB environment of a store: its tables, its map, its life. Only the files of this room include
 * it. */
#ifndef MOTCUA_STORE_ENV_H
#define MOTCUA_STORE_ENV_H

#include "store/hold.h"
#include "store/store.h"
#include "store/whereabouts.h"
#include <lmdb.h>
#include <sys/types.h>

/* `meta` and `journal` are for ever. All others are worked out from the journal, belong to one layout (it is
 * part of their name), and are made anew when the layout changes. */
enum table {
    TABLE_META,          /* name: what the store is, its layout, the state (store/state.h) */
    TABLE_JOURNAL,       /* seq: hash and body */
    TABLE_DOSSIER,       /* id: record */
    TABLE_CODE,          /* length of the code, code: id */
    TABLE_LIVE,          /* group, moment, id: row */
    TABLE_FACTS,         /* chunk: columns */
    TABLE_NAMES,         /* chunk: folded names */
    TABLE_NUMBERS,       /* chunk: folded codes, phones, id numbers */
    TABLE_NAME_PIECES,   /* chunk: what can be in full chunks of names (store/pieces.h) */
    TABLE_NUMBER_PIECES, /* the same of numbers */
    TABLE_TALLY,         /* month, field: counts */
    TABLE_COUNTER,       /* what: the last number given */
    TABLE_OFFICE,        /* what: sequence of the event in force */
    TABLE_BACKDATED,     /* seq of an entry that can change what was counted of earlier days: it in short
                            (core/backdated.h); the row follows from the entry alone */
    TABLES
};
#define FIRST_PROJECTION TABLE_DOSSIER

const char *table_name(enum table table);
enum text_id table_label(enum table table); /* for people, where it is damaged */

#define OFFICE_UNSURE UINT64_MAX

struct made; /* what store_create() made (store/made.h) */
struct view;

struct store {
    char *dir;
    const char *place; /* where the files are: dir, or the inner folder of a store in the making; or a lone
                          file (env_open_file) */
    struct hold hold;  /* of the folder, for as long as the environment is open; or alone, until released */
    pid_t pid;         /* of the process that opened it: an LMDB environment must not cross fork() */
    MDB_env *env;
    MDB_dbi dbi[TABLES];
    size_t map;              /* bytes asked for at opening; 0: as much as suits the file */
    void *mapped;            /* where data.mdb is; NULL: not found out yet (env_map) */
    unsigned flags;          /* LMDB's, beside what is always set: only throw-away stores skip the disk */
    struct whereabouts here; /* of the data.mdb that is open; nothing of one that is only read */
    struct head known;       /* the last entry seen of the journal; 0: not looked at yet */
    struct head doubt;     /* the last entry of what may or may not have been saved; 0: nothing is in doubt */
    int doubt_reason;      /* LMDB's or the system's error then */
    bool nameless;         /* a throw-away store whose files have lost their names, on purpose */
    int64_t held_ns;       /* how long the last submission held the write lock */
    size_t seen;           /* last transaction store_changed() told of */
    struct view *view;     /* the open one */
    struct office *office; /* as of office_seq; NULL: not loaded */
    uint64_t office_seq;   /* OFFICE_UNSURE: it is to be loaded again */
    struct made *made;     /* NULL unless we made it */
    bool unseen;           /* it takes its place when we are told to, not when it is founded */
    enum outcome_class blame; /* FAILED; INPUT where it is a file that somebody brought in */
    int (*commit)(MDB_txn *); /* mdb_txn_commit; tests put a failing disk in its place */
};

/* Opens the environment in s->place, whose data.mdb exists (an empty file becomes a new environment). The
 * tables are not opened. `store_busy` while it is being compacted. On failure s->env is NULL.
 *
 * Where LMDB finds pages that contradict themselves it gives up on the process: see crash_contradiction(). */
struct outcome env_open(struct store *s);
/* Frees the places of readers that were killed: each would keep every page it could have seen from being used
 * again. How many there were. */
int env_forget_dead(struct store *s);
/* Opens s->place itself: a data.mdb by any name that nobody writes to, for reading, without a lock file. */
struct outcome env_open_file(struct store *s);
/* What a table is called in the file; answers the name's length. */
#define TABLE_NAME 40
size_t env_table_name(enum table table, char name[TABLE_NAME]);
/* Opens one table of our layout in a transaction that must be committed for the handle to live on. Answers
 * LMDB's error. */
int env_open_table(struct store *s, MDB_txn *txn, enum table table, unsigned flags);
/* Opens all of them. */
struct outcome env_open_tables(struct store *s);
void env_close(struct store *s);
/* Before and after the store's pages are touched (store/crash.h). A store that skips the disk is being made
 * out of something else that is read meanwhile: where that is guarded, it is to blame. */
void env_enter(const struct store *s);
void env_leave(void);
/* Closes and opens again, with its tables; no transaction may be open. On failure the environment stays
 * closed. */
struct outcome env_reopen(struct store *s);
/* Twice the map, or as much as the system gives. No transaction may be open. On failure the environment may
 * be closed: txn_begin() opens it again. */
struct outcome env_grow(struct store *s);
/* Another process grew the file: takes over its size. The same holds. */
struct outcome env_adopt(struct store *s);
/* Is the file as long as its newest meta page says? */
struct outcome env_check_size(struct store *s);
/* Where data.mdb is mapped; NULL where the system does not tell. */
void *env_map(struct store *s);
/* Before and after reading much of the file: lets the kernel read ahead, or not. */
void env_read_ahead(struct store *s, bool on);

/* A store that is not open yet; NULL without memory. */
struct store *store_new(const char *dir, size_t map, unsigned flags);
/* store_open() for whoever replaces its files: alone (store/hold.h), without LMDB's own locks.
 * `store_in_use`.
 */
struct outcome store_open_alone(const char *dir, struct store **out);
/* store_open() and store_create() with a map of `map` bytes at first (0: the usual), and LMDB `flags`. */
struct outcome store_open_with(const char *dir, size_t map, unsigned flags, struct store **out);
struct outcome store_create_with(const char *dir, const struct store_options *options, size_t map,
                                 unsigned flags, struct store **out);

#endif
