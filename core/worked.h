/* worked: working minutes between two moments, for reports that ask it of every dossier: one look into a
 * table for each moment. Says what calendar_minutes_between() says. */
#ifndef MOTCUA_CORE_WORKED_H
#define MOTCUA_CORE_WORKED_H

#include "core/arena.h"
#include "core/calendar.h"

#define WORKED_DAYS 512                /* worked out at once */
#define WORKED_SPANS 80                /* from 1990 on, all that a calendar covers */
#define WORKED_HOURS 8                 /* kinds of opening hours kept at hand, a day off one of them */
#define WORKED_FIRST ((civil_day)7305) /* 1990-01-01 */

/* Working minutes of a day before each of its minutes. */
struct worked_hours {
    const struct office_hours *of; /* NULL: a day off */
    uint16_t before[MINUTES_PER_DAY];
};

/* Of each day the working minutes from the base to it (below 0: from it to the base), and its hours. */
struct worked_span {
    int32_t before[WORKED_DAYS];
    const uint16_t *hours[WORKED_DAYS];
};

/* Its tables live in the arena; the calendar must outlive it. All zero but for these two: nothing yet. */
struct worked {
    const struct calendar *calendar;
    struct arena *text;
    struct worked_span *span[WORKED_SPANS];
    struct worked_hours *hours[WORKED_HOURS];
    civil_minute base; /* from which minutes are counted: where the first span begins that was asked for */
    bool has_base;
};

/* The days around `day`, from the first of 1990 on; NULL when there are too many kinds of hours, or no
 * memory.
 */
const struct worked_span *worked_make(struct worked *w, uint32_t day);

/* Working minutes from the base to `t`; false where the tables do not tell. */
static inline bool worked_to(struct worked *w, civil_minute t, int32_t *out)
{
    uint64_t since = (uint64_t)(t - (civil_minute)WORKED_FIRST * MINUTES_PER_DAY);
    if (since >= (uint64_t)WORKED_SPANS * WORKED_DAYS * MINUTES_PER_DAY)
        return false;
    uint32_t day = (uint32_t)since / MINUTES_PER_DAY, minute = (uint32_t)since % MINUTES_PER_DAY;
    const struct worked_span *s = w->span[day / WORKED_DAYS];
    if (!s && !(s = worked_make(w, day)))
        return false;
    *out = s->before[day % WORKED_DAYS] + s->hours[day % WORKED_DAYS][minute];
    return true;
}

/* Working minutes in [from, to), neither NO_TIME; 0 when to <= from. */
static inline int64_t worked_between(struct worked *w, civil_minute from, civil_minute to)
{
    int32_t before, upto;
    if (to <= from)
        return 0;
    if (!worked_to(w, from, &before) || !worked_to(w, to, &upto))
        return calendar_minutes_between(w->calendar, from, to);
    return upto - before;
}

#endif
