#include "core/lunar.h"

/* A lunar month begins on the day of the new moon; the month that holds the winter solstice is the eleventh.
 * Between two eleventh months lie twelve or thirteen new moons; of thirteen months the first in which the sun
 * enters no new sign (trung khí) is leap and repeats the number before it. All that matters is on which day,
 * at UTC+7, a new moon or a change of sign falls.
 *
 * The series are those of Jean Meeus, Astronomical Algorithms (2nd ed.), chapters 25 and 49: new moons to a
 * few seconds, the sun to about 0.01 degrees. */

#define JULIAN_DATE_OF_EPOCH 2440587.5 /* 1970-01-01 00:00 */
#define VIETNAM_OFFSET (7.0 / 24)
#define SYNODIC_MONTH 29.530588861
#define FIRST_NEW_MOON 2451550.09766 /* new moon 0: 6 January 2000 */
#define WINTER_SOLSTICE_SIGN 9       /* 270 degrees */

/* The sine of an angle in degrees, by its Taylor series, better than 1e-10. Not the machine's: a day off must
 * not depend on how one release of a mathematics library or another rounds. */
static double sine(double degrees)
{
    double turns = degrees / 360;
    degrees = (turns - (double)(int64_t)turns) * 360;
    if (degrees > 180)
        degrees -= 360;
    else if (degrees < -180)
        degrees += 360;
    if (degrees > 90)
        degrees = 180 - degrees;
    else if (degrees < -90)
        degrees = -180 - degrees;
    double x = degrees * (3.14159265358979323846 / 180), square = x * x, term = x, sum = x;
    for (int i = 2; i < 18; i += 2) {
        term *= -square / (i * (i + 1));
        sum += term;
    }
    return sum;
}

static int64_t floor_of(double x)
{
    int64_t whole = (int64_t)x;
    return whole - (x < (double)whole);
}

/* How far Terrestrial Time is ahead of Universal Time, in days: the polynomials of Espenak and Meeus for
 * 1986-2005, 2005-2050 and after. A few seconds of error are far below what they decide. */
static double clock_error(double julian_date)
{
    double year = 2000 + (julian_date - 2451544.5) / 365.25;
    double t = year - 2000;
    double seconds;
    if (year < 2005)
        seconds =
            63.86 + t * (0.3345 + t * (-0.060374 + t * (0.0017275 + t * (0.000651814 + t * 0.00002373599))));
    else if (year < 2050)
        seconds = 62.92 + t * (0.32217 + t * 0.005589);
    else
        seconds = -20 + 32 * ((year - 1820) / 100) * ((year - 1820) / 100) - 0.5628 * (2150 - year);
    return seconds / 86400;
}

/* The terms of a new moon: coefficient in days, power of the eccentricity factor, multiples of the sun's
 * anomaly, the moon's anomaly and the moon's argument of latitude. */
static const struct new_moon_term {
    double days;
    signed char eccentricity, sun, moon, latitude;
} new_moon_terms[] = {
    {-0.40720, 0, 0, 1, 0}, {0.17241, 1, 1, 0, 0},    {0.01608, 0, 0, 2, 0},  {0.01039, 0, 0, 0, 2},
    {0.00739, 1, -1, 1, 0}, {-0.00514, 1, 1, 1, 0},   {0.00208, 2, 2, 0, 0},  {-0.00111, 0, 0, 1, -2},
    {-0.00057, 0, 0, 1, 2}, {0.00056, 1, 1, 2, 0},    {-0.00042, 0, 0, 3, 0}, {0.00042, 1, 1, 0, 2},
    {0.00038, 1, 1, 0, -2}, {-0.00024, 1, -1, 2, 0},  {-0.00007, 0, 2, 1, 0}, {0.00004, 0, 0, 2, -2},
    {0.00004, 0, 3, 0, 0},  {0.00003, 0, 1, 1, -2},   {0.00003, 0, 0, 2, 2},  {-0.00003, 0, 1, 1, 2},
    {0.00003, 0, -1, 1, 2}, {-0.00002, 0, -1, 1, -2}, {-0.00002, 0, 1, 3, 0}, {0.00002, 0, 0, 4, 0},
};

/* What the planets do to it: coefficient in days, the angle at new moon 0 and its growth each month, in
 * degrees. */
