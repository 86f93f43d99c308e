"""Calendars as the programs and sites people take them from write them, and the days each of them must give for 2026."""

import datetime
import os

from days_desk import DaysWorld
from test_feed import ROOT

HERE = os.path.join(ROOT, "tests", "ical", "days")

# Days of 2026 and what the file calls them.
NEW_YEAR, TET, KINGS, SPRING, NATIONAL, CULTURE = "1/1 2/1", "16/2 17/2 18/2 19/2 20/2", "26/4 27/4", "30/4 1/5", "31/8 1/9 2/9", "24/11"
GOOGLE_VI = {"1/1": "Tết Dương lịch", "2/1": "Nghỉ Tết Dương lịch", "16/2": "Giao thừa Tết Nguyên Đán", "17/2": "Tết Nguyên Đán", "18/2": "Mùng 2 Tết", "19/2": "Mùng 3 Tết",
             "20/2": "Mùng 4 Tết", "26/4": "Giỗ Tổ Hùng Vương", "27/4": "Nghỉ bù Giỗ Tổ Hùng Vương", "30/4": "Ngày Giải phóng miền Nam", "1/5": "Ngày Quốc tế Lao động",
             "31/8": "Nghỉ Quốc khánh", "1/9": "Nghỉ lễ Quốc khánh", "2/9": "Ngày Quốc khánh", "24/11": "Ngày Văn hóa các dân tộc Việt Nam"}
GOOGLE_EN = {"1/1": "International New Year's Day", "2/1": "Day off for International New Year's Day", "16/2": "Vietnamese New Year's Eve", "17/2": "Vietnamese New Year",
             "18/2 19/2 20/2": "Tet holiday", "26/4": "Hung Kings Festival", "27/4": "Day off for Hung Kings Festival", "30/4": "Liberation Day/Reunification Day",
             "1/5": "International Labor Day", "31/8 1/9": "Independence Day Holiday", "2/9": "Independence Day", "24/11": "Vietnam Culture Day"}
OUTLOOK = {"1/1": "Tết Dương lịch", "2/1": "Nghỉ hoán đổi Tết Dương lịch", TET: "Tết Nguyên đán", KINGS: "Giỗ Tổ Hùng Vương", SPRING: "Nghỉ lễ 30/4 và 1/5", NATIONAL: "Quốc khánh",
           CULTURE: "Ngày Văn hóa Việt Nam (24/11)"}
EXCHANGE = {NEW_YEAR: "Nghỉ Tết Dương lịch 2026", "14/2 15/2 21/2 22/2 " + TET: "Nghỉ Tết Bính Ngọ", "25/4 " + KINGS: "Nghỉ Giỗ Tổ",
            "2/5 3/5 " + SPRING: "Nghỉ lễ Chiến thắng và Quốc tế lao động", "29/8 30/8 " + NATIONAL: "Nghỉ Quốc khánh 2/9", CULTURE: "Nghỉ Ngày Văn hóa"}
APPLE = {"1/1": "Tết Tây", "2/1": "Nghỉ Tết Tây", "16/2": "Giao thừa", "17/2": "Mùng Một Tết", "18/2": "Mùng Hai Tết", "19/2": "Mùng Ba Tết", "20/2": "Nghỉ Tết", "26/4": "Giỗ Tổ",
         "27/4": "Nghỉ bù Giỗ Tổ", "30/4": "Ngày Thống nhất", "1/5": "Ngày Lao động", "31/8": "Nghỉ dịp Quốc khánh", "1/9": "Nghỉ trước Quốc khánh", "2/9": "Quốc khánh Việt Nam",
         "24/11": "Ngày Văn hóa"}
THUNDERBIRD = {"1/1": "Năm mới", "2/1": "Nghỉ bù năm mới", TET: "Tết", KINGS: "Giỗ Tổ và nghỉ bù", SPRING: "30/4 - 1/5", NATIONAL: "Quốc khánh và nghỉ hoán đổi",
               CULTURE: "Ngày Văn hóa Việt Nam 24/11"}
OFFICE_HOLIDAYS = {"1/1": "Vietnam: New Year's Day", "2/1": "Vietnam: New Year Holiday", "16/2 18/2 19/2 20/2": "Vietnam: Tet Holiday", "17/2": "Vietnam: Tet Nguyen Dan",
                   "27/4": "Vietnam: Hung Kings' Festival (in lieu)", "30/4": "Vietnam: Reunification Day", "1/5": "Vietnam: Labour Day", "31/8 1/9": "Vietnam: National Day Holiday",
                   "2/9": "Vietnam: National Day", "24/11": "Vietnam: Vietnam Cultural Day"}
CALENDAR_LABS = {"1/1": "New Year Day", "2/1": "New Year Day off", "16/2": "Tet Eve", "17/2": "Tet", "18/2": "Tet 2", "19/2": "Tet 3", "20/2": "Tet 4", "26/4": "Hung Kings Commemorations",
                 "27/4": "Hung Kings day off", "30/4": "Liberation of Saigon", "1/5": "May Day", "31/8": "National Day off", "1/9": "National Day eve", "2/9": "National Day 2026",
                 "24/11": "Culture Day"}
