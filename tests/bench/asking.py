"""Rows of what people ask: the first screen, lists, reports, search, one dossier."""
import places
import stores
from contest import Asked, Result, Sample, median, output, screen, turns
from table import span, times, took


def kinds(b, size):
    """(name, store): how a store came to be matters, so each is shown."""
    some = [("fresh", stores.demo(size)), ("compacted", stores.compacted(size))]
    if size <= b.most_scattered:
        some.append(("scattered", stores.scattered(size)))
    return some


def name(size, kind=None):
    return stores.NAMES[size] + (" " + kind if kind else "")


# ---- the first screen ----

def painted(store, evict, window="50x200"):
    keys = screen([places.motcua(), "-s", store], size=window, evict=stores.data(store) if evict else "-", environment=places.environment(places.NOW))
    return Sample(keys[0].answer, keys[0].cpu)


def bare():
    return Sample(screen([places.tool("screen"), "--mark"], environment=places.environment(places.NOW))[0].answer)


def first_paint(b):
    for size in b.sizes_shown:
        for kind, store in kinds(b, size):
            for window, cold, hold in (("24x80", False, 5e6), ("50x200", False, 5e6), ("50x200", True, 16e6)):
                ours, floor = turns(lambda: painted(store, cold, window), bare, rounds=11)
                b.table.row("first screen, %s, %s" % ("x".join(reversed(window.split("x"))), "cold" if cold else "warm"), name(size, kind), took(ours),
                            "a process that does nothing: " + took(floor), times(ours.wall / floor.wall), "≤ " + span(hold), ours.wall <= hold)


# ---- lists ----

LATE = "SELECT code, procedure, applicant, phone, officer, unit, due FROM dossier WHERE state = 1 AND due < %d ORDER BY due, code"


def minute(second):
    return (second + 7 * 3600) // 60


OPEN = "SELECT code, procedure, applicant, phone, officer, unit, due FROM dossier WHERE state < 4 ORDER BY due IS NULL, due, code"


def count(argv, clock):
    return output(argv, places.environment(clock)).count("\n")


def overdue(b):
    midnight = minute(places.TEN_WEEKS_LATER) // 1440 * 1440
    for size in b.sizes_shown:
        for kind, store in kinds(b, size):
            for words, query in ((["list", "--status", "overdue"], LATE % midnight), (["list"], OPEN)):
                one_list(b, name(size, kind), store, words, ["sqlite3", stores.sqlite(store), query])


def one_list(b, which, store, words, query):
    command = [places.motcua(), "-s", store, *words]
    rows = count(command + ["--json"], places.TEN_WEEKS_LATER)
    ours, sqlite = turns(lambda: b.later.run(command), lambda: b.plain.run(query))
    b.table.row("`%s`, %s rows" % (" ".join(words), format(rows, ",")), which, took(ours), "SQLite CLI: " + took(sqlite), times(ours.wall / sqlite.wall),
                "≤ 8 ms", ours.wall <= 8e6)
    ours, sqlite = turns(lambda: b.later.run(command + ["--json"]), lambda: b.plain.run(["sqlite3", "-json", *query[1:]]))
    b.table.row("the same with `--json`, whole objects", which, took(ours), "SQLite CLI `-json`, seven columns: " + took(sqlite), times(ours.wall / sqlite.wall),
                "≤ 10 ms", ours.wall <= 10e6)


def taskwarrior(b):
    for size in (10000, 100000):
        if size > b.top:
            continue
        store, folder = stores.demo(size), stores.taskwarrior(size)
        command = [places.motcua(), "-s", store, "list", "--status", "overdue"]
        task = ["task", "rc:" + folder + "/taskrc", "status:pending", "due.before:" + places.TEN_WEEKS_DATE, "list"]
        ours, peer = turns(lambda: b.later.run(command), lambda: b.plain.run(task, status=(0, 1)), rounds=3)
        b.table.row("`list --status overdue`", name(size, "fresh"), took(ours), "taskwarrior (its data files written directly): " + took(peer),
                    times(ours.wall / peer.wall), "below it", ours.wall < peer.wall)


