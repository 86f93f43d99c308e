"""Due times: the vectors of the law, counted by hand; the years' working days; how a count is told."""
import datetime

from desk import MARRIAGE, NAME, Desk

# received, limit, due, clock ("" is the office's own, day_end)
VECTORS = [
    ("2023-04-28", "1 working_day", "2023-05-04T17:00", ""),  # 29/4-3/5 off
    ("2024-04-26", "5 working_days", "2024-05-07T17:00", ""),  # 29/4-1/5 off, Saturday 4/5 worked
    ("2025-04-25", "3 working_days", "2025-04-29T17:00", ""),  # Saturday 26/4 worked
    ("2025-12-31", "3 working_days", "2026-01-07T17:00", ""),  # 1-2/1 off
    ("2026-01-09", "1 working_day", "2026-01-10T17:00", ""),  # worked Saturday
    ("2026-02-13", "1 working_day", "2026-02-23T17:00", ""),  # Tết
    ("2026-08-28", "2 working_days", "2026-09-04T17:00", ""),  # 31/8-2/9 off
    ("2026-11-20", "2 working_days", "2026-11-25T17:00", ""),  # 24/11 off
    ("2025-01-20", "10 calendar_days", "2025-02-03T17:00", ""),  # 30/1 is Tết, rolls
    ("2026-04-16", "10 calendar_days", "2026-04-28T17:00", ""),  # 26/4 Sunday and Giỗ Tổ, 27/4 in lieu
    ("2025-04-16", "10 calendar_days", "2025-04-26T17:00", ""),  # last day is a worked Saturday
    ("2026-11-16T15:00", "same_day", "2026-11-16T17:00", ""),  # 15:00 is not after 15:00
    ("2026-11-16T15:01", "same_day", "2026-11-17T17:00", ""),
    ("2026-11-16T14:01", "same_day@14:00", "2026-11-17T17:00", ""),
    ("2026-11-16T09:00", "2.5 working_days", "2026-11-19T17:00", ""),  # a fraction rounds up to the day
    ("2026-11-16T09:00", "2,5 working_days", "2026-11-18T15:00", "same_hour"),  # two days, then 4 working hours
    ("2026-11-16T10:00", "2 working_days", "2026-11-18T10:00", "same_hour"),
    ("2026-11-16T16:30", "1 working_hour", "2026-11-17T07:30", ""),  # hours ignore day_end
    ("2026-11-16T12:00", "1 working_hour", "2026-11-16T14:30", ""),  # received in the lunch break
    ("2026-11-20T16:30", "3 working_hours", "2026-11-23T09:30", ""),
    ("2026-11-16T09:00", "8 working_hours", "2026-11-17T09:00", ""),
    ("2026-11-16T07:00", "4.5 working_hours", "2026-11-16T11:30", ""),  # ends exactly at the break
    ("2026-11-21T10:00", "1 working_day", "2026-11-25T17:00", ""),  # counted from Mon 23/11; 24/11 off
    ("2026-11-21T10:00", "10 calendar_days", "2026-12-03T17:00", ""),
    ("2026-12-31", "1 month", "2027-02-01T17:00", ""),  # 31/1 is a Sunday
    ("2026-01-30", "1 month", "2026-03-02T17:00", ""),  # no 30 February; 28/2 is a Saturday
    ("2026-11-16", "16.5 calendar_days", "2026-12-03T17:00", ""),  # calendar fractions round up
]
WORKING_DAYS = {2022: 249, 2023: 249, 2024: 251, 2025: 250, 2026: 249}
OFF_IN_2027 = ["01-01", "02-04", "02-05", "02-08", "02-09", "02-10", "04-16", "04-30", "05-03", "09-02", "09-03", "11-24"]


def date_of(text):
    return datetime.date.fromisoformat(text)


