/* timing: what every program of the bench needs: a clock that only goes forward, and a complaint. */
#ifndef MOTCUA_TESTS_BENCH_TIMING_H
#define MOTCUA_TESTS_BENCH_TIMING_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Nanoseconds since some moment. */
static inline int64_t bench_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Says what failed and leaves: the driver reports it and goes on with the next row. */
_Noreturn static inline void bench_fail(const char *what)
{
    perror(what);
    exit(1);
}

#endif
