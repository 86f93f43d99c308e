/* held: preloaded, tells how long LMDB's write lock was held, seen from outside.
 *
 * The lock is a mutex that processes share; between a pthread_mutex_lock() of it that succeeds and the unlock
 * a transaction writes and waits for the disk. Those below 50 microseconds are LMDB's other lock, of readers.
 * At the end writes a line "NANOSECONDS" for each of the others into the file $HELD_TIMES. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOST = 1 << 20, SHARED = 128, SHORT = 50000 };

static uint32_t held[MOST];
static size_t count;
static pthread_mutex_t *whose;
static int64_t since;

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int pthread_mutex_lock(pthread_mutex_t *m)
{
    static int (*next)(pthread_mutex_t *);
    if (!next)
        next = (int (*)(pthread_mutex_t *))dlsym(RTLD_NEXT, "pthread_mutex_lock");
    int rc = next(m);
    if (rc == 0 && (m->__data.__kind & SHARED)) {
        whose = m;
        since = now();
    }
    return rc;
}

int pthread_mutex_unlock(pthread_mutex_t *m)
{
    static int (*next)(pthread_mutex_t *);
    if (!next)
        next = (int (*)(pthread_mutex_t *))dlsym(RTLD_NEXT, "pthread_mutex_unlock");
    if (m == whose) {
        int64_t took = now() - since;
        whose = NULL;
        if (took >= SHORT && count < MOST)
            held[count++] = took > UINT32_MAX ? UINT32_MAX : (uint32_t)took;
    }
    return next(m);
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("HELD_TIMES");
    FILE *f = path && count ? fopen(path, "w") : NULL;
    if (!f)
        return;
    for (size_t i = 0; i < count; i++)
        fprintf(f, "%u\n", held[i]);
    fclose(f);
}
