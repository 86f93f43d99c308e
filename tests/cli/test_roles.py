"""Who may ask what: an unknown or retired login sees procedures, days and due times, and is told whom to ask."""
import os
import pty
import shutil
import subprocess
import unittest

import clock
from desk import MARRIAGE, MOTCUA, NAME, Desk
from test_waiting import ASK


class Strangers(Desk):
    def setUp(self):
        super().setUp()
        self.code = self.receive()["code"]
        self.ok("officer", "put", "lan", "--name", "Nguyễn Thị Lan", "--role", "admin")
        self.ok("transfer", self.code, "--to", "lan")
        self.ok("officer", "retire", "root")

    def test_what_is_nobodys_secret(self):
        for line in (("due", "--procedure", MARRIAGE, "--received", "2026-11-16"), ("due", "--limit", "3 working_days", "--received", "2026-11-16", "--explain"),
                     ("procedure", "list"), ("procedure", "show", MARRIAGE), ("calendar", "show"), ("calendar", "show", "2027"), ("calendar", "export")):
            self.ok(*line)
        self.ok("--help")
        self.ok("show", "--help")

    def test_everything_else(self):
        c = self.code
        for line in (("show", c), ("explain", c), ("list",), ("list", "--status", "all", "--csv"), ("search", "huong"), ("morning",), ("stat",),
                     ("officer", "list"), ("config",), ("export", "ics"), ("export", "jsonl"), ("export", "journal"), ("import", "csv", "/no/such.csv"), ("list", "--as-of", "2026-11-16"), ("show", "9999"),
                     ("receive", "--procedure", MARRIAGE, "--applicant", NAME), ("transfer", c, "--to", "lan"), ("transfer", c, "9999", "--to", "lan"),
                     ("supplement", c, *ASK), ("restart", c), ("await-payment", c), ("paid", c, "--within", "1 working_day"),
                     ("apologize", c, "--reason", "x", "--until", "2026-12-01"), ("resolve", c), ("return", c), ("refuse", c, "--reason", "x"),
                     ("withdraw", c, "--reason", "x"), ("stop", c, "--reason", "x"), ("void", c, "--reason", "x"), ("undo", c, "--reason", "x"),
                     ("correct", c, "--reason", "x", "phone=1"), ("rate", c, "5"), ("officer", "put", "root", "--name", "R", "--role", "admin"),
                     ("calendar", "holiday", "2026-12-24", "x"), ("config", "soon.days", "2"), ("procedure", "retire", MARRIAGE), ("clock", "show"),
                     ("clock", "accept", "--reason", "x")):
            with self.subTest(line):
                done = self.run_now(*line, "--lang", "en")
                self.assertEqual((done.returncode, done.stdout), (1, b""))
                self.assertIn("Nguyễn Thị Lan", self.sentence(done))
                self.assertNotIn("Hương", done.stderr.decode())
                if "--csv" not in line:
                    self.assertIn(b'"kind":"not_allowed"', self.run_now(*line, "--json").stdout)

    def test_the_screen(self):
        ours, theirs = pty.openpty()
        done = subprocess.run([MOTCUA], env={**self.env, **self.clock_env(), "TERM": "xterm-256color"}, stdin=theirs, stdout=theirs,
                              stderr=subprocess.PIPE, close_fds=True, timeout=20)
        os.close(theirs)
        os.close(ours)
        self.assertEqual(done.returncode, 1)
        self.assertIn("Nguyễn Thị Lan", done.stderr.decode())


@unittest.skipUnless(os.geteuid() == 0, "another login needs root")
class Others(Desk):
    """Two people at one store: the login is that of the real user id."""

    def by_nobody(self, *args):
        for folder in (self.home, self.store):
            os.chmod(folder, 0o777)
        for name in os.listdir(self.store):
            os.chmod(os.path.join(self.store, name), 0o666)
        # Wherever the checkout lies, these two can be reached.
        program, library = (shutil.copy(f, self.home) for f in (MOTCUA, clock.LIBRARY))
        return subprocess.run([program, *args], env={**self.env, **self.clock_env(), "LD_PRELOAD": library}, stdin=subprocess.DEVNULL,
                              capture_output=True, user="nobody")

    def test_what_others_did(self):
        code = self.receive()["code"]
        self.ok("resolve", code)
        done = self.by_nobody("list", "--json")
        self.assertIn(b'"kind":"not_allowed"', done.stdout)
        self.assertEqual(self.by_nobody("due", "--procedure", MARRIAGE, "--received", "2026-11-16").returncode, 0)
        self.ok("officer", "put", "nobody", "--name", "Không Ai", "--role", "officer")
        self.assertEqual(self.by_nobody("list").returncode, 0)
        done = self.by_nobody("undo", code, "--reason", "x", "--json")
        self.assertIn(b'"kind":"not_allowed"', done.stdout)
        self.ok("officer", "put", "nobody", "--name", "Không Ai", "--role", "chief")
        self.assertEqual(self.by_nobody("undo", code, "--reason", "x").returncode, 0)
        self.assertEqual(self.object("show", code)["history"][-1]["by"], "nobody")
