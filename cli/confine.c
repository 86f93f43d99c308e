#include "cli/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum { HIGH = 10, FILES = 16 };

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0 /* with it on, memory cannot be bounded so: its shadow is larger than any bound */
#endif

/* ---- files ---- */

/* What a library might print goes nowhere. */
static bool drop_files(int fd)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    int high = fcntl(fd, F_DUPFD, HIGH);
    bool fine = null >= 0 && high >= 0;
    for (int i = 0; i < CONFINED_SOCKET && fine; i++)
        fine = (SANITIZED && i == STDERR_FILENO) || dup2(null, i) == i;
    fine = fine && dup2(high, CONFINED_SOCKET) == CONFINED_SOCKET;
    closefrom(CONFINED_SOCKET + 1);
    return fine;
}

/* ---- limits ---- */

static bool limit(int what, rlim_t most)
{
    struct rlimit r;
    if (getrlimit(what, &r) != 0)
        return false;
    r.rlim_cur = r.rlim_cur < most ? r.rlim_cur : most;
    r.rlim_max = r.rlim_max < most ? r.rlim_max : most;
    return setrlimit(what, &r) == 0;
}

/* A second more before the system ends it without a word. */
static bool limit_time(unsigned seconds)
{
    const struct rlimit r = {seconds, seconds + 1};
    struct rlimit now;
    return (getrlimit(RLIMIT_CPU, &now) == 0 && now.rlim_cur <= seconds) || setrlimit(RLIMIT_CPU, &r) == 0;
}

static bool drop_rights(const struct confine *to)
{
    static const int usual[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGXCPU, SIGXFSZ, SIGPIPE};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        signal(usual[i], SIG_DFL);
    return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           limit_time(to->seconds) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_NPROC, 0) &&
           limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, FILES) &&
           (SANITIZED || limit(RLIMIT_AS, to->memory));
}

/* ---- system calls ---- */

/* What memory, reading, the time and an end take; of what else is called the C library takes no for an
 * answer. */
static const int calls[] = {
    SCMP_SYS(read),          SCMP_SYS(readv),
    SCMP_SYS(pread64),       SCMP_SYS(recvfrom),
    SCMP_SYS(sendto),        SCMP_SYS(write),
    SCMP_SYS(writev),        SCMP_SYS(lseek),
    SCMP_SYS(_llseek),       SCMP_SYS(close),
    SCMP_SYS(fstat),         SCMP_SYS(fstat64),
    SCMP_SYS(newfstatat),    SCMP_SYS(fstatat64),
    SCMP_SYS(statx),         SCMP_SYS(access),
    SCMP_SYS(faccessat),     SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),      SCMP_SYS(readlinkat),
    SCMP_SYS(getdents64),    SCMP_SYS(brk),
    SCMP_SYS(mmap),          SCMP_SYS(mmap2),
    SCMP_SYS(munmap),        SCMP_SYS(mremap),
    SCMP_SYS(mprotect),      SCMP_SYS(madvise),
    SCMP_SYS(futex),         SCMP_SYS(futex_time64),
    SCMP_SYS(sched_yield),   SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_gettime64),
    SCMP_SYS(gettimeofday),  SCMP_SYS(time),
    SCMP_SYS(getpid),        SCMP_SYS(gettid),
    SCMP_SYS(rt_sigaction),  SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),  SCMP_SYS(restart_syscall),
    SCMP_SYS(sigaltstack),   SCMP_SYS(exit),
    SCMP_SYS(exit_group),
};

static bool allow(scmp_filter_ctx filter)
{
    const scmp_datum_t changing = O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY);
    bool fine = true;
    for (size_t i = 0; i < sizeof calls / sizeof *calls && fine; i++)
        fine = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) == 0;
    return fine &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, changing, O_RDONLY)) == 0 &&
           /* abort() */
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                            SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid())) == 0;
}

/* False when memory is out. */
static bool drop_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    bool fine = filter && allow(filter);
    if (fine)
        (void)seccomp_load(filter);
    seccomp_release(filter);
    return fine;
}

bool confine(int fd, const struct confine *to)
{
    return drop_files(fd) && drop_rights(to) && drop_calls();
}
