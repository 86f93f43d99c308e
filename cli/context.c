#include "cli/context.h"

#include "cli/place.h"
#include "cli/progress.h"
#include "core/text.h"
#include "store/crash.h"
#include "store/fault.h"
#include "store/noted.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { SPILL = 1 << 16, NARROWEST = 60, USUAL = 80, USUAL_OFFSET = 7 * 60 /* where no office tells */ };

static bool env_is_set(const char *name)
{
    const char *value = getenv(name);
    return value && *value;
}

/* Of the terminal behind this descriptor; 0 where there is none. */
static int columns_of(int fd)
{
    struct winsize size;
    if (!isatty(fd))
        return 0;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return USUAL;
    return size.ws_col < NARROWEST ? NARROWEST : size.ws_col;
}

void cli_init(struct cli *c)
{
    place_guard_descriptors();
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like others */
    *c = (struct cli){.lang = LANG_VI, .now = (int64_t)time(NULL), .columns = columns_of(STDOUT_FILENO)};
    /* A language nobody knows is told of later (cli_check_environment): what is wrong with the command line
     * comes first. */
    const char *lang = getenv("MOTCUA_LANG");
    c->lang_given = lang && lang_parse(str_of(lang), &c->lang);
    cli_set_color(c, COLOR_AUTO);
    place_of_store(&c->dir);
    place_login(&c->login);
}

void cli_release(struct cli *c)
{
    cli_end_view(c);
    store_close(c->store);
    c->store = NULL;
    buf_release(&c->out);
    buf_release(&c->dir);
    buf_release(&c->login);
}

void cli_set_color(struct cli *c, enum color_choice choice)
{
    const char *term = getenv("TERM");
    bool capable = term && *term && strcmp(term, "dumb") != 0;
    c->color = choice == COLOR_ALWAYS ||
               (choice == COLOR_AUTO && c->columns > 0 && capable && !env_is_set("NO_COLOR"));
}

int cli_check_environment(struct cli *c)
{
    if (!c->lang_given && env_is_set("MOTCUA_LANG")) {
        c->lang_given = lang_parse(str_of(getenv("MOTCUA_LANG")), &c->lang);
        if (!c->lang_given) {
            cli_complain(c, str_of(cli_text(c, T_cli_bad_env_lang)));
            return USAGE;
        }
    }
    crash_speak(c->lang);
    if (c->dir.failed || c->login.failed)
        return cli_no_memory(c);
    int year = civil_to_ymd(civil_day_of(civil_from_utc(c->now, 0))).year;
    if (year < CIVIL_FIRST_YEAR || year > CIVIL_LAST_YEAR) {
        cli_complain(c, str_of(cli_text(c, T_cli_bad_clock)));
        return FAILED;
    }
    return 0;
}

/* ---- the store ---- */

void cli_end_view(struct cli *c)
{
    view_end(c->view);
    c->view = NULL;
    c->office = NULL;
}

/* What a new view tells of the office. An office not yet founded in an old view keeps today's clock. */
static void adopt_view(struct cli *c)
{
    c->office = view_office(c->view);
    const struct office_identity *identity = office_identity(c->office);
    if (!identity->agency.n)
        return;
    c->offset = identity->utc_offset;
    c->demo = identity->demo;
    if (!c->lang_given)
        c->lang = office_settings(c->office)->lang;
    crash_speak(c->lang);
}

struct outcome cli_view(struct cli *c)
{
    cli_end_view(c);
    struct outcome o = view_begin(c->store, &c->view);
    if (outcome_ok(&o))
        adopt_view(c);
    return o;
}

struct outcome cli_view_as_of(struct cli *c, int64_t utc_second)
{
    cli_end_view(c);
    struct outcome o = view_begin_as_of(c->store, utc_second, &c->view);
    if (outcome_ok(&o))
        adopt_view(c);
    return o;
}

/* Whoever the office does not know may ask what is public, and nothing else. Its present people count, also
 * where the past is asked for. */
static struct outcome check_login(struct cli *c)
{
    return c->everybody ? OUTCOME_DONE : decide_allowed(c->office, buf_str(&c->login), c->act);
}

/* An older program's store is brought up to date when it is opened: seldom, and then not in silence. */
struct renewing {
    struct progress progress;
    enum lang lang;
    bool begun, stopped;
};

