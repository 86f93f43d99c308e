#include "tests/life_run.h"

#include "core/wire.h"
#include "tests/life_days_run.h"
#include "tests/life_same.h"
#include "tests/vietnam_days.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

struct life_seen life_seen;

void note_answer(const struct life_step *step, enum dossier_state state, const char *kind)
{
    struct life_seen *l = &life_seen;
    bool done = strcmp(kind, "done") == 0;
    ++*(done ? &l->done[step->command.kind] : &l->refused[step->command.kind]);
    l->in_state[state]++;
    for (uint64_t i = 0; i < l->kinds; i++)
        if (strcmp(l->kind[i], kind) == 0)
            return;
    if (l->kinds < sizeof l->kind / sizeof *l->kind)
        l->kind[l->kinds++] = kind;
}

/* ---- the office at the beginning ---- */

static void ask_first(struct life_run *r, struct command c)
{
    struct outcome o = store_desk_ask(&r->desk, c, NULL);
    ASSERT_DONE(o);
}

static void bring_people(struct life_run *r)
{
    for (size_t i = 0; i < model_officer_count; i++) {
        const struct model_officer *o = &model_officers[i];
        struct officer person = {
            .login = str_of(o->login), .name = str_of(o->login), .unit = str_of(o->unit), .role = o->role};
        ask_first(r, (struct command){.kind = COMMAND_OFFICER_PUT, .at = NO_TIME, .officer = person});
        if (o->retired)
            ask_first(r, (struct command){
                             .kind = COMMAND_OFFICER_RETIRE, .at = NO_TIME, .retired = str_of(o->login)});
    }
}

static void bring_catalogue(struct life_run *r)
{
    static const char *const fields[] = {"Hộ tịch", "Đất đai", "Chứng thực"};
    for (size_t i = 0; i < model_procedure_count; i++) {
        const struct model_procedure *p = &model_procedures[i];
        struct procedure row = {.code = str_of(p->code),
                                .kase = str_of(p->kase),
                                .name = STR("Thủ tục"),
                                .field = str_of(fields[i % 3]),
                                .limit = r->office.limit[i],
                                .clock = p->clock,
                                .fee = p->fee,
                                .online = -1,
                                .postal = -1};
        ask_first(r, (struct command){.kind = COMMAND_PROCEDURE_PUT, .at = NO_TIME, .procedure = row});
        if (p->retired)
            ask_first(r, (struct command){
                             .kind = COMMAND_PROCEDURE_RETIRE, .at = NO_TIME, .retired = str_of(p->code)});
    }
}

static void bring_days(struct life_run *r)
{
    struct command known = {.kind = COMMAND_YEARS_KNOWN, .at = NO_TIME, .known = {2022, 2026}};
    for (size_t i = 0; i < vietnam_day_count; i++) {
        const struct vietnam_day *from = &vietnam_days[i];
        struct office_day day = {civil_from_ymd(from->year, from->month, from->day), from->kind, STR("Nghỉ"),
                                 STR_NONE};
        struct command c = {.kind = COMMAND_DAY_PUT, .at = NO_TIME, .day = day};
        ask_first(r, c);
        r->office.days[r->office.day_count++] = day;
    }
    ask_first(r, known);
    r->office.known = known.known;
}

void life_run_begin(struct life_run *r, int64_t clock)
{
    struct office_identity office = {
        .name = STR("UBND xã Tơ Tung"), .agency = STR("H42.26.21"), .utc_offset = MODEL_OFFSET};
    *r = (struct life_run){.text = BUF_INIT};
    model_office_init(&r->office);
    store_desk_empty(&r->desk);
    r->desk.now = clock - 60;
    ASSERT_DONE(store_create(r->desk.dir, NULL, &r->desk.store));
    ask_first(r, (struct command){.kind = COMMAND_FOUND, .at = NO_TIME, .found = office});
    bring_people(r);
    bring_catalogue(r);
    bring_days(r);
    r->office.head_time = r->desk.now;
}

