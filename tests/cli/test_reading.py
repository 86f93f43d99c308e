"""Asking: lists, search, the chief's page, one dossier, the past; what is masked; what a spreadsheet gets."""
import csv
import io

from desk import COPY, MARRIAGE, NAME, Desk


class Lists(Desk):
    def setUp(self):
        super().setUp()
        self.ok("officer", "put", "nam", "--name", "Trần Văn Nam", "--role", "specialist", "--unit", "Tư pháp – Hộ tịch")
        self.late = self.receive("--at", "2026-11-10T08:00", "--officer", "nam")["code"]  # due 13/11
        self.soon = self.receive("--at", "2026-11-12T08:00", "--channel", "online")["code"]  # due 17/11
        self.calm = self.receive()["code"]  # due 19/11
        self.today = self.receive(procedure=COPY)["code"]  # due 16/11
        self.hours = self.receive("--limit", "1 working_hour", "--at", "2026-11-16T07:30")["code"]  # due 08:30: past
        self.solved = self.receive("--at", "2026-11-09T08:00")["code"]  # due 12/11
        self.ok("resolve", self.solved, "--at", "2026-11-13T09:00")

    def test_statuses(self):
        expected = {
            "waiting": [], "on_track": [self.calm], "due_soon": [self.soon], "due_today": [self.today], "overdue": [self.late, self.hours],
            "early": [], "on_time": [], "late": [self.solved], "withdrawn": [], "stopped": [], "void": [],
            "open": [self.late, self.hours, self.today, self.soon, self.calm], "solved": [self.solved], "uncollected": [self.solved],
            "letter_due": [self.late, self.hours, self.soon], "rescheduled": [],
            "all": [self.solved, self.late, self.hours, self.today, self.soon, self.calm],
        }
        for status, codes in expected.items():
            with self.subTest(status):
                self.assertEqual(sorted(self.codes("list", "--status", status)), sorted(codes))
        self.assertEqual(self.codes("list", "--status", "due_today,late,on_track"), [self.solved, self.today, self.calm])
        self.assertEqual(self.codes("list"), expected["open"])  # most urgent first

    def test_filters(self):
        self.assertEqual(self.codes("list", "--officer", "nam"), [self.late])
        self.assertEqual(self.codes("list", "--field", "CHUNG thuc"), [self.today])
        self.assertEqual(self.codes("list", "--procedure", COPY), [self.today])
        self.assertEqual(self.codes("list", "--procedure", COPY + "#01"), [])
        self.assertEqual(self.codes("list", "--unit", "tu phap – ho tich"), [self.late])
        self.assertEqual(self.codes("list", "--unit", "khong co"), [])
        self.assertEqual(self.codes("list", "--received", "2026-11-12..2026-11-12"), [self.soon])
        self.assertEqual(self.codes("list", "--received", "..12/11/2026"), [self.late, self.soon])
        self.assertEqual(self.codes("list", "--due", "2026-11-17.."), [self.soon, self.calm])
        self.assertEqual(self.codes("list", "--max", "2"), [self.late, self.hours])
        self.assertEqual(len(self.codes("list", "--max", "0")), 5)
        self.refused("unknown_officer", "list", "--officer", "nobody")
        self.refused("unknown_field", "list", "--field", "Thiên văn")
        self.refused("unknown_procedure", "list", "--procedure", "9.9")

    def test_order(self):
        self.assertEqual(self.codes("list", "--sort", "received"), [self.calm, self.today, self.hours, self.soon, self.late])
        self.assertEqual(self.codes("list", "--sort", "due"), self.codes("list"))
        self.assertEqual(self.codes("list", "--sort", "late", "--max", "2"), sorted([self.late, self.hours]))
        # ties by code
        twins = [self.receive("--at", "2026-11-16T08:45")["code"] for _ in range(3)]
        self.assertEqual([c for c in self.codes("list", "--sort", "received") if c in twins], twins)
        # not by who was logged first, however few are asked for
        for code in ("H99-3", "H99-1", "H99-2"):
            self.receive("--code", code)
        due = self.codes("list", "--due", "2026-11-19..2026-11-19")
        self.assertEqual(due, sorted(due))
        for n in range(1, len(due) + 1):
            self.assertEqual(self.codes("list", "--due", "2026-11-19..2026-11-19", "--max", str(n)), due[:n])

    def test_for_people(self):
        page = self.ok("list", "--lang", "en").splitlines()
        self.assertEqual(page[0].split()[:2], ["Code", "Due"])
        self.assertEqual(len(page), 6)
        self.assertIn("Overdue 1 day ", page[1])
        self.assertIn("Trần Văn Nam", page[1])
        starts = {line.index("Nguyễn") for line in page[1:]}
        self.assertEqual(len(starts), 1)  # aligned
        self.assertEqual(self.ok("list", "--status", "void"), "")

    def test_csv(self):
        evil = self.receive("--phone", "+84912345678", name='=cmd|" /C calc"!A0, x')["code"]
        raw = self.ok("list", "--csv", "--status", "all")
        self.assertTrue(raw.startswith("\ufeff"))
        self.assertEqual(raw.count("\r\n"), raw.count("\n"))
        rows = list(csv.DictReader(io.StringIO(raw[1:], newline="")))
        self.assertEqual(list(rows[0]), ["Số hồ sơ", "Tên thủ tục hành chính", "Tên lĩnh vực", "Phòng ban", "Ngày tiếp nhận", "Ngày hẹn trả",
                                         "Ngày kết thúc xử lý", "Chủ hồ sơ", "Số điện thoại", "Cán bộ xử lý hiện tại", "Trạng thái hồ sơ",
                                         "Tình trạng thời hạn", "Số ngày trễ"])
        by_code = {row["Số hồ sơ"]: row for row in rows}
        self.assertEqual(by_code[evil]["Chủ hồ sơ"], '\'=cmd|" /C calc"!A0, x')
        self.assertEqual(by_code[evil]["Số điện thoại"], "********5678")
        self.assertEqual(by_code[self.solved]["Ngày kết thúc xử lý"], "13/11/2026 09:00")
        self.assertEqual((by_code[self.solved]["Tình trạng thời hạn"], by_code[self.solved]["Số ngày trễ"]), ("Trễ hạn", "1"))
        cells = {"-2": "'-2", "@x": "'@x", "'=1": "''=1", "'n": "'n", "a\"b": 'a"b', "1-2": "1-2"}
        for name, cell in cells.items():
            code = self.receive(name=name)["code"]
            rows = list(csv.DictReader(io.StringIO(self.ok("list", "--csv")[1:], newline="")))
            self.assertEqual({row["Số hồ sơ"]: row for row in rows}[code]["Chủ hồ sơ"], cell)
        whole = self.ok("list", "--csv", "--unmask")
        self.assertIn("'+84912345678", whole)
        self.assertEqual(len(self.ok("list", "--csv", "--status", "void").splitlines()), 1)  # titles alone
        self.assertIn("Code,", self.ok("list", "--csv", "--lang", "en"))

    def test_csv_without_a_byte_order_mark(self):
        with_it, without = self.ok("list", "--csv"), self.ok("list", "--csv", "--no-bom")
        self.assertEqual(with_it, "\ufeff" + without)
        self.assertTrue(without.startswith("Số hồ sơ,"))
        self.wrong("list", "--no-bom", says="--csv")
        self.wrong("list", "--no-bom", "--json", says="--csv")


