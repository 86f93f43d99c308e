#include "store/env.h"

#include "store/crash.h"
#include "store/fault.h"
#include "store/folder.h"
#include "store/roots.h"
#include <errno.h>
#include <limits.h>
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
        [TABLE_META] = "meta",
        [TABLE_JOURNAL] = "journal",
        [TABLE_DOSSIER] = "dossier",
        [TABLE_CODE] = "code",
        [TABLE_LIVE] = "live",
        [TABLE_FACTS] = "facts",
        [TABLE_NAMES] = "names",
        [TABLE_NUMBERS] = "numbers",
        [TABLE_TALLY] = "tally",
        [TABLE_NAME_PIECES] = "name-pieces",
        [TABLE_NUMBER_PIECES] = "number-pieces",
        [TABLE_COUNTER] = "counter",
        [TABLE_OFFICE] = "office",
        [TABLE_BACKDATED] = "backdated",
    };
    return name[table];
}

enum text_id table_label(enum table table)
{
    static const enum text_id label[TABLES] = {
        [TABLE_META] = T_core_damage_meta,
        [TABLE_JOURNAL] = T_core_damage_journal,
        [TABLE_DOSSIER] = T_core_damage_records,
        [TABLE_CODE] = T_core_damage_codes,
        [TABLE_LIVE] = T_core_damage_live,
        [TABLE_FACTS] = T_core_damage_facts,
        [TABLE_NAMES] = T_core_damage_names,
        [TABLE_NUMBERS] = T_core_damage_numbers,
        [TABLE_NAME_PIECES] = T_core_damage_name_pieces,
        [TABLE_NUMBER_PIECES] = T_core_damage_number_pieces,
        [TABLE_TALLY] = T_core_damage_tally,
        [TABLE_COUNTER] = T_core_damage_counters,
        [TABLE_OFFICE] = T_core_damage_office,
        [TABLE_BACKDATED] = T_core_damage_backdated,
    };
    return label[table];
}

/* ---- the end of all ---- */

/* LMDB must not be returned to. */
static void on_contradiction(MDB_env *env, const char *what)
{
    (void)what;
    const struct store *s = mdb_env_get_userctx(env);
    crash_contradiction(s->dir);
}

void env_enter(const struct store *s)
{
    if (s->flags & MDB_NOSYNC)
        crash_enter_beside(s->dir, s->blame);
    else
        crash_enter(s->dir, s->blame);
}

void env_leave(void)
{
    crash_leave();
}

/* ---- the map ---- */

static size_t file_size(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && st.st_size > 0 ? (size_t)st.st_size : 0;
}

static int try_map(struct store *s, size_t map)
{
    s->mapped = NULL;
    int rc = mdb_env_create(&s->env);
    if (rc) {
        s->env = NULL;
        return rc;
    }
    env_enter(s);
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
    if (rc) {
        mdb_env_close(s->env);
        s->env = NULL;
    }
    env_leave();
    return rc;
}

/* With a map of `map` bytes, or as much as the system grants for what is used. */
static struct outcome open_map(struct store *s, size_t map, size_t used)
{
    int rc = try_map(s, map);
    while (rc == ENOMEM && map / 2 >= used && map / 2 >= LEAST_MAP) {
        map /= 2;
        rc = try_map(s, map);
    }
    return rc ? fault_of(s->dir, rc) : OUTCOME_DONE;
}

int env_forget_dead(struct store *s)
{
    int dead = 0;
    env_enter(s);
    int rc = mdb_reader_check(s->env, &dead);
    env_leave();
    return rc ? 0 : dead;
}

/* A store in the making is its maker's alone already. */
static struct outcome hold(struct store *s)
{
    bool held = s->hold.folder >= 0 || s->place != s->dir;
    return held ? OUTCOME_DONE : hold_shared(&s->hold, s->dir, HOLD_PATIENCE);
}

static struct outcome note_place(struct store *s)
{
    mdb_filehandle_t fd;
    int rc = mdb_env_get_fd(s->env, &fd);
    if (!rc)
        rc = whereabouts_note(&s->here, s->place, fd);
    return rc ? fault_of(s->dir, rc) : OUTCOME_DONE;
}

