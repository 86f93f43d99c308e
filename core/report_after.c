/* What was recorded after the period a report is about, and can change its figures. */
#include "core/report_maker.h"

#include <stdlib.h>

enum {
    IS_RECEIVED = 1, /* by the period's end */
    IS_HANDLED = 2,  /* and not solved before the period */
    IS_SOLVED = 4,   /* by its end */
    IS_RETURNED = 8, /* in it */
    IS_VOID = 16,
    IS_NEW = 32, /* recorded after the end altogether */
};

/* ---- dossiers ---- */

static bool make_room(struct report_maker *m, uint64_t id)
{
    struct after *a = &m->after;
    if (id < a->dossiers)
        return true;
    size_t room = id < 512 ? 1024 : (size_t)id * 2;
    unsigned char *grown = realloc(a->dossier, room);
    if (!grown) {
        m->failed = true;
        return false;
    }
    memset(grown + a->dossiers, 0, room - a->dossiers);
    a->dossier = grown;
    a->dossiers = room;
    return true;
}

static unsigned flags_of(const struct after *a, uint64_t dossier)
{
    return dossier < a->dossiers ? a->dossier[dossier] : 0;
}

bool after_is_void(const struct after *a, uint64_t dossier)
{
    return flags_of(a, dossier) & IS_VOID;
}

void after_look(struct report_maker *m, const struct facts *f)
{
    struct period p = m->request.period;
    bool is_void = f->state == STATE_VOID;
    civil_minute solved = is_void ? f->resolved : report_solved(f);
    unsigned flags = is_void ? IS_VOID : 0;
    if (f->received != NO_TIME && civil_day_of(f->received) <= p.to) {
        flags |= IS_RECEIVED;
        if (solved == NO_TIME || civil_day_of(solved) >= p.from)
            flags |= IS_HANDLED;
    }
    if (solved != NO_TIME && civil_day_of(solved) <= p.to)
        flags |= IS_SOLVED;
    if (f->returned != NO_TIME && period_has(p, civil_day_of(f->returned)))
        flags |= IS_RETURNED;
    if (make_room(m, f->id))
        m->after.dossier[f->id] |= (unsigned char)flags;
}

/* ---- entries ---- */

static void keep(struct report_maker *m, struct after_entry entry)
{
    struct after *a = &m->after;
    if (a->count == a->cap) {
        size_t cap = a->cap ? a->cap * 2 : 64;
        struct after_entry *grown = realloc(a->entry, cap * sizeof *grown);
        if (!grown) {
            m->failed = true;
            return;
        }
        a->entry = grown;
        a->cap = cap;
    }
    a->entry[a->count++] = entry;
}

/* What is taken back is most often among the last. */
static void forget(struct after *a, uint64_t seq)
{
    for (size_t i = a->count; i && a->entry[i - 1].seq >= seq; i--)
        if (a->entry[i - 1].seq == seq) {
            memmove(a->entry + i - 1, a->entry + i, (a->count - i) * sizeof *a->entry);
            a->count--;
            return;
        }
}

/* Could it change figures of a period that had ended? */
static bool may_change(const struct report_maker *m, const struct backdated *b)
{
    switch (b->kind) {
    case EVENT_CORRECTED:
    case EVENT_REIMPORTED:
    case EVENT_VOIDED: return true;
    case EVENT_APOLOGIZED: return b->after_result || civil_day_of(b->at) <= m->request.period.to;
    case EVENT_LATE_REASON: return m->ops->reasons || civil_day_of(b->at) <= m->request.period.to;
    default: return civil_day_of(b->at) <= m->request.period.to;
    }
}

void after_begin(struct after *a, uint64_t first)
{
    if (!a->first)
        a->first = first;
}

void after_take(struct report_maker *m, const struct backdated *b)
{
    struct after *a = &m->after;
    struct period p = m->request.period;
    struct after_entry entry = {.seq = b->seq,
                                .dossier = b->dossier,
                                .kind = b->kind,
                                .within = period_has(p, civil_day_of(b->at)),
                                .was_within = b->was_received != NO_DAY && b->was_received <= p.to};
    if (b->kind == EVENT_UNDONE && b->undone >= a->first) {
        forget(a, b->undone);
    } else if (b->kind == EVENT_UNDONE) {
        entry.kind = b->undone_kind;
        entry.takes_back = true;
        keep(m, entry);
    } else if (may_change(m, b)) {
        keep(m, entry);
    }
}

