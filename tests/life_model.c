#include "tests/life_parts.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- who and what there is ---- */

const struct model_officer model_officers[] = {
    {"admin", "Lãnh đạo", ROLE_ADMIN, false},     {"chief", "Văn phòng", ROLE_CHIEF, false},
    {"huong", "Một cửa", ROLE_OFFICER, false},    {"lan", "Một cửa", ROLE_OFFICER, false},
    {"nam", "Địa chính", ROLE_SPECIALIST, false}, {"gone", "Tư pháp", ROLE_OFFICER, true},
};
const size_t model_officer_count = sizeof model_officers / sizeof *model_officers;

const struct model_procedure model_procedures[] = {
    {"1.001", NULL, "3 working_days", CLOCK_UNSET, 20000, false},
    {"1.002", NULL, "same_day", CLOCK_UNSET, 0, false},
    {"1.003", NULL, NULL, CLOCK_UNSET, -1, false},
    {"1.004", "01", "8 working_hours", CLOCK_UNSET, 5000, false},
    {"1.005", NULL, "3 working_days", CLOCK_UNSET, 0, true},
    {"1.006", NULL, "10 calendar_days", CLOCK_DAY_END, 0, false},
    {"1.007", NULL, "2.5 working_days", CLOCK_SAME_HOUR, -1, false},
    {"1.008", NULL, "3 working_days", CLOCK_UNSET, 8000, false},
    {"1.008", "01", "8 working_days", CLOCK_UNSET, 8000, false},
    {"1.009", NULL, "1 months", CLOCK_UNSET, 100000, false},
    {"1.010", NULL, "16.5 calendar_days", CLOCK_SAME_HOUR, 0, false},
};
const size_t model_procedure_count = sizeof model_procedures / sizeof *model_procedures;

const struct model_officer *model_find_officer(struct str login)
{
    for (size_t i = 0; i < model_officer_count; i++)
        if (str_eq(login, str_of(model_officers[i].login)))
            return &model_officers[i];
    return NULL;
}

int model_find_procedure(struct str code)
{
    for (size_t i = 0; i < model_procedure_count; i++) {
        const struct model_procedure *p = &model_procedures[i];
        char hash[32], dot[32];
        snprintf(hash, sizeof hash, p->kase ? "%s#%s" : "%s", p->code, p->kase);
        snprintf(dot, sizeof dot, p->kase ? "%s.%s" : "%s", p->code, p->kase);
        if (str_eq(code, str_of(hash)) || str_eq(code, str_of(dot)))
            return (int)i;
    }
    return -1;
}

bool model_limit(struct str text, struct limit *out)
{
    static const struct {
        const char *text;
        struct limit limit;
    } words[] = {
        {"same_day", {LIMIT_SAME_DAY, 100, LIMIT_NO_CUTOFF}},
        {"same_day@11:00", {LIMIT_SAME_DAY, 100, 660}},
        {"1 working_days", {LIMIT_WORKING_DAYS, 100, LIMIT_NO_CUTOFF}},
        {"2.5 working_days", {LIMIT_WORKING_DAYS, 250, LIMIT_NO_CUTOFF}},
        {"3 working_days", {LIMIT_WORKING_DAYS, 300, LIMIT_NO_CUTOFF}},
        {"5 working_days", {LIMIT_WORKING_DAYS, 500, LIMIT_NO_CUTOFF}},
        {"8 working_days", {LIMIT_WORKING_DAYS, 800, LIMIT_NO_CUTOFF}},
        {"20 working_days", {LIMIT_WORKING_DAYS, 2000, LIMIT_NO_CUTOFF}},
        {"10 calendar_days", {LIMIT_CALENDAR_DAYS, 1000, LIMIT_NO_CUTOFF}},
        {"16.5 calendar_days", {LIMIT_CALENDAR_DAYS, 1650, LIMIT_NO_CUTOFF}},
        {"1.5 working_hours", {LIMIT_WORKING_HOURS, 150, LIMIT_NO_CUTOFF}},
        {"4 working_hours", {LIMIT_WORKING_HOURS, 400, LIMIT_NO_CUTOFF}},
        {"8 working_hours", {LIMIT_WORKING_HOURS, 800, LIMIT_NO_CUTOFF}},
        {"1 months", {LIMIT_MONTHS, 100, LIMIT_NO_CUTOFF}},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(text, str_of(words[i].text))) {
            *out = words[i].limit;
            return true;
        }
    return false;
}

