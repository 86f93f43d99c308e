"""The table: what was measured, beside what, and whether it holds."""
import sys


def span(ns):
    """A time that reads well."""
    if ns < 1e4:
        return "%.1f µs" % (ns / 1e3)
    if ns < 1e6:
        return "%.0f µs" % (ns / 1e3)
    if ns < 1e7:
        return "%.2f ms" % (ns / 1e6)
    if ns < 1e9:
        return "%.1f ms" % (ns / 1e6)
    return "%.2f s" % (ns / 1e9)


def took(result):
    """The median, and the least beside it: what is far from it was met by something else the machine did."""
    return "%s (%s)" % (span(result.wall), span(result.least))


def memory(kib):
    return "%.1f MiB" % (kib / 1024)


def times(ratio):
    return "%.2f x" % ratio if ratio < 10 else "%.0f x" % ratio


class Table:
    """Rows under headings. A row holds, fails, or (None) is only told. Each is told on standard error, too, as soon as it is there: what a
    long run measured is not lost when the run is broken off."""

    def __init__(self):
        self.sections = []
        self.held = self.failed = 0

    def section(self, title, text):
        self.sections.append((title, text, []))

    def row(self, work, store, ours, beside="", ratio="", hold="", ok=None):
        if ok is True:
            self.held += 1
        elif ok is False:
            self.failed += 1
        verdict = {True: "pass", False: "**FAIL**", None: ""}[ok]
        row = (work, store, ours, beside, ratio, hold, verdict)
        self.sections[-1][2].append(row)
        print("bench:   " + " | ".join(c for c in row if c), file=sys.stderr, flush=True)

    def missing(self, work, why):
        self.row(work, "", "", hold="not measured: " + why, ok=False)

    def print(self, out):
        for title, text, rows in self.sections:
            if not rows:
                continue
            out("\n## %s\n" % title)
            if text:
                out(text + "\n")
            out("| work | store | motcua | beside it | ratio | hold | |")
            out("|---|---|---|---|---|---|---|")
            for row in rows:
                out("| " + " | ".join(c.replace("|", "\\|") for c in row) + " |")
        out("\n%d rows hold, %d FAIL." % (self.held, self.failed))
