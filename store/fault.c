#include "store/fault.h"

#include <errno.h>
#include <lmdb.h>
#include <stdio.h>
#include <sys/statvfs.h>

struct outcome fault_path(enum outcome_kind kind, const char *path)
{
    struct outcome o = outcome_of(kind);
    outcome_text(&o, str_of(path));
    return o;
}

struct outcome fault_damaged(const char *path, enum text_id what)
{
    struct outcome o = fault_path(KIND_damaged, path);
    outcome_label(&o, what);
    return o;
}

/* The sentences have no blank before a number that is mostly not there. */
static void add_number(struct outcome *o, long long number)
{
    char text[24];
    int n = snprintf(text, sizeof text, " %lld", number);
    outcome_text(o, (struct str){text, (size_t)n});
}

struct outcome fault_damaged_at(const char *path, enum text_id what, uint64_t number)
{
    struct outcome o = fault_damaged(path, what);
    add_number(&o, (long long)number);
    return o;
}

static const struct {
    int rc;
    enum text_id words;
} reasons[] = {
    {ENOSPC, T_core_errno_no_space},
    {EACCES, T_core_errno_no_access},
    {EPERM, T_core_errno_not_permitted},
    {EROFS, T_core_errno_read_only},
    {ENOTDIR, T_core_errno_no_folder},
    {EISDIR, T_core_errno_folder},
    {ENAMETOOLONG, T_core_errno_long},
    {ENOENT, T_core_errno_nothing},
    {EIO, T_core_errno_disk},
    {ENOMEM, T_core_errno_memory},
    {EMFILE, T_core_errno_many_files},
    {ENFILE, T_core_errno_many_files},
    {ELOOP, T_core_errno_links},
    {EBUSY, T_core_errno_busy},
    {EDQUOT, T_core_errno_quota},
    {EFBIG, T_core_errno_large},
    {EPIPE, T_core_errno_reader},
    {EBADF, T_core_errno_closed},
    {MDB_PANIC, T_core_errno_disk},
    {MDB_READERS_FULL, T_core_errno_many_readers},
};

void fault_reason(struct outcome *o, int rc)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].rc == rc) {
            outcome_label(o, reasons[i].words);
            return;
        }
    outcome_label(o, T_core_errno_other);
    add_number(o, rc);
}

/* LMDB reports a write cut short by a full disk as EIO. */
static bool disk_is_full(const char *path)
{
    struct statvfs v;
    return statvfs(path, &v) == 0 && (unsigned long long)v.f_bavail * v.f_frsize < 1024 * 1024;
}

static enum outcome_kind kind_of(const char *path, int rc)
{
    switch (rc) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return KIND_disk_full;
    case EIO: return disk_is_full(path) ? KIND_disk_full : KIND_io_error;
    case EACCES:
    case EPERM:
    case EROFS: return KIND_no_permission;
    case ENOMEM: return KIND_out_of_memory;
    case MDB_INVALID:
    case MDB_VERSION_MISMATCH: return KIND_not_ours;
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_PAGE_FULL:
    case MDB_CURSOR_FULL:
    case MDB_INCOMPATIBLE:
    case MDB_NOTFOUND:
    case MDB_KEYEXIST:
    case MDB_BAD_VALSIZE:
    case MDB_BAD_TXN: return KIND_damaged; /* one that met a wrong page where LMDB could not say so */
    default: return KIND_io_error;
    }
}

struct outcome fault_of(const char *path, int rc)
{
    enum outcome_kind kind = kind_of(path, rc);
    if (kind == KIND_out_of_memory)
        return outcome_of(kind);
    struct outcome o = fault_path(kind, path);
    if (kind == KIND_damaged)
        outcome_label(&o, T_core_damage_pages);
    if (rc == EROFS)
        outcome_label(&o, T_core_disk_read_only);
    if (kind == KIND_io_error)
        fault_reason(&o, rc);
    return o;
}
