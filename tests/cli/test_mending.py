"""Mistakes: undone, corrected; what moves the due time and who may; how the history tells."""
from desk import COPY, MARRIAGE, NAME, Desk
from test_waiting import ASK, day


class Undo(Desk):
    def undo(self, code, *more):
        return self.object("undo", code, "--reason", "Nhầm", *more)

    def test_a_letter_and_the_second_one(self):
        code = self.receive()["code"]
        self.refused("nothing_to_undo", "undo", code, "--reason", "x")
        self.clock = "2026-11-17 09:00:00"
        self.ok("apologize", code, "--reason", "Chờ xác minh", "--until", "2026-12-01")
        d = self.undo(code)
        self.assertEqual((d["apology"], day(d)), (None, "2026-11-19T17:00"))
        d = self.object("apologize", code, "--reason", "Chờ xác minh lại", "--until", "2026-12-03")
        self.assertEqual((d["apology"]["number"], day(d), day(d, "statutory_due_at")), (2, "2026-12-03T17:00", "2026-11-19T17:00"))
        self.refused("second_apology", "apologize", code, "--reason", "x", "--until", "2026-12-08")
        first, undone, second = self.object("show", code)["history"][1:]
        self.assertEqual((first["kind"], first["number"], first["undone_by"]), ("apologized", 1, undone["seq"]))
        self.assertEqual((undone["kind"], undone["undone_seq"], undone["undone_kind"], undone["reason"], undone["undone_by"]),
                         ("undone", first["seq"], "apologized", "Nhầm", None))
        self.assertEqual((second["number"], second["undone_by"]), (2, None))
        page = self.ok("show", code)
        self.assertEqual(page.count("[đã hủy]"), 1)
        line = next(line for line in page.splitlines() if "[đã hủy]" in line)
        self.assertIn("01/PXL", line)
        self.assertIn("[undone]", self.ok("show", code, "--lang", "en"))

    def test_one_after_the_other(self):
        code = self.receive()["code"]
        self.ok("supplement", code, *ASK)
        self.clock = "2026-11-16 10:00:00"
        self.ok("restart", code)
        self.ok("resolve", code)
        self.ok("return", code)
        self.ok("rate", code, "1")
        text = self.ok("undo", code, "--reason", "Nhầm")
        self.assertIn("Đã hủy thao tác: Đánh giá của người dân", text)
        self.assertIsNone(self.object("show", code)["rating"])
        states = []
        for _ in range(4):
            d = self.undo(code)
            states.append((d["state"], day(d), d["supplements"]))
        self.assertEqual(states, [("resolved", "2026-11-19T17:00", 1), ("processing", "2026-11-19T17:00", 1), ("waiting", None, 1),
                                  ("processing", "2026-11-19T17:00", 0)])
        self.refused("nothing_to_undo", "undo", code, "--reason", "x")
        self.ok("supplement", code, *ASK)  # the one request is free again

    def test_a_correction_that_the_calendar_moved_since(self):
        code = self.receive()["code"]
        self.ok("correct", code, "--reason", "x", "limit=4 working_days")  # 20/11
        self.ok("calendar", "holiday", "2026-11-18", "Nghỉ bão")
        self.assertEqual(day(self.object("show", code)), "2026-11-23T17:00")
        self.refused("moved_since", "undo", code, "--reason", "x")
        d = self.object("correct", code, "--reason", "x", "limit=3 working_days")
        self.assertEqual(day(d), "2026-11-20T17:00")
        self.assertEqual(day(self.undo(code)), "2026-11-23T17:00")

    def test_what_ended_it(self):
        code = self.receive()["code"]
        for line in (("stop", code, "--reason", "x"), ("refuse", code, "--reason", "x"), ("void", code, "--reason", "x")):
            self.ok(*line)
            d = self.undo(code)
            self.assertEqual((d["state"], d["resolved_at"], d["ended_how"], d["late_days"]), ("processing", None, None, 0))
        self.assertEqual(self.object("stat")["open"], 1)

    def test_what_must_be_said(self):
        code = self.receive()["code"]
        self.ok("resolve", code)
        self.wrong("undo", code, says="--reason")
        self.wrong("undo", code, code, "--reason", "x")
        self.refused("empty_text", "undo", code, "--reason", "  ")
        self.refused("unknown_dossier", "undo", "9999", "--reason", "x")

    def test_an_earlier_day_is_a_chiefs(self):
        code, other = self.receive()["code"], self.receive()["code"]
        self.ok("officer", "put", "lan", "--name", "Nguyễn Thị Lan", "--role", "chief")
        self.ok("officer", "put", "quang", "--name", "Lê Quang", "--role", "admin")
        self.ok("officer", "put", "root", "--name", "Root", "--role", "officer")
        self.ok("resolve", code)
        self.ok("resolve", other)
        self.undo(code)  # its author, the same day
        self.clock = "2026-11-17 08:00:00"
        self.assertIn("Nguyễn Thị Lan", self.refused("not_allowed", "undo", other, "--reason", "x")["message"])


