"""The clock that tests give the program: tests/tools/clock.c, preloaded, built beside it."""
import calendar
import os
import time

PROGRAM = os.path.abspath(os.environ.get("MOTCUA") or "build/motcua")
LIBRARY = os.path.join(os.path.dirname(PROGRAM), "tests", "clock.so")


def environment(at):
    """What makes a program's clock start at `at`, "2026-11-16 09:00:00" in Vietnam."""
    if not os.path.exists(LIBRARY):
        raise RuntimeError(LIBRARY + " is missing: make programs builds it")
    seconds = calendar.timegm(time.strptime(at, "%Y-%m-%d %H:%M:%S")) - 7 * 3600
    return {"LD_PRELOAD": LIBRARY, "CLOCK_STARTS": str(seconds)}
