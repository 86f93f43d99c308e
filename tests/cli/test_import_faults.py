"""What real files have that is wrong: it is never taken for good, never hidden, and costs no row that is right."""
import csv
import json
import os
import subprocess
import threading

from desk import MOTCUA
from test_import import COLUMNS, KEYS, Importing

SPOILT = "\ufffd"
ENDED = "Số hồ sơ,Chủ hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc xử lý,Ngày trả kết quả,Trạng thái hồ sơ,Thủ tục"


class Faulty(Importing):
    def back(self, name="r.csv", delimiter=","):
        with open(os.path.join(self.home, name), encoding="utf-8-sig", newline="") as f:
            return list(csv.DictReader(f, delimiter=delimiter))

    def sorted_out(self, path, back=1, **expected):
        """The good rows come in, the others are in r.csv; which is brought in as it is: nothing of it comes in."""
        rejects = os.path.join(self.home, "r.csv")
        self.imports(path, "--rejects", rejects, status=3, rejected=back, **expected)
        before = self.head()
        done = self.run_now("--json", "import", "csv", rejects, "--rejects", os.path.join(self.home, "r2.csv"))
        counts = json.loads(done.stdout)
        self.assertEqual((done.returncode, counts["rows"], counts["rejected"]), (3, back, back), counts)
        self.assertEqual(self.head(), before)
        return rejects


class Rejected(Faulty):
    GOOD = "A-0009,Bình,05/01/2022,,x,\n"

    def spoilt(self, cell):
        with self.subTest(cell=cell):
            name = b'"' + cell + b'"'
            self.sorted_out(self.file(COLUMNS.encode() + b"\nA-0001," + name + b",05/01/2022,,x,\n"), rows=1)
            self.assertIn(SPOILT, self.back()[0]["Chủ hồ sơ"])
            self.assertIn("ký tự", self.back("r2.csv")[0]["reject_reason"])

    def test_what_cannot_be_read_is_not_made_good_by_the_rejects(self):
        for cell in (b"a\0b", b"a\x1b[31mb", "a\u202eb".encode(), b"Nguy\xea\xden", b"\xff"):
            self.spoilt(cell)
        self.assertEqual(self.object("stat")["dossiers"], 0)

    def test_any_column(self):
        rejects = self.sorted_out(self.file(COLUMNS + ",Ghi chú\nA-0001,An,05/01/2022,,x,,a\0b\n"), rows=1)
        self.assertIn("Ghi chú", self.back("r2.csv")[0]["reject_reason"])
        with open(rejects, encoding="utf-8") as f:
            mended = f.read().replace(SPOILT, " ")
        self.imports(self.file(mended), rows=1, added=1, unknown_procedures=1)
        self.assertEqual(self.show("A-0001")["note"], "a b")

    def test_a_letter_that_stands_for_what_was_lost_elsewhere_is_only_told_in_rejects(self):
        self.imports(self.rows(f"A-0001,a{SPOILT}b,05/01/2022,,x,"), rows=1, added=1, unknown_procedures=1)

    def test_line_ends_in_a_cell(self):
        self.sorted_out(self.file(COLUMNS.encode() + b',"Ghi ch\xc3\xba"\r\nA-0001,,05/01/2022,,x,,"m\xe1\xbb\x99t\r\nhai\rba"\r\n'), rows=1)
        self.assertEqual(self.back()[0]["Ghi chú"], "một\nhai\nba")

    def test_nothing_rejected_leaves_the_names_alone(self):
        rejects = self.file("khác\n", "r.csv")
        self.imports(self.rows(self.GOOD.strip()), "--rejects", rejects, rows=1, added=1, unknown_procedures=1)
        with open(rejects, encoding="utf-8-sig", newline="") as f:
            self.assertEqual(f.read(), "reject_line,reject_reason," + COLUMNS + "\r\n")

    def test_the_input_is_no_place_for_them(self):
        path = self.rows(self.GOOD.strip())
        self.wrong("import", "csv", path, "--rejects", path, says="--rejects")
        with open(path, "rb") as f:
            content = f.read()
            f.seek(0)
            done = subprocess.run([MOTCUA, "import", "csv", "-", "--rejects", path], env={**self.env, **self.clock_env()}, stdin=f, capture_output=True)
        self.assertEqual(done.returncode, 2, done.stderr)
        with open(path, "rb") as f:
            self.assertEqual(f.read(), content)

    def test_json_and_rejects_do_not_share_standard_output(self):
        self.wrong("--json", "import", "csv", self.rows(self.GOOD.strip()), "--rejects", "-", says="--rejects")
        self.assertEqual(self.object("stat")["dossiers"], 0)
        done = self.run_now("import", "csv", self.rows(self.GOOD.strip(), "A-0001,,05/01/2022,,x,"), "--rejects", "-")
        self.assertEqual(done.returncode, 3)
        self.assertIn("reject_line,reject_reason", done.stdout.decode())

    def test_a_row_that_says_only_its_code(self):
        self.imports(self.rows(self.GOOD.strip()), rows=1, added=1, unknown_procedures=1)
        self.again(self.rows("A-0009,,,,,"), 1)
        self.receive()
        code = self.objects("list")[0]["code"]
        self.again(self.rows(code + ",,,,,"), 1)


