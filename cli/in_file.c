#include "cli/in_file.h"

#include "store/fault.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 1 << 16 };

struct outcome in_file_fault(const char *path, int error)
{
    enum outcome_kind kind = error == ENOENT || error == ENOTDIR ? KIND_no_such_file
                             : error == EACCES || error == EPERM ? KIND_no_permission
                             : error == ENOMEM                   ? KIND_out_of_memory
                                                                 : KIND_io_error;
    struct outcome o = outcome_of(kind);
    outcome_text(&o, str_of(path));
    if (kind == KIND_io_error)
        fault_reason(&o, error);
    return o;
}

static struct outcome read_all(int fd, const char *path, size_t most, struct buf *out)
{
    size_t before = out->n;
    for (;;) {
        if (!buf_reserve(out, PIECE))
            return outcome_of(KIND_out_of_memory);
        ssize_t n = read(fd, out->p + out->n, PIECE);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return in_file_fault(path, errno);
        if (n == 0)
            return OUTCOME_DONE;
        out->n += (size_t)n;
        if (out->n - before > most) {
            struct outcome o = outcome_of(KIND_file_too_large);
            outcome_text(&o, str_of(path));
            outcome_number(&o, (int64_t)(most >> 20));
            return o;
        }
    }
}

struct outcome in_file_read(const char *path, size_t most, struct buf *out)
{
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return in_file_fault(path, errno);
    struct outcome o = read_all(fd, path, most, out);
    if (!standard)
        close(fd);
    return o;
}
