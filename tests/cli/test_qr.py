"""The appointment as a QR code: zbarimg, which shares nothing with the program, reads every picture of it back; the blocks of a terminal and the
paths of an SVG are set as pictures again first."""
import datetime
import os
import random
import re
import stat
import subprocess
import sys

import icalendar

from desk import NAME, ROOT, Desk
from test_waiting import ASK

sys.path.append(os.path.join(ROOT, "tests", "ical"))
import rfc5545  # noqa: E402

PHONE = "0912345678"
HALVES = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}


class Code(Desk):
    def scanned(self, path):
        """What a camera reads off a picture, as the text that it takes it for."""
        done = subprocess.run(["zbarimg", "--raw", "--quiet", "--oneshot", "-Sdisable", "-Sqrcode.enable", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 0, path)
        return done.stdout.decode()

    def scanned_rows(self, rows):
        """The same of rows of modules, true where black."""
        path = os.path.join(self.home, "rows.pbm")
        with open(path, "w", encoding="ascii") as f:
            print("P1", 8 * len(rows[0]), 8 * len(rows), file=f)
            for row in rows:
                line = " ".join(str(int(m)) for m in row for _ in range(8))
                f.write((line + "\n") * 8)
        return self.scanned(path)

    def rows_of(self, lines, drawn_is_black):
        self.assertEqual(len({len(line) for line in lines}), 1)
        rows = []
        for line in lines:
            for half in (0, 1):
                rows.append([(HALVES[c][half] == 1) == drawn_is_black for c in line])
        return rows

    def event(self, content):
        """The event of a code, as another program reads it in a calendar."""
        whole = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n" + content + "END:VCALENDAR\r\n"
        (event,) = icalendar.Calendar.from_ical(whole).walk("VEVENT")
        self.assertEqual(event.errors, [])
        return event

    def utc(self, text):
        return datetime.datetime.fromisoformat(text).astimezone(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")

    def test_a_picture_holds_the_appointment(self):
        d = self.receive("--phone", PHONE)
        path = os.path.join(self.home, "hẹn.png")
        said = self.object("qr", d["code"], "-o", path)
        self.assertEqual(sorted(said), ["code", "content", "demo", "due_at", "file", "version"])
        self.assertEqual((said["code"], said["due_at"], said["file"]), (d["code"], d["due_at"], path))
        self.assertEqual(self.scanned(path), said["content"])
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode) & 0o044, 0o044)  # nothing personal in it
        self.assertEqual(rfc5545.complaints(said["content"].encode(), top="VEVENT"), [])
        lines = said["content"].split("\r\n")
        self.assertEqual((lines[0], lines[-2:]), ("BEGIN:VEVENT", ["END:VEVENT", ""]))
        self.assertIn("DTSTART:" + self.utc(d["due_at"]), lines)
        self.assertIn(f"SUMMARY:Nhận kết quả hồ sơ {d['code']}", lines)
        self.assertIn("LOCATION:UBND xã Tơ Tung", lines)
        self.assertIn(f"UID:{d['code']}@H42.26.21", lines)  # as in the exported calendar
        self.assertIn("TRIGGER:-P1D", lines)
        for secret in (NAME, PHONE, "Hương"):
            self.assertNotIn(secret, said["content"])
        again = os.path.join(self.home, "again.PNG")
        self.assertIn(again, self.ok("qr", d["code"], "-o", again))
        with open(path, "rb") as a, open(again, "rb") as b:
            self.assertEqual(a.read(), b.read())
        bare = self.object("qr", d["code"])
        self.assertEqual((bare["content"], bare["file"], bare["version"]), (said["content"], None, said["version"]))
        self.assertIn("SUMMARY:Collect the result of " + d["code"], self.object("qr", d["code"], "--lang", "en")["content"])

    def test_an_svg_is_the_same_code(self):
        code = self.receive()["code"]
        path = os.path.join(self.home, "x.svg")
        said = self.object("qr", code, "-o", path)
        with open(path, encoding="utf-8") as f:
            svg = f.read()
        side = int(re.search(r'viewBox="0 0 (\d+) \1"', svg).group(1))
        self.assertEqual(side, 17 + 4 * said["version"] + 8)
        rows = [[False] * side for _ in range(side)]
        for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", svg):
            for i in range(int(run)):
                rows[int(y)][int(x) + i] = True
        self.assertEqual(self.scanned_rows(rows), said["content"])

    def test_it_is_an_event_like_that_of_the_calendar(self):
        d = self.receive()
        event = self.event(self.object("qr", d["code"])["content"])
        (exported,) = icalendar.Calendar.from_ical(self.ok("export", "ics")).walk("VEVENT")
        due = datetime.datetime.fromisoformat(d["due_at"])
        self.assertEqual(event["uid"], exported["uid"])
        self.assertEqual(event["dtstamp"].dt, exported["dtstamp"].dt)
        self.assertEqual(event["dtstart"].dt, due)
        self.assertEqual(exported["dtstart"].dt, due.date())
        (alarm,) = event.walk("VALARM")
        self.assertEqual((alarm["trigger"].dt, alarm["action"]), (datetime.timedelta(days=-1), "DISPLAY"))
        self.assertEqual((event["summary"], event["location"]), ("Nhận kết quả hồ sơ " + d["code"], "UBND xã Tơ Tung"))

    def test_the_longest_are_no_finer_than_version_20(self):
        """Whatever the office and the codes are called, all of it fits a code that a cheap phone reads off a slip."""
        self.founded = False
        chance = random.Random(20)
        signs = "Ủy ban nhân dân xã; Đắk, \\ 王 ệ ữ"
        for n in (1000, *(chance.randrange(1, 1000) for _ in range(4))):
            self.env["MOTCUA_STORE"] = "%s-%d" % (self.store, n)
            self.ok("init", "--office", "X" + "".join(chance.choice(signs) for _ in range(n - 2)) + "X", "--agency", "H" + "9" * (29 if n == 1000 else chance.randrange(29)))
            for size in (60, chance.randrange(4, 60)):
                for collect in ("desk", "postal"):
                    code = self.receive("--code", (collect[0] + str(n) + "-" * 60)[:size - 1] + "z", "--collect", collect)["code"]
                    said = self.object("qr", code, "-o", os.path.join(self.home, "x.png"), "--lang", chance.choice(("vi", "en")))
                    self.assertLessEqual(said["version"], 20)
                    event = self.event(said["content"])
                    self.assertTrue(event["uid"].startswith(code + "@"))
                    for line in said["content"].split("\r\n"):
                        self.assertLessEqual(len(line.encode()), 75)
            self.assertEqual(self.scanned(os.path.join(self.home, "x.png")), said["content"])

    def test_a_demo_says_so_on_the_phone(self):
        self.founded = False
        self.env["MOTCUA_STORE"] = self.store + "-demo"
        self.ok("demo", "--dossiers", "3")
        code = self.receive()["code"]
        self.assertIn("SUMMARY:[thử] Nhận kết quả", self.object("qr", code)["content"])
        for rows in (23, 24, 100):
            status, said, _ = self.at_terminal(rows, 200, "qr", code)
            self.assertEqual(status, 0)
            self.assertTrue(said.startswith("[SỔ DÙNG THỬ] " + code))
            self.assertIn("SUMMARY:[thử] ", self.scanned_rows(self.rows_of([line for line in said.split("\n") if line[:1] == "█"], False)))
        self.assertTrue(self.ok("qr", code).startswith("[SỔ DÙNG THỬ: "))

    def test_blocks_where_nobody_is_looking(self):
        code = self.receive()["code"]
        caption, *lines = self.ok("qr", code).rstrip("\n").split("\n")
        self.assertIn(code, caption)
        self.assertEqual(self.scanned_rows(self.rows_of(lines, False)), self.object("qr", code)["content"])

    def shown(self, rows, columns, said):
        """What stands in a terminal of that size afterwards, the prompt in its last line: what does not fit a row goes on in the next, and
        rows go away at the top."""
        screen = []
        for line in said.split("\n"):
            parts = [line[at:at + columns] for at in range(0, len(line), columns)]
            screen += parts or [""]
        self.assertEqual(screen.pop(), "")  # the prompt's
        return screen[-(rows - 1):]

    def read_at(self, rows, columns, code, *more):
        """The words and the appointment that a terminal of that size still shows when the prompt is back."""
        status, said, complaint = self.at_terminal(rows, columns, "qr", code, *more)
        self.assertEqual((status, complaint), (0, ""))
        lines = self.shown(rows, columns, said)
        self.assertEqual(len(lines), said.count("\n"))
        blocks = [line for line in lines if line[:1] == "█"]
        words = [line for line in lines if line not in blocks]
        self.assertEqual(lines, words + blocks)
        return " ".join(words), self.scanned_rows(self.rows_of(blocks, False))

    def test_a_terminal_gets_what_it_has_room_for(self):
        d = self.receive()
        whole = self.object("qr", d["code"])["content"]
        seen = set()
        for rows, columns in ((23, 60), (23, 80), (24, 80), (30, 80), (60, 100)):
            words, content = self.read_at(rows, columns, d["code"])
            if rows > 23:  # what a small one leaves out, where a row is left to say so
                self.assertEqual(("lời nhắc" in words, "địa điểm" in words), ("VALARM" not in content, "LOCATION" not in content))
            self.assertEqual(self.event(content)["dtstart"].dt, datetime.datetime.fromisoformat(d["due_at"]))
            self.assertIn("\r\nDTSTART:" + self.utc(d["due_at"]) + "\r\n", content)
            self.assertRegex(content, f"\r\nSUMMARY:.*{d['code']}\r\n")
            seen.add(content)
        self.assertEqual(len(seen), 3)
        self.assertIn(whole, seen)
        for rows, columns in ((22, 80), (60, 40)):
            status, said, complaint = self.at_terminal(rows, columns, "qr", d["code"])
            self.assertEqual((status, said), (1, ""))
            self.assertIn("-o", complaint)

    def test_the_size_it_asks_for_is_enough(self):
        """And a row or a column less is not: in every width that a terminal may have."""
        code = self.receive()["code"]
        for columns in (20, 45, 58, 59, 80, 200):
            _, said, complaint = self.at_terminal(10, columns, "qr", code)
            rows, wide = (int(n) for n in re.search(r"\((\d+) dòng,\s+(\d+)\s+cột\)", complaint).groups())
            self.assertEqual((said, wide), ("", 45))
            wide = max(wide, columns)
            words, _ = self.read_at(rows, wide, code)
            self.assertIn(code, words)
            for less in ((rows - 1, wide), (rows, 44)):
                self.assertEqual(self.at_terminal(*less, "qr", code)[:2], (1, ""))

    def test_all_that_must_be_said_stands_in_80x24(self):
        """The code, whose it is and when, that it is scanned, and that a store is a demo's: at once, with the prompt below, whatever the
        shape of the dossier's code, in both languages. Where colours are not used all is one column to a character."""
        shapes = ("000.00.53.H48-220921-0099", "000.A0.01.H26-210212-9090", "H15.50.05.13-261008-0975", "03706/2026/07906", "")
        scan = {"vi": "Quét bằng máy ảnh", "en": "Scan "}
        for demo in (False, True):
            if demo:
                self.founded = False
                self.env["MOTCUA_STORE"] = self.store + "-demo"
                self.ok("demo", "--dossiers", "3")
            for shape in shapes:
                d = self.receive(*(("--code", shape) if shape else ()))
                due = datetime.datetime.fromisoformat(d["due_at"])
                for lang, when in (("vi", due.strftime("%d/%m/%Y %H:%M")), ("en", due.strftime("%Y-%m-%d %H:%M"))):
                    for rows in (23, 24):
                        words, content = self.read_at(rows, 80, d["code"], "--lang", lang)
                        self.assertIn(f"{d['code']}: {when}. {scan[lang]}", words)
                        self.assertEqual("DÙNG THỬ]" in words or "DEMO STORE]" in words, demo)
                        self.assertEqual("Mã nhỏ" in words or "Small code" in words, rows == 24)
                        self.assertIn(d["code"], self.event(content)["summary"])

    def test_what_is_read_is_what_was_meant(self):
        """Whatever the office is called, few marks or many: by a reader that takes a text for what the code says it is."""
        self.founded = False
        offices = ("UBND xã Ia Hrú", "UBND phường Bến Nghé", "UBND xã Krông Á", "Trung tâm Phục vụ hành chính công xã Đắk Nhau", "Office of Hoà Xá",
                   "ỦY BAN NHÂN DÂN XÃ KỲ SƠN, TỈNH NGHỆ AN; BỘ PHẬN MỘT CỬA", "Town Hall")
        for i, office in enumerate(offices):
            self.env["MOTCUA_STORE"] = f"{self.store}-{i}"
            self.ok("init", "--office", office, "--agency", "H42.26.21")
            code = self.receive()["code"]
            for lang in ("vi", "en"):
                said = self.object("qr", code, "-o", os.path.join(self.home, "x.png"), "--lang", lang)
                self.assertEqual(self.scanned(os.path.join(self.home, "x.png")), said["content"])
                _, seen = self.read_at(30, 100, code, "--lang", lang)
                for content in (said["content"], seen):
                    place = self.event(content)["location"].rstrip("…")  # as much as a line holds
                    self.assertTrue(office.startswith(place) and len(place) >= min(len(office), 40), place)

    def test_black_on_white_where_there_are_colours(self):
        d = self.receive()
        status, said, _ = self.at_terminal(60, 100, "qr", d["code"], TERM="xterm-256color")
        self.assertEqual(status, 0)
        lines = re.findall("\033\\[38;5;16;48;5;231m([^\033\n]*)\033\\[0m\n", said)
        self.assertEqual(self.scanned_rows(self.rows_of(lines, True)), self.object("qr", d["code"])["content"])

    def test_the_date_of_its_letter(self):
        code = self.receive()["code"]
        self.ok("apologize", code, "--reason", "Chờ xác minh", "--until", "2026-11-27")
        self.assertIn("DTSTART:20261127T100000Z", self.object("qr", code)["content"])
        self.clock = "2026-11-28 09:00:00"
        self.refused("no_appointment", "qr", code)

    def test_what_is_sent_is_not_fetched(self):
        code = self.receive("--collect", "postal")["code"]
        content = self.object("qr", code)["content"]
        self.assertNotIn("LOCATION", content)
        self.assertNotIn("Nhận kết quả", content)

    def test_no_appointment(self):
        codes = [self.receive()["code"] for _ in range(5)]
        self.ok("supplement", codes[0], *ASK)
        self.ok("stop", codes[1], "--reason", "Không cần nữa")
        self.ok("resolve", codes[2])
        self.ok("qr", codes[2])  # ready early: the appointment still stands
        self.ok("resolve", codes[3])
        self.ok("return", codes[3])
        for code in (codes[0], codes[1], codes[3]):
            self.refused("no_appointment", "qr", code)
        self.ok("restart", codes[0])
        self.ok("qr", codes[0])
        self.clock = "2026-12-16 09:00:00"
        said = {self.refused("no_appointment", "qr", code)["message"].split(":", 1)[1] for code in (codes[0], codes[2], codes[3], codes[4])}
        self.assertEqual(len(said), 3, said)  # past, ready, ended
        self.refused("unknown_dossier", "qr", "9999-9999")

    def test_wrong_lines(self):
        code = self.receive()["code"]
        for name in ("x.jpg", "png", ".pn", "-"):
            self.wrong("qr", code, "-o", name, says=".svg")
        self.wrong("qr")
        self.wrong("qr", code, code)
        self.refused("io_error", "qr", code, "-o", os.path.join(self.home, "none", "x.png"), status=4)
        before = os.listdir(self.home)
        full = self.run_now("qr", code, "-o", os.path.join(self.home, "none", "x.svg"))
        self.assertEqual((full.returncode, os.listdir(self.home)), (4, before))
