#include "tests/store_dump.h"

#include "core/event.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static bool dump_dossier(void *arg, const struct dossier *d)
{
    dossier_encode(arg, d);
    return true;
}

static bool dump_code(void *arg, const struct dossier *d)
{
    buf_add_str(arg, d->code);
    buf_add_char(arg, ' ');
    return true;
}

static bool dump_row(void *arg, const struct row *r)
{
    row_encode(arg, r);
    return true;
}

static bool dump_event(void *arg, const struct event *e)
{
    event_encode(arg, e);
    buf_addf(arg, "%llu", (unsigned long long)e->undone_by);
    return true;
}

const char *const store_dump_query[STORE_DUMP_QUERIES] = {
    "",        "nguyen",      "huong",     "lan 09",      "h15.50",
    "ro cham", "0640 phuong", "khue tran", "no such one", "42.26.21-26"};

static void dump_procedure(struct buf *b, const struct procedure *p)
{
    buf_addf(b, "\n%u %.*s#%.*s %.*s %u %.*s %llu %d %lld %d", p->number, STR_ARG(p->code), STR_ARG(p->kase),
             STR_ARG(p->name), p->field_number, STR_ARG(p->field), (unsigned long long)p->version, p->clock,
             (long long)p->fee, p->retired);
    limit_format(b, &p->limit);
}

/* What is recorded, and what follows from it for every day of four years. */
static void dump_days(struct buf *b, const struct office *o)
{
    struct known_years known = office_known_years(o);
    const struct calendar *c = office_calendar(o);
    assert_non_null(c);
    buf_addf(b, "\n%d %d", known.first, known.last);
    for (size_t i = 0; i < office_day_count(o); i++) {
        const struct office_day *d = office_day(o, i);
        buf_addf(b, "\n%d %d %.*s %.*s", (int)d->day, d->kind, STR_ARG(d->name), STR_ARG(d->document));
    }
    for (size_t i = 0; i < office_hours_count(o); i++) {
        const struct office_hours *h = office_hours(o, i);
        buf_addf(b, "\n%d %d %d", (int)h->from, h->weekdays, h->span_count);
    }
    civil_day first = civil_from_ymd(2025, 1, 1), last = civil_from_ymd(2028, 12, 31);
    for (civil_day day = first; day <= last; day++)
        buf_addf(b, " %d%d-%d", calendar_is_working(c, day), calendar_opens(c, day), calendar_closes(c, day));
}

void store_dump_office(struct buf *b, const struct office *o)
{
    const struct office_identity *is = office_identity(o);
    buf_addf(b, "%.*s %d %d", STR_ARG(is->agency), is->utc_offset, is->demo);
    for (size_t i = 0; i < office_procedure_count(o); i++)
        dump_procedure(b, office_procedure(o, i));
    for (uint16_t i = 0; i <= office_field_count(o); i++)
        buf_add_str(b, office_field(o, i));
    for (size_t i = 0; i < office_officer_count(o); i++) {
        const struct officer *p = office_officer(o, i);
        buf_addf(b, "\n%u %.*s %.*s %.*s %d %d", p->number, STR_ARG(p->login), STR_ARG(p->name),
                 STR_ARG(p->unit), p->role, p->retired);
    }
    dump_days(b, o);
    for (size_t i = 0; i < settings_count(); i++) {
        buf_addf(b, "\n%s ", settings_key(i));
        settings_format(b, office_settings(o), i);
    }
    assert_false(b->failed);
}

static void dump_histories(struct buf *b, struct view *v, uint64_t dossiers)
{
    for (uint64_t id = 1; id <= dossiers; id += 5) {
        struct dossier d;
        uint64_t found = 0;
        if (!view_dossier(v, id, &d))
            continue;
        view_history(v, &d, dump_event, b);
        struct outcome o = view_find(v, d.code, &found);
        buf_addf(b, "%d %llu", o.kind, (unsigned long long)found);
        o = view_find(v, str_from(d.code, d.code.n - 5), &found);
        buf_addf(b, "%d %llu", o.kind, (unsigned long long)(outcome_ok(&o) ? found : 0));
    }
}

void store_dump(struct buf *b, struct view *v)
{
    struct store_stat stat;
    struct tally t;
    view_stat(v, &stat);
    buf_addf(b, "%llu %llu %llu %llu %llu %llu %llu", (unsigned long long)stat.dossiers,
             (unsigned long long)stat.open, (unsigned long long)stat.solved, (unsigned long long)stat.events,
             (unsigned long long)stat.backdated, (unsigned long long)stat.recorded_late,
             (unsigned long long)stat.head_seq);
    buf_add(b, stat.head_hash, STORE_HASH);
    view_scan(v, NULL, dump_dossier, b);
    for (int group = LIVE_RUNNING; group <= LIVE_UNCOLLECTED; group++)
        view_live(v, group, dump_row, b);
    for (int month = 1; month <= 12; month++) {
        view_tally(v, 2026, month, 2026 + month % 2, 12, &t);
        buf_addf(b, "%llu %llu %llu %llu", (unsigned long long)t.received, (unsigned long long)t.solved,
                 (unsigned long long)t.late_statutory, (unsigned long long)t.late_promised);
    }
    for (size_t i = 0; i < STORE_DUMP_QUERIES; i++) {
        struct query q;
        assert_true(query_init(&q, str_of(store_dump_query[i])));
        view_search(v, &q, dump_code, b);
        query_release(&q);
    }
    store_dump_office(b, view_office(v));
    dump_histories(b, v, stat.dossiers);
    struct outcome fault = view_fault(v);
    assert_string_equal(outcome_kind_name(fault.kind), "done");
    assert_false(b->failed);
}
