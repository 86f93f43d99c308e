#include "core/worked.h"

/* NULL when there are too many kinds, or no memory. */
static const struct worked_hours *hours_of(struct worked *w, civil_day day)
{
    bool works = calendar_is_working(w->calendar, day);
    const struct office_hours *of = works ? calendar_hours(w->calendar, day) : NULL;
    size_t i = 0;
    while (i < WORKED_HOURS && w->hours[i] && w->hours[i]->of != of)
        i++;
    if (i == WORKED_HOURS || w->hours[i])
        return i == WORKED_HOURS ? NULL : w->hours[i];
    struct worked_hours *h = w->hours[i] = arena_alloc(w->text, sizeof *h);
    if (!h)
        return NULL;
    h->of = of;
    for (int minute = 0; of && minute < MINUTES_PER_DAY; minute++)
        h->before[minute] = (uint16_t)hours_before(of, minute);
    return h;
}

const struct worked_span *worked_make(struct worked *w, uint32_t day)
{
    size_t number = day / WORKED_DAYS;
    civil_day first = WORKED_FIRST + (civil_day)number * WORKED_DAYS;
    civil_minute begins = civil_at(first, 0);
    struct worked_span *s = arena_alloc(w->text, sizeof *s);
    if (!s)
        return NULL;
    if (!w->has_base)
        w->base = begins;
    w->has_base = true;
    /* All the minutes of all years fit 32 bits. */
    int32_t before = (int32_t)(calendar_minutes_between(w->calendar, w->base, begins) -
                               calendar_minutes_between(w->calendar, begins, w->base));
    for (int i = 0; i < WORKED_DAYS; i++) {
        const struct worked_hours *h = hours_of(w, first + i);
        if (!h)
            return NULL;
        s->before[i] = before;
        s->hours[i] = h->before;
        before += calendar_minutes_of(w->calendar, first + i);
    }
    return w->span[number] = s;
}
