#include "core/statutory.h"

#include "core/lunar.h"

#define CULTURE_DAY_FROM 2026

static const struct holiday {
    struct str name, in_lieu;
} new_year = {STR("Tết Dương lịch"), STR("Nghỉ bù Tết Dương lịch")},
  tet = {STR("Tết Nguyên đán"), STR("Nghỉ bù Tết Nguyên đán")},
  hung_kings = {STR("Giỗ Tổ Hùng Vương"), STR("Nghỉ bù Giỗ Tổ Hùng Vương")},
  victory_day = {STR("Ngày Chiến thắng"), STR("Nghỉ bù Ngày Chiến thắng")},
  labour_day = {STR("Ngày Quốc tế lao động"), STR("Nghỉ bù Ngày Quốc tế lao động")},
  national_day = {STR("Quốc khánh"), STR("Nghỉ bù Quốc khánh")},
  culture_day = {STR("Ngày Văn hóa Việt Nam"), STR("Nghỉ bù Ngày Văn hóa Việt Nam")};

/* The year's days off as they come together: in order, each day once. */
struct plan {
    struct entry {
        civil_day day;
        const struct holiday *holiday;
        bool in_lieu;
    } entry[STATUTORY_MAX];
    int count;
};

static bool is_taken(const struct plan *plan, civil_day day)
{
    for (int i = 0; i < plan->count; i++)
        if (plan->entry[i].day == day)
            return true;
    return false;
}

/* Puts the day in its place; where two holidays meet on one day the first one names it. */
static void add(struct plan *plan, civil_day day, const struct holiday *holiday, bool in_lieu)
{
    if (is_taken(plan, day))
        return;
    int at = plan->count++;
    for (; at > 0 && plan->entry[at - 1].day > day; at--)
        plan->entry[at] = plan->entry[at - 1];
    plan->entry[at] = (struct entry){day, holiday, in_lieu};
}

static bool is_rest_day(civil_day day)
{
    return civil_weekday(day) >= SATURDAY;
}

/* The days of Tết start two days before mùng 1, or one before when mùng 1 is a Tuesday: so the plans of
 * 2022-2026 have them. */
static civil_day tet_begins(int year)
{
    civil_day first = lunar_new_year(year);
    return first - (civil_weekday(first) == TUESDAY ? 1 : 2);
}

/* The second day of the National Day: the weekday beside 2 September that touches a weekend, else 1
 * September. */
static civil_day national_neighbour(int year)
{
    civil_day before = civil_from_ymd(year, 9, 1), after = before + 2;
    enum weekday weekday = civil_weekday(after);
    return weekday == MONDAY || weekday == FRIDAY ? after : before;
}

static void add_holidays(struct plan *plan, int year)
{
    add(plan, civil_from_ymd(year, 1, 1), &new_year, false);
    for (int i = 0; i < 5; i++)
        add(plan, tet_begins(year) + i, &tet, false);
    add(plan, lunar_hung_kings(year), &hung_kings, false);
    add(plan, civil_from_ymd(year, 4, 30), &victory_day, false);
    add(plan, civil_from_ymd(year, 5, 1), &labour_day, false);
    add(plan, civil_from_ymd(year, 9, 2), &national_day, false);
    add(plan, national_neighbour(year), &national_day, false);
    if (year >= CULTURE_DAY_FROM)
        add(plan, civil_from_ymd(year, 11, 24), &culture_day, false);
}

int statutory_days(int year, struct statutory_day out[STATUTORY_MAX])
{
    struct plan holidays = {.count = 0};
    add_holidays(&holidays, year);

    struct plan plan = holidays;
    for (int i = 0; i < holidays.count; i++) {
        civil_day day = holidays.entry[i].day;
        if (!is_rest_day(day))
            continue;
        while (is_rest_day(day) || is_taken(&plan, day))
            day++;
        add(&plan, day, holidays.entry[i].holiday, true);
    }
    for (int i = 0; i < plan.count; i++) {
        const struct entry *e = &plan.entry[i];
        out[i] = (struct statutory_day){e->day, e->in_lieu ? e->holiday->in_lieu : e->holiday->name};
    }
    return plan.count;
}