/* Officer and specialist work at the desk; a chief besides may what the desk may not; an admin besides puts
 * people in their places. */
bool model_may(struct str login, enum act act)
{
    const struct model_officer *o = model_find_officer(login);
    if (!o || o->retired)
        return false;
    if (act == ACT_READ || act == ACT_HANDLE)
        return true;
    return o->role == ROLE_ADMIN || (o->role == ROLE_CHIEF && act != ACT_PEOPLE && act != ACT_CLOCK);
}

/* ---- the office ---- */

void model_office_init(struct model_office *o)
{
    *o = (struct model_office){.known = {1, 0},
                               .clock = CLOCK_DAY_END,
                               .cutoff = 15 * 60,
                               .backdate_max = 3,
                               .supplement_days = 3,
                               .hour_count = 1};
    o->hours[0] = (struct office_hours){
        .from = ORACLE_FIRST_DAY, .weekdays = 0x3e, .span_count = 2, .span = {{420, 690}, {810, 1020}}};
    for (size_t i = 0; i < model_procedure_count; i++)
        if (model_procedures[i].limit && !model_limit(str_of(model_procedures[i].limit), &o->limit[i]))
            abort();
}

void model_office_release(struct model_office *o)
{
    free(o->codes);
}

struct oracle_office model_days(const struct model_office *o)
{
    return (struct oracle_office){o->hours, o->hour_count, o->days, o->day_count, o->known};
}

/* ---- counting ---- */

bool model_due(const struct model_office *o, const struct limit *limit, enum due_clock clock, int cutoff,
               civil_minute from, struct shift *out)
{
    static struct oracle_answer answer; /* its memory serves every call */
    struct oracle_office days = model_days(o);
    if (limit->kind == LIMIT_NONE || !oracle_deadline(&days, limit, clock, cutoff, from, &answer))
        return false;
    *out = (struct shift){answer.due, answer.due, answer.counting, answer.provisional};
    return true;
}

int model_working_days(const struct model_office *o, civil_day after, civil_day upto)
{
    struct oracle_office days = model_days(o);
    int n = 0;
    for (civil_day day = after + 1; day <= upto; day++)
        n += oracle_is_working(&days, day);
    return n;
}

civil_minute model_closing(const struct model_office *o, civil_day day)
{
    struct oracle_office days = model_days(o);
    const struct office_hours *h = oracle_hours(&days, day);
    return (civil_minute)day * 1440 + h->span[h->span_count - 1].closes;
}

civil_minute model_opening(const struct model_office *o, civil_day day)
{
    struct oracle_office days = model_days(o);
    return (civil_minute)day * 1440 + oracle_hours(&days, day)->span[0].opens;
}

bool in_hours(const struct life *l)
{
    return (l->within.kind ? l->within.kind : l->limit.kind) == LIMIT_WORKING_HOURS;
}

bool model_past(const struct life *l, civil_minute due, civil_minute end)
{
    return in_hours(l) ? end > due : day_of(end) > day_of(due);
}

static uint32_t days_late(const struct model_office *o, const struct life *l, civil_minute due,
                          civil_minute end)
{
    if (!model_past(l, due, end))
        return 0;
    int n = model_working_days(o, day_of(due), day_of(end));
    return n ? (uint32_t)n : 1;
}

/* ---- what is asked ---- */

int64_t model_clock(const struct model_office *o, const struct asking *a)
{
    return a->now > o->head_time ? a->now : o->head_time;
}

bool is_blank(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ' ')
            return false;
    return true;
}

civil_minute until_of(const struct case_ *c)
{
    civil_minute until = c->command->apologize.until;
    return c->command->apologize.until_is_date ? model_closing(c->office, day_of(until)) : until;
}

