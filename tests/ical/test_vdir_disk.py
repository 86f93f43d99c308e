"""The folder of items on a disk that fails, or a program that is killed: every name stands for a whole item, and for one that is on disk."""

import os
import shutil
import subprocess
import tempfile

import clock
from test_feed import PROGRAM, TODAY
from test_vdir import FAULTS, Vdir, contents

WRITES, SYNCS = ("open", "write", "fchmod", "fchown"), ("fsync", "syncfs")
NO_SPACE, BROKEN, NO_SUCH_CALL, NOT_OF_THIS_FOLDER = "28", "5", "38", "22"
ENDED = "gone@H42.99.99.ics"  # ours, and no longer to be there
ENDED_ITEM = b"BEGIN:VCALENDAR\r\nUID:gone@H42.99.99\r\nEND:VCALENDAR\r\n"
BATCH = 256


class Disk(Vdir):
    """Three stores, from which so many items come as are waited for one by one, together, and in several batches."""
    SIZES = {"few": (2, 8), "some": (9, BATCH), "many": (BATCH + 9, 2 * BATCH)}

    @classmethod
    def setUpClass(cls):
        """In memory, where there is a folder for that: the disk is played anyway, and a real one is slow to reuse what thousands of files left."""
        usual = tempfile.tempdir
        tempfile.tempdir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else usual
        try:
            super().setUpClass()
        finally:
            tempfile.tempdir = usual

    @classmethod
    def prepare(cls):
        for size, dossiers in (("few", "4"), ("some", "14"), ("many", "300")):
            cls.done("-s", cls.path(size), "demo", "--dossiers", dossiers, "--seed", "7", "--until", "2026-11-21")

    def tearDown(self):
        for folder in ("due", "model", "earlier"):
            shutil.rmtree(self.path(folder), ignore_errors=True)

    def options(self, size):
        return "-s", self.path(size), "--as", "todo", "--status", "all"

    def model(self, size):
        """What the folder is to hold."""
        self.vdir(*self.options(size), at=TODAY, folder="model")
        found = contents(self.path("model"))
        least, most = self.SIZES[size]
        self.assertTrue(least <= len(found) <= most, len(found))
        return found

    def earlier(self, size):
        """Makes a folder, to be copied, in which every item is to be replaced, made or removed; what is in it."""
        for i, (name, item) in enumerate(sorted(self.model(size).items())):
            if i % 3 < 2:
                self.write(name, item.replace(b"SUMMARY", b"COMMENT"), folder="earlier")
        self.write(ENDED, ENDED_ITEM, folder="earlier")
        return contents(self.path("earlier"))

    def begin(self):
        """With the earlier folder; no file of it is ever written to, so that links will do."""
        shutil.rmtree(self.path("due"), ignore_errors=True)
        shutil.copytree(self.path("earlier"), self.path("due"), copy_function=os.link)

    def run_on(self, size, **faults):
        """Exit status, what was said, and the calls: whether it was struck, its name, the path, of a rename what it was called before."""
        log = self.path("log")
        environment = {**self.environment, **clock.environment(TODAY), "FAULTS_UNDER": self.path("due"), "FAULTS_LOG": log, **faults}
        environment["LD_PRELOAD"] += ":" + FAULTS
        done = subprocess.run([PROGRAM, "export", "vdir", self.path("due"), "--json", *self.options(size)], env=environment, cwd=self.home, capture_output=True,
                              timeout=60)
        with open(log) as file:
            calls = [(line.startswith("!"), *line.lstrip("!").split()) for line in file]
        os.remove(log)
        return done.returncode, done.stderr.decode(), calls

    def same(self, found, expected, why):
        self.assertEqual([n for n in set(found) | set(expected) if found.get(n) != expected.get(n)], [], why)

    def check_order(self, calls, why):
        """No name is given to what is not on disk, and no item is removed before those that stay have come. The items that came."""
        waiting, came, removed = set(), set(), False
        for struck, call, path, *source in calls:
            if call in WRITES:
                waiting.add(path)
            elif call == "fsync" and not struck:
                waiting.discard(path)
            elif call == "syncfs" and not struck:
                waiting.clear()
            elif call == "rename":
                self.assertNotIn(source[0], waiting, why)
                self.assertFalse(removed and path.endswith(".ics"), why)
                came.update([os.path.basename(path)] if path.endswith(".ics") and not struck else [])
            elif call == "unlink" and path.endswith(".ics"):
                removed = True
        return came

    def test_nothing_takes_its_place_before_it_is_on_disk(self):
        """Else a power cut leaves names of empty files, whatever order a kill would leave."""
        for size in self.SIZES:
            os.makedirs(self.path("due"))
            model = self.model(size)
            status, said, calls = self.run_on(size)
            self.assertEqual((status, said), (0, ""))
            self.assertEqual(self.check_order(calls, size), set(model))
            self.assertEqual(calls[-1], (False, "fsync", self.path("due")))  # the names
            waits = [call for _, call, *_ in calls if call in SYNCS]
            self.assertLessEqual(len(waits), 2 + min(len(model), 4), size)
            self.assertEqual("syncfs" in waits, size != "few")  # which waits for what others write, too
            self.tearDown()

    def test_where_a_system_cannot_wait_for_all_at_once(self):
        for size in ("some", "many"):
            model = self.model(size)
            self.assertNotEqual(self.earlier(size), model)
            self.begin()
            plain = self.run_on(size)[2]
            for error in (NO_SUCH_CALL, NOT_OF_THIS_FOLDER):
                for at in [i for i, call in enumerate(plain, 1) if call[1] == "syncfs"]:
                    self.begin()
                    status, said, calls = self.run_on(size, FAULTS_AT=str(at), FAULTS_ERROR=error)
                    self.assertEqual((status, said), (0, ""))
                    self.assertEqual(calls[at - 1][:2], (True, "syncfs"))
                    self.assertEqual(self.check_order(calls, (size, error, at)), set(model))
                    self.same(contents(self.path("due")), model, (size, error, at))
            self.tearDown()

    def test_a_disk_that_could_not_take_them_is_told_and_none_takes_its_place(self):
        for size in ("few", "some", "many"):
            earlier = self.earlier(size)
            self.begin()
            plain = [call[1] for call in self.run_on(size)[2]]
            for error in (BROKEN, NO_SPACE):
                self.begin()
                at = 1 + plain.index("fsync" if size == "few" else "syncfs")
                status, said, calls = self.run_on(size, FAULTS_AT=str(at), FAULTS_ERROR=error)
                self.assertEqual((status, calls[at - 1][0]), (4, True))
                self.assertRegex(said, r"\Amotcua: [^\n]+\n\Z")
                self.assertEqual(self.check_order(calls, size), set())
                self.same(contents(self.path("due")), earlier, size)
            self.tearDown()

    # ---- at any call ----

    def places(self, calls, most):
        """The calls to strike: all, or of many the syncs, what comes right after them, and others spread over all."""
        every = range(1, len(calls) + 1)
        if len(every) <= most:
            return every
        syncs = [i for i in every if calls[i - 1][1] in SYNCS]
        spread = [1 + i * (len(every) - 1) // (most - 1) for i in range(most)]
        return sorted({at for i in syncs for at in (i, i + 1) if at in every} | set(spread))

    def strike(self, size, most):
        model, earlier = self.model(size), self.earlier(size)
        self.begin()
        calls = self.run_on(size)[2]
        for error in (NO_SPACE, BROKEN, "kill"):
            for at in self.places(calls, most):
                self.begin()
                status, _, struck = self.run_on(size, FAULTS_AT=str(at), FAULTS_ERROR=error, FAULTS_TIMES="0" if error == BROKEN else "1",
                                                FAULTS_WHEN="half" if error != NO_SPACE and at % 2 else "before")
                why = (size, error, at, calls[at - 1])
                self.assertEqual(status, -9 if error == "kill" else 4, why)
                self.check_left(earlier, model, self.check_order(struck, why), why)
                if error == NO_SPACE:
                    self.assertEqual([n for n in os.listdir(self.path("due")) if n.startswith(".")], [], why)
                self.vdir(*self.options(size), at=TODAY)
                self.same(contents(self.path("due")), model, why)
        self.tearDown()

    def check_left(self, earlier, model, came, why):
        """Of each item the old bytes or the new ones; what is to go is there until all the others are."""
        found = {name: item for name, item in contents(self.path("due")).items() if not name.startswith(".motcua-")}
        expected = {**earlier, **{name: model[name] for name in came}}
        if ENDED not in found:
            self.assertEqual(came, set(model), why)
            del expected[ENDED]
        self.same(found, expected, why)

    def test_whatever_fails_no_half_file_stays(self):
        self.strike("few", 100)

    def test_whatever_fails_of_some(self):
        self.strike("some", 12)

    def test_whatever_fails_of_many(self):
        self.strike("many", 5)


del Vdir  # of another file's tests
