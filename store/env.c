#include "store/env.h"

#include "store/folder.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { MOST_TABLES = 64, OPEN_MODE = 0600 };

/* Address space costs nothing, so the map is far larger than a commune's book; where the system grants less,
 * less is asked for. */
static const size_t USUAL_MAP = (size_t)1 << 30, LEAST_MAP = (size_t)16 << 20;
/* Below this a file is read whole before advice would pay. */
static const size_t LEAST_SCAN = (size_t)8 << 20;

const char *table_name(enum table table)
{
    static const char *const name[TABLES] = {
        [TABLE_META] = "meta",       [TABLE_JOURNAL] = "journal", [TABLE_DOSSIER] = "dossier",
        [TABLE_CODE] = "code",       [TABLE_LIVE] = "live",       [TABLE_FACTS] = "facts",
        [TABLE_NAMES] = "names",     [TABLE_NUMBERS] = "numbers", [TABLE_TALLY] = "tally",
        [TABLE_COUNTER] = "counter", [TABLE_OFFICE] = "office",
    };
    return name[table];
}

enum text_id table_label(enum table table)
{
    static const enum text_id label[TABLES] = {
        [TABLE_META] = T_core_damage_meta,       [TABLE_JOURNAL] = T_core_damage_journal,
        [TABLE_DOSSIER] = T_core_damage_records, [TABLE_CODE] = T_core_damage_codes,
        [TABLE_LIVE] = T_core_damage_live,       [TABLE_FACTS] = T_core_damage_facts,
        [TABLE_NAMES] = T_core_damage_names,     [TABLE_NUMBERS] = T_core_damage_numbers,
        [TABLE_TALLY] = T_core_damage_tally,     [TABLE_COUNTER] = T_core_damage_counters,
        [TABLE_OFFICE] = T_core_damage_office,
    };
    return label[table];
}

/* ---- the end of all ---- */

/* LMDB must not be returned to. Nobody can be asked for the reader's language here, so both are said. Who
 * handles SIGABRT has a screen to put right first. */
static void on_contradiction(MDB_env *env, const char *what)
{
    (void)what;
    const struct store *s = mdb_env_get_userctx(env);
    struct outcome o = fault_damaged(s->dir, T_core_damage_pages);
    struct sigaction act;
    struct buf text = BUF_INIT;
    for (enum lang lang = LANG_VI; lang <= LANG_EN; lang++) {
        buf_add_z(&text, "motcua: ");
        outcome_message(&text, lang, &o);
        buf_add_char(&text, '\n');
    }
    if (sigaction(SIGABRT, NULL, &act) == 0 && act.sa_handler != SIG_DFL)
        raise(SIGABRT);
    if (!text.failed && write(STDERR_FILENO, text.p, text.n) < 0)
        _exit(FAILED); /* nobody is left to tell */
    _exit(FAILED);
}

/* ---- the map ---- */

static size_t file_size(const struct store *s)
{
    char path[4200];
    struct stat st;
    snprintf(path, sizeof path, "%s/" DATA_FILE, s->place);
    return stat(path, &st) == 0 && st.st_size > 0 ? (size_t)st.st_size : 0;
}

static int try_map(struct store *s, size_t map)
{
    int rc = mdb_env_create(&s->env);
    if (rc) {
        s->env = NULL;
        return rc;
    }
    rc = mdb_env_set_userctx(s->env, s);
    if (!rc)
        rc = mdb_env_set_assert(s->env, on_contradiction);
    if (!rc)
        rc = mdb_env_set_maxdbs(s->env, MOST_TABLES);
    if (!rc)
        rc = mdb_env_set_maxreaders(s->env, MOST_READERS);
    if (!rc)
        rc = mdb_env_set_mapsize(s->env, map);
    if (!rc)
        rc = mdb_env_open(s->env, s->place, MDB_NORDAHEAD | s->flags, OPEN_MODE);
    if (rc)
        env_close(s);
    return rc;
}