static struct outcome open_held(struct store *s)
{
    char path[PATH_MAX];
    int rc = folder_path(path, s->place, DATA_FILE) ? folder_ready_lock(s->place) : ENAMETOOLONG;
    if (rc)
        return fault_of(s->dir, rc);
    size_t used = file_size(path), map = s->map ? s->map : USUAL_MAP;
    if (!s->map && map < used * 2)
        map = used * 2;
    struct outcome o = used ? roots_check(path, s->dir) : OUTCOME_DONE;
    if (outcome_ok(&o))
        o = open_map(s, map, used);
    if (outcome_ok(&o))
        o = note_place(s);
    if (outcome_ok(&o))
        env_forget_dead(s);
    return o;
}

struct outcome env_open(struct store *s)
{
    struct outcome o = hold(s);
    if (outcome_ok(&o))
        o = open_held(s);
    if (!outcome_ok(&o))
        env_close(s);
    return o;
}

struct outcome env_open_file(struct store *s)
{
    size_t used = file_size(s->place);
    s->flags |= MDB_NOSUBDIR | MDB_RDONLY | MDB_NOLOCK;
    struct outcome o = roots_check(s->place, s->dir);
    return outcome_ok(&o) ? open_map(s, used > LEAST_MAP ? used : LEAST_MAP, used) : o;
}

void env_close(struct store *s)
{
    env_enter(s);
    if (s->env)
        mdb_env_close(s->env);
    s->env = NULL;
    env_leave();
    if (s->hold.lock < 0) /* whoever holds it alone lets go of it himself */
        hold_release(&s->hold);
}

/* LMDB gives its old map back before it asks for the new one: where it got none it must not be asked again,
 * so the environment is closed. */
static int remap(struct store *s, size_t map)
{
    env_enter(s);
    s->mapped = NULL;
    int rc = mdb_env_set_mapsize(s->env, map);
    env_leave();
    if (rc)
        env_close(s);
    return rc;
}

static size_t map_of(struct store *s)
{
    MDB_envinfo info;
    env_enter(s);
    mdb_env_info(s->env, &info);
    env_leave();
    return info.me_mapsize;
}

/* A quarter more, where twice as much is not to be had. */
static struct outcome grow_a_little(struct store *s, size_t now)
{
    size_t usual = s->map;
    s->map = now + now / 4;
    struct outcome o = env_reopen(s);
    s->map = usual;
    if (!outcome_ok(&o))
        return o;
    return map_of(s) > now ? OUTCOME_DONE : outcome_of(KIND_out_of_memory);
}

struct outcome env_grow(struct store *s)
{
    if (s->view) /* its pages would be unmapped under it */
        return fault_of(s->dir, EBUSY);
    size_t now = map_of(s);
    int rc = remap(s, now * 2);
    if (rc == ENOMEM)
        return grow_a_little(s, now);
    return rc ? fault_of(s->dir, rc) : OUTCOME_DONE;
}

struct outcome env_adopt(struct store *s)
{
    int rc = remap(s, 0);
    return rc ? fault_of(s->dir, rc) : OUTCOME_DONE;
}

/* LMDB tells it only of maps at a fixed address, the system of all. */
static void *find_map(const struct store *s)
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

void *env_map(struct store *s)
{
    if (!s->mapped)
        s->mapped = find_map(s);
    return s->mapped;
}

void env_read_ahead(struct store *s, bool on)
{
    MDB_envinfo info;
    MDB_stat stat;
    if (mdb_env_info(s->env, &info) != 0 || mdb_env_stat(s->env, &stat) != 0)
        return;
    size_t used = (info.me_last_pgno + 1) * stat.ms_psize;
    void *address = used >= LEAST_SCAN ? env_map(s) : NULL;
    if (address)
        madvise(address, used, on ? MADV_NORMAL : MADV_RANDOM);
}

/* ---- the tables ---- */

size_t env_table_name(enum table table, char name[TABLE_NAME])
{
    int n = table < FIRST_PROJECTION ? snprintf(name, TABLE_NAME, "%s", table_name(table))
                                     : snprintf(name, TABLE_NAME, "%s.%d", table_name(table), STORE_LAYOUT);
    return (size_t)n;
}

int env_open_table(struct store *s, MDB_txn *txn, enum table table, unsigned flags)
{
    char name[TABLE_NAME];
    env_table_name(table, name);
    return mdb_dbi_open(txn, name, flags, &s->dbi[table]);
}

/* Handles live on only when the transaction that opened them is committed, a reading one too. */
static struct outcome open_tables(struct store *s)
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

struct outcome env_open_tables(struct store *s)
{
    env_enter(s);
    struct outcome o = open_tables(s);
    env_leave();
    return o;
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
    return !outcome_ok(&o) && s->here.file && whereabouts_is_empty(s->place)
               ? fault_path(KIND_store_gone, s->dir)
               : o;
}
