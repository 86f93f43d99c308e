/* clock show, accept: the machine's clock against the journal, and what a clock that ran ahead left there. */
#include "cli/acting.h"
#include "cli/ahead.h"
#include "cli/dossier_text.h"
#include "cli/verbs.h"
#include "cli/wrapped.h"
#include "core/clock.h"

/* ---- what is told ---- */

struct clocks {
    struct ahead ahead;
    int64_t last; /* when the journal's last entry was recorded */
};

/* Exit status. */
static int read_clocks(struct cli *c, struct clocks *k)
{
    struct event last;
    ahead_read(&k->ahead, c->view);
    if (view_entry(c->view, view_head(c->view).seq, &last))
        k->last = last.recorded_at;
    return k->ahead.failed ? cli_no_memory(c) : 0;
}

/* ---- JSON ---- */

static void put_accepted(struct cli *c, struct json *j, const struct accepted *a)
{
    const struct event *e = &a->event;
    struct dossier d;
    json_object_begin(j, NULL);
    json_int(j, "seq", (int64_t)e->seq);
    json_utc(j, "recorded_at", e->recorded_at, c->offset);
    json_text(j, "by", e->by);
    json_text(j, "reason", e->clock.reason);
    json_utc(j, "behind", e->clock.behind, c->offset);
    json_int(j, "entries", (int64_t)a->entries);
    json_array_begin(j, "dossiers");
    for (size_t i = 0; i < a->dossiers; i++)
        if (view_dossier(c->view, a->dossier[i], &d))
            json_str(j, NULL, d.code);
    json_array_end(j);
    json_object_end(j);
}

static void show_json(struct cli *c, const struct clocks *k)
{
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_utc(&j, "now", c->now, c->offset);
    json_utc(&j, "last_recorded_at", k->last, c->offset);
    json_bool(&j, "behind", clock_is_behind(c->now, k->last));
    json_array_begin(&j, "accepted");
    for (size_t i = 0; i < k->ahead.count; i++)
        put_accepted(c, &j, &k->ahead.one[i]);
    json_array_end(&j);
    json_object_end(&j);
    json_line(&j);
}

/* ---- for people ---- */

enum { NAMED = 20 }; /* dossiers at most: who accepted the wrong clock must not be shown thousands */

static void say_time(struct cli *c, enum text_id what, int64_t utc)
{
    struct buf time = BUF_INIT;
    lang_time(&time, c->lang, civil_from_utc(utc, c->offset));
    CLI_LINE(c, what, buf_str(&time));
    c->out.failed = c->out.failed || time.failed;
    buf_release(&time);
}

static void say_number(struct cli *c, enum text_id what, uint64_t n)
{
    struct buf number = BUF_INIT;
    buf_add_int(&number, (int64_t)n);
    CLI_LINE(c, what, buf_str(&number));
    buf_release(&number);
}

static void print_accepted(struct cli *c, const struct accepted *a)
{
    const struct event *e = &a->event;
    struct buf at = BUF_INIT, behind = BUF_INIT;
    lang_time(&at, c->lang, e->at);
    lang_time(&behind, c->lang, civil_from_utc(e->clock.behind, c->offset));
    CLI_LINE(c, T_cli_clock_accepted, buf_str(&at), holder_name(c, e->by), buf_str(&behind));
    CLI_LINE(c, T_cli_clock_reason, e->clock.reason);
    say_number(c, T_cli_clock_entries, a->entries);
    say_number(c, T_cli_clock_dossiers, a->dossiers);
    if (a->dossiers)
        wrapped_text(c, str_of(cli_text(c, T_cli_clock_mend)), 0);
    c->out.failed = c->out.failed || at.failed || behind.failed;
    buf_release(&at);
    buf_release(&behind);
    struct judge judge = judge_at(c->office, cli_now(c));
    struct dossier d;
    for (size_t i = 0; judge.calendar && i < a->dossiers && i < NAMED; i++)
        if (view_dossier(c->view, a->dossier[i], &d))
            dossier_line(c, &d, &judge);
    if (a->dossiers > NAMED)
        say_number(c, T_cli_clock_more, a->dossiers - NAMED);
    cli_spill(c);
}

static void show_text(struct cli *c, const struct clocks *k)
{
    cli_banner(c);
    say_time(c, T_cli_clock_now, c->now);
    say_time(c, T_cli_clock_last, k->last);
    if (clock_is_behind(c->now, k->last))
        CLI_LINE(c, T_cli_clock_is_behind, STR_NONE);
    if (k->ahead.count == 0)
        CLI_LINE(c, T_cli_clock_never, STR_NONE);
    for (size_t i = k->ahead.count; i-- > 0;) {
        buf_add_char(&c->out, '\n');
        print_accepted(c, &k->ahead.one[i]);
    }
}

/* ---- the commands ---- */

static int show(struct cli *c, struct args *a)
{
    struct clocks k = {.last = NO_TIME};
    (void)a;
    int status = cli_open_or_tell(c);
    if (!status)
        status = read_clocks(c, &k);
    if (!status && c->json)
        show_json(c, &k);
    else if (!status)
        show_text(c, &k);
    ahead_release(&k.ahead);
    return status;
}

const struct verb verb_clock_show = {
    .name = "clock",
    .sub = "show",
    .help = T_cli_help_clock_show,
    .run = show,
};

enum { A_REASON };

static const struct option_spec accept_options[] = {
    [A_REASON] = {.name = "reason", .type = OPTION_TEXT, .help = T_cli_opt_clock_reason, .required = true},
};

/* The one just written. */
static void print_new(struct cli *c, const struct clocks *k, uint64_t seq)
{
    for (size_t i = 0; i < k->ahead.count; i++) {
        const struct accepted *a = &k->ahead.one[i];
        struct json j = json_onto(&c->out);
        if (a->event.seq != seq)
            continue;
        if (c->json) {
            put_accepted(c, &j, a);
            json_line(&j);
        } else {
            cli_banner(c);
            print_accepted(c, a);
        }
    }
}

static int accept_clock(struct cli *c, struct args *a)
{
    struct clocks k = {.last = NO_TIME};
    int status = cli_open_or_tell(c);
    struct request request = {
        .moment = cli_moment(c),
        .command = {.kind = COMMAND_CLOCK_ACCEPT, .at = NO_TIME, .clock = {.reason = args_text(a, A_REASON)}},
    };
    if (!status)
        status = cli_submit(c, &request, 1);
    if (!status)
        status = read_clocks(c, &k);
    if (!status)
        print_new(c, &k, request.result.seq);
    ahead_release(&k.ahead);
    return status;
}

const struct verb verb_clock_accept = {
    .name = "clock",
    .sub = "accept",
    .help = T_cli_help_clock_accept,
    VERB_OPTIONS(accept_options),
    .act = ACT_CLOCK,
    .run = accept_clock,
};
