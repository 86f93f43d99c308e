"""What repeats in a calendar, against python3-dateutil: thousands of rules that dice make, many in a file."""

import datetime
import functools
import random
import warnings

from dateutil import rrule

from days_desk import AT, DaysWorld, calendar

FREQUENCIES = {"YEARLY": rrule.YEARLY, "MONTHLY": rrule.MONTHLY, "WEEKLY": rrule.WEEKLY, "DAILY": rrule.DAILY}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
END_OF_NEXT_YEAR = datetime.datetime(2027, 12, 31)
LAST = datetime.datetime(2100, 12, 31)
MOST = 400  # of one rule


def iso(day):
    return day.strftime("%Y%m%d")


class Case:
    """An event with a rule, and the days dateutil says it has."""

    def __init__(self, dice, number):
        self.name = f"Nghỉ {number}"
        self.start = datetime.datetime(2024, 1, 1) + datetime.timedelta(dice.randrange(1200))
        self.length = dice.choice((1, 1, 1, 2, 3, 5))
        self.frequency = dice.choice(list(FREQUENCIES))
        self.parts, self.keywords = [], {}
        self.interval(dice)
        self.filters(dice)
        self.end(dice)
        dice.shuffle(self.parts)
        self.rule = ";".join([f"FREQ={self.frequency}"] + self.parts)
        self.except_, self.extra = [], []
        for days, likely in ((self.except_, 0.3), (self.extra, 0.2)):
            while dice.random() < likely:
                days.append(self.start + datetime.timedelta(dice.randrange(800)))

    def put(self, name, keyword, values, texts=None):
        self.parts.append(f"{name}=" + ",".join(map(str, texts or values)))
        self.keywords[keyword] = values

    def interval(self, dice):
        if dice.random() < 0.4:
            value = dice.randint(2, 5)
            self.parts.append(f"INTERVAL={value}")
            self.keywords["interval"] = value
        if dice.random() < 0.2:
            self.keywords["wkst"] = dice.randrange(7)
            self.parts.append("WKST=" + WEEKDAYS[self.keywords["wkst"]])

    def filters(self, dice):
        by_month = self.frequency in ("YEARLY", "MONTHLY")
        if dice.random() < 0.5 and (self.frequency != "MONTHLY" or "interval" not in self.keywords or dice.random() < 0.1):
            self.put("BYMONTH", "bymonth", sorted(dice.sample(range(1, 13), dice.randint(1, 4))))
        if dice.random() < 0.35 and self.frequency != "WEEKLY":
            signed = [d for d in range(-31, 32) if d]
            self.put("BYMONTHDAY", "bymonthday", dice.sample(signed, dice.randint(1, 4)))
        if dice.random() < 0.45:
            most = 5 if self.frequency == "MONTHLY" or "bymonth" in self.keywords else 53
            if by_month and dice.random() < (0.02 if "bymonthday" in self.keywords else 0.6):
                days = [(dice.randrange(7), dice.choice((-1, 1)) * dice.randint(1, most)) for _ in range(dice.randint(1, 3))]
                self.put("BYDAY", "byweekday", [rrule.weekday(d, n) for d, n in days], [f"{n}{WEEKDAYS[d]}" for d, n in days])
            else:
                days = dice.sample(range(7), dice.randint(1, 4))
                self.put("BYDAY", "byweekday", days, [WEEKDAYS[d] for d in days])
        # Positions that hardly ever exist are left to test_not_taken: dateutil looks for them up to the year 9999.
        if by_month and "bymonthday" not in self.keywords and isinstance(self.keywords.get("byweekday", [None])[0], int) and dice.random() < 0.5:
            self.put("BYSETPOS", "bysetpos", sorted({dice.choice((-3, -2, -1, 1, 2, 3, 4)) for _ in range(dice.randint(1, 2))}))

    def end(self, dice):
        """By number, by a day, or (yearly ones) never; what is taken ends with the last year known, or the next."""
        kind = dice.random()
        self.endless = kind < 0.15 and self.frequency == "YEARLY"
        self.keywords["until"] = END_OF_NEXT_YEAR if self.endless else LAST
        if self.endless:
            return
        if kind < 0.6:
            value = dice.randint(1, 12)
            self.parts.append(f"COUNT={value}")
            self.keywords["count"] = value
        else:
            self.keywords["until"] = self.start + datetime.timedelta(dice.randrange(20 if self.frequency == "DAILY" else 900))
            self.parts.append("UNTIL=" + iso(self.keywords["until"]) + dice.choice(("", "", "T000000Z")))

    def event(self):
        lines = [f"SUMMARY:{self.name}", "DTSTART;VALUE=DATE:" + iso(self.start), "DTEND;VALUE=DATE:" + iso(self.start + datetime.timedelta(self.length)),
                 "RRULE:" + self.rule]
        lines += ["EXDATE;VALUE=DATE:" + ",".join(map(iso, self.except_))] * bool(self.except_) + ["RDATE;VALUE=DATE:" + iso(d) for d in self.extra]
        return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])

    def begun(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # COUNT and an end of our own at once
            near = {**self.keywords, "until": min(self.keywords["until"], datetime.datetime(2036, 12, 31))}
            begun = list(rrule.rrule(FREQUENCIES[self.frequency], dtstart=self.start, **near))
            if len(begun) == self.keywords.get("count") or near == self.keywords:
                return begun
            return list(rrule.rrule(FREQUENCIES[self.frequency], dtstart=self.start, **self.keywords))

    @functools.cached_property
    def days(self):
        """The days, or the reason why there are none."""
        begun = self.begun()
        if len(begun) > MOST or (not begun and self.start <= (END_OF_NEXT_YEAR if self.endless else LAST)):
            begun, self.refused = [], True
        else:
            self.refused = False
        wanted = set()
        for day in [d for d in begun + self.extra if d not in self.except_]:
            wanted |= {(day + datetime.timedelta(i)).date().isoformat() for i in range(self.length)}
        return wanted


class Rules(DaysWorld):
    def read(self, cases):
        """Every day that each of the cases gives, by name; and the reasons, by name."""
        result = self.run_at("calendar", "import", self.file(calendar(*(c.event() for c in cases))), "--dry-run", "--json")
        self.assertIn(result.status, (0, 3), result.errors)
        got = result.objects[0]
        days, reasons = {c.name: set() for c in cases}, {c.name: set() for c in cases}
        for row in got["added"] + got["changed"]:
            days[row["name"]].add(row["date"])
        for row in got["skipped"]:
            if row["reason"] in ("repeated", "day_is_working"):
                days[row["name"]].add(row["date"])
            else:
                reasons[row["name"]].add(row["reason"])
        return days, reasons

    def batches(self, cases):
        """As many at once as one file may have days."""
        batch, total = [], 0
        for case in cases:
            n = len(case.days)
            if total + n > 3500:
                yield batch
                batch, total = [], 0
            batch.append(case)
            total += n * 2  # those of an EXDATE were counted once only
        yield batch

    def test_dice(self):
        dice = random.Random(20261116)
        known = {row["date"] for year in (2024, 2025, 2026, 2027) for row in self.done("calendar", "show", str(year), "--json", at=AT).objects}
        cases = [Case(dice, i) for i in range(3000)]
        refused = taken = 0
        for batch in self.batches(cases):
            days, reasons = self.read(batch)
            for case in batch:
                wanted = case.days
                about = (case.rule, iso(case.start), case.length, case.except_, case.extra)
                self.assertEqual("repeats" in reasons[case.name], case.refused, about)
                self.assertEqual("endless" in reasons[case.name], case.endless and not case.refused, about)
                self.assertEqual(reasons[case.name] - {"repeats", "endless", "outside_years"}, set(), about)
                self.assertEqual(days[case.name] - known, {d for d in wanted if d < "2101"} - known, about)
                refused += case.refused
                taken += len(wanted)
        self.assertGreater(taken, 20000)
        self.assertLess(refused, len(cases) / 3)  # what fits no day

    def test_not_taken(self):
        for rule in ("FREQ=HOURLY;COUNT=5", "FREQ=YEARLY;BYWEEKNO=1;COUNT=3", "FREQ=YEARLY;BYYEARDAY=100;COUNT=3", "FREQ=DAILY;BYHOUR=9;COUNT=3", "FREQ=WEEKLY;BYMONTHDAY=3;COUNT=3",
                     "FREQ=WEEKLY;BYDAY=1MO;COUNT=3", "FREQ=DAILY;BYSETPOS=1;BYDAY=MO;COUNT=3", "FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY", "RSCALE=CHINESE;FREQ=YEARLY", "FREQ=DAILY;COUNT=401"):
            with self.subTest(rule=rule):
                event = f"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Nghỉ\r\nDTSTART;VALUE=DATE:20261224\r\nRRULE:{rule}\r\nEND:VEVENT\r\n"
                result = self.run_at("calendar", "import", self.file(calendar(event)), "--json")
                self.assertEqual(result.status, 3)
                self.assertIn(result.objects[0]["error"]["kind"], ("no_usable_days", "bad_ics"), rule)  # libical itself refuses some