class Correct(Desk):
    def correct(self, code, *changes):
        return self.object("correct", code, "--reason", "Ghi nhầm", *changes)

    def changes(self, code, *more):
        return [(c["field"], c["old"], c["new"]) for c in self.object("show", code, *more)["history"][-1]["changes"]]

    def test_what_moves_nothing(self):
        code = self.receive("--phone", "0912345678", "--component", "Tờ khai", "--note", "a")["code"]
        d = self.correct(code, "applicant=Nguyễn Thị Hường", "phone=0987654321", "id-number=052190001234", "email=a@example.vn", "address=Thôn 2", "organization=yes",
                         "outside=yes", "submitter=Lê Tám", "authority=Giấy 1", "channel=online", "component=Bản sao", "component=Bản chính", "sets=2",
                         "collect=postal", "fee=15000", "note=b", "submitted=2026-11-15T20:00")
        self.assertEqual((d["applicant"]["name"], d["applicant"]["kind"], d["applicant"]["outside"], d["applicant"]["address"]),
                         ("Nguyễn Thị Hường", "organization", True, "Thôn 2"))
        self.assertEqual((d["submitter"], d["authority"], d["channel"], d["components"], d["sets"], d["collect"], d["fee_vnd"], d["note"]),
                         ("Lê Tám", "Giấy 1", "online", ["Bản sao", "Bản chính"], 2, "postal", 15000, "b"))
        self.assertEqual((day(d, "submitted_at"), day(d)), ("2026-11-15T20:00", "2026-11-19T17:00"))
        changes = dict((c[0], c[1:]) for c in self.changes(code, "--unmask"))
        self.assertEqual(changes["phone"], ("0912345678", "0987654321"))
        self.assertEqual(changes["applicant"], (NAME, "Nguyễn Thị Hường"))
        self.assertEqual(changes["id_number"], (None, "052190001234"))
        self.assertEqual(changes["organization"], ("no", "yes"))
        self.assertEqual(len(changes), 16)
        for text in (self.ok("show", code), self.ok("show", code, "--json")):
            for secret in ("0912345678", "0987654321", "052190001234", "a@example.vn"):
                self.assertNotIn(secret, text)  # also in what was corrected
        self.assertIn("0912345678", self.ok("show", code, "--unmask"))
        self.assertEqual(self.codes("search", "huong"), [code])
        self.assertEqual(self.codes("search", "0987654321"), [code])
        self.assertEqual(self.codes("search", "0912345678"), [])
        self.assertEqual(self.correct(code, "phone=", "component=")["applicant"]["phone"], None)
        self.assertEqual(self.object("show", code)["components"], [])
        text = self.ok("correct", code, "--reason", "x", "phone=0912000111")
        self.assertIn("Điện thoại", text)
        self.assertNotIn("0912000111", text)

    def test_the_place_of_the_result_as_receive_takes_it(self):
        code = self.receive("--collect", "postal")["code"]
        for word, other in (("desk", "postal"), ("online", "desk"), ("postal", "online")):
            self.assertEqual(self.object("correct", code, "--reason", "x", "collect=" + word)["collect"], word)
            self.assertEqual(self.receive("--collect", word)["collect"], word)
        self.wrong("receive", "--procedure", MARRIAGE, "--applicant", NAME, "--collect", "direct", says="desk")
        self.assertIn("desk", self.wrong("correct", code, "--reason", "x", "collect=direct"))
        self.assertIn("Nơi nhận kết quả: Bưu chính công ích → Tại bộ phận một cửa", self.ok("correct", code, "--reason", "x", "collect=desk"))

    def test_the_receipt_after_an_apology(self):
        code = self.receive()["code"]
        self.ok("apologize", code, "--reason", "x", "--until", "2026-12-01")
        d = self.correct(code, "received_at=2026-11-13T09:00")  # Friday: 16, 17, 18
        self.assertEqual((day(d, "received_at"), day(d, "statutory_due_at"), day(d)), ("2026-11-13T09:00", "2026-11-18T17:00", "2026-12-01T17:00"))
        self.assertEqual(self.changes(code), [("received_at", "2026-11-16T09:00", "2026-11-13T09:00")])
        event = self.object("show", code)["history"][-1]
        self.assertEqual((event["kind"], event["reason"], day(event, "statutory_due_at"), day(event)), ("corrected", "Ghi nhầm", "2026-11-18T17:00", "2026-12-01T17:00"))
        self.assertIn("16/11/2026 09:00 → 13/11/2026 09:00", self.ok("show", code))
        self.assertEqual(d["code"], code)

    def test_without_a_letter_both_move(self):
        code = self.receive()["code"]
        d = self.correct(code, "at=2026-11-13")  # the opening hour
        self.assertEqual((day(d, "received_at"), day(d, "statutory_due_at"), day(d)), ("2026-11-13T07:00", "2026-11-18T17:00", "2026-11-18T17:00"))
        d = self.correct(code, "limit=5 working_days")  # an admin may: 16-20
        self.assertEqual((d["limit"], day(d)), ("5 working_days", "2026-11-20T17:00"))
        d = self.correct(code, "procedure=" + COPY)
        self.assertEqual((d["procedure"], d["limit"], day(d)), (COPY, "same_day@15:00", "2026-11-13T17:00"))  # an earlier time too: a mistake is mended
        self.assertEqual(d["status"], "overdue")
        d = self.correct(code, "case=01")
        self.assertEqual((d["case"], d["limit"], day(d)), ("01", "2 working_days", "2026-11-17T17:00"))
        d = self.correct(code, "case=")
        self.assertEqual((d["case"], day(d)), (None, "2026-11-13T17:00"))
        d = self.correct(code, "procedure=" + MARRIAGE, "limit=1 working_day")
        self.assertEqual((d["procedure"], d["limit"], day(d)), (MARRIAGE, "1 working_days", "2026-11-16T17:00"))
        text = self.ok("show", code)
        self.assertIn("1 ngày làm việc", text)

    def test_times_in_order(self):
        code = self.receive("--at", "2026-11-16T08:00")["code"]
        self.refused("future_time", "correct", code, "--reason", "x", "received_at=2026-11-16T09:30")
        self.ok("apologize", code, "--reason", "x", "--until", "2026-12-01", "--at", "2026-11-16T08:30")
        self.refused("after_other_acts", "correct", code, "--reason", "x", "received_at=2026-11-16T08:45")
        self.assertEqual(day(self.correct(code, "received_at=2026-11-16T08:30"), "received_at"), "2026-11-16T08:30")
        self.ok("correct", code, "--reason", "x", "submitted=2026-11-16T08:00")
        self.refused("submitted_later", "correct", code, "--reason", "x", "received_at=2026-11-16T07:30")

    def test_after_a_restart(self):
        code = self.receive()["code"]
        self.ok("supplement", code, *ASK)
        self.refused("waiting", "correct", code, "--reason", "x", "limit=5 working_days")
        self.assertEqual(self.correct(code, "phone=0912345678")["state"], "waiting")
        self.clock = "2026-11-17 09:00:00"
        self.ok("restart", code)  # 18, 19, 20
        d = self.correct(code, "received_at=2026-11-13T09:00")
        self.assertEqual((day(d, "received_at"), day(d)), ("2026-11-13T09:00", "2026-11-20T17:00"))  # counted from the restart
        self.assertEqual(day(self.correct(code, "limit=5 working_days")), "2026-11-25T17:00")  # 18, 19, 20, 23, 25

    def test_ended_ones(self):
        code = self.receive()["code"]
        self.ok("resolve", code)
        self.refused("already_resolved", "correct", code, "--reason", "x", "received_at=2026-11-13T09:00")
        self.assertEqual(self.correct(code, "address=Thôn 3")["applicant"]["address"], "Thôn 3")
        stopped = self.receive()["code"]
        self.ok("stop", stopped, "--reason", "x")
        self.refused("not_open", "correct", stopped, "--reason", "x", "limit=5 working_days")
        self.correct(stopped, "note=x")

    def test_wrong_lines(self):
        code = self.receive("--phone", "0912345678")["code"]
        base = ("correct", code, "--reason", "x")
        self.wrong("correct", code, "phone=1", says="--reason")
        self.wrong("correct", "--reason", "x")
        self.wrong(*base, says="phone=")
        self.wrong(*base, "phone", says="phone")
        self.wrong(*base, "phone=1", "phone=2", says="phone")
        self.wrong(*base, "id-number=1", "id_number=2", says="id_number")
        for field in ("nonsense", "", "code", "status", "seq", "note ", "ngày"):
            self.wrong(*base, field + "=x", says="received_at")  # what there is
        for field in ("resolved_at", "returned_at", "resolved-at", "apology", "signer", "result"):
            self.wrong(*base, field + "=2026-11-16", says="motcua undo")
        self.wrong(*base, "officer=nam", says="motcua transfer")
        self.wrong(*base, "due_at=2026-12-01", says="received_at")
        self.assertIn("taken back", self.wrong(*base, "resolved_at=x", "--lang", "en"))
        for change in ("limit=3 weeks", "received_at=yesterday", "organization=maybe", "outside=1", "channel=pigeon", "collect=pigeon", "collect=direct", "collect=", "sets=0", "sets=x",
                       "sets=1001", "fee=-1", "fee=x", "submitted=x", "limit=", "received_at=", "sets=", "channel="):
            with self.subTest(change):
                self.wrong(*base, change)
        self.refused("nothing_changes", *base, "phone=0912345678")
        self.refused("empty_text", *base, "applicant=")
        self.refused("bad_text", *base, "phone=a\x01")
        self.refused("too_long", *base, "address=" + "x" * 1001)
        self.refused("unknown_procedure", *base, "procedure=9.9")
        self.refused("unknown_procedure", *base, "case=77")
        self.refused("empty_text", "correct", code, "--reason", " ", "phone=1")
        self.assertEqual(self.object("show", code)["history"][1:], [])

    def test_who_may(self):
        code = self.receive()["code"]
        self.ok("officer", "put", "lan", "--name", "Nguyễn Thị Lan", "--role", "chief")
        self.ok("officer", "put", "quang", "--name", "Lê Quang", "--role", "admin")
        self.ok("officer", "put", "root", "--name", "Root", "--role", "officer")
        self.refused("not_allowed", "correct", code, "--reason", "x", "limit=5 working_days")  # against the catalogue
        self.assertEqual(day(self.correct(code, "received_at=2026-11-16T08:00"), "received_at"), "2026-11-16T08:00")  # the same day
        self.clock = "2026-11-17 09:00:00"
        self.assertIn("Nguyễn Thị Lan", self.refused("not_allowed", "correct", code, "--reason", "x", "received_at=2026-11-16T08:30")["message"])
        self.refused("not_allowed", "correct", code, "--reason", "x", "procedure=" + COPY)
        self.assertEqual(self.correct(code, "phone=0912345678")["applicant"]["phone"], "*******678")


