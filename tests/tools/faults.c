/* A disk for tests that fails when it is told to, preloaded into the program.
 *
 * Every call that changes a file or folder (opens one for writing, writes, syncs, cuts, renames, removes ...)
 * is counted where the file lies under one of FAULTS_UNDER, path prefixes with colons between them; one of
 * those calls, or all from it on, is then struck:
 *
 *     FAULTS_AT     the number of the first that is struck, from 1; absent: none
 *     FAULTS_FROM   the name of a call: nothing is counted before the first of these
 *     FAULTS_TIMES  how many in a row (usually 1); 0: all that come
 *     FAULTS_ERROR  the errno it answers (usually 5, EIO); "kill": the process dies by SIGKILL there
 *     FAULTS_WHEN   "before" it did anything (usually); "after" it did all: a disk may fail so too; "half"
 *                   way through a write, which then answers that it wrote half; several with
 *                   commas between them: of the first struck, the second ..., the last of all others
 *     FAULTS_LOG    a file that gets a line for each call counted: "NAME PATH", with "!" before one struck;
 *                   of a rename "rename TO FROM"
 *     FAULTS_GONE   a file; while it is there nothing is counted or struck: the cause has gone away
 *
 * Streams of the C library write by ways of its own, past what can be preloaded. So those of files that count
 * are made of cookies here. A program started by exec begins to count anew. Nothing is allocated before the
 * program runs, and nothing is counted twice. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum when { NOT, BEFORE, AFTER, HALF };

static struct {
    const char *under, *log, *gone, *from;
    long at, times;
    int error;
    bool kills;
    const char *when;
} told;

static atomic_long calls;
static atomic_bool begun;

__attribute__((constructor)) static void be_told(void)
{
    const char *at = getenv("FAULTS_AT"), *times = getenv("FAULTS_TIMES"), *error = getenv("FAULTS_ERROR"),
               *when = getenv("FAULTS_WHEN");
    told.under = getenv("FAULTS_UNDER");
    told.log = getenv("FAULTS_LOG");
    told.gone = getenv("FAULTS_GONE");
    told.from = getenv("FAULTS_FROM");
    told.at = at ? atol(at) : 0;
    told.times = times ? atol(times) : 1;
    told.kills = error && strcmp(error, "kill") == 0;
    told.error = error && !told.kills ? atoi(error) : EIO;
    told.when = when ? when : "before";
}

/* ---- what counts ---- */

static bool is_under(const char *path)
{
    for (const char *p = told.under; p && *p;) {
        size_t n = strcspn(p, ":");
        if (n && strncmp(path, p, n) == 0)
            return true;
        p += n + (p[n] == ':');
    }
    return false;
}

/* The path a name stands for, as far as that is needed here: links are left as they are. */
static bool named(int dir, const char *path, char out[2 * PATH_MAX])
{
    char link[64];
    if (!path)
        return false;
    out[0] = '\0';
    if (path[0] != '/' && dir == AT_FDCWD) {
        if (syscall(SYS_getcwd, out, (unsigned long)PATH_MAX) < 0)
            return false;
    } else if (path[0] != '/') {
        snprintf(link, sizeof link, "/proc/self/fd/%d", dir);
        long n = syscall(SYS_readlinkat, AT_FDCWD, link, out, (unsigned long)PATH_MAX - 1);
        if (n < 0)
            return false;
        out[n] = '\0';
    }
    size_t n = strlen(out);
    snprintf(out + n, 2 * PATH_MAX - n, "%s%s", n ? "/" : "", path);
    return true;
}

static bool of_descriptor(int fd, char out[2 * PATH_MAX])
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    long n = syscall(SYS_readlinkat, AT_FDCWD, link, out, (unsigned long)PATH_MAX - 1);
    if (n < 0)
        return false;
    out[n] = '\0';
    return true;
}

static void note(const char *what, const char *path, const char *from, bool struck)
{
    char line[4 * PATH_MAX + 64];
    int n =
        snprintf(line, sizeof line, "%s%s %s%s%s\n", struck ? "!" : "", what, path, *from ? " " : "", from);
    long fd =
        syscall(SYS_openat, AT_FDCWD, told.log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, (mode_t)0600);
    if (fd < 0)
        return;
    if (n < (int)sizeof line)
        (void)syscall(SYS_write, fd, line, (size_t)n);
    syscall(SYS_close, fd);
}

/* Of the n-th that is struck, from 0. */
static enum when when_of(long n)
{
    const char *p = told.when;
    for (const char *comma; n > 0 && (comma = strchr(p, ',')); n--)
        p = comma + 1;
    return *p == 'b' ? BEFORE : *p == 'a' ? AFTER : HALF;
}

