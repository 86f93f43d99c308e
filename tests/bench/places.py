"""Where things are, and the little world every measured program lives in: a home of its own and a clock of its own.

The stores end on the morning of 20 November 2026, whatever the day is; tests/tools/clock.c, preloaded, lets the program think so."""
import calendar
import os
import pwd

UNTIL = "2026-11-20"
build = "build"
root = "build/bench"  # everything the bench writes


def settle(folder):
    global build, root
    build = os.path.abspath(folder)
    root = os.path.join(build, "bench")
    os.makedirs(os.path.join(root, "home"), exist_ok=True)


def motcua():
    return os.path.join(build, "motcua")


def tool(name):
    return os.path.join(build, "tests", "bench", name)


def path(*parts):
    return os.path.join(root, *parts)


def second(day, hour=8, minute=0):
    """The UTC second at which it is that time in Vietnam."""
    year, month, date = map(int, day.split("-"))
    return calendar.timegm((year, month, date, hour, minute, 0)) - 7 * 3600


NOW = second(UNTIL)
TEN_WEEKS_DATE = "2027-01-29"
TEN_WEEKS_LATER = second(TEN_WEEKS_DATE)  # all that runs is overdue then


def environment(clock=None, preload=(), **more):
    """Nothing of the environment of whoever runs the bench. With a `clock`, a UTC second, it starts there."""
    env = {"PATH": os.environ["PATH"], "HOME": path("home"), "TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C.UTF-8", "MOTCUA_LANG": "vi"}
    libraries = [tool(p) for p in preload]
    if clock is not None:
        libraries.append(os.path.join(build, "tests", "clock.so"))
        env["CLOCK_STARTS"] = str(clock)
    if libraries:
        env["LD_PRELOAD"] = " ".join(libraries)
    env.update(more)
    return env


def login():
    return pwd.getpwuid(os.getuid()).pw_name
