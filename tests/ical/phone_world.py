"""An office with a calendar server as motcua-phone(7) sets it up: its blocks are taken out of the page, as they stand, with other hosts and folders.

Radicale listens on the loopback alone; vdirsyncer carries; the phone is a second vdirsyncer with a password of its own, and khal that reads what it
brought. Only the program sees the clock of the test: servers and certificates live in the machine's."""
import base64
import collections
import ctypes
import datetime
import glob
import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading

import clock
import icalendar
import rfc5545
from test_feed import PROGRAM, ROOT, World, khal_config

PAGES = {lang: os.path.join(ROOT, "man", *where, "motcua-phone.7") for lang, where in (("en", ()), ("vi", ("vi",)))}
DEBIAN_PYTHON = "/usr/bin/python3"  # whose modules the packages are
PASSWORDS = {"motcua": "of the desk", "chanhvp": "of the chief", "binhtv": "of Mr Binh"}

# What phones ask a server.
NAME_AND_COLOUR = '<propfind xmlns="DAV:" xmlns:I="http://apple.com/ns/ical/"><prop><displayname/><I:calendar-color/></prop></propfind>'
BETWEEN = """<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><C:calendar-data/></prop><C:filter>
  <C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range start="{}" end="{}"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"""


def source(lang):
    with open(PAGES[lang], encoding="utf-8") as file:
        return file.read()


def blocks(lang="vi"):
    """What the page shows between its lines  .\\" NAME: begin  and  .\\" NAME: end , as a reader types it off the screen."""
    found = {}
    for name, text in re.findall(r'^\.\\" (\w+): begin\n(.*?)^\.\\" \1: end$', source(lang), re.M | re.S):
        found[name] = "".join(line + "\n" for line in text.splitlines() if not line.startswith("."))
    return found


def commands(block, prompt):
    """The commands of a block of such lines."""
    lines = block.splitlines()
    assert lines and all(line.startswith(prompt + " ") for line in lines), block
    return [line[2:] for line in lines]


def dies_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class Radicale:
    """The server, on a port of its own; gone when this program is."""

    def __init__(self, folder, config):
        self.reader = None
        for _ in range(5):
            with socket.socket() as probe:  # somebody else may take it before the server does: then another one
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
            path = os.path.join(folder, "config")
            with open(path, "w") as file:
                file.write(config.replace("0.0.0.0:5232", f"127.0.0.1:{self.port}"))
            self.process = subprocess.Popen([DEBIAN_PYTHON, "-B", "-m", "radicale", "--config", path, "--logging-level", "info"], stdin=subprocess.DEVNULL,
                                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={"HOME": folder, "PATH": "/usr/bin:/bin", "LC_ALL": "C"},
                                            preexec_fn=dies_with_parent)
            self.log = []
            if self.is_ready():
                break
            self.stop()
        else:
            raise RuntimeError("radicale does not start: " + "".join(self.log))
        self.reader = threading.Thread(target=lambda: self.log.extend(self.lines()), daemon=True)
        self.reader.start()

    def lines(self):
        return (line.decode("utf-8", "replace") for line in self.process.stderr)

    def is_ready(self):
        for line in self.lines():
            self.log.append(line)
            if "server ready" in line:
                return True
        return False

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.reader:
            self.reader.join()
        self.process.stderr.close()


