"""What the tests of the command line share: a store of its own and a clock of its own for each test.

The clock starts at `clock` (Vietnamese time) with every call. Nothing of the environment of whoever runs the tests reaches the program.
"""
import fcntl
import json
import os
import pty
import shutil
import struct
import subprocess
import tempfile
import termios
import unittest

import clock

MOTCUA = os.path.abspath(os.environ.get("MOTCUA", "build/motcua"))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NAME = "Nguyễn Thị Hương"
MARRIAGE = "1.004873"  # xác nhận tình trạng hôn nhân: 3 working days
COPY = "2.000815"  # chứng thực bản sao: same day


def environment(home, **more):
    env = {"PATH": os.environ["PATH"], "HOME": home, "TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C"}
    env.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ})
    env.update(more)
    return env


class Desk(unittest.TestCase):
    clock = "2026-11-16 09:00:00"  # a Monday
    founded = True

    def setUp(self):
        self.home = tempfile.mkdtemp(prefix="motcua-cli-")
        self.store = os.path.join(self.home, "S")
        self.env = environment(self.home, MOTCUA_STORE=self.store)
        if self.founded:
            self.ok("init", "--office", "UBND xã Tơ Tung", "--agency", "H42.26.21")

    def tearDown(self):
        shutil.rmtree(self.home)

    def run_now(self, *args, stdout=subprocess.PIPE, program=MOTCUA, **env):
        """Runs motcua at self.clock; environment variables by name, None takes one away."""
        whole = {k: v for k, v in {**self.env, **self.clock_env(), **env}.items() if v is not None}
        return subprocess.run([program, *args], env=whole, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE)

    def at_terminal(self, rows, columns, *words, complaints=False, **env):
        """On a terminal of that size: the exit status, what the terminal got (what the program complains of, with `complaints`), and the rest."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        ends = {"stderr": slave, "stdout": subprocess.PIPE} if complaints else {"stdout": slave, "stderr": subprocess.PIPE}
        with subprocess.Popen([MOTCUA, *words], env={**self.env, **self.clock_env(), **env}, stdin=subprocess.DEVNULL, **ends) as done:
            os.close(slave)
            said = b""
            try:
                while more := os.read(master, 65536):
                    said += more
            except OSError:
                pass
            os.close(master)
            rest = (done.stdout or done.stderr).read().decode()
        return done.returncode, said.decode().replace("\r\n", "\n"), rest

    def clock_env(self):
        return clock.environment(self.clock)

    def ok(self, *args, **more):
        done = self.run_now(*args, **more)
        self.assertEqual(done.returncode, 0, (args, done.stdout[:2000], done.stderr))
        self.assertEqual(done.stderr, b"", args)
        return done.stdout.decode()

    def objects(self, *args, **more):
        return [json.loads(line) for line in self.ok("--json", *args, **more).splitlines()]

    def object(self, *args, **more):
        found = self.objects(*args, **more)
        self.assertEqual(len(found), 1, args)
        return found[0]

    def head(self):
        return self.object("stat")["journal"]

    def sentence(self, done):
        """One sentence of complaint, nothing in it that could act on a terminal."""
        said = done.stderr.decode()
        self.assertTrue(said.startswith("motcua: "), (done.args, said))
        self.assertEqual(said.count("\n"), 1, said)
        self.assertTrue(said.endswith("\n"), said)
        for c in said[:-1]:
            self.assertTrue(c.isprintable(), (c, said))
        return said

    def refused(self, kind, *args, status=1, **more):
        """Refused with this kind in both languages, and nothing written."""
        before = self.head() if self.founded else None
        said = {}
        for lang in ("vi", "en"):
            done = self.run_now(*args, "--json", "--lang", lang, **more)
            self.assertEqual(done.returncode, status, (args, done.stdout[:2000], done.stderr))
            said[lang] = self.sentence(done)
            error = json.loads(done.stdout)["error"]
            self.assertEqual(error["kind"], kind, (args, error))
            self.assertEqual(sorted(error), ["kind", "law", "message"])
            self.assertIn(error["message"], said[lang])
            if error["law"]:
                self.assertIn(error["law"], said[lang])
        self.assertNotEqual(said["vi"], said["en"])
        plain = self.run_now(*args, **more)
        self.assertEqual((plain.returncode, plain.stdout), (status, b""), args)
        if before:
            self.assertEqual(self.head(), before, args)
        return error

    def wrong(self, *args, says=None, **more):
        """A wrong command line: exit status 2, one sentence that sends to the help, nothing on standard output."""
        before = self.head() if self.founded else None
        done = self.run_now(*args, **more)
        self.assertEqual(done.returncode, 2, (args, done.stdout[:2000], done.stderr))
        self.assertEqual(done.stdout, b"", args)
        said = self.sentence(done)
        if says:
            self.assertIn(says, said)
        if before:
            self.assertEqual(self.head(), before, args)
        return said

    def receive(self, *more, procedure=MARRIAGE, name=NAME):
        return self.object("receive", "--procedure", procedure, "--applicant", name, *more)

    def codes(self, *args):
        return [d["code"] for d in self.objects(*args)]
