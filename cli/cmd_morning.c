/* morning: the chief's page. */
#include "cli/ahead.h"
#include "cli/dossier_json.h"
#include "cli/mail.h"
#include "cli/morning_page.h"
#include "cli/stat.h"
#include "cli/verbs.h"
#include <stdlib.h>

enum { M_UNMASK, M_AS_OF, M_ACCEPT, M_MAIL, M_WITH_NAMES, M_WORKING_DAYS };

static const struct option_spec options[] = {
    [M_UNMASK] = OPTION_UNMASK,
    [M_AS_OF] = OPTION_AS_OF,
    [M_ACCEPT] = {.name = "accept", .type = OPTION_FLAG, .help = T_cli_opt_accept},
    [M_MAIL] = {.name = "mail",
                .type = OPTION_WORD,
                .help = T_cli_opt_mail,
                .value = T_cli_value_address,
                .repeats = true},
    [M_WITH_NAMES] = {.name = "with-names", .type = OPTION_FLAG, .help = T_cli_opt_mail_names},
    [M_WORKING_DAYS] = {.name = "working-days", .type = OPTION_FLAG, .help = T_cli_opt_working_days},
};

/* ---- gathering ---- */

static bool add_row(void *arg, const struct row *row)
{
    struct morning *m = arg;
    morning_add(m, row);
    return !m->failed;
}

/* The rate is of what was received since 1 January. */
static void gather(struct morning_page *p)
{
    struct cli *c = p->c;
    const struct judge *judge = &p->r->judge;
    struct civil today = civil_to_ymd(judge->today);
    struct tally tally;
    morning_init(&p->morning, judge);
    morning_add_unread(&p->morning, view_morning(c->view, judge, add_row, &p->morning));
    view_live(c->view, LIVE_UNCOLLECTED, add_row, &p->morning);
    morning_finish(&p->morning);
    view_tally(c->view, today.year, 1, today.year, 12, &tally);
    bool promised = judge->settings->basis == BASIS_PROMISED;
    p->on_time =
        on_time_rate(judge->settings, tally.solved, promised ? tally.late_promised : tally.late_statutory,
                     p->morning.open_past_statutory);
    view_stat(c->view, &p->stat);
    struct ahead ahead;
    ahead_read(&ahead, c->view);
    p->ahead = ahead_dossiers(&ahead);
    p->morning.failed = p->morning.failed || ahead.failed;
    ahead_release(&ahead);
}

/* ---- does the journal go on from what was last shown? ---- */

void morning_page_add_broken(const struct morning_page *p, struct buf *out, enum text_id text)
{
    const struct cli *c = p->c;
    struct buf when = BUF_INIT, what = BUF_INIT;
    lang_time(&when, c->lang, civil_from_utc(p->continuity.noted.when, c->offset));
    outcome_message(&what, c->lang, &p->continuity.verdict);
    LANG_SAY(out, c->lang, text, buf_str(&when), buf_str(&what));
    buf_release(&when);
    buf_release(&what);
}

/* Standard error alone: the page is an answer all the same. */
static void complain_of(struct cli *c, enum text_id text, const struct outcome *o)
{
    struct buf line = BUF_INIT, what = BUF_INIT;
    outcome_message(&what, c->lang, o);
    LANG_SAY(&line, c->lang, text, buf_str(&what));
    cli_complain(c, buf_str(&line));
    buf_release(&line);
    buf_release(&what);
}

/* Notes what is about to be shown. That it cannot is no reason to fail, unless noting is what was asked for.
 */
static int note(struct morning_page *p, bool accept)
{
    struct cli *c = p->c;
    struct outcome damaged = view_fault(c->view);
    bool nowhere = false;
    if (!outcome_ok(&damaged)) /* cli_finish() tells */
        return 0;
    if (accept && p->continuity.trouble.kind == KIND_bad_note)
        noted_forget(c->dir.p);
    struct outcome o = noted_keep(c->view, c->now, &nowhere);
    p->accepted = accept && outcome_ok(&o) && !nowhere;
    bool told = !outcome_ok(&p->continuity.trouble) && !accept;
    if (!outcome_ok(&o) && !told)
        complain_of(c, T_cli_note_unwritten, &o);
    else if (accept && nowhere)
        cli_complain(c, str_of(cli_text(c, T_cli_note_nowhere)));
    return accept && !p->accepted ? FAILED : 0;
}

static int compare(struct morning_page *p, bool accept)
{
    struct cli *c = p->c;
    struct buf line = BUF_INIT;
    noted_compare(c->view, &p->continuity);
    bool garbled = p->continuity.trouble.kind == KIND_bad_note && !accept;
    if (!outcome_ok(&p->continuity.trouble))
        complain_of(c, garbled ? T_cli_note_garbled : T_cli_note_unread, &p->continuity.trouble);
    if (!morning_page_is_broken(p) || accept)
        return p->r->past ? 0 : note(p, accept);
    morning_page_add_broken(p, &line, T_cli_morning_broken);
    cli_complain(c, buf_str(&line));
    buf_release(&line);
    return FAILED;
}

/* ---- for scripts ---- */

static void put_section(struct morning_page *p, struct json *j, const char *key, enum morning_section section)
{
    const struct morning_list *list = &p->morning.section[section];
    struct dossier_view view = {.judge = &p->r->judge, .unmask = p->r->unmask};
    struct dossier d;
    json_array_begin(j, key);
    for (size_t i = 0; i < list->count; i++)
        if (view_dossier(p->c->view, list->row[i]->facts.id, &d))
            dossier_json(p->c, j, NULL, &d, &view);
    json_array_end(j);
}

