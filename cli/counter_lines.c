#include "cli/counter_lines.h"

#include "cli/acting.h"
#include "cli/cells.h"
#include "core/words.h"

/* What was exempt by the last word on it is paid all the same. */
struct exempt {
    bool was, ends;
};

static bool look_exempt(void *arg, const struct event *e)
{
    struct exempt *x = arg;
    if (e->kind == EVENT_FEE && !e->undone_by) {
        x->ends = x->was && !e->fee.exempt;
        x->was = e->fee.exempt;
    }
    return true;
}

void counter_say_fee(struct cli *c, const struct dossier *d)
{
    struct exempt exempt = {false, false};
    view_history(c->view, d, look_exempt, &exempt);
    struct buf paid = BUF_INIT;
    money_words(c, &paid, d->fee_paid);
    if (d->fee_exempt)
        CLI_LINE(c, T_cli_fee_is_exempt, STR_NONE);
    else if (d->fee_paid)
        CLI_LINE(c, T_cli_fee_paid_so_far, buf_str(&paid));
    else
        CLI_LINE(c, T_cli_fee_nothing_left, STR_NONE);
    if (exempt.ends)
        CLI_LINE(c, T_cli_fee_exemption_ends, STR_NONE);
    c->out.failed = c->out.failed || paid.failed;
    buf_release(&paid);
}

static void say_step(struct cli *c, struct str step, civil_minute due)
{
    struct buf time = BUF_INIT;
    if (!step.n)
        return;
    lang_time(&time, c->lang, due);
    CLI_LINE(c, due == NO_TIME ? T_cli_line_step_alone : T_cli_line_step, step, buf_str(&time));
    c->out.failed = c->out.failed || time.failed;
    buf_release(&time);
}

void counter_say_step(struct cli *c, const struct dossier *d)
{
    struct event e;
    if (acting_last(c, d, &e) && e.kind == EVENT_TRANSFERRED)
        say_step(c, e.transferred.step, e.transferred.within_due);
}

static bool say_first(void *arg, const struct event *e)
{
    if (e->kind == EVENT_RECEIVED)
        say_step(arg, e->received.step, e->received.within_due);
    return false;
}

void counter_say_received(struct cli *c, const struct dossier *d)
{
    struct buf number = BUF_INIT, year = BUF_INIT;
    buf_add_int(&number, d->in_register.number);
    buf_add_int(&year, d->in_register.year);
    if (d->in_register.number)
        CLI_LINE(c, T_cli_line_register, buf_str(&number), buf_str(&year));
    c->out.failed = c->out.failed || number.failed || year.failed;
    buf_release(&number);
    buf_release(&year);
    view_history(c->view, d, say_first, c);
    if (d->fee_settled)
        counter_say_fee(c, d);
}

void counter_say_late_reason(struct cli *c, const struct dossier *d)
{
    const struct late_reason *r = &d->late_reason;
    if (r->category != LATE_UNSAID)
        CLI_LINE(c, T_cli_late_reason_line, str_of(words_late_category(c->lang, r->category)), r->reason);
    if (r->excuse != EXCUSE_UNSAID)
        CLI_LINE(c, T_cli_late_excuse_line, str_of(words_excuse(c->lang, r->excuse)));
}

void counter_ask_reason(struct cli *c, const struct dossier *d)
{
    if (d->late.statutory && !d->apology.number && d->late_reason.category == LATE_UNSAID)
        CLI_LINE(c, T_cli_late_say_why, d->code);
}
