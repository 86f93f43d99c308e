#include "store/follow.h"

#include "core/clock.h"
#include "store/gain.h"

bool follow_office(struct state *s, const struct event *e)
{
    bool accepts = e->kind == EVENT_CLOCK_ACCEPTED;
    bool steps_back = accepts && e->clock.before == s->clock_seq && clock_may_follow(e, s->recorded_at);
    if (e->dossier != 0 || e->previous != s->office_seq || accepts != steps_back)
        return false;
    if (accepts)
        s->clock_seq = e->seq;
    s->office_seq = e->seq;
    return true;
}

bool follow_counter(struct state *s, const struct event *e)
{
    if (e->dossier != 0 || e->previous != s->counter_seq)
        return false;
    s->counter_seq = e->seq;
    return true;
}

void follow_count(struct state *s, const struct event *e, const struct dossier *before,
                  const struct dossier *after, int utc_offset)
{
    struct gain g = gain_of(e, before, after, utc_offset);
    s->open += (uint64_t)(int64_t)g.open;
    s->waiting += (uint64_t)(int64_t)g.waiting;
    s->solved += (uint64_t)(int64_t)g.solved;
    s->recorded_late += (uint64_t)(int64_t)g.recorded_late;
    s->backdated += g.backdated;
}

void follow_received(struct state *s, civil_minute received)
{
    if (s->newest == NO_TIME || s->newest < received)
        s->newest = received;
}

void follow_head(struct state *s, const struct event *e, const unsigned char hash[STORE_HASH])
{
    s->head_seq = e->seq;
    s->recorded_at = e->recorded_at;
    memcpy(s->head_hash, hash, STORE_HASH);
}

/* Where both borrow from the same entry, as nearly always, its bytes need not be fetched. */
static bool same_text(struct str a, struct str b)
{
    return (a.p == b.p && a.n == b.n) || str_eq(a, b);
}

bool follow_moves_lines(const struct dossier *before, const struct dossier *after)
{
    const struct applicant *a = &before->receipt.applicant, *b = &after->receipt.applicant;
    return before->facts.received != after->facts.received || !same_text(before->code, after->code) ||
           !same_text(a->name, b->name) || !same_text(a->phone, b->phone) ||
           !same_text(a->id_number, b->id_number);
}

bool follow_leaves_future(const struct state *s, const struct dossier *before, const struct event *e,
                          int utc_offset)
{
    return before->facts.received == s->newest &&
           before->facts.received > civil_from_utc(e->recorded_at, utc_offset);
}
