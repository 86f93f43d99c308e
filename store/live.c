#include "store/live.h"

#include "core/status.h"

bool live_key(struct key *out, const struct facts *f)
{
    enum live_group group = LIVE_RUNNING;
    civil_minute moment = f->due;
    if (state_is_waiting(f->state)) {
        group = LIVE_WAITING;
        moment = f->waiting_since;
    } else if (is_uncollected(f)) {
        group = LIVE_UNCOLLECTED;
        moment = f->resolved;
    } else if (!state_is_open(f->state)) {
        return false;
    }
    out->n = 0;
    key_add(out, group, 1);
    key_add(out, sortable(moment), 8);
    key_add(out, f->id, 8);
    return true;
}

enum live_group live_group_of(const struct key *key)
{
    return (enum live_group)key->b[0];
}