struct case_ case_of(const struct model_office *o, const struct model_dossier *d, const struct asking *a)
{
    struct case_ c = {.office = o, .dossier = d, .command = a->command, .login = a->login};
    c.life = d ? &d->life : NULL;
    c.now = model_clock(o, a) / 60 + MODEL_OFFSET;
    c.at = a->command->at == NO_TIME ? c.now : a->command->at;
    return c;
}

/* ---- carrying out ---- */

static void appoint(struct life *l, civil_minute from, const struct shift *due)
{
    l->from = from;
    l->counting = due->counting;
    l->due = l->promised = due->statutory;
    l->provisional = due->provisional;
}

/* The appointment of this limit from then on, by the clock and cutoff of the receipt. */
static void appoint_by(struct life *l, const struct model_office *o, const struct limit *limit,
                       civil_minute from)
{
    struct shift due;
    if (!model_due(o, limit, l->clock, l->cutoff, from, &due))
        abort();
    appoint(l, from, &due);
}

static struct frame *push(struct model_dossier *d, const struct case_ *c, enum event_kind kind, uint64_t seq,
                          int64_t recorded)
{
    if (d->frames == MODEL_FRAMES)
        abort();
    struct frame *f = &d->frame[d->frames++];
    *f = (struct frame){.before = d->life,
                        .seq = seq,
                        .kind = kind,
                        .at = c->at,
                        .by = c->login,
                        .recorded = recorded,
                        .day_changes = c->office->day_changes};
    return f;
}

static uint32_t next_code(struct model_office *o, civil_day day)
{
    for (size_t i = 0; i < o->code_days; i++)
        if (o->codes[i].day == day)
            return ++o->codes[i].count;
    o->codes = realloc(o->codes, (o->code_days + 1) * sizeof *o->codes);
    if (!o->codes)
        abort();
    o->codes[o->code_days].day = day;
    o->codes[o->code_days++].count = 1;
    return 1;
}

static void solve(struct life *l, const struct case_ *c, enum dossier_state state, enum ended_how how)
{
    if (is_running(l)) {
        l->late_promised += days_late(c->office, l, l->promised, c->at);
        l->late += days_late(c->office, l, l->due, c->at);
    }
    l->state = state;
    l->how = how;
    l->resolved = c->at;
}

static void hand_over(struct life *l, civil_minute at, enum channel channel, struct str to)
{
    if (l->state == STATE_RESOLVED)
        l->state = STATE_RETURNED;
    l->returned = at;
    l->return_channel = channel ? channel : l->collect;
    l->returned_to = to;
}

static struct life life_received(const struct case_ *c)
{
    const struct command *q = c->command;
    int row = model_find_procedure(q->receive.procedure);
    const struct model_officer *holder =
        model_find_officer(q->receive.officer.n ? q->receive.officer : c->login);
    struct life l = {
        .state = STATE_PROCESSING,
        .procedure = row,
        .limit = q->receive.limit.kind ? q->receive.limit : c->office->limit[row],
        .clock = model_procedures[row].clock ? model_procedures[row].clock : c->office->clock,
        .cutoff = c->office->cutoff,
        .name = q->receive.applicant.name,
        .phone = q->receive.applicant.phone,
        .id_number = q->receive.applicant.id_number,
        .email = q->receive.applicant.email,
        .address = q->receive.applicant.address,
        .organization = q->receive.applicant.organization,
        .outside = q->receive.applicant.outside,
        .submitter = q->receive.submitter,
        .authority = q->receive.authority,
        .components = q->receive.components,
        .note = q->receive.note,
        .sets = q->receive.sets ? q->receive.sets : 1,
        .fee = q->receive.fee >= 0 ? q->receive.fee : model_procedures[row].fee,
        .channel = q->receive.channel ? q->receive.channel : CHANNEL_DIRECT,
        .collect = q->receive.collect ? q->receive.collect : CHANNEL_DIRECT,
        .submitted = q->receive.submitted,
        .received = c->at,
        .waiting_since = NO_TIME,
        .resolved = NO_TIME,
        .returned = NO_TIME,
        .officer = str_of(holder->login),
        .unit = q->receive.unit.n ? q->receive.unit : str_of(holder->unit),
        .letter = {.issued = NO_TIME, .old_due = NO_TIME, .new_due = NO_TIME},
    };
    appoint_by(&l, c->office, &l.limit, c->at);
    return l;
}

