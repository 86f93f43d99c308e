"""A calendar that gets the better of the parser: the process it is read in has no store, and whatever becomes of it nothing is written."""

import os
import re
import struct
import threading

from days_desk import AT, DaysWorld, calendar, date, event

GOOD = calendar(event(date("2026-12-24"), uid="x@y"))


def text(value):
    value = value.encode() if isinstance(value, str) else value
    return struct.pack(">I", len(value)) + value


def entry(skip=0, line=4, day=20811, kind=1, name="Nghỉ", document="", uid="x@y", zone=""):
    return struct.pack(">BIqB", skip, line, day, kind) + text(name) + text(document) + text(uid) + text(zone)


def found(*entries, count=None, more=b""):
    return b"\x01" + struct.pack(">I", len(entries) if count is None else count) + b"".join(entries) + more


class Apart(DaysWorld):
    def hostile(self, how, *options, **environment):
        path = self.file(GOOD)
        return self.with_preload("hostile.so", {"HOSTILE_ICAL": how, **environment}, "calendar", "import", path, *options)

    def nothing(self, how, status, kind, **environment):
        before = self.head()
        for lang in ("vi", "en"):
            result = self.hostile(how, "--lang", lang, **environment)
            self.assertEqual((result.status, result.bytes), (status, b""), (how, result.errors))
            self.assertRegex(result.errors, r"\Amotcua: [^\n]*" + re.escape(self.path("days.ics")) + r"[^\n]+\n\Z")
            if kind == "slow":
                break
        if kind != "slow":
            self.assertEqual(self.hostile(how, "--json", **environment).objects[0]["error"]["kind"], kind)
        self.assertEqual(self.head(), before)
        return result

    def test_it_falls(self):
        # A sanitizer takes more room than a process apart may have, and talks of it.
        for how in ("abort", "segv", "exit", "flood") + (() if "ASAN_OPTIONS" in os.environ else ("memory",)):
            with self.subTest(how=how):
                self.nothing(how, 3, "bad_reader")

    def test_it_never_ends(self):
        for how in ("loop", "sleep", "linger"):
            with self.subTest(how=how):
                self.assertIn("quá lâu", self.nothing(how, 3, "slow").errors)

    def test_it_is_stopped(self):
        self.nothing("kill", 4, "reader_stopped")

    def test_it_has_no_store(self):
        """Nor any other file than its socket, nor rights to gain, nor a core to leave, and it may not take all memory."""
        self.assertEqual(self.hostile("look", HOSTILE_LOG=self.home).status, 0)
        logs = {}
        for name in ("maps", "fd", "limits", "status"):
            with open(self.path(name), encoding="utf-8") as f:
                logs[name] = f.read()
        self.assertIn("libical", logs["maps"])
        self.assertNotIn("data.mdb", logs["maps"])
        self.assertNotIn(self.environment["MOTCUA_STORE"], logs["maps"] + logs["fd"])
        files = dict(line.split(" ", 1) for line in logs["fd"].splitlines())
        self.assertEqual(sorted(files), ["0", "1", "2", "3"])
        self.assertTrue(files["3"].startswith("socket:"))
        self.assertEqual(files["0"], "/dev/null")
        limits = {m[1]: (m[2], m[3]) for m in re.finditer(r"^(Max [a-z ]+?)  +(\S+) +(\S+)", logs["limits"], re.M)}
        self.assertEqual(limits["Max cpu time"], ("20", "21"))
        self.assertEqual(limits["Max core file size"], ("0", "0"))
        self.assertEqual(limits["Max processes"], ("0", "0"))  # one would keep the socket open for ever
        self.assertRegex(logs["status"], r"NoNewPrivs:\t1\n")
        if "ASAN_OPTIONS" not in os.environ:
            self.assertEqual(limits["Max address space"], (str(1 << 30),) * 2)

    def test_it_can_do_nothing_else(self):
        """Whoever takes it over changes no file, reaches no other process and no network. Reading the system's time zones it still can."""
        with open("/proc/self/status", encoding="utf-8") as f:
            if "Seccomp:" not in f.read():
                self.skipTest("this kernel filters no system calls")
        victim = self.path("victim")
        with open(victim, "w") as f:
            f.write("as it was")
        before = set(os.listdir(self.home))
        zoned = event("DTSTART;TZID=Europe/Warsaw:20261223T180000", "DTEND;TZID=Europe/Warsaw:20261224T180000")
        path = self.file(calendar(zoned))
        result = self.with_preload("hostile.so", {"HOSTILE_ICAL": "try", "HOSTILE_LOG": victim}, "calendar", "import", path, "--json")
        self.assertEqual((result.status, [d["date"] for d in result.objects[0]["added"]]), (0, ["2026-12-24"]), result.errors)
        self.assertEqual(set(os.listdir(self.home)) - before, {"days.ics"})
        with open(victim) as f:
            self.assertEqual(f.read(), "as it was")

    def answered(self, answer):
        return self.hostile("lie", "--json", HOSTILE_BYTES=answer.hex())

    def test_it_lies(self):
        """What takes over the process can say what it likes: only days that could stand in a file come of it."""
        taken = self.answered(found(entry()))
        self.assertEqual((taken.status, [d["date"] for d in taken.objects[0]["added"]]), (0, ["2026-12-24"]))
        before = self.head()
        for answer in (b"", b"\x00", b"\x01", b"\x04", found(entry(), more=b"\x00"), found(entry(), count=2), found(entry(), count=0), found(entry(), count=0xffffffff),
                       found(entry(skip=200)), found(entry(line=0)), found(entry(line=11)), found(entry(line=1 << 31)), found(entry(day=1 << 40)), found(entry(day=0)),
                       found(entry(day=-(1 << 31))), found(entry(day=50000)), found(entry(kind=0)), found(entry(kind=4)), found(entry(kind=255)), found(entry(name="")),
                       found(entry(name=" a")), found(entry(name="a\x1b[31m")), found(entry(name=b"\xff")), found(entry(name="e\u0302")), found(entry(name="x" * 1001)),
                       found(entry(document="a\nb")), found(entry(document="\u202e")), found(entry(uid=b"\xc3")), found(entry(uid="u" * 1001)), found(entry(zone=b"\xed\xa0\x80")),
                       found(entry(skip=2, kind=1)), found(entry(skip=2, kind=0, document="x")), found(entry(skip=2, kind=0, day=10 ** 7)), found(entry())[:-1], b"\x02\xff" + struct.pack(">I", 1) + text(""), b"\x02\x00" + struct.pack(">I", 0) + text(""), b"\x02\x00" + struct.pack(">I", 1) + text(b"\xff")):
            with self.subTest(answer=answer[:40]):
                result = self.answered(answer)
                self.assertEqual((result.status, result.objects[0]["error"]["kind"]), (3, "bad_reader"), result.errors)
        self.assertEqual(self.head(), before)
        evil = self.answered(found(entry(skip=2, kind=0, name="\x1b]0;x\x07", uid="\x1b[31m", zone="\x9b"), entry()))
        self.assertEqual(evil.status, 3)  # timed: that is for a person
        self.assertNotRegex(evil.text + evil.errors, r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")

    # ---- between others ----

    def test_killed_in_the_middle(self):
        """calcurse #529: all of a file or nothing of it, wherever the importer dies while it writes."""
        days = [f"2026-12-{d:02}" for d in range(7, 31)]
        path = self.file(calendar(*(event(date(d), uid=d) for d in days)))
        log, seen = self.path("log"), set()
        under = {"FAULTS_UNDER": self.environment["MOTCUA_STORE"]}
        for at in range(1, 40):
            if os.path.exists(log):
                os.remove(log)
            result = self.with_preload("faults.so", {**under, "FAULTS_AT": str(at), "FAULTS_ERROR": "kill", "FAULTS_LOG": log, "FAULTS_WHEN": ("before", "half", "after")[at % 3]},
                                       "calendar", "import", path)
            recorded = set(self.days()) & set(days)
            self.assertIn(len(recorded), (0, len(days)), (at, result.errors))
            seen.add(len(recorded))
            if recorded:
                break
        self.assertEqual(seen, {0, len(days)})
        self.assertEqual(self.done("verify", "--json", at=AT).objects[0]["ok"], True)
        self.assertEqual(self.imported(path, "--json").objects[0]["counts"]["unchanged"], len(days))

    def test_two_at_once(self):
        """calcurse #448, #306: whoever else writes meanwhile, nothing is lost and nobody is refused."""
        files = [self.file(calendar(*(event(date(f"2027-{month:02}-{d:02}"), uid=f"{month}-{d}", name=f"Tháng {month}") for d in range(1, 29))), f"{month}.ics") for month in (3, 5, 6, 7)]
        results = []

        def run(path):
            results.append(self.run_at("calendar", "import", path, "--json"))
        threads = [threading.Thread(target=run, args=(path,)) for path in files]
        for t in threads:
            t.start()
        code = self.done("receive", "--procedure", "1.004873", "--applicant", "Nguyễn Thị Hương", "--limit", "25 working_days", "--json", at=AT).objects[0]["code"]
        for t in threads:
            t.join()
        self.assertEqual([r.status for r in results], [0] * len(files), [r.errors for r in results])
        self.assertEqual(sum(name.startswith("Tháng ") for kind, name, document in self.days(2027).values()), 4 * 28)
        self.assertEqual(self.done("show", code, "--json", at=AT).objects[0]["code"], code)
