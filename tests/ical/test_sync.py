"""The due dates on a phone: motcua's folder, vdirsyncer, a Radicale server on the loopback, and back to khal, all set up by the words of motcua-phone(7)."""
import collections
import datetime
import http.client
import os
import re
import shutil
import socket
import ssl
import stat
import subprocess
import unittest

import icalendar
import rfc5545
from phone_world import PAGES, PhoneWorld, blocks, commands, dies_with_parent, source
from test_feed import due_of, same_date

NGINX = "/usr/sbin/nginx"


class Demo(PhoneWorld):
    """A year of an invented office: all of it arrives, and stays."""

    def test_the_phone_shows_what_is_due(self):
        self.now("2026-11-21 10:00:00")
        self.desk("demo", "--dossiers", "400", "--seed", "7", "--until", "2026-11-21")
        self.begin()
        self.look()
        processing = {d["code"] + "@" + d["code"].split("-")[0]: d for d in self.desk("list", "--json").objects if d["state"] == "processing"}
        self.assertGreater(len(processing), 5)
        written, shown, listed = self.folder("hen-tra"), self.on_phone(), self.khal("phone", "chanhvp", "hen-tra")
        self.assertEqual(set(written), set(processing))
        self.assertEqual(set(shown), set(processing))
        self.assertEqual(set(listed), set(processing))
        for uid, dossier in processing.items():
            item, due = shown[uid], due_of(dossier, dossier["due_at"])
            self.assertTrue(same_date(item["DTSTART"].dt, due), uid)
            first = due.strftime("%Y-%m-%d %H:%M") if isinstance(due, datetime.datetime) else str(due)
            self.assertEqual(listed[uid].start, first)
            self.assertIn(" " + dossier["code"].rsplit("-", 1)[1] + " · ", str(item["SUMMARY"]))
            title = str(item["SUMMARY"]).split(" · ", 1)[1].rstrip("…")
            self.assertIn(title.casefold(), dossier["procedure_name"].casefold())
            self.assertGreater(len(title), 5)
            self.assertEqual(listed[uid].title, str(item["SUMMARY"]))
            self.assertEqual([a["TRIGGER"].dt for a in item.walk("VALARM")], [-datetime.timedelta(hours=16)])
            self.assertTrue(listed[uid].alarm)
            self.assertEqual(item["STATUS"], "CONFIRMED")
            for name in ("DESCRIPTION", "LOCATION", "SEQUENCE", "DTSTAMP"):
                self.assertEqual(item[name].to_ical(), written[uid][1][name].to_ical(), uid)
            self.assertNotIn(dossier["applicant"]["name"] + "\n", str(item["DESCRIPTION"]))
        status, text = self.request("GET", "/chanhvp/hen-tra/", "chanhvp")  # the server's own subscription
        self.assertEqual((status, {str(e["UID"]) for e in icalendar.Calendar.from_ical(text).walk("VEVENT")}), (200, set(processing)))
        days = collections.defaultdict(set)
        for uid, dossier in processing.items():
            days[datetime.datetime.fromisoformat(dossier["due_at"]).date()].add(uid)
        for day, uids in sorted(days.items())[:5]:
            self.assertEqual(self.served_on(day), uids, day)
        # khal reads the folder itself as well, and leaves it alone.
        before = self.touched("lich", "hen-tra")
        self.assertEqual(self.khal("lich", "hen-tra"), listed)
        self.assertEqual(self.touched("lich", "hen-tra"), before)
        self.nothing_moves()
        self.another_server_is_the_same()

    def nothing_moves(self):
        """Whatever runs again, where nothing changed nothing is written, here, there or on the phone."""
        before = self.server_state(), self.touched("lich", "hen-tra"), self.touched("phone", "chanhvp")
        self.assertGreater(len(before[0]), 5)
        self.cron()
        self.look()
        self.assertEqual(before, (self.server_state(), self.touched("lich", "hen-tra"), self.touched("phone", "chanhvp")))
        self.assertEqual([], [name for name in os.listdir(self.path("lich", "hen-tra")) if name.startswith(".")])

    def another_server_is_the_same(self):
        """The configuration for a server that is there already, which has this calendar: it agrees that there is nothing to do."""
        config = self.here(self.page["vdirsyncer"])
        config = config[:config.index("[storage may_chu]")] + self.page["nextcloud"]
        config = config.replace("https://cloud.example.vn/remote.php/dav/", f"https://127.0.0.1:{self.server.port}/").replace("share/vdirsyncer", "share/other")
        self.write(config, "other.conf")
        before = self.server_state(), self.touched("lich", "hen-tra")
        self.sh("vdirsyncer -c ~/other.conf discover && vdirsyncer -c ~/other.conf sync")
        self.assertEqual(before, (self.server_state(), self.touched("lich", "hen-tra")))


