"""Rows of what is written and what goes over everything: saves, imports, exports, verify; and of what happens while others write."""
import os
import signal
import subprocess
import time

import places
import stores
from asking import name, walk
from contest import Asked, Fault, at, median, nap, output, screen, turns
from table import memory, span, times, took

ACTS = (("receive", 5.5), ("transfer", 4.5), ("apologize", 4.5), ("resolve", 4.5), ("return", 4.5))


# ---- one durable save ----

def saves_of(store, rounds=200):
    said = output([places.tool("saves"), "acts", store, places.NOW, rounds, places.path("floor.bin")])
    times_of = {}
    for line in said.splitlines():
        what, ns = line.split()
        times_of.setdefault(what, []).append(int(ns))
    return times_of


def save(b):
    for size in b.sizes_shown:
        sources = [("fresh", stores.demo(size))]
        if size <= b.most_scattered:
            sources.append(("scattered", stores.scattered(size)))
        for kind, source in sources:
            store = stores.copy(source, "work")
            spent = saves_of(store)
            for act, most in ACTS:
                mine, floor = spent.get(act, []), spent.get("floor-" + act, [])
                if len(mine) < 50:
                    b.table.row("one durable save: " + act, name(size, kind), "", hold="too few to tell (%d)" % len(mine))
                    continue
                ratio = median(mine) / median(floor)
                b.table.row("one durable save: %s, %d times" % (act, len(mine)), name(size, kind), span(median(mine)),
                            "4 KiB pwrite + fdatasync: " + span(median(floor)), times(ratio), "≤ %.1f x" % most, ratio <= most)
            stores.remove(store)


# ---- import ----

def importing(b):
    if not stores.has("import", "csv"):
        b.table.missing("`import csv`", "this program has no `import csv`")
        return
    size = b.top
    file = stores.spreadsheet(size)
    # Both start from an empty store or database, which is made and removed outside the time.
    ours, sqlite = turns(lambda: import_ours(b, file), lambda: import_sqlite(b, file))
    mine, theirs = size / ours.wall * 1e9, size / sqlite.wall * 1e9
    b.table.row("`import csv` of %s rows into an empty store" % format(size, ","), name(size), rate(mine, ours), "SQLite storing the same: " + rate(theirs, sqlite),
                times(mine / theirs), "≥ 1.2 x rows/s", mine >= 1.2 * theirs)


def rate(rows, result):
    return "%s rows/s: %s, of that processor %s" % (format(int(rows), ","), took(result), span(result.cpu))


def import_ours(b, file):
    store = stores.empty("work")
    nap()
    sample = b.now.run([places.motcua(), "-s", store, "import", "csv", file, "--rejects", places.path("rejects.csv")], status=(0, 3))
    stores.remove(store)
    return sample


def import_sqlite(b, file):
    database = places.path("work.sqlite")
    for ending in ("", "-wal", "-shm"):
        stores.remove(database + ending)
    nap()
    sample = b.plain.run([places.tool("sqlite_import"), file, database])
    for ending in ("", "-wal", "-shm"):
        stores.remove(database + ending)
    return sample


# ---- everything out, everything looked at ----

def ics(b):
    for size in b.sizes_shown:
        store, out, again = stores.demo(size), places.path("out.ics"), places.path("again.ics")
        command = [places.motcua(), "-s", store, "export", "ics", "--status", "all"]
        b.now.run(command, output=out)
        ours, floor = turns(lambda: b.now.run(command, output=out), lambda: b.plain.run([places.tool("rewrite"), out], output=again))
        b.table.row("`export ics --status all`, %.0f MB" % (os.path.getsize(out) / 1e6), name(size), took(ours), "fwrite of the same bytes: " + took(floor),
                    times(ours.wall / floor.wall), "≤ 8 x", ours.wall <= 8 * floor.wall)
        stores.remove(out)
        stores.remove(again)


def folder(b):
    """The folder of what is open, kept: what most runs do, which is nothing, and what the first one did."""
    for size in b.sizes_shown:
        store, out = stores.demo(size), places.path("work")
        command = [places.motcua(), "-s", store, "export", "vdir", out]
        first = b.now.run(command, sample=True)
        items = len([n for n in os.listdir(out) if n.endswith(".ics")])
        ours, = turns(lambda: b.now.run(command))
        again = b.now.run(command, sample=True)
        b.table.row("`export vdir` where nothing changed, %d items" % items, name(size), took(ours), "all of them written, and waited for: " + span(first.wall))
        b.table.row("`export vdir`, peak anonymous memory", name(size), "%s, %s" % (memory(first.anon), memory(again.anon)), hold="< 8 MiB",
                    ok=max(first.anon, again.anon) < 8192)
        stores.remove(out)


