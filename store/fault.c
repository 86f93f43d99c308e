#include "store/fault.h"

#include <errno.h>
#include <lmdb.h>
#include <sys/statvfs.h>

struct outcome fault_path(enum outcome_kind kind, const char *path)
{
    struct outcome o = outcome_of(kind);
    outcome_text(&o, str_of(path));
    return o;
}

struct outcome fault_damaged(const char *path, const char *what)
{
    struct outcome o = fault_path(KIND_damaged, path);
    outcome_text(&o, str_of(what));
    return o;
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
    case MDB_BAD_VALSIZE: return KIND_damaged;
    default: return KIND_io_error;
    }
}

struct outcome fault_of(const char *path, int rc)
{
    enum outcome_kind kind = kind_of(path, rc);
    if (kind == KIND_out_of_memory)
        return outcome_of(kind);
    struct outcome o = fault_path(kind, path);
    if (kind == KIND_damaged || kind == KIND_io_error)
        outcome_text(&o, str_of(mdb_strerror(rc)));
    return o;
}
