#include "cli/out_file.h"

#include "cli/nameless.h"
#include "store/beside.h"
#include "store/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { BLOCK_BYTES = 256 << 10 };

static bool is_standard_output(struct str path)
{
    return path.n == 0 || str_eq(path, STR("-"));
}

struct outcome out_fault(struct str path, int error)
{
    enum outcome_kind kind = error == ENOSPC || error == EDQUOT                    ? KIND_disk_full
                             : error == ENOMEM                                     ? KIND_out_of_memory
                             : error == EACCES || error == EPERM || error == EROFS ? KIND_no_permission
                                                                                   : KIND_io_error;
    struct outcome o = outcome_of(kind);
    outcome_text(&o, path);
    if (kind == KIND_io_error)
        fault_reason(&o, error);
    return o;
}

struct outcome out_file_fault(const struct out_file *f, int error)
{
    return out_fault(f->path.n ? buf_str(&f->path) : STR("-"), error);
}

/* The folder a path lies in. */
static void add_folder(struct buf *out, struct str path)
{
    size_t n = path.n;
    while (n && path.p[n - 1] != '/')
        n--;
    if (n == 0)
        buf_add_z(out, "./");
    buf_add(out, path.p, n);
}

/* A link is followed: its target is what gets replaced. */
static bool resolve(struct out_file *f, struct str path)
{
    buf_add_str(&f->path, path);
    if (f->path.failed) {
        errno = ENOMEM;
        return false;
    }
    char *real = realpath(f->path.p, NULL);
    if (real) {
        buf_reset(&f->path);
        buf_add_z(&f->path, real);
        free(real);
    }
    f->exists = !f->path.failed && stat(f->path.p, &f->before) == 0;
    if (f->exists && S_ISDIR(f->before.st_mode)) {
        errno = EISDIR;
        return false;
    }
    return f->exists || errno == ENOENT;
}

/* Is what stands there part of this store, by whatever name, or of another? */
static bool is_of_store(const struct out_file *f, const struct cli *c)
{
    static const char *const files[] = {"/data.mdb", "/lock.mdb"};
    bool found = f->exists && beside_is_store(f->path.p);
    for (size_t i = 0; i < sizeof files / sizeof *files && f->exists && !found; i++) {
        struct buf path = BUF_INIT;
        struct stat s;
        buf_add_str(&path, buf_str(&c->dir));
        buf_add_z(&path, files[i]);
        found = !path.failed && stat(path.p, &s) == 0 && s.st_dev == f->before.st_dev &&
                s.st_ino == f->before.st_ino;
        buf_release(&path);
    }
    if (found)
        errno = EBUSY;
    return found;
}

/* A file beside the target, open for its owner alone until the end. */
static bool open_beside(struct out_file *f)
{
    char path[PATH_MAX];
    int fd;
    errno = f->path.n < PATH_MAX ? beside_begin(f->path.p, path, &fd) : ENAMETOOLONG;
    if (errno)
        return false;
    buf_add_z(&f->temporary, path);
    f->stream = f->temporary.failed ? NULL : fdopen(fd, "w");
    if (!f->stream)
        close(fd);
    return f->stream;
}

struct outcome out_file_open(struct out_file *f, const struct cli *c, struct str path, bool personal)
{
    *f = (struct out_file){.personal = personal};
    bool plain = !is_standard_output(path);
    bool fine = !plain || (resolve(f, path) && !is_of_store(f, c));
    plain = plain && (!f->exists || S_ISREG(f->before.st_mode));
    if (fine && plain) {
        fine = open_beside(f);
    } else if (fine) {
        f->stream = nameless_stream();
        fine = f->stream;
    }
    f->blocks = fine ? malloc(BLOCK_BYTES) : NULL;
    if (f->blocks) /* else the stream's own small one does */
        (void)setvbuf(f->stream, f->blocks, _IOFBF, BLOCK_BYTES);
    if (fine)
        return OUTCOME_DONE;
    struct outcome o = out_file_fault(f, errno);
    out_file_discard(f);
    return o;
}

void out_file_rename(struct out_file *f, struct str name)
{
    struct buf path = BUF_INIT;
    add_folder(&path, buf_str(&f->path));
    buf_add_str(&path, name);
    buf_reset(&f->path);
    buf_add_str(&f->path, buf_str(&path));
    f->path.failed = f->path.failed || path.failed;
    f->exists = !f->path.failed && stat(f->path.p, &f->before) == 0;
    buf_release(&path);
}

void out_file_discard(struct out_file *f)
{
    if (f->stream)
        fclose(f->stream);
    if (f->temporary.n)
        unlink(f->temporary.p);
    free(f->blocks);
    buf_release(&f->temporary);
    buf_release(&f->path);
    *f = (struct out_file){.exists = false};
}

/* ---- putting it in place ---- */

static mode_t mode_of(const struct out_file *f)
{
    if (f->personal)
        return 0600;
    if (f->exists)
        return f->before.st_mode & 0777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* Who owned the file keeps it where that is ours to give. */
static bool take_over(const struct out_file *f, int fd)
{
    if (f->exists && (f->before.st_uid != geteuid() || f->before.st_gid != getegid()) &&
        fchown(fd, f->before.st_uid, f->before.st_gid) != 0)
        errno = 0;
    return fchmod(fd, mode_of(f)) == 0;
}

/* The new name itself must be on disk too. Not every kind of folder can be synced; then there is nothing to
 * wait for. */
static void sync_folder(const struct out_file *f)
{
    struct buf folder = BUF_INIT;
    add_folder(&folder, buf_str(&f->path));
    int fd = folder.failed ? -1 : open(folder.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    buf_release(&folder);
}

static bool replace(struct out_file *f)
{
    int fd = fileno(f->stream);
    bool fine = fflush(f->stream) == 0 && take_over(f, fd) && fsync(fd) == 0;
    if (fine && f->path.failed)
        errno = ENOMEM;
    if (!fine || f->path.failed || rename(f->temporary.p, f->path.p) != 0)
        return false;
    buf_reset(&f->temporary);
    sync_folder(f);
    return true;
}

static bool copy_to_standard_output(struct out_file *f, struct cli *c)
{
    char bytes[1 << 14];
    size_t n;
    while ((n = fread(bytes, 1, sizeof bytes, f->stream)) > 0 && !c->out_error) {
        buf_add(&c->out, bytes, n);
        cli_spill(c);
    }
    return !ferror(f->stream);
}

static bool copy_to_device(struct out_file *f)
{
    int fd = open(f->path.p, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    FILE *to = fd < 0 ? NULL : fdopen(fd, "w");
    char bytes[1 << 14];
    size_t n;
    if (!to) {
        if (fd >= 0)
            close(fd);
        return false;
    }
    bool fine = true;
    while (fine && (n = fread(bytes, 1, sizeof bytes, f->stream)) > 0)
        fine = fwrite(bytes, 1, n, to) == n;
    int error = fine ? 0 : errno;
    if (fclose(to) != 0 && !error)
        error = errno;
    errno = error;
    return !error && !ferror(f->stream);
}

struct outcome out_file_commit(struct out_file *f, struct cli *c)
{
    bool fine;
    if (f->temporary.n)
        fine = replace(f);
    else
        fine = fflush(f->stream) == 0 && fseek(f->stream, 0, SEEK_SET) == 0 &&
               (f->path.n ? copy_to_device(f) : copy_to_standard_output(f, c));
    struct outcome o = fine ? OUTCOME_DONE : out_file_fault(f, errno);
    out_file_discard(f);
    return o;
}
