#include "cli/export_ics.h"

#include "cli/out_file.h"
#include "cli/reading.h"
#include "core/text.h"
#include "icalendar/duration.h"
#include "icalendar/feed.h"
#include "icalendar/writer.h"

#include <errno.h>

enum { ALARMS = 16, REFRESH_MINUTES = 60 };

enum { O_OUTPUT, O_STATUS, O_OFFICER, O_AS, O_ALARM, O_WITH_NAMES, O_AS_OF };

static const struct option_spec options[] = {
    [O_OUTPUT] = {"output", OPTION_WORD, T_ical_opt_output, .value = T_ical_value_file, .letter = 'o'},
    [O_STATUS] = {.name = "status", .type = OPTION_STATUS, .help = T_ical_opt_status},
    [O_OFFICER] = {"officer", OPTION_WORD, T_ical_opt_officer, .value = T_ical_value_login},
    [O_AS] = {"as", OPTION_CHOICE, T_ical_opt_as, .choices = "event|todo"},
    [O_ALARM] = {"alarm", OPTION_WORD, T_ical_opt_alarm, .value = T_ical_value_duration, .repeats = true},
    [O_WITH_NAMES] = {.name = "with-names", .type = OPTION_FLAG, .help = T_ical_opt_with_names},
    [O_AS_OF] = {.name = "as-of", .type = OPTION_TIME, .help = T_cli_opt_as_of},
};

/* ---- what is asked for ---- */

/* Each alarm once; exit status. */
static int read_alarms(struct args *a, int64_t *alarms, size_t *count)
{
    struct str text;
    for (size_t at = 0; args_next(a, O_ALARM, &at, &text);) {
        int64_t seconds;
        size_t i = 0;
        if (!ics_duration_parse(text, &seconds))
            return args_wrong(a, T_ical_bad_alarm, text, STR_NONE);
        while (i < *count && alarms[i] != seconds)
            i++;
        if (i == ALARMS)
            return args_wrong(a, T_ical_too_many_alarms, STR_NONE, STR("16"));
        alarms[i] = seconds;
        *count += i == *count;
    }
    return 0;
}

/* The versions of procedures met of late: an office works with some forty of them. */
enum { RECENT = 128 };

struct export
{
    struct cli *cli;
    struct judge judge;
    struct filter filter;
    struct procedure recent[RECENT]; /* each at its version's place; version 0: none */
    bool by_status;       /* exactly what --status says; else what is open, and what ended lately */
    civil_day ended_from; /* the first day that is lately */
    struct feed feed;
    struct ics_writer writer;
    struct out_file file;
    int error; /* errno of the write that failed */
    uint64_t ended;
    bool damaged, no_memory;
};

static bool is_selected(void *arg, const struct facts *f)
{
    struct export *e = arg;
    bool lately =
        !state_is_open(f->state) && f->resolved != NO_TIME && civil_day_of(f->resolved) >= e->ended_from;
    if (!e->by_status)
        e->filter.status = lately ? GROUP_ALL : GROUP_OPEN;
    return filter_facts(&e->filter, &e->judge, f);
}

static int read_selection(struct export *e, struct args *a)
{
    struct cli *c = e->cli;
    struct str login = args_text(a, O_OFFICER);
    const struct officer *officer = login.p ? office_find_officer(c->office, login) : NULL;
    if (login.p && !officer)
        return cli_refuse(c, KIND_unknown_officer, login);
    e->filter = (struct filter){
        .officer = officer ? officer->number : 0, .received = {NO_DAY, NO_DAY}, .due = {NO_DAY, NO_DAY}};
    e->by_status = args_status(a, O_STATUS, &e->filter.status);
    e->ended_from = e->judge.today - office_settings(c->office)->ics_keep_days;
    return 0;
}

/* ---- writing ---- */

static bool into_file(void *arg, const char *bytes, size_t n)
{
    struct export *e = arg;
    bool fine = ics_to_file(e->file.stream, bytes, n);
    if (!fine)
        e->error = errno;
    return fine;
}

/* The one the dossier was received under. Borrowed until the next call; NULL: not known. */
static const struct procedure *procedure_of(struct export *e, const struct dossier *d)
{
    uint64_t version = d->receipt.procedure.version;
    struct procedure *recent = &e->recent[version % RECENT];
    if (version && recent->version == version)
        return recent;
    return view_procedure_of(e->cli->view, d, recent) ? recent : NULL;
}

