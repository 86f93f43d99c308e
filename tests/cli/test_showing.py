"""show for people: everything the JSON says stands on the page, in both languages, and no label runs into its value."""
import os
import re

from desk import COPY, MARRIAGE, NAME, ROOT, Desk

CORRECTIONS = {"case", "organization", "outside", "channel"}  # labels of nothing but a correction
ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d):00\+07:00")


def labels():
    """name -> (Vietnamese, English), as the table of texts has them."""
    with open(os.path.join(ROOT, "core", "lang_cli.def"), encoding="utf-8") as f:
        return {name: (vi, en) for name, vi, en in re.findall(r'^T\(cli_label_(\w+), "([^"]*)",\s*"([^"]*)"\)$', f.read(), re.M)}


def moment(text, lang):
    year, month, day, hour = ISO.fullmatch(text).groups()
    return f"{day}/{month}/{year} {hour}" if lang == "vi" else f"{year}-{month}-{day} {hour}"


class Page(Desk):
    def page(self, code, lang, *more, **env):
        """label -> value; what has no label of its own goes to the line above."""
        text = self.ok("show", code, "--unmask", "--lang", lang, *more, **env)
        head = text.split("\nQuá trình giải quyết\n" if lang == "vi" else "\nHistory\n")[0].splitlines()
        known = sorted((pair[lang == "en"] for pair in labels().values()), key=len, reverse=True)
        found, columns, last = {}, set(), None
        for line in head[1 + head[0].startswith("["):]:
            if line.startswith("   "):
                found[last] += "\n" + line.strip()
                columns.add(len(line) - len(line.lstrip()))
                continue
            self.assertRegex(line, r"\A  \S")
            last = next(label for label in known if line[2:].startswith(label + " "))
            value = line[2 + len(last):]
            self.assertTrue(value.startswith("  "), line)  # the label whole, and apart from its value
            self.assertNotIn(last, found, text)
            found[last] = value.strip()
            columns.add(len(line) - len(value.lstrip()))
        self.assertEqual(len(columns), 1, text)
        return found

    def everything(self):
        """Dossiers that together have all there is to show."""
        self.ok("officer", "put", "nam", "--name", "Trần Văn Nam", "--role", "specialist", "--unit", "Tư pháp")
        self.ok("procedure", "steps", MARRIAGE, "--step", "Thẩm định; specialist; 2 working_days")
        whole = self.receive("--phone", "0912345678", "--id-number", "052190001234", "--address", "Thôn 1", "--email", "a@example.vn", "--outside",
                             "--organization", "--submitter", "Lê Văn Tám", "--authority", "Giấy ủy quyền số 1", "--channel", "online", "--component", "Tờ khai",
                             "--component", "Bản sao", "--sets", "2", "--collect", "postal", "--fee", "1015000", "--note", "Gấp", "--officer", "nam",
                             "--submitted", "2026-11-15T20:00", "--at", "2026-11-15T21:00")["code"]  # a Sunday
        stopped, paid, void, plain = (self.receive()["code"] for _ in range(4))
        self.ok("void", void, "--reason", "Ghi trùng")
        self.ok("supplement", stopped, "--reason", "Thiếu giấy tờ", "--need", "Bản chính", "--need", "Ảnh")
        self.waiting = self.object("show", stopped)
        self.waiting_pages = {lang: self.page(stopped, lang) for lang in ("vi", "en")}
        self.ok("stop", stopped, "--reason", "Không cần nữa")
        self.ok("await-payment", paid)
        self.ok("paid", paid, "--within", "2 working_days")
        self.clock = "2026-11-18 09:00:00"
        self.ok("apologize", whole, "--reason", "Chờ xác minh", "--until", "2026-11-23", "--signer", "Lê Thị Lan")
        self.clock = "2026-11-24 09:00:00"
        self.ok("resolve", whole, "--result", "Giấy số 12", "--digitized")
        self.ok("return", whole, "--channel", "postal", "--to", "Bà Tám")
        self.ok("rate", whole, "4")
        return whole, stopped, paid, void, plain

    def test_all_there_is(self):
        whole, stopped, paid, void, _ = self.everything()
        self.ok("late", whole, "--category", "unit", "--reason", "Chờ công an xã", "--excuse", "good")
        d = self.object("show", whole, "--unmask")
        words = {"vi": {"outside": "cư trú ngoài xã", "organization": "tổ chức", "postal": "Bưu chính công ích", "online": "Trực tuyến", "fee": "1.015.000 đồng",
                        "clock": "Cuối ngày hẹn", "yes": "Có", "resolved": "Có kết quả", "returned": "Đã trả kết quả", "late": "Trễ hạn", "limit": "3 ngày làm việc",
                        "broken": "không giữ được hẹn mới", "paid": "chưa thu", "number": "1 (năm 2026)",
                        "why": "Đã nêu trong phiếu xin lỗi", "good": "Lý do chính đáng"},
                 "en": {"outside": "lives outside", "organization": "organization", "postal": "By post", "online": "Online", "fee": "1,015,000 VND",
                        "clock": "End of the due day", "yes": "Yes", "resolved": "Resolved", "returned": "Returned", "late": "Late", "limit": "3 working days",
                        "broken": "new date not kept", "paid": "not paid yet", "number": "1 (2026)",
                        "why": "Said in the apology letter", "good": "A good reason"}}
        for lang, w in words.items():
            page, name = self.page(whole, lang), {key: pair[lang == "en"] for key, pair in labels().items()}
            at = lambda key: moment(d[key], lang)
            expected = {
                "procedure": [d["procedure"], d["procedure_name"]], "field": [d["field"]], "applicant": [NAME, w["organization"], w["outside"]],
                "id_number": ["052190001234"], "phone": ["0912345678"], "email": ["a@example.vn"], "address": ["Thôn 1"], "submitter": ["Lê Văn Tám"],
                "authority": ["Giấy ủy quyền số 1"], "components": ["1. Tờ khai", "2. Bản sao"], "sets": ["2"], "fee": [w["fee"]], "collect": [w["postal"]],
                "limit": [w["limit"]], "clock": [w["clock"]], "submitted": [at("submitted_at")], "received": [at("received_at"), w["online"]],
                "counting": [at("counting_at")], "statutory": [at("statutory_due_at")], "due": [at("due_at")], "status": [w["returned"], w["late"]],
                "register": [w["number"]], "fee_paid": [w["paid"]], "step": ["Thẩm định"],
                "late_reason": [w["why"], w["good"]],
                "late_days": [str(d["late_days"])], "holder": ["Trần Văn Nam", "Tư pháp"],
                "apology": ["01/PXL", moment(d["apology"]["issued_at"], lang), moment(d["apology"]["old_due_at"], lang), moment(d["apology"]["new_due_at"], lang),
                            w["broken"], "Chờ xác minh"],
                "signer": ["Lê Thị Lan"], "resolved": [at("resolved_at"), w["resolved"], "Giấy số 12"], "digitized": [w["yes"]],
                "returned": [at("returned_at"), w["postal"], "Bà Tám"], "rating": ["4/5"], "note": ["Gấp"],
            }
            self.assertEqual(set(page), {name[key] for key in expected})
            for key, parts in expected.items():
                for part in parts:
                    self.assertIn(part, page[name[key]], (lang, key))
        self.assertGreater(d["late_days"], 0)
        self.assertNotEqual(d["counting_at"], d["received_at"])

    def test_every_label_fits(self):
        """Each is met on some page, whole and apart from its value: page() sees to that."""
        codes = self.everything()
        for lang in ("vi", "en"):
            seen = set(self.waiting_pages[lang])
            for code in codes:
                seen |= set(self.page(code, lang))
            demo = {"MOTCUA_STORE": self.home + "/demo"}
            if not os.path.exists(demo["MOTCUA_STORE"]):
                self.ok("demo", "--dossiers", "200", "--until", "2026-11-20", **demo)
            imported = next(d["code"] for d in self.objects("list", "--status", "all", **demo) if d["imported"])
            seen |= set(self.page(imported, lang, **demo))
            self.assertEqual(seen, {pair[lang == "en"] for key, pair in labels().items() if key not in CORRECTIONS})

    def test_what_waits_and_what_ended_without_a_result(self):
        _, stopped, paid, void, plain = self.everything()
        page = self.waiting_pages["vi"]
        self.assertEqual(page["Yêu cầu bổ sung"], "Thiếu giấy tờ\n1. Bản chính\n2. Ảnh")
        self.assertEqual(page["Chờ người nộp từ"], moment(self.waiting["waiting_since"], "vi"))
        page = self.page(stopped, "vi")
        for part in ("Dừng giải quyết", "Không cần nữa"):
            self.assertIn(part, page["Kết thúc"])
        self.assertNotIn("Giải quyết xong", page)
        self.assertEqual((page["Trạng thái"], self.page(stopped, "en")["Status"]), ("Dừng xử lý · Đã dừng", "Stopped"))
        self.assertEqual(self.page(paid, "vi")["Sau khi nộp thuế, phí"], "2 ngày làm việc")
        self.assertEqual(self.page(void, "en")["Ended"], "Void · Ghi trùng")
        page = self.page(plain, "vi")
        self.assertEqual(page["Nơi nhận kết quả"], "Tại bộ phận một cửa")
        self.assertEqual(page["Số bộ"], "1")
        self.assertEqual(self.page(plain, "en")["Result wanted"], "At the desk")
        for label in ("Kết quả đã số hóa", "Tính hạn từ", "Nguồn", "Kết thúc", "Phiếu xin lỗi"):
            self.assertNotIn(label, page)
        self.ok("resolve", plain)
        self.assertEqual(self.page(plain, "en")["Result digitized"], "No")
        hours = self.receive("--limit", "8 working_hours", procedure=COPY)["code"]  # ends when it ends
        self.assertNotIn("Giờ hẹn", self.page(hours, "vi"))


