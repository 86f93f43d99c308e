/* in_file: a file that somebody names to be brought in, read whole. */
#ifndef MOTCUA_CLI_IN_FILE_H
#define MOTCUA_CLI_IN_FILE_H

#include "core/buf.h"
#include "core/outcome.h"

/* Appends the bytes of the file, of standard input for "-". `no_such_file`, `no_permission`, `io_error`,
 * `out_of_memory`; `file_too_large` beyond `most` bytes. */
struct outcome in_file_read(const char *path, size_t most, struct buf *out);
/* What opening or reading such a file failed of. */
struct outcome in_file_fault(const char *path, int error);

#endif
