"""Everything out, and a journal in: the exported chain is reckoned again here from the bytes alone, what stands beside them agrees with show, and a
store made again from the file exports the same bytes."""
import base64
import fcntl
import hashlib
import json
import os
import re
import shutil
import signal
import stat
import struct
import subprocess
import time

from desk import COPY, MARRIAGE, MOTCUA, NAME, ROOT, Desk
from test_waiting import ASK

NO_TIME = -2 ** 63
COMMON = ["seq", "hash", "recorded_at", "at", "kind", "by", "dossier", "backdated"]


def kinds():
    """number -> name of every kind of event, from the header that numbers them."""
    with open(os.path.join(ROOT, "core", "event.h"), encoding="utf-8") as f:
        return {int(number): name.lower() for name, number in re.findall(r"^    EVENT_(\w+) = (\d+),$", f.read(), re.M)}


def civil(seconds):
    """A wall clock's seconds since 1970 as the JSON writes them."""
    done = subprocess.run(["date", "-u", "-d", f"@{seconds}", "+%Y-%m-%dT%H:%M:%S+07:00"], capture_output=True, check=True)
    return done.stdout.decode().strip()


def opened(body):
    """What every body begins with, by the format's own description: kind, version, previous, dossier, recorded at, at, by."""
    kind, version, previous, dossier, recorded, at, n = struct.unpack(">BBQQqqI", body[:38])
    return {"kind": kind, "version": version, "previous": previous, "dossier": dossier, "recorded": recorded, "at": at, "by": body[38:38 + n].decode()}


