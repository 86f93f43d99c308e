/* evict: takes a file's pages out of the page cache, so that the next reader meets the disk. */
#ifndef MOTCUA_TESTS_BENCH_EVICT_H
#define MOTCUA_TESTS_BENCH_EVICT_H

#include "tests/bench/timing.h"
#include <fcntl.h>
#include <unistd.h>

/* Pages that are dirty or mapped somewhere stay: they are written out first, and no process may have the file
 * open. */
static inline void bench_evict(const char *path)
{
    int fd = open(path, O_RDONLY);
    if (fd < 0 || fdatasync(fd) != 0 || posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED) != 0)
        bench_fail(path);
    close(fd);
}

#endif
