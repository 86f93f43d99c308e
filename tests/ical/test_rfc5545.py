"""The checker of iCalendar streams finds what is broken; and what motcua writes, ten thousand items of it, neither it nor python3-icalendar nor libical
finds fault with."""
import os
import resource
import shutil
import subprocess
import tempfile
import unittest

import clock
import icalendar
import rfc5545
from test_feed import PROGRAM, World

SOUND = """BEGIN:VCALENDAR
PRODID:-//motcua//motcua 0.1.0//VI
VERSION:2.0
CALSCALE:GREGORIAN
NAME:Hẹn trả hồ sơ
COLOR:SteelBlue
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-WR-CALNAME:Hẹn trả, hồ sơ; tất cả
BEGIN:VEVENT
UID:1@H42
DTSTAMP:20261119T093625Z
DTSTART;VALUE=DATE:20261120
DTEND;VALUE=DATE:20261121
SUMMARY;LANGUAGE=vi:Hẹn trả\\, 0041\\; a\\\\b\\nc: "đ"
CATEGORIES:Chứng thực,Hộ tịch
STATUS:CONFIRMED
TRANSP:TRANSPARENT
SEQUENCE:2
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-P1DT2H
DESCRIPTION:Hẹn trả
END:VALARM
END:VEVENT
BEGIN:VTODO
UID:2@H42
DTSTAMP:20261119T093625Z
DUE:20261120T100000Z
STATUS:COMPLETED
COMPLETED:20261119T093625Z
PERCENT-COMPLETE:100
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER;RELATED=END:-PT15M
DESCRIPTION:Hẹn trả
END:VALARM
END:VTODO
BEGIN:VTIMEZONE
TZID:Asia/Ho_Chi_Minh
BEGIN:STANDARD
DTSTART:19750613T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0700
END:STANDARD
END:VTIMEZONE
END:VCALENDAR
"""

