"""The office's days as iCalendar, out and in: other people's programs read what goes out, and files of all kinds come in or are refused whole."""

import datetime
import random
import json
import re
import subprocess

import clock
import icalendar
import rfc5545
from days_desk import AT, DaysWorld, calendar, date, event
from test_feed import HANOI, PROGRAM


class Days(DaysWorld):
    # ---- out ----

    def test_what_goes_out_is_what_is_recorded(self):
        self.done("calendar", "holiday", "2026-12-24", "Nghỉ, bù; “lễ” \\ 😀", "--document", "TB 12/TB-UBND; khoản 1, 2", at="2026-11-16 10:00:00")
        self.done("calendar", "worked", "2026-12-26", "Làm bù", at="2026-11-16 10:01:00")
        self.done("calendar", "closed", "2026-12-28", "Bão", at="2026-11-16 10:02:00")
        raw = self.done("calendar", "export", at=AT).bytes
        self.assertEqual(rfc5545.complaints(raw), [])
        self.check_lines(raw)
        out = icalendar.Calendar.from_ical(raw)
        self.assertEqual(str(out["X-WR-CALNAME"]), str(out["NAME"]))
        kinds = {"OFF": "day_off", "WORKED": "worked", "CLOSED": "closed"}
        seen = {}
        for item in out.walk("VEVENT"):
            self.assertEqual(item.errors, [])
            start, end = item["DTSTART"].dt, item["DTEND"].dt
            self.assertEqual((type(start), end - start, item["TRANSP"]), (datetime.date, datetime.timedelta(1), "TRANSPARENT"))
            self.assertEqual(str(item["UID"]), f"day-{start}@H42.26.21")
            seen[str(start)] = (kinds[item["X-MOTCUA-DAY"]], str(item["SUMMARY"]), str(item["DESCRIPTION"]) if "DESCRIPTION" in item else None)
        recorded = {}
        for year in range(2022, 2027):
            recorded.update(self.days(year))
        self.assertEqual(seen, recorded)
        self.assertEqual(len(seen), len(list(out.walk("VEVENT"))))
        stamps = {str(i["DTSTART"].dt): i["DTSTAMP"].dt.astimezone(HANOI).strftime("%H:%M") for i in out.walk("VEVENT")}
        self.assertEqual((stamps["2026-12-24"], stamps["2026-12-28"], stamps["2026-01-01"]), ("10:00", "10:02", "09:00"))
        self.assertEqual(self.done("calendar", "export", at="2026-12-01 08:00:00").bytes, raw)  # the same bytes however often
        self.assertEqual(len(list(icalendar.Calendar.from_ical(self.done("calendar", "export", "--as-of", "2026-11-16T09:59", at="2026-12-01 08:00:00").bytes)
                                  .walk("VEVENT"))), len(seen) - 3)

    def test_out_and_in_again(self):
        for number, (kind, day, name) in enumerate((("holiday", "2026-12-24", "Nghỉ, bù; “lễ” \\ 😀"), ("worked", "2026-12-26", "Làm bù: 24/12"), ("closed", "2026-12-28", "Bão"))):
            self.done("calendar", kind, day, name, "--document", f"Số {number}, \"x\"; a\\b", at=AT)
        recorded = self.days()
        self.done("calendar", "export", "-o", self.path("out.ics"), at=AT)
        head = self.head()
        again = self.done("calendar", "import", self.path("out.ics"), "--json", at=AT).objects[0]
        self.assertEqual((again["added"], again["changed"], again["skipped"], again["moved"], again["kept"]), ([], [], [], [], []))
        self.assertEqual(self.head(), head)  # nothing to write
        self.new_office("X.9")
        got = self.done("calendar", "import", self.path("out.ics"), "--json", at=AT).objects[0]
        self.assertEqual([(d["date"], d["kind"], d["name"], d["document"]) for d in got["added"]],
                         [(day, *recorded[day]) for day in ("2026-12-24", "2026-12-26", "2026-12-28")])
        self.assertEqual(self.days(), recorded)
        self.done("calendar", "remove", "2026-12-24", at=AT)
        self.done("calendar", "holiday", "2026-11-24", "Tên khác", at=AT)
        got = self.done("calendar", "import", self.path("out.ics"), "--json", at=AT).objects[0]
        self.assertEqual([d["date"] for d in got["added"]], ["2026-12-24"])
        self.assertEqual([(d["date"], d["old_name"], d["name"]) for d in got["changed"]], [("2026-11-24", "Tên khác", "Ngày Văn hóa Việt Nam")])
        self.assertEqual(self.days(), recorded)

    def test_other_programs_take_it(self):
        self.done("calendar", "export", "-o", self.path("out.ics"), at=AT)
        folder = self.path("calcurse")
        report = self.tool("calcurse", "-D", folder, "-C", folder, "-i", self.path("out.ics"))
        count = len(self.done("calendar", "export", at=AT).text.split("BEGIN:VEVENT")) - 1
        self.assertIn(f"{count} events / 0 todos / 0 skipped", report)

    def test_through_other_hands(self):
        """Written again by python3-icalendar, in another order, with what programs add."""
        self.done("calendar", "worked", "2026-12-26", "Làm bù", "--document", "a, b; c\\d", at=AT)
        recorded = self.days()
        out = icalendar.Calendar.from_ical(self.done("calendar", "export", at=AT).bytes)
        items = list(out.walk("VEVENT"))
        random.Random(3).shuffle(items)
        out.subcomponents = items
        for item in items:
            item.add("attendee", "mailto:a@b.example")
            item.add("x-apple-sort", "1")
        self.new_office()
        got = self.take(out.to_ical())
        self.assertEqual([d["date"] for d in got["added"]], ["2026-12-26"])
        self.assertEqual((got["changed"], got["skipped"]), ([], []))
        self.assertEqual(self.days(), recorded)

    # ---- in: what is a day off ----

    def test_whole_days(self):
        for lines, expected in (
                (["DTSTART;VALUE=DATE:20261224"], ["24"]),
                (["DTSTART:20261224"], ["24"]),
                (["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261225"], ["24"]),
                (["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261224"], ["24"]),  # as some programs leave it
                (["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261228"], ["24", "25", "26", "27"]),
                (["DTSTART;VALUE=DATE:20261224", "DURATION:P2D"], ["24", "25"]),
                (["DTSTART:20261224T000000", "DTEND:20261225T000000"], ["24"]),
                (["DTSTART;TZID=Asia/Ho_Chi_Minh:20261224T000000", "DTEND;TZID=Asia/Ho_Chi_Minh:20261226T000000"], ["24", "25"]),
                (["DTSTART:20261223T170000Z", "DTEND:20261224T170000Z"], ["24"]),  # midnight in Vietnam
                (["DTSTART:20261224T000000", "DURATION:P1D"], ["24"])):
            with self.subTest(lines=lines):
                self.new_office()
                added, skipped = self.taken(calendar(event(*lines)))
                self.assertEqual((added, skipped), (["2026-12-" + d for d in expected], []))
                self.assertEqual({k: v for k, v in self.days().items() if k[:7] == "2026-12"}, {d: ("day_off", "Nghỉ", None) for d in added})

    def test_kinds(self):
        text = calendar(event(date("2026-12-26"), "X-MOTCUA-DAY:worked", uid="1"), event(date("2026-12-27"), "CATEGORIES:Việc,Ngày làm bù", uid="2"),
                        event(date("2026-12-28"), "X-MOTCUA-DAY:CLOSED", "DESCRIPTION:Số 1", uid="3"), event(date("2026-12-29"), "CATEGORIES:holiday", "DESCRIPTION:x", uid="4"),
                        event(date("2026-12-30"), "X-MOTCUA-DAY:OFF", uid="5"))
        self.assertEqual([(d["date"][8:], d["kind"], d["document"]) for d in self.take(text)["added"]],
                         [("26", "worked", None), ("27", "worked", None), ("28", "closed", "Số 1"), ("29", "day_off", None), ("30", "day_off", None)])
        self.bad(calendar(event(date("2026-12-26"), "X-MOTCUA-DAY:MAYBE")), 4, "a@b")

    def test_what_is_not_taken_and_why(self):
        text = calendar(event("DTSTART:20261224T090000", "DTEND:20261224T100000", uid="1"), event(date("2026-12-24"), "STATUS:CANCELLED", uid="2"),
                        event(date("2026-12-24"), "DESCRIPTION:Observance\\nTo hide observances\\, go to Google Calendar Settings > Holidays", uid="3"),
                        event(date("2026-12-24"), "DESCRIPTION:Ngày lễ kỷ niệm\\nĐể ẩn các ngày lễ kỷ niệm\\, hãy chuyển đến phần Cài đặt", uid="4"),
                        event(date("2026-12-24"), uid="5", name=None), event(date("2026-01-01"), "DTEND;VALUE=DATE:20270101", uid="6"),
                        event(date("2026-12-24"), "RRULE:FREQ=WEEKLY", uid="7"), event(date("2026-12-24"), "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", uid="8"),
                        event(date("2150-01-01"), uid="9"), event(date("2026-12-25"), "X-MOTCUA-DAY:WORKED", uid="10"),
                        event(date("2026-11-24"), "X-MOTCUA-DAY:CLOSED", uid="11"), event(date("2026-12-24"), "DTEND;VALUE=DATE:20261225", uid="12", name="Sớm hơn"),
                        event(date("2026-12-24"), "DESCRIPTION:Ngày lễ", uid="13", name="Sau cùng"),
                        "BEGIN:VTODO\r\nUID:14\r\nSUMMARY:Việc\r\nDTSTART;VALUE=DATE:20261224\r\nDUE:what\r\nEND:VTODO\r\n",
                        "BEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:what\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n")
        got = self.take(text)
        self.assertEqual([(d["date"], d["name"]) for d in got["added"]], [("2026-12-24", "Sau cùng")])
        reasons = {"1": "timed", "2": "cancelled", "3": "observance", "4": "observance", "5": "unnamed", "6": "too_long", "7": "no_end", "8": "repeats",
                   "9": "outside_years", "10": "day_is_working", "11": "day_recorded", "12": "repeated", "14": "not_event"}
        self.assertEqual({row["uid"]: row["reason"] for row in got["skipped"]}, reasons)
        lines = text.split("\r\n")
        for row in got["skipped"]:
            self.assertIn(lines[row["line"] - 1], ("BEGIN:VEVENT", "BEGIN:VTODO"))
            self.assertEqual(lines[row["line"]], "UID:" + row["uid"])
        page = self.imported(self.path("days.ics")).text
        self.assertIn("có giờ", page)
        lines = page.splitlines()
        passed, check = lines.index("Không lấy 4 mục, không cần xem lại:"), lines.index("Chưa lấy 9 mục, cần người xem lại:")
        self.assertEqual((check - passed, len(lines) - check), (1 + 4, 1 + 2 * 9), page)  # what must be looked at stands at the end
        for row in got["skipped"]:
            about = next(i for i, line in enumerate(lines) if re.match(rf"  dòng {row['line']}\b", line))
            self.assertEqual(about > check, row["check"], row)
            self.assertTrue(not row["check"] or lines[about + 1].endswith(f" · UID {row['uid']}"), page)
        self.assertEqual(got["counts"], {"added": 1, "changed": 0, "unchanged": 0, "skipped": len(reasons), "perhaps_moved": 0, "check": 9})

    def test_a_day_that_is_worked_by_its_name(self):
        """Sites list swapped days among the holidays, Google as observances: taken for days off they would move due dates the wrong way."""
        names = ["Ngày làm bù 02/01/2026", "Làm việc bù", "Ngày làm việc (hoán đổi)", "Special Working Day", "Designated workday"]
        off = ["Nghỉ bù ngày làm việc", "Special Non-working Day", "Day off for a working day", "Ngày Văn hóa"]
        days = [event(date(f"2026-12-{i + 1:02}"), uid=f"{i}", name=name) for i, name in enumerate(names + off)]
        days.append(event(date("2026-12-26"), "DESCRIPTION:Observance", uid="observed", name="Special Working Day"))
        days.append(event(date("2026-12-27"), "X-MOTCUA-DAY:OFF", uid="said", name="Làm bù, nhưng nghỉ"))
        got = self.take(calendar(*days))
        self.assertEqual({row["uid"]: (row["reason"], row["check"]) for row in got["skipped"]},
                         {uid: ("perhaps_worked", True) for uid in ["0", "1", "2", "3", "4", "observed"]})
        self.assertEqual([d["name"] for d in got["added"]], [*off, "Làm bù, nhưng nghỉ"])

    def test_due_dates_are_no_days_off(self):
        """What is exported for a phone stands in its calendar as whole days: brought in by mistake it would give the office days off."""
        self.done("receive", "--procedure", "1.004873", "--applicant", "Nguyễn Thị Hương", "--limit", "25 working_days", "--json", at=AT)
        raw = self.done("export", "ics", at=AT).bytes
        self.unusable(raw, "1")
        self.unusable(raw.replace(b"PRODID:-//motcua//", b"PRODID:-//other//"), "1")  # as another program hands it on
        self.unusable(raw.replace(b"UID:", b"UID:x-"), "1")
        good = event(date("2026-12-24"), uid="good")
        got = self.take(raw.decode().replace("END:VCALENDAR\r\n", good + "END:VCALENDAR\r\n").replace("PRODID:-//motcua//", "PRODID:-//other//"))
        self.assertEqual(([d["date"] for d in got["added"]], [(row["reason"], row["check"]) for row in got["skipped"]]), (["2026-12-24"], [("dossier", False)]))
        due = ("03706/2026/07906@H42.26.21", "H07.1-261116-0001@H07.1")  # another system's code, another office
        days = ("H07.1-261116-0001@H07.2", "H07.1-261116-0001", "day-2027-01-04@H42.26.21", "H07.1@H07.1", "@", "x@", "@H07.1", "a@b")
        got = self.take(calendar(*(event(date(f"2027-01-{i + 1:02}"), uid=uid) for i, uid in enumerate(due + days)), before="VERSION:2.0\r\nPRODID:-//motcua//x//VI\r\n"))
        self.assertEqual([row["uid"] for row in got["skipped"]], list(due))
        self.assertEqual(len(got["added"]), len(days))  # typed by hand into a file that motcua wrote

    def test_what_is_somebodys_own(self):
        text = calendar(*(event(date(f"2026-12-{20 + i}"), f"CLASS:{c}" if c else "CATEGORIES:x", uid=c or "none") for i, c in enumerate(("", "PUBLIC", "PRIVATE", "CONFIDENTIAL", "private"))))
        got = self.take(text)
        self.assertEqual([d["date"] for d in got["added"]], ["2026-12-20", "2026-12-21"])
        self.assertEqual([(row["uid"], row["reason"], row["check"]) for row in got["skipped"]],
                         [("PRIVATE", "private", True), ("CONFIDENTIAL", "private", True), ("private", "private", True)])
        self.assertEqual(len(self.take(calendar(event(date("2026-12-29"), "CLASS:PRIVATE", "X-MOTCUA-DAY:OFF")))["added"]), 1)

    def test_a_file_of_which_nothing_can_be_used(self):
        timed = [event("DTSTART:20261224T090000", "DTEND:20261224T100000", uid=str(i)) for i in range(3)]
        self.unusable(calendar(*timed, event(date("2026-12-24"), "STATUS:CANCELLED", uid="4")), "3", "1")
        self.unusable(calendar(event(date("2026-12-30")), before="METHOD:CANCEL\r\n"), "1")
        # what is merely there already is no mistake, and one day that counts is enough
        self.assertEqual(self.take(calendar(event(date("2026-12-24"))))["counts"], {"added": 1, "changed": 0, "unchanged": 0, "skipped": 0, "perhaps_moved": 0, "check": 0})
        self.assertEqual(self.take(calendar(event(date("2026-12-24"))))["counts"], {"added": 0, "changed": 0, "unchanged": 1, "skipped": 0, "perhaps_moved": 0, "check": 0})
        self.assertEqual(self.take(calendar(event(date("2026-12-24")), *timed))["counts"], {"added": 0, "changed": 0, "unchanged": 1, "skipped": 3, "perhaps_moved": 0, "check": 3})
        self.assertEqual(self.taken(calendar(event(date("2026-12-25"), "X-MOTCUA-DAY:WORKED"))), ([], [("day_is_working", "2026-12-25")]))
        self.assertEqual(self.take(calendar())["counts"], {"added": 0, "changed": 0, "unchanged": 0, "skipped": 0, "perhaps_moved": 0, "check": 0})

    def test_what_repeats(self):
        def years(*lines, name="Nghỉ"):
            self.new_office()
            return self.taken(calendar(event(*lines, name=name)))
        added, skipped = years(date("2025-12-24"), "RRULE:FREQ=YEARLY")
        self.assertEqual((added, skipped), (["2025-12-24", "2026-12-24", "2027-12-24"], [("endless", "2027-12-31")]))  # to the end of next year
        self.assertEqual(years(date("1945-12-22"), "RRULE:FREQ=YEARLY")[0], [f"{y}-12-22" for y in range(1990, 2028)])
        self.assertEqual(years(date("2026-12-24"), "RRULE:FREQ=YEARLY;COUNT=3"), (["2026-12-24", "2027-12-24", "2028-12-24"], []))
        self.assertEqual(years(date("2026-12-24"), "RRULE:FREQ=YEARLY;UNTIL=20271224"), (["2026-12-24", "2027-12-24"], []))
        self.assertEqual(years(date("2024-02-29"), "RRULE:FREQ=YEARLY;COUNT=2"), (["2024-02-29", "2028-02-29"], []))
        self.assertEqual(years(date("2026-12-24"), "RRULE:FREQ=DAILY;COUNT=3"), (["2026-12-24", "2026-12-25", "2026-12-26"], []))
        self.assertEqual(years(date("2026-12-25"), "RRULE:FREQ=WEEKLY;BYDAY=FR;UNTIL=20270105"), (["2026-12-25", "2027-01-01"], []))
        self.assertEqual(years(date("2026-12-24"), "DTEND;VALUE=DATE:20261226", "RRULE:FREQ=YEARLY;COUNT=2"),
                         (["2026-12-24", "2026-12-25", "2027-12-24", "2027-12-25"], []))
        self.assertEqual(years(date("2026-12-24"), "RRULE:FREQ=YEARLY;COUNT=3", "EXDATE;VALUE=DATE:20271224")[0], ["2026-12-24", "2028-12-24"])
        self.assertEqual(years(date("2026-12-24"), "RDATE;VALUE=DATE:20261229,20261231")[0], ["2026-12-24", "2026-12-29", "2026-12-31"])
        for rule in ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=HOURLY;COUNT=5", "FREQ=DAILY;COUNT=2000000000",
                     "FREQ=YEARLY;BYWEEKNO=1;COUNT=3", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"):
            self.new_office()
            other = event(date("2026-12-30"), uid="other")
            self.assertEqual(self.taken(calendar(event(date("2026-12-24"), "RRULE:" + rule), other)), (["2026-12-30"], [("repeats", "2026-12-24")]), rule)
            self.unusable(calendar(event(date("2026-12-24"), "RRULE:" + rule)), "1")
        for rule in ("FREQ=MONTHLY", "FREQ=WEEKLY;BYDAY=TH", "FREQ=DAILY;INTERVAL=7"):
            self.assertEqual(self.taken(calendar(event(date("2026-12-24"), "RRULE:" + rule), other))[1], [("no_end", "2026-12-24")], rule)
        self.unusable(calendar(event(date("2026-12-24"), "RRULE:FREQ=YEARLY", "EXRULE:FREQ=YEARLY")), "1")

    def test_one_day_of_a_series_moved(self):
        text = calendar(event(date("2026-12-24"), "RRULE:FREQ=YEARLY;COUNT=3"), event("RECURRENCE-ID;VALUE=DATE:20271224", date("2027-12-27"), name="Dời"),
                        event("RECURRENCE-ID;VALUE=DATE:20281224", date("2028-12-24"), "STATUS:CANCELLED"))
        added, skipped = self.taken(text)
        self.assertEqual((added, skipped), (["2026-12-24", "2027-12-27"], [("cancelled", "2028-12-24")]))
        # One that stands for all days that follow is no single day.
        self.new_office()
        text = calendar(event(date("2026-12-24"), "RRULE:FREQ=YEARLY;COUNT=2"), event("RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20271224", date("2027-12-27")))
        self.assertEqual(self.taken(text), (["2026-12-24"], [("repeats", "2027-12-27")]))

    def test_lines_as_programs_write_them(self):
        plain = calendar(event(date("2026-12-24"), "DESCRIPTION:" + "x" * 300, name="Nghỉ Tết Dương lịch năm 2027 " + "ơ" * 60))
        self.take(plain)
        recorded = self.days()
        folded = b""
        for line in plain.encode().split(b"\r\n"):
            while len(line) > 20:  # inside letters too, as RFC 5545 does not forbid
                folded, line = folded + line[:20] + b"\r\n ", line[20:]
            folded += line + b"\r\n"
        for form in (folded, plain.encode().replace(b"\r\n", b"\n"), b"\xef\xbb\xbf" + plain.encode(), folded.replace(b"\r\n ", b"\n\t"), plain.encode().rstrip(b"\r\n"),
                     plain.encode().replace(b"\r\n", b"\r\n\r\n"), plain.encode() * 2, plain.replace("BEGIN:VEVENT", "begin:vevent").replace("SUMMARY", "Summary").encode()):
            got = self.take(form)
            self.assertEqual((got["added"], got["changed"]), ([], []), form[:80])
        self.assertEqual(self.days(), recorded)

    # ---- in: what the file has no longer ----

    def test_a_day_that_moved(self):
        """Days are recorded by their dates: of an event that moves the old one stays, and both would count."""
        def moved(*days, name="Nghỉ bù", uid="a", more=""):
            return [d["date"] for d in self.take(calendar(*(event(date(d), uid=uid + d * bool(more), name=name) for d in days)))["perhaps_moved"]]
        self.assertEqual(moved("2026-12-24"), [])
        self.assertEqual(moved("2026-12-25"), ["2026-12-24"])
        page = self.imported(self.file(calendar(event(date("2026-12-28"), name="Nghỉ bù"))), "--lang", "en")
        self.assertRegex(page.text, r"take the old one away by\s+calendar remove:\n  2026-12-24 \(Thursday\) · Day off · Nghỉ bù\n  2026-12-25 ")
        for day in ("2026-12-24", "2026-12-25"):
            self.done("calendar", "remove", day, at=AT)
        self.assertEqual(moved("2026-12-28"), [])
        self.assertEqual(moved("2026-12-28", "2026-12-29", more="all of them"), [])  # the file has them all
        self.assertEqual(moved("2027-01-12"), ["2026-12-29"])  # 14 days from it; 15 from the other
        self.assertEqual(moved("2027-01-13", name="nghỉ bù"), [])  # another name
        self.assertEqual(moved("2027-01-27"), [])
        self.new_office()
        self.assertEqual(moved("2026-12-24", "2026-12-25", "2026-12-28", more="three"), [])
        self.assertEqual(moved("2026-12-25", "2026-12-28", "2026-12-29", more="put off by one"), ["2026-12-24"])
        # what is over stays as it was, and so does another kind of day
        self.assertEqual([d["date"] for d in self.take(calendar(event(date("2026-12-30"), name="Nghỉ bù")), at="2026-12-26 09:00:00")["perhaps_moved"]],
                         ["2026-12-28", "2026-12-29"])
        self.new_office()
        self.done("calendar", "worked", "2026-12-26", "Đổi ngày", at=AT)
        self.assertEqual(moved("2026-12-28", name="Đổi ngày"), [])

    def test_a_day_that_is_cancelled(self):
        """Whoever sends it means the day that is recorded; another event of that day may be cancelled."""
        def skipped(name, more=(), **keywords):
            return [(row["reason"], row["check"]) for row in self.take(calendar(event(date("2026-12-24"), "STATUS:CANCELLED", name=name), *more), **keywords)["skipped"]]
        other = [event(date("2026-12-31"), uid="other", name="Khác")]
        self.assertEqual(skipped("Nghỉ bù", other), [("cancelled", False)])
        self.take(calendar(event(date("2026-12-24"), name="Nghỉ bù")))
        self.assertEqual(skipped("Họp", other), [("cancelled", False)])
        self.assertEqual(skipped("nghi\u0309 bu\u0300", other), [("still_recorded", True)])  # as Apple writes it
        self.assertEqual(skipped("Nghỉ bù"), [("still_recorded", True)])  # it alone
        alone = self.imported(self.path("days.ics"))
        self.assertIn("calendar remove", alone.text)
        self.assertNotIn("các ngày khác", alone.errors)  # there are none
        self.done("calendar", "remove", "2026-12-24", at=AT)
        self.assertEqual(skipped("Nghỉ bù", other), [("cancelled", False)])

    # ---- in: due times ----

    def test_due_times_move_once(self):
        code = self.done("receive", "--procedure", "1.004873", "--applicant", "Nguyễn Thị Hương", "--limit", "25 working_days", "--json", at=AT).objects[0]["code"]
        # 25 working days from 16/11 with 24/11 off end on 22/12; two days off and a worked Saturday before that move it by one
        text = calendar(event(date("2026-12-10"), uid="1"), event(date("2026-12-11"), uid="2"), event(date("2026-12-12"), "X-MOTCUA-DAY:WORKED", uid="3"))
        got = self.take(text)
        self.assertEqual([(m["code"], m["old_due_at"][:10], m["new_due_at"][:10]) for m in got["moved"]], [(code, "2026-12-22", "2026-12-23")])
        history = self.done("show", code, "--json", at=AT).objects[0]["history"]
        self.assertEqual([h["kind"] for h in history], ["received", "due_moved"])
        self.assertEqual(self.take(text)["moved"], [])
        self.done("calendar", "remove", "2026-12-10", at=AT)
        page = self.done("calendar", "import", self.path("days.ics"), "--dry-run", "--lang", "en", at=AT).text
        self.assertIn("Dry run", page)

    def test_standard_input(self):
        path = self.file(calendar(event(date("2026-12-24"), name="Nghỉ bù")))
        env = {**self.environment, **clock.environment(AT)}
        with open(path, "rb") as f:
            done = subprocess.run([PROGRAM, "calendar", "import", "-", "--json"], env=env, cwd=self.home, stdin=f, capture_output=True, timeout=60)
        self.assertEqual((done.returncode, [d["date"] for d in json.loads(done.stdout)["added"]]), (0, ["2026-12-24"]), done.stderr)

    # ---- hostile and broken files ----

    def test_structure(self):
        day = date("2026-12-24")
        good = event(day)
        for content, line in (("", 1), ("\r\n\r\n", 1), ("hello\r\n", 1), ("hello: world\r\n", 1), (good, 1), ("BEGIN:VCALENDAR\r\n", 1), ("BEGIN:VCALENDAR\r\n" + good, 1),
                              ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + day + "\r\nEND:VCALENDAR\r\n", 4),
                              ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", 2), ("BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", 2), ("END:VCALENDAR\r\n", 1),
                              ("BEGIN:VCALENDAR\r\n" + "BEGIN:X\r\n" * 10, 9), ("<html>\r\n", 1), ("code,name\r\n1,2\r\n", 1),
                              (b"BEGIN:VCALENDAR\r\n" + b"SUMMARY:a\r\n b\r\n c\r\n" * 3 + b"oops\r\nEND:VCALENDAR\r\n", 11)):
            with self.subTest(content=content[:60]):
                self.bad(content, line)
        for odd in ("BEGIN:VEVENT", "junk", ":x", "X Y:z", 'X-A;B="c:d', "X-LONG:" + "y" * 70000, "X-NUL:a\0b", "X-BAD:a\udcffb"):
            with self.subTest(odd=odd[:20]):
                content = calendar(event(day, odd))
                self.bad(content.encode(errors="surrogateescape"), content.split("\r\n").index(odd, 5) + 1)
        self.bad(calendar(good) + "junk\r\n", 10)
        self.bad(calendar(good).encode("utf-16"), 1)

    def test_values(self):
        day = date("2026-12-24")
        for lines in (["DTSTART;VALUE=DATE:notadate"], ["DTSTART;VALUE=DATE:20260231"], ["DTSTART;VALUE=DATE:20261340"], ["DTSTART:"], ["DTSTART;VALUE=BOGUS:20261224"],
                      ["DTSTART:20261224T250000"], [day, "DTEND;VALUE=DATE:x"], [day, "DURATION:PXX"], [day, "RRULE:FREQ=OFTEN"], [day, "RRULE:FREQ=YEARLY;COUNT=-2"],
                      [day, "EXDATE;VALUE=DATE:20261224,foo"], [day, "RRULE:"]):
            for uid in (None, "x@y"):
                with self.subTest(lines=lines, uid=uid):
                    content = calendar(event(*lines, uid=uid))
                    self.bad(content, content.split("\r\n").index(lines[-1]) + 1, uid)
        for lines in ([], [day, "DTEND;VALUE=DATE:20261223"], [day, "DTEND:20261225T100000"], [day, "DURATION:-P1D"], [day, "DURATION:PT1H"]):
            with self.subTest(lines=lines):
                self.bad(calendar(event(*lines, uid="x@y")), 4, "x@y")

    def test_names(self):
        for name in ("a\x07b", "a\u202eb", "\x1b[31mred", "a\u200bb", "x" * 1001):
            with self.subTest(name=name[:20]):
                self.bad(calendar(event(date("2026-12-24"), name=name, uid="x@y")), 4, "x@y")
        self.bad(calendar(event(date("2026-12-24"), "X-MOTCUA-DAY:OFF", "DESCRIPTION:a\\nb\x07", uid="x@y")), 4, "x@y")
        # A line break is no fault of a text: what is recorded is one line.
        got = self.take(calendar(event(date("2026-12-24"), "X-MOTCUA-DAY:OFF", "DESCRIPTION:Số 1\\nngày 2\\n", name="Nghỉ\\nTết\\n")))
        self.assertEqual([(d["name"], d["document"]) for d in got["added"]], [("Nghỉ Tết", "Số 1 ngày 2")])
        # An evil UID is named, made harmless.
        result = self.run_at("calendar", "import", self.file(calendar(event(date("2026-12-24"), name="a\x07b", uid="\x1b[31m" + "u" * 5000))))
        self.assertEqual(result.status, 3)
        self.assertNotIn("\x1b", result.errors)
        self.assertLess(len(result.errors), 800)
        # What is skipped may be called anything: it is shown harmless.
        shown = self.imported(self.file(calendar(event("DTSTART:20261224T090000", name="\x1b[31m\\nx"), event(date("2026-12-24"), uid="b"))))
        self.assertNotIn("\x1b", shown.text)

    def test_sizes(self):
        many = calendar(*(event(date("2026-12-24"), f"RRULE:FREQ=DAILY;COUNT={300 + i}", uid=str(i)) for i in range(20)))
        result = self.run_at("calendar", "import", self.file(many))
        self.assertEqual(result.status, 3)
        crowd = calendar(*(event(date("2026-12-24"), uid=str(i)) for i in range(20001)))
        self.assertEqual(self.run_at("calendar", "import", self.file(crowd)).status, 3)
        hostile = calendar(*(event(date("2026-12-24"), "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", uid=str(i)) for i in range(500)))
        self.unusable(hostile, "500")
        self.assertEqual(self.run_at("calendar", "import", self.file(b"X" * (9 << 20))).status, 3)

    def test_files_that_are_none(self):
        for path, status, kind in ((self.path("none.ics"), 1, "no_such_file"), (self.home, 4, "io_error")):
            result = self.run_at("calendar", "import", path, "--json")
            self.assertEqual((result.status, result.objects[0]["error"]["kind"]), (status, kind))
        for line in (["import"], ["import", ""], ["import", "a", "b"], ["import", "--bogus", "a"], ["export", "x"], ["export", "-o", ""], ["export", "--as-of", "2027-01-01"]):
            result = self.run_at("calendar", *line)
            self.assertEqual((result.status, result.bytes), (2, b""), line)
            self.assertRegex(result.errors, r"\Amotcua: [^\n]+\n\Z")
        self.assertEqual(self.run_at("calendar", "export", "-o", self.path("no", "such.ics")).status, 4)

    def test_random_damage(self):
        """Whatever is changed in a file: taken, or refused in one sentence with nothing written; never a crash, never half."""
        whole = calendar(event(date("2026-12-24"), "DESCRIPTION:Số 1\\, 2", "CATEGORIES:Ngày nghỉ,x"), event("DTSTART:20261224T000000", "DURATION:P1D", "X-MOTCUA-DAY:WORKED"),
                         event(date("2026-12-26"), "RRULE:FREQ=YEARLY;COUNT=3", "EXDATE;VALUE=DATE:20271226")).encode()
        dice = random.Random(20261224)
        statuses = set()
        for _ in range(150):
            bytes_ = bytearray(whole)
            for _ in range(dice.randint(1, 4)):
                at = dice.randrange(len(bytes_))
                kind = dice.randrange(4)
                if kind == 0:
                    bytes_[at] = dice.randrange(256)
                elif kind == 1:
                    del bytes_[at:at + dice.randint(1, 30)]
                elif kind == 2:
                    bytes_[at:at] = bytes(dice.choice(b":;,\"\\\r\n \t=0\x00\xffBEND") for _ in range(dice.randint(1, 6)))
                else:
                    bytes_ += bytes_[at:at + 200]
            before = self.head()
            result = self.run_at("calendar", "import", self.file(bytes(bytes_)), "--dry-run", "--json")
            statuses.add(result.status)
            self.assertIn(result.status, (0, 3), (bytes(bytes_), result.errors))
            self.assertEqual(len(result.objects), 1)
            self.assertEqual(result.errors.count("\n"), result.status == 3)
            self.assertEqual(self.head(), before)
        self.assertEqual(statuses, {0, 3})

    def test_help(self):
        for lang, word in (("vi", "ngày nghỉ"), ("en", "days off")):
            for command in ("import", "export"):
                page = self.done("calendar", command, "--help", "--lang", lang, at=AT).text
                self.assertIn("motcua calendar " + command, page)
            self.assertIn(word, self.done("calendar", "import", "--help", "--lang", lang, at=AT).text.lower())

    def test_a_demo_says_so(self):
        type(self).environment = {**self.environment, "MOTCUA_STORE": self.path("demo")}
        self.done("demo", "--dossiers", "20", "--until", "2026-11-16", at=AT)
        self.assertIn("DÙNG THỬ", self.done("calendar", "import", self.file(calendar(event(date("2026-12-24")))), "--dry-run", at=AT).text)
        self.assertIn("dùng thử", self.done("calendar", "export", at=AT).text)
