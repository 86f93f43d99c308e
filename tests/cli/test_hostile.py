"""Hostile text through every way in and out: nothing of it is stored, nothing of it reaches a terminal or a spreadsheet."""
import csv
import io
import json
import os
import unicodedata

import hostile
from desk import COPY, MOTCUA, NAME, Desk

LONG = b"A" * 100_000  # the system takes no longer word; a million characters come in by files


class Hostile(Desk):
    def setUp(self):
        super().setUp()
        self.ok("officer", "put", "nam", "--name", "Nam", "--role", "specialist")
        self.open = self.receive("--note", "một\nhai")["code"]

    def call(self, command, **more):
        return self.run_now(*[self.open if word == "{open}" else word for word in command], **more)

    def harmless(self, done, what):
        """Whatever was said, to whomever: text, and nothing that acts."""
        self.assertIn(done.returncode, (0, 1, 2, 3, 4), (what, done.stderr[-300:]))
        for stream in (done.stdout, done.stderr):
            try:
                text = stream.decode()
            except UnicodeDecodeError as e:
                self.fail(f"{what}: {e}: {stream[:300]!r}")
            self.assertIsNone(hostile.acts(text.replace("\r\n", "\n")), (what, stream[:600]))
        if done.returncode:
            self.assertTrue(done.stderr.startswith(b"motcua: "), (what, done.stderr[:300]))
            self.assertLess(len(done.stderr), 4000, what)
        else:
            self.assertEqual(done.stderr, b"", what)

    def store_is_clean(self):
        """Every text of the store, as JSON tells it, is one that may be stored."""
        def walk(value, path):
            if isinstance(value, str):
                self.assertIsNone(hostile.acts(value), (path, value))
                self.assertNotIn("\ufffd", value, path)
            for k, v in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
                walk(v, (*path, k))
        codes = [d["code"] for d in self.objects("list", "--status", "all")]
        self.assertTrue(codes)
        for code in codes:
            walk(self.object("show", code, "--unmask"), (code,))
        for command in (["stat"], ["config"], ["officer", "list"], ["procedure", "list"], ["calendar", "show", "2026"]):
            walk(self.objects(*command), tuple(command))

    def test_nothing_hostile_is_taken_in(self):
        """In every place of every command."""
        before = self.head()
        for name, bad in [*hostile.BAD.items(), ("long", LONG)]:
            for command in hostile.COMMANDS:
                for at in hostile.slots(command):
                    given = [w.encode() for w in command]
                    given[at] = given[at].split(b"=")[0] + b"=" + bad if b"=" in given[at] else bad
                    done = self.run_now(*[self.open if w == b"{open}" else w for w in given])
                    self.harmless(done, (name, command[:2], command[at - 1], at))
        self.assertEqual(self.head(), before)
        self.store_is_clean()

    def test_in_json_and_english_too(self):
        bad = b"\xff".join(hostile.BAD.values())
        for command in hostile.COMMANDS:
            for at in hostile.slots(command):
                given = [self.open.encode() if w == "{open}" else w.encode() for w in command]
                given[at] = bad
                done = self.run_now("--json", "--lang", "en", *given)
                self.harmless(done, (command[:2], at))
                for line in done.stdout.decode().splitlines() if command[0] != "export" else ():
                    json.loads(line)

    def test_names_of_options_and_commands(self):
        for name, bad in hostile.BAD.items():
            for words in ([bad], [b"--" + bad], [b"--" + bad + b"=" + bad], [b"-" + bad], ["officer", bad], ["show", self.open, b"--" + bad],
                          ["show", self.open, bad], ["list", "--csv=" + "x", bad], ["--lang", bad, "stat"], ["--color=" + "x", "stat"],
                          ["--json", bad], ["export", bad], ["calendar", "export", b"--" + bad], [b"-s" + bad, "stat"]):
                done = self.run_now(*words)
                self.assertNotEqual(done.returncode, 0, words)
                self.harmless(done, (name, words))

    def test_a_founding(self):
        fields = ["--office", "UBND", "--agency", "H1", "--parent", "P", "--place", "X", "--group", "nogroup", "--utc-offset", "+07:00"]
        for name, bad in [*hostile.BAD.items(), ("long", LONG)]:
            for at in range(1, len(fields), 2):
                given = [*fields[:at], bad, *fields[at + 1:]]
                place = os.path.join(self.home, "new")
                done = self.run_now("init", *given, MOTCUA_STORE=place)
                self.assertIn(done.returncode, (1, 2), (name, fields[at - 1]))
                self.harmless(done, (name, fields[at - 1]))
                self.assertFalse(os.path.exists(place), (name, fields[at - 1]))

    # ---- spreadsheets ----

    def cells(self, *args):
        out = self.ok("list", "--csv", "--status", "all", *args)
        self.assertIsNone(hostile.acts(out.lstrip("\ufeff").replace("\r\n", "\n")))
        rows = list(csv.reader(io.StringIO(out.lstrip("\ufeff"), newline="")))
        self.assertEqual({len(row) for row in rows}, {len(rows[0])})
        return rows

    def test_no_cell_is_a_formula(self):
        given = {}
        for i, formula in enumerate(hostile.FORMULAS):
            fields = ["--applicant", formula, "--phone", formula, "--unit", formula, "--code", f"F-{i:04}"]
            self.ok("receive", "--procedure", COPY, *fields)
            given[f"F-{i:04}"] = formula
        self.ok("procedure", "put", "9.9", "--name", "=HYPERLINK(1)", "--field", "@lĩnh vực", "--limit", "3 working_days")
        code = self.object("receive", "--procedure", "9.9", "--applicant", NAME)["code"]
        rows = self.cells("--unmask")
        seen = {row[0]: row for row in rows[1:]}
        for name, row in seen.items():
            for cell in row:
                self.assertFalse(cell.startswith(hostile.LEADS), (name, cell))
        for name, formula in given.items():
            self.assertEqual([self.unguarded(seen[name][at]) for at in (3, 7, 8)], [formula] * 3)
        self.assertEqual(self.unguarded(seen[code][1]), "=HYPERLINK(1)")
        self.assertEqual(self.unguarded(seen[code][2]), "@lĩnh vực")
        for row in rows[1:]:
            self.assertRegex(row[-1], r"^[0-9]+$")  # numbers stay numbers
        for row in self.cells():  # masked ones begin with what masks them
            for cell in row:
                self.assertFalse(cell.startswith(hostile.LEADS), cell)

    @staticmethod
    def unguarded(cell):
        """What an import makes of it: one `'` off what would be a formula behind any number of them."""
        return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(hostile.LEADS) else cell

    # ---- files that are read ----

    def file(self, name, content):
        path = os.path.join(self.home, name)
        with open(path, "wb") as f:
            f.write(content)
        return path

    def test_catalogues(self):
        head = b"code,case,name,field,limit_kind,limit_value,cutoff,clock,fee_vnd,online,postal\n"
        row = [b"9.1", b"", b"T\xc3\xaan", b"L", b"working_days", b"3", b"", b"", b"0", b"", b""]
        before = self.head()
        for name, bad in [*hostile.BAD.items(), ("NUL", b"a\0b"), ("a million", b"A" * 1_000_000)]:
            for at in range(len(row)):
                cells = [*row[:at], b'"' + bad + b'"', *row[at + 1:]]
                done = self.run_now("procedure", "import", self.file("c.csv", head + b",".join(cells) + b"\n"))
                self.assertEqual(done.returncode, 3, (name, at, done.stderr[:300]))
                self.harmless(done, (name, at))
            done = self.run_now("procedure", "import", self.file("c.csv", head.replace(b"case", bad) + b",".join(row) + b"\n"))
            self.harmless(done, (name, "a column"))
            self.harmless(self.run_now("procedure", "import", self.file("c.csv", bad)), (name, "alone"))
        seq = self.head()["seq"]
        self.assertLessEqual(seq - before["seq"], len(hostile.BAD) + 2)  # only where an unknown column was hostile
        self.store_is_clean()

    def test_calendars(self):
        def event(summary, uid=b"u1", date=b"20261207", more=b""):
            return (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:" + uid + b"\r\nDTSTAMP:20260101T000000Z\r\n"
                    b"DTSTART;VALUE=DATE:" + date + b"\r\nSUMMARY:" + summary + b"\r\n" + more + b"END:VEVENT\r\nEND:VCALENDAR\r\n")
        for name, bad in [*hostile.BAD.items(), ("NUL", b"a\0b"), ("a million", b"A" * 1_000_000)]:
            for ics in (event(bad), event(b"x", uid=bad), event(b"x", date=bad), event(b"x", more=b"COMMENT:" + bad + b"\r\n"),
                        event(b"x", more=bad + b":x\r\n"), event(b"x", more=b"CATEGORIES;X=" + bad + b":" + bad + b"\r\n"), bad):
                done = self.run_now("calendar", "import", "--dry-run", self.file("c.ics", ics))
                self.assertIn(done.returncode, (0, 1, 3), (name, done.stderr[:300]))
                self.harmless_words(done, (name, ics[:60]))
                self.run_now("calendar", "import", self.file("c.ics", ics))
        self.store_is_clean()

    def harmless_words(self, done, what):
        """As harmless(), of a command that may have something to say beside its answer."""
        for stream in (done.stdout, done.stderr):
            self.assertIsNone(hostile.acts(stream.decode()), (what, stream[:600]))

    def test_names_of_files(self):
        for name, bad in hostile.BAD.items():
            if b"/" in bad:
                continue
            path = os.path.join(self.home.encode(), bad)
            for words in (["procedure", "import", path], ["calendar", "import", path], ["export", "ics", "-o", path + b"/x/y"]):
                done = self.run_now(*words)
                self.assertIn(done.returncode, (1, 4), (name, words))
                self.harmless(done, (name, words))
            with open(path, "wb") as f:
                f.write(b"\x1b[31m,\xff\n")
            for words in (["procedure", "import", path], ["calendar", "import", path]):
                done = self.run_now(*words)
                self.assertEqual(done.returncode, 3, (name, words, done.stderr))
                self.harmless(done, (name, words))
            self.harmless(self.run_now("export", "ics", "-o", path), name)

    # ---- where it runs ----

    def test_a_folder_with_an_odd_name(self):
        """The store's own path holds what would act: it works, and is never shown raw."""
        for name, bad in hostile.BAD.items():
            place = os.path.join(self.home.encode(), b"s-" + bad.replace(b"/", b""))
            made = self.run_now("init", "--office", "UBND", "--agency", "H1", MOTCUA_STORE=place)
            self.assertEqual(made.returncode, 0, (name, made.stderr))
            self.harmless(made, name)
            for words in (["init", "--office", "UBND", "--agency", "H1"], ["stat"], ["stat", "--json"], ["list"], ["export", "ics"],
                          ["export", "ics", "-o", os.path.join(place, b"data.mdb")]):
                self.harmless(self.run_now(*words, MOTCUA_STORE=place), (name, words))
            with open(os.path.join(place, b"data.mdb"), "r+b") as f:
                f.truncate(5000)
            done = self.run_now("stat", MOTCUA_STORE=place)
            self.assertEqual(done.returncode, 4, name)
            self.harmless(done, name)
            os.unlink(os.path.join(place, b"data.mdb"))
            done = self.run_now("list", "-s", place)
            self.assertEqual(done.returncode, 1, name)
            self.harmless(done, name)

    def test_environments(self):
        for name, bad in [*hostile.BAD.items(), ("long", LONG), ("empty", b""), ("slashes", b"/" * 5000), ("dots", b"../" * 2000)]:
            for variable in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "MOTCUA_STORE", "TERM", "MOTCUA_LANG", "LANG", "LC_ALL", "LANGUAGE",
                             "NO_COLOR", "TZ", "COLUMNS", "LINES", "PATH", "USER", "LOGNAME", "TMPDIR", "MOTCUA_TEST_SYNC"):
                env = {variable: bad}
                if variable in ("HOME", "XDG_DATA_HOME"):
                    env["MOTCUA_STORE"] = None
                for words in (["stat"], ["morning"], ["stat", "--color", "always"]):
                    done = self.run_now(*words, **env)
                    self.assertIn(done.returncode, (0, 1, 2, 4), (name, variable))
                    if "--color" not in words and variable != "XDG_STATE_HOME":
                        self.harmless(done, (name, variable, words))
        self.assertEqual(self.run_now("stat", LC_ALL="xx_YY.KOI8", LANG="zz").returncode, 0)
        self.assertEqual(self.run_now("stat", MOTCUA_LANG="\x1b[31m").returncode, 2)

    def test_logins_and_groups(self):
        """Whoever keeps the machine's people may call them anything."""
        people = os.path.join(os.path.dirname(MOTCUA), "tests", "people.so")
        odd = {"marks": "Bí-thư".encode(), "a blank": b"an nguyen", "a domain": b"UBND\\an", "an address": b"an@xa.gov.vn", "long": b"a" * 300,
               "quotes": b"a'\"`$(id)", "nothing": b""}
        for name, login in [*hostile.BAD.items(), *odd.items()]:
            env = {**self.clock_env(), "LOGIN_IS": login}
            env["LD_PRELOAD"] = people + " " + env["LD_PRELOAD"]
            place = os.path.join(self.home, "of-" + name)
            made = self.run_now("init", "--office", "UBND", "--agency", "H1", MOTCUA_STORE=place, **env)
            self.harmless(made, name)
            self.assertEqual(made.returncode == 0, os.path.exists(os.path.join(place, "data.mdb")), name)
            for words in (["officer", "list"], ["receive", "--procedure", COPY, "--applicant", NAME], ["stat"], ["list", "--json"]):
                self.harmless(self.run_now(*words, MOTCUA_STORE=place, **env), (name, words))
                done = self.run_now(*words, **env)  # a stranger, in a store of others
                if words[0] == "receive":
                    self.assertEqual(done.returncode, 1, (name, words))
                self.harmless(done, (name, words))
            env = {**self.clock_env(), "LOGIN_IS": "an", "GROUP_IS": login}
            env["LD_PRELOAD"] = people + " " + env["LD_PRELOAD"]
            for group in (login, login + b"x"):
                place = os.path.join(self.home, "for-" + name + str(len(group)))
                done = self.run_now("init", "--office", "UBND", "--agency", "H1", "--group", group, MOTCUA_STORE=place, **env)
                self.harmless(done, (name, "group"))
                if login:
                    self.assertEqual(done.returncode, 0 if group == login else 1, (name, done.stderr))

    def test_python_knows_what_acts(self):
        """The judge itself: it must see each of them."""
        for name, bad in hostile.BAD.items():
            text = bad.decode("utf-8", "surrogateescape")
            self.assertTrue(hostile.acts(text) or any(0xFFFE == ord(c) & 0xFFFE for c in text), name)
        self.assertIsNone(hostile.acts("Nguyễn Thị Hương – ‘x’ \ufffd\n"))
        self.assertIsNone(hostile.acts(unicodedata.normalize("NFD", "Hương")))