class Exporting(Desk):
    def lines(self, *args):
        return [json.loads(line) for line in self.ok("export", *args).split("\n")[:-1]]

    def chain(self, entries):
        """Every hash reckoned again; the journal's head."""
        last = bytes(32)
        for i, e in enumerate(entries, 1):
            self.assertEqual(e["seq"], i)
            body = base64.b64decode(e["body"], validate=True)
            last = hashlib.blake2b(last + i.to_bytes(8, "big") + body, digest_size=32).digest()
            self.assertEqual(e["hash"], last.hex(), e)
        return {"seq": len(entries), "hash": last.hex()}

    def clean(self, text):
        """Nothing in a file acts on a terminal, and every line is whole."""
        self.assertTrue(text.endswith(b"\n"))
        self.assertIsNone(re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", text))
        self.assertIsNone(re.search("[\x80-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]", text.decode()))

    def bring_in(self, code, applicant):
        path = os.path.join(self.home, "brought.csv")
        with open(path, "w", encoding="utf-8") as f:
            f.write(f"code,procedure,applicant,received_at,status\n{code},Việc khác,{applicant},2026-10-05 09:00,processing\n")
        self.ok("import", "csv", path)

    def agrees(self):
        """The whole of what the two exports must keep to, whatever the store holds."""
        journal, dossiers = self.lines("journal"), self.lines("jsonl")
        head = self.head()
        self.assertEqual(self.chain(journal), head)
        self.assertEqual(journal[0]["journal"], head)
        self.assertEqual([e["seq"] for e in journal if "journal" in e], [1])
        self.assertEqual(len(dossiers), self.object("stat")["dossiers"])
        by_seq = {e["seq"]: e for e in journal}
        told = set()
        for d in dossiers:
            self.assertEqual(d, self.object("show", d["code"], "--unmask"))
            for h in d["history"]:
                e = by_seq[h["seq"]]
                self.assertEqual(e["dossier"], d["code"])
                told.add(h["seq"])
                others = {"undone_by", "recorded_before"}  # told by what came later, and so not the entry's own
                if h["kind"] == "reimported":
                    others.add("changes")  # told by what stood before
                for key in h.keys() - others:
                    self.assertEqual(e[key], h[key], (key, e))
        self.assertEqual(told, {e["seq"] for e in journal if e["dossier"]})
        begun = [e["dossier"] for e in journal if e["kind"] in ("received", "imported")]
        self.assertEqual([d["code"] for d in dossiers], begun)
        self.reads_as_its_body(journal, begun)
        return journal, dossiers

    def reads_as_its_body(self, journal, codes):
        """What stands in words is what stands in the bytes, as far as all bodies begin alike."""
        name = kinds()
        for e in journal:
            b = opened(base64.b64decode(e["body"]))
            self.assertEqual(list(k for k in e if k != "journal")[:len(COMMON)], COMMON)
            self.assertEqual(list(e)[-1], "body")
            self.assertEqual(e["kind"], name[b["kind"]])
            self.assertEqual(e["by"], b["by"] or None)
            self.assertEqual(e["dossier"], codes[b["dossier"] - 1] if b["dossier"] else None)
            self.assertEqual(e["recorded_at"], civil(b["recorded"] + 7 * 3600))
            self.assertEqual(e["at"], None if b["at"] == NO_TIME else civil(b["at"] * 60))
            self.assertLess(b["previous"], e["seq"])


class Whole(Exporting):
    def every_kind(self):
        """An office in which everything has happened that can be made to happen."""
        self.clock = "2026-11-16 09:00:00"
        self.ok("officer", "put", "nam", "--name", "Trần Văn Nam", "--role", "specialist", "--unit", "Tư pháp", "--title", "Công chức")
        self.ok("officer", "retire", "nam")
        self.ok("officer", "put", "nam", "--name", "Trần Văn Nam", "--role", "specialist")
        self.ok("procedure", "put", MARRIAGE, "--name", "Xác nhận \"độc thân\"", "--field", "Hộ tịch", "--limit", "3 working_days", "--fee", "15000")
        self.ok("config", "soon.days", "2")
        self.ok("config", "soon.days", "--default")
        self.ok("calendar", "holiday", "2027-01-01", "Tết Dương lịch")
        self.ok("calendar", "closed", "2026-11-30", "Mất điện")
        self.ok("calendar", "remove", "2026-11-30")
        full = self.receive("--phone", "0912345678", "--id-number", "052190001234", "--address", "Thôn 1", "--email", "a@example.vn", "--outside",
                            "--submitter", "Lê Văn Tám", "--authority", "Giấy ủy quyền", "--channel", "online", "--component", "Tờ khai",
                            "--component", "Bản sao \\ \"chính\"", "--sets", "2", "--collect", "postal", "--fee", "15000", "--note", "Gấp\nGọi trước",
                            "--officer", "nam", "--submitted", "2026-11-15T20:00")["code"]
        asked, paid, refused, stopped, void = (self.receive()["code"] for _ in range(5))
        self.ok("receive", "--procedure", COPY, "--applicant", NAME, "--organization", "--serve")
        old = self.receive("--at", "2025-06-20T09:00")["code"]
        self.ok("withdraw", old, "--reason", "Không cần nữa")
        self.ok("transfer", full, "--to", "nam", "--step", "Thẩm định", "--within", "1 working_day", "--note", "Xem giúp")
        self.ok("transfer", full, "--unit", "Chi cục Thuế")
        self.ok("supplement", asked, *ASK)
        self.ok("restart", asked, "--note", "Đủ")
        self.ok("await-payment", paid, "--note", "Thuế trước bạ")
        self.ok("paid", paid, "--within", "2 working_days")
        self.ok("refuse", refused, "--reason", "Không đủ điều kiện")
        self.ok("stop", stopped, "--reason", "Không cần nữa")
        self.ok("void", void, "--reason", "Ghi trùng")
        self.ok("correct", full, "--reason", "Gõ nhầm", "phone=0987654321", "applicant=Nguyễn Thị Hường")
        self.ok("correct", asked, "--reason", "Gõ nhầm", "limit=4 working_days")
        self.ok("calendar", "holiday", "2026-11-18", "Nghỉ bão", "--document", "Công điện 118/CĐ-UBND")
        self.ok("calendar", "hours", "07:30-11:30,13:30-17:30", "--weekdays", "1-6", "--from", "2027-01-04")
        self.clock = "2026-11-18 09:00:00"
        self.ok("apologize", full, "--reason", "Chờ xác minh", "--until", "2026-12-07", "--signer", "Lê Thị Lan")
        self.ok("resolve", full, "--result", "Giấy số 12", "--digitized")
        self.ok("undo", full, "--reason", "Nhầm hồ sơ")
        self.clock = "2026-12-08 09:00:00"
        self.ok("resolve", full, "--result", "Giấy số 13")
        self.ok("return", full, "--channel", "postal", "--to", "Bà Tám")
        self.ok("rate", full, "4", "--note", "Tốt")
        self.ok("fee", full, "--amount", "15000", "--document", "0001234")
        self.ok("fee", full, "--back", "5000", "--reason", "Thu nhầm")
        self.ok("fee", asked, "--exempt", "--reason", "Hộ nghèo")
        self.ok("late", full, "--category", "unit", "--reason", "Chờ cơ quan thuế", "--excuse", "good")
        self.ok("procedure", "steps", COPY, "--step", "Tiếp nhận; officer; 0.5 working_days", "--step", "Ký")
        self.ok("turn-away", "--procedure", MARRIAGE, "--applicant", NAME, "--need", "Căn cước", "--reason", "Thiếu giấy tờ", "--phone", "0912345678")
        self.ok("turn-away", "--procedure", MARRIAGE, "--applicant", NAME, "--reason", "Không thuộc thẩm quyền")
        self.ok("turn-away", "void", "03/2", "--reason", "Nhầm người")
        self.ok("calendar", "plan", "2027")
        for applicant in (NAME, "Trần Văn Ba"):  # and told anew
            self.bring_in("9.000.001", applicant)
        self.clock = "2026-12-07 09:00:00"
        self.ok("clock", "accept", "--reason", "Đồng hồ chạy nhanh một ngày")
        return full

    def test_every_kind_there_is(self):
        full = self.every_kind()
        journal, dossiers = self.agrees()
        missing = set(kinds().values()) - {e["kind"] for e in journal}
        self.assertEqual(missing, set())
        for e in journal:  # an entry that says nothing of its kind would not be readable
            self.assertGreater(len(e), len(COMMON) + 1, e)
        self.of_each_kind({kind: [e for e in journal if e["kind"] == kind] for kind in kinds().values()}, full)
        for export in ("journal", "jsonl"):
            self.clean(self.run_now("export", export).stdout)

    def of_each_kind(self, of, full):
        """What was typed above, in the words of the journal."""
        def says(kind, which, /, **expected):
            e = of[kind][which]
            self.assertEqual({key: e[key] for key in expected}, expected)
        says("founded", 0, office="UBND xã Tơ Tung", agency="H42.26.21", utc_offset="+07:00", demo=False, dossier=None, seq=1)
        says("officer_put", 1, login="nam", name="Trần Văn Nam", role="specialist", unit="Tư pháp", title="Công chức", retired=False)
        says("officer_put", 2, login="nam", retired=True)
        says("fee", 0, amount=15000, exempt=False, reason=None, document="0001234")
        says("fee", 1, amount=-5000, exempt=False, reason="Thu nhầm", document=None)
        says("fee", 2, amount=0, exempt=True, reason="Hộ nghèo", document=None)
        says("late_reason", 0, category="unit", reason="Chờ cơ quan thuế", excuse="good")
        says("steps_put", 0, procedure=COPY, case=None, steps=[{"name": "Tiếp nhận", "role": "officer", "limit": "0.5 working_days"},
                                                               {"name": "Ký", "role": None, "limit": None}])
        says("turned_away", 0, refused=False, number=2, year=2026, procedure=MARRIAGE, reason="Thiếu giấy tờ", needs=["Căn cước"], dossier=None)
        says("turned_away", 1, refused=True, number=2, year=2026, reason="Không thuộc thẩm quyền", needs=[])
        says("turn_away_voided", 0, refused=True, number=2, year=2026, reason="Nhầm người", voided_seq=of["turned_away"][1]["seq"], dossier=None)
        says("procedure_put", -1, code=MARRIAGE, case=None, name="Xác nhận \"độc thân\"", field="Hộ tịch", limit_kind="working_days", limit_value=3,
             fee_vnd=15000, retired=False)
        says("setting_put", -2, key="soon.days", value="2")
        says("setting_put", -1, key="soon.days", value=None)
        says("day_put", -2, date="2026-11-30", day_kind="closed", name="Mất điện", document=None)
        says("day_put", -1, date="2026-11-18", day_kind="day_off", name="Nghỉ bão", document="Công điện 118/CĐ-UBND")
        says("day_removed", -1, date="2026-11-30")
        says("hours_put", -1, weekdays=[1, 2, 3, 4, 5, 6], hours="07:30-11:30, 13:30-17:30")
        says("hours_put", -1, **{"from": "2027-01-04"})
        says("years_known", -1, last_year=2027)
        says("clock_accepted", -1, reason="Đồng hồ chạy nhanh một ngày")
        says("received", 0, dossier=full, at="2026-11-16T09:00:00+07:00", procedure=MARRIAGE, officer="nam")
        self.assertEqual(of["received"][0]["receipt"], {
            "procedure": MARRIAGE, "case": None, "limit": "3 working_days", "clock": "day_end", "cutoff": "15:00",
            "applicant": {"name": NAME, "kind": "person", "id_number": "052190001234", "phone": "0912345678", "email": "a@example.vn",
                          "address": "Thôn 1", "outside": True},
            "submitter": "Lê Văn Tám", "authority": "Giấy ủy quyền", "components": ["Tờ khai", "Bản sao \\ \"chính\""], "sets": 2, "fee_vnd": 15000,
            "channel": "online", "collect": "postal", "submitted_at": "2026-11-15T20:00:00+07:00", "note": "Gấp\nGọi trước"})
        says("corrected", 0, dossier=full, reason="Gõ nhầm", changes=[{"field": "applicant", "old": NAME, "new": "Nguyễn Thị Hường"},
                                                                       {"field": "phone", "old": "0912345678", "new": "0987654321"}])
        self.assertEqual(of["corrected"][0]["receipt"]["applicant"]["phone"], "0987654321")
        says("transferred", 0, to="nam", step="Thẩm định", within="1 working_days", note="Xem giúp")
        says("apologized", 0, number=1, year=2026, signer="Lê Thị Lan", new_due_at="2026-12-07T17:00:00+07:00")
        says("resolved", -1, result="Giấy số 13", digitized=False, late_days_promised=1)
        says("undone", 0, reason="Nhầm hồ sơ", undone_kind="resolved")
        says("rated", 0, stars=4, note="Tốt")
        says("withdrawn", 0, reason="Không cần nữa")
        says("due_moved", 0, cause=of["day_put"][-1]["seq"])
        says("imported", -1, state="processing", dossier="9.000.001")
        says("reimported", 0, state="processing", dossier="9.000.001")

    def test_a_demo_of_300(self):
        self.store = self.env["MOTCUA_STORE"] = os.path.join(self.home, "demo")
        self.clock = "2026-11-20 17:00:00"
        self.ok("demo")
        journal, dossiers = self.lines("journal"), self.lines("jsonl")
        self.assertEqual(self.chain(journal), self.head())
        self.assertEqual((len(journal), len(dossiers)), (self.object("stat")["events"], 300))
        self.assertTrue(journal[0]["demo"] and all(d["demo"] for d in dossiers))
        self.reads_as_its_body(journal, [d["code"] for d in dossiers])
        for d in dossiers[::30]:
            self.assertEqual(d, self.object("show", d["code"], "--unmask"))
        said = self.ok("export", "journal", "-o", self.home + "/j", "--lang", "en")
        self.assertIn("demo", said)

    def test_an_office_without_dossiers(self):
        self.assertEqual(self.ok("export", "jsonl"), "")
        self.assertEqual(self.chain(self.lines("journal")), self.head())

    def test_an_office_founded_in_the_small_hours(self):
        """Its own wall clock counts from the first entry on: 05:30 here is still yesterday in UTC."""
        shutil.rmtree(self.store)
        self.clock = "2026-11-16 05:30:00"
        self.assertEqual(self.object("init", "--office", "X", "--agency", "H1")["backdated"], 0)
        lines = self.objects("export", "journal")
        self.assertEqual({line["at"] for line in lines}, {"2026-11-16T05:30:00+07:00"})
        self.assertFalse(any(line["backdated"] for line in lines))

    def test_as_of(self):
        self.every_kind()
        whole = self.ok("export", "journal").splitlines()
        for moment, clock in (("2026-11-16T09:00", "2026-11-16 09:00:59"), ("2026-11-17", "2026-11-17 23:59:59"), ("2026-12-06T12:00", "2026-12-06 12:00:59")):
            then = self.lines("journal", "--as-of", moment)
            self.assertGreater(len(then), 0)
            head = self.chain(then)
            self.assertEqual(then[0].pop("journal"), head)
            first = json.loads(whole[0])
            del first["journal"]
            self.assertEqual(then, [first] + [json.loads(line) for line in whole[1:len(then)]])
            self.assertEqual(self.objects("stat")[0]["journal"]["seq"], len(whole))
            dossiers = self.lines("jsonl", "--as-of", moment)
            self.assertEqual([d["code"] for d in dossiers], [e["dossier"] for e in then if e["kind"] in ("received", "imported")])
            for d in dossiers:
                self.assertEqual(d, self.object("show", d["code"], "--unmask", "--as-of", moment))
                self.assertLessEqual(max(h["seq"] for h in d["history"]), head["seq"])
        self.assertEqual(self.ok("export", "journal", "--as-of", "2026-11-15"), "")
        self.assertEqual(self.ok("export", "jsonl", "--as-of", "2026-11-15"), "")
        self.wrong("export", "journal", "--as-of", "2027-01-01", says="--as-of")


class Files(Exporting):
    def setUp(self):
        super().setUp()
        self.receive("--phone", "0912345678")

    def read(self, path):
        with open(path, "rb") as f:
            return f.read()

    def test_onto_files(self):
        for export in ("journal", "jsonl", "csv"):
            expected = self.run_now("export", export).stdout
            self.assertEqual(self.run_now("export", export, "-o", "-").stdout, expected)
            path = os.path.join(self.home, "tệp x")
            with open(path, "w") as f:
                f.write("before")
            os.chmod(path, 0o644)
            self.ok("export", export, "-o", path)
            self.assertEqual(self.read(path), expected)
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
            os.remove(path)
            old = os.umask(0)
            try:
                said = self.object("export", export, "--output=" + path)
            finally:
                os.umask(old)
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
            self.assertEqual((said["file"], said["demo"]), (path, False))
            self.assertEqual(said.get("dossiers", said.get("events")), expected.count(b"\n") - (export == "csv"))  # its titles
            if export == "journal":
                self.assertEqual(said["journal"], self.head())
                self.assertIn("{seq}:{hash}".format(**self.head()), self.ok("export", export, "-o", path))
            link = os.path.join(self.home, "link")
            os.symlink(path, link)
            self.ok("export", export, "-o", link)
            self.assertTrue(os.path.islink(link))
            os.remove(link)
            self.assertEqual(sorted(os.listdir(self.home)), sorted(["S", "tệp x"]))  # nothing is left beside it
            os.remove(path)

    def test_where_nothing_can_be_written(self):
        before = self.read(self.store + "/data.mdb")
        other = self.home + "/T"
        self.ok("-s", other, "init", "--office", "Khác", "--agency", "H42.26.22")
        for export in ("journal", "jsonl", "csv"):
            for path in ("/dev/full", self.home + "/no/such", self.home, self.store + "/data.mdb", self.store + "/lock.mdb", other + "/data.mdb", other + "/lock.mdb",
                         "/proc/x"):
                done = self.run_now("export", export, "-o", path)
                self.assertEqual((done.returncode, done.stdout), (4, b""), path)
                self.sentence(done)
            with open("/dev/full", "wb") as full:
                self.assertEqual(self.run_now("export", export, stdout=full).returncode, 4)
            self.wrong("export", export, "-o", "", says="--output")
            self.wrong("export", export, "x")
        self.assertEqual(self.read(self.store + "/data.mdb"), before)
        self.ok("-s", other, "verify")

    def test_a_name_that_acts_on_a_terminal(self):
        path = os.path.join(self.home, "a\x1b]0;x\x07b")
        for export in ("journal", "jsonl", "csv"):
            said = self.run_now("export", export, "-o", path)
            self.assertEqual(said.returncode, 0)
            self.assertNotIn(b"\x1b", said.stdout + said.stderr)
            self.assertEqual(self.object("export", export, "-o", path)["file"], path)

    def test_which_exports_there_are(self):
        for words in ((), ("nonsense",)):
            self.assertIn("csv, jsonl, journal, ics", self.wrong("export", *words))
        page = self.ok("export", "--help")
        for word in ("csv", "jsonl", "journal", "ics"):
            self.assertIn("export " + word, page)
            self.assertIn("--output", self.ok("export", word, "--help"))
        self.assertIn("BEGIN:VCALENDAR", self.ok("export", "ics"))  # the helper's still
        self.assertIn("BEGIN:VCALENDAR", self.ok("--store", self.store, "export", "--lang", "en", "ics", "-o", "-"))

    def test_no_store(self):
        self.founded = False
        for export in ("journal", "jsonl", "csv"):
            self.refused("no_store", "export", export, "-s", self.home + "/none")
        self.assertFalse(os.path.exists(self.home + "/none"))

    def test_what_was_altered_is_not_taken_out(self):
        """A letter of a name, where no decoder would notice."""
        data = self.read(self.store + "/data.mdb")
        at = [m.start() for m in re.finditer(re.escape(NAME.encode()), data)]
        self.assertGreater(len(at), 0)
        found = 0
        for place in at:
            shutil.copytree(self.store, self.home + "/D")
            with open(self.home + "/D/data.mdb", "r+b") as f:
                f.seek(place)
                f.write(b"M")
            done = self.run_now("export", "journal", "-s", self.home + "/D", "-o", self.home + "/j", "--json")
            if done.returncode:
                found += 1
                self.assertEqual(done.returncode, 4)
                self.assertEqual(json.loads(done.stdout)["error"]["kind"], "damaged")
                self.assertFalse(os.path.exists(self.home + "/j"))
            else:  # the name in a record or the index: the journal is as it was
                self.chain([json.loads(line) for line in self.read(self.home + "/j").splitlines()])
                os.remove(self.home + "/j")
            shutil.rmtree(self.home + "/D")
        self.assertEqual(found, 1)


class Interrupted(Exporting):
    clock = "2026-11-20 17:00:00"
    founded = False

    def test_the_file_is_whole_or_not_there(self):
        self.ok("demo", "--dossiers", "1500")
        folder = os.path.join(self.home, "out")
        os.mkdir(folder)
        cut = 0
        for export in ("journal", "jsonl", "csv"):
            expected = self.run_now("export", export).stdout
            for i in range(10):
                program = subprocess.Popen([MOTCUA, "export", export, "-o", folder + "/f"], env={**self.env, **self.clock_env()},
                                           stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                time.sleep(i * 0.008)
                sent = (signal.SIGINT, signal.SIGTERM)[i % 2]
                program.send_signal(sent)
                said = program.communicate()[1]
                self.assertIn(program.returncode, (0, -sent))
                self.assertEqual(said, b"")
                left = os.listdir(folder)
                if left:
                    self.assertEqual(left, ["f"])
                    with open(folder + "/f", "rb") as f:
                        self.assertEqual(f.read(), expected)
                    os.remove(folder + "/f")
                else:
                    cut += 1
        self.assertGreater(cut, 0)

    def test_what_a_killed_one_left_goes_with_the_next(self):
        """It holds every name and number there is: it must not lie about for ever. Another one's at work stays."""
        self.ok("demo", "--dossiers", "300")
        folder = os.path.join(self.home, "out")
        os.mkdir(folder)
        killed = 0
        for i in range(30):
            program = subprocess.Popen([MOTCUA, "export", "journal", "-o", folder + "/f"], env={**self.env, **self.clock_env()},
                                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(i * 0.002)
            program.kill()
            killed += program.wait() != 0
            self.assertLessEqual(len(os.listdir(folder)), 2)  # the file, and what the last one left
        self.assertGreater(killed, 0)
        at_work = os.path.join(folder, ".motcua-new-aaaaaa")
        with open(at_work, "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self.ok("export", "jsonl", "-o", folder + "/g")
            self.assertTrue(os.path.exists(at_work))
        self.ok("export", "jsonl", "-o", folder + "/g")
        self.assertLessEqual(set(os.listdir(folder)), {"f", "g"})


class Together(Exporting):
    def test_while_others_write(self):
        """Each export is the journal of one moment: its chain holds, and later ones begin with it."""
        with open(self.home + "/go", "w"):
            pass
        writer = subprocess.Popen(["sh", "-c", 'while test -e "$HOME/go"; do "$0" receive --procedure %s --applicant A || exit 1; done' % MARRIAGE, MOTCUA],
                                  env={**self.env, **self.clock_env()}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        last, grown = [], 0
        for _ in range(12):
            journal = self.lines("journal")
            head = journal[0].pop("journal")
            self.assertEqual(self.chain(journal), head)
            self.assertEqual(journal[:len(last)], last)
            grown += len(journal) > len(last)
            last = journal
            dossiers = self.lines("jsonl")
            self.assertGreaterEqual(len(dossiers), sum(e["kind"] == "received" for e in journal))
        os.remove(self.home + "/go")
        self.assertEqual(writer.wait(), 0)
        self.assertGreater(grown, 1)


class Back(Exporting):
    """restore of an exported journal."""

    def setUp(self):
        super().setUp()
        self.code = self.receive("--phone", "0912345678", "--note", "Gấp\nGọi trước")["code"]
        self.ok("transfer", self.code, "--unit", "Chi cục Thuế")
        self.journal = self.run_now("export", "journal").stdout
        self.file, self.copy = self.home + "/j", self.home + "/R"

    def restored(self, text):
        with open(self.file, "wb") as f:
            f.write(text)
        done = self.run_now("restore", self.file, "-s", self.copy, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.run_now("export", "journal", "-s", self.copy).stdout, self.journal)
        self.assertEqual(self.run_now("export", "jsonl", "-s", self.copy).stdout, self.run_now("export", "jsonl").stdout)
        self.assertEqual(json.loads(done.stdout)["journal"], self.head())
        shutil.rmtree(self.copy)

    def not_restored(self, text, kind, line=None):
        with open(self.file, "wb") as f:
            f.write(text)
        error = self.refused(kind, "restore", self.file, "-s", self.copy, status=3)
        if line:
            self.assertRegex(error["message"], f", line {line}: ")
        self.assertFalse(os.path.exists(self.copy))

    def test_out_and_in_and_out(self):
        self.restored(self.journal)
        self.restored(self.journal[:-1])
        self.restored(self.journal.replace(b"\n", b"\r\n"))
        self.restored(b"\xef\xbb\xbf" + self.journal)
        self.restored(self.journal + b"\n\n")
        only = b"".join(json.dumps({k: e[k] for k in ("body", "journal", "hash", "seq") if k in e}).encode() + b"\n"
                        for e in map(json.loads, self.journal.splitlines()))
        self.restored(only)

    def test_a_demo(self):
        self.env["MOTCUA_STORE"] = self.store = self.home + "/demo"
        self.clock = "2026-11-20 17:00:00"
        self.ok("demo", "--dossiers", "60")
        self.journal = self.run_now("export", "journal").stdout
        self.restored(self.journal)

    def test_every_kind(self):
        Whole.every_kind(self)
        self.journal = self.run_now("export", "journal").stdout
        self.restored(self.journal)

    def test_lines_that_are_wrong(self):
        lines = self.journal.splitlines(True)
        n, third = len(lines), json.loads(lines[2])
        put = lambda **changed: b"".join(lines[:2]) + json.dumps({**third, **changed}).encode() + b"\n" + b"".join(lines[3:])
        body = base64.b64decode(third["body"])
        self.not_restored(b"".join(lines[1:]), "bad_line", 1)
        self.not_restored(b"".join(lines[:2] + lines[3:]), "bad_line", 3)
        self.not_restored(b"".join(lines[:3] + lines[2:]), "bad_line", 4)
        self.not_restored(b"".join(lines[:2] + [lines[3], lines[2]] + lines[4:]), "bad_line", 3)
        self.not_restored(b"".join(lines[:-1]), "bad_line", n - 1)
        self.not_restored(self.journal + lines[-1], "bad_line", n + 1)
        self.not_restored(self.journal[:-40], "bad_line", n)
        self.not_restored(self.journal[:len(self.journal) // 2], "bad_line")
        self.not_restored(put(seq=4), "bad_line", 3)
        self.not_restored(put(seq="3"), "bad_line", 3)
        self.not_restored(put(hash="0" * 64), "bad_backup")
        self.not_restored(put(hash="0" * 63), "bad_line", 3)
        self.not_restored(put(body=base64.b64encode(body[:-1] + bytes([body[-1] ^ 1])).decode()), "bad_backup")
        self.not_restored(put(body=base64.b64encode(body[:-1]).decode()), "bad_backup")
        self.not_restored(put(body=third["body"][:-1]), "bad_line", 3)
        self.not_restored(put(body=" " + third["body"]), "bad_line", 3)
        self.not_restored(put(body=None), "bad_line", 3)
        self.not_restored(lines[0] + b"{\n" + b"".join(lines[2:]), "bad_line", 2)
        self.not_restored(lines[0] + b"\0" + b"".join(lines[1:]), "bad_line", 2)
        self.not_restored(lines[0] + b'{"x":"\xff"}\n', "bad_line", 2)
        self.not_restored(lines[0] + b"[" * 100000 + b"\n", "bad_line", 2)
        self.not_restored(lines[0] + b'{"x":"' + b"y" * (20 << 20) + b'"}\n', "bad_line", 2)
        self.not_restored(b"", "not_a_backup")
        self.not_restored(b"hello\n", "not_a_backup")
        self.not_restored(b"[]\n", "not_a_backup")
        self.not_restored(self.run_now("export", "jsonl").stdout, "bad_line", 1)  # the other export is no journal

    def test_a_chain_rewritten_with_right_hashes(self):
        """Whoever reckons all hashes anew makes a sound journal: it is another one, and its head says so."""
        last, lines = bytes(32), []
        entries = [json.loads(line) for line in self.journal.splitlines()]
        for e in entries:
            body = base64.b64decode(e["body"]).replace(NAME.encode(), "Nguyễn Thị Hươnh".encode())
            last = hashlib.blake2b(last + e["seq"].to_bytes(8, "big") + body, digest_size=32).digest()
            lines.append({"seq": e["seq"], "hash": last.hex(), "body": base64.b64encode(body).decode()})
        lines[0]["journal"] = {"seq": len(lines), "hash": last.hex()}
        with open(self.file, "w") as f:
            f.writelines(json.dumps(line) + "\n" for line in lines)
        self.ok("restore", self.file, "-s", self.copy)
        self.assertNotEqual(self.object("stat", "-s", self.copy)["journal"], self.head())
