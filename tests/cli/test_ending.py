"""Ending a dossier: refused, withdrawn, stopped, void, served at once, handed to outside units, rated; and two rule sets side by side."""
from desk import COPY, MARRIAGE, NAME, Desk
from test_waiting import ASK, day


class AtRequest(Desk):
    def test_stopped(self):
        code = self.receive()["code"]
        self.wrong("stop", code, says="--reason")
        self.refused("empty_text", "stop", code, "--reason", " ")
        error = self.refused("use_stop", "withdraw", code, "--reason", "Không cần nữa")
        self.assertIn("118/2025", error["law"])
        text = self.ok("stop", code, "--reason", "Không cần nữa")
        self.assertIn("Thông báo dừng giải quyết hồ sơ (mẫu số 05)", text)
        d = self.object("show", code)
        self.assertEqual((d["state"], d["status"], d["ended_how"], d["late_days"], day(d, "resolved_at")),
                         ("stopped", "stopped", "stopped", 0, "2026-11-16T09:00"))
        self.assertEqual(day(d), "2026-11-19T17:00")  # what was due stays told
        self.assertEqual((d["history"][-1]["kind"], d["history"][-1]["reason"], d["history"][-1]["late_days"]), ("stopped", "Không cần nữa", 0))
        self.assertEqual(self.codes("list", "--status", "stopped"), [code])
        self.assertEqual(self.codes("list", "--status", "solved"), [code])
        self.assertEqual((self.codes("list"), self.codes("list", "--status", "uncollected")), ([], []))
        for line in (("stop", code, "--reason", "x"), ("withdraw", code, "--reason", "x"), ("refuse", code, "--reason", "x"), ("resolve", code),
                     ("return", code), ("transfer", code, "--to", "root"), ("supplement", code, *ASK), ("void", code, "--reason", "x"),
                     ("apologize", code, "--reason", "x", "--until", "2026-12-01"), ("await-payment", code), ("restart", code),
                     ("paid", code, "--within", "1 working_day")):
            with self.subTest(line[0]):
                self.refused("not_open", *line)
        self.refused("not_resolved", "rate", code, "3")

    def test_withdrawn(self):
        code = self.receive("--at", "2025-06-30T09:00")["code"]  # due Thu 3/7/2025
        self.refused("use_withdraw", "stop", code, "--reason", "x")
        d = self.object("withdraw", code, "--reason", "Rút", "--at", "2025-07-02T10:00")
        self.assertEqual((d["state"], d["status"], d["late_days"]), ("withdrawn", "withdrawn", 0))
        late = self.receive("--at", "2025-06-30T09:00")["code"]
        self.ok("withdraw", late, "--reason", "Rút", "--at", "2025-07-07T10:00")
        d = self.object("show", late)
        self.assertEqual((d["status"], d["late_days"]), ("withdrawn", 2))
        self.assertIn("Đã rút, trễ 2 ngày", self.ok("list", "--status", "withdrawn"))
        # The day the rules change is the day of receipt, whatever the day of the request.
        july = self.receive("--at", "2025-07-01T09:00")["code"]
        self.refused("use_stop", "withdraw", july, "--reason", "x")
        self.assertEqual(self.object("stop", july, "--reason", "x", "--at", "2025-07-02T09:00")["state"], "stopped")

    def test_while_waiting_it_is_judged_where_the_wait_began(self):
        codes = [self.receive()["code"] for _ in range(3)]
        self.clock = "2026-11-18 10:00:00"
        for code in codes:
            self.ok("supplement", code, *ASK)
        self.clock = "2026-12-15 10:00:00"
        stopped = self.object("stop", codes[0], "--reason", "x")
        refused = self.object("refuse", codes[1], "--reason", "Không bổ sung")
        self.assertEqual((stopped["status"], stopped["late_days"], day(stopped, "resolved_at")), ("stopped", 0, "2026-12-15T10:00"))
        self.assertEqual((refused["status"], refused["late_days"], refused["waiting_since"]), ("early", 0, None))
        self.assertEqual(self.object("void", codes[2], "--reason", "x")["state"], "void")
        late = self.receive("--at", "2026-12-07T09:00")["code"]  # due Thu 10/12
        self.ok("supplement", late, *ASK, "--insist")
        self.clock = "2027-01-20 10:00:00"
        self.assertEqual(self.object("stop", late, "--reason", "x")["late_days"], 3)  # 11, 14, 15/12

    def test_a_result_is_a_result(self):
        code = self.receive()["code"]
        self.ok("resolve", code)
        for line in (("stop", code, "--reason", "x"), ("withdraw", code, "--reason", "x"), ("refuse", code, "--reason", "x"), ("void", code, "--reason", "x"),
                     ("supplement", code, *ASK), ("await-payment", code), ("restart", code), ("paid", code, "--within", "1 working_day")):
            with self.subTest(line[0]):
                self.refused("already_resolved", *line)
        self.ok("return", code)
        self.refused("already_resolved", "stop", code, "--reason", "x")

    def test_an_apology_kept(self):
        code = self.receive()["code"]
        self.ok("apologize", code, "--reason", "x", "--until", "2026-11-25")
        self.clock = "2026-11-25 18:00:00"
        self.assertIs(self.object("stop", code, "--reason", "x")["apology"]["kept"], True)


