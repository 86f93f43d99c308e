"""A dossier's way through the desk, as scripts see it: the contract of the command line, checked from outside.

Expected dates are written out by hand from the calendar of 2026: 24/11 is a day off (Ngày Văn hóa Việt Nam); 21-22/11 and 28-29/11 are
weekends.
"""
import json
import os
import subprocess

import desk
from desk import MOTCUA, NAME


class Desk(desk.Desk):
    def receive(self, *more, procedure="1.004873", name=NAME):
        return self.object("receive", "--procedure", procedure, "--applicant", name, *more)


class TheWay(Desk):
    def test_from_the_counter_to_the_hand(self):
        d = self.receive("--phone", "0912345678", "--id-number", "052190001234")
        self.assertEqual(d["code"], "H42.26.21-261116-0001")
        self.assertEqual(d["due_at"], "2026-11-19T17:00:00+07:00")
        self.assertEqual(d["statutory_due_at"], d["due_at"])
        self.assertEqual(d["received_at"], "2026-11-16T09:00:00+07:00")
        self.assertEqual((d["state"], d["status"]), ("processing", "on_track"))
        self.assertEqual(d["procedure_name"], "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân")
        self.assertEqual(d["field"], "Hộ tịch")
        code = d["code"]

        self.ok("officer", "put", "nam", "--name", "Trần Văn Nam", "--role", "specialist", "--unit", "Tư pháp")
        d = self.objects("transfer", code, "--to", "nam")[0]
        self.assertEqual((d["officer"], d["unit"]), ("nam", "Tư pháp"))

        self.clock = "2026-11-18 10:00:00"
        d = self.objects("apologize", code, "--reason", "Chờ xác minh nơi cư trú", "--until", "2026-12-01")[0]
        self.assertEqual(d["due_at"], "2026-12-01T17:00:00+07:00")
        self.assertEqual(d["statutory_due_at"], "2026-11-19T17:00:00+07:00")
        self.assertEqual(d["apology"]["in_time"], True)
        self.assertIsNone(d["apology"]["kept"])
        self.assertEqual(d["apology"]["old_due_at"], "2026-11-19T17:00:00+07:00")
        error = self.refused("second_apology", "apologize", code, "--reason", "Lại chậm", "--until", "2026-12-08")
        self.assertIn("118/2025", error["law"])

        self.clock = "2026-11-25 10:00:00"
        d = self.objects("show", code)[0]
        self.assertEqual((d["status"], d["late_days"]), ("on_track", 3))  # 20, 23, 25; 24/11 is off
        self.assertEqual([x["code"] for x in self.objects("list", "--status", "rescheduled")], [code])

        self.clock = "2026-12-01 16:00:00"
        d = self.objects("resolve", code)[0]
        self.assertEqual((d["state"], d["status"]), ("resolved", "late"))
        self.assertEqual(d["late_days"], 7)  # 20, 23, 25, 26, 27, 30, 1/12
        self.assertEqual(d["apology"]["kept"], True)
        self.refused("already_resolved", "resolve", code)
        self.assertEqual([x["code"] for x in self.objects("list", "--status", "uncollected")], [code])
        d = self.objects("return", code, "--to", NAME)[0]
        self.assertEqual((d["state"], d["returned_at"]), ("returned", "2026-12-01T16:00:00+07:00"))
        self.assertEqual(self.objects("list", "--status", "uncollected"), [])
        history = self.objects("show", code)[0]["history"]
        self.assertEqual([e["kind"] for e in history], ["received", "transferred", "apologized", "resolved", "returned"])
        self.assertEqual(sorted(e["seq"] for e in history), [e["seq"] for e in history])

    def test_a_letter_on_the_due_day_is_too_late_but_issued(self):
        code = self.receive()["code"]
        self.clock = "2026-11-19 08:00:00"
        d = self.objects("apologize", code, "--reason", "Chờ", "--until", "2026-11-23 10:00")[0]
        self.assertEqual(d["apology"]["in_time"], False)
        self.assertEqual(d["due_at"], "2026-11-23T10:00:00+07:00")

    def test_refusal_is_solved(self):
        code = self.receive()["code"]
        self.refused("empty_text", "refuse", code, "--reason", "  ")
        d = self.objects("refuse", code, "--reason", "Không thuộc thẩm quyền")[0]
        self.assertEqual((d["state"], d["status"], d["ended_how"]), ("refused", "early", "refused"))
        self.assertEqual(d["resolved_at"], "2026-11-16T09:00:00+07:00")
        self.refused("not_open", "resolve", code)
        d = self.objects("return", code)[0]
        self.assertEqual(d["state"], "refused")
        self.assertIsNotNone(d["returned_at"])

    def test_every_key_is_always_there(self):
        keys = """code procedure case procedure_name field limit applicant submitter channel receiver officer unit state status
            submitted_at received_at statutory_due_at due_at resolved_at returned_at ended_how return_channel supplements insisted
            waiting_since late_days note rating digitized apology""".split()
        d = self.receive()
        self.assertEqual([k for k in keys if k not in d], [])
        self.assertEqual(sorted(d["applicant"]), sorted("name kind id_number phone email address outside".split()))
        self.assertIsNone(d["apology"])
        a = self.objects("apologize", d["code"], "--reason", "Chờ", "--until", "2026-12-01")[0]["apology"]
        for key in "number issued_at recorded_at by reason old_due_at new_due_at in_time kept".split():
            self.assertIn(key, a)