static void put_on_time(struct json *j, const struct on_time *t)
{
    json_object_begin(j, "on_time");
    if (t->rate < 0)
        json_null(j, "rate");
    else
        json_hundredths(j, "rate", t->rate);
    json_hundredths(j, "target", t->target);
    json_int(j, "solved_in_time", (int64_t)t->solved_in_time);
    json_int(j, "base", (int64_t)t->base);
    if (t->base)
        json_bool(j, "met", t->met);
    else
        json_null(j, "met"); /* nothing to judge yet */
    json_name(j, "comparator", comparator_sign(t->comparator));
    json_object_end(j);
}

static void put_counts(struct json *j, const struct morning *m)
{
    json_object_begin(j, "counts");
    for (enum status s = STATUS_WAITING; s <= STATUS_OVERDUE; s++)
        json_int(j, status_name(s), m->counts[s]);
    json_int(j, "open", m->open);
    json_int(j, "letter_due", m->letter_due);
    json_int(j, "rescheduled", m->rescheduled);
    json_int(j, "uncollected", m->uncollected);
    json_object_end(j);
}

static void print_json(struct morning_page *p)
{
    struct cli *c = p->c;
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    json_utc(&j, "as_of", p->r->moment, c->offset);
    json_text(&j, "office", office_identity(c->office)->name);
    put_on_time(&j, &p->on_time);
    put_counts(&j, &p->morning);
    put_section(p, &j, "overdue", MORNING_OVERDUE);
    json_object_begin(&j, "letters");
    put_section(p, &j, "today", MORNING_LETTERS_TODAY);
    put_section(p, &j, "too_late", MORNING_LETTERS_TOO_LATE);
    put_section(p, &j, "overdue", MORNING_LETTERS_OVERDUE);
    json_object_end(&j);
    put_section(p, &j, "due_today", MORNING_DUE_TODAY);
    put_section(p, &j, "due_next", MORNING_DUE_NEXT);
    put_section(p, &j, "rescheduled", MORNING_RESCHEDULED);
    put_section(p, &j, "waiting_long", MORNING_WAITING_LONG);
    put_section(p, &j, "uncollected", MORNING_UNCOLLECTED);
    stat_head_json(&j, &p->stat);
    if (p->continuity.known || p->accepted)
        json_bool(&j, "continues", !morning_page_is_broken(p));
    else
        json_null(&j, "continues"); /* nothing to compare with */
    json_int(&j, "ahead", (int64_t)p->ahead);
    json_bool(&j, "demo", c->demo);
    json_object_end(&j);
    json_line(&j);
}

/* ---- for people ---- */

/* The addresses the page goes to; false, and told, where one is none. */
static bool read_addresses(struct args *a, struct str *to, size_t *n)
{
    struct str one;
    *n = 0;
    for (size_t at = 0; args_next(a, M_MAIL, &at, &one); to[(*n)++] = one) {
        if (!mail_is_address(one)) {
            args_wrong_word(a, T_cli_mail_bad_address, one, STR_NONE);
            return false;
        }
    }
    return true;
}

/* Nothing is to be shown today. What was accepted is told on any day. */
static bool is_silent(const struct args *a, const struct judge *judge)
{
    bool asked = args_has(a, M_WORKING_DAYS) && !args_has(a, M_ACCEPT);
    return asked && judge->calendar && !calendar_is_working(judge->calendar, judge->today);
}

static int show(struct morning_page *p, const struct str *to, size_t n, bool accept)
{
    gather(p);
    if (p->morning.failed)
        return cli_no_memory(p->c);
    int status = compare(p, accept);
    if (p->c->json)
        print_json(p);
    else if (n)
        morning_mail(p, to, n);
    else
        morning_text(p);
    return status;
}

/* What does not go together; exit status. */
static int check(struct cli *c, struct args *a)
{
    if (args_has(a, M_ACCEPT) && args_has(a, M_AS_OF))
        return args_wrong(a, T_cli_as_of_and_accept, STR_NONE, STR_NONE);
    if (args_has(a, M_MAIL) && c->json)
        return args_wrong(a, T_cli_mail_and_json, STR_NONE, STR_NONE);
    if (args_has(a, M_WITH_NAMES) && !args_has(a, M_MAIL))
        return args_wrong(a, T_cli_names_without_mail, STR_NONE, STR_NONE);
    return 0;
}

static int morning(struct cli *c, struct args *a)
{
    struct reading r;
    struct str *to = calloc(a->count + 1, sizeof *to);
    size_t n = 0;
    int status = to ? check(c, a) : cli_no_memory(c);
    if (!status && !read_addresses(a, to, &n))
        status = USAGE;
    if (!status)
        status = reading_open(c, a, M_AS_OF, M_UNMASK, &r);
    if (!status && !is_silent(a, &r.judge)) {
        int columns = n || !c->columns || c->columns > MORNING_COLUMNS ? MORNING_COLUMNS : c->columns;
        struct morning_page p = {
            .c = c, .r = &r, .nameless = n && !args_has(a, M_WITH_NAMES), .columns = columns};
        c->color = c->color && !n;
        status = show(&p, to, n, args_has(a, M_ACCEPT));
        morning_release(&p.morning);
    }
    free(to);
    return status;
}

const struct verb verb_morning = {
    .name = "morning",
    .help = T_cli_help_morning,
    VERB_OPTIONS(options),
    .run = morning,
};
