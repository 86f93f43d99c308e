/* rewrite: the floor of an export: fwrite of the same bytes, 200 at a time, to standard output.
 *
 *     rewrite FILE > OTHER
 *
 * The bytes come out of the page cache, mapped, so that nothing is counted but writing them. */
#include "tests/bench/timing.h"
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

enum { AT_A_TIME = 200 }; /* about a line of what is exported */

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    int fd = open(argv[1], O_RDONLY);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0)
        bench_fail(argv[1]);
    size_t n = (size_t)st.st_size;
    const char *p = n ? mmap(NULL, n, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0) : NULL;
    if (p == MAP_FAILED)
        bench_fail("mmap");
    for (size_t i = 0; i < n; i += AT_A_TIME) {
        size_t some = n - i < AT_A_TIME ? n - i : AT_A_TIME;
        if (fwrite(p + i, 1, some, stdout) != some)
            bench_fail("fwrite");
    }
    return fclose(stdout) == 0 ? 0 : 1;
}
