"""Waiting for the applicant: supplements and restarts, payments; what may be done meanwhile, and what lateness is not washed away.

Receipts of Mon 16/11/2026 09:00 with three working days are due Thu 19/11 17:00; 24/11 is a day off.
"""
from desk import MARRIAGE, Desk

ASK = ("--reason", "Thiếu giấy tờ", "--need", "Bản chính trích lục")


def day(d, key="due_at"):
    return d[key] and d[key][:16]


class Supplements(Desk):
    def test_the_limit_restarts_from_zero(self):
        code = self.receive()["code"]
        self.clock = "2026-11-18 10:00:00"
        d = self.object("supplement", code, "--reason", "Tờ khai chưa đủ", "--need", "Tờ khai", "--need", "Bản sao, hai mặt")
        self.assertEqual((d["state"], d["status"], d["supplements"], d["insisted"]), ("waiting", "waiting", 1, False))
        self.assertEqual((d["due_at"], d["statutory_due_at"]), (None, None))
        self.assertEqual((day(d, "waiting_since"), d["late_days"]), ("2026-11-18T10:00", 0))
        self.assertEqual(d["supplement"], {"reason": "Tờ khai chưa đủ", "needs": ["Tờ khai", "Bản sao, hai mặt"]})
        self.assertEqual(self.codes("list", "--status", "waiting"), [code])
        self.assertEqual(self.codes("list"), [code])
        self.clock = "2026-11-27 10:00:00"
        d = self.object("restart", code, "--note", "Đủ")
        self.assertEqual((d["state"], d["status"], d["waiting_since"]), ("processing", "on_track", None))
        # Mon 30/11, Tue 1/12, Wed 2/12
        self.assertEqual((day(d), day(d, "statutory_due_at")), ("2026-12-02T17:00", "2026-12-02T17:00"))
        history = self.object("show", code)["history"]
        self.assertEqual([e["kind"] for e in history], ["received", "supplement_requested", "restarted"])
        asked, came = history[1:]
        self.assertEqual((asked["reason"], asked["needs"], asked["insisted"], asked["late_notice"]),
                         ("Tờ khai chưa đủ", ["Tờ khai", "Bản sao, hai mặt"], False, False))
        self.assertEqual((came["note"], day(came, "counting_at"), day(came), came["provisional"]), ("Đủ", "2026-11-27T10:00", "2026-12-02T17:00", False))
        self.clock = "2026-12-02 16:00:00"
        self.assertEqual((self.object("resolve", code)["status"]), "on_time")

    def test_apology_then_supplement_then_restart(self):
        code = self.receive()["code"]
        self.clock = "2026-11-17 08:00:00"
        self.ok("apologize", code, "--reason", "Chờ xác minh", "--until", "2026-12-01")
        self.clock = "2026-11-18 10:00:00"
        self.ok("supplement", code, *ASK)
        self.clock = "2026-11-27 10:00:00"
        d = self.object("restart", code)
        self.assertEqual((day(d), day(d, "statutory_due_at")), ("2026-12-02T17:00", "2026-12-02T17:00"))
        self.assertEqual((d["apology"]["number"], d["apology"]["kept"]), (1, None))
        self.refused("second_apology", "apologize", code, "--reason", "x", "--until", "2026-12-08")  # used for ever
        self.clock = "2026-12-02 10:00:00"
        d = self.object("resolve", code)
        self.assertIs(d["apology"]["kept"], True)  # by the due time in force, not by the letter's own 1/12
        self.assertEqual((d["status"], d["late_days"]), ("on_time", 0))

    def test_late_before_it_waited_stays_late(self):
        """Past the statutory time, before the promised one: allowed, and the dossier stays late in every report."""
        code = self.receive()["code"]
        self.clock = "2026-11-17 08:00:00"
        self.ok("apologize", code, "--reason", "x", "--until", "2026-12-01")
        self.clock = "2026-11-20 10:00:00"
        d = self.object("supplement", code, *ASK)
        self.assertEqual((d["insisted"], d["late_days"]), (False, 1))
        self.clock = "2026-11-23 10:00:00"
        self.assertEqual(day(self.object("restart", code)), "2026-11-27T17:00")  # 25, 26, 27
        self.clock = "2026-11-25 10:00:00"
        d = self.object("resolve", code)
        self.assertEqual((d["status"], d["late_days"]), ("late", 1))
        self.assertEqual(self.codes("list", "--status", "late"), [code])

    def test_only_once(self):
        code = self.receive()["code"]
        self.ok("supplement", code, *ASK)
        self.refused("waiting", "supplement", code, *ASK)
        self.ok("restart", code)
        error = self.refused("second_supplement", "supplement", code, *ASK)
        self.assertEqual(error["law"], "Decree 118/2025/NĐ-CP")
        self.clock = "2026-11-20 09:00:00"  # past the due day too: the second is told first
        self.refused("second_supplement", "supplement", code, *ASK)
        d = self.object("supplement", code, *ASK, "--insist")
        self.assertEqual((d["supplements"], d["insisted"], d["late_days"]), (2, True, 1))
        for text in (self.ok("show", code), self.ok("list")):
            self.assertIn("(!)", text)
        self.assertIn("lãnh đạo yêu cầu", self.ok("show", code))
        self.assertIn("a chief insisted", self.ok("show", code, "--lang", "en"))

    def test_after_the_due_day(self):
        code = self.receive()["code"]
        self.clock = "2026-11-19 18:00:00"  # the due day is not over
        twin = self.receive("--at", "2026-11-16T09:00")["code"]
        self.assertIs(self.object("supplement", twin, *ASK, "--insist")["insisted"], False)  # not needed: does nothing
        self.clock = "2026-11-20 09:00:00"
        error = self.refused("late_supplement", "supplement", code, *ASK)
        self.assertIn("2026-11-19 17:00", error["message"])
        text = self.ok("supplement", code, *ASK, "--insist")
        self.assertIn("(!)", text)
        d = self.object("show", code)
        self.assertEqual((d["insisted"], d["late_days"], d["history"][-1]["insisted"], d["history"][-1]["late_days"]), (True, 1, True, 1))
        self.clock = "2026-11-23 09:00:00"
        d = self.object("restart", code)
        self.assertEqual((day(d), d["late_days"]), ("2026-11-27T17:00", 1))
        self.clock = "2026-11-25 09:00:00"
        self.assertEqual(self.object("resolve", code)["status"], "late")

    def test_limits_in_hours_by_the_minute(self):
        code = self.receive("--limit", "1 working_hour")["code"]  # due 10:00
        self.clock = "2026-11-16 10:00:00"
        twin = self.receive("--limit", "1 working_hour", "--at", "2026-11-16T09:00")["code"]
        self.ok("supplement", twin, *ASK)
        self.clock = "2026-11-16 10:01:00"
        self.refused("late_supplement", "supplement", code, *ASK)

    def test_told_within_three_working_days(self):
        first, second = (self.receive("--limit", "10 working_days")["code"] for _ in range(2))
        self.clock = "2026-11-19 16:00:00"
        d = self.object("supplement", first, *ASK)
        self.assertIs(self.object("show", d["code"])["history"][-1]["late_notice"], False)
        self.clock = "2026-11-20 08:00:00"
        text = self.ok("supplement", second, *ASK)
        self.assertIn("3 ngày làm việc", text)
        self.assertTrue(text.startswith(second), text)
        self.assertIs(self.object("show", second)["history"][-1]["late_notice"], True)
        self.assertIn("thông báo chậm", self.ok("show", second))

    def test_what_must_be_said(self):
        code = self.receive()["code"]
        self.wrong("supplement", code, "--reason", "x", says="--need")
        self.wrong("supplement", code, "--need", "x", says="--reason")
        self.wrong("supplement", "--reason", "x", "--need", "y")
        self.wrong("supplement", code, code, *ASK)
        self.wrong("restart")
        self.refused("empty_text", "supplement", code, "--reason", " ", "--need", "x")
        self.refused("empty_text", "supplement", code, "--reason", "x", "--need", " ")
        self.refused("bad_text", "supplement", code, "--reason", "x", "--need", "a", "--need", "b\x01")
        self.refused("too_long", "supplement", code, "--reason", "x" * 1001, "--need", "y")
        self.refused("future_time", "supplement", code, *ASK, "--at", "2026-11-16T09:30")
        self.refused("before_receipt", "supplement", code, *ASK, "--at", "2026-11-16T08:59")

    def test_meanwhile(self):
        code = self.receive()["code"]
        self.clock = "2026-11-17 09:00:00"
        self.ok("supplement", code, *ASK)
        for line in (("transfer", code, "--to", "root"), ("apologize", code, "--reason", "x", "--until", "2026-12-01"), ("resolve", code),
                     ("return", code), ("supplement", code, *ASK), ("await-payment", code)):
            with self.subTest(line[0]):
                self.refused("waiting", *line)
        self.refused("not_waiting", "paid", code, "--within", "1 working_day")
        self.refused("not_resolved", "rate", code, "5")
        self.refused("before_turn", "restart", code, "--at", "2026-11-17T08:59")
        self.ok("restart", code, "--at", "2026-11-17T09:00")
        self.refused("not_waiting", "restart", code)
        self.refused("before_turn", "resolve", code, "--at", "2026-11-16T16:00")

    def test_lists_and_pages(self):
        code = self.receive()["code"]
        self.clock = "2026-11-17 09:00:00"
        line = self.ok("supplement", code, *ASK)
        self.assertIn("chờ từ 17/11/2026 09:00  Chờ bổ sung  ", line)
        self.assertNotIn("hẹn trả", line.splitlines()[0])
        self.assertIn("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (mẫu số 02)", line)
        self.assertIn("từ 17/11/2026 09:00  Chờ bổ sung", self.ok("list"))
        self.assertIn("since 2026-11-17 09:00  Supplement awaited", self.ok("list", "--lang", "en"))
        page = self.ok("show", code)
        for text in ("Thiếu giấy tờ", "1. Bản chính trích lục", "17/11/2026 09:00"):
            self.assertIn(text, page)
        self.assertEqual(self.object("morning")["counts"]["waiting"], 1)
        self.assertEqual(self.object("morning")["waiting_long"], [])
        self.clock = "2027-01-08 09:00:00"  # more than 30 working days
        self.assertEqual([d["code"] for d in self.object("morning")["waiting_long"]], [code])
        self.assertIn("17/11/2026", self.ok("morning"))


