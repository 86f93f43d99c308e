#include "tui/signals.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/select.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t leaving;
static const char *restore_bytes, *farewell_text;
static const struct termios *terminal;
static sigset_t before;

static const int asked[] = {SIGTERM, SIGHUP, SIGINT};
static const int crashes[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
#define COUNT(a) (sizeof(a) / sizeof(*(a)))
static struct sigaction old_asked[COUNT(asked)], old_crashes[COUNT(crashes)];

static void ask_to_leave(int number)
{
    leaving = number;
}

static void say(int fd, const char *text)
{
    ssize_t n = write(fd, text, strlen(text));
    (void)n; /* there is nobody left to tell */
}

/* Only what POSIX allows in a handler: the terminal first, then the words, then the crash itself. The handler
 * was reset when it was called (SA_RESETHAND). */
static void crash(int number)
{
    say(STDOUT_FILENO, restore_bytes);
    tcsetattr(STDIN_FILENO, TCSANOW, terminal);
    say(STDERR_FILENO, farewell_text);
    say(STDERR_FILENO, "\n");
    raise(number);
}

void signals_start(const struct termios *settings, const char *restore, const char *farewell)
{
    terminal = settings;
    restore_bytes = restore;
    farewell_text = farewell;
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
    struct sigaction fatal = {.sa_handler = crash, .sa_flags = (int)(SA_RESETHAND | SA_NODEFER)};
    sigemptyset(&fatal.sa_mask);
    for (size_t i = 0; i < COUNT(crashes); i++)
        sigaction(crashes[i], &fatal, &old_crashes[i]);
}

void signals_stop(void)
{
    for (size_t i = 0; i < COUNT(crashes); i++)
        sigaction(crashes[i], &old_crashes[i], NULL);
    for (size_t i = 0; i < COUNT(asked); i++)
        sigaction(asked[i], &old_asked[i], NULL);
    sigprocmask(SIG_SETMASK, &before, NULL);
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
