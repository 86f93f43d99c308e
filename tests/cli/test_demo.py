"""The demo store: invented, the same for the same seed and day, believable, and marked for ever."""
import os
import re
import signal
import subprocess
import time

from desk import MARRIAGE, MOTCUA, NAME, Desk


class Demo(Desk):
    founded = False
    clock = "2026-11-20 08:00:00"  # a Friday

    def make(self, name, *more):
        return self.object("-s", f"{self.home}/{name}", "demo", *more)

    def test_the_same_seed_and_day_give_the_same_store(self):
        first = self.make("a", "--dossiers", "400", "--seed", "7", "--until", "2026-11-15")
        self.clock = "2026-11-20 15:30:00"
        again = self.make("b", "--dossiers", "400", "--seed", "7", "--until", "15/11/2026")
        self.assertEqual(first["journal"], again["journal"])
        self.assertEqual((first["dossiers"], first["demo"]), (400, True))
        heads = {self.make("c" + str(i), "--dossiers", "400", *more)["journal"]["hash"] for i, more in enumerate(
            [("--seed", "8", "--until", "2026-11-15"), ("--seed", "7", "--until", "2026-11-16"), ()])}
        self.assertEqual(len(heads | {first["journal"]["hash"]}), 4)

    def test_any_number_and_any_day(self):
        for i, (dossiers, until) in enumerate([("1", "2026-11-20"), ("16", "2026-11-22"), ("59", "2026-01-01"), ("60", "2026-02-17"), ("61", "2023-04-30"),
                                               ("300", "2024-02-29"), ("5001", "2026-08-31"), ("20", "1992-01-01")]):
            self.clock = "2026-11-22 08:00:00"
            with self.subTest(dossiers=dossiers, until=until):
                made = self.make(f"n{i}", "--dossiers", dossiers, "--until", until)
                self.assertEqual(made["dossiers"], int(dossiers))

    def test_the_chief_finds_something_of_every_kind(self):
        for i, day in enumerate(["2026-11-20", "2026-11-23", "2026-01-02", "2026-02-13", "2025-09-03"]):
            self.clock = day + " 08:00:00"
            where = f"{self.home}/m{i}"
            self.ok("-s", where, "demo", "--seed", str(i + 1))
            page = self.object("-s", where, "morning")
            with self.subTest(day):
                for section in ("overdue", "due_today", "due_next", "rescheduled", "uncollected"):
                    if day != "2026-01-02":  # a day off
                        self.assertTrue(page[section], section)
                if day != "2026-01-02":
                    for kind in ("today", "too_late", "overdue"):
                        self.assertTrue(page["letters"][kind], kind)
                self.assertLess(page["counts"]["open"], 60)

    def test_it_is_believable(self):
        made = self.make("a", "--dossiers", "3000")
        where = ("-s", self.home + "/a")
        dossiers = self.objects(*where, "list", "--status", "all", "--unmask")
        self.assertEqual(len(dossiers), 3000)
        names = {d["applicant"]["name"] for d in dossiers}
        self.assertGreater(len(names), 1000)
        imported = [d for d in dossiers if d["imported"]]
        self.assertTrue(10 < len(imported) < 150, len(imported))
        for d in dossiers:
            self.assertRegex(d["code"], r"^(000\.00\.99\.H42|H42\.99\.99)-\d{6}-\d{4}$")
            self.assertEqual(d["imported"], d["code"].startswith("000"))
            self.assertRegex(d["applicant"]["phone"], r"^0\d{9}$")
            self.assertTrue(d["applicant"]["id_number"] is None or re.fullmatch(r"\d{12}", d["applicant"]["id_number"]))
            self.assertTrue("2025-11-2" <= d["received_at"] < "2026-11-20", d["received_at"])
        same_day = sum(d["limit"].startswith("same_day") for d in dossiers)
        late = sum(d["status"] in ("late", "overdue") for d in dossiers)
        letters = [d["apology"] for d in dossiers if d["apology"]]
        online = sum(d["channel"] == "online" for d in dossiers)
        self.assertTrue(0.4 < same_day / 3000 < 0.75, same_day)
        self.assertTrue(0.005 < late / 3000 < 0.06, late)
        self.assertTrue(0.05 < online / 3000 < 0.4, online)
        self.assertTrue(letters and {a["in_time"] for a in letters} == {True, False})
        self.assertTrue({True, False} <= {a["kept"] for a in letters})
        self.assertEqual({d["ended_how"] for d in dossiers} - {"withdrawn"}, {None, "resolved", "refused", "stopped", "void"})
        self.assertEqual({d["state"] for d in dossiers} & {"waiting", "waiting_payment"}, {"waiting", "waiting_payment"})
        for share, least, most in ((sum(d["supplements"] for d in dossiers), 0.005, 0.05), (sum(d["rating"] is not None for d in dossiers), 0.02, 0.15),
                                   (sum(d["state"] == "void" for d in dossiers), 0.0001, 0.01), (sum(d["officer"] is None for d in dossiers), 0.005, 0.08)):
            self.assertTrue(least < share / 3000 < most, (share, least, most))
        self.assertEqual([d["insisted"] for d in dossiers if d["supplements"] == 2], [True])
        kinds = set()
        for d in dossiers[:1500]:
            if d["supplements"] or d["state"] in ("stopped", "void") or d["procedure"].startswith(("1.0127", "1.0138")):
                kinds |= {e["kind"] for e in self.object(*where, "show", d["code"])["history"]}
        self.assertLess({"supplement_requested", "restarted", "payment_awaited", "paid", "stopped"}, kinds)
        self.at_the_counter(where, dossiers)
        self.assertGreater(made["backdated"], 0)
        self.assertEqual({o["role"] for o in self.objects(*where, "officer", "list")}, {"officer", "specialist", "chief", "admin"})

    def at_the_counter(self, where, dossiers):
        ours = [d for d in dossiers if not d["imported"]]
        for year in (2025, 2026):
            numbers = sorted(d["register"]["number"] for d in ours if d["register"]["year"] == year)
            self.assertEqual(numbers, list(range(1, len(numbers) + 1)))
        self.assertEqual([d["register"] for d in dossiers if d["imported"] and d["register"]], [])
        paid, exempt = sum(d["fee_paid"] > 0 for d in ours), sum(d["fee_exempt"] for d in ours)
        self.assertTrue(0.3 < paid / 3000 < 0.8 and 0.01 < exempt / 3000 < 0.1, (paid, exempt))
        self.assertEqual([d["code"] for d in ours if d["fee_paid"] and d["fee_exempt"]], [])
        late = [d for d in ours if d["late_days"] and d["state"] != "void"]
        reasons = [d["late_reason"] for d in late if d["late_reason"]]
        self.assertTrue(0 < len(reasons) < len(late), (len(reasons), len(late)))
        self.assertEqual({r["excuse"] for r in reasons}, {None, "good", "not_good"})
        self.assertGreater(len({r["category"] for r in reasons}), 3)
        self.assertEqual({d["step"] for d in ours}, {None, "Tiếp nhận hồ sơ", "Thẩm định hồ sơ", "Lãnh đạo ký duyệt", "Vào sổ, trả kết quả"})
        turned = self.objects(*where, "turn-away", "list")
        self.assertTrue(30 < len(turned) < 150, len(turned))
        self.assertEqual({t["refused"] for t in turned}, {True, False})
        results = {s["result"] for d in ours[:400] if d["step"] for s in self.object(*where, "show", d["code"])["stages"]}
        self.assertLessEqual({"early", "on_time", "late"}, results)

    def test_everything_it_prints_says_so(self):
        self.ok("demo")
        code = self.objects("list", "--max", "1")[0]["code"]
        for lang, mark in (("vi", "DÙNG THỬ"), ("en", "DEMO")):
            for line in (("stat",), ("morning",), ("list",), ("search", "nguyen"), ("show", code), ("explain", code), ("officer", "list"), ("procedure", "list"),
                         ("procedure", "show", MARRIAGE), ("calendar", "show"), ("receive", "--procedure", MARRIAGE, "--applicant", NAME)):
                self.assertIn(mark, self.ok(*line, "--lang", lang).splitlines()[0], line)
        self.assertTrue(self.object("stat")["demo"])
        self.assertTrue(all(d["demo"] for d in self.objects("list", "--max", "5")))
        self.assertIn("Sổ dùng thử", self.ok("list", "--csv").splitlines()[0])
        self.assertEqual(self.ok("search", "khongcoai"), "")

    def test_a_list_read_in_part_is_the_first_of_the_whole(self):
        self.make("a", "--dossiers", "2500", "--seed", "3")
        self.clock = "2026-11-25 08:00:00"
        where = ("-s", self.home + "/a")
        everything = self.objects(*where, "list", "--status", "all")
        rank = {d["code"]: i for i, d in enumerate(everything)}
        for words in ("waiting", "on_track", "due_soon", "due_today", "overdue", "overdue,due_today", "due_soon,overdue", "waiting,overdue"):
            codes = self.codes(*where, "list", "--status", words)
            self.assertEqual(codes, [d["code"] for d in everything if d["status"] in words.split(",")], words)
        self.assertGreater(len(self.codes(*where, "list", "--status", "overdue")), 10)
        for asked in ((), ("--status", "overdue"), ("--status", "waiting,due_today"), ("--status", "uncollected,overdue"), ("--status", "rescheduled"),
                      ("--sort", "received"), ("--sort", "late"), ("--due", "..2026-11-23"), ("--status", "letter_due", "--sort", "due")):
            whole = self.codes(*where, "list", *asked)
            if "--sort" not in asked:
                self.assertEqual(whole, sorted(whole, key=rank.get), asked)
            for n in (1, 2, 3, 7, 20, len(whole) - 1, len(whole), len(whole) + 1):
                if n > 0:
                    self.assertEqual(self.codes(*where, "list", *asked, "--max", str(n)), whole[:n], (asked, n))

    def test_who_makes_it_may_do_everything_in_it(self):
        self.ok("demo")
        self.assertIn(("root", "admin"), [(o["login"], o["role"]) for o in self.objects("officer", "list")])
        d = self.object("receive", "--procedure", MARRIAGE, "--applicant", NAME, "--limit", "1 working_day")
        self.ok("officer", "put", "moi", "--name", "Mới", "--role", "officer")
        self.ok("resolve", d["code"])

    def test_interrupted_it_leaves_nothing(self):
        where = self.home + "/big"
        process = subprocess.Popen([MOTCUA, "-s", where, "demo", "--dossiers", "1000000"], env=self.env, stderr=subprocess.PIPE)
        while not os.path.exists(where + "/.motcua-init/data.mdb"):  # it is found when it is whole
            time.sleep(0.01)
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.stderr.read(), b"")
        process.stderr.close()
        self.assertEqual(process.wait(), -signal.SIGTERM)
        self.assertFalse(os.path.exists(where))

    def test_a_hundred_thousand(self):
        stat = self.object("-s", self.home + "/big", "demo", "--dossiers", "100000")
        self.assertEqual(stat["dossiers"], 100000)
        void = 100000 - stat["open"] - stat["solved"]
        self.assertTrue(10 < void < 300, void)  # neither open nor solved

