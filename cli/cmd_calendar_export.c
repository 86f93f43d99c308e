/* calendar export: the office's recorded days as an iCalendar file. */
#include "cli/calendar_ics.h"
#include "cli/out_file.h"
#include "cli/reading.h"
#include "cli/shipped.h"
#include "core/text.h"
#include "icalendar/days_out.h"
#include "icalendar/writer.h"
#include <errno.h>

enum { X_OUTPUT, X_AS_OF };

static const struct option_spec options[] = {
    [X_OUTPUT] = {.name = "output",
                  .type = OPTION_WORD,
                  .help = T_ical_opt_output,
                  .value = T_ical_value_file,
                  .letter = 'o'},
    [X_AS_OF] = OPTION_AS_OF,
};

struct export
{
    struct cli *cli;
    struct out_file file;
    struct ics_writer writer;
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

static enum ics_result put_days(struct export *e)
{
    const struct office *office = e->cli->office;
    struct days_out days = {.uid = BUF_INIT};
    bool fine = true;
    for (size_t i = 0; i < office_day_count(office) && fine; i++) {
        struct ics_item item;
        fine = days_item(&days, office_identity(office), e->cli->lang, office_day(office, i),
                         office_day_recorded(office, i), &item);
        if (fine)
            ics_put(&e->writer, &item);
    }
    days_out_release(&days);
    enum ics_result result = ics_end(&e->writer);
    return fine ? result : ICS_NO_MEMORY;
}

static struct outcome write_days(struct export *e)
{
    struct cli *c = e->cli;
    struct buf name = BUF_INIT;
    LANG_SAY(&name, c->lang, c->demo ? T_ical_days_demo : T_ical_days, office_identity(c->office)->name);
    const struct ics_calendar calendar = {.name = buf_str(&name), .lang = c->lang};
    ics_begin(&e->writer, ICS_EVENT, into_file, e, &calendar);
    enum ics_result result = put_days(e);
    buf_release(&name);
    return result == ICS_WRITTEN       ? OUTCOME_DONE
           : result == ICS_SINK_FAILED ? out_file_fault(&e->file, e->error)
                                       : outcome_of(KIND_out_of_memory);
}

static void say(struct export *e, struct str path)
{
    struct cli *c = e->cli;
    struct buf n = BUF_INIT, shown = BUF_INIT;
    if (c->json) {
        struct json j = json_onto(&c->out);
        json_object_begin(&j, NULL);
        json_str(&j, "file", path);
        json_int(&j, "days", (int64_t)e->writer.items);
        json_bool(&j, "demo", c->demo);
        json_object_end(&j);
        json_line(&j);
        return;
    }
    buf_add_int(&n, (int64_t)e->writer.items);
    text_safe(&shown, path, false);
    CLI_LINE(c, T_ical_days_written, buf_str(&n), buf_str(&shown));
    buf_release(&n);
    buf_release(&shown);
}

static int export_to(struct cli *c, struct str path)
{
    struct export e = {.cli = c};
    struct outcome o = out_file_open(&e.file, c, path, false);
    if (outcome_ok(&o))
        o = write_days(&e);
    if (outcome_ok(&o))
        o = out_file_commit(&e.file, c);
    out_file_discard(&e.file);
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    if (path.n && !str_eq(path, STR("-")))
        say(&e, path);
    return 0;
}

static int export_days(struct cli *c, struct args *a)
{
    struct office *own;
    int status = shipped_or_store(c, a, X_AS_OF, &own);
    if (!status)
        status = export_to(c, args_text(a, X_OUTPUT));
    office_free(own);
    return status;
}

const struct verb verb_calendar_export = {
    .name = "calendar",
    .sub = "export",
    .help = T_cli_help_calendar_export,
    VERB_OPTIONS(options),
    .everybody = true,
    .run = export_days,
};
