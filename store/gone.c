#include "store/gone.h"

#include "store/fault.h"
#include "store/roots.h"
#include <errno.h>
#include <time.h>

/* Transactions write the two pages in turn, so the roots that `last` left are in one of them until the
 * next but one has ended. A writer is alone: they are there for certain. */
static bool fit(const struct roots *r, size_t last, bool writing)
{
    size_t there = r->root[last & 1].transaction;
    return roots_follow(r) && (writing ? there == last : there >= last);
}

/* Others may be writing them right now. */
static struct outcome read_roots(const struct store *s, size_t last, bool writing)
{
    enum { ROUNDS = 20, PAUSE = 1000 * 1000 };
    mdb_filehandle_t fd;
    struct roots r;
    int rc = mdb_env_get_fd(s->env, &fd);
    for (int round = 0; round < ROUNDS && !rc; round++) {
        rc = roots_read(fd, &r);
        if (rc == 0 && fit(&r, last, writing))
            return OUTCOME_DONE;
        if (rc == EUCLEAN || rc == MDB_INVALID)
            rc = 0;
        nanosleep(&(struct timespec){.tv_nsec = PAUSE}, NULL);
    }
    return rc ? fault_of(s->dir, rc) : fault_path(KIND_store_gone, s->dir);
}

struct outcome gone_check_roots(const struct store *s, MDB_txn *txn, bool writing)
{
    MDB_envinfo info;
    size_t last = mdb_txn_id(txn) - writing;
    if (!s->here.file || (mdb_env_info(s->env, &info) == 0 && info.me_last_txnid == last))
        return OUTCOME_DONE;
    return read_roots(s, last, writing);
}

struct outcome gone_check_form(const struct store *s)
{
    return read_roots(s, 0, false);
}