static enum when reach(const char *what, const char *path, const char *from)
{
    if (!is_under(path))
        return NOT;
    if (told.gone && syscall(SYS_faccessat, AT_FDCWD, told.gone, F_OK) == 0)
        return NOT;
    if (!told.from || strcmp(what, told.from) == 0)
        atomic_store(&begun, true);
    if (!atomic_load(&begun))
        return NOT;
    long n = atomic_fetch_add(&calls, 1) + 1;
    bool struck = told.at > 0 && n >= told.at && (told.times == 0 || n < told.at + told.times);
    if (told.log)
        note(what, path, from, struck);
    return struck ? when_of(n - told.at) : NOT;
}

static enum when reach_fd(const char *what, int fd)
{
    char path[2 * PATH_MAX];
    int before = errno;
    enum when w = told.under && of_descriptor(fd, path) ? reach(what, path, "") : NOT;
    errno = before;
    return w;
}

static enum when reach_at(const char *what, int dir, const char *name)
{
    char path[2 * PATH_MAX];
    int before = errno;
    enum when w = told.under && named(dir, name, path) ? reach(what, path, "") : NOT;
    errno = before;
    return w;
}

static enum when reach_rename(int from_dir, const char *from, int to_dir, const char *to)
{
    char path[2 * PATH_MAX], old[2 * PATH_MAX];
    int before = errno;
    bool known = told.under && named(from_dir, from, old) && named(to_dir, to, path);
    enum when w = known ? reach("rename", path, old) : NOT;
    errno = before;
    return w;
}

/* ---- what being struck does ---- */

static int strike(void)
{
    if (told.kills)
        syscall(SYS_kill, (pid_t)syscall(SYS_getpid), SIGKILL);
    errno = told.error;
    return -1;
}

/* A call that is done whole or not at all. */
#define WHOLE(w, call)                                                                                       \
    do {                                                                                                     \
        enum when when_ = (w);                                                                               \
        if (when_ == BEFORE || when_ == HALF)                                                                \
            return strike();                                                                                 \
        long rc_ = (call);                                                                                   \
        return when_ == AFTER ? strike() : (int)rc_;                                                         \
    } while (0)

static size_t total(const struct iovec *v, int n)
{
    size_t sum = 0;
    for (int i = 0; i < n; i++)
        sum += v[i].iov_len;
    return sum;
}

/* The first `most` bytes of a gathered write. */
static long write_part(int fd, const struct iovec *v, int n, size_t most, off_t at)
{
    long done = 0;
    for (int i = 0; i < n && (size_t)done < most; i++) {
        size_t part = v[i].iov_len < most - (size_t)done ? v[i].iov_len : most - (size_t)done;
        long rc = at < 0 ? syscall(SYS_write, fd, v[i].iov_base, part)
                         : syscall(SYS_pwrite64, fd, v[i].iov_base, part, at + done);
        if (rc < 0)
            return done ? done : rc;
        done += rc;
        if ((size_t)rc < part)
            break;
    }
    return done;
}

static ssize_t gathered(const char *what, int fd, const struct iovec *v, int n, off_t at)
{
    enum when w = reach_fd(what, fd);
    if (w == BEFORE)
        return strike();
    long rc = write_part(fd, v, n, w == HALF ? total(v, n) / 2 : total(v, n), at);
    if (w == AFTER || (w == HALF && told.kills))
        return strike();
    return rc;
}

/* ---- writing ---- */

ssize_t write(int fd, const void *p, size_t n)
{
    enum when w = reach_fd("write", fd);
    if (w == BEFORE)
        return strike();
    long rc = syscall(SYS_write, fd, p, w == HALF ? n / 2 : n);
    if (w == AFTER || (w == HALF && told.kills))
        return strike();
    return rc;
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
    const struct iovec v = {(void *)(size_t)p, n};
    return gathered("pwrite", fd, &v, 1, at);
}

ssize_t pwrite64(int fd, const void *p, size_t n, off_t at)
{
    return pwrite(fd, p, n, at);
}

ssize_t writev(int fd, const struct iovec *v, int n)
{
    return gathered("writev", fd, v, n, -1);
}

ssize_t pwritev(int fd, const struct iovec *v, int n, off_t at)
{
    return gathered("pwritev", fd, v, n, at);
}

int fsync(int fd)
{
    WHOLE(reach_fd("fsync", fd), syscall(SYS_fsync, fd));
}

