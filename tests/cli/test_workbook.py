"""Workbooks and documents as other programs read them: LibreOffice turns every report's workbook into the very numbers that --csv prints, unrtf finds
every text of the survey's list."""
import csv
import html
import io
import os
import re
import shutil
import subprocess
import tempfile
import unittest

import clock
from desk import MOTCUA, ROOT, environment

REPORTS = ("ii06a", "late", "officers", "daily", "letters", "indicators", "d766", "over90", "truth", "points", "catalogue", "public", "survey")
WITHOUT_PERIOD = ("over90", "catalogue", "public")
# Field separator, quote, UTF-8, from the first line, columns as they are, language, no quotes around all, numbers as numbers, not as shown, no
# formulas, spaces kept, every sheet in a file of its own.
FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def setUpModule():
    global home, env
    home = tempfile.mkdtemp(prefix="motcua-workbook-")
    env = {**environment(home, MOTCUA_STORE=os.path.join(home, "S")), **clock.environment("2026-11-20 09:00:00")}
    said("demo", "--until", "2026-11-20")
    files = []
    for report in REPORTS:
        files.append(os.path.join(home, report + ".xlsx"))
        said("report", *words(report), "--xlsx", files[-1])
    done = subprocess.run(["soffice", "-env:UserInstallation=file://" + os.path.join(home, "office"), "--headless", "--convert-to", FILTER, "--outdir",
                           os.path.join(home, "read"), *files], env=environment(home, LC_ALL="C.UTF-8"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise RuntimeError(done.stdout.decode())


def tearDownModule():
    shutil.rmtree(home)


def words(report):
    return (report,) if report in WITHOUT_PERIOD else (report, "--period", "2026Q4")


def said(*line):
    done = subprocess.run([MOTCUA, *line], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode or done.stderr:
        raise RuntimeError((line, done.stderr.decode()))
    return done.stdout.decode()


def tables(report):
    """The tables that --csv prints: titles and rows, without the column that a demo store adds."""
    found, rows = [], csv.reader(io.StringIO(said("report", *words(report), "--csv", "--no-bom")))
    for row in rows:
        if not row:
            found.append([])
            continue
        if not found:
            found.append([])
        found[-1].append([re.sub("^'(?=[=+@\t\r-])", "", cell) for cell in row[:-1]])
    return found


def plain(cell):
    """A cell as LibreOffice writes it, as --csv would: it has dates the American way and shares with their sign."""
    day = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})(?: (\d\d:\d\d):00)?", cell)
    if day:
        month, date, year, hour = day.groups()
        return f"{year}-{month}-{date}" + (f" {hour}" if hour else "")
    share = re.fullmatch(r"(-?[\d.]+)%", cell)
    return number(share.group(1) if share else cell)


def number(cell):
    return f"{float(cell):.2f}" if re.fullmatch(r"-?\d{1,15}(\.\d+)?", cell) and not re.match(r"-?0\d", cell) else cell


HEAD_ABOVE = ["STT", "Lĩnh vực", "Số hồ sơ tiếp nhận", "", "", "", "Số hồ sơ đã giải quyết", "", "", "", "Số hồ sơ đang giải quyết", "", ""]
HEAD_BELOW = ["Tổng số", "Trong kỳ: trực tuyến", "Trong kỳ: trực tiếp, bưu chính", "Từ kỳ trước", "Tổng số", "Trước hạn", "Đúng hạn", "Quá hạn", "Tổng số",
              "Trong hạn", "Quá hạn"]


class Workbook(unittest.TestCase):
    def sheets(self, report):
        """The names, in order, read from the file's own XML."""
        done = subprocess.run(["python3", os.path.join(ROOT, "tests", "tools", "sheet.py"), os.path.join(home, report + ".xlsx")], check=True,
                              stdout=subprocess.PIPE)
        lines = done.stdout.decode().split("\n")
        self.assertFalse([line for line in lines if "\tformula\t" in line])
        return [line.split("\t")[1] for line in lines if line.startswith("sheet\t")]

    def rows(self, report, sheet):
        with open(os.path.join(home, "read", f"{report}-{sheet}.csv"), encoding="utf-8", newline="") as f:
            return list(csv.reader(f))

    def test_the_same_numbers(self):
        compared = 0
        for report in REPORTS:
            with self.subTest(report):
                parts, names = tables(report), self.sheets(report)
                self.assertEqual(len(names), len(parts))
                for name, (titles, *wanted) in zip(names, parts):
                    self.assertLessEqual(len(name), 31)
                    read = [row[:len(titles)] for row in self.rows(report, name)]
                    if report == "ii06a":  # the form's head has two storeys
                        titles = ["", "", *HEAD_BELOW]
                        self.assertIn(HEAD_ABOVE, read)
                        self.assertEqual(read.index(titles), read.index(HEAD_ABOVE) + 1)
                    self.assertIn(titles, read)
                    read = read[read.index(titles) + 1:]
                    if read and read[0][0] == "(1)":
                        self.assertEqual(read.pop(0), [f"({i + 1})" for i in range(len(titles))])
                    for row in wanted:
                        self.assertEqual([plain(cell) for cell in read.pop(0)], [number(cell) for cell in row])
                        compared += len(row)
                    for row in read:  # what stands below has the first column alone
                        self.assertFalse(any(row[1:]), row)
        self.assertGreater(compared, 2000)

    def test_they_say_they_are_invented(self):
        for report in REPORTS:
            for sheet in self.sheets(report):
                self.assertTrue(any("hư cấu" in row[0] for row in self.rows(report, sheet) if row), (report, sheet))

    def test_the_same_bytes(self):
        """A book says in which second it was written: made twice, until both were in the same."""
        for report in ("ii06a", "survey"):
            paths = [os.path.join(home, name) for name in ("once.xlsx", "again.xlsx")]
            for _ in range(10):
                made = []
                for path in paths:
                    said("report", *words(report), "--xlsx", path)
                    with open(path, "rb") as f:
                        made.append(f.read())
                if made[0] == made[1]:
                    break
            self.assertEqual(made[0], made[1])


class Document(unittest.TestCase):
    def test_every_text_of_the_survey(self):
        path = os.path.join(home, "khao-sat.doc")
        said("report", *words("survey"), "--doc", path)
        with open(path, "rb") as f:
            self.assertEqual(f.read(6), b"{\\rtf1")
        done = subprocess.run(["unrtf", "--html", path], check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        read = html.unescape(re.sub(r"<[^>]*>", "", done.stdout.decode("utf-8", "replace")))
        read = re.sub(r"\s+", " ", read)
        (titles, *rows), *_ = tables("survey")
        self.assertGreater(len(rows), 5)
        for cell in titles + [cell for row in rows for cell in row]:
            day = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell)
            self.assertIn("/".join(reversed(day.groups())) if day else re.sub(r"\s+", " ", cell), read)
