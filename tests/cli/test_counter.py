"""At the counter: fees, why something is late, what is turned away, the internal process, whose delay it is."""
import json
import os
import subprocess
import unittest

from desk import COPY, MARRIAGE, MOTCUA, NAME, Desk

PROCESS = ["--step", "Tiếp nhận; officer; 0.5 working_days", "--step", "Thẩm định; specialist; 1.5 working_days",
           "--step", "Ký duyệt; chief; 0,5 working_days", "--step", "Trả kết quả; officer; 0.5 working_days"]


class Counter(Desk):
    def setUp(self):
        super().setUp()
        for login, role, unit in [("lan", "officer", "Một cửa"), ("tuan", "specialist", "Tư pháp"), ("binh", "chief", "Văn phòng")]:
            self.ok("officer", "put", login, "--name", login.title(), "--role", role, "--unit", unit)

    def run_now(self, *args, who=None, **more):
        """As somebody else than whoever runs the tests."""
        if who:
            people = os.path.join(os.path.dirname(MOTCUA), "tests", "people.so")
            more = {"LD_PRELOAD": self.clock_env()["LD_PRELOAD"] + ":" + people, "LOGIN_IS": who, **more}
        return super().run_now(*args, **more)

    def by(self, login, *args, **more):
        return self.ok(*args, who=login, **more)

    def receive(self, *more, procedure=MARRIAGE, at=None, by=None):
        at = ["--at", at] if at else []
        return self.object("receive", "--procedure", procedure, "--applicant", NAME, *at, *more, who=by)["code"]

    def show(self, code, **more):
        return self.object("show", code, **more)


