#include "tests/report_people_feed.h"

#include "core/report_words.h"
#include <stdlib.h>

enum { OFFSET = 7 * 60 };

void feeder_init(struct feeder *f)
{
    *f = (struct feeder){0};
    world_init(&f->world);
}

void feeder_release(struct feeder *f)
{
    world_release(&f->world);
}

void feeder_keep(struct feeder *f)
{
    struct world *w = &f->world;
    if (f->dossiers == FEED_DOSSIERS)
        abort();
    struct fed *d = &f->dossier[f->dossiers++];
    memcpy(d->event, w->history, sizeof d->event);
    d->events = w->events;
    d->now = w->dossier;
}

void feeder_turn_away(struct feeder *f, const char *at, bool refused, uint32_t number, const char *reason)
{
    if (f->turned_away == FEED_TURNED)
        abort();
    struct event e = {.kind = EVENT_TURNED_AWAY, .seq = 9000 + f->turned_away, .by = STR("huong")};
    e.at = world_time(at);
    e.recorded_at = civil_to_utc(e.at, OFFSET);
    e.turned_away.refused = refused;
    e.turned_away.slip = (struct yearly_number){number, 2026};
    e.turned_away.receipt.procedure = (struct procedure){.number = 1, .code = STR("1.001")};
    e.turned_away.receipt.applicant.name = STR("Lê Văn Tư");
    e.turned_away.reason = str_of(reason);
    if (!refused)
        e.turned_away.needs = STR("\0\0\0\007Bia do.\0\0\0\003CCC");
    f->turned[f->turned_away++] = e;
}

void feeder_set(struct feeder *f, const char *key, const char *value)
{
    struct event e = {.kind = EVENT_SETTING_PUT, .by = STR("admin"), .seq = ++f->world.seq};
    e.setting.key = str_of(key);
    e.setting.value = str_of(value);
    if (!office_apply(f->world.office, &e))
        abort();
}

/* ---- feeding ---- */

static void feed_dossier(const struct feeder *f, struct report_maker *m, const struct fed *d)
{
    enum report_need need = report_look(m, &d->now.facts);
    const struct procedure *p = office_procedure_by_number(f->world.office, d->now.receipt.procedure.number);
    struct report_item item = {.facts = &d->now.facts, .dossier = &d->now, .procedure = p};
    if (need == NEED_HISTORY) {
        item.event = d->event;
        item.events = d->events;
    }
    if (need != NEED_NOTHING)
        report_add(m, &item);
}

static int by_seq(const void *a, const void *b)
{
    const struct event *x = *(const struct event *const *)a, *y = *(const struct event *const *)b;
    return (x->seq > y->seq) - (x->seq < y->seq);
}

/* In the journal's order, undone_by unknown as in a journal; those that count as written from then on. */
static void feed_entries(const struct feeder *f, struct report_maker *m, civil_minute from)
{
    const struct event *all[FEED_DOSSIERS * WORLD_EVENTS];
    size_t n = 0;
    for (size_t i = 0; i < f->dossiers; i++)
        for (size_t k = 0; k < f->dossier[i].events; k++)
            all[n++] = &f->dossier[i].event[k];
    qsort(all, n, sizeof *all, by_seq);
    for (size_t i = 0; i < n; i++) {
        struct event e = *all[i];
        e.undone_by = 0;
        if (e.recorded_at >= civil_to_utc(from, OFFSET))
            report_entry(m, &e, e.recorded_at);
    }
}

void feeder_make(struct feeder *f, enum report_kind kind, const char *from, const char *to, const char *now,
                 enum lang lang, struct report *out)
{
    struct report_request request = {
        .kind = kind,
        .period = {civil_day_of(world_time(from)), civil_day_of(world_time(to))},
        .now = world_time(now),
        .known = civil_to_utc(world_time(now), OFFSET),
        .lang = lang,
        .office = f->world.office,
    };
    struct report_maker *m = report_begin(&request);
    civil_minute entries;
    report_init(out);
    if (!m)
        abort();
    if (report_wants_all_entries(m))
        feed_entries(f, m, civil_at(0, 0));
    for (size_t i = 0; i < f->dossiers; i++)
        feed_dossier(f, m, &f->dossier[i]);
    if (!report_wants_all_entries(m) && report_wants_entries(m, &entries))
        feed_entries(f, m, entries);
    for (size_t i = f->turned_away; report_wants_turned_away(m) && i-- > 0;)
        report_entry(m, &f->turned[i], f->turned[i].recorded_at);
    if (!report_finish(m, out))
        abort();
    report_end(m);
}

/* ---- reading ---- */

const struct report_part *feeder_part(const struct report *r, const char *key)
{
    for (size_t i = 0; i < r->parts; i++)
        if (strcmp(r->part[i].key, key) == 0)
            return &r->part[i];
    abort();
}

const char *feeder_row(struct buf *text, const struct report_part *part, size_t row, enum lang lang)
{
    buf_reset(text);
    buf_add_z(text, row < part->count ? "" : "no such row");
    for (size_t i = 0; row < part->count && i < part->columns; i++) {
        buf_add_z(text, i ? "|" : "");
        report_cell_say(text, lang, &part->row[row].cell[i]);
    }
    return text->p ? text->p : "";
}
