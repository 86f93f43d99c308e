"""backup, restore, compact as scripts meet them: what they print, what they refuse, what they leave behind."""
import json
import os
import pty
import random
import shutil
import signal
import stat
import subprocess
import time

from desk import COPY, MARRIAGE, MOTCUA, NAME, Desk


class Copies(Desk):
    def setUp(self):
        super().setUp()
        self.file = os.path.join(self.home, "copy")
        self.other = os.path.join(self.home, "R")

    def at(self, store, *args):
        return self.objects("-s", store, *args)

    def names(self, *where):
        return sorted(os.listdir(os.path.join(self.home, *where)))

    def mode(self, *where):
        return stat.S_IMODE(os.stat(os.path.join(self.home, *where)).st_mode)

    def live(self):
        """A few dossiers in different states."""
        self.receive()
        self.receive("--serve", procedure=COPY, name="Trần Văn Đức")
        self.ok("apologize", "0001", "--reason", "Chờ xác minh", "--until", "2026-12-01")
        self.ok("calendar", "holiday", "2027-12-24", "Nghỉ bù")

    def everything(self, store):
        """What a store answers, but for where it is and how large."""
        found = self.at(store, "stat")
        for line in found:
            del line["store"], line["bytes"]
        for args in (("list", "--status", "all", "--unmask"), ("morning",), ("procedure", "list"), ("officer", "list"), ("calendar", "show", "2027")):
            found += self.at(store, *args)
        for line in found:
            line.pop("continues", None)  # what was noted is another's
        return found

    def test_there_and_back(self):
        self.live()
        said = self.object("backup", self.file)
        now = self.object("stat")
        self.assertEqual(said.pop("file"), self.file)
        self.assertEqual(said.pop("bytes"), os.path.getsize(self.file))
        del now["bytes"]
        self.assertEqual(said, now)
        self.assertEqual(self.mode("copy"), 0o600)
        restored = self.at(self.other, "restore", self.file)
        self.assertEqual(restored, self.at(self.other, "stat"))
        self.assertEqual(restored[0]["journal"], now["journal"])
        self.assertEqual(self.names("R"), ["data.mdb", "lock.mdb"])
        self.assertEqual((self.mode("R"), self.mode("R", "data.mdb"), self.mode("R", "lock.mdb")), (0o700, 0o600, 0o600))
        self.assertEqual(self.everything(self.other), self.everything(self.store))
        self.assertEqual(self.at(self.other, "show", "0001"), self.at(self.store, "show", "0001"))
        self.assertTrue(self.at(self.other, "verify")[0]["ok"])
        # Both go on alike: the next code, the next letter, the same hash.
        for store in (self.store, self.other):
            code = self.at(store, "receive", "--procedure", MARRIAGE, "--applicant", NAME)[0]["code"]
            self.assertEqual(code, "H42.26.21-261116-0003")
            letter = self.at(store, "apologize", code, "--reason", "x", "--until", "2026-12-02")[0]["apology"]
            self.assertEqual(letter["number"], 2)

    def test_from_an_exported_journal(self):
        self.live()
        self.ok("export", "journal", "-o", self.file)
        restored = self.at(self.other, "restore", self.file)[0]
        self.assertEqual(restored["journal"], self.head())
        self.assertEqual(self.everything(self.other), self.everything(self.store))
        # Through a pipe, and with the journal's last lines missing.
        pipe = os.path.join(self.home, "pipe")
        os.mkfifo(pipe)
        writer = subprocess.Popen(["sh", "-c", 'cat "$0" > "$1"', self.file, pipe])
        self.assertEqual(self.at(os.path.join(self.home, "P"), "restore", pipe)[0]["journal"], self.head())
        self.assertEqual(writer.wait(), 0)
        with open(self.file, "rb") as f:
            lines = f.read().splitlines(True)
        with open(self.file, "wb") as f:
            f.writelines(lines[:-1])
        self.assertEqual(self.refuse_restore(self.file, 3, "bad_line"), os.path.join(self.home, "X"))
        with open(self.file, "wb") as f:
            f.writelines(lines[:5] + [lines[5].replace(b'"body":"', b'"body":"AAAA')] + lines[6:])
        self.refuse_restore(self.file, 3, "bad_backup")

    def refuse_restore(self, file, status, kind, store=None):
        """Refused with one sentence; a folder that was not there still is not."""
        store = store or os.path.join(self.home, "X")
        there = os.path.exists(store) and sorted(os.listdir(store))
        done = self.run_now("-s", store, "--json", "restore", file)
        self.assertEqual(done.returncode, status, done.stderr)
        self.sentence(done)
        self.assertEqual(json.loads(done.stdout)["error"]["kind"], kind)
        self.assertEqual(os.path.exists(store) and sorted(os.listdir(store)), there)
        return store

    def test_what_is_not_restored(self):
        self.live()
        self.ok("backup", self.file)
        no = os.path.join(self.home, "no")
        self.refuse_restore(no, 1, "no_such_file")
        for bytes in (b"", b"text\n", b"\x00" * 9000, b"\xef\xbb\xbf", os.urandom(20000)):
            with open(no, "wb") as f:
                f.write(bytes)
            self.refuse_restore(no, 3, "not_a_backup")
        with open(self.file, "rb") as f:
            whole = f.read()
        for n in (4096, 8192, len(whole) // 8192 * 4096, len(whole) - 1):
            with open(no, "wb") as f:
                f.write(whole[:n])
            self.refuse_restore(no, 3, "damaged_backup")
        at = whole.index("Trần Văn Đức".encode())
        with open(no, "wb") as f:
            f.write(whole[:at] + b"X" + whole[at + 1:])
        for _ in range(2):  # once in the journal, once in what is worked out from it: only the first matters
            done = self.run_now("-s", os.path.join(self.home, "Y"), "restore", no)
            self.assertIn(done.returncode, (0, 3))
            self.assertEqual(os.path.exists(os.path.join(self.home, "Y")), done.returncode == 0)
            shutil.rmtree(os.path.join(self.home, "Y"), ignore_errors=True)
        self.refuse_restore(self.store, 3, "not_a_backup")
        self.refuse_restore(self.file, 1, "store_exists", self.store)
        said = self.sentence(self.run_now("restore", self.file))
        self.assertIn("đổi tên thư mục ấy trước", said)
        self.assertIn(self.store, said)
        os.mkdir(self.other)
        with open(os.path.join(self.other, "note"), "w") as f:
            f.write("x")
        self.refuse_restore(self.file, 1, "folder_not_empty", self.other)
        self.refused("folder_not_empty", "-s", self.other + "/new/..", "restore", self.file)  # which leads there only once "new" is made
        self.assertLessEqual(set(self.names(self.other)), {"note", "new"})
        self.assertEqual(self.run_now("-s", os.path.join(self.home, "X"), "restore", self.file, "--group", "no such").returncode, 1)
        self.refuse_restore(self.file, 4, "not_a_folder", self.file + "/x")

    def test_by_somebody_the_book_does_not_know(self):
        """A new machine, another login: it is told whose login opens the store."""
        self.ok("officer", "put", "truong", "--name", "Trưởng", "--role", "admin")
        self.ok("officer", "put", "huong", "--name", "Hương", "--role", "officer")
        self.ok("backup", self.file)
        people = os.path.join(os.path.dirname(MOTCUA), "tests", "people.so")
        env = {"LD_PRELOAD": self.clock_env()["LD_PRELOAD"] + ":" + people, "LOGIN_IS": "khach"}
        done = self.run_now("-s", self.other, "restore", self.file, **env)
        self.assertEqual(done.returncode, 0)
        said = self.sentence(done)
        for part in ("khach", "root", "truong"):
            self.assertIn(part, said)
        self.assertNotIn("huong", said)
        self.assertEqual(self.run_now("-s", self.other, "verify", **env).returncode, 1)

    def test_wrong_lines(self):
        for verb in ("backup", "restore"):
            self.wrong(verb)
            self.wrong(verb, "")
            self.wrong(verb, "a", "b")
        self.wrong("compact", "a")
        self.wrong("restore", self.file, "--group", "")

    def test_where_it_is_not_backed_up(self):
        self.live()
        before = self.names("S")
        for target in (os.path.join(self.store, "data.mdb"), os.path.join(self.store, "lock.mdb"), self.home, "/dev/full", "/dev/null",
                       os.path.join(self.home, "no", "such", "folder"), "/proc/backup"):
            done = self.run_now("--json", "backup", target)
            self.assertEqual(done.returncode, 4, target)
            self.sentence(done)
            self.assertEqual(json.loads(done.stdout)["error"]["kind"], "io_error")
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/full").st_mode) and stat.S_ISCHR(os.stat("/dev/null").st_mode))
        self.assertEqual(self.names("S"), before)
        for own in ("data.mdb", "lock.mdb"):
            said = self.sentence(self.run_now("backup", os.path.join(self.store, own)))
            self.assertIn("chính sổ đang dùng", said)
        here = os.getcwd()
        os.chdir(self.home)
        try:
            said = self.wrong("backup", "-")
            self.assertEqual(self.names(), ["S"])
        finally:
            os.chdir(here)
        self.assertIn("đầu ra chuẩn", said)
        # a copy beside what it is a copy of is made, and said to be no help where the disk is lost
        done = self.run_now("backup", os.path.join(self.store, "copy"))
        self.assertEqual(done.returncode, 0)
        self.assertIn("đĩa khác", self.sentence(done))
        os.remove(os.path.join(self.store, "copy"))
        self.ok("backup", self.file)
        self.ok("-s", self.other, "restore", self.file)
        self.refused("store_exists", "backup", os.path.join(self.other, "data.mdb"))
        self.refused("no_store", "-s", os.path.join(self.home, "none"), "backup", self.file)
        self.assertEqual(self.names(), ["R", "S", "copy"])

    def test_a_demo_stays_one(self):
        demo = os.path.join(self.home, "D")
        self.ok("-s", demo, "demo", "--dossiers", "30")
        self.assertIn("SỔ DÙNG THỬ", self.ok("-s", demo, "backup", self.file))
        self.assertIn("SỔ DÙNG THỬ", self.ok("-s", self.other, "restore", self.file))
        self.assertIn("SỔ DÙNG THỬ", self.ok("-s", demo, "compact"))
        self.assertTrue(self.at(self.other, "stat")[0]["demo"])

    def test_compact(self):
        for i in range(20):
            self.receive(name=f"N {i}")
        before, size = self.everything(self.store), os.path.getsize(os.path.join(self.store, "data.mdb"))
        said = self.object("compact")
        self.assertEqual(said, {"store": self.store, "before": size, "after": os.path.getsize(os.path.join(self.store, "data.mdb")), "journal": self.head()})
        self.assertLess(said["after"], said["before"])
        self.assertEqual(self.everything(self.store), before)
        self.assertEqual(self.names("S"), ["data.mdb", "lock.mdb"])
        self.assertTrue(self.object("verify")["ok"])
        self.ok("officer", "put", "nobody", "--name", "Nam", "--role", "officer")
        if os.getuid() == 0:
            self.ok("officer", "put", "daemon", "--name", "Chủ tịch", "--role", "admin")
            self.ok("officer", "put", "root", "--name", "R", "--role", "officer")
            self.assertIn("compact the store", self.refused("not_allowed", "compact")["message"])
            self.ok("backup", self.file)  # whoever may read may take a copy

    def test_compact_while_it_is_open(self):
        master, slave = pty.openpty()
        env = {**self.env, **self.clock_env(), "TERM": "xterm", "MOTCUA_TEST_SYNC": "1"}
        screen = subprocess.Popen([MOTCUA], env=env, stdin=slave, stdout=slave, stderr=slave, start_new_session=True)
        os.close(slave)
        seen = b""
        while b"\x1b]7770;1\x07" not in seen:
            seen += os.read(master, 65536)
        self.refused("store_in_use", "compact")
        self.assertEqual(self.object("backup", self.file)["journal"], self.head())
        os.write(master, b"q")
        try:
            while os.read(master, 65536):
                pass
        except OSError:
            pass
        self.assertEqual(screen.wait(), 0)
        os.close(master)
        self.ok("compact")

    def test_progress_is_for_a_terminal(self):
        self.live()
        for args in (("backup", self.file), ("-s", self.other, "restore", self.file), ("compact",)):
            status, said, _ = self.at_terminal(24, 80, *args, complaints=True)
            self.assertEqual(status, 0)
            self.assertTrue(said.startswith("\r\x1b[K") and said.endswith("\r\x1b[K"), repr(said))  # and is wiped away
            self.assertIn("đang ", said)

    def test_stopped_and_killed(self):
        """Nothing is left, or what the next attempt takes away; what was there stays whole."""
        store = os.path.join(self.home, "D")
        self.ok("-s", store, "demo", "--dossiers", "1500")
        self.ok("-s", store, "backup", self.file)
        with open(self.file, "rb") as f:
            whole = f.read()
        head = self.at(store, "stat")[0]["journal"]
        dice = random.Random(5)
        target = os.path.join(self.home, "T")
        os.mkdir(target)
        copy = os.path.join(target, "copy")
        for i in range(24):
            how = (signal.SIGKILL, signal.SIGINT, signal.SIGTERM)[i % 3]
            shutil.rmtree(self.other, ignore_errors=True)
            before = set(self.names("T"))
            for args in (("-s", store, "backup", copy), ("-s", self.other, "restore", self.file), ("-s", store, "compact")):
                work = subprocess.Popen([MOTCUA, *args], env={**self.env, **self.clock_env()}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(dice.random() * 0.15)
                work.send_signal(how)
                self.assertIn(work.wait(), (0, -how))
            if os.path.exists(copy):
                self.assertEqual(os.path.getsize(copy), len(whole))
            if how != signal.SIGKILL:
                self.assertLessEqual(set(self.names("T")), before | {"copy"})
                if not os.path.exists(os.path.join(self.other, "data.mdb")):
                    self.assertFalse(os.path.exists(self.other))
            self.assertEqual(self.at(store, "stat")[0]["journal"], head)
            if os.path.exists(os.path.join(self.other, "data.mdb")):
                self.assertEqual(self.at(self.other, "stat")[0]["journal"], head)
            else:
                self.refused("no_store", "-s", self.other, "stat")
        shutil.rmtree(self.other, ignore_errors=True)
        self.ok("-s", store, "backup", copy)
        self.ok("-s", self.other, "restore", copy)
        self.ok("-s", store, "compact")
        self.assertEqual((self.names("T"), self.names("R"), self.names("D")), (["copy"], ["data.mdb", "lock.mdb"], ["data.mdb", "lock.mdb"]))
        for where in (store, self.other):
            self.assertTrue(self.at(where, "verify")[0]["ok"])
