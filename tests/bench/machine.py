"""What the numbers were measured on, and with."""
import os
import platform
import re
import subprocess
import time

import places


def first(pattern, path):
    try:
        with open(path) as f:
            found = re.search(pattern, f.read(), re.M)
        return found.group(1).strip() if found else "?"
    except OSError:
        return "?"


def said(*argv):
    try:
        return subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, text=True).stdout.strip()
    except OSError:
        return "?"


def file_system():
    words = said("findmnt", "-n", "-o", "FSTYPE,SOURCE", "-T", places.root).split()
    return " on ".join(words[:2]) or "?"


def package(name):
    return said("dpkg-query", "-W", "-f", "${Version}", name) or "?"


def commit():
    short = said("git", "rev-parse", "--short=12", "HEAD")
    return short + (" with changes" if said("git", "status", "--porcelain", "--untracked-files=no") else "")


def print_header(load, took):
    memory = int(first(r"^MemTotal:\s+(\d+)", "/proc/meminfo")) / 1048576
    print("# What motcua was measured to do\n")
    print("Printed by `make bench`%s. Every row is measured beside its floor or peer in the same run, in turns (A B, B A, ...); times are medians of at least seven "
          "rounds, three of what takes over a second and a half; the least of them in brackets. \"Cold\": the store's pages were evicted before (`posix_fadvise`), the libraries' were not.\n"
          % (" BIG=1" if os.environ.get("BIG") == "1" else ""))
    print("- date: %s" % time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()))
    print("- program: %s, commit %s" % (said(places.motcua(), "--version").split("\n")[0], commit()))
    print("- machine: %s, %d cores, %.0f GiB; %s; the stores on %s" % (first(r"^model name\s*: (.*)$", "/proc/cpuinfo"), os.cpu_count(), memory,
                                                                         platform.system() + " " + platform.release(), file_system()))
    print("- beside: SQLite %s, taskwarrior %s; LMDB %s, libsodium %s" % (package("sqlite3"), package("taskwarrior"), package("liblmdb0"), package("libsodium23")))
    print("- load before it began: %.1f; the run took %d s" % (load, took))
    print("- stores: `demo --until %s`, fresh; compacted: a copy after `compact`; scattered: written one event a transaction" % places.UNTIL)