def verify(b):
    for size in b.sizes_shown:
        store = stores.demo(size)
        with Asked("hashing", store) as floor:
            ours, hashing = turns(lambda: b.now.run([places.motcua(), "-s", store, "verify"]), floor.ask)
            entries = int(floor.said[1])
        b.table.row("`verify`, %s entries" % format(entries, ","), name(size), took(ours), "hashing them one by one: " + took(hashing),
                    times(ours.wall / hashing.wall), "≤ 3 x", ours.wall <= 3 * hashing.wall)


def demo(b):
    made = stores.notes(stores.demo(b.top))
    b.table.row("`demo --dossiers %d`, made once" % b.top, name(b.top), span(made["wall"]), "peak memory " + memory(made["anon"]), hold="< 60 s",
                ok=made["wall"] < 60e9)


# ---- while others write ----

def times_in(path):
    try:
        with open(path) as f:
            return [int(line) for line in f]
    except OSError:
        return []


def spread(values):
    return "p50 %s, p95 %s, most %s" % (span(median(values)), span(at(values, .95)), span(max(values)))


def import_beside(store, file, **environment):
    env = places.environment(places.NOW, preload=["held.so"], **environment)
    return subprocess.Popen([places.motcua(), "-s", store, "import", "csv", file, "--rejects", places.path("rejects.csv")], env=env,
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def officer_beside(b):
    """A long import, and in another process an officer who saves every 20 ms."""
    if not stores.has("import", "csv"):
        b.table.missing("an officer who saves while a file is imported", "this program has no `import csv`")
        return
    store, held = stores.empty("work"), places.path("held.txt")
    file = stores.spreadsheet(b.top)
    stores.remove(held)
    importer = import_beside(store, file, HELD_TIMES=held)
    time.sleep(0.3)
    officer = subprocess.Popen([places.tool("saves"), "officer", store, str(places.NOW), "3600", "20"], env=places.environment(), stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True)
    while importer.poll() is None:
        time.sleep(0.02)
    officer.send_signal(signal.SIGTERM)
    saves = [int(line.split()[1]) for line in officer.communicate()[0].splitlines()]
    if importer.returncode not in (0, 3) or len(saves) < 5:
        raise Fault("import beside an officer: status %d, %d saves" % (importer.returncode, len(saves)))
    b.table.row("an officer's save while %s rows are imported, one every 20 ms, %d saves" % (format(b.top, ","), len(saves)), name(b.top), spread(saves),
                hold="p95 < 50 ms", ok=at(saves, .95) < 50e6)
    locks = times_in(held)
    if locks:
        b.table.row("that import's transactions: the write lock held, %s times" % format(len(locks), ","), name(b.top), spread(locks), hold="p95 ≤ 10 ms",
                    ok=at(locks, .95) <= 10e6)
    stores.remove(store)


ESCAPE = ("back",)  # what is sent for Esc begins an arrow key too: the screen waits 75 ms for the rest of one before it takes it for Esc


def screen_beside(b):
    """The screen on a store of the largest size while another process imports into it."""
    if not stores.has("import", "csv"):
        b.table.missing("the screen while a file is imported", "this program has no `import csv`")
        return
    store, file = stores.copy(stores.demo(b.top), "work"), stores.spreadsheet(100000)
    importer = import_beside(store, file)
    time.sleep(0.3)
    answers = []
    while importer.poll() is None:
        script = [(label, text) for label, text in walk()[:60]]
        keys = screen([places.motcua(), "-s", store], script, pause=15, environment=places.environment(places.NOW))
        if importer.poll() is None:  # all of them while it was at work
            answers += [k.answer for k in keys[1:] if k.label not in ESCAPE]
    stores.remove(store)
    if importer.returncode not in (0, 3):
        raise Fault("import beside the screen: status %d" % importer.returncode)
    if len(answers) < 20:
        b.table.row("the screen while 100,000 rows are imported", name(b.top), "", hold="too few keys to tell (%d)" % len(answers))
        return
    soon = sum(a <= 16e6 for a in answers)
    b.table.row("a key at 200x50 (but Esc) while 100,000 rows are imported, %d keys" % len(answers), name(b.top), spread(answers),
                "%d of %d within 16 ms" % (soon, len(answers)), hold="99 of 100 ≤ 16 ms", ok=soon >= .99 * len(answers))