static const struct planet_term {
    double days, angle, growth;
} planet_terms[] = {
    {0.000325, 299.77, 0.107408},  {0.000165, 251.88, 0.016321}, {0.000164, 251.83, 26.651886},
    {0.000126, 349.42, 36.412478}, {0.000110, 84.66, 18.206239}, {0.000062, 141.74, 53.303771},
    {0.000060, 207.14, 2.453732},  {0.000056, 154.84, 7.306860}, {0.000047, 34.52, 27.261239},
    {0.000042, 207.19, 0.121824},  {0.000040, 291.34, 1.844379}, {0.000037, 161.72, 24.198154},
    {0.000035, 239.56, 25.513099}, {0.000023, 331.55, 3.592518},
};

/* The day in Vietnam of the new moon number `k`. */
static civil_day new_moon_day(int64_t k)
{
    double months = (double)k, t = months / 1236.85, t2 = t * t;
    double jd = FIRST_NEW_MOON + SYNODIC_MONTH * months + t2 * (0.00015437 - t * 0.000000150);
    double eccentricity = 1 - 0.002516 * t - 0.0000074 * t2;
    double sun = 2.5534 + 29.10535670 * months - t2 * (0.0000014 + t * 0.00000011);
    double moon = 201.5643 + 385.81693528 * months + t2 * (0.0107582 + t * 0.00001238);
    double latitude = 160.7108 + 390.67050284 * months - t2 * (0.0016118 + t * 0.00000227);
    double node = 124.7746 - 1.56375588 * months + t2 * (0.0020672 + t * 0.00000215);
    for (size_t i = 0; i < sizeof new_moon_terms / sizeof new_moon_terms[0]; i++) {
        const struct new_moon_term *term = &new_moon_terms[i];
        double days = term->days * sine(term->sun * sun + term->moon * moon + term->latitude * latitude);
        for (int power = 0; power < term->eccentricity; power++)
            days *= eccentricity;
        jd += days;
    }
    jd -= 0.00017 * sine(node);
    for (size_t i = 0; i < sizeof planet_terms / sizeof planet_terms[0]; i++) {
        double bend = i == 0 ? -0.009173 * t2 : 0;
        jd += planet_terms[i].days * sine(planet_terms[i].angle + planet_terms[i].growth * months + bend);
    }
    return (civil_day)floor_of(jd - clock_error(jd) + VIETNAM_OFFSET - JULIAN_DATE_OF_EPOCH);
}

/* The sign (0-11, 30 degrees each from the spring equinox) the sun stands in when `day` begins in Vietnam. */
static int sun_sign(civil_day day)
{
    double jd = JULIAN_DATE_OF_EPOCH + day - VIETNAM_OFFSET;
    double t = (jd + clock_error(jd) - 2451545.0) / 36525;
    double anomaly = 357.52911 + t * (35999.05029 - t * 0.0001537);
    double longitude = 280.46646 + t * (36000.76983 + t * 0.0003032);
    longitude += (1.914602 - t * (0.004817 + t * 0.000014)) * sine(anomaly) +
                 (0.019993 - t * 0.000101) * sine(2 * anomaly) + 0.000289 * sine(3 * anomaly);
    longitude -= 0.00569 + 0.00478 * sine(125.04 - 1934.136 * t); /* aberration and nutation */
    int64_t sign = floor_of(longitude / 30);
    return (int)(sign - floor_of((double)sign / 12) * 12);
}

/* The number of the new moon that begins the eleventh month of Gregorian `year`. */
static int64_t eleventh_month(int year)
{
    double jd = JULIAN_DATE_OF_EPOCH + civil_from_ymd(year, 12, 31);
    int64_t k =
        floor_of((jd - FIRST_NEW_MOON) / SYNODIC_MONTH) + 1; /* after the solstice, whatever the moon does */
    while (sun_sign(new_moon_day(k)) >= WINTER_SOLSTICE_SIGN)
        k--;
    return k;
}

/* The first day of month 1-10 (never of its leap twin) of the lunar year that begins in `year`. */
static civil_day month_begins(int year, int month)
{
    int64_t eleventh = eleventh_month(year - 1);
    int64_t k = eleventh + month + 1;
    if (eleventh_month(year) - eleventh == 13) {
        int leap = 1;
        while (sun_sign(new_moon_day(eleventh + leap)) != sun_sign(new_moon_day(eleventh + leap + 1)))
            leap++;
        k += eleventh + leap <= k;
    }
    return new_moon_day(k);
}

civil_day lunar_new_year(int year)
{
    return month_begins(year, 1);
}

civil_day lunar_hung_kings(int year)
{
    return month_begins(year, 3) + 9;
}
