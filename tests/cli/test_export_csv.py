"""Every dossier as a row of a spreadsheet: the rows are what `export jsonl` tells, read by Python's own reader; what comes back changes nothing."""
import csv
import io
import json
import os
import resource
import shutil
import subprocess
import unittest

from desk import COPY, MARRIAGE, MOTCUA, Desk, environment

KEYS = ("code procedure case procedure_name field applicant kind id_number phone email address outside submitter authority channel collect sets receiver officer unit "
        "status submitted_at received_at statutory_due_at due_at waiting_since resolved_at returned_at result note").split()
TITLES = ["Số hồ sơ", "Mã thủ tục", "Trường hợp", "Tên thủ tục hành chính", "Tên lĩnh vực", "Chủ hồ sơ", "Loại chủ hồ sơ", "Số định danh", "Số điện thoại",
          "Thư điện tử", "Địa chỉ", "Ngoài địa bàn", "Người nộp hồ sơ", "Giấy ủy quyền", "Hình thức nộp", "Hình thức nhận kết quả", "Số bộ hồ sơ", "Cán bộ tiếp nhận",
          "Cán bộ xử lý hiện tại", "Phòng ban", "Trạng thái hồ sơ", "Ngày nộp", "Ngày tiếp nhận", "Hạn theo quy định", "Ngày hẹn trả", "Chờ bổ sung từ",
          "Ngày kết thúc xử lý", "Ngày trả kết quả", "Kết quả", "Ghi chú"]
# Circular of the national portal: what a spreadsheet calls a state.
NATIONAL = {"processing": "Đang xử lý", "waiting": "Yêu cầu bổ sung giấy tờ", "waiting_payment": "Yêu cầu thực hiện nghĩa vụ tài chính",
            "resolved": "Đã xử lý xong", "returned": "Đã trả kết quả", "refused": "Từ chối giải quyết", "withdrawn": "Công dân yêu cầu rút hồ sơ",
            "stopped": "Dừng xử lý", "void": "Đã hủy"}
MARK = "\ufeff"


def rows_of(text):
    return list(csv.reader(io.StringIO(text, newline="")))


class Table(Desk):
    def table(self, *args, lang="en"):
        """The rows as people mean them: the mark and a formula's `'` taken off."""
        text = self.ok("export", "csv", "--lang", lang, *args)
        self.assertEqual(text[0], MARK)
        self.assertTrue(text.endswith("\r\n"))
        rows = rows_of(text[1:])
        self.assertEqual({len(row) for row in rows}, {len(rows[0])})
        return rows

    def dicts(self, *args):
        first, *rows = self.table(*args)
        return [dict(zip(first, row)) for row in rows]


def minute(iso):
    """An ISO time as it stands in an English table."""
    return iso[:16].replace("T", " ") if iso else ""


