"""Explaining a due time: of the appointment in force, with the days as they stood when it was counted."""
from desk import COPY, Desk
from test_waiting import ASK, day


def days(explained):
    return {d["date"][5:]: (d["why"], d["n"]) for d in explained["days"]}


class Appointments(Desk):
    def test_after_a_restart(self):
        code = self.receive()["code"]
        self.clock = "2026-11-18 10:00:00"
        self.ok("supplement", code, *ASK)
        e = self.object("explain", code)
        self.assertEqual((e["due_at"], e["statutory_due_at"], e["promised_at"]), (None, None, None))
        self.assertEqual((day(e, "waiting_since"), day(e, "due_before_waiting"), e["differs"]), ("2026-11-18T10:00", "2026-11-19T17:00", False))
        self.assertEqual(days(e)["11-19"], ("working_day", 3))
        for lang, words in (("vi", ("Đang chờ bổ sung từ 18/11/2026 10:00", "tính lại từ đầu", "Hạn trước khi chờ: 19/11/2026 17:00")),
                            ("en", ("Waiting for a supplement since 2026-11-18 10:00", "restarts from zero", "Due before the wait: 2026-11-19 17:00"))):
            text = self.ok("explain", code, "--lang", lang)
            for word in words:
                self.assertIn(word, text)
        self.clock = "2026-11-20 18:00:00"
        self.ok("restart", code, "--at", "2026-11-20T17:30")  # after closing: counts from Monday
        e = self.object("explain", code)
        self.assertEqual((day(e), day(e, "statutory_due_at"), e["counted_from"]), ("2026-11-27T17:00", "2026-11-27T17:00", "restarted"))
        self.assertEqual([(d["date"][8:], d["counted"], d["n"], d["why"]) for d in e["days"]],
                         [("20", False, 0, "after_hours"), ("21", False, 0, "weekend"), ("22", False, 0, "weekend"), ("23", False, 0, "receipt_day"),
                          ("24", False, 0, "day_off"), ("25", True, 1, "working_day"), ("26", True, 2, "working_day"), ("27", True, 3, "working_day")])
        self.assertEqual((day(e, "from_at"), day(e, "counting_at"), day(e, "received_at")), ("2026-11-20T17:30", "2026-11-23T07:00", "2026-11-16T09:00"))
        text = self.ok("explain", code)
        self.assertIn("Nhận đủ bổ sung: 20/11/2026 17:30", text)
        self.assertNotIn("Tiếp nhận: ", text)
        self.assertNotIn("Ngày tiếp nhận", text)

    def test_after_a_payment_by_its_own_limit(self):
        code = self.receive()["code"]
        self.ok("await-payment", code)
        self.assertIn("nghĩa vụ tài chính từ 16/11/2026 09:00", self.ok("explain", code))
        self.clock = "2026-11-18 09:00:00"
        self.ok("paid", code, "--within", "4 working_hours")
        e = self.object("explain", code)
        # 2.5 hours to 11:30, 1.5 more from 13:30
        self.assertEqual((day(e), e["limit"], e["rule"], e["counted_from"], e["clock"]), ("2026-11-18T15:00", "4 working_hours", "working_hours", "paid", None))
        self.assertEqual(len(e["days"]), 1)
        self.assertIn("Hoàn thành nghĩa vụ tài chính: 18/11/2026 09:00", self.ok("explain", code))

    def test_after_a_correction_and_an_undo(self):
        code = self.receive()["code"]
        self.ok("correct", code, "--reason", "x", "received_at=2026-11-13T09:00", "limit=1 working_day")
        e = self.object("explain", code)
        self.assertEqual((day(e), e["limit"], days(e)), ("2026-11-16T17:00", "1 working_days", {
            "11-13": ("receipt_day", 0), "11-14": ("weekend", 0), "11-15": ("weekend", 0), "11-16": ("working_day", 1)}))
        self.ok("undo", code, "--reason", "x")
        e = self.object("explain", code)
        self.assertEqual((day(e), e["limit"], e["days"][0]["date"]), ("2026-11-19T17:00", "3 working_days", "2026-11-16"))
        self.ok("supplement", code, *ASK)
        self.clock = "2026-11-17 09:00:00"
        self.ok("restart", code)
        self.assertEqual(day(self.object("explain", code)), "2026-11-20T17:00")
        self.ok("undo", code, "--reason", "x")  # waiting again
        e = self.object("explain", code)
        self.assertEqual((e["due_at"], day(e, "due_before_waiting"), e["counted_from"]), (None, "2026-11-19T17:00", "received"))

    def test_the_promised_time_beside_it(self):
        code = self.receive()["code"]
        self.assertIsNone(self.object("explain", code)["promised_at"])
        self.ok("apologize", code, "--reason", "x", "--until", "2026-12-01")
        e = self.object("explain", code)
        self.assertEqual((day(e), day(e, "promised_at")), ("2026-11-19T17:00", "2026-12-01T17:00"))
        self.assertIn("01/12/2026 17:00", self.ok("explain", code))
        self.ok("resolve", code)
        self.assertEqual(day(self.object("explain", code), "promised_at"), "2026-12-01T17:00")

    def test_a_cutoff_as_it_was(self):
        code = self.receive(procedure=COPY)["code"]
        self.clock = "2026-11-16 15:30:00"
        late = self.receive(procedure=COPY)["code"]
        self.ok("procedure", "put", COPY, "--name", "Chứng thực", "--field", "Chứng thực", "--limit", "same_day@16:00")
        e = self.object("explain", late)
        self.assertEqual((day(e), e["days"][0]["why"], e["limit"], e["differs"]), ("2026-11-17T17:00", "after_cutoff", "same_day@15:00", False))
        self.assertEqual(day(self.object("explain", code)), "2026-11-16T17:00")


