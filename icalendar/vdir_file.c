#include "icalendar/vdir_file.h"

#include "icalendar/content.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* ---- reading ---- */

static bool read_whole(int fd, struct buf *content, size_t n)
{
    buf_reset(content);
    if (!buf_reserve(content, n + 1))
        return false;
    ssize_t got;
    while (content->n < n && (got = read(fd, content->p + content->n, n - content->n)) != 0) {
        if (got < 0 && errno != EINTR)
            return false;
        content->n += got > 0 ? (size_t)got : 0;
    }
    return true;
}

bool vdir_read(int folder, const char *name, struct buf *content, struct stat *st)
{
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool fine = fstat(fd, st) == 0 && S_ISREG(st->st_mode) && st->st_size >= 0 &&
                (size_t)st->st_size <= VDIR_ITEM_BYTES && read_whole(fd, content, (size_t)st->st_size);
    close(fd);
    return fine;
}

/* The next line that is one: what a program garbled of a file takes none of the rest away. */
static bool next_line(struct content *lines)
{
    while (!content_next(lines)) {
        if (lines->fault == CONTENT_OK || lines->fault == CONTENT_MEMORY)
            return false;
        lines->fault = CONTENT_OK;
    }
    return true;
}

bool vdir_uid(struct str stream, struct buf *uid)
{
    struct content lines = content_of(stream);
    bool one = true;
    buf_reset(uid);
    while (one && next_line(&lines)) {
        if (!content_is(lines.name, "UID"))
            continue;
        one = !uid->n || str_eq(buf_str(uid), lines.value);
        if (!uid->n)
            buf_add_str(uid, lines.value);
    }
    one = one && uid->n && !uid->failed && lines.fault == CONTENT_OK;
    content_release(&lines);
    return one;
}

/* ---- writing ---- */

static int write_whole(int fd, struct str bytes)
{
    while (bytes.n) {
        ssize_t done = write(fd, bytes.p, bytes.n);
        if (done == 0 || (done < 0 && errno != EINTR))
            return done == 0 ? ENOSPC : errno;
        bytes = str_from(bytes, done > 0 ? (size_t)done : 0);
    }
    return 0;
}

/* Who owned the file keeps it where that is ours to give. */
static int take_over(int fd, const struct stat *old, bool personal)
{
    if (old && (old->st_uid != geteuid() || old->st_gid != getegid()) &&
        fchown(fd, old->st_uid, old->st_gid) != 0)
        errno = 0;
    if (personal)
        return 0; /* as it was made */
    mode_t mask = umask(0);
    umask(mask);
    return fchmod(fd, old ? old->st_mode & 0777 : 0666 & ~mask) == 0 ? 0 : errno;
}

int vdir_write_beside(int folder, const char *temporary, struct str bytes, const struct stat *old,
                      bool personal, int *fd)
{
    *fd = openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (*fd < 0)
        return errno;
    int error = write_whole(*fd, bytes);
    if (!error)
        error = take_over(*fd, old, personal);
    if (error) {
        close(*fd);
        unlinkat(folder, temporary, 0);
    }
    return error;
}

/* Not every file system can do it in one step. */
static int put_in_free_place(int folder, const char *temporary, const char *name)
{
    struct stat st;
    if (renameat2(folder, temporary, folder, name, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
        return EEXIST;
    return renameat(folder, temporary, folder, name) == 0 ? 0 : errno;
}

int vdir_take_place(int folder, const char *temporary, const char *name, bool replaces)
{
    if (!replaces)
        return put_in_free_place(folder, temporary, name);
    return renameat(folder, temporary, folder, name) == 0 ? 0 : errno;
}
