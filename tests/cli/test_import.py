"""Years of history from the spreadsheets people have: every trap that real files hold, what comes in as it was meant, what does not with its line and
reason, and nothing twice. The files under import/ were written by hand after the real ones; what must come of them stands here."""
import csv
import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import time
import unicodedata

from desk import MARRIAGE, MOTCUA, Desk

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "import")
FAULTS = os.path.join(os.path.dirname(MOTCUA), "tests", "faults.so")
KEYS = ["rows", "added", "updated", "unchanged", "conflicts", "rejected", "repeated", "unknown_procedures", "void", "no_result_date", "due_before_receipt", "dry_run"]
SOMETHING = "Xác nhận việc gì đó"  # in nobody's catalogue
COLUMNS = "Số hồ sơ,Chủ hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Tên thủ tục hành chính,Số điện thoại"


def fixture(name):
    return os.path.join(HERE, name + ".csv")


def text_of(name):
    with open(fixture(name), encoding="utf-8", newline="") as f:
        return f.read()


def without(path, column):
    """The same file without a column."""
    with open(path, encoding="utf-8-sig", newline="") as f:
        names, *rows = csv.reader(f)
    at = names.index(column)
    with open(path, "w", encoding="utf-8-sig", newline="") as f:
        csv.writer(f).writerows([*row[:at], *row[at + 1:]] for row in [names, *rows])