class Search(Desk):
    def test_any_part_in_any_order(self):
        a = self.receive("--phone", "0912 345 678", "--id-number", "052190001234")["code"]
        self.clock = "2026-11-16 09:10:00"
        b = self.receive("--phone", "0987654321", name="Trần Văn Đức")["code"]
        for text in ("nguyen thi huong", "HƯƠNG NGUYỄN", "Nguye\u0302\u0303n", "0912345678", "345678", "0912.345.678", "+84 912345678", "1900012", a,
                     a.lower(), "huong 0912"):
            with self.subTest(text):
                self.assertEqual(self.codes("search", text), [a])
        self.assertEqual(self.codes("search", "nguyen", "huong"), [a])  # several words need no quotes
        self.assertEqual(self.codes("search", "đuc"), [b])
        self.assertEqual(self.codes("search", "261116"), [b, a])  # newest first
        self.assertEqual(self.codes("search", "--max", "1", "261116"), [b])
        self.assertEqual(self.ok("search", "huong duc"), "")
        self.assertEqual(self.ok("search", "khongcoai", "--json"), "")
        self.assertIn(NAME, self.ok("search", "huong"))

    def test_fifty_unless_more_are_asked_for(self):
        for i in range(60):
            self.ok("receive", "--procedure", MARRIAGE, "--applicant", f"Lê Văn {i}")
        self.assertEqual(len(self.codes("search", "le van")), 50)
        self.assertEqual(len(self.codes("search", "le van", "--max", "0")), 60)