# What is changed in the sound one, into what, and a part of the one complaint that must come of it.
BROKEN = (
    ("PRODID:-//motcua//motcua 0.1.0//VI\n", "", "VCALENDAR without PRODID"),
    ("VERSION:2.0\n", "", "VCALENDAR without VERSION"),
    ("VERSION:2.0\n", "VERSION:2.0\nVERSION:2.0\n", "VERSION stands twice"),
    ("VERSION:2.0", "VERSION:1.0", "VERSION is wrong"),
    ("GREGORIAN", "LUNAR", "CALSCALE is wrong"),
    ("SteelBlue", "#4682B4", "COLOR is wrong"),
    (";VALUE=DURATION:PT1H", ":PT1H", "REFRESH-INTERVAL must say VALUE=DURATION"),
    (";VALUE=DURATION:PT1H", ";VALUE=DURATION:1H", "REFRESH-INTERVAL is wrong"),
    (";VALUE=DURATION:PT1H", ";VALUE=DURATION:-PT1H", "REFRESH-INTERVAL is wrong"),
    ("UID:1@H42\n", "", "VEVENT without UID"),
    ("UID:1@H42\n", "UID:\n", "UID is wrong"),
    ("UID:1@H42\n", "UID:1@H42\nUID:1@H42\n", "UID stands twice in VEVENT"),
    ("UID:2@H42", "UID:1@H42", "the UID 1@H42 stands twice"),
    ("DTSTAMP:20261119T093625Z\nDTSTART", "DTSTART", "VEVENT without DTSTAMP"),
    ("DTSTAMP:20261119T093625Z\nDUE", "DUE", "VTODO without DTSTAMP"),
    ("DTSTAMP:20261119T093625Z\nDTSTART", "DTSTAMP:20261119T093625\nDTSTART", "DTSTAMP is wrong"),
    ("DTSTAMP:20261119T093625Z\nDTSTART", "DTSTAMP:20261119T253625Z\nDTSTART", "DTSTAMP is wrong"),
    ("DTSTAMP:20261119T093625Z\nDTSTART", "DTSTAMP;VALUE=DATE:20261119\nDTSTART", "DTSTAMP is no DATE"),
    ("DTSTART;VALUE=DATE:20261120\nDTEND;VALUE=DATE:20261121\n", "", "VEVENT without DTSTART"),
    ("DTSTART;VALUE=DATE:20261120", "DTSTART;VALUE=DATE:20260230", "DTSTART is wrong"),
    ("DTSTART;VALUE=DATE:20261120", "DTSTART;VALUE=DATE:2026-11-20", "DTSTART is wrong"),
    ("DTSTART;VALUE=DATE:20261120", "DTSTART:20261120", "DTSTART is wrong"),
    ("DTSTART;VALUE=DATE:20261120\nDTEND", "DTSTART;VALUE=DATE:20261120T100000Z\nDTEND", "DTSTART is wrong"),
    ("DTSTART;VALUE=DATE:20261120\nDTEND", "DTSTART:20261120T100000Z\nDTEND", "DTEND is of another kind"),
    ("DTSTART;VALUE=DATE:20261120\nDTEND", "DTSTART;TZID=Asia/Saigon;VALUE=DATE:20261120\nDTEND", "may not have the parameter TZID"),
    ("DTEND;VALUE=DATE:20261121", "DTEND;VALUE=DATE:20261120", "DTEND is not after DTSTART"),
    ("DTEND;VALUE=DATE:20261121", "DTEND;VALUE=DATE:20261121\nDURATION:P1D", "has an end and a DURATION"),
    ("DTEND;VALUE=DATE:20261121", "DURATION:PT5H", "a DURATION of hours"),
    ("DTEND;VALUE=DATE:20261121", "DURATION:-P1D", "DURATION is wrong"),
    ("DTEND;VALUE=DATE:20261121", "DUE;VALUE=DATE:20261121", "DUE may not stand in VEVENT"),
    ("TRANSP:TRANSPARENT", "TRANSP:FREE", "TRANSP is wrong"),
    ("TRANSP:TRANSPARENT", "TRANSPARENT", "no content line"),
    ("TRANSP:TRANSPARENT", "COLOUR:red", "COLOUR may not stand"),
    ("TRANSP:TRANSPARENT", "RRULE:FREQ=DAILY", "RRULE may not stand"),
    ("TRANSP:TRANSPARENT", "CLASS;CLASS:PUBLIC", "no content line"),
    ("STATUS:CONFIRMED", "STATUS:NEEDS-ACTION", "VEVENT cannot be NEEDS-ACTION"),
    ("STATUS:COMPLETED", "STATUS:CONFIRMED", "VTODO cannot be CONFIRMED"),
    ("STATUS:COMPLETED\n", "STATUS:COMPLETED\nSTATUS:COMPLETED\n", "STATUS stands twice"),
    ("SEQUENCE:2", "SEQUENCE:-1", "SEQUENCE is wrong"),
    ("SEQUENCE:2", "SEQUENCE:two", "SEQUENCE is wrong"),
    ("SEQUENCE:2", "SEQUENCE:2\nSEQUENCE:3", "SEQUENCE stands twice"),
    ("SEQUENCE:2", "PRIORITY:10", "PRIORITY is wrong"),
    ("PERCENT-COMPLETE:100", "PERCENT-COMPLETE:101", "PERCENT-COMPLETE is wrong"),
    ("COMPLETED:20261119T093625Z", "COMPLETED;VALUE=DATE:20261119", "COMPLETED is no DATE"),
    ("DUE:20261120T100000Z", "DUE:20261120T100000Z\nDTSTART:20261120T100000Z", "DUE is not after DTSTART"),
    ("DUE:20261120T100000Z", "DUE:20261120T100000Z\nDTSTART;VALUE=DATE:20261119", "DUE is of another kind"),
    ("DUE:20261120T100000Z", "DURATION:P1D", "DURATION without DTSTART"),
    ("0041\\;", "0041;", "SUMMARY is wrong"),
    ("trả\\, 0041", "trả, 0041", "SUMMARY is wrong"),
    ("a\\\\b", "a\\b", "SUMMARY is wrong"),
    ("a\\\\b", "a\\:b", "SUMMARY is wrong"),
    ("Chứng thực,Hộ tịch", "Chứng thực;Hộ tịch", "CATEGORIES is wrong"),
    (";LANGUAGE=vi", ";LANGUAGE=vi;LANGUAGE=en", "has LANGUAGE twice"),
    (";LANGUAGE=vi", ";RELATED=END", "may not have the parameter RELATED"),
    (";LANGUAGE=vi", ';LANGUAGE="vi', "no content line"),
    ("ACTION:DISPLAY\nTRIGGER:", "TRIGGER:", "VALARM without ACTION"),
    ("ACTION:DISPLAY\nTRIGGER:", "ACTION:AUDIO\nTRIGGER:", "ACTION is wrong"),
    ("TRIGGER:-P1DT2H\n", "", "VALARM without TRIGGER"),
    ("TRIGGER:-P1DT2H\n", "TRIGGER:-P1DT2H\nTRIGGER:-P1D\n", "TRIGGER stands twice"),
    ("TRIGGER:-P1DT2H", "TRIGGER:-P1D2H", "TRIGGER is wrong"),
    ("TRIGGER:-P1DT2H", "TRIGGER:-PT1H30S", "TRIGGER is wrong"),
    ("TRIGGER:-P1DT2H", "TRIGGER:-P", "TRIGGER is wrong"),
    ("TRIGGER:-P1DT2H", "TRIGGER;VALUE=DATE-TIME:20261119T093625", "TRIGGER is wrong"),
    ("TRIGGER:-P1DT2H", "TRIGGER;RELATED=MIDDLE:-P1D", "related to nothing known"),
    ("TRIGGER;RELATED=END:", "TRIGGER:", "counts from a START that is not there"),
    ("DESCRIPTION:Hẹn trả\nEND:VALARM\nEND:VEVENT", "END:VALARM\nEND:VEVENT", "VALARM without DESCRIPTION"),
    ("DESCRIPTION:Hẹn trả\nEND:VALARM\nEND:VEVENT", "DESCRIPTION:Hẹn\nREPEAT:2\nEND:VALARM\nEND:VEVENT", "DURATION and REPEAT belong together"),
    ("DESCRIPTION:Hẹn trả\nEND:VALARM\nEND:VEVENT", "DESCRIPTION:Hẹn\nSTATUS:CONFIRMED\nEND:VALARM\nEND:VEVENT", "STATUS may not stand in VALARM"),
    ("BEGIN:VTODO\n", "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER;VALUE=DATE-TIME:20261119T093625Z\nDESCRIPTION:x\nEND:VALARM\nBEGIN:VTODO\n",
     "VALARM may not stand in VCALENDAR"),
    ("BEGIN:VTODO\n", "BEGIN:VPARTY\nEND:VPARTY\nBEGIN:VTODO\n", "VPARTY may not stand in VCALENDAR"),
    ("TZID:Asia/Ho_Chi_Minh\n", "", "VTIMEZONE without TZID"),
    ("BEGIN:STANDARD\nDTSTART:19750613T000000\nTZOFFSETFROM:+0800\nTZOFFSETTO:+0700\nEND:STANDARD\n", "", "VTIMEZONE holds nothing"),
    ("DTSTART:19750613T000000\n", "", "STANDARD without DTSTART"),
    ("DTSTART:19750613T000000\n", "DTSTART:19750613T000000Z\n", "begins by its own clock"),
    ("TZOFFSETFROM:+0800\n", "", "STANDARD without TZOFFSETFROM"),
    ("TZOFFSETTO:+0700", "TZOFFSETTO:0700", "TZOFFSETTO is wrong"),
    ("TZOFFSETTO:+0700", "TZOFFSETTO:-0000", "TZOFFSETTO is wrong"),
    ("END:VEVENT\n", "END:VTODO\nEND:VEVENT\n", "END:VTODO ends nothing"),
    ("END:VCALENDAR\n", "", "VCALENDAR does not end"),
    ("END:VCALENDAR\n", "END:VCALENDAR\nSUMMARY:more\n", "SUMMARY outside of any component"),
    ("END:VCALENDAR\n", "END:VCALENDAR\nBEGIN:VCALENDAR\nPRODID:x\nVERSION:2.0\nBEGIN:VTODO\nUID:3\nDTSTAMP:20261119T093625Z\nEND:VTODO\nEND:VCALENDAR\n",
     "2 components of the outermost kind"),
    ("SEQUENCE:2\n", "SEQUENCE:2\n\n", "no content line"),
    ("SEQUENCE:2\n", "SEQUENCE:2\n \n", "an empty continuation"),
    ("SEQUENCE:2\n", "SEQUENCE:2\nLOCATION:" + "x" * 67 + "\n", "longer than 75 octets"),
    ("SEQUENCE:2\n", "SEQUENCE:2\nLOCATION:a\tb\x01c\n", "a control character"),
)


