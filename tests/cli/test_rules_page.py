"""The manual's second page, in both languages: its examples are what the program answers, and both pages say the same."""
import os
import re
import subprocess

from desk import ROOT, Desk

PAGES = [os.path.join(ROOT, "man", *where, "motcua.7") for where in ((), ("vi",))]


def source(page):
    with open(page, encoding="utf-8") as f:
        return f.read()


def examples(page):
    return [row.split(" Ta ") for row in re.findall(r"^\.It (\d{4}-\d\d-\d\d .* Ta .*)$", source(page), re.M)]


class RulesPage(Desk):
    founded = False

    def test_the_examples_come_out_so(self):
        rows = examples(PAGES[0])
        self.assertGreater(len(rows), 10)
        for received, limit, clock, due in rows:
            with self.subTest(received=received, limit=limit, clock=clock):
                answer = self.object("due", "--limit", limit, "--received", received, "--clock", clock)
                self.assertEqual(answer["due_at"], due.replace(" ", "T") + ":00+07:00")

    def test_both_pages_have_the_same_examples_and_settings(self):
        self.assertEqual(examples(PAGES[0]), examples(PAGES[1]))
        for page in PAGES:
            for setting in ("clock", "report.basis"):
                self.assertRegex(source(page), r"Li " + re.escape(setting) + r"\b")

    def test_both_are_well_formed(self):
        for page in PAGES:
            said = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", page], capture_output=True).stdout.decode().splitlines()
            self.assertEqual([line for line in said if "NAME" not in line or page == PAGES[0]], [])

    def test_both_have_the_same_sections(self):
        parts = [re.findall(r"^\.(Sh|Ss)\b", source(page), re.M) for page in PAGES]
        self.assertEqual(parts[0], parts[1])