class Days(Desk):
    def test_a_calendar_changed_twice(self):
        code = self.receive()["code"]
        for clock, closed, name in (("2026-11-17 09:00:00", "2026-11-18", "Nghỉ bão"), ("2026-11-18 09:00:00", "2026-11-20", "Nghỉ lũ")):
            self.clock = clock
            self.ok("calendar", "holiday", closed, name)
        self.clock = "2026-11-18 10:00:00"
        expected = {
            "2026-11-16": ("2026-11-19T17:00", {"11-18": ("working_day", 2), "11-19": ("working_day", 3)}),
            "2026-11-17": ("2026-11-20T17:00", {"11-18": ("day_off", 1), "11-19": ("working_day", 2), "11-20": ("working_day", 3)}),
            "2026-11-18": ("2026-11-23T17:00", {"11-18": ("day_off", 1), "11-19": ("working_day", 2), "11-20": ("day_off", 2), "11-21": ("weekend", 2),
                                                "11-22": ("weekend", 2), "11-23": ("working_day", 3)}),
        }
        for as_of, (due, last) in expected.items():
            e = self.object("explain", code, "--as-of", as_of)
            self.assertEqual((day(e), day(e, "statutory_due_at"), e["differs"]), (due, due, False), as_of)
            self.assertEqual({k: v for k, v in days(e).items() if k >= "11-18"}, last)
        self.assertEqual(self.object("explain", code), self.object("explain", code, "--as-of", "2026-11-18"))
        self.assertIn("Nghỉ lũ", self.ok("explain", code))
        self.assertNotIn("Nghỉ bão", self.ok("explain", code, "--as-of", "2026-11-16"))
        kinds = [e for e in self.object("show", code)["history"] if e["kind"] == "due_moved"]
        self.assertEqual([(day(e, "old_due_at"), day(e, "new_due_at"), day(e, "old_statutory_due_at"), day(e, "new_statutory_due_at")) for e in kinds],
                         [("2026-11-19T17:00", "2026-11-20T17:00", "2026-11-19T17:00", "2026-11-20T17:00"),
                          ("2026-11-20T17:00", "2026-11-23T17:00", "2026-11-20T17:00", "2026-11-23T17:00")])
        self.assertIn("19/11/2026 17:00 → 20/11/2026 17:00", self.ok("show", code))

    def test_what_was_kept_is_explained_by_the_days_of_then(self):
        self.clock = "2026-11-18 09:00:00"
        code = self.receive()["code"]  # 19, 20, 23
        self.ok("calendar", "worked", "2026-11-21", "Làm bù")  # would shorten it; in the same second even
        e = self.object("explain", code)
        self.assertEqual((day(e), days(e)["11-21"], e["differs"], day(e, "due_by_present_days")), ("2026-11-23T17:00", ("weekend", 2), True, "2026-11-21T17:00"))
        self.assertIn("21/11/2026 17:00", self.ok("explain", code))
        self.assertIn("2026-11-21 17:00", self.ok("explain", code, "--lang", "en"))
        later = self.receive()["code"]
        e = self.object("explain", later)
        self.assertEqual((day(e), days(e)["11-21"], e["differs"]), ("2026-11-21T17:00", ("worked_saturday", 3), False))

    def test_an_ended_one_keeps_its_days(self):
        code = self.receive()["code"]
        self.ok("resolve", code)
        self.clock = "2026-11-17 09:00:00"
        self.ok("calendar", "holiday", "2026-11-18", "Nghỉ bão")
        e = self.object("explain", code)
        self.assertEqual((day(e), days(e)["11-18"], e["differs"], day(e, "due_by_present_days")), ("2026-11-19T17:00", ("working_day", 2), True, "2026-11-20T17:00"))
