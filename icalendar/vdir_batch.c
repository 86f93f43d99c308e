#include "icalendar/vdir_batch.h"

#include "icalendar/vdir_file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* So many are waited for one by one: syncfs() waits for what others wrote to the file system, too. They stay
 * open until then; a batch of open files could be more than a process may have. */
enum { FEW = 8 };

const char *vdir_batch_name(const struct vdir_batch *b, size_t i)
{
    return b->names.p + b->file[i].name;
}

/* Of the i-th; NULL where memory is out. */
static const char *temporary(struct vdir_batch *b, size_t i)
{
    buf_reset(&b->temporary);
    buf_addf(&b->temporary, VDIR_TEMPORARY "%ld-%d" VDIR_TEMPORARY_ENDING, (long)getpid(), (int)i);
    return b->temporary.failed ? NULL : b->temporary.p;
}

/* Some file systems take a file's bytes only when it is closed, and tell so then. */
static int close_it(struct vdir_batched *f)
{
    int fd = f->fd;
    f->fd = -1;
    return fd >= 0 && close(fd) != 0 ? errno : 0;
}

int vdir_batch_add(struct vdir_batch *b, const char *name, struct str bytes, const struct stat *old,
                   bool item)
{
    struct vdir_batched *f = &b->file[b->count];
    const char *beside = temporary(b, b->count);
    *f = (struct vdir_batched){.name = b->names.n, .fd = -1, .replaces = old, .item = item};
    buf_add(&b->names, name, strlen(name) + 1);
    if (!beside || b->names.failed)
        return ENOMEM;
    int error = vdir_write_beside(b->folder, beside, bytes, old, b->personal, &f->fd);
    if (error)
        return error;
    b->count++;
    return b->count > FEW ? close_it(f) : 0;
}

/* Of one that was closed an error is told to whoever opens it next. */
static int sync_one(struct vdir_batch *b, size_t i)
{
    struct vdir_batched *f = &b->file[i];
    if (f->fd < 0) {
        const char *name = temporary(b, i);
        f->fd = name ? openat(b->folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC) : -1;
        if (f->fd < 0)
            return name ? errno : ENOMEM;
    }
    int error = fsync(f->fd) == 0 ? 0 : errno;
    int closing = close_it(f);
    return error ? error : closing;
}

int vdir_batch_sync(struct vdir_batch *b, const char **at)
{
    int error = b->count <= FEW ? ENOSYS : syncfs(b->folder) == 0 ? 0 : errno;
    bool one_by_one = error == ENOSYS || error == EINVAL; /* few, or the system cannot */
    *at = "";
    if (error && !one_by_one)
        return error;
    for (size_t i = 0; i < b->count; i++) {
        error = one_by_one ? sync_one(b, i) : close_it(&b->file[i]);
        *at = vdir_batch_name(b, i);
        if (error)
            return error;
    }
    return 0;
}

int vdir_batch_place(struct vdir_batch *b, size_t i)
{
    struct vdir_batched *f = &b->file[i];
    const char *from = temporary(b, i);
    int error = from ? vdir_take_place(b->folder, from, vdir_batch_name(b, i), f->replaces) : ENOMEM;
    f->placed = !error;
    return error;
}

void vdir_batch_drop(struct vdir_batch *b)
{
    for (size_t i = 0; i < b->count; i++) {
        const char *name = b->file[i].placed ? NULL : temporary(b, i);
        (void)close_it(&b->file[i]);
        if (name)
            unlinkat(b->folder, name, 0);
    }
    b->count = 0;
    buf_reset(&b->names);
}

void vdir_batch_release(struct vdir_batch *b)
{
    vdir_batch_drop(b);
    buf_release(&b->names);
    buf_release(&b->temporary);
}