def plain(cell):
    """A formula's `'` off again, exactly one."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'")[:1] in tuple("=+-@\t\r\n＝＋－＠") else cell


class Rows(Table):
    clock = "2026-11-20 09:00:00"
    founded = False

    def test_a_demo_stores_rows_are_what_jsonl_tells(self):
        self.ok("demo", "--dossiers", "400", "--until", "2026-11-20")
        names = {o["login"]: o["name"] for o in self.objects("officer", "list")}
        twice = {name for name in names.values() if list(names.values()).count(name) > 1}
        told = [json.loads(line) for line in self.ok("export", "jsonl").splitlines()]
        rows = self.dicts()
        self.assertEqual(list(rows[0]), KEYS + ["Demo store"])
        self.assertEqual([plain(r["code"]) for r in rows], [d["code"] for d in told])
        self.assertGreater(len({d["state"] for d in told}), 5)
        for row, d in zip(rows, told):
            row = {key: plain(cell) for key, cell in row.items()}
            self.assertEqual(row["Demo store"], "invented")
            for key in ("procedure", "case", "procedure_name", "field", "submitter", "authority", "unit", "result", "note"):
                self.assertEqual(row[key], d[key] or "", (key, d["code"]))
            for key in ("id_number", "phone", "email", "address"):
                self.assertEqual(row[key], d["applicant"][key] or "", (key, d["code"]))
            self.assertEqual(row["applicant"], d["applicant"]["name"])
            self.assertEqual(row["kind"], d["applicant"]["kind"])
            self.assertEqual(row["outside"], "yes" if d["applicant"]["outside"] else "no")
            for key in ("channel", "collect"):
                self.assertEqual(row[key], d[key])
            self.assertEqual(row["sets"], str(d["sets"]))
            self.assertEqual(row["status"], d["state"])
            for key in ("receiver", "officer"):
                login = d[key] or ""
                self.assertEqual(row[key], login if names.get(login, login) in twice else names.get(login, login), (key, d["code"]))
            for key in ("submitted_at", "received_at", "resolved_at", "returned_at"):
                self.assertEqual(row[key], minute(d[key]), (key, d["code"]))
            since = d["waiting_since"] or (self.left_waiting(d) if d["state"] in ("refused", "withdrawn", "stopped") else None)
            self.assertEqual(row["waiting_since"], minute(since), d["code"])
            for key in ("statutory_due_at", "due_at"):
                if d[key]:  # nothing is due of what waits: its table tells the appointment it had
                    self.assertEqual(row[key], minute(d[key]), (key, d["code"]))

    def left_waiting(self, d):
        """When the wait began that it ended in, from its history; None where nobody was awaited then."""
        since = None
        for h in d["history"]:
            if h.get("undone_by") or h["kind"] == "undone":
                continue
            if h["kind"] in ("supplement_requested", "payment_awaited"):
                since = h["at"]
            elif h["kind"] in ("restarted", "paid"):
                since = None
        return since

    def test_in_vietnamese(self):
        self.ok("demo", "--dossiers", "400", "--until", "2026-11-20")
        english, (titles, *rows) = self.dicts(), self.table(lang="vi")
        self.assertEqual(titles, TITLES + ["Sổ dùng thử"])
        seen = set()
        for e, row in zip(english, rows):
            v = dict(zip(KEYS, row))
            seen.add(e["status"])
            self.assertEqual(v["status"], NATIONAL[e["status"]])
            for key in KEYS:
                if key.endswith("_at") or key == "waiting_since":
                    day, _, hour = e[key].partition(" ")
                    self.assertEqual(v[key], "/".join(reversed(day.split("-"))) + " " + hour if e[key] else "", key)
                elif key not in ("status", "kind", "outside", "channel", "collect"):
                    self.assertEqual(v[key], e[key], key)
            self.assertEqual(v["kind"], {"person": "Cá nhân", "organization": "Tổ chức"}[e["kind"]])
            self.assertEqual(v["outside"], {"yes": "Có", "no": "Không"}[e["outside"]])
            self.assertEqual(v["channel"], {"direct": "Trực tiếp", "online": "Trực tuyến", "postal": "Bưu chính công ích"}[e["channel"]])
        self.assertGreater(len(seen), 5)
        self.assertIn("Đã xuất 400 hồ sơ", self.ok("export", "csv", "-o", os.path.join(self.home, "x.csv")))

    def test_some_of_them(self):
        self.ok("demo", "--dossiers", "300", "--until", "2026-11-20")
        every = self.dicts()
        self.assertEqual(len(every), 300)
        self.assertEqual(self.dicts("--status", "all"), every)
        solved = {d["code"] for d in self.objects("list", "--status", "solved")}
        self.assertTrue(0 < len(solved) < 300)
        self.assertEqual(self.dicts("--status", "solved"), [r for r in every if r["code"] in solved])
        october = [r for r in every if "2026-10-01" <= r["received_at"][:10] <= "2026-10-31"]
        self.assertTrue(october)
        self.assertEqual(self.dicts("--received", "2026-10-01..2026-10-31"), october)
        self.assertEqual(self.dicts("--received", "2026-10-01..2026-10-31", "--status", "void"), [r for r in october if r["status"] == "void"])
        early = self.dicts("--as-of", "2026-06-30")
        told = [json.loads(line) for line in self.ok("export", "jsonl", "--as-of", "2026-06-30").splitlines()]
        self.assertEqual([(r["code"], r["status"]) for r in early], [(d["code"], d["state"]) for d in told])
        self.wrong("export", "csv", "--status", "nonsense")
        self.wrong("export", "csv", "--received", "x")
        self.wrong("export", "csv", "--as-of", "2027-01-01")

    @unittest.skipIf("ASAN_OPTIONS" in os.environ, "a sanitizer needs memory of its own")
    def test_memory_stays_flat(self):
        """What is enough for 300 is enough for 3,000: memory of its own, the store's shared pages not counted."""
        for n in ("300", "3000"):
            self.ok("-s", os.path.join(self.home, n), "demo", "--dossiers", n, "--until", "2026-11-20")

        def fits(n, kib):
            done = subprocess.run([MOTCUA, "-s", os.path.join(self.home, n), "export", "csv", "-o", "/dev/null"], env={**self.env, **self.clock_env()},
                                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (kib << 10, kib << 10)),
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            return done.returncode == 0
        low, high = 64, 64 << 10
        self.assertTrue(fits("300", high))
        while high - low > 32:
            middle = (low + high) // 2
            low, high = (low, middle) if fits("300", middle) else (middle, high)
        self.assertFalse(fits("300", low))
        self.assertTrue(fits("3000", high + 256))  # kept, the rows alone would be 1.5 MiB


