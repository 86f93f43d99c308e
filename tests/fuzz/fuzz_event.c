/* The bytes are the body of a journal entry, as another program may have written it; or, after a NUL,
 * several, two bytes of length before each, of which those of the office make up one office. */
#include "core/deadline.h"
#include "core/evolve.h"
#include "core/office.h"
#include "core/status.h"
#include "tests/fuzz/fuzz.h"

/* Equal events give equal bytes: so whatever is taken for an event is what would be written for it. */
static bool decode(struct str body, struct event *e)
{
    if (!event_decode(body, e))
        return false;
    struct buf again = BUF_INIT;
    event_encode(&again, e);
    MUST(!again.failed && str_eq(buf_str(&again), body));
    buf_release(&again);
    return true;
}

/* Every number and time in it can be printed, whatever it is. */
static void print(const struct event *e, const struct limit *limit)
{
    struct buf out = BUF_INIT;
    char text[CIVIL_TEXT];
    for (enum lang lang = LANG_VI; lang <= LANG_EN; lang++) {
        lang_time(&out, lang, e->at);
        lang_date(&out, lang, civil_day_of(e->at));
        lang_limit(&out, lang, limit);
    }
    buf_add_z(&out, civil_iso_second(text, e->recorded_at, 420));
    buf_add_z(&out, civil_iso_time(text, e->at, -720));
    limit_format(&out, limit);
    MUST(!out.failed);
    buf_release(&out);
}

/* ---- the office's ---- */

static void each_named(void *arg, const struct office_day *day)
{
    struct buf *out = arg;
    lang_date(out, LANG_VI, day->day);
    buf_add_str(out, day->name);
}

/* What it has become, looked at from all sides, and a due time counted in it. */
static void look_at(const struct office *office)
{
    const civil_minute now = civil_at(civil_from_ymd(2026, 11, 20), 600);
    struct judge judge = judge_at(office, now);
    MUST(judge.calendar != NULL);
    struct buf names = BUF_INIT;
    calendar_each_named(judge.calendar, judge.today - 400, judge.today + 400, each_named, &names);
    buf_release(&names);
    calendar_counting_moment(judge.calendar, now);
    calendar_add_minutes(judge.calendar, now, 48000);
    calendar_minutes_between(judge.calendar, now, now + 1000000);
    calendar_working_in_year(judge.calendar, 2027);
    for (size_t i = 0; i < office_procedure_count(office); i++) {
        const struct procedure *p = office_procedure(office, i);
        struct deadline due;
        MUST(office_find_case(office, p->code, p->kase) == p);
        deadline_compute(judge.calendar, &p->limit, office_clock_for(office, p), 900, now, &due, NULL);
        office_field(office, p->field_number);
        office_procedure_by_number(office, p->number);
    }
    for (size_t i = 0; i < office_officer_count(office); i++)
        MUST(office_find_officer(office, office_officer(office, i)->login) == office_officer(office, i));
    for (size_t i = 0; i < office_day_count(office); i++)
        MUST(office_find_day(office, office_day(office, i)->day) == office_day(office, i));
    MUST(office_hours_count(office) > 0);
}

static void several(struct fed f)
{
    struct office *office = office_new();
    struct event e;
    MUST(office != NULL);
    for (uint64_t seq = 1; f.left; seq++) {
        size_t n = (size_t)fed_int(&f, 2);
        n = n < f.left ? n : f.left;
        bool fine = decode((struct str){(const char *)f.at, n}, &e);
        f.at += n;
        f.left -= n;
        if (!fine || !event_is_office(e.kind))
            continue;
        e.seq = seq;
        MUST(office_apply(office, &e));
    }
    look_at(office);
    office_free(office);
}

/* ---- one alone ---- */

static void alone(struct str body)
{
    struct event e;
    if (!decode(body, &e))
        return;
    e.seq = 7;
    MUST(strcmp(event_kind_name(e.kind), "unknown") != 0);
    event_is_backdated(&e, 420);
    struct office *office = office_new();
    MUST(office != NULL && office_apply(office, &e));
    office_free(office);
    struct dossier d = {.facts = {.id = 0}};
    bool begun = evolve(&d, &e);
    MUST(begun == (event_begins(e.kind) && e.dossier != 0));
    print(&e, begun ? dossier_limit(&d) : &(struct limit){.kind = LIMIT_NONE});
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fed f = {data, size};
    if (size && data[0] == 0) {
        fed_int(&f, 1);
        several(f);
    } else {
        alone((struct str){(const char *)data, size});
    }
    return 0;
}
