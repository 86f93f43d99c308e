#include "cli/apart.h"

#include "cli/confine.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PIECE = 1 << 16 };

static struct outcome stopped(const char *path)
{
    struct outcome o = outcome_of(KIND_reader_stopped);
    outcome_text(&o, str_of(path));
    return o;
}

/* ---- waiting ---- */

/* How long the one beside it waits; nobody waits for ever but the process apart, for its question. */
struct patience {
    int64_t end;
    bool over;
};

static int64_t milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* False where the patience is over. */
static bool wait_until(int fd, struct patience *p)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    int n = -1;
    errno = EINTR;
    while (p && n < 0 && errno == EINTR) {
        int64_t left = p->end - milliseconds();
        n = poll(&ready, 1, left > 0 ? (int)left : 0);
        p->over = n == 0;
    }
    return !p || n > 0;
}

/* ---- in the process apart ---- */

static bool send_all(int fd, struct str bytes)
{
    while (bytes.n) {
        ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (n < 0 && errno != EINTR)
            return false;
        bytes = str_from(bytes, n > 0 ? (size_t)n : 0);
    }
    return true;
}

/* False beyond `most` bytes, where reading failed, and where the patience (NULL: none is needed) is over. */
static bool receive_all(int fd, size_t most, struct buf *out, struct patience *p)
{
    for (;;) {
        if (out->n > most || !buf_reserve(out, PIECE) || !wait_until(fd, p))
            return false;
        ssize_t n = recv(fd, out->p + out->n, PIECE, 0);
        if (n == 0)
            return true;
        if (n < 0 && errno != EINTR)
            return false;
        out->n += n > 0 ? (size_t)n : 0;
    }
}

_Noreturn static void work_apart(int fd, apart_work *work, struct str bytes)
{
    struct buf question = BUF_INIT, answer = BUF_INIT;
    bool fine = confine(fd, &(struct confine){APART_SECONDS, APART_MEMORY}) &&
                receive_all(CONFINED_SOCKET, APART_QUESTION, &question, NULL) && question.n &&
                work(bytes, buf_str(&question), &answer) && !answer.failed &&
                send_all(CONFINED_SOCKET, buf_str(&answer));
    _exit(fine ? 0 : 1);
}

/* ---- beside it ---- */

struct outcome apart_begin(struct apart *a, apart_work *work, struct str bytes, const char *path)
{
    int ends[2];
    *a = APART_NONE;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return stopped(path);
    pid_t pid = fork();
    if (pid == 0)
        work_apart(ends[1], work, bytes);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return stopped(path);
    }
    *a = (struct apart){pid, ends[0]};
    return OUTCOME_DONE;
}

/* Its status. Having nothing more to say it may still not end. */
static int wait_for(struct apart *a, struct patience *p)
{
    int status = 0, end = pidfd_open(a->pid, 0);
    if (p->over || (end >= 0 && !wait_until(end, p)))
        kill(a->pid, SIGKILL);
    if (end >= 0)
        close(end);
    while (waitpid(a->pid, &status, 0) < 0 && errno == EINTR)
        ;
    close(a->fd);
    *a = APART_NONE;
    return status;
}

static struct outcome fallen(const char *path, enum text_id what)
{
    struct outcome o = outcome_of(KIND_bad_reader);
    outcome_text(&o, str_of(path));
    outcome_label(&o, what);
    return o;
}

/* What ended it: its own fault, a limit of time, or somebody else. */
static struct outcome ended(int status, bool late, const char *path)
{
    int by = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (late)
        return fallen(path, T_ical_reader_slow);
    if (by == SIGKILL || by == SIGTERM || by == SIGINT || by == SIGHUP || by == SIGQUIT)
        return stopped(path);
    return fallen(path, by == SIGXCPU ? T_ical_reader_slow : T_ical_reader_fell);
}

struct outcome apart_ask(struct apart *a, struct str question, const char *path, struct buf *answer)
{
    struct patience p = {.end = milliseconds() + (int64_t)APART_PATIENCE * 1000};
    bool fine = send_all(a->fd, question) && shutdown(a->fd, SHUT_WR) == 0 &&
                receive_all(a->fd, APART_ANSWER, answer, &p);
    if (answer->failed || answer->n > APART_ANSWER) {
        apart_end(a); /* it would wait for us for ever */
        return answer->failed ? outcome_of(KIND_out_of_memory) : fallen(path, T_ical_reader_fell);
    }
    int status = wait_for(a, &p);
    fine = fine && !p.over && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return fine ? OUTCOME_DONE : ended(status, p.over, path);
}

void apart_end(struct apart *a)
{
    if (a->fd < 0)
        return;
    (void)wait_for(a, &(struct patience){.over = true});
}
