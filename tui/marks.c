#include "tui/marks.h"

#include <stdlib.h>
#include <string.h>

void marks_release(struct marks *m)
{
    free(m->id);
    *m = MARKS_INIT;
}

void marks_clear(struct marks *m)
{
    m->count = 0;
}

/* Where it is, or would be. */
static size_t place(const struct marks *m, uint64_t id)
{
    size_t from = 0, to = m->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (m->id[middle] < id)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

bool marks_has(const struct marks *m, uint64_t id)
{
    size_t at = place(m, id);
    return at < m->count && m->id[at] == id;
}

bool marks_add(struct marks *m, uint64_t id)
{
    if (marks_has(m, id))
        return true;
    if (m->count >= MARKS_MOST)
        return false;
    if (m->count == m->cap) {
        size_t cap = m->cap ? 2 * m->cap : 32;
        uint64_t *more = reallocarray(m->id, cap, sizeof *more);
        if (!more)
            return false;
        m->id = more;
        m->cap = cap;
    }
    size_t at = place(m, id);
    memmove(m->id + at + 1, m->id + at, (m->count - at) * sizeof *m->id);
    m->id[at] = id;
    m->count++;
    return true;
}

void marks_remove(struct marks *m, uint64_t id)
{
    if (!marks_has(m, id))
        return;
    size_t at = place(m, id);
    m->count--;
    memmove(m->id + at, m->id + at + 1, (m->count - at) * sizeof *m->id);
}

bool marks_toggle(struct marks *m, uint64_t id)
{
    if (!marks_has(m, id))
        return marks_add(m, id);
    marks_remove(m, id);
    return true;
}

void marks_keep(struct marks *m, bool (*stays)(void *arg, uint64_t id), void *arg)
{
    size_t kept = 0;
    for (size_t i = 0; i < m->count; i++)
        if (stays(arg, m->id[i]))
            m->id[kept++] = m->id[i];
    m->count = kept;
}