int model_receive(struct model_office *o, struct model_dossier *d, uint64_t id, const struct asking *a,
                  uint64_t seq)
{
    struct case_ c = case_of(o, NULL, a);
    int64_t recorded = model_clock(o, a);
    *d = (struct model_dossier){.id = id, .receiver = a->login};
    push(d, &c, EVENT_RECEIVED, seq, recorded);
    d->life = life_received(&c);
    struct civil day = civil_to_ymd(day_of(c.at));
    snprintf(d->code, sizeof d->code, "H42.26.21-%02d%02d%02d-%04u", day.year % 100, day.month, day.day,
             next_code(o, day_of(c.at)));
    o->head_time = recorded;
    if (!a->command->receive.serve)
        return 1;
    push(d, &c, EVENT_RESOLVED, seq + 1, recorded);
    solve(&d->life, &c, STATE_RESOLVED, ENDED_RESOLVED);
    push(d, &c, EVENT_RETURNED, seq + 2, recorded);
    hand_over(&d->life, c.at, CHANNEL_NONE, STR_NONE);
    return 3;
}

static void do_transfer(struct life *l, const struct case_ *c)
{
    const struct model_officer *to = model_find_officer(c->command->transfer.to);
    l->officer = to ? str_of(to->login) : STR_NONE;
    l->unit = is_blank(c->command->transfer.unit) && to ? str_of(to->unit) : c->command->transfer.unit;
}

/* The applicant is waited for; what is late by then, or by the time it is written down, stays late. */
static void do_wait(struct life *l, const struct case_ *c, enum dossier_state state)
{
    l->late_promised += days_late(c->office, l, l->promised, judged_at(c));
    l->late += days_late(c->office, l, l->due, judged_at(c));
    l->was_late = l->late > 0;
    l->was_late_promised = l->late_promised > 0;
    l->state = state;
    l->waiting_since = c->at;
    l->moved = true;
}

static void do_supplement(struct life *l, const struct case_ *c)
{
    bool needed = l->supplements > 0 || model_past(l, l->promised, judged_at(c));
    do_wait(l, c, STATE_WAITING);
    l->asked = c->command->supplement.reason;
    l->needs = c->command->supplement.needs;
    l->supplements++;
    l->insisted = l->insisted || needed;
}

static void do_resume(struct life *l, const struct case_ *c)
{
    l->state = STATE_PROCESSING;
    l->waiting_since = NO_TIME;
    l->resumed = true;
    l->within = c->command->kind == COMMAND_PAID ? c->command->resume.within : (struct limit){0};
    appoint_by(l, c->office, l->within.kind ? &l->within : &l->limit, c->at);
}

static void do_apologize(struct model_office *o, struct life *l, const struct case_ *c, int64_t recorded)
{
    bool running = is_running(l);
    int year = civil_to_ymd(day_of(c->now)).year; /* numbered in the year in which it is written down */
    l->letter = (struct model_letter){
        .number = ++o->letters[year - 2000],
        .year = year,
        .reason = c->command->apologize.reason,
        .signer = c->command->apologize.signer,
        .by = c->login,
        .issued = c->at,
        .old_due = l->promised,
        .new_due = running ? until_of(c) : NO_TIME,
        .recorded = recorded,
        .in_time = running && day_of(c->at) < day_of(l->promised),
    };
    if (running) {
        l->promised = l->letter.new_due;
        l->moved = true;
    }
}

static void do_resolve(struct life *l, const struct case_ *c)
{
    solve(l, c, STATE_RESOLVED, ENDED_RESOLVED);
    l->result = c->command->resolve.result;
    l->digitized = c->command->resolve.digitized;
}

/* A record made by mistake was never late. */
static void do_void(struct life *l, const struct case_ *c)
{
    l->state = STATE_VOID;
    l->how = ENDED_VOID;
    l->result = c->command->end.reason;
    l->late = l->late_promised = 0;
}

/* Back to what was before. Changes of days since then stay, but for those of an appointment that goes too;
 * what passed it by while it did not run follows. */
