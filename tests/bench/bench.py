#!/usr/bin/env python3
"""make bench: every number motcua means to hold, beside its floor or peer, in one run.

    bench.py BUILD

Environment: BIG=1 takes a store of a million dossiers too; ROWS="save search" only those rows; STRICT=1 leaves with status 1 when
a row fails; KEEP=1 uses the stores that are there though another program made them.

What is printed is tests/bench/RESULTS.md."""
import os
import subprocess
import sys
import time

import asking
import contest
import keeping
import machine
import places
import scaling
import stores
import table


class Bench:
    def __init__(self, big):
        self.sizes = [1000, 10000, 100000] + ([1000000] if big else [])
        self.top = self.sizes[-1]
        self.sizes_shown = self.sizes[2:]  # the gate, and the proof
        self.most_scattered = 100000       # a million, one event a transaction, takes a quarter of an hour to write
        self.table = table.Table()
        self.plain = contest.Runner(places.environment())
        self.now = contest.Runner(places.environment(places.NOW))
        self.later = contest.Runner(places.environment(places.TEN_WEEKS_LATER))

    def close(self):
        for runner in (self.plain, self.now, self.later):
            runner.close()


SECTIONS = (
    ("Asking", "Whole processes, from before one is made to after it is gone, output to /dev/null. The lists are of a morning ten weeks after the store's "
     "last entry, when all that runs is overdue. A search prints the first 50; SQLite searches the same folded text by LIKE; memmem looks for "
     "the longest word over all folded text, side by side in memory, in one process that does nothing else.",
     (("paint", asking.first_paint), ("overdue", asking.overdue), ("task", asking.taskwarrior), ("report", asking.report), ("search", asking.search),
      ("past", asking.past))),
    ("At the keyboard", "The program at a terminal of 50 rows and 200 columns. An answer is the first repaint after a key was taken, as the terminal gets it. In a search the "
     "next letter comes at once then, while it is still searched; the whole result is timed in runs of their own, where each letter waits for it. Each is the median of five "
     "runs. Processor time is the process's own; in the first row, of everything a key causes.",
     (("keys", asking.keys), ("typing", asking.typing))),
    ("Writing", "A save is `store_submit()` of one request, in process, back when it is on the disk; before each one 4 KiB are written into a file beside the store, in place, "
     "and waited for. What happens to a dossier happens to one picked at random among those that run. The import reads the "
     "spreadsheet that `export csv` writes (another agency's codes) into an empty store. Its peer reads the same file with libcsv into SQLite: every cell, times as numbers, "
     "a unique index by code, a partial index of the open ones, the name folded by the same function, and a journal table with one entry a row bound by "
     "BLAKE2b; 1,000 rows a transaction, journal_mode=WAL, synchronous=FULL. It checks nothing beforehand; motcua checks all of it first, keeping what it decided in a file until it writes, and sleeps between its transactions so "
     "that others get their turn.",
     (("save", keeping.save), ("import", keeping.importing), ("demo", keeping.demo))),
    ("Everything", "Exports are written into a file on the store's disk; so is the floor, out of the page cache. Hashing is BLAKE2b of (hash before, number, body) for every entry, where it lies "
     "in the map.", (("ics", keeping.ics), ("vdir", keeping.folder), ("verify", keeping.verify))),
    ("Side by side", "One process imports; in another an officer saves, or looks round on the screen (Esc alone is not counted: its first byte begins an arrow key too, so the screen waits 75 ms for the rest of one). The lock is seen from outside: from LMDB's lock of its writers' mutex to the unlock.",
     (("officer", keeping.officer_beside), ("screen", keeping.screen_beside))),
    ("From a thousand to a million", "The same work on stores of growing size. Flat: what it takes in all. Linear: what a dossier takes. Memory is what the program allocated (RssAnon of "
     "/proc/PID/status, looked at every millisecond), without the pages of the store's file that are mapped, which the system takes back when it likes.",
     (("flat", scaling.flat), ("linear", scaling.linear), ("memory", scaling.import_memory))),
)


def measure(b, wanted):
    for title, text, rows in SECTIONS:
        b.table.section(title, text)
        for name, work in rows:
            if wanted and name not in wanted:
                continue
            stores.say(name)
            try:
                work(b)
            except (contest.Fault, OSError, KeyError, ValueError, IndexError) as fault:
                b.table.missing(name, str(fault).replace("\n", " "))
            stores.remove(places.path("work"))


def main():
    began = time.monotonic()
    places.settle(sys.argv[1] if len(sys.argv) > 1 else "build")
    wanted = os.environ.get("ROWS", "").split()
    known = [name for _, _, rows in SECTIONS for name, _ in rows]
    if not set(wanted) <= set(known):
        sys.exit("bench: ROWS are of: " + " ".join(known))
    b = Bench(os.environ.get("BIG") == "1")
    load = os.getloadavg()[0]
    try:
        measure(b, wanted)
    finally:
        b.close()
    machine.print_header(load, time.monotonic() - began)
    b.table.print(print)
    return 1 if b.table.failed and os.environ.get("STRICT") == "1" else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.SubprocessError as e:
        sys.exit("bench: %s" % e)
