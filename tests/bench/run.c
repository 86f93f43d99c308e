/* run: runs programs and measures them, one a line, so that the driver can put A and B in turns.
 *
 * Standard input, a run a line, fields between tabs:
 *
 *     OUTPUT  EVICT  SAMPLE  PROGRAM  ARGUMENT ...
 *
 * OUTPUT is where standard output goes (/dev/null); EVICT a file to be taken out of the page cache first, or
 * "-"; SAMPLE 1 to look at the program's memory every millisecond, which disturbs it a little. Answers a
 * line:
 *
 *     WALL CPU ANON STATUS
 *
 * nanoseconds from before the process is made to after it is gone; nanoseconds of processor, its children's
 * too; the most anonymous memory seen, KiB (RssAnon of /proc/PID/status: what the program allocated, not the
 * pages of files it maps, which the system takes back when it likes), 0 without SAMPLE; the exit status. */
#include "tests/bench/evict.h"
#include <spawn.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

extern char **environ;

enum { ARGUMENTS = 64, LINE = 65536 };

static char *take(char **rest)
{
    char *field = strsep(rest, "\t");
    if (!field) {
        fprintf(stderr, "run: a line lacks fields\n");
        exit(2);
    }
    return field;
}

/* "PID (name) ..." has no anonymous memory in it; status has, in KiB. Reading stops at the line. */
static long anonymous(pid_t pid)
{
    char path[64], text[4096];
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    int fd = open(path, O_RDONLY);
    if (fd < 0)
        return 0;
    ssize_t n = read(fd, text, sizeof text - 1);
    close(fd);
    text[n > 0 ? n : 0] = '\0';
    const char *at = strstr(text, "RssAnon:");
    return at ? strtol(at + strlen("RssAnon:"), NULL, 10) : 0;
}

static int64_t cpu_of(const struct rusage *r)
{
    return ((int64_t)r->ru_utime.tv_sec + r->ru_stime.tv_sec) * 1000000000 +
           ((int64_t)r->ru_utime.tv_usec + r->ru_stime.tv_usec) * 1000;
}

static long watch(pid_t pid)
{
    const struct timespec pause = {.tv_nsec = 1000000};
    siginfo_t gone = {0};
    long most = 0;
    while (waitid(P_PID, (id_t)pid, &gone, WEXITED | WNOHANG | WNOWAIT) == 0 && gone.si_pid == 0) {
        long now = anonymous(pid);
        if (now > most)
            most = now;
        nanosleep(&pause, NULL);
    }
    return most;
}

static void one(char *line)
{
    char *argument[ARGUMENTS + 1] = {0};
    const char *output = take(&line), *evict = take(&line), *sample = take(&line);
    for (size_t n = 0; n < ARGUMENTS && line; n++)
        argument[n] = take(&line);
    if (strcmp(evict, "-") != 0)
        bench_evict(evict);

    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    pid_t pid;
    int64_t before = bench_now();
    if (posix_spawnp(&pid, argument[0], &files, NULL, argument, environ) != 0)
        bench_fail(argument[0]);
    long most = *sample == '1' ? watch(pid) : 0;
    int status;
    struct rusage used;
    if (wait4(pid, &status, 0, &used) != pid)
        bench_fail("wait4");
    int64_t wall = bench_now() - before;
    posix_spawn_file_actions_destroy(&files);
    printf("%lld %lld %ld %d\n", (long long)wall, (long long)cpu_of(&used), most,
           WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    fflush(stdout);
}

int main(void)
{
    static char line[LINE];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        one(line);
    }
    return 0;
}
