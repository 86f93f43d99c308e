"""report: the command line, its shapes, what stands on the face, files for their owner's eyes."""
import csv
import io
import json
import os
import re
import stat
import subprocess
import unicodedata

from desk import COPY, MARRIAGE, MOTCUA, Desk

KINDS = ["ii06a", "late", "officers", "daily", "letters", "indicators", "d766", "over90", "truth", "points", "catalogue", "public", "survey"]
FACE = ["report", "title", "office", "from", "to", "closing_at", "as_of", "basis", "entries_late", "entries_imported", "counted", "notes", "journal", "demo"]
BOM = b"\xef\xbb\xbf"
HELPER = os.path.join(os.path.dirname(MOTCUA), "libexec", "motcua-out")


def columns(line):
    """What a line takes on a terminal: marks nothing."""
    return sum(not unicodedata.combining(c) for c in unicodedata.normalize("NFC", line))


class Reports(Desk):
    def setUp(self):
        super().setUp()
        self.periods = {r["report"]: r["period"] for r in self.objects("report")}

    def period(self, kind, text="2026-11"):
        return ("--period", text) if self.periods[kind] else ()

    def table(self, *args):
        """The tables of a CSV: each a list of rows, the titles first."""
        rows = list(csv.reader(io.StringIO(self.ok("report", *args, "--csv", "--no-bom"), newline="")))
        parts = [[]]
        for row in rows:
            if row:
                parts[-1].append(row)
            else:
                parts.append([])
        return parts


