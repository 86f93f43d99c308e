"""Several people at once, and whatever they type: codes stay distinct, one letter stays one, nothing crashes."""
import json
import random
import subprocess

from desk import COPY, MARRIAGE, MOTCUA, NAME, Desk


class Together(Desk):
    def start(self, *args):
        return subprocess.Popen([MOTCUA, *args, "--json"], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def finish(self, process):
        out, _ = process.communicate()
        return process.returncode, out

    def setUp(self):
        super().setUp()
        self.clock = "2026-11-16 09:00:00"

    def test_every_receipt_has_a_code_of_its_own(self):
        shell = 'i=0; while [ $i -lt 25 ]; do "$0" receive --procedure 1.004873 --applicant "N $1 $i" --json || exit 1; i=$((i+1)); done'
        desks = [subprocess.Popen(["sh", "-c", shell, MOTCUA, str(i)], env=self.env, stdout=subprocess.PIPE) for i in range(8)]
        codes = []
        for desk in desks:
            status, out = self.finish(desk)
            self.assertEqual(status, 0)
            codes += [json.loads(line)["code"] for line in out.splitlines()]
        self.assertEqual((len(codes), len(set(codes))), (200, 200))
        stat = json.loads(subprocess.run([MOTCUA, "stat", "--json"], env=self.env, capture_output=True, check=True).stdout)
        self.assertEqual(stat["dossiers"], 200)
        self.assertEqual({code[-4:] for code in codes}, {f"{i:04}" for i in range(1, 201)})

    def test_exactly_one_of_two_letters(self):
        for _ in range(20):
            done = self.start("receive", "--procedure", MARRIAGE, "--applicant", NAME)
            code = json.loads(self.finish(done)[1])["code"]
            pair = [self.start("apologize", code, "--reason", str(i), "--until", "2027-11-30") for i in range(2)]
            ended = sorted(self.finish(p) for p in pair)
            self.assertEqual([status for status, _ in ended], [0, 1])
            self.assertEqual(json.loads(ended[1][1])["error"]["kind"], "second_apology")


class Anything(Desk):
    """Random lines from the program's own words and from nonsense: a status of the contract, one sentence, no crash."""

    WORDS = ["receive", "transfer", "apologize", "resolve", "return", "refuse", "show", "explain", "due", "list", "search", "morning", "procedure", "officer",
             "calendar", "put", "stat", "--procedure", "--applicant", "--limit", "--received", "--at", "--as-of", "--until", "--reason", "--to", "--status",
             "--due", "--sort", "--max", "--csv", "--json", "--lang", "--color", "--unmask", "--phone", "--code", "--sets", "--fee", "--component", "--channel",
             "--", "-", "", MARRIAGE, COPY, "2.000815#01", "0001", "261116-0001", "H42.26.21-261116-0001", "root", "nam", "vi", "en", "always", "2026-11-16",
             "2026-11-16T08:00", "2026-12-01", "2026-11-01..2026-11-30", "3 working_days", "same_day", "2 months", "overdue,open", "all", "late", "2027", "0", "1",
             "99999999999999999999", "-1", "direct", "desk", "officer", "chief", NAME, "a\nb", "\x1b[31m", "\u202e", b"\xff\xfe", "x" * 5000, "=1+1", "%s%n", "{1}{2}",
             "--limit=", "--lang=en", "--json=1", "--reason=\u00e9", "--applicant=A", "-h", "-s", "--procedure=1.004873", "--received=2026-11-16"]

    def test_random_lines(self):
        seed = random.randrange(1 << 30)
        dice = random.Random(seed)
        self.receive()
        for _ in range(400):
            line = [dice.choice(self.WORDS) for _ in range(dice.randint(1, 9))]
            if dice.random() < 0.7:
                line.insert(0, dice.choice(self.WORDS[:17]))
            done = self.run_now(*line)
            with self.subTest(seed=seed, line=line):
                self.assertIn(done.returncode, (0, 1, 2), done.stderr)
                if done.returncode == 0:
                    self.assertEqual(done.stderr, b"")
                else:
                    self.sentence(done)
                for c in done.stdout.decode():
                    self.assertTrue(c.isprintable() or c in "\n\r\ufeff\x1b", repr(c))
        self.assertEqual(self.run_now("stat").returncode, 0)
