/* Time zones by the names programs give them, and by what a file says of them. Expected offsets are those of
 * the zones' laws, written down by hand. */
#include "icalendar/writer.h"
#include "icalendar/zone_names.h"
#include "icalendar/zones.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { HOUR = 3600, DAY = 86400, OFFICE = 7 * 60 };

static int64_t wall(int year, int month, int day, int hour, int minute)
{
    return (int64_t)civil_from_ymd(year, month, day) * DAY + hour * HOUR + minute * 60;
}

/* A zone's offset in hours at a wall clock time; 99: unknown. */
static double offset_at(struct zones *z, const char *name, int64_t at)
{
    size_t work = 1000000;
    int64_t utc;
    return zones_utc(z, zones_number(z, str_of(name)), at, &utc, &work) ? (double)(at - utc) / HOUR : 99;
}

static void take(struct zones *z, const char *text)
{
    struct content c = content_of(str_of(text));
    size_t depth = 0;
    while (content_next(&c)) {
        bool begins = content_is(c.name, "BEGIN"), ends = content_is(c.name, "END");
        depth += begins;
        if (begins)
            zones_take(z, depth == 1 ? ZONES_BEGIN : ZONES_BEGIN_OBSERVANCE, &c);
        else if (!ends)
            zones_take(z, depth == 1 ? ZONES_LINE : ZONES_OBSERVANCE, &c);
        depth -= ends;
    }
    assert_int_equal(c.fault, CONTENT_OK);
    content_release(&c);
}

static void names_that_are_known(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double winter, summer; /* of 2026: 15 January and 15 July, noon */
    } known[] = {
        {"Asia/Ho_Chi_Minh", 7, 7},
        {"Asia/Saigon", 7, 7},
        {" Asia/Bangkok ", 7, 7},
        {"UTC", 0, 0},
        {"GMT", 0, 0},
        {"Etc/GMT-7", 7, 7},
        {"GMT+7", 7, 7},
        {"UTC+07:00", 7, 7},
        {"UTC-3:30", -3.5, -3.5},
        {"America/New_York", -5, -4},
        {"America/Argentina/Buenos_Aires", -3, -3},
        {"Australia/Sydney", 11, 10},
        {"Asia/Kolkata", 5.5, 5.5},
        {"EST", -5, -5},
        {"Japan", 9, 9},
        {"/freeassociation.sourceforge.net/Asia/Ho_Chi_Minh", 7, 7},
        {"/freeassociation.sourceforge.net/Tzfile/Asia/Bangkok", 7, 7},
        {"/mozilla.org/20050126_1/Asia/Saigon", 7, 7},
        {"/citadel.org/20210210_1/Europe/Paris", 1, 2},
        {"/softwarestudio.org/Olson_20011030_5/America/Indiana/Knox", -6, -5},
        {"/example.org/1/UTC", 0, 0},
        {"SE Asia Standard Time", 7, 7},
        {"Tokyo Standard Time", 9, 9},
        {"China Standard Time", 8, 8},
        {"Pacific Standard Time", -8, -7},
        {"W. Europe Standard Time", 1, 2},
        {"(UTC+07:00) Bangkok, Hanoi, Jakarta", 7, 7},
        {"(GMT+07:00) Bangkok, Hanoi, Jakarta", 7, 7},
        {"(UTC+09:00) Osaka, Sapporo, Tokyo", 9, 9},
        {"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", 1, 2},
        {"(UTC-05:00) Bogota, Lima, Quito, Rio Branco", -5, -5},
        {"(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", 5.5, 5.5},
        {"(UTC) Coordinated Universal Time", 0, 0},
    };
    struct zones *z = zones_new(OFFICE);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        double winter = offset_at(z, known[i].name, wall(2026, 1, 15, 12, 0)),
               summer = offset_at(z, known[i].name, wall(2026, 7, 15, 12, 0));
        if (winter < known[i].winter || winter > known[i].winter || summer < known[i].summer ||
            summer > known[i].summer)
            fail_msg("%s: %f, %f", known[i].name, winter, summer);
    }
    zones_free(z);
}

