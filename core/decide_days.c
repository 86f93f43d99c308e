/* The office's days: days off, worked days, closures, opening hours. */
#include "core/desk.h"

/* ---- what may be said of a day ---- */

static struct outcome check_date(civil_day day)
{
    if (day >= civil_from_ymd(CIVIL_FIRST_YEAR, 1, 1) && day <= civil_from_ymd(CIVIL_LAST_YEAR, 12, 31))
        return OUTCOME_DONE;
    struct outcome o = outcome_of(KIND_bad_value);
    outcome_label(&o, T_label_day);
    outcome_date(&o, day);
    outcome_label(&o, T_label_give_day);
    return o;
}

static enum text_id kind_label(enum day_kind kind)
{
    return kind == DAY_OFF ? T_label_day_off : kind == DAY_WORKED ? T_label_day_worked : T_label_day_closed;
}

static struct outcome refuse_date(enum outcome_kind kind, civil_day day)
{
    struct outcome o = outcome_of(kind);
    outcome_date(&o, day);
    return o;
}

/* A closure is only shown: it may not take the place of what due times are counted by. */
static struct outcome check_not_recorded(const struct desk *d, civil_day day)
{
    const struct office_day *known = office_find_day(d->office, day);
    if (!known || known->kind == DAY_CLOSED)
        return OUTCOME_DONE;
    struct outcome o = refuse_date(KIND_day_recorded, day);
    outcome_label(&o, kind_label(known->kind));
    outcome_text(&o, known->name);
    return o;
}

/* What is worked as a swap already may be put again, with another name or document. */
static struct outcome check_not_working(const struct desk *d, civil_day day)
{
    const struct office_day *known = office_find_day(d->office, day);
    bool again = known && known->kind == DAY_WORKED;
    return again || !calendar_is_working(d->calendar, day) ? OUTCOME_DONE
                                                           : refuse_date(KIND_day_is_working, day);
}

static struct outcome check_day(const struct desk *d, const struct office_day *day)
{
    struct outcome o = check_date(day->day);
    if (!outcome_ok(&o))
        return o;
    switch (day->kind) {
    case DAY_OFF: return OUTCOME_DONE;
    case DAY_WORKED: return check_not_working(d, day->day);
    case DAY_CLOSED: return check_not_recorded(d, day->day);
    case DAY_COMPUTED: break;
    }
    return desk_bad_value(T_label_day_kind, STR_NONE, T_label_give_day_kind);
}

/* ---- days ---- */

static bool is_recorded_so(const struct desk *d, const struct office_day *day)
{
    const struct office_day *known = office_find_day(d->office, day->day);
    return known && known->kind == day->kind && str_eq(known->name, day->name) &&
           str_eq(known->document, day->document);
}

/* What is recorded just so is not written again. */
struct outcome decide_day_put(struct desk *d)
{
    const struct office_day *from = &d->command->day;
    struct office_day day = *from;
    const struct desk_texts texts[] = {
        {from->name, {.label = T_label_day_name, .required = true}, &day.name},
        {from->document, {.label = T_label_document}, &day.document},
    };
    struct outcome o = desk_take(d, texts, sizeof texts / sizeof *texts);
    if (outcome_ok(&o))
        o = check_day(d, from);
    if (outcome_ok(&o) && !is_recorded_so(d, &day))
        desk_event(d, EVENT_DAY_PUT)->day = day;
    return o;
}

struct outcome decide_day_remove(struct desk *d)
{
    civil_day day = d->command->day_removed;
    struct outcome o = check_date(day);
    if (!outcome_ok(&o))
        return o;
    if (!office_find_day(d->office, day))
        return refuse_date(KIND_unknown_day, day);
    desk_event(d, EVENT_DAY_REMOVED)->removed.day = day;
    return OUTCOME_DONE;
}

struct outcome decide_years_known(struct desk *d)
{
    struct known_years known = d->command->known;
    if (known.first > known.last || known.first < CIVIL_FIRST_YEAR || known.last > CIVIL_LAST_YEAR)
        return desk_bad_value(T_label_years, STR_NONE, T_label_give_years);
    desk_event(d, EVENT_YEARS_KNOWN)->known = known;
    return OUTCOME_DONE;
}

/* ---- hours ---- */

enum { EVERY_WEEKDAY = 0xfe }; /* bits 1 to 7 */

/* They rule from a day on; earlier days keep theirs. Without weekdays: Monday to Friday. */
struct outcome decide_hours_put(struct desk *d)
{
    struct office_hours hours = d->command->hours;
    struct outcome o = check_date(hours.from);
    if (!outcome_ok(&o))
        return o;
    if (!office_hours_are_sound(&hours))
        return desk_bad_value(T_label_hours, STR_NONE, T_label_give_hours);
    if (hours.weekdays & ~EVERY_WEEKDAY)
        return desk_bad_value(T_label_weekdays, STR_NONE, T_label_give_weekdays);
    if (!hours.weekdays)
        hours.weekdays = office_hours_default().weekdays;
    desk_event(d, EVENT_HOURS_PUT)->hours = hours;
    return OUTCOME_DONE;
}
