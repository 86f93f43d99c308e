#include "tui/errand.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST = 60000 /* ms */, SLICE = 50 };

extern char **environ;

/* ---- starting it ---- */

/* Its own signals: the screen holds some back while it works. */
static int spawn(pid_t *pid, char *const argv[], int out, int err)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    if (posix_spawn_file_actions_init(&files) != 0)
        return -1;
    int failed = posix_spawnattr_init(&attr);
    if (!failed) {
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&files, err, STDERR_FILENO);
        posix_spawnattr_setsigmask(&attr, &none);
        posix_spawnattr_setsigdefault(&attr, &all);
        posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        failed = posix_spawn(pid, argv[0], &files, &attr, argv, environ);
        posix_spawnattr_destroy(&attr);
    }
    posix_spawn_file_actions_destroy(&files);
    return failed ? -1 : 0;
}

/* ---- listening ---- */

static int64_t milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* What is more than anybody will read is read all the same, or the program would wait for ever. False at its
 * end. */
static bool listen_to(int fd, struct buf *into)
{
    char bytes[4096];
    ssize_t n = read(fd, bytes, sizeof bytes);
    if (n < 0)
        return errno == EINTR || errno == EAGAIN;
    if (into->n + (size_t)n <= ERRAND_TEXT)
        buf_add(into, bytes, (size_t)n);
    return n > 0;
}

static void hear_out(struct errand *e, int out, int err, int64_t until)
{
    struct pollfd fd[] = {{.fd = out, .events = POLLIN}, {.fd = err, .events = POLLIN}};
    struct buf *into[] = {&e->said, &e->complaint};
    while ((fd[0].fd >= 0 || fd[1].fd >= 0) && milliseconds() < until) {
        if (poll(fd, 2, SLICE) <= 0)
            continue;
        for (int i = 0; i < 2; i++)
            if (fd[i].fd >= 0 && fd[i].revents && !listen_to(fd[i].fd, into[i]))
                fd[i].fd = -1;
    }
}

static int wait_for(pid_t pid, int64_t until)
{
    int status;
    pid_t ended;
    do {
        ended = waitpid(pid, &status, WNOHANG);
        if (!ended)
            poll(NULL, 0, SLICE);
    } while (!ended && milliseconds() < until);
    if (!ended) {
        kill(pid, SIGKILL);
        waitpid(pid, &status, 0);
        return -1;
    }
    return ended > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void errand_run(struct errand *e, const struct session *s, const char *const *words)
{
    *e = (struct errand){.status = -1, .said = BUF_INIT, .complaint = BUF_INIT};
    const char *argv[ERRAND_WORDS + 6] = {s->program, "--store", s->dir, "--lang", lang_name(s->lang)};
    int out[2], err[2];
    pid_t pid;
    size_t n = 5;
    for (size_t i = 0; words[i] && i < ERRAND_WORDS; i++)
        argv[n++] = words[i];
    if (!s->program || pipe2(out, O_CLOEXEC) != 0)
        return;
    if (pipe2(err, O_CLOEXEC) == 0) {
        int failed = spawn(&pid, (char *const *)(uintptr_t)argv, out[1], err[1]);
        close(out[1]);
        close(err[1]);
        if (!failed) {
            int64_t until = milliseconds() + LONGEST;
            hear_out(e, out[0], err[0], until);
            e->status = wait_for(pid, until);
        }
        close(err[0]);
    } else {
        close(out[1]);
    }
    close(out[0]);
}

void errand_release(struct errand *e)
{
    buf_release(&e->said);
    buf_release(&e->complaint);
}

/* ---- telling ---- */

/* One line of it all: the last rows have no room for more. */
static struct str one_line(struct buf *text)
{
    while (text->n && (text->p[text->n - 1] == '\n' || text->p[text->n - 1] == ' '))
        text->n--;
    for (size_t i = 0; i < text->n; i++)
        if (text->p[i] == '\n')
            text->p[i] = ' ';
    return buf_str(text);
}

void errand_words(struct errand *e, const struct session *s, struct buf *out)
{
    struct str said = one_line(e->status ? &e->complaint : &e->said), name = STR("motcua: ");
    if (e->status && str_starts(said, name))
        said = str_from(said, name.n);
    buf_reset(out);
    buf_add_str(out, e->status && !said.n ? session_text(s, T_tui_errand_failed) : said);
}

void errand_tell(struct session *s, struct errand *e)
{
    struct buf words = BUF_INIT;
    errand_words(e, s, &words);
    session_say(s, e->status ? TONE_REFUSED : TONE_GOOD, buf_str(&words));
    buf_release(&words);
}

bool errand_say(struct session *s, const char *const *words)
{
    struct errand e;
    errand_run(&e, s, words);
    errand_tell(s, &e);
    bool done = e.status == 0;
    errand_release(&e);
    return done;
}
