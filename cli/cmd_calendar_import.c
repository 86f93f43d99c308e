/* calendar import: days off, worked days and closures from an iCalendar file. */
#include "cli/calendar_ics.h"
#include "cli/days_said.h"
#include "cli/in_file.h"
#include "cli/moves.h"
#include "icalendar/days_in.h"
#include <stdlib.h>

struct import {
    struct cli *cli;
    struct str path;
    bool dry_run;
    struct days_plan days;
    struct moves moves;
};

/* ---- what is wrong with the file ---- */

/* "…, UID x" behind the line; nothing where the event has none. */
static void add_place(struct import *m, struct outcome *o, size_t line, struct str uid)
{
    struct buf named = BUF_INIT;
    if (uid.n)
        LANG_SAY(&named, m->cli->lang, T_ical_uid, uid);
    outcome_text(o, m->path);
    outcome_number(o, (int64_t)line);
    outcome_text(o, buf_str(&named));
    buf_release(&named);
}

static int tell_fault(struct import *m)
{
    const struct days_fault *fault = &m->days.in.fault;
    if (fault->what == T_nothing)
        return cli_no_memory(m->cli);
    struct outcome o = outcome_of(KIND_bad_ics);
    add_place(m, &o, fault->line, fault->uid);
    outcome_label(&o, fault->what);
    return cli_tell(m->cli, &o);
}

/* What the rules of the desk refuse of one entry is a fault of the file; anything else is none. */
static int tell_refusal(struct import *m, const struct moves_refusal *r, const struct planned *refused)
{
    bool of_entry =
        refused && (r->outcome.kind == KIND_empty_text || r->outcome.kind == KIND_bad_text ||
                    r->outcome.kind == KIND_too_long || r->outcome.kind == KIND_bad_value ||
                    r->outcome.kind == KIND_day_recorded || r->outcome.kind == KIND_day_is_working);
    if (!of_entry)
        return cli_tell(m->cli, &r->outcome);
    struct buf why = BUF_INIT;
    struct outcome o = outcome_of(KIND_bad_ics);
    outcome_message(&why, m->cli->lang, &r->outcome);
    add_place(m, &o, refused->entry->line, refused->entry->uid);
    outcome_text(&o, buf_str(&why));
    buf_release(&why);
    return cli_tell(m->cli, &o);
}

/* "có giờ, không phải cả ngày (3), đã hủy (1)": why entries could not be used. */
static void add_reasons(const struct import *m, struct buf *out)
{
    for (enum days_skip why = DAYS_TAKEN + 1; why < DAYS_SKIPS; why++) {
        size_t n = 0;
        for (size_t i = 0; i < m->days.in.count; i++)
            n += m->days.in.entry[i].skip == why;
        if (n == 0)
            continue;
        buf_add_z(out, out->n ? ", " : "");
        buf_add_z(out, cli_text(m->cli, days_skip_text(why)));
        buf_addf(out, " (%zu)", n);
    }
}

/* A file of which nothing at all can be used is not the file that was meant. */
static int check_usable(struct import *m)
{
    if (m->days.count[FATE_SKIPPED] == 0 || m->days.count[FATE_SKIPPED] < m->days.in.count)
        return 0;
    struct buf reasons = BUF_INIT;
    struct outcome o = outcome_of(KIND_no_usable_days);
    add_reasons(m, &reasons);
    outcome_text(&o, m->path);
    outcome_number(&o, (int64_t)m->days.in.entry[0].line);
    outcome_text(&o, buf_str(&reasons));
    buf_release(&reasons);
    return cli_tell(m->cli, &o);
}

/* ---- writing ---- */

/* All in one submission, so that each due time moves once. */
static int write_days(struct import *m)
{
    size_t n = 0, changes = m->days.count[FATE_ADDED] + m->days.count[FATE_CHANGED];
    struct request *requests = calloc(changes + 1, sizeof *requests);
    const struct planned **of = calloc(changes + 1, sizeof *of);
    struct moves_refusal refusal = {.outcome = OUTCOME_DONE};
    int status = requests && of ? 0 : cli_no_memory(m->cli);
    for (size_t i = 0; i < m->days.in.count && !status; i++) {
        if (!days_plan_changes(&m->days.plan[i]))
            continue;
        of[n] = &m->days.plan[i];
        requests[n++] = (struct request){
            .moment = cli_moment(m->cli),
            .command = {.kind = COMMAND_DAY_PUT, .at = NO_TIME, .day = m->days.plan[i].entry->day},
        };
    }
    if (!status && n)
        status = moves_submit(m->cli, requests, n, m->dry_run, &m->moves, &refusal);
    if (!outcome_ok(&refusal.outcome))
        status = tell_refusal(m, &refusal, refusal.at < n ? of[refusal.at] : NULL);
    free(requests);
    free(of);
    return status;
}

/* ---- the command ---- */

enum { I_DRY_RUN };

static const struct option_spec options[] = {
    [I_DRY_RUN] = OPTION_DRY_RUN,
};

static int take_days(struct import *m, struct str text)
{
    int next_year = civil_to_ymd(civil_day_of(cli_now(m->cli))).year + 1;
    const struct days_in_options how = {
        .utc_offset = m->cli->offset,
        .upto = civil_from_ymd(next_year < CIVIL_LAST_YEAR ? next_year : CIVIL_LAST_YEAR, 12, 31),
    };
    if (!days_in_read(&m->days.in, text, &how))
        return tell_fault(m);
    if (!days_plan_make(&m->days, m->cli->office))
        return cli_no_memory(m->cli);
    int status = check_usable(m);
    if (!status)
        status = write_days(m);
    if (status)
        return status;
    if (m->cli->json)
        days_said_json(m->cli, &m->days, &m->moves, m->dry_run);
    else
        days_said_text(m->cli, &m->days, &m->moves, m->dry_run);
    if (!m->days.checks)
        return 0;
    days_said_left_out(m->cli, &m->days, m->path, m->dry_run);
    return INPUT;
}

static int import(struct cli *c, struct args *a)
{
    struct import m = {.cli = c, .path = a->operand[0], .dry_run = args_has(a, I_DRY_RUN)};
    struct buf text = BUF_INIT;
    int status = cli_open_or_tell(c);
    if (status)
        return status;
    struct outcome o = in_file_read(m.path.p, DAYS_IN_BYTES, &text);
    status = outcome_ok(&o) ? take_days(&m, buf_str(&text)) : cli_tell(c, &o);
    days_plan_release(&m.days);
    moves_release(&m.moves);
    buf_release(&text);
    return status;
}

const struct verb verb_calendar_import = {
    .name = "calendar",
    .sub = "import",
    .help = T_cli_help_calendar_import,
    VERB_OPTIONS(options),
    .operand = T_cli_value_file,
    .least = 1,
    .most = 1,
    .act = ACT_CALENDAR,
    .run = import,
};
