#include "cli/nameless.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static const char *folder(void)
{
    const char *wanted = getenv("TMPDIR");
    return wanted && *wanted ? wanted : "/tmp";
}

struct str nameless_folder(void)
{
    return str_of(folder());
}

int nameless_open(void)
{
    int fd = open(folder(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0)
        return fd;
    FILE *f = tmpfile(); /* a disk that has none without a name, or no such folder */
    fd = f ? fcntl(fileno(f), F_DUPFD_CLOEXEC, 3) : -1;
    if (f)
        fclose(f);
    return fd;
}

FILE *nameless_stream(void)
{
    int fd = nameless_open();
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w+");
    int error = errno;
    if (!f && fd >= 0)
        close(fd);
    errno = error;
    return f;
}
