"""The library behind faketime(1), preloaded by tests that need a clock of their own. The wrapper leaves a semaphore by process number behind
when it is killed, and fails when that number comes again."""
import glob


def library():
    found = glob.glob("/usr/lib/*/faketime/libfaketime.so.1") + glob.glob("/usr/lib/faketime/libfaketime.so.1")
    if not found:
        raise RuntimeError("libfaketime is not installed")
    return found[0]


def environment(at):
    """What makes a program's clock start at `at`, "2026-11-16 09:00:00" in its own time zone."""
    return {"LD_PRELOAD": library(), "FAKETIME": "@" + at, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
