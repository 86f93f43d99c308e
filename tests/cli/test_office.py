"""The office's own book: catalogue, people, settings; put, retired, brought in from a spreadsheet, and asked as of a past time."""
import getpass
import json
import os

from desk import COPY, MARRIAGE, NAME, Desk

ME = getpass.getuser()
HEADER = "code,case,name,field,limit_kind,limit_value,cutoff,clock,fee_vnd,online,postal"


class Procedures(Desk):
    def put(self, code, *more):
        return self.object("procedure", "put", code, *more)

    def test_a_new_one_and_what_changes_of_a_known_one(self):
        new = self.put("9.000001", "--name", "Thủ tục mới", "--field", "Hộ tịch", "--limit", "2,5 working_days", "--fee", "15000", "--online", "yes")
        self.assertEqual({k: new[k] for k in ("code", "case", "name", "field", "limit_kind", "limit_value", "cutoff", "clock", "fee_vnd", "online", "postal",
                                              "retired", "cases")},
                         {"code": "9.000001", "case": None, "name": "Thủ tục mới", "field": "Hộ tịch", "limit_kind": "working_days", "limit_value": 2.5,
                          "cutoff": None, "clock": None, "fee_vnd": 15000, "online": True, "postal": None, "retired": False, "cases": []})
        for change, key, value in ((("--limit", "same_day@14:30"), "cutoff", "14:30"), (("--clock", "same_hour"), "clock", "same_hour"),
                                   (("--fee", "0"), "fee_vnd", 0), (("--online", "no"), "online", False), (("--online", "unknown"), "online", None),
                                   (("--postal", "yes"), "postal", True), (("--name", "Tên khác"), "name", "Tên khác"), (("--field", "Đất đai"), "field", "Đất đai"),
                                   (("--clock", "office"), "clock", None), (("--no-limit",), "limit_kind", None)):
            before = self.object("procedure", "show", "9.000001")
            after = self.put("9.000001", *change)
            self.assertEqual(after[key], value, change)
            touched = {key} | ({"limit_kind", "limit_value", "cutoff"} if "limit" in change[0] else set())
            self.assertEqual({k: v for k, v in before.items() if k not in touched}, {k: v for k, v in after.items() if k not in touched}, change)
            self.assertEqual(after, self.object("procedure", "show", "9.000001"))
        head = self.head()
        self.put("9.000001", "--name", "Tên khác", "--no-limit")  # as it is: nothing to write
        self.assertEqual(self.head(), head)
        self.assertIn("Tên khác", self.ok("procedure", "put", "9.000001", "--fee", "5"))

    def test_cases(self):
        case = self.put(MARRIAGE + "#07", "--limit", "8 working_days")
        plain = self.object("procedure", "show", MARRIAGE)
        self.assertEqual((case["code"], case["case"], case["limit_value"]), (MARRIAGE, "07", 8))
        self.assertEqual((case["name"], case["field"], case["fee_vnd"]), (plain["name"], plain["field"], plain["fee_vnd"]))
        self.assertEqual([c["case"] for c in plain["cases"]], ["07"])
        self.assertEqual(self.put(MARRIAGE + ".07", "--fee", "1000")["fee_vnd"], 1000)  # as the portal writes it
        self.assertEqual(self.object("procedure", "show", MARRIAGE)["fee_vnd"], plain["fee_vnd"])
        self.wrong("procedure", "put", MARRIAGE + "#", says="#")

    def test_a_dossier_keeps_what_it_was_received_under(self):
        self.put(MARRIAGE, "--fee", "10000")
        before = self.receive()
        self.put(MARRIAGE, "--limit", "5 working_days", "--fee", "99000", "--name", "Tên mới")
        after = self.receive()
        kept = self.object("show", before["code"])
        self.assertEqual((kept["limit"], kept["due_at"], kept["fee_vnd"]), ("3 working_days", "2026-11-19T17:00:00+07:00", 10000))
        self.assertEqual(kept["procedure_name"], before["procedure_name"])
        self.assertEqual(self.object("explain", before["code"])["due_at"], "2026-11-19T17:00:00+07:00")
        # Monday 16/11 and five working days, 24/11 off and not among them
        self.assertEqual((after["limit"], after["due_at"], after["procedure_name"]), ("5 working_days", "2026-11-23T17:00:00+07:00", "Tên mới"))

    def test_retired_and_brought_back(self):
        gone = self.object("procedure", "retire", COPY)
        self.assertTrue(gone["retired"])
        self.assertTrue(all(c["retired"] for c in gone["cases"]) and gone["cases"])
        for code in (COPY, COPY + "#01"):
            self.refused("retired", "receive", "--procedure", code, "--applicant", NAME)
        self.refused("retired", "procedure", "retire", COPY)
        self.assertFalse(self.put(COPY)["retired"])
        self.receive(procedure=COPY)
        self.refused("retired", "receive", "--procedure", COPY + "#01", "--applicant", NAME)  # its case is still away
        self.assertFalse(self.put(COPY + "#01")["retired"])
        self.assertTrue(self.object("procedure", "retire", COPY + "#01")["retired"])
        self.receive(procedure=COPY)

    def test_refusals(self):
        self.refused("empty_text", "procedure", "put", "9.1", "--field", "Hộ tịch")
        self.refused("empty_text", "procedure", "put", "9.1", "--name", "A")
        self.refused("empty_text", "procedure", "put", MARRIAGE, "--name", "  ")
        self.refused("bad_text", "procedure", "put", MARRIAGE, "--name", "a\tb")
        self.refused("too_long", "procedure", "put", MARRIAGE, "--name", "x" * 1001)
        self.refused("unknown_procedure", "procedure", "retire", "9.9")
        self.wrong("procedure", "put", "9.1 2", "--name", "A", "--field", "B")
        self.wrong("procedure", "put", MARRIAGE, "--limit", "3 working_days", "--no-limit")
        self.wrong("procedure", "put", MARRIAGE, "--limit", "soon", says="--limit")
        self.wrong("procedure", "put", MARRIAGE, "--fee", "-1", says="--fee")
        self.wrong("procedure", "put", MARRIAGE, "--clock", "noon", says="--clock")
        self.wrong("procedure", "put", MARRIAGE, "--online", "maybe", says="--online")
        self.wrong("procedure", "put")
        self.wrong("procedure", "retire")
        self.wrong("procedure", "import")

    def test_as_of(self):
        self.clock = "2026-11-17 09:00:00"
        self.put(MARRIAGE, "--limit", "5 working_days")
        self.ok("procedure", "retire", COPY)
        self.clock = "2026-11-18 09:00:00"
        self.put("9.1", "--name", "A", "--field", "B")
        past, now = ("--as-of", "2026-11-16T12:00"), ()
        for when, limit, retired, rows in ((past, 3, False, 585), (now, 5, True, 586)):
            self.assertEqual(self.object("procedure", "show", MARRIAGE, *when)["limit_value"], limit)
            self.assertEqual(self.object("procedure", "show", COPY, *when)["retired"], retired)
            self.assertEqual(len(self.objects("procedure", "list", *when)), rows)
            due = self.object("due", "--procedure", MARRIAGE, "--received", "2026-11-16", *when)["due_at"]
            self.assertEqual(due, "2026-11-19T17:00:00+07:00" if limit == 3 else "2026-11-23T17:00:00+07:00")
        self.refused("unknown_procedure", "procedure", "show", "9.1", *past)
        self.wrong("procedure", "list", "--as-of", "2026-11-19", says="2026-11-19")
        self.refused("no_store", "procedure", "list", "--as-of", "2026-11-16", MOTCUA_STORE=self.home + "/none")
        self.assertEqual(self.objects("procedure", "list", "--as-of", "2026-11-10"), [])  # before the office was founded


