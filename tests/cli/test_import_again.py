"""A dossier that another system tells twice is as if it had only been told the last time: every list and report says so, now and of an earlier day, but for
what is said of the entries themselves. Told again it is taken back like any act."""
import datetime
import json
import os
import random

from desk import Desk

COLUMNS = (
    "code,procedure,procedure_name,field,applicant,phone,outside,channel,officer,unit,receiver,status,received_at,statutory_due_at,due_at,"
    "waiting_since,resolved_at,returned_at,result"
).split(",")
STATES = ["processing", "waiting", "waiting_payment", "resolved", "returned", "refused", "withdrawn", "stopped"]
KINDS = ["ii06a", "late", "officers", "daily", "letters", "indicators", "d766", "over90", "points", "catalogue", "public"]
OF_ENTRIES = ("entries_late", "entries_imported", "journal", "as_of", "notes")
TO = "2026-11-20"


def moment(random_, low, high):
    """A minute between two days of the year."""
    day = random_.randint(low, high)
    date = datetime.date(2026, 1, 1) + datetime.timedelta(days=day)
    return day, f"{date}T{random_.randint(7, 17):02d}:{random_.randint(0, 59):02d}"


def story(random_, number):
    """A dossier as it is told once, all cells filled or empty at random, the times in order."""
    day, received = moment(random_, 30, 300)
    state = random_.choice(STATES)
    row = dict.fromkeys(COLUMNS, "")
    row |= {"code": f"000.00.12.H42-{number:06d}", "applicant": random_.choice(["Nguyễn Thị Hương", "Trần Văn Ba"]), "status": state, "received_at": received}
    row["procedure"], row["procedure_name"] = random_.choice([("1.004873", ""), ("2.000815", ""), ("", "Thủ tục ở hệ thống cũ")])
    row["field"] = random_.choice(["", "Hộ tịch", "Lĩnh vực lạ"])
    row["outside"] = random_.choice(["yes", "no"])
    row["channel"] = random_.choice(["direct", "online", "postal"])
    row["officer"] = random_.choice(["", "root", "Bà Tám"])
    row["unit"] = random_.choice(["", "Phòng Kinh tế"])
    row["receiver"] = random_.choice(["", "root", "Bà Tám"])
    if random_.random() < 0.8:
        row["due_at"] = moment(random_, day, 330)[1]
    if row["due_at"] and random_.random() < 0.3:
        row["statutory_due_at"] = moment(random_, day, 330)[1]
    waits = state.startswith("waiting") or (state in ("refused", "withdrawn", "stopped") and random_.random() < 0.5)
    if waits:
        day, row["waiting_since"] = moment(random_, day + 1, 305)
    if state in STATES[3:]:
        day, row["resolved_at"] = moment(random_, day + 1, 310)
        row["result"] = random_.choice(["", "Giấy chứng nhận"])
    if state == "returned":
        row["returned_at"] = moment(random_, day + 1, 315)[1]
    return row


def whole(row):
    """Where an empty cell says nothing, what was told before stays: so nothing that matters is left empty."""
    return row["due_at"] and row["officer"] and row["unit"] and row["receiver"] and row["field"]