class Masks(Desk):
    def test_numbers_are_masked_everywhere_unless_asked_for(self):
        secrets = ("0912345678", "052190001234", "huong@example.vn")
        code = self.receive("--phone", secrets[0], "--id-number", secrets[1], "--email", secrets[2], "--at", "2026-11-10T08:00")["code"]
        for line in (("show", code), ("list",), ("search", "huong"), ("morning",), ("list", "--csv")):
            for more in ((), ("--json",)) if "--csv" not in line else ((),):
                text = self.ok(*line, *more)
                for secret in secrets:
                    self.assertNotIn(secret, text, line)
        for line in (("show", code), ("list", "--json"), ("search", "huong", "--json"), ("morning", "--json")):
            text = self.ok(*line, "--unmask")
            for secret in secrets:
                self.assertIn(secret, text, line)

    def test_the_last_characters_show(self):
        for number, shown in (("0912345678", "*******678"), ("12", "**"), ("1", "*"), ("123456", "****56"), ("ếếếếếế", "****ếế"), ("9" * 40, "*" * 12 + "9999")):
            d = self.receive("--phone", number)
            self.assertEqual(d["applicant"]["phone"], shown)


class Morning(Desk):
    def test_shape(self):
        page = self.object("morning")
        self.assertEqual(list(page)[:12], ["as_of", "office", "on_time", "counts", "overdue", "letters", "due_today", "due_next", "rescheduled", "waiting_long",
                                           "uncollected", "journal"])
        self.assertEqual(list(page["on_time"])[:4], ["rate", "target", "solved_in_time", "base"])
        self.assertEqual(list(page["letters"]), ["today", "too_late", "overdue"])
        self.assertEqual(page["on_time"], {"rate": None, "target": 95, "solved_in_time": 0, "base": 0, "met": None, "comparator": ">"})
        self.assertEqual(page["as_of"][:16], "2026-11-16T09:00")
        self.assertEqual(page["journal"], self.head())
        for lang in ("vi", "en"):
            self.assertIn("UBND xã Tơ Tung", self.ok("morning", "--lang", lang))

    def test_rate_and_rescheduled(self):
        late = self.receive("--at", "2026-11-02T08:00")["code"]  # due 5/11
        moved = self.receive("--at", "2026-11-10T08:00")["code"]  # due 13/11
        self.ok("apologize", moved, "--reason", "x", "--until", "2026-11-20", "--at", "2026-11-12T10:00")
        for _ in range(2):
            self.ok("resolve", self.receive()["code"])
        page = self.object("morning")
        # two solved in time; two open past their statutory day count against us
        self.assertEqual((page["on_time"]["solved_in_time"], page["on_time"]["base"], page["on_time"]["rate"]), (2, 4, 50))
        self.assertEqual([d["code"] for d in page["overdue"]], [late])
        self.assertEqual([d["code"] for d in page["rescheduled"]], [moved])
        self.assertEqual(len(page["uncollected"]), 2)
        self.assertEqual((page["counts"]["overdue"], page["counts"]["open"], page["counts"]["rescheduled"], page["counts"]["uncollected"]), (1, 2, 1, 2))
        text = self.ok("morning")
        for part in ("Quá hạn (1)", "50 %", "2/4", "chưa đạt", "trễ 7 ngày làm việc", NAME):
            self.assertIn(part, text)


