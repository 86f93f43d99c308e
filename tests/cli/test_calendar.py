"""The office's days and hours: what a change does to the due times of open dossiers, and how the past is asked for."""
import datetime

from desk import COPY, MARRIAGE, NAME, Desk

OFF = {"2026-11-24"}  # of the rest of 2026, as shipped


def working(day, off, worked):
    iso = day.isoformat()
    return iso in worked or (day.weekday() < 5 and iso not in off)


def due(received, n, off=(), worked=()):
    """The end of the nth working day after `received`, counted day by day."""
    day = datetime.date.fromisoformat(received)
    while n:
        day += datetime.timedelta(1)
        n -= working(day, OFF | set(off), set(worked))
    return day.isoformat() + "T17:00:00+07:00"


class Days(Desk):
    def moved(self, *args):
        """(moved, kept) as {code: (old, new)}; the shape is checked."""
        got = self.object("calendar", *args)
        self.assertEqual(list(got)[:2], ["moved", "kept"])
        for row in got["moved"] + got["kept"]:
            self.assertEqual(list(row)[:3], ["code", "old_due_at", "new_due_at"])
        return tuple({r["code"]: (r["old_due_at"], r["new_due_at"]) for r in got[key]} for key in ("moved", "kept"))

    def got(self, limit, *more):
        return self.receive("--limit", limit, *more)["code"]

    def due_of(self, code, *more):
        return self.object("show", code, *more)["due_at"]