class Import(Desk):
    def file(self, text, name="tt.csv"):
        path = os.path.join(self.home, name)
        with open(path, "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())
        return path

    def take(self, text, *more):
        got = self.object("procedure", "import", self.file(text), *more)
        self.assertEqual(got["rows"], got["added"] + got["updated"] + got["unchanged"] + got["repeated"])
        return got["added"], got["updated"], got["unchanged"]

    def bad(self, text, *where):
        """Refused as a whole, exit status 3, each complaint naming file, line and column as `where` lists them."""
        before = self.head()
        path = self.file(text)
        for lang in ("vi", "en"):
            done = self.run_now("procedure", "import", path, "--lang", lang)
            self.assertEqual((done.returncode, done.stdout), (3, b""), done.stderr)
            said = done.stderr.decode().splitlines()
            self.assertEqual(len(said), len(where), said)
            for line, (number, column) in zip(said, where):
                word, other = ("dòng", "cột") if lang == "vi" else ("line", "column")
                self.assertIn(f"motcua: {path}, {word} {number}, {other} {column}: ", line)
        error = self.run_now("procedure", "import", path, "--json")
        self.assertEqual([json.loads(line)["error"]["kind"] for line in error.stdout.splitlines()], ["bad_csv"])
        self.assertEqual(self.head(), before)
        return said

    def test_added_updated_unchanged_and_again(self):
        text = HEADER + "\n" + f'9.1,,Một,Hộ tịch,working_days,"2,5",,same_hour,5000,1,0\n9.1,01,Một a,Hộ tịch,same_day,1,14:00,,,,\n{MARRIAGE},,Tên mới,Hộ tịch,,,,,,,\n'
        dry = self.head()
        self.assertEqual(self.take(text, "--dry-run"), (2, 1, 0))
        self.assertEqual(self.head(), dry)
        self.assertIn("9.1#01", self.ok("procedure", "import", self.file(text), "--dry-run"))
        self.assertEqual(self.take(text), (2, 1, 0))
        one, case, known = (self.object("procedure", "show", code) for code in ("9.1", "9.1#01", MARRIAGE))
        self.assertEqual((one["limit_kind"], one["limit_value"], one["clock"], one["fee_vnd"], one["online"], one["postal"]),
                         ("working_days", 2.5, "same_hour", 5000, True, False))
        self.assertEqual((case["limit_kind"], case["cutoff"], case["fee_vnd"], case["online"]), ("same_day", "14:00", None, None))
        self.assertEqual((known["name"], known["limit_kind"]), ("Tên mới", None))
        head = self.head()
        self.assertEqual(self.take(text), (0, 0, 3))
        self.assertEqual(self.head(), head)

    def test_the_shipped_catalogue_changes_nothing(self):
        shipped = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "data", "procedures.csv")
        head = self.head()
        got = self.object("procedure", "import", shipped)
        self.assertEqual((got["rows"], got["added"], got["updated"], got["unchanged"]), (585, 0, 0, 585))
        self.assertEqual(self.head(), head)

    def test_shapes_of_files(self):
        row = {"code": "9.1", "name": "A, B; C", "field": "Hộ tịch", "limit_kind": "working_days", "limit_value": "2,5"}

        def lines(separator, end, quote=True):
            cell = (lambda s: '"' + s + '"') if quote else (lambda s: s)
            return end.join([separator.join(row), separator.join(cell(v) for v in row.values()), ""])
        self.assertEqual(self.take(lines(",", "\n")), (1, 0, 0))
        same = (0, 0, 1)
        for separator in ",;\t":
            for end in ("\n", "\r\n", "\r"):
                for mark in (b"", b"\xef\xbb\xbf"):
                    self.assertEqual(self.take(mark + lines(separator, end).encode()), same, (separator, end, mark))
        self.assertEqual(self.take(lines("\t", "\n", quote=False)), same)
        self.assertEqual(self.take(lines(",", "\n").rstrip("\n")), same)  # no line break at the end
        self.assertEqual(self.take("\n\n" + lines(",", "\n").replace("\n", "\n\n") + "\n  \n,,,,\n"), same)  # empty lines and rows
        self.assertEqual(self.take(lines(",", "\n").replace("code", " CODE ").replace("limit_kind", "Limit_Kind")), same)
        self.assertEqual(self.take("stt,ghi chú," + lines(",", "\n").replace('\n"', '\n1,"dòng 1\ndòng 2 ""x""","')), same)  # unknown columns
        import unicodedata
        self.assertEqual(self.take(unicodedata.normalize("NFD", lines(",", "\n"))), same)
        self.assertEqual(self.take(HEADER + "\n"), (0, 0, 0))
        self.assertEqual(self.take(HEADER), (0, 0, 0))

    def shown(self, code):
        got = self.object("procedure", "show", code)
        return [got[k] for k in ("name", "field", "limit_kind", "limit_value", "cutoff", "clock", "fee_vnd", "online", "postal")]

    def test_of_a_known_one_only_columns_that_are_there_count(self):
        self.take(HEADER + "\n9.1,,A,B,working_days,\"2,5\",,same_hour,100,1,0\n9.1,01,C,D,same_day,1,14:00,,,,\n")
        known = ["A", "B", "working_days", 2.5, None, "same_hour", 100, True, False]
        self.assertEqual(self.shown("9.1"), known)
        for text in ("field,code,name\nB,9.1,A\n", "code\n9.1\n", "code,limit_kind\n9.1,working_days\n", "code,limit_value\n9.1,2.5\n", "code,cutoff,note\n9.1,,x\n"):
            self.assertEqual(self.take(text), (0, 0, 1), text)
        changes = [("name", "A2"), ("field", "B2"), ("limit_value", "4"), ("clock", "day_end"), ("fee_vnd", "7"), ("online", "0"), ("postal", "1")]
        values = {"limit_value": 4, "fee_vnd": 7, "online": False, "postal": True}
        order = ["name", "field", "limit_kind", "limit_value", "cutoff", "clock", "fee_vnd", "online", "postal"]
        for column, cell in changes:
            self.assertEqual(self.take(f"{column},code\n{cell},9.1\n"), (0, 1, 0))
            known[order.index(column)] = values.get(column, cell)
            self.assertEqual(self.shown("9.1"), known)
        self.assertEqual(self.take("code,fee_vnd,clock,online\n9.1,,,\n"), (0, 1, 0))  # a cell that is there and empty takes away
        self.assertEqual(self.shown("9.1"), ["A2", "B2", "working_days", 4, None, None, None, None, True])
        self.assertEqual(self.take("code,limit_kind\n9.1,\n"), (0, 1, 0))
        self.assertEqual(self.shown("9.1")[2:5], [None] * 3)
        self.assertEqual(self.take("code,case,name\n9.1,01,C2\n"), (0, 1, 0))
        self.assertEqual(self.shown("9.1#01"), ["C2", "D", "same_day", 1, "14:00", None, None, None, None])
        self.assertEqual(self.take("code,case,limit_kind,limit_value\n9.1,01,months,2\n"), (0, 1, 0))  # the cutoff of another kind does not stay
        self.assertEqual(self.shown("9.1#01")[2:5], ["months", 2, None])
        self.bad("code,case,limit_kind\n9.1,01,working_days\n", (2, "limit_value"))  # nor does its value

    def test_a_new_one_needs_the_columns_a_procedure_cannot_be_without(self):
        said = self.bad("code,name\n9.1,A\n9.2,B\n", (2, "field"))
        self.assertIn("add the column", said[0])
        self.bad("code\n9.1\n", (2, "name"), (2, "field"))
        self.bad(f"code,fee_vnd\n{MARRIAGE},5000\n9.1,5000\n", (3, "name"), (3, "field"))
        self.bad("code,case,name\n" + MARRIAGE + ",01,A\n", (2, "field"))  # a new case is a new row too
        self.assertEqual(self.take("code,name,field\n9.1,A,B\n"), (1, 0, 0))
        self.assertEqual(self.shown("9.1"), ["A", "B"] + [None] * 7)

    def test_the_last_of_a_code_counts(self):
        got = self.object("procedure", "import", self.file(HEADER + "\n9.a,,A,B,,,,,,,\n9.A,,C,B,,,,,,,\n9.a,01,D,B,,,,,,,\n"))
        self.assertEqual((got["rows"], got["added"], got["repeated"]), (3, 2, 1))
        self.assertEqual(self.object("procedure", "show", "9.a")["name"], "C")

    def test_formulas_lose_the_quote_an_export_gave_them(self):
        self.take("code,name,field\n9.1,'=A,B\n9.2,'A,B\n9.3,''=A,B\n")
        self.assertEqual([self.object("procedure", "show", c)["name"] for c in ("9.1", "9.2", "9.3")], ["=A", "'A", "'=A"])

    def test_many_go_in_batches(self):
        rows = [f"8.{i:06},,Thủ tục {i},Lĩnh vực {i % 7},working_days,{1 + i % 30},,,,," for i in range(1203)]
        text = HEADER + "\n" + "\n".join(rows) + "\n"
        self.assertEqual(self.take(text), (1203, 0, 0))
        self.assertEqual(self.take(text), (0, 0, 1203))
        self.assertEqual(len(self.objects("procedure", "list")), 585 + 1203)

    def test_more_than_a_catalogue_can_hold_is_known_before_the_first_batch(self):
        path = self.file("code,name,field\n" + "\n".join(f"7.{i:06},A,B" for i in range(65535 - 585 + 1)))
        self.refused("too_many", "procedure", "import", path)

    def test_a_retired_one_comes_back(self):
        self.take(HEADER + "\n9.1,,A,B,,,,,,,\n")
        self.ok("procedure", "retire", "9.1")
        self.assertEqual(self.take(HEADER + "\n9.1,,A,B,,,,,,,\n"), (0, 1, 0))
        self.assertFalse(self.object("procedure", "show", "9.1")["retired"])

    def test_what_is_wrong_with_cells(self):
        good = {"code": "9.1", "case": "", "name": "A", "field": "B", "limit_kind": "", "limit_value": "", "cutoff": "", "clock": "", "fee_vnd": "", "online": "",
                "postal": ""}
        for column, cells in {"code": ["", "9 1", "9#1", "ĐĐ", "-", "x" * 61], "case": ["#", "0 1", "é"], "name": ["", "  ", "a\u202eb", "a\u0007b", "x" * 1001],
                              "field": ["", "\u200b"], "limit_kind": ["weeks", "Ngày", "3"], "clock": ["noon"], "fee_vnd": ["-1", "1.000", "abc", "1e3", "9" * 13],
                              "online": ["2", "maybe"], "postal": ["-"]}.items():
            for cell in cells:
                with self.subTest(column=column, cell=cell[:20]):
                    row = {**good, column: cell}
                    expected = "code" if column in ("code", "case") and cell.strip() else column
                    self.bad(HEADER + "\n" + ",".join('"' + v + '"' for v in row.values()) + "\n", (2, expected))
        for kind, value, cutoff, column in (("working_days", "", "", "limit_value"), ("working_days", "0", "", "limit_value"), ("months", "1.5", "", "limit_value"),
                                            ("calendar_days", "3651", "", "limit_value"), ("same_day", "2", "", "limit_value"), ("working_days", "3", "15:00", "cutoff"),
                                            ("same_day", "1", "25:00", "cutoff"), ("", "", "15:00", "cutoff"), ("working_hours", "1.234", "", "limit_value")):
            with self.subTest(kind=kind, value=value, cutoff=cutoff):
                self.bad(f"code,name,field,limit_kind,limit_value,cutoff\n9.1,A,B,{kind},{value},{cutoff}\n", (2, column))

    def test_all_mistakes_are_told_with_their_lines(self):
        said = self.bad("code,name,field,note\n9.1,A,B,\n,A,B,\n9.2,A,B,\"a\nb\nc\"\n9.3,,B,\n\n9.4,A,,x\n", (3, "code"), (7, "name"), (9, "field"))
        self.assertEqual(len(said), 3)
        many = self.run_now("procedure", "import", self.file(HEADER + "\n" + "9.1,,,B,,,,,,,\n" * 30), "--lang", "en")
        told = many.stderr.decode().splitlines()
        self.assertEqual((many.returncode, len(told)), (3, 21))
        self.assertIn("10", told[-1])

    def test_what_is_wrong_with_files(self):
        self.bad("", (1, "1"))
        self.bad("\n\n", (1, "1"))
        self.bad("name,field\nA,B\n", (1, "code"))
        self.bad("code,name,code\n", (1, "3"))
        self.bad("code,name,field\n9.1,A,B\n9.2,A\n", (3, "3"))
        self.bad("code,name,field\n9.1,A,B,C\n", (2, "4"))
        self.bad('code,name,field\n9.1,"A"B,C\n', (2, "2"))
        self.bad('code,name,field\n9.1,A"B,C\n', (2, "2"))
        self.bad('code,name,field\n9.0,A,B\n9.1,"A,B\n9.2,C,D\n', (3, "2"))
        self.bad(b"code,name,field\n9.1,\xd0,B\n", (2, "2"))
        self.bad("code,name,field\n9.1,A,B\n".encode("utf-16"), (1, "1"))
        self.bad(b"code,name,field\n9.1,A\0B,C\n", (2, "name"))
        self.refused("no_such_file", "procedure", "import", self.home + "/none.csv")
        self.refused("no_such_file", "procedure", "import", self.home + "/none/none.csv")
        self.refused("io_error", "procedure", "import", self.home, status=4)

    def test_a_mistake_in_the_last_row_keeps_all_out(self):
        rows = [f"8.{i:06},,A,B,,,,,,," for i in range(700)] + ["8.bad,,,B,,,,,,,"]
        self.bad(HEADER + "\n" + "\n".join(rows), (702, "name"))
        self.assertEqual(len(self.objects("procedure", "list")), 585)


