/* A file that gets the better of libical, preloaded into the program. HOSTILE_ICAL tells what happens in its
 * parser:
 *
 * "abort", "segv", "loop"; "memory": it asks for ever more; "kill": by SIGKILL, as the system does when
 * memory is short; "exit": with status 0, saying nothing; "flood": it answers for ever; "sleep": it takes no
 * processor time and never ends; "linger": it says all it has to say and never ends; "lie": it answers
 * HOSTILE_BYTES, hexadecimal, as whoever took over the process would; "try": it tries what such a one would,
 * on the file HOSTILE_LOG among others, is ended by SIGABRT where anything of it succeeds, and else works as
 * always; "look": it works as always, and copies what /proc knows of its process into the folder HOSTILE_LOG,
 * for which its system calls are not filtered.
 *
 * The processor time allowed is cut to a second, and so is what is waited for longer than a minute, so that
 * what never ends need not last. */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { SOCKET = 3 };

static bool told(const char *what);

/* ---- limits ---- */

int setrlimit(__rlimit_resource_t what, const struct rlimit *asked)
{
    static int (*real)(__rlimit_resource_t, const struct rlimit *);
    struct rlimit cut = *asked;
    if (!real)
        real = (int (*)(__rlimit_resource_t, const struct rlimit *))dlsym(RTLD_NEXT, "setrlimit");
    if (what == RLIMIT_CPU && told("loop"))
        cut = (struct rlimit){1, 2};
    if (what == RLIMIT_FSIZE && told("look"))
        return 0;
    return real(what, &cut);
}

int poll(struct pollfd *fds, nfds_t n, int milliseconds)
{
    enum { MOMENT = 1000, MINUTE = 60000 };
    static int (*real)(struct pollfd *, nfds_t, int);
    if (!real)
        real = (int (*)(struct pollfd *, nfds_t, int))dlsym(RTLD_NEXT, "poll");
    return real(fds, n, milliseconds > MINUTE ? MOMENT : milliseconds);
}

/* ---- looking ---- */

static int log_file(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", getenv("HOSTILE_LOG"), name);
    return open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
}

static void copy_proc(const char *name)
{
    char from[64], bytes[4096];
    ssize_t n;
    snprintf(from, sizeof from, "/proc/self/%s", name);
    int in = open(from, O_RDONLY), out = log_file(name);
    while (in >= 0 && out >= 0 && (n = read(in, bytes, sizeof bytes)) > 0)
        if (write(out, bytes, (size_t)n) != n)
            abort();
    close(in);
    close(out);
}

static void copy_files(void)
{
    int out = log_file("fd");
    DIR *dir = opendir("/proc/self/fd");
    struct dirent *e;
    while (dir && (e = readdir(dir))) {
        char path[300], target[4096];
        snprintf(path, sizeof path, "/proc/self/fd/%s", e->d_name);
        ssize_t n = readlink(path, target, sizeof target - 1);
        if (n > 0 && atoi(e->d_name) != out && atoi(e->d_name) != dirfd(dir))
            dprintf(out, "%s %.*s\n", e->d_name, (int)n, target);
    }
    if (dir)
        closedir(dir);
    close(out);
}

static void look(void)
{
    copy_proc("maps");
    copy_proc("limits");
    copy_proc("status");
    copy_files();
}

int seccomp_load(const void *filter);

int seccomp_load(const void *filter)
{
    int (*real)(const void *) = (int (*)(const void *))dlsym(RTLD_NEXT, "seccomp_load");
    return told("look") ? 0 : real(filter);
}

/* ---- trying ---- */

#define REFUSED(...) (errno = 0, syscall(__VA_ARGS__) == -1 && errno == EPERM)

