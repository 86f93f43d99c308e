"""How a command line is read: options, language, where the store is, help; and what is said when it is wrong."""
import json
import os
import unittest

from desk import MARRIAGE, NAME, Desk

COMMANDS = ["receive", "transfer", "supplement", "restart", "await-payment", "paid", "apologize", "resolve", "return", "refuse", "withdraw", "stop",
            "void", "undo", "correct", "rate", "fee", "late", "turn-away", "turn-away list", "turn-away print", "show", "explain", "due", "list", "search", "morning", "report", "qr", "print",
            "procedure list", "procedure show", "procedure put", "procedure steps", "procedure import", "procedure retire", "officer list", "officer put", "officer retire",
            "calendar show", "calendar holiday", "calendar worked", "calendar closed", "calendar remove", "calendar plan", "calendar hours",
            "calendar import", "calendar export", "import csv", "export csv", "export jsonl", "export journal", "config", "clock show", "clock accept", "backup", "restore", "compact", "stat", "verify",
            "init", "demo"]


class Reading(Desk):
    def test_global_options_stand_anywhere(self):
        del self.env["MOTCUA_STORE"]
        expected = self.objects("-s", self.store, "stat")
        for line in (("stat", "-s", self.store, "--json"), ("--json", "stat", "--store=" + self.store), ("--json", "--store", self.store, "stat"),
                     ("stat", "--json", "-s" + self.store)):
            self.assertEqual([json.loads(self.ok(*line))], expected)

    def test_values_with_and_without_equals(self):
        a = self.object("receive", "--procedure=" + MARRIAGE, "--applicant=A = B")
        self.assertEqual(a["applicant"]["name"], "A = B")
        b = self.object("receive", "--procedure", MARRIAGE, "--applicant", "--phone")  # a value may look like an option
        self.assertEqual(b["applicant"]["name"], "--phone")

    def test_two_dashes_end_options(self):
        self.receive(name="--json")
        self.assertEqual(len(self.objects("search", "--", "--json")), 1)

    def test_wrong_lines(self):
        receive = ("receive", "--procedure", MARRIAGE, "--applicant", NAME)
        self.wrong("nonsense", says="nonsense")
        self.wrong("procedure", says="list, show")
        self.wrong("procedure", "remove", says="list, show")
        self.wrong("officer", "--json")
        self.wrong("receive", says="--procedure")
        self.wrong("receive", "--procedure", MARRIAGE, says="--applicant")
        self.wrong(*receive, "--bogus", "x", says="--bogus")
        self.wrong(*receive, "--appl", "x", says="--appl")  # no abbreviations
        self.wrong(*receive, "--serve=yes", says="--serve")
        self.wrong(*receive, "-x", says="-x")
        self.wrong(*receive, "--phone", "1", "--phone", "2", says="--phone")
        self.wrong(*receive, "--outside", "--outside", says="--outside")
        self.wrong(*receive, "--outside=yes", says="--outside")
        self.wrong(*receive, "--phone", says="--phone")
        self.wrong(*receive, "one", says="thừa ít nhất một từ")
        self.wrong(*receive, "--channel", "pigeon", says="direct, online, postal")
        self.wrong(*receive, "--collect", "direct", says="desk, postal, online")
        for sets in ("0", "-1", "x", "", "1001", "1.5", "99999999999999999999"):
            self.wrong(*receive, "--sets", sets, says="--sets")
        for fee in ("-1", "2.000", "", "1e3"):
            self.wrong(*receive, "--fee", fee, says="--fee")
        self.wrong(*receive, "--code", "", says="--code")
        self.wrong(*receive, "--officer", "", says="--officer")
        self.wrong("receive", "--procedure", "", "--applicant", NAME, says="--procedure")
        self.wrong("show")
        self.wrong("show", "")
        self.wrong("show", "a", "b")
        self.wrong("transfer", "--to", "root")
        self.wrong("transfer", "0001")
        self.wrong("transfer", "0001", "", "--to", "root")
        self.wrong("search")
        self.wrong("search", "")
        self.wrong("search", "  ")
        self.wrong("search", "--max", "-1", "n")
        self.wrong("search", *("abcdefghijklmnopq"))
        self.wrong("search", b"Nguy\xe1\xbb")
        self.wrong("search", "a\x07b")
        self.wrong("search", "x" * 1001, says="dài quá")
        self.wrong("list", "--status", "overdu", says="overdu")
        self.wrong("list", "--status", "")
        self.wrong("list", "--status", "overdue,")
        self.wrong("list", "--sort", "name")
        self.wrong("list", "--csv", "--json")
        self.wrong("list", "--max", "many")
        for span in ("2026", "2026-11-16", "..", "2026-11-20..2026-11-16", "2026-11-16..x", "2026-11-16T10:00.."):
            self.wrong("list", "--received", span, says="--received")
            self.wrong("list", "--due", span, says="--due")
        self.wrong("officer", "put", "nam", "--name", "Nam")
        self.wrong("officer", "put", "nam", "--role", "officer")
        self.wrong("officer", "put", "nam", "--name", "Nam", "--role", "boss", says="officer, specialist, chief, admin")
        self.wrong("--color", "green", "stat")
        self.wrong("--lang", "fr", "stat", says="vi, en")
        self.wrong("--store", "", "stat")
        self.wrong("--json")
        self.wrong("--unmask", "list")

    def test_times(self):
        for command in (("receive", "--procedure", MARRIAGE, "--applicant", "A", "--at"), ("resolve", "0001", "--at"), ("morning", "--as-of"),
                        ("apologize", "0001", "--reason", "x", "--until"), ("list", "--as-of")):
            for time in ("", "yesterday", "2026-02-29", "2026-11-16T25:00", "2026-11", "16-11-2026", "2026-11-16T09:00:61", "0000-00-00"):
                with self.subTest(command=command, time=time):
                    self.wrong(*command, time, says=command[-1])

    def test_what_was_typed_never_reaches_the_terminal_raw(self):
        for evil in (b"\x1b]0;x\x07", b"\xff\xfe", "‮x".encode(), b"a\nb", b"\x9b31m", ("x" * 100000).encode()):
            with self.subTest(evil[:10]):
                for line in ((evil,), ("--" + "x", evil), ("show", evil, "b"), ("list", "--status", evil), ("list", "--sort", evil),
                             ("due", "--limit", evil, "--received", "2026-11-16")):
                    self.assertLess(len(self.wrong(*line)), 600)

    def test_init_asks_for_name_and_agency(self):
        self.env["MOTCUA_STORE"] = self.home + "/other"
        self.founded = False
        for line in (("init",), ("init", "--office", "A"), ("init", "--agency", "H1"), ("init", "--office", "A", "--agency", "H1", "--utc-offset", "7"),
                     ("init", "--office", "A", "--agency", "H1", "--utc-offset", "+15:00"), ("init", "x", "--office", "A", "--agency", "H1")):
            self.wrong(*line)
            self.assertFalse(os.path.exists(self.home + "/other"))
        for dossiers in ("0", "1000001", "-5", "x"):
            self.wrong("demo", "--dossiers", dossiers)
        self.wrong("demo", "--until", "2026-11-17", says="--until")  # tomorrow
        self.wrong("demo", "--until", "1990-01-01", says="--until")
        self.wrong("demo", "--seed", "a")
        self.assertFalse(os.path.exists(self.home + "/other"))


