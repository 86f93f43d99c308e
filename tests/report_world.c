#include "tests/report_world.h"

#include "core/moving.h"
#include "tests/vietnam_days.h"
#include <stdio.h>
#include <stdlib.h>

const char *const report_world_fields[REPORT_WORLD_FIELDS] = {"Ẩm thực", "Chứng thực", "Đất đai", "Hộ tịch",
                                                              "Văn hóa"};

static int64_t between(struct report_world *w, int64_t low, int64_t high)
{
    return random_in(&w->random, low, high);
}

static bool one_in(struct report_world *w, int n)
{
    return between(w, 1, n) == 1;
}

#define PICK(w, from) ((from)[between((w), 0, (int64_t)(sizeof(from) / sizeof *(from)) - 1)])

civil_minute report_world_minute(const struct report_world *w)
{
    return w->now / 60 + REPORT_OFFSET;
}

/* ---- the journal ---- */

static void *grown(void *old, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap)
        return old;
    *cap = need * 2;
    void *more = realloc(old, *cap * size);
    if (!more)
        abort();
    return more;
}

/* As a store does: the event lives as bytes, and everything borrows from those. */
static const struct event *keep(struct report_world *w, struct event e)
{
    struct buf body = BUF_INIT;
    w->journal = grown(w->journal, &w->cap, w->entries + 1, sizeof *w->journal);
    struct event *kept = &w->journal[w->entries++];
    e.recorded_at = w->now;
    event_encode(&body, &e);
    if (!event_decode(arena_str(&w->text, buf_str(&body)), kept))
        abort();
    buf_release(&body);
    kept->seq = w->entries;
    return kept;
}

static void append_office(struct report_world *w, struct event e)
{
    if (!office_apply(w->office, keep(w, e)))
        abort();
}

static void append_dossier(struct report_world *w, struct event e)
{
    if (event_begins(e.kind)) {
        w->chain = grown(w->chain, &w->room, ++w->dossiers, sizeof *w->chain);
        w->chain[w->dossiers - 1].events = 0;
        e.dossier = w->dossiers;
    }
    struct report_chain *c = &w->chain[e.dossier - 1];
    e.previous = c->events ? c->event[c->events - 1].seq : 0;
    c->event[c->events++] = *keep(w, e);
    if (!evolve_history(&c->now, c->event, c->events))
        abort();
}

/* ---- the office ---- */

static void put_procedure(struct report_world *w, uint16_t number, const char *code, const char *limit,
                          int field)
{
    struct procedure p = {.number = number,
                          .field_number = (uint16_t)(field + 1),
                          .code = str_of(code),
                          .name = STR("Thủ tục thử"),
                          .field = str_of(report_world_fields[field]),
                          .fee = -1,
                          .online = -1,
                          .postal = -1};
    if (!limit_parse(str_of(limit), &p.limit))
        abort();
    if (number % 3 == 0)
        p.clock = CLOCK_SAME_HOUR;
    append_office(w, (struct event){.kind = EVENT_PROCEDURE_PUT, .by = STR("admin"), .procedure = p});
}

static void put_people(struct report_world *w)
{
    static const char *const logins[] = {"admin", "chief", "huong", "nam"};
    static const enum role roles[] = {ROLE_ADMIN, ROLE_CHIEF, ROLE_OFFICER, ROLE_SPECIALIST};
    for (uint16_t i = 0; i < 4; i++) {
        struct officer o = {.number = (uint16_t)(i + 1),
                            .login = str_of(logins[i]),
                            .name = str_of(logins[i]),
                            .unit = STR("Một cửa"),
                            .role = roles[i]};
        append_office(w, (struct event){.kind = EVENT_OFFICER_PUT, .by = STR("admin"), .officer = o});
    }
}

