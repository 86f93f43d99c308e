/* Dossiers that another system brought, in any state, with or without a procedure, a limit or a due time,
 * live on under random commands. What becomes of each is for other tests to say; here: nothing fails,
 * refusals leave no trace, every history replays to the record's bytes, what lists say of lateness is what is
 * stored, and the store is whole.
 *
 * MOTCUA_LIFE_SEED sets where they begin. */
#include "core/evolve.h"
#include "core/status.h"
#include "tests/life_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define ASSERT_DONE(outcome) assert_string_equal(outcome_kind_name((outcome).kind), "done")

enum { PER_STORE = 100, EVENTS = 256 };

struct import_run {
    struct life_run run;
    struct script script;
    struct buf said;    /* the steps about this dossier, for a person */
    unsigned told_anew; /* how often something was */
};

/* ---- drawing ---- */

static bool one_in(struct script *s, int n)
{
    return random_in(&s->random, 1, n) == 1;
}

static struct command some_import(struct script *s, int number)
{
    static const char *const procedures[] = {"1.001", "1.002", "1.003", "1.004#01", "Tên gọi ở hệ thống khác",
                                             "1.005", "1.010"};
    static const char *const people[] = {"huong", "gone", "Bà Tám", ""};
    static char code[40];
    civil_minute now = s->clock / 60 + MODEL_OFFSET, received = now - random_in(&s->random, 0, 60000);
    struct command c = {.kind = COMMAND_IMPORT, .at = received};
    snprintf(code, sizeof code, "000.00.53.H48-%06d", number);
    c.import.code = str_of(code);
    c.import.procedure = str_of(procedures[random_in(&s->random, 0, 6)]);
    c.import.applicant.name = STR("Nguyễn Thị Hương");
    c.import.officer = str_of(people[random_in(&s->random, 0, 3)]);
    c.import.state = (enum dossier_state)random_in(&s->random, STATE_PROCESSING, STATE_STOPPED);
    c.import.submitted = c.import.statutory_due = c.import.waiting_since = NO_TIME;
    c.import.due = one_in(s, 3) ? NO_TIME : received + random_in(&s->random, -2000, 40000);
    if (one_in(s, 3))
        c.import.statutory_due = received + random_in(&s->random, -2000, 20000);
    if (one_in(s, 3))
        c.import.waiting_since = received + random_in(&s->random, 0, now - received);
    c.import.resolved = c.import.returned = NO_TIME;
    if (c.import.state > STATE_WAITING_PAYMENT && !one_in(s, 4))
        c.import.resolved = received + random_in(&s->random, 0, now - received);
    if (c.import.state == STATE_RETURNED || (c.import.state == STATE_REFUSED && one_in(s, 2)))
        c.import.returned = one_in(s, 4) ? NO_TIME : now - random_in(&s->random, 0, 100);
    return c;
}

/* As much of a dossier as drawing looks at. */
static struct model_dossier likeness(const struct dossier *d)
{
    struct model_dossier m = {.frames = 1};
    m.frame[0].at = d->facts.received;
    m.life = (struct life){
        .state = d->facts.state,
        .received = d->facts.received,
        .from = d->appointment.from == NO_TIME ? d->facts.received : d->appointment.from,
        .counting = d->appointment.counting == NO_TIME ? d->facts.received : d->appointment.counting,
        .due = d->appointment.due == NO_TIME ? d->facts.received : d->appointment.due,
        .promised = d->promised == NO_TIME ? d->facts.received : d->promised,
        .resolved = d->facts.resolved,
        .returned = d->facts.returned,
        .waiting_since = d->facts.waiting_since,
        .submitted = d->receipt.submitted,
        .supplements = d->supplements,
        .letter = {.number = d->apology.number, .issued = d->apology.issued},
    };
    return m;
}

/* ---- looking ---- */

struct history {
    struct event event[EVENTS];
    size_t count;
};

static bool collect(void *arg, const struct event *e)
{
    struct history *h = arg;
    assert_true(h->count < EVENTS);
    h->event[h->count++] = *e;
    return true;
}

static void complain(struct import_run *r, const char *what)
{
    fail_msg("%s\n%.*s", what, STR_ARG(buf_str(&r->said)));
}