class Quotes(Faulty):
    def test_a_stray_quote_costs_its_row_alone(self):
        stray = 'A-0002,Công ty "ABC",05/01/2022,,x,'
        path = self.rows("A-0001,An,05/01/2022,,x,", stray, 'A-0003,"Công ty ""ABC""",05/01/2022,,x,', 'A-0004,"Ba" Bốn,05/01/2022,,x,', 'A-0005,Tư,05/01/2022,,x,')
        done = self.run_now("import", "csv", path)
        self.assertEqual((done.returncode, self.object("stat")["dossiers"]), (3, 0))
        said = done.stderr.decode().splitlines()
        self.assertIn("dòng 3: dấu ngoặc kép không đúng chỗ", said[0])
        self.assertIn("dòng 5: dấu ngoặc kép không đúng chỗ", said[1])
        rejects = self.sorted_out(path, back=2, rows=5, added=3, unknown_procedures=3)
        with open(rejects, encoding="utf-8-sig", newline="") as f:
            self.assertEqual([r[2:] for r in csv.reader(f)], [COLUMNS.split(","), [stray], ['A-0004,"Ba" Bốn,05/01/2022,,x,']])
        self.assertEqual(self.show("A-0003")["applicant"]["name"], 'Công ty "ABC"')
        # told again by its own rejects the line is still whole
        with open(os.path.join(self.home, "r2.csv"), encoding="utf-8-sig", newline="") as f:
            self.assertEqual([r[2:] for r in csv.reader(f)][1:], [[stray], ['A-0004,"Ba" Bốn,05/01/2022,,x,']])
        with open(rejects, encoding="utf-8-sig", newline="") as f:
            first, one, two = csv.reader(f)
        mended = [first, [*one[:2], "A-0002", 'Công ty "ABC"', "05/01/2022", "", "x", ""], [*two[:2], "A-0004", "Ba Bốn", "05/01/2022", "", "x", ""]]
        with open(rejects, "w", encoding="utf-8-sig", newline="") as f:
            csv.writer(f).writerows(mended)
        self.imports(rejects, rows=2, added=2, unknown_procedures=2)
        self.assertEqual(self.show("A-0002")["applicant"]["name"], 'Công ty "ABC"')

    def test_tabs_of_a_line_kept_whole(self):
        line = 'A-0001\tCông ty "ABC"\t05/01/2022\t\tx\t'
        self.sorted_out(self.file((COLUMNS.replace(",", "\t") + "\n" + line + "\r\n")), rows=1)
        with open(os.path.join(self.home, "r.csv"), encoding="utf-8-sig", newline="") as f:
            self.assertEqual(list(csv.reader(f, delimiter="\t"))[1][2:], [line])

    def test_a_line_without_an_end(self):
        self.sorted_out(self.file(COLUMNS + '\nA-0001,Công ty "ABC",05/01/2022,,x,'), rows=1)

    def test_a_stray_quote_above_the_names(self):
        self.imports(self.file('Sổ "mới" 2022\n' + self.rows_text()), rows=1, added=1, unknown_procedures=1)

    def rows_text(self):
        return COLUMNS + "\nA-0001,An,05/01/2022,,x,\n"

    def test_what_nobody_closes_ends_it(self):
        good = "".join(f"A-{i:04},An,05/01/2022,,x,\n" for i in range(2, 40))
        for row in ('A-0001,"An,05/01/2022,,x,\n' + good, 'A-0001,"An,05/01/2022,,x,\nA-0099,"Ba",05/01/2022,,x,\n' + good):
            self.bad(COLUMNS + "\n" + row, "line 2")
            self.refused("bad_csv", "import", "csv", self.home + "/f.csv", "--rejects", self.home + "/r.csv", status=3)
        self.assertEqual(self.object("stat")["dossiers"], 0)

    def test_a_cell_of_megabytes(self):
        for text in ("x" * 10_000_000, '"' + "x" * 10_000_000 + '"', '"' + "x\n" * 5_000_000 + '"'):
            self.bad(COLUMNS + "\n" + self.good() + "A-0002,An,05/01/2022,," + text + ",\n" + self.good(), "line 3", "column 5", "1 MB")

    def good(self):
        return "A-0001,An,05/01/2022,,x,\n"