class Vectors(Desk):
    founded = False

    def ask(self, received, limit, clock, *more):
        chosen = ("--clock", clock) if clock else ()
        return ("due", "--limit", limit, "--received", received, *chosen, *more)

    def test_every_vector_in_json(self):
        for received, limit, due, clock in VECTORS:
            with self.subTest(received=received, limit=limit):
                answer = self.object(*self.ask(received, limit, clock))
                self.assertEqual(answer["due_at"], due + ":00+07:00")
                self.assertEqual(list(answer)[:4], ["due_at", "provisional", "rule", "days"])

    def test_every_vector_for_people(self):
        for received, limit, due, clock in VECTORS:
            day, hour = due.split("T")
            vietnamese = "/".join(reversed(day.split("-"))) + " " + hour
            with self.subTest(received=received, limit=limit):
                self.assertIn(vietnamese, self.ok(*self.ask(received, limit, clock, "--lang", "vi")))
                self.assertIn(day + " " + hour, self.ok(*self.ask(received, limit, clock, "--lang", "en")))

    def test_every_count_adds_up(self):
        """Each calendar day once, the counted ones numbered to the limit, every skipped one with a reason."""
        for received, limit, due, clock in VECTORS:
            with self.subTest(received=received, limit=limit):
                days = self.object(*self.ask(received, limit, clock))["days"]
                self.assertEqual(days[0]["date"], received[:10])
                self.assertEqual(days[-1]["date"], due[:10])
                for before, after in zip(days, days[1:]):
                    self.assertEqual(date_of(after["date"]) - date_of(before["date"]), datetime.timedelta(1))
                    if "month" in limit:  # every day of a month is counted; its number comes when it is whole
                        self.assertIn(after["n"] - before["n"], (0, 1))
                    else:
                        self.assertEqual(after["counted"], after["n"] > before["n"], after)
                for day in days:
                    self.assertEqual(sorted(day), ["counted", "date", "n", "name", "why"])
                    self.assertTrue(day["why"])
                value = limit.split()[0].replace(",", ".") if " " in limit else "1"
                self.assertEqual(days[-1]["n"], float(value))

    def test_the_table_for_people_says_the_same(self):
        answer = self.object(*self.ask("2026-11-20T16:00", "3 working_days", ""))
        for lang, text in (("vi", "ngày làm việc"), ("en", "working days")):
            page = self.ok(*self.ask("2026-11-20T16:00", "3 working_days", "", "--explain", "--lang", lang))
            self.assertIn("3 " + text, page)
            self.assertIn("144-148", page)
            self.assertIn("Ngày Văn hóa Việt Nam", page)
            for day in answer["days"]:
                year, month, d = day["date"].split("-")
                shown = f"{d}/{month}/{year}" if lang == "vi" else day["date"]
                line = next(line for line in page.splitlines() if line.startswith("  " + shown))
                number = line[len("  " + shown):].split("  ")
                self.assertEqual(str(day["n"]) in [part.strip() for part in number], day["counted"], line)

    def test_reasons(self):
        def whys(received, limit):
            return [(d["date"][-2:], d["counted"], d["n"], d["why"]) for d in self.object(*self.ask(received, limit, ""))["days"]]
        self.assertEqual(whys("2026-11-21T10:00", "1 working_day"), [
            ("21", False, 0, "after_hours"), ("22", False, 0, "weekend"), ("23", False, 0, "receipt_day"),
            ("24", False, 0, "day_off"), ("25", True, 1, "working_day")])
        self.assertEqual(whys("2026-11-16T15:01", "same_day")[0][3], "after_cutoff")
        self.assertEqual(whys("2026-01-09", "1 working_day")[-1], ("10", True, 1, "worked_saturday"))
        rolled = whys("2026-04-16", "10 calendar_days")
        self.assertEqual(rolled[-3:], [("26", True, 10, "calendar_day"), ("27", False, 10, "day_off"), ("28", False, 10, "rolled")])

    def test_another_utc_offset_is_converted(self):
        answer = self.object(*self.ask("2026-11-16T02:00Z", "8 working_hours", ""))
        self.assertEqual(answer["received_at"], "2026-11-16T09:00:00+07:00")
        self.assertEqual(answer["due_at"], "2026-11-17T09:00:00+07:00")

    def test_what_depends_on_computed_days_is_provisional(self):
        provisional = self.object(*self.ask("2027-02-03T08:00", "3 working_days", ""))
        self.assertIs(provisional["provisional"], True)
        self.assertEqual(provisional["due_at"], "2027-02-15T17:00:00+07:00")
        self.assertIn("Tạm tính", self.ok(*self.ask("2027-02-03T08:00", "3 working_days", "")))
        self.assertIn("Provisional", self.ok(*self.ask("2027-02-03T08:00", "3 working_days", "", "--lang", "en")))
        self.assertIs(self.object(*self.ask("2027-03-01T08:00", "3 working_days", ""))["provisional"], False)
        self.assertIs(self.object(*self.ask("2026-11-20T08:00", "3 working_days", ""))["provisional"], False)

    def test_a_procedure_of_the_shipped_catalogue(self):
        answer = self.object("due", "--procedure", MARRIAGE, "--received", "2026-11-16T09:00")
        self.assertEqual(answer["due_at"], "2026-11-19T17:00:00+07:00")
        self.assertEqual(answer["rule"], "working_days")
        for code in ("2.000815#01", "2.000815.01"):
            self.assertEqual(self.object("due", "--procedure", code, "--received", "2026-11-16T09:00")["due_at"],
                             "2026-11-18T17:00:00+07:00")
        self.refused("unknown_procedure", "due", "--procedure", "9.9", "--received", "2026-11-16")
        self.refused("no_limit", "due", "--procedure", "1.010803", "--received", "2026-11-16")
        self.refused("limit_too_far", "due", "--limit", "3650 working_days", "--received", "2099-12-30")

    def test_wrong_questions(self):
        base = ("due", "--received", "2026-11-16")
        self.wrong(*base)
        self.wrong(*base, "--limit", "1 month", "--procedure", MARRIAGE)
        self.wrong("due", "--limit", "1 month")
        for limit in ("", "3", "working_days", "3 weeks", "0 working_days", "-1 working_days", "3651 calendar_days", "1.5 months",
                      "1.234 working_days", "2..5 working_days", "same_day@25:00", "same_day@", "3  working_days", "3 working_days ",
                      "9" * 40 + " working_days", "\x1b[31m", "３ working_days"):
            with self.subTest(limit):
                self.wrong(*base, "--limit", limit)
        for time in ("", "today", "2026-02-30", "2026-13-01", "31/11/2026", "16/13/2026", "2026-11-16T24:00", "2026-11-16T09:60",
                     "2026-11-16 9", "1989-12-31", "2101-01-01", "2026-11-16T09:00+25:00", " 2026-11-16", "2026/11/16", "20261116"):
            with self.subTest(time):
                self.wrong("due", "--limit", "1 month", "--received", time)


