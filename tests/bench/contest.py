"""Measuring in turns: A B A B ..., so that whatever else the machine does meets both alike."""
import os
import subprocess
import tempfile

import places


class Fault(Exception):
    """A program that was to be measured did not do its work."""


class Sample:
    def __init__(self, wall, cpu=0, anon=0):
        self.wall, self.cpu, self.anon = wall, cpu, anon


class Runner:
    """Runs programs through tests/bench/run.c, which measures without Python's weight."""

    def __init__(self, environment):
        self.process = subprocess.Popen([places.tool("run")], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, argv, output="/dev/null", evict="-", sample=False, status=(0,)):
        self.process.stdin.write("\t".join([output, evict, "1" if sample else "0", *map(str, argv)]) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        if len(answer) != 4 or int(answer[3]) not in status:
            raise Fault("%s: status %s" % (" ".join(map(str, argv)), answer[3] if len(answer) == 4 else "?"))
        return Sample(int(answer[0]), int(answer[1]), int(answer[2]))

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Asked:
    """A floor that holds its data in memory: a line in, "NANOSECONDS ..." out."""

    def __init__(self, name, *args):
        self.process = subprocess.Popen([places.tool(name), *map(str, args)], env=places.environment(), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.said = []

    def ask(self, line="go"):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        self.said = self.process.stdout.readline().split()
        if not self.said:
            raise Fault("%s ended" % self.process.args[0])
        return Sample(int(self.said[0]))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


def median(values):
    s = sorted(values)
    n = len(s)
    return s[n // 2] if n % 2 else (s[n // 2 - 1] + s[n // 2]) / 2


def at(values, part):
    s = sorted(values)
    return s[min(len(s) - 1, int(part * len(s)))]


class Result:
    """What one contestant took, over all rounds."""

    def __init__(self, samples):
        self.n = len(samples)
        self.wall = median([s.wall for s in samples])
        self.least = min(s.wall for s in samples)
        self.cpu = median([s.cpu for s in samples])
        self.anon = max(s.anon for s in samples)


ROUNDS, FEWER, LONG = 7, 3, 1.5e9  # what takes over a second and a half is done three times, though what it is beside goes on to seven


def turns(*contestants, rounds=ROUNDS):
    """Each contestant is a function that does its work once and gives a Sample. A first round warms up and is not counted, but for what
    is long."""
    first = [c() for c in contestants]
    samples = [[s] if s.wall > LONG else [] for s in first]
    most = [min(FEWER, rounds) if s.wall > LONG else rounds for s in first]
    for i in range(rounds):
        order = range(len(contestants)) if i % 2 == 0 else reversed(range(len(contestants)))
        for c in order:
            if len(samples[c]) < most[c]:
                samples[c].append(contestants[c]())
    return [Result(s) for s in samples]


class Key:
    def __init__(self, label, answer, cpu, settled):
        self.label, self.answer, self.cpu, self.settled = label, int(answer), int(cpu), int(settled)


def screen(program, keys=(), evict="-", size="50x200", pause=0, environment=None):
    """Runs a program at a terminal and presses keys; the first Key is the first screen."""
    with tempfile.NamedTemporaryFile("w", dir=places.root, suffix=".keys") as script:
        for label, text in keys:
            script.write("%s\t%s\n" % (label, text.encode().hex()))
        script.flush()
        done = subprocess.run([places.tool("screen"), size, evict, str(pause), script.name, *map(str, program)],
                              env=environment or places.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise Fault("screen: " + done.stderr.strip()[-300:])
    return [Key(*line.split("\t")) for line in done.stdout.splitlines()]


def output(argv, environment=None, status=(0,)):
    done = subprocess.run(list(map(str, argv)), env=environment or places.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)
    if done.returncode not in status:
        raise Fault("%s: status %d: %s" % (" ".join(map(str, argv)), done.returncode, done.stderr.decode(errors="replace").strip()[-300:]))
    return done.stdout.decode()


def nap():
    """Lets the disk finish what an earlier row left to be written."""
    os.sync()
