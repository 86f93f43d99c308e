#include "cli/export_ics.h"

#include "cli/export_items.h"
#include "cli/export_officers.h"
#include "cli/out_file.h"
#include "core/text.h"
#include "icalendar/duration.h"

#include <errno.h>

enum { REFRESH_MINUTES = 60, REFRESH_MOST = 366 * 24 * 60 };

enum { O_OUTPUT = I_END, O_REFRESH };

static const struct option_spec options[] = {
    EXPORT_ITEM_OPTIONS(T_ical_opt_status),
    [O_OUTPUT] = {"output", OPTION_WORD, T_ical_opt_output, .value = T_ical_value_file, .letter = 'o'},
    [O_REFRESH] = {"refresh", OPTION_WORD, T_ical_opt_refresh, .value = T_ical_value_duration},
};

/* ---- writing ---- */

struct export
{
    struct export_items items;
    int refresh; /* minutes */
    struct ics_writer writer;
    struct out_file file;
    int error; /* errno of the write that failed */
};

static bool into_file(void *arg, const char *bytes, size_t n)
{
    struct export *e = arg;
    bool fine = ics_to_file(e->file.stream, bytes, n);
    if (!fine)
        e->error = errno;
    return fine;
}

static bool put(void *arg, const struct ics_item *item)
{
    struct export *e = arg;
    ics_put(&e->writer, item);
    return e->writer.result == ICS_WRITTEN;
}

static struct outcome write_items(struct export *e)
{
    struct ics_calendar calendar = export_items_calendar(&e->items, buf_str(&e->items.name), e->refresh);
    ics_begin(&e->writer, e->items.how.kind, into_file, e, &calendar);
    export_items_each(&e->items, put, e);
    enum ics_result result = ics_end(&e->writer);
    struct outcome o = export_items_judge(&e->items, result);
    if (outcome_ok(&o) && result == ICS_SINK_FAILED)
        o = out_file_fault(&e->file, e->error);
    return o;
}

/* ---- what became of it ---- */

static void say_json(struct export *e, struct str path)
{
    struct cli *c = e->items.cli;
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_str(&j, "file", path);
    json_int(&j, "items", (int64_t)e->writer.items);
    json_int(&j, "ended", (int64_t)e->items.ended);
    json_bool(&j, "demo", c->demo);
    json_object_end(&j);
    json_line(&j);
}

static void say_text(struct export *e, struct str path)
{
    struct cli *c = e->items.cli;
    struct buf items = BUF_INIT, ended = BUF_INIT, shown = BUF_INIT;
    buf_add_int(&items, (int64_t)e->writer.items);
    buf_add_int(&ended, (int64_t)e->items.ended);
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
    struct cli *c = e->items.cli;
    struct outcome o = out_file_open(&e->file, c, path, e->items.how.with_names);
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

/* ---- the command ---- */

/* Exit status. */
static int read_refresh(struct export *e, struct args *a)
{
    struct str text = args_text(a, O_REFRESH);
    int64_t seconds;
    e->refresh = REFRESH_MINUTES;
    if (!text.n)
        return 0;
    if (text.p[0] == '-' || !ics_duration_parse(text, &seconds) || seconds < 60 || seconds % 60 ||
        seconds / 60 > REFRESH_MOST)
        return args_wrong(a, T_ical_bad_refresh, text, STR_NONE);
    e->refresh = (int)(seconds / 60);
    return 0;
}

static int export_ics(struct cli *c, struct args *a)
{
    struct export e = {.error = 0};
    struct str path = args_text(a, O_OUTPUT);
    bool per_officer = args_has(a, I_PER_OFFICER);
    int status = read_refresh(&e, a);
    if (!status && per_officer && (!path.n || str_eq(path, STR("-"))))
        status = args_wrong(a, T_ical_per_officer_needs_folder, STR_NONE, STR_NONE);
    if (status)
        return status;
    status = export_items_begin(&e.items, c, a);
    if (!status)
        status = per_officer ? export_officers(&e.items, path, e.refresh) : export_to(&e, path);
    export_items_release(&e.items);
    return status;
}

const struct verb verb_export_ics = {
    .name = "export", .sub = "ics", .help = T_ical_help_export, VERB_OPTIONS(options), .run = export_ics};
