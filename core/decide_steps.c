/* The internal process of a procedure: put by who keeps the catalogue, followed by every handover. */
#include "core/desk.h"

#include "core/deadline.h"

/* ---- putting one ---- */

static struct outcome refuse_named(enum outcome_kind kind, struct str name)
{
    struct outcome o = outcome_of(kind);
    outcome_text(&o, name);
    return o;
}

enum { HOURS_A_DAY = 8, DAYS_A_MONTH = 31, HUNDREDTHS = 100 };

/* The least work that it takes, in hundredths of a working hour; of other units nobody can tell. */
static int64_t least_work(const struct limit *limit)
{
    switch (limit->kind) {
    case LIMIT_WORKING_HOURS: return limit->hundredths;
    case LIMIT_WORKING_DAYS: return (int64_t)limit->hundredths * HOURS_A_DAY;
    default: return 0;
    }
}

/* The most working time that there can be in it, likewise; INT64_MAX without a limit. */
static int64_t most_work(const struct limit *limit)
{
    switch (limit->kind) {
    case LIMIT_NONE: return INT64_MAX;
    case LIMIT_SAME_DAY: return HOURS_A_DAY * HUNDREDTHS;
    case LIMIT_WORKING_HOURS: return limit->hundredths;
    case LIMIT_MONTHS: return (int64_t)limit->hundredths * DAYS_A_MONTH * HOURS_A_DAY;
    default: return (int64_t)limit->hundredths * HOURS_A_DAY;
    }
}

/* What the steps take together must fit into what the citizen is promised. */
static struct outcome check_sum(const struct procedure *p, const struct step *steps, size_t count)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += least_work(&steps[i].limit);
    if (sum <= most_work(&p->limit))
        return OUTCOME_DONE;
    struct outcome o = refuse_named(KIND_steps_too_long, p->code);
    outcome_limit(&o, &p->limit);
    return o;
}

static struct outcome take_steps(struct desk *d, struct step *steps)
{
    size_t count = d->command->steps.count;
    struct outcome o = OUTCOME_DONE;
    for (size_t i = 0; i < count && outcome_ok(&o); i++) {
        const struct step *from = &d->command->steps.step[i];
        steps[i] = *from;
        o = desk_text(d, from->name, (struct text_rule){.label = T_label_step, .required = true},
                      &steps[i].name);
        if (outcome_ok(&o) && steps_find(steps, i, steps[i].name) < i)
            o = refuse_named(KIND_step_twice, steps[i].name);
    }
    return o;
}

struct outcome decide_steps_put(struct desk *d)
{
    struct step steps[STEPS_MAX];
    size_t count = d->command->steps.count;
    const struct procedure *p = office_find_procedure(d->office, d->command->steps.procedure);
    if (!p) {
        struct outcome o = outcome_of(KIND_unknown_procedure);
        outcome_typed(&o, d->command->steps.procedure);
        return o;
    }
    if (count > STEPS_MAX) {
        struct outcome o = outcome_of(KIND_too_many_steps);
        outcome_number(&o, STEPS_MAX);
        return o;
    }
    struct outcome o = take_steps(d, steps);
    if (outcome_ok(&o))
        o = check_sum(p, steps, count);
    if (!outcome_ok(&o))
        return o;
    struct buf packed = BUF_INIT;
    steps_pack(&packed, steps, count);
    if (packed.failed)
        o = outcome_of(KIND_out_of_memory);
    else if (!str_eq(buf_str(&packed), office_steps_own(d->office, p->code, p->kase))) {
        struct event *e = desk_event(d, EVENT_STEPS_PUT);
        e->steps.code = arena_str(&d->out->text, p->code);
        e->steps.kase = arena_str(&d->out->text, p->kase);
        e->steps.steps = arena_str(&d->out->text, buf_str(&packed));
    }
    buf_release(&packed);
    return o;
}

/* ---- following it ---- */

struct outcome desk_first_step(struct desk *d, struct event *received)
{
    const struct receipt *r = &received->received.receipt;
    struct step steps[STEPS_MAX];
    struct appointment until;
    if (!steps_unpack(office_steps(d->office, r->procedure.code, r->procedure.kase), steps))
        return OUTCOME_DONE;
    received->received.step = arena_str(&d->out->text, steps[0].name);
    received->received.within = steps[0].limit;
    if (steps[0].limit.kind == LIMIT_NONE)
        return OUTCOME_DONE;
    struct outcome o = desk_appointment(d, &steps[0].limit, CLOCK_SAME_HOUR, r->cutoff, d->at, &until);
    if (outcome_ok(&o))
        received->received.within_due = until.due;
    return o;
}

/* Who leads does what is left to a leader, whatever the office calls the role. */
static bool does(enum role role, const struct step *s)
{
    if (role == ROLE_ADMIN)
        role = ROLE_CHIEF;
    return s->role == ROLE_NONE || s->role == role;
}

/* The place of the step it leads to; `count`: none. What goes to somebody who does not do the next step goes
 * back to them: nobody's step is passed over where that need not be. */
static size_t next_step(const struct step *steps, size_t count, size_t at, enum role role)
{
    if (at + 1 < count && does(role, &steps[at + 1]))
        return at + 1;
    for (size_t i = at + 1; i-- > 0;)
        if (does(role, &steps[i]))
            return i;
    for (size_t i = at + 2; i < count; i++)
        if (does(role, &steps[i]))
            return i;
    return count;
}

static struct outcome refuse_step(struct str named, const struct step *steps, size_t count)
{
    struct outcome o = refuse_named(KIND_unknown_step, named);
    struct buf names = BUF_INIT;
    for (size_t i = 0; i < count; i++) {
        buf_add_z(&names, i ? "; " : "");
        buf_add_str(&names, steps[i].name);
    }
    outcome_text(&o, buf_str(&names));
    buf_release(&names);
    return o;
}

struct outcome desk_next_step(const struct desk *d, enum role role, struct event *e)
{
    const struct procedure *p = &d->dossier->receipt.procedure;
    struct step steps[STEPS_MAX];
    size_t count = steps_unpack(office_steps(d->office, p->code, p->kase), steps), to = count;
    if (e->transferred.step.n) {
        to = steps_find(steps, count, e->transferred.step);
        if (count && to == count)
            return refuse_step(e->transferred.step, steps, count);
        if (to < count) /* as the process spells it */
            e->transferred.step = arena_str(&d->out->text, steps[to].name);
    } else if (d->dossier->step.n) {
        size_t at = steps_find(steps, count, d->dossier->step);
        if (at < count && role != ROLE_NONE)
            to = next_step(steps, count, at, role);
        e->transferred.step = arena_str(&d->out->text, to < count ? steps[to].name : d->dossier->step);
    }
    if (to < count && e->transferred.within.kind == LIMIT_NONE)
        e->transferred.within = steps[to].limit;
    return OUTCOME_DONE;
}