/* Reads it and holds it against its history; gives its likeness and the journal's head. */
static void look_at(struct import_run *r, uint64_t id, struct model_dossier *m, uint64_t *head)
{
    static struct history h;
    struct view *v;
    struct dossier d, again;
    struct store_stat stat;
    struct buf stored = BUF_INIT, replayed = BUF_INIT;
    ASSERT_DONE(view_begin(r->run.desk.store, &v));
    view_stat(v, &stat);
    *head = stat.head_seq;
    if (!view_dossier(v, id, &d))
        complain(r, "it cannot be read");
    h.count = 0;
    view_history(v, &d, collect, &h);
    if (!evolve_history(&again, h.event, h.count))
        complain(r, "its history does not replay");
    dossier_encode(&stored, &d);
    dossier_encode(&replayed, &again);
    if (!str_eq(buf_str(&stored), buf_str(&replayed)))
        complain(r, "its history is not the record");
    struct facts f = d.facts;
    struct judge j = judge_at(view_office(v), r->script.clock / 60 + MODEL_OFFSET);
    if (f.resolved != NO_TIME && f.state != STATE_VOID) {
        f.state = STATE_RESOLVED;
        if ((status_of(&j, &f) == STATUS_LATE) != (d.late.statutory > 0))
            complain(r, "its status and its late days disagree");
    }
    *m = likeness(&d);
    ASSERT_DONE(view_fault(v));
    view_end(v);
    buf_release(&stored);
    buf_release(&replayed);
}

/* ---- told anew ---- */

/* What a person would look for: does anything stand that somebody did here; did the days move it? */
struct worked {
    bool touched, moved;
};

static bool look_for_work(void *arg, const struct event *e)
{
    struct worked *w = arg;
    bool stands = !e->undone_by && e->kind != EVENT_UNDONE;
    bool told = e->kind == EVENT_IMPORTED || e->kind == EVENT_REIMPORTED;
    w->moved = w->moved || e->kind == EVENT_DUE_MOVED;
    w->touched = w->touched || (stands && !told && e->kind != EVENT_DUE_MOVED);
    return true;
}

static void print_import(struct buf *out, const struct command *c);

static struct outcome tell(struct import_run *r, struct command c, uint64_t *id, uint64_t *seq)
{
    struct request request = {.moment = {.now = r->script.clock, .login = STR("chief")}, .command = c};
    print_import(&r->said, &c);
    struct outcome o = store_submit(r->run.desk.store, &request, 1, NULL);
    buf_addf(&r->said, "  -> %s\n", outcome_kind_name(o.kind));
    if (outcome_class(o.kind) == FAILED)
        complain(r, "the import failed");
    *id = request.result.dossier;
    *seq = request.result.seq;
    return o;
}

static bool same_times(const struct dossier *a, const struct dossier *b)
{
    const struct facts *f = &a->facts, *g = &b->facts;
    return f->received == g->received && f->statutory_due == g->statutory_due && f->due == g->due &&
           f->waiting_since == g->waiting_since && f->resolved == g->resolved && f->returned == g->returned &&
           a->promised == b->promised && a->appointment.due == b->appointment.due &&
           a->appointment.from == b->appointment.from;
}

/* All is said: then nothing is left of what was told before. */
static bool same_story(const struct dossier *a, const struct dossier *b)
{
    return same_times(a, b) && a->facts.state == b->facts.state && a->facts.ended_how == b->facts.ended_how &&
           a->facts.procedure == b->facts.procedure && a->facts.holder == b->facts.holder &&
           a->facts.field == b->facts.field && a->facts.was_late == b->facts.was_late &&
           a->late.statutory == b->late.statutory && a->late.promised == b->late.promised &&
           str_eq(a->title, b->title) && str_eq(a->officer, b->officer) && str_eq(a->result, b->result) &&
           a->first_act == b->first_act && a->imported && b->imported;
}

/* The same dossier told anew, all of it; where it comes in, it is as if it had been told so first: of another
 * code. False where it could not come in at all. */
static bool tell_anew(struct import_run *r, uint64_t id, struct str code, int number)
{
    static char other_code[40];
    struct worked w = {false, false};
    struct dossier d, first;
    struct view *v;
    uint64_t known, seq, other, unused;
    ASSERT_DONE(view_begin(r->run.desk.store, &v));
    assert_true(view_known_code(v, code, &known) && known == id && view_dossier(v, id, &d));
    view_history(v, &d, look_for_work, &w);
    view_end(v);
    struct command c = some_import(&r->script, number);
    snprintf(other_code, sizeof other_code, "OTHER-%08llu", (unsigned long long)r->told_anew++);
    c.import.code = str_of(other_code);
    struct outcome o = tell(r, c, &other, &unused);
    if (!outcome_ok(&o))
        return false;
    c.import.code = code;
    o = tell(r, c, &known, &seq);
    if (w.touched != (o.kind == KIND_import_conflict) && !(w.touched && outcome_ok(&o) && !seq))
        complain(r, w.touched ? "told anew though worked on" : "not told anew");
    if (w.touched)
        return true;
    ASSERT_DONE(o);
    assert_int_equal(known, id);
    ASSERT_DONE(view_begin(r->run.desk.store, &v));
    assert_true(view_dossier(v, id, &d) && view_dossier(v, other, &first));
    if (!w.moved && !same_story(&d, &first))
        complain(r, "told anew it is another story");
    view_end(v);
    o = tell(r, c, &known, &seq);
    if (!outcome_ok(&o) || seq)
        complain(r, "told a third time it changes");
    return true;
}

