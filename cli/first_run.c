#include "cli/first_run.h"

#include "cli/shipped.h"
#include <time.h>

/* What could not be made whole is not there, and may be tried again. */
static struct outcome make(void *arg, const struct office_identity *identity, const char *group,
                           struct store **out)
{
    struct cli *c = arg;
    *out = NULL;
    c->now = (int64_t)time(NULL); /* the form was open for a while */
    struct outcome o = store_create(c->dir.p, &(struct store_options){.group = group}, &c->store);
    if (!outcome_ok(&o))
        return o;
    o = shipped_found(c->store, identity, cli_moment(c));
    if (!outcome_ok(&o)) {
        store_discard(c->store);
        c->store = NULL;
        return o;
    }
    c->wrote = true;
    *out = c->store;
    return o;
}

void first_run_init(struct founding *out, struct cli *c)
{
    *out = (struct founding){.dir = buf_str(&c->dir), .make = make, .arg = c};
}
