"""What makes a store: init, demo, restore. It is there whole, or not at all."""
import json
import os

from faulty import Faulty

from desk import NAME

FAILURES = ("disk_full", "io_error", "no_permission", "out_of_memory")
INIT = ("--json", "init", "--office", "UBND xã Tơ Tung", "--agency", "H42.26.21")
DEMO = ("--json", "demo", "--dossiers", "60", "--until", "2026-11-13")


class Making(Faulty):
    clock = "2026-11-16 09:00:00"

    def fill(self):
        os.mkdir(self.model + "/other")
        self.env["MOTCUA_STORE"] = self.model + "/other/S"
        self.ok("init", "--office", "UBND xã Tơ Tung", "--agency", "H42.26.21")
        for i in range(3):
            self.receive()
        self.ok("backup", self.model + "/copy")
        self.ok("export", "journal", "-o", self.model + "/journal")
        journal = self.object("stat")["journal"]
        self.__class__.original = journal["seq"], journal["hash"]

    def is_there(self, scene):
        """Is there a store? Then it is sound, and knows its people."""
        done = self.run_in(scene, "stat", "--json")
        if done.returncode == 0:
            self.sound(scene, "made")
            return True
        self.assertEqual((done.returncode, json.loads(done.stdout)["error"]["kind"]), (1, "no_store"), done.stderr)
        return False

    def judge_made(self, args):
        def judge(scene, word, why):
            there = self.is_there(scene)
            if word in ("killed", "maybe_saved"):
                pass
            elif word in ("done", "saved_unread"):
                self.assertTrue(there, why)
            else:
                self.assertIn(word, FAILURES, why)
                self.assertFalse(there, why)
            if not there:
                self.fine_in(scene, *args)
                self.assertTrue(self.is_there(scene), why)

        return judge

    def test_init(self):
        said = self.survey(*INIT, judge=self.judge_made(INIT), most=40)
        self.assertGreater(said["io_error"], 10, said)

    def test_demo(self):
        self.survey(*DEMO, judge=self.judge_made(DEMO), most=30)

    def judge_restored(self, source):
        made = self.judge_made(("restore", source))

        def judge(scene, word, why):
            made(scene, word, why)
            self.assertEqual(self.head_in(scene), (self.original[0], 3, self.original[1]), why)

        return judge

    def test_restore_from_a_backup(self):
        self.survey("--json", "restore", "{home}/copy", judge=self.judge_restored("{home}/copy"), most=30)

    def test_restore_from_a_journal(self):
        self.survey("--json", "restore", "{home}/journal", judge=self.judge_restored("{home}/journal"), most=12)
