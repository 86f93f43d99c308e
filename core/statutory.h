/* statutory: the public holidays the law itself gives, for a year whose official plan is not recorded.
 *
 * Labour Code 2019 art. 112: 1 January, five days of Tết, Giỗ Tổ Hùng Vương, 30 April, 1 May, 2 September and
 * a neighbour of it; from 2026 also 24 November (Ngày Văn hóa Việt Nam). Art. 111.3: a holiday on a weekly
 * day of rest gives the next working day off. What a plan may add beyond the law (swapped working days)
 * cannot be foreseen, which is why a calendar calls these days provisional.
 *
 * Weekly days of rest are Saturday and Sunday whatever one office's own hours, as the plans for public
 * offices have it. */
#ifndef MOTCUA_CORE_STATUTORY_H
#define MOTCUA_CORE_STATUTORY_H

#include "core/civil.h"

struct statutory_day {
    civil_day day;
    struct str name; /* in Vietnamese, of static storage */
};

/* Twelve holidays, and at most as many days in lieu. */
#define STATUTORY_MAX 24

/* Writes the days off of `year` (CIVIL_FIRST_YEAR - 1 to CIVIL_LAST_YEAR + 1) into `out`, in order, each day
 * once, those that fall on a Saturday or Sunday included; returns how many. None lies outside the year. The
 * rule of today serves every year. */
int statutory_days(int year, struct statutory_day out[STATUTORY_MAX]);

#endif
