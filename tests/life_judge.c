/* life_judge: the model's verdicts, one function a command. */
#include "core/wire.h"
#include "tests/life_parts.h"

/* ---- verdicts ---- */

bool verdict_allows(const struct verdict *v, const char *kind)
{
    if (strcmp(kind, "done") == 0)
        return v->musts == 0 && !v->any;
    bool found = v->any;
    for (int i = 0; i < v->musts; i++)
        found = found || strcmp(v->must[i], kind) == 0;
    for (int i = 0; i < v->mays; i++)
        found = found || strcmp(v->may[i], kind) == 0;
    return found;
}

static bool has_result(const struct life *l)
{
    return l->state == STATE_RESOLVED || l->state == STATE_RETURNED;
}

static void judge_ended(struct verdict *v, const struct life *l)
{
    must(v, has_result(l) ? "already_resolved" : "not_open");
}

bool judge_running(struct verdict *v, const struct life *l)
{
    if (is_running(l))
        return true;
    if (is_waiting(l))
        must(v, "waiting");
    else
        judge_ended(v, l);
    return false;
}

static bool judge_open(struct verdict *v, const struct life *l)
{
    if (is_running(l) || is_waiting(l))
        return true;
    judge_ended(v, l);
    return false;
}

static bool judge_waiting_for(struct verdict *v, const struct life *l, enum dossier_state what)
{
    if (l->state == what)
        return true;
    if (is_running(l) || is_waiting(l))
        must(v, "not_waiting");
    else
        judge_ended(v, l);
    return false;
}

/* "More than backdate.max working days before today": the days from the one after to today; where counting
 * from that day to the one before today says something else, both will do. */
void judge_backdating(struct verdict *v, const struct case_ *c, civil_minute at)
{
    civil_day then = day_of(at), today = day_of(c->now);
    if (then >= today || model_may(c->login, ACT_BACKDATE))
        return;
    bool one = model_working_days(c->office, then, today) > c->office->backdate_max;
    bool other = model_working_days(c->office, then - 1, today - 1) > c->office->backdate_max;
    if (one && other)
        must(v, "not_allowed");
    else if (one || other)
        may(v, "not_allowed");
}

static void judge_time(struct verdict *v, const struct case_ *c)
{
    if (c->at > c->now)
        must(v, "future_time");
    else
        judge_backdating(v, c, c->at);
    if (c->life && c->at < c->life->received)
        must(v, "before_receipt");
}

/* An act in its turn: not before the present appointment or wait began. */
static void judge_turn(struct verdict *v, const struct case_ *c)
{
    const struct life *l = c->life;
    if ((is_running(l) && l->resumed && c->at < l->from) || (is_waiting(l) && c->at < l->waiting_since))
        must(v, "before_turn");
}

static bool before_letter(const struct case_ *c)
{
    return c->life->letter.number && c->at < c->life->letter.issued;
}

void judge_text(struct verdict *v, struct str text)
{
    if (is_blank(text))
        must(v, "empty_text");
}

/* At least one, and none of them blank. */
static void judge_list(struct verdict *v, struct str list)
{
    struct str item;
    size_t at = 0;
    bool empty = list.n == 0;
    while (wire_list_next(list, &at, &item))
        empty = empty || is_blank(item);
    if (empty)
        must(v, "empty_text");
}

/* ---- each command ---- */

static void judge_transfer(struct verdict *v, const struct case_ *c)
{
    judge_running(v, c->life);
    struct str to = c->command->transfer.to;
    const struct model_officer *o = model_find_officer(to);
    if (is_blank(to))
        judge_text(v, c->command->transfer.unit);
    else if (!o)
        must(v, "unknown_officer");
    else if (o->retired)
        must(v, "retired");
}

static void judge_supplement(struct verdict *v, const struct case_ *c)
{
    const struct life *l = c->life;
    bool running = judge_running(v, l);
    judge_turn(v, c);
    judge_text(v, c->command->supplement.reason);
    judge_list(v, c->command->supplement.needs);
    if (!running)
        return;
    if (before_letter(c))
        may(v, "before_letter");
    bool second = l->supplements > 0, late = model_past(l, l->promised, judged_at(c));
    bool may_insist = model_may(c->login, ACT_INSIST);
    if ((second || late) && !c->command->supplement.insist)
        must(v, second ? "second_supplement" : "late_supplement");
    else if ((second || late) && !may_insist)
        must(v, "not_allowed");
    else if (c->command->supplement.insist && !may_insist)
        may(v, "not_allowed");
}