def wire(text):
    return text.replace("\n", "\r\n").encode()


class Checker(unittest.TestCase):
    def test_a_sound_calendar_is_one(self):
        self.assertEqual(rfc5545.complaints(wire(SOUND)), [])

    def test_each_fault_is_found_for_what_it_is(self):
        for old, new, complaint in BROKEN:
            with self.subTest(new=new, complaint=complaint):
                self.assertIn(old, SOUND)
                found = rfc5545.complaints(wire(SOUND.replace(old, new, 1)))
                self.assertTrue(any(complaint in said for said in found), found)
                self.assertLessEqual(len(found), 2, found)  # a second one where the fault is two

    def test_faults_of_bytes(self):
        sound = wire(SOUND)
        letter = sound.index("ẹ".encode())
        for data, complaint in ((sound.replace(b"\r\n", b"\n"), "does not end in CRLF"), (sound[:-2], "does not end in CRLF"),
                                (sound[:letter + 1] + b"\r\n " + sound[letter + 1:], "a fold inside a character"),
                                (sound[:letter + 1] + sound[letter + 2:], "no UTF-8"), (b" " + sound, "continues nothing"), (b"", "0 components")):
            with self.subTest(complaint=complaint):
                self.assertTrue(any(complaint in said for said in rfc5545.complaints(data)))

    def test_what_is_lawful_is_let_through(self):
        for old, new in (("SEQUENCE:2\n", "SEQUENCE:2\nLOCATION:" + "x" * 66 + "\n " + "y" * 74 + "\n\tz\n"), ("DTEND;VALUE=DATE:20261121", "DURATION:P1D"),
                         ("DTEND;VALUE=DATE:20261121\n", ""), ("TRIGGER:-P1DT2H", "TRIGGER:-P15000DT1H"), ("BEGIN:VEVENT", "begin:vevent"),
                         ("SEQUENCE:2", "sequence:2"), ("TRIGGER:-P1DT2H", "TRIGGER;VALUE=DATE-TIME:20261119T093625Z"), ("TRIGGER:-P1DT2H", "TRIGGER:PT0S"),
                         (";LANGUAGE=vi", ';LANGUAGE="vi";X-A="b;c:d",e'), ("STATUS:CONFIRMED\n", ""), ("TRIGGER:-P1DT2H", "TRIGGER;RELATED=END:P1W")):
            with self.subTest(new=new):
                self.assertIn(old, SOUND)
                self.assertEqual(rfc5545.complaints(wire(SOUND.replace(old, new, 1))), [])

    def test_a_part_of_a_calendar(self):
        event = SOUND[SOUND.index("BEGIN:VEVENT"):SOUND.index("BEGIN:VTODO")]
        self.assertEqual(rfc5545.complaints(wire(event), top="VEVENT"), [])
        self.assertEqual(len(rfc5545.complaints(wire(event))), 1)
        nothing = wire("BEGIN:VCALENDAR\nPRODID:x\nVERSION:2.0\nEND:VCALENDAR\n")
        self.assertEqual(rfc5545.complaints(nothing), ["line 1: VCALENDAR holds nothing"])