void life_run_end(struct life_run *r)
{
    for (size_t i = 0; i < r->cap; i++)
        model_dossier_release(&r->dossier[i]);
    free(r->dossier);
    for (int i = 0; i < r->memories; i++)
        buf_release(&r->memory[i].then);
    model_office_release(&r->office);
    buf_release(&r->text);
    store_desk_release(&r->desk);
}

/* ---- the past ---- */

static bool dump_dossier(void *arg, const struct dossier *d)
{
    dossier_encode(arg, d);
    return true;
}

static bool dump_row(void *arg, const struct row *row)
{
    row_encode(arg, row);
    return true;
}

/* All that a view answers of dossiers and of the office's days. */
static void dump(struct buf *out, struct view *v)
{
    struct store_stat stat;
    const struct office *o = view_office(v);
    view_stat(v, &stat);
    buf_addf(out, "%llu %llu %llu %llu %llu %llu", (unsigned long long)stat.dossiers,
             (unsigned long long)stat.open, (unsigned long long)stat.solved, (unsigned long long)stat.events,
             (unsigned long long)stat.backdated, (unsigned long long)stat.recorded_late);
    buf_add(out, stat.head_hash, STORE_HASH);
    view_scan(v, NULL, dump_dossier, out);
    for (int group = LIVE_RUNNING; group <= LIVE_UNCOLLECTED; group++)
        view_live(v, (enum live_group)group, dump_row, out);
    for (size_t i = 0; i < office_day_count(o); i++)
        buf_addf(out, "%d %d", (int)office_day(o, i)->day, office_day(o, i)->kind);
    buf_addf(out, "%d", (int)office_hours_count(o));
}

static void remember(struct life_run *r)
{
    if (r->memories == LIFE_MEMORIES)
        return;
    struct life_memory *m = &r->memory[r->memories++];
    struct view *v = look(r);
    m->when = r->office.head_time;
    dump(&m->then, v);
    view_end(v);
}

/* As of then, the store answers what it answered then. */
static bool same_past(struct life_run *r)
{
    struct buf now = BUF_INIT;
    bool good = true;
    for (int i = 0; good && i < r->memories; i++) {
        struct view *v;
        buf_reset(&now);
        ASSERT_DONE(view_begin_as_of(r->desk.store, r->memory[i].when, &v));
        dump(&now, v);
        view_end(v);
        if (!str_eq(buf_str(&now), buf_str(&r->memory[i].then))) {
            good = differs(r, "as of", "another answer than then");
            buf_addf(&r->text, "at %lld\n", (long long)r->memory[i].when);
        }
    }
    buf_release(&now);
    return good;
}

/* ---- the counts ---- */

/* Was it solved in time by its own word, but recorded after its due time? Nothing is due while waiting. */
static bool is_recorded_late(const struct model_dossier *m)
{
    const struct life *l = &m->life;
    if (l->resolved == NO_TIME || l->late > 0 || l->waiting_since != NO_TIME)
        return false;
    int i = m->frames - 1;
    while (m->frame[i].before.resolved != NO_TIME)
        i--;
    return model_past(l, l->due, m->frame[i].recorded / 60 + MODEL_OFFSET);
}

