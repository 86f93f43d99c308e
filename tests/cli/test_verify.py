"""verify: a sound store, one that is not, and heads noted earlier."""
import json
import os
import shutil

from desk import MOTCUA, NAME, Desk

HEAD = r"^\d+:[0-9a-f]{64}$"


class Verify(Desk):
    def setUp(self):
        super().setUp()
        for i in range(4):
            self.receive("--phone", "091234567%d" % i)
        self.ok("resolve", "0002")

    def data(self, store=None):
        return os.path.join(store or self.store, "data.mdb")

    def noted(self):
        stat = self.object("stat")["journal"]
        return "%d:%s" % (stat["seq"], stat["hash"])

    def answer(self, *args, status=4):
        """The object printed, and what was said on standard error."""
        done = self.run_now("verify", "--json", *args)
        self.assertEqual(done.returncode, status, (done.stdout, done.stderr))
        return json.loads(done.stdout), self.sentence(done)

    def places(self, text):
        with open(self.data(), "rb") as f:
            whole = f.read()
        found, at = [], whole.find(text)
        while at >= 0:
            found.append(at)
            at = whole.find(text, at + 1)
        return found

    def spoil(self, at):
        with open(self.data(), "r+b") as f:
            f.seek(at)
            byte = f.read(1)[0]
            f.seek(at)
            f.write(bytes([byte ^ 1]))

    # ---- sound ----

    def test_one_line_with_the_head(self):
        for lang, words in (("vi", "mục nhật ký"), ("en", "entries")):
            line = self.ok("verify", "--lang", lang)
            self.assertEqual(line.count("\n"), 1)
            self.assertIn(words, line)
            self.assertIn("4 ", line)
            self.assertRegex(line.split()[-1], HEAD)
            self.assertEqual(line.split()[-1], self.noted())

    def test_the_object(self):
        stat = self.object("stat")
        self.assertEqual(self.object("verify"), {"ok": True, "seq": stat["events"], "hash": stat["journal"]["hash"], "dossiers": 4, "first_bad": None, "what": None})

    def test_it_leaves_nothing_and_changes_nothing(self):
        temporary = self.home + "/tmp"
        os.mkdir(temporary)
        with open(self.data(), "rb") as f:
            before = f.read()
        self.ok("verify", TMPDIR=temporary)
        self.assertEqual(os.listdir(temporary), [])
        with open(self.data(), "rb") as f:
            self.assertEqual(f.read(), before)

    def test_a_demo_store_says_what_it_is(self):
        self.ok("-s", self.home + "/demo", "demo", "--dossiers", "5")
        self.assertEqual(len(self.ok("-s", self.home + "/demo", "verify").splitlines()), 2)

    def spoil_a_record(self):
        """What is only worked out of the journal: then it takes a working copy to say what is wrong."""
        for at in self.places(b"0912345672"):
            self.spoil(at)
            done = self.run_now("verify", "--json")
            if done.returncode and not json.loads(done.stdout)["first_bad"]:
                return
            self.spoil(at)
        self.fail("no record was found")

    def test_nowhere_to_work(self):
        self.ok("verify", TMPDIR="/nowhere")  # nothing is wrong: nothing is written
        self.spoil_a_record()
        done = self.run_now("verify", TMPDIR="/nowhere")
        self.assertEqual(done.returncode, 4)
        self.assertNotIn("hỏng", self.sentence(done))

    def test_no_room_to_work(self):
        """What is full is the place for temporary files, and that can be another."""
        temporary = self.home + "/tmp"
        os.mkdir(temporary)
        faults = os.path.join(os.path.dirname(MOTCUA), "tests", "faults.so")
        self.ok("verify", TMPDIR=temporary)
        self.spoil_a_record()
        env = {"LD_PRELOAD": self.clock_env()["LD_PRELOAD"] + ":" + faults, "FAULTS_UNDER": temporary, "FAULTS_AT": "4", "FAULTS_TIMES": "0", "FAULTS_ERROR": "28"}
        done = self.run_now("verify", TMPDIR=temporary, **env)
        self.assertEqual(done.returncode, 4)
        said = self.sentence(done)
        for part in (temporary, "TMPDIR"):
            self.assertIn(part, said)
        self.assertNotIn("hỏng", said)
        left = os.listdir(temporary)  # where not even removing is possible
        done = self.run_now("verify", TMPDIR=temporary)
        self.assertIn("hỏng", self.sentence(done))
        self.assertEqual(os.listdir(temporary), left)

    def test_it_never_sends_to_itself(self):
        """Elsewhere a damaged store sends here; here it is said what to do."""
        with open(self.data(), "rb") as f:
            whole = bytearray(f.read())
        for page in range(2, len(whole) // 4096):
            broken = bytearray(whole)
            broken[page * 4096 + 16:page * 4096 + 400] = b"\xff" * 384
            with open(self.data(), "wb") as f:
                f.write(broken)
            done = self.run_now("verify")
            if done.returncode:
                said = self.sentence(done)
                self.assertIn("restore", said)
                self.assertNotIn("chạy motcua verify", said)

    # ---- heads noted earlier ----

    def test_a_journal_that_went_on(self):
        noted = [self.noted()]
        self.receive()
        noted.append(self.noted())
        self.ok("verify", "--against", noted[0], "--against", noted[1])
        self.ok("verify", "--against", noted[0].upper())

    def test_an_older_store_in_its_place(self):
        shutil.copy(self.data(), self.home + "/older")
        self.receive()
        noted = self.noted()
        shutil.copy(self.home + "/older", self.data())
        self.ok("verify")
        said, sentence = self.answer("--against", noted)
        self.assertEqual((said["ok"], said["error"]["kind"]), (False, "head_missing"))
        self.assertEqual(said["first_bad"], None)
        self.assertIn(said["what"], sentence)
        self.assertIn(noted.split(":")[0], said["what"])

    def test_another_journal(self):
        seq, hash_ = self.noted().split(":")
        other = "%s:%s%s" % (seq, hash_[:-1], "0" if hash_[-1] != "0" else "1")
        said, _ = self.answer("--against", self.noted(), "--against", other)
        self.assertEqual((said["ok"], said["error"]["kind"]), (False, "head_differs"))

    def test_what_is_no_head(self):
        for text in ("1", "1:", ":" + "0" * 64, "0:" + "0" * 64, "1:" + "0" * 15, "1:" + "0" * 65, "01:" + "0" * 64, "-1:" + "0" * 64, " 1:" + "0" * 64,
                     "1:" + "g" * 64, "99999999999999999999:" + "0" * 64):
            self.wrong("verify", "--against", text)
        self.wrong("-s", self.home + "/none", "verify", "--against", "1", says="1")  # before anything is opened
        self.wrong("verify", "--against")
        self.wrong("verify", "more")

    # ---- damage ----

    def test_each_copy_of_a_name(self):
        """In the journal, in a record, in a list: each is found, the journal's as an entry."""
        entries, sound = set(), 0
        for at in self.places(NAME.encode()):
            self.spoil(at + 2)
            done = self.run_now("verify", "--json")
            if done.returncode == 0:  # a page that is not in use any more
                sound += 1
            else:
                said = json.loads(done.stdout)
                self.assertEqual((done.returncode, said["ok"], said["error"]["kind"]), (4, False, "damaged"))
                self.assertTrue(said["what"])
                self.assertNotIn("Hương", said["what"] + done.stderr.decode())
                entries.add(said["first_bad"])
            self.spoil(at + 2)
        self.ok("verify")
        self.assertGreaterEqual(len(entries - {None}), 4)  # one of each receipt
        self.assertIn(None, entries)

    def test_the_first_bad_entry_is_named(self):
        seq = self.object("show", "0001")["history"][0]["seq"]
        for at in self.places(b"0912345670"):
            self.spoil(at)
            done = self.run_now("verify", "--json", "--lang", "en")
            if done.returncode and json.loads(done.stdout)["first_bad"]:
                said = json.loads(done.stdout)
                self.assertEqual(said["first_bad"], seq)
                self.assertIn("journal entry %d " % seq, said["what"])
                self.assertIn("restore", self.sentence(done))
                return
            self.spoil(at)
        self.fail("the entry was not found")

    def test_the_way_out_where_the_journal_is_sound(self):
        """What is only worked out of it is spoilt: it names the dossier, and what it tells to do is done."""
        noted, code = self.noted(), self.object("show", "0003")["code"]
        for at in self.places(b"0912345672"):
            self.spoil(at)
            done = self.run_now("verify", "--json", "--lang", "en")
            if done.returncode and not json.loads(done.stdout)["first_bad"]:
                break
            self.spoil(at)
        self.assertEqual(done.returncode, 4)
        self.assertIn(code, json.loads(done.stdout)["what"])
        for word in ("export journal", "restore"):
            self.assertIn(word, self.sentence(done))
        self.ok("export", "journal", "-o", self.home + "/journal")
        new = self.home + "/new"
        self.ok("-s", new, "restore", self.home + "/journal")
        self.ok("-s", new, "verify", "--against", noted)

    def test_one_that_does_not_open(self):
        os.truncate(self.data(), 16384)
        said, sentence = self.answer()
        self.assertEqual((said["ok"], said["seq"], said["hash"], said["dossiers"], said["first_bad"]), (False, None, None, None, None))
        self.assertIn(said["what"], sentence)
        self.assertEqual(self.run_now("-s", self.home + "/none", "verify").returncode, 1)

    def test_one_that_does_not_open_but_can_be_made_anew(self):
        noted, layout = self.noted(), b"layout\xff\xf8\x00\x07"
        for at in self.places(layout):
            self.spoil(at + len(layout) - 1)
        self.assertEqual(self.run_now("list").returncode, 4)
        said, sentence = self.answer()
        self.assertEqual((said["ok"], said["first_bad"], said["error"]["kind"]), (False, None, "damaged"))
        self.assertIn("restore " + self.data(), sentence)
        new = self.home + "/new"
        self.ok("-s", new, "restore", self.data())
        self.ok("-s", new, "verify", "--against", noted)

    def test_the_last_entry(self):
        """Opening looks at it too, and does not know its number."""
        seq, hash_ = self.noted().split(":")
        spoilt = False
        for at in self.places(bytes.fromhex(hash_)):
            self.spoil(at)
            done = self.run_now("verify", "--json")
            self.assertEqual(done.returncode, 4)
            spoilt = spoilt or json.loads(done.stdout)["first_bad"] == int(seq)
            self.spoil(at)
        self.assertTrue(spoilt)
        self.ok("verify")

    # ---- who else may read ----

    def test_it_warns_of_others(self):
        os.chmod(self.data(), 0o644)
        done = self.run_now("verify")
        self.assertEqual(done.returncode, 0)
        self.assertIn("data.mdb", self.sentence(done))
        os.chmod(self.data(), 0o660)
        self.ok("verify")