class Language(Desk):
    def test_who_decides(self):
        vietnamese, english = "Cơ quan", "Office"
        self.assertIn(vietnamese, self.ok("stat"))
        self.assertIn(english, self.ok("stat", MOTCUA_LANG="en"))
        self.assertIn(vietnamese, self.ok("stat", "--lang", "vi", MOTCUA_LANG="en"))
        self.assertIn(english, self.ok("--lang=en", "stat", LC_ALL="vi_VN.UTF-8"))
        self.assertIn(vietnamese, self.ok("stat", MOTCUA_LANG=""))
        self.wrong("stat", MOTCUA_LANG="fr", says="MOTCUA_LANG")

    def test_complaints_follow_wherever_it_stands(self):
        self.assertIn("there is no command", self.wrong("nonsense", "--lang", "en"))
        self.assertIn("không có lệnh", self.wrong("nonsense", "--lang", "vi", MOTCUA_LANG="en"))
        self.assertIn("no option", self.wrong("list", "--bogus", MOTCUA_LANG="en"))


class Place(Desk):
    def test_where_the_store_is(self):
        def path(**env):
            return self.object("stat", **env)["store"]
        self.assertEqual(path(), self.store)
        home, data = self.home + "/home", self.home + "/data"
        self.ok("-s", data + "/motcua", "init", "--office", "B", "--agency", "B1")
        self.ok("init", "--office", "C", "--agency", "C1", HOME=home, MOTCUA_STORE="")
        self.assertEqual(path(MOTCUA_STORE=None, XDG_DATA_HOME=data), data + "/motcua")
        self.assertEqual(path(MOTCUA_STORE=None, HOME=home), home + "/.local/share/motcua")
        self.assertEqual(path(MOTCUA_STORE="", XDG_DATA_HOME="", HOME=home), home + "/.local/share/motcua")
        self.assertEqual(path(MOTCUA_STORE=None, XDG_DATA_HOME="data", HOME=home), home + "/.local/share/motcua")  # not absolute

    def test_no_store(self):
        self.founded = False
        for line in (("list",), ("stat",), ("morning",), ("show", "0001"), ("search", "n"), ("officer", "list"),
                     ("receive", "--procedure", MARRIAGE, "--applicant", NAME)):
            self.refused("no_store", *line, MOTCUA_STORE=self.home + "/none")
        self.assertFalse(os.path.exists(self.home + "/none"))

    def test_damage_is_never_a_place_for_a_new_store(self):
        self.founded = False
        empty = self.home + "/empty"
        os.mkdir(empty)
        open(empty + "/data.mdb", "w").close()
        done = self.run_now("list", MOTCUA_STORE=empty)
        self.assertEqual(done.returncode, 4, done.stderr)
        self.sentence(done)
        for line in (("init", "--office", "A", "--agency", "H1"), ("demo",)):
            self.refused("store_exists", *line, MOTCUA_STORE=empty)
        self.assertEqual(os.path.getsize(empty + "/data.mdb"), 0)