void after_event(struct report_maker *m, const struct event *e, int64_t written)
{
    int offset = office_identity(m->request.office)->utc_offset;
    struct backdated b;
    if (written < civil_to_utc(civil_at(m->request.period.to + 1, 0), offset))
        return;
    after_begin(&m->after, e->seq);
    if (backdated_of(e, offset, &b))
        after_take(m, &b);
}

/* ---- which dossiers ---- */

void after_want(struct report_maker *m, uint64_t dossier)
{
    struct after *a = &m->after;
    if (a->wanted_count == a->wanted_cap) {
        size_t cap = a->wanted_cap ? a->wanted_cap * 2 : 64;
        uint64_t *grown = realloc(a->wanted, cap * sizeof *grown);
        if (!grown) {
            m->failed = true;
            return;
        }
        a->wanted = grown;
        a->wanted_cap = cap;
    }
    a->wanted[a->wanted_count++] = dossier;
}

static int by_id(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

const uint64_t *after_dossiers(struct report_maker *m, size_t *count)
{
    struct after *a = &m->after;
    size_t kept = 0;
    for (size_t i = 0; i < a->count; i++)
        after_want(m, a->entry[i].dossier);
    uint64_t *id = a->wanted;
    if (a->wanted_count)
        qsort(id, a->wanted_count, sizeof *id, by_id);
    for (size_t i = 0; i < a->wanted_count; i++)
        if (!kept || id[kept - 1] != id[i])
            id[kept++] = id[i];
    a->wanted_count = *count = kept;
    a->chosen = true;
    return id;
}

/* ---- counting ---- */

/* Something that happened before the period: what was counted as pending in it is not any more, or has
 * another due time. */
static bool changes_from_before(const struct after_entry *e, unsigned flags)
{
    switch (e->kind) {
    case EVENT_RESOLVED:
    case EVENT_REFUSED:
    case EVENT_WITHDRAWN:
    case EVENT_STOPPED: return flags & IS_HANDLED || (flags & IS_RECEIVED && !(flags & IS_NEW));
    case EVENT_RATED:
    case EVENT_FEE:
    case EVENT_RETURNED: return false;
    default: return flags & IS_HANDLED;
    }
}

static bool counts(const struct report_maker *m, const struct after_entry *e)
{
    unsigned flags = flags_of(&m->after, e->dossier);
    if (flags & IS_VOID)
        return e->kind == EVENT_VOIDED && !(flags & IS_NEW) && flags & IS_HANDLED;
    if (e->takes_back)
        return flags & IS_HANDLED;
    switch (e->kind) {
    case EVENT_IMPORTED:
    case EVENT_REIMPORTED: return flags & (IS_HANDLED | IS_RETURNED);
    case EVENT_CORRECTED: return flags & IS_HANDLED || (e->was_within && !(flags & IS_RECEIVED));
    case EVENT_LATE_REASON: return m->ops->reasons && flags & IS_HANDLED;
    case EVENT_APOLOGIZED: return flags & IS_HANDLED && (e->within || flags & IS_SOLVED);
    default: return e->within || changes_from_before(e, flags);
    }
}

void after_count(struct report_maker *m, struct report *out)
{
    struct after *a = &m->after;
    for (size_t i = 0; i < a->count; i++)
        if (event_begins(a->entry[i].kind) && !a->entry[i].takes_back && a->entry[i].dossier < a->dossiers)
            a->dossier[a->entry[i].dossier] |= IS_NEW;
    for (size_t i = 0; i < a->count; i++)
        if (counts(m, &a->entry[i])) {
            out->entries_late++;
            out->entries_imported += event_is_import(a->entry[i].kind) && !a->entry[i].takes_back;
        }
}

void after_release(struct after *a)
{
    free(a->entry);
    free(a->wanted);
    free(a->dossier);
    *a = (struct after){0};
}