class Cells(Table):
    HOSTILE = ["=cmd|' /C calc'!A0", "+84 912 345 678", "-1", "@SUM(A1)", "'=1+1", "''-x", "'không phải công thức", 'Cửa hàng "Ba Ngọc", số 1', "a;b", "  ", "＝1",
               "Nguyễn 'Tư' Hùng", "0", "1.0", "2026-11-20"]

    def test_whatever_is_typed_comes_out_as_it_was_meant(self):
        codes = []
        for i, text in enumerate(self.HOSTILE):
            name = text if text.strip() else "Bình thường"
            codes.append(self.receive("--address=" + name, "--note", "dòng một\n\"dòng hai\", = ba\n- bốn", name=name)["code"])
        text = self.ok("export", "csv", "--lang", "en")
        rows = [dict(zip(KEYS, row)) for row in rows_of(text[1:])[1:]]
        self.assertEqual(len(rows), len(self.HOSTILE))
        for row, code, typed in zip(rows, codes, self.HOSTILE):
            d = self.object("show", code, "--unmask")
            self.assertEqual(plain(row["applicant"]), d["applicant"]["name"])
            self.assertEqual(plain(row["address"]), d["applicant"]["address"])
            self.assertEqual(plain(row["note"]), d["note"])
            for cell in row.values():  # no spreadsheet runs any of it
                self.assertNotIn(cell[:1], tuple("=+-@\t\r\n＝＋－＠"))
        self.assertEqual([row["applicant"] for row in rows][:6], ["'=cmd|' /C calc'!A0", "'+84 912 345 678", "'-1", "'@SUM(A1)", "''=1+1", "'''-x"])
        self.assertEqual(rows[6]["applicant"], "'không phải công thức")

    def test_the_mark_and_the_file(self):
        self.receive("--phone", "0912345678", "--id-number", "079190012345")
        with_it, without = self.ok("export", "csv"), self.ok("export", "csv", "--no-bom")
        self.assertEqual(with_it, MARK + without)
        self.assertIn(",079190012345,0912345678,", without)
        self.assertEqual(without.splitlines()[0], ",".join(TITLES))  # no demo store
        self.assertEqual(self.ok("export", "csv", "--lang", "en").splitlines()[0], MARK + ",".join(KEYS))

    def test_no_dossiers_are_the_titles_alone(self):
        self.assertEqual(self.ok("export", "csv", "--no-bom", "--lang", "en"), ",".join(KEYS) + "\r\n")
        self.assertEqual(self.object("export", "csv", "-o", os.path.join(self.home, "x"))["dossiers"], 0)

    def test_who_bears_another_s_name_is_called_by_login(self):
        self.ok("officer", "put", "lan", "--name", "Nguyễn Thị Lan", "--role", "specialist")
        self.ok("officer", "put", "hoa", "--name", "Trần Thị Hoa", "--role", "specialist")
        self.ok("officer", "put", "hoa2", "--name", "Trần Thị Hoa", "--role", "specialist")
        self.ok("officer", "put", "minh", "--name", "lan", "--role", "specialist")  # a name that is another's login
        codes = {login: self.receive("--officer", login)["code"] for login in ("lan", "hoa", "hoa2", "minh")}
        shown = {row["code"]: row["officer"] for row in self.dicts()}
        self.assertEqual(shown[codes["lan"]], "Nguyễn Thị Lan")
        self.assertEqual((shown[codes["hoa"]], shown[codes["hoa2"]]), ("Trần Thị Hoa", "hoa2"))  # the first of them is who the name means
        self.assertEqual(shown[codes["minh"]], "minh")


