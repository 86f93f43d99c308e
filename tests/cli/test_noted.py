"""What the morning page remembers of the journal, and says when the journal does not go on from there."""
import json
import os
import re
import shutil
import stat
import subprocess

from desk import MOTCUA, Desk

HEAD = re.compile(r"[1-9][0-9]*:[0-9a-f]{64}")


class Notes(Desk):
    def setUp(self):
        super().setUp()
        self.data = os.path.join(self.store, "data.mdb")
        self.folder = os.path.join(self.home, ".local", "state", "motcua")

    def notes(self, folder=None):
        folder = folder or self.folder
        return sorted(os.path.join(folder, name) for name in os.listdir(folder)) if os.path.isdir(folder) else []

    def note(self):
        """The one there is, as it stands in its file."""
        (path,) = self.notes()
        with open(path, encoding="ascii") as file:
            return file.read()

    def head_text(self):
        return "{seq}:{hash}".format(**self.head())

    def keep(self):
        with open(self.data, "rb") as file:
            return file.read()

    def put(self, data):
        with open(self.data, "wb") as file:
            file.write(data)

    def broken(self, *words, says, **more):
        """The page is there, its first line a warning; standard error says it too; exit status 4; the note stays."""
        before = self.note()
        done = self.run_now("morning", *words, **more)
        self.assertEqual(done.returncode, 4, done.stderr)
        said, page = self.sentence(done), done.stdout.decode()
        self.assertIn(says, said)
        self.assertIn("motcua morning --accept", said)
        first, rest = re.split(r"\n(?!    )", page, maxsplit=1)  # a long line goes on indented
        self.assertTrue(first.startswith("NHẬT KÝ KHÔNG NỐI TIẾP bản đã xem"), first)
        self.assertIn(says, " ".join(first.split()))
        self.assertIn("UBND xã Tơ Tung", rest)
        done = self.run_now("morning", "--json", *words, **more)
        self.assertEqual(done.returncode, 4)
        self.sentence(done)
        (line,) = done.stdout.decode().splitlines()
        self.assertIs(json.loads(line)["continues"], False)
        self.assertEqual(self.note(), before)
        return said

    def fine(self, *words, continues=True, **more):
        self.assertIs(self.object("morning", *words, **more)["continues"], continues)


