/* A clock for tests, preloaded into the program: it starts at CLOCK_STARTS, seconds since 1970, and runs on
 * from there.
 *
 * Children keep the clock of their parent through CLOCK_AHEAD, what stands between it and the machine's.
 * Nothing is left on the machine, so a process that is killed harms no later one: libfaketime names a shared
 * memory by process number, and fails when that number comes again. Only the time of day is moved; what
 * measures spans (CLOCK_MONOTONIC, a terminal's timeouts) stays true, unless CLOCK_HURRIES says how many
 * times as fast it runs: then what is done in slices of some milliseconds is done step by step. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static time_t ahead;
static long hurries = 1;
static struct timespec began;

static struct timespec machine(clockid_t id)
{
    struct timespec ts = {0};
    syscall(SYS_clock_gettime, id, &ts);
    return ts;
}

__attribute__((constructor)) static void set(void)
{
    const char *starts = getenv("CLOCK_STARTS"), *inherited = getenv("CLOCK_AHEAD");
    char text[32];
    struct timespec now = machine(CLOCK_REALTIME);
    const char *hurry = getenv("CLOCK_HURRIES");
    hurries = hurry ? strtol(hurry, NULL, 10) : 1;
    began = machine(CLOCK_MONOTONIC);
    if (inherited) {
        ahead = (time_t)strtoll(inherited, NULL, 10);
    } else if (starts) {
        ahead = (time_t)strtoll(starts, NULL, 10) - now.tv_sec;
        snprintf(text, sizeof text, "%lld", (long long)ahead);
        setenv("CLOCK_AHEAD", text, 1);
    }
}

static void hurry(struct timespec *ts)
{
    long long span = (ts->tv_sec - began.tv_sec) * 1000000000LL + (ts->tv_nsec - began.tv_nsec);
    span = span * hurries + began.tv_nsec;
    *ts = (struct timespec){began.tv_sec + span / 1000000000LL, span % 1000000000LL};
}

int clock_gettime(clockid_t id, struct timespec *ts)
{
    if (syscall(SYS_clock_gettime, id, ts) != 0)
        return -1;
    if (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)
        ts->tv_sec += ahead;
    else if (id == CLOCK_MONOTONIC && hurries > 1)
        hurry(ts);
    return 0;
}

time_t time(time_t *out)
{
    time_t now = machine(CLOCK_REALTIME).tv_sec + ahead;
    if (out)
        *out = now;
    return now;
}

int gettimeofday(struct timeval *restrict tv, void *restrict zone)
{
    struct timespec ts = machine(CLOCK_REALTIME);
    (void)zone;
    *tv = (struct timeval){ts.tv_sec + ahead, ts.tv_nsec / 1000};
    return 0;
}