class Line(Reports):
    def test_bare_it_lists_them(self):
        self.assertEqual([r["report"] for r in self.objects("report")], KINDS)
        self.assertEqual(sorted(self.objects("report")[0]), ["period", "personal", "report", "title"])
        for lang in ("vi", "en"):
            said = self.ok("report", "--lang", lang)
            for kind in KINDS:
                self.assertRegex(said, rf"(?m)^{kind} ")
        del self.env["MOTCUA_STORE"]  # it needs no store
        self.assertEqual(len(self.objects("report")), len(KINDS))

    def test_what_is_no_report(self):
        for kind in KINDS:
            self.assertIn(kind, self.wrong("report", "nonsense"))
        self.wrong("report", "II06A")
        self.wrong("report", "--csv", says="ii06a")
        self.wrong("report", "--period", "2026Q4", says="ii06a")
        self.wrong("report", "ii06a", "late")
        self.assertNotIn("0912345678", self.wrong("report", "0912345678"))

    def test_periods(self):
        self.assertTrue(self.periods["ii06a"])
        self.assertFalse(self.periods["catalogue"])
        for kind in KINDS:
            if self.periods[kind]:
                self.wrong("report", kind, says="--period 2026Q4")
            else:
                self.wrong("report", kind, "--period", "2026Q4", says="--as-of")
                self.wrong("report", kind, "--from", "2026-01-01", "--to", "2026-02-01", says="--as-of")
        self.wrong("report", "ii06a", "--from", "2026-01-01", says="--to")
        self.wrong("report", "ii06a", "--to", "2026-01-01", says="--from")
        self.wrong("report", "ii06a", "--from", "2026-11-02", "--to", "2026-11-01", says="--from")
        self.wrong("report", "ii06a", "--from", "2026-11-01", "--to", "2026-11-02", "--period", "2026", says="--period")
        for bad in ("2026Q5", "2026Q0", "2026H3", "2026-13", "26", "Q4", "2026Q4 ", "2026-11-01", "2026W4"):
            self.wrong("report", "ii06a", "--period", bad, says="2026Q4")
        self.wrong("report", "ii06a", "--period", "")
        self.wrong("report", "ii06a", "--from", "2026-11-01T08:00", "--to", "2026-11-02")

    def test_a_period_to_come_has_no_report(self):
        self.wrong("report", "ii06a", "--from", "2026-11-17", "--to", "2026-11-30", says="17/11/2026")
        self.wrong("report", "ii06a", "--period", "2027Y", says="15/12/2026")
        self.ok("report", "ii06a", "--from", "2026-11-16", "--to", "2026-11-30")
        self.clock = "2026-11-17 08:00:00"
        self.ok("report", "ii06a", "--from", "2026-11-17", "--to", "2026-11-30")
        self.wrong("report", "ii06a", "--from", "2026-11-17", "--to", "2026-11-30", "--as-of", "2026-11-16")

    def test_periods_by_name(self):
        self.clock = "2027-01-04 08:00:00"
        for text, first, last in (("2026Q4", "2026-09-15", "2026-12-14"), ("2026q1", "2025-12-15", "2026-03-14"), ("2026Y", "2025-12-15", "2026-12-14"),
                                  ("2026H2", "2026-06-15", "2026-12-14"), ("2026", "2026-01-01", "2026-12-31"), ("2026-02", "2026-02-01", "2026-02-28")):
            face = self.objects("report", "ii06a", "--period", text)[0]
            self.assertEqual((face["from"], face["to"]), (first, last), text)
            self.assertEqual(face["closing_at"], last + "T23:59:00+07:00")
            same = self.objects("report", "ii06a", "--from", first, "--to", last)[0]
            self.assertEqual(face, same)

    def test_one_shape_at_a_time(self):
        base = ("report", "ii06a", "--period", "2026-11")
        self.wrong(*base, "--json", "--csv")
        self.wrong(*base, "--no-bom")
        self.wrong(*base, "--csv", "--xlsx", "x.xlsx")
        self.wrong(*base, "--pdf", "x.pdf", "--xlsx", "x.xlsx")
        self.wrong(*base, "--xlsx", "")
        self.wrong(*base, "--doc", self.home + "/x.doc", says="survey")
        survey = ("report", "survey", *self.period("survey"))
        for ending, args in ((".pdf", (*base, "--pdf", "a.txt")), (".xlsx", (*base, "--xlsx", "a.pdf")), (".pdf", (*base, "--pdf", "a.")),
                             (".doc", (*survey, "--doc", "x.pdf")), (".csv", (*base, "--csv", "-o", "a.xlsx"))):
            self.wrong(*args, says=ending)
            self.assertFalse(os.path.exists(args[-1]))
        self.wrong(*base, "--size", "30", says="--size")
        self.wrong(*base, "--seed", "1", says="--seed")
        self.wrong("report", "survey", *self.period("survey"), "--size", "0")
        self.wrong("report", "survey", *self.period("survey"), "--seed", "-1")

    def test_who_may_not_ask(self):
        self.ok("officer", "put", "nam", "--name", "Trần Văn Nam", "--role", "admin")
        self.ok("officer", "retire", self.objects("officer", "list")[-1]["login"])
        for kind in KINDS:
            done = self.run_now("report", kind, *self.period(kind), "--json")
            self.assertEqual(done.returncode, 1)
            self.assertEqual(json.loads(done.stdout)["error"]["kind"], "not_allowed")


