#include "tui/slice.h"

#include <poll.h>
#include <time.h>
#include <unistd.h>

enum { LOOK = 500 * 1000 }; /* ns between two looks at the keyboard */

int64_t slice_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void slice_begin(struct slice *s, int milliseconds, bool keys)
{
    int64_t now = slice_clock();
    *s = (struct slice){now + (int64_t)milliseconds * 1000000, now + LOOK, keys};
}

bool slice_goes_on(struct slice *s)
{
    int64_t now = slice_clock();
    if (now >= s->end)
        return false;
    if (!s->keys || now < s->look)
        return true;
    s->look = now + LOOK;
    struct pollfd keyboard = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&keyboard, 1, 0) == 0;
}