struct outcome env_open(struct store *s)
{
    size_t used = file_size(s), map = s->map ? s->map : USUAL_MAP;
    if (!s->map && map < used * 2)
        map = used * 2;
    int rc = folder_ready_lock(s->place);
    if (rc)
        return fault_of(s->dir, rc);
    rc = try_map(s, map);
    while (rc == ENOMEM && map / 2 >= used && map / 2 >= LEAST_MAP) {
        map /= 2;
        rc = try_map(s, map);
    }
    if (rc)
        return fault_of(s->dir, rc);
    int dead;
    mdb_reader_check(s->env, &dead);
    return OUTCOME_DONE;
}

void env_close(struct store *s)
{
    if (s->env)
        mdb_env_close(s->env);
    s->env = NULL;
}

struct outcome env_grow(struct store *s)
{
    if (s->view) /* its pages would be unmapped under it */
        return fault_of(s->dir, EBUSY);
    MDB_envinfo info;
    mdb_env_info(s->env, &info);
    size_t now = info.me_mapsize;
    int rc = mdb_env_set_mapsize(s->env, now * 2);
    if (rc == ENOMEM)
        rc = mdb_env_set_mapsize(s->env, now + now / 4);
    return rc ? fault_of(s->dir, rc) : OUTCOME_DONE;
}

struct outcome env_adopt(struct store *s)
{
    int rc = mdb_env_set_mapsize(s->env, 0);
    return rc ? fault_of(s->dir, rc) : OUTCOME_DONE;
}

/* Where data.mdb is mapped: LMDB tells it only of maps at a fixed address, the system of all. */
static void *map_address(const struct store *s)
{
    mdb_filehandle_t fd;
    struct stat st;
    FILE *maps =
        mdb_env_get_fd(s->env, &fd) == 0 && fstat(fd, &st) == 0 ? fopen("/proc/self/maps", "re") : NULL;
    if (!maps)
        return NULL;
    char line[4400];
    void *found = NULL;
    while (!found && fgets(line, sizeof line, maps)) {
        unsigned long from, to, offset, inode;
        unsigned device_major, device_minor;
        if (sscanf(line, "%lx-%lx %*s %lx %x:%x %lu", &from, &to, &offset, &device_major, &device_minor,
                   &inode) == 6 &&
            offset == 0 && inode == st.st_ino && device_major == major(st.st_dev) &&
            device_minor == minor(st.st_dev))
            found = (void *)from;
    }
    fclose(maps);
    return found;
}

void env_read_ahead(struct store *s, bool on)
{
    MDB_envinfo info;
    MDB_stat stat;
    if (mdb_env_info(s->env, &info) != 0 || mdb_env_stat(s->env, &stat) != 0)
        return;
    size_t used = (info.me_last_pgno + 1) * stat.ms_psize;
    void *address = used >= LEAST_SCAN ? map_address(s) : NULL;
    if (address)
        madvise(address, used, on ? MADV_NORMAL : MADV_RANDOM);
}

/* ---- the tables ---- */

int env_open_table(struct store *s, MDB_txn *txn, enum table table, unsigned flags)
{
    char name[40];
    if (table < FIRST_PROJECTION)
        snprintf(name, sizeof name, "%s", table_name(table));
    else
        snprintf(name, sizeof name, "%s.%d", table_name(table), STORE_LAYOUT);
    return mdb_dbi_open(txn, name, flags, &s->dbi[table]);
}

/* Handles live on only when the transaction that opened them is committed, a reading one too. */
struct outcome env_open_tables(struct store *s)
{
    MDB_txn *txn;
    int rc = mdb_txn_begin(s->env, NULL, MDB_RDONLY, &txn);
    if (rc)
        return fault_of(s->dir, rc);
    for (int table = 0; table < TABLES; table++) {
        rc = env_open_table(s, txn, table, 0);
        if (rc) {
            mdb_txn_abort(txn);
            return rc == MDB_NOTFOUND ? fault_damaged(s->dir, table_label(table)) : fault_of(s->dir, rc);
        }
    }
    rc = mdb_txn_commit(txn);
    return rc ? fault_of(s->dir, rc) : OUTCOME_DONE;
}

struct outcome env_reopen(struct store *s)
{
    env_close(s);
    struct outcome o = env_open(s);
    if (outcome_ok(&o)) {
        o = env_open_tables(s);
        if (!outcome_ok(&o))
            env_close(s);
    }
    return o;
}