static void judge_await_payment(struct verdict *v, const struct case_ *c)
{
    judge_running(v, c->life);
    judge_turn(v, c);
    if (before_letter(c))
        may(v, "before_letter");
}

static void judge_restart(struct verdict *v, const struct case_ *c)
{
    judge_waiting_for(v, c->life, STATE_WAITING);
    judge_turn(v, c);
}

static void judge_paid(struct verdict *v, const struct case_ *c)
{
    bool waiting = judge_waiting_for(v, c->life, STATE_WAITING_PAYMENT);
    judge_turn(v, c);
    if (waiting && c->life->within.kind && !model_may(c->login, ACT_OVERRIDE_LIMIT)) /* another round */
        must(v, "not_allowed");
    v->any = v->any || c->command->resume.within.kind == LIMIT_NONE;
}

/* Receipts to 30/6/2025 are withdrawn, later ones stopped. */
static bool is_under_61(const struct life *l)
{
    return day_of(l->received) <= 20269; /* 2025-06-30 */
}

static void judge_end(struct verdict *v, const struct case_ *c)
{
    enum command_kind kind = c->command->kind;
    bool open = judge_open(v, c->life);
    judge_turn(v, c);
    judge_text(v, c->command->end.reason);
    if (kind == COMMAND_VOID && !model_may(c->login, ACT_VOID))
        must(v, "not_allowed");
    if (!open)
        return;
    if (kind == COMMAND_WITHDRAW && !is_under_61(c->life))
        must(v, "use_stop");
    if (kind == COMMAND_STOP && is_under_61(c->life))
        must(v, "use_withdraw");
    if (before_letter(c) && kind == COMMAND_REFUSE)
        must(v, "before_letter");
    else if (before_letter(c))
        may(v, "before_letter");
}

static bool is_at_the_desk(const struct life *l)
{
    return (l->state == STATE_RESOLVED || l->state == STATE_REFUSED) && l->returned == NO_TIME;
}

/* Solved late, and nothing handed over: what is withdrawn or stopped never is. */
static bool is_solved_late(const struct life *l)
{
    bool ended = l->state == STATE_WITHDRAWN || l->state == STATE_STOPPED;
    return (ended || is_at_the_desk(l)) && l->late > 0;
}

static void judge_new_date(struct verdict *v, const struct case_ *c)
{
    const struct life *l = c->life;
    struct oracle_office days = model_days(c->office);
    civil_minute until = until_of(c);
    if (until <= c->at)
        must(v, "due_in_past");
    else if (until <= c->now)
        may(v, "due_in_past");
    if (in_hours(l) ? until <= l->promised : day_of(until) <= day_of(l->promised))
        must(v, "due_not_later");
    bool closed =
        until < model_opening(c->office, day_of(until)) || until > model_closing(c->office, day_of(until));
    if (!oracle_is_working(&days, day_of(until)))
        must(v, "due_on_day_off");
    if (closed)
        must(v, "outside_hours");
}

static void judge_apologize(struct verdict *v, const struct case_ *c)
{
    const struct life *l = c->life;
    bool given = c->command->apologize.until != NO_TIME;
    judge_text(v, c->command->apologize.reason);
    judge_turn(v, c);
    if (l->letter.number && (is_running(l) || is_at_the_desk(l) || is_solved_late(l))) {
        must(v, "second_apology");
    } else if (is_solved_late(l)) {
        if (given)
            judge_ended(v, l);
        if (c->at < l->resolved)
            may(v, "before_result");
    } else if (!judge_running(v, l)) {
        if (!given && is_waiting(l))
            may(v, "until_missing");
    } else if (given) {
        judge_new_date(v, c);
    } else {
        must(v, "until_missing");
    }
}

static void judge_resolve(struct verdict *v, const struct case_ *c)
{
    judge_running(v, c->life);
    judge_turn(v, c);
    if (before_letter(c))
        must(v, "before_letter");
}