int fdatasync(int fd)
{
    WHOLE(reach_fd("fdatasync", fd), syscall(SYS_fdatasync, fd));
}

int syncfs(int fd)
{
    WHOLE(reach_fd("syncfs", fd), syscall(SYS_syncfs, fd));
}

int ftruncate(int fd, off_t size)
{
    WHOLE(reach_fd("ftruncate", fd), syscall(SYS_ftruncate, fd, size));
}

int fallocate(int fd, int mode, off_t at, off_t n)
{
    WHOLE(reach_fd("fallocate", fd), syscall(SYS_fallocate, fd, mode, at, n));
}

/* Answers its error instead of setting errno. */
int posix_fallocate(int fd, off_t at, off_t n)
{
    int before = errno;
    enum when w = reach_fd("posix_fallocate", fd);
    if (w == BEFORE || w == HALF)
        strike();
    else if (syscall(SYS_fallocate, fd, 0, at, n) == 0)
        errno = 0;
    if (w == AFTER)
        strike();
    int rc = errno;
    errno = before;
    return rc;
}

int fchmod(int fd, mode_t mode)
{
    WHOLE(reach_fd("fchmod", fd), syscall(SYS_fchmod, fd, mode));
}

int fchown(int fd, uid_t user, gid_t group)
{
    WHOLE(reach_fd("fchown", fd), syscall(SYS_fchown, fd, user, group));
}

/* ---- names ---- */

static bool writes(int flags)
{
    return (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC));
}

static int open_at(int dir, const char *path, int flags, mode_t mode)
{
    enum when w = writes(flags) ? reach_at("open", dir, path) : NOT;
    if (w == BEFORE || w == HALF)
        return strike();
    long fd = syscall(SYS_openat, dir, path, flags, mode);
    if (w != AFTER)
        return (int)fd;
    if (fd >= 0)
        syscall(SYS_close, fd);
    return strike();
}

#define MODE_OF(flags)                                                                                       \
    mode_t mode = 0;                                                                                         \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {                                                                 \
        va_list rest;                                                                                        \
        va_start(rest, flags);                                                                               \
        mode = (mode_t)va_arg(rest, int);                                                                    \
        va_end(rest);                                                                                        \
    }

