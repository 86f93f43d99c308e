/* lunar: the two lunar days that move Vietnamese working days, reckoned at UTC+7.
 *
 * Vietnam reckons its lunar calendar at the 105th meridian; Tết 2007 and 2030 fall a day before China's. */
#ifndef MOTCUA_CORE_LUNAR_H
#define MOTCUA_CORE_LUNAR_H

#include "core/civil.h"

/* Mùng 1 Tết of the lunar year that begins in Gregorian `year` (CIVIL_FIRST_YEAR - 1 to CIVIL_LAST_YEAR + 1).
 */
civil_day lunar_new_year(int year);
/* Giỗ Tổ Hùng Vương: the tenth day of the third lunar month (never of a leap third month) in Gregorian
 * `year`. */
civil_day lunar_hung_kings(int year);

#endif