/* Numbers of fields are given in this order, so that they are not in the order of names. */
static void put_catalogue(struct report_world *w)
{
    static const struct {
        const char *code, *limit;
        int field;
    } rows[] = {
        {"1.001", "3 working_days", 3}, {"1.002", "same_day", 1},         {"1.003", "8 working_hours", 2},
        {"1.004", "5 working_days", 2}, {"1.005", "10 calendar_days", 0}, {"1.006", "2.5 working_days", 4},
        {"1.007", "1 months", 2},       {"1.008", "1 working_days", 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        put_procedure(w, (uint16_t)(i + 1), rows[i].code, rows[i].limit, rows[i].field);
}

static void put_days(struct report_world *w)
{
    for (size_t i = 0; i < vietnam_day_count; i++) {
        const struct vietnam_day *v = &vietnam_days[i];
        struct office_day d = {
            .day = civil_from_ymd(v->year, v->month, v->day), .kind = v->kind, .name = str_of(v->name)};
        append_office(w, (struct event){.kind = EVENT_DAY_PUT, .by = STR("admin"), .day = d});
    }
    append_office(w, (struct event){.kind = EVENT_YEARS_KNOWN, .by = STR("admin"), .known = {2022, 2026}});
}

void report_world_begin(struct report_world *w, uint64_t seed)
{
    *w = (struct report_world){.random = {seed}, .office = office_new(), .text = ARENA_INIT};
    if (!w->office)
        abort();
    w->now = civil_to_utc(civil_at(civil_from_ymd(2025, 2, 3), 8 * 60), REPORT_OFFSET);
    struct office_identity identity = {
        .name = STR("UBND xã Thử"), .agency = STR("H42.26.21"), .utc_offset = REPORT_OFFSET};
    append_office(w, (struct event){.kind = EVENT_FOUNDED, .by = STR("admin"), .founded = identity});
    put_people(w);
    put_catalogue(w);
    put_days(w);
    w->now += between(w, 0, 590) * 86400;
}

void report_world_end(struct report_world *w)
{
    office_free(w->office);
    free(w->journal);
    free(w->chain);
    arena_release(&w->text);
}

/* ---- what the office's days move ---- */

static struct office *office_until(const struct report_world *w, size_t entries)
{
    struct office *o = office_new();
    for (size_t i = 0; o && i < entries; i++)
        if (event_is_office(w->journal[i].kind) && !office_apply(o, &w->journal[i]))
            abort();
    if (!o)
        abort();
    return o;
}

static void append_move(struct report_world *w, struct event e, size_t cause)
{
    e.at = w->journal[cause].at;
    e.by = w->journal[cause].by;
    e.moved.cause = w->journal[cause].seq;
    append_dossier(w, e);
}

static void move_all(struct report_world *w, size_t cause)
{
    struct office *before = office_until(w, cause);
    for (size_t i = 0; i < w->dossiers; i++) {
        struct event e;
        enum move what = due_after_office_change(before, w->office, &w->chain[i].now, &e);
        if (w->chain[i].events < REPORT_CHAIN - 4 &&
            (what == MOVE_LATER || what == MOVE_CONFIRMED ||
             (what == MOVE_KEPT && due_kept_is_confirmed(&w->chain[i].now, &e))))
            append_move(w, e, cause);
    }
    office_free(before);
}

/* What one that runs again missed since the entry that was taken back. */
static void move_missed(struct report_world *w, uint64_t id, uint64_t since)
{
    struct event e;
    for (size_t i = w->entries; i > since; i--) {
        if (!event_changes_days(w->journal[i - 1].kind))
            continue;
        enum move what = due_after_undo(w->office, &w->chain[id - 1].now, &e);
        if (what == MOVE_LATER || what == MOVE_CONFIRMED)
            append_move(w, e, i - 1);
        return;
    }
}

/* ---- asking ---- */

bool report_world_ask(struct report_world *w, uint64_t id, struct command c)
{
    struct moment moment = {.now = w->now, .login = one_in(w, 6) && !w->plain ? STR("huong") : STR("admin")};
    struct circumstances told = {.next_id = w->dossiers + 1};
    struct needs needs;
    struct decision decision = DECISION_INIT;
    told.code_sequence = told.number = ++w->numbers;
    decide_needs(w->office, &c, &moment, &needs);
    bool of_one = needs.dossier || (id && c.kind == COMMAND_IMPORT); /* of one that was brought in already */
    if (of_one && (!id || w->chain[id - 1].events >= REPORT_CHAIN - 8))
        return false;
    struct outcome o =
        decide(w->office, of_one ? &w->chain[id - 1].now : NULL, &c, &moment, &told, &decision);
    for (size_t i = 0; outcome_ok(&o) && i < decision.count; i++) {
        struct event e = decision.event[i];
        if (event_is_office(e.kind)) {
            append_office(w, e);
            if (event_changes_days(e.kind))
                move_all(w, w->entries - 1);
        } else {
            if (!event_begins(e.kind) && !of_one)
                e.dossier = w->dossiers; /* of the receipt before it */
            append_dossier(w, e);
        }
        if (e.kind == EVENT_UNDONE)
            move_missed(w, e.dossier, e.undone.seq);
    }
    decision_release(&decision);
    w->done[c.kind] += outcome_ok(&o);
    return outcome_ok(&o);
}

/* ---- what is asked ---- */

static const char *const procedures[] = {"1.001", "1.002", "1.003", "1.004",
                                         "1.005", "1.006", "1.007", "1.008"};

static struct str kept_text(struct report_world *w, const char *text)
{
    return arena_str(&w->text, str_of(text));
}

static struct command some_receipt(struct report_world *w)
{
    struct command c = {.kind = COMMAND_RECEIVE, .at = NO_TIME};
    c.receive.procedure = str_of(PICK(w, procedures));
    c.receive.applicant.name = STR("Nguyễn Thị Hương");
    c.receive.channel = (enum channel)between(w, CHANNEL_DIRECT, CHANNEL_POSTAL);
    c.receive.submitted = NO_TIME;
    c.receive.fee = -1;
    c.receive.serve = one_in(w, 8);
    if (!w->plain && one_in(w, 4))
        c.at = report_world_minute(w) - between(w, 0, 12 * 1440);
    return c;
}

static struct command some_import(struct report_world *w)
{
    static const char *const titles[] = {"1.001", "1.004", "Thủ tục không có trong danh mục"};
    char code[32];
    struct command c = {.kind = COMMAND_IMPORT, .at = report_world_minute(w) - between(w, 0, 120 * 1440)};
    snprintf(code, sizeof code, "NHAP-%u", w->numbers);
    c.import.code = kept_text(w, code);
    c.import.procedure = str_of(PICK(w, titles));
    c.import.applicant.name = STR("Trần Văn Ba");
    c.import.state = (enum dossier_state)between(w, STATE_PROCESSING, STATE_STOPPED);
    c.import.submitted = c.import.statutory_due = c.import.waiting_since = NO_TIME;
    c.import.due = one_in(w, 4) ? NO_TIME : c.at + between(w, 0, 20 * 1440);
    c.import.resolved = c.import.returned = NO_TIME;
    if (!state_is_open(c.import.state) && !one_in(w, 3))
        c.import.resolved = c.at + between(w, 0, report_world_minute(w) - c.at);
    if (c.import.resolved != NO_TIME && one_in(w, 2))
        c.import.returned = between(w, c.import.resolved, report_world_minute(w));
    return c;
}

static struct command some_change_of_days(struct report_world *w)
{
    civil_day today = civil_day_of(report_world_minute(w));
    struct command c = {.kind = COMMAND_DAY_PUT, .at = NO_TIME};
    int64_t what = between(w, 1, 10);
    if (!w->plain && one_in(w, 3))
        c.at = report_world_minute(w) - between(w, 0, 9 * 1440);
    c.day = (struct office_day){.day = today + (civil_day)between(w, -2, 12), .name = STR("Bất ngờ")};
    c.day.kind = what <= 6 ? DAY_OFF : what <= 8 ? DAY_WORKED : DAY_CLOSED;
    if (what == 9) {
        c.kind = COMMAND_DAY_REMOVE;
        c.day_removed = today + (civil_day)between(w, -2, 12);
    } else if (what == 10) {
        c.kind = COMMAND_HOURS_PUT;
        c.hours = office_hours_default();
        c.hours.from = today + (civil_day)between(w, 0, 5);
        c.hours.weekdays = one_in(w, 2) ? 0x3e : 0x7e;
        if (one_in(w, 2) && !office_hours_parse(STR("07:30-11:30,13:00-16:30"), &c.hours))
            abort();
    }
    return c;
}

static struct str time_text(struct report_world *w, civil_minute t)
{
    char day[CIVIL_TEXT], minute[CIVIL_TEXT], text[2 * CIVIL_TEXT];
    snprintf(text, sizeof text, "%sT%s", civil_iso_date(day, civil_day_of(t)),
             civil_hm(minute, civil_minute_of_day(t)));
    return kept_text(w, text);
}

static void draw_correction(struct report_world *w, const struct dossier *d, struct command *c)
{
    static const char *const limits[] = {"2 working_days", "6 working_days", "12 calendar_days", "same_day"};
    static const char *const channels[] = {"direct", "online", "postal"};
    struct change *change = arena_alloc(&w->text, 2 * sizeof *change);
    c->correct.reason = STR("Gõ nhầm");
    c->correct.change = change;
    c->correct.count = one_in(w, 3) ? 2 : 1;
    for (size_t i = 0; i < c->correct.count; i++)
        switch (between(w, 1, 6) + (i ? 10 : 0)) {
        case 1:
        case 2: change[i] = (struct change){CORRECT_PROCEDURE, str_of(PICK(w, procedures))}; break;
        case 3:
        case 4: {
            civil_minute t = d->facts.received + between(w, -9 * 1440, 3 * 1440);
            change[i] = (struct change){CORRECT_RECEIVED_AT, time_text(w, t)};
            break;
        }
        case 5: change[i] = (struct change){CORRECT_LIMIT, str_of(PICK(w, limits))}; break;
        case 6: change[i] = (struct change){CORRECT_PHONE, STR("0911222333")}; break;
        default: change[i] = (struct change){CORRECT_CHANNEL, str_of(PICK(w, channels))}; break;
        }
}

static enum command_kind some_act(struct report_world *w, const struct facts *f)
{
    static const enum command_kind running[] = {
        COMMAND_APOLOGIZE, COMMAND_APOLOGIZE,     COMMAND_RESOLVE, COMMAND_RESOLVE,   COMMAND_SUPPLEMENT,
        COMMAND_TRANSFER,  COMMAND_AWAIT_PAYMENT, COMMAND_REFUSE,  COMMAND_WITHDRAW,  COMMAND_STOP,
        COMMAND_CORRECT,   COMMAND_CORRECT,       COMMAND_VOID,    COMMAND_SUPPLEMENT};
    static const enum command_kind waiting[] = {COMMAND_RESTART, COMMAND_RESTART, COMMAND_PAID,
                                                COMMAND_PAID,    COMMAND_REFUSE,  COMMAND_STOP,
                                                COMMAND_VOID,    COMMAND_CORRECT};
    static const enum command_kind ended[] = {COMMAND_RETURN, COMMAND_RETURN, COMMAND_APOLOGIZE,
                                              COMMAND_CORRECT, COMMAND_RATE};
    if (!w->plain && one_in(w, 7))
        return COMMAND_UNDO;
    enum command_kind kind = f->state == STATE_PROCESSING ? PICK(w, running)
                             : state_is_waiting(f->state) ? PICK(w, waiting)
                                                          : PICK(w, ended);
    return w->plain && (kind == COMMAND_CORRECT || kind == COMMAND_VOID) ? COMMAND_TRANSFER : kind;
}

static void draw_details(struct report_world *w, const struct dossier *d, struct command *c)
{
    static const char *const limits[] = {"2 working_days", "4 working_hours", "5 working_days"};
    civil_minute later = d->promised > report_world_minute(w) ? d->promised : report_world_minute(w);
    switch (c->kind) {
    case COMMAND_TRANSFER: c->transfer.to = one_in(w, 2) ? STR("nam") : STR("huong"); break;
    case COMMAND_APOLOGIZE:
        c->apologize.reason = STR("Chờ xác minh");
        c->apologize.until = state_is_open(d->facts.state) ? later + between(w, 1, 9) * 1440 : NO_TIME;
        c->apologize.until_is_date = true;
        break;
    case COMMAND_SUPPLEMENT:
        c->supplement.reason = STR("Thiếu giấy tờ");
        c->supplement.needs = STR("\0\0\0\007Bia do.");
        c->supplement.insist = true;
        break;
    case COMMAND_PAID:
        if (!limit_parse(str_of(PICK(w, limits)), &c->resume.within))
            abort();
        break;
    case COMMAND_CORRECT: draw_correction(w, d, c); break;
    case COMMAND_RATE: c->rate.stars = 4; break;
    case COMMAND_RESOLVE:
    case COMMAND_RETURN:
    case COMMAND_RESTART:
    case COMMAND_AWAIT_PAYMENT: break;
    default: c->end.reason = STR("Theo đơn"); break;
    }
}

static void act_on_dossier(struct report_world *w)
{
    int64_t last = (int64_t)w->dossiers;
    uint64_t id = (uint64_t)between(w, last > 14 && !one_in(w, 5) ? last - 13 : 1, last);
    const struct dossier *d = &w->chain[id - 1].now;
    struct command c = {.kind = some_act(w, &d->facts), .at = NO_TIME};
    if (!w->plain && one_in(w, 3))
        c.at = report_world_minute(w) - between(w, 0, 9 * 1440);
    draw_details(w, d, &c);
    report_world_ask(w, id, c);
}

void report_world_live(struct report_world *w, int steps)
{
    for (int i = 0; i < steps; i++) {
        w->now += one_in(w, 3) ? between(w, 60, 9000) : between(w, 60, 130000);
        int64_t what = between(w, 1, 100);
        if (what <= 28 || w->dossiers == 0)
            report_world_ask(w, 0, some_receipt(w));
        else if (what <= 32 && !w->plain)
            report_world_ask(w, 0, some_import(w));
        else if (what <= 37)
            report_world_ask(w, 0, some_change_of_days(w));
        else
            act_on_dossier(w);
    }
}

/* ---- what was known ---- */

void report_known_begin(struct report_known *k, const struct report_world *w, int64_t second,
                        enum report_basis basis)
{
    size_t entries = 0;
    while (entries < w->entries && w->journal[entries].recorded_at <= second)
        entries++;
    struct event set = {
        .kind = EVENT_SETTING_PUT,
        .setting = {STR("report.basis"), basis == BASIS_PROMISED ? STR("promised") : STR("statutory")}};
    *k = (struct report_known){.second = second, .office = office_until(w, entries)};
    k->chain = calloc(w->dossiers + 1, sizeof *k->chain);
    if (!k->chain || !office_apply(k->office, &set))
        abort();
    for (size_t i = 0; i < entries; i++) {
        const struct event *e = &w->journal[i];
        if (!event_is_dossier(e->kind))
            continue;
        struct report_chain *c = &k->chain[e->dossier - 1];
        c->event[c->events++] = *e;
        if (e->dossier > k->dossiers)
            k->dossiers = e->dossier;
    }
    for (size_t i = 0; i < k->dossiers; i++)
        if (!evolve_history(&k->chain[i].now, k->chain[i].event, k->chain[i].events))
            abort();
}

void report_known_end(struct report_known *k)
{
    office_free(k->office);
    free(k->chain);
}

void report_known_make(const struct report_known *k, enum report_kind kind, struct period p,
                       struct report *out)
{
    struct report_request request = {.kind = kind,
                                     .period = p,
                                     .now = civil_from_utc(k->second, REPORT_OFFSET),
                                     .known = k->second,
                                     .lang = LANG_VI,
                                     .office = k->office};
    struct report_maker *m = report_begin(&request);
    report_init(out);
    if (!m)
        abort();
    for (size_t i = 0; i < k->dossiers; i++) {
        const struct report_chain *c = &k->chain[i];
        enum report_need need = report_look(m, &c->now.facts);
        struct report_item item = {.facts = &c->now.facts, .dossier = &c->now};
        if (need == NEED_HISTORY) {
            item.event = c->event;
            item.events = c->events;
        }
        if (need != NEED_NOTHING)
            report_add(m, &item);
    }
    if (!report_finish(m, out))
        abort();
    report_end(m);
}

bool report_has_note(const struct report *r, const char *text)
{
    for (size_t i = 0; i < r->notes; i++)
        if (str_eq(r->note[i], str_of(text)))
            return true;
    return false;
}
