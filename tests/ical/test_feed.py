"""The calendar that motcua writes, as other people's programs read it: python3-icalendar, khal, calcurse."""

import datetime
import json
import os
import re
import shutil
import stat
import subprocess
import tempfile
import unittest

import clock
import icalendar
import rfc5545

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.abspath(os.environ.get("MOTCUA") or os.path.join(ROOT, "build", "motcua"))
TODAY = "2026-11-21 10:00:00"  # a Saturday
HANOI = datetime.timezone(datetime.timedelta(hours=7))


def khal_config(folder):
    """What makes khal read a folder, and name days in a way that can be compared."""
    return (f"[calendars]\n[[due]]\npath = {folder}\n[sqlite]\npath = {folder}.db\n"
            "[locale]\nlocal_timezone = Asia/Ho_Chi_Minh\ndefault_timezone = Asia/Ho_Chi_Minh\n"
            "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n")


class Result:
    def __init__(self, process):
        self.status = process.returncode
        self.bytes = process.stdout
        self.errors = process.stderr.decode()

    @property
    def text(self):
        return self.bytes.decode()

    @property
    def objects(self):
        return [json.loads(line) for line in self.text.splitlines()]


class World(unittest.TestCase):
    """A home of its own, in which the program sees any clock."""

    @classmethod
    def setUpClass(cls):
        cls.home = tempfile.mkdtemp(prefix="motcua-ical-")
        cls.store = os.path.join(cls.home, "store")
        cls.environment = {
            "HOME": cls.home,
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "TZ": "Asia/Ho_Chi_Minh",
            "LC_ALL": "C.UTF-8",
            "MOTCUA_STORE": cls.store,
        }
        cls.environment.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ})
        cls.prepare()

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.home, ignore_errors=True)

    @classmethod
    def prepare(cls):
        pass

    @classmethod
    def path(cls, *names):
        return os.path.join(cls.home, *names)

    @classmethod
    def motcua(cls, *arguments, at=TODAY, stdout=subprocess.PIPE):
        process = subprocess.run([PROGRAM] + list(arguments), env={**cls.environment, **clock.environment(at)}, cwd=cls.home, stdin=subprocess.DEVNULL,
                                 stdout=stdout, stderr=subprocess.PIPE, timeout=60)
        return Result(process)

    @classmethod
    def done(cls, *arguments, **keywords):
        result = cls.motcua(*arguments, **keywords)
        assert result.status == 0, (arguments, result.status, result.errors)
        return result

    @classmethod
    def tool(cls, *command, status=0):
        process = subprocess.run(command, env=cls.environment, cwd=cls.home, stdin=subprocess.DEVNULL,
                                 capture_output=True, timeout=120)
        assert process.returncode == status, (command, process.returncode, process.stdout, process.stderr)
        return process.stdout.decode() + process.stderr.decode()

    def exported(self, *options, at=TODAY):
        """The calendar, after what must hold for any."""
        raw = self.done("export", "ics", *options, at=at).bytes
        self.check_lines(raw)
        self.assertEqual(rfc5545.complaints(raw), [])
        calendar = icalendar.Calendar.from_ical(raw)
        for component in calendar.walk():
            self.assertEqual(component.errors, [])
        return calendar

    def check_lines(self, raw):
        lines = raw.split(b"\r\n")
        self.assertEqual(lines.pop(), b"")
        for line in lines:
            self.assertLessEqual(len(line), 75)
            self.assertNotRegex(line, rb"[\x00-\x1f\x7f]")
            line.decode()  # no fold inside a character

    def items(self, *options, name="VEVENT", at=TODAY):
        return [c for c in self.exported(*options, at=at).walk(name)]


def by_uid(items):
    found = {str(item["UID"]): item for item in items}
    assert len(found) == len(items), "a uid stands twice"
    return found


def moment(text):
    return datetime.datetime.fromisoformat(text)


def standing(history):
    """(shown, due time) after these events of a history; what was taken back never happened."""
    undone = {e["undone_seq"] for e in history if e["kind"] == "undone"}
    shown, due = False, None
    for e in history:
        if e["seq"] in undone:
            continue
        if e["kind"] in ("received", "restarted", "paid", "imported"):
            shown = True
        elif e["kind"] in ("supplement_requested", "payment_awaited", "resolved", "refused", "withdrawn", "stopped", "voided"):
            shown = False
        for key in ("new_due_at", "due_at"):
            due = e.get(key) or due
    return shown, due


def life(history):
    """(shown, last due time, how often it moved, was called off or taken up again) of a whole history."""
    seen = [standing(history[:n + 1]) for n in range(len(history))]
    return *seen[-1], sum(before != after for before, after in zip(seen, seen[1:]))


def due_of(dossier, due):
    """What the item's date must be: the day, or for limits in hours the moment."""
    limit = dossier["within"] or dossier["limit"]
    return moment(due) if "working_hour" in limit else moment(due).date()


def same_date(value, expected):
    if isinstance(expected, datetime.datetime):
        return isinstance(value, datetime.datetime) and value == expected
    return not isinstance(value, datetime.datetime) and value == expected