class People(Desk):
    def put(self, login, role="specialist", *more):
        return self.object("officer", "put", login, "--name", "Trần Văn Nam", "--role", role, *more)

    def test_no_one_goes_while_holding_dossiers(self):
        self.put("nam")
        codes = [self.receive("--officer", "nam")["code"] for _ in range(7)]
        for lang in ("vi", "en"):
            said = self.sentence(self.run_now("officer", "retire", "nam", "--lang", lang))
            self.assertIn("7", said)
            self.assertGreaterEqual(sum(code in said for code in codes), 3)
        self.refused("holds_dossiers", "officer", "retire", "nam")
        self.ok("transfer", *codes[:6], "--to", ME)
        self.ok("supplement", codes[6], "--reason", "Thiếu", "--need", "Bản chính")  # waiting for the applicant is open too
        self.refused("holds_dossiers", "officer", "retire", "nam")
        self.ok("void", codes[6], "--reason", "Ghi nhầm")
        self.assertTrue(self.object("officer", "retire", "nam")["retired"])
        self.refused("retired", "officer", "retire", "nam")
        self.refused("retired", "receive", "--procedure", MARRIAGE, "--applicant", NAME, "--officer", "nam")
        self.assertFalse(self.put("nam")["retired"])
        self.receive("--officer", "nam")

    def test_the_last_admin_stays(self):
        self.refused("last_admin", "officer", "retire", ME)
        self.refused("last_admin", "officer", "put", ME, "--name", "A", "--role", "chief")
        self.refused("unknown_officer", "officer", "retire", "nobody")
        self.put("lan", "admin")
        self.ok("officer", "put", ME, "--name", "A", "--role", "chief")
        self.refused("not_allowed", "officer", "retire", "lan")  # a chief does not manage people

    def test_who_is_retired_may_ask_only_what_is_public(self):
        self.put("lan", "admin")
        self.receive("--officer", "lan")
        self.assertTrue(self.object("officer", "retire", ME)["retired"])
        self.founded = False  # not even the store's figures
        for line in (("list",), ("stat",), ("show", "0001"), ("officer", "list"), ("config",), ("morning",), ("search", "huong"), ("explain", "0001"),
                     ("procedure", "put", MARRIAGE, "--fee", "1"), ("procedure", "retire", MARRIAGE), ("procedure", "import", "x.csv"),
                     ("officer", "put", "x", "--name", "X", "--role", "officer"), ("config", "soon.days", "2"), ("calendar", "holiday", "2026-12-24", "Nghỉ"),
                     ("calendar", "hours", "08:00-12:00", "--from", "2026-12-01"), ("calendar", "remove", "2026-11-24"), ("calendar", "import", "x.ics"),
                     ("calendar", "plan", "2027"), ("receive", "--procedure", MARRIAGE, "--applicant", NAME)):
            error = self.refused("not_allowed", *line)
            self.assertIn("Trần Văn Nam", error["message"], line)  # whom to ask
        self.ok("due", "--procedure", MARRIAGE, "--received", "2026-11-16")
        self.ok("procedure", "list")
        self.ok("procedure", "show", MARRIAGE)
        self.ok("calendar", "show")
        self.ok("calendar", "export")

    def test_officers_and_specialists_do_not_touch_the_office(self):
        self.put("lan", "admin")
        self.ok("officer", "put", ME, "--name", "A", "--role", "specialist")
        for line in (("procedure", "put", MARRIAGE, "--fee", "1"), ("procedure", "retire", MARRIAGE), ("config", "soon.days", "2"),
                     ("calendar", "holiday", "2026-12-24", "Nghỉ"), ("calendar", "holiday", "2026-12-24", "Nghỉ", "--dry-run"),
                     ("officer", "put", "x", "--name", "X", "--role", "officer"), ("officer", "retire", "lan")):
            self.refused("not_allowed", *line)
        self.assertTrue(self.objects("config"))
        self.assertEqual(len(self.objects("officer", "list")), 2)

    def test_as_of(self):
        self.clock = "2026-11-17 09:00:00"
        self.put("nam")
        self.clock = "2026-11-18 09:00:00"
        self.put("nam", "chief", "--unit", "Tư pháp")
        self.clock = "2026-11-19 09:00:00"
        self.ok("officer", "retire", "nam")

        def seen(*when):
            return [(o["login"], o["role"], o["unit"], o["retired"]) for o in self.objects("officer", "list", *when) if o["login"] != ME]
        self.assertEqual(seen("--as-of", "2026-11-16"), [])
        self.assertEqual(seen("--as-of", "2026-11-17"), [("nam", "specialist", None, False)])
        self.assertEqual(seen("--as-of", "2026-11-18"), [("nam", "chief", "Tư pháp", False)])
        self.assertEqual(seen(), [("nam", "chief", "Tư pháp", True)])