class Fees(Counter):
    def test_taken_given_back_and_taken_again(self):
        code = self.receive("--fee", "50000")
        self.assertEqual(self.show(code)["fee_paid"], 0)
        self.assertIn("50.000 đồng", self.ok("fee", code, "--amount", "50000", "--document", "0012345"))
        self.assertEqual(self.object("fee", code, "--back", "20000", "--reason", "thu nhầm")["fee_paid"], 30000)
        self.assertEqual(self.object("fee", code, "--amount", "1")["fee_paid"], 30001)
        events = [e for e in self.show(code)["history"] if e["kind"] == "fee"]
        self.assertEqual([(e["amount"], e["reason"], e["document"], e["exempt"]) for e in events],
                         [(50000, None, "0012345", False), (-20000, "thu nhầm", None, False), (1, None, None, False)])
        page = self.ok("show", code)
        self.assertRegex(page, r"Đã thu +30\.001 đồng")
        self.assertIn("hoàn 20.000 đồng · thu nhầm", page)

    def test_what_is_refused(self):
        code = self.receive("--fee", "50000")
        self.refused("fee_back", "fee", code, "--back", "1", "--reason", "x")
        self.assertIn("--exempt", self.wrong("fee", code, "--exempt"))
        self.refused("empty_text", "fee", code, "--exempt", "--reason", " ")
        self.ok("fee", code, "--amount", "50000")
        self.refused("fee_back", "fee", code, "--back", "50001", "--reason", "x")
        self.assertIn("--reason", self.wrong("fee", code, "--back", "50000"))
        self.refused("fee_paid", "fee", code, "--exempt", "--reason", "hộ nghèo")
        self.refused("fee_over", "fee", code, "--amount", "1000000000000")
        for args in [[], ["--amount", "5", "--exempt"], ["--amount", "5", "--back", "5"], ["--exempt", "--reason", "x", "--document", "1"],
                     ["--amount", "0"], ["--amount", "-5"], ["--amount", "1.5"], ["--amount", "1000000000001"]]:
            self.wrong("fee", code, *args)
        self.assertEqual(self.show(code)["fee_paid"], 50000)

    def test_exempt_then_taken_after_all(self):
        code = self.receive("--fee", "50000")
        self.assertTrue(self.object("fee", code, "--exempt", "--reason", "hộ nghèo")["fee_exempt"])
        self.assertIn("Miễn phí", self.ok("fee", code, "--exempt", "--reason", "người có công"))
        self.assertIn("việc miễn không còn", self.ok("fee", code, "--amount", "20000"))
        self.assertNotIn("việc miễn", self.ok("fee", code, "--amount", "30000"))
        again = self.show(code)
        self.assertEqual((again["fee_exempt"], again["fee_paid"]), (False, 50000))

    def test_no_more_than_is_owed(self):
        code = self.receive("--fee", "15000")
        self.assertIn("15,000 VND", self.refused("fee_over", "fee", code, "--amount", "15001")["message"])
        self.ok("fee", code, "--amount", "10000")
        said = self.refused("fee_over", "fee", code, "--amount", "10000")["message"]
        self.assertIn("owes only 5,000 VND", said)
        self.assertIn("correct fee=", said)
        self.assertIn("5.000 đồng", self.sentence(self.run_now("fee", code, "--amount", "10000")))
        self.ok("correct", code, "--reason", "phí ghi sai", "fee=20000")
        self.ok("fee", code, "--amount", "10000")
        self.assertIn("20,000 VND", self.refused("fee_back", "fee", code, "--back", "20001", "--reason", "x")["message"])
        self.assertIn("99999999999999999999", self.wrong("receive", "--procedure", MARRIAGE, "--applicant", NAME, "--fee", "99999999999999999999"))

    def test_what_was_taken_is_given_back_before_it_is_void(self):
        code = self.receive("--fee", "2000", "--take-fee", by="lan")
        self.assertIn("2,000 VND", self.refused("fee_kept", "void", code, "--reason", "nhập nhầm", who="binh")["message"])
        cash = lambda: [r for r in self.objects("report", "daily", "--from", "2026-11-16", "--to", "2026-11-16") if r.get("part") == "cash"]
        self.by("lan", "fee", code, "--back", "2000", "--reason", "nhập nhầm")
        before = cash()
        self.by("binh", "void", code, "--reason", "nhập nhầm")
        self.assertTrue(before)
        self.assertEqual(cash(), before)

    def test_with_the_receipt(self):
        done = self.object("receive", "--procedure", MARRIAGE, "--applicant", NAME, "--fee", "8000", "--take-fee", "--fee-document", "77")
        self.assertEqual((done["fee_paid"], done["fee_exempt"], done["fee_vnd"]), (8000, False, 8000))
        self.assertEqual([e["kind"] for e in self.show(done["code"])["history"]], ["received", "fee"])
        done = self.object("receive", "--procedure", MARRIAGE, "--applicant", NAME, "--fee", "8000", "--exempt", "trẻ em")
        self.assertEqual((done["fee_paid"], done["fee_exempt"]), (0, True))
        served = self.object("receive", "--procedure", MARRIAGE, "--applicant", NAME, "--fee", "8000", "--take-fee", "--serve")
        self.assertEqual((served["state"], served["fee_paid"]), ("returned", 8000))
        self.refused("fee_both", "receive", "--procedure", MARRIAGE, "--applicant", NAME, "--fee", "1", "--take-fee", "--exempt", "x")
        self.refused("no_fee", "receive", "--procedure", MARRIAGE, "--applicant", NAME, "--fee", "0", "--take-fee")
        self.wrong("receive", "--procedure", MARRIAGE, "--applicant", NAME, "--fee-document", "77")
        self.assertEqual(len(self.objects("list", "--status", "all")), 3)

    def test_a_void_one_takes_none_and_an_undone_one_is_gone(self):
        code = self.receive("--fee", "50000")
        self.ok("fee", code, "--amount", "50000")
        self.assertEqual(self.object("undo", code, "--reason", "nhầm hồ sơ")["fee_paid"], 0)
        self.ok("void", code, "--reason", "ghi nhầm")
        self.refused("not_open", "fee", code, "--amount", "50000")


