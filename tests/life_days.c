/* life_days: what the model's office does to its days, and they to its dossiers. */
#include "tests/life_parts.h"

#include <stdlib.h>

/* ---- may it? ---- */

static const struct office_day *recorded(const struct model_office *o, civil_day day)
{
    for (size_t i = 0; i < o->day_count; i++)
        if (o->days[i].day == day)
            return &o->days[i];
    return NULL;
}

static void judge_day(struct verdict *v, const struct model_office *o, const struct office_day *day)
{
    const struct office_day *known = recorded(o, day->day);
    struct oracle_office days = model_days(o);
    judge_text(v, day->name);
    if (day->kind == DAY_CLOSED && known && known->kind != DAY_CLOSED)
        must(v, "day_recorded");
    if (day->kind == DAY_WORKED && oracle_is_working(&days, day->day)) {
        if (known && known->kind == DAY_WORKED)
            may(v, "day_is_working"); /* only because it says so already */
        else
            must(v, "day_is_working");
    }
}

void judge_office(struct verdict *v, const struct model_office *o, const struct asking *a)
{
    const struct command *c = a->command;
    if (!model_may(a->login, c->kind == COMMAND_SETTING_PUT ? ACT_SETTINGS : ACT_CALENDAR))
        must(v, "not_allowed");
    if (c->kind == COMMAND_DAY_PUT)
        judge_day(v, o, &c->day);
    if (c->kind == COMMAND_DAY_REMOVE && !recorded(o, c->day_removed))
        must(v, "unknown_day");
}

/* ---- doing it ---- */

static void remove_day(struct model_office *o, civil_day day)
{
    for (size_t i = 0; i < o->day_count; i++)
        if (o->days[i].day == day) {
            o->days[i] = o->days[--o->day_count];
            return;
        }
}

static void put_day(struct model_office *o, const struct office_day *day)
{
    remove_day(o, day->day);
    if (o->day_count == MODEL_DAYS)
        abort();
    o->days[o->day_count++] = *day;
}

static void put_hours(struct model_office *o, const struct office_hours *hours)
{
    for (size_t i = 0; i < o->hour_count; i++)
        if (o->hours[i].from == hours->from) {
            o->hours[i] = *hours;
            return;
        }
    if (o->hour_count == MODEL_HOURS)
        abort();
    o->hours[o->hour_count++] = *hours;
}

static void put_setting(struct model_office *o, struct str key, struct str value)
{
    if (str_eq(key, STR("clock")))
        o->clock = str_eq(value, STR("same_hour")) ? CLOCK_SAME_HOUR : CLOCK_DAY_END;
    else if (str_eq(key, STR("same_day.cutoff")))
        o->cutoff = str_eq(value, STR("10:30")) ? 630 : 900;
    else if (str_eq(key, STR("backdate.max")))
        o->backdate_max = value.n ? value.p[0] - '0' : 3;
    else
        abort();
}

/* What is put says what is recorded already: nothing is written again. */
static bool is_so_already(const struct model_office *o, const struct command *c)
{
    if (c->kind == COMMAND_DAY_PUT) {
        const struct office_day *known = recorded(o, c->day.day);
        return known && known->kind == c->day.kind && str_eq(known->name, c->day.name);
    }
    static struct model_office then;
    then = *o;
    if (c->kind == COMMAND_SETTING_PUT)
        put_setting(&then, c->setting.key, c->setting.value);
    return c->kind == COMMAND_SETTING_PUT && then.clock == o->clock && then.cutoff == o->cutoff &&
           then.backdate_max == o->backdate_max;
}

int model_office_act(struct model_office *o, const struct asking *a)
{
    const struct command *c = a->command;
    if (is_so_already(o, c))
        return 0;
    o->head_time = model_clock(o, a);
    o->day_changes += c->kind != COMMAND_SETTING_PUT;
    switch (c->kind) {
    case COMMAND_DAY_PUT: put_day(o, &c->day); break;
    case COMMAND_DAY_REMOVE: remove_day(o, c->day_removed); break;
    case COMMAND_HOURS_PUT: put_hours(o, &c->hours); break;
    case COMMAND_YEARS_KNOWN: o->known = c->known; break;
    case COMMAND_SETTING_PUT: put_setting(o, c->setting.key, c->setting.value); break;
    default: break;
    }
    return 1;
}

/* ---- what moves ---- */