static void names_that_are_not(void **state)
{
    (void)state;
    static const char *const names[] = {"",
                                        " ",
                                        "Nowhere/Land",
                                        "Asia",
                                        "Asia/",
                                        "/",
                                        "//",
                                        "/Asia/",
                                        "asia/ho_chi_minh",
                                        "Hanoi",
                                        "BST",
                                        "IST",
                                        "CST",
                                        "PST",
                                        "VST",
                                        "ACT",
                                        "Etc/Unknown",
                                        "GMT+25:00",
                                        "UTC+",
                                        "UTC+07:60",
                                        "UTC+7 x",
                                        "UTC+15",
                                        "(UTC+07:00)",
                                        "(UTC+07:00",
                                        "(UTC+07:00) Tokyo",
                                        "(UTC+09:00) Hanoi",
                                        "(UTC+25:00) Hanoi",
                                        "()",
                                        "(",
                                        "(UTC)",
                                        "Customized Time Zone",
                                        "tzone://Microsoft/Custom",
                                        "\xE1\xBB\x87",
                                        "Asia/Ho_Chi_Minh\x01",
                                        "SE Asia Standard",
                                        "Asia/Ho_Chi_Minh/Asia/Ho_Chi_Minh",
                                        "../Asia/Bangkok",
                                        "/etc/localtime",
                                        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                                        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                                        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                                        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"};
    struct zones *z = zones_new(OFFICE);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (offset_at(z, names[i], wall(2026, 1, 15, 12, 0)) < 99)
            fail_msg("“%s” is a zone", names[i]);
    zones_free(z);
}

#define OBSERVANCE(kind, start, from, to, more)                                                              \
    "BEGIN:" kind "\nDTSTART:" start "\nTZOFFSETFROM:" from "\nTZOFFSETTO:" to "\n" more "END:" kind "\n"
#define ZONE(name, inside) "BEGIN:VTIMEZONE\nTZID:" name "\n" inside "END:VTIMEZONE\n"

static void the_file_s_own(void **state)
{
    (void)state;
    struct zones *z = zones_new(OFFICE);
    take(z, ZONE("Xa", OBSERVANCE("STANDARD", "16010101T000000", "+0700", "+0700", "")));
    take(z, ZONE("Giờ riêng", OBSERVANCE("STANDARD", "19700101T000000", "+0530", "+0530", "")));
    take(z, ZONE("New York by rules", /* as Outlook writes it */
                 OBSERVANCE("STANDARD", "16011104T020000", "-0400", "-0500",
                            "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\n")
                     OBSERVANCE("DAYLIGHT", "16010311T020000", "-0500", "-0400",
                                "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\n")));
    take(z,
         ZONE("Other changes", /* rules that ended, dates, seconds, a Sunday on or after the 8th */
              OBSERVANCE("DAYLIGHT", "20000312T020000", "-0500", "-0400",
                         "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=SU;BYMONTHDAY=8,9,10,11,12,13,14;UNTIL=20030309T"
                         "070000Z\n")
                  OBSERVANCE("STANDARD", "20001105T020000", "-0400", "-0500",
                             "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU;UNTIL=20031102T060000Z\n")
                      OBSERVANCE("STANDARD", "20100601T000000", "-0500", "+064230",
                                 "RDATE:20120601T000000,20130601T000000\n")
                          OBSERVANCE("STANDARD", "20110601T000000", "+064230", "-0500",
                                     "RDATE:20121001T000000\n")));
    take(z, ZONE("By place", "X-LIC-LOCATION:Asia/Tokyo\n" OBSERVANCE("STANDARD", "19700101T000000", "+0100",
                                                                      "+0100", "")));
    take(z,
         ZONE("Asia/Bangkok", OBSERVANCE("STANDARD", "19700101T000000", "-1100", "-1100", ""))); /* a lie */
    assert_true(offset_at(z, "Xa", wall(2026, 1, 1, 0, 0)) == 7);
    assert_true(offset_at(z, "Xa", wall(1500, 1, 1, 0, 0)) == 7); /* before its first onset */
    assert_true(offset_at(z, "Giờ riêng", wall(2026, 1, 1, 0, 0)) == 5.5);
    assert_true(offset_at(z, "By place", wall(2026, 1, 1, 0, 0)) == 9);
    assert_true(offset_at(z, "Asia/Bangkok", wall(2026, 1, 1, 0, 0)) == 7);
    /* 2026: put forward on 8 March at 2:00, back on 1 November at 2:00. For hours that never come or come
     * twice libical has an answer of its own. */
    static const struct {
        int month, day, hour, minute;
        double offset;
    } new_york[] = {
        {1, 15, 0, 0, -5},  {3, 8, 1, 59, -5},  {3, 8, 2, 30, -5}, {3, 8, 3, 0, -4},     {7, 1, 0, 0, -4},
        {11, 1, 0, 59, -4}, {11, 1, 1, 30, -4}, {11, 1, 2, 0, -5}, {12, 31, 23, 59, -5},
    };
    for (size_t i = 0; i < sizeof new_york / sizeof *new_york; i++) {
        int64_t at = wall(2026, new_york[i].month, new_york[i].day, new_york[i].hour, new_york[i].minute);
        double rules = offset_at(z, "New York by rules", at), known = offset_at(z, "America/New_York", at);
        if (rules < new_york[i].offset || rules > new_york[i].offset ||
            (i != 2 && i != 6 && (known < rules || known > rules)))
            fail_msg("%zu: %f %f", i, rules, known);
    }
    assert_true(offset_at(z, "Other changes", wall(2000, 7, 1, 0, 0)) == -4);
    assert_true(offset_at(z, "Other changes", wall(2001, 1, 1, 0, 0)) == -5);
    assert_true(offset_at(z, "Other changes", wall(2003, 7, 1, 0, 0)) == -4);
    assert_true(offset_at(z, "Other changes", wall(2004, 7, 1, 0, 0)) == -5);
    assert_true(offset_at(z, "Other changes", wall(2009, 7, 1, 0, 0)) == -5); /* its rules ended long ago */
    assert_true(offset_at(z, "Other changes", wall(2010, 7, 1, 0, 0)) * HOUR == 6 * HOUR + 42 * 60 + 30);
    assert_true(offset_at(z, "Other changes", wall(2011, 7, 1, 0, 0)) == -5);
    assert_true(offset_at(z, "Other changes", wall(2012, 7, 1, 0, 0)) > 6);
    assert_true(offset_at(z, "Other changes", wall(2012, 11, 1, 0, 0)) == -5);
    assert_true(offset_at(z, "Other changes", wall(2026, 1, 1, 0, 0)) > 6);
    zones_free(z);
}

/* What is no description makes the zone unknown; it never makes the file wrong, and costs little. */
static void what_the_file_says_may_be_nonsense(void **state)
{
    (void)state;
    static const char *const inside[] = {
        "",
        "X-LIC-LOCATION:Nowhere\n",
        "BEGIN:STANDARD\nEND:STANDARD\n",
        "BEGIN:STANDARD\nDTSTART:20000101T000000\nTZOFFSETTO:+0700\nEND:STANDARD\n",
        OBSERVANCE("STANDARD", "what", "+0700", "+0700", ""),
        OBSERVANCE("STANDARD", "20000101T000000Z", "+0700", "+0700", ""),
        OBSERVANCE("STANDARD", "20000231T000000", "+0700", "+0700", ""),
        OBSERVANCE("STANDARD", "20000101T000000", "0700", "+0700", ""),
        OBSERVANCE("STANDARD", "20000101T000000", "+2400", "+0700", ""),
        OBSERVANCE("STANDARD", "20000101T000000", "+07:00", "+0700", ""),
        OBSERVANCE("STANDARD", "20000101T000000", "+0700", "+0760", ""),
        OBSERVANCE("STANDARD", "20000101T000000", "+0700", "+0700", "RRULE:FREQ=OFTEN\n"),
        OBSERVANCE("STANDARD", "20000101T000000", "+0700", "+0700", "RRULE:FREQ=SECONDLY\n"),
        OBSERVANCE("STANDARD", "20000101T000000", "+0700", "+0700", "RRULE:FREQ=YEARLY;RSCALE=CHINESE\n"),
        OBSERVANCE("STANDARD", "20000101T000000", "+0700", "+0700", "RRULE:FREQ=YEARLY;COUNT=2\n"),
        OBSERVANCE("STANDARD", "20000101T000000", "+0700", "+0700", "RRULE:FREQ=YEARLY\nRRULE:FREQ=YEARLY\n"),
        OBSERVANCE("STANDARD", "20000101T000000", "+0700", "+0700",
                   "RRULE:FREQ=YEARLY;BYDAY=SU,MO,TU,WE,TH,FR,SA\n"),
        OBSERVANCE("STANDARD", "20000101T000000", "+0700", "+0700", "RDATE:20010101T000000,\n"),
        OBSERVANCE("STANDARD", "20000101T000000", "+0700", "+0700",
                   "RDATE;VALUE=PERIOD:20010101T000000/P1D\n"),
    };
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
        struct zones *z = zones_new(OFFICE);
        struct buf text = BUF_INIT;
        buf_add_z(&text, "BEGIN:VTIMEZONE\nTZID:Odd\n");
        buf_add_z(&text, inside[i]);
        buf_add_z(&text, "END:VTIMEZONE\n");
        take(z, text.p);
        if (offset_at(z, "Odd", wall(2026, 1, 1, 0, 0)) < 99)
            fail_msg("%zu is a zone", i);
        buf_release(&text);
        zones_free(z);
    }
}

