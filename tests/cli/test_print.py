"""The prescribed slips and the register as PDF files. poppler and zbarimg, which share nothing with the program, read them back."""
import csv
import os
import re
import stat
import subprocess

from desk import MARRIAGE, NAME, ROOT, Desk
from test_waiting import ASK

LP = """#!/bin/sh
for word in "$@"; do printf '%s\\n' "$word"; done > "$LP_LOG"
test -s "$4" || test -s "$2" || exit 9
exit "${LP_STATUS:-0}"
"""


def squeezed(text):
    return " ".join(text.split())


def longest_procedure():
    with open(os.path.join(ROOT, "data/procedures.csv"), encoding="utf-8-sig") as f:
        return max(csv.DictReader(f), key=lambda row: len(row["name"]))


class Print(Desk):
    def file(self, name="out.pdf"):
        return os.path.join(self.home, name)

    def slip(self, slip, code, *more, name="out.pdf"):
        """Prints it and gives its text, page feet left out."""
        self.ok("print", slip, code, "-o", self.file(name), *more)
        return self.text(self.file(name))

    def poppler(self, *command):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True)
        self.assertEqual(done.stderr, b"", command)
        return done.stdout.decode()

    def pages(self, path):
        return self.poppler("pdftotext", path, "-").split("\f")[:-1]

    def text(self, path):
        lines = [line for page in self.pages(path) for line in page.splitlines()]
        return squeezed("\n".join(line for line in lines if not re.search(r"^trang \d+/\d+$|^page \d+ of \d+$|Mẫu số \d+ ·|^Form \d+ ·", line)))

    def scanned(self, path):
        """The code on the first page, as a scanner reads it off the paper."""
        self.poppler("pdftoppm", "-r", "200", "-png", "-l", "1", "-singlefile", path, self.file("page"))
        done = subprocess.run(["zbarimg", "--raw", "--quiet", self.file("page.png")], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return done.stdout.decode().strip()

    def put_lp(self, **env):
        folder = self.file("bin")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "lp"), "w", encoding="ascii") as f:
            f.write(LP)
        os.chmod(os.path.join(folder, "lp"), 0o755)
        return {"PATH": folder + ":" + self.env["PATH"], "LP_LOG": self.file("lp.log"), **env}

    def lp_words(self):
        with open(self.file("lp.log"), encoding="utf-8") as f:
            return f.read().splitlines()


