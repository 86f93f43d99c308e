#include "tui/signals.h"

#include "store/crash.h"
#include <errno.h>
#include <signal.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t leaving;
static sigset_t before;

static const int asked[] = {SIGTERM, SIGHUP, SIGINT};
#define COUNT(a) (sizeof(a) / sizeof(*(a)))
static struct sigaction old_asked[COUNT(asked)];

static void ask_to_leave(int number)
{
    leaving = number;
}

void signals_start(const struct termios *settings, const char *restore)
{
    crash_terminal(restore, settings);
    leaving = 0;
    sigset_t held;
    sigemptyset(&held);
    struct sigaction leave = {.sa_handler = ask_to_leave};
    sigemptyset(&leave.sa_mask);
    for (size_t i = 0; i < COUNT(asked); i++) {
        sigaction(asked[i], &leave, &old_asked[i]);
        sigaddset(&held, asked[i]);
    }
    sigaddset(&held, SIGTSTP);
    sigaddset(&held, SIGWINCH);
    sigprocmask(SIG_BLOCK, &held, &before);
}

void signals_stop(void)
{
    for (size_t i = 0; i < COUNT(asked); i++)
        sigaction(asked[i], &old_asked[i], NULL);
    sigprocmask(SIG_SETMASK, &before, NULL);
    crash_terminal(NULL, NULL);
}

enum waited signals_wait(int fd, int milliseconds)
{
    fd_set readable;
    FD_ZERO(&readable);
    FD_SET(fd, &readable);
    struct timespec limit = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
    sigset_t open = before;
    for (size_t i = 0; i < COUNT(asked); i++)
        sigdelset(&open, asked[i]);
    sigdelset(&open, SIGWINCH);
    int n = pselect(fd + 1, &readable, NULL, NULL, &limit, &open);
    if (n < 0)
        return errno == EINTR ? WAITED_INTERRUPTED : WAITED_GONE;
    return n ? WAITED_READY : WAITED_TIME_UP;
}

int signals_leaving(void)
{
    return leaving;
}

void signals_follow(int signal_number)
{
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}