static void it_costs_no_more_than_it_may(void **state)
{
    (void)state;
    struct zones *z = zones_new(OFFICE);
    struct buf text = BUF_INIT;
    buf_add_z(&text, "BEGIN:VTIMEZONE\nTZID:Odd\n");
    for (int i = 0; i < 64; i++)
        buf_add_z(&text, OBSERVANCE("STANDARD", "00010101T000000", "+0700", "+0700", "RRULE:FREQ=YEARLY\n"));
    buf_add_z(&text, "END:VTIMEZONE\n");
    take(z, text.p);
    size_t work = 1000000;
    int64_t utc;
    unsigned odd = zones_number(z, STR("Odd"));
    assert_true(zones_utc(z, odd, wall(2026, 1, 1, 0, 0), &utc, &work));
    assert_true(work > 900000);
    work = 100;
    assert_false(zones_utc(z, odd, wall(2026, 1, 1, 0, 0), &utc, &work));
    assert_int_equal(work, 0);
    buf_release(&text);
    /* one observance too many */
    buf_add_z(&text, "BEGIN:VTIMEZONE\nTZID:Crowd\n");
    for (int i = 0; i < 65; i++)
        buf_add_z(&text, OBSERVANCE("STANDARD", "00010101T000000", "+0700", "+0700", ""));
    buf_add_z(&text, "END:VTIMEZONE\n");
    take(z, text.p);
    assert_true(offset_at(z, "Crowd", 0) >= 99);
    /* and names beyond what a file may have */
    for (int i = 0; i < 3 * ZONES_MOST; i++) {
        char name[32];
        snprintf(name, sizeof name, "Etc/GMT-%d/%d", i % 14, i);
        (void)zones_number(z, str_of(name));
        take(z, ZONE("Late", OBSERVANCE("STANDARD", "00010101T000000", "+0700", "+0700", "")));
    }
    unsigned late = zones_number(z, STR("Asia/Tokyo"));
    assert_false(zones_utc(z, late, 0, &utc, &work));
    assert_true(str_eq(zones_name(z, late), STR("Asia/Tokyo")));
    buf_release(&text);
    zones_free(z);
}

