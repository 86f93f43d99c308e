/* confine: a process gives up all it does not need to make sense of bytes that may have been made to break
 * it: its files, processor time without end, memory without end, and nearly all system calls. What it may
 * still do is to read, from one socket and from files that it opens for reading (the time zones of the
 * system), and to write to that socket. It can change no file, begin no process, reach no other one, no
 * network, and leave no core behind. There is no way back.
 *
 * A kernel that filters no system calls leaves the limits: with them no file can be written to by a call, but
 * one could still be removed, or mapped and changed. */
#ifndef MOTCUA_CLI_CONFINE_H
#define MOTCUA_CLI_CONFINE_H

#include <stdbool.h>
#include <stddef.h>

#define CONFINED_SOCKET 3

struct confine {
    unsigned seconds; /* of processor time; SIGXCPU ends it then */
    size_t memory;    /* of address space, in bytes */
};

/* `fd` becomes CONFINED_SOCKET and is all that is left; 0 to 2 lead nowhere. False where that cannot be done:
 * some of it may be then, and the process should end. The process has one thread. */
bool confine(int fd, const struct confine *to);

#endif