class Lateness(Counter):
    def late_one(self, *more, by=None):
        """Due on Wednesday the 18th at closing; it is Friday the 20th."""
        self.clock = "2026-11-20 09:00:00"
        return self.receive(*more, at="2026-11-13 09:00", by=by)

    def test_only_a_late_one_has_a_reason(self):
        code = self.receive()
        self.refused("not_late", "late", code, "--category", "load", "--reason", "x")
        self.clock = "2026-11-19 16:59:00"  # the due day itself
        self.refused("not_late", "late", code, "--category", "load", "--reason", "x")
        self.clock = "2026-11-20 07:30:00"
        given = self.object("late", code, "--category", "load", "--reason", "Hồ sơ nhiều")["late_reason"]
        self.assertEqual((given["category"], given["reason"], given["excuse"]), ("load", "Hồ sơ nhiều", None))

    def test_the_letters_reason_is_the_one(self):
        """Also where another was given, and judged, before it: then the letter awaits a word of its own."""
        code = self.late_one()
        self.by("lan", "late", code, "--category", "system", "--reason", "Mất điện cả ngày")
        self.by("binh", "late", code, "--excuse", "good")
        self.assertIn("Xem xét lý do trễ hạn", self.ok("show", code))
        self.by("lan", "apologize", code, "--reason", "Công chức quên hồ sơ", "--until", "2026-11-25")
        self.assertIsNone(self.show(code)["late_reason"]["excuse"])
        page = self.ok("show", code)
        self.assertNotIn("Lý do trễ hạn", page.split("Quá trình giải quyết")[0])
        self.clock = "2026-11-27 09:00:00"
        rows = self.objects("report", "late", "--from", "2026-11-01", "--to", "2026-11-30")
        late = [r for r in rows if r.get("part") == "late" and r.get("code") == code]
        self.assertEqual([r["reason"] for r in late], ["Công chức quên hồ sơ"])
        self.assertEqual([r["reason"] for r in rows if r.get("part") == "reasons" and r["row"] == "plain"], ["Đã nêu trong phiếu xin lỗi"])
        self.by("binh", "late", code, "--excuse", "not_good")
        self.assertRegex(self.ok("show", code), "Lý do trễ hạn +Đã nêu trong phiếu xin lỗi · Không có lý do chính đáng")

    def test_a_solved_one_asks_and_takes_it(self):
        code = self.late_one()
        said = self.ok("resolve", code)
        self.assertIn(f"motcua late {code} --category", said)
        self.assertIn("motcua late", self.ok("--lang", "en", "refuse", self.late_one(), "--reason", "x"))
        self.ok("late", code, "--category", "staff", "--reason", "Cán bộ nghỉ ốm")
        self.ok("undo", code, "--reason", "x")
        self.ok("undo", code, "--reason", "x")
        self.ok("late", code, "--category", "staff", "--reason", "Cán bộ nghỉ ốm")
        self.assertNotIn("motcua late", self.ok("resolve", code))
        other = self.receive()
        self.assertNotIn("motcua late", self.ok("resolve", other))

    def test_a_letter_is_a_reason(self):
        code = self.late_one()
        self.ok("apologize", code, "--reason", "Mất điện", "--until", "2026-11-27", "--unit", "Phòng Kinh tế")
        self.assertEqual(self.show(code)["apology"]["unit"], "Phòng Kinh tế")
        self.assertNotIn("motcua late", self.ok("resolve", code))
        self.assertEqual(self.object("late", code, "--excuse", "good", who="binh")["late_reason"],
                         {"category": None, "reason": None, "by": None, "excuse": "good", "excused_by": "binh"})

    def test_the_chiefs_word(self):
        code = self.late_one()
        self.refused("no_late_reason", "late", code, "--excuse", "good", who="binh")
        self.by("tuan", "late", code, "--category", "unit", "--reason", "Chờ chi nhánh đất đai")
        self.refused("not_allowed", "late", code, "--excuse", "good", who="tuan")
        self.refused("not_allowed", "late", code, "--category", "other", "--reason", "x", "--excuse", "good", who="lan")
        self.by("binh", "late", code, "--excuse", "not_good")
        self.assertEqual(self.show(code)["late_reason"], {"category": "unit", "reason": "Chờ chi nhánh đất đai", "by": "tuan",
                                                          "excuse": "not_good", "excused_by": "binh"})
        page = self.ok("show", code)
        self.assertIn("Chờ cơ quan, đơn vị khác · Chờ chi nhánh đất đai", page)
        self.assertIn("Không có lý do chính đáng", page)
        # a new reason has not been judged yet
        self.by("tuan", "late", code, "--category", "system", "--reason", "Mất mạng")
        self.assertIsNone(self.show(code)["late_reason"]["excuse"])

    def test_the_line_must_be_whole(self):
        code = self.late_one()
        self.wrong("late", code)
        self.wrong("late", code, "--category", "load")
        self.wrong("late", code, "--reason", "x")
        self.wrong("late", code, "--category", "unsaid", "--reason", "x")
        self.wrong("late", code, "--excuse", "maybe")
        self.refused("empty_text", "late", code, "--category", "load", "--reason", " ")

    def test_a_void_one_is_never_late(self):
        code = self.late_one()
        self.ok("void", code, "--reason", "ghi nhầm")
        self.refused("not_open", "late", code, "--category", "load", "--reason", "x")