READER = os.path.join(os.path.dirname(clock.LIBRARY), "ical_read")


class TenThousand(World):
    """More than an office has open in years: everything is sound, nothing takes the square of its number."""

    @classmethod
    def prepare(cls):
        cls.done("demo", "--dossiers", "10000", "--seed", "3", "--until", "2026-11-21")

    def written(self, *options):
        data = self.done("export", "ics", "--status", "all", *options).bytes
        self.assertEqual(rfc5545.complaints(data), [])
        return data

    def libical(self, data):
        done = subprocess.run([READER], input=data, capture_output=True, check=True, timeout=60)
        return done.stdout.decode().split("\x1e")[:-1]

    def test_events_with_everything(self):
        data = self.written("--with-names", "--alarm", "1d")
        calendar = icalendar.Calendar.from_ical(data)
        self.assertEqual([c.name for c in calendar.walk() if c.errors], [])
        shown = {str(e["UID"]): str(e["SUMMARY"]) for e in calendar.walk("VEVENT")}
        self.assertEqual(len(shown), 10000)
        items = [item.split("\x1f") for item in self.libical(data)]
        self.assertEqual({uid: summary for uid, summary, _, _ in items}, shown)

    def test_todos(self):
        self.assertEqual(len(self.libical(self.written("--as", "todo", "--alarm", "2h", "--lang", "en"))), 10000)

    def test_whatever_is_asked_for(self):
        for options in (["--timed", "--calendar-color", "teal"], ["--all-day", "--as", "todo", "--calendar-color", "#12ab34"], ["--timed", "--as", "todo"],
                        ["--name", "Hẹn trả, xã; \\n \"Tơ Tung\" " + "ữ" * 90, "--alarm", "PT90M", "--alarm", "7d", "--lang", "en"]):
            data = self.done("export", "ics", "--status", "open", *options).bytes
            self.assertEqual(rfc5545.complaints(data), [], options)
            self.assertGreater(len(self.libical(data)), 10)

    def test_the_days(self):
        data = self.done("calendar", "export").bytes
        self.assertEqual(rfc5545.complaints(data), [])
        self.assertGreater(len(self.libical(data)), 50)


