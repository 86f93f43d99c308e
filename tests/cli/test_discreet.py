"""What is somebody's stays out of complaints: they end in logs, in mail from cron, on a screen turned to the public."""
import os
import resource
import signal
import subprocess

import hostile
from desk import MARRIAGE, MOTCUA, Desk

NAME, PHONE, ID, ADDRESS, EMAIL = "Quách Thị Bích Ngà", "0987654321", "001199004567", "Số 39 ngõ Vườn Kín", "bichnga@kin.example"
GIVEN = {"--applicant": NAME, "--phone": PHONE, "--id-number": ID, "--address": ADDRESS, "--email": EMAIL, "--submitter": NAME}
# What of them betrays somebody; numbers also without their first and last figure.
NEEDLES = ["Quách", "Bích", "Ngà", PHONE[1:-1], ID[1:-1], "ngõ", "Vườn", "Kín", "bichnga", "kin.example"]
# Where a text stands that is no person's: what it says may be repeated. A code that is given is the dossier's own from then on.
OWN = {"--officer", "--procedure", "--field", "--code"}
ALL = [w for pair in GIVEN.items() for w in pair]


class Discreet(Desk):
    def setUp(self):
        super().setUp()
        self.ok("officer", "put", "nam", "--name", "Nam", "--role", "specialist")
        self.open = self.object("receive", "--procedure", MARRIAGE, *ALL)["code"]
        self.ended = self.object("receive", "--procedure", MARRIAGE, *ALL)["code"]
        self.ok("refuse", self.ended, "--reason", "thiếu")
        self.said = 0

    def discreet(self, *words, **more):
        """Nothing personal on standard error, nor in the message of an error in JSON."""
        for extra in ([], ["--json", "--lang", "en"]):
            done = self.run_now(*extra, *words, **more)
            self.told(done, words, extra and done.returncode)
        return done

    def told(self, done, words, json=False):
        heard = done.stderr.decode("utf-8", "replace") + (done.stdout.decode("utf-8", "replace") if json else "")
        self.said += bool(heard)
        for needle in NEEDLES:
            self.assertNotIn(needle, heard, words)

    def whole(self, command):
        return [self.open if w == "{open}" else w for w in command]

    def commands(self):
        """All of them, with everything personal they take."""
        given = dict(GIVEN)
        for command in hostile.COMMANDS:
            words = self.whole(command)
            for at in range(1, len(words)):
                if words[at - 1] in given and command[0] == "receive":
                    words[at] = given[words[at - 1]]
            if command[0] == "return":
                words[-1] = NAME
            if command[0] == "correct":
                words[2:3] = [f"phone={PHONE}", f"id-number={ID}"] if words[2].startswith("phone") else [f"address={ADDRESS}", f"email={EMAIL}"]
            yield words

    def test_a_wrong_value_is_not_repeated(self):
        """In every place of every command: too long, broken, or simply of another kind."""
        for words in self.commands():
            for at in hostile.slots(words):
                if words[0] != "search" and (words[at - 1] in OWN or words[0] in ("officer", "procedure", "config", "calendar")):
                    continue
                kept = words[at].split("=")[0] + "=" if words[0] == "correct" and "=" in words[at] else ""
                for value in (NAME, PHONE, ID, EMAIL, ADDRESS):
                    for broken in ("", "\x1b", "\n\u202e", value * 600):
                        self.discreet(*words[:at], kept + value + broken, *words[at + 1:])
        self.assertGreater(self.said, 1000)

    def test_a_word_in_the_wrong_place(self):
        for words in self.commands():
            for value in (NAME, PHONE, "0987 654 321", "0987.654.321", "+84 987654321", ID, EMAIL, ADDRESS, "Bích"):
                self.discreet(*words, value)
                self.discreet(*words, f"--phnoe={value}")
                self.discreet(*words, f"--{value}")
        for value in (NAME, PHONE, ID, EMAIL, ADDRESS):
            for words in ([value], ["officer", value], [f"--{value}", "stat"], ["--color", "never", value, "list"], ["export", value],
                          ["correct", self.open, value, "--reason", "x"], ["correct", self.open, f"{value}=x", "--reason", "x"],
                          ["correct", self.open, f"phone={value}", f"phone={value}", "--reason", "x"], ["search", value, "--max", value],
                          ["rate", self.open, value], ["transfer", self.open, value, "--to", "nam"], ["show", value], ["explain", value],
                          ["receive", "--phone", "--id-number", value], ["receive", "--procedure", MARRIAGE, "--applicant", *value.split()]):
                self.discreet(*words)

    def test_what_is_missing(self):
        """Each option of each command left out, its value left behind."""
        for words in self.commands():
            for at, word in enumerate(words):
                if word.startswith("--"):
                    self.discreet(*words[:at], *words[at + 2:])
                    self.discreet(*words[:at], *words[at + 1:])
                    self.discreet(*words[:at + 1])

    def test_what_the_desk_refuses(self):
        """Acts that come too late, or on what is not there; the store holds the same people."""
        for words in self.commands():
            if self.open in words:
                for code in (self.ended, "X-0009", PHONE, NAME, "0001 0002", "H42"):
                    self.discreet(*[code if w == self.open else w for w in words])
            self.discreet(*words, "--at", "2030-01-01")
            self.discreet(*words, "--at", "2020-01-01")
        for wrong in (["--procedure", "9.9.9"], ["--procedure", MARRIAGE, "--officer", "nobody"], ["--procedure", MARRIAGE, "--limit", "0 working_days"],
                      ["--procedure", MARRIAGE, "--code", self.open], ["--procedure", MARRIAGE, "--code", PHONE + "!"],
                      ["--procedure", MARRIAGE, "--submitted", "2026-11-17"]):
            done = self.discreet("receive", *wrong, *ALL)
            self.assertNotEqual(done.returncode, 0, wrong)
        for words in (["officer", "put", "huong", "--name", "Hương", "--role", "officer"], ["officer", "retire", "nam"]):
            self.ok(*words)

    def test_when_the_system_fails(self):
        """No room, no store, a damaged one, no place to write to."""
        def no_room():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        for words in self.commands():
            env = {**self.env, **self.clock_env()}
            done = subprocess.run([MOTCUA, *words], env=env, stdin=subprocess.DEVNULL, capture_output=True, preexec_fn=no_room)
            self.told(done, words)
            self.discreet(*words, MOTCUA_STORE=os.path.join(self.home, "nothing"))
            with open("/dev/full", "w") as full:
                self.told(self.run_now(*words, stdout=full), words)
        with open(os.path.join(self.store, "data.mdb"), "r+b") as f:
            f.seek(8192)
            f.write(b"\xff" * (os.path.getsize(f.name) - 8192))
        for words in self.commands():
            self.discreet(*words)

    def test_files_bear_no_names(self):
        """Nothing the program leaves on the disk is called by what is somebody's."""
        self.ok("export", "ics", "-o", os.path.join(self.home, "x.ics"), "--with-names")
        for folder, folders, files in os.walk(self.home):
            for name in folders + files:
                for needle in NEEDLES:
                    self.assertNotIn(needle, name)