class Payments(Desk):
    def test_a_second_appointment_from_the_proof_of_payment(self):
        code = self.receive()["code"]
        self.clock = "2026-11-17 10:00:00"
        d = self.object("await-payment", code, "--note", "Thông báo thuế số 5")
        self.assertEqual((d["state"], d["status"], d["due_at"], d["supplements"]), ("waiting_payment", "waiting", None, 0))
        self.assertIn("từ 17/11/2026 10:00  Chờ nộp thuế, phí", self.ok("list"))
        self.wrong("paid", code, says="--within")
        self.wrong("paid", code, "--within", "0 working_days", says="--within")
        self.refused("not_waiting", "restart", code)
        for line in (("resolve", code), ("supplement", code, *ASK), ("await-payment", code)):
            self.refused("waiting", *line)
        self.clock = "2026-11-23 09:00:00"
        self.refused("before_turn", "paid", code, "--within", "2 working_days", "--at", "2026-11-17T09:00")
        d = self.object("paid", code, "--within", "2 working_days", "--note", "Biên lai 7")
        # 24/11 is off: 25, 26
        self.assertEqual((d["state"], day(d), day(d, "statutory_due_at"), d["limit"], d["within"]),
                         ("processing", "2026-11-26T17:00", "2026-11-26T17:00", "3 working_days", "2 working_days"))
        history = self.object("show", code)["history"]
        self.assertEqual([e["kind"] for e in history], ["received", "payment_awaited", "paid"])
        self.assertEqual((history[1]["note"], history[2]["within"], day(history[2]), history[2]["note"]),
                         ("Thông báo thuế số 5", "2 working_days", "2026-11-26T17:00", "Biên lai 7"))
        self.refused("not_waiting", "paid", code, "--within", "2 working_days")
        self.ok("supplement", code, *ASK)  # the one request is still free

    def test_a_limit_in_hours(self):
        code = self.receive()["code"]
        self.ok("await-payment", code)
        self.clock = "2026-11-23 09:00:00"
        d = self.object("paid", code, "--within", "8 working_hours")
        self.assertEqual(day(d), "2026-11-25T09:00")  # six hours on the 23rd, 24/11 off, two on the 25th
        self.clock = "2026-11-25 09:01:00"
        self.assertEqual(self.object("show", code)["status"], "overdue")

    def test_no_lateness_is_washed_away(self):
        code = self.receive("--at", "2026-11-10T09:00")["code"]  # due Fri 13/11
        d = self.object("await-payment", code)
        self.assertEqual((d["insisted"], d["late_days"]), (False, 1))
        self.assertIn("trễ 1 ngày", self.ok("list"))
        self.ok("paid", code, "--within", "5 working_days")
        d = self.object("resolve", code)
        self.assertEqual((d["status"], d["late_days"]), ("late", 1))


class Officers(Desk):
    def setUp(self):
        super().setUp()
        self.ok("officer", "put", "lan", "--name", "Nguyễn Thị Lan", "--role", "chief")
        self.ok("officer", "put", "quang", "--name", "Lê Quang", "--role", "admin")
        self.code = self.receive()["code"]
        self.ok("officer", "put", "root", "--name", "Root", "--role", "officer")

    def test_only_a_chief_insists(self):
        self.ok("supplement", self.code, *ASK)
        self.ok("restart", self.code)
        self.refused("second_supplement", "supplement", self.code, *ASK)
        error = self.refused("not_allowed", "supplement", self.code, *ASK, "--insist")
        self.assertIn("Nguyễn Thị Lan", error["message"])

    def test_nor_after_the_due_day(self):
        self.clock = "2026-11-20 09:00:00"
        self.refused("late_supplement", "supplement", self.code, *ASK)
        self.refused("not_allowed", "supplement", self.code, *ASK, "--insist")
