"""The folder of items that motcua keeps for vdirsyncer and khal: what is in it, what is touched, what is left alone."""

import os
import re
import stat
import subprocess

import clock
import icalendar
import test_feed
from test_feed import PROGRAM, World

FAULTS = os.path.join(os.path.dirname(clock.LIBRARY), "faults.so")
NINE = "2026-11-16 09:00:00"  # a Monday


def state_of(folder):
    """Everything that a change of the folder would show."""
    found = {".": os.lstat(folder).st_mtime_ns}
    for name in os.listdir(folder):
        s = os.lstat(os.path.join(folder, name))
        found[name] = (s.st_ino, s.st_mtime_ns, s.st_size, s.st_mode)
    return found


DESCRIBED = {"displayname", "color"}


def names(folder):
    return sorted(set(os.listdir(folder)) - DESCRIBED)


def contents(folder):
    found = {}
    for name in names(folder):
        if os.path.isdir(os.path.join(folder, name)):
            continue
        with open(os.path.join(folder, name), "rb") as file:
            found[name] = file.read()
    return found


class Vdir(World):
    """Commands of a folder called `due`."""

    def vdir(self, *options, at=NINE, folder="due"):
        return self.done("export", "vdir", self.path(folder), "--json", *options, at=at).objects[0]

    def said(self, *options, **keywords):
        said = self.vdir(*options, **keywords)
        return said["written"], said["unchanged"], said["removed"]

    def write(self, name, content, folder="due"):
        os.makedirs(self.path(folder), exist_ok=True)
        with open(self.path(folder, name), "wb") as file:
            file.write(content)

    def read(self, name, folder="due"):
        with open(self.path(folder, name), "rb") as file:
            return file.read()


class Year(Vdir):
    @classmethod
    def prepare(cls):
        cls.done("demo", "--dossiers", "400", "--seed", "7", "--until", "2026-11-21")

    def test_it_holds_what_the_stream_does_but_what_was_called_off(self):
        for options in ([], ["--as", "todo", "--alarm", "1d"], ["--status", "all"], ["--with-names", "--lang", "en"]):
            self.vdir(*options, at="2026-11-21 10:00:00")
            name = "VTODO" if "todo" in options else "VEVENT"
            stream = icalendar.Calendar.from_ical(self.done("export", "ics", *options).bytes)
            expected = {str(i["UID"]): i.to_ical() for i in stream.walk(name) if i["STATUS"] != "CANCELLED"}
            found = {}
            for file, raw in contents(self.path("due")).items():
                self.check_lines(raw)
                calendar = icalendar.Calendar.from_ical(raw)
                self.assertEqual((calendar["VERSION"], "METHOD" in calendar), ("2.0", False))
                item, = calendar.walk(name)
                found[str(item["UID"])] = item.to_ical()
                self.assertEqual(file, str(item["UID"]) + ".ics")
            self.assertGreater(len(found), 20)
            self.assertEqual(found, expected, options)

    def check_lines(self, raw):
        test_feed.Demo.check_lines(self, raw)

    def test_khal_reads_it(self):
        self.vdir(at="2026-11-21 10:00:00", folder="khal-due")
        with open(self.path("khal.conf"), "w") as file:
            file.write("[calendars]\n[[due]]\npath = {0}/khal-due\n[locale]\nlocal_timezone = Asia/Ho_Chi_Minh\n"
                       "default_timezone = Asia/Ho_Chi_Minh\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
                       "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n[sqlite]\npath = {0}/khal.db\n".format(self.home))
        listed = self.tool("khal", "-c", self.path("khal.conf"), "list", "--format", "{uid}", "--day-format", "", "2025-01-01", "2028-01-01")
        expected = {name[:-len(".ics")] for name in names(self.path("khal-due"))}
        self.assertEqual(set(listed.split()), expected)