static bool put_item(struct export *e, const struct dossier *d, const struct feed_past *past)
{
    struct ics_item item;
    e->damaged = past->broken;
    if (e->damaged || (!past->failed && past->due == NO_TIME)) /* what never had a date is no item */
        return !e->damaged;
    e->no_memory = !feed_item(&e->feed, d, procedure_of(e, d), past, &item);
    if (e->no_memory)
        return false;
    e->ended += !state_is_open(d->facts.state);
    ics_put(&e->writer, &item);
    return e->writer.result == ICS_WRITTEN;
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

static bool put(void *arg, const struct dossier *d)
{
    struct export *e = arg;
    struct remembering r = {.view = e->cli->view};
    feed_past_init(&r.past);
    view_history(r.view, d, remember, &r);
    bool on = put_item(e, d, &r.past);
    feed_past_release(&r.past);
    return on;
}

static struct outcome judge_export(const struct export *e, enum ics_result result)
{
    struct outcome o = view_fault(e->cli->view);
    if (!outcome_ok(&o))
        return o;
    if (e->no_memory || result == ICS_NO_MEMORY)
        return outcome_of(KIND_out_of_memory);
    if (result == ICS_SINK_FAILED)
        return out_file_fault(&e->file, e->error);
    if (e->damaged || result == ICS_BAD_ITEM) {
        o = outcome_of(KIND_damaged);
        outcome_text(&o, buf_str(&e->cli->dir));
        outcome_text(&o, STR("journal"));
    }
    return o;
}

static struct outcome write_items(struct export *e)
{
    struct cli *c = e->cli;
    struct buf name = BUF_INIT;
    feed_calendar_name(&name, c->office, c->lang);
    struct ics_calendar calendar = {
        .name = buf_str(&name), .lang = c->lang, .refresh_minutes = REFRESH_MINUTES};
    ics_begin(&e->writer, e->feed.options.kind, into_file, e, &calendar);
    view_scan(c->view, is_selected, put, e);
    struct outcome o = judge_export(e, ics_end(&e->writer));
    buf_release(&name);
    return o;
}

/* ---- what became of it ---- */

static void say_json(struct export *e, struct str path)
{
    struct json j = json_onto(&e->cli->out);
    json_object_begin(&j, NULL);
    json_str(&j, "file", path);
    json_int(&j, "items", (int64_t)e->writer.items);
    json_int(&j, "ended", (int64_t)e->ended);
    json_bool(&j, "demo", e->cli->demo);
    json_object_end(&j);
    json_line(&j);
}

static void say_text(struct export *e, struct str path)
{
    struct cli *c = e->cli;
    struct buf items = BUF_INIT, ended = BUF_INIT, shown = BUF_INIT;
    buf_add_int(&items, (int64_t)e->writer.items);
    buf_add_int(&ended, (int64_t)e->ended);
    text_safe(&shown, path, false);
    CLI_SAY(c, c->demo ? T_ical_written_demo : T_ical_written, buf_str(&items), buf_str(&ended),
            buf_str(&shown));
    buf_add_char(&c->out, '\n');
    buf_release(&items);
    buf_release(&ended);
    buf_release(&shown);
}

static int export_to(struct export *e, struct str path)
{
    struct cli *c = e->cli;
    struct outcome o = out_file_open(&e->file, c, path, e->feed.options.with_names);
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    o = write_items(e);
    cli_end_view(c); /* copying may have to wait for whoever reads */
    if (outcome_ok(&o))
        o = out_file_commit(&e->file, c);
    out_file_discard(&e->file);
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    if (!path.n || str_eq(path, STR("-")))
        return 0;
    if (c->json)
        say_json(e, path);
    else
        say_text(e, path);
    return 0;
}

static int export_ics(struct cli *c, struct args *a)
{
    int64_t alarms[ALARMS];
    size_t count = 0;
    int status = read_alarms(a, alarms, &count);
    struct reading reading;
    if (!status)
        status = reading_open(c, a, O_AS_OF, -1, &reading);
    if (status)
        return status;
    struct feed_options how = {
        .kind = str_eq(args_text(a, O_AS), STR("todo")) ? ICS_TODO : ICS_EVENT,
        .lang = c->lang,
        .with_names = args_has(a, O_WITH_NAMES),
        .alarms = alarms,
        .alarm_count = count,
    };
    struct export e = {.cli = c, .judge = reading.judge};
    status = read_selection(&e, a);
    if (status)
        return status;
    feed_init(&e.feed, c->office, &how);
    status = export_to(&e, args_text(a, O_OUTPUT));
    feed_release(&e.feed);
    return status;
}

const struct verb verb_export_ics = {
    .name = "export", .sub = "ics", .help = T_ical_help_export, VERB_OPTIONS(options), .run = export_ics};