class Noting(Notes):
    def test_a_link_turned_to_another_store(self):
        """By the link it is the same place; a store somewhere else behind it is not the same journal."""
        other, link = os.path.join(self.home, "other"), os.path.join(self.home, "link")
        os.symlink(self.store, link)
        self.ok("-s", link, "morning")
        self.assertEqual(len(self.notes()), 2)  # of the way and of the place
        self.ok("-s", other, "init", "--office", "Khác", "--agency", "H42.26.21")
        os.remove(link)
        os.symlink(other, link)
        for _ in range(2):
            done = self.run_now("-s", link, "morning", "--json")
            self.assertEqual((done.returncode, json.loads(done.stdout)["continues"]), (4, False))
        self.assertTrue(self.object("morning")["continues"])  # that one is as it was

    def test_first_time_then_again(self):
        self.assertEqual(self.notes(), [])
        self.fine(continues=None)
        self.assertEqual(self.note(), self.head_text() + " 2026-11-16T02:00Z\n")
        self.fine()
        self.receive()
        self.clock = "2026-11-17 07:30:00"
        self.fine()
        self.assertEqual(self.note(), self.head_text() + " 2026-11-17T00:30Z\n")

    def test_the_page_shows_the_head(self):
        self.receive()
        last = self.ok("morning").splitlines()[-1]
        self.assertEqual(HEAD.findall(last), [self.head_text()])

    def test_one_file_for_its_owner_alone(self):
        before = os.umask(0)
        try:
            self.ok("morning")
        finally:
            os.umask(before)
        (path,) = self.notes()
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        for folder in (self.folder, os.path.dirname(self.folder)):
            self.assertEqual(stat.S_IMODE(os.stat(folder).st_mode), 0o700)
        self.assertRegex(os.path.basename(path), r"^[0-9a-f]{32}$")  # nothing that names store, office or person

    def test_a_narrow_umask_does_not_shut_it(self):
        before = os.umask(0o777)
        try:
            done = self.run_now("morning")
        finally:
            os.umask(before)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(stat.S_IMODE(os.stat(self.folder).st_mode), 0o700)
        self.fine()

    def test_each_store_has_its_own_whichever_way_it_is_named(self):
        self.ok("morning")
        link = os.path.join(self.home, "link")
        os.symlink(self.store, link)
        for way in (link, self.store + "/", self.store + "/../S"):
            self.assertIs(self.object("-s", way, "morning")["continues"], True)
        other = os.path.join(self.home, "T")
        self.ok("-s", other, "init", "--office", "UBND xã Ia Pết", "--agency", "H42.26.22")
        self.assertIs(self.object("-s", other, "morning")["continues"], None)
        self.assertEqual(len(self.notes()), 3)  # of two places, and of the way through a link

    def test_xdg_state_home(self):
        state = os.path.join(self.home, "a", "b")
        self.fine(continues=None, XDG_STATE_HOME=state)
        self.fine(XDG_STATE_HOME=state)
        self.assertEqual(len(self.notes(os.path.join(state, "motcua"))), 1)
        self.assertEqual(self.notes(), [])
        self.fine(continues=None, XDG_STATE_HOME="relative")  # is to be ignored: the XDG specification
        self.assertEqual(len(self.notes()), 1)

    def test_two_people(self):
        second = os.path.join(self.home, "second")
        os.mkdir(second)
        self.fine(continues=None)
        self.fine(continues=None, HOME=second)
        old = self.keep()
        self.receive()
        self.fine(HOME=second)  # has seen the entry
        self.put(old)
        self.fine()
        done = self.run_now("morning", HOME=second)
        self.assertEqual(done.returncode, 4)

    def test_an_earlier_moment_is_compared_but_not_noted(self):
        self.clock = "2026-11-17 09:00:00"
        self.fine("--as-of", "2026-11-16", continues=None)
        self.assertEqual(self.notes(), [])
        self.fine(continues=None)
        noted, old = self.note(), self.keep()
        self.receive()
        self.clock = "2026-11-18 09:00:00"
        self.fine("--as-of", "2026-11-16")
        self.assertEqual(self.note(), noted)
        self.fine("--as-of", "2026-11-18")  # today is now
        self.assertEqual(self.note(), self.head_text() + " 2026-11-18T02:00Z\n")
        self.put(old)
        self.broken("--as-of", "2026-11-16", says="thay bằng bản cũ hơn")