int open(const char *path, int flags, ...)
{
    MODE_OF(flags)
    return open_at(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    MODE_OF(flags)
    return open_at(AT_FDCWD, path, flags, mode);
}

int openat(int dir, const char *path, int flags, ...)
{
    MODE_OF(flags)
    return open_at(dir, path, flags, mode);
}

int openat64(int dir, const char *path, int flags, ...)
{
    MODE_OF(flags)
    return open_at(dir, path, flags, mode);
}

int mkostemp(char *path, int flags)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    size_t n = strlen(path);
    for (int round = 0; round < 1000; round++) {
        unsigned char dice[6];
        if (n < sizeof dice || syscall(SYS_getrandom, dice, sizeof dice, 0) != (long)sizeof dice)
            break;
        for (size_t i = 0; i < sizeof dice; i++)
            path[n - sizeof dice + i] = letters[dice[i] % (sizeof letters - 1)];
        int fd = open_at(AT_FDCWD, path, flags | O_RDWR | O_CREAT | O_EXCL, 0600);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

int mkstemp(char *path)
{
    return mkostemp(path, 0);
}

int mkdir(const char *path, mode_t mode)
{
    WHOLE(reach_at("mkdir", AT_FDCWD, path), syscall(SYS_mkdirat, AT_FDCWD, path, mode));
}

int chmod(const char *path, mode_t mode)
{
    WHOLE(reach_at("chmod", AT_FDCWD, path), syscall(SYS_fchmodat, AT_FDCWD, path, mode));
}

int chown(const char *path, uid_t user, gid_t group)
{
    WHOLE(reach_at("chown", AT_FDCWD, path), syscall(SYS_fchownat, AT_FDCWD, path, user, group, 0));
}

int rename(const char *from, const char *to)
{
    WHOLE(reach_rename(AT_FDCWD, from, AT_FDCWD, to),
          syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
    WHOLE(reach_rename(from_dir, from, to_dir, to), syscall(SYS_renameat2, from_dir, from, to_dir, to, 0));
}

int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
    WHOLE(reach_rename(from_dir, from, to_dir, to),
          syscall(SYS_renameat2, from_dir, from, to_dir, to, flags));
}

int link(const char *from, const char *to)
{
    WHOLE(reach_at("link", AT_FDCWD, to), syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int unlink(const char *path)
{
    WHOLE(reach_at("unlink", AT_FDCWD, path), syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}

int unlinkat(int dir, const char *path, int flags)
{
    WHOLE(reach_at("unlink", dir, path), syscall(SYS_unlinkat, dir, path, flags));
}

int rmdir(const char *path)
{
    WHOLE(reach_at("rmdir", AT_FDCWD, path), syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR));
}

/* ---- streams ---- */

enum { STREAMS = 64 };
static struct {
    FILE *stream;
    int fd;
} streams[STREAMS];

static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

static ssize_t cookie_read(void *cookie, char *p, size_t n)
{
    return syscall(SYS_read, streams[(size_t)cookie].fd, p, n);
}

/* A stream counts a fault as nothing written. */
static ssize_t cookie_write(void *cookie, const char *p, size_t n)
{
    size_t done = 0;
    while (done < n) {
        ssize_t rc = write(streams[(size_t)cookie].fd, p + done, n - done);
        if (rc < 0)
            return (ssize_t)done;
        done += (size_t)rc;
    }
    return (ssize_t)done;
}

static int cookie_seek(void *cookie, off64_t *at, int from)
{
    long rc = syscall(SYS_lseek, streams[(size_t)cookie].fd, *at, from);
    if (rc < 0)
        return -1;
    *at = rc;
    return 0;
}

static int cookie_close(void *cookie)
{
    int fd = streams[(size_t)cookie].fd;
    streams[(size_t)cookie].stream = NULL;
    return (int)syscall(SYS_close, fd);
}

/* NULL where there is no room: the stream is then the library's own, and does not count. */
static FILE *stream_of(int fd, const char *mode)
{
    static const cookie_io_functions_t functions = {cookie_read, cookie_write, cookie_seek, cookie_close};
    size_t i = 0;
    while (i < STREAMS && streams[i].stream)
        i++;
    if (i == STREAMS)
        return NULL;
    streams[i].fd = fd;
    return streams[i].stream = fopencookie((void *)i, mode, functions);
}

FILE *fdopen(int fd, const char *mode)
{
    char path[2 * PATH_MAX];
    bool counts = mode[0] != 'r' && told.under && of_descriptor(fd, path) && is_under(path);
    FILE *f = counts ? stream_of(fd, mode) : NULL;
    FILE *(*plain)(int, const char *);
    *(void **)&plain = next("fdopen");
    return f ? f : plain(fd, mode);
}

static FILE *open_stream(const char *path, const char *mode, const char *name)
{
    char whole[2 * PATH_MAX];
    FILE *(*plain)(const char *, const char *);
    *(void **)&plain = next(name);
    bool changes = mode[0] != 'r' || strchr(mode, '+');
    if (!changes || !told.under || !named(AT_FDCWD, path, whole) || !is_under(whole))
        return plain(path, mode);
    int flags = O_CLOEXEC | (strchr(mode, '+') ? O_RDWR : O_WRONLY) |
                (mode[0] == 'w'   ? O_CREAT | O_TRUNC
                 : mode[0] == 'a' ? O_CREAT | O_APPEND
                                  : 0) |
                (strchr(mode, 'x') ? O_EXCL : 0);
    int fd = open_at(AT_FDCWD, path, flags, 0666);
    return fd < 0 ? NULL : stream_of(fd, mode);
}

FILE *fopen(const char *path, const char *mode)
{
    return open_stream(path, mode, "fopen");
}

FILE *fopen64(const char *path, const char *mode)
{
    return open_stream(path, mode, "fopen64");
}

/* Of a file without a name: it counts as /tmp/#NUMBER. */
FILE *tmpfile(void)
{
    FILE *(*plain)(void);
    *(void **)&plain = next("tmpfile");
    if (!told.under || !is_under("/tmp/#"))
        return plain();
    enum when w = reach("open", "/tmp/#", "");
    if (w != NOT) {
        strike();
        return NULL;
    }
    long fd = syscall(SYS_openat, AT_FDCWD, "/tmp", O_RDWR | __O_TMPFILE | O_DIRECTORY | O_EXCL | O_CLOEXEC,
                      (mode_t)0600);
    return fd < 0 ? plain() : stream_of((int)fd, "w+");
}

FILE *tmpfile64(void)
{
    return tmpfile();
}

int fileno(FILE *f)
{
    for (size_t i = 0; i < STREAMS; i++)
        if (streams[i].stream == f)
            return streams[i].fd;
    int (*plain)(FILE *);
    *(void **)&plain = next("fileno");
    return plain(f);
}
