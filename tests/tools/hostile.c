/* A file that gets the better of libical, preloaded into the program. HOSTILE_ICAL tells what happens in its
 * parser:
 *
 * "abort", "segv", "loop"; "memory": it asks for ever more; "kill": by SIGKILL, as the system does when
 * memory is short; "exit": with status 0, saying nothing; "flood": it answers for ever; "sleep": it takes no
 * processor time and never ends; "linger": it says all it has to say and never ends; "lie": it answers
 * HOSTILE_BYTES, hexadecimal, as whoever took over the process would; "look": it works as always, and copies
 * what /proc knows of its process into the folder HOSTILE_LOG.
 *
 * The processor time allowed is cut to a second, and so is what is waited for longer than a minute, so that
 * what never ends need not last. */
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
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
    if (told("flood"))
        flood();
    if (told("linger"))
        shutdown(SOCKET, SHUT_RDWR);
    while (told("sleep") || told("linger"))
        pause();
    while (told("loop"))
        ;
    if (told("look") && !real)
        look();
    if (!real)
        real = (parser *)dlsym(RTLD_NEXT, "icalparser_parse_string");
    return real(text);
}
