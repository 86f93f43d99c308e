#include "store/hold.h"

#include "store/fault.h"
#include "store/folder.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

enum { NAP = 10 /* ms */ };

/* 0 when the lock is ours, EWOULDBLOCK when it is somebody else's. A file system without such locks has
 * nobody who could hold one. */
static int try_lock(int fd, int how)
{
    int rc;
    do
        rc = flock(fd, how | LOCK_NB) == 0 ? 0 : errno;
    while (rc == EINTR);
    return rc == EOPNOTSUPP || rc == ENOLCK || rc == EINVAL ? 0 : rc;
}

static int open_folder(const char *dir, int *fd)
{
    *fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return *fd < 0 ? errno : 0;
}

struct outcome hold_shared(struct hold *h, const char *dir, int patience)
{
    *h = HOLD_NONE;
    int fd, rc = open_folder(dir, &fd);
    if (rc)
        return fault_of(dir, rc);
    for (int waited = 0; (rc = try_lock(fd, LOCK_SH)) == EWOULDBLOCK && waited < patience; waited += NAP)
        nanosleep(&(struct timespec){.tv_nsec = NAP * 1000 * 1000}, NULL);
    if (rc == 0) {
        h->folder = fd;
        return OUTCOME_DONE;
    }
    close(fd);
    return rc == EWOULDBLOCK ? fault_path(KIND_store_busy, dir) : fault_of(dir, rc);
}

/* LMDB keeps a shared lock on that byte for as long as an environment is open, and waits for it before it
 * looks at the data. Ours is of the open file: a process loses the other kind with any descriptor it closes.
 */
static int lock_out_others(const char *dir, int *out)
{
    char path[PATH_MAX];
    struct flock byte = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1};
    if (!folder_path(path, dir, LOCK_FILE))
        return ENAMETOOLONG;
    int rc = folder_ready_lock(dir), fd = rc ? -1 : open(path, O_RDWR | O_CLOEXEC);
    if (!rc && (fd < 0 || fcntl(fd, F_OFD_SETLK, &byte) != 0))
        rc = errno == EACCES && fd >= 0 ? EAGAIN : errno;
    if (rc && fd >= 0)
        close(fd);
    *out = rc ? -1 : fd;
    return rc;
}

struct outcome hold_alone(struct hold *h, const char *dir)
{
    *h = HOLD_NONE;
    int rc = open_folder(dir, &h->folder);
    if (!rc)
        rc = try_lock(h->folder, LOCK_EX);
    if (!rc)
        rc = lock_out_others(dir, &h->lock);
    if (!rc)
        return OUTCOME_DONE;
    hold_release(h);
    return rc == EWOULDBLOCK ? fault_path(KIND_store_in_use, dir) : fault_of(dir, rc);
}

int hold_spoil_lock(const struct hold *h)
{
    static const char nothing[64]; /* the mark and format that LMDB looks for, and more */
    ssize_t n = pwrite(h->lock, nothing, sizeof nothing, 0);
    return n == sizeof nothing ? 0 : n < 0 ? errno : EIO;
}

void hold_release(struct hold *h)
{
    if (h->lock >= 0)
        close(h->lock);
    if (h->folder >= 0)
        close(h->folder);
    *h = HOLD_NONE;
}