class Broken(Notes):
    def test_an_older_copy(self):
        self.receive()
        old = self.keep()
        self.receive()
        self.ok("morning")
        seen = self.head()["seq"]
        self.put(old)
        said = self.broken(says=f"chưa tới mục {seen} đã ghi nhận")
        self.assertIn("16/11/2026 09:00", said)
        self.clock = "2026-11-17 09:00:00"
        self.receive()  # even when it has grown as long again
        self.receive()
        said = self.broken(says=f"mục {seen} của nhật ký khác với mốc nhật ký đã ghi nhận")
        self.assertIn("16/11/2026 09:00", said)  # the last time all was well

    def test_another_chain_with_the_same_founding(self):
        old = self.keep()
        self.receive(name="Lê Văn Tám")
        self.ok("morning")
        self.put(old)
        self.receive(name="Lê Văn Chín")
        self.broken(says="khác với mốc nhật ký đã ghi nhận")

    def test_another_store(self):
        self.receive()
        self.ok("morning")
        other = os.path.join(self.home, "T")
        self.ok("-s", other, "init", "--office", "UBND xã Tơ Tung", "--agency", "H42.26.21")
        self.ok("-s", other, "officer", "put", "nam", "--name", "Trần Văn Nam", "--role", "officer")
        shutil.rmtree(self.store)
        shutil.move(other, self.store)
        self.broken(says="nhật ký")

    def test_in_english(self):
        old = self.keep()
        self.receive()
        self.ok("morning")
        self.put(old)
        done = self.run_now("morning", "--lang", "en")
        self.assertEqual(done.returncode, 4)
        self.assertIn("the journal does not continue what was shown 2026-11-16 09:00", self.sentence(done))
        self.assertTrue(done.stdout.decode().startswith("THE JOURNAL DOES NOT CONTINUE what was shown 2026-11-16 09:00"))

    def test_in_red(self):
        old = self.keep()
        self.receive()
        self.ok("morning")
        self.put(old)
        done = self.run_now("morning", "--color", "always", TERM="xterm")
        self.assertTrue(done.stdout.startswith(b"\033[1;31m"), done.stdout[:80])

    def test_nothing_else_is_hindered(self):
        old = self.keep()
        self.receive()
        self.ok("morning")
        self.put(old)
        self.ok("list")
        self.receive()

    def test_accepted(self):
        old = self.keep()
        self.receive()
        self.ok("morning")
        self.put(old)
        self.broken(says="thay bằng bản cũ hơn")
        before = self.note().split()[0]
        page = self.ok("morning", "--accept")
        self.assertNotIn("NỐI TIẾP", page)
        # which head was the right one until now, which is from now on, and for whom
        was, was_head, now, now_head, whom = page.splitlines()[:5]
        self.assertEqual((was_head, now_head), (before, self.head_text()))
        self.assertIn("ghi nhận trước đây", was)
        self.assertIn("nay được chấp nhận", now)
        self.assertNotEqual(before, self.head_text())
        self.assertIn("16/11/2026 09:00", was)
        self.assertIn("root", whom)
        self.assertIn("mỗi người", whom)
        self.assertEqual(self.note(), self.head_text() + " 2026-11-16T02:00Z\n")
        self.fine()
        self.fine("--accept")  # where nothing is wrong it is like any other morning
        with_json = os.path.join(self.home, "fresh")
        os.mkdir(with_json)
        self.fine("--accept", HOME=with_json)

    def test_accepting_the_past(self):
        self.assertIn("--as-of", self.wrong("morning", "--accept", "--as-of", "2026-11-16"))
        self.assertEqual(self.notes(), [])

    def test_a_store_that_is_lost(self):
        """Whoever is about to found an empty one in its place is told that there was one, and of restore."""
        gone = self.store + ".gone"
        self.founded = False
        for there in (True, False):
            shutil.move(self.store, gone)
            said = self.refused("no_store", "stat")["message"]
            self.assertIn("motcua restore FILE", said)  # though nobody has seen it
            self.assertNotIn("journal entry", said)
            shutil.move(gone, self.store)
        self.receive()
        self.ok("morning")
        seen = self.head()["seq"]
        shutil.move(self.store, gone)
        for words in (["stat"], ["morning"], ["list"], ["verify"], ["export", "ics"]):
            said = self.refused("no_store", *words)["message"]
            for part in (self.store, "2026-11-16 09:00", f"journal entry {seen};", f"motcua -s {self.store} restore FILE"):
                self.assertIn(part, said)
        # the folders above it may be gone too, as where a disk is not there
        deep = os.path.join(self.home, "disk", "a", "S")
        os.makedirs(os.path.dirname(deep))
        shutil.move(gone, deep)
        self.ok("-s", deep, "morning")
        shutil.move(os.path.join(self.home, "disk"), os.path.join(self.home, "elsewhere"))
        said = self.run_now("-s", deep, "stat").stderr.decode()
        self.assertIn(f"mục nhật ký số {seen};", said)
        self.assertNotIn("mục nhật ký", self.run_now("-s", deep + "x", "stat").stderr.decode())

    def test_founding_anew_keeps_the_witness(self):
        self.receive()
        self.ok("morning")
        shutil.rmtree(self.store)
        self.ok("init", "--office", "UBND xã Tơ Tung", "--agency", "H42.26.21")
        self.broken(says="thay bằng bản cũ hơn")
        self.ok("morning", "--accept")
        self.fine()
        shutil.rmtree(self.store)
        self.ok("demo", "--dossiers", "3")  # only to try things in
        self.fine(continues=None)


