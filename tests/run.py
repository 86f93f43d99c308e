#!/usr/bin/env python3
"""The program as scripts and other people's programs meet it: runs the test files named and prints 'N passed, N failed'.

    MOTCUA=build/motcua python3 tests/run.py tests/cli/test_life.py

MOTCUA names the program (default build/motcua)."""
import importlib
import os
import sys
import unittest

try:
    import icalendar  # noqa: F401
except ImportError:
    # Debian's module belongs to Debian's python, which need not be the first in the path.
    if sys.executable != "/usr/bin/python3" and os.path.exists("/usr/bin/python3"):
        os.execv("/usr/bin/python3", ["/usr/bin/python3"] + sys.argv)

sys.dont_write_bytecode = True
here = os.path.dirname(os.path.abspath(__file__))
suite = unittest.TestSuite()
for file in sys.argv[1:]:
    folder, name = os.path.split(os.path.abspath(file))
    sys.path[:0] = [folder, os.path.join(here, "cli"), here]
    suite.addTests(unittest.defaultTestLoader.loadTestsFromModule(importlib.import_module(name.removesuffix(".py"))))
result = unittest.TextTestRunner(verbosity=1).run(suite)
failed = len({getattr(test, "test_case", test).id() for test, _ in result.failures + result.errors})  # a subTest is no test of its own
print(f"{result.testsRun - failed} passed, {failed} failed")
sys.exit(1 if failed or not result.testsRun else 0)