class Faces(Reports):
    def test_the_first_object(self):
        self.receive()
        for kind in KINDS:
            face = self.objects("report", kind, *self.period(kind))[0]
            self.assertEqual(list(face), FACE, kind)
            self.assertEqual(face["report"], kind)
            self.assertEqual(face["office"], "UBND xã Tơ Tung")
            self.assertEqual(face["as_of"], "2026-11-16T09:00:00+07:00")
            self.assertEqual(face["closing_at"], "2026-11-16T09:00:00+07:00")  # now comes first
            self.assertEqual(face["journal"], self.head())
            self.assertEqual((face["from"], face["to"]), ("2026-11-01", "2026-11-30") if self.periods[kind] else (None, None))
            self.assertIn(face["basis"], ("statutory", None))
            self.assertTrue(face["counted"], kind)
            self.assertIs(face["demo"], False)

    def test_for_people(self):
        for kind in KINDS:
            for lang, known in (("vi", "16/11/2026 09:00"), ("en", "2026-11-16 09:00")):
                said = self.ok("report", kind, *self.period(kind), "--lang", lang)
                face = self.objects("report", kind, *self.period(kind), "--lang", lang)[0]
                self.assertIn(face["title"], said)
                self.assertIn(face["counted"], said)
                self.assertIn(known, said)
                self.assertIn("{seq}:{hash}".format(**face["journal"]), said)
                for note in face["notes"]:
                    self.assertIn(note, said)
                self.assertNotRegex(said, r"(?m) $")
        self.ok("config", "report.basis", "promised")
        self.assertEqual(self.objects("report", "ii06a", "--period", "2026-11")[0]["basis"], "promised")
        self.assertIn("ngày đã hẹn lại", self.ok("report", "ii06a", "--period", "2026-11"))

    def test_recorded_after_the_period(self):
        on_time, late, back = (self.receive()["code"] for _ in range(3))
        self.clock = "2026-11-18 10:00:00"
        self.ok("resolve", on_time)
        self.clock = "2026-12-01 08:00:00"
        self.ok("resolve", late, "--at", "2026-11-30 16:00")
        self.ok("resolve", back, "--at", "2026-11-30 16:00")
        self.receive()  # of December
        face, *rows = self.objects("report", "ii06a", "--period", "2026-11")
        self.assertEqual(face["entries_late"], 2)
        self.assertEqual(rows[-1]["solved"], 3)
        self.assertIn(": 2 mục", self.ok("report", "ii06a", "--period", "2026-11"))
        self.clock = "2026-12-01 09:00:00"
        self.ok("undo", back, "--reason", "nhầm")
        face, *rows = self.objects("report", "ii06a", "--period", "2026-11")
        self.assertEqual((face["entries_late"], rows[-1]["solved"]), (1, 2))
        # As it was known at the end of the month, and between.
        face, *rows = self.objects("report", "ii06a", "--period", "2026-11", "--as-of", "2026-11-30")
        self.assertEqual((face["entries_late"], rows[-1]["solved"]), (0, 1))
        face, *rows = self.objects("report", "ii06a", "--period", "2026-11", "--as-of", "2026-12-01 08:30")
        self.assertEqual((face["entries_late"], rows[-1]["solved"]), (2, 3))

    def test_the_past_says_what_it_said(self):
        """Whatever a report said, it says again as of that moment, whatever came since."""
        asked = []
        for day in ("16", "18", "23", "30"):
            self.clock = f"2026-11-{day} 09:00:13"
            code = self.receive(procedure=MARRIAGE, name=f"Lê Thị {day}")["code"]
            self.receive("--channel", "online", procedure=COPY)
            if day != "16":
                self.ok("resolve", code)
            self.clock = f"2026-11-{day} 10:00:17"
            for kind in KINDS:
                for shape in ((), ("--json",), ("--csv",)):
                    question = ("report", kind, *self.period(kind), *shape)
                    asked.append((self.clock, question, self.ok(*question)))
        self.clock = "2026-12-30 10:00:00"
        for code in self.codes("list", "--status", "open"):
            self.ok("resolve", code)
        self.ok("config", "soon.days", "3")
        for at, question, said in asked:
            self.assertEqual(self.ok(*question, "--as-of", at), said, (at, question))