class Codes(Desk):
    def test_a_back_dated_entry_and_a_given_code_upset_nothing(self):
        self.assertEqual(self.receive()["code"], "H42.26.21-261116-0001")
        self.assertEqual(self.receive("--at", "2026-11-12T10:00")["code"], "H42.26.21-261112-0001")
        self.assertEqual(self.receive()["code"], "H42.26.21-261116-0002")
        self.assertEqual(self.receive("--code", "H42.26.21-261116-0003")["code"], "H42.26.21-261116-0003")
        self.assertEqual(self.receive()["code"], "H42.26.21-261116-0004")
        self.refused("duplicate_code", "receive", "--procedure", "1.004873", "--applicant", NAME, "--code",
                     "h42.26.21-261116-0001")

    def test_endings(self):
        first = self.receive("--at", "2026-11-12T10:00")["code"]
        second = self.receive()["code"]
        self.assertEqual(self.objects("show", "261116-0001")[0]["code"], second)
        self.refused("ambiguous_dossier", "show", "0001")
        self.refused("unknown_dossier", "show", "001")
        self.refused("unknown_dossier", "show", "9999")
        self.ok("resolve", first)
        self.assertEqual(self.objects("show", "0001")[0]["code"], second)  # open ones win
        self.wrong("show", "")


class Asking(Desk):
    def test_search_without_marks_in_any_order(self):
        a = self.receive("--phone", "0912345678")["code"]
        b = self.receive(name="Trần Văn Đức")["code"]
        for text in ("nguyen thi huong", "HUONG nguyen", "0912345678", "2345", a, a[-11:], "Nguye\u0302\u0303n"):
            self.assertEqual([d["code"] for d in self.objects("search", text)], [a], text)
        self.assertEqual([d["code"] for d in self.objects("search", "đuc tran")], [b])
        self.assertEqual([d["code"] for d in self.objects("search", "n")], [b, a])  # newest first
        self.assertEqual(self.ok("search", "khongcoai"), "")
        self.assertEqual([d["code"] for d in self.objects("search", "--max", "1", "--", "n")], [b])

    def test_masks(self):
        code = self.receive("--phone", "0912345678", "--id-number", "052190001234", "--email", "huong@example.vn")["code"]
        for args in (("show", code), ("list",), ("search", "huong"), ("morning",)):
            for extra in ((), ("--json",)):
                text = self.ok(*args, *extra)
                self.assertNotIn("0912345678", text)
                self.assertNotIn("052190001234", text)
                self.assertNotIn("huong@example.vn", text)
        d = self.objects("show", code, "--unmask")[0]["applicant"]
        self.assertEqual((d["phone"], d["id_number"]), ("0912345678", "052190001234"))

    def test_morning_parts_its_letters(self):
        codes = {}
        for day in ("2026-11-05", "2026-11-12", "2026-11-13", "2026-11-16"):
            codes[day] = self.receive("--at", day + "T08:00")["code"]
        # due: 10/11 (overdue), 17/11 (letter must leave today), 18/11, 19/11
        def section(path, page):
            for key in path.split("."):
                page = page[key]
            return [d["code"] for d in page]
        page = self.objects("morning")[0]
        self.assertEqual(section("overdue", page), [codes["2026-11-05"]])
        self.assertEqual(section("letters.overdue", page), [codes["2026-11-05"]])
        self.assertEqual(section("letters.today", page), [codes["2026-11-12"]])
        self.assertEqual(section("letters.too_late", page), [])
        self.assertEqual(section("due_today", page), [])
        self.assertEqual(section("due_next", page), [codes["2026-11-12"]])
        self.clock = "2026-11-17 08:00:00"
        page = self.objects("morning")[0]
        self.assertEqual(section("letters.too_late", page), [codes["2026-11-12"]])
        self.assertEqual(section("due_today", page), [codes["2026-11-12"]])
        self.assertEqual(section("letters.today", page), [codes["2026-11-13"]])
        self.assertEqual(page["counts"]["overdue"], 1)
        on_time = page["on_time"]
        self.assertEqual((on_time["base"], on_time["solved_in_time"], on_time["rate"]), (1, 0, 0))
        self.ok("resolve", codes["2026-11-16"])
        on_time = self.objects("morning")[0]["on_time"]
        self.assertEqual((on_time["base"], on_time["solved_in_time"], on_time["rate"]), (2, 1, 50))

    def test_list_sorts_and_filters(self):
        a = self.receive("--at", "2026-11-10T08:00")["code"]  # due 13/11
        b = self.receive()["code"]                            # due 19/11
        c = self.receive("--at", "2026-11-12T08:00", "--channel", "online")["code"]  # due 17/11
        codes = lambda *args: [d["code"] for d in self.objects("list", *args)]
        self.assertEqual(codes(), [a, c, b])
        self.assertEqual(codes("--sort", "received"), [b, c, a])
        self.assertEqual(codes("--status", "overdue"), [a])
        self.assertEqual(codes("--status", "due_soon,overdue"), [a, c])
        self.assertEqual(codes("--due", "2026-11-17..2026-11-19"), [c, b])
        self.assertEqual(codes("--received", "..12/11/2026"), [a, c])
        self.assertEqual(codes("--max", "1"), [a])
        self.assertEqual(codes("--field", "ho tich"), [a, c, b])
        self.assertEqual(codes("--procedure", "1.004873"), [a, c, b])
        self.assertEqual(codes("--status", "early"), [])


