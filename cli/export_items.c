#include "cli/export_items.h"

#include "cli/reading.h"
#include "icalendar/duration.h"

/* ---- what is asked for ---- */

/* Each alarm once; exit status. */
static int read_alarms(struct export_items *x, struct args *a)
{
    struct str text;
    size_t count = 0;
    for (size_t at = 0; args_next(a, I_ALARM, &at, &text);) {
        int64_t seconds;
        size_t i = 0;
        if (!ics_duration_parse(text, &seconds))
            return args_wrong(a, T_ical_bad_alarm, text, STR_NONE);
        while (i < count && x->alarms[i] != seconds)
            i++;
        if (i == EXPORT_ALARMS)
            return args_wrong(a, T_ical_too_many_alarms, STR_NONE, STR("16"));
        x->alarms[i] = seconds;
        count += i == count;
    }
    x->how.alarms = x->alarms;
    x->how.alarm_count = count;
    return 0;
}

/* With a view open. Exit status. */
static int select_items(struct export_items *x, struct args *a)
{
    struct cli *c = x->cli;
    struct str login = args_text(a, I_OFFICER);
    const struct officer *officer = login.p ? office_find_officer(c->office, login) : NULL;
    if (login.p && !officer)
        return cli_refuse(c, KIND_unknown_officer, login);
    x->filter = (struct filter){
        .officer = officer ? officer->number : 0, .received = {NO_DAY, NO_DAY}, .due = {NO_DAY, NO_DAY}};
    x->by_status = args_status(a, I_STATUS, &x->filter.status);
    x->ended_from = x->judge.today - office_settings(c->office)->ics_keep_days;
    x->how.lang = c->lang;
    feed_release(&x->feed);
    feed_init(&x->feed, c->office, &x->how);
    return 0;
}

int export_items_begin(struct export_items *x, struct cli *c, struct args *a)
{
    struct reading reading;
    *x = (struct export_items){.cli = c};
    x->how.kind = str_eq(args_text(a, I_AS), STR("todo")) ? ICS_TODO : ICS_EVENT;
    x->how.with_names = args_has(a, I_WITH_NAMES);
    int status = read_alarms(x, a);
    if (!status)
        status = reading_open(c, a, I_AS_OF, -1, &reading);
    if (status)
        return status;
    x->judge = reading.judge;
    return select_items(x, a);
}

int export_items_again(struct export_items *x, struct args *a)
{
    struct cli *c = x->cli;
    int64_t moment;
    struct outcome o = cli_view(c);
    int status = outcome_ok(&o) ? reading_view(c, a, I_AS_OF, &moment) : cli_tell(c, &o);
    if (status)
        return status;
    x->judge = judge_at(c->office, civil_from_utc(moment, c->offset));
    memset(x->recent, 0, sizeof x->recent);
    return x->judge.calendar ? select_items(x, a) : cli_no_memory(c);
}

void export_items_release(struct export_items *x)
{
    feed_release(&x->feed);
}

/* ---- one after the other ---- */

static bool is_selected(void *arg, const struct facts *f)
{
    struct export_items *x = arg;
    bool lately =
        !state_is_open(f->state) && f->resolved != NO_TIME && civil_day_of(f->resolved) >= x->ended_from;
    if (!x->by_status)
        x->filter.status = lately ? GROUP_ALL : GROUP_OPEN;
    return filter_facts(&x->filter, &x->judge, f);
}

/* The one the dossier was received under. Borrowed until the next call; NULL: not known. An office works with
 * some forty versions of procedures. */
static const struct procedure *procedure_of(struct export_items *x, const struct dossier *d)
{
    uint64_t version = d->receipt.procedure.version;
    struct procedure *recent = &x->recent[version % EXPORT_RECENT];
    if (version && recent->version == version)
        return recent;
    return view_procedure_of(x->cli->view, d, recent) ? recent : NULL;
}

static bool hand_over_item(struct export_items *x, const struct dossier *d, const struct feed_past *past)
{
    struct ics_item item;
    x->damaged = past->broken;
    if (x->damaged || (!past->failed && past->due == NO_TIME)) /* what never had a date is no item */
        return !x->damaged;
    x->no_memory = !feed_item(&x->feed, d, procedure_of(x, d), past, &item);
    if (x->no_memory)
        return false;
    x->ended += !state_is_open(d->facts.state);
    return x->take(x->arg, &item);
}

struct remembering {
    struct view *view;
    struct feed_past past;
};

/* When it was written, not what a clock running ahead said (core/clock.h): beside a stamp of the future a
 * phone takes every later change for an older one. */
static bool remember(void *arg, const struct event *e)
{
    struct remembering *r = arg;
    int64_t recorded_at = view_written(r->view, e);
    if (recorded_at == e->recorded_at)
        return feed_past_add(&r->past, e);
    struct event written = *e;
    written.recorded_at = recorded_at;
    return feed_past_add(&r->past, &written);
}

static bool take_dossier(void *arg, const struct dossier *d)
{
    struct export_items *x = arg;
    struct remembering r = {.view = x->cli->view};
    feed_past_init(&r.past);
    view_history(r.view, d, remember, &r);
    bool on = hand_over_item(x, d, &r.past);
    feed_past_release(&r.past);
    return on;
}

void export_items_each(struct export_items *x, bool (*take)(void *arg, const struct ics_item *item),
                       void *arg)
{
    x->take = take;
    x->arg = arg;
    view_scan(x->cli->view, is_selected, take_dossier, x);
}

struct outcome export_items_judge(const struct export_items *x, enum ics_result result)
{
    struct outcome o = view_fault(x->cli->view);
    if (!outcome_ok(&o))
        return o;
    if (x->no_memory || result == ICS_NO_MEMORY)
        return outcome_of(KIND_out_of_memory);
    if (x->damaged || result == ICS_BAD_ITEM) {
        o = outcome_of(KIND_damaged);
        outcome_text(&o, buf_str(&x->cli->dir));
        outcome_text(&o, STR("journal"));
    }
    return o;
}