class Years(Desk):
    founded = False

    def weekdays_off(self, year):
        """(days off on Monday to Friday, swapped working days) as `calendar show` lists them."""
        days = self.objects("calendar", "show", str(year))
        off = [d["date"][5:] for d in days if d["kind"] in ("day_off", "computed") and date_of(d["date"]).weekday() < 5]
        return off, [d["date"] for d in days if d["kind"] == "worked"]

    def test_working_days_of_the_known_years(self):
        for year, expected in WORKING_DAYS.items():
            off, worked = self.weekdays_off(year)
            first = datetime.date(year, 1, 1)
            weekdays = sum((first + datetime.timedelta(i)).weekday() < 5 for i in range((datetime.date(year + 1, 1, 1) - first).days))
            self.assertEqual(weekdays - len(off) + len(worked), expected, year)
            self.assertIn(f"{expected} ngày làm việc", self.ok("calendar", "show", str(year)))
            self.assertIn(f"{expected} working days", self.ok("calendar", "show", str(year), "--lang", "en"))

    def test_2027_is_computed(self):
        off, worked = self.weekdays_off(2027)
        self.assertEqual(off, OFF_IN_2027)
        self.assertEqual(worked, [])
        self.assertEqual({d["kind"] for d in self.objects("calendar", "show", "2027")}, {"computed"})
        self.assertIn("tạm tính", self.ok("calendar", "show", "2027"))

    def test_shape_and_default(self):
        days = self.objects("calendar", "show")
        self.assertEqual(days, self.objects("calendar", "show", "2026"))
        for day in days:
            self.assertEqual(list(day), ["date", "kind", "name", "document"])
        self.assertEqual({d["kind"] for d in days}, {"day_off", "worked"})
        for year in ("26", "1989", "2101", "20266", "abcd", "2026-01", ""):
            self.wrong("calendar", "show", year)


class InAStore(Desk):
    def test_explain_is_of_the_statutory_time_and_names_the_promised_one(self):
        code = self.receive()["code"]
        told = self.object("explain", code)
        self.assertEqual(told["due_at"], "2026-11-19T17:00:00+07:00")
        self.assertEqual((told["promised_at"], told["differs"]), (None, False))
        self.assertEqual([d["n"] for d in told["days"]], [0, 1, 2, 3])
        self.ok("apologize", code, "--reason", "Chờ xác minh", "--until", "2026-12-01")
        told = self.object("explain", code)
        self.assertEqual((told["due_at"], told["promised_at"]), ("2026-11-19T17:00:00+07:00", "2026-12-01T17:00:00+07:00"))
        for lang, date in (("vi", "01/12/2026 17:00"), ("en", "2026-12-01 17:00")):
            page = self.ok("explain", code, "--lang", lang)
            self.assertIn(date, page)
            self.assertIn(NAME, page)
        self.refused("unknown_dossier", "explain", "9999-9999")

    def test_a_store_of_another_offset(self):
        self.env["MOTCUA_STORE"] = self.home + "/east"
        self.ok("init", "--office", "Xa", "--agency", "X1", "--utc-offset", "+09:30")
        answer = self.object("due", "--limit", "1 working_hour", "--received", "2026-11-16T08:00")
        self.assertEqual(answer["due_at"], "2026-11-16T09:00:00+09:30")
        # 09:00 in Vietnam is 11:30 there: the break has begun.
        self.assertEqual(self.receive()["received_at"], "2026-11-16T11:30:00+09:30")
