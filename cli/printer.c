#include "cli/printer.h"

#include "core/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* What it says of its queue is nobody's business here; what it complains of is heard. */
static int spawn(pid_t *pid, char *const *argv)
{
    posix_spawn_file_actions_t quiet;
    int error = posix_spawn_file_actions_init(&quiet);
    if (error)
        return error;
    error = posix_spawn_file_actions_addopen(&quiet, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!error)
        error = posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (!error)
        error = posix_spawnp(pid, argv[0], &quiet, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&quiet);
    return error;
}

/* Its exit status, as a shell would say it. */
static int await(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return 127;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static struct outcome about(enum outcome_kind kind, struct str file)
{
    struct outcome o = outcome_of(kind);
    outcome_text(&o, file);
    return o;
}

struct outcome printer_send(struct str file, struct str printer)
{
    struct buf path = BUF_INIT, name = BUF_INIT;
    buf_add_str(&path, file);
    buf_add_str(&name, printer);
    char lp[] = "lp", d[] = "-d", end[] = "--";
    char *named[] = {lp, d, name.p, end, path.p, NULL}, *usual[] = {lp, end, path.p, NULL};
    pid_t pid;
    struct outcome o = OUTCOME_DONE;
    int error = path.failed || name.failed ? ENOMEM : spawn(&pid, printer.n ? named : usual);
    int status = error ? 0 : await(pid);
    /* Where the child cannot run it, glibc says so here; other libraries end the child with 127. */
    if (error == ENOENT || status == 127) {
        o = about(KIND_no_lp, file);
    } else if (error || status) {
        o = about(KIND_not_printed, file);
        outcome_number(&o, error ? 126 : status);
    }
    buf_release(&path);
    buf_release(&name);
    return o;
}
