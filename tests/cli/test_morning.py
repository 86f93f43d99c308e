"""The chief's page as a text and as a mail: what it must look like, once for each language (tests/mornings, UPDATE=1 writes them anew), and what
holds whatever is on it. Python's email package, which shares nothing with the program, reads the mails."""
import base64
import email
import email.policy
import os
import re
import unicodedata

from desk import COPY, MARRIAGE, ROOT, Desk

GOLDEN = os.path.join(ROOT, "tests", "mornings")
HEAD = re.compile(r"^\d+:[0-9a-f]{64}$", re.M)
LISTS = ("overdue", "due_today", "due_next", "rescheduled", "waiting_long", "uncollected")


def columns(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


class Page(Desk):
    clock = "2026-10-01 08:00:00"
    names = ("Lê Thị Tám", "Đinh Văn Bốn", "Hồ Thị Năm", "Rơ Châm H'Lan", "Nguyễn Văn Ất", "Siu Blưng", "Kpă Đông", "Trần Văn Đức", "Lê Văn Chín")

    def busy(self):
        """A Monday with something of everything."""
        for login, name in (("nam", "Trần Văn Nam"), ("mai", "Hoàng Thị Mai")):
            self.ok("officer", "put", login, "--name", name, "--role", "specialist")
        codes, name = {}, iter(self.names)

        def receive(key, at, *more, procedure=MARRIAGE):
            self.clock = at
            codes[key] = self.receive(*more, procedure=procedure, name=next(name))["code"]

        receive("waits", "2026-10-01 08:00:00", "--officer", "mai")
        self.ok("supplement", codes["waits"], "--reason", "Thiếu giấy tờ", "--need", "Bản chính")
        receive("overdue", "2026-11-11 08:00:00", "--officer", "nam")  # due 16/11
        receive("overdue with letter", "2026-11-12 08:00:00", "--officer", "nam")  # due 17/11
        self.clock = "2026-11-13 08:00:00"
        self.ok("apologize", codes["overdue with letter"], "--reason", "Chờ xác minh", "--until", "2026-11-20")
        receive("moved", "2026-11-13 08:30:00", "--officer", "mai")  # due 18/11
        self.ok("apologize", codes["moved"], "--reason", "Chờ xác minh", "--until", "2026-11-27")
        receive("ready", "2026-11-16 08:00:00", "--officer", "mai")
        self.clock = "2026-11-17 09:05:00"
        self.ok("resolve", codes["ready"])
        receive("today", "2026-11-18 08:00:00", "--officer", "mai")  # due 23/11
        receive("letter today", "2026-11-19 08:00:00", "--officer", "nam")  # due 25/11: 24/11 is a day off
        receive("next", "2026-11-23 07:10:00", "--limit", "1 working_days", procedure=COPY)  # due 25/11, too short for a letter
        self.ok("transfer", codes["next"], "--unit", "Chi cục Thuế khu vực")
        self.clock = "2026-11-23 07:30:00"
        self.codes = codes
        return codes

    def sound(self, text):
        """Fit to be read anywhere."""
        for line in text.splitlines():
            self.assertLessEqual(columns(line), 78, line)
            self.assertEqual(line, line.rstrip(), "blanks at the end")
        self.assertTrue(all(c == "\n" or unicodedata.category(c)[0] != "C" for c in text), text)
        self.assertTrue(text.endswith("\n") and "\n\n\n" not in text)
        return text

    def golden(self, name, text):
        path = os.path.join(GOLDEN, name + ".txt")
        text = HEAD.sub("SEQ:HASH", text)
        if os.environ.get("UPDATE"):
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
        with open(path, encoding="utf-8") as f:
            self.assertEqual(text, f.read(), name)

    def listed(self, text):
        return re.findall(r"^(\S+-\d{6}-\d{4}) · ", text, re.M)

    def parsed(self, raw):
        message = email.message_from_bytes(raw, policy=email.policy.default)
        self.assertEqual(message.defects, [])
        for _, value in message.items():
            self.assertEqual(value.defects, ())
        return message

    def mail(self, *words, status=0, **more):
        """The message as a program would read it, after looking at its bytes."""
        done = self.run_now("morning", "--mail", "chutich@xa.example", *words, **more)
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertTrue(all(c == 10 or 32 <= c < 127 for c in done.stdout), "a relay may change it")
        head, body = done.stdout.split(b"\n\n", 1)
        self.assertTrue(all(len(line) <= 76 for line in done.stdout.splitlines()))
        for word in re.findall(rb"=\?UTF-8\?B\?([^?]*)\?=", head):
            base64.b64decode(word).decode()  # each by itself (RFC 2047 section 5): python would join halves of a letter
        self.assertEqual(base64.b64encode(base64.b64decode(body)), body.replace(b"\n", b""))
        self.assertNotIn(b"\n", base64.b64decode(body).replace(b"\r\n", b""))  # as RFC 2045 has the lines of a text
        return self.parsed(done.stdout)

    def text_of(self, message):
        return message.get_content().replace("\r\n", "\n")


class Text(Page):
    def test_a_busy_morning(self):
        self.busy()
        for lang in ("vi", "en"):
            self.golden("busy_" + lang, self.sound(self.ok("morning", "--lang", lang)))

    def test_a_calm_one(self):
        self.clock = "2026-11-23 07:30:00"
        for lang in ("vi", "en"):
            self.golden("calm_" + lang, self.sound(self.ok("morning", "--lang", lang)))

    def test_each_dossier_once(self):
        self.busy()
        page = self.object("morning")
        wanted = {d["code"] for key in LISTS for d in page[key]} | {d["code"] for d in page["letters"]["today"]}
        self.assertEqual(wanted, set(self.codes.values()))
        text = self.ok("morning")
        self.assertEqual(sorted(self.listed(text)), sorted(wanted))

    def test_the_letters_first(self):
        codes = self.busy()
        text = self.ok("morning")
        self.assertEqual(self.listed(text)[0], codes["letter today"])
        self.assertLess(text.index("Phiếu xin lỗi phải gửi hôm nay (1)"), text.index("Quá hạn (2)"))
        entry = {found[1]: found[0] for found in re.findall(r"^((\S+-\d{6}-\d{4}) · .*\n    .*)$", text, re.M)}
        self.assertIn("    chưa có phiếu xin lỗi – ", entry[codes["overdue"]])
        self.assertIn("    đã có phiếu xin lỗi – ", entry[codes["overdue with letter"]])
        self.assertIn("hẹn lại 20/11/2026 17:00", entry[codes["overdue with letter"]])
        self.assertIn(" · chưa có phiếu, đã quá hạn gửi\n", entry[codes["today"]])
        self.assertIn("trễ 5 ngày làm việc", entry[codes["overdue"]])
        self.assertIn("xử lý: Trần Văn Nam", entry[codes["overdue"]])

    def test_whatever_the_names_are(self):
        self.ok("officer", "put", "nam", "--name", "Trần " + "Văn " * 200, "--role", "specialist")
        self.ok("procedure", "put", "9.000001", "--name", "Thủ tục " + "thực hiện, điều chỉnh, " * 39, "--field", "Khác", "--limit", "1 working_days")
        for i, name in enumerate(("Nguyễn " + "Hương " * 148, "x" * 900, "王小明" * 60, "e\u0323\u0302\u0301" * 90, "Ê Ban", "q\u0300\u0301\u0302" * 200)):
            self.receive("--officer", "nam", "--code", "Z" * (19 + 8 * i) + str(i), procedure="9.000001", name=name)
        self.receive("--unit", "Chi cục " * 100, "--code", "U" * 30, procedure="9.000001")
        self.clock = "2026-11-09 07:30:00"
        for lang in ("vi", "en"):
            text = self.sound(self.ok("morning", "--lang", lang))
            self.assertEqual(len(re.findall(r"^[UZ]{19,}\d?( ·|$)", text, re.M)), 7, text)
            self.assertIn("…", text)
        self.sound(self.ok("morning", "--color", "always"). replace("\033[1;31m", "").replace("\033[1m", "").replace("\033[0m", "").replace("\033[33m", ""))

    def test_a_day_off_says_nothing(self):
        self.busy()
        for day, says in (("2026-11-22", False), ("2026-11-23", True), ("2026-11-24", False), ("2026-11-25", True), ("2027-01-01", False)):
            self.clock = day + " 07:00:00"
            for words in ((), ("--json",), ("--mail", "a@b.vn")):
                self.assertEqual(bool(self.ok("morning", "--working-days", *words)), says, (day, words))
            self.assertTrue(self.ok("morning"))
        self.clock = "2027-01-02 07:00:00"  # a Saturday, swapped
        self.assertEqual(self.ok("morning", "--working-days"), "")
        self.ok("calendar", "worked", "2027-01-02", "Làm bù")
        self.assertTrue(self.ok("morning", "--working-days"))
        self.ok("calendar", "closed", "2027-01-04", "Bão")
        self.clock = "2027-01-04 07:00:00"
        self.assertTrue(self.ok("morning", "--working-days"))  # time limits run on

    def test_a_day_off_notes_nothing(self):
        self.clock = "2026-11-22 07:00:00"
        self.assertEqual(self.ok("morning", "--working-days"), "")
        self.assertFalse(os.path.exists(os.path.join(self.home, ".local")))
        self.assertIn("chấp nhận", self.ok("morning", "--working-days", "--accept"))  # not silently left undone

    def test_a_narrow_terminal(self):
        self.names = tuple(name + " Nguyễn Thị" * 20 for name in self.names)
        self.busy()
        for width in (77, 60):
            for line in self.at_width(width).splitlines():
                self.assertLessEqual(columns(line), width, line)
            self.assertEqual(self.at_width(width).count("xử lý: "), len(self.codes))  # whose it is has room everywhere
        self.assertEqual(self.at_width(200), self.ok("morning"))

    def at_width(self, width):
        """The page on a terminal that is so wide, without its colours."""
        status, said, complaint = self.at_terminal(40, width, "morning", NO_COLOR="1")
        self.assertEqual((status, complaint), (0, ""))
        return said


class Mail(Page):
    def test_it_is_the_very_text(self):
        self.busy()
        for lang in ("vi", "en"):
            message = self.mail("--with-names", "--lang", lang)
            self.assertEqual(self.text_of(message), self.ok("morning", "--lang", lang))
            self.assertEqual(message["To"], "chutich@xa.example")
            self.assertEqual((message["Content-Type"], message["Auto-Submitted"], message["MIME-Version"]), ('text/plain; charset="UTF-8"', "auto-generated", "1.0"))
            self.assertEqual(message["Date"].datetime.isoformat(), "2026-11-23T07:30:00+07:00")
        self.assertEqual(message["Subject"], "UBND xã Tơ Tung 2026-11-23: 2 overdue, 1 letter must leave today")
        self.assertEqual(self.mail()["Subject"], "UBND xã Tơ Tung 23/11: 2 quá hạn, 1 phiếu phải gửi hôm nay")

    def test_it_names_no_applicants(self):
        codes = self.busy()
        text = self.sound(self.text_of(self.mail()))
        for name in self.names:
            self.assertNotIn(name, text)
        self.assertIn("Trần Văn Nam", text)  # whose it is: they work there
        self.assertEqual(len(self.listed(text)), len(codes))
        self.assertIn(self.names[1], self.text_of(self.mail("--with-names")))
        self.golden("busy_mail_vi", text)

    def test_several_addresses(self):
        raw = self.ok("morning", "--mail", "a@b.vn", "--mail=chanh.van+phong@xa.example", "--mail", "x" * 240 + "@xa.example").encode()
        self.assertEqual([str(a) for a in self.parsed(raw)["To"].addresses], ["a@b.vn", "chanh.van+phong@xa.example", "x" * 240 + "@xa.example"])
        self.assertIn("\nTo: root\n", self.ok("morning", "--mail", "root"))  # a mailbox of this machine, as cron writes to

    def test_nothing_gets_into_the_header(self):
        for address in ("a@b.vn\nBcc: x@y.vn", "a@b.vn\r\nBcc: x@y.vn", "a@b.vn\r", "a@b.vn, x@y.vn", "A B <a@b.vn>", "<a@b.vn>", "chủ@xã.vn", "a b@c.vn", "a@b@c.vn", "@b.vn",
                        "a@", "-oQ/x", "a@b.vn;x", "a" * 255, '"a"@b.vn', "a(b)@c.vn", "a:b@c.vn", "a@[1.2.3.4]\t", "\x1b[31m@b.vn"):
            self.wrong("morning", "--mail", address, says="--mail")
        self.wrong("morning", "--mail", "")
        self.wrong("morning", "--mail", "a@b.vn", "--json", says="--json")
        self.wrong("morning", "--with-names", says="--mail")

    def test_a_long_office_and_subject(self):
        self.founded = False
        self.env["MOTCUA_STORE"] = self.store + "2"
        self.ok("init", "--office", "Trung tâm Phục vụ hành chính công " + "xã Đắk Nhau " * 40, "--agency", "H42")
        subject = self.mail()["Subject"]
        self.assertTrue(subject.endswith(" 01/10: 0 quá hạn, 0 phiếu phải gửi hôm nay"), subject)
        self.assertIn("…", subject)

    def test_whatever_the_letters_of_the_subject(self):
        """No encoded word ends within a letter: the office's name is moved along byte by byte."""
        for i in range(9):
            self.env["MOTCUA_STORE"] = "%s-%d" % (self.store, i)
            self.ok("init", "--office", "x" * i + "Đắkệổữ" * 4, "--agency", "H42")
            self.assertIn("x" * i + "Đắkệổữ" * 4, self.mail()["Subject"])
        self.founded = False

    def test_a_journal_that_does_not_go_on(self):
        data = os.path.join(self.store, "data.mdb")
        with open(data, "rb") as f:
            old = f.read()
        self.receive()
        self.ok("morning")
        with open(data, "wb") as f:
            f.write(old)
        for words, begins in ((("--lang", "vi"), "NHẬT KÝ KHÔNG NỐI TIẾP! UBND"), (("--lang", "en"), "THE JOURNAL DOES NOT CONTINUE! UBND")):
            message = self.mail(*words, status=4)
            self.assertTrue(message["Subject"].startswith(begins), message["Subject"])
            text = self.sound(self.text_of(message))
            self.assertTrue(text.startswith(begins.split("!")[0]), text)
        self.sound(self.run_now("morning").stdout.decode())

    def test_a_demo_store_says_so(self):
        self.founded = False
        self.env["MOTCUA_STORE"] = self.store + "2"
        self.clock = "2026-11-23 07:30:00"
        self.ok("demo", "--dossiers", "40", "--until", "2026-11-20")
        self.assertTrue(self.mail()["Subject"].startswith("[dùng thử] UBND"))
        self.assertTrue(self.text_of(self.mail()).startswith("[SỔ DÙNG THỬ"))
        self.sound(self.ok("morning"))
