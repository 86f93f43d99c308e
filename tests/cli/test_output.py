"""What is written: whole or an error, valid JSON whatever was stored, nothing raw on a terminal."""
import json
import os
import signal
import subprocess

from desk import MARRIAGE, MOTCUA, NAME, Desk


class Terminal(Desk):
    def test_a_complaint_is_broken_between_words(self):
        words = ("-s", os.path.join(self.home, "none"), "stat")
        whole = self.sentence(self.run_now(*words)).rstrip("\n")
        for columns in (60, 80, 132):
            status, said, _ = self.at_terminal(24, columns, *words, complaints=True)
            rows = said.rstrip("\n").split("\n")
            self.assertEqual(status, 1)
            self.assertGreater(len(rows), 1)
            self.assertEqual(" ".join(rows), whole)
            for row in rows:
                self.assertLessEqual(len(row), columns)
        self.assertEqual(self.at_terminal(24, 1000, *words, complaints=True)[1], whole + "\n")


    def test_titles_in_little_room(self):
        """Without the words that half of them begin with, begun as the others; whole where a program reads them."""
        self.ok("procedure", "put", "9.000001", "--name", "Thủ tục cấp giấy tạm", "--field", "Hộ tịch", "--limit", "3 working_days")
        self.receive(procedure="9.000001")
        for words, columns, title in ((("list",), 80, "Cấp giấy tạm"), (("list",), 200, "Thủ tục cấp giấy tạm"), (("list", "--csv"), 80, "Thủ tục cấp giấy tạm")):
            status, said, _ = self.at_terminal(24, columns, *words, NO_COLOR="1")
            self.assertEqual(status, 0)
            shown = {wide: wide in said.replace("\n", " ") for wide in ("Cấp giấy tạm", "Thủ tục cấp giấy tạm")}
            self.assertEqual([t for t in shown if shown[t]], [title], said)


class Place(Desk):
    def test_the_store_is_named_from_the_root(self):
        here = os.getcwd()
        os.chdir(self.home)
        try:
            self.assertIn(f"Sổ: {os.path.realpath(self.store)} ", self.ok("-s", "S", "stat", program=MOTCUA))
        finally:
            os.chdir(here)


class Full(Desk):
    def test_a_full_disk_behind_standard_output(self):
        self.receive()
        for line in (("list",), ("stat",), ("morning", "--json"), ("procedure", "list"), ("--help",), ("--version",)):
            with open("/dev/full", "wb") as full:
                done = self.run_now(*line, stdout=full)
            self.assertEqual(done.returncode, 4, line)
            self.sentence(done)

    def test_what_was_saved_is_said_to_be_saved(self):
        with open("/dev/full", "wb") as full:
            done = self.run_now("receive", "--procedure", MARRIAGE, "--applicant", NAME, stdout=full)
        self.assertEqual(done.returncode, 4)
        self.assertIn("đã lưu", self.sentence(done))
        self.assertEqual(self.object("stat")["dossiers"], 1)

    def test_a_reader_that_leaves(self):
        process = subprocess.Popen([MOTCUA, "procedure", "list", "--json"], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.read(10)
        process.stdout.close()
        self.assertEqual(process.stderr.read(), b"")
        process.stderr.close()
        self.assertIn(process.wait(), (0, -signal.SIGPIPE))

    def test_no_standard_output_at_all(self):
        done = subprocess.run(["sh", "-c", '"$0" stat >&-', MOTCUA], env=self.env, capture_output=True)
        self.assertEqual(done.returncode, 4)
        self.sentence(done)


class Shapes(Desk):
    def test_every_line_is_json(self):
        for i in range(5):
            self.receive("--note", 'Một "ghi chú"\nhai dòng \\ ', "--phone", "0912345678", name=f'Lê "Tám" {i} \\ <>&\'')
        for line in (("list",), ("search", "tam"), ("morning",), ("stat",), ("procedure", "list"), ("officer", "list"), ("calendar", "show"),
                     ("show", "0001"), ("explain", "0001"), ("due", "--limit", "1 month", "--received", "2026-11-16")):
            text = self.ok(*line, "--json")
            self.assertTrue(text.endswith("\n"))
            for one in text.splitlines():
                self.assertIsInstance(json.loads(one), dict)
        self.assertEqual(self.object("show", "0001")["note"], 'Một "ghi chú"\nhai dòng \\')

    def test_keys_are_the_same_in_both_languages(self):
        self.receive()
        self.ok("morning")  # from now on something is noted to compare with
        for line in (("list",), ("morning",), ("stat",), ("show", "0001")):
            self.assertEqual(self.objects(*line, "--lang", "vi"), self.objects(*line, "--lang", "en"))

    def test_history_of_a_dossier(self):
        self.receive()
        self.ok("transfer", "0001", "--to", "root")
        self.ok("apologize", "0001", "--reason", "Chờ", "--until", "2026-12-01")
        self.ok("refuse", "0001", "--reason", "Không đủ")
        self.ok("return", "0001")
        history = self.object("show", "0001")["history"]
        self.assertEqual([e["kind"] for e in history], ["received", "transferred", "apologized", "refused", "returned"])
        for e in history:
            self.assertEqual(list(e)[:5], ["seq", "recorded_at", "at", "by", "kind"])
            self.assertEqual(e["by"], "root")
        self.assertEqual(history[2]["new_due_at"], "2026-12-01T17:00:00+07:00")
        for lang, words in (("vi", ("Tiếp nhận", "Chuyển xử lý", "Xin lỗi", "Từ chối", "Đã trả")), ("en", ("Received", "Transferred", "Apologised", "Refused", "Returned"))):
            page = self.ok("show", "0001", "--lang", lang)
            for word in words:
                self.assertIn(word, page)


class Failing(Desk):
    def test_a_folder_that_cannot_be_made(self):
        for line in (("init", "--office", "A", "--agency", "H1"), ("demo", "--dossiers", "1"), ("list",)):
            done = self.run_now("-s", "/dev/null/x", *line, "--json")
            self.assertIn(done.returncode, (1, 4), line)
            self.sentence(done)
            self.assertIn("error", json.loads(done.stdout))

    def test_garbage_is_not_a_store(self):
        where = self.home + "/garbage"
        os.mkdir(where)
        with open(where + "/data.mdb", "wb") as f:
            f.write(b"This is a text, not a store. " * 4000)
        for line in (("stat",), ("list",), ("receive", "--procedure", MARRIAGE, "--applicant", NAME), ("due", "--limit", "1 month", "--received", "2026-11-16")):
            done = self.run_now("-s", where, *line)
            self.assertEqual(done.returncode, 4, line)
            self.sentence(done)
        with open(where + "/data.mdb", "rb") as f:
            self.assertTrue(f.read().startswith(b"This is a text"))
