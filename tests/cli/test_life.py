"""A dossier's life: what each command does, and every refusal with its kind, its sentence in both languages and nothing written."""
import json
import os
import shutil

from desk import COPY, MARRIAGE, MOTCUA, NAME, Desk

KEYS = """code procedure case procedure_name field limit applicant submitter channel receiver officer unit resolving_unit state status submitted_at received_at
    statutory_due_at due_at resolved_at returned_at ended_how return_channel supplements insisted waiting_since late_days note rating digitized
    apology""".split()
LETTER = "number issued_at recorded_at by reason old_due_at new_due_at in_time kept".split()


class Receiving(Desk):
    def test_everything_that_can_be_said(self):
        self.ok("officer", "put", "nam", "--name", "Trần Văn Nam", "--role", "specialist", "--unit", "Tư pháp")
        d = self.receive("--phone", "0912345678", "--id-number", "052190001234", "--address", "Thôn 1", "--email", "a@example.vn", "--outside",
                         "--submitter", "Lê Văn Tám", "--authority", "Giấy ủy quyền số 1", "--channel", "online", "--component", "Tờ khai",
                         "--component", "Bản sao, hai mặt", "--sets", "2", "--collect", "postal", "--fee", "15000", "--note", "Gấp\nXin gọi trước",
                         "--officer", "nam", "--submitted", "2026-11-15T20:00", "--at", "2026-11-16T08:30", "--code", "G09.20-20260609-0092637")
        code = "G09.20-20260609-0092637"
        self.assertEqual(list(d)[:len(KEYS)], KEYS)
        self.assertEqual(d["applicant"], {"name": NAME, "kind": "person", "id_number": "********1234", "phone": "*******678",
                                          "email": "********e.vn", "address": "Thôn 1", "outside": True})
        d = self.object("show", code, "--unmask")
        self.assertEqual((d["applicant"]["phone"], d["applicant"]["id_number"], d["applicant"]["email"]),
                         ("0912345678", "052190001234", "a@example.vn"))
        self.assertEqual((d["submitter"], d["authority"], d["channel"], d["collect"]), ("Lê Văn Tám", "Giấy ủy quyền số 1", "online", "postal"))
        self.assertEqual((d["components"], d["sets"], d["fee_vnd"]), (["Tờ khai", "Bản sao, hai mặt"], 2, 15000))
        self.assertEqual((d["officer"], d["unit"], d["note"]), ("nam", "Tư pháp", "Gấp\nXin gọi trước"))
        self.assertEqual((d["submitted_at"], d["received_at"]), ("2026-11-15T20:00:00+07:00", "2026-11-16T08:30:00+07:00"))
        self.assertEqual(d["history"][0]["recorded_at"][:16], "2026-11-16T09:00")
        page = self.ok("show", code)
        for text in ("Lê Văn Tám", "1. Tờ khai", "2. Bản sao, hai mặt", "Xin gọi trước", "cư trú ngoài xã", "Trần Văn Nam", "15/11/2026 20:00"):
            self.assertIn(text, page)

    def test_the_line_for_people(self):
        for lang, due in (("vi", "hẹn trả 19/11/2026 17:00"), ("en", "due 2026-11-19 17:00")):
            line = self.ok("receive", "--procedure", MARRIAGE, "--applicant", NAME, "--lang", lang)
            self.assertTrue(line.startswith("H42.26.21-261116-000"), line)
            self.assertIn(due, line)
            self.assertIn(NAME, line)
            self.assertEqual(line.count("\n"), 2)  # and its number in the book
        line = self.ok("receive", "--procedure", MARRIAGE, "--applicant", NAME, "--limit", "40 working_days", "--at", "2026-11-16")
        self.assertIn("Tạm tính", line)  # past the known calendar

    def test_absent_is_null_and_never_left_out(self):
        d = self.receive()
        self.assertEqual(list(d)[:len(KEYS)], KEYS)
        for key in "case submitter resolved_at returned_at ended_how return_channel waiting_since note rating apology".split():
            self.assertIsNone(d[key], key)
        self.assertEqual((d["supplements"], d["insisted"], d["late_days"], d["digitized"]), (0, False, 0, False))
        self.assertEqual((d["limit"], d["channel"], d["status"], d["state"]), ("3 working_days", "direct", "on_track", "processing"))
        self.assertEqual(d["applicant"], {"name": NAME, "kind": "person", "id_number": None, "phone": None, "email": None, "address": None,
                                          "outside": False})
        self.assertEqual(self.receive("--organization")["applicant"]["kind"], "organization")

    def test_times(self):
        self.assertEqual(self.receive("--at", "2026-11-16")["received_at"], "2026-11-16T07:00:00+07:00")  # the opening hour
        self.assertEqual(self.receive("--at", "2026-11-16T01:30Z")["received_at"], "2026-11-16T08:30:00+07:00")
        self.assertEqual(self.receive("--at", "14/11/2026 10:00")["code"], "H42.26.21-261114-0001")  # a Saturday: the code keeps it
        self.assertEqual(self.receive("--at", "14/11/2026 10:00")["due_at"], "2026-11-19T17:00:00+07:00")  # counted from Monday
        base = ("receive", "--procedure", MARRIAGE, "--applicant", NAME)
        self.refused("future_time", *base, "--at", "2026-11-16T09:30")
        self.refused("future_time", *base, "--at", "2026-11-17")
        self.refused("submitted_later", *base, "--at", "2026-11-16T08:00", "--submitted", "2026-11-16T08:01")

    def test_texts(self):
        base = ("receive", "--procedure", MARRIAGE, "--applicant")
        self.refused("empty_text", *base, "")
        self.refused("empty_text", *base, " \u00a0 ")
        for bad in (b"Nguy\xe1\xbb", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", "a\x1b[2Jb", "a\tb", "a\nb", "a\x7fb", "a\u0085b", "a\u202eb", "a\u2066b",
                    "a\u2028b", "a\u200bb", "\ufeffa"):
            with self.subTest(bad):
                self.refused("bad_text", *base, bad)
        self.refused("too_long", *base, "ế" * 1001)
        self.refused("too_long", *base, "x" * 120000)
        self.refused("too_long", *base, NAME, "--note", "x" * 4001)
        self.refused("bad_text", *base, NAME, "--component", "a", "--component", "b\x01")
        self.refused("empty_text", *base, NAME, "--component", " ")
        for option in ("--phone", "--id-number", "--address", "--email", "--submitter", "--authority", "--unit", "--note"):
            with self.subTest(option):
                self.refused("bad_text", *base, NAME, option, "\u202e")
        self.assertEqual(self.receive(name="ế" * 1000)["applicant"]["name"], "ế" * 1000)
        self.assertEqual(self.receive("--note", "x" * 4000)["note"], "x" * 4000)
        d = self.receive("--phone", "  ", name="  Nguye\u0302\u0303n   Thi\u0323  ")  # blank optional ones are absent; NFC, trimmed
        self.assertEqual((d["applicant"]["name"], d["applicant"]["phone"]), ("Nguyễn   Thị", None))

    def test_procedures_and_limits(self):
        base = ("receive", "--applicant", NAME, "--procedure")
        self.refused("unknown_procedure", *base, "9.999999")
        self.refused("unknown_procedure", *base, "2.000815#77")
        self.refused("unknown_procedure", *base, b"\xff")
        self.refused("no_limit", *base, "1.010803")
        self.assertEqual(self.receive("--limit", "5 working_days", procedure="1.010803")["due_at"], "2026-11-23T17:00:00+07:00")
        self.assertEqual(self.receive("--limit", "1 working_day")["limit"], "1 working_day" + "s")  # an admin may go against the catalogue
        self.assertEqual(self.receive(procedure=COPY)["due_at"], "2026-11-16T17:00:00+07:00")
        case = self.receive(procedure="2.000815.01")
        self.assertEqual((case["procedure"], case["case"], case["limit"]), ("2.000815", "01", "2 working_days"))
        self.clock = "2100-12-01 09:00:00"
        self.refused("limit_too_far", *base, MARRIAGE, "--limit", "3650 working_days")

    def test_codes(self):
        first = self.receive()["code"]
        base = ("receive", "--procedure", MARRIAGE, "--applicant", NAME)
        self.refused("duplicate_code", *base, "--code", first)
        self.refused("duplicate_code", *base, "--code", first.lower())
        for code in ("abc", "a b c d", "mã-hồ-sơ", "x" * 61, "a\x01bcd", b"\xff\xff\xff\xff"):
            with self.subTest(code):
                self.refused("bad_code", *base, "--code", code)
        self.assertEqual(self.receive("--code", "03706/2026/07906")["code"], "03706/2026/07906")
        self.assertEqual(self.receive()["code"], "H42.26.21-261116-0002")

    def test_officers(self):
        self.refused("unknown_officer", "receive", "--procedure", MARRIAGE, "--applicant", NAME, "--officer", "nobody")
        self.refused("unknown_officer", "receive", "--procedure", MARRIAGE, "--applicant", NAME, "--officer", b"\xff")


class Working(Desk):
    def setUp(self):
        super().setUp()
        self.ok("officer", "put", "nam", "--name", "Trần Văn Nam", "--role", "specialist", "--unit", "Tư pháp")

    def test_transfer_is_all_or_nothing(self):
        codes = [self.receive()["code"] for _ in range(3)]
        moved = self.objects("transfer", *codes[:2], codes[2][-4:], "--to", "nam", "--step", "Thẩm định", "--note", "Gấp", "--within", "1 working_day")
        self.assertEqual([(d["code"], d["officer"], d["unit"]) for d in moved], [(c, "nam", "Tư pháp") for c in codes])
        event = self.object("show", codes[0])["history"][-1]
        self.assertEqual((event["kind"], event["to"], event["step"], event["within"], event["note"]),
                         ("transferred", "nam", "Thẩm định", "1 working_days", "Gấp"))
        self.assertEqual(event["within_due_at"], "2026-11-17T17:00:00+07:00")
        self.refused("unknown_officer", "transfer", codes[0], "--to", "nobody")
        self.refused("unknown_dossier", "transfer", codes[0], "0009", codes[1], "--to", "root")
        self.ok("resolve", codes[1])
        self.refused("already_resolved", "transfer", codes[0], codes[1], "--to", "root")
        self.assertEqual(self.object("transfer", codes[0], "--to", "root", "--unit", "Văn phòng")["unit"], "Văn phòng")
        line = self.ok("transfer", codes[0], "--to", "nam")
        self.assertIn("Trần Văn Nam", line)

    def test_one_letter_in_a_whole_life(self):
        code = self.receive()["code"]
        apologize = ("apologize", code, "--reason", "Chờ xác minh", "--until")
        self.refused("due_not_later", *apologize, "2026-11-19")
        self.refused("due_not_later", *apologize, "2026-11-19T16:00")
        self.refused("due_in_past", *apologize, "2026-11-13")
        self.refused("due_in_past", *apologize, "2026-11-16T08:00")
        error = self.refused("due_on_day_off", *apologize, "2026-11-24")
        self.assertIn("2026-11-25", error["message"])  # the next working day, in the last language asked
        self.assertIn("144-148", error["law"])
        self.refused("due_on_day_off", *apologize, "2026-11-28")
        self.refused("empty_text", "apologize", code, "--reason", " ", "--until", "2026-12-01")
        self.refused("bad_text", "apologize", code, "--reason", "a\x02", "--until", "2026-12-01")
        self.wrong("apologize", code, "--reason", "x", says="--until")
        self.wrong("apologize", code, "--until", "2026-12-01", says="--reason")
        text = self.ok(*apologize, "2026-12-01", "--signer", "Nguyễn Văn Bình")
        for part in ("01/PXL", "gửi đúng hạn", "19/11/2026 17:00", "01/12/2026 17:00"):
            self.assertIn(part, text)
        error = self.refused("second_apology", *apologize, "2026-12-08")
        self.assertEqual(error["law"], "Decree 118/2025/NĐ-CP")
        letter = self.object("show", code)["apology"]
        self.assertEqual(list(letter)[:len(LETTER)], LETTER)
        self.assertEqual((letter["number"], letter["by"], letter["in_time"], letter["kept"], letter["signer"]), (1, "root", True, None, "Nguyễn Văn Bình"))
        self.clock = "2026-12-02 09:00:00"
        self.assertIs(self.object("resolve", code)["apology"]["kept"], False)
        self.refused("second_apology", "apologize", code, "--reason", "x")

    def test_a_letter_too_late_for_the_rule_and_one_after_the_result(self):
        late, solved = self.receive()["code"], self.receive()["code"]
        self.clock = "2026-11-19 08:00:00"
        text = self.ok("apologize", late, "--reason", "Chờ", "--until", "2026-11-23 10:00", "--lang", "en")
        self.assertIn("sent after its time", text)
        self.clock = "2026-11-23 08:00:00"
        d = self.object("resolve", solved)
        self.assertEqual((d["status"], d["late_days"]), ("late", 2))
        self.refused("already_resolved", "apologize", solved, "--reason", "Chậm", "--until", "2026-12-01")
        d = self.object("apologize", solved, "--reason", "Chậm")
        self.assertEqual((d["apology"]["number"], d["apology"]["new_due_at"], d["apology"]["in_time"], d["apology"]["kept"]), (2, None, False, None))

    def test_letters_of_limits_in_hours(self):
        code = self.receive("--limit", "8 working_hours")["code"]
        self.assertEqual(self.object("show", code)["due_at"], "2026-11-17T09:00:00+07:00")
        self.refused("due_not_later", "apologize", code, "--reason", "x", "--until", "2026-11-17T09:00")
        self.assertEqual(self.object("apologize", code, "--reason", "x", "--until", "2026-11-17T10:30")["due_at"], "2026-11-17T10:30:00+07:00")
        self.clock = "2026-11-17 10:31:00"
        self.assertEqual(self.object("show", code)["status"], "overdue")

    def test_results(self):
        code = self.receive("--collect", "postal")["code"]
        self.refused("not_resolved", "return", code)
        self.refused("before_receipt", "resolve", code, "--at", "2026-11-16T08:59")
        self.refused("future_time", "resolve", code, "--at", "2026-11-16T09:30")
        self.refused("bad_text", "resolve", code, "--result", "a\x01")
        self.clock = "2026-11-18 10:00:00"
        d = self.object("resolve", code, "--result", "Giấy số 12/2026", "--digitized", "--at", "2026-11-17T15:00")
        self.assertEqual((d["state"], d["status"], d["resolved_at"], d["ended_how"], d["digitized"], d["result"]),
                         ("resolved", "early", "2026-11-17T15:00:00+07:00", "resolved", True, "Giấy số 12/2026"))
        self.refused("already_resolved", "resolve", code)
        self.refused("already_resolved", "refuse", code, "--reason", "x")
        self.refused("already_resolved", "apologize", code, "--reason", "x", "--until", "2026-12-01")
        self.refused("before_result", "return", code, "--at", "2026-11-17T14:59")
        d = self.object("return", code, "--to", "Lê Văn Tám")
        self.assertEqual((d["state"], d["return_channel"], d["returned_to"], d["returned_at"]),
                         ("returned", "postal", "Lê Văn Tám", "2026-11-18T10:00:00+07:00"))
        self.refused("already_resolved", "return", code)
        self.assertEqual(self.object("stat")["backdated"], 1)

    def test_refusals(self):
        code = self.receive()["code"]
        self.wrong("refuse", code, says="--reason")
        self.refused("empty_text", "refuse", code, "--reason", "\u3000")
        d = self.object("refuse", code, "--reason", "Không thuộc thẩm quyền")
        self.assertEqual((d["state"], d["status"], d["ended_how"], d["result"]), ("refused", "early", "refused", "Không thuộc thẩm quyền"))
        for line in (("resolve", code), ("transfer", code, "--to", "nam"), ("apologize", code, "--reason", "x", "--until", "2026-12-01"),
                     ("refuse", code, "--reason", "x")):
            self.refused("not_open", *line)
        self.assertEqual(self.object("return", code, "--channel", "direct")["state"], "refused")

    def test_endings(self):
        yesterday = self.receive("--at", "2026-11-13T08:00")["code"]
        today = self.receive()["code"]
        self.refused("ambiguous_dossier", "resolve", "0001")
        for ending in ("001", "0002", "x" * 300, "‮0001", "*001"):
            self.refused("unknown_dossier", "resolve", ending)
        self.assertEqual(self.object("show", "h42.26.21-261116-0001")["code"], today)
        self.assertEqual(self.object("resolve", "13-0001")["code"], yesterday)
        self.assertEqual(self.object("show", "0001")["code"], today)  # the open one

    def test_the_rule_set_is_of_the_day_of_receipt(self):
        code = self.receive("--at", "2025-06-30T08:00")["code"]
        self.assertEqual(self.refused("not_resolved", "return", code)["law"][:14], "Decree 61/2018")
        self.clock = "2026-11-17 09:00:00"
        self.ok("apologize", code, "--reason", "x", "--until", "2026-12-01")
        self.assertIn("art. 19.9", self.refused("second_apology", "apologize", code, "--reason", "x", "--until", "2026-12-08")["law"])


class People(Desk):
    def test_officers(self):
        new = self.object("officer", "put", "lan", "--name", "Nguyễn Thị Lan", "--role", "officer", "--unit", "Một cửa", "--title", "Công chức")
        self.assertEqual(new, {"login": "lan", "name": "Nguyễn Thị Lan", "role": "officer", "unit": "Một cửa", "title": "Công chức", "retired": False})
        changed = self.object("officer", "put", "lan", "--name", "Lan", "--role", "chief", "--title", "")
        self.assertEqual((changed["role"], changed["unit"], changed["title"]), ("chief", "Một cửa", None))
        self.assertEqual([o["login"] for o in self.objects("officer", "list")], ["lan", "root"])
        self.assertIn("Lãnh đạo", self.ok("officer", "list"))
        self.assertIn("Chief", self.ok("officer", "list", "--lang", "en"))
        self.refused("empty_text", "officer", "put", "tam", "--name", "  ", "--role", "officer")
        self.refused("bad_text", "officer", "put", "tam", "--name", "a\x01", "--role", "officer")
        self.refused("bad_text", "officer", "put", b"\xff", "--name", "a", "--role", "officer")
        self.refused("last_admin", "officer", "put", "root", "--name", "root", "--role", "officer")

    def test_roles(self):
        self.ok("officer", "put", "lan", "--name", "Nguyễn Thị Lan", "--role", "admin")
        self.ok("officer", "put", "root", "--name", "Root", "--role", "officer")
        error = self.refused("not_allowed", "officer", "put", "root", "--name", "Root", "--role", "admin")
        self.assertIn("Nguyễn Thị Lan", error["message"])  # whom to ask
        self.refused("not_allowed", "receive", "--procedure", MARRIAGE, "--applicant", NAME, "--limit", "1 working_day")
        self.receive("--limit", "3 working_days")  # the catalogue's own

    def test_agency_codes(self):
        self.founded = False
        self.env["MOTCUA_STORE"] = self.home + "/other"
        for agency in ("H 42", "H42/26", "Hồ", "x" * 31, "-H42", b"\xff"):
            with self.subTest(agency):
                self.refused("bad_agency" if agency != b"\xff" else "bad_text", "init", "--office", "A", "--agency", agency)
        self.refused("empty_text", "init", "--office", "A", "--agency", "")
        self.refused("empty_text", "init", "--office", " ", "--agency", "H1")
        self.assertFalse(os.path.exists(self.home + "/other"))

    def test_a_store_is_made_once(self):
        self.refused("store_exists", "init", "--office", "A", "--agency", "H1")
        self.refused("store_exists", "demo")

    def test_init_answers_like_stat(self):
        other = self.home + "/other"
        made = self.object("-s", other, "init", "--office", "UBND xã A", "--agency", "A.1", "--parent", "UBND tỉnh", "--place", "A")
        self.assertEqual(made, self.object("-s", other, "stat"))
        self.assertEqual(list(made)[:12], "office agency demo version layout dossiers open solved events backdated recorded_late bytes".split())
        self.assertEqual((made["office"], made["agency"], made["demo"], made["dossiers"]), ("UBND xã A", "A.1", False, 0))
        self.assertEqual(sorted(made["journal"]), ["hash", "seq"])
        self.assertEqual(made["journal"]["seq"], made["events"])
        self.assertRegex(made["journal"]["hash"], "^[0-9a-f]{64}$")
        self.assertEqual(oct(os.stat(other).st_mode & 0o777), "0o700")
        self.assertEqual(oct(os.stat(other + "/data.mdb").st_mode & 0o777), "0o600")


class Clocks(Desk):
    def test_a_clock_behind(self):
        self.receive()
        self.clock = "2026-11-16 08:56:00"
        self.receive()  # a little: lifted to the last entry
        self.clock = "2026-11-16 08:50:00"
        self.refused("clock_behind", "receive", "--procedure", MARRIAGE, "--applicant", NAME)

    def test_an_absurd_clock(self):
        for clock in ("1985-01-01 00:00:00", "2200-01-01 00:00:00"):
            self.clock = clock
            done = self.run_now("stat")
            self.assertEqual(done.returncode, 4)
            self.sentence(done)


class Helper(Desk):
    def test_the_helper_is_missed(self):
        alone = self.home + "/bin/motcua"
        os.mkdir(self.home + "/bin")
        shutil.copy(MOTCUA, alone)
        done = self.run_now("export", "ics", "--json", program=alone)
        self.assertEqual(done.returncode, 4)
        self.sentence(done)
        self.assertEqual(json.loads(done.stdout)["error"]["kind"], "helper_missing")
        self.assertEqual(self.run_now("stat", program=alone).returncode, 0)