static bool tell_renewing(void *arg, uint64_t done, uint64_t all)
{
    struct renewing *r = arg;
    if (!r->begun)
        progress_begin(&r->progress, r->lang, T_cli_renewing);
    r->begun = true;
    const struct watch watch = progress_watch(&r->progress);
    r->stopped = !watch_tell(&watch, done, all);
    return !r->stopped;
}

struct outcome cli_open(struct cli *c)
{
    struct renewing renewing = {.lang = c->lang};
    const struct watch watch = {tell_renewing, &renewing};
    struct outcome o = store_open_watched(c->dir.p, &watch, &c->store);
    if (renewing.begun)
        progress_end(&renewing.progress, renewing.stopped);
    if (outcome_ok(&o))
        o = cli_view(c);
    return outcome_ok(&o) ? check_login(c) : o;
}

int cli_open_or_tell(struct cli *c)
{
    struct outcome o = cli_open(c);
    return outcome_ok(&o) ? 0 : cli_tell(c, &o);
}

struct moment cli_moment(const struct cli *c)
{
    return (struct moment){.now = c->now, .login = buf_str(&c->login)};
}

civil_minute cli_now(const struct cli *c)
{
    return civil_from_utc(c->now, c->offset);
}

int cli_submit(struct cli *c, struct request *requests, size_t n)
{
    cli_end_view(c);
    struct outcome o = store_submit(c->store, requests, n, NULL);
    struct outcome viewed = cli_view(c);
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    c->wrote = true;
    return outcome_ok(&viewed) ? 0 : cli_tell(c, &viewed);
}

/* ---- talking ---- */

const char *cli_text(const struct cli *c, enum text_id id)
{
    return lang_text(c->lang, id);
}

void cli_say(struct cli *c, enum text_id id, const struct str *args, size_t n)
{
    struct buf said = BUF_INIT;
    lang_say(&said, c->lang, id, args, n);
    text_safe(&c->out, buf_str(&said), true);
    c->out.failed = c->out.failed || said.failed;
    buf_release(&said);
}

void cli_banner(struct cli *c)
{
    if (c->demo && !c->json)
        CLI_LINE(c, T_cli_demo_banner, STR_NONE);
}