/* The next working day at the same hour, brought within that day's hours. */
static civil_minute roll(const struct model_office *o, civil_minute t)
{
    struct oracle_office days = model_days(o);
    civil_day day = day_of(t);
    int minute = (int)(t % 1440);
    do
        day++;
    while (!oracle_is_working(&days, day));
    const struct office_hours *h = oracle_hours(&days, day);
    for (int i = 0; i < h->span_count; i++)
        if (minute <= h->span[i].closes)
            return (civil_minute)day * 1440 + (minute < h->span[i].opens ? h->span[i].opens : minute);
    return model_closing(o, day);
}

/* What the dossier's count gives in these days. */
static bool count(const struct model_office *o, const struct life *l, struct shift *out)
{
    const struct limit *limit = l->within.kind ? &l->within : &l->limit;
    return model_due(o, limit, l->clock, l->cutoff, l->from, out);
}

/* Would this date roll otherwise if the days off of years without a plan were days like any other? */
static bool depends_on_computed(const struct model_office *o, civil_minute t)
{
    static struct model_office plain;
    plain = *o;
    plain.known = (struct known_years){1900, 2200};
    struct oracle_office days = model_days(&plain);
    return oracle_is_working(&days, day_of(t)) || roll(&plain, t) != roll(o, t);
}

static struct model_move stays(const struct life *l)
{
    return (struct model_move){
        .old_due = l->promised, .new_due = l->promised, .old_statutory = l->due, .new_statutory = l->due};
}

/* A date that was given rolls off a day that is off: a letter's, and one that was kept at an earlier change.
 */
static void roll_dates(struct model_move *m, const struct model_office *o, const struct life *l,
                       bool counted_anew)
{
    struct oracle_office days = model_days(o);
    bool by_letter = l->promised != l->due;
    if (by_letter && !oracle_is_working(&days, day_of(l->promised))) {
        m->new_due = roll(o, l->promised);
        m->later = true;
    }
    if (!counted_anew && !oracle_is_working(&days, day_of(l->due))) {
        m->new_statutory = roll(o, l->due);
        m->shift.provisional |= depends_on_computed(o, l->due);
        m->later = true;
    }
    if (!by_letter)
        m->new_due = m->new_statutory;
}

static void note_shift(struct model_move *m, const struct shift *count)
{
    bool rolled = m->shift.provisional;
    m->shift = (struct shift){m->new_statutory, m->new_due, count->counting, count->provisional || rolled};
}

struct model_move model_move_of(const struct model_office *before, const struct model_office *after,
                                const struct model_dossier *d)
{
    const struct life *l = &d->life;
    struct model_move m = stays(l);
    struct shift a, b;
    if (!is_running(l) || !count(before, l, &a) || !count(after, l, &b))
        return m;
    bool longer = a.statutory != b.statutory && b.statutory > l->due;
    if (longer) {
        m.new_statutory = b.statutory;
        m.later = true;
    }
    roll_dates(&m, after, l, longer);
    note_shift(&m, &b);
    if (m.later)
        return m;
    m.kept = b.statutory < a.statutory && b.statutory < l->due;
    if (m.kept) {
        m.new_statutory = b.statutory;
        if (l->promised == l->due)
            m.new_due = b.statutory;
    }
    if (b.provisional != l->provisional) {
        m.confirmed = m.kept || b.statutory == l->due;
        m.maybe = !m.confirmed;
    }
    return m;
}

struct model_move model_missed(const struct model_office *o, const struct model_dossier *d)
{
    const struct life *l = &d->life;
    struct model_move m = stays(l);
    struct shift b;
    if (!count(o, l, &b))
        return m;
    bool longer = b.statutory > l->due;
    if (longer) {
        m.new_statutory = b.statutory;
        m.later = true;
    }
    roll_dates(&m, o, l, longer);
    note_shift(&m, &b);
    m.confirmed = !m.later && b.provisional != l->provisional;
    return m;
}

void model_shift(struct model_dossier *d, const struct shift *shift)
{
    struct frame *last = &d->frame[d->frames - 1];
    struct life *l = &d->life;
    last->shift = realloc(last->shift, (last->shifts + 1) * sizeof *last->shift);
    if (!last->shift)
        abort();
    last->shift[last->shifts++] = *shift;
    if (l->state != STATE_PROCESSING)
        return;
    bool by_letter = l->promised != l->due;
    l->due = shift->statutory;
    l->promised = by_letter ? shift->due : shift->statutory;
    l->counting = shift->counting;
    l->provisional = shift->provisional;
    l->moved = true;
}