NEXTCLOUD = {NEW_YEAR: "Nghỉ đầu năm", TET: "Nghỉ Tết theo 9441/TB-BNV", KINGS: "Giỗ Tổ 10/3", SPRING: "Nghỉ 30/4 và 1/5", NATIONAL: "Nghỉ 2/9", CULTURE: "Ngày VHVN lần đầu"}

# file, days of 2026, and what is left out: reason and day
MAKERS = (
    ("google-vi", GOOGLE_VI, [("observance", d) for d in ("14/2", "8/3", "28/6", "20/10", "24/12", "25/12")]),
    ("google-en", GOOGLE_EN, [("observance", "25/12"), ("observance", "24/12")]),
    ("outlook", OUTLOOK, [("timed", "24/12")]),  # without Outlook's word that these are whole days they are hours of Los Angeles
    ("exchange", EXCHANGE, [("timed", "27/11")]),
    ("apple", APPLE, []),
    ("thunderbird", THUNDERBIRD, [("endless", "31/12/2027"), ("not_event", None)]),
    ("officeholidays", OFFICE_HOLIDAYS, []),
    ("calendarlabs", CALENDAR_LABS, []),
    ("nextcloud", NEXTCLOUD, [("superseded", "17/2")]),
)
# Beyond the days off.
WORKED = {"apple": {"2026-08-22": "Đi làm bù cho 31/8"}}


def iso(day):
    parts = (day + "/2026").split("/")[:3] if day else None
    return datetime.date(int(parts[2]), int(parts[1]), int(parts[0])).isoformat() if parts else None


class Makers(DaysWorld):
    def expected(self, name, table):
        """The year's days afterwards: those of the file, with the documents known before, and what it does not name as it was."""
        days = self.days()
        for several, called in table.items():
            for day in several.split():
                days[iso(day)] = ("day_off", called, days.get(iso(day), (0, 0, None))[2])
        for day, called in WORKED.get(name, {}).items():
            days[day] = ("worked", called, days[day][2])
        return days

    def path_of(self, name):
        return os.path.join(HERE, name + ".ics")

    def test_days_and_reasons(self):
        self.assertEqual({name + ".ics" for name, _, _ in MAKERS}, set(os.listdir(HERE)))
        for name, table, skipped in MAKERS:
            with self.subTest(maker=name):
                self.new_office()
                expected = self.expected(name, table)
                self.assertGreaterEqual({day for day, of in expected.items() if of[0] == "day_off"} & {d for s in table for d in map(iso, s.split())},
                                        {day for day, of in self.days().items() if of[0] == "day_off"} - ({"2026-04-26"} if name == "officeholidays" else set()))
                result = self.imported(self.path_of(name), "--json")
                got = result.objects[0]
                self.assertEqual([(row["reason"], row["date"]) for row in got["skipped"]], [(reason, iso(day)) for reason, day in skipped])
                self.assertEqual(self.days(), expected)
                # calcurse #404, khal #1045: the same file again changes nothing at all
                head = self.head()
                again = self.imported(self.path_of(name), "--json").objects[0]
                self.assertEqual((again["added"], again["changed"], self.head()), ([], [], head))

    def test_without_tzdata(self):
        """A small container has no zoneinfo: the zones are known all the same."""
        for name, table, _ in MAKERS:
            if name in ("outlook", "exchange", "thunderbird", "nextcloud"):
                self.new_office()
                expected = self.expected(name, table)
                self.with_preload("hostile.so", {"HOSTILE_ICAL": "nowhere"}, "calendar", "import", self.path_of(name))
                self.assertEqual(self.days(), expected, name)

    def test_a_page_of_it(self):
        """As a clerk sees it: nothing runs over 80 columns, what must be looked at stands last, with its line and UID."""
        result = self.in_terminal("calendar", "import", self.path_of("exchange"), "--dry-run")
        self.assertLessEqual(max(map(len, result.splitlines())), 80)
        self.assertIn("Họp giao ban tháng 11", result)
        self.assertIn("\n  sửa  24/11/2026 (Thứ Ba) · Ngày nghỉ · Nghỉ Ngày Văn hóa\n      trước: Ngày Văn hóa Việt Nam\n", result)
        with open(self.path_of("exchange"), encoding="utf-8") as f:
            number = next(i for i, line in enumerate(f.read().splitlines(), 1) if "giao ban" in line) - 4  # its UID is folded
        self.assertEqual(result[result.index("Chưa lấy"):].splitlines(),
                         ["Chưa lấy 1 mục, cần người xem lại:", f"  dòng {number} · 27/11/2026 (Thứ Sáu) · Họp giao ban tháng 11",
                          "      có giờ, không phải cả ngày · UID", "      040000008200E00074C5B7101A82E0082026112700000000000000000000000010000000",
                          *result[result.index("motcua: "):].splitlines()])  # and last of all how many there are
        self.assertRegex(" ".join(result[result.index("motcua: "):].split()), r"1 mục cần người xem lại; chưa ghi gì$")