class Process(Counter):
    def test_put_shown_inherited_and_cleared(self):
        self.assertIn("chưa có quy trình", self.ok("procedure", "steps", MARRIAGE))
        self.ok("procedure", "steps", MARRIAGE, *PROCESS)
        got = self.object("procedure", "steps", MARRIAGE)
        self.assertEqual([(s["name"], s["role"], s["limit"]) for s in got["steps"]],
                         [("Tiếp nhận", "officer", "0.5 working_days"), ("Thẩm định", "specialist", "1.5 working_days"),
                          ("Ký duyệt", "chief", "0.5 working_days"), ("Trả kết quả", "officer", "0.5 working_days")])
        self.assertTrue(got["own"])
        self.ok("procedure", "put", MARRIAGE + "#09", "--limit", "5 working_days")
        self.assertEqual(len(self.object("procedure", "steps", MARRIAGE + "#09")["steps"]), 4)
        self.assertFalse(self.object("procedure", "steps", MARRIAGE + "#09")["own"])
        self.assertIn("Thẩm định (1,5 ngày làm việc) →", self.ok("procedure", "show", MARRIAGE))
        entries = self.object("stat")["entries"] if "entries" in self.object("stat") else None
        self.ok("procedure", "steps", MARRIAGE, *PROCESS)  # the same again is no event
        if entries is not None:
            self.assertEqual(self.object("stat")["entries"], entries)
        self.ok("procedure", "steps", MARRIAGE, "--clear")
        self.assertEqual(self.object("procedure", "steps", MARRIAGE)["steps"], [])

    def test_what_is_refused(self):
        long = ["--step", "A;;3 working_days", "--step", "B;;0.25 working_days"]
        self.refused("steps_too_long", "procedure", "steps", MARRIAGE, *long)
        self.ok("procedure", "steps", MARRIAGE, "--step", "A;;2.75 working_days", "--step", "B;;2 working_hours")
        self.refused("steps_too_long", "procedure", "steps", MARRIAGE, "--step", "A;;2.75 working_days", "--step", "B;;2.01 working_hours")
        self.refused("step_twice", "procedure", "steps", MARRIAGE, "--step", "Tham dinh", "--step", "THẨM ĐỊNH")
        self.refused("unknown_procedure", "procedure", "steps", "9.999999", "--step", "A")
        self.refused("too_many_steps", "procedure", "steps", MARRIAGE, *[w for i in range(13) for w in ("--step", f"Bước {i}")])
        self.ok("procedure", "steps", MARRIAGE, *[w for i in range(12) for w in ("--step", f"Bước {i}")])
        self.refused("not_allowed", "procedure", "steps", MARRIAGE, "--step", "A", who="lan")
        self.refused("empty_text", "procedure", "steps", MARRIAGE, "--step", ";officer;")
        for bad in ["A;boss;1 working_days", "A;officer;soon", "A;officer;1 working_days;x"]:
            self.wrong("procedure", "steps", MARRIAGE, "--step", bad)
        self.assertIn("công chức tiếp nhận", self.wrong("procedure", "steps", MARRIAGE, "--step", "A; công chức tiếp nhận; 1 giờ"))
        self.refused("steps_too_long", "procedure", "steps", COPY, "--step", "a; officer; 900 working_days")
        self.wrong("procedure", "steps", MARRIAGE, "--step", "A", "--clear")

    def test_handovers_follow_it(self):
        self.ok("procedure", "steps", MARRIAGE, *PROCESS)
        code = self.receive(by="lan")  # Monday 9:00
        first = self.show(code)
        self.assertEqual((first["step"], first["stages"][0]["due_at"]), ("Tiếp nhận", "2026-11-16T15:00:00+07:00"))  # 2:30 to lunch + 1:30 from 13:30
        self.clock = "2026-11-16 10:00:00"
        self.assertIn("Bước: Thẩm định, hạn 17/11/2026 16:00", self.by("lan", "transfer", code, "--to", "tuan"))
        self.clock = "2026-11-18 10:00:00"
        self.by("tuan", "transfer", code, "--to", "binh")
        self.by("binh", "transfer", code, "--to", "tuan", "--step", "tham dinh", "--note", "làm lại")
        self.clock = "2026-11-18 11:00:00"
        self.by("tuan", "transfer", code, "--to", "binh")
        self.by("binh", "transfer", code, "--to", "lan")
        seen = self.show(code)
        self.assertEqual([s["step"] for s in seen["stages"]], ["Tiếp nhận", "Thẩm định", "Ký duyệt", "Thẩm định", "Ký duyệt", "Trả kết quả"])
        self.assertEqual([s["result"] for s in seen["stages"]], ["on_time", "late", "on_time", "early", "on_time", "running"])
        # past by 17/11 16:00-17:00 and 18/11 7:00-10:00
        self.assertEqual([s["late_minutes"] for s in seen["stages"]], [0, 240, 0, 0, 0, 0])
        self.assertEqual([s["holder"] for s in seen["stages"]], ["lan", "tuan", "binh", "tuan", "binh", "lan"])
        page = self.ok("show", code)
        self.assertIn("Thẩm định · hạn 17/11/2026 16:00 · Quá hạn 4 giờ", page)

    def test_given_back_for_a_mistake(self):
        self.ok("procedure", "steps", MARRIAGE, *PROCESS)
        code = self.receive(by="lan")
        self.by("lan", "transfer", code, "--to", "tuan")
        self.assertIn("Bước: Tiếp nhận", self.by("tuan", "transfer", code, "--to", "lan", "--note", "Trả lại, thiếu chữ ký"))
        self.assertIn("Bước: Thẩm định", self.by("lan", "transfer", code, "--to", "tuan"))
        said = self.refused("unknown_step", "transfer", code, "--to", "binh", "--step", "Thâm địn")
        self.assertIn("Tiếp nhận; Thẩm định; Ký duyệt; Trả kết quả", said["message"])
        page = self.ok("show", code)
        self.assertIn("bước Thẩm định", page)
        self.assertIn("bước Tiếp nhận", page)

    def test_who_resolves_it(self):
        code = self.receive(by="lan")
        self.assertEqual(self.show(code)["resolving_unit"], "Một cửa")
        for to in ("tuan", "binh", "lan"):
            self.ok("transfer", code, "--to", to)
        seen = self.show(code)
        self.assertEqual((seen["unit"], seen["resolving_unit"]), ("Một cửa", "Tư pháp"))
        self.assertEqual([e["resolves"] for e in seen["history"] if e["kind"] == "transferred"], [True, False, False])
        self.refused("empty_text", "apologize", code, "--reason", "x", "--until", "2026-11-25", "--unit", "")
        self.ok("apologize", code, "--reason", "x", "--until", "2026-11-25")
        self.assertEqual([e["unit"] for e in self.show(code)["history"] if e["kind"] == "apologized"], ["Tư pháp"])

    def test_whose_delay(self):
        self.ok("procedure", "steps", MARRIAGE, *PROCESS)
        code = self.receive(by="lan")  # due Thursday the 19th at closing
        self.ok("transfer", code, "--to", "tuan")
        self.clock = "2026-11-23 09:00:00"
        self.ok("transfer", code, "--to", "binh")
        self.assertIn("Giữ khi hết hạn: Tuan · Tư pháp", self.ok("show", code))
        self.assertIn("chưa nêu lý do", self.ok("show", code))

    def test_an_outside_unit(self):
        code = self.receive()
        self.ok("transfer", code, "--unit", "Chi nhánh Văn phòng đăng ký đất đai", "--within", "1 working_days")
        stage = self.show(code)["stages"][-1]
        self.assertEqual((stage["holder"], stage["unit"], stage["due_at"]), (None, "Chi nhánh Văn phòng đăng ký đất đai", "2026-11-17T17:00:00+07:00"))
        self.assertEqual([d["code"] for d in self.objects("list", "--unit", "chi nhanh van phong dang ky dat dai")], [code])

    def test_a_wait_stops_the_stage(self):
        self.ok("procedure", "steps", MARRIAGE, *PROCESS)
        code = self.receive()
        self.clock = "2026-11-16 10:00:00"
        self.ok("supplement", code, "--reason", "thiếu", "--need", "CCCD")
        self.clock = "2026-11-18 09:00:00"
        self.ok("restart", code)
        stages = self.show(code)["stages"]
        self.assertEqual([(s["waiting"], s["result"], s["due_at"] and s["due_at"][:16]) for s in stages],
                         [(False, "waited", "2026-11-16T15:00"), (True, None, None), (False, "running", "2026-11-18T15:00")])