@unittest.skipUnless(shutil.which("soffice"), "LibreOffice is not here")
class Spreadsheet(Table):
    def test_libreoffice_reads_what_was_written(self):
        """Every cell as text: what somebody who opens it so sees."""
        self.receive("--phone", "0912345678", "--id-number", "079190012345", "--address", 'Thôn "Đông", xã', "--note", "một\nhai", name="=1+1")
        self.receive(procedure=COPY, name="Đặng Văn Ân")
        path = os.path.join(self.home, "x.csv")
        self.ok("export", "csv", "-o", path)
        rows = rows_of(self.ok("export", "csv")[1:])
        as_text = "/".join(f"{i + 1}/2" for i in range(len(KEYS)))
        read = os.path.join(self.home, "read")
        done = subprocess.run(["soffice", "-env:UserInstallation=file://" + os.path.join(self.home, "office"), "--headless",
                               f"--infilter=CSV:44,34,76,1,{as_text}", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
                               "--outdir", read, path], env=environment(self.home, LC_ALL="C.UTF-8"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(done.returncode, 0, done.stdout)
        name, = os.listdir(read)
        with open(os.path.join(read, name), encoding="utf-8-sig", newline="") as f:
            self.assertEqual(list(csv.reader(f)), rows)


class RoundTrip(Table):
    """What goes out comes back: nothing changes here; elsewhere the same rows stand."""
    clock = "2026-11-20 09:00:00"
    founded = False

    def out(self, *args):
        path = os.path.join(self.home, "out.csv")
        self.ok("export", "csv", "-o", path, *args)
        return path

    def unchanged(self, path, rows):
        before = self.head()
        done = self.run_now("--json", "import", "csv", path)
        said = json.loads(done.stdout.splitlines()[-1])
        void = sum(1 for row in self.dicts() if row["status"] == "void")
        self.assertEqual((said["added"], said["updated"], said["conflicts"]), (0, 0, 0), said)
        self.assertEqual(said["rows"], rows)
        self.assertGreaterEqual(said["unchanged"] + void, rows)
        self.assertEqual(self.head(), before)

    def end_one_while_it_waits(self):
        """Late by now; not when its wait began."""
        self.clock = "2026-11-20 08:00:00"
        code = self.receive(procedure=MARRIAGE)["code"]
        self.ok("supplement", code, "--reason", "Thiếu bản sao", "--need", "Căn cước")
        self.clock = "2026-12-20 09:00:00"
        self.ok("refuse", code, "--reason", "Không bổ sung")
        self.assertEqual(self.object("show", code)["late_days"], 0)

    def told(self):
        """How each stands: what a list and the reports go by."""
        return {d["code"]: (d["state"], d["status"], d["late_days"], d["statutory_due_at"], d["due_at"], d["waiting_since"])
                for d in map(json.loads, self.ok("export", "jsonl").splitlines())}

    def test_into_the_same_store(self):
        for seed in ("1", "2", "3"):
            store = os.path.join(self.home, "D" + seed)
            self.env["MOTCUA_STORE"] = store
            self.ok("demo", "--dossiers", "600", "--until", "2026-11-20", "--seed", seed)
            for lang in ("vi", "en"):
                self.unchanged(self.out("--lang", lang), 600)

    def test_into_an_empty_store(self):
        self.ok("demo", "--dossiers", "600", "--until", "2026-11-20")
        self.end_one_while_it_waits()
        path, told = self.out(), self.told()
        first, *rows = self.table(lang="vi")
        rows = [row for row in rows if row[KEYS.index("status")] != NATIONAL["void"]]
        self.env["MOTCUA_STORE"] = os.path.join(self.home, "E")
        self.ok("init", "--office", "UBND xã Tơ Tung", "--agency", "H42.26.21")
        self.refused("bad_csv", "import", "csv", path, status=3)  # it is all invented
        with open(path, encoding="utf-8-sig", newline="") as f:
            dossiers = list(csv.reader(f))
        with open(path, "w", encoding="utf-8-sig", newline="") as f:
            csv.writer(f).writerows(row[:len(KEYS)] for row in dossiers)
        done = self.run_now("--json", "import", "csv", path, "--rejects", os.path.join(self.home, "r.csv"))
        said = json.loads(done.stdout.splitlines()[-1])
        self.assertEqual((said["added"], said["conflicts"], said["no_result_date"]), (len(rows), 0, 0), said)
        again = self.table(lang="vi")
        n = len(KEYS)
        self.assertEqual(again[0], first[:n])
        self.assertEqual(sorted(again[1:]), sorted(row[:n] for row in rows))
        self.assertEqual(self.told(), {code: d for code, d in told.items() if d[0] != "void"})  # late here is late there
        self.unchanged(self.out(), len(rows))
        done = self.run_now("--json", "import", "csv", path, "--rejects", os.path.join(self.home, "r.csv"))
        said = json.loads(done.stdout.splitlines()[-1])
        self.assertEqual((said["added"], said["updated"], said["conflicts"]), (0, 0, 0), said)


if __name__ == "__main__":
    unittest.main()