static void the_office_s_own_and_utc(void **state)
{
    (void)state;
    struct zones *z = zones_new(OFFICE);
    size_t work = 0;
    int64_t at = wall(2026, 12, 23, 17, 0), office;
    assert_true(zones_office(z, ZONE_UTC, at, &office, &work));
    assert_int_equal(office, wall(2026, 12, 24, 0, 0));
    assert_true(zones_office(z, ZONE_OFFICE, at, &office, &work));
    assert_int_equal(office, at);
    assert_int_equal(zones_name(z, ZONE_OFFICE).n, 0);
    assert_true(str_eq(zones_name(z, ZONE_UTC), STR("UTC")));
    assert_int_equal(zones_number(z, STR("a")), zones_number(z, STR("a")));
    assert_int_not_equal(zones_number(z, STR("a")), zones_number(z, STR("b")));
    zones_free(z);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_that_are_known),
        cmocka_unit_test(names_that_are_not),
        cmocka_unit_test(the_file_s_own),
        cmocka_unit_test(what_the_file_says_may_be_nonsense),
        cmocka_unit_test(it_costs_no_more_than_it_may),
        cmocka_unit_test(the_office_s_own_and_utc),
    };
    int failed = cmocka_run_group_tests_name("icalendar_zones", tests, NULL, NULL);
    ics_library_release();
    return failed;
}