class Void(Desk):
    def test_it_counts_nowhere(self):
        code, other = self.receive("--at", "2026-11-10T09:00")["code"], self.receive("--at", "2026-11-10T09:00")["code"]
        self.wrong("void", code, says="--reason")
        before = self.object("stat")
        d = self.object("void", code, "--reason", "Ghi trùng")
        self.assertEqual((d["state"], d["status"], d["late_days"], d["resolved_at"], d["ended_how"]), ("void", "void", 0, None, "void"))
        after = self.object("stat")
        self.assertEqual((before["open"] - after["open"], before["solved"], after["solved"], after["dossiers"]), (1, 0, 0, 2))
        self.assertEqual(self.codes("list", "--status", "void"), [code])
        self.assertEqual(sorted(self.codes("list", "--status", "all")), sorted([code, other]))
        self.assertEqual(self.codes("list", "--status", "solved"), [])
        page = self.object("morning")
        self.assertEqual([x["code"] for x in page["overdue"]], [other])
        self.assertEqual(page["on_time"]["base"], 1)
        for line in (("resolve", code), ("return", code), ("void", code, "--reason", "x"), ("correct", code, "--reason", "x", "phone=1")):
            self.refused("not_open", *line)
        self.assertEqual(self.object("undo", code, "--reason", "Không trùng")["state"], "processing")  # a chief may think again

    def test_only_a_chief(self):
        code = self.receive()["code"]
        self.ok("officer", "put", "lan", "--name", "Nguyễn Thị Lan", "--role", "admin")
        self.ok("officer", "put", "root", "--name", "Root", "--role", "specialist")
        self.assertIn("Nguyễn Thị Lan", self.refused("not_allowed", "void", code, "--reason", "x")["message"])


class Served(Desk):
    def test_received_resolved_and_returned_at_once(self):
        d = self.object("receive", "--serve", "--procedure", COPY, "--applicant", NAME, "--at", "2026-11-16T08:30", "--collect", "postal")
        self.assertEqual((d["state"], d["status"], d["late_days"]), ("returned", "on_time", 0))
        self.assertEqual((day(d, "received_at"), day(d, "resolved_at"), day(d, "returned_at"), d["return_channel"]),
                         ("2026-11-16T08:30", "2026-11-16T08:30", "2026-11-16T08:30", "postal"))
        self.assertEqual([e["kind"] for e in self.object("show", d["code"])["history"]], ["received", "resolved", "returned"])
        self.assertEqual((self.codes("list"), self.codes("list", "--status", "uncollected")), ([], []))
        self.assertEqual(self.object("stat")["solved"], 1)
        self.assertEqual(self.object("morning")["on_time"]["solved_in_time"], 1)
        before = self.head()
        self.refused("unknown_officer", "receive", "--serve", "--procedure", COPY, "--applicant", NAME, "--officer", "nobody")
        self.assertEqual(self.head(), before)
        line = self.ok("receive", "--serve", "--procedure", COPY, "--applicant", NAME)
        self.assertIn("Đúng hạn", line)


class OutsideUnits(Desk):
    def test_nobody_here_holds_it(self):
        codes = [self.receive()["code"] for _ in range(2)]
        self.wrong("transfer", codes[0], says="--to")
        self.wrong("transfer", codes[0], "--note", "x", says="--unit")
        self.refused("empty_text", "transfer", codes[0], "--unit", " ")
        self.refused("bad_text", "transfer", codes[0], "--unit", "a\x01")
        moved = self.objects("transfer", *codes, "--unit", "Chi cục Thuế", "--within", "2 working_days", "--step", "Xác định thuế")
        self.assertEqual([(d["officer"], d["unit"]) for d in moved], [(None, "Chi cục Thuế")] * 2)
        event = self.object("show", codes[0])["history"][-1]
        self.assertEqual((event["to"], event["unit"], day(event, "within_due_at")), (None, "Chi cục Thuế", "2026-11-18T17:00"))
        for text in (self.ok("list"), self.ok("list", "--csv"), self.ok("show", codes[0]), self.ok("search", "huong"), self.ok("transfer", codes[0], "--unit", "Chi cục Thuế")):
            self.assertIn("Chi cục Thuế", text)
        self.assertIn("đơn vị bên ngoài", self.ok("show", codes[0]))
        self.assertEqual(self.codes("list", "--officer", "root"), [])
        self.assertEqual(sorted(self.codes("list", "--unit", "chi cuc thue")), sorted(codes))
        self.assertEqual(self.object("transfer", codes[0], "--to", "root")["officer"], "root")


