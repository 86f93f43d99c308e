"""What runs unattended: the timers that `make install` places, and the program they start, run here as systemd and cron would.

systemd itself says whether the units are sound and when they are due. The settings are those of the sample that is installed, the scratch folder
before its paths; a sendmail that only keeps what it is given stands for the true one.
"""
import datetime
import email
import email.policy
import glob
import os
import pwd
import re
import shutil
import subprocess
import tempfile
import unittest

from desk import MOTCUA, NAME, ROOT, Desk

NOT_A_BYTE = ("sh", "-c", 'trap "" XFSZ; ulimit -S -f 0; exec "$@"', "sh")  # whatever is started after it finds every disk full
KINDS = ("morning", "backup", "verify", "calendars")
LOGIN = pwd.getpwuid(os.getuid()).pw_name
PAGES = [os.path.join(ROOT, "man", *where, "motcua-timers.7") for where in ((), ("vi",))]
# What brings NoNewPrivileges along in a service that is not root's: systemd.exec(5).
NO_NEW_PRIVILEGES = re.compile("NoNewPrivileges|SystemCall|RestrictAddressFamilies|RestrictNamespaces|PrivateDevices|ProtectKernel|ProtectClock|MemoryDeny|"
                               "RestrictRealtime|RestrictSUIDSGID|DynamicUser|LockPersonality|ProtectHostname|ProtectHome|ProtectSystem=strict|PrivateUsers")


def install(*words):
    """What was built is installed as it is."""
    build = os.path.relpath(os.path.dirname(MOTCUA), ROOT)
    env = {k: v for k, v in os.environ.items() if not k.startswith("MAKE") and k != "MFLAGS"}
    done = subprocess.run(["make", "-C", ROOT, "-o", "all", "B=" + build, "install", *words], env=env, capture_output=True)
    if done.returncode:
        raise RuntimeError(done.stderr.decode())


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


class Placed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = tempfile.mkdtemp(prefix="motcua-timers-")
        cls.prefix = os.path.join(cls.root, "usr")
        install("PREFIX=" + cls.prefix)
        cls.units = os.path.join(cls.prefix, "lib", "systemd", "system")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.root)