# ---- II.06a ----

PERIODS = {"2026Q4": ("2026-09-15", "2026-12-15"), "2026Q3": ("2026-06-15", "2026-09-15"), "2026Y": ("2025-12-15", "2026-12-15"),
           "2026-03": ("2026-03-01", "2026-04-01")}
GROUPED = """SELECT field, sum(received >= {a} AND received < {b}), sum(received >= {a} AND received < {b} AND channel = 2),
 sum(received < {a} AND (resolved IS NULL OR resolved >= {a})), sum(resolved >= {a} AND resolved < {b}),
 sum(resolved >= {a} AND resolved < {b} AND resolved / 1440 < statutory / 1440), sum(resolved >= {a} AND resolved < {b} AND resolved / 1440 = statutory / 1440),
 sum(resolved >= {a} AND resolved < {b} AND resolved / 1440 > statutory / 1440), sum(received < {b} AND (resolved IS NULL OR resolved >= {b})),
 sum(received < {b} AND (resolved IS NULL OR resolved >= {b}) AND statutory >= {b}), sum(received < {b} AND (resolved IS NULL OR resolved >= {b}) AND statutory < {b})
 FROM dossier WHERE state <> 9 AND received < {b} AND (resolved IS NULL OR resolved >= {a}) GROUP BY field"""


def report(b):
    for size in b.sizes_shown:
        for kind, store in kinds(b, size):
            for period, (first, after) in PERIODS.items():
                command = [places.motcua(), "-s", store, "report", "ii06a", "--period", period]
                query = ["sqlite3", stores.sqlite(store),
                         " ".join(GROUPED.format(a=minute(places.second(first, 0)), b=minute(places.second(after, 0))).split())]
                ours, sqlite = turns(lambda: b.now.run(command), lambda: b.plain.run(query))
                gate = kind == "compacted"
                b.table.row("II.06a of " + period, name(size, kind), took(ours), "SQLite CLI, GROUP BY: " + took(sqlite), times(ours.wall / sqlite.wall),
                            "≤ 20 ms" if gate else "(≤ 20 ms where compacted)", ours.wall <= 20e6 if gate else None)


# ---- search ----

SEARCHES = (("a common name", "huong", False), ("a whole name", "nguyen thi huong", False), ("part of a phone", "345678", True),
            ("part of a code", "260310-0007", True), ("nothing there", "xyzzy", None))


def search(b):
    for size in b.sizes_shown:
        for kind, store in kinds(b, size):
            with Asked("scanning", store) as floor:
                for what, words, selective in SEARCHES:
                    one_search(b, size, kind, store, floor, what, words, selective)


def one_search(b, size, kind, store, floor, what, words, selective):
    command = [places.motcua(), "-s", store, "search", words]
    where = " AND ".join("folded LIKE '%%%s%%'" % w for w in words.split())
    like = ["sqlite3", stores.sqlite(store), "SELECT code, applicant, phone, due FROM dossier WHERE %s ORDER BY received DESC LIMIT 50" % where]
    longest = max(words.split(), key=len)
    ours, sqlite, scan = turns(lambda: b.now.run(command), lambda: b.plain.run(like), lambda: floor.ask(longest))
    b.table.row("`search`, first 50 newest: %s, `%s`" % (what, words), name(size, kind), took(ours),
                "SQLite LIKE: %s; memmem over everything: %s" % (took(sqlite), took(scan)), times(ours.wall / sqlite.wall),
                "≤ 16 ms" if selective is not None else "(must look at everything)", ours.wall <= 16e6 if selective is not None else None)


# ---- one dossier, and the past ----

def one_code(store):
    import json
    line = output([places.motcua(), "-s", store, "list", "--max", "1", "--json"], places.environment(places.NOW)).splitlines()[0]
    return json.loads(line)["code"]


