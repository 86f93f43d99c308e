"""Who may read what the program writes: the owner alone, or the group it was founded for, whatever the umask."""
import grp
import os
import stat
import subprocess
import tempfile

import hostile
from desk import MARRIAGE, MOTCUA, NAME, Desk

MASKS = (0o000, 0o022, 0o077, 0o777)


class Modes(Desk):
    founded = False

    def masked(self, mask, *args, status=0, **env):
        whole = {**self.env, **self.clock_env(), **env}
        done = subprocess.run([MOTCUA, *args], env=whole, stdin=subprocess.DEVNULL, capture_output=True, umask=mask, cwd=self.home)
        self.assertEqual(done.returncode, status, (oct(mask), args, done.stderr))
        return done

    def modes(self, folder):
        """Of a folder and all in it, relative to it."""
        found = {".": os.lstat(folder)}
        for above, folders, files in os.walk(folder):
            for name in folders + files:
                path = os.path.join(above, name)
                found[os.path.relpath(path, folder)] = os.lstat(path)
        return {name: (stat.S_IMODE(st.st_mode), st.st_gid) for name, st in found.items()}

    def live(self, mask, *group, made=True):
        """A store founded and worked with under that umask, its lock file lost and made anew; its folder made or found."""
        self.store = tempfile.mkdtemp(dir=self.home)
        self.env["MOTCUA_STORE"] = self.store
        if made:
            os.rmdir(self.store)
        else:
            os.chmod(self.store, 0o755)
        self.masked(mask, "init", "--office", "UBND", "--agency", "H1", *group)
        self.masked(mask, "receive", "--procedure", MARRIAGE, "--applicant", NAME)
        os.unlink(os.path.join(self.store, "lock.mdb"))
        self.masked(mask, "list")
        self.masked(mask, "morning", HOME=tempfile.mkdtemp(dir=self.home))
        return self.modes(self.store)

    def test_a_store_for_its_owner(self):
        for mask in MASKS:
            for made in (True, False):
                found = {name: mode for name, (mode, _) in self.live(mask, made=made).items()}
                self.assertEqual(found, {".": 0o700, "data.mdb": 0o600, "lock.mdb": 0o600}, oct(mask))

    def test_a_store_for_a_group(self):
        other = next((g for g in grp.getgrall() if g.gr_gid != os.getegid() and (os.geteuid() == 0 or g.gr_gid in os.getgroups())), None)
        if not other:
            self.skipTest("the tests' user is in one group only")
        for mask in MASKS:
            for made in (True, False):
                self.assertEqual(self.live(mask, "--group", other.gr_name, made=made),
                                 {".": (0o2770, other.gr_gid), "data.mdb": (0o660, other.gr_gid), "lock.mdb": (0o660, other.gr_gid)}, oct(mask))

    def test_a_demo_store(self):
        for mask in MASKS:
            self.env["MOTCUA_STORE"] = os.path.join(self.home, f"demo-{mask}")
            self.masked(mask, "demo", "--dossiers", "20")
            found = {name: mode for name, (mode, _) in self.modes(self.env["MOTCUA_STORE"]).items()}
            self.assertEqual(found, {".": 0o700, "data.mdb": 0o600, "lock.mdb": 0o600}, oct(mask))

    def test_what_is_written_out(self):
        """Names in it: for its owner alone. None: as the umask has it, or as the file was."""
        self.live(0o022)
        for mask in (0o000, 0o022, 0o077):
            for words, whole in ((["export", "ics"], 0o666 & ~mask), (["export", "ics", "--with-names"], 0o600),
                                 (["calendar", "export"], 0o666 & ~mask)):
                path = os.path.join(self.home, f"out-{mask}-{len(words)}-{words[0]}")
                self.masked(mask, *words, "-o", path)
                self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), whole, (oct(mask), words))
            path = os.path.join(self.home, f"there-{mask}")
            with open(path, "w"):
                os.chmod(path, 0o644)
            self.masked(mask, "export", "ics", "--with-names", "-o", path)
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600, oct(mask))
            self.whole_files(mask)

    def whole_files(self, mask):
        """Backups and exports hold everything: 0600 also in place of one that was open to all."""
        for command in (["backup", "{}"], ["export", "jsonl", "-o", "{}"], ["export", "journal", "-o", "{}"]):
            for there in (False, True):
                path = os.path.join(self.home, f"whole-{mask}-{command[0]}-{len(command)}-{command[1][:5].strip('{}')}-{there}")
                if there:
                    with open(path, "w"):
                        os.chmod(path, 0o666)
                self.masked(mask, *[w.format(path) for w in command])
                self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600, (oct(mask), command, there))
        restored = os.path.join(self.home, f"restored-{mask}")
        self.masked(mask, "restore", os.path.join(self.home, f"whole-{mask}-backup-2--False"), MOTCUA_STORE=restored)
        self.assertEqual({n: m for n, (m, _) in self.modes(restored).items()}, {".": 0o700, "data.mdb": 0o600, "lock.mdb": 0o600}, oct(mask))
        self.masked(mask, "compact", MOTCUA_STORE=restored)
        self.assertEqual({n: m for n, (m, _) in self.modes(restored).items()}, {".": 0o700, "data.mdb": 0o600, "lock.mdb": 0o600}, oct(mask))

    def test_what_the_morning_notes(self):
        """The last head shown, kept in the home of whoever looked."""
        self.live(0o022)
        for mask in (0o000, 0o022, 0o077):
            home = tempfile.mkdtemp(dir=self.home)
            self.masked(mask, "morning", HOME=home)
            noted = os.path.join(home, ".local", "state", "motcua")
            found = self.modes(noted)
            self.assertEqual(found.pop(".")[0], 0o700, oct(mask))
            self.assertEqual({mode for mode, _ in found.values()}, {0o600}, oct(mask))
            for name in found:  # nor does the name of the note tell of whom it is
                self.assertIsNone(hostile.acts(name))
                self.assertNotIn("UBND", name)
