/* nosync: preloaded where a store is only made to be measured afterwards: nothing waits for the disk. LMDB
 * writes its meta pages through a descriptor that is opened to wait by itself. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/mman.h>
#include <unistd.h>

static int opened(const char *name, const char *path, int flags, mode_t mode)
{
    int (*next)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, name);
    return next(path, flags & ~(O_SYNC | O_DSYNC), mode);
}

int open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return opened("open", path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return opened("open64", path, flags, mode);
}

int fdatasync(int fd)
{
    (void)fd;
    return 0;
}
int fsync(int fd)
{
    (void)fd;
    return 0;
}
int msync(void *p, size_t n, int flags)
{
    (void)p;
    (void)n;
    (void)flags;
    return 0;
}
