/* What was recorded after the period a report is about, and can change its figures. */
#include "core/report_maker.h"

#include "core/correction.h"
#include "core/wire.h"
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

/* Is it of what is counted: not who the applicant is, nor how to reach them? */
static bool is_counted(enum correction_field field)
{
    return correction_moves_due(field) || field == CORRECT_CHANNEL || field == CORRECT_COLLECT ||
           field == CORRECT_OUTSIDE;
}

/* Does the correction mend anything that is counted; had it been received by the period's end before? */
static bool look_at_changes(const struct report_maker *m, const struct event *e, bool *was_within)
{
    struct str name, old, new;
    bool counts = false;
    *was_within = false;
    for (size_t at = 0; wire_list_next(e->corrected.changes, &at, &name) &&
                        wire_list_next(e->corrected.changes, &at, &old) &&
                        wire_list_next(e->corrected.changes, &at, &new);) {
        enum correction_field field;
        struct civil_input was;
        if (!correction_field_parse(name, &field) || !is_counted(field))
            continue;
        counts = true;
        if (field == CORRECT_RECEIVED_AT && civil_parse(old, &was))
            *was_within = was.day <= m->request.period.to;
    }
    return counts;
}

/* Could it change figures of a period that had ended? */
static bool may_change(const struct report_maker *m, const struct event *e, struct after_entry *entry)
{
    if (civil_day_of(e->at) <= m->request.period.to && e->kind != EVENT_CORRECTED)
        return true;
    switch (e->kind) {
    case EVENT_VOIDED: return true;
    case EVENT_CORRECTED: return look_at_changes(m, e, &entry->was_within);
    case EVENT_APOLOGIZED: return e->apologized.new_due == NO_TIME;
    case EVENT_LATE_REASON: return m->ops->reasons;
    default: return false;
    }
}

void after_take(struct report_maker *m, const struct event *e, int64_t written)
{
    struct after *a = &m->after;
    int offset = office_identity(m->request.office)->utc_offset;
    if (written < civil_to_utc(civil_at(m->request.period.to + 1, 0), offset))
        return;
    if (!a->first)
        a->first = e->seq;
    if (!event_is_dossier(e->kind) || !e->dossier || e->kind == EVENT_DUE_MOVED)
        return;
    struct after_entry entry = {.seq = e->seq,
                                .dossier = e->dossier,
                                .kind = e->kind,
                                .within = period_has(m->request.period, civil_day_of(e->at))};
    if (e->kind == EVENT_UNDONE && e->undone.seq >= a->first) {
        forget(a, e->undone.seq);
    } else if (e->kind == EVENT_UNDONE) {
        entry.kind = (enum event_kind)e->undone.kind;
        entry.takes_back = true;
        keep(m, entry);
    } else if (may_change(m, e, &entry)) {
        keep(m, entry);
    }
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
    case EVENT_IMPORTED: return flags & (IS_HANDLED | IS_RETURNED);
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
            out->entries_imported += a->entry[i].kind == EVENT_IMPORTED && !a->entry[i].takes_back;
        }
}

void after_release(struct after *a)
{
    free(a->entry);
    free(a->dossier);
    *a = (struct after){0};
}