/* Those that are kept while writing, against a count of all dossiers one by one. */
static bool same_counts(struct life_run *r, struct view *v)
{
    struct store_stat stat;
    struct tally tally, right = {0};
    uint64_t open = 0, recorded_late = 0;
    for (size_t i = 0; i < r->cap; i++) {
        const struct model_dossier *m = &r->dossier[i];
        const struct life *l = &m->life;
        if (m->frames == 0 || l->state == STATE_VOID)
            continue;
        bool solved = l->resolved != NO_TIME;
        right.received++;
        right.solved += solved;
        right.late_statutory += solved && l->late > 0;
        right.late_promised += solved && l->late_promised > 0;
        open += !solved;
        recorded_late += is_recorded_late(m);
    }
    view_stat(v, &stat);
    view_tally(v, 2000, 1, 2099, 12, &tally);
    const char *where = "counts";
    bool good = same_number(r, where, "stat.dossiers", (int64_t)stat.dossiers, (int64_t)r->ids);
    good &= same_number(r, where, "stat.open", (int64_t)stat.open, (int64_t)open);
    good &= same_number(r, where, "stat.solved", (int64_t)stat.solved, (int64_t)right.solved);
    good &= same_number(r, where, "stat.backdated", (int64_t)stat.backdated, (int64_t)r->backdated);
    good &= same_number(r, where, "stat.recorded_late", (int64_t)stat.recorded_late, (int64_t)recorded_late);
    good &= same_number(r, where, "tally.received", (int64_t)tally.received, (int64_t)right.received);
    good &= same_number(r, where, "tally.solved", (int64_t)tally.solved, (int64_t)right.solved);
    good &= same_number(r, where, "tally.late_statutory", (int64_t)tally.late_statutory,
                        (int64_t)right.late_statutory);
    good &= same_number(r, where, "tally.late_promised", (int64_t)tally.late_promised,
                        (int64_t)right.late_promised);
    return good;
}

/* ---- a step ---- */

static bool same_changes(struct life_run *r, const char *where, struct str told, const struct life *was,
                         const struct life *is)
{
    struct str name, old, new;
    struct buf before = BUF_INIT, after = BUF_INIT;
    uint64_t fields = 0;
    size_t at = 0;
    bool good = true;
    while (good && wire_list_next(told, &at, &name) && wire_list_next(told, &at, &old) &&
           wire_list_next(told, &at, &new)) {
        enum correction_field field = CORRECT_COUNT;
        if (!correction_field_parse(name, &field))
            return differs(r, where, "event.changes names no field");
        fields |= UINT64_C(1) << (field == CORRECT_CASE ? CORRECT_PROCEDURE : field);
        buf_reset(&before);
        buf_reset(&after);
        life_field(&before, was, field);
        life_field(&after, is, field);
        good = field == CORRECT_CASE || (same_text(r, where, "event.changes old", old, buf_str(&before)) &&
                                         same_text(r, where, "event.changes new", new, buf_str(&after)));
    }
    for (enum correction_field f = 0; good && f < CORRECT_COUNT; f++) {
        buf_reset(&before);
        buf_reset(&after);
        life_field(&before, was, f);
        life_field(&after, is, f);
        bool changed = !str_eq(buf_str(&before), buf_str(&after));
        good = same_number(r, where, correction_field_name(f), fields >> f & 1, changed);
    }
    buf_release(&before);
    buf_release(&after);
    return good;
}

/* What an entry says beside what it makes of the dossier. */
static bool same_entry(struct life_run *r, const char *where, const struct command *c, const struct event *e,
                       const struct life *was, const struct life *is, civil_minute at, civil_minute now,
                       const struct frame *undone)
{
    bool good = same_time(r, where, "event.at", e->at, at);
    if (c->kind == COMMAND_SUPPLEMENT) {
        bool needed = was->supplements > 0 || model_past(was, was->promised, now);
        int days = model_working_days(&r->office, civil_day_of(was->counting), civil_day_of(at));
        good &= same_number(r, where, "event.insisted", e->supplement.insisted, needed);
        good &= same_number(r, where, "event.late_notice", e->supplement.late_notice,
                            days > r->office.supplement_days);
    }
    if (c->kind == COMMAND_CORRECT)
        good &= same_changes(r, where, e->corrected.changes, was, is);
    if (c->kind == COMMAND_UNDO) {
        good &= same_number(r, where, "event.undone.seq", (int64_t)e->undone.seq, (int64_t)undone->seq);
        good &= same_number(r, where, "event.undone.kind", e->undone.kind, undone->kind);
    }
    return good;
}

