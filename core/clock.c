#include "core/clock.h"

bool clock_is_behind(int64_t now, int64_t last)
{
    return now < last && (uint64_t)last - (uint64_t)now > CLOCK_SLACK;
}

bool clock_may_follow(const struct event *e, int64_t last)
{
    if (e->kind != EVENT_CLOCK_ACCEPTED)
        return e->recorded_at >= last;
    return e->clock.behind == last && e->recorded_at < last;
}
