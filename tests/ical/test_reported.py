"""What users of other calendar programs reported about bringing files in, each as a file: none of it may happen here."""

import os
import pty
import subprocess

from days_desk import AT, DaysWorld, calendar, date, event
from test_feed import PROGRAM

DAY = date("2026-12-24")


class Reported(DaysWorld):
    def test_the_same_file_twice(self):
        """calcurse #404, khal #1045, nextcloud/calendar #589: a second import doubled everything."""
        text = calendar(event(DAY, uid="a"), event(date("2026-12-28"), "RRULE:FREQ=YEARLY;COUNT=2", uid="b"))
        self.assertEqual(len(self.take(text)["added"]), 3)
        head, days = self.head(), self.days()
        for again in (text, text.replace("a@b", "c@d")):
            got = self.take(again)
            self.assertEqual((got["added"], got["changed"], got["unchanged"]), ([], [], 3))
        self.assertEqual((self.head(), self.days()), (head, days))

    def test_an_updated_event(self):
        """khal #873: an event that was changed came in beside the old one, with the same UID."""
        self.take(calendar(event(DAY, "SEQUENCE:0", name="Nghỉ (dự kiến)")))
        got = self.take(calendar(event(DAY, "SEQUENCE:1", name="Nghỉ bão số 13")))
        self.assertEqual([(d["date"], d["old_name"], d["name"]) for d in got["changed"]], [("2026-12-24", "Nghỉ (dự kiến)", "Nghỉ bão số 13")])
        self.assertEqual(got["added"], [])
        # Another day comes to it; the one before stays until somebody takes it away, as the page says.
        got = self.take(calendar(event(date("2026-12-25"), "SEQUENCE:2", name="Nghỉ bão số 13")))
        self.assertEqual([d["date"] for d in got["added"]], ["2026-12-25"])
        self.assertIn("2026-12-24", self.days())

    def test_several_versions_in_one_file(self):
        """khal #873: of several versions the latest counts, wherever it stands."""
        old, new = event(DAY, "SEQUENCE:3", name="Cũ"), event(date("2026-12-25"), "SEQUENCE:12", name="Mới")
        for number, text in enumerate((calendar(old, new), calendar(new, old))):
            self.new_office()
            got = self.take(text)
            self.assertEqual([(d["date"], d["name"]) for d in got["added"]], [("2026-12-25", "Mới")], number)
            self.assertEqual([(r["reason"], r["date"], r["check"]) for r in got["skipped"]], [("superseded", "2026-12-24", False)])
        # Careless makers give all their events one UID, and one SEQUENCE: those are not versions.
        self.new_office()
        self.assertEqual(len(self.take(calendar(event(DAY, "SEQUENCE:1"), event(date("2026-12-25"), "SEQUENCE:1"), event(date("2026-12-28"), "SEQUENCE:1")))["added"]), 3)

    def test_a_line_break_in_a_name(self):
        """calcurse #6: \\n in SUMMARY spoilt the data file, and the program did not start any more."""
        self.take(calendar(event(DAY, name="Nghỉ\\nbù\\n", uid="x@y")))
        self.assertEqual(self.days()["2026-12-24"][1], "Nghỉ bù")
        self.assertEqual(self.done("verify", "--json", at=AT).objects[0]["ok"], True)

    def test_dates_with_hours(self):
        """calcurse #271: VALUE=DATE with a time must be refused, naming the line."""
        for lines in (["DTSTART;VALUE=DATE:20261224T000000"], ["DTSTART;VALUE=DATE:20261224T090000Z"], [DAY, "DTEND;VALUE=DATE:20261225T000000"],
                      [DAY, "EXDATE;VALUE=DATE:20261224T000000"], [DAY, "RDATE;VALUE=DATE:20261225T0000"]):
            with self.subTest(lines=lines):
                text = calendar(event(*lines, uid="x@y"))
                self.bad(text, text.split("\r\n").index(lines[-1]) + 1, "x@y")

    def test_an_offset_behind_a_time(self):
        """calcurse #517: the offset in DTSTART was dropped without a word, and the hour was another one."""
        for value in ("20261224T000000+0700", "20261224T000000-05:00", "20261224T000000+07", "20261224T000000ZZ", "20261224T000000 +0700", "20261224T000000[Asia/Tokyo]"):
            with self.subTest(value=value):
                self.bad(calendar(event("DTSTART:" + value, uid="x@y")), 7, "x@y")
        self.bad(calendar(event(DAY, "DTEND:20261225T000000+0700", uid="x@y")), 8, "x@y")

    def test_names_of_zones_that_microsoft_gives(self):
        """calcurse #329, khal #498: the hour was wrong, since nobody knew "SE Asia Standard Time"."""
        for zone, start, days in (("SE Asia Standard Time", "20261224T000000", ["24"]), ("Tokyo Standard Time", "20261224T020000", ["24"]),
                                  ('"(UTC+07:00) Bangkok, Hanoi, Jakarta"', "20261224T000000", ["24"]), ("Eastern Standard Time", "20261223T120000", ["24"])):
            with self.subTest(zone=zone):
                self.new_office()
                got = self.take(calendar(event(f"DTSTART;TZID={zone}:{start}", "DURATION:P1D")))
                self.assertEqual([d["date"][8:] for d in got["added"]], days)
        for zone in ("Marsian Standard Time", "BST", "Hanoi"):
            with self.subTest(zone=zone):
                got = self.take(calendar(event(f"DTSTART;TZID={zone}:20261228T000000", "DURATION:P1D"), event(DAY, uid="z")))
                row = got["skipped"][0]
                self.assertEqual((row["reason"], row["zone"], row["line"], row["uid"], row["check"]), ("unknown_zone", zone, 4, "a@b", True))
                self.assertIn(f"“{zone}”", self.imported(self.path("days.ics")).text)

    def test_whole_days_elsewhere(self):
        """What is a whole day in its zone and none here is not taken for either day, and says so."""
        got = self.take(calendar(event("DTSTART;TZID=Asia/Tokyo:20261228T000000", "DTEND;TZID=Asia/Tokyo:20261229T000000"), event(DAY, uid="z")))
        self.assertEqual([(r["reason"], r["zone"], r["date"]) for r in got["skipped"]], [("timed", "Asia/Tokyo", "2026-12-27")])
        self.assertIn("trọn ngày theo giờ Asia/Tokyo", self.imported(self.path("days.ics")).text)
        # A series by a clock that is put forward in summer is whole days here for a part of the year only.
        paris = event("DTSTART;TZID=Europe/Paris:20260222T180000", "DURATION:P1D", "RRULE:FREQ=MONTHLY;COUNT=4;BYMONTHDAY=22")
        got = self.take(calendar(paris))
        self.assertEqual(([d["date"] for d in got["added"]], [(r["reason"], r["zone"]) for r in got["skipped"]]), (["2026-02-23", "2026-03-23"], [("timed", "Europe/Paris")]))
        # Its end is an instant, the same wherever it is read.
        tokyo = event("DTSTART;TZID=Asia/Tokyo:20270301T020000", "DURATION:P1D", "RRULE:FREQ=DAILY;UNTIL=20270302T170000Z", "EXDATE;TZID=Asia/Tokyo:20270302T020000", uid="u")
        self.assertEqual([d["date"] for d in self.take(calendar(tokyo))["added"]], ["2027-03-01", "2027-03-03"])
        sooner = event("DTSTART;TZID=Asia/Tokyo:20270401T020000", "DURATION:P1D", "RRULE:FREQ=DAILY;UNTIL=20270402T165959Z", uid="s")
        self.assertEqual([d["date"] for d in self.take(calendar(sooner))["added"]], ["2027-04-01", "2027-04-02"])

    def test_no_uid(self):
        """calcurse #351, khal #632: a missing UID is no reason to refuse a file; what is written always has one."""
        self.assertEqual([d["date"] for d in self.take(calendar(event(DAY, uid=None)))["added"]], ["2026-12-24"])
        out = self.done("calendar", "export", at=AT).text
        self.assertEqual(out.count("BEGIN:VEVENT"), out.count("\r\nUID:"))

    def test_lines_of_all_kinds(self):
        """calcurse PR 267: LF alone, no folding, a byte order mark, names in lower case, tabs to fold with."""
        text = calendar(event(DAY, "CATEGORIES:Việc,Ngày làm bù", "X-LONG:" + "y" * 500, name="Nghỉ bão số 13, theo công điện " + "ợ" * 80))
        self.take(text.replace("24", "26"))  # a Saturday that is worked
        lower = "\r\n".join(line.split(":")[0].lower() + ":" + ":".join(line.split(":")[1:]) if ":" in line else line for line in text.replace("24", "26").split("\r\n"))
        for form in (text.replace("\r\n", "\n"), "\ufeff" + text, lower, text.replace("ợợợ", "ợ\r\n\tợợ"), text.replace("ợợợ", "ợ\n ợợ")):
            got = self.take(form.replace("24", "26"))
            self.assertEqual((got["added"], got["changed"], got["unchanged"]), ([], [], 1), form[:60])

    def test_letters_stay_letters(self):
        """calcurse #99: é was shown as M-CM-), depending on the locale; here in none of them."""
        path = self.file(calendar(event(DAY, name="Nghỉ Tết – “é” 😀")))
        for locale in ("C", "POSIX", "vi_VN.UTF-8", ""):
            env = {**type(self).environment, "LC_ALL": locale}
            before, type(self).environment = type(self).environment, env
            self.assertIn("Nghỉ Tết – “é” 😀", self.imported(path, "--dry-run").text)
            type(self).environment = before

    def test_a_script_learns_what_was_left_out(self):
        """calcurse #323: the exit status was 0 although events were skipped."""
        timed = event("DTSTART:20261230T080000", "DTEND:20261230T093000", uid="t")
        for more, status in (((), 0), ((timed,), 3), ((event(date("2026-12-31"), "STATUS:CANCELLED", uid="c"),), 0),
                             ((event(DAY, uid="same"),), 0), ((event(DAY, uid="other", name="Khác"),), 3)):
            self.new_office()
            path = self.file(calendar(event(DAY, uid="d"), *more))
            for options in (("--dry-run",), ("--dry-run", "--json"), ()):
                result = self.run_at("calendar", "import", path, *options)
                self.assertEqual((result.status, bool(result.errors)), (status, status == 3), (more, options))
            self.assertIn("2026-12-24", self.days())

    def test_a_document_is_not_lost(self):
        """Calendars of others name no documents: the one recorded stays with its day, also under a new name."""
        before = self.days()["2026-09-02"]
        self.assertTrue(before[2])
        got = self.take(calendar(event(date("2026-09-02"), name="Quốc khánh 2/9")))
        self.assertEqual([(d["document"], d["old_document"]) for d in got["changed"]], [(before[2],) * 2])
        self.assertEqual(self.days()["2026-09-02"], ("day_off", "Quốc khánh 2/9", before[2]))
        got = self.take(calendar(event(date("2026-09-02"), "X-MOTCUA-DAY:OFF", "DESCRIPTION:Số 9", name="Quốc khánh 2/9")))
        self.assertEqual([d["document"] for d in got["changed"]], ["Số 9"])
        self.assertRegex(self.imported(self.path("days.ics")).text, "không đổi 1")

    def test_a_screen_open_meanwhile(self):
        """calcurse #448, #306: an import while another process had the data open ended in "save cancelled" for ever."""
        env = {**self.environment, "TERM": "xterm", "LINES": "24", "COLUMNS": "80"}
        ours, its = pty.openpty()
        screen = subprocess.Popen([PROGRAM], env=env, stdin=its, stdout=its, stderr=its)
        os.close(its)
        try:
            os.read(ours, 65536)  # it has begun to draw: the store is open
            self.assertEqual(len(self.take(calendar(event(DAY)))["added"]), 1)
            os.write(ours, b"q")
            while os.read(ours, 65536):
                pass
        except OSError:
            pass  # it has left its terminal
        self.assertEqual(screen.wait(timeout=30), 0)
        os.close(ours)
        self.assertIn("2026-12-24", self.days())
