"""What the system does not grant: file size, descriptors, memory, room, rights; and an answer that nobody can read."""
import json
import os
import resource
import shutil
import signal
import subprocess
import tempfile

import clock
from faulty import MOTCUA, Faulty, Scene

from desk import MARRIAGE, NAME, environment

RECEIVE = ("receive", "--procedure", MARRIAGE, "--applicant", NAME)


class Limits(Faulty):
    clock = "2026-11-16 09:00:00"

    def fill(self):
        self.ok("init", "--office", "UBND xã Tơ Tung", "--agency", "H42.26.21")
        for i in range(3):
            self.receive()

    def setUp(self):
        self.scene = Scene(self.model)

    def tearDown(self):
        self.scene.drop()

    def limited(self, what, most, *args, **more):
        def limit():
            resource.setrlimit(what, (most, resource.getrlimit(what)[1]))

        return self.run_in(self.scene, *args, preexec_fn=limit, **more)

    def failed(self, done, kinds):
        said = done.stderr.decode()
        self.assertEqual(done.returncode, 4, (done.stdout, said))
        self.assertTrue(said.startswith("motcua: ") and said.count("\n") == 1, said)
        self.assertIn(json.loads(done.stdout)["error"]["kind"], kinds)

    def test_a_file_that_may_not_grow(self):
        before = self.head_in(self.scene)
        for most in (4096, 8192):
            self.failed(self.limited(resource.RLIMIT_FSIZE, most, "--json", *RECEIVE), ("disk_full",))
            self.assertEqual(self.head_in(self.scene), before)
        for command in (("backup", "{home}/copy"), ("export", "journal", "-o", "{home}/copy"), ("export", "journal")):
            self.failed(self.limited(resource.RLIMIT_FSIZE, 8192, "--json", *command), ("disk_full", "io_error"))
            self.assertFalse(os.path.exists(self.scene.home + "/copy"))
        self.failed(self.limited(resource.RLIMIT_FSIZE, 8192, "--json", "init", "--office", "A", "--agency", "H1", store=self.scene.home + "/N"), ("disk_full",))
        self.assertFalse(os.path.exists(self.scene.home + "/N"))
        self.sound(self.scene, "size")

    def test_few_descriptors(self):
        for most in range(4, 16):
            before = self.head_in(self.scene)
            done = self.limited(resource.RLIMIT_NOFILE, most, "--json", *RECEIVE)
            if done.returncode == 127:  # the program's libraries could not be loaded
                continue
            if done.returncode:
                self.failed(done, ("io_error",))
            self.assertEqual(self.head_in(self.scene)[1], before[1] + (done.returncode == 0))
        self.sound(self.scene, "descriptors")

    def test_little_memory(self):
        """Whatever the system grants: the program ends with 0 or 4, and says which."""
        for megabytes in range(8, 64, 4):
            before = self.head_in(self.scene)
            done = self.limited(resource.RLIMIT_AS, megabytes << 20, "--json", *RECEIVE)
            if done.returncode == 127:
                continue
            if done.returncode:
                self.failed(done, ("out_of_memory", "io_error"))
            self.assertEqual(self.head_in(self.scene)[1], before[1] + (done.returncode == 0), megabytes)
        self.sound(self.scene, "memory")

    def test_an_answer_that_nobody_reads(self):
        """It is saved, and says so, whatever became of standard output."""
        env = environment(self.scene.home, MOTCUA_STORE=self.scene.store, **clock.environment(self.clock))
        before = self.head_in(self.scene)[1]

        def closed():
            reader, writer = os.pipe()
            os.close(reader)
            return os.fdopen(writer, "wb")

        def plain(handler):
            return lambda: signal.signal(signal.SIGPIPE, handler)

        for stdout in (lambda: open("/dev/full", "wb"), closed):
            for handler in (signal.SIG_DFL, signal.SIG_IGN):
                with stdout() as out:
                    done = subprocess.run([MOTCUA, *RECEIVE], env=env, stdout=out, stderr=subprocess.PIPE, preexec_fn=plain(handler))
                self.assertEqual(done.returncode, 4)
                self.assertIn("đã lưu vào sổ, nhưng không ghi được", done.stderr.decode())
        done = subprocess.run(["sh", "-c", '"$0" "$@" >&-', MOTCUA, *RECEIVE], env=env, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 4)
        self.assertIn("đã lưu vào sổ, nhưng không ghi được", done.stderr.decode())
        self.assertEqual(self.head_in(self.scene)[1], before + 5)

    def test_a_small_disk(self):
        """A real one, filled to the brim; where nothing may be mounted this is left out."""
        disk = tempfile.mkdtemp(prefix="motcua-disk-")
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=640k", "tmpfs", disk], capture_output=True).returncode:
            os.rmdir(disk)
            self.skipTest("nothing can be mounted here")
        try:
            shutil.copytree(self.scene.store, disk + "/S")
            self.scene.store = disk + "/S"
            saved, done = self.head_in(self.scene)[1], None
            for i in range(2000):
                done = self.run_in(self.scene, "--json", *RECEIVE, "--note", "Ghi chú dài " * 150)
                if done.returncode:
                    break
                saved += 1
            self.failed(done, ("disk_full",))
            self.assertEqual(self.head_in(self.scene)[1], saved)
            self.sound(self.scene, "full")
            for command in (("backup", disk + "/copy"), ("export", "journal", "-o", disk + "/copy"), ("compact",)):
                done = self.run_in(self.scene, "--json", *command)
                self.assertIn(done.returncode, (0, 4), done.stderr)
                if done.returncode:
                    self.failed(done, ("disk_full",))
                    self.assertEqual(os.listdir(disk), ["S"])
                elif os.path.exists(disk + "/copy"):
                    os.unlink(disk + "/copy")
                self.assertEqual(self.head_in(self.scene)[1], saved)
            subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
            done = self.run_in(self.scene, "--json", *RECEIVE)
            self.failed(done, ("no_permission",))
            self.assertIn("restore", done.stderr.decode())  # what a disk that failed is mounted like: the store can be taken elsewhere
            elsewhere = self.scene.home + "/elsewhere"
            self.assertEqual(self.run_in(self.scene, "restore", disk + "/S/data.mdb", store=elsewhere).returncode, 0)
            self.assertEqual(json.loads(self.run_in(self.scene, "--json", "stat", store=elsewhere).stdout)["dossiers"], saved)
            shutil.rmtree(elsewhere)
            subprocess.run(["mount", "-o", "remount,rw,size=4m", disk], check=True)
            self.fine_in(self.scene, *RECEIVE)
            self.assertEqual(self.head_in(self.scene)[1], saved + 1)
            self.sound(self.scene, "room again")
        finally:
            subprocess.run(["umount", disk], check=True)
            os.rmdir(disk)