@unittest.skipIf("ASAN_OPTIONS" in os.environ, "a sanitizer needs memory of its own")
class Memory(World):
    """What is enough for a hundred is enough for ten thousand: memory of its own, the store's shared pages not counted."""

    @classmethod
    def prepare(cls):
        for n in ("100", "10000"):
            cls.import_open(n)

    @classmethod
    def import_open(cls, n):
        """An office with so many open dossiers."""
        store, file = cls.path(n), cls.path(n + ".csv")
        with open(file, "w", encoding="utf-8") as out:
            print("Số hồ sơ,Tên thủ tục hành chính,Tên lĩnh vực,Ngày tiếp nhận,Ngày hẹn trả,Chủ hồ sơ,Trạng thái hồ sơ", file=out)
            for i in range(int(n)):
                day = 10 + i % 9
                print(f"H42-2611{day}-{i:05},Đăng ký khai sinh,Hộ tịch,{day}/11/2026 08:00,{1 + i % 27}/12/2026 17:00,Nguyễn Văn {i},Đang xử lý", file=out)
        cls.done("-s", store, "init", "--office", "UBND xã Tơ Tung", "--agency", "H42")
        cls.done("-s", store, "import", "csv", file)

    def fits(self, kib, n, *command):
        return subprocess.run([PROGRAM, "-s", self.path(n), "export", *command], env={**self.environment, **clock.environment("2026-11-21 10:00:00")},
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (kib << 10, kib << 10)), stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL).returncode == 0

    def least(self, *command):
        low, high = 64, 64 << 10
        self.assertTrue(self.fits(high, *command))
        while high - low > 32:
            middle = (low + high) // 2
            low, high = (low, middle) if self.fits(middle, *command) else (middle, high)
        return high

    def test_a_feed(self):
        how = ("ics", "--with-names", "--alarm", "1d", "-o", "/dev/null")
        self.assertTrue(self.fits(self.least("100", *how) + 256, "10000", *how))  # kept, the items would be 10 MiB

    def test_a_folder(self):
        # On a memory disk where there is one: ten thousand files are waited for elsewhere.
        place = tempfile.mkdtemp(prefix="motcua-ical-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        self.addCleanup(shutil.rmtree, place)
        enough = self.least("100", "vdir", os.path.join(place, "100"))
        big = os.path.join(place, "10000")
        for _ in range(2):
            self.assertTrue(self.fits(enough + 1536, "10000", "vdir", big))  # it remembers the names of the files
        names = sorted(name for name in os.listdir(big) if name.endswith(".ics"))
        self.assertEqual(len(names), 10000)
        for name in names[::50]:
            with open(os.path.join(big, name), "rb") as file:
                self.assertEqual(rfc5545.complaints(file.read()), [], name)
