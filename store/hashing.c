#include "store/hashing.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

/* Entries handed over at once, and how many such blocks may wait. */
enum { BLOCK = 512, BLOCKS = 8 };

struct hashing {
    struct entry entry[BLOCKS][BLOCK];
    size_t filled[BLOCKS];
    size_t count; /* entries in the block being filled */
    unsigned char before[STORE_HASH];
    pthread_t thread;
    bool threaded;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* under the lock */
    uint64_t given, done; /* blocks */
    bool last, wrong;
};

/* What an entry is bound to is the hash that the one before it says it has: whether that is right is asked of
 * that one. */
static bool hash_block(struct hashing *h, size_t block)
{
    bool right = true;
    unsigned char before[STORE_HASH], hash[STORE_HASH];
    memcpy(before, h->before, STORE_HASH);
    for (size_t i = 0; i < h->filled[block] && right; i++) {
        const struct entry *e = &h->entry[block][i];
        journal_hash(hash, before, e->seq, e->body);
        right = memcmp(hash, e->hash, STORE_HASH) == 0;
        memcpy(before, e->hash, STORE_HASH);
    }
    memcpy(h->before, before, STORE_HASH);
    return right;
}

static void *work(void *arg)
{
    struct hashing *h = arg;
    pthread_mutex_lock(&h->lock);
    for (;;) {
        while (h->given == h->done && !h->last)
            pthread_cond_wait(&h->changed, &h->lock);
        if (h->given == h->done)
            break;
        size_t block = (size_t)(h->done % BLOCKS);
        bool skip = h->wrong;
        pthread_mutex_unlock(&h->lock);
        bool right = skip || hash_block(h, block);
        pthread_mutex_lock(&h->lock);
        h->wrong = h->wrong || !right;
        h->done++;
        pthread_cond_signal(&h->changed);
    }
    pthread_mutex_unlock(&h->lock);
    return NULL;
}

/* Signals are for the thread that was there before; but for those that a damaged page would raise in this
 * one. */
static bool begin_thread(struct hashing *h)
{
    static const int own[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
    sigset_t others, before;
    sigfillset(&others);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        sigdelset(&others, own[i]);
    if (pthread_sigmask(SIG_SETMASK, &others, &before) != 0)
        return false;
    bool begun = pthread_create(&h->thread, NULL, work, h) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return begun;
}

struct hashing *hashing_new(void)
{
    struct hashing *h = calloc(1, sizeof *h);
    if (!h)
        return NULL;
    pthread_mutex_init(&h->lock, NULL);
    pthread_cond_init(&h->changed, NULL);
    h->threaded = begin_thread(h);
    return h;
}

/* Hands the block over, and waits until there is room for the next one. */
static bool give(struct hashing *h)
{
    pthread_mutex_lock(&h->lock);
    size_t block = (size_t)(h->given % BLOCKS);
    h->filled[block] = h->count;
    h->count = 0;
    h->given++;
    if (!h->threaded) {
        h->wrong = h->wrong || !hash_block(h, block);
        h->done++;
    }
    pthread_cond_signal(&h->changed);
    while (h->given - h->done == BLOCKS)
        pthread_cond_wait(&h->changed, &h->lock);
    bool right = !h->wrong;
    pthread_mutex_unlock(&h->lock);
    return right;
}

bool hashing_add(struct hashing *h, const struct entry *e)
{
    /* Only this thread changes `given`. */
    h->entry[h->given % BLOCKS][h->count++] = *e;
    return h->count < BLOCK || give(h);
}

bool hashing_end(struct hashing *h)
{
    if (h->count)
        give(h);
    pthread_mutex_lock(&h->lock);
    h->last = true;
    pthread_cond_signal(&h->changed);
    pthread_mutex_unlock(&h->lock);
    if (h->threaded)
        pthread_join(h->thread, NULL);
    bool right = !h->wrong;
    pthread_cond_destroy(&h->changed);
    pthread_mutex_destroy(&h->lock);
    free(h);
    return right;
}
