"""Rows of how cost grows from the smallest store to the largest."""
import places
import stores
from asking import one_code, painted
from contest import median, turns
from keeping import saves_of
from table import memory, span, times

FLAT = 2.0    # the largest store may cost so many times what the smallest costs
LINEAR = 1.5  # what an item costs in the largest store, against the cheapest of the smaller ones from 10k on
GROWTH = 8192  # KiB by which memory may differ and still be called flat


def sizes_text(b):
    return "%s to %s" % (stores.NAMES[b.sizes[0]], stores.NAMES[b.sizes[-1]])


def listed(values, say):
    return ", ".join(say(v) for v in values)


def flat(b):
    works = {
        "first screen": lambda store: (lambda: painted(store, False)),
        "`list --status overdue --max 50`": lambda store: (lambda: b.later.run([places.motcua(), "-s", store, "list", "--status", "overdue", "--max", "50"])),
        "`show CODE`": lambda store: one(b, store, "show"),
        "`explain CODE`": lambda store: one(b, store, "explain"),
        "`stat`": lambda store: (lambda: b.now.run([places.motcua(), "-s", store, "stat"])),
    }
    for work, prepare in works.items():
        results = turns(*[prepare(stores.demo(size)) for size in b.sizes])
        tell_flat(b, work, [r.wall for r in results])
    took = []
    for size in b.sizes:
        store = stores.copy(stores.demo(size), "work")
        took.append(median(saves_of(store)["receive"]))
        stores.remove(store)
    tell_flat(b, "one durable save: receive", took)


def one(b, store, verb):
    code = one_code(store)
    return lambda: b.now.run([places.motcua(), "-s", store, verb, code])


def tell_flat(b, work, walls):
    ratio = walls[-1] / walls[0]
    b.table.row(work, sizes_text(b), listed(walls, span), ratio=times(ratio), hold="flat: ≤ %.0f x" % FLAT, ok=ratio <= FLAT)


def linear(b):
    works = {
        "`export jsonl`": ["export", "jsonl", "-o", "-"],
        "`export csv`": ["export", "csv", "-o", "-"],
        "`export ics --status all`": ["export", "ics", "--status", "all", "-o", "-"],
        "`verify`": ["verify"],
        "`list --as-of 2026-09-01`": ["list", "--as-of", "2026-09-01"],
    }
    for work, arguments in works.items():
        if not stores.has(*arguments[:2 if arguments[0] == "export" else 1]):
            b.table.missing(work, "this program does not have it")
            continue
        each, anon = [], []
        for size in b.sizes:
            command = [places.motcua(), "-s", stores.demo(size), *arguments]
            watched = b.now.run(command, sample=True)
            runs = [watched] + [b.now.run(command) for _ in range(2)]
            anon.append(watched.anon)
            each.append(median([r.wall for r in runs]) / size)
        middle = [e for e, size in zip(each, b.sizes) if size >= 10000]
        ratio = middle[-1] / min(middle[:-1] or middle)
        b.table.row(work + ", a dossier", sizes_text(b), listed(each, span), ratio=times(ratio), hold="linear: ≤ %.1f x from 10k on" % LINEAR, ok=ratio <= LINEAR)
        tell_memory(b, work, anon)


def tell_memory(b, work, anon, allowed=0):
    grown = anon[-1] - anon[min(1, len(anon) - 1)]
    b.table.row(work + ", peak anonymous memory", sizes_text(b), listed(anon, memory), hold="flat: within %d MiB of that at 10k" % ((GROWTH + allowed) // 1024),
                ok=grown <= GROWTH + allowed)


def import_memory(b):
    if not stores.has("import", "csv"):
        b.table.missing("`import csv`, memory", "this program has no `import csv`")
        return
    anon = []
    for size in b.sizes:
        store = stores.empty("work")
        anon.append(b.now.run([places.motcua(), "-s", store, "import", "csv", stores.spreadsheet(size), "--rejects", places.path("rejects.csv")], sample=True,
                              status=(0, 3)).anon)
        stores.remove(store)
    # It remembers sixteen bytes a row, to know a code that comes twice.
    tell_memory(b, "`import csv`", anon, allowed=b.sizes[-1] * 16 // 1024)
