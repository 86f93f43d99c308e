"""What writes a file beside the store, or the store anew: backup, the exports, compact."""
import os

from faulty import Faulty

FAILURES = ("disk_full", "io_error", "no_permission", "out_of_memory")
OLD = b"what was there before\n"


class Copies(Faulty):
    clock = "2026-11-16 09:00:00"

    def fill(self):
        self.ok("init", "--office", "UBND xã Tơ Tung", "--agency", "H42.26.21")
        for i in range(5):
            self.receive()
        os.mkdir(self.model + "/out")
        with open(self.model + "/out/file", "wb") as f:
            f.write(OLD)
        journal = self.object("stat")["journal"]
        self.__class__.original = journal["seq"], 5, journal["hash"]

    def left_alone(self, scene, why):
        self.assertEqual(self.head_in(scene), self.original, why)
        self.sound(scene, why)

    def tidy(self, scene, word, why):
        """Nothing half-made is left, unless the program was killed or could not remove it."""
        if word != "killed" and why["FAULTS_TIMES"] != "0" and not any("unlink" in call for call in why["log"]):
            self.assertEqual(sorted(os.listdir(scene.home + "/out")), ["file"], why)
            self.assertEqual(sorted(os.listdir(scene.store)), ["data.mdb", "lock.mdb"], why)

    def judge_file(self, whole):
        """The file is the old one or the new one, each whole: `whole(scene)` looks at a new one."""

        def judge(scene, word, why):
            with open(scene.home + "/out/file", "rb") as f:
                new = f.read() != OLD
            if word == "done":
                self.assertTrue(new, why)
            elif word != "killed":
                self.assertIn(word, FAILURES, why)
            if new:
                whole(scene)
            self.left_alone(scene, why)
            self.tidy(scene, word, why)

        return judge

    def restores(self, scene):
        self.fine_in(scene, "restore", "{home}/out/file", store=scene.home + "/R")
        self.assertEqual(self.head_in(scene, store=scene.home + "/R"), self.original)

    def test_backup(self):
        said = self.survey("--json", "backup", "{home}/out/file", judge=self.judge_file(self.restores), most=36)
        self.assertGreater(said["io_error"], 10, said)

    def test_export_journal(self):
        said = self.survey("--json", "export", "journal", "-o", "{home}/out/file", judge=self.judge_file(self.restores), most=24)
        self.assertGreater(said["io_error"], 5, said)

    def equals(self, *args):
        expected = self.run_now(*args).stdout
        self.assertGreater(len(expected), 1000)

        def whole(scene):
            with open(scene.home + "/out/file", "rb") as f:
                self.assertEqual(f.read(), expected)

        return whole

    def test_export_jsonl(self):
        self.survey("--json", "export", "jsonl", "-o", "{home}/out/file", judge=self.judge_file(self.equals("export", "jsonl")), most=20)

    def test_export_ics(self):
        self.survey("--json", "export", "ics", "-o", "{home}/out/file", judge=self.judge_file(self.equals("export", "ics")), most=16)

    def test_exports_to_standard_output(self):
        """They pass through a file without a name, which may fail too."""
        for what in ("jsonl", "journal", "ics"):
            expected = self.run_now("export", what).stdout

            def judge(scene, word, why):
                self.assertIn(word, ("done", "killed") + FAILURES, why)
                self.left_alone(scene, why)

            self.survey("--json", "export", what, judge=judge, most=6, expected=expected)

    def test_compact(self):
        def judge(scene, word, why):
            self.assertIn(word, ("done", "killed") + FAILURES, why)
            self.left_alone(scene, why)
            self.tidy(scene, word, why)
            self.fine_in(scene, "compact")
            self.left_alone(scene, why)
            self.assertEqual(sorted(os.listdir(scene.store)), ["data.mdb", "lock.mdb"], why)

        said = self.survey("--json", "compact", judge=judge, most=36)
        self.assertGreater(said["io_error"], 10, said)