class Columns(Faulty):
    def test_empty_columns_that_spreadsheets_save(self):
        for n in (512, 1024, 16384):
            more = "," * (n - 6)
            path = self.file(COLUMNS + more + "\n" + f"A-{n:05},An,05/01/2022,,x," + more + "\n" + "," * (n - 1) + "\n" + f"B-{n:05},Ba,05/01/2022,,x," + more + "\n")
            self.imports(path, rows=2, added=2, unknown_procedures=2)
            self.again(path, 2, unknown_procedures=2)

    def test_what_stands_in_a_column_nobody_named(self):
        more = "," * (1024 - 6)
        path = self.file(COLUMNS + more + "\nA-0001,An,05/01/2022,,x," + more + "\nA-0002,An,05/01/2022,,x,,," + "y" + "," * 1016 + "\nA-0003,An,05/01/2022\n")
        self.sorted_out(path, back=2, rows=3, added=1, unknown_procedures=1)
        with open(os.path.join(self.home, "r.csv"), encoding="utf-8-sig", newline="") as f:
            self.assertEqual([r[2:] for r in csv.reader(f)], [COLUMNS.split(","), ["A-0002", "An", "05/01/2022", "", "x", "", "", "y"], ["A-0003", "An", "05/01/2022"]])

    def test_more_columns_with_names_than_anybody_has(self):
        self.bad(COLUMNS + "," * 600 + "z\nA-0001,An,05/01/2022,,x," + "," * 600 + "1\n", "too many columns")

    def test_words_as_people_write_them(self):
        columns = "Số hồ sơ,Chủ hồ sơ,Ngày tiếp nhận,Thủ tục,Hình thức nộp,Loại chủ hồ sơ,Trạng thái,Ghi chú"
        rows = [("Toàn trình", "Hộ gia đình", "Đang xử lý (đúng hạn)"), ("Một phần", "Hộ kinh doanh", ""), ("Trực tuyến (DVC)", "DN", ""), ("Trực tiếp (tại quầy)", "Tổ chức (công ty)", "")]
        self.imports(self.rows(*(f"A-{i:04},An,05/01/2022,x,{c},{k},{s},một\thai" for i, (c, k, s) in enumerate(rows)), columns=columns), rows=4, added=4, unknown_procedures=4)
        told = [self.show(f"A-{i:04}") for i in range(4)]
        self.assertEqual([d["channel"] for d in told], ["online", "online", "online", "direct"])
        self.assertEqual([d["applicant"]["kind"] for d in told], ["person", "organization", "organization", "organization"])
        self.assertEqual([(d["state"], d["note"]) for d in told], [("processing", "một hai")] * 4)