class Past(Desk):
    def test_as_of(self):
        code = self.receive()["code"]
        self.clock = "2026-11-17 10:00:00"
        self.ok("resolve", code)
        self.clock = "2026-11-18 10:00:00"
        self.assertEqual(self.object("show", code, "--as-of", "2026-11-17T09:00")["state"], "processing")
        self.assertEqual(self.object("show", code, "--as-of", "2026-11-17T10:00")["state"], "resolved")  # the whole minute
        self.assertEqual(self.object("show", code, "--as-of", "2026-11-16")["state"], "processing")  # the end of that day
        self.assertEqual(len(self.object("show", code, "--as-of", "2026-11-16")["history"]), 1)
        self.assertEqual(self.object("show", code, "--as-of", "2026-11-18")["state"], "resolved")  # today is now
        self.assertEqual(self.codes("list", "--as-of", "2026-11-16"), [code])
        self.assertEqual(self.codes("list", "--as-of", "2026-11-17"), [])
        self.assertEqual(self.codes("search", "huong", "--as-of", "2026-11-15"), [])
        page = self.object("morning", "--as-of", "2026-11-16")
        self.assertEqual((page["as_of"], page["counts"]["open"]), ("2026-11-16T23:59:59+07:00", 1))
        self.assertEqual(self.object("stat", "--as-of", "2026-11-16")["dossiers"], 1)
        self.refused("unknown_dossier", "show", code, "--as-of", "2026-11-15")
        self.assertEqual(self.object("explain", code, "--as-of", "2026-11-16")["due_at"], "2026-11-19T17:00:00+07:00")
        for command in (("morning",), ("list",), ("show", code), ("stat",), ("search", "x"), ("explain", code)):
            self.wrong(*command, "--as-of", "2026-11-19", says="--as-of")
            self.wrong(*command, "--as-of", "2026-11-18T10:05", says="--as-of")


class Catalogue(Desk):
    def test_procedures(self):
        rows = self.objects("procedure", "list")
        self.assertEqual(len(rows), 585)
        self.assertEqual(list(rows[0])[:11], "code case name field limit_kind limit_value cutoff clock fee_vnd online postal".split())
        by_code = {(r["code"], r["case"]): r for r in rows}
        self.assertEqual(len(by_code), 585)
        self.assertEqual(by_code["2.000815", None]["limit_kind"], "same_day")
        self.assertEqual(by_code["2.000815", None]["cutoff"], "15:00")
        self.assertEqual((by_code["2.000815", "01"]["limit_kind"], by_code["2.000815", "01"]["limit_value"]), ("working_days", 2))
        self.assertIs(by_code["1.012753", None]["online"], True)
        self.assertEqual(sum(r["limit_kind"] is None for r in rows), 91)
        one = self.object("procedure", "show", COPY)
        self.assertEqual([c["case"] for c in one["cases"]], ["01"])
        self.assertEqual(self.object("procedure", "show", COPY + "#01")["limit_value"], 2)
        self.refused("unknown_procedure", "procedure", "show", "9.9")
        self.assertIn("15:00", self.ok("procedure", "show", COPY))
        self.assertEqual(len(self.ok("procedure", "list").splitlines()), 586)

    def test_the_shipped_one_serves_without_a_store(self):
        nowhere = {"MOTCUA_STORE": self.home + "/none"}
        self.assertEqual(self.ok("procedure", "list", "--json", **nowhere), self.ok("procedure", "list", "--json"))
        self.assertEqual(self.ok("calendar", "show", "2026", **nowhere), self.ok("calendar", "show", "2026"))
        self.assertEqual(self.ok("procedure", "show", COPY, **nowhere), self.ok("procedure", "show", COPY))