class Whole(Notes):
    def test_a_restored_backup_with_the_same_head(self):
        self.receive()
        self.ok("morning")
        copy = os.path.join(self.home, "copy")
        self.ok("backup", copy)
        shutil.rmtree(self.store)
        self.ok("restore", copy)
        self.fine()

    def test_a_restored_older_backup(self):
        copy = os.path.join(self.home, "copy")
        self.ok("backup", copy)
        self.receive()
        self.ok("morning")
        shutil.rmtree(self.store)
        self.ok("restore", copy)
        self.broken(says="thay bằng bản cũ hơn")
        self.ok("morning", "--accept")
        self.fine()

    def test_compacted(self):
        self.receive()
        self.ok("morning")
        self.ok("compact")
        self.fine()


class Trouble(Notes):
    """No reason to fail: a complaint, the page, exit status 0."""

    def complains(self, *words, says, status=0, **more):
        done = self.run_now("morning", *words, **more)
        self.assertEqual(done.returncode, status, done.stderr)
        said = self.sentence(done)
        self.assertIn(says, said)
        self.assertIn("UBND xã Tơ Tung", done.stdout.decode())
        return said

    def test_no_home(self):
        for home in (None, "", "relative", "/nonexistent"):
            self.fine(continues=None, HOME=home)
        self.assertFalse(os.path.exists("/nonexistent"))
        self.complains("--accept", says="HOME", status=4, HOME=None)

    def test_a_file_in_the_way(self):
        with open(os.path.join(self.home, ".local"), "w"):
            pass
        self.complains(says="không ghi nhận được")
        self.complains("--accept", says="không ghi nhận được", status=4)
        os.remove(os.path.join(self.home, ".local"))
        self.fine(continues=None)

    def test_a_note_that_makes_no_sense(self):
        self.ok("morning")
        (path,) = self.notes()
        right = self.note()
        head, when = right.split()
        for text in ("", "\n", "rác", right[:-1], right + "x", right * 2, right.replace(":", ";"), right.lower(), head + "\n", head + " hôm qua\n", f"{head} 2026-11-16\n",
                     f"{head} 2026-11-16T02:00\n", "0" + right, " " + right, "9" * 30 + right, right + "\0" * 5000, "\0" * 90, f"0:{head.split(':')[1]} {when}\n"):
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            said = self.complains(says="không đối chiếu được")
            self.assertIn(path, said)
            self.assertIn("motcua morning --accept", said)
            self.complains(says="không đối chiếu được")  # every time: somebody may have spoilt it
            with open(path, encoding="utf-8") as file:
                self.assertEqual(file.read(), text)
            self.complains("--accept", says="không đối chiếu được")
            self.assertEqual(self.note(), right, text)
            self.fine()

    def test_a_note_that_is_no_file(self):
        self.ok("morning")
        (path,) = self.notes()
        right = self.note()
        for make in (os.mkfifo, lambda p: os.symlink("/dev/zero", p), lambda p: os.symlink("/nonexistent", p)):
            os.remove(path)
            make(path)
            for words in ((), (), ("--accept",)):
                self.complains(*words, says="không đối chiếu được")
            self.assertEqual(self.note(), right)
        os.remove(path)
        os.mkdir(path)
        done = self.run_now("morning")
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stderr.count(b"\n"), 1, done.stderr)

    def test_no_permission(self):
        if os.geteuid() == 0:
            self.skipTest("root may write anywhere")
        os.makedirs(self.folder)
        os.chmod(self.folder, 0o500)
        self.complains(says="không ghi nhận được")
        os.chmod(self.folder, 0o700)

    def test_a_full_disk(self):
        script = 'ulimit -f 0; trap "" XFSZ; exec "$0" morning'
        done = subprocess.run(["bash", "-c", script, MOTCUA], env={**self.env, **self.clock_env()}, stdin=subprocess.DEVNULL, capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("không ghi nhận được", self.sentence(done))
        self.assertEqual(self.notes(), [])  # nor half a file

    def test_a_damaged_store_is_not_noted(self):
        self.receive()
        self.ok("morning")
        before = self.note()
        self.put(self.keep()[: 4096 * 3])
        self.assertEqual(self.run_now("morning").returncode, 4)
        self.assertEqual(self.note(), before)
