/* demo: a store to try things in. */
#include "cli/demo.h"
#include "cli/stat.h"
#include "cli/verbs.h"
#include "store/noted.h"
#include <signal.h>
#include <unistd.h>

enum { D_DOSSIERS, D_SEED, D_UNTIL };

static const struct option_spec options[] = {
    [D_DOSSIERS] =
        {.name = "dossiers", .type = OPTION_NUMBER, .help = T_cli_opt_dossiers, .least = 1, .most = 1000000},
    [D_SEED] = {.name = "seed",
                .type = OPTION_NUMBER,
                .help = T_cli_opt_seed,
                .least = 0,
                .most = INT64_C(1000000000000000)},
    [D_UNTIL] = {.name = "until", .type = OPTION_DATE, .help = T_cli_opt_demo_until},
};

enum { USUAL_DOSSIERS = 300, USUAL_SEED = 1, OFFSET = 7 * 60, FIRST_UNTIL = 1992 };

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal)
{
    interrupted = signal;
}

/* What runs in the background was told to ignore its terminal's interrupts, and goes on doing so. */
static void watch_for(int signal, struct sigaction *before)
{
    struct sigaction act = {.sa_handler = on_interrupt};
    sigaction(signal, NULL, before);
    if (before->sa_handler != SIG_IGN)
        sigaction(signal, &act, NULL);
}

static void write_error(const char *p, size_t n)
{
    if (write(STDERR_FILENO, p, n) < 0)
        return; /* nobody watches then */
}

/* For whoever waits at a terminal. */
static void show_progress(const struct cli *c, uint32_t done)
{
    struct buf line = BUF_INIT, n = BUF_INIT;
    buf_add_int(&n, done);
    buf_add_char(&line, '\r');
    LANG_SAY(&line, c->lang, T_cli_demo_progress, buf_str(&n));
    if (!line.failed)
        write_error(line.p, line.n);
    buf_release(&line);
    buf_release(&n);
}

static bool go_on(void *arg, uint32_t done)
{
    if (isatty(STDERR_FILENO))
        show_progress(arg, done);
    return !interrupted;
}

/* Takes away what was begun; the folder too, unless it holds something else. */
static void take_away(struct cli *c)
{
    cli_end_view(c);
    store_discard(c->store);
    c->store = NULL;
}

static struct outcome fill_store(struct cli *c, const struct demo_options *how)
{
    static const char clear_line[] = "\r\033[K";
    struct outcome o = demo_fill(c->store, how, go_on, c);
    if (outcome_ok(&o) && !interrupted) {
        o = store_publish(c->store);
        c->wrote = outcome_ok(&o);
    }
    if (isatty(STDERR_FILENO))
        write_error(clear_line, sizeof clear_line - 1);
    return o;
}

static int fill(struct cli *c, const struct demo_options *how)
{
    struct outcome o = store_create(c->dir.p, &(struct store_options){.unseen = true}, &c->store);
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    struct sigaction interrupt, terminate;
    watch_for(SIGINT, &interrupt);
    watch_for(SIGTERM, &terminate);
    o = fill_store(c, how);
    if (!c->wrote)
        take_away(c);
    sigaction(SIGINT, &interrupt, NULL);
    sigaction(SIGTERM, &terminate, NULL);
    if (interrupted && !c->wrote) {
        raise(interrupted);
        return FAILED;
    }
    if (outcome_ok(&o)) {
        noted_forget(c->dir.p);
        o = cli_view(c);
    }
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    stat_print(c);
    return 0;
}

static int demo(struct cli *c, struct args *a)
{
    struct civil_input until;
    civil_day today = civil_day_of(civil_from_utc(c->now, OFFSET));
    struct demo_options how = {
        .dossiers = (uint32_t)args_number(a, D_DOSSIERS, USUAL_DOSSIERS),
        .seed = (uint64_t)args_number(a, D_SEED, USUAL_SEED),
        .until = today,
        .login = buf_str(&c->login),
    };
    if (args_time(a, D_UNTIL, &until))
        how.until = until.day;
    if (how.until > today)
        return args_wrong(a, T_cli_future_until, args_text(a, D_UNTIL), STR_NONE);
    if (civil_to_ymd(how.until).year < FIRST_UNTIL)
        return args_wrong(a, T_cli_early_until, args_text(a, D_UNTIL), STR_NONE);
    return fill(c, &how);
}

const struct verb verb_demo = {
    .name = "demo",
    .help = T_cli_help_demo,
    VERB_OPTIONS(options),
    .run = demo,
};