/* Nobody is left to tell when standard error fails. */
static bool write_all(int fd, const char *p, size_t n)
{
    while (n) {
        ssize_t done = write(fd, p, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        p += done;
        n -= (size_t)done;
    }
    return true;
}

/* A sentence may be longer than a terminal's row, which would break it anywhere. */
static void add_rows(struct buf *out, struct str text, int columns)
{
    for (size_t skip; text.n; text = str_from(text, skip)) {
        size_t n = text_wrap(text, columns, &skip);
        buf_add_str(out, str_first(text, n));
        buf_add_char(out, '\n');
    }
}

void cli_complain(const struct cli *c, struct str text)
{
    (void)c;
    struct buf line = BUF_INIT, rows = BUF_INIT;
    int columns = columns_of(STDERR_FILENO);
    buf_add_z(&line, "motcua: ");
    text_safe(&line, text, false); /* whatever its maker let in */
    add_rows(&rows, buf_str(&line), columns ? columns : INT32_MAX);
    if (!line.failed && !rows.failed)
        (void)write_all(STDERR_FILENO, rows.p, rows.n);
    buf_release(&line);
    buf_release(&rows);
}

/* The law a refusal cites, with the office's own provincial decision. */
static void cite(const struct cli *c, const struct outcome *o, struct buf *out)
{
    struct str province = c->office ? office_settings(c->office)->law_province : STR_NONE;
    law_cite(out, c->lang, o->rules, o->law, province);
}

/* Never "it failed" alone of what is in the store: it would be entered twice. */
static void say_saved(const struct cli *c, struct buf *out, const struct outcome *o)
{
    const struct outcome saved = outcome_of(KIND_saved_unread);
    outcome_message(out, c->lang, &saved);
    buf_add_z(out, " (");
    outcome_message(out, c->lang, o);
    buf_add_char(out, ')');
}

static void tell_json(struct cli *c, enum outcome_kind kind, struct str message, struct str law)
{
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_object_begin(&j, "error");
    json_name(&j, "kind", outcome_kind_name(kind));
    json_str(&j, "message", message);
    json_text(&j, "law", law);
    json_object_end(&j);
    json_object_end(&j);
    json_line(&j);
}

/* That there is no store, where there was one: somebody may be about to found a new one in place of what only
 * wants to be mounted, moved back or restored. */
static bool say_was_here(const struct cli *c, struct buf *out)
{
    struct noted noted;
    if (!noted_before(c->dir.p, &noted))
        return false;
    struct buf dir = BUF_INIT, when = BUF_INIT, seq = BUF_INIT;
    text_safe(&dir, buf_str(&c->dir), false);
    lang_time(&when, c->lang, civil_from_utc(noted.when, USUAL_OFFSET));
    buf_add_int(&seq, (int64_t)noted.head.seq);
    LANG_SAY(out, c->lang, T_cli_store_was_here, buf_str(&dir), buf_str(&when), buf_str(&seq));
    out->failed = out->failed || dir.failed || when.failed || seq.failed;
    buf_release(&dir);
    buf_release(&when);
    buf_release(&seq);
    return true;
}

static void say_outcome(const struct cli *c, struct buf *out, const struct outcome *o, enum text_id sentence)
{
    if (sentence != T_nothing)
        outcome_message_as(out, c->lang, o, sentence);
    else if (o->kind != KIND_no_store || !say_was_here(c, out))
        outcome_message(out, c->lang, o);
}

int cli_tell(struct cli *c, const struct outcome *o)
{
    return cli_tell_as(c, o, T_nothing);
}

int cli_tell_as(struct cli *c, const struct outcome *o, enum text_id sentence)
{
    enum outcome_class class = outcome_class(o->kind);
    bool saved = c->wrote && class == FAILED;
    struct buf message = BUF_INIT, law = BUF_INIT, line = BUF_INIT;
    if (saved)
        say_saved(c, &message, o);
    else
        say_outcome(c, &message, o, sentence);
    cite(c, o, &law);
    if (law.n)
        LANG_SAY(&line, c->lang, T_cli_cites, buf_str(&message), buf_str(&law));
    else
        buf_add_str(&line, buf_str(&message));
    cli_complain(c, buf_str(&line));
    if (c->json && class != USAGE)
        tell_json(c, saved ? KIND_saved_unread : o->kind, buf_str(&message), buf_str(&law));
    buf_release(&message);
    buf_release(&law);
    buf_release(&line);
    return (int)class;
}

int cli_refuse(struct cli *c, enum outcome_kind kind, struct str text)
{
    struct outcome o = outcome_of(kind);
    if (text.p)
        outcome_typed(&o, text);
    return cli_tell(c, &o);
}

int cli_no_memory(struct cli *c)
{
    return cli_refuse(c, KIND_out_of_memory, STR_NONE);
}

/* Whoever stops reading ends a program that only answers, as everywhere. One that has saved something must
 * live to say so. */
static void write_out(struct cli *c)
{
    if (c->wrote)
        signal(SIGPIPE, SIG_IGN);
    if (!c->out_error && c->out.n && !write_all(STDOUT_FILENO, c->out.p, c->out.n))
        c->out_error = errno;
    bool failed = c->out.failed;
    buf_reset(&c->out);
    c->out.failed = failed;
}

void cli_flush(struct cli *c)
{
    write_out(c);
}

void cli_spill(struct cli *c)
{
    if (c->out.n >= SPILL)
        write_out(c);
}

/* Half an answer is worse than none: a script must see that it is not whole. */
static int tell_output(struct cli *c)
{
    struct buf line = BUF_INIT;
    struct outcome why = outcome_of(KIND_io_error);
    fault_reason(&why, c->out_error);
    outcome_message_as(&line, c->lang, &why, c->wrote ? T_cli_output_failed_saved : T_cli_output_failed);
    cli_complain(c, buf_str(&line));
    buf_release(&line);
    return FAILED;
}

int cli_finish(struct cli *c, int status)
{
    if (c->out.failed)
        status = cli_no_memory(c);
    if (c->view) {
        struct outcome o = view_fault(c->view);
        if (!outcome_ok(&o))
            status = cli_tell(c, &o);
    }
    write_out(c);
    return c->out_error ? tell_output(c) : status;
}