class BackDating(Desk):
    def test_it_is_marked_and_counted(self):
        code = self.receive("--at", "2026-11-12T09:00")["code"]
        self.ok("resolve", code, "--at", "2026-11-16T08:00")
        first, second = self.object("show", code)["history"]
        self.assertEqual((first["backdated"], second["backdated"]), (True, False))
        self.assertEqual(self.object("stat")["backdated"], 1)
        page = self.ok("show", code).split("Quá trình giải quyết\n")[1].splitlines()
        self.assertIn("ghi lùi ngày · ghi lúc 16/11/2026 09:00", page[0])
        self.assertNotIn("ghi lùi ngày", page[1])
        self.assertIn("ghi lúc 16/11/2026 09:00", page[1])
        self.assertIn("back-dated", self.ok("show", code, "--lang", "en"))

    def test_beyond_three_working_days_only_a_chief(self):
        code = self.receive("--at", "2026-11-09T09:00")["code"]
        self.ok("officer", "put", "lan", "--name", "Nguyễn Thị Lan", "--role", "admin")
        self.ok("officer", "put", "root", "--name", "Root", "--role", "officer")
        base = ("receive", "--procedure", MARRIAGE, "--applicant", NAME, "--at")
        self.ok(*base, "2026-11-11T09:00")  # 12, 13, 16
        self.refused("not_allowed", *base, "2026-11-10T16:00")
        self.refused("not_allowed", "resolve", code, "--at", "2026-11-10T09:00")
        self.ok("resolve", code, "--at", "2026-11-11T09:00")


class Calendars(Desk):
    def ics(self, *more):
        return self.ok("export", "ics", *more).replace("\r\n ", "").splitlines()

    def test_what_was_taken_back_is_back_in_the_calendar(self):
        code = self.receive()["code"]
        self.ok("apologize", code, "--reason", "x", "--until", "2026-12-01")
        self.assertIn("DTSTART;VALUE=DATE:20261201", self.ics())
        self.ok("undo", code, "--reason", "x")
        lines = self.ics()
        self.assertIn("DTSTART;VALUE=DATE:20261119", lines)
        self.assertIn("SEQUENCE:2", lines)
        self.ok("supplement", code, *ASK)
        self.assertIn("STATUS:CANCELLED", self.ics())
        self.clock = "2026-11-17 09:00:00"
        self.ok("restart", code)  # 18, 19, 20
        lines = self.ics()
        self.assertIn("DTSTART;VALUE=DATE:20261120", lines)
        self.assertNotIn("STATUS:CANCELLED", lines)
        self.ok("correct", code, "--reason", "x", "limit=1 working_day")
        self.assertIn("DTSTART;VALUE=DATE:20261118", self.ics())