class Shapes(Reports):
    def fill(self):
        self.receive("--phone", "0912345678", name='=cmd|"/c calc"!A1')
        self.receive("--channel", "online", procedure=COPY)
        self.clock = "2026-11-25 10:00:00"

    def test_csv_and_json_say_the_same(self):
        self.fill()
        for kind in KINDS:
            question = (kind, *self.period(kind))
            rows = [[v for k, v in o.items() if k not in ("part", "row")] for o in self.objects("report", *question)[1:]]
            parts = self.table(*question)
            self.assertEqual(sum(len(p) - 1 for p in parts), len(rows), kind)
            for cells, told in zip((r for p in parts for r in p[1:]), rows):
                self.assertEqual(len(cells), len(told), kind)
                for cell, value in zip(cells, told):
                    self.assertEqual(cell, plain(cell, value), (kind, cells, told))

    def test_csv_is_for_spreadsheets(self):
        self.fill()
        raw = self.run_now("report", "ii06a", "--period", "2026-11", "--csv").stdout
        self.assertTrue(raw.startswith(BOM))
        self.assertEqual(raw[3:], self.run_now("report", "ii06a", "--period", "2026-11", "--csv", "--no-bom").stdout)
        self.assertEqual(raw.count(b"\n"), raw.count(b"\r\n"))
        for kind in KINDS:
            for part in self.table(kind, *self.period(kind)):
                for row in part:
                    for cell in row:
                        self.assertFalse(cell and cell[0] in "=@+\t", (kind, cell))

    def at(self, width, *args):
        """What a terminal of that width shows."""
        status, said, complaint = self.at_terminal(24, width, *args, TERM="xterm")
        self.assertEqual((status, complaint), (0, ""))
        return re.sub(r"\033\[[0-9;]*m", "", said)

    def test_no_terminal_is_too_narrow(self):
        self.receive("--phone", "0912345678", name="Hợp tác xã Nông nghiệp dịch vụ tổng hợp và chăn nuôi Phú Thượng")
        self.receive("--channel", "online", procedure=COPY)
        self.clock = "2026-11-25 10:00:00"
        for kind in KINDS:
            words = set()
            for o in self.objects("report", kind, *self.period(kind))[1:]:
                words |= {w for v in o.values() if isinstance(v, str) for w in v.split() if len(w) < 10}
            words -= {"plain", "total", "alert"}
            words = {w for w in words if not re.search(r"[0-9:_]", w)} - {o.get("part") for o in self.objects("report", kind, *self.period(kind))}
            for width in (60, 80, 100, 132, 250):
                said = self.at(width, "report", kind, *self.period(kind))
                for line in said.split("\n"):
                    self.assertLessEqual(columns(line), width, (kind, width, line))
                whole = "".join(said.split())
                for word in words:
                    self.assertIn(word, whole, (kind, width))

    def test_a_total_is_bold(self):
        self.fill()
        said = self.ok("report", "ii06a", "--period", "2026-11", "--color", "always")
        self.assertRegex(said, r"\x1b\[1m[^\x1b]*Tổng cộng[^\x1b]*\x1b\[0m")


def plain(cell, value):
    """How CSV writes what JSON says, where the cell is shaped so."""
    if value is None:
        return ""
    if isinstance(value, float) or (isinstance(value, int) and re.fullmatch(r"-?\d+\.\d\d", cell)):
        return f"{value:.2f}"
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:00\+07:00", value):
        return value[:16].replace("T", " ")
    if isinstance(value, str) and cell.startswith("'"):
        return "'" + value
    return str(value)


