#include "tui/pace.h"

#include "tui/slice.h"
#include <time.h>

#define MS INT64_C(1000000)
#define CHEAP (3 * MS)               /* what takes no longer is done at once */
#define SHARE 8                      /* reading takes at most one part in so many, and one */
#define PAUSE (60 * MS)              /* without a key: then nobody is typing */
#define LONGEST (INT64_C(1000) * MS) /* put off no longer than this for somebody who types on and on */

static int64_t worked(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000 * MS + t.tv_nsec;
}

void pace_begin(struct pace *p)
{
    p->begun = worked();
}

void pace_end(struct pace *p)
{
    p->cost = worked() - p->begun;
    p->readable = slice_clock() + p->cost * SHARE;
}

bool pace_asks(struct pace *p, bool written, bool typing)
{
    int64_t now = slice_clock();
    if (!written && !p->put_off)
        return false;
    if (!p->put_off)
        p->since = now;
    p->put_off = true;
    if (p->cost > CHEAP) {
        if (typing && now - p->since < LONGEST && p->readable < now + PAUSE)
            p->readable = now + PAUSE;
        if (now < p->readable)
            return false;
    }
    p->put_off = false;
    return true;
}

int pace_wait(const struct pace *p, int milliseconds)
{
    int64_t left = p->readable - slice_clock();
    if (!p->put_off || left > milliseconds * MS)
        return milliseconds;
    return left > 0 ? (int)(left / MS) + 1 : 0;
}