class Moves(Days):
    def test_a_holiday_announced_late(self):
        far, near, hours = self.got("30 working_days"), self.got("3 working_days"), self.got("240 working_hours")
        waiting, ended, month = self.got("30 working_days"), self.got("30 working_days"), self.got("25 calendar_days")
        self.ok("supplement", waiting, "--reason", "Thiếu", "--need", "Bản chính")
        self.ok("resolve", ended)
        promised = self.got("3 working_days")
        self.ok("apologize", promised, "--reason", "Chờ xác minh", "--until", "2026-12-24T10:00")
        old, new = due("2026-11-16", 30), due("2026-11-16", 30, ["2026-12-24"])
        self.assertEqual((old, new), ("2026-12-29T17:00:00+07:00", "2026-12-30T17:00:00+07:00"))
        expected = {far: (old, new), hours: ("2026-12-29T09:00:00+07:00", "2026-12-30T09:00:00+07:00"),
                    promised: ("2026-12-24T10:00:00+07:00", "2026-12-25T10:00:00+07:00")}
        for code in (far, near):
            self.assertEqual(self.due_of(code), due("2026-11-16", 30 if code == far else 3))

        head = self.head()
        self.assertEqual(self.moved("holiday", "2026-12-24", "Nghỉ bù", "--dry-run"), (expected, {}))
        for lang, time, words in (("vi", "29/12/2026 17:00", "Chạy thử"), ("en", "2026-12-29 17:00", "Dry run")):
            page = self.ok("calendar", "holiday", "2026-12-24", "Nghỉ bù", "--dry-run", "--lang", lang)
            self.assertIn(words, page)
            line = next(line for line in page.splitlines() if far in line)
            self.assertIn(NAME, line)
            self.assertIn(time, line)
            self.assertLess(line.index(time), line.index("30"))
            self.assertNotIn(near, page)
        self.assertEqual(self.head(), head)
        self.assertEqual(self.due_of(far), old)

        self.assertEqual(self.moved("holiday", "24/12/2026", "Nghỉ bù", "--document", "TB 12/TB-UBND"), (expected, {}))
        for code, (before, after) in expected.items():
            shown = self.object("show", code)
            self.assertEqual(shown["due_at"], after)
            last = shown["history"][-1]
            self.assertEqual((last["kind"], last["old_due_at"], last["new_due_at"]), ("due_moved", before, after))
            self.assertIn(before[:10], str(shown["history"][:-1]))
        self.assertEqual(self.object("show", promised)["statutory_due_at"], due("2026-11-16", 3))
        for code in (near, month, waiting, ended):
            self.assertNotIn("due_moved", str(self.object("show", code)["history"]), code)
        self.assertEqual(self.moved("holiday", "2026-12-24", "Tên khác"), ({}, {}))  # the same day off under another name
        self.assertIn("Tên khác", self.ok("calendar", "show"))
        # What waits is counted with the days of when it goes on.
        self.ok("restart", waiting)
        self.assertEqual(self.due_of(waiting), new)

    def test_behind_a_letter_only_the_statutory_time_moves(self):
        code = self.got("30 working_days")
        self.ok("apologize", code, "--reason", "Chờ", "--until", "2027-01-15")
        got = self.object("calendar", "holiday", "2026-12-24", "Nghỉ", "--dry-run")
        promised = "2027-01-15T17:00:00+07:00"
        self.assertEqual(got["moved"], [{"code": code, "old_due_at": promised, "new_due_at": promised, "old_statutory_due_at": due("2026-11-16", 30),
                                         "new_statutory_due_at": due("2026-11-16", 30, ["2026-12-24"])}])
        line = next(line for line in self.ok("calendar", "holiday", "2026-12-24", "Nghỉ", "--lang", "en").splitlines() if code in line)
        self.assertIn("2026-12-29 17:00", line)
        self.assertIn("2026-12-30 17:00", line)
        self.assertIn("statutory", line)
        shown = self.object("show", code)
        self.assertEqual((shown["due_at"], shown["statutory_due_at"]), (promised, due("2026-11-16", 30, ["2026-12-24"])))

    def test_never_earlier(self):
        self.ok("calendar", "holiday", "2026-11-23", "Nghỉ hoán đổi")
        far, near = self.got("10 working_days"), self.got("3 working_days")
        old, shorter = due("2026-11-16", 10, ["2026-11-23"]), due("2026-11-16", 10, ["2026-11-23"], ["2026-11-28"])
        self.assertEqual((old, shorter), ("2026-12-02T17:00:00+07:00", "2026-12-01T17:00:00+07:00"))
        args = ("worked", "2026-11-28", "Làm bù cho 23/11")
        self.assertEqual(self.moved(*args, "--dry-run"), ({}, {far: (old, shorter)}))
        page = self.ok("calendar", *args, "--dry-run")
        self.assertIn(far, page)
        self.assertIn("02/12/2026 17:00", page)
        self.assertEqual(self.moved(*args), ({}, {far: (old, shorter)}))
        self.assertEqual((self.due_of(far), self.due_of(near)), (old, due("2026-11-16", 3)))
        self.assertNotIn("due_moved", str(self.object("show", far)["history"]))
        self.assertEqual(self.due_of(self.got("10 working_days")), shorter)  # received after it was known
        # Taking the worked Saturday away again makes nothing longer than what was given.
        moved, kept = self.moved("remove", "2026-11-28")
        self.assertNotIn(far, moved)
        self.assertEqual(self.due_of(far), old)

    def test_removed_days(self):
        code = self.got("6 working_days")  # 24/11 off in between
        before, shorter = due("2026-11-16", 6), "2026-11-24T17:00:00+07:00"
        self.assertEqual(self.due_of(code), before)
        self.assertEqual(self.moved("remove", "2026-11-24"), ({}, {code: (before, shorter)}))
        self.assertEqual(self.due_of(code), before)
        self.refused("unknown_day", "calendar", "remove", "2026-11-24")
        self.refused("unknown_day", "calendar", "remove", "2026-11-25")
        self.assertEqual(self.due_of(self.got("6 working_days")), shorter)

    def test_closures_move_nothing(self):
        code = self.got("6 working_days")
        self.assertEqual(self.moved("closed", "2026-11-18", "Bão số 15"), ({}, {}))
        self.assertEqual(self.due_of(code), due("2026-11-16", 6))
        self.assertEqual([d for d in self.objects("calendar", "show") if d["date"] == "2026-11-18"],
                         [{"date": "2026-11-18", "kind": "closed", "name": "Bão số 15", "document": None}])
        later = self.got("6 working_days")
        self.assertEqual(self.due_of(later), self.due_of(code))
        why = [d for d in self.object("explain", later)["days"] if d["date"] == "2026-11-18"][0]
        self.assertEqual((why["why"], why["counted"], why["name"]), ("local_closure", True, "Bão số 15"))
        self.refused("day_recorded", "calendar", "closed", "2026-11-24", "Bão")
        self.ok("calendar", "holiday", "2026-11-18", "Nghỉ")  # a day off takes its place
        self.assertEqual(self.due_of(code), due("2026-11-16", 6, ["2026-11-18"]))

    def test_hours(self):
        code, day = self.got("8 working_hours"), self.got("3 working_days")  # 09:00 to 09:00 tomorrow
        self.assertEqual(self.due_of(code), "2026-11-17T09:00:00+07:00")
        # Today gives six of the eight hours; the two of tomorrow begin an hour later.
        moved, kept = self.moved("hours", "08:00-11:30,13:30-17:00", "--from", "2026-11-17")
        self.assertEqual(moved, {code: ("2026-11-17T09:00:00+07:00", "2026-11-17T10:00:00+07:00")})
        self.assertEqual((self.due_of(day), kept), (due("2026-11-16", 3), {}))
        self.assertEqual(self.object("due", "--limit", "1 working_day", "--received", "2026-11-16T09:00")["due_at"], "2026-11-17T17:00:00+07:00")
        self.assertEqual(self.object("due", "--limit", "1 working_hour", "--received", "2026-11-18T07:10")["due_at"], "2026-11-18T09:00:00+07:00")
        page = self.ok("calendar", "show")
        self.assertIn("07:00-11:30, 13:30-17:00 (T2, T3, T4, T5, T6)", page)
        self.assertIn("17/11/2026: 08:00-11:30, 13:30-17:00", page)

    def test_weekdays(self):
        code = self.got("10 working_days")
        moved, kept = self.moved("hours", "07:00-11:30,13:30-17:00", "--weekdays", "1-6", "--from", "2026-11-20")
        self.assertEqual((moved, kept), ({}, {code: (due("2026-11-16", 10), due("2026-11-16", 10, worked=["2026-11-21", "2026-11-28"]))}))
        other = self.got("10 working_days")
        self.assertEqual(self.due_of(other), due("2026-11-16", 10, worked=["2026-11-21", "2026-11-28"]))
        moved, kept = self.moved("hours", "07:00-11:30,13:30-17:00", "--weekdays", "1,3-4", "--from", "2026-11-20")
        fridays = ["2026-11-17", "2026-11-20", "2026-11-24", "2026-11-27", "2026-12-01", "2026-12-04", "2026-12-08", "2026-12-11"]
        expected = due("2026-11-16", 10, [d for d in fridays if d >= "2026-11-20"])
        self.assertEqual(moved, {code: (due("2026-11-16", 10), expected),
                                 other: (due("2026-11-16", 10, worked=["2026-11-21", "2026-11-28"]), expected)})

    def test_what_depended_on_computed_days_becomes_certain(self):
        self.clock = "2026-12-28 09:00:00"
        code = self.got("30 working_days")
        shown = self.object("show", code)
        self.assertTrue(shown["provisional"])
        for date in ("2027-01-01", "2027-02-04", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10"):
            self.assertEqual(self.moved("holiday", date, "Theo kế hoạch"), ({}, {}))
        self.refused("years_apart", "calendar", "plan", "2028")
        self.assertEqual(self.moved("plan", "2027", "--dry-run"), ({}, {}))
        self.assertEqual(self.moved("plan", "2027"), ({}, {}))
        after = self.object("show", code)
        self.assertEqual((after["due_at"], after["provisional"]), (shown["due_at"], False))
        self.assertEqual({d["kind"] for d in self.objects("calendar", "show", "2027")}, {"day_off"})
        self.assertEqual(self.moved("plan", "2027", "--computed")[0], {})
        self.assertIn("computed", {d["kind"] for d in self.objects("calendar", "show", "2027")})
        self.refused("years_apart", "calendar", "plan", "2024", "--computed")
        self.refused("year_unrecorded", "calendar", "plan", "2021")


class Past(Days):
    def test_the_days_then_in_force(self):
        code = self.got("30 working_days")
        self.clock = "2026-11-17 10:00:00"
        self.ok("calendar", "holiday", "2026-12-24", "Nghỉ thứ nhất")
        self.clock = "2026-11-18 10:00:00"
        self.ok("calendar", "holiday", "2026-12-25", "Nghỉ thứ hai")
        self.clock = "2026-11-19 10:00:00"
        first, second = ["2026-12-24"], ["2026-12-24", "2026-12-25"]
        for when, off in (("2026-11-16", []), ("2026-11-17T09:59", []), ("2026-11-17T10:00", first), ("2026-11-18T09:59:59", first),
                          ("2026-11-18", second), ("2026-11-19", second)):
            with self.subTest(when=when):
                told = self.object("explain", code, "--as-of", when)
                self.assertEqual(told["due_at"], due("2026-11-16", 30, off))
                whys = {d["date"]: d["why"] for d in told["days"]}
                for date in ("2026-12-24", "2026-12-25"):
                    self.assertEqual(whys[date], "day_off" if date in off else "working_day")
                self.assertEqual(self.due_of(code, "--as-of", when), due("2026-11-16", 30, off))
                asked = self.object("due", "--limit", "30 working_days", "--received", "2026-11-16T09:00", "--as-of", when)
                self.assertEqual(asked["due_at"], due("2026-11-16", 30, off))
                shown = [d["date"] for d in self.objects("calendar", "show", "--as-of", when) if d["date"][:7] == "2026-12"]
                self.assertEqual(shown, off)
        self.assertEqual(self.object("explain", code)["due_at"], due("2026-11-16", 30, second))
        self.wrong("calendar", "show", "--as-of", "2026-11-20")
        self.wrong("due", "--limit", "1 month", "--received", "2026-11-16", "--as-of", "2026-11-20")
        self.refused("no_store", "due", "--limit", "1 month", "--received", "2026-11-16", "--as-of", "2026-11-16", MOTCUA_STORE=self.home + "/none")

    def test_hours_of_then(self):
        self.clock = "2026-11-17 10:00:00"
        self.ok("calendar", "hours", "08:00-12:00", "--from", "2026-11-18")
        self.assertNotIn("08:00", self.ok("calendar", "show", "--as-of", "2026-11-16"))
        self.assertIn("08:00-12:00", self.ok("calendar", "show"))
        self.assertNotIn("08:00", self.ok("calendar", "show", "2025"))


class Refusals(Days):
    def test_days(self):
        self.refused("day_is_working", "calendar", "worked", "2026-11-25", "Làm bù")
        self.refused("empty_text", "calendar", "holiday", "2026-12-24", " ")
        self.refused("bad_text", "calendar", "holiday", "2026-12-24", "a\x07b")
        self.refused("too_long", "calendar", "holiday", "2026-12-24", "x" * 1001)
        self.refused("bad_text", "calendar", "holiday", "2026-12-24", "Nghỉ", "--document", "a\x07b")
        self.refused("bad_text", "calendar", "holiday", "2026-12-24", "a\u202eb", "--dry-run")
        for kind in ("holiday", "worked", "closed"):
            for date in ("24/13/2026", "2026-12-32", "tomorrow", "2026-12-24T10:00", "1989-12-31", "2101-01-01", "2026"):
                self.wrong("calendar", kind, date, "Nghỉ", says=date)
            self.wrong("calendar", kind, "2026-12-24")
            self.wrong("calendar", kind)
            self.wrong("calendar", kind, "2026-12-24", "")
            self.wrong("calendar", kind, "2026-12-24", "Nghỉ", "bù")
        self.wrong("calendar", "remove", "soon")
        self.wrong("calendar", "remove")
        self.wrong("calendar", "plan", "26")

    def test_hours(self):
        for hours in ("", "7-11", "07:00", "11:30-07:00", "07:00-11:30,11:30-17:00", "07:00-11:30,10:00-17:00", "07:00-25:00", "07:00-11:30;13:30-17:00", "\x1b[31m"):
            self.wrong("calendar", "hours", hours, "--from", "2026-12-01")
        for days in ("", "0", "8", "5-1", "1-", "-5", "1,,2", "1-5,", "Mon", "1-9"):
            self.wrong("calendar", "hours", "07:00-11:30", "--weekdays", days, "--from", "2026-12-01", says="--weekdays")
        self.wrong("calendar", "hours", "07:00-11:30", says="--from")
        self.wrong("calendar", "hours", "07:00-11:30", "--from", "2026-12-01T08:00", says="--from")

    def test_unknown_words(self):
        self.assertIn("holiday", self.wrong("calendar", "vacation"))
        self.wrong("calendar")
        self.wrong("calendar", "import")
        self.wrong("calendar", "export", "a")