class Times(Faulty):
    def test_months_first_make_a_column_doubtful(self):
        path = self.rows("A-0001,An,05/06/2022,,x,", "A-0002,Ba,03/14/2022,,x,", "A-0003,,04/15/2022,,x,")
        before = self.head()
        for more in ((), ("--dry-run",), ("--rejects", self.home + "/r.csv")):
            message = self.refused("bad_csv", "import", "csv", path, *more, status=3)["message"]
            for words in ("line 3", "Ngày tiếp nhận", "day/month/year"):
                self.assertIn(words, message)
        self.assertEqual(self.head(), before)
        self.assertFalse(os.path.exists(self.home + "/r.csv"))
        # whatever else is wrong in the row
        self.bad(COLUMNS + "\n,,05/06/2022,,x,\nA-0002,,x,03/14/2022 08:00,x,\n", "line 3", "Ngày hẹn trả")
        self.bad(COLUMNS + "\nA-0002,An,08:00 03/14/2022,,x,\n", "line 2")

    def test_solved_without_a_date(self):
        path = self.rows("A-0001,An,05/01/2022,10/01/2022,,,Đã xử lý xong,x", "A-0002,An,05/01/2022,10/01/2022,,,Đã trả kết quả,x", "A-0003,An,05/01/2022,10/01/2022,07/01/2022,,Đã trả kết quả,x",
                         "A-0004,An,05/01/2022,10/01/2022,,08/01/2022,Đã trả kết quả,x", "A-0005,An,05/01/2022,10/01/2022,,,Đang xử lý,x", "A-0006,An,05/01/2022,,,,Dừng xử lý,x",
                         "A-0007,An,05/01/2022,10/01/2022,,,Đã hủy,x", "A-0008,,05/01/2022,10/01/2022,,,Đã xử lý xong,x", columns=ENDED)
        self.imports(path, "--rejects", self.home + "/r.csv", status=3, rows=8, added=6, void=1, rejected=1, unknown_procedures=6, no_result_date=3)
        self.assertEqual(self.show("A-0001")["resolved_at"], "2022-01-10T17:00:00+07:00")
        self.assertEqual(self.show("A-0006")["resolved_at"], self.show("A-0006")["received_at"])
        done = self.run_now("import", "csv", path, "--rejects", self.home + "/r.csv")
        self.assertIn("3 dòng đã xử lý xong mà không có ngày kết thúc xử lý", done.stdout.decode())
        # what is known to have ended on a day of its own has one
        self.again(self.rows("A-0003,An,05/01/2022,10/01/2022,,,Đã trả kết quả,x", columns=ENDED), 1, unknown_procedures=1)

    def test_a_refused_time_is_named(self):
        for cells, column in ((",10/01/2022,04/01/2022 08:00,,Đã xử lý xong", "Ngày kết thúc xử lý"), (",10/01/2022,06/01/2022 08:00,05/01/2022 09:00,Đã trả kết quả", "Ngày trả kết quả"),
                              (",10/01/2022,01/12/2026 08:00,,Đã xử lý xong", "Ngày kết thúc xử lý")):
            done = self.run_now("import", "csv", self.rows("A-0001,An,05/01/2022" + cells + ",x", columns=ENDED))
            self.assertEqual(done.returncode, 3)
            self.assertIn(f"dòng 2: cột {column}: ", done.stderr.decode())

    def test_what_was_never_received(self):
        done = self.run_now("import", "csv", self.rows("A-0001,An,05/01/2022,,,,Mới đăng ký,x", columns=ENDED))
        self.assertIn("hồ sơ chưa được tiếp nhận nên không đưa vào sổ; bỏ dòng này", done.stderr.decode())


class Together(Faulty):
    def test_two_imports_at_once_count_what_each_did(self):
        """Each dossier is added by one of them; what the other tells otherwise is an update."""
        n = 4000
        files = [self.rows(*(f"A-{i:06},{name},05/01/2022 08:00,10/01/2022 17:00,x," for i in range(n)), name=name + ".csv") for name in ("An", "Ba")]
        told = {}

        def bring(path):
            done = subprocess.run([MOTCUA, "--json", "import", "csv", path], env={**self.env, **self.clock_env()}, stdin=subprocess.DEVNULL, capture_output=True)
            told[path] = done.returncode, json.loads(done.stdout)
        both = [threading.Thread(target=bring, args=(path,)) for path in files]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        self.assertEqual([status for status, _ in told.values()], [0, 0], told)
        counts = [c for _, c in told.values()]
        self.assertEqual(sum(c["added"] for c in counts), n, counts)
        self.assertEqual([sum(c[key] for key in KEYS[1:4]) for c in counts], [n, n])
        entries = self.object("stat")["dossiers"], self.object("stat")["journal"]["seq"]
        self.assertEqual(entries[0], n)
        self.assertTrue(self.object("verify")["ok"])