class Files(Reports):
    def setUp(self):
        super().setUp()
        self.receive("--phone", "0912345678")
        self.clock = "2026-11-25 10:00:00"
        self.personal = {r["report"]: r["personal"] for r in self.objects("report")}

    def make(self, kind, shape, name=None):
        path = name or f"{self.home}/r.{shape}"
        return path, self.ok("report", kind, *self.period(kind), f"--{shape}", path)

    def test_all_can_be_kept_and_printed(self):
        old = os.umask(0o022)
        try:
            for kind in KINDS:
                for shape, first in (("xlsx", b"PK"), ("pdf", b"%PDF")):
                    path, said = self.make(kind, shape)
                    self.assertIn(path, said)
                    with open(path, "rb") as f:
                        self.assertTrue(f.read().startswith(first), kind)
                    self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600 if self.personal[kind] else 0o644, kind)
                    os.remove(path)
        finally:
            os.umask(old)
        self.assertTrue(any(self.personal.values()))
        self.assertFalse(self.personal["ii06a"] or self.personal["public"] or self.personal["catalogue"])

    def test_a_document_for_the_survey(self):
        path, _ = self.make("survey", "doc")
        with open(path, "rb") as f:
            self.assertTrue(f.read().startswith(rb"{\rtf1"))
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)

    def test_for_scripts(self):
        path = self.home + "/r.xlsx"
        said = self.object("report", "ii06a", "--period", "2026-11", "--xlsx", path)
        rows = len(self.objects("report", "ii06a", "--period", "2026-11")) - 1
        self.assertEqual(said, {"file": path, "report": "ii06a", "rows": rows, "demo": False})

    def test_to_standard_output(self):
        for shape, first in (("xlsx", b"PK"), ("pdf", b"%PDF")):
            done = self.run_now("report", "ii06a", "--period", "2026-11", f"--{shape}", "-")
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            self.assertTrue(done.stdout.startswith(first))

    def test_a_file_that_cannot_be_written(self):
        done = self.run_now("report", "ii06a", "--period", "2026-11", "--pdf", self.home + "/no/such/r.pdf")
        self.assertEqual((done.returncode, done.stdout), (4, b""))
        self.sentence(done)
        before = open(self.store + "/data.mdb", "rb").read()
        done = self.run_now("report", "ii06a", "--period", "2026-11", "--xlsx", self.store + "/data.mdb")
        self.assertEqual(done.returncode, 2)  # no workbook ends so
        self.assertEqual(open(self.store + "/data.mdb", "rb").read(), before)

    def test_the_same_twice(self):
        """The second at which it was made is in it: a few tries, should one end between two."""
        for shape in ("xlsx", "pdf"):
            same = False
            for _ in range(5):
                one, two = (open(self.make("ii06a", shape, f"{self.home}/{n}.{shape}")[0], "rb").read() for n in (1, 2))
                same = same or one == two
            self.assertTrue(same, shape)

    def test_the_paper_says_what_the_terminal_says(self):
        for kind in KINDS:
            path, _ = self.make(kind, "pdf")
            text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
            whole = "".join(unicodedata.normalize("NFC", text).split())
            face, *rows = self.objects("report", kind, *self.period(kind))
            for said in (face["counted"], *face["notes"], "{seq}:{hash}".format(**face["journal"]), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                         "UBND XÃ TƠ TUNG", face["title"].upper(), "25 tháng 11 năm 2026"):
                self.assertIn("".join(said.split()), whole, kind)
            info = subprocess.run(["pdfinfo", path], capture_output=True, check=True).stdout.decode()
            self.assertIn(face["title"], info)

    def test_the_helper_writes_files_alone(self):
        self.wrong("report", program=HELPER, says="--xlsx")
        self.wrong("report", "ii06a", "--period", "2026-11", program=HELPER, says="--xlsx")
        self.wrong("report", "nonsense", "--pdf", "x", program=HELPER, says="ii06a")

    def test_a_refusal_comes_through(self):
        done = self.run_now("report", "ii06a", "--period", "2026-11", "--xlsx", self.home + "/r.xlsx", "--json", MOTCUA_STORE=self.home + "/none")
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(json.loads(done.stdout)["error"]["kind"], "no_store")
        self.assertFalse(os.path.exists(self.home + "/r.xlsx"))


class Demo(Reports):
    founded = False

    def setUp(self):
        super().setUp()
        self.clock = "2026-11-20 17:00:00"
        self.ok("demo", "--dossiers", "120")

    def test_csv_and_json_say_the_same(self):
        for kind in KINDS:
            question = (kind, *self.period(kind, "2026Q4"))
            told = [[v for k, v in o.items() if k not in ("part", "row")] for o in self.objects("report", *question)[1:]]
            rows = [row[:-1] for part in self.table(*question) for row in part[1:]]
            self.assertEqual(len(rows), len(told), kind)
            for cells, values in zip(rows, told):
                self.assertEqual(cells, [plain(c, v) for c, v in zip(cells, values)], kind)

    def test_everything_says_so(self):
        for kind in KINDS:
            question = ("report", kind, *self.period(kind, "2026Q4"))
            self.assertIs(self.objects(*question)[0]["demo"], True)
            self.assertIn("DỮ LIỆU MẪU", self.ok(*question))
            for row in self.table(*question[1:])[0][1:]:
                self.assertEqual(row[-1], "hư cấu")
            self.ok(*question, "--pdf", self.home + "/r.pdf")
            text = subprocess.run(["pdftotext", self.home + "/r.pdf", "-"], capture_output=True, check=True).stdout.decode()
            self.assertIn("DỮ LIỆU MẪU", text)
            self.assertIn("dữ liệu mẫu", self.ok(*question, "--xlsx", self.home + "/r.xlsx"))
            self.assertIs(self.object(*question, "--xlsx", self.home + "/r.xlsx")["demo"], True)
