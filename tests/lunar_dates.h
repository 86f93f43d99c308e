/* lunar_dates: the first day of the Vietnamese lunar year and Giỗ Tổ Hùng Vương, year by year, for tests. */
#ifndef MOTCUA_TESTS_LUNAR_DATES_H
#define MOTCUA_TESTS_LUNAR_DATES_H

#include <stddef.h>

struct lunar_dates {
    int year;
    int tet_month, tet_day;     /* mùng 1 */
    int kings_month, kings_day; /* the tenth of the third month */
};
extern const struct lunar_dates lunar_dates[]; /* 1985-2101, one a year */
extern const size_t lunar_dates_count;

#endif