static void judge_return(struct verdict *v, const struct case_ *c)
{
    const struct life *l = c->life;
    if (is_at_the_desk(l)) {
        if (c->at < l->resolved)
            must(v, "before_result");
    } else if (is_running(l)) {
        must(v, "not_resolved");
        judge_turn(v, c);
    } else {
        judge_running(v, l);
        judge_turn(v, c);
    }
}

static void judge_undo(struct verdict *v, const struct case_ *c)
{
    judge_text(v, c->command->end.reason);
    if (c->dossier->frames == 1) {
        must(v, "nothing_to_undo");
        return;
    }
    const struct frame *last = &c->dossier->frame[c->dossier->frames - 1];
    bool own = str_eq(last->by, c->login) && day_of((last->recorded / 60) + MODEL_OFFSET) == day_of(c->now);
    if (!own && !model_may(c->login, ACT_UNDO_OTHERS))
        must(v, "not_allowed");
    if (last->moved_due && last->shifts > 0)
        must(v, "moved_since");
    else if (last->named_due && last->shifts > 0)
        may(v, "moved_since");
}

static void judge_rate(struct verdict *v, const struct case_ *c)
{
    int stars = c->command->rate.stars;
    v->any = v->any || stars < 1 || stars > 5;
    if (!has_result(c->life))
        must(v, "not_resolved");
    else if (c->at < c->life->resolved)
        must(v, "before_result");
}

static void judge_receive(struct verdict *v, const struct case_ *c)
{
    int row = model_find_procedure(c->command->receive.procedure);
    const struct limit *asked = &c->command->receive.limit;
    const struct model_officer *to = model_find_officer(c->command->receive.officer);
    if (row < 0)
        must(v, "unknown_procedure");
    else if (model_procedures[row].retired)
        must(v, "retired");
    else if (c->office->limit[row].kind == LIMIT_NONE && asked->kind == LIMIT_NONE)
        must(v, "no_limit");
    else if (c->office->limit[row].kind != LIMIT_NONE && asked->kind != LIMIT_NONE &&
             memcmp(asked, &c->office->limit[row], sizeof *asked) != 0 &&
             !model_may(c->login, ACT_OVERRIDE_LIMIT))
        must(v, "not_allowed");
    judge_text(v, c->command->receive.applicant.name);
    if (c->command->receive.submitted != NO_TIME && c->command->receive.submitted > c->at)
        must(v, "submitted_later");
    if (c->command->receive.officer.n && !to)
        must(v, "unknown_officer");
    else if (to && to->retired)
        must(v, "retired");
}

struct verdict model_judge(const struct model_office *o, const struct model_dossier *d,
                           const struct asking *a)
{
    struct verdict v = {0};
    struct case_ c = case_of(o, d, a);
    if (o->head_time - a->now > 5 * 60) {
        must(&v, "clock_behind");
        return v;
    }
    if (!model_may(a->login, ACT_HANDLE)) {
        must(&v, "not_allowed");
        return v;
    }
    if (d || a->command->kind == COMMAND_RECEIVE)
        judge_time(&v, &c);
    switch (a->command->kind) {
    case COMMAND_RECEIVE: judge_receive(&v, &c); break;
    case COMMAND_TRANSFER: judge_transfer(&v, &c); break;
    case COMMAND_SUPPLEMENT: judge_supplement(&v, &c); break;
    case COMMAND_RESTART: judge_restart(&v, &c); break;
    case COMMAND_AWAIT_PAYMENT: judge_await_payment(&v, &c); break;
    case COMMAND_PAID: judge_paid(&v, &c); break;
    case COMMAND_REFUSE:
    case COMMAND_WITHDRAW:
    case COMMAND_STOP:
    case COMMAND_VOID: judge_end(&v, &c); break;
    case COMMAND_APOLOGIZE: judge_apologize(&v, &c); break;
    case COMMAND_RESOLVE: judge_resolve(&v, &c); break;
    case COMMAND_RETURN: judge_return(&v, &c); break;
    case COMMAND_UNDO: judge_undo(&v, &c); break;
    case COMMAND_CORRECT: judge_correct(&v, &c); break;
    case COMMAND_RATE: judge_rate(&v, &c); break;
    default: judge_office(&v, o, a); break;
    }
    return v;
}