class Ratings(Desk):
    def test_once_there_is_a_result(self):
        code = self.receive()["code"]
        self.refused("not_resolved", "rate", code, "5")
        self.ok("resolve", code)
        for stars in ("0", "6", "-1", "4.5", "x", "", "05", "10"):
            self.wrong("rate", code, stars)
        self.wrong("rate", code)
        self.wrong("rate")
        self.wrong("rate", code, "3", "4")
        self.assertEqual(self.object("rate", code, "2", "--note", "Chờ lâu")["rating"], 2)
        self.ok("return", code)
        self.clock = "2026-11-20 09:00:00"
        self.assertEqual(self.object("rate", code, "5")["rating"], 5)  # again replaces
        history = self.object("show", code)["history"]
        self.assertEqual([(e["stars"], e["note"]) for e in history if e["kind"] == "rated"], [(2, "Chờ lâu"), (5, None)])
        self.assertIn("5/5", self.ok("show", code))
        self.refused("bad_text", "rate", code, "4", "--note", "a\x02")
        refused = self.receive()["code"]
        self.ok("refuse", refused, "--reason", "x")
        self.refused("not_resolved", "rate", refused, "1")


class TwoRuleSets(Desk):
    """The same acts on a receipt of 2024 and on one of 2026 cite, name and number differently."""

    def setUp(self):
        super().setUp()
        self.old = self.receive("--at", "2024-11-18T09:00")["code"]  # Mon; due Thu 21/11/2024
        self.new = self.receive()["code"]

    def law(self, kind, *line):
        return self.refused(kind, *line)["law"]

    def test_what_is_cited(self):
        def both(kind, command, *more):
            return self.law(kind, command, self.old, *more), self.law(kind, command, self.new, *more)

        for code, at in ((self.old, "2024-11-19T09:00"), (self.new, "2026-11-16T09:00")):
            self.ok("apologize", code, "--reason", "x", "--until", at[:8] + "27", "--at", at)
        old, new = both("second_apology", "apologize", "--reason", "x", "--until", "2026-12-15")
        self.assertEqual((old, new), ("Decree 61/2018/NĐ-CP, art. 19.9", "Decree 118/2025/NĐ-CP"))
        self.ok("supplement", self.old, *ASK, "--insist", "--at", "2024-11-20T09:00")  # late by the time it is recorded
        self.ok("supplement", self.new, *ASK)
        self.ok("restart", self.old, "--at", "2024-11-20T10:00")
        self.ok("restart", self.new)
        old, new = both("second_supplement", "supplement", *ASK)
        self.assertEqual((old, new), ("Decree 61/2018/NĐ-CP, art. 19.4", "Decree 118/2025/NĐ-CP"))
        self.assertIn("61/2018", self.law("use_withdraw", "stop", self.old, "--reason", "x"))
        self.assertIn("Decree 118/2025/NĐ-CP, art. 21", self.law("use_stop", "withdraw", self.new, "--reason", "x"))

    def test_what_is_named_and_numbered(self):
        old = self.ok("apologize", self.old, "--reason", "x", "--until", "2024-11-27", "--at", "2024-11-19T09:00")
        new = self.ok("apologize", self.new, "--reason", "x", "--until", "2026-12-01")
        self.assertIn("Phiếu xin lỗi và hẹn lại ngày trả kết quả (mẫu số 04)", old)
        self.assertIn("Phiếu xin lỗi và đề nghị gia hạn thời gian giải quyết (mẫu số 04)", new)
        letters = [self.object("show", code)["apology"] for code in (self.old, self.new)]
        self.assertEqual([(a["number"], a["year"], a["form"]) for a in letters], [(1, 2026, "04"), (2, 2026, "04")])  # of the year in which they are recorded
        self.assertNotEqual(letters[0]["title"], letters[1]["title"])
        self.assertNotIn("mẫu số", self.ok("withdraw", self.old, "--reason", "x", "--at", "2024-11-20T09:00"))
        self.assertIn("mẫu số 05", self.ok("stop", self.new, "--reason", "x"))
        self.assertEqual(self.old[-11:-5], "241118")
        # the forms have a setting of their own
        self.ok("config", "forms.from", "2026-12-01")
        self.assertIn("hẹn lại ngày trả kết quả", self.ok("show", self.new))