class Settings(Desk):
    DEFAULTS = {
        "lang": "vi", "clock": "day_end", "same_day.cutoff": "15:00", "report.basis": "statutory", "soon.days": "1", "waiting.max": "30", "backdate.max": "3",
        "supplement.days": "3", "ics.keep": "30", "ics.times": "auto", "law.province": None, "petition.pass": "5", "petition.refuse": "2", "petition.ask": "5", "petition.answer": "15",
        "petition.publish": "2", "target.on_time": ">95", "target.letters": "=100", "target.online": ">=20", "target.online_procedures": ">=50",
        "target.postal_in": ">=5", "target.postal_out": ">=20", "target.postal_procedures": ">=50", "target.digitized": ">=15", "target.petitions": "=100",
        "target.rating": ">=80"}

    def test_all_with_meaning_value_default(self):
        rows = {row["key"]: row for row in self.objects("config")}
        for key, default in self.DEFAULTS.items():
            self.assertEqual((rows[key]["value"], rows[key]["default"]), (default, default), key)
        for key in ("desk.name", "forms.from", "report.ii06a.title", "report.ii06a.number", "report.ii06a.addressee"):
            self.assertIn(key, rows)
        english = {row["key"]: row["meaning"] for row in self.objects("config", "--lang", "en")}
        for key, row in rows.items():
            self.assertEqual(list(row), ["key", "value", "default", "meaning"])
            self.assertGreater(len(row["meaning"]), 5)
            self.assertNotEqual(row["meaning"], english[key])
            self.assertEqual(self.object("config", key), row)
        page = self.ok("config")
        for key, row in rows.items():
            self.assertIn("\n" + key + " = ", "\n" + page)
            self.assertIn(row["meaning"], page)

    def test_set_and_set_back(self):
        for key, value, stored in (("soon.days", "2", "2"), ("clock", "same_hour", "same_hour"), ("target.online", "≥ 12,5", ">=12.5"),
                                   ("target.on_time", "> 90", ">90"), ("law.province", "Quyết định 12/2026/QĐ-UBND", "Quyết định 12/2026/QĐ-UBND"),
                                   ("same_day.cutoff", "14:30", "14:30"), ("report.basis", "promised", "promised"), ("ics.times", "all_day", "all_day"), ("forms.from", "2026-01-01", "2026-01-01")):
            default = self.object("config", key)["default"]
            self.assertEqual(self.object("config", key, value)["value"], stored, key)
            self.assertEqual(self.object("config", key)["value"], stored, key)
            self.assertIn("(", self.ok("config", key) if default else "(")  # the default beside it
            self.assertEqual(self.object("config", key, "--default")["value"], default, key)

    def test_they_rule_at_once(self):
        self.assertEqual(self.object("due", "--limit", "2 working_days", "--received", "2026-11-16T10:00")["due_at"], "2026-11-18T17:00:00+07:00")
        self.ok("config", "clock", "same_hour")
        self.assertEqual(self.object("due", "--limit", "2 working_days", "--received", "2026-11-16T10:00")["due_at"], "2026-11-18T10:00:00+07:00")
        self.ok("config", "same_day.cutoff", "14:00")
        self.assertEqual(self.object("due", "--limit", "same_day", "--received", "2026-11-16T14:01")["due_at"][:10], "2026-11-17")
        self.assertIn("Office", self.ok("config", "lang", "en") + self.ok("stat"))
        self.receive("--limit", "3 working_days")  # due 19/11, three working days ahead
        self.assertEqual(self.codes("list", "--status", "due_soon"), [])
        self.ok("config", "soon.days", "3")
        self.assertEqual(len(self.codes("list", "--status", "due_soon")), 1)

    def test_what_is_refused(self):
        self.refused("unknown_setting", "config", "soon.day")
        self.refused("unknown_setting", "config", "soon.day", "3")
        self.refused("unknown_setting", "config", "soon.day", "--default")
        for key, value in (("soon.days", "many"), ("soon.days", "+1"), ("soon.days", "61"), ("soon.days", "1.5"), ("clock", "noon"), ("lang", "fr"),
                           ("same_day.cutoff", "25:00"), ("report.basis", "both"), ("ics.times", "hours"), ("target.online", "20"), ("target.online", "<20"), ("target.online", ">=101"),
                           ("target.online", ">=1.234"), ("forms.from", "2026-02-30"), ("forms.from", "soon")):
            with self.subTest(key=key, value=value):
                self.assertIn(key, self.wrong("config", key, value))
        self.wrong("config", "soon.days", "")
        self.wrong("config", "soon.days", "1", "2")
        self.wrong("config", "soon.days", "1", "--default")
        self.wrong("config", "--default")
        self.wrong("config", "soon.days", "1", "--as-of", "2026-11-16")
        self.refused("bad_text", "config", "law.province", "a\x07b")

    def test_as_of(self):
        self.clock = "2026-11-17 09:00:00"
        self.ok("config", "soon.days", "2")
        self.clock = "2026-11-18 09:00:00"
        self.ok("config", "soon.days", "4")
        for when, value in (("2026-11-16", "1"), ("2026-11-17T09:00", "2"), ("2026-11-17T08:59", "1"), ("2026-11-18", "4")):
            self.assertEqual(self.object("config", "soon.days", "--as-of", when)["value"], value, when)