class WrongInput(Desk):
    def test_the_command_line(self):
        for args in (("nonsense",), ("receive",), ("receive", "--procedure", "1.004873"), ("list", "--status", "overdu"),
                     ("list", "--sort", "name"), ("list", "--received", "2026"), ("due", "--limit", "3 weeks", "--received", "2026-11-16"),
                     ("due", "--limit", "0 working_days", "--received", "2026-11-16"),
                     ("due", "--limit", "-1 working_days", "--received", "2026-11-16"),
                     ("due", "--limit", "3651 working_days", "--received", "2026-11-16"),
                     ("due", "--limit", "1.5 months", "--received", "2026-11-16"),
                     ("due", "--limit", "3 working_days", "--received", "2026-02-30"),
                     ("due", "--limit", "3 working_days", "--received", "16/13/2026"),
                     ("due", "--limit", "3 working_days", "--received", "2026-11-16T24:00"),
                     ("due", "--limit", "3 working_days"), ("search",), ("show",), ("--lang", "fr", "stat"),
                     ("morning", "--as-of", "2027-01-01"), ("receive", "--procedure", "1.004873", "--applicant", "A", "--bogus", "x"),
                     ("receive", "--procedure", "1.004873", "--applicant", "A", "--channel", "pigeon"),
                     ("receive", "--procedure", "1.004873", "--applicant", "A", "--at", "yesterday")):
            with self.subTest(args):
                self.wrong(*args)

    def test_texts(self):
        base = ("receive", "--procedure", "1.004873", "--applicant")
        self.refused("empty_text", *base, "   ")
        self.refused("bad_text", *base, "a\x1b[2Jb")
        self.refused("bad_text", *base, b"Nguy\xe1\xbb")
        self.refused("bad_text", *base, "a\u202eb")
        self.refused("too_long", *base, "x" * 1001)
        self.refused("too_long", *base, "x" * 100000)
        self.refused("unknown_procedure", "receive", "--procedure", "9.999999", "--applicant", "A")
        self.refused("future_time", *base, "A", "--at", "2026-11-16T09:30")
        self.refused("unknown_officer", *base, "A", "--officer", "nobody")

    def test_apologies(self):
        code = self.receive()["code"]
        self.refused("due_not_later", "apologize", code, "--reason", "x", "--until", "2026-11-19")
        self.refused("due_in_past", "apologize", code, "--reason", "x", "--until", "2026-11-13")
        self.refused("due_on_day_off", "apologize", code, "--reason", "x", "--until", "2026-11-24")
        self.refused("empty_text", "apologize", code, "--reason", "", "--until", "2026-12-01")
        self.wrong("apologize", code, "--reason", "x")
        self.refused("not_resolved", "return", code)
        self.refused("before_receipt", "resolve", code, "--at", "2026-11-16T08:59")

    def test_no_limit_asks_for_one(self):
        rows = [r for r in self.objects("procedure", "list") if not r["limit_kind"]]
        self.assertEqual(len(rows), 91)
        self.refused("no_limit", "receive", "--procedure", rows[0]["code"], "--applicant", "A")
        d = self.receive("--limit", "5 working_days", procedure=rows[0]["code"])
        self.assertEqual(d["due_at"], "2026-11-23T17:00:00+07:00")

    def test_a_clock_that_jumps_back(self):
        self.receive()
        self.clock = "2026-11-16 08:57:00"
        self.receive("--at", "2026-11-16T08:56")
        self.clock = "2026-11-16 08:54:00"
        done = self.run_now("receive", "--procedure", "1.004873", "--applicant", "A", "--json")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(json.loads(done.stdout)["error"]["kind"], "clock_behind")

    def test_a_store_is_made_once(self):
        self.refused("store_exists", "init", "--office", "A", "--agency", "H1")
        done = subprocess.run([MOTCUA, "-s", self.home + "/none", "list"], capture_output=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"init", done.stderr)
        os.mkdir(self.home + "/empty")
        open(self.home + "/empty/data.mdb", "w").close()
        for args in (["list"], ["init", "--office", "A", "--agency", "H1"]):
            done = subprocess.run([MOTCUA, "-s", self.home + "/empty", *args], capture_output=True)
            self.assertEqual(done.returncode, 1 if args[0] == "init" else 4, done.stderr)