/* ---- living ---- */

static struct outcome ask(struct import_run *r, const struct life_step *step, struct command c, uint64_t *id)
{
    struct request request = {.moment = {.now = step->now, .login = step->login}, .command = c};
    step_print(&r->said, step);
    struct outcome o = store_submit(r->run.desk.store, &request, 1, NULL);
    buf_addf(&r->said, "  -> %s\n", outcome_kind_name(o.kind));
    if (outcome_class(o.kind) == FAILED)
        complain(r, "it failed");
    if (outcome_ok(&o) && id)
        *id = request.result.dossier;
    return o;
}

/* A day off that is recorded just so already: nothing is written again. */
static bool is_day_again(struct import_run *r, const struct life_step *step)
{
    struct view *v;
    const struct office_day *day = &step->command.day;
    if (step->dossier >= 0)
        return false;
    ASSERT_DONE(view_begin(r->run.desk.store, &v));
    const struct office_day *known = office_find_day(view_office(v), day->day);
    bool again = known && known->kind == day->kind && str_eq(known->name, day->name);
    view_end(v);
    return again;
}

static void print_import(struct buf *out, const struct command *c)
{
    buf_addf(out, "import %.*s: %s, '%.*s', received ", STR_ARG(c->import.code), state_name(c->import.state),
             STR_ARG(c->import.procedure));
    print_time(out, c->at);
    buf_add_z(out, " due ");
    print_time(out, c->import.due);
    buf_add_z(out, " resolved ");
    print_time(out, c->import.resolved);
    buf_add_z(out, " returned ");
    print_time(out, c->import.returned);
    buf_add_char(out, '\n');
}

static void live_on(struct import_run *r, int number)
{
    struct model_dossier m;
    uint64_t id = 0, head, after;
    struct command c = some_import(&r->script, number);
    struct request request = {.moment = {.now = r->script.clock, .login = STR("chief")}, .command = c};
    buf_reset(&r->said);
    print_import(&r->said, &c);
    struct outcome o = store_submit(r->run.desk.store, &request, 1, NULL);
    if (outcome_class(o.kind) == FAILED)
        complain(r, "the import failed");
    if (!outcome_ok(&o))
        return;
    id = request.result.dossier;
    look_at(r, id, &m, &head);
    char code[40];
    snprintf(code, sizeof code, "%.*s", STR_ARG(c.import.code));
    for (int64_t acts = random_in(&r->script.random, 2, 9); acts > 0; acts--) {
        struct life_step step =
            one_in(&r->script, 8) ? script_day_off(&r->script, &m) : script_act(&r->script, &m, number);
        if (step.dossier >= 0)
            step.command.dossier = str_of(code);
        if (one_in(&r->script, 4)) {
            tell_anew(r, id, str_of(code), number);
            look_at(r, id, &m, &head);
        }
        bool again = is_day_again(r, &step);
        o = ask(r, &step, step.command, NULL);
        look_at(r, id, &m, &after);
        if ((after != head) != (outcome_ok(&o) && !again))
            complain(r, "the journal's head says otherwise");
        head = after;
    }
}

static void what_another_system_brought_lives_on(void **state)
{
    const char *from = getenv("MOTCUA_LIFE_SEED");
    uint64_t seed = from && *from ? strtoull(from, NULL, 10) : 1;
    int stores = getenv("MOTCUA_QUICK") ? 3 : 30;
    (void)state;
    for (int i = 0; i < stores; i++) {
        static struct import_run r;
        r = (struct import_run){.script = {.random = {seed + (uint64_t)i}, .text = ARENA_INIT}};
        r.script.clock = 1709254800 + random_in(&r.script.random, 0, 960) * 86400;
        life_run_begin(&r.run, r.script.clock);
        for (int number = 0; number < PER_STORE; number++)
            live_on(&r, number);
        store_desk_assert_whole(r.run.desk.store);
        life_run_end(&r.run);
        arena_release(&r.script.text);
        buf_release(&r.said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_another_system_brought_lives_on)};
    return cmocka_run_group_tests_name("life_import", tests, NULL, NULL);
}
