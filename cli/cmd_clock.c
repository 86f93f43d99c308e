/* clock show, accept: the machine's clock against the journal, and what a clock that ran ahead left there. */
#include "cli/acting.h"
#include "cli/dossier_text.h"
#include "cli/verbs.h"
#include "core/clock.h"
#include <stdlib.h>

/* ---- what clocks were accepted, and what was written before each by one that ran ahead ---- */

struct accepted {
    struct event event; /* borrowed from the view */
    uint64_t entries;   /* recorded later, yet before it in the journal */
    uint64_t *dossier;  /* that these are about; after read_clocks() each once, in order */
    size_t dossiers, cap;
};

struct clocks {
    struct accepted *one; /* oldest first */
    size_t count, cap;
    int64_t last; /* when the journal's last entry was recorded */
    bool failed;
};

static void clocks_release(struct clocks *k)
{
    for (size_t i = 0; i < k->count; i++)
        free(k->one[i].dossier);
    free(k->one);
}

static bool add_clock(void *arg, const struct event *e)
{
    struct clocks *k = arg;
    if (k->count == k->cap) {
        size_t cap = k->cap ? k->cap * 2 : 8;
        struct accepted *more = realloc(k->one, cap * sizeof *more);
        k->failed = !more;
        if (!more)
            return false;
        k->one = more;
        k->cap = cap;
    }
    k->one[k->count++] = (struct accepted){.event = *e};
    return true;
}

static bool add_dossier(struct accepted *a, uint64_t id)
{
    if (a->dossiers && a->dossier[a->dossiers - 1] == id)
        return true;
    if (a->dossiers == a->cap) {
        size_t cap = a->cap ? a->cap * 2 : 64;
        uint64_t *more = realloc(a->dossier, cap * sizeof *more);
        if (!more)
            return false;
        a->dossier = more;
        a->cap = cap;
    }
    a->dossier[a->dossiers++] = id;
    return true;
}

static bool add_entry(void *arg, const struct journal_entry *entry)
{
    struct clocks *k = arg;
    const struct event *e = entry->event;
    if (!e)
        return true; /* damage: the view tells at the end */
    k->last = e->recorded_at;
    for (size_t i = 0; i < k->count; i++) {
        struct accepted *a = &k->one[i];
        if (a->event.seq <= e->seq || a->event.recorded_at >= e->recorded_at)
            continue;
        a->entries++;
        k->failed = k->failed || (e->dossier && !add_dossier(a, e->dossier));
        break;
    }
    return !k->failed;
}

static int by_id(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void each_once(struct accepted *a)
{
    size_t n = 0;
    if (a->dossiers)
        qsort(a->dossier, a->dossiers, sizeof *a->dossier, by_id);
    for (size_t i = 0; i < a->dossiers; i++)
        if (n == 0 || a->dossier[n - 1] != a->dossier[i])
            a->dossier[n++] = a->dossier[i];
    a->dossiers = n;
}

/* Walks the whole journal. Exit status. */
static int read_clocks(struct cli *c, struct clocks *k)
{
    *k = (struct clocks){.last = NO_TIME};
    view_clocks(c->view, add_clock, k);
    for (size_t i = 0, j = k->count; i + 1 < j; i++) {
        struct accepted swap = k->one[--j];
        k->one[j] = k->one[i];
        k->one[i] = swap;
    }
    if (!k->failed)
        view_journal(c->view, add_entry, k);
    for (size_t i = 0; i < k->count; i++)
        each_once(&k->one[i]);
    return k->failed ? cli_no_memory(c) : 0;
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
    for (size_t i = 0; i < k->count; i++)
        put_accepted(c, &j, &k->one[i]);
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
    if (k->count == 0)
        CLI_LINE(c, T_cli_clock_never, STR_NONE);
    for (size_t i = k->count; i-- > 0;) {
        buf_add_char(&c->out, '\n');
        print_accepted(c, &k->one[i]);
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
    clocks_release(&k);
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
    for (size_t i = 0; i < k->count; i++) {
        const struct accepted *a = &k->one[i];
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
    clocks_release(&k);
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
