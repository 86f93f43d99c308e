"""Hours of other zones against python's zoneinfo: which of them are whole days by the office's clock."""

import datetime
import random
import zoneinfo

from days_desk import AT, DaysWorld, calendar
from test_feed import HANOI

# By the names that Windows gives some of them.
ZONES = {"Asia/Ho_Chi_Minh": "SE Asia Standard Time", "Asia/Tokyo": "Tokyo Standard Time", "America/New_York": "Eastern Standard Time", "America/Los_Angeles": "Pacific Standard Time",
         "Europe/Paris": "Romance Standard Time", "Europe/London": "GMT Standard Time", "Asia/Kolkata": "India Standard Time", "Australia/Sydney": "AUS Eastern Standard Time",
         "Pacific/Auckland": "New Zealand Standard Time", "Asia/Kathmandu": "Nepal Standard Time", "America/Mexico_City": None, "America/St_Johns": "Newfoundland Standard Time"}
PREFIXES = ("", "", "/mozilla.org/20050126_1/", "/freeassociation.sourceforge.net/", "/citadel.org/20210210_1/")
HOUR = datetime.timedelta(hours=1)


class Zones(DaysWorld):
    def one(self, dice, number):
        """An event of one or two days by the office's clock, or an hour beside them, in the words of a zone; and its days."""
        zone = dice.choice(list(ZONES))
        first = datetime.datetime(2027, 1, 1, tzinfo=HANOI) + datetime.timedelta(dice.randrange(700))
        days = dice.randint(1, 2)
        beside = dice.choice((0, 0, 0, 1, -2)) * HOUR
        ends = [(t + beside).astimezone(zoneinfo.ZoneInfo(zone)) for t in (first, first + datetime.timedelta(days))]
        clear = all((e + gap).utcoffset() == e.utcoffset() for e in ends for gap in (-2 * HOUR, 2 * HOUR))  # no clock is put back or forward then
        name = ZONES[zone] if ZONES[zone] and dice.random() < 0.4 else dice.choice(PREFIXES) + zone
        lines = [f"{what};TZID={name}:{e:%Y%m%dT%H%M%S}" for what, e in zip(("DTSTART", "DTEND"), ends)]
        text = "\r\n".join(["BEGIN:VEVENT", f"UID:{number}", f"SUMMARY:Nghỉ {number}", *lines, "END:VEVENT", ""])
        return text, clear, set() if beside else {(first + datetime.timedelta(i)).date().isoformat() for i in range(days)}

    def test_dice(self):
        dice = random.Random(20270101)
        cases = [case for case in (self.one(dice, i) for i in range(1500)) if case[1]]
        result = self.imported(self.file(calendar(*(text for text, _, _ in cases))), "--dry-run", "--json", at=AT).objects[0]
        got = {}
        for row in result["added"] + result["changed"] + [r for r in result["skipped"] if r["reason"] == "repeated"]:
            got.setdefault(row["name"], set()).add(row["date"])
        self.assertEqual({row["reason"] for row in result["skipped"]}, {"timed", "repeated"})
        self.assertGreater(len(got), 700)
        for text, _, days in cases:
            self.assertEqual(got.get(text.split("SUMMARY:")[1].split("\r\n")[0], set()), days, text)
