"""What the tests of a failing disk share: one command, run again and again, each time with another of its calls struck (tests/tools/faults.c).

Every command must end with "done" or with exit status 4 and one sentence. What it says must be so: what was reported saved is there, what was reported
failed is not, and only `maybe_saved` leaves it open. Whatever happened, the store is sound afterwards, and the same command then works.
"""
import concurrent.futures
import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

import clock
from desk import MOTCUA, NAME, Desk, environment

LIBRARY = os.path.join(os.path.dirname(MOTCUA), "tests", "faults.so")
LONG = bool(os.environ.get("MOTCUA_LONG"))
QUICK = bool(os.environ.get("MOTCUA_QUICK"))

WRITES = ("write", "pwrite", "writev", "pwritev")
SYNCS = ("fsync", "fdatasync")
NO_SPACE, BROKEN = str(errno.ENOSPC), str(errno.EIO)

# error, when, how many in a row (0: all from then on), which calls
WAYS = [
    (NO_SPACE, "before", 1, None),
    (BROKEN, "before", 1, None),
    (BROKEN, "after", 1, WRITES + SYNCS),
    (NO_SPACE, "half", 1, WRITES),
    (NO_SPACE, "before", 0, None),
    (BROKEN, "before", 0, None),
    (BROKEN, "after", 0, WRITES + SYNCS),
    (BROKEN, "after,before", 2, WRITES),
    (BROKEN, "after,before", 0, WRITES),
    ("kill", "before", 1, None),
    ("kill", "half", 1, WRITES),
    ("kill", "after", 1, WRITES),
]


def strikes(calls, ways=WAYS):
    """Each of these calls in each of these ways."""
    for at, name in enumerate(calls, 1):
        for error, when, times, names in ways:
            if names is None or name in names:
                yield {"FAULTS_AT": str(at), "FAULTS_ERROR": error, "FAULTS_WHEN": when, "FAULTS_TIMES": str(times)}