class Units(Placed):
    def unit(self, name):
        return read(os.path.join(self.units, name))

    def systemd(self, *words):
        env = {"PATH": os.environ["PATH"], "SYSTEMD_UNIT_PATH": self.units + ":", "TZ": "UTC", "LC_ALL": "C", "HOME": self.root}
        return subprocess.run(["systemd-analyze", *words], env=env, cwd=self.units, capture_output=True)

    def test_where_they_go(self):
        """DESTDIR and PREFIX are honoured, and nothing of the administrator's is touched."""
        with tempfile.TemporaryDirectory() as where:
            install("DESTDIR=" + where, "PREFIX=/opt/motcua")
            self.assertEqual(os.listdir(where), ["opt"])
            at = where + "/opt/motcua"
            wanted = sorted("motcua-%s@.%s" % (kind, what) for kind in KINDS for what in ("service", "timer"))
            self.assertEqual(sorted(os.listdir(at + "/lib/systemd/system")), wanted)
            self.link(where)
            self.assertIn("\nExecStart=/opt/motcua/libexec/motcua/motcua-unattended backup\n", read(at + "/lib/systemd/system/motcua-backup@.service"))
            self.assertIn("\nmotcua=/opt/motcua/bin/motcua\n", read(at + "/libexec/motcua/motcua-unattended"))
            for path in ("bin/motcua", "libexec/motcua/motcua-unattended", "libexec/motcua/motcua-out"):
                self.assertTrue(os.access(os.path.join(at, path), os.X_OK), path)
            for page in ("man1/motcua.1", "man7/motcua.7", "man7/motcua-timers.7"):
                for lang in ("", "vi/"):
                    self.assertTrue(os.path.exists("%s/share/man/%s%s" % (at, lang, page)), page)
            for folder, _, files in os.walk(where):
                for name in files:
                    self.assertNotIn("@PREFIX@", open(os.path.join(folder, name), encoding="latin-1").read(), name)

    def link(self, root):
        """What the page says of a PREFIX where systemd does not look; then a timer can be enabled, as it could not before."""
        def systemctl(*words):
            return subprocess.run(["systemctl", "--root=" + root, *words], env={"PATH": os.environ["PATH"], "LC_ALL": "C"}, capture_output=True)
        self.assertNotEqual(systemctl("enable", "motcua-backup@nam.timer").returncode, 0)
        line, = re.findall(r"^# systemctl (link .*)$", read(PAGES[0]), re.M)
        verb, units = line.split()
        found = [path[len(root):] for path in glob.glob(root + units)]
        self.assertEqual(len(found), 2 * len(KINDS))
        done = systemctl(verb, *found)
        self.assertEqual(done.returncode, 0, done.stderr)
        done = systemctl("enable", "motcua-backup@nam.timer")
        self.assertEqual(done.returncode, 0, done.stderr)
        shutil.rmtree(root + "/etc")

    def test_systemd_finds_nothing_wrong(self):
        for kind in KINDS:
            for what in ("service", "timer"):
                done = self.systemd("verify", "--man=no", "motcua-%s@nam.%s" % (kind, what))
                self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"", b""), kind)

    def test_they_do_not_forbid_a_setuid_sendmail(self):
        for kind in KINDS:
            lines = [line for line in self.unit("motcua-%s@.service" % kind).splitlines() if not line.startswith("#")]
            self.assertEqual([line for line in lines if NO_NEW_PRIVILEGES.search(line)], [])
            for line in ("PrivateTmp=yes", "ProtectSystem=full", "User=%i", "EnvironmentFile=-/etc/motcua/%i.env", "Type=oneshot"):
                self.assertIn(line, lines)

    def due(self, kind, n, since):
        """The first n times after `since` (Vietnamese time), as systemd works them out."""
        when = re.findall(r"^OnCalendar=(.*)$", self.unit("motcua-%s@.timer" % kind), re.M)
        self.assertEqual(len(when), 1)
        base = (datetime.datetime.fromisoformat(since) - datetime.timedelta(hours=7)).strftime("%Y-%m-%d %H:%M:%S UTC")
        said = self.systemd("calendar", "--iterations=%d" % n, "--base-time=" + base, when[0]).stdout.decode()
        found = re.findall(r"(?:Next elapse|Iter\. #\d+): \w+ (\S+ \S+) UTC", said)
        self.assertEqual(len(found), n, said)
        return [str(datetime.datetime.fromisoformat(t) + datetime.timedelta(hours=7))[:16] for t in found]

    def test_when_they_are_due(self):
        self.assertEqual(self.due("morning", 3, "2026-11-20 12:00:00"), ["2026-11-%d 07:00" % day for day in (21, 22, 23)])
        self.assertEqual(self.due("backup", 2, "2026-11-20 12:00:00"), ["2026-11-20 18:30", "2026-11-21 18:30"])
        self.assertEqual(self.due("verify", 2, "2026-11-20 12:00:00"), ["2026-11-20 19:00", "2026-11-27 19:00"])
        quarters = ["2026-11-20 %02d:%02d" % (hour, minute) for hour in range(7, 18) for minute in (0, 15, 30, 45)]
        self.assertEqual(self.due("calendars", 45, "2026-11-20 00:00:00"), quarters + ["2026-11-21 07:00"])

    def test_what_was_missed_is_made_up_for(self):
        for kind, persistent in zip(KINDS, ("true", "true", "true", "false")):
            self.assertIn("\nPersistent=%s\n" % persistent, self.unit("motcua-%s@.timer" % kind))
            self.assertIn("\nWantedBy=timers.target\n", self.unit("motcua-%s@.timer" % kind))