class PhoneWorld(World):
    """Each test has an office, a server and phones."""

    @classmethod
    def setUpClass(cls):
        cls.page = blocks()

    @classmethod
    def tearDownClass(cls):
        pass

    def setUp(self):
        cls = type(self)
        cls.home = tempfile.mkdtemp(prefix="motcua-phone-")
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        cls.store = self.path(".local", "share", "motcua")
        cls.environment = {"HOME": self.home, "PATH": self.path("bin") + ":/usr/bin:/bin", "LC_ALL": "C", "SSL_CERT_FILE": self.path("etc", "lich.pem")}
        self.environment.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ})
        for folder in ("bin", "etc", "var/collections", ".config/vdirsyncer", "phone", "www/lich/8f1c2b7ad0e94c35"):
            os.makedirs(self.path(folder))
        self.now("2026-11-16 09:00:00")  # a Monday
        self.make_server()

    # ---- the program in its time ----

    def now(self, at):
        """Which time `motcua` finds from here on, whoever calls it."""
        self.at = at
        words = " ".join(f"{name}='{value}'" for name, value in clock.environment(at).items())
        self.write(f"#!/bin/sh\n{words} exec {PROGRAM} \"$@\"\n", "bin", "motcua")
        os.chmod(self.path("bin", "motcua"), 0o755)

    def desk(self, *arguments):
        return self.done(*arguments, at=self.at)

    def sh(self, line, status=0):
        """A line of the page, and what it said."""
        done = subprocess.run(["sh", "-c", line], env=self.environment, cwd=self.home, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
        said = (done.stdout + done.stderr).decode()
        self.assertEqual(done.returncode, status, (line, said, "".join(self.server.log[-8:])))
        return said

    def write(self, text, *names):
        with open(self.path(*names), "w", encoding="utf-8") as file:
            file.write(text)

    # ---- what the page says, on this machine ----

    def here(self, text):
        for there, local in (("/etc/radicale/", self.path("etc") + "/"), ("/var/lib/radicale/", self.path("var") + "/"), ("/var/www", self.path("www")),
                             ("lich.xa.example.vn:5232", f"127.0.0.1:{self.server.port}" if hasattr(self, "server") else "lich.xa.example.vn:5232"),
                             ("/usr/local/bin", self.path("bin")), ("-o radicale ", f"-o {os.getuid()} "), ("radicale: ", f"{os.getuid()}:{os.getgid()} ")):
            text = text.replace(there, local)
        return text

    def make_server(self):
        self.tool("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=lich",
                  "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", self.path("etc", "lich.key"), "-out", self.path("etc", "lich.pem"))
        users = "".join(f"{name}:{self.tool('openssl', 'passwd', '-apr1', word)}" for name, word in PASSWORDS.items())
        self.write(users, "etc", "users")
        self.write(self.here(self.page["rights"]), "etc", "rights")
        self.server = Radicale(self.path("etc"), self.here(self.page["radicale"]))
        self.addCleanup(self.server.stop)
        self.write(PASSWORDS["motcua"] + "\n", ".config", "vdirsyncer", "mat-khau")
        self.write(self.here(self.page["vdirsyncer"]), ".config", "vdirsyncer", "config")

    def begin(self, described=True):
        """What is done once by hand, and the links. Without the calendars' names where the test looks at none: it takes a while."""
        for line in commands(self.page["first"], "$"):
            if described or "metasync" not in line:
                self.sh(line)
        self.link()

    def link(self, user="chanhvp", calendar="hen-tra"):
        lines = "\n".join(["set -e", *commands(self.page["link"], "#")]).replace("chanhvp", user).replace("hen-tra", calendar)
        self.sh(self.here(lines))

    def cron(self, block="cron"):
        """One run of cron."""
        name, line = self.here(self.page[block]).splitlines()
        self.assertRegex(name, r"\APATH=")
        words = line.split(None, 5)
        self.assertRegex(" ".join(words[:5]), r"\A\*/15 6-18 \* \* 1-6\Z")
        self.sh(f"{name}; export PATH; {words[5]}")

    # ---- the server, as a program meets it ----

    def request(self, method, path, user, body=None, **headers):
        login = base64.b64encode(f"{user}:{PASSWORDS[user]}".encode()).decode()
        trusted = ssl.create_default_context(cafile=self.path("etc", "lich.pem"))
        connection = http.client.HTTPSConnection("127.0.0.1", self.server.port, context=trusted, timeout=20)
        said = {"Authorization": "Basic " + login, **{name.replace("_", "-"): value for name, value in headers.items()}}
        try:
            connection.request(method, path, body and body.encode(), said)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def server_state(self):
        """What tells a phone whether anything is new: every entry's etag, the calendar's tag and token."""
        status, text = self.request("PROPFIND", "/motcua/hen-tra/", "motcua", Depth="1")
        self.assertEqual(status, 207, text)
        return re.findall(r"<href>([^<]*\.ics)</href>|<getetag>([^<]*)</getetag>|<(?:CS:)?getctag>([^<]*)<|<sync-token>([^<]*)<", text)

    def served(self, user="chanhvp", calendar="hen-tra"):
        """What a person's calendar on the server holds: {uid: (address, bytes)}."""
        calendar = f"/{user}/{calendar}/"
        status, text = self.request("PROPFIND", calendar, user, Depth="1")
        self.assertEqual(status, 207, text)
        found = {}
        for address in re.findall(rf"<response><href>({calendar}[^<]+)</href>", text):
            status, item = self.request("GET", address, user)
            self.assertEqual(status, 200, address)
            uid = str(icalendar.Calendar.from_ical(item).walk("VEVENT")[0]["UID"])
            self.assertNotIn(uid, found)
            found[uid] = (address, item)
        return found

    def described(self, user, calendar):
        """(name, colour) of a calendar, as a phone shows them."""
        status, text = self.request("PROPFIND", f"/{user}/{calendar}/", user, NAME_AND_COLOUR, Depth="0", Content_Type="text/xml")
        self.assertEqual(status, 207, text)
        found = [re.search(rf"<[^<>]*{name}[^<>/]*>([^<]*)<", text) for name in ("displayname", "calendar-color")]
        return tuple(f and f[1] for f in found)

    def served_on(self, day, user="chanhvp"):
        """What the server gives a phone that asks for one day, as an iPhone does."""
        first = day.strftime("%Y%m%dT000000Z")
        last = (day + datetime.timedelta(days=1)).strftime("%Y%m%dT000000Z")
        status, text = self.request("REPORT", f"/{user}/hen-tra/", user, BETWEEN.format(first, last), Depth="1", Content_Type="text/xml")
        self.assertEqual(status, 207, text)
        return set(re.findall(r"^UID:([^\r\n]*)", text, re.M))

    # ---- a phone ----

    def phone_config(self, user):
        name = self.path("phone", user)
        if not os.path.exists(name + ".conf"):
            self.write(f'[general]\nstatus_path = "{name}.status/"\n[pair phone]\na = "own"\nb = "server"\ncollections = ["from b"]\n'
                       f'[storage own]\ntype = "filesystem"\npath = "{name}/"\nfileext = ".ics"\n'
                       f'[storage server]\ntype = "caldav"\nurl = "https://127.0.0.1:{self.server.port}/"\nusername = "{user}"\npassword = "{PASSWORDS[user]}"\n',
                       "phone", user + ".conf")
            self.sh(f"yes | vdirsyncer -c {name}.conf discover")
        return name + ".conf"

    def look(self, user="chanhvp"):
        """The phone looks at the server."""
        self.tool("vdirsyncer", "-c", self.phone_config(user), "sync", "--force-delete")

    def files(self, *names):
        """The entries of a folder, by their identifier: (file, item)."""
        found = {}
        for name in glob.glob(self.path(*names, "*.ics")):
            with open(name, "rb") as file:
                raw = file.read()
            items = icalendar.Calendar.from_ical(raw).walk("VEVENT")
            self.assertEqual(len(items), 1, name)
            self.assertNotIn(str(items[0]["UID"]), found)
            found[str(items[0]["UID"])] = (name, items[0])
        return found

    def folder(self, *names):
        """The same of a folder that motcua keeps, which must be sound to the letter."""
        for name in glob.glob(self.path("lich", *names, "*.ics")):
            with open(name, "rb") as file:
                self.assertEqual(rfc5545.complaints(file.read()), [], name)
        return self.files("lich", *names)

    def on_phone(self, user="chanhvp", calendar="hen-tra"):
        return {uid: item for uid, (_, item) in self.files("phone", user, calendar).items()}

    def touched(self, *names):
        """Whether any file of a folder was written: its inode and times."""
        state = {}
        for where, _, files in os.walk(self.path(*names)):
            for name in files:
                s = os.stat(os.path.join(where, name))
                state[os.path.join(where, name)] = (s.st_ino, s.st_mtime_ns, s.st_size)
        return state

    def khal(self, *names):
        """{uid: (start, title, alarm)} as khal lists what is in a folder."""
        self.write(khal_config(self.path(*names)), "khal.conf")
        self.environment["LC_ALL"] = "C.UTF-8"  # what khal prints, it prints in the locale's letters
        try:
            said = self.tool("khal", "-c", self.path("khal.conf"), "list", "--format", "{uid}|{start-long}|{title}|{alarm-symbol}", "--day-format", "",
                             "2025-01-01", "2028-01-01")
        finally:
            self.environment["LC_ALL"] = "C"
        row_type = collections.namedtuple("Row", "start title alarm")
        return {row[0]: row_type(*map(str.strip, row[1:])) for row in (line.split("|") for line in said.splitlines()) if len(row) == 4}