class OneByOne(Vdir):
    setUp, tearDown = test_feed.Office.setUp, test_feed.Office.tearDown
    setUpClass = classmethod(lambda cls: None)
    tearDownClass = classmethod(lambda cls: None)
    receive = test_feed.Office.receive

    def test_a_second_run_touches_nothing(self):
        for _ in range(3):
            self.receive()
        self.assertEqual(self.said(), (3, 0, 0))
        before = state_of(self.path("due"))
        self.assertEqual(self.said(at="2026-11-17 23:59:00"), (0, 3, 0))
        self.assertEqual(self.said(at="2026-11-18 00:01:00"), (0, 3, 0))
        self.assertEqual(state_of(self.path("due")), before)

    def test_a_moved_date_rewrites_that_file_alone(self):
        codes = [self.receive() for _ in range(3)]
        self.vdir()
        before = state_of(self.path("due"))
        self.done("apologize", codes[1], "--reason", "chờ xác minh", "--until", "2026-12-01", at="2026-11-17 08:00:00")
        self.assertEqual(self.said(at="2026-11-17 09:00:00"), (1, 2, 0))
        after = state_of(self.path("due"))
        self.assertEqual({n for n in after if after[n] != before[n]}, {".", codes[1] + "@H42.26.21.ics"})
        self.assertIn(b"DTSTART;VALUE=DATE:20261201\r\n", self.read(codes[1] + "@H42.26.21.ics"))

    def test_what_ended_or_waits_is_removed_and_comes_back(self):
        codes = [self.receive() for _ in range(4)]
        self.vdir()
        self.done("resolve", codes[0], at="2026-11-17 08:00:00")
        self.done("supplement", codes[1], "--reason", "thiếu", "--need", "bản sao", at="2026-11-17 08:10:00")
        self.done("void", codes[2], "--reason", "nhầm", at="2026-11-17 08:20:00")
        self.assertEqual(self.said(at="2026-11-17 09:00:00"), (0, 1, 3))
        self.assertEqual(names(self.path("due")), [codes[3] + "@H42.26.21.ics"])
        self.done("restart", codes[1], at="2026-11-18 08:00:00")
        self.assertEqual(self.said(at="2026-11-18 09:00:00"), (1, 1, 0))

    def test_a_code_with_slashes_is_no_path(self):
        self.receive("3 working_days", "--code", "03706/2026/07906")
        self.receive("3 working_days", "--code", ".hidden-0001")
        self.receive("3 working_days", "--code", "../up/0001")
        self.assertEqual(self.said(), (3, 0, 0))
        self.assertEqual(names(self.path("due")), ["%2E.%2Fup%2F0001@H42.26.21.ics", "%2Ehidden-0001@H42.26.21.ics",
                                                                "03706%2F2026%2F07906@H42.26.21.ics"])
        self.assertEqual(self.said(), (0, 3, 0))

    def test_foreign_files_are_named_and_left_alone(self):
        code = self.receive()
        other = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260101T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        two = self.done("export", "ics", at=NINE).bytes.replace(b"END:VCALENDAR\r\n", b"") + b"BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        os.makedirs(self.path("due", "folder.ics"))
        os.symlink("/nowhere", self.path("due", "link.ics"))
        with open(self.path("kept"), "wb") as file:
            file.write(other % b"gone@H42.26.21")
        os.symlink(self.path("kept"), self.path("due", "linked.ics"))  # what ended of ours would be removed
        os.mkfifo(self.path("due", "pipe.ics"))
        for name, content in (("note.txt", b"x"), ("two.ics", two), ("a.ics", other % b"a@b"), ("agency.ics", other % b"H42.26.22-261116-0001@H42.26.22"),
                              ("day.ics", other % b"day-2026-11-24@H42.26.21"), ("broken.ics", b"UID\xff"), ("huge.ics", b"x" * 3000000),
                              (".hidden", b"x"), (".x.ics", b"x"), ("displayname", "Lịch".encode()), ("color", b"#ff0000")):
            self.write(name, content)
        before = state_of(self.path("due"))
        said = self.vdir()
        self.assertEqual((said["written"], said["removed"]), (1, 0))
        foreign = ["a.ics", "agency.ics", "broken.ics", "day.ics", "folder.ics", "huge.ics", "link.ics", "linked.ics", "note.txt", "pipe.ics", "two.ics"]
        self.assertEqual(said["foreign"], foreign)
        after = state_of(self.path("due"))
        self.assertEqual({n for n in after if after[n] != before.get(n)}, {".", "displayname", code + "@H42.26.21.ics"})
        text = self.done("export", "vdir", self.path("due"), at=NINE).text
        for name in foreign[:10]:
            self.assertIn("    " + name + "\n", text)

    def test_what_stands_in_an_items_place_is_named_and_kept(self):
        codes = [self.receive() for _ in range(4)]
        files = [code + "@H42.26.21.ics" for code in codes]
        os.makedirs(self.path("due", files[0]))
        with open(self.path("precious"), "w") as file:
            file.write("precious")
        os.symlink(self.path("precious"), self.path("due", files[1]))
        self.write(files[2], b"a note of somebody's\n")
        result = self.motcua("export", "vdir", self.path("due"), "--json", at=NINE)
        self.assertEqual(result.status, 4)
        self.assertEqual((result.objects[0]["written"], sorted(result.objects[0]["in_way"])), (1, files[:3]))
        self.assertEqual(result.objects[1]["error"]["kind"], "in_way")
        self.assertRegex(result.errors, r"\Amotcua: [^\n]+\n\Z")
        self.assertTrue(os.path.islink(self.path("due", files[1])))
        with open(self.path("precious")) as file:
            self.assertEqual(file.read(), "precious")
        self.assertEqual(self.read(files[2]), b"a note of somebody's\n")
        self.assertEqual(names(self.path("due")), files)

    def test_an_item_under_another_name_is_that_item(self):
        codes = [self.receive() for _ in range(3)]
        self.vdir()
        files = [code + "@H42.26.21.ics" for code in codes]
        whole = self.read(files[0])
        os.rename(self.path("due", files[0]), self.path("due", "6f1c.ics"))
        self.assertEqual(self.said(), (0, 3, 0))
        self.assertEqual(names(self.path("due")), ["6f1c.ics"] + files[1:])
        edited = whole.replace(b"SEQUENCE:0", b"SEQUENCE:9").replace(b"DTSTART;VALUE=DATE:20261119", b"DTSTART;VALUE=DATE:20261231")
        self.assertNotEqual(edited, whole)
        self.write("6f1c.ics", edited)
        self.assertEqual(self.said(), (1, 2, 0))
        self.assertEqual(self.read("6f1c.ics"), whole)
        self.write("another.ics", whole)  # two of one uid: vdirsyncer would stop
        self.write(files[0], whole)
        self.assertEqual(self.said(), (0, 3, 2))
        self.assertEqual(names(self.path("due")), sorted(files))
        os.rename(self.path("due", files[0]), self.path("due", "6f1c.ics"))
        self.done("resolve", codes[0], at="2026-11-17 08:00:00")
        self.assertEqual(self.said(at="2026-11-17 09:00:00"), (0, 2, 1))
        self.assertEqual(names(self.path("due")), sorted(files[1:]))

    def test_what_a_crash_left_is_mended(self):
        code = self.receive()
        name = code + "@H42.26.21.ics"
        self.vdir()
        whole = self.read(name)
        for torn in (b"", b"\0" * 400):
            self.write(name, torn)
            self.write(".motcua-4711.tmp", whole[:99])
            self.write(".other.tmp", b"x")
            self.assertEqual(self.said(), (1, 0, 0))
            self.assertEqual(self.read(name), whole)
            self.assertEqual(names(self.path("due")), [".other.tmp", name])

    def test_modes(self):
        self.receive()
        self.vdir()
        name, = names(self.path("due"))
        mode = lambda *names: stat.S_IMODE(os.stat(self.path(*names)).st_mode)
        self.assertEqual((mode("due"), mode("due", name)), (0o755, 0o644))
        os.chmod(self.path("due", name), 0o640)
        self.vdir("--alarm", "1d")
        self.assertEqual(mode("due", name), 0o640)
        self.vdir("--with-names")
        self.assertEqual(mode("due", name), 0o600)
        self.vdir("--with-names", folder="named")
        self.assertEqual((mode("named"), mode("named", name)), (0o700, 0o600))

    def test_nobody_is_named_unless_asked_for(self):
        self.receive()
        self.vdir()
        self.vdir("--with-names", folder="named")
        plain, named = ("".join(c.replace(b"\r\n ", b"").decode() for c in contents(self.path(f)).values()) for f in ("due", "named"))
        self.assertNotIn("Nguyễn Thị Hương", plain)
        self.assertIn("Nguyễn Thị Hương", named)
        self.assertNotIn("0912345678", named)

    # ---- what describes the folder ----

    def test_its_name_and_colour(self):
        self.receive()
        self.vdir()
        text = lambda name: self.read(name).decode()
        self.assertEqual(text("displayname"), "Hẹn trả hồ sơ – UBND xã Tơ Tung, huyện Kbang; Gia Lai")
        self.assertNotIn("color", os.listdir(self.path("due")))
        self.vdir("--name", "Của tôi", "--calendar-color", "teal")
        self.assertEqual((text("displayname"), text("color")), ("Của tôi", "#008080"))
        before = state_of(self.path("due"))
        self.assertEqual(self.said("--name", "Của tôi", "--calendar-color", "#008080"), (0, 1, 0))
        self.assertEqual(state_of(self.path("due")), before)
        os.remove(self.path("due", "color"))
        with open(self.path("precious"), "w") as file:
            file.write("precious")
        os.symlink(self.path("precious"), self.path("due", "color"))
        self.assertEqual(self.vdir("--calendar-color", "red")["foreign"], ["color"])
        with open(self.path("precious")) as file:
            self.assertEqual(file.read(), "precious")
        for options in (["--refresh", "1h"], ["--timed", "--all-day"], ["--name", ""], ["--calendar-color", "x"], ["--per-officer", "--officer", "x"]):
            self.assertEqual(self.motcua("export", "vdir", self.path("due"), *options, at=NINE).status, 2, options)

    # ---- a folder for each officer ----

    def by_officer(self, *options, at=NINE):
        said = self.done("export", "vdir", self.path("all"), "--per-officer", "--json", *options, at=at).objects
        return {o.pop("officer"): o for o in said}

    put_officers = test_feed.Office.put_officers

    def test_a_dossier_moves_with_who_holds_it(self):
        self.put_officers("hoa", "ly")
        codes = [self.receive("3 working_days", "--officer", login) for login in ("hoa", "hoa", "ly")]
        said = self.by_officer("--calendar-color", "teal")
        self.assertEqual({k: v["items"] for k, v in said.items() if k in ("hoa", "ly")}, {"hoa": 2, "ly": 1})
        self.assertEqual(names(self.path("all", "hoa")), [c + "@H42.26.21.ics" for c in codes[:2]])
        self.assertEqual(self.read("displayname", folder="all/ly").decode(), "Hẹn trả hồ sơ – UBND xã Tơ Tung, huyện Kbang; Gia Lai – Bà ly")
        self.assertEqual(self.read("color", folder="all/ly"), b"#008080")
        self.assertEqual(len(said), 4)  # the admin's, with nothing in it, and the last word
        before = {login: state_of(self.path("all", login)) for login in os.listdir(self.path("all"))}
        again = self.by_officer("--calendar-color", "teal")
        self.assertEqual([(v["written"], v["removed"]) for k, v in again.items() if k], [(0, 0)] * 3)
        self.assertEqual({login: state_of(self.path("all", login)) for login in os.listdir(self.path("all"))}, before)
        moved = codes[1] + "@H42.26.21.ics"
        self.done("transfer", codes[1], "--to", "ly", at="2026-11-16 10:00:00")
        said = self.by_officer(at="2026-11-16 10:01:00")
        self.assertEqual((said["hoa"]["removed"], said["ly"]["written"], said["ly"]["unchanged"]), (1, 1, 1))
        self.assertEqual(names(self.path("all", "hoa")), [codes[0] + "@H42.26.21.ics"])
        self.assertIn(moved, names(self.path("all", "ly")))

    def test_who_has_left_keeps_an_empty_folder(self):
        self.put_officers("hoa", "ly")
        code = self.receive("3 working_days", "--officer", "ly")
        self.by_officer()
        self.done("transfer", code, "--unit", "Chi cục Thuế", at="2026-11-16 09:50:00")
        self.done("officer", "retire", "ly", at="2026-11-16 10:00:00")
        said = self.by_officer(at="2026-11-16 10:01:00")
        self.assertEqual((said["ly"]["retired"], said["ly"]["removed"], said[None]["unheld"]), (True, 1, 1))
        self.assertEqual(os.listdir(self.path("all", "ly")), ["displayname"])
        text = self.done("export", "vdir", self.path("all"), "--per-officer", at="2026-11-16 10:02:00").text
        self.assertIn("1 hồ sơ đang giải quyết không ở trong lịch của công chức nào", text)
        self.assertNotIn("/ly", text)
        self.done("transfer", code, "--to", "hoa", at="2026-11-16 10:03:00")
        self.assertEqual(self.by_officer(at="2026-11-16 10:04:00")[None]["unheld"], 0)

    def test_items_of_all_give_way_to_those_of_each(self):
        self.put_officers("hoa")
        self.receive("3 working_days", "--officer", "hoa")
        self.vdir(folder="all")
        self.write("note.ics", b"x", folder="all")
        said = self.by_officer()
        self.assertEqual((said["hoa"]["written"], said[None]["removed"]), (1, 1))
        self.assertEqual([n for n in os.listdir(self.path("all")) if n.endswith(".ics")], ["note.ics"])
        # And back: the folders of each stay, and are not called somebody else's.
        text = self.done("export", "vdir", self.path("all"), at=NINE).text
        self.assertEqual(len(os.listdir(self.path("all", "hoa"))), 2)
        self.assertIn("  không thuộc lịch này, để nguyên (", text)
        self.assertIn("    hoa\n", text)

    def test_one_folder_that_cannot_be_written_keeps_no_other_from_it(self):
        self.put_officers("hoa", "ly")
        for login in ("hoa", "hoa", "ly"):
            self.receive("3 working_days", "--officer", login)
        self.write("hoa", b"not a folder", folder="all")
        result = self.motcua("export", "vdir", self.path("all"), "--per-officer", at=NINE)
        self.assertEqual(result.status, 4)
        self.assertRegex(result.errors, r"\Amotcua: [^\n]*/all/hoa: [^\n]+\n\Z")
        self.assertEqual(len(names(self.path("all", "ly"))), 1)

    # ---- places ----

    def test_places_that_are_none(self):
        self.receive()
        with open(self.path("file"), "w") as file:
            file.write("x")
        os.makedirs(self.path("store2", "deep", "er"))
        for name in ("data.mdb", "lock.mdb"):
            with open(self.path("store2", name), "w") as file:
                file.write("x")
        before = sorted(os.listdir(self.store))
        os.symlink(self.store, self.path("to-store"))
        stores = [self.store, self.store + "/", self.path("store", "due"), self.path("to-store"), self.path("to-store", "due"), self.path("store2"),
                  self.path("store2", "x"), self.path("store2", "deep", "er")]
        for place in stores + [self.path("file"), self.path("file", "due"), self.path("no", "such"), "/proc/nothing"]:
            result = self.motcua("export", "vdir", place, "--json", at=NINE)
            self.assertEqual((result.status, result.objects[0]["error"]["kind"] in ("io_error", "no_permission")), (4, True), place)
            self.assertEqual("nơi chứa sổ" in result.errors, place in stores, place)
            self.assertRegex(result.errors, r"\Amotcua: [^\n]+\n\Z")
        self.assertEqual(sorted(os.listdir(self.store)), before)
        self.assertFalse(os.path.exists(self.path("no")))
        for words in ([], [""], ["-"], ["a", "b"], ["a", "--alarm", "soon"]):
            self.assertEqual(self.motcua("export", "vdir", *words, at=NINE).status, 2, words)
        self.assertEqual(self.motcua("export", "vdir", self.path("due"), "--officer", "nobody", at=NINE).status, 1)
        self.assertEqual(self.motcua("-s", self.path("nothing"), "export", "vdir", self.path("due"), at=NINE).status, 1)
        self.assertFalse(os.path.exists(self.path("due")))

    def test_an_officers_folder_that_is_no_place(self):
        """A store in the folder may be called as an officer is; and a link back would wait for itself."""
        self.put_officers("hoa", "ly")
        self.receive("3 working_days", "--officer", "hoa")
        self.done("-s", self.path("all", "hoa"), "init", "--office", "UBND xã Đông", "--agency", "H42.26.22", at=NINE)
        os.symlink(".", self.path("all", "ly"))
        before = sorted(os.listdir(self.path("all", "hoa")))
        result = self.motcua("export", "vdir", self.path("all"), "--per-officer", at=NINE)
        self.assertEqual(result.status, 4)
        self.assertRegex(result.errors, r"\Amotcua: [^\n]*/all/hoa: [^\n]+\nmotcua: [^\n]*/all/ly: [^\n]+\n\Z")
        self.assertEqual(sorted(os.listdir(self.path("all", "hoa"))), before)

    def test_a_link_to_a_folder_is_that_folder(self):
        self.receive()
        os.makedirs(self.path("real"))
        os.symlink("real", self.path("due"))
        self.assertEqual(self.said(), (1, 0, 0))
        self.assertEqual(len(names(self.path("real"))), 1)

    # ---- failures ----

    def test_a_full_disk_is_told_once(self):
        self.put_officers("hoa", "ly")
        for login in ("hoa", "ly"):
            self.receive("3 working_days", "--officer", login)
        self.vdir(folder="all")
        before = contents(self.path("all"))
        environment = {**self.environment, **clock.environment(NINE), "FAULTS_UNDER": self.path("all") + "/", "FAULTS_FROM": "write", "FAULTS_AT": "1",
                       "FAULTS_TIMES": "0", "FAULTS_ERROR": "28"}
        environment["LD_PRELOAD"] += ":" + FAULTS
        result = subprocess.run([PROGRAM, "export", "vdir", self.path("all"), "--per-officer"], env=environment, cwd=self.home, capture_output=True, timeout=60)
        self.assertEqual(result.returncode, 4)
        self.assertRegex(result.stderr.decode(), r"\Amotcua: hết chỗ trên đĩa[^\n]+\n\Z")
        self.assertEqual(contents(self.path("all")), before)  # what was everybody's is still there

    def test_a_full_disk_where_things_are_set_aside(self):
        """It is named, and what stood in the folder stands there still."""
        for _ in range(40):
            self.receive()
        self.vdir("--alarm", "1d")
        before = contents(self.path("due"))
        os.makedirs(self.path("aside"))
        for options in ((), ("--per-officer",)):
            environment = {**self.environment, **clock.environment(NINE), "TMPDIR": self.path("aside"), "FAULTS_UNDER": self.path("aside") + "/", "FAULTS_FROM": "write",
                           "FAULTS_AT": "1", "FAULTS_TIMES": "0", "FAULTS_ERROR": "28"}
            environment["LD_PRELOAD"] += ":" + FAULTS
            result = subprocess.run([PROGRAM, "export", "vdir", "due", *options], env=environment, cwd=self.home, capture_output=True, timeout=60)
            self.assertEqual((result.returncode, os.listdir(self.path("aside"))), (4, []), result.stderr)
            self.assertRegex(result.stderr.decode(), r"\Amotcua: hết chỗ trên đĩa[^\n]+" + re.escape(self.path("aside")) + r"[^\n]+\n\Z")
        self.assertEqual(contents(self.path("due")), before)

    def test_two_at_once_wait_for_each_other(self):
        for _ in range(4):
            self.receive()
        os.makedirs(self.path("due"))
        held = subprocess.Popen(["flock", self.path("due"), "cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        held.stdin.write(b"x\n")
        held.stdin.flush()
        self.assertEqual(held.stdout.readline(), b"x\n")  # it has the lock
        environment = {**self.environment, **clock.environment(NINE)}
        terminal, end = os.openpty()
        second = subprocess.Popen([PROGRAM, "export", "vdir", self.path("due")], env=environment, cwd=self.home, stdout=subprocess.PIPE, stderr=end)
        os.close(end)
        with open(terminal, "rb", buffering=0) as said:
            self.assertIn("đang chờ", said.readline().decode())  # it has looked at the store, and looks at it again when it is its turn
        self.receive(at="2026-11-16 09:10:00")  # a view that was held meanwhile would not know of it
        self.done("config", "ics.times", "timed", at="2026-11-16 09:11:00")  # nor of that
        self.assertEqual(names(self.path("due")), [])
        held.stdin.close()
        held.wait()
        held.stdout.close()
        second.communicate(timeout=60)
        self.assertEqual(second.returncode, 0)
        self.assertEqual(len(names(self.path("due"))), 5)
        self.assertEqual([name for name, item in contents(self.path("due")).items() if b"\r\nDTSTART:20261119T100000Z\r\n" not in item], [])