static bool is_refused(const char *path)
{
    static const struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};
    char *const none[] = {NULL};
    return REFUSED(SYS_openat, AT_FDCWD, path, O_RDWR) && REFUSED(SYS_openat, AT_FDCWD, path, O_WRONLY) &&
           REFUSED(SYS_openat, AT_FDCWD, path, O_RDONLY | O_TRUNC) &&
           REFUSED(SYS_openat, AT_FDCWD, "new", O_RDONLY | O_CREAT, 0600) &&
           REFUSED(SYS_openat, AT_FDCWD, ".", O_TMPFILE | O_RDWR, 0600) &&
           REFUSED(SYS_openat2, AT_FDCWD, path, none, 24) && REFUSED(SYS_truncate, path, 0) &&
           REFUSED(SYS_unlinkat, AT_FDCWD, path, 0) &&
           REFUSED(SYS_renameat2, AT_FDCWD, path, AT_FDCWD, "new", 0) &&
           REFUSED(SYS_linkat, AT_FDCWD, path, AT_FDCWD, "new", 0) &&
           REFUSED(SYS_symlinkat, path, AT_FDCWD, "new") && REFUSED(SYS_mkdirat, AT_FDCWD, "new", 0700) &&
           REFUSED(SYS_fchmodat, AT_FDCWD, path, 0666) && REFUSED(SYS_fchownat, AT_FDCWD, path, 0, 0, 0) &&
           REFUSED(SYS_socket, AF_INET, SOCK_STREAM, 0) && REFUSED(SYS_socket, AF_UNIX, SOCK_STREAM, 0) &&
           REFUSED(SYS_clone, SIGCHLD, 0, 0, 0, 0) && REFUSED(SYS_execve, "/bin/true", none, none) &&
           REFUSED(SYS_kill, getppid(), SIGKILL) && REFUSED(SYS_tgkill, getppid(), getppid(), SIGKILL) &&
           REFUSED(SYS_ptrace, 16, getppid(), 0, 0) &&
           REFUSED(SYS_process_vm_writev, getppid(), none, 0, none, 0, 0) &&
           REFUSED(SYS_prlimit64, 0, RLIMIT_FSIZE, &more, NULL) && REFUSED(SYS_memfd_create, "x", 0) &&
           REFUSED(SYS_io_uring_setup, 1, none) && REFUSED(SYS_bpf, 0, none, 0);
}

/* ---- what happens ---- */

static bool told(const char *what)
{
    const char *told = getenv("HOSTILE_ICAL");
    return told && strcmp(told, what) == 0;
}

static void lie(void)
{
    const char *hex = getenv("HOSTILE_BYTES");
    for (; hex && hex[0] && hex[1]; hex += 2) {
        char pair[] = {hex[0], hex[1], '\0'}, byte = (char)strtol(pair, NULL, 16);
        send(SOCKET, &byte, 1, 0);
    }
    _exit(0);
}

static void flood(void)
{
    static const char bytes[1 << 16];
    while (send(SOCKET, bytes, sizeof bytes, MSG_NOSIGNAL) > 0)
        ;
    _exit(0);
}

static void ask_for_memory(void)
{
    while (malloc((size_t)1 << 20))
        ;
    abort();
}

/* ---- zones ---- */

typedef struct _icaltimezone *finder(const char *name);
finder icaltimezone_get_builtin_timezone;

struct _icaltimezone *icaltimezone_get_builtin_timezone(const char *name)
{
    finder *real = (finder *)dlsym(RTLD_NEXT, "icaltimezone_get_builtin_timezone");
    return told("nowhere") ? NULL : real(name);
}

/* ---- parsing ---- */

typedef struct icalcomponent *parser(const char *text);
parser icalparser_parse_string;

struct icalcomponent *icalparser_parse_string(const char *text)
{
    static parser *real;
    static int nothing;
    volatile char *nowhere = NULL;
    if (told("abort"))
        abort();
    if (told("segv"))
        *nowhere = 1;
    if (told("kill"))
        raise(SIGKILL);
    if (told("memory"))
        ask_for_memory();
    if (told("exit"))
        _exit(0);
    if (told("lie"))
        lie();
    if (told("try") && !is_refused(getenv("HOSTILE_LOG")))
        abort();
    if (told("flood"))
        flood();
    if (told("linger"))
        shutdown(SOCKET, SHUT_RDWR);
    while (told("sleep") || told("linger"))
        syscall(SYS_futex, &nothing, FUTEX_WAIT, 0, NULL, NULL, 0);
    while (told("loop"))
        ;
    if (told("look") && !real)
        look();
    if (!real)
        real = (parser *)dlsym(RTLD_NEXT, "icalparser_parse_string");
    return real(text);
}