class TurnedAway(Counter):
    def turn_away(self, *args, **more):
        return self.object("turn-away", "--procedure", MARRIAGE, "--applicant", NAME, *args, **more)

    def test_two_slips_with_numbers_of_their_own(self):
        first = self.turn_away("--need", "CCCD", "--need", "Tờ khai", "--phone", "0912345678")
        self.assertEqual((first["form"], first["number"], first["year"], first["needs"], first["refused"]), ("02", 1, 2026, ["CCCD", "Tờ khai"], False))
        self.assertEqual(first["applicant"]["phone"], "*******678")
        refused = self.turn_away("--reason", "Không thuộc thẩm quyền")
        self.assertEqual((refused["form"], refused["number"], refused["refused"]), ("03", 1, True))
        # the same series as of dossiers
        code = self.receive()
        self.ok("supplement", code, "--reason", "thiếu", "--need", "x")
        self.assertEqual(self.show(code)["supplement_slip"], {"number": 2, "year": 2026})
        self.assertEqual(self.turn_away("--need", "x", "--reason", "thiếu giấy tờ")["number"], 3)
        self.ok("refuse", code, "--reason", "x")
        self.assertEqual(self.show(code)["end_slip"], {"number": 2, "year": 2026})
        self.assertEqual(len(self.objects("list", "--status", "all")), 1)

    def test_listed_newest_first(self):
        for n, day in enumerate(["2026-11-16", "2026-11-17", "2026-11-18"]):
            self.clock = day + " 09:00:00"
            self.turn_away("--need", f"giấy {n}")
        self.assertEqual([e["number"] for e in self.objects("turn-away", "list")], [3, 2, 1])
        self.assertEqual([e["number"] for e in self.objects("turn-away", "list", "--from", "2026-11-17")], [3, 2])
        self.assertEqual([e["number"] for e in self.objects("turn-away", "list", "--to", "17/11/2026")], [2, 1])
        self.assertEqual([e["number"] for e in self.objects("turn-away", "list", "--as-of", "2026-11-17")], [2, 1])
        self.wrong("turn-away", "list", "--from", "2026-11-18", "--to", "2026-11-17")
        text = self.ok("turn-away", "list")
        self.assertIn("02/3/2026", text)
        self.assertIn(NAME, text)

    def test_what_is_refused(self):
        self.refused("unknown_procedure", "turn-away", "--procedure", "9.999999", "--applicant", "A", "--need", "x")
        self.refused("empty_text", "turn-away", "--procedure", MARRIAGE, "--applicant", " ", "--need", "x")
        self.refused("empty_text", "turn-away", "--procedure", MARRIAGE, "--applicant", "A", "--need", " ")
        self.refused("empty_text", "turn-away", "--procedure", MARRIAGE, "--applicant", "A", "--reason", "")
        self.refused("future_time", "turn-away", "--procedure", MARRIAGE, "--applicant", "A", "--need", "x", "--at", "2026-11-17 09:00")
        self.refused("not_allowed", "turn-away", "--procedure", MARRIAGE, "--applicant", "A", "--need", "x", "--at", "2026-11-02 09:00", who="lan")
        self.wrong("turn-away", "--procedure", MARRIAGE, "--applicant", "A")
        self.wrong("turn-away", "--procedure", MARRIAGE, "--applicant", "A", "--need", "x", "-o", "phieu.txt")
        self.wrong("turn-away", "--applicant", "A", "--need", "x")
        self.assertEqual(self.objects("turn-away", "list"), [])

    def test_the_number_is_of_the_year_it_was_written_in(self):
        self.clock = "2026-12-31 16:00:00"
        self.turn_away("--need", "x")
        self.clock = "2027-01-04 09:00:00"
        self.assertEqual([(t["number"], t["year"]) for t in (self.turn_away("--need", "x"), self.turn_away("--need", "x", "--at", "2026-12-31 16:30"))],
                         [(1, 2027), (2, 2027)])


    def test_one_made_by_mistake(self):
        self.turn_away("--need", "x", who="lan")
        self.turn_away("--reason", "x", who="lan")
        self.assertIn("hủy", self.by("lan", "turn-away", "void", "02/1", "--reason", "nhầm người"))
        self.refused("slip_void", "turn-away", "void", "02/1/2026", "--reason", "x")
        self.refused("unknown_slip", "turn-away", "void", "02/2", "--reason", "x")
        self.refused("empty_text", "turn-away", "void", "03/1", "--reason", " ")
        self.refused("not_allowed", "turn-away", "void", "03/1", "--reason", "x", who="tuan")
        self.wrong("turn-away", "void", "03/1")
        self.wrong("turn-away", "void", "1", "--reason", "x")
        self.refused("slip_void", "turn-away", "print", "02/1", "-o", self.home + "/p.pdf")
        self.clock = "2026-11-17 08:00:00"
        self.refused("not_allowed", "turn-away", "void", "03/1", "--reason", "x", who="lan")
        self.assertEqual(self.turn_away("--need", "y")["number"], 2)
        self.assertTrue(self.object("turn-away", "void", "03/1", "--reason", "x", who="binh")["void"])
        self.assertEqual([(e["form"], e["number"], e["void"]) for e in self.objects("turn-away", "list")],
                         [("02", 2, False), ("03", 1, True), ("02", 1, True)])
        self.assertEqual([e["void"] for e in self.objects("turn-away", "list", "--as-of", "2026-11-16")], [False, True])
        self.assertIn("[đã hủy]", self.ok("turn-away", "list"))
        days = [r for r in self.objects("report", "daily", "--from", "2026-11-16", "--to", "2026-11-17") if r.get("part") == "days"]
        self.assertEqual([(d["turned_away_02"], d["turned_away_03"]) for d in days][:2], [(0, 0), (1, 0)])
        kinds = [json.loads(line) for line in self.ok("export", "journal").splitlines()]
        self.assertEqual([(k["number"], k["refused"]) for k in kinds if k["kind"] == "turn_away_voided"], [(1, False), (1, True)])
        numbers = [r for r in self.objects("report", "truth", "--from", "2026-11-01", "--to", "2026-11-30") if r.get("part") == "numbers"]
        self.assertEqual([(r["highest"], r["missing"], r["taken_back"], r["taken_back_numbers"]) for r in numbers if r["highest"]], [(2, 0, 1, "1"), (1, 0, 1, "1")])
        self.ok("verify")

    def test_a_word_it_does_not_know(self):
        self.assertIn("list, print, void", self.wrong("turn-away", "foo"))

    def text_of(self, path):
        return " ".join(subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode().split())

    def test_the_slip(self):
        path = os.path.join(self.home, "phieu.pdf")
        said = self.ok("turn-away", "--procedure", MARRIAGE, "--applicant", NAME, "--need", "Căn cước", "--reason", "Thiếu giấy tờ", "-o", path)
        self.assertIn(path, said)
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        text = self.text_of(path)
        for words in (NAME, "Căn cước", "Thiếu giấy tờ", "1/HDHS"):
            self.assertIn(words, text)
        again = os.path.join(self.home, "lai.pdf")
        self.assertEqual(self.object("turn-away", "print", "02/1", "-o", again)["file"], again)
        self.assertEqual(self.text_of(again), text)
        self.object("turn-away", "print", "2/01/2026", "--output", again)
        self.refused("unknown_slip", "turn-away", "print", "02/2", "-o", again)
        self.refused("unknown_slip", "turn-away", "print", "03/1", "-o", again)
        self.refused("unknown_slip", "turn-away", "print", "02/1/2025", "-o", again)
        for bad in ("1", "02", "04/1", "02/0", "02/x", "02/1/", "02/1/2026/1", "02/99999999999", "/1"):
            self.wrong("turn-away", "print", bad, "-o", again)
        self.wrong("turn-away", "print", "02/1", "-o", "phieu.txt")
        self.assertEqual(len(self.objects("turn-away", "list")), 1)

    def test_where_no_file_can_be_nothing_is_recorded(self):
        done = self.run_now("turn-away", "--procedure", MARRIAGE, "--applicant", NAME, "--need", "x", "-o", self.home + "/none/p.pdf")
        self.assertEqual((done.returncode, done.stdout), (4, b""))
        self.assertEqual(self.objects("turn-away", "list"), [])

    def test_what_is_recorded_stays_though_its_file_fails(self):
        full = os.path.join(self.home, "full.pdf")
        os.symlink("/dev/full", full)
        done = self.run_now("turn-away", "--procedure", MARRIAGE, "--applicant", NAME, "--need", "x", "-o", full)
        self.assertEqual((done.returncode, done.stdout), (4, b""), done.stderr)
        said = self.sentence(done)  # one, that does not say to do it again
        self.assertIn("motcua turn-away print 02/1/2026", said)
        self.assertIn("hết chỗ", said)
        self.assertNotIn("làm lại", said)
        self.assertEqual([e["number"] for e in self.objects("turn-away", "list")], [1])
        done = self.run_now("--json", "turn-away", "--procedure", MARRIAGE, "--applicant", NAME, "--reason", "x", "-o", full)
        error = json.loads(done.stdout)["error"]
        self.assertEqual((done.returncode, error["kind"]), (4, "slip_unwritten"))
        self.assertIn("03/1/2026", error["message"])