class Retired(Desk):
    """Words, not colours alone, say that something is used no more."""

    def line(self, text, *command):
        return next(line for line in self.ok(*command).splitlines() if text in line)

    def test_people(self):
        self.ok("officer", "put", "nam", "--name", "Trần Văn Nam", "--role", "specialist", "--unit", "Tư pháp")
        for lang, word in (("vi", "(ngừng dùng)"), ("en", "(retired)")):
            self.assertNotIn(word, self.ok("officer", "list", "--lang", lang))
            self.assertIn(word, self.ok("officer", "retire", "nam", "--lang", lang))
            self.assertIn(word, self.line("Trần Văn Nam", "officer", "list", "--lang", lang))
            self.assertEqual(self.ok("officer", "list", "--lang", lang).count(word), 1)
            self.assertNotIn(word, self.ok("officer", "put", "nam", "--name", "Trần Văn Nam", "--role", "specialist", "--lang", lang))

    def test_procedures(self):
        for lang, word, whole in (("vi", "(ngừng dùng)", "Đã ngừng dùng"), ("en", "(retired)", "Retired")):
            self.assertNotIn(word, self.ok("procedure", "list", "--lang", lang))
            self.assertNotIn(whole, self.ok("procedure", "show", COPY, "--lang", lang))
            self.ok("procedure", "retire", COPY + "#01")
            self.assertIn(word, self.line(COPY + "#01 ", "procedure", "list", "--lang", lang))
            self.assertNotIn(word, self.line(COPY + " ", "procedure", "list", "--lang", lang))
            self.assertIn(word, self.line(COPY + "#01:", "procedure", "show", COPY, "--lang", lang))
            self.assertNotIn(whole, self.ok("procedure", "show", COPY, "--lang", lang))
            self.ok("procedure", "retire", COPY)
            self.assertIn(word, self.line(COPY + " ", "procedure", "list", "--lang", lang))
            self.assertTrue(self.ok("procedure", "show", COPY, "--lang", lang).splitlines()[1].startswith(whole))
            self.assertNotIn(word, self.line(MARRIAGE, "procedure", "list", "--lang", lang))
            self.ok("procedure", "put", COPY)
            self.ok("procedure", "put", COPY + "#01")