class Life(PhoneWorld):
    """What happens at the desk, as the chief's phone sees it."""

    def setUp(self):
        super().setUp()
        self.desk("init", "--office", "UBND xã Tơ Tung, huyện Kbang; Gia Lai", "--agency", "H42.26.21")
        self.desk("officer", "put", "binhtv", "--name", "Trần Văn Bình", "--role", "specialist")

    def receive(self, limit, *more):
        return self.desk("receive", "--procedure", "1.004873", "--applicant", "Nguyễn Thị Hương", "--limit", limit, "--json", *more).objects[0]["code"]

    def uid(self, code):
        return code + "@H42.26.21"

    def arrive(self):
        self.cron()
        self.look()
        return self.on_phone()

    def served_items(self):
        """What arrived at the server: a phone that looks once for all is quicker."""
        self.cron()
        return {uid: icalendar.Calendar.from_ical(item).walk("VEVENT")[0] for uid, (_, item) in self.served().items()}

    def shows(self, shown, code, day, sequence):
        item = shown[self.uid(code)]
        self.assertEqual((str(item.decoded("DTSTART")), item["SEQUENCE"], item["STATUS"]), (day, sequence, "CONFIRMED"))

    def others_stay(self, before, *codes):
        """On the server and on the phone only the entries of these dossiers were written."""
        changed = {name for name, state in self.touched("phone", "chanhvp").items() if before.get(name) != state and name.endswith(".ics")}
        self.assertEqual(changed, {name for uid, (name, _) in self.files("phone", "chanhvp", "hen-tra").items() if uid in map(self.uid, codes)})

    def test_what_happens_at_the_desk_arrives(self):
        a, b, c = self.receive("3 working_days"), self.receive("5 working_days"), self.receive("4 working_hours")
        self.begin(described=False)
        self.look()
        shown = self.on_phone()
        self.assertEqual(len(shown), 3)
        self.shows(shown, a, "2026-11-19", 0)
        self.shows(shown, b, "2026-11-23", 0)
        self.shows(shown, c, "2026-11-16 08:00:00+00:00", 0)  # 15:00 in Vietnam
        stamp = shown[self.uid(a)]["DTSTAMP"].dt

        # A letter moves a date, and so does a day off announced late (23/11, and 24/11 is one already): those entries alone are new, and newer.
        self.now("2026-11-18 08:00:00")
        before = self.touched("phone", "chanhvp")
        self.desk("apologize", a, "--reason", "chờ xác minh", "--until", "2026-12-01")
        self.desk("calendar", "holiday", "2026-11-23", "Nghỉ phòng, chống bão; số 13", "--document", "118/CĐ-UBND")
        shown = self.arrive()
        self.shows(shown, a, "2026-12-01", 1)
        self.assertGreater(shown[self.uid(a)]["DTSTAMP"].dt, stamp)
        self.shows(shown, b, "2026-11-25", 1)
        self.others_stay(before, a, b)

        # Handed on: the same date, another holder. Waiting: nothing is due.
        before = self.touched("phone", "chanhvp")
        self.desk("transfer", a, "--to", "binhtv")
        self.desk("supplement", b, "--reason", "thiếu giấy tờ", "--need", "Bản sao hộ khẩu")
        shown = self.arrive()
        self.assertIn("Người xử lý: Trần Văn Bình", str(shown[self.uid(a)]["DESCRIPTION"]))
        self.shows(shown, a, "2026-12-01", 1)
        self.others_stay(before, a)
        self.assertEqual(set(shown), {self.uid(a), self.uid(c)})

        # Back, from zero, and newer than what the phone once had. Solved and handed over: gone. A new one is there.
        self.now("2026-11-19 08:00:00")
        self.desk("restart", b)
        self.desk("resolve", a)
        self.desk("return", a)
        d = self.receive("2 working_days")
        shown = self.arrive()
        self.shows(shown, b, "2026-11-30", 3)
        self.assertEqual(set(shown), {self.uid(b), self.uid(c), self.uid(d)})
        self.assertEqual(set(self.khal("phone", "chanhvp", "hen-tra")), set(shown))

        # The last ones end too. An emptied folder is taken for an accident: why the page's line for cron says --force-delete.
        for code in (b, c, d):
            self.desk("resolve", code)
        self.sh("motcua export vdir ~/lich/hen-tra")
        self.assertIn("was completely emptied", self.sh("vdirsyncer sync", status=1))
        self.assertEqual(self.served_items(), {})
        e = self.receive("1 working_days")
        self.shows(self.arrive(), e, "2026-11-20", 0)
        self.assertEqual(set(self.on_phone()), {self.uid(e)})

    def test_what_a_phone_changes(self):
        code, other = self.receive("3 working_days"), self.receive("5 working_days")
        self.begin(described=False)
        before = self.touched("lich", "hen-tra")
        address, item = self.served()[self.uid(code)]

        # The chief's own account may look only: a phone is told so, and what it tries is refused, as the page says.
        rights = self.request("PROPFIND", "/chanhvp/hen-tra/", "chanhvp", Depth="0")[1].split("current-user-privilege-set>")[1]
        self.assertEqual(set(re.findall(r"<privilege><([a-z-]+)", rights)), {"read"})
        for method, where in (("PUT", address), ("PUT", "/chanhvp/hen-tra/own.ics"), ("DELETE", address), ("DELETE", "/chanhvp/hen-tra/"),
                              ("GET", "/motcua/hen-tra/"), ("PUT", address.replace("chanhvp", "motcua"))):
            self.assertEqual(self.request(method, where, "chanhvp", self.edited(item), Content_Type="text/calendar")[0], 403, (method, where))

        # One that may write: what it changed, deleted and added is undone, and never was in the folder.
        mine = self.served("motcua")
        self.change(mine[self.uid(code)][0], self.edited(item))
        self.change("/motcua/hen-tra/own.ics", item.replace(code, "own"))
        self.assertIn(self.request("DELETE", mine[self.uid(other)][0], "motcua")[0], (200, 204))
        changed = self.served()
        self.assertEqual(set(changed), {self.uid(code), "own@H42.26.21"})
        self.assertIn("PHONE", changed[self.uid(code)][1])
        self.cron()
        self.cron()
        self.assertEqual(self.touched("lich", "hen-tra"), before)
        served = self.served()
        self.assertEqual(set(served), {self.uid(code), self.uid(other)})
        self.assertEqual(served[self.uid(code)][1], item)

        # Changed on both sides at once: the desk wins.
        self.change(mine[self.uid(code)][0], self.edited(item))
        self.desk("apologize", code, "--reason", "chờ xác minh", "--until", "2026-12-01")
        self.cron()
        item = self.served()[self.uid(code)][1]
        self.assertNotIn("PHONE", item)
        self.assertIn("DTSTART;VALUE=DATE:20261201", item)

    def change(self, address, item):
        self.assertIn(self.request("PUT", address, "motcua", item, Content_Type="text/calendar")[0], (201, 204), address)

    def edited(self, item):
        return item.replace("SUMMARY:", "SUMMARY:PHONE ")

    def test_a_folder_or_a_server_that_was_lost(self):
        codes = {self.uid(self.receive("3 working_days")), self.uid(self.receive("5 working_days", "--code", "03706/2026/07906"))}
        self.begin(described=False)
        shutil.rmtree(self.path("lich", "hen-tra"))
        self.cron()
        self.assertEqual(set(self.served()), codes)
        # What the page says of a server that lost everything.
        self.assertIn(self.request("DELETE", "/motcua/hen-tra/", "motcua")[0], (200, 204))
        shutil.rmtree(self.path(".local", "share", "vdirsyncer"))
        self.sh("yes | vdirsyncer discover")
        self.cron()
        self.assertEqual(set(self.served()), codes)
        # What the page says of a dossier that stands in two files.
        shutil.copy(self.files("lich", "hen-tra")[min(codes)][0], self.path("lich", "hen-tra", "copy.ics"))
        self.assertIn("multiple items with the same UID", self.sh("vdirsyncer sync", status=1))
        self.cron()
        self.assertEqual((set(self.served()), set(self.folder("hen-tra"))), (codes, codes))
        # And of a whole calendar that somebody wrote there: it is in the way until it is moved out, and named in the words that the page has.
        self.sh("motcua export ics -o ~/lich/hen-tra/tat-ca.ics")
        for _ in range(2):
            self.assertRegex(self.sh("motcua export vdir ~/lich/hen-tra --alarm 16h"), r"không thuộc lịch này, để nguyên \(1\):\s+tat-ca\.ics")
            self.assertIn("multiple items with the same UID", self.sh("vdirsyncer sync", status=1))
        self.assertIn("\n.Dq không thuộc lịch này, để nguyên :\n", source("vi"))
        os.unlink(self.path("lich", "hen-tra", "tat-ca.ics"))
        self.cron()
        self.assertEqual((set(self.served()), set(self.folder("hen-tra"))), (codes, codes))

    def test_a_specialist_has_a_calendar_of_their_own(self):
        code, other = self.receive("3 working_days"), self.receive("5 working_days")
        self.desk("transfer", code, "--to", "binhtv")
        self.begin()
        for line in commands(self.page["officer"], "$"):
            self.sh(line)
        self.link("binhtv", "binhtv")
        self.assertEqual(self.described("binhtv", "binhtv"), ("Hẹn trả hồ sơ – UBND xã Tơ Tung, huyện Kbang; Gia Lai – Trần Văn Bình", None))
        self.assertEqual(set(self.served()), {self.uid(code), self.uid(other)})
        self.assertEqual(set(self.served("binhtv", "binhtv")), {self.uid(code)})
        another = [o["login"] for o in self.desk("officer", "list", "--json").objects if o["login"] != "binhtv"][0]
        self.desk("transfer", code, "--to", another)
        self.desk("transfer", other, "--to", "binhtv")
        self.sh(commands(self.page["officer"], "$")[0])
        self.cron()
        self.assertEqual(set(self.served("binhtv", "binhtv")), {self.uid(other)})
        self.assertEqual(set(self.folder("binhtv")), {self.uid(other)})
        self.assertEqual(self.request("GET", "/chanhvp/hen-tra/", "binhtv")[0], 403)

        # Who left is cut off, alone: neither the password nor the link is there any more, and what motcua writes is untouched.
        if not shutil.which("htpasswd", path=self.environment["PATH"]):
            self.tool_of_its_own("htpasswd", 'test "$1" = -D && sed -i "/^$3:/d" "$2"')
        for line in commands(self.page["gone"], "#"):
            self.sh(self.here(line))
        self.assertEqual(self.request("GET", "/binhtv/binhtv/", "binhtv")[0], 401)
        self.assertFalse(os.path.exists(self.path("var", "collections", "collection-root", "binhtv")))
        self.assertTrue(os.path.exists(self.path("var", "collections", "collection-root", "motcua", "binhtv")))
        self.assertEqual(set(self.served()), {self.uid(code), self.uid(other)})

        # The chief's may have a name and a colour.
        self.assertEqual(self.described("chanhvp", "hen-tra"), ("Hẹn trả hồ sơ – UBND xã Tơ Tung, huyện Kbang; Gia Lai", None))
        self.sh("motcua export vdir ~/lich/hen-tra --alarm 16h --name 'Tất cả; của xã' --calendar-color teal && vdirsyncer metasync lich/hen-tra")
        self.assertEqual(self.described("chanhvp", "hen-tra"), ("Tất cả; của xã", "#008080"))

    def tool_of_its_own(self, name, line):
        self.write("#!/bin/sh\n" + line + "\n", "bin", name)
        os.chmod(self.path("bin", name), 0o755)

    def test_a_renewed_certificate_is_brought_to_the_server(self):
        """By the hook, as certbot runs it."""
        os.makedirs(self.path("live"))
        for theirs, ours in (("fullchain.pem", "lich.pem"), ("privkey.pem", "lich.key")):
            os.rename(self.path("etc", ours), self.path("live", theirs))
        self.tool_of_its_own("systemctl", 'echo "$@" >> ~/restarted')
        self.write(self.here(self.page["hook"]), "bin", "hook")
        os.chmod(self.path("bin", "hook"), 0o755)
        self.sh("RENEWED_LINEAGE=~/live hook")
        for theirs, ours, mode in (("fullchain.pem", "lich.pem", 0o644), ("privkey.pem", "lich.key", 0o400)):
            with open(self.path("live", theirs)) as there, open(self.path("etc", ours)) as here:
                self.assertEqual(there.read(), here.read())
            self.assertEqual(stat.S_IMODE(os.stat(self.path("etc", ours)).st_mode), mode)
        with open(self.path("restarted")) as file:
            self.assertEqual(file.read(), "restart radicale\n")
        os.unlink(self.path("live", "privkey.pem"))  # half of it: the server goes on with what it has
        self.sh("RENEWED_LINEAGE=~/live hook", status=1)
        with open(self.path("restarted")) as file:
            self.assertEqual(file.read(), "restart radicale\n")

    def test_the_subscription(self):
        """The line for cron, and nginx where there is one: it is no package of the tests, since it would begin to serve at once."""
        code = self.receive("3 working_days")
        self.cron("feed")
        feed = self.path("www", "lich", "8f1c2b7ad0e94c35", "hen-tra.ics")
        with open(feed, "rb") as file:
            raw = file.read()
        self.assertEqual(rfc5545.complaints(raw), [])
        self.assertEqual([str(e["UID"]) for e in icalendar.Calendar.from_ical(raw).walk("VEVENT")], [self.uid(code)])
        self.assertTrue(os.stat(feed).st_mode & stat.S_IROTH)
        if os.path.exists(NGINX):
            self.nginx_serves("/lich/8f1c2b7ad0e94c35/hen-tra.ics", raw)

    def nginx_serves(self, address, raw):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        block = self.here(self.page["nginx"].replace("listen 443", f"listen 127.0.0.1:{port}").replace("/etc/nginx/", "/etc/radicale/"))
        places = "".join(f"{kind}_temp_path {self.home}/nginx;\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        user = "user root;\n" if os.getuid() == 0 else ""
        self.write(f"{user}daemon off; master_process off; pid {self.home}/nginx.pid; error_log {self.home}/nginx.log info;\n"
                   f"events {{}}\nhttp {{\naccess_log off;\n{places}{block}}}\n", "nginx.conf")
        self.tool(NGINX, "-t", "-q", "-c", self.path("nginx.conf"))
        server = subprocess.Popen([NGINX, "-c", self.path("nginx.conf")], env=self.environment, preexec_fn=dies_with_parent, stderr=subprocess.DEVNULL)
        try:
            answer, body = self.fetch(server, port, address)
            self.assertEqual((answer.status, answer.headers["Content-Type"], body), (200, "text/calendar; charset=utf-8", raw))
            self.assertEqual(self.fetch(server, port, "/lich/")[0].status, 403)
            self.assertEqual(self.fetch(server, port, "/")[0].status, 404)
        finally:
            server.terminate()
            server.wait(10)

    def fetch(self, server, port, address):
        """Asks until it listens."""
        context = ssl.create_default_context(cafile=self.path("etc", "lich.pem"))
        while True:
            connection = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=20)
            try:
                connection.request("GET", address)
                answer = connection.getresponse()
                return answer, answer.read()
            except ConnectionRefusedError:
                self.assertIsNone(server.poll(), "nginx does not start")
            finally:
                connection.close()


