#!/usr/bin/env python3
"""A disk that fails: runs every test_*.py beside it and prints 'N passed, N failed'."""
import os
import sys
import unittest

here = os.path.dirname(os.path.abspath(__file__))
tests = os.path.dirname(here)
sys.path[:0] = [here, os.path.join(tests, "cli"), tests]
sys.dont_write_bytecode = True
result = unittest.TextTestRunner(verbosity=1).run(unittest.defaultTestLoader.discover(here, pattern=sys.argv[1] if len(sys.argv) > 1 else "test_*.py"))
failed = len({getattr(test, "test_case", test).id() for test, _ in result.failures + result.errors})  # a subTest is no test of its own
print(f"{result.testsRun - failed} passed, {failed} failed")
sys.exit(1 if failed else 0)