class Register(Counter):
    def number(self, code):
        return self.show(code)["register"]

    def test_by_order_of_logging_in_the_year_of_recording(self):
        self.clock = "2026-12-31 09:00:00"
        old = [self.receive(), self.receive(at="2026-12-30 09:00")]
        self.clock = "2027-01-04 09:00:00"
        new = [self.receive(at="2026-12-31 10:00"), self.receive()]
        self.assertEqual([self.number(c) for c in old + new],
                         [{"number": 1, "year": 2026}, {"number": 2, "year": 2026}, {"number": 1, "year": 2027}, {"number": 2, "year": 2027}])
        self.ok("void", new[1], "--reason", "ghi nhầm")
        self.assertEqual(self.number(self.receive()), {"number": 3, "year": 2027})
        self.assertIn("Số trong sổ theo dõi hồ sơ năm 2027: 4", self.ok("receive", "--procedure", COPY, "--applicant", NAME))

    def test_a_number_taken_back_stays_used(self):
        code = self.receive()
        self.ok("supplement", code, "--reason", "x", "--need", "y")
        self.ok("undo", code, "--reason", "nhầm")
        self.assertIsNone(self.show(code)["supplement_slip"])
        self.ok("supplement", code, "--reason", "x", "--need", "y")
        self.assertEqual(self.show(code)["supplement_slip"], {"number": 2, "year": 2026})

    def test_the_journal_goes_round(self):
        self.ok("procedure", "steps", MARRIAGE, *PROCESS)
        self.ok("turn-away", "--procedure", MARRIAGE, "--applicant", NAME, "--need", "CCCD")
        self.ok("turn-away", "--procedure", MARRIAGE, "--applicant", NAME, "--reason", "không thuộc thẩm quyền")
        code = self.receive("--fee", "9000", "--take-fee")
        self.ok("transfer", code, "--to", "tuan")
        self.ok("fee", code, "--back", "9000", "--reason", "thu nhầm")
        self.clock = "2026-11-23 09:00:00"
        self.ok("late", code, "--category", "load", "--reason", "nhiều việc")
        self.ok("late", code, "--excuse", "good")
        self.ok("verify")
        path = os.path.join(self.home, "j.jsonl")
        self.ok("export", "journal", "-o", path)
        kinds = {json.loads(line).get("kind") for line in open(path)}
        self.assertLessEqual({"steps_put", "fee", "late_reason", "turned_away"}, kinds)
        again = os.path.join(self.home, "again")
        self.ok("-s", again, "restore", path)
        self.ok("-s", again, "verify")
        for args in [("show", code), ("turn-away", "list"), ("procedure", "steps", MARRIAGE)]:
            self.assertEqual(self.objects("-s", again, *args), self.objects(*args))
        self.assertEqual(self.object("-s", again, "turn-away", "--procedure", MARRIAGE, "--applicant", NAME, "--need", "x")["number"], 2)


if __name__ == "__main__":
    unittest.main()