class Page(unittest.TestCase):
    """motcua-phone(7) itself."""

    def test_both_languages_show_the_same_blocks(self):
        self.assertEqual(blocks("vi"), blocks("en"))
        for said in ("Please run `vdirsyncer discover`", "was completely emptied", "multiple items with the same UID", "403 Forbidden"):
            for lang in PAGES:
                self.assertIn(said, source(lang))
        self.assertEqual(set(blocks()), {"radicale", "rights", "vdirsyncer", "first", "cron", "link", "nextcloud", "feed", "nginx", "officer", "hook", "gone"})

    def test_both_are_well_formed(self):
        for lang, page in PAGES.items():
            said = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", page], capture_output=True).stdout.decode().splitlines()
            self.assertEqual([line for line in said if lang == "en" or "NAME" not in line], [])

    def test_no_word_is_taken_for_a_macro(self):
        """"An" and "No" at the beginning of a list's entry would vanish."""
        shown = subprocess.run(["mandoc", "-T", "utf8", "-O", "width=200", PAGES["en"]], capture_output=True).stdout.decode()
        shown = re.sub(".\b", "", shown)  # bold is printed over itself
        for label in ("A code to scan", "An account", "An account at the province's Nextcloud", "A subscription"):
            self.assertTrue(re.search("(?m)^ +" + re.escape(label) + "$", shown), label)
