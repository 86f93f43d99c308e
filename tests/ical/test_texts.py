"""Texts of every kind that a desk types, or pastes: whoever reads the calendar reads the same letters: libical, calcurse,
and python3-icalendar with khal, which stands on it."""
import os
import subprocess
import unicodedata

import icalendar
import rfc5545
from test_feed import PROGRAM, World, khal_config

READER = os.path.join(os.path.dirname(PROGRAM), "tests", "ical_read")
NOON = "2026-11-16 12:00:00"  # a Monday
LONG = "Xác nhận, chứng thực; " * 41  # 900 characters and some
TEXTS = (
    "Phòng A, B; C:D \"E\" 'F' /G",
    "C:\\Hồ sơ\\Tài liệu \\, \\; \\\\",
    "Gia đình 👨👩👧👦 🇻🇳 😀 𝟙 ﷽",
    unicodedata.normalize("NFD", "Nguyễn Thị Hường, ấp Bắc Đuống; tổ 5"),
    "مرحبا بالعالم, שלום; עולם",
    "BEGIN:VEVENT",
    "END:VCALENDAR;X=1:y",
    "DTSTART;VALUE=DATE:20200101",
    "a\u0323\u0302\u0301\u0310\u0311" * 40,
    "ữ" * 300,
    "Nguyễn Văn\u2011A – “B” …",
    "%s%n%d {uid} ${HOME} `id` $(id) <b>&amp;</b> --",
    LONG.strip(),
)
# python3-icalendar 4.0, on which khal stands, takes escapes away one kind after the other: of what begins with a backslash nothing is left.
BEYOND_ICALENDAR = (TEXTS[1],)


class Texts(World):
    """One dossier for each text, which stands in every place that a calendar tells of."""

    @classmethod
    def prepare(cls):
        cls.expected = {}
        cls.done("init", "--office", TEXTS[0], "--agency", "H42.26.21", at="2026-11-16 07:00:00")
        for n, text in enumerate(TEXTS):
            cls.done("officer", "put", f"login{n}", "--name", text, "--role", "specialist", "--unit", text, at="2026-11-16 08:00:00")
            cls.done("procedure", "put", f"9.{n:06}", "--name", text, "--field", f"Lĩnh vực {n}", "--limit", "20 working_days", at="2026-11-16 08:00:00")
            code = cls.done("receive", "--procedure", f"9.{n:06}", "--applicant", text, "--note", text + "\nKÍN", "--address", "KÍN " + text[:200],
                            "--officer", f"login{n}", "--json", at="2026-11-16 08:00:00").objects[0]["code"]
            cls.done("apologize", code, "--reason", text, "--until", "2026-12-21", at="2026-11-16 08:00:00")
            cls.expected[code + "@H42.26.21"] = unicodedata.normalize("NFC", text)
        cls.raw = cls.done("export", "ics", "--with-names", "--alarm", "1d", at=NOON).bytes
        cls.file = cls.path("all.ics")
        with open(cls.file, "wb") as file:
            file.write(cls.raw)

    def as_meant(self, read, beyond=()):
        """{uid: (summary, description, location)}: each holds what was typed, except the texts that are beyond this reader."""
        self.assertEqual(set(read), set(self.expected))
        for uid, (summary, description, location) in read.items():
            text = self.expected[uid]
            if text in beyond:
                continue
            for line in ("Chủ hồ sơ: " + text, "Lý do: " + text, f"Người xử lý: {text}, {text}"):
                self.assertIn(line, description.split("\n"), uid)
            self.assertIn(f"Thủ tục: {text} (9.", description)
            self.assertNotIn("KÍN", summary + description)
            self.assertEqual(location, TEXTS[0])
            whole = "Hẹn lại " + uid.split("@")[0].rsplit("-", 1)[1] + f" · {text} · {text}"
            self.assertTrue(summary == whole or (summary.endswith("…") and len(summary) > 60 and whole.startswith(summary[:-1])), summary)

    def test_the_stream_is_sound(self):
        self.assertEqual(rfc5545.complaints(self.raw), [])
        self.assertEqual(self.raw.count(b"\r\nBEGIN:VEVENT\r\n"), len(TEXTS))

    def test_libical(self):
        said = subprocess.run([READER], input=self.raw, capture_output=True, check=True).stdout.decode()
        items = [item.split("\x1f") for item in said.split("\x1e")[:-1]]
        self.as_meant({uid: tuple(texts) for uid, *texts in items})

    def test_icalendar(self):
        items = icalendar.Calendar.from_ical(self.raw).walk("VEVENT")
        self.as_meant({str(i["UID"]): tuple(str(i[name]) for name in ("SUMMARY", "DESCRIPTION", "LOCATION")) for i in items}, beyond=BEYOND_ICALENDAR)

    def test_khal(self):
        with open(self.path("config"), "w") as file:
            file.write(khal_config(self.path("khal")))
        os.mkdir(self.path("khal"))
        self.tool("khal", "-c", self.path("config"), "import", "--batch", self.file)
        said = self.tool("khal", "-c", self.path("config"), "list", "--format", "{uid}\x1f{title}\x1f{description}\x1f{location}\x1e", "--day-format", "",
                         "2026-12-21", "2026-12-22")
        items = [item.strip("\n").split("\x1f") for item in said.split("\x1e")[:-1]]
        self.as_meant({uid: tuple(texts) for uid, *texts in items}, beyond=BEYOND_ICALENDAR)

    def test_calcurse(self):
        """It keeps the summary, and description and place in a note, which it shows set in."""
        def calcurse(*arguments):
            return self.tool("calcurse", "-D", self.path("calcurse"), "-C", self.path("calcurse"), *arguments)

        self.assertIn(f"{len(TEXTS)} events", calcurse("-i", self.file))
        said = calcurse("-Q", "--input-datefmt", "4", "--filter-type", "cal", "--from", "2026-12-21", "--days", "1", "--format-event", "%m\x1f%N\x1e")
        read = {}
        for item in said.split("\x1e")[:-1]:
            summary, note = item.split("\x1f")
            description, location = note.rstrip("\n").replace("\n\t", "\n").removeprefix("\t").split("\n-- \nLocation: ")
            code = description.split("Mã hồ sơ: ")[1].split("\n")[0]
            read[code + "@H42.26.21"] = (summary.split("\n")[-1], description, location)
        self.as_meant(read)