class Demo(World):
    """A whole year of an invented office."""

    @classmethod
    def prepare(cls):
        cls.done("demo", "--dossiers", "400", "--seed", "7", "--until", "2026-11-21")
        cls.all = cls.done("list", "--status", "all", "--json").objects
        today = moment("2026-11-21T00:00:00+07:00").date()
        keep = datetime.timedelta(days=30)
        cls.open = [d for d in cls.all if d["state"] in ("processing", "waiting", "waiting_payment")]
        cls.ended = [d for d in cls.all if d not in cls.open and d["state"] != "void"
                     and moment(d["resolved_at"]).date() >= today - keep]
        cls.shown = {}
        cls.agency = cls.done("stat", "--json").objects[0]["agency"]

    def uid(self, dossier):
        return dossier["code"] + "@" + self.agency

    @classmethod
    def whole(cls, dossier):
        """With its history."""
        if dossier["code"] not in cls.shown:
            cls.shown[dossier["code"]] = cls.done("show", dossier["code"], "--json").objects[0]
        return cls.shown[dossier["code"]]

    @classmethod
    def history(cls, dossier):
        return cls.whole(dossier)["history"]

    def test_the_demo_has_what_these_tests_need(self):
        self.assertEqual(len(self.all), 400)
        self.assertTrue(any(d["state"] == "waiting" for d in self.open))
        self.assertTrue(any(d["supplements"] for d in self.open + self.ended))
        self.assertGreater(len(self.open), 3)
        self.assertGreater(len(self.ended), 3)
        self.assertLess(len(self.open) + len(self.ended), 400)

    def test_each_open_dossier_once_and_what_ended_lately(self):
        items = by_uid(self.items())
        self.assertEqual(set(items), {self.uid(d) for d in self.open + self.ended})
        for dossier in self.open + self.ended:
            item = items[self.uid(dossier)]
            shown, due, changes = life(self.history(dossier))
            self.assertEqual(shown, dossier["state"] == "processing", dossier["code"])
            self.assertEqual(item["STATUS"], "CONFIRMED" if shown else "CANCELLED", dossier["code"])
            self.assertTrue(same_date(item["DTSTART"].dt, due_of(self.whole(dossier), due)), dossier["code"])
            self.assertEqual(item["TRANSP"], "TRANSPARENT")
            self.assertEqual(item["SEQUENCE"], changes, dossier["code"])
            self.assertIn(dossier["code"], item["DESCRIPTION"])

    def test_the_stamp_is_the_last_record_of_the_dossier(self):
        items = by_uid(self.items())
        for dossier in (self.open + self.ended)[:25]:
            history = self.history(dossier)
            item = items[self.uid(dossier)]
            self.assertEqual(item["DTSTAMP"].dt, moment(history[-1]["recorded_at"]))
            self.assertEqual(item["LAST-MODIFIED"].dt, moment(history[-1]["recorded_at"]))
            self.assertEqual(item["CREATED"].dt, moment(history[0]["recorded_at"]))

    def test_two_exports_are_the_same_bytes(self):
        first = self.done("export", "ics").bytes
        self.assertEqual(first, self.done("export", "ics", "-o", "-").bytes)
        self.assertEqual(first, self.done("export", "ics", at="2026-11-21 17:40:00").bytes)
        self.done("export", "ics", "-o", self.path("same.ics"))
        with open(self.path("same.ics"), "rb") as file:
            self.assertEqual(first, file.read())

    def test_days_that_pass_change_nothing(self):
        first = self.done("export", "ics", "--status", "open").bytes
        for later in ("2026-11-22 00:01:00", "2026-11-24 12:00:00", "2027-02-01 08:00:00"):  # by then most are late
            self.assertEqual(first, self.done("export", "ics", "--status", "open", at=later).bytes)

    def test_what_was_not_counted_is_what_explain_says(self):
        items, told = by_uid(self.items("--status", "open")), 0
        for dossier in self.open:
            explained = self.done("explain", dossier["code"], "--json").objects[0]
            found = re.search(r"^Không tính: (.*)$", items[self.uid(dossier)]["DESCRIPTION"], re.M)
            days = [d for d in explained["days"] if d["why"] == "day_off" and d["name"] and not d["counted"]]
            if dossier["state"] == "processing" and explained["counted_from"] == "received" and explained["rule"] != "working_hours":
                self.assertEqual("Tính từ: " in items[self.uid(dossier)]["DESCRIPTION"], explained["days"][0]["why"] == "after_hours")
            if dossier["state"] != "processing" or not days:
                self.assertIsNone(found, dossier["code"])
                continue
            told += 1
            for day in days:
                self.assertIn(day["name"], found[1])
            self.assertTrue(found[1].startswith(moment(days[0]["date"]).strftime("%d/%m/%Y")))
            if len({d["name"] for d in days}) == len(days):
                self.assertEqual(found[1], "; ".join(moment(d["date"]).strftime("%d/%m/%Y ") + d["name"] for d in days))
        self.assertGreater(told, 5)

    def test_categories_are_what_stays(self):
        items = by_uid(self.items())
        for dossier in self.open:
            item = items[self.uid(dossier)]
            found = [str(c) for part in (item["CATEGORIES"] if isinstance(item["CATEGORIES"], list) else [item["CATEGORIES"]]) for c in part.cats]
            moved = dossier["state"] == "processing" and dossier["due_at"] != dossier["statutory_due_at"]
            self.assertEqual("Đã hẹn lại" in found, moved, dossier["code"])
            self.assertEqual(len(found), 2 + moved, dossier["code"])

    def test_nobody_is_named(self):
        text = self.done("export", "ics", "--status", "all").bytes.replace(b"\r\n ", b"").decode()
        whole = self.done("list", "--status", "all", "--json", "--unmask").objects
        for dossier in whole:
            applicant = dossier["applicant"]
            for value in (applicant["phone"], applicant["id_number"], applicant["email"]):
                if value:
                    self.assertNotIn(value, text)
        # A common name may also be an officer's.
        officers = {o["name"] for o in self.done("officer", "list", "--json").objects}
        names = {d["applicant"]["name"] for d in whole} - officers
        for name in names:
            self.assertNotIn(name + " ·", text)
            self.assertNotIn(": " + name + "\\n", text)

    def test_names_where_asked_for(self):
        items = by_uid(self.items("--with-names"))
        for dossier in self.open:
            item = items[self.uid(dossier)]
            self.assertIn("Chủ hồ sơ: " + dossier["applicant"]["name"], item["DESCRIPTION"])

    def test_status_and_officer_choose_as_in_list(self):
        officer = self.open[0]["officer"]
        for options in (["--status", "overdue"], ["--status", "open"], ["--status", "late,early"],
                        ["--status", "all"], ["--officer", officer, "--status", "all"],
                        ["--officer", officer, "--status", "uncollected"], ["--status", "open", "--field", "ho tich"],
                        ["--status", "all", "--procedure", "1.004873"], ["--status", "open", "--unit", "phong kinh te"],
                        ["--status", "open,solved", "--received", "2026-10-01..2026-10-31", "--due", "..2026-11-10"],
                        ["--status", "open", "--unit", "Phòng Kinh tế", "--due", "2026-11-23.."]):
            listed = self.done("list", "--json", *options).objects
            self.assertGreater(len(listed), 0, options)
            self.assertEqual(set(by_uid(self.items(*options))), {self.uid(d) for d in listed}, options)
        for options in (["--field", "none"], ["--procedure", "9.999999"], ["--officer", "nobody"]):
            for command in (["export", "ics"], ["export", "vdir", self.path("none")]):
                self.assertEqual(self.motcua(*command, *options).status, 1)
        # What ended lately is chosen from too.
        unit = self.done("list", "--json", "--unit", "phong kinh te", "--status", "all").objects
        self.assertEqual(set(by_uid(self.items("--unit", "phong kinh te"))),
                         {self.uid(d) for d in unit if d in self.open + self.ended})

    def test_the_calendar_names_its_office_and_the_demo(self):
        office = self.done("stat", "--json").objects[0]["office"]
        vietnamese, english = self.exported(), self.exported("--lang", "en")
        for key in ("NAME", "X-WR-CALNAME"):
            self.assertEqual(str(vietnamese[key]), "Hẹn trả hồ sơ (dùng thử) – " + office)
            self.assertEqual(str(english[key]), "Dossiers due (demo) – " + office)
        # by whatever name it goes
        self.assertEqual(str(self.exported("--name", "Của tôi")["NAME"]), "Của tôi (dùng thử)")
        self.done("export", "vdir", self.path("named"), "--name", "Của tôi")
        with open(self.path("named", "displayname"), encoding="utf-8") as f:
            self.assertEqual(f.read().strip(), "Của tôi (dùng thử)")
        self.assertIn("hư cấu", vietnamese.walk("VEVENT")[0]["DESCRIPTION"])
        self.assertTrue(str(english.walk("VEVENT")[0]["DESCRIPTION"]).startswith("Due"))

    def test_todos(self):
        items = by_uid(self.items("--as", "todo", name="VTODO"))
        self.assertEqual(set(items), {self.uid(d) for d in self.open + self.ended})
        for dossier in self.open + self.ended:
            item = items[self.uid(dossier)]
            self.assertTrue(same_date(item["DUE"].dt, due_of(self.whole(dossier), life(self.history(dossier))[1])), dossier["code"])
            done = dossier["state"] in ("resolved", "returned", "refused")
            self.assertEqual(item["STATUS"], "COMPLETED" if done else "NEEDS-ACTION" if dossier["state"] == "processing" else "CANCELLED")
            if done:
                self.assertEqual(item["COMPLETED"].dt, moment(dossier["resolved_at"]))

    def test_as_of_shows_the_calendar_of_that_day(self):
        then = "2026-10-15"
        listed = self.done("list", "--json", "--status", "open", "--as-of", then).objects
        items = self.items("--status", "open", "--as-of", then)
        expected = set()
        for dossier in listed:
            history = self.done("show", dossier["code"], "--json", "--as-of", then).objects[0]["history"]
            expected.add((self.uid(dossier), life(history)[2]))
        self.assertEqual({(str(i["UID"]), i["SEQUENCE"]) for i in items}, expected)

    # ---- khal ----

    def khal(self, *arguments):
        folder = self.path("khal")
        if not os.path.exists(folder):
            os.makedirs(os.path.join(folder, "calendar"))
            with open(os.path.join(folder, "config"), "w") as file:
                file.write(khal_config(os.path.join(folder, "calendar")))
        return self.tool("khal", "-c", os.path.join(folder, "config"), *arguments)

    def test_khal_takes_and_lists_the_same(self):
        self.done("export", "ics", "--alarm", "1d", "-o", self.path("due.ics"))
        for _ in range(2):  # a second import changes, and doubles, nothing
            self.khal("import", "--batch", self.path("due.ics"))
        listed = self.khal("list", "--format", "{uid}|{start-long-full}|{cancelled}|{title}", "--day-format", "",
                           "2025-01-01", "2028-01-01")
        rows = [line.split("|") for line in listed.splitlines() if "|" in line]
        expected = by_uid(self.items())
        self.assertEqual(sorted(row[0] for row in rows), sorted(expected))
        for uid, start, cancelled, title in rows:
            item = expected[uid]
            value = item["DTSTART"].dt
            if isinstance(value, datetime.datetime):
                value = value.astimezone(HANOI).strftime("%Y-%m-%d %H:%M")
            self.assertTrue(start.strip().startswith(str(value)), (start, value))
            self.assertEqual(bool(cancelled.strip()), item["STATUS"] == "CANCELLED")
            self.assertIn(str(item["SUMMARY"]), title)

    # ---- calcurse ----

    def calcurse(self, kind, *arguments):
        folder = self.path("calcurse-" + kind)
        return self.tool("calcurse", "-D", folder, "-C", folder, *arguments)

    def test_calcurse_takes_all_events(self):
        self.done("export", "ics", "--alarm", "PT2H", "-o", self.path("events.ics"))
        report = self.calcurse("events", "-i", self.path("events.ics"))
        items = self.items()
        timed = sum(isinstance(i["DTSTART"].dt, datetime.datetime) for i in items)
        self.assertEqual(self.counts(report), (timed, len(items) - timed, 0, 0), report)
        shown = self.calcurse("events", "-Q", "--input-datefmt", "4", "--filter-type", "cal", "--from", "2025-01-01", "--to", "2028-01-01",
                              "--format-event", "%m\n", "--format-apt", "%m\n")
        for item in items:
            self.assertIn(str(item["SUMMARY"]), shown)

    def test_calcurse_keeps_the_dates(self):
        self.done("export", "ics", "--status", "open", "-o", self.path("open.ics"))
        self.calcurse("dates", "-i", self.path("open.ics"))
        for dossier in self.open[:10]:
            day = moment(dossier["due_at"]).strftime("%Y-%m-%d")
            shown = self.calcurse("dates", "-Q", "--input-datefmt", "4", "--filter-type", "cal", "--from", day, "--days", "1",
                                  "--format-event", "%m\n", "--format-apt", "%m\n")
            self.assertIn(" " + dossier["code"].rsplit("-", 1)[1] + " · ", shown)

    def test_calcurse_takes_all_todos(self):
        self.done("export", "ics", "--as", "todo", "-o", self.path("todos.ics"))
        report = self.calcurse("todos", "-i", self.path("todos.ics"))
        self.assertEqual(self.counts(report), (0, 0, len(self.open) + len(self.ended), 0), report)

    def counts(self, report):
        found = re.search(r"(\d+) apps? / (\d+) events? / (\d+) todos? / (\d+) skipped", report)
        self.assertIsNotNone(found, report)
        return tuple(int(n) for n in found.groups())


