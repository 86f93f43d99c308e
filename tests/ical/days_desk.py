"""What the tests of days off from calendars share: an office, files, and what an import must say in any case."""

import os
import pty
import re
import subprocess
import uuid

import clock
from test_feed import PROGRAM, Result, World

BUILT = os.path.dirname(PROGRAM)
AT = "2026-11-16 09:00:00"
# What a file itself says is no day off, or of years to come; "repeated" is so where both entries say the same.
HARMLESS = {"not_event", "cancelled", "observance", "endless", "superseded", "repeated", "dossier"}


def event(*lines, uid="a@b", name="Nghỉ"):
    head = (["UID:" + uid] if uid else []) + (["SUMMARY:" + name] if name is not None else [])
    return "\r\n".join(["BEGIN:VEVENT", *head, *lines, "END:VEVENT", ""])


def calendar(*events, before="VERSION:2.0\r\nPRODID:-//x//y//EN\r\n"):
    return "BEGIN:VCALENDAR\r\n" + before + "".join(events) + "END:VCALENDAR\r\n"


def date(text):
    return "DTSTART;VALUE=DATE:" + text.replace("-", "")


class DaysWorld(World):
    """An office of its own for each test, and files to bring into it."""

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def setUp(self):
        World.setUpClass.__func__(type(self))
        self.new_office()

    def tearDown(self):
        World.tearDownClass.__func__(type(self))

    def new_office(self, agency="H42.26.21"):
        type(self).environment = {**self.environment, "MOTCUA_STORE": self.path(uuid.uuid4().hex)}
        self.done("init", "--office", "UBND xã Tơ Tung", "--agency", agency, at=AT)

    def run_at(self, *arguments, at=AT):
        return self.motcua(*arguments, at=at)

    def with_preload(self, library, environment, *arguments, at=AT):
        env = {**self.environment, **clock.environment(at), **environment}
        env["LD_PRELOAD"] += ":" + os.path.join(BUILT, "tests", library)
        return Result(subprocess.run([PROGRAM, *arguments], env=env, cwd=self.home, stdin=subprocess.DEVNULL, capture_output=True, timeout=60))

    def in_terminal(self, *arguments, at=AT):
        """What it writes on a terminal of 80 columns, its complaints too."""
        ours, its = pty.openpty()
        env = {**self.environment, **clock.environment(at), "TERM": "dumb"}
        process = subprocess.Popen([PROGRAM, *arguments], env=env, cwd=self.home, stdin=its, stdout=its, stderr=its)
        os.close(its)
        said = b""
        try:
            while more := os.read(ours, 65536):
                said += more
        except OSError:  # the other end is closed
            pass
        os.close(ours)
        process.wait(timeout=60)
        return said.decode().replace("\r\n", "\n")

    def head(self):
        return self.done("stat", "--json", at=AT).objects[0]["journal"]

    def days(self, year=2026):
        return {d["date"]: (d["kind"], d["name"], d["document"]) for d in self.done("calendar", "show", str(year), "--json", at=AT).objects}

    def file(self, content, name="days.ics"):
        with open(self.path(name), "wb") as f:
            f.write(content if isinstance(content, bytes) else content.encode())
        return self.path(name)

    def imported(self, path, *options, at=AT):
        """Takes a file in. Exit status and standard error tell whether somebody must look at what was left out; what must be looked at is
        told here by its reason, not by what the program says of it."""
        result = self.run_at("calendar", "import", path, *options, at=at)
        self.assertIn(result.status, (0, 3), result.errors)
        rows = result.objects[0]["skipped"] if "--json" in options else []
        for row in rows:
            self.assertEqual(row["check"], row["reason"] not in HARMLESS or (row["reason"] == "repeated" and row["check"]), row)
        if "--json" in options:
            checks = sum(row["check"] for row in rows) + len(result.objects[0]["perhaps_moved"])
            self.assertEqual((result.objects[0]["counts"]["check"], result.status), (checks, 3 if checks else 0))
            self.assertEqual(re.findall(r": (\d+) mục", result.errors), [str(checks)] if checks else [])
        self.assertEqual(result.errors.count("\n"), 1 if result.status else 0)
        return result

    def take(self, content, *options, at=AT):
        """What the import says, as JSON; the text says it too, and a rehearsal the same."""
        path = self.file(content)
        page = self.imported(path, "--dry-run", at=at)
        rehearsed = self.imported(path, "--dry-run", "--json", at=at)
        result = self.imported(path, "--json", *options, at=at)
        got = result.objects[0]
        self.assertEqual({**rehearsed.objects[0], "dry_run": got["dry_run"]}, got)
        self.assertEqual({page.status, rehearsed.status}, {result.status})
        for row in got["added"] + got["changed"] + got["perhaps_moved"]:
            self.assertIn(row["name"], page.text)
        return got

    def taken(self, content, **keywords):
        got = self.take(content, **keywords)
        return [row["date"] for row in got["added"]], [(row["reason"], row["date"]) for row in got["skipped"]]

    def bad(self, content, line, uid=None):
        """Refused whole, exit status 3, naming file, line and, where it is known, the UID."""
        before = self.head()
        path = self.file(content)
        for lang, word in (("vi", "dòng"), ("en", "line")):
            result = self.run_at("calendar", "import", path, "--lang", lang)
            self.assertEqual((result.status, result.bytes), (3, b""), result.errors)
            place = f"motcua: {path}, {word} {line}" + (f", UID {uid}" if uid else "") + ": "
            self.assertTrue(result.errors.startswith(place), (place, result.errors))
            self.assertRegex(result.errors, r"\A[^\n]+\n\Z")
            self.assertTrue(result.errors[:-1].isprintable(), result.errors)
        error = self.run_at("calendar", "import", path, "--json").objects[0]["error"]
        self.assertEqual(error["kind"], "bad_ics")
        self.assertEqual(self.head(), before)

    def unusable(self, content, *numbers):
        """Nothing written, exit status 3: file, first line, and the reasons with their numbers."""
        before, path = self.head(), self.file(content)
        for lang, word in (("vi", "dòng"), ("en", "line")):
            for more in ((), ("--dry-run",)):
                result = self.run_at("calendar", "import", path, "--lang", lang, *more)
                self.assertEqual((result.status, result.bytes), (3, b""), result.errors)
                self.assertRegex(result.errors, r"\Amotcua: " + re.escape(path) + f", {word} \\d+: [^\n]+\n\\Z")
                self.assertEqual(re.findall(r"\((\d+)\)", result.errors), list(numbers))
        self.assertEqual(self.run_at("calendar", "import", path, "--json").objects[0]["error"]["kind"], "no_usable_days")
        self.assertEqual(self.head(), before)
