/* apart: bytes that come from anywhere are made sense of in a process of its own, which has no store.
 *
 * The library that parses them is large and written in C: whoever finds a hole in it and sends the office a
 * file must not find the register mapped beside it. So the process is begun before the store is opened, has
 * the bytes and one socket, can do next to nothing else (cli/confine.h), and is not waited for without end.
 * What it hands back is bytes as untrusted as those it was given, and is checked as such by who asked. */
#ifndef MOTCUA_CLI_APART_H
#define MOTCUA_CLI_APART_H

#include "core/buf.h"
#include "core/outcome.h"
#include <sys/types.h>

#define APART_SECONDS 20                /* of processor time */
#define APART_PATIENCE 180              /* seconds to wait for it, it being asleep or others at work */
#define APART_MEMORY ((size_t)1 << 30)  /* of address space */
#define APART_ANSWER ((size_t)64 << 20) /* more is none */
#define APART_QUESTION 64               /* bytes of a question */

struct apart {
    pid_t pid;
    int fd;
};
#define APART_NONE ((struct apart){0, -1})

/* Makes the answer to a question out of the bytes. False: there is none. */
typedef bool apart_work(struct str bytes, struct str question, struct buf *answer);

/* Begins the process, which waits for its question. Before the store is opened. `reader_stopped` where the
 * system gives no process, and nothing is to be ended; `path` names the bytes in what is told. */
struct outcome apart_begin(struct apart *a, apart_work *work, struct str bytes, const char *path);
/* Asks, waits for the end of the process, and appends what it answered. `bad_reader` (INPUT) where it fell
 * over the bytes or they kept it too long (it is ended then); `reader_stopped` where somebody else ended it.
 */
struct outcome apart_ask(struct apart *a, struct str question, const char *path, struct buf *answer);
/* Ends it, whatever it is at; fine where none was begun, and after the answer. */
void apart_end(struct apart *a);

#endif
