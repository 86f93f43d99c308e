#include "store/backup.h"

#include "store/beside.h"
#include "store/copy.h"
#include "store/folder.h"
#include "store/lone.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- making one ---- */

static bool is_same(const char *dir, const char *name, const struct stat *file)
{
    char path[PATH_MAX];
    struct stat st;
    return folder_path(path, dir, name) && stat(path, &st) == 0 && st.st_dev == file->st_dev &&
           st.st_ino == file->st_ino;
}

static struct outcome check_target(const struct copy *c, const struct store *s)
{
    if (!c->exists)
        return OUTCOME_DONE;
    if (is_same(s->place, DATA_FILE, &c->was) || is_same(s->place, LOCK_FILE, &c->was))
        return fault_of(c->target, EBUSY);
    char folder[PATH_MAX];
    beside_folder(folder, c->target);
    return beside_is_store(c->target) ? fault_path(KIND_store_exists, folder) : OUTCOME_DONE;
}

struct outcome store_backup_watched(struct store *s, const char *file, const struct watch *watch,
                                    struct store_stat *out)
{
    struct copy copy;
    struct store_stat stat;
    if (s->view)
        return fault_of(s->dir, EBUSY);
    struct outcome o = copy_begin(&copy, file);
    if (outcome_ok(&o))
        o = check_target(&copy, s);
    if (outcome_ok(&o))
        o = copy_write(&copy, s);
    if (outcome_ok(&o))
        o = copy_check(&copy, s, watch, &stat);
    if (outcome_ok(&o))
        o = copy_publish(&copy);
    if (outcome_ok(&o))
        *out = stat;
    copy_release(&copy);
    return o;
}

struct outcome store_backup(struct store *s, const char *file, struct head *head)
{
    struct store_stat stat;
    struct outcome o = store_backup_watched(s, file, NULL, &stat);
    if (outcome_ok(&o) && head) {
        head->seq = stat.head_seq;
        memcpy(head->hash, stat.head_hash, STORE_HASH);
    }
    return o;
}

/* ---- reading one ---- */

struct backup {
    struct lone lone;
    struct head end; /* so far */
};

struct outcome backup_open(const char *file, struct backup **out)
{
    *out = NULL;
    struct backup *b = calloc(1, sizeof *b);
    if (!b)
        return outcome_of(KIND_out_of_memory);
    struct outcome o = lone_open(&b->lone, file, INPUT);
    if (outcome_ok(&o))
        *out = b;
    else
        free(b);
    return o;
}

static struct outcome next(void *arg, struct journal_entry *out, bool *more)
{
    struct backup *b = arg;
    struct outcome o = lone_next(&b->lone, out, more);
    if (!outcome_ok(&o))
        return o;
    if (*more) {
        b->end.seq = out->seq;
        memcpy(b->end.hash, out->hash, STORE_HASH);
    } else if (lone_is_cut(&b->lone, &b->end)) {
        o = fault_path(KIND_damaged_backup, b->lone.store->dir);
        outcome_label(&o, T_core_damage_journal_end);
    }
    return o;
}

struct journal_source backup_source(struct backup *b)
{
    return (struct journal_source){.next = next, .arg = b, .name = b->lone.store->dir};
}

uint64_t backup_entries(const struct backup *b)
{
    return b->lone.count;
}

void backup_close(struct backup *b)
{
    if (b)
        lone_close(&b->lone);
    free(b);
}
