#include "cli/export_items.h"

#include "cli/reading.h"
#include "core/text.h"
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

/* Exit status. */
static int read_name(struct export_items *x, struct args *a)
{
    struct str typed = args_text(a, I_NAME);
    x->named = args_has(a, I_NAME);
    if (!x->named)
        return 0;
    switch (text_clean(typed, TEXT_LINE, TEXT_MAX, &x->typed)) {
    case TEXT_OK: return 0;
    case TEXT_MEMORY: return cli_no_memory(x->cli);
    case TEXT_EMPTY:
    case TEXT_BAD:
    case TEXT_TOO_LONG: break;
    }
    return args_wrong_text(a, T_ical_bad_name_given, typed, STR_NONE);
}

/* The command line alone; exit status. */
static int read_options(struct export_items *x, struct args *a)
{
    struct str color = args_text(a, I_COLOR);
    x->how.kind = str_eq(args_text(a, I_AS), STR("todo")) ? ICS_TODO : ICS_EVENT;
    x->how.with_names = args_has(a, I_WITH_NAMES);
    x->how.times = args_has(a, I_TIMED) ? TIMES_TIMED : TIMES_ALL_DAY;
    x->times_given = args_has(a, I_TIMED) || args_has(a, I_ALL_DAY);
    x->per_officer = args_has(a, I_PER_OFFICER);
    if (args_has(a, I_TIMED) && args_has(a, I_ALL_DAY))
        return args_wrong(a, T_ical_timed_and_all_day, STR_NONE, STR_NONE);
    if (x->per_officer && args_has(a, C_OFFICER))
        return args_wrong(a, T_ical_officer_and_per_officer, STR_NONE, STR_NONE);
    if (color.n && !color_parse(color, &x->color))
        return args_wrong_text(a, T_ical_bad_color, color, STR_NONE);
    int status = read_alarms(x, a);
    return status ? status : read_name(x, a);
}

static bool entry(void *arg, uint64_t seq, struct event *out)
{
    struct export_items *x = arg;
    return view_entry(x->cli->view, seq, out);
}

/* With a view open. Exit status. */
static int select_items(struct export_items *x, struct args *a)
{
    struct cli *c = x->cli;
    const struct settings *settings = office_settings(c->office);
    int status = choosing_read(c, a, &x->filter);
    if (status)
        return status;
    x->by_status = args_has(a, C_STATUS);
    x->ended_from = x->judge.today - settings->ics_keep_days;
    x->how.lang = c->lang;
    x->how.entry = entry;
    x->how.arg = x;
    if (!x->times_given)
        x->how.times = settings->ics_times;
    buf_reset(&x->name);
    if (!x->named)
        feed_calendar_name(&x->name, c->office, c->lang);
    else if (c->demo) /* by whatever name: nobody must take its dates for real ones */
        LANG_SAY(&x->name, c->lang, T_ical_calendar_named_demo, buf_str(&x->typed));
    else
        buf_add_str(&x->name, buf_str(&x->typed));
    feed_release(&x->feed);
    feed_init(&x->feed, c->office, &x->how);
    return x->name.failed ? cli_no_memory(c) : 0;
}

int export_items_begin(struct export_items *x, struct cli *c, struct args *a)
{
    struct reading reading;
    *x = (struct export_items){.cli = c};
    int status = read_options(x, a);
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
    buf_release(&x->name);
    buf_release(&x->typed);
}

struct ics_calendar export_items_calendar(const struct export_items *x, struct str name, int refresh_minutes)
{
    return (struct ics_calendar){.name = name,
                                 .lang = x->how.lang,
                                 .color = x->color.name ? &x->color : NULL,
                                 .refresh_minutes = refresh_minutes};
}

/* ---- officers ---- */

void export_items_title(const struct export_items *x, const struct officer *o, struct buf *out)
{
    LANG_SAY(out, x->cli->lang, T_ical_calendar_of, buf_str(&x->name), o->name.n ? o->name : o->login);
}

void export_items_of(struct export_items *x, const struct officer *o)
{
    x->filter.officer = o->number;
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
    if (!filter_texts(&x->filter, d->receipt.procedure.code, d->unit))
        return true;
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

struct unheld {
    struct export_items *items;
    uint64_t count;
};

static bool has_calendar(const struct office *office, uint16_t officer)
{
    for (size_t i = 0; i < office_officer_count(office); i++) {
        const struct officer *o = office_officer(office, i);
        if (o->number == officer)
            return !o->retired;
    }
    return false;
}

static bool is_unheld(void *arg, const struct facts *f)
{
    struct unheld *u = arg;
    return f->state == STATE_PROCESSING && is_selected(u->items, f) &&
           !has_calendar(u->items->cli->office, f->holder);
}

static bool count_unheld(void *arg, const struct dossier *d)
{
    struct unheld *u = arg;
    u->count += filter_texts(&u->items->filter, d->receipt.procedure.code, d->unit);
    return true;
}

uint64_t export_items_unheld(struct export_items *x)
{
    struct unheld u = {.items = x};
    x->filter.officer = 0;
    view_scan(x->cli->view, is_unheld, count_unheld, &u);
    return u.count;
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
