"""A machine's clock that jumps: ahead and back. The desk goes on once an admin has accepted it, and what it left can be mended."""
import re

from desk import MARRIAGE, NAME, Desk

REASON = "Pin đồng hồ hỏng, đã thay"


class Jumps(Desk):
    """Received on Monday at 9, then the clock says 2038; now it is Monday 10 again."""

    def setUp(self):
        super().setUp()
        self.ours = self.receive()["code"]
        self.clock = "2038-01-15 09:00:00"
        self.future = self.receive(name="Trần Văn Ba")["code"]
        self.ok("resolve", self.ours)
        self.clock = "2026-11-16 10:00:00"

    def accept(self):
        return self.object("clock", "accept", "--reason", REASON)

    def test_everything_that_writes_is_refused_until_then(self):
        for line in (("receive", "--procedure", MARRIAGE, "--applicant", NAME), ("transfer", self.ours, "--to", "root"), ("config", "soon.days", "2"),
                     ("officer", "put", "lan", "--name", "Lan", "--role", "officer"), ("calendar", "closed", "2026-12-01", "Bão"),
                     ("undo", self.ours, "--reason", "x")):
            error = self.refused("clock_behind", *line)
            for part in ("2026-11-16 10:00", "2038-01-15 09:00", "admin", "clock accept"):
                self.assertIn(part, error["message"])
            said = self.sentence(self.run_now(*line))
            for part in ("16/11/2026 10:00", "15/01/2038 09:00", "quản trị viên", "clock accept"):
                self.assertIn(part, said)

    def test_everything_that_reads_goes_on(self):
        self.assertEqual(self.codes("list", "--status", "all", "--sort", "received"), [self.future, self.ours])
        self.assertEqual(self.codes("list"), [self.future])
        for line in (("morning",), ("stat",), ("show", self.future), ("explain", self.future), ("search", "ba"), ("export", "ics")):
            self.ok(*line)
        shown = self.object("clock", "show")
        self.assertEqual(shown, {"now": "2026-11-16T10:00:00+07:00", "last_recorded_at": "2038-01-15T09:00:00+07:00", "behind": True, "accepted": []})
        self.assertIn("clock accept", self.ok("clock", "show"))

    def test_accepting(self):
        self.wrong("clock", "accept", says="--reason")
        self.wrong("clock", "accept", "--reason", REASON, "more")
        self.wrong("clock", "accept", "--reason", REASON, "--at", "2026-11-16", says="--at")
        self.wrong("clock", says="show, accept")
        for blank in ("", "  "):
            self.refused("empty_text", "clock", "accept", "--reason", blank)
        self.refused("bad_text", "clock", "accept", "--reason", "a\x1b[31m")
        self.refused("too_long", "clock", "accept", "--reason", "x" * 1001)
        head = self.head()
        done = self.accept()
        self.assertEqual(done, {"seq": head["seq"] + 1, "recorded_at": "2026-11-16T10:00:00+07:00", "by": "root", "reason": REASON,
                                "behind": "2038-01-15T09:00:00+07:00", "entries": 2, "dossiers": [self.ours, self.future]})
        self.refused("clock_not_behind", "clock", "accept", "--reason", REASON)
        self.assertEqual(self.object("stat")["clocks_accepted"], 1)
        self.assertIn("motcua clock show", self.ok("stat"))
        self.assertEqual(self.object("clock", "show"), {"now": "2026-11-16T10:00:00+07:00", "last_recorded_at": "2026-11-16T10:00:00+07:00", "behind": False,
                                                       "accepted": [done]})
        self.assertEqual(self.receive()["code"], "H42.26.21-261116-0002")

    def test_for_people(self):
        said = self.ok("clock", "accept", "--reason", REASON)
        for part in (REASON, "16/11/2026 10:00", "15/01/2038 09:00", self.ours, self.future, "root"):
            self.assertIn(part, said)
        again = self.ok("clock", "show", "--lang", "en")
        for part in (REASON, "2026-11-16 10:00", "2038-01-15 09:00", self.ours, self.future):
            self.assertIn(part, again)

    def test_not_for_everybody(self):
        self.clock = "2038-01-15 09:00:00"
        self.ok("officer", "put", "lan", "--name", "Nguyễn Thị Lan", "--role", "admin")
        self.ok("officer", "put", "root", "--name", "Gốc", "--role", "chief")
        self.clock = "2026-11-16 10:00:00"
        error = self.refused("not_allowed", "clock", "accept", "--reason", REASON)
        self.assertIn("Nguyễn Thị Lan", error["message"])
        self.ok("clock", "show")

    def test_the_past_does_not_know_the_future(self):
        self.clock = "2026-11-16 09:30:00"
        before = self.ok("list", "--json", "--status", "all", "--as-of", "2026-11-16T09:29")
        self.assertIn(self.ours, before)
        self.assertNotIn(self.future, before)
        self.clock = "2026-11-16 10:00:00"
        self.accept()
        self.clock = "2026-11-18 08:00:00"
        for moment in ("2026-11-16T09:29", "2026-11-16T09:59:59"):
            self.assertEqual(self.codes("list", "--status", "all", "--as-of", moment), [self.ours])
            self.assertEqual(self.object("show", self.ours, "--as-of", moment)["state"], "processing")
            self.refused("unknown_dossier", "show", self.future, "--as-of", moment)
        # from when the clock was accepted they are there, the future of 2038 notwithstanding
        for moment in ("2026-11-16T10:00:00", "2026-11-17"):
            self.assertEqual(sorted(self.codes("list", "--status", "all", "--as-of", moment)), sorted([self.ours, self.future]))
            self.assertEqual(self.object("show", self.ours, "--as-of", moment)["state"], "resolved")
        self.assertEqual(self.object("stat", "--as-of", "2026-11-16T09:59:59")["dossiers"], 1)
        self.assertEqual(self.object("stat", "--as-of", "2026-11-16T10:00:00")["dossiers"], 2)

    def test_mending(self):
        self.accept()
        self.clock = "2026-11-16 10:05:00"
        error = self.refused("act_ahead", "return", self.ours)
        self.assertIn("2038-01-15 09:00", error["message"])
        self.refused("received_ahead", "resolve", self.future)
        # the chief's page counts neither as anything that must be done
        page = self.object("morning")
        self.assertEqual([page[part] for part in ("overdue", "due_today", "due_next", "rescheduled", "waiting_long")], [[]] * 5)
        self.assertEqual(page["letters"], {"today": [], "too_late": [], "overdue": []})
        self.ok("undo", self.ours, "--reason", "Ghi khi đồng hồ sai")
        self.ok("correct", self.future, "--reason", "Ghi khi đồng hồ sai", "received_at=2026-11-16T09:10")
        self.ok("resolve", self.ours)
        self.ok("return", self.ours)
        mended = self.object("show", self.future)
        self.assertEqual((mended["received_at"], mended["due_at"]), ("2026-11-16T09:10:00+07:00", "2026-11-19T17:00:00+07:00"))
        self.assertEqual(mended["code"], "H42.26.21-380115-0001")
        self.assertEqual(self.object("show", self.ours)["late_days"], 0)
        self.assertEqual(self.object("stat")["recorded_late"], 0)

    def test_what_nobody_has_mended_yet(self):
        """The chief's page counts it, clock show lists it and says what to do, until each is mended: also when the false hour has come."""
        def left(*codes):
            self.assertEqual(self.object("morning")["ahead"], len(codes))
            self.assertEqual(self.object("clock", "show")["accepted"][0]["dossiers"], list(codes))
            page, shown = self.ok("morning"), self.ok("clock", "show")
            self.assertEqual("motcua clock show" in page, bool(codes))
            self.assertEqual("received_at=" in shown, bool(codes))
            for code in (self.ours, self.future, third):
                self.assertEqual(code in shown, code in codes, shown)
            return page

        self.assertEqual(self.object("morning")["ahead"], 0)  # nobody has said yet which of the two clocks is wrong
        self.clock = "2038-01-15 09:30:00"
        third = self.receive(name="Lê Văn Tư")["code"]
        self.clock = "2026-11-16 10:00:00"
        said = self.ok("clock", "accept", "--reason", REASON)
        for part in ("motcua correct", "received_at=", "motcua undo", "motcua void"):
            self.assertIn(part, said)
        self.clock = "2026-11-16 10:05:00"
        self.assertIn("3 hồ sơ còn mang giờ sai", left(self.ours, self.future, third))
        self.clock = "2038-01-18 08:00:00"
        left(self.ours, self.future, third)
        self.clock = "2026-11-16 10:10:00"
        self.ok("morning", "--as-of", "2026-11-16T09:30")
        self.assertEqual(self.object("morning", "--as-of", "2026-11-16T09:30")["ahead"], 0)
        self.ok("undo", self.ours, "--reason", "Ghi khi đồng hồ sai")
        left(self.future, third)
        self.ok("correct", self.future, "--reason", "Ghi khi đồng hồ sai", "phone=0912345678")
        left(self.future, third)
        self.ok("correct", self.future, "--reason", "Ghi khi đồng hồ sai", "received_at=2026-11-16T09:10")
        left(third)
        self.ok("void", third, "--reason", "Ghi nhầm")
        left()
        self.clock = "2026-11-17 10:00:00"
        self.ok("resolve", self.ours)  # what is done later is none of it
        left()

    def test_the_history_stays_readable(self):
        self.accept()
        self.clock = "2026-11-16 10:05:00"
        self.ok("undo", self.ours, "--reason", "Ghi khi đồng hồ sai")
        history = self.object("show", self.ours)["history"]
        self.assertEqual([e["kind"] for e in history], ["received", "resolved", "undone"])
        self.assertEqual([e["recorded_at"][:16] for e in history], ["2026-11-16T09:00", "2038-01-15T09:00", "2026-11-16T10:05"])
        self.assertEqual([e.get("recorded_before") for e in history], [None, "2026-11-16T10:00:00+07:00", None])
        page = self.ok("show", self.ours)
        wrong = [line for line in page.splitlines() if "đồng hồ khi đó chạy sai" in line]
        self.assertEqual(len(wrong), 1)
        self.assertRegex(wrong[0], r"15/01/2038 09:00.*trước 16/11/2026 10:00")

    def test_a_calendar_for_phones_holds_no_future_stamps(self):
        self.accept()
        self.clock = "2026-11-16 10:05:00"
        feed = self.ok("export", "ics", "--status", "all")
        self.assertIn(self.future, feed)
        stamps = re.findall(r"^(?:DTSTAMP|CREATED|LAST-MODIFIED):(\d{8}T\d{6}Z)", feed, re.M)
        self.assertGreater(len(stamps), 2)
        self.assertLessEqual(max(stamps), "20261116T030000Z")

    def test_again_and_again(self):
        """Two more jumps on the same day, the second accepted before the first was."""
        self.accept()
        for ahead, right in (("2027-01-04 08:00:00", "2026-11-16 10:30:00"), ("2099-06-01 08:00:00", "2026-11-16 10:20:00")):
            self.clock = ahead
            self.receive()
            self.clock = right
            self.refused("clock_behind", "receive", "--procedure", MARRIAGE, "--applicant", NAME)
            self.accept()
        self.clock = "2026-11-17 08:00:00"
        accepted = self.object("clock", "show")["accepted"]
        self.assertEqual([a["recorded_at"][11:16] for a in accepted], ["10:00", "10:30", "10:20"])
        self.assertEqual([a["entries"] for a in accepted], [2, 1, 2])  # the acceptance of 10:30 was itself too late
        counts = [self.object("stat", "--as-of", "2026-11-16T" + t)["dossiers"] for t in ("09:59:59", "10:19:59", "10:20:00", "23:59:59")]
        self.assertEqual(counts, [1, 2, 4, 4])


class Lifted(Desk):
    def test_a_clock_a_little_behind_needs_nobody(self):
        self.clock = "2026-11-16 09:05:00"
        code = self.receive()["code"]
        self.clock = "2026-11-16 09:00:00"
        self.ok("transfer", code, "--to", "root")
        self.refused("clock_not_behind", "clock", "accept", "--reason", REASON)
        self.assertEqual(self.object("show", code)["history"][-1]["recorded_at"], "2026-11-16T09:05:00+07:00")
        self.clock = "2026-11-16 08:59:59"
        self.refused("clock_behind", "transfer", code, "--to", "root")


class Demo(Desk):
    """A demo store whose last day is still to come."""
    founded = False

    def test_it_can_be_accepted_too(self):
        self.clock = "2026-12-16 09:00:00"
        self.ok("demo", "--dossiers", "20")
        self.clock = "2026-11-16 09:00:00"
        self.founded = True
        self.refused("clock_behind", "receive", "--procedure", MARRIAGE, "--applicant", NAME)
        self.assertIn("DÙNG THỬ", self.ok("clock", "show").splitlines()[0])
        self.assertGreater(self.object("clock", "accept", "--reason", REASON)["entries"], 1)
        self.receive()