class Again(Desk):
    clock = "2026-11-21 09:00:00"

    def setUp(self):
        super().setUp()
        self.once = os.path.join(self.home, "once")
        self.ok("--store", self.once, "init", "--office", "UBND xã Tơ Tung", "--agency", "H42.26.21")

    def bring(self, rows, store=None):
        path = os.path.join(self.home, "f.csv")
        with open(path, "w", encoding="utf-8") as f:
            f.write(",".join(COLUMNS) + "\n" + "".join(",".join(r[c] for c in COLUMNS) + "\n" for r in rows))
        counts = json.loads(self.run_now("--json", "--store", store or self.store, "import", "csv", path).stdout.splitlines()[-1])
        self.assertEqual((counts["rejected"], counts["conflicts"]), (0, 0))
        return counts

    def both(self, *args):
        """What both stores say, without what is said of entries."""
        said = []
        for store in (self.store, self.once):
            objects = self.objects("--store", store, *args)
            for o in objects:
                for key in OF_ENTRIES:
                    o.pop(key, None)
            said.append(objects)
        return said

    def test_every_report_is_of_the_last_telling(self):
        r = random.Random(42)
        last = []
        while len(last) < 150:
            row = story(r, len(last))
            if whole(row):
                last.append(row)
        first = [story(r, i) | {"code": row["code"]} for i, row in enumerate(last)]
        # An empty cell of the last telling keeps what the first said: these are the cells that a state does not take with it.
        for old, new in zip(first, last):
            for key in ("statutory_due_at", "result", "waiting_since"):
                if not new[key]:
                    old[key] = ""
            if not new["waiting_since"] and old["status"].startswith("waiting"):
                old["status"] = "processing"
            if new["status"] == "refused" and old["status"] == "returned":
                old["status"], old["returned_at"] = "resolved", ""
            if not old["due_at"]:
                old["due_at"] = new["due_at"]
        self.assertEqual(self.bring(first)["added"], 150)
        told = self.bring(last)
        self.assertGreater(told["updated"], 140)
        self.assertEqual(self.bring(last, self.once)["added"], 150)
        self.assertEqual(self.bring(last)["unchanged"], 150)
        a, b = self.both("list", "--status", "all")
        self.assertEqual(a, b)
        for period in (("2026-01-01", TO), ("2026-05-15", "2026-08-14"), ("2026-10-01", TO)):
            for kind in KINDS:
                takes = ("--from", period[0], "--to", period[1]) if self.takes_period(kind) else ()
                a, b = self.both("report", kind, *takes)
                self.assertEqual(a, b, (kind, period))
        self.ok("verify")

    def takes_period(self, kind):
        return next(r["period"] for r in self.objects("report") if r["report"] == kind)

    def test_what_was_told_again_is_taken_back(self):
        row = dict.fromkeys(COLUMNS, "") | {
            "code": "000.00.12.H42-000001", "procedure": "1.004873", "applicant": "Trần Văn Ba", "status": "processing", "received_at": "2026-11-16T08:00",
            "due_at": "2026-11-24T17:00"}
        self.bring([row])
        before = self.object("show", row["code"])
        self.clock = "2026-11-21 10:00:00"
        self.assertEqual(self.bring([row | {"status": "resolved", "resolved_at": "2026-11-20T08:00", "result": "Giấy xác nhận"}])["updated"], 1)
        self.assertEqual(self.object("stat")["solved"], 1)
        told = self.object("show", row["code"])
        self.assertEqual((told["state"], told["result"], told["imported"]), ("resolved", "Giấy xác nhận", True))
        self.assertEqual([h["kind"] for h in told["history"]], ["imported", "reimported"])
        self.assertEqual(told["history"][1]["changes"], ["status", "resolved_at", "result"])
        self.assertIn("có thay đổi: trạng thái, ngày kết thúc xử lý, kết quả", " ".join(self.ok("show", row["code"], "--lang", "vi").split()))
        then = self.object("show", row["code"], "--as-of", "2026-11-21T09:30")
        self.assertEqual(then["state"], "processing")
        self.ok("undo", row["code"], "--reason", "Nhầm tệp")
        after = self.object("show", row["code"])
        for shown in (before, after):
            shown.pop("history")
            shown.pop("stages")
        self.assertEqual(after, before)
        self.assertEqual(self.object("stat")["solved"], 0)
        self.refused("nothing_to_undo", "undo", row["code"], "--reason", "Nhầm")
        self.ok("verify")

    def test_what_the_days_moved_is_not_moved_back(self):
        row = dict.fromkeys(COLUMNS, "") | {
            "code": "000.00.12.H42-000002", "procedure": "1.004873", "applicant": "Trần Văn Ba", "status": "processing", "received_at": "2026-11-16T08:00",
            "due_at": "2026-11-27T17:00"}
        self.bring([row])
        self.ok("calendar", "holiday", "2026-11-27", "Mưa bão")
        self.assertEqual(self.object("show", row["code"])["due_at"], "2026-11-30T17:00:00+07:00")
        self.assertEqual(self.bring([row])["unchanged"], 1)
        self.assertEqual(self.bring([row | {"due_at": "2026-12-01T17:00"}])["updated"], 1)
        self.assertEqual(self.object("show", row["code"])["due_at"], "2026-12-01T17:00:00+07:00")
        self.ok("undo", row["code"], "--reason", "Nhầm tệp")
        self.assertEqual(self.object("show", row["code"])["due_at"], "2026-11-30T17:00:00+07:00")
        self.ok("verify")
