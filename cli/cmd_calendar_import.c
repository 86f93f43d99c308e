/* calendar import: days off, worked days and closures from an iCalendar file. */
#include "cli/apart.h"
#include "cli/calendar_ics.h"
#include "cli/days_said.h"
#include "cli/in_file.h"
#include "cli/moves.h"
#include "icalendar/days_wire.h"
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
            .command = {.kind = COMMAND_DAY_PUT, .at = NO_TIME, .day = m->days.plan[i].day},
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

/* ---- the file, read apart ---- */

static bool read_apart(struct str bytes, struct str question, struct buf *answer)
{
    struct days_in in;
    struct days_in_options how;
    if (!days_wire_take_options(question, &how))
        return false;
    days_in_read(&in, bytes, &how); /* what was wrong is part of the answer */
    days_wire_put(answer, &in);
    days_in_release(&in);
    return !answer->failed;
}

static size_t lines_of(struct str text)
{
    size_t n = 1;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

/* What the process apart says of the file, checked: it may be anything. */
static int read_days(struct import *m, struct apart *reader, size_t lines)
{
    int next_year = civil_to_ymd(civil_day_of(cli_now(m->cli))).year + 1;
    const struct days_in_options how = {
        .utc_offset = m->cli->offset,
        .upto = civil_from_ymd(next_year < CIVIL_LAST_YEAR ? next_year : CIVIL_LAST_YEAR, 12, 31),
        .agency = office_identity(m->cli->office)->agency,
    };
    struct buf question = BUF_INIT, answer = BUF_INIT;
    days_wire_put_options(&question, &how);
    struct outcome o = apart_ask(reader, buf_str(&question), m->path.p, &answer);
    bool sound = outcome_ok(&o) && days_wire_take(&m->days.in, buf_str(&answer), lines);
    buf_release(&question);
    buf_release(&answer);
    if (!outcome_ok(&o))
        return cli_tell(m->cli, &o);
    if (m->days.in.no_memory)
        return cli_no_memory(m->cli);
    if (sound)
        return m->days.in.fault.what == T_nothing ? 0 : tell_fault(m);
    o = outcome_of(KIND_bad_reader);
    outcome_text(&o, m->path);
    outcome_label(&o, T_ical_reader_fell);
    return cli_tell(m->cli, &o);
}

/* ---- the command ---- */

enum { I_DRY_RUN };

static const struct option_spec options[] = {
    [I_DRY_RUN] = OPTION_DRY_RUN,
};

static int take_days(struct import *m)
{
    if (!days_plan_make(&m->days, m->cli->office, civil_day_of(cli_now(m->cli))))
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
    if (!m->days.checks && !m->days.perhaps_moves)
        return 0;
    days_said_to_check(m->cli, &m->days, m->path, m->dry_run);
    return INPUT;
}

/* The file is read before the store is opened, and what reads it begun; what is wrong with the store is told
 * first all the same. */
static int import(struct cli *c, struct args *a)
{
    struct import m = {.cli = c, .path = a->operand[0], .dry_run = args_has(a, I_DRY_RUN)};
    struct apart reader = APART_NONE;
    struct buf text = BUF_INIT;
    struct outcome o = in_file_read(m.path.p, DAYS_IN_BYTES, &text);
    size_t lines = lines_of(buf_str(&text));
    if (outcome_ok(&o))
        o = apart_begin(&reader, read_apart, buf_str(&text), m.path.p);
    buf_release(&text);
    int status = cli_open_or_tell(c);
    if (!status)
        status = outcome_ok(&o) ? read_days(&m, &reader, lines) : cli_tell(c, &o);
    if (!status)
        status = take_days(&m);
    apart_end(&reader);
    days_plan_release(&m.days);
    moves_release(&m.moves);
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