static bool step_dossier(struct life_run *r, const struct life_step *step, const char *where)
{
    static struct history history;
    struct model_dossier *m = &r->dossier[step->dossier];
    bool receives = step->command.kind == COMMAND_RECEIVE;
    struct command c = step->command;
    if (receives == (m->frames > 0)) /* received already, or never */
        return true;
    c.dossier = receives ? STR_NONE : str_of(m->code);
    struct asking a = {step->now, step->login, &c};
    struct verdict verdict = model_judge(&r->office, receives ? NULL : m, &a);
    struct head before = head_of(r);
    struct request request = {.moment = {.now = step->now, .login = step->login}, .command = c};
    struct outcome o = store_submit(r->desk.store, &request, 1, NULL);
    const char *kind = outcome_kind_name(o.kind);
    note_answer(step, receives ? (enum dossier_state)0 : m->life.state, kind);
    if (!right_answer(r, where, &verdict, outcome_class(o.kind), kind) ||
        (!outcome_ok(&o) && !left_no_trace(r, where, &before)))
        return false;
    if (!outcome_ok(&o) && receives)
        return true;
    struct life was = m->life;
    struct frame undone =
        c.kind == COMMAND_UNDO ? m->frame[m->frames > 0 ? m->frames - 1 : 0] : (struct frame){0};
    civil_minute now = model_clock(&r->office, &a) / 60 + MODEL_OFFSET;
    civil_minute at = c.at != NO_TIME ? c.at : now;
    uint64_t written = 0;
    if (outcome_ok(&o) && receives) {
        written = (uint64_t)model_receive(&r->office, m, ++r->ids, &a, before.seq + 1);
    } else if (outcome_ok(&o)) {
        written = (uint64_t)model_act(&r->office, m, &a, before.seq + 1);
    }
    struct view *v = look(r);
    bool good = same_in_view(r, where, v, m, &history);
    if (written) {
        /* Its own last entry: what follows an undo is the office's. */
        uint64_t own = receives ? written : 1;
        good &= same_number(r, where, "result.seq", (int64_t)request.result.seq, (int64_t)(before.seq + own));
        good &= same_number(r, where, "result.dossier", (int64_t)request.result.dossier, (int64_t)m->id);
        size_t entry = history.count - (receives ? 1 : written);
        if (civil_day_of(at) < civil_day_of(model_clock(&r->office, &a) / 60 + MODEL_OFFSET))
            r->backdated += own;
        life_seen.missed += written > own && !receives;
        good &= same_entry(r, where, &c, &history.event[entry], &was, &m->life, at, now, &undone);
    }
    view_end(v);
    return same_number(r, where, "entries written", (int64_t)(head_of(r).seq - before.seq),
                       (int64_t)written) &&
           good;
}

static void make_room(struct life_run *r, int dossier)
{
    size_t cap = r->cap;
    if (dossier < (int)cap)
        return;
    r->cap = (size_t)dossier + 64;
    r->dossier = realloc(r->dossier, r->cap * sizeof *r->dossier);
    assert_non_null(r->dossier);
    memset(r->dossier + cap, 0, (r->cap - cap) * sizeof *r->dossier);
}

bool life_run_step(struct life_run *r, const struct life_step *step)
{
    const char *where = command_word(step);
    if (!step->command.kind) {
        remember(r);
        return true;
    }
    make_room(r, step->dossier);
    return step->dossier < 0 ? life_run_office(r, step, where) : step_dossier(r, step, where);
}

bool life_run_check(struct life_run *r)
{
    static struct history history;
    struct check check;
    bool good = true;
    struct view *v = look(r);
    for (size_t i = 0; good && i < r->cap; i++)
        if (r->dossier[i].frames > 0)
            good = same_in_view(r, "at the end", v, &r->dossier[i], &history);
    good = good && same_counts(r, v);
    view_end(v);
    good = good && same_past(r);
    struct outcome o = store_check(r->desk.store, &check);
    if (good && !outcome_ok(&o)) {
        good = differs(r, "store_check", outcome_kind_name(o.kind));
        buf_addf(&r->text, "%s, entry %llu\n", check.what, (unsigned long long)check.first_bad);
    }
    return good;
}