class Office(World):
    """One dossier's life, step by step."""

    @classmethod
    def setUpClass(cls):
        pass

    def setUp(self):
        World.setUpClass.__func__(type(self))
        self.at = "2026-11-16 09:00:00"  # a Monday
        self.done("init", "--office", "UBND xã Tơ Tung, huyện Kbang; Gia Lai", "--agency", "H42.26.21", at="2026-11-16 08:00:00")

    def tearDown(self):
        World.tearDownClass.__func__(type(self))

    @classmethod
    def tearDownClass(cls):
        pass

    def receive(self, limit="3 working_days", *options, at="2026-11-16 09:00:00"):
        result = self.done("receive", "--procedure", "1.004873", "--applicant", "Nguyễn Thị Hương", "--phone",
                           "0912345678", "--limit", limit, "--json", *options, at=at)
        return result.objects[0]["code"]

    def only(self, *options, at):
        items = self.items(*options, at=at)
        self.assertEqual(len(items), 1)
        return items[0]

    def test_the_life_of_an_item(self):
        code = self.receive()
        item = self.only(at="2026-11-17 08:00:00")
        self.assertEqual((item["DTSTART"].dt, item["SEQUENCE"], item["STATUS"]),
                         (datetime.date(2026, 11, 19), 0, "CONFIRMED"))
        self.assertEqual(item["DTEND"].dt, datetime.date(2026, 11, 20))
        first = item["DTSTAMP"].dt
        self.assertEqual(first.astimezone(HANOI).strftime("%Y-%m-%d %H:%M"), "2026-11-16 09:00")

        self.done("apologize", code, "--reason", "chờ xác minh", "--until", "2026-12-01", at="2026-11-18 08:00:00")
        item = self.only(at="2026-11-18 09:00:00")
        self.assertEqual((item["DTSTART"].dt, item["SEQUENCE"], item["STATUS"]),
                         (datetime.date(2026, 12, 1), 1, "CONFIRMED"))
        self.assertGreater(item["DTSTAMP"].dt, first)
        before = str(item["UID"])

        refused = self.motcua("apologize", code, "--reason", "lại", "--until", "2026-12-08", at="2026-11-18 10:00:00")
        self.assertEqual(refused.status, 1)
        self.assertEqual(self.only(at="2026-11-18 10:01:00").to_ical(), item.to_ical())

        self.done("resolve", code, at="2026-11-20 08:00:00")
        item = self.only(at="2026-11-20 09:00:00")
        self.assertEqual((item["STATUS"], item["SEQUENCE"], str(item["UID"])), ("CANCELLED", 2, before))
        self.done("return", code, at="2026-11-21 08:00:00")
        item = self.only(at="2026-11-21 09:00:00")
        self.assertEqual((item["STATUS"], item["SEQUENCE"], item["DTSTART"].dt),
                         ("CANCELLED", 2, datetime.date(2026, 12, 1)))

        self.assertEqual(len(self.items(at="2026-12-20 09:00:00")), 1)  # 30 days
        self.assertEqual(len(self.items(at="2026-12-21 09:00:00")), 0)
        self.assertEqual(len(self.items("--status", "solved", at="2026-12-21 09:00:00")), 1)

    def lines(self, item):
        return dict(line.split(": ", 1) for line in str(item["DESCRIPTION"]).splitlines() if ": " in line)

    WHY = ("Không tính", "Dời hạn", "Tính lại từ")

    def why(self, *options, at):
        lines = self.lines(self.only(*options, at=at))
        return [lines.get(label) for label in self.WHY]

    def test_why_it_is_due_then(self):
        code = self.receive()
        self.assertEqual(self.why(at="2026-11-16 10:00:00"), [None] * 3)
        # A day off announced late.
        self.done("calendar", "holiday", "2026-11-18", "Nghỉ tránh bão số 13", at="2026-11-17 08:00:00")
        item = self.only(at="2026-11-17 08:01:00")
        self.assertEqual((item["DTSTART"].dt, item["SEQUENCE"]), (datetime.date(2026, 11, 20), 1))
        self.assertEqual(self.why(at="2026-11-17 08:01:00"), ["18/11/2026 Nghỉ tránh bão số 13",
                         "từ 19/11/2026 17:00 sang 20/11/2026 17:00, do ngày nghỉ 18/11/2026 Nghỉ tránh bão số 13", None])
        # Waiting, nothing is due; then all counts anew, past other days.
        self.done("supplement", code, "--reason", "thiếu", "--need", "bản sao", at="2026-11-19 08:00:00")
        self.assertEqual(self.why(at="2026-11-19 08:01:00"), [None] * 3)
        self.done("restart", code, at="2026-11-20 09:00:00")
        self.assertEqual(self.why(at="2026-11-20 09:01:00"),
                         ["24/11/2026 Ngày Văn hóa Việt Nam", None, "20/11/2026 09:00, khi nhận đủ hồ sơ bổ sung"])
        self.assertEqual(self.only(at="2026-11-20 09:01:00")["SEQUENCE"], 3)
        # Taken back, it waits again; ended, no reasons are left.
        self.done("undo", code, "--reason", "nhầm", at="2026-11-20 09:10:00")
        self.assertEqual(self.why(at="2026-11-20 09:11:00"), [None] * 3)
        self.done("restart", code, at="2026-11-20 10:00:00")
        self.done("resolve", code, at="2026-11-23 10:00:00")
        self.assertEqual(self.why(at="2026-11-23 10:01:00"), [None] * 3)

    def test_what_moves_under_a_letter_is_the_date_by_law(self):
        code = self.receive()
        self.done("apologize", code, "--reason", "chờ xác minh", "--until", "2026-11-26", at="2026-11-17 08:00:00")
        self.done("calendar", "holiday", "2026-11-18", "Nghỉ tránh bão số 13", at="2026-11-17 09:00:00")
        item = self.only(at="2026-11-17 09:01:00")
        lines = self.lines(item)
        self.assertEqual(item["DTSTART"].dt, datetime.date(2026, 11, 26))
        self.assertNotIn("Dời hạn", lines)
        self.assertEqual(lines["Dời hạn theo quy định"], "từ 19/11/2026 17:00 sang 20/11/2026 17:00, do ngày nghỉ 18/11/2026 Nghỉ tránh bão số 13")
        self.assertIn("Due by law moved", self.lines(self.only("--lang", "en", at="2026-11-17 09:01:00")))
        self.done("calendar", "holiday", "2026-11-26", "Nghỉ phòng, chống lụt", at="2026-11-17 10:00:00")
        lines = self.lines(self.only(at="2026-11-17 10:01:00"))  # the promised date alone
        self.assertEqual(lines["Dời hạn"], "từ 26/11/2026 17:00 sang 27/11/2026 17:00, do ngày nghỉ 26/11/2026 Nghỉ phòng, chống lụt")
        self.assertNotIn("Dời hạn theo quy định", lines)

    def test_a_move_of_what_was_promised_goes_with_the_letter(self):
        code = self.receive()
        self.done("apologize", code, "--reason", "chờ xác minh", "--until", "2026-12-01", at="2026-11-17 08:00:00")
        self.done("calendar", "holiday", "2026-12-01", "Nghỉ tránh bão", at="2026-11-17 08:01:00")
        self.assertEqual(self.why(at="2026-11-17 08:02:00")[1], "từ 01/12/2026 17:00 sang 02/12/2026 17:00, do ngày nghỉ 01/12/2026 Nghỉ tránh bão")
        self.done("undo", code, "--reason", "nhầm", at="2026-11-17 08:05:00")
        self.assertEqual(self.only(at="2026-11-17 08:06:00")["DTSTART"].dt, datetime.date(2026, 11, 19))
        self.assertEqual(self.why(at="2026-11-17 08:06:00"), [None] * 3)
        self.done("apologize", code, "--reason", "chờ xác minh", "--until", "2026-12-02", at="2026-11-17 08:07:00")
        self.assertEqual(self.why(at="2026-11-17 08:08:00"), [None] * 3)  # the new letter gave that date

    def test_a_limit_that_is_corrected_ends_what_a_day_off_moved(self):
        code = self.receive()
        self.done("calendar", "holiday", "2026-11-18", "Nghỉ tránh bão", at="2026-11-17 08:00:00")
        self.done("calendar", "remove", "2026-11-18", at="2026-11-17 08:01:00")
        moved = "từ 19/11/2026 17:00 sang 20/11/2026 17:00, do ngày nghỉ 18/11/2026 Nghỉ tránh bão"
        self.assertEqual(self.why(at="2026-11-17 08:02:00")[1], moved)  # never earlier
        self.done("correct", code, "--reason", "gõ nhầm", "phone=0987654321", at="2026-11-17 08:03:00")
        self.assertEqual(self.why(at="2026-11-17 08:04:00")[1], moved)
        self.done("correct", code, "--reason", "gõ nhầm", "limit=4 working_days", at="2026-11-17 08:05:00")
        self.assertEqual(self.only(at="2026-11-17 08:06:00")["DTSTART"].dt, datetime.date(2026, 11, 20))
        self.assertEqual(self.why(at="2026-11-17 08:06:00"), [None] * 3)

    def test_what_came_outside_hours_counts_from_the_opening(self):
        self.receive("1 working_day", at="2026-11-21 10:00:00")  # a Saturday
        lines = self.lines(self.only(at="2026-11-21 10:01:00"))
        self.assertEqual((lines["Tính từ"], lines["Không tính"]),
                         ("23/11/2026 07:00, vì tiếp nhận ngoài giờ làm việc", "24/11/2026 Ngày Văn hóa Việt Nam"))

    def test_in_the_lunch_break_only_hours_tell(self):
        for limit, expected in (("1 working_day", []), ("2 working_hours", ["23/11/2026 13:30, vì tiếp nhận ngoài giờ làm việc"])):
            code = self.receive(limit, at="2026-11-23 12:00:00")
            item = by_uid(self.items(at="2026-11-23 12:01:00"))[code + "@H42.26.21"]
            self.assertEqual([text for label, text in self.lines(item).items() if label == "Tính từ"], expected)

    def test_days_of_one_name_are_told_together(self):
        self.receive("5 working_days", at="2027-02-03 09:00:00")
        self.assertEqual(self.why(at="2027-02-03 09:01:00")[0],
                         "04/02/2027–08/02/2027 Tết Nguyên đán; 09/02/2027–10/02/2027 Nghỉ bù Tết Nguyên đán")
        self.assertEqual(self.lines(self.only("--lang", "en", at="2027-02-03 09:01:00"))["Not counted"],
                         "2027-02-04–2027-02-08 Tết Nguyên đán; 2027-02-09–2027-02-10 Nghỉ bù Tết Nguyên đán")
        found = [str(c) for part in self.only(at="2027-02-03 09:01:00")["CATEGORIES"] for c in part.cats]
        self.assertIn("Hạn tạm tính", found)  # the plan of that year is not out

    def test_a_second_appointment_has_its_own_limit(self):
        code = self.receive()
        self.done("await-payment", code, at="2026-11-17 08:00:00")
        self.done("paid", code, "--within", "2 working_days", at="2026-11-20 08:00:00")
        lines = self.lines(self.only(at="2026-11-20 08:01:00"))
        self.assertEqual((lines["Thời hạn"], lines["Tính lại từ"], lines["Không tính"]),
                         ("2 ngày làm việc", "20/11/2026 08:00, khi người nộp hoàn thành nghĩa vụ tài chính", "24/11/2026 Ngày Văn hóa Việt Nam"))

    def test_a_date_that_the_days_no_longer_give_claims_no_reason(self):
        code = self.receive("2 working_days", at="2026-11-20 09:00:00")
        self.assertEqual(self.why(at="2026-11-20 09:01:00")[0], "24/11/2026 Ngày Văn hóa Việt Nam")
        self.done("calendar", "remove", "2026-11-24", at="2026-11-20 09:02:00")
        due = self.done("show", code, "--json", at="2026-11-20 09:03:00").objects[0]["due_at"]
        self.assertTrue(due.startswith("2026-11-25"))  # never earlier
        self.assertEqual(self.why(at="2026-11-20 09:03:00"), [None] * 3)

    def test_nor_where_a_day_off_is_left_that_would_have_been_passed_over(self):
        self.receive("5 working_days", at="2026-11-18 09:00:00")
        for words in (("holiday", "2026-11-19", "Nghỉ tránh bão"), ("remove", "2026-11-19")):
            self.done("calendar", *words, at="2026-11-18 09:01:00")
        item = self.only(at="2026-11-18 09:02:00")
        self.assertEqual(item["DTSTART"].dt, datetime.date(2026, 11, 27))  # counted, it would be the 26th
        self.assertEqual(self.why(at="2026-11-18 09:02:00")[0], None)

    def test_a_letter_that_is_taken_back_moves_it_back(self):
        code = self.receive()
        self.done("apologize", code, "--reason", "chờ xác minh", "--until", "2026-12-01", at="2026-11-17 08:00:00")
        self.done("undo", code, "--reason", "nhầm", at="2026-11-17 08:05:00")
        item = self.only(at="2026-11-17 08:06:00")
        self.assertEqual((item["DTSTART"].dt, item["SEQUENCE"], item["STATUS"]), (datetime.date(2026, 11, 19), 2, "CONFIRMED"))
        self.assertEqual(item["DTSTAMP"].dt, item["LAST-MODIFIED"].dt)
        self.assertEqual(item["DTSTAMP"].dt.astimezone(HANOI).strftime("%H:%M"), "08:05")
        self.assertNotIn("Phiếu xin lỗi", item["DESCRIPTION"])

    def test_hours_are_moments(self):
        self.receive("3 working_hours", at="2026-11-20 16:30:00")
        item = self.only(at="2026-11-20 16:31:00")
        self.assertEqual(item["DTSTART"].dt, datetime.datetime(2026, 11, 23, 9, 30, tzinfo=HANOI))
        raw = self.done("export", "ics", at="2026-11-20 16:31:00").bytes
        self.assertIn(b"DTSTART:20261123T023000Z\r\n", raw)
        self.assertNotIn(b"TZID", raw)

    def test_times_by_the_minute_or_by_the_day(self):
        self.receive("3 working_hours", at="2026-11-20 16:30:00")
        self.receive("3 working_days", at="2026-11-20 16:30:00")
        moments = [datetime.datetime(2026, 11, 23, 9, 30, tzinfo=HANOI), datetime.datetime(2026, 11, 26, 17, 0, tzinfo=HANOI)]
        days = [m.date() for m in moments]
        for setting, options, expected in (("auto", [], [moments[0], days[1]]), ("auto", ["--timed"], moments), ("auto", ["--all-day"], days),
                                           ("timed", [], moments), ("timed", ["--all-day"], days), ("all_day", [], days), ("all_day", ["--timed"], moments)):
            self.done("config", "ics.times", setting, at="2026-11-20 16:31:00")
            items = self.items(*options, at="2026-11-20 16:32:00")
            self.assertEqual(sorted((str(i["UID"]), i["DTSTART"].dt) for i in items),
                             sorted((str(i["UID"]), e) for i, e in zip(sorted(items, key=lambda i: str(i["UID"])), expected)), (setting, options))
            for item in items:
                self.assertEqual("DTEND" in item, not isinstance(item["DTSTART"].dt, datetime.datetime))

    def test_what_the_calendar_is_called_and_painted_in(self):
        self.receive()
        plain = self.exported(at=self.at)
        self.assertEqual([key for key in ("COLOR", "X-APPLE-CALENDAR-COLOR", "METHOD") if key in plain], [])
        self.assertEqual((plain["REFRESH-INTERVAL"], plain["REFRESH-INTERVAL"].params["VALUE"], plain["X-PUBLISHED-TTL"]), ("PT1H", "DURATION", "PT1H"))
        for color, name, code in (("teal", "teal", "#008080"), ("LightSkyBlue", "lightskyblue", "#87CEFA"), ("#ff0000", "red", "#FF0000"),
                                  ("#FE0101", "red", "#FE0101"), ("#123457", "midnightblue", "#123457")):
            calendar = self.exported("--calendar-color", color, "--name", " Lịch, một cửa; 1 ", "--refresh", "15m", at=self.at)
            self.assertEqual((calendar["COLOR"], calendar["X-APPLE-CALENDAR-COLOR"]), (name, code))
            self.assertEqual((calendar["NAME"], calendar["X-WR-CALNAME"]), ("Lịch, một cửa; 1",) * 2)
            self.assertEqual((calendar["REFRESH-INTERVAL"], calendar["X-PUBLISHED-TTL"]), ("PT15M", "PT15M"))
        for options in (["--calendar-color", "tealish"], ["--calendar-color", "#12345"], ["--calendar-color", "#12345g"], ["--calendar-color", "008080"],
                        ["--name", " "], ["--name", "a\nb"], ["--name", "a\u202eb"], ["--refresh", "0m"], ["--refresh", "30"], ["--refresh", "-PT1H"],
                        ["--refresh", "PT30S"], ["--refresh", "367d"], ["--timed", "--all-day"], ["--per-officer"], ["--per-officer", "-o", "-"],
                        ["--per-officer", "-o", "x", "--officer", "nobody"]):
            result = self.motcua("export", "ics", *options, at=self.at)
            self.assertEqual((result.status, result.bytes), (2, b""), options)
            self.assertRegex(result.errors, r"\Amotcua: [^\n]+\n\Z")
        self.assertEqual(os.listdir(self.home), ["store"])

    def put_officers(self, *logins):
        for login in logins:
            self.done("officer", "put", login, "--name", "Bà " + login, "--role", "specialist", at=self.at)

    def test_a_file_for_each_officer(self):
        self.put_officers("hoa", "ly", "ngo/nam")
        mine = self.done("officer", "list", "--json", at=self.at).objects
        me = next(o["login"] for o in mine if o["role"] == "admin")
        codes = {login: self.receive("3 working_days", "--officer", login) for login in ("hoa", "ly", "ngo/nam")}
        outside = self.receive()
        self.done("transfer", outside, "--unit", "Chi cục Thuế", at=self.at)
        said = self.done("export", "ics", "--per-officer", "-o", self.path("all"), "--with-names", "--json", at=self.at).objects
        self.assertEqual(said.pop(), {"dir": self.path("all"), "officer": None, "unheld": 1, "demo": False})
        self.assertEqual({o["officer"]: o["items"] for o in said}, {"hoa": 1, "ly": 1, "ngo/nam": 1, me: 0})
        self.assertEqual(sorted(os.listdir(self.path("all"))), sorted(["hoa.ics", "ly.ics", "ngo%2Fnam.ics", me + ".ics"]))
        self.assertEqual({stat.S_IMODE(os.stat(self.path("all", n)).st_mode) for n in os.listdir(self.path("all"))}, {0o600})
        for login in ("hoa", "ly", "ngo/nam", me):
            with open(self.path("all", login.replace("/", "%2F") + ".ics"), "rb") as file:
                raw = file.read()
            self.check_lines(raw)
            calendar = icalendar.Calendar.from_ical(raw)
            self.assertEqual([str(i["UID"]) for i in calendar.walk("VEVENT")], [codes[login] + "@H42.26.21"] if login in codes else [])
            if login in codes:
                self.assertTrue(str(calendar["NAME"]).endswith(" – Bà " + login))
        # What goes to another is in the other's, and who leaves has nothing.
        later = "2026-11-16 10:00:00"
        self.done("transfer", codes["ly"], "--to", "hoa", at=later)
        self.done("officer", "retire", "ly", at=later)
        with open(self.path("all", "ly.txt"), "w") as file:
            file.write("x")
        text = self.done("export", "ics", "--per-officer", "-o", self.path("all"), at=later).text
        self.assertIn("ly.ics: tài khoản đã ngừng dùng", text)
        with open(self.path("all", "ly.ics"), "rb") as file:
            self.assertEqual(icalendar.Calendar.from_ical(file.read()).walk("VEVENT"), [])
        with open(self.path("all", "hoa.ics"), "rb") as file:
            self.assertEqual(len(icalendar.Calendar.from_ical(file.read()).walk("VEVENT")), 2)
        self.done("export", "ics", "--per-officer", "-o", self.path("new"), at=later)
        self.assertNotIn("ly.ics", os.listdir(self.path("new")))
        self.assertEqual(self.motcua("export", "ics", "--per-officer", "-o", self.store, at=later).status, 4)
        self.assertEqual(self.motcua("export", "ics", "--per-officer", "-o", self.path("store", "x"), at=later).status, 4)

    def test_one_file_that_cannot_be_written_keeps_no_other_from_it(self):
        self.put_officers("hoa", "ly")
        for login in ("hoa", "ly", "ly"):
            self.receive("3 working_days", "--officer", login)
        os.makedirs(self.path("all", "hoa.ics"))
        result = self.motcua("export", "ics", "--per-officer", "-o", self.path("all"), at=self.at)
        self.assertEqual(result.status, 4)
        self.assertRegex(result.errors, r"\Amotcua: [^\n]*/all/hoa\.ics: [^\n]+\n\Z")
        with open(self.path("all", "ly.ics"), "rb") as file:
            self.assertEqual(len(icalendar.Calendar.from_ical(file.read()).walk("VEVENT")), 2)

    def test_a_file_of_one_who_left_that_is_not_ours_stays(self):
        self.put_officers("ly")
        self.done("officer", "retire", "ly", at=self.at)
        os.mkdir(self.path("all"))
        with open(self.path("all", "ly.ics"), "w") as file:
            file.write("BEGIN:VCALENDAR\nPRODID:somebody's own\n")
        self.done("export", "ics", "--per-officer", "-o", self.path("all"), at=self.at)
        with open(self.path("all", "ly.ics")) as file:
            self.assertIn("somebody's own", file.read())

    def test_alarms(self):
        self.receive()
        item = self.only("--alarm", "P1D", "--alarm=2h", "--alarm", "-PT15M", "--alarm", "1d", at="2026-11-16 10:00:00")
        alarms = [a for a in item.walk("VALARM")]
        self.assertEqual([a["TRIGGER"].dt for a in alarms],
                         [-datetime.timedelta(days=1), -datetime.timedelta(hours=2), -datetime.timedelta(minutes=15)])
        for alarm in alarms:
            self.assertEqual((alarm["ACTION"], alarm["DESCRIPTION"]), ("DISPLAY", item["SUMMARY"]))
        todo = self.exported("--as", "todo", "--alarm", "30m", at="2026-11-16 10:00:00").walk("VALARM")[0]
        self.assertEqual(todo["TRIGGER"].params["RELATED"], "END")

    def test_what_officers_typed_comes_through_unharmed(self):
        login = self.done("officer", "list", "--json", at=self.at).objects[0]["login"]
        # A backslash before a letter n is for the unit tests: python3-icalendar 4.0 takes the pair for a line break.
        name = "Đặng \\ Văn, Nam; \"giỏi\" 😀"
        self.done("officer", "put", login, "--name", name, "--role", "admin", "--unit", "Tư pháp, hộ tịch; 1", at=self.at)
        self.receive("3 working_days", "--unit", "Phòng A, B; C")
        calendar = self.exported(at="2026-11-16 10:00:00")
        item = calendar.walk("VEVENT")[0]
        self.assertIn("Người xử lý: " + name + ", Phòng A, B; C\n", item["DESCRIPTION"])
        self.assertEqual(item["LOCATION"], "UBND xã Tơ Tung, huyện Kbang; Gia Lai")
        self.assertEqual(str(calendar["NAME"]), "Hẹn trả hồ sơ – UBND xã Tơ Tung, huyện Kbang; Gia Lai")
        self.assertEqual(str(calendar["X-WR-CALNAME"]), str(calendar["NAME"]))

    def test_a_code_of_another_system(self):
        self.receive("3 working_days", "--code", "03706/2026/07906")
        item = self.only(at="2026-11-16 10:00:00")
        self.assertEqual(str(item["UID"]), "03706/2026/07906@H42.26.21")

    def test_an_empty_calendar_is_one(self):
        calendar = self.exported(at="2026-11-16 10:00:00")
        self.assertEqual(calendar.name, "VCALENDAR")
        self.assertEqual(calendar["VERSION"], "2.0")
        self.assertEqual([c.name for c in calendar.subcomponents], ["VTIMEZONE"])  # one of some kind there must be
        target = self.path("empty.ics")
        self.done("export", "ics", "-o", target, at="2026-11-16 10:00:00")
        self.assertIn("0 events", self.tool("calcurse", "-D", self.path("C"), "-C", self.path("C"), "-i", target))

    # ---- files ----

    def test_a_file_appears_whole_with_the_right_mode(self):
        self.receive()
        target = self.path("due.ics")
        said = self.done("export", "ics", "-o", target, "--json", at=self.at).objects
        self.assertEqual((said[0]["file"], said[0]["items"], said[0]["ended"]), (target, 1, 0))
        os.chmod(target, 0o640)
        self.done("export", "ics", "--output=" + target, at=self.at)
        self.assertEqual(stat.S_IMODE(os.stat(target).st_mode), 0o640)
        self.done("export", "ics", "-o", target, "--with-names", at=self.at)
        self.assertEqual(stat.S_IMODE(os.stat(target).st_mode), 0o600)
        self.assertEqual([n for n in os.listdir(self.home) if n.startswith(".motcua")], [])

    def test_a_file_where_a_folder_should_be(self):
        self.receive()
        with open(self.path("a.ics"), "w") as f:
            f.write("x")
        result = self.motcua("export", "ics", "--per-officer", "-o", self.path("a.ics"), at=self.at)
        self.assertEqual((result.status, result.errors.count("\n")), (4, 1))
        self.assertIn("a.ics: không phải thư mục", result.errors)

    def test_a_link_is_followed(self):
        os.mkdir(self.path("web"))
        os.symlink("web/due.ics", self.path("link.ics"))
        with open(self.path("web", "due.ics"), "w") as file:
            file.write("old")
        self.done("export", "ics", "-o", self.path("link.ics"), at=self.at)
        self.assertTrue(os.path.islink(self.path("link.ics")))
        with open(self.path("web", "due.ics")) as file:
            self.assertTrue(file.read().startswith("BEGIN:VCALENDAR"))

    def test_what_cannot_be_written_is_4(self):
        self.receive()
        with open(self.path("file"), "w") as file:
            file.write("x")
        for target in (self.path("no", "such", "due.ics"), self.home, self.path("file", "due.ics"), "/dev/full",
                       "x" * 300, self.home + "/"):
            result = self.motcua("export", "ics", "-o", target, at=self.at)
            self.assertEqual(result.status, 4, target)
            self.assertRegex(result.errors, r"\Amotcua: [^\n]+\n\Z")
            self.assertEqual(result.bytes, b"")
            result = self.motcua("export", "ics", "--json", "-o", target, at=self.at)
            self.assertIn(result.objects[0]["error"]["kind"], ("io_error", "disk_full", "no_permission"))
        with open("/dev/full", "wb") as full:
            result = self.motcua("export", "ics", at=self.at, stdout=full)
        self.assertEqual(result.status, 4)
        self.assertEqual([n for n in os.listdir(self.home) if n.startswith(".motcua")], [])

    def test_the_store_is_no_place_to_write_to(self):
        code = self.receive()
        os.symlink(os.path.join(self.store, "data.mdb"), self.path("link"))
        for target in (os.path.join(self.store, "data.mdb"), os.path.join(self.store, "lock.mdb"), self.path("link")):
            self.assertEqual(self.motcua("export", "ics", "-o", target, at=self.at).status, 4)
        self.assertEqual(self.done("show", code, "--json", at=self.at).objects[0]["code"], code)

    def test_devices_and_pipes_are_written_to_not_replaced(self):
        self.receive()
        whole = self.done("export", "ics", at=self.at).bytes
        self.done("export", "ics", "-o", "/dev/null", at=self.at)
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/null").st_mode))
        os.mkfifo(self.path("pipe"))
        reader = subprocess.Popen(["cat", self.path("pipe")], stdout=subprocess.PIPE)
        self.done("export", "ics", "-o", self.path("pipe"), at=self.at)
        self.assertEqual(reader.communicate(timeout=20)[0], whole)
        self.assertTrue(stat.S_ISFIFO(os.stat(self.path("pipe")).st_mode))

    def test_a_failure_leaves_the_old_file(self):
        target = self.path("due.ics")
        with open(target, "w") as file:
            file.write("old")
        self.assertEqual(self.motcua("export", "ics", "-o", target, "--officer", "nobody", at=self.at).status, 1)
        self.assertEqual(self.motcua("-s", self.path("nothing"), "export", "ics", "-o", target, at=self.at).status, 1)
        with open(target) as file:
            self.assertEqual(file.read(), "old")

    # ---- the command line ----

    def test_wrong_command_lines_are_2(self):
        for options in (["--alarm", "soon"], ["--alarm", ""], ["--alarm", "P1M"], ["--alarm", "+PT1H"], ["--alarm"],
                        ["--as", "journal"], ["--as", "event", "--as", "todo"], ["--status", "overdu"], ["-o"],
                        ["-o", ""], ["--with-name"], ["--with-names=yes"], ["extra"], ["--officer", ""],
                        ["--alarm", "99999999d"], ["--as-of", "2027-01-01"]):
            for lang in ("vi", "en"):
                result = self.motcua("export", "ics", "--lang", lang, *options, at=self.at)
                self.assertEqual(result.status, 2, options)
                self.assertRegex(result.errors, r"\Amotcua: [^\n]+\n\Z")
                self.assertEqual(result.bytes, b"")
        for words in (["export"], ["export", "icsx"]):
            self.assertEqual(self.motcua(*words, at=self.at).status, 2)

    def test_control_bytes_are_not_echoed(self):
        result = self.motcua("export", "ics", "--alarm", "\x1b[31m\u202e", at=self.at)
        self.assertEqual(result.status, 2)
        self.assertNotIn("\x1b", result.errors)
        self.assertNotIn("\u202e", result.errors)

    def test_refusals_have_a_kind(self):
        result = self.motcua("export", "ics", "--officer", "nobody", "--json", at=self.at)
        self.assertEqual((result.status, result.objects[0]["error"]["kind"]), (1, "unknown_officer"))
        result = self.motcua("-s", self.path("nothing"), "--json", "export", "ics", at=self.at)
        self.assertEqual((result.status, result.objects[0]["error"]["kind"]), (1, "no_store"))

    def test_help_in_both_languages(self):
        for lang, word in (("vi", "lịch"), ("en", "calendar")):
            result = self.done("export", "ics", "--help", "--lang", lang, at=self.at)
            for option in ("--output", "--status", "--officer", "--as", "--alarm", "--with-names", "--as-of", "--timed", "--calendar-color", "--per-officer"):
                self.assertIn(option, result.text)
            self.assertIn(word, result.text.lower())

    def test_the_help_says_of_each_what_is_in_it(self):
        """What ended lately is in the stream; in a folder it is not, even where it is asked for."""
        codes = [self.receive() for _ in range(3)]
        at = "2026-11-17 09:00:00"
        self.done("resolve", codes[0], at=at)
        self.done("supplement", codes[1], "--reason", "thiếu", "--need", "bản sao", at=at)
        self.assertEqual(len(self.items("--status", "all", at=at)), 3)
        for status in ("all", "solved", "waiting"):
            said = self.done("export", "vdir", self.path("due"), "--status", status, "--json", at=at).objects[0]
            self.assertEqual(said["items"], int(status == "all"))
        for lang, of_stream, of_folder in (("vi", "mới kết thúc", "không bao giờ có hồ sơ đã kết thúc"), ("en", "ended lately", "what ended")):
            for verb, said, unsaid in (("ics", of_stream, of_folder), ("vdir", of_folder, of_stream)):
                text = " ".join(self.done("export", verb, "--help", "--lang", lang, at=at).text.split())
                self.assertIn(said, text)
                self.assertNotIn(unsaid, text)