def past(b):
    for size in b.sizes_shown:
        store = stores.demo(size)
        code = one_code(store)
        for verb in ("show", "explain"):
            ours, = turns(lambda: b.now.run([places.motcua(), "-s", store, verb, code]))
            b.table.row("`%s CODE`, whole process" % verb, name(size), took(ours), hold="flat: see below")
        for verb in (("list", "--as-of", "2026-09-01"), ("morning", "--as-of", "2026-09-01")):
            ours, = turns(lambda: b.now.run([places.motcua(), "-s", store, *verb]))
            b.table.row("`%s`" % " ".join(verb), name(size), took(ours), hold="linear: see below")


# ---- keys ----

def walk():
    """Five hundred keys as somebody presses who looks round: down, up, pages, to and fro between the views, a dossier opened, a search."""
    down, up, page, back = "\x1b[B", "\x1b[A", "\x1b[6~", "\x1b"
    lap = [("down", down)] * 20 + [("up", up)] * 10 + [("page", page)] * 3 + [("view 2", "2")] + [("down", down)] * 20 + [("page", page)] * 4
    lap += [("open", "\r"), ("back", back), ("view 3", "3"), ("view 1", "1"), ("receive", "n")]
    lap += [("type", c) for c in "hon nhan"] + [("enter", "\r")] + [("type", c) for c in "Nguyen Thi Huong"] + [("tab", "\t")]
    lap += [("type", c) for c in "0912345678"] + [("back", back), ("discard", "y")]
    return (lap * 6)[:500]


def keys(b):
    for size in b.sizes_shown:
        store = stores.demo(size)
        pressed = screen([places.motcua(), "-s", store], [(label + "~", text) for label, text in walk()], environment=places.environment(places.NOW))[1:]
        cpu = [k.cpu for k in pressed]
        worst = max(pressed, key=lambda k: k.cpu)
        result = Result([Sample(c) for c in cpu])
        spent = sum(cpu) / len(cpu)
        b.table.row("a key at 200x50, processor time, mean of %d" % len(cpu), name(size), span(spent),
                    "median %s, most %s (%s)" % (span(result.wall), span(worst.cpu), worst.label.rstrip("~")), hold="≤ 2 ms", ok=spent <= 2e6)


# ---- search as you type ----

TYPED = ("nguyen thi huong", "đặng", "dang van", "0912", "260310-0007", "xyzzy")


def typing_script(patient):
    """A patient typist waits for the whole result of each letter; the other one goes on at the first repaint, while it is still searched."""
    script = [("view 2", "2")]
    for words in TYPED:
        script.append(("/", "/"))
        script += [("`%s`" % words[:i + 1] + ("~" if patient else ""), words[i]) for i in range(len(words))]
        script += [("esc~", "\x1b"), ("esc~", "\x1b"), ("view 2~", "2")]
    return script


def typed(store, patient):
    """Each letter's median over several runs, so that one hiccup of the machine does not stand for the program."""
    runs = [screen([places.motcua(), "-s", store], typing_script(patient), environment=places.environment(places.NOW))[1:] for _ in range(5)]
    letters = [i for i in range(len(runs[0])) if runs[0][i].label.startswith("`")]
    return [(median([r[i].settled if patient else r[i].answer for r in runs]), runs[0][i].label.rstrip("~"), median([r[i].cpu for r in runs])) for i in letters]


def typing(b):
    for size in b.sizes_shown:
        for kind, store in kinds(b, size):
            answers = typed(store, patient=False)
            slow, whole = max(answers), max(typed(store, patient=True))
            b.table.row("search as you type, %d letters: slowest key to its first repaint" % len(answers), name(size, kind), span(slow[0]),
                        "at %s, of that processor %s; whole result at the latest %s, at %s" % (slow[1], span(slow[2]), span(whole[0]), whole[1]),
                        hold="≤ 16 ms", ok=slow[0] <= 16e6)
