"""The manual: complete, well formed, and its examples do what it says."""
import os
import re
import subprocess

from desk import MOTCUA, ROOT, Desk
from test_options import COMMANDS

PAGE = os.path.join(ROOT, "man", "motcua.1")
KEYS = os.path.join(ROOT, "tui", "keys.def")
NAMES = {"ESCAPE": "Esc", "ENTER": "Enter", "UP": "Up", "DOWN": "Down", "PAGE_UP": "PgUp", "PAGE_DOWN": "PgDn", "HOME": "Home", "END": "End", "TAB": "Tab",
         "BACK_TAB": "Shift-Tab", "LEFT": "Left", "RIGHT": "Right", "DELETE": "Del", "BACKSPACE": "Backspace"}


def source():
    with open(PAGE, encoding="utf-8") as f:
        return f.read()


def rendered():
    text = subprocess.run(["mandoc", "-T", "utf8", PAGE], capture_output=True, check=True).stdout.decode()
    return re.sub(".\x08", "", text)


def key_label(kind, what):
    if kind == "L":
        return "Space" if what == "' '" else what[1]
    return {"P": lambda: NAMES[what], "F": lambda: "F" + what, "C": lambda: "Ctrl-" + what[1].upper()}[kind]()


class Manual(Desk):
    founded = False

    def test_it_is_well_formed(self):
        done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", PAGE], capture_output=True)
        self.assertEqual((done.returncode, done.stdout), (0, b""))

    def test_every_command_and_option_is_in_it(self):
        text = rendered()
        options = set()
        for command in COMMANDS + ["export ics", "export vdir"]:
            self.assertRegex(text, r"\n +" + command + r"\b")
            page = self.ok(*command.split(), "--help")
            options |= set(re.findall(r"(--[a-z][a-z-]*)", page))
        self.assertGreater(len(options), 50)
        for option in options:
            self.assertRegex(text, option + r"\b")

    def test_every_key_of_the_screen_is_in_it(self):
        with open(KEYS, encoding="utf-8") as f:
            actions = re.findall(r"^A\((\w+), \w+, (.*)\)$", f.read(), re.M)
        self.assertGreater(len(actions), 20)
        screen = source().split(".Sh SCREEN")[1].split(".Sh ")[0]
        named = {key for item in re.findall(r"^\.It Ic (.*)$", screen, re.M) for key in item.replace("\\&", "").split(" , ")}
        for action, keys in actions:
            for kind, what in re.findall(r"([LPFC])\(('.'|\w+)\)", keys):
                self.assertIn(key_label(kind, what), named, action)

    def test_the_limits_are_those_of_the_program(self):
        """As its source has them; both languages name the same numbers (test_manual_vi)."""
        def limit(file, pattern):
            with open(os.path.join(ROOT, *file.split("/")), encoding="utf-8") as f:
                found, = re.findall(pattern, f.read())
            return int(found)
        text = re.sub(r"\s+", " ", rendered())
        days = "icalendar/days_found.h"
        self.assertIn("more than %d MB, %s events or %s days is refused" % (
            limit(days, r"DAYS_IN_BYTES \(\(size_t\)(\d+) << 20\)"), format(limit(days, r"DAYS_IN_EVENTS (\d+)"), ","),
            format(limit(days, r"DAYS_IN_MOST (\d+)"), ",")), text)
        self.assertIn("given %d times at most" % limit("cli/export_items.h", r"EXPORT_ALARMS = (\d+)"), text)

    def test_the_examples(self):
        """In order, in one store, as somebody would type them."""
        del self.env["MOTCUA_STORE"]
        self.env["PATH"] = os.path.dirname(MOTCUA) + ":" + self.env["PATH"]
        examples = re.findall(r"^\$ (.*)$", source().split(".Sh EXAMPLES")[1].split(".Sh ")[0], re.M)
        self.assertGreater(len(examples), 10)
        for line in examples:
            expected = int(line.split("# exit ")[1]) if "# exit " in line else 0
            done = subprocess.run(["sh", "-c", line], env={**self.env, **self.clock_env()}, cwd=self.home, capture_output=True)
            self.assertEqual(done.returncode, expected, (line, done.stderr))
        with open(self.home + "/hoso.csv", encoding="utf-8-sig") as f:
            self.assertEqual(len(f.read().splitlines()), 3)
        with open(self.home + "/due.ics", encoding="utf-8") as f:
            self.assertIn("BEGIN:VEVENT", f.read())