static int do_undo(const struct model_office *o, struct model_dossier *d)
{
    bool ran = is_running(&d->life);
    struct frame *last = &d->frame[--d->frames];
    bool appointment = last->kind == EVENT_RESTARTED || last->kind == EVENT_PAID;
    bool another = !ran || last->named_due; /* the appointment that runs now is another than a moment ago */
    d->life = last->before;
    for (size_t i = 0; i < last->shifts && !appointment; i++)
        model_shift(d, &last->shift[i]);
    free(last->shift);
    if (!another || !is_running(&d->life) || last->day_changes == o->day_changes)
        return 1;
    struct model_move missed = model_missed(o, d);
    if (!missed.later && !missed.confirmed)
        return 1;
    model_shift(d, &missed.shift);
    return 2;
}

static enum event_kind event_of(enum command_kind kind)
{
    switch (kind) {
    case COMMAND_TRANSFER: return EVENT_TRANSFERRED;
    case COMMAND_APOLOGIZE: return EVENT_APOLOGIZED;
    case COMMAND_RESOLVE: return EVENT_RESOLVED;
    case COMMAND_RETURN: return EVENT_RETURNED;
    case COMMAND_REFUSE: return EVENT_REFUSED;
    case COMMAND_SUPPLEMENT: return EVENT_SUPPLEMENT_REQUESTED;
    case COMMAND_RESTART: return EVENT_RESTARTED;
    case COMMAND_AWAIT_PAYMENT: return EVENT_PAYMENT_AWAITED;
    case COMMAND_PAID: return EVENT_PAID;
    case COMMAND_WITHDRAW: return EVENT_WITHDRAWN;
    case COMMAND_STOP: return EVENT_STOPPED;
    case COMMAND_VOID: return EVENT_VOIDED;
    case COMMAND_CORRECT: return EVENT_CORRECTED;
    default: return EVENT_RATED;
    }
}

int model_act(struct model_office *o, struct model_dossier *d, const struct asking *a, uint64_t seq)
{
    struct case_ c = case_of(o, d, a);
    int64_t recorded = model_clock(o, a);
    o->head_time = recorded;
    if (a->command->kind == COMMAND_UNDO)
        return do_undo(o, d);
    struct frame *frame = push(d, &c, event_of(a->command->kind), seq, recorded);
    struct life *l = &d->life;
    switch (a->command->kind) {
    case COMMAND_TRANSFER: do_transfer(l, &c); break;
    case COMMAND_SUPPLEMENT: do_supplement(l, &c); break;
    case COMMAND_AWAIT_PAYMENT: do_wait(l, &c, STATE_WAITING_PAYMENT); break;
    case COMMAND_RESTART:
    case COMMAND_PAID: do_resume(l, &c); break;
    case COMMAND_APOLOGIZE: do_apologize(o, l, &c, recorded); break;
    case COMMAND_RESOLVE: do_resolve(l, &c); break;
    case COMMAND_RETURN: hand_over(l, c.at, c.command->give_back.channel, c.command->give_back.to); break;
    case COMMAND_REFUSE: solve(l, &c, STATE_REFUSED, ENDED_REFUSED); break;
    case COMMAND_WITHDRAW: solve(l, &c, STATE_WITHDRAWN, ENDED_WITHDRAWN); break;
    case COMMAND_STOP: solve(l, &c, STATE_STOPPED, ENDED_STOPPED); break;
    case COMMAND_VOID: do_void(l, &c); break;
    case COMMAND_CORRECT:
        *l = life_corrected(&c);
        frame->named_due = names_due(a->command);
        frame->moved_due = l->due != frame->before.due || l->promised != frame->before.promised;
        break;
    default: l->rating = (uint8_t)c.command->rate.stars; break;
    }
    if (l->state != frame->before.state &&
        (l->state == STATE_REFUSED || l->state == STATE_WITHDRAWN || l->state == STATE_STOPPED))
        l->result = c.command->end.reason;
    return 1;
}

void model_dossier_release(struct model_dossier *d)
{
    for (int i = 0; i < d->frames; i++)
        free(d->frame[i].shift);
}
