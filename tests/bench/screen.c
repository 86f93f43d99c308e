/* screen: a program at a terminal of its own, timed key by key.
 *
 *     screen ROWSxCOLUMNS EVICT PAUSE KEYS PROGRAM ARGUMENT ...
 *     screen --mark
 *
 * EVICT: a file to be taken out of the page cache first, or "-". PAUSE: milliseconds between an answer and
 * the next key. KEYS: a file, a key a line, "LABEL TAB BYTES" in hexadecimal. The program runs with
 * MOTCUA_TEST_SYNC=1, so that it marks each repaint with ESC ] 7771 ; KEYS BEL, and where everything the keys
 * caused is there (what is searched in slices is complete), with ESC ] 7770 ; N BEL too. Prints a line for
 * the first screen, from before the process is made, and one for each key:
 *
 *     LABEL ANSWER CPU SETTLED
 *
 * nanoseconds from the write of the key to the first repaint after it was taken; and, where the label ends in
 * "~", nanoseconds to the repaint that has all of it, else 0: then the next key comes while it still
 * searches. CPU: nanoseconds of processor that the program took until then (its run time in
 * /proc/PID/schedstat).
 *
 * --mark is the floor: a program that does nothing but write the first marks.
 */
#include "tests/bench/evict.h"
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

enum { PATIENCE = 30000, KEY = 64 };

struct terminal {
    int fd;
    pid_t pid;
    unsigned keys; /* pressed so far */
    char mark[16]; /* as far as the bytes read so far end in one, without its ESC */
    size_t matched;
    bool painted, settled; /* after all of them */
};

/* Follows both marks through the stream, wherever reads cut it. */
static void look_for_marks(struct terminal *t, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i] == '\033')
            t->matched = 0;
        else if (p[i] != '\007' && t->matched < sizeof t->mark - 1)
            t->mark[t->matched++] = p[i];
        if (p[i] != '\007')
            continue;
        unsigned kind, count;
        t->mark[t->matched] = '\0';
        if (sscanf(t->mark, "]%u;%u", &kind, &count) == 2) {
            t->painted = t->painted || (kind == 7771 && count >= t->keys);
            t->settled = t->settled || (kind == 7770 && t->painted);
        }
    }
}

/* When *what became true; 0 when it did not in time. */
static int64_t time_of(struct terminal *t, const bool *what)
{
    char bytes[65536];
    int64_t until = bench_now() + (int64_t)PATIENCE * 1000000;
    for (;;) {
        int64_t left = (until - bench_now()) / 1000000;
        struct pollfd p = {.fd = t->fd, .events = POLLIN};
        if (left <= 0 || poll(&p, 1, (int)left) <= 0)
            return 0;
        ssize_t n = read(t->fd, bytes, sizeof bytes);
        int64_t now = bench_now();
        if (n <= 0) {
            if (n < 0 && errno == EINTR)
                continue;
            fprintf(stderr, "screen: the program has left\n");
            exit(1);
        }
        look_for_marks(t, bytes, (size_t)n);
        if (*what)
            return now;
    }
}

static int64_t awaited(struct terminal *t, const bool *what)
{
    int64_t at = time_of(t, what);
    if (!at) {
        fprintf(stderr, "screen: no answer\n");
        kill(t->pid, SIGKILL);
        exit(1);
    }
    return at;
}

static long long processor(pid_t pid)
{
    char path[64], text[128];
    snprintf(path, sizeof path, "/proc/%d/schedstat", (int)pid);
    int fd = open(path, O_RDONLY);
    ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (n <= 0)
        bench_fail(path);
    close(fd);
    text[n] = '\0';
    return strtoll(text, NULL, 10);
}

static size_t unhex(const char *text, char *out)
{
    size_t n = 0;
    unsigned byte;
    while (n < KEY && sscanf(text + 2 * n, "%2x", &byte) == 1)
        out[n++] = (char)byte;
    return n;
}

static void press(struct terminal *t, char *line)
{
    char *bytes = strchr(line, '\t'), key[KEY];
    if (!bytes)
        return;
    *bytes++ = '\0';
    size_t n = unhex(bytes, key);
    t->painted = t->settled = false;
    t->keys++;
    long long used = processor(t->pid);
    int64_t before = bench_now();
    if (write(t->fd, key, n) != (ssize_t)n)
        bench_fail("write");
    int64_t answer = awaited(t, &t->painted), last = answer;
    bool waits = line[strlen(line) - 1] == '~';
    if (waits && !t->settled)
        last = awaited(t, &t->settled);
    used = processor(t->pid) - used;
    printf("%s\t%lld\t%lld\t%lld\n", line, (long long)(answer - before), used,
           waits ? (long long)(last - before) : 0);
}

static void start(struct terminal *t, const char *size, char **program)
{
    struct winsize window = {0};
    if (sscanf(size, "%hux%hu", &window.ws_row, &window.ws_col) != 2) {
        fprintf(stderr, "screen: %s is no size\n", size);
        exit(2);
    }
    setenv("MOTCUA_TEST_SYNC", "1", 1);
    setenv("TERM", "xterm-256color", 1);
    unsetenv("LINES");
    unsetenv("COLUMNS");
    t->pid = forkpty(&t->fd, NULL, NULL, &window);
    if (t->pid < 0)
        bench_fail("forkpty");
    if (t->pid == 0) {
        execvp(program[0], program);
        _exit(127);
    }
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--mark") == 0)
        return write(STDOUT_FILENO, "\033]7771;0\007\033]7770;1\007", 18) == 18 && pause() ? 0 : 1;
    if (argc < 6)
        return 2;
    FILE *keys = fopen(argv[4], "r");
    if (!keys)
        bench_fail(argv[4]);
    if (strcmp(argv[2], "-") != 0)
        bench_evict(argv[2]);
    const struct timespec wait = {.tv_sec = atol(argv[3]) / 1000, .tv_nsec = atol(argv[3]) % 1000 * 1000000};
    struct terminal t = {0};
    int64_t before = bench_now();
    start(&t, argv[1], argv + 5);
    int64_t painted = awaited(&t, &t.settled);
    printf("paint\t%lld\t%lld\t0\n", (long long)(painted - before), processor(t.pid));
    char line[256];
    while (fgets(line, sizeof line, keys)) {
        nanosleep(&wait, NULL);
        press(&t, line);
        fflush(stdout);
    }
    fclose(keys);
    kill(t.pid, SIGKILL); /* it keeps nothing: nothing was typed that was to be saved */
    waitpid(t.pid, NULL, 0);
    return 0;
}
