/* explain: how a dossier's due time came about. */
#include "cli/counting.h"
#include "cli/dossier_json.h"
#include "cli/reading.h"
#include "cli/verbs.h"
#include "cli/wrapped.h"
#include "store/counted.h"

enum { E_AS_OF };

static const struct option_spec options[] = {
    [E_AS_OF] = OPTION_AS_OF,
};

/* The time promised beside the statutory one; NO_TIME where there is no other. */
static civil_minute promised(const struct dossier *d)
{
    bool other = !state_is_waiting(d->facts.state) && d->promised != d->appointment.due;
    return other ? d->promised : NO_TIME;
}

static bool differs(const struct dossier *d, const struct counted *a)
{
    return a->known && a->today != d->appointment.due;
}

/* As the rest of the command line tells a count; borrows from `a`. */
static struct counting counting_of(const struct dossier *d, const struct counted *a)
{
    return (struct counting){
        .limit = *dossier_limit(d),
        .clock = d->receipt.clock,
        .from = a->since == EVENT_PAID        ? FROM_PAYMENT
                : a->since == EVENT_RESTARTED ? FROM_SUPPLEMENT
                                              : FROM_RECEIPT,
        .deadline = a->deadline,
        .trace = a->trace,
    };
}

/* ---- for scripts ---- */

static void put_imported(struct json *j, civil_minute due, int offset)
{
    json_minute(j, "due_at", due, offset);
    json_bool(j, "provisional", false);
    json_null(j, "rule");
    json_array_begin(j, "days");
    json_array_end(j);
}

static void explain_json(struct cli *c, const struct dossier *d, const struct counted *a)
{
    struct counting k = counting_of(d, a);
    bool waiting = state_is_waiting(d->facts.state);
    struct json j = json_onto(&c->out);
    json_object_begin(&j, NULL);
    if (a->known)
        counting_json(&j, &k, waiting ? NO_TIME : a->deadline.due, c->offset);
    else
        put_imported(&j, d->facts.due, c->offset);
    json_minute(&j, "promised_at", promised(d), c->offset);
    json_minute(&j, "statutory_due_at", d->facts.statutory_due, c->offset);
    json_bool(&j, "differs", differs(d, a));
    json_minute(&j, "due_by_present_days", a->today, c->offset);
    json_name(&j, "counted_from", a->known ? event_kind_name(a->since) : NULL);
    json_minute(&j, "received_at", d->facts.received, c->offset);
    json_minute(&j, "waiting_since", waiting ? d->facts.waiting_since : NO_TIME, c->offset);
    json_minute(&j, "due_before_waiting", waiting ? d->appointment.due : NO_TIME, c->offset);
    json_str(&j, "code", d->code);
    json_object_end(&j);
    json_line(&j);
}

/* ---- for people ---- */

/* A sentence of its own, wrapped on a terminal. */
static void say(struct cli *c, enum text_id what, struct str first, struct str second)
{
    struct buf line = BUF_INIT;
    LANG_SAY(&line, c->lang, what, first, second);
    wrapped_text(c, buf_str(&line), 0);
    c->out.failed = c->out.failed || line.failed;
    buf_release(&line);
}

static void say_time(struct cli *c, enum text_id what, civil_minute t)
{
    struct buf time = BUF_INIT;
    lang_time(&time, c->lang, t);
    say(c, what, buf_str(&time), STR_NONE);
    buf_release(&time);
}

static void say_waiting(struct cli *c, const struct dossier *d)
{
    bool payment = d->facts.state == STATE_WAITING_PAYMENT;
    struct buf since = BUF_INIT, limit = BUF_INIT;
    lang_time(&since, c->lang, d->facts.waiting_since);
    lang_limit(&limit, c->lang, &d->receipt.limit);
    say(c, payment ? T_cli_explain_waits_payment : T_cli_explain_waits_supplement, buf_str(&since),
        buf_str(&limit));
    CLI_LINE(c, T_cli_explain_before_waiting, STR_NONE);
    buf_release(&since);
    buf_release(&limit);
}

static void say_count(struct cli *c, const struct dossier *d, const struct counted *a)
{
    struct counting k = counting_of(d, a);
    bool waiting = state_is_waiting(d->facts.state);
    counting_table(c, &k);
    if (waiting)
        say_time(c, T_cli_explain_was_due, a->deadline.due);
    else
        counting_answer(c, &k);
    if (a->deadline.due != d->appointment.due)
        say_time(c, T_cli_explain_recorded, d->appointment.due);
    if (differs(d, a))
        say_time(c, T_cli_explain_differs, a->today);
}

static void explain_text(struct cli *c, const struct dossier *d, const struct counted *a)
{
    struct procedure p;
    cli_banner(c);
    dossier_procedure(c, d, &p);
    say(c, T_cli_explain_dossier, d->code, d->receipt.applicant.name);
    say(c, T_cli_counting_procedure, p.code, p.name);
    if (state_is_waiting(d->facts.state))
        say_waiting(c, d);
    if (!a->known) {
        say(c, T_cli_explain_imported, STR_NONE, STR_NONE);
        say_time(c, T_cli_explain_recorded, d->appointment.due);
    } else {
        say_count(c, d, a);
    }
    if (promised(d) != NO_TIME)
        say_time(c, T_cli_explain_promised, promised(d));
}

static int explain_dossier(struct cli *c, const struct dossier *d)
{
    struct counted a;
    int status = 0;
    struct outcome o = counted_init(&a, c->view, d);
    if (!outcome_ok(&o))
        status = cli_tell(c, &o);
    else if (c->json)
        explain_json(c, d, &a);
    else
        explain_text(c, d, &a);
    counted_release(&a);
    return status;
}

static int explain(struct cli *c, struct args *a)
{
    struct reading r;
    struct dossier d;
    uint64_t id;
    int status = reading_open(c, a, E_AS_OF, -1, &r);
    if (status)
        return status;
    struct outcome o = view_find(c->view, a->operand[0], &id);
    if (!outcome_ok(&o))
        return cli_tell(c, &o);
    return view_dossier(c->view, id, &d) ? explain_dossier(c, &d) : 0;
}

const struct verb verb_explain = {
    .name = "explain",
    .help = T_cli_help_explain,
    VERB_OPTIONS(options),
    .operand = T_cli_value_code,
    .least = 1,
    .most = 1,
    .run = explain,
};
