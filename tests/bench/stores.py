"""The stores that are measured: all of the program's own making, kept under BUILD/bench and made anew when the program is another one.

    demo       as `motcua demo` leaves it: written in batches, each table in the order of its keys
    compacted  a copy of it after `motcua compact`
    scattered  written one event a transaction (tests/bench/scatter.c), as years at a desk would leave it
"""
import hashlib
import json
import os
import shutil
import sys
import time

import contest
import places

NAMES = {1000: "1k", 10000: "10k", 100000: "100k", 1000000: "1M"}
ELSEWHERE = (("H42.99.99-", "H42.98.98-"), ("000.00.99.H42-", "000.00.98.H42-"))  # how codes begin, and begin there
INVENTED = ((",Demo store\r\n", "\r\n"), (",invented\r\n", "\r\n"))


def say(text):
    print("bench: " + text, file=sys.stderr, flush=True)


def program():
    with open(places.motcua(), "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def notes(folder):
    try:
        with open(folder + ".json") as f:
            return json.load(f)
    except (OSError, ValueError):
        return {}


def is_current(folder):
    """KEEP=1 takes what is there, whichever program made it."""
    return os.path.exists(folder) and bool(notes(folder)) and (os.environ.get("KEEP") == "1" or notes(folder).get("program") == program())


def note(folder, **what):
    with open(folder + ".json", "w") as f:
        json.dump({"program": program(), **what}, f)


def remove(folder):
    if os.path.isdir(folder):
        shutil.rmtree(folder)
    elif os.path.exists(folder):
        os.remove(folder)


def data(folder):
    return os.path.join(folder, "data.mdb")


def demo(size):
    folder = places.path("demo-" + NAMES[size])
    if not is_current(folder):
        remove(folder)
        say("a demo store of %s dossiers" % NAMES[size])
        runner = contest.Runner(places.environment())
        made = runner.run([places.motcua(), "-s", folder, "demo", "--dossiers", size, "--until", places.UNTIL], sample=True)
        runner.close()
        note(folder, wall=made.wall, anon=made.anon)
        contest.nap()
    return folder


def copy(folder, name):
    """A copy to be changed; whoever asks removes it."""
    to = places.path(name)
    remove(to)
    shutil.copytree(folder, to)
    contest.nap()
    return to


def compacted(size):
    folder = places.path("compacted-" + NAMES[size])
    if not is_current(folder):
        copy(demo(size), "compacted-" + NAMES[size])
        contest.output([places.motcua(), "-s", folder, "compact"], places.environment(places.NOW))
        note(folder)
        contest.nap()
    return folder


def empty(name, agency="H42.26.22"):
    folder = places.path(name)
    remove(folder)
    contest.output([places.motcua(), "-s", folder, "init", "--office", "UBND xã Tơ Tung", "--agency", agency],
                   places.environment(places.second("2016-01-04")))
    contest.output([places.motcua(), "-s", folder, "officer", "put", "nam", "--name", "Trần Văn Nam", "--role", "specialist", "--unit", "Phòng Kinh tế"],
                   places.environment(places.second("2016-01-04")))
    return folder


def scattered(size):
    folder = places.path("scattered-" + NAMES[size])
    if not is_current(folder):
        say("a store of %s dossiers written one event at a time" % NAMES[size])
        empty("scattered-" + NAMES[size])
        began = time.monotonic()
        contest.output([places.tool("scatter"), folder, size, places.NOW], places.environment(preload=["nosync.so"]))
        note(folder, wall=(time.monotonic() - began) * 1e9)
        contest.nap()
    return folder


def sqlite(folder):
    """The same dossiers in SQLite."""
    to = folder + ".sqlite"
    if not os.path.exists(to) or os.path.getmtime(to) < os.path.getmtime(data(folder)):
        remove(to)
        contest.output([places.tool("sqlite_fill"), folder, to])
        contest.nap()
    return to


def spreadsheet(size):
    """`export csv` of the demo store, the codes as another office gives them, so that a demo store takes them in too; without the last
    column, which says that it is invented, so that any other does."""
    to = places.path("elsewhere-%s.csv" % NAMES[size])
    folder = demo(size)
    if not os.path.exists(to) or os.path.getmtime(to) < os.path.getmtime(folder + ".json"):
        raw = to + ".raw"
        remove(raw)
        contest.output([places.motcua(), "-s", folder, "--lang", "en", "export", "csv", "-o", raw], places.environment(places.NOW))
        with open(raw, encoding="utf-8", newline="") as source, open(to, "w", encoding="utf-8", newline="") as out:
            for line in source:
                for here, there in (*ELSEWHERE, *INVENTED):
                    line = line.replace(here, there)
                out.write(line)
        remove(raw)
    return to


def has(*command):
    """Does this program know that command?"""
    try:
        contest.output([places.motcua(), *command, "--help"])
        return True
    except contest.Fault:
        return False


def taskwarrior(size):
    """The same dossiers as taskwarrior's tasks: the open ones pending, the ended ones completed. Its own two data files are written
    directly: its import of as many would take hours. Gives what makes `task` read them."""
    folder = places.path("task-" + NAMES[size])
    store = demo(size)
    if not os.path.exists(os.path.join(folder, "done")):
        remove(folder)
        os.makedirs(folder)
        write_tasks(sqlite(store), folder)
    return folder


def write_tasks(database, folder):
    import sqlite3
    pending = open(os.path.join(folder, "pending.data"), "w", encoding="utf-8")
    completed = open(os.path.join(folder, "completed.data"), "w", encoding="utf-8")
    rows = sqlite3.connect(database).execute("SELECT id, code, applicant, due, received, resolved, state FROM dossier ORDER BY id")
    for number, code, applicant, due, received, resolved, state in rows:
        fields = ["description:\"%s %s\"" % (code, applicant), "entry:\"%d\"" % (received * 60 - 7 * 3600)]
        if due is not None:
            fields.append("due:\"%d\"" % (due * 60 - 7 * 3600))
        if state > 3:
            fields.append("end:\"%d\"" % ((resolved or received) * 60 - 7 * 3600))
        fields += ["status:\"%s\"" % ("pending" if state <= 3 else "completed"), "uuid:\"00000000-0000-4000-8000-%012x\"" % number]
        (pending if state <= 3 else completed).write("[%s]\n" % " ".join(fields))
    pending.close()
    completed.close()
    with open(os.path.join(folder, "taskrc"), "w") as rc:
        rc.write("data.location=%s\nconfirmation=off\nverbose=nothing\ngc=off\nhooks=off\n" % folder)
    open(os.path.join(folder, "done"), "w").close()