class Slips(Print):
    def test_receipt(self):
        self.ok("config", "desk.address", "thôn 1, xã Tơ Tung")
        code = self.receive("--phone", "0912345678", "--id-number", "064190001234", "--address", "Số 5, thôn Lơ Pơ, xã Tơ Tung", "--email", "a@b.vn",
                            "--component", "Tờ khai theo mẫu", "--component", "Căn cước công dân", "--submitter", "Lê Văn Nộp",
                            "--authority", "Giấy ủy quyền số 7", "--sets", "2")["code"]
        text = self.slip("receipt", code)
        for said in (NAME, "0912345678", "064190001234", "Số 5, thôn Lơ Pơ, xã Tơ Tung", "a@b.vn", "Tờ khai theo mẫu", "Căn cước công dân", "Lê Văn Nộp",
                     "Giấy ủy quyền số 7", "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "Mã hồ sơ: " + code, "Số: 01/TNHS", "Số lượng hồ sơ: 2 bộ",
                     "09 giờ 00 phút, ngày 16 tháng 11 năm 2026", "17 giờ 00 phút, ngày 19 tháng 11 năm 2026", "3 ngày làm việc",
                     "quyển số: 2026; số thứ tự: 1.", "NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ", "thôn 1, xã Tơ Tung",
                     "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "UBND XÃ TƠ TUNG", "ngày 16 tháng 11 năm 2026"):
            self.assertIn(said, text)
        self.assertEqual(self.scanned(self.file()), code)
        fonts = self.poppler("pdffonts", self.file()).splitlines()[2:]
        self.assertTrue(fonts)
        for font in fonts:
            self.assertRegex(font, r"^[A-Z]{6}\+LiberationSerif.* yes +yes +yes ")  # a subset, embedded, with its letters' names
        info = self.poppler("pdfinfo", self.file())
        self.assertIn("419.5", info)  # A5
        self.assertRegex(info, r"Title: +Giấy tiếp nhận hồ sơ và hẹn trả kết quả – " + re.escape(code))
        self.assertNotIn(NAME, info)
        self.assertEqual(stat.S_IMODE(os.stat(self.file()).st_mode), 0o600)
        english = self.slip("receipt", code, "--lang", "en")
        self.assertIn("RECEIPT OF THE DOSSIER AND APPOINTMENT FOR THE RESULT", english)
        self.assertIn("17:00, 2026-11-19", english)

    def test_what_each_slip_is_told(self):
        said = self.object("print", "receipt", self.receive()["code"], "-o", self.file())
        self.assertEqual(sorted(said), ["code", "demo", "file", "number", "sent", "slip", "year"])
        self.assertEqual((said["slip"], said["number"], said["year"], said["file"], said["sent"], said["demo"]),
                         ("receipt", 1, 2026, self.file(), False, False))
        first = open(self.file(), "rb").read()
        self.ok("print", "receipt", said["code"], "-o", self.file())
        self.assertEqual(open(self.file(), "rb").read(), first)  # at the same second

    def test_the_others(self):
        asked, refused, stopped, late = (self.receive()["code"] for _ in range(4))
        self.ok("supplement", asked, *ASK)
        self.ok("refuse", refused, "--reason", "Không thuộc thẩm quyền của xã")
        self.ok("stop", stopped, "--reason", "Gia đình đã tự thỏa thuận")
        self.ok("apologize", late, "--reason", "Phải xác minh nơi cư trú cũ", "--until", "2026-11-27T10:15", "--signer", "Đỗ Thị Trưởng")
        text = self.slip("supplement", asked)
        self.assertIn("PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", text)
        self.assertIn("01/HDHS", text)
        self.assertIn(ASK[1], text)
        text = self.slip("refusal", refused)
        self.assertIn("Lý do: Không thuộc thẩm quyền của xã", text)
        self.assertIn("01/TCHS", text)
        text = self.slip("stop", stopped)
        self.assertIn("Lý do: Gia đình đã tự thỏa thuận", text)
        self.assertIn("01/TBDHS", text)
        text = self.slip("apology", late)
        for said in ("01/PXL", "Lý do: Phải xác minh nơi cư trú cũ", "17 giờ 00 phút, ngày 19 tháng 11 năm 2026", "10 giờ 15 phút, ngày 27 tháng 11 năm 2026",
                     "Đỗ Thị Trưởng", "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ"):
            self.assertIn(said, text)
        self.assertIn("Phiếu xin lỗi số 01/PXL", self.slip("receipt", late))
        text = self.slip("control", late)
        self.assertIn("PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", text)
        self.assertIn("1. Giao: " + NAME, text)
        for slip in ("supplement", "refusal", "stop"):
            self.refused("no_such_slip", "print", slip, late, "-o", self.file("none.pdf"))
        self.refused("no_such_slip", "print", "apology", asked, "-o", self.file("none.pdf"))
        self.ok("void", asked, "--reason", "Ghi nhầm")
        self.refused("no_such_slip", "print", "receipt", asked, "-o", self.file("none.pdf"))
        self.refused("unknown_dossier", "print", "receipt", "H42-000000", "-o", self.file("none.pdf"))
        self.assertFalse(os.path.exists(self.file("none.pdf")))

    def test_the_set_of_the_day_of_receipt(self):
        old = self.receive("--at", "2025-06-30T09:00")["code"]
        self.ok("apologize", old, "--reason", "Phải xác minh", "--until", "2025-07-10", "--at", "2025-07-01T09:00")
        self.assertIn("PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ", self.slip("apology", old))
        self.ok("config", "forms.from", "2025-06-30")
        self.assertIn("PHIẾU XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT", self.slip("apology", old))
        self.ok("config", "form.2025.apology", "04; Văn bản xin lỗi; VBXL")
        text = self.slip("apology", old)
        self.assertIn("VĂN BẢN XIN LỖI", text)
        self.assertIn("01/VBXL", text)
        for value in ("04", "; Văn bản xin lỗi; VBXL", "04; ; VBXL", "1; 2; 3; 4"):
            self.wrong("config", "form.2025.apology", value, says="SỐ MẪU; TÊN PHIẾU; KÝ HIỆU")

    def test_extremes(self):
        """The longest name of the real catalogue, 80 components, an organisation, an address of three lines, reasons of a thousand letters."""
        row = longest_procedure()
        self.assertGreater(len(row["name"]), 900)
        components = [f"Thành phần số {n}: bản sao có chứng thực giấy tờ về quyền sử dụng đất, lập ngày {n % 28 + 1}/3/2026" for n in range(1, 81)]
        name = "Hợp tác xã Nông nghiệp, Dịch vụ và Du lịch cộng đồng Tơ Tung"
        self.assertEqual(len(name), 60)
        address = "Số nhà 1234, đường liên thôn Kuk Kôn đi Kuk Đak, cạnh nhà sinh hoạt cộng đồng thôn Kuk Kôn, xã Tơ Tung, huyện Kbang cũ, tỉnh Gia Lai"
        reason = " ".join(f"lýdo{n}" for n in range(1, 140))[:1000].strip()
        more = [word for c in components for word in ("--component", c)]
        code = self.receive("--organization", "--address", address, "--phone", "0912345678", "--note", "Ghi chú " * 100, "--limit", "30 working_days", *more,
                            procedure=row["code"], name=name)["code"]
        text = self.slip("receipt", code)
        for said in (row["name"], name, address, *components):
            self.assertIn(squeezed(said), text)
        self.assertEqual(self.scanned(self.file()), code)
        pages = self.pages(self.file())
        self.assertGreater(len(pages), 1)
        for n, page in enumerate(pages, 1):
            self.assertIn(f"trang {n}/{len(pages)}", page)
            self.assertIn("Mẫu số 01 · " + code, page)
        self.assertIn("(Ký và ghi rõ họ tên)", pages[-1])
        self.ok("apologize", code, "--reason", reason, "--until", "2027-01-15", "--unit", "Phòng " + "Văn hóa - Xã hội và Môi trường " * 5)
        for slip in ("apology", "control"):
            self.assertIn(squeezed(row["name"]), self.slip(slip, code))
        self.assertIn(reason, self.slip("apology", code))
        self.ok("supplement", code, "--reason", reason, *[word for c in components for word in ("--need", c)])
        text = self.slip("supplement", code)
        for said in (reason, *components):
            self.assertIn(said, text)
        self.ok("stop", code, "--reason", reason)
        self.assertIn(reason, self.slip("stop", code))


class Files(Print):
    def test_without_a_name_it_goes_to_a_folder_of_its_own(self):
        code = self.receive("--code", "03706/2026/07906")["code"]
        path = os.path.join(self.home, "motcua-papers", "03706%2F2026%2F07906-receipt.pdf")
        self.assertIn(path, self.ok("print", "receipt", code))
        self.assertEqual(stat.S_IMODE(os.stat(os.path.dirname(path)).st_mode), 0o700)
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        self.assertIn(NAME, self.text(path))
        folder = self.file("giấy tờ")
        said = self.object("print", "control", code, MOTCUA_PAPERS=folder)
        self.assertEqual(said["file"], os.path.join(folder, "03706%2F2026%2F07906-control.pdf"))
        self.assertTrue(os.path.exists(said["file"]))
        with open(self.file("taken"), "w", encoding="ascii"):
            pass
        done = self.run_now("print", "receipt", code, MOTCUA_PAPERS=self.file("taken"))
        self.assertEqual(done.returncode, 4)
        self.sentence(done)

    def test_a_file_that_cannot_be_written(self):
        code = self.receive()["code"]
        done = self.run_now("print", "receipt", code, "-o", self.file("no/such/folder.pdf"))
        self.assertEqual((done.returncode, done.stdout), (4, b""))
        self.sentence(done)
        for name in ("out.txt", "out", ".pdf", "out.pdf.gz"):
            self.wrong("print", "receipt", code, "-o", name, says=".pdf")

    def test_printer(self):
        code = self.receive()["code"]
        env = self.put_lp()
        self.assertIn("máy in", self.ok("print", "receipt", code, "-o", self.file(), "--send", **env))
        self.assertEqual(self.lp_words(), ["--", self.file()])
        odd = self.file("-d $(touch pwned) 'x'.pdf")  # no shell reads it
        said = self.object("print", "receipt", code, "-o", odd, "--send=Quầy 1; -h", **env)
        self.assertEqual(self.lp_words(), ["-d", "Quầy 1; -h", "--", odd])
        self.assertTrue(said["sent"])
        self.assertFalse(os.path.exists(self.file("pwned")))

    def test_a_printer_that_is_not_there(self):
        code = self.receive()["code"]
        os.makedirs(self.file("empty"))
        self.refused("no_lp", "print", "receipt", code, "-o", self.file(), "--send", status=4, PATH=self.file("empty"))
        self.assertIn(NAME, self.text(self.file()))  # the file stays
        os.remove(self.file())
        error = self.refused("not_printed", "print", "receipt", code, "-o", self.file(), "--send", status=4, **self.put_lp(LP_STATUS="7"))
        self.assertIn("7", error["message"])
        self.assertIn(self.file(), error["message"])
        self.assertIn(NAME, self.text(self.file()))

    def test_wrong_lines(self):
        code = self.receive()["code"]
        self.wrong("print")
        self.wrong("print", "recipt", code, says="receipt, supplement, refusal, apology, stop, control, register")
        self.wrong("print", "receipt")
        self.wrong("print", "receipt", code, code)
        self.wrong("print", "receipt", code, "--from", "2026-01-01", says="--from")
        self.wrong("print", "register", says="--from")
        self.wrong("print", "register", "--from", "2026-01-01", says="--to")
        self.wrong("print", "register", code, "--from", "2026-01-01", "--to", "2026-12-31")
        self.wrong("print", "register", "--from", "2026-12-31", "--to", "2026-01-01")
        self.wrong("print", "register", "--from", "2026-13-31", "--to", "2026-01-01")
        self.assertIn("--send[=", self.ok("print", "--help"))


class Register(Print):
    def register(self, *more, start="2026-01-01", end="2026-12-31"):
        self.ok("print", "register", "--from", start, "--to", end, "-o", self.file(), *more)
        return self.text(self.file())

    def test_rows(self):
        one = self.receive("--phone", "0912345678", "--address", "thôn Một", name="Người Thứ Nhất")["code"]
        two = self.receive(name="Người Thứ Hai")["code"]
        three = self.receive("--at", "2026-11-13T10:00", "--collect", "postal", name="Người Thứ Ba")["code"]
        self.ok("void", two, "--reason", "Ghi nhầm")
        self.ok("resolve", one)
        self.ok("return", one, "--to", "Lê Văn Nhận")
        text = self.register()
        for said in ("SỔ THEO DÕI HỒ SƠ", "Quyển số: 2026", one, two, three, "Người Thứ Nhất", "thôn Một", "0912345678", "Lê Văn Nhận", "Hủy",
                     "Cộng: 3 hồ sơ, số thứ tự từ 1 đến 3.", "Bưu chính", "(12)"):
            self.assertIn(said, text)
        self.assertLess(text.index(one), text.index(two))  # by number, whatever day they came
        self.assertLess(text.index(two), text.index(three))
        self.assertIn("841.89 x 595.276 pts (A4)", self.poppler("pdfinfo", self.file()))
        self.assertEqual(stat.S_IMODE(os.stat(self.file()).st_mode), 0o600)
        self.assertNotIn(three, self.register(start="2026-11-16"))
        self.assertIn("Cộng: 1 hồ sơ, số thứ tự từ 3 đến 3.", self.register(end="2026-11-15"))
        self.assertIn("Không tiếp nhận hồ sơ nào", self.register(start="2026-12-01"))
        said = self.object("print", "register", "--from", "2026-01-01", "--to", "2026-12-31", "-o", self.file())
        self.assertEqual((said["numbered"], said["unnumbered"], said["book"], said["from"], said["to"]), (3, 0, None, "2026-01-01", "2026-12-31"))
        self.ok("print", "register", "--from", "2026-01-01", "--to", "2026-12-31")
        self.assertTrue(os.path.exists(os.path.join(self.home, "motcua-papers", "register-2026-01-01-2026-12-31.pdf")))

    def test_a_book_a_year(self):
        self.clock = "2026-12-31 09:00:00"
        old = self.receive()["code"]
        self.clock = "2027-01-04 09:00:00"
        late, new = self.receive("--at", "2026-12-30T09:00")["code"], self.receive()["code"]
        text = self.register(start="2026-12-01", end="2027-01-31")
        self.assertIn("Quyển số: 2026-2027", text)
        self.assertIn("Cộng: 3 hồ sơ, số thứ tự từ 1/2026 đến 2/2027.", text)
        for code in (old, late, new):
            self.assertIn(code, text)

    def test_a_whole_book_without_a_gap(self):
        self.clock = "2026-12-31 09:00:00"
        for n in range(3):
            self.receive(name=f"Năm cũ {n}")
        self.clock = "2027-01-04 09:00:00"
        late = self.receive("--at", "2026-12-31T10:00", name="Ghi muộn")["code"]  # of the old year, in the new book
        for n in range(2):
            self.receive(name=f"Năm mới {n}")
        self.ok("void", self.receive(name="Ghi nhầm")["code"], "--reason", "Ghi nhầm")
        self.ok("print", "register", "--book", "2027", "-o", self.file())
        text = self.text(self.file())
        for said in ("Quyển số: 2027", "Theo số thứ tự: toàn bộ hồ sơ đã vào sổ của năm 2027", "Cộng: 4 hồ sơ, số thứ tự từ 1 đến 4.", late, "Ghi nhầm"):
            self.assertIn(said, text)
        self.assertNotIn("Năm cũ", text)
        said = self.object("print", "register", "--book", "2026", "-o", self.file())
        self.assertEqual((said["book"], said["from"], said["to"], said["numbered"], said["unnumbered"]), (2026, None, None, 3, 0))
        self.assertIn("Cộng: 3 hồ sơ, số thứ tự từ 1 đến 3.", self.text(self.file()))
        self.ok("print", "register", "--book", "2028")  # one that is not begun yet
        self.assertIn("Sổ của năm này chưa có hồ sơ nào.", self.text(os.path.join(self.home, "motcua-papers", "register-2028.pdf")))
        self.wrong("print", "register", "--book", "2026", "--from", "2026-01-01", "--to", "2026-12-31", says="--book")
        self.wrong("print", "register", "--book", "26")
        self.wrong("print", "receipt", late, "--book", "2026", says="--book")
        self.assertIn("Theo ngày tiếp nhận: ", self.register())  # its other face says by what it goes

    def test_titles_on_every_page_and_the_mark_at_its_foot(self):
        for n in range(40):
            self.receive(name=f"Người thứ {n}")
        self.register()
        pages = self.pages(self.file())
        self.assertGreater(len(pages), 1)
        head = self.head()
        mark = f"{head['seq']}:{head['hash'][:16]}"
        for n, page in enumerate(pages, 1):
            self.assertIn("(12)", page)
            self.assertIn(f"trang {n}/{len(pages)}", page)
            self.assertIn("mốc nhật ký " + mark, page)
            self.assertIn("số liệu tính đến 16/11/2026 09:00", page)
        self.receive()
        self.ok("verify", "--against", mark)  # what stands on the paper is enough to compare with
        self.ok("verify", "--against", mark + head["hash"][16])
        self.ok("verify", "--against", mark.replace("a", "A"))
        wrong = mark[:-1] + ("0" if mark[-1] != "0" else "1")
        done = self.run_now("verify", "--against", wrong)
        self.assertEqual(done.returncode, 4)
        done = self.run_now("verify", "--against", mark + ("0" if head["hash"][16] != "0" else "1"))
        self.assertEqual(done.returncode, 4)
        for short in (mark[:-1], head["seq"], f"{head['seq']}:", mark + "g", f"{head['seq']}:{head['hash']}0"):
            self.wrong("verify", "--against", str(short))


class TurnedAway(Print):
    """The slip of what was turned away goes where every other slip goes."""
    ASKED = ("turn-away", "--procedure", MARRIAGE, "--applicant", NAME, "--need", "Căn cước")

    def papers(self, name):
        return os.path.join(self.home, "motcua-papers", name)

    def test_recorded_and_printed_at_once(self):
        said = self.ok(*self.ASKED, "--print")
        self.assertIn(self.papers("turn-away-02-1-2026.pdf"), said)
        self.assertIn("01/HDHS", self.text(self.papers("turn-away-02-1-2026.pdf")))
        self.assertEqual(stat.S_IMODE(os.stat(self.papers("turn-away-02-1-2026.pdf")).st_mode), 0o600)
        env = self.put_lp()
        self.assertIn("máy in", self.ok(*self.ASKED, "--send=Quầy 1", **env))
        self.assertEqual(self.lp_words(), ["-d", "Quầy 1", "--", self.papers("turn-away-02-2-2026.pdf")])
        self.assertEqual(self.object(*self.ASKED, "-o", self.file(), "--send", **env)["file"], self.file())
        self.assertEqual(self.lp_words(), ["--", self.file()])
        self.ok(*self.ASKED)  # without any of them none is written
        self.assertEqual(sorted(os.listdir(self.papers(""))), ["turn-away-02-1-2026.pdf", "turn-away-02-2-2026.pdf"])
        self.assertEqual(len(self.objects("turn-away", "list")), 4)

    def test_printed_once_more(self):
        self.ok(*self.ASKED)
        self.assertEqual(self.object("turn-away", "print", "02/1")["file"], self.papers("turn-away-02-1-2026.pdf"))
        self.assertIn("Căn cước", self.text(self.papers("turn-away-02-1-2026.pdf")))
        self.ok("turn-away", "print", "02/1", "-o", self.file(), "--send", **self.put_lp())
        self.assertEqual(self.lp_words(), ["--", self.file()])

    def test_no_folder_nothing_is_recorded(self):
        with open(self.file("taken"), "w", encoding="ascii"):
            pass
        done = self.run_now(*self.ASKED, "--print", MOTCUA_PAPERS=self.file("taken"))
        self.assertEqual((done.returncode, done.stdout), (4, b""))
        self.assertEqual(self.objects("turn-away", "list"), [])

    def test_a_printer_that_is_not_there(self):
        os.makedirs(self.file("empty"))
        done = self.run_now(*self.ASKED, "--send", PATH=self.file("empty"))
        self.assertEqual(done.returncode, 4)
        self.assertIn("02", done.stdout.decode())  # recorded, written, and told
        self.sentence(done)
        self.assertEqual(len(self.objects("turn-away", "list")), 1)
        self.assertIn("Căn cước", self.text(self.papers("turn-away-02-1-2026.pdf")))

    def test_help_names_its_sisters(self):
        text = squeezed(self.ok("turn-away", "--help"))
        self.assertIn("motcua turn-away list", text)
        self.assertIn("motcua turn-away print", text)


class OnePage(Print):
    def test_an_ordinary_receipt(self):
        """Three components, everything filled in, an agency with its name in full: one sheet for each procedure of a desk's day."""
        with open(os.path.join(ROOT, "data/procedures.csv"), encoding="utf-8-sig") as f:
            rows = [row for row in csv.DictReader(f) if 100 < len(row["name"]) < 330][::40]
        self.assertGreater(len(rows), 5)
        for row in rows:
            code = self.receive("--phone", "0912345678", "--id-number", "064199001234", "--address", "Làng Klah, xã Tơ Tung, tỉnh Gia Lai", "--limit",
                                "5 working_days", "--component", "Tờ khai theo mẫu", "--component", "Bản sao giấy tờ tùy thân", "--component",
                                "Giấy tờ chứng minh nơi cư trú", procedure=row["code"])["code"]
            self.slip("receipt", code)
            self.assertEqual(len(self.pages(self.file())), 1, row["name"])

    def test_what_a_killed_one_left_is_taken_away(self):
        left = self.file(".motcua-new-abc123")
        with open(left, "w", encoding="ascii"):
            pass
        self.slip("receipt", self.receive()["code"])
        self.assertFalse(os.path.exists(left))


class Signers(Print):
    def test_who_signs_is_set_once_for_all_papers(self):
        code = self.receive()["code"]
        for key, value in (("signer.title", "CHỦ TỊCH"), ("signer.name", "Phạm Quốc Chủ"), ("report.preparer", "Lê Thị Lập")):
            self.ok("config", key, value)
        self.ok("apologize", code, "--reason", "Phải xác minh", "--until", "2026-11-27")
        text = self.slip("apology", code)
        self.assertIn("CHỦ TỊCH", text)
        self.assertIn("Phạm Quốc Chủ", text)
        self.ok("report", "ii06a", "--period", "2026Q4", "--pdf", self.file())
        text = self.text(self.file())
        for said in ("CHỦ TỊCH", "Phạm Quốc Chủ", "Lê Thị Lập"):
            self.assertIn(said, text)


class Demo(Print):
    founded = False

    def test_every_page_of_a_demo_store_says_so(self):
        self.ok("demo", "--until", "2026-11-13")
        dossiers = self.objects("list", "--status", "all")
        code = next(d["code"] for d in dossiers if d["apology"] and d["state"] != "void")
        for slip in ("receipt", "apology", "control"):
            self.assertTrue(self.object("print", slip, code, "-o", self.file())["demo"])
            for page in self.pages(self.file()):
                self.assertIn("DỮ LIỆU MẪU", page)
        self.ok("print", "register", "--from", "2026-11-01", "--to", "2026-11-13", "-o", self.file())
        for page in self.pages(self.file()):
            self.assertIn("DỮ LIỆU MẪU", page)