class Explaining(Desk):
    def test_each_day_has_its_number_or_its_reason(self):
        self.clock = "2026-11-20 16:00:00"
        code = self.receive()["code"]
        e = self.objects("explain", code)[0]
        self.assertEqual(e["due_at"], "2026-11-26T17:00:00+07:00")
        self.assertEqual([(d["date"][-2:], d["counted"], d["n"], d["why"]) for d in e["days"]],
                         [("20", False, 0, "receipt_day"), ("21", False, 0, "weekend"), ("22", False, 0, "weekend"),
                          ("23", True, 1, "working_day"), ("24", False, 1, "day_off"), ("25", True, 2, "working_day"),
                          ("26", True, 3, "working_day")])
        self.assertEqual(e["days"][4]["name"], "Ngày Văn hóa Việt Nam")
        self.assertIs(e["provisional"], False)
        self.assertIsNone(e["promised_at"])
        for lang in ("vi", "en"):
            text = self.ok("explain", code, "--lang", lang)
            self.assertIn("Ngày Văn hóa Việt Nam", text)
        e = self.objects("due", "--limit", "3 working_days", "--received", "2027-02-03T08:00")[0]
        self.assertTrue(e["provisional"])
        self.assertEqual(e["due_at"], "2027-02-15T17:00:00+07:00")  # 4-5 and 8-10/2 are Tết: 11, 12, 15


class Demo(Desk):
    def test_the_same_seed_and_day_give_the_same_store(self):
        heads = set()
        for name in ("a", "b"):
            out = self.objects("-s", os.path.join(self.home, name), "demo", "--dossiers", "150", "--seed", "7", "--until", "2026-11-15")[0]
            heads.add((out["journal"]["seq"], out["journal"]["hash"]))
            self.assertEqual((out["dossiers"], out["demo"]), (150, True))
        self.assertEqual(len(heads), 1)
        other = self.objects("-s", os.path.join(self.home, "c"), "demo", "--dossiers", "150", "--seed", "8", "--until", "2026-11-15")[0]
        self.assertNotIn((other["journal"]["seq"], other["journal"]["hash"]), heads)
        before = heads
        done = self.run_now("-s", os.path.join(self.home, "a"), "demo", "--json")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(len(before), 1)


class Together(Desk):
    def test_a_dossier_named_twice_is_handed_over_once_or_not_at_all(self):
        a, b = self.receive()["code"], self.receive()["code"]
        self.wrong("transfer", a, b, a, "--to", "root", says=a)
        self.wrong("transfer", a, a[-11:].lower(), "--to", "root")
        self.assertEqual(len(self.objects("transfer", a, b, "--to", "root")), 2)
        self.assertEqual(len(self.objects("show", a)[0]["history"]), 2)