class Help(Desk):
    founded = False

    def test_every_command_has_help_in_both_languages(self):
        for command in COMMANDS + [""]:
            for flag in ("--help", "-h"):
                vietnamese = self.ok(*command.split(), flag)
                english = self.ok(*command.split(), flag, "--lang", "en") if flag == "--help" else self.ok("--lang", "en", *command.split(), flag)
                self.assertIn("Cách dùng: motcua " + command, vietnamese)
                self.assertIn("Usage: motcua " + command, english)
                for page in (vietnamese, english):
                    for line in page.splitlines():
                        self.assertTrue(len(line) <= 80 or line.startswith(("Cách", "Usage")), line)
        for group in ("procedure", "officer", "calendar"):
            self.assertIn(group + " ", self.ok(group, "--help"))

    def test_help_names_every_command(self):
        page = self.ok("--help")
        for command in COMMANDS + ["export"]:
            self.assertIn("\n  " + command + " ", page)

    def test_help_wins_over_what_is_missing(self):
        self.assertIn("--applicant", self.ok("receive", "--help"))
        self.assertIn("--applicant", self.ok("receive", "--phone", "1", "--help"))

    def test_version(self):
        self.assertRegex(self.ok("--version"), r"^motcua \d+\.\d+\.\d+\n$")

    def test_the_screen_needs_a_terminal(self):
        done = self.run_now()
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.sentence(done)


class Colour(Desk):
    def shown(self, *args, **env):
        status, said, _ = self.at_terminal(24, 80, *args, **{"TERM": "xterm-256color", **env})
        self.assertEqual(status, 0)
        return said

    def test_who_decides(self):
        self.receive("--at", "2026-11-02T08:00")  # overdue
        self.assertNotIn("\x1b", self.ok("list"))
        self.assertIn("\x1b[", self.ok("list", "--color", "always"))
        self.assertIn("\x1b[", self.shown("list"))
        self.assertNotIn("\x1b", self.shown("list", NO_COLOR="1"))
        self.assertNotIn("\x1b", self.shown("list", TERM="dumb"))
        self.assertNotIn("\x1b", self.shown("list", "--color", "never"))
        self.assertIn("\x1b[", self.shown("list", "--color", "always", NO_COLOR="1"))
        self.assertIn("Quá hạn", self.shown("list", NO_COLOR="1"))  # readable without colour

    def test_lists_fit_the_terminal(self):
        self.receive(name="Nguyễn " + "Hương " * 60)
        waiting = [self.receive(name="Nguyễn " + "Hương " * 60)["code"] for _ in range(2)]
        self.ok("supplement", waiting[0], "--reason", "Thiếu " * 30, "--need", "Giấy " * 30)
        self.ok("await-payment", waiting[1])
        self.ok("transfer", self.receive("--at", "2026-11-02T08:00")["code"], "--unit", "Chi cục Thuế khu vực " * 5)
        for command in (("list",), ("list", "--lang", "en"), ("search", "huong"), ("morning",), ("officer", "list"), ("procedure", "list"), ("show", waiting[0]),
                        ("explain", waiting[0]), ("explain", waiting[1], "--lang", "en")):
            for line in self.shown(*command, NO_COLOR="1").splitlines():
                self.assertLessEqual(len(line), 80, line)
        self.assertIn("Hương " * 60, self.ok("list") + " ")  # elsewhere nothing is cut


if __name__ == "__main__":
    unittest.main()
