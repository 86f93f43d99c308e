/* whole: is data.mdb as long as it should be? A file cut short opens without a complaint, and the first look
 * at a missing page kills the process. */
#include "store/env.h"
#include "store/fault.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>

static sigjmp_buf missing_page;

static void on_bus_error(int signal)
{
    (void)signal;
    siglongjmp(missing_page, 1);
}

/* What is open while the file is read; the handler leaves it to be closed here. */
struct reading {
    MDB_txn *txn;
    MDB_cursor *names, *entries;
};

/* Reads a byte of every page of every entry. */
static int touch_table(struct reading *r, MDB_dbi dbi)
{
    MDB_val key, value;
    int rc = mdb_cursor_open(r->txn, dbi, &r->entries);
    if (rc)
        return rc;
    while ((rc = mdb_cursor_get(r->entries, &key, &value, MDB_NEXT)) == 0) {
        const volatile char *p = value.mv_data;
        for (size_t i = 0; i < value.mv_size; i += 4096)
            (void)p[i];
    }
    mdb_cursor_close(r->entries);
    r->entries = NULL;
    return rc == MDB_NOTFOUND ? 0 : rc;
}

static int touch_all(struct reading *r, MDB_env *env)
{
    MDB_dbi names, dbi;
    MDB_val key, value;
    int rc = mdb_txn_begin(env, NULL, MDB_RDONLY, &r->txn);
    if (!rc)
        rc = mdb_dbi_open(r->txn, NULL, 0, &names);
    if (!rc)
        rc = mdb_cursor_open(r->txn, names, &r->names);
    while (!rc && (rc = mdb_cursor_get(r->names, &key, &value, MDB_NEXT)) == 0) {
        char name[64] = {0};
        if (key.mv_size >= sizeof name)
            continue;
        memcpy(name, key.mv_data, key.mv_size);
        rc = mdb_dbi_open(r->txn, name, 0, &dbi);
        if (!rc)
            rc = touch_table(r, dbi);
    }
    return rc == MDB_NOTFOUND ? 0 : rc;
}

/* The last pages of a file may be free ones that were never written, so a file that seems short need not be
 * damaged: what is in use is read under a handler. */
static bool can_be_read(struct store *s)
{
    struct sigaction mine = {.sa_handler = on_bus_error}, before;
    sigemptyset(&mine.sa_mask);
    struct reading *reading = calloc(1, sizeof *reading);
    if (!reading || sigaction(SIGBUS, &mine, &before) != 0) {
        free(reading);
        return false;
    }
    volatile bool whole = false;
    if (sigsetjmp(missing_page, 1) == 0)
        whole = touch_all(reading, s->env) == 0;
    sigaction(SIGBUS, &before, NULL);
    if (reading->entries)
        mdb_cursor_close(reading->entries);
    if (reading->names)
        mdb_cursor_close(reading->names);
    if (reading->txn)
        mdb_txn_abort(reading->txn);
    free(reading);
    return whole;
}

static struct outcome check_size(struct store *s)
{
    MDB_envinfo info;
    MDB_stat stat;
    mdb_filehandle_t fd;
    struct stat st;
    int rc = mdb_env_info(s->env, &info);
    if (!rc)
        rc = mdb_env_stat(s->env, &stat);
    if (!rc)
        rc = mdb_env_get_fd(s->env, &fd);
    if (!rc && fstat(fd, &st) != 0)
        rc = errno;
    if (rc)
        return fault_of(s->dir, rc);
    bool enough = (uint64_t)st.st_size >= ((uint64_t)info.me_last_pgno + 1) * stat.ms_psize;
    bool in_a_page = st.st_size % stat.ms_psize != 0; /* LMDB would not leave it so */
    return enough || (!in_a_page && can_be_read(s)) ? OUTCOME_DONE
                                                    : fault_damaged(s->dir, T_core_damage_cut_short);
}

struct outcome env_check_size(struct store *s)
{
    env_enter(s);
    struct outcome o = check_size(s);
    env_leave();
    return o;
}