class Running(Placed, Desk):
    clock = "2026-11-19 09:00:00"  # a Thursday

    def setUp(self):
        super().setUp()
        for folder in ("bin", "sent", "mnt/saoluu", "srv/lich", "var"):
            os.makedirs(os.path.join(self.home, folder))
        self.tool("sendmail", 'ulimit -S -f unlimited; echo "$@" > %s/sent/words; n=$(ls %s/sent | wc -l); cat > %s/sent/$n.eml' % ((self.home,) * 3))
        self.tool("mountpoint", 'echo "$1 is a mountpoint"')
        self.settings = {}

    def tool(self, name, line):
        path = os.path.join(self.home, "bin", name)
        with open(path, "w", encoding="utf-8") as f:
            f.write("#!/bin/sh\n" + line + "\n")
        os.chmod(path, 0o755)

    def sample(self):
        """The sample as installed, every setting in it taken."""
        text = read(os.path.join(self.prefix, "share", "doc", "motcua", "motcua.env.example"))
        text = re.sub(r"^#(MOTCUA_\w+=)", r"\1", text, flags=re.M)
        text = re.sub(r"(?<==)/(?=(mnt|srv|var)/)", self.home + "/", text)
        return text.replace(self.home + "/srv/motcua\n", self.store + "\n").replace("/usr/sbin/sendmail", self.home + "/bin/sendmail")

    def environment_file(self):
        """As systemd reads one."""
        found = {}
        for line in self.sample().splitlines():
            if line and not line.startswith("#"):
                name, _, value = line.partition("=")
                found[name] = value[1:-1] if value[:1] == '"' else value
        found["MOTCUA_CALENDAR_SYNC"] = "echo synced >> %s/synced" % self.home
        found["MOTCUA_CALENDAR_FILE"] = self.home + "/var/motcua.ics"
        found.update(self.settings)
        return {name: value for name, value in found.items() if value is not None}

    def start(self, kind, *before):
        """Starts the service; what it exits with."""
        line, = re.findall(r"^ExecStart=(.*)$", read(os.path.join(self.units, "motcua-%s@.service" % kind)), re.M)
        env = {"PATH": "%s/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" % self.home, "HOME": self.home, "LOGNAME": LOGIN, "USER": LOGIN,
               "SHELL": "/bin/sh", "TZ": "Asia/Ho_Chi_Minh", "TMPDIR": self.home, **self.clock_env(), **self.environment_file()}
        done = subprocess.run([*before, *line.replace("%i", LOGIN).split()], env=env, stdin=subprocess.DEVNULL, capture_output=True, cwd="/")
        self.said = done.stdout.decode()
        self.complaint = done.stderr.decode()
        self.assertEqual([name for name in os.listdir(self.home) if name.startswith("tmp.")], [])  # nothing is left behind
        return done.returncode

    def mails(self):
        """What was sent since the last look."""
        folder, found = os.path.join(self.home, "sent"), []
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name), "rb") as f:
                if name.endswith(".eml"):
                    found.append(email.message_from_binary_file(f, policy=email.policy.default))
            os.unlink(os.path.join(folder, name))
        for message in found:
            self.assertEqual(message.defects, [])
            self.assertEqual([str(a) for a in message["To"].addresses], ["chutich@xa.example", "vanphong@xa.example"])
            self.assertEqual(message["Auto-Submitted"], "auto-generated")
        return found

    def reported(self, kind, *says):
        """One mail: that it failed, and why; the machine's journal has that as well."""
        message, = self.mails()
        self.assertRegex(message["Subject"], r"^LỖI motcua %s, .* \(\d+\)$" % kind)
        for part in says:
            self.assertIn(part, message.get_content())
            self.assertIn(part, self.complaint)

    def damage(self, path):
        with open(path, "r+b") as f:
            f.seek(8192)
            f.write(b"\xa5" * (os.path.getsize(path) - 8192))

    def copies(self):
        return sorted(os.listdir(self.home + "/mnt/saoluu"))

    # ---- the morning page ----

    def test_the_page_arrives(self):
        self.receive()
        self.clock = "2026-11-20 07:00:00"
        self.settings["MOTCUA_MORNING_OPTIONS"] = None
        self.assertEqual((self.start("morning"), self.said, self.complaint), (0, "", ""))
        with open(self.home + "/sent/words", encoding="utf-8") as f:
            self.assertEqual(f.read(), "-t -i\n")
        message, = self.mails()
        self.assertEqual(message["Subject"], "UBND xã Tơ Tung 20/11: 0 quá hạn, 0 phiếu phải gửi hôm nay")
        self.assertNotIn(NAME, message.get_content())
        self.clock = "2026-11-25 07:00:00"  # the day after a day off
        self.settings = {"MOTCUA_SENDMAIL": None}  # the one in the path
        self.assertEqual(self.start("morning"), 0)
        message, = self.mails()
        self.assertIn(NAME, message.get_content())  # by --with-names of the sample

    def test_no_page_on_a_day_off(self):
        for day in ("2026-11-21", "2026-11-22", "2026-11-24"):
            self.clock = day + " 07:00:00"
            self.assertEqual((self.start("morning"), self.said, self.complaint, self.mails()), (0, "", "", []))

    def test_a_journal_that_does_not_go_on(self):
        data = os.path.join(self.store, "data.mdb")
        with open(data, "rb") as f:
            old = f.read()
        self.receive()
        self.assertEqual(self.start("morning"), 0)
        self.mails()
        with open(data, "wb") as f:
            f.write(old)
        self.assertEqual(self.start("morning"), 4)
        self.assertIn("không nối tiếp", self.complaint)
        message, = self.mails()
        self.assertIn("KHÔNG NỐI TIẾP", message["Subject"])
        self.assertIn("Mốc nhật ký", message.get_content())

    def test_no_page_to_send(self):
        self.damage(os.path.join(self.store, "data.mdb"))
        self.assertEqual(self.start("morning"), 4)
        self.reported("morning", "hỏng")
        shutil.rmtree(self.store)
        self.founded = False
        self.assertEqual(self.start("morning"), 1)
        self.reported("morning", self.store)

    def test_a_page_that_cannot_be_sent(self):
        self.tool("sendmail", "echo queue full >&2; exit 75")
        self.assertEqual(self.start("morning"), 75)
        self.assertIn("queue full", self.complaint)
        self.settings["MOTCUA_SENDMAIL"] = self.home + "/bin/none"
        self.assertNotEqual(self.start("morning"), 0)
        self.assertIn("không gửi được", self.complaint)
        self.settings["MOTCUA_LANG"] = "en"
        self.assertNotEqual(self.start("morning"), 0)
        self.assertIn("could not be sent", self.complaint)

    def test_settings_that_are_missing_or_wrong(self):
        self.settings["MOTCUA_MAIL"] = None
        self.assertEqual(self.start("morning"), 2)
        self.assertIn("MOTCUA_MAIL", self.complaint)
        self.settings = {"MOTCUA_BACKUPS": None}
        self.assertEqual(self.start("backup"), 2)
        self.reported("backup", "MOTCUA_BACKUPS")
        self.settings = {"MOTCUA_CALENDAR_FOLDER": None, "MOTCUA_CALENDAR_OFFICERS": None, "MOTCUA_CALENDAR_FILE": None}
        self.assertEqual((self.start("calendars"), self.mails()), (2, []))
        self.settings = {"MOTCUA_MORNING_OPTIONS": "--bogus *"}
        self.assertEqual(self.start("morning"), 2)
        self.reported("morning", "--bogus")
        self.settings = {"MOTCUA_STORE": self.home + "/elsewhere"}
        self.assertEqual(self.start("backup"), 1)
        self.reported("backup", "elsewhere")

    def test_without_room_for_a_file_of_its_own(self):
        """Neither the page nor a complaint needs one; a copy that is to be tried out does, and says so."""
        self.receive()
        self.assertEqual(self.start("backup"), 0)
        a_file = self.home + "/a-file"
        with open(a_file, "w", encoding="utf-8"):
            pass
        for folder in (self.home + "/not-there", a_file):
            self.settings = {"TMPDIR": folder}
            self.assertEqual((self.start("morning"), self.complaint), (0, ""))
            self.assertIn("quá hạn", self.mails()[0]["Subject"])
            self.assertEqual(self.start("verify"), 4)
            self.reported("verify", "không có thư mục tạm", folder)
            self.settings["MOTCUA_LANG"] = "en"
            self.assertEqual(self.start("verify"), 4)
            self.assertIn("there is no temporary folder", self.mails()[0].get_content())
        self.damage(os.path.join(self.store, "data.mdb"))
        for folder in (self.home + "/not-there", a_file, self.home):
            self.settings = {"TMPDIR": folder}
            for kind in ("morning", "backup", "verify"):
                self.assertEqual(self.start(kind), 4)
                self.reported(kind, "hỏng")

    def test_where_not_one_byte_can_be_written(self):
        self.receive()
        self.assertEqual(self.start("backup"), 0)
        for kind in ("backup", "verify"):
            self.assertEqual(self.start(kind, *NOT_A_BYTE), 4)
            self.reported(kind, "motcua: ")
        self.assertEqual(self.start("morning", *NOT_A_BYTE), 0)
        self.assertIn("mốc nhật ký", self.complaint)  # only that it was shown could not be noted
        self.assertIn("quá hạn", self.mails()[0]["Subject"])
        self.damage(os.path.join(self.store, "data.mdb"))
        self.assertEqual(self.start("morning", *NOT_A_BYTE), 4)
        self.reported("morning", "hỏng")

    def test_the_same_is_complained_of_once(self):
        """Of the copy of the day and of that of the month; and what motcua calls -s is told by the name it has among the settings."""
        self.assertEqual(self.start("backup", *NOT_A_BYTE), 4)
        self.assertEqual(self.complaint.count("hết chỗ trên đĩa"), 1)
        self.assertEqual(self.mails()[0].get_content().count("hết chỗ trên đĩa"), 1)
        with open(os.path.join(self.store, "data.mdb"), "wb") as f:
            f.write(b"\xa5" * 65536)
        for lang, says in (("vi", "đặt ở MOTCUA_STORE: "), ("en", "is set by MOTCUA_STORE: ")):
            self.settings["MOTCUA_LANG"] = lang
            for kind in ("morning", "backup", "verify"):
                self.assertEqual(self.start(kind), 4)
                self.assertEqual(self.complaint.count(says + self.store + "\n"), 1)
                self.assertIn(says + self.store, self.mails()[0].get_content())

    # ---- copies ----

    def test_copies_that_take_turns(self):
        heads = {}
        for day, copy in ((19, "day-4"), (20, "day-5"), (26, "day-4")):
            self.clock = "2026-11-%d 18:30:00" % day
            self.receive()
            self.assertEqual((self.start("backup"), self.complaint), (0, ""))
            heads[copy] = self.head()
            self.assertIn("%(seq)d:%(hash)s" % heads[copy], self.said)
        self.assertEqual(self.copies(), ["motcua-day-4.mdb", "motcua-day-5.mdb", "motcua-month-11.mdb"])
        self.clock = "2026-12-01 18:30:00"
        self.assertEqual(self.start("backup"), 0)
        self.assertEqual(self.copies(), ["motcua-day-2.mdb", "motcua-day-4.mdb", "motcua-day-5.mdb", "motcua-month-11.mdb", "motcua-month-12.mdb"])
        for copy, head in (*heads.items(), ("month-11", heads["day-4"])):
            where = os.path.join(self.home, copy)
            self.ok("-s", where, "restore", "%s/mnt/saoluu/motcua-%s.mdb" % (self.home, copy))
            self.assertEqual(self.object("-s", where, "stat")["journal"], head)
            self.assertEqual(os.stat("%s/mnt/saoluu/motcua-%s.mdb" % (self.home, copy)).st_mode & 0o077, 0)

    def test_without_its_disk(self):
        os.unlink(self.home + "/bin/mountpoint")  # the machine's own
        for lang, says in ((None, "không thấy đĩa"), ("en", "no disk")):
            self.settings["MOTCUA_LANG"] = lang
            self.assertEqual((self.start("backup"), self.copies()), (4, []))
            self.assertIn(says, self.complaint)
            self.assertIn(self.home + "/mnt/saoluu", self.complaint)
            message, = self.mails()
            self.assertIn(self.home + "/mnt/saoluu", message.get_content())

    def test_a_copy_that_cannot_be_made_leaves_the_old_one(self):
        self.assertEqual(self.start("backup"), 0)
        before = {name: os.stat(self.home + "/mnt/saoluu/" + name).st_ino for name in self.copies()}
        self.damage(os.path.join(self.store, "data.mdb"))
        self.assertEqual(self.start("backup"), 4)
        self.reported("backup", "hỏng")
        self.assertEqual({name: os.stat(self.home + "/mnt/saoluu/" + name).st_ino for name in self.copies()}, before)

    def test_the_weekly_look(self):
        self.assertEqual(self.start("verify"), 2)
        self.reported("verify", "không có bản sao nào")
        self.settings["MOTCUA_LANG"] = "en"
        self.assertEqual(self.start("verify"), 2)
        message, = self.mails()
        self.assertTrue(message["Subject"].startswith("FAILED motcua verify, "))
        self.assertIn("there is no copy", message.get_content())
        self.settings = {}
        self.receive()
        self.assertEqual(self.start("backup"), 0)
        self.assertEqual((self.start("verify"), self.complaint), (0, ""))
        self.assertEqual(self.said.count("%(seq)d:%(hash)s" % self.head()), 3)  # of the store, restored, and of the copy
        newest = self.home + "/mnt/saoluu/motcua-day-4.mdb"
        self.damage(newest)
        self.assertNotEqual(self.start("verify"), 0)
        self.reported("verify", newest)
        self.assertEqual(self.start("backup"), 0)
        self.damage(os.path.join(self.store, "data.mdb"))
        self.assertEqual(self.start("verify"), 4)
        self.reported("verify", "hỏng")

    # ---- calendars ----

    def test_calendars(self):
        code = self.receive()["code"]
        self.assertEqual((self.start("calendars"), self.complaint), (0, ""))
        calendar = read(self.home + "/var/motcua.ics")
        self.assertIn(code, calendar)
        self.assertIn("TRIGGER", calendar)  # by the options of the sample
        self.assertNotIn(NAME, calendar)
        self.assertEqual(read(self.home + "/synced"), "synced\n")
        folder = self.home + "/srv/lich/motcua"
        item, = [name for name in os.listdir(folder) if name.endswith(".ics")]
        self.assertIn("TRIGGER", read(os.path.join(folder, item)))
        self.settings = {"MOTCUA_CALENDAR_FOLDER_OPTIONS": "--with-names"}
        self.assertEqual((self.start("calendars"), self.complaint), (0, ""))
        self.assertIn(NAME, read(os.path.join(folder, item)))
        self.assertEqual(read(self.home + "/var/motcua.ics"), calendar)  # has options of its own

    def test_calendars_of_the_officers(self):
        """Beside everybody's, in the folder that holds that one; or alone."""
        code = self.receive()["code"]
        self.assertEqual((self.start("calendars"), self.complaint), (0, ""))
        item, = [name for name in os.listdir(self.home + "/srv/lich/" + LOGIN) if name.endswith(".ics")]
        for folder in ("motcua", LOGIN):
            text = read(os.path.join(self.home, "srv/lich", folder, item))
            self.assertIn(code, text)
            self.assertIn("TRIGGER", text)  # the options are for both
        shutil.rmtree(self.home + "/srv/lich")
        self.settings = {"MOTCUA_CALENDAR_FOLDER": None, "MOTCUA_CALENDAR_FILE": None, "MOTCUA_CALENDAR_OFFICERS": self.home + "/srv/lich"}
        self.assertEqual((self.start("calendars"), self.complaint, os.listdir(self.home + "/srv/lich")), (0, "", [LOGIN]))
        self.settings["MOTCUA_CALENDAR_OFFICERS"] = self.home + "/a-file/lich"
        with open(self.home + "/a-file", "w", encoding="utf-8"):
            pass
        os.unlink(self.home + "/synced")
        self.assertEqual((self.start("calendars"), os.path.exists(self.home + "/synced")), (4, False))

    def test_a_calendar_that_cannot_be_written_is_not_carried_on(self):
        self.settings["MOTCUA_CALENDAR_FILE"] = self.home + "/none/motcua.ics"
        self.assertEqual((self.start("calendars"), self.mails()), (4, []))
        self.assertFalse(os.path.exists(self.home + "/synced"))
        self.settings = {"MOTCUA_CALENDAR_SYNC": "echo no network >&2; exit 5"}
        self.assertEqual((self.start("calendars"), self.complaint), (5, "no network\n"))

    # ---- cron, and the manual ----

    def test_the_lines_of_the_crontab(self):
        self.receive()
        with open(self.home + "/motcua.env", "w", encoding="utf-8") as f:
            f.write(self.sample().replace('"vdirsyncer sync --force-delete"', "true"))
            f.write("MOTCUA_CALENDAR_FILE=$HOME/var/motcua.ics\n")
        lines = re.findall(r"^[\d*/]+ [\d*-]+ \* \* [\d*] (.*)$", read(PAGES[0]), re.M)
        self.assertEqual([line.split()[5] for line in lines], list(KINDS))
        for line, says in zip(lines, (False, True, True, False)):
            env = {"PATH": self.home + "/bin:/usr/bin:/bin", "HOME": self.home, "LOGNAME": LOGIN, "SHELL": "/bin/sh", "TZ": "Asia/Ho_Chi_Minh", **self.clock_env()}
            done = subprocess.run(["/bin/sh", "-c", line.replace("/usr/local", self.prefix)], env=env, cwd=self.home, capture_output=True)
            self.assertEqual((done.returncode, bool(done.stdout), done.stderr), (0, says, b""), line)
        self.assertEqual(len(self.mails()), 1)
        self.assertEqual(self.copies(), ["motcua-day-4.mdb", "motcua-month-11.mdb"])
        self.assertTrue(os.path.exists(self.home + "/var/motcua.ics"))

    def test_both_pages_say_the_same(self):
        parts = []
        for page in PAGES:
            text = read(page)
            said = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", page], capture_output=True).stdout.decode().splitlines()
            self.assertEqual([line for line in said if "NAME" not in line or page == PAGES[0]], [])
            macros = re.findall(r"^\.(Sh|It|Bl|Bd|Xr|Ev|Cm|Fl|Ql|Pa)\b(.*)$", text, re.M)
            lines = re.findall(r"^(?:[$#] |[\d*/]+ [\d*-]+ \*).*$", text, re.M)
            parts.append(([(m, "" if m == "Sh" else rest) for m, rest in macros], lines, sorted(re.findall(r"\d\d:\d\d", text))))
        self.assertEqual(parts[0], parts[1])

    def test_every_setting_is_told_and_used(self):
        program = read(os.path.join(ROOT, "data", "systemd", "motcua-unattended"))
        used = set(re.findall(r"\bMOTCUA_\w+", program)) | {"MOTCUA_STORE"}
        self.assertEqual(set(re.findall(r"^#?(MOTCUA_\w+)=", read(os.path.join(ROOT, "data", "systemd", "motcua.env.example")), re.M)), used)
        told = set(re.findall(r"\bMOTCUA_\w+", " ".join(re.findall(r"^\.It Ev (.*)$", read(PAGES[0]), re.M))))
        self.assertEqual(told, used)

    def test_the_calendar_is_carried_as_the_page_of_phones_does(self):
        carried, = set(re.findall(r"&& (vdirsyncer .*?) >>", read(os.path.join(ROOT, "man", "motcua-phone.7"))))
        sample, = re.findall(r'^#MOTCUA_CALENDAR_SYNC="(.*)"$', read(os.path.join(ROOT, "data", "systemd", "motcua.env.example")), re.M)
        self.assertEqual(sample, carried)
        for page in PAGES:
            self.assertIn(carried, read(page))
            self.assertIn(carried, read(page.replace("-timers", "-phone")))


if __name__ == "__main__":
    unittest.main()
