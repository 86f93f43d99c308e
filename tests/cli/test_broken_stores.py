"""Stores that are damaged, cut short, foreign, half there: a clear sentence and exit status 4, and not a byte of them changed by the attempt."""
import hashlib
import os
import random
import shutil
import socket
import subprocess

import hostile
from desk import MARRIAGE, MOTCUA, NAME, Desk

PAGE = 4096
QUICK = bool(os.environ.get("MOTCUA_QUICK"))


class Broken(Desk):
    @classmethod
    def setUpClass(cls):
        cls.whole = None

    def setUp(self):
        super().setUp()
        self.code = self.receive()["code"]
        for i in range(20):
            self.receive("--note", "x" * 3000)
        self.ok("resolve", self.code)
        self.data = os.path.join(self.store, "data.mdb")
        self.lock = os.path.join(self.store, "lock.mdb")
        with open(self.data, "rb") as f:
            self.bytes = f.read()
        self.reads = (["stat"], ["list", "--json"], ["show", self.code], ["search", "huong"], ["verify"])
        self.write = ["receive", "--procedure", MARRIAGE, "--applicant", NAME]

    def put(self, content):
        with open(self.data, "wb") as f:
            f.write(content)

    def digest(self):
        with open(self.data, "rb") as f:
            return hashlib.sha256(f.read()).digest()

    def attempt(self, *words, may=(0, 4), **env):
        """One command on the store as it is. It ends by itself, speaks clearly, and changes nothing it could not read."""
        before = self.digest()
        done = self.run_now(*words, **env)
        self.assertIn(done.returncode, may, (words, done.stderr))
        said = done.stderr.decode()
        self.assertIsNone(hostile.acts(said))
        if done.returncode:
            for line in said.splitlines():
                self.assertTrue(line.startswith("motcua: "), said)
            self.assertNotIn("mdb_", said)
            self.assertNotIn("MDB_", said)
        if done.returncode or words[0] not in ("receive", "undo"):
            self.assertEqual(self.digest(), before, (words, done.returncode))
        return done

    def refuses(self, *kinds, status=4):
        """Every command says so, with one of these kinds."""
        for words in (["stat"], ["list"], self.write, ["config", "soon.days", "2"], ["export", "ics"], ["calendar", "export"], ["verify"],
                      ["backup", os.path.join(self.home, "copy")], ["export", "journal"], ["compact"]):
            done = self.attempt("--json", *words, may=(status,))
            self.assertTrue(any(f'"kind":"{kind}"'.encode() in done.stdout for kind in kinds), (words, done.stdout[-400:], done.stderr))
            self.assertFalse(os.path.exists(os.path.join(self.home, "copy")))

    # ---- cut short ----

    def test_cut_at_every_page(self):
        pages = len(self.bytes) // PAGE
        step = 7 if QUICK else 1
        for page in range(0, pages, step):
            for more in (0, 1 + page * 131 % (PAGE - 1)):
                cut = page * PAGE + more
                self.put(self.bytes[:cut])
                for words in (["stat"], self.write):
                    done = self.attempt(*words)
                    # pages at the end may be free ones; a part of one is never left by LMDB
                    if more or page < pages // 2:
                        self.assertEqual(done.returncode, 4, (cut, words))
                    elif done.returncode == 0 and words == self.write:
                        break
        self.put(b"")
        self.refuses("damaged")
        self.put(self.bytes[:PAGE])
        self.refuses("damaged")

    # ---- rubbish ----

    def test_rubbish_over_whole_pages(self):
        chance = random.Random(7)
        intact = self.ok("list", "--json", "--status", "all", "--unmask")
        found = 0
        for page in range(0, len(self.bytes) // PAGE, 5 if QUICK else 1):
            rubbish = (chance.randbytes(PAGE), b"\0" * PAGE, b"\xff" * PAGE, self.bytes[:PAGE], chance.randbytes(16) * (PAGE // 16))[page % 5]
            self.put(self.bytes[:page * PAGE] + rubbish + self.bytes[(page + 1) * PAGE:])
            for words in self.reads:
                done = self.attempt(*words)
            if done.returncode == 0:  # verify finds nothing wrong: then nothing is
                self.assertEqual(self.ok("list", "--json", "--status", "all", "--unmask"), intact, page)
            else:
                found += 1
            self.attempt(*self.write)
        self.assertGreater(found, 10)

    def test_several_pages_of_rubbish(self):
        chance = random.Random(8)
        for _ in range(8 if QUICK else 30):
            content = bytearray(self.bytes)
            for _ in range(chance.randrange(2, 30)):
                at = chance.randrange(2, len(content) // PAGE) * PAGE
                content[at:at + PAGE] = chance.randbytes(PAGE)
            self.put(bytes(content))
            for words in (*self.reads, ["morning"], ["export", "ics"], ["export", "journal"], ["backup", os.path.join(self.home, "b")],
                          ["undo", self.code, "--reason", "x"]):
                self.attempt(*words, may=(0, 1, 4) if words[0] == "undo" else (0, 4))
                if words[0] == "undo":
                    break

    def test_the_first_pages(self):
        """The two that LMDB finds everything by."""
        chance = random.Random(9)
        for _ in range(15 if QUICK else 60):
            content = bytearray(self.bytes)
            for _ in range(chance.randrange(1, 40)):
                content[chance.randrange(2 * PAGE if chance.random() < .2 else 160) + chance.randrange(2) * PAGE * (chance.random() < .8)] = chance.randrange(256)
            self.put(bytes(content))
            for words in (["stat"], ["verify"], self.write):
                self.attempt(*words)

    # ---- other things in its place ----

    def swap(self, path, make):
        if os.path.islink(path) or os.path.isfile(path):
            os.unlink(path)
        make(path)

    def test_what_is_no_file(self):
        def a_socket(path):
            with socket.socket(socket.AF_UNIX) as s:
                folder = os.getcwd()
                os.chdir(os.path.dirname(path))  # such a name may not be long
                s.bind(os.path.basename(path))
                os.chdir(folder)
        self.digest = lambda: None
        things = {"fifo": os.mkfifo, "folder": os.mkdir, "device": lambda p: os.symlink("/dev/zero", p), "terminal": lambda p: os.symlink("/dev/tty", p),
                  "null": lambda p: os.symlink("/dev/null", p), "loop": lambda p: os.symlink("data.mdb", p), "socket": a_socket}
        for name, make in things.items():
            self.swap(self.data, make)
            before = os.lstat(self.data)
            for words in (["stat"], self.write, ["export", "ics"], ["verify"]):
                done = self.attempt(*words, may=(4,))
                self.sentence(done)
            done = self.attempt("init", "--office", "UBND", "--agency", "H1", may=(1, 4))  # nor is it a place for a new one
            self.assertEqual(os.lstat(self.data).st_ino, before.st_ino, name)
            os.rmdir(self.data) if os.path.isdir(self.data) else os.unlink(self.data)
        os.symlink("nowhere", self.data)
        self.assertEqual(self.attempt("stat", may=(1, 4)).returncode, 1)

    def test_a_folder_that_is_none(self):
        self.digest = lambda: None
        path = os.path.join(self.home, "f")
        os.symlink("f", path)
        for place in (self.data, os.path.join(self.data, "x"), "/dev/null", "/dev/null/x", path, "/proc/self/nothing/x", "x" * 5000, "/" * 300 + "x" * 300):
            for words in (["stat"], self.write, ["init", "--office", "UBND", "--agency", "H1"]):
                done = self.attempt(*words, may=(1, 4), MOTCUA_STORE=place)
                self.sentence(done)

    def test_lock_files(self):
        """Whatever lies in the place of lock.mdb: never a crash, never damage to the data."""
        chance = random.Random(10)
        with open(self.lock, "rb") as f:
            good = f.read()
        for content in (b"", b"x", good[:100], good[:-1], chance.randbytes(len(good)), b"\xff" * len(good), b"\0" * len(good), chance.randbytes(100_000),
                        good[:8] + b"\xff" * (len(good) - 8), *(good[:i] + chance.randbytes(8) + good[i + 8:] for i in range(0, 192, 8))):
            with open(self.lock, "wb") as f:
                f.write(content)
            for words in (["stat"], ["list"]):
                self.attempt(*words)
        for make in (os.mkfifo, os.mkdir, lambda p: os.symlink("lock.mdb", p), lambda p: os.symlink("/dev/full", p),
                     lambda p: os.symlink("data.mdb", p)):
            self.swap(self.lock, make)
            for words in (["stat"], self.write):
                done = self.attempt(*words)
                if done.returncode:
                    self.sentence(done)
            os.rmdir(self.lock) if os.path.isdir(self.lock) else os.unlink(self.lock)
            self.put(self.bytes)
        self.assertEqual(self.ok("verify").count("\n"), 1)

    def test_what_may_not_be_read(self):
        """Without the right to read or write one of the files, or to come to them: said so, whoever asks."""
        nobody = 65534
        if os.geteuid() == 0:
            for path in (self.home, self.store, self.data, self.lock):
                os.chown(path, nobody, nobody)

        def become():
            if os.geteuid() == 0:
                os.setgid(nobody)
                os.setuid(nobody)
        env = {**self.env, **self.clock_env()}
        def ask(*words):
            return subprocess.run([MOTCUA, *words], env=env, stdin=subprocess.DEVNULL, capture_output=True, preexec_fn=become)
        try:
            if ask("--version").returncode:
                self.skipTest("nobody may not run the program where it lies")
        except PermissionError:
            self.skipTest("nobody may not run the program where it lies")
        for path, mode in ((self.data, 0o000), (self.data, 0o400), (self.data, 0o200), (self.lock, 0o000), (self.lock, 0o400), (self.store, 0o000),
                           (self.store, 0o600)):
            keep = os.stat(path).st_mode
            os.chmod(path, mode)
            for words in (["stat"], self.write, ["export", "ics"], ["verify"]):
                done = ask(*words)
                self.assertEqual(done.returncode, 4, (path, oct(mode), words, done.stderr))
                self.assertIn(path.encode() if path == self.store else self.store.encode(), done.stderr)
                self.assertIn("không có quyền", self.sentence(done))
            os.chmod(path, keep)
        self.assertEqual(self.digest(), hashlib.sha256(self.bytes).digest())

    def test_nothing_hangs(self):
        """A pipe or a terminal in the place of a file is not waited for."""
        for path in (self.data, self.lock):
            keep = path + "~"
            os.rename(path, keep)
            os.mkfifo(path)
            env = {**self.env, **self.clock_env()}
            done = subprocess.run([MOTCUA, "stat"], env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=20)
            self.assertIn(done.returncode, (0, 4))
            os.unlink(path)
            os.rename(keep, path)

    def test_half_there(self):
        """A folder that an init, a restore or a copy left half-way."""
        os.unlink(self.lock)
        self.assertEqual(self.attempt("stat").returncode, 0)  # made anew
        inner = os.path.join(self.store, ".motcua-init")
        os.mkdir(inner)
        shutil.copy(self.data, inner)
        self.assertEqual(self.attempt("stat").returncode, 0)
        self.assertFalse(os.path.exists(inner))
        os.unlink(self.data)
        os.mkdir(inner)
        with open(os.path.join(inner, "data.mdb"), "wb") as f:
            f.write(self.bytes)
        self.digest = lambda: None
        self.assertEqual(self.attempt("stat", may=(1,)).returncode, 1)  # one in the making is none
        self.assertEqual(self.run_now("init", "--office", "UBND", "--agency", "H1").returncode, 0)