class Importing(Desk):
    def file(self, text, name="f.csv"):
        path = os.path.join(self.home, name)
        with open(path, "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())
        return path

    def rows(self, *rows, columns=COLUMNS, name="f.csv"):
        return self.file("\n".join([columns, *rows]) + "\n", name)

    def imports(self, path, *more, status=0, **expected):
        """Imports and compares the counts: those not named are 0."""
        done = self.run_now("import", "csv", path, "--json", *more)
        self.assertEqual(done.returncode, status, (done.stdout, done.stderr.decode()))
        counts = json.loads(done.stdout)
        self.assertEqual(list(counts), KEYS)
        self.assertEqual(counts, {**dict.fromkeys(KEYS, 0), "dry_run": "--dry-run" in more, **expected})
        return done.stderr.decode()

    def again(self, path, rows, **expected):
        """A second time nothing changes: the journal is the same to the last byte."""
        before = self.head()
        self.imports(path, rows=rows, **{"unchanged": rows, **expected})
        self.assertEqual(self.head(), before)

    def show(self, code):
        return self.object("show", code, "--unmask")

    def bad(self, text, *said, kind="bad_csv"):
        path = text if isinstance(text, str) and text.startswith("/") else self.file(text)
        error = self.refused(kind, "import", "csv", path, status=3)
        for words in said:
            self.assertIn(words, error["message"])


class RealFiles(Importing):
    def test_the_list_of_igate(self):
        self.imports(fixture("igate"), rows=3, added=3, unknown_procedures=2)
        d = self.show("000.00.53.H48-220921-0099")
        self.assertEqual(d["procedure"], MARRIAGE)
        self.assertEqual(d["applicant"]["phone"], "0912345678")
        self.assertEqual((d["state"], d["status"], d["officer"], d["unit"]), ("returned", "early", "Trần Văn Nam", "Tư pháp - Hộ tịch"))
        self.assertEqual(d["received_at"], "2022-09-21T08:15:00+07:00")
        self.assertEqual(d["due_at"], "2022-09-26T17:00:00+07:00")
        self.assertEqual(d["resolved_at"], "2022-09-23T17:00:00+07:00")
        d = self.show("000.00.53.H48-220922-0100")
        self.assertEqual((d["procedure"], d["procedure_name"], d["state"]), (None, SOMETHING, "waiting"))
        self.assertEqual((d["applicant"]["name"], d["applicant"]["phone"]), ('Lê Văn "Tám"', "0987654321"))
        d = self.show("000.00.53.H48-220923-0101")
        self.assertEqual((d["applicant"]["name"], d["unit"], d["status"]), ("Phạm Thị Lan (ủy quyền)", "UBND xã Tơ Tung", "late"))
        self.assertEqual(d["received_at"], "2022-09-23T07:00:00+07:00")
        self.again(fixture("igate"), 3, unknown_procedures=2)

    def test_the_register(self):
        self.imports(fixture("register"), rows=2, added=2, unknown_procedures=2)
        d = self.show("03706/2026/07906")
        self.assertEqual((d["state"], d["received_at"], d["due_at"]), ("returned", "2022-09-21T07:00:00+07:00", "2022-09-28T17:00:00+07:00"))
        self.assertEqual((d["returned_at"], d["receiver"]), ("2022-09-27T15:00:00+07:00", "Nguyễn Văn Một"))
        self.assertEqual((d["applicant"]["address"], d["applicant"]["phone"]), ("Làng Kgiang, xã Tơ Tung", "0935000111"))
        d = self.show("03706/2026/07907")
        self.assertEqual((d["state"], d["received_at"]), ("processing", "2022-09-22T09:30:00+07:00"))
        self.assertEqual(d["applicant"]["address"], "Làng Đăk Pơ, xã Tơ Tung")
        self.again(fixture("register"), 2, unknown_procedures=2)

    def test_a_title_above_the_names(self):
        self.imports(fixture("titled"), rows=2, added=2, unknown_procedures=2)
        self.assertEqual(self.show("A-0002")["received_at"], "2022-01-06T09:30:00+07:00")
        self.assertEqual(self.show("A-0002")["due_at"], "2022-01-11T17:00:00+07:00")
        self.again(fixture("titled"), 2, unknown_procedures=2)

    def test_every_way_a_file_is_encoded(self):
        text = text_of("igate")
        ways = {
            "mark": b"\xef\xbb\xbf" + text.encode(),
            "decomposed": unicodedata.normalize("NFD", text).encode(),
            "crlf": text.replace("\n", "\r\n").encode(),
            "utf-16le": b"\xff\xfe" + text.replace(",", "\t").encode("utf-16-le"),
            "utf-16be": b"\xfe\xff" + text.encode("utf-16-be"),
            "excel's hint": ("sep=,\r\n" + text).encode(),
        }
        self.imports(fixture("igate"), rows=3, added=3, unknown_procedures=2)
        for way, content in ways.items():
            with self.subTest(way):
                self.again(self.file(content), 3, unknown_procedures=2)

    def test_all_the_names_of_states(self):
        rejects = os.path.join(self.home, "r.csv")
        self.imports(fixture("states"), "--rejects", rejects, status=3, rows=25, added=22, rejected=2, void=1, unknown_procedures=22)
        states = {d["code"]: d["state"] for d in self.objects("list", "--status", "all")}
        expected = ["processing"] * 6 + ["waiting"] * 3 + ["waiting_payment"] * 2 + ["withdrawn"] * 2 + ["stopped"] * 2 + ["resolved"] * 2 + \
            ["returned", "processing", "resolved", "returned", "refused"]
        self.assertEqual(states, {f"E-{i:04}": state for i, state in enumerate(expected, 1)})
        with open(rejects, encoding="utf-8-sig", newline="") as f:
            back = list(csv.DictReader(f))
        self.assertEqual([r["Số hồ sơ"] for r in back], ["E-0023", "E-0024"])
        self.assertEqual([r["reject_line"] for r in back], ["24", "25"])
        self.assertEqual(self.show("E-0022")["returned_at"], "2025-02-06T17:00:00+07:00")

    def test_formulas_come_in_as_text(self):
        self.imports(fixture("formula"), rows=2, added=2, unknown_procedures=2)
        d = self.show("C-0001")
        self.assertEqual((d["applicant"]["name"], d["applicant"]["phone"], d["note"]), ("=cmd|' /C calc'!A0", "+84912345678", "-1"))
        self.assertEqual((self.show("C-0002")["applicant"]["name"], self.show("C-0002")["note"]), ("=1+1", "'nháy"))

    def test_rows_that_do_not_line_up_are_not_shifted(self):
        before = self.head()
        done = self.run_now("import", "csv", fixture("misaligned"))
        self.assertEqual((done.returncode, done.stdout), (3, b""))
        said = done.stderr.decode().splitlines()
        self.assertEqual([re.search(r"dòng (\d+)", line).group(1) for line in said[:2]], ["3", "4"])
        self.assertIn("--rejects", said[2])
        self.assertEqual(self.head(), before)
        rejects = os.path.join(self.home, "r.csv")
        self.imports(fixture("misaligned"), "--rejects", rejects, status=3, rows=4, added=2, rejected=2, unknown_procedures=2)
        with open(rejects, encoding="utf-8-sig", newline="") as f:
            back = list(csv.reader(f))
        self.assertEqual(back[0], ["reject_line", "reject_reason", *text_of("misaligned").split("\n")[0].split(",")])
        self.assertEqual([r[0] for r in back[1:]], ["3", "4"])
        self.assertEqual(back[1][2:], ["B-0002", "05/01/2022", "10/01/2022", SOMETHING])
        self.assertEqual(back[2][2:], ["B-0003", "Nguyễn Văn C", "05/01/2022", "10/01/2022", SOMETHING, "một", "hai"])
        self.assertEqual(os.stat(rejects).st_mode & 0o777, 0o600)
        # as they are they are rejected again; mended they come in
        self.imports(rejects, "--rejects", rejects + "2", status=3, rows=2, rejected=2)
        with open(rejects + "2", encoding="utf-8-sig", newline="") as f:
            twice = list(csv.reader(f))
        self.assertEqual([r[2:] for r in twice], [r[2:] for r in back])
        back[1][3:3] = ["Nguyễn Văn B"]
        back[1].append("")
        back[2].pop()
        out = io.StringIO()
        csv.writer(out).writerows(back)
        self.imports(self.file(out.getvalue()), rows=2, added=2, unknown_procedures=2)
        self.assertEqual(self.show("B-0002")["applicant"]["name"], "Nguyễn Văn B")
        self.again(self.file(out.getvalue()), 2, unknown_procedures=2)

    def test_the_last_row_of_a_code_counts(self):
        self.imports(fixture("repeated"), rows=5, added=2, repeated=3, unknown_procedures=2)
        self.assertEqual(self.show("D-0001")["applicant"]["name"], "Bản mới")
        self.again(fixture("repeated"), 5, unchanged=2, repeated=3, unknown_procedures=2)
        self.assertEqual(self.object("stat")["dossiers"], 2)

    def said(self, path, lang="vi", *more):
        return self.run_now("--lang", lang, "import", "csv", path, *more).stdout.decode().splitlines()

    def test_lines_that_repeat_a_code_are_told(self):
        self.assertIn("3 dòng lặp lại mã của dòng trước (dòng 4, 5, 6); với mỗi mã chỉ lấy dòng cuối cùng", self.said(fixture("repeated"), "vi", "--dry-run"))
        twice = self.rows("A-0001,An,5/1/2022,,x,", "A-0001,An,5/1/2022,,x,")
        self.assertIn("1 row repeats the code of a row before (line 3); of each code the last row counts", self.said(twice, "en", "--dry-run"))
        many = self.rows(*["A-%04d,An,5/1/2022,,x," % (i % 2) for i in range(100)])
        told = ", ".join(str(n) for n in range(4, 24))
        self.assertIn("98 rows repeat the code of a row before (lines %s and 78 more); of each code the last row counts" % told, self.said(many, "en", "--dry-run"))

    def test_one_row_is_one(self):
        said = self.said(self.rows("A-0001,An,5/1/2022,,x,"), "en")
        self.assertEqual(said[0], "1 row: 1 added, 0 updated, 0 unchanged, 0 in conflict with what was done here, 0 rejected")
        self.assertEqual(said[1], "1 row has a procedure that is not in the catalogue; its title is kept as it is")

    def test_due_before_it_was_received(self):
        """It comes in as the file has it, and is told; not for what a later row makes good."""
        rows = ["A-0001,An,15/1/2022,05/01/2022,x,", "A-0002,Bình,15/1/2022,15/01/2022,x,", "A-0003,Chi,15/1/2022,14/01/2022,x,", "A-0003,Chi,15/1/2022,24/01/2022,x,",
                "A-0004,Dũng,,14/01/2022,x,"]
        f = self.rows(*rows[:4])
        self.imports(f, rows=4, added=3, repeated=1, unknown_procedures=3, due_before_receipt=1)
        self.assertEqual(self.show("A-0001")["due_at"], "2022-01-05T17:00:00+07:00")
        self.assertIn("1 dòng có hạn trả trước ngày tiếp nhận (dòng 2); vẫn nhập đúng như trong tệp, nên xem lại", self.said(f))
        self.assertIn("2 rows are due before the day they were received (lines 2, 4); they come in as the file has it: look at them again", self.said(self.rows(*rows[:3]), "en"))
        self.assertFalse([line for line in self.said(self.rows(rows[1])) if "hạn trả" in line])
        self.imports(self.rows(rows[4]), "--dry-run", status=3, rows=1, rejected=1)


class WhatIsWrong(Importing):
    def test_files_that_are_none(self):
        self.refused("no_such_file", "import", "csv", self.home + "/none.csv")
        self.refused("io_error", "import", "csv", self.home, status=4)
        self.wrong("import", "csv")
        self.wrong("import", "csv", self.file(COLUMNS), "--rejects", self.home + "/f.csv", says="--rejects")

    def test_names_of_columns(self):
        self.imports(self.file(COLUMNS))
        self.imports(self.file(COLUMNS + "\r\n"))
        self.bad("", "20")
        self.bad("a,b,c\n1,2,3\n", "20")
        self.bad("Chủ hồ sơ,Ngày tiếp nhận,Ngày hẹn trả\nA,1/1/2022,1/1/2022\n", "Số hồ sơ")
        self.bad("Số hồ sơ,Ngày tiếp nhận,Ngày hẹn trả\nA-001,1/1/2022,1/1/2022\n", "Chủ hồ sơ")
        self.bad("Số hồ sơ,Chủ hồ sơ,Ngày tiếp nhận,Số hồ sơ\n", "Số hồ sơ")
        self.bad("Số hồ sơ,Chủ hồ sơ,Ngày tiếp nhận,Mã hồ sơ\n", "Mã hồ sơ")
        self.bad("\n" * 3 + "x\n" * 20 + COLUMNS + "\n", "20")
        said = self.imports(self.rows("A-0001,An,5/1/2022,,x,0912345678,1,2", columns=COLUMNS + ",Mức độ,Ghi chú riêng"), rows=1, added=1, unknown_procedures=1)
        self.assertEqual(said.count("\n"), 1)
        self.assertIn("Mức độ, Ghi chú riêng", said)

    def test_files_that_are_not_utf_8(self):
        self.bad("Số hồ sơ,Chủ hồ sơ,Ngày tiếp nhận\n".encode("utf-16-le").replace(b"\0", b"\xc3"), "CSV UTF-8")
        done = self.run_now("import", "csv", self.file(b"MaHoSo,ChuHoSo,NgayTiepNhan\nA-0001,Nguy\xea\xden V\xe3n A,1/1/2022\n"))
        self.assertEqual(done.returncode, 3)
        self.assertIn("CSV UTF-8", done.stderr.decode())

    def test_workbooks(self):
        """The file itself instead of what it was to be saved as: said, and what to do."""
        for beginning in (b"PK\x03\x04\x14\0\x06\0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            self.bad(beginning + bytes(range(256)) * 40, "this is a workbook", "CSV UTF-8")
            error = self.refused("bad_csv", "procedure", "import", self.file(beginning + bytes(range(256))), status=3)
            self.assertIn("this is a workbook", error["message"])

    def test_quotes(self):
        self.bad(COLUMNS + '\nA-0001,"An,5/1/2022,,x,\nB-0001,Ba,5/1/2022,,x,\n', "f.csv")
        self.assertEqual(self.object("stat")["dossiers"], 0)

    def cell(self, column, cell, says, repeated=False):
        columns = {"Số hồ sơ": "A-0001", "Chủ hồ sơ": "An", "Ngày tiếp nhận": "05/01/2022", "Tên thủ tục hành chính": "x", column: cell}
        path = self.file(",".join(columns) + "\n" + ",".join('"%s"' % c for c in columns.values()) + "\n")
        before = self.head()
        done = self.run_now("import", "csv", path, "--json")
        self.assertEqual(done.returncode, 3, (column, cell))
        error = json.loads(done.stdout)["error"]
        self.assertEqual(error["kind"], "bad_row")
        self.assertIn("dòng 2", error["message"])
        self.assertIn(says, error["message"])
        if not repeated and len(cell) > 4:  # it may be somebody's
            self.assertNotIn(cell, error["message"])
        self.assertEqual(self.head(), before)

    def test_cells(self):
        self.cell("Số hồ sơ", "", "Số hồ sơ")
        self.cell("Chủ hồ sơ", " ", "không được để trống")
        self.cell("Ngày tiếp nhận", "", "Ngày tiếp nhận")
        self.cell("Ngày tiếp nhận", "31/12/22", "hai chữ số")
        self.cell("Ngày hẹn trả", "31/02/2022", "không có ngày này")
        self.cell("Ngày hẹn trả", "sớm nhất có thể", "không phải là ngày giờ")
        self.cell("Ngày hẹn trả", "01/01/1900", "1990")
        self.cell("Số điện thoại", "9.12E+08", "làm tròn")
        self.cell("Số định danh", "5.2E+10", "làm tròn")
        self.cell("Trạng thái", "Không rõ lắm", "trạng thái")
        self.cell("Hình thức nộp", "bồ câu đưa thư", "Bưu chính công ích")
        self.cell("Loại chủ hồ sơ", "hội nhóm", "Tổ chức")
        self.cell("Ngoài địa bàn", "có lẽ là vậy", "Không")
        self.cell("Số bộ hồ sơ", "hai bộ", "1000")
        self.cell("Số bộ hồ sơ", "1001", "1000", repeated=True)
        self.cell("Chủ hồ sơ", "An\u200bBình", "ký tự")
        self.cell("Chủ hồ sơ", "x" * 1001, "1")

    def test_rules_of_the_desk(self):
        self.cell("Số hồ sơ", "không phải mã", "mã")
        self.cell("Ngày tiếp nhận", "17/11/2026 08:00", "chưa đến", repeated=True)
        self.cell("Ngày kết thúc xử lý", "04/01/2022 08:00", "trước", repeated=True)

    def test_the_first_twenty_are_told(self):
        done = self.run_now("import", "csv", self.rows(*(f"A-{i:04},,5/1/2022,,x," for i in range(30))))
        said = done.stderr.decode().splitlines()
        self.assertEqual((done.returncode, len(said)), (3, 22))
        self.assertIn("10", said[20])


    def test_who_may(self):
        self.ok("officer", "put", "lan", "--name", "Lan", "--role", "admin")
        self.ok("officer", "put", "root", "--name", "Root", "--role", "officer")
        self.refused("not_allowed", "import", "csv", fixture("igate"))
        self.refused("not_allowed", "import", "csv", fixture("igate"), "--dry-run")


class TwiceAndMore(Importing):
    def test_a_dry_run_writes_nothing(self):
        before = self.head()
        self.imports(fixture("igate"), "--dry-run", rows=3, added=3, unknown_procedures=2)
        rejects = os.path.join(self.home, "r.csv")
        self.imports(fixture("misaligned"), "--dry-run", status=3, rows=4, added=2, rejected=2, unknown_procedures=2)
        self.imports(fixture("misaligned"), "--dry-run", "--rejects", rejects, status=3, rows=4, added=2, rejected=2, unknown_procedures=2)
        self.assertTrue(os.path.exists(rejects))
        self.assertEqual(self.head(), before)

    def test_a_newer_file_updates(self):
        self.imports(self.rows("A-0001,An,5/1/2022,10/1/2022,x,", "A-0002,Ba,5/1/2022,10/1/2022,x,"), rows=2, added=2, unknown_procedures=2)
        self.imports(self.rows("A-0001,An,5/1/2022,12/1/2022,,", "A-0002,Ba,5/1/2022,10/1/2022,x,"), rows=2, updated=1, unchanged=1, unknown_procedures=1)
        d = self.show("A-0001")
        self.assertEqual((d["due_at"], d["procedure_name"]), ("2022-01-12T17:00:00+07:00", "x"))
        self.assertEqual(self.object("stat")["dossiers"], 2)

    def test_what_is_worked_here_is_a_conflict(self):
        self.imports(self.rows("A-0001,An,5/1/2022,10/1/2022,x,", "A-0002,Ba,5/1/2022,10/1/2022,x,"), rows=2, added=2, unknown_procedures=2)
        self.ok("resolve", "A-0001", "--result", "Giấy xác nhận")
        rejects = os.path.join(self.home, "r.csv")
        said = self.imports(self.rows("A-0001,An khác,5/1/2022,10/1/2022,x,", "A-0002,Bảy,5/1/2022,10/1/2022,x,", "A-0003,Tư,5/1/2022,,x,"),
                            "--rejects", rejects, status=3, rows=3, added=1, updated=1, conflicts=1, unknown_procedures=3)
        self.assertIn("dòng 2", said)
        self.assertNotIn("An khác", said)
        self.assertEqual(self.show("A-0001")["applicant"]["name"], "An")
        self.assertEqual(self.show("A-0002")["applicant"]["name"], "Bảy")
        with open(rejects, encoding="utf-8-sig", newline="") as f:
            self.assertEqual([r["Số hồ sơ"] for r in csv.DictReader(f)], ["A-0001"])
        done = self.run_now("import", "csv", self.file(COLUMNS + "\nA-0001,An khác,5/1/2022,10/1/2022,x,\n"))
        self.assertEqual(done.returncode, 3)
        self.assertIn("ở dòng: 2", done.stdout.decode())

    def test_standard_input(self):
        with open(fixture("igate"), "rb") as f:
            done = subprocess.run([MOTCUA, "--json", "import", "csv", "-"], env={**self.env, **self.clock_env()}, stdin=f, capture_output=True)
        self.assertEqual(json.loads(done.stdout)["added"], 3)
        with open(fixture("igate"), "rb") as f:
            done = subprocess.run([MOTCUA, "--json", "import", "csv", "-"], env={**self.env, **self.clock_env()}, input=f.read(), capture_output=True)
        self.assertEqual((done.returncode, json.loads(done.stdout)["unchanged"]), (0, 3))

    def test_a_full_disk_where_standard_input_is_kept(self):
        aside = os.path.join(self.home, "aside")
        os.mkdir(aside)
        before = self.object("stat")["journal"]
        env = {**self.env, **self.clock_env(), "TMPDIR": aside, "FAULTS_UNDER": aside + "/", "FAULTS_FROM": "write", "FAULTS_AT": "1", "FAULTS_TIMES": "0",
               "FAULTS_ERROR": "28"}
        env["LD_PRELOAD"] = env["LD_PRELOAD"] + ":" + FAULTS
        with open(fixture("igate"), "rb") as f:
            done = subprocess.run([MOTCUA, "import", "csv", "-"], env=env, input=f.read(), capture_output=True)
        self.assertEqual((done.returncode, self.object("stat")["journal"]), (4, before))
        self.assertRegex(done.stderr.decode(), r"\Amotcua: hết chỗ trên đĩa[^\n]+" + re.escape(aside))

    def test_a_date_of_today_keeps_its_hour(self):
        path = self.file("Số hồ sơ,Chủ hồ sơ,Ngày tiếp nhận,Ngày trả kết quả,Thủ tục\nA-0001,An,16/11/2026,16/11/2026,x\n")
        self.imports(path, rows=1, added=1, unknown_procedures=1)
        self.assertEqual(self.show("A-0001")["returned_at"], "2026-11-16T09:00:00+07:00")
        self.clock = "2026-11-16 11:00:00"
        self.again(path, 1, unknown_procedures=1)


class Interrupted(Importing):
    N = 20000

    def many(self):
        return self.rows(*(f"A-{i:06},Nguyễn Văn {i},5/1/2022 08:00,10/1/2022 17:00,x,09{i:08}" for i in range(self.N)), name="many.csv")

    def started(self, path, **more):
        return subprocess.Popen([MOTCUA, "--json", "import", "csv", path], env={**self.env, **self.clock_env()}, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL), **more)  # these tests may run in the background

    def dossiers(self):
        return self.object("stat")["dossiers"]

    def halted(self, path):
        """One that is at work, standing still: it cannot come to its end while it is looked at."""
        p = self.started(path)
        while p.poll() is None:
            p.send_signal(signal.SIGSTOP)
            if self.dossiers() >= 300:
                break
            p.send_signal(signal.SIGCONT)
            time.sleep(0.01)
        return p

    def stopped_by(self, number, path):
        p = self.halted(path)
        p.send_signal(number)
        p.send_signal(signal.SIGCONT)
        out, said = p.communicate()
        return p.returncode, said.decode()

    def test_running_it_again_completes_it(self):
        path = self.many()
        status, said = self.stopped_by(signal.SIGINT, path)
        self.assertEqual(status, -signal.SIGINT)
        self.assertIn(str(self.N), said)
        some = self.dossiers()
        self.assertIn(str(some), said)
        self.assertTrue(0 < some < self.N, some)
        status, said = self.stopped_by(signal.SIGKILL, path)
        more = self.dossiers()
        self.assertGreaterEqual(more, some)
        self.imports(path, rows=self.N, added=self.N - more, unchanged=more, unknown_procedures=self.N)
        self.assertEqual(self.dossiers(), self.N)
        self.assertTrue(self.object("verify")["ok"])
        self.again(path, self.N, unknown_procedures=self.N)

    def test_others_work_meanwhile(self):
        path = self.many()
        p = self.started(path)
        saved = 0
        while p.poll() is None:
            self.receive()
            saved += 1
        counts = json.loads(p.communicate()[0])
        self.assertEqual((p.returncode, counts["added"]), (0, self.N))
        self.assertEqual(self.dossiers(), self.N + saved)
        self.assertGreater(saved, 0)
        self.assertTrue(self.object("verify")["ok"])

    def test_the_office_changes_meanwhile(self):
        """What was decided while the file was checked holds no longer: the rest is decided anew, and somebody else's row is left alone."""
        path = self.many()
        one = self.rows(f"A-{self.N - 1:06},Nguyễn Văn {self.N - 1},5/1/2022 08:00,10/1/2022 17:00,x,09{self.N - 1:08}", name="one.csv")
        p = self.started(path)
        changes = 0
        while p.poll() is None:
            if not self.dossiers():
                continue
            self.ok("officer", "put", f"o{changes}", "--name", "Người mới", "--role", "officer")
            self.ok("import", "csv", one)
            changes += 1
        counts = json.loads(p.communicate()[0])
        self.assertEqual((p.returncode, counts["added"] + counts["unchanged"]), (0, self.N))
        self.assertEqual(self.dossiers(), self.N)
        self.assertGreater(changes, 0)
        self.assertTrue(self.object("verify")["ok"])
        self.again(path, self.N, unknown_procedures=self.N)

    def test_a_file_that_changes(self):
        path = self.many()
        p = self.halted(path)
        with open(path, "a") as f:
            f.write("A-999999,Thêm vào,5/1/2022,,x,\n")
        p.send_signal(signal.SIGCONT)
        out, said = p.communicate()
        self.assertEqual(p.returncode, 3)
        self.assertEqual(json.loads(out)["error"]["kind"], "file_changed")
        self.assertLess(self.dossiers(), self.N)

    def test_progress_at_a_terminal(self):
        self.N = 60000
        path = self.many()
        main, end = pty.openpty()
        p = subprocess.Popen([MOTCUA, "import", "csv", path], env={**self.env, **self.clock_env(), "TERM": "xterm"}, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=end)
        os.close(end)
        seen, halted = b"", set()
        while True:
            for phase in {"kiểm tra", "ghi vào sổ"} - halted:
                if phase.encode() in seen and p.poll() is None:  # however fast it is, it lasts long enough to tell how fast
                    halted.add(phase)
                    p.send_signal(signal.SIGSTOP)
                    time.sleep(0.2)
                    p.send_signal(signal.SIGCONT)
            ready = select.select([main], [], [], 0.2)[0]
            try:
                piece = os.read(main, 65536) if ready else b""
            except OSError:
                break
            seen += piece
            if not ready and p.poll() is not None:
                break
        p.communicate()
        os.close(main)
        said = seen.decode()
        self.assertIn("kiểm tra", said)
        self.assertIn("ghi vào sổ", said)
        self.assertRegex(said, r"\d+ dòng/giây, còn \d+:\d\d")
        self.assertTrue(said.endswith("\r\x1b[K"))


class RoundTrip(Importing):
    def exported(self, store, path):
        self.run_now("-s", store, "export", "csv", "-o", path)
        with open(path, encoding="utf-8-sig", newline="") as f:
            return list(csv.DictReader(f))

    def test_into_an_empty_store_and_out_again(self):
        demo, out = self.home + "/D", self.home + "/out.csv"
        self.ok("-s", demo, "demo", "--dossiers", "400", "--until", "2026-11-16")
        rows = self.exported(demo, out)
        gone = [r for r in rows if r["Trạng thái hồ sơ"] == "Đã hủy"]
        before = self.head()
        self.bad(out, "Sổ dùng thử", "invented")  # what was invented does not come into a real store
        self.refused("bad_csv", "import", "csv", out, "--dry-run", status=3)
        self.refused("bad_csv", "import", "csv", out, "--rejects", out + "r", status=3)
        self.assertEqual(self.head(), before)
        without(out, "Sổ dùng thử")
        self.imports(out, rows=400, added=400 - len(gone), void=len(gone))
        again = {r["Số hồ sơ"]: r for r in self.exported(self.store, out + "2")}
        self.assertEqual(len(again), 400 - len(gone))
        for r in rows:
            r.pop("Sổ dùng thử")
            if r not in gone:
                self.assertEqual(r, again[r["Số hồ sơ"]])
        self.again(out + "2", 400 - len(gone))

    def test_what_goes_out_comes_in_again(self):
        self.ok("-s", self.home + "/D", "demo", "--dossiers", "300", "--until", "2026-11-16")
        out = self.home + "/out.csv"
        for lang in ("vi", "en"):
            self.run_now("-s", self.home + "/D", "--lang", lang, "export", "csv", "-o", out)
            before = self.object("-s", self.home + "/D", "stat")["journal"]
            done = self.run_now("-s", self.home + "/D", "--json", "import", "csv", out)
            counts = json.loads(done.stdout)
            self.assertEqual((done.returncode, counts["unchanged"], counts["rows"]), (0, 300, 300), (counts, done.stderr.decode()))
            self.assertEqual(self.object("-s", self.home + "/D", "stat")["journal"], before)