def sample(things, most):
    """All of them, or so many spread over them, the first and the last among them."""
    things = list(things)
    if LONG or len(things) <= most:
        return things
    return [things[i * (len(things) - 1) // (most - 1)] for i in range(most)]


class Scene:
    """A folder of its own in which one run of a command takes place."""

    def __init__(self, model):
        self.home = tempfile.mkdtemp(prefix="motcua-faults-")
        if model:
            shutil.copytree(model, self.home, dirs_exist_ok=True, symlinks=True)
        self.store = os.path.join(self.home, "S")
        self.log = self.home + ".log"

    def drop(self):
        shutil.rmtree(self.home, ignore_errors=True)
        for path in (self.log,):
            if os.path.exists(path):
                os.unlink(path)


class Faulty(Desk):
    """`model` is the home folder every scene begins with; a subclass fills it once."""

    founded = False
    model = None

    @classmethod
    def setUpClass(cls):
        if not os.path.exists(LIBRARY):
            raise RuntimeError(LIBRARY + " is missing: make programs builds it")
        cls.model = tempfile.mkdtemp(prefix="motcua-faults-")
        cls.env = environment(cls.model, MOTCUA_STORE=os.path.join(cls.model, "S"))
        cls.fill(cls("fill"))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.model)

    def fill(self):
        pass

    def setUp(self):
        pass

    def tearDown(self):
        pass

    # ---- running ----

    def run_in(self, scene, *args, program=MOTCUA, faults=None, store=None, expected=None, **more):
        """Runs a command in the scene, {home} in its arguments being the scene's folder; with faults, under the failing disk. What is `expected` of its
        standard output is looked at where it says it is done."""
        env = environment(scene.home, MOTCUA_STORE=store or scene.store)
        env.update(clock.environment(self.clock))
        if faults is not None:
            env["LD_PRELOAD"] += ":" + LIBRARY
            env.update({"FAULTS_UNDER": scene.home + "/:/tmp/#", "FAULTS_LOG": scene.log, **faults})
        args = [a.replace("{home}", scene.home) for a in args]
        done = subprocess.run([program, *args], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, cwd=scene.home, **more)
        if expected is not None and done.returncode == 0:
            self.assertEqual(done.stdout, expected)
        return done

    def fine_in(self, scene, *args, **more):
        done = self.run_in(scene, *args, **more)
        self.assertEqual(done.returncode, 0, (args, done.stdout[:2000], done.stderr))
        return done.stdout.decode()

    def head_in(self, scene, **more):
        stat = json.loads(self.fine_in(scene, "stat", "--json", **more))
        return stat["journal"]["seq"], stat["dossiers"], stat["journal"]["hash"]

    def sound(self, scene, why):
        done = self.run_in(scene, "verify", "--json")
        self.assertEqual(done.returncode, 0, (why, done.stdout, done.stderr))

    def calls(self, *args, **more):
        """The names of the calls the command makes when nothing fails."""
        scene = Scene(self.model)
        try:
            done = self.run_in(scene, *args, faults={}, **more)
            self.assertEqual(done.returncode, 0, (args, done.stdout, done.stderr))
            with open(scene.log) as log:
                return [line.split()[0] for line in log]
        finally:
            scene.drop()

    # ---- judging ----

    def judge_words(self, done, why, program=MOTCUA):
        """Exit status 0, or 4 with a sentence or two in which there is nobody's name."""
        if done.returncode == -signal.SIGKILL and why["FAULTS_ERROR"] == "kill":
            return "killed"
        self.assertIn(done.returncode, (0, 4), (why, done.stdout, done.stderr))
        said = done.stderr.decode()
        if done.returncode == 0:
            self.assertEqual(said, "", why)
            return "done"
        for line in said.splitlines():
            self.assertTrue(line.startswith("motcua: "), (why, said))
            self.assertTrue(line.isprintable(), (why, said))
        self.assertTrue(said.endswith("\n") and said.count("\n") <= 2, (why, said))
        self.assertNotIn(NAME, said)
        return json.loads(done.stdout.splitlines()[-1])["error"]["kind"]

    def judge_state(self, word, before, after, whole, why):
        """`after` is the head found, `whole` what the command makes of `before` (but for the hash: the clock runs)."""
        if after != before:
            after, whole = after[:2], whole[:2]
        if word in ("killed", "maybe_saved"):
            self.assertIn(after, (before, whole), (why, word))
        elif word in ("done", "saved_unread"):
            self.assertEqual(after, whole, (why, word))
        else:
            self.assertIn(word, ("disk_full", "io_error", "no_permission", "out_of_memory"), why)
            self.assertEqual(after, before, (why, word))

    def one(self, args, faults, before, whole, more):
        scene = Scene(self.model)
        try:
            done = self.run_in(scene, *args, faults=faults, **more)
            why = {**faults, "args": args, "log": struck(scene), "said": done.stderr.decode()}
            word = self.judge_words(done, why, more.get("program"))
            after = self.head_in(scene)
            self.judge_state(word, before, after, whole, why)
            # Where LMDB could take its page back and nobody could write another, the file stands as if it had gone back; the next change mends that.
            left_so = word == "maybe_saved" and why["FAULTS_TIMES"] == "0" and after == before
            if not left_so:
                self.sound(scene, why)
            if after == before:  # the cause has gone: the same again
                again = self.run_in(scene, *args, **more)
                self.assertEqual(again.returncode, 0, (why, again.stdout, again.stderr))
                self.assertEqual(self.head_in(scene)[:2], whole[:2], why)
            if left_so:
                self.sound(scene, why)
            return word
        finally:
            scene.drop()

    def sweep(self, *args, most=120, ways=WAYS, **more):
        """Every call of a command that changes the store is struck once, in every way. Answers what was said how often."""
        scene = Scene(self.model)
        before = self.head_in(scene)
        first = self.run_in(scene, *args, **more)
        self.assertEqual(first.returncode, 0, (args, first.stdout, first.stderr))
        whole = self.head_in(scene)
        scene.drop()
        self.assertNotEqual(before, whole)
        calls = self.calls(*args, **more)
        said = self.every(sample(strikes(calls, ways), most), lambda faults: self.one(args, faults, before, whole, more))
        return said

    def survey(self, *args, judge, most=120, ways=WAYS, **more):
        """The same for a command that leaves the store alone or makes one: `judge(scene, word, why)` looks at what there is then."""

        def one(faults):
            scene = Scene(self.model)
            try:
                done = self.run_in(scene, *args, faults=faults, **more)
                why = {**faults, "args": args, "log": struck(scene), "said": done.stderr.decode()}
                word = self.judge_words(done, why)
                judge(scene, word, why)
                return word
            finally:
                scene.drop()

        calls = self.calls(*args, **more)
        said = self.every(sample(strikes(calls, ways), most), one)
        return said

    def every(self, things, work):
        said = {}
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
            for word in pool.map(work, things):
                said[word] = said.get(word, 0) + 1
        return said


def struck(scene):
    """The calls that were struck, as the log has them."""
    if not os.path.exists(scene.log):
        return []
    with open(scene.log) as log:
        return [line.strip()[1:] for line in log if line.startswith("!")][:5]
