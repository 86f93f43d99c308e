"""The manual's KEEPING THE RECORD: whoever types what it says, in its order, has a store again. And what it says of exit status 4 is whole.

Each scratch folder is its own /srv, /mnt and /tmp; what root would prepare is prepared here.
"""
import os
import re
import subprocess

from desk import MARRIAGE, MOTCUA, NAME, ROOT, Desk

PAGE = os.path.join(ROOT, "man", "motcua.1")
OUTCOMES = os.path.join(ROOT, "core", "lang_outcomes.def")
GROUP = "users"  # one that every machine has; the page says motcua
SHARED = ("Several people, one store", "A copy every day", "When the disk is lost, or the store damaged", "After a clock that was wrong",
          "To be kept for years", "WHAT THE JOURNAL'S HEAD TELLS")


def section(head):
    with open(PAGE, encoding="utf-8") as f:
        return re.split(r"^\.S[hs] ", f.read().split("\n.S%s %s\n" % ("h" if head.isupper() else "s", head))[1], flags=re.M)[0]


class Keeping(Desk):
    clock = "2026-11-19 09:00:00"
    founded = False

    def setUp(self):
        super().setUp()
        for folder in ("srv/motcua", "mnt/saoluu", "tmp", "bin"):
            os.makedirs(os.path.join(self.home, folder))
        del self.env["MOTCUA_STORE"]
        self.env["PATH"] = "%s/bin:%s:%s" % (self.home, os.path.dirname(MOTCUA), self.env["PATH"])

    def here(self, line):
        """The line with the scratch folder before its paths, and a group that there is."""
        line = re.sub(r"(?<=[ =])/(?=(srv|mnt|tmp)/)", self.home + "/", line)
        return line.replace("/usr/local/bin/motcua", MOTCUA).replace("--group motcua", "--group " + GROUP)  # a checkout may lie in /tmp

    def shell(self, line, **env):
        return subprocess.run(["sh", "-c", self.here(line)], env={**self.env, **self.clock_env(), **env}, cwd=self.home, stdin=subprocess.DEVNULL,
                              capture_output=True)

    def typed(self, line, **env):
        done = self.shell(line, **env)
        expected = int(line.split("# exit ")[1]) if "# exit " in line else 0
        self.assertEqual(done.returncode, expected, (line, done.stderr.decode()))
        return done.stdout.decode()

    def lines(self, head):
        found = re.findall(r"^\$ (.*)$", section(head), re.M)
        self.assertTrue(found, head)
        return found

    def found(self):
        for line in self.lines("Several people, one store"):
            self.typed(line)

    def cron(self):
        """The line of the crontab as cron reads it: five fields, then the command, in which a % that is not escaped ends it."""
        line = re.findall(r"^\d+ \d+ \* \* \* (.*)$", section("A copy every day"), re.M)
        self.assertEqual(len(line), 1)
        command = re.split(r"(?<!\\)%", line[0].replace("\\e", "\\"))
        self.assertEqual(len(command), 1, "cron would end the command at %")
        return command[0].replace("\\%", "%")

    def mounted(self, yes):
        """Whatever stands for mountpoint(1): the true one knows that a scratch folder is none."""
        path = os.path.join(self.home, "bin", "mountpoint")
        if yes:
            with open(path, "w", encoding="utf-8") as f:
                f.write("#!/bin/sh\necho $1 is a mountpoint\n")
            os.chmod(path, 0o755)
        elif os.path.exists(path):
            os.unlink(path)

    def copies(self):
        return sorted(os.listdir(os.path.join(self.home, "mnt", "saoluu")))

    def receive(self, *more):
        return self.object("-s", os.path.join(self.home, "srv/motcua"), "receive", "--procedure", MARRIAGE, "--applicant", NAME, *more)

    def head_of(self, store="srv/motcua"):
        journal = self.object("-s", os.path.join(self.home, store), "stat")["journal"]
        return "%d:%s" % (journal["seq"], journal["hash"])

    # ---- several people ----

    def test_a_shared_store(self):
        self.found()
        folder = os.path.join(self.home, "srv/motcua")
        self.assertEqual(os.stat(folder).st_mode & 0o7777, 0o2770)
        self.assertEqual(os.stat(folder + "/data.mdb").st_mode & 0o7777, 0o660)
        self.assertEqual(len(self.objects("-s", folder, "officer", "list")), 2)

    # ---- a copy every day ----

    def test_the_line_of_the_crontab(self):
        self.found()
        command = self.cron()
        missing = self.shell(command, PATH="/usr/bin:/bin")
        self.assertNotEqual(missing.returncode, 0)
        self.assertNotEqual(missing.stdout + missing.stderr, b"", "cron would send no mail")
        self.assertEqual(self.copies(), [])
        self.mounted(True)
        said = self.typed(command)
        self.assertEqual(self.copies(), ["motcua-19.mdb"])
        self.assertIn(self.head_of(), said)  # the witness in the mail
        self.receive()
        self.typed(command)
        self.assertEqual(self.copies(), ["motcua-19.mdb"])
        self.clock = "2026-11-20 16:30:00"
        self.typed(command)
        self.assertEqual(self.copies(), ["motcua-19.mdb", "motcua-20.mdb"])
        for line in self.lines("A copy every day"):
            self.typed(line)
        self.assertEqual(os.listdir(os.path.join(self.home, "tmp")), [])

    def test_without_mail(self):
        self.found()
        begin = re.findall(r"^\.Ql (exec .*;)$", section("A copy every day"), re.M)
        self.assertEqual(len(begin), 1)
        self.assertEqual(self.shell(begin[0] + " " + self.cron(), PATH="/usr/bin:/bin").stdout, b"")
        self.mounted(True)
        self.assertEqual(self.typed(begin[0] + " " + self.cron()), "")
        with open(self.home + "/motcua.log", encoding="utf-8") as f:
            said = f.read()
        self.assertIn("not a mountpoint", said)
        self.assertIn(self.head_of(), said)

    # ---- the disk is lost, or the store damaged ----

    def recover(self, salvaged):
        """Goes by the steps. Both ways to restore stand there; the second is for where the first is refused."""
        self.clock = "2026-11-21 08:00:00"
        restored = []
        for line in self.lines("When the disk is lost, or the store damaged"):
            if " restore " in line:
                if not restored or restored[-1]:
                    restored.append(self.shell(line).returncode)
            elif " --code " in line and salvaged:
                continue  # nothing was lost
            elif line.startswith("mv ") and not os.path.exists(self.home + "/srv/motcua"):
                continue
            else:
                if line.endswith(" morning --accept"):
                    self.assertEqual(self.shell(line.replace(" --accept", "")).returncode, 0 if salvaged else 4)
                self.typed(line)
        self.assertEqual(os.stat(os.path.join(self.home, "srv/motcua")).st_mode & 0o7777, 0o2770)
        return restored

    def desk_of_two_days(self):
        self.found()
        self.mounted(True)
        self.receive("--at", "2026-11-19 08:00")
        self.clock = "2026-11-20 09:00:00"
        self.typed(self.cron())
        at_night = self.head_of()
        for _ in range(7):
            lost = self.receive()
        self.typed("motcua -s /srv/motcua morning")
        return at_night, lost

    def from_the_copy(self, at_night, lost):
        self.typed("motcua -s /srv/motcua verify --against " + at_night)
        self.assertEqual(self.shell("motcua -s /srv/motcua morning").returncode, 0)
        again = self.object("-s", self.home + "/srv/motcua", "show", lost["code"], "--unmask")
        self.assertEqual((again["received_at"], again["applicant"]["name"]), ("2026-11-20T15:10:00+07:00", "Trần Văn Đức"))

    def test_everything_damaged(self):
        at_night, lost = self.desk_of_two_days()
        self.assertEqual(lost["code"], "H42.26.21-261120-0007")
        path = self.home + "/srv/motcua/data.mdb"
        with open(path, "r+b") as f:  # all but the first two pages
            f.seek(8192)
            f.write(b"\xa5" * (os.path.getsize(path) - 8192))
        self.assertEqual(self.shell("motcua -s /srv/motcua verify").returncode, 4)
        self.assertEqual(self.recover(salvaged=False), [3, 0])
        self.from_the_copy(at_night, lost)

    def test_no_disk_at_all(self):
        at_night, lost = self.desk_of_two_days()
        os.rename(self.home + "/srv/motcua", self.home + "/gone")
        self.assertEqual(self.recover(salvaged=False), [1, 0])
        self.from_the_copy(at_night, lost)

    def test_from_the_damaged_file_itself(self):
        """A page is damaged that holds something worked out from the journal: nothing is lost."""
        self.desk_of_two_days()
        head, path = self.head_of(), self.home + "/srv/motcua/data.mdb"
        with open(path, "rb") as f:
            pages = f.read()
        for page in range(len(pages) // 4096 - 1, 1, -1):
            whole = pages[page * 4096:(page + 1) * 4096]
            if b"H42.26.21-261120-0007" not in whole:
                continue  # the code stands in a table beside the journal, not in the journal
            with open(path, "wb") as f:
                f.write(pages[:page * 4096] + whole[:2048] + b"\xa5" * 2048 + pages[(page + 1) * 4096:])
            if self.shell("motcua -s /srv/motcua verify").returncode == 4:
                break
        else:
            self.fail("no damage that verify finds")
        self.assertEqual(self.recover(salvaged=True), [0])
        self.assertEqual(self.head_of(), head)

    # ---- a clock that was wrong ----

    def test_after_a_clock_that_was_wrong(self):
        self.env["MOTCUA_STORE"] = os.path.join(self.home, "S")
        self.ok("init", "--office", "UBND xã Tơ Tung", "--agency", "H42.26.21")
        ours = self.object("receive", "--procedure", MARRIAGE, "--applicant", NAME)["code"]
        self.assertEqual(ours, "H42.26.21-261119-0001")
        self.clock = "2031-05-02 09:00:00"
        for _ in range(2):
            self.ok("receive", "--procedure", MARRIAGE, "--applicant", NAME)
        self.ok("resolve", ours)
        self.clock = "2026-11-23 09:00:00"
        for line in self.lines("After a clock that was wrong"):
            self.typed(line)
        late = {d["code"][-11:]: (d["received_at"][:16], d["resolved_at"] and d["resolved_at"][:16], d["state"]) for d in self.objects("list", "--status", "all")}
        self.assertEqual(late, {"261119-0001": ("2026-11-19T09:00", "2026-11-20T16:00", "resolved"), "310502-0001": ("2026-11-20T15:10", None, "processing"),
                                "310502-0002": ("2031-05-02T09:00", None, "void")})
        self.ok("resolve", "310502-0001")

    # ---- kept for years; the head ----

    def test_kept_for_years(self):
        self.found()
        self.receive()
        for line in self.lines("To be kept for years"):
            self.typed(line)
        self.assertEqual(self.head_of("tmp/doc"), self.head_of())

    def test_a_compressed_journal_is_not_restored(self):
        self.found()
        first, second = self.lines("To be kept for years")[:2]
        self.typed(first)
        self.typed(second)
        self.assertEqual(self.shell("motcua -s /tmp/doc restore so-2026.jsonl.gz").returncode, 3)

    def test_a_head_of_another_store(self):
        self.found()
        for line in self.lines("WHAT THE JOURNAL'S HEAD TELLS"):
            self.typed(line)

    # ---- the page ----

    def test_no_line_of_it_is_left_untried(self):
        with open(PAGE, encoding="utf-8") as f:
            keeping = f.read().split("\n.Sh KEEPING THE RECORD\n")[1].split("\n.Sh ENVIRONMENT\n")[0]
        self.assertEqual(len(re.findall(r"^\$ ", keeping, re.M)), sum(len(self.lines(head)) for head in SHARED))

    def test_the_readme_says_the_same(self):
        """Its lines are those of the page, but for the options that a shared store needs and a head of its own."""
        with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as f:
            readme = f.read().split("\n## Keeping the record\n")[1].split("\n## ")[0]
        self.assertEqual(re.findall(r"^    \d+ \d+ \* \* \* (.*)$", readme, re.M)[0].replace("\\%", "%"), self.cron())
        steps = [line.replace(" --group motcua", "") for line in self.lines("When the disk is lost, or the store damaged") if " --code " not in line]
        told = [re.sub(r" --against \S+| +#.*", "", line) for line in re.findall(r"^    \$ (.*/srv/.*)$", readme, re.M)]
        self.assertEqual(told, steps)
        self.env["MOTCUA_STORE"] = os.path.join(self.home, "S")
        self.ok("init", "--office", "UBND xã Tơ Tung", "--agency", "H42.26.21")
        others = [line for line in re.findall(r"^    \$ (.*)$", readme, re.M) if "/srv/" not in line]
        self.assertEqual(len(others), 5)
        for line in others:
            self.typed(line)

    def test_every_kind_of_status_4_is_told(self):
        with open(OUTCOMES, encoding="utf-8") as f:
            kinds = set(re.findall(r"^K\((\w+), FAILED", f.read(), re.M))
        self.assertGreater(len(kinds), 15)
        status = section("EXIT STATUS").split("\n.It 4\n")[1]
        told = [kind for item in re.findall(r"^\.It Li (.*)$", status, re.M) for kind in item.split(" , ")]
        self.assertEqual(sorted(told), sorted(kinds))
