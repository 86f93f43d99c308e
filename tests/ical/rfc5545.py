"""Is this an iCalendar stream? RFC 5545 sections 3.1-3.8 and RFC 7986, as far as motcua writes any of it, and strictly: what these pages do not know
(recurrence, the rules of time zones, attendees) they complain about instead of letting it pass.

    for complaint in rfc5545.complaints(bytes): print(complaint)      # 'line 12: DTEND is not after DTSTART'

Lines are counted after unfolding. It shares nothing with the program, with libical or with python3-icalendar: their agreement says something."""
import datetime
import re

# ---- section 3.1: lines --------------------------------------------------------------------------------------------------------------------------

PHYSICAL = (
    (re.compile(rb"(?<!\r)\n|\r(?!\n)"), "a line does not end in CRLF"),
    (re.compile(rb"(?:\A|\n)[^\r\n]{76}"), "a line is longer than 75 octets"),
    (re.compile(rb"\r\n[ \t](?=[\x80-\xbf])"), "a fold inside a character"),
    (re.compile(rb"\r\n[ \t](?=\r\n|\Z)"), "an empty continuation"),
    (re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"), "a control character"),
    (re.compile(rb"\A[ \t]"), "the first line continues nothing"),
)
NAME = r"[A-Za-z0-9-]+"
PARAMETER_VALUE = r'(?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*)'
LINE = re.compile(rf"({NAME})((?:;{NAME}={PARAMETER_VALUE}(?:,{PARAMETER_VALUE})*)*):(.*)", re.S)
PARAMETER = re.compile(rf";({NAME})=({PARAMETER_VALUE}(?:,{PARAMETER_VALUE})*)")

# ---- section 3.3: values -------------------------------------------------------------------------------------------------------------------------

ESCAPED = re.compile(r"\\[\\;,nN]")
SEPARATOR, LIST_SEPARATOR = re.compile(r"[\\;,]"), re.compile(r"[\\;]")
DATE = re.compile(r"(\d{4})(\d\d)(\d\d)", re.A)
MOMENT = re.compile(r"(\d{8})T([01]\d|2[0-3])([0-5]\d)([0-5]\d|60)(Z?)", re.A)
INTEGER = re.compile(r"[+-]?\d{1,10}", re.A)
TIME_PART = r"T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S)"
DURATION = re.compile(rf"([+-]?)P(?:\d+W|\d+D(?:{TIME_PART})?|{TIME_PART})", re.A)
DAYS_ONLY = re.compile(r"\+?P\d+[WD]", re.A)
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+")
OFFSET = re.compile(r"[+-](?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?", re.A)
X_NAME = re.compile(r"X-[A-Za-z0-9-]+", re.I)
COLORS = frozenset("""aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood cadetblue chartreuse chocolate
    coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange
    darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue
    firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki
    lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon
    lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue
    mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin
    navajowhite navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum
    powderblue purple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray slategrey snow
    springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen""".split())


def is_date(value):
    found = DATE.fullmatch(value)
    try:
        return bool(found) and bool(datetime.date(*map(int, found.groups())))
    except ValueError:
        return False


def is_moment(value):
    found = MOMENT.fullmatch(value)
    return bool(found) and is_date(found[1])


def is_utc(value):
    return is_moment(value) and value.endswith("Z")


def is_text(value):
    return not SEPARATOR.search(ESCAPED.sub("", value))


def are_texts(value):
    return not LIST_SEPARATOR.search(ESCAPED.sub("", value))


def between(low, high):
    return lambda value: bool(INTEGER.fullmatch(value)) and low <= int(value) <= high


def one_of(*words):
    return lambda value: value.upper() in words


def matches(pattern):
    return lambda value: bool(pattern.fullmatch(value))


# What VALUE says a property is, and how that looks.
TYPES = {"TEXT": is_text, "DATE": is_date, "DATE-TIME": is_moment, "DURATION": matches(DURATION), "URI": matches(URI), "INTEGER": between(-2**31, 2**31 - 1),
         "UTC-OFFSET": lambda value: bool(OFFSET.fullmatch(value)) and value[:7] not in ("-0000", "-000000")}

# Property: the types it may have, the first being what it has without VALUE; then what more is asked of the value; then its other parameters.
TEXTUAL = ("LANGUAGE", "ALTREP")
PROPERTIES = {
    "PRODID": (("TEXT",), None, ()),
    "VERSION": (("TEXT",), one_of("2.0"), ()),
    "CALSCALE": (("TEXT",), one_of("GREGORIAN"), ()),
    "METHOD": (("TEXT",), one_of("PUBLISH"), ()),
    "NAME": (("TEXT",), None, TEXTUAL),
    "COLOR": (("TEXT",), lambda value: value.lower() in COLORS, ()),
    "REFRESH-INTERVAL": (("DURATION",), lambda value: not value.startswith("-"), ()),
    "SOURCE": (("URI",), None, ()),
    "UID": (("TEXT",), bool, ()),
    "DTSTAMP": (("DATE-TIME",), is_utc, ()),
    "CREATED": (("DATE-TIME",), is_utc, ()),
    "LAST-MODIFIED": (("DATE-TIME",), is_utc, ()),
    "COMPLETED": (("DATE-TIME",), is_utc, ()),
    "DTSTART": (("DATE-TIME", "DATE"), None, ()),
    "DTEND": (("DATE-TIME", "DATE"), None, ()),
    "DUE": (("DATE-TIME", "DATE"), None, ()),
    "DURATION": (("DURATION",), lambda value: not value.startswith("-"), ()),
    "SUMMARY": (("TEXT",), None, TEXTUAL),
    "DESCRIPTION": (("TEXT",), None, TEXTUAL),
    "LOCATION": (("TEXT",), None, TEXTUAL),
    "COMMENT": (("TEXT",), None, TEXTUAL),
    "CATEGORIES": (("TEXT",), None, ("LANGUAGE",)),
    "CLASS": (("TEXT",), None, ()),
    "URL": (("URI",), None, ()),
    "PRIORITY": (("INTEGER",), between(0, 9), ()),
    "SEQUENCE": (("INTEGER",), between(0, 2**31 - 1), ()),
    "PERCENT-COMPLETE": (("INTEGER",), between(0, 100), ()),
    "STATUS": (("TEXT",), None, ()),
    "TRANSP": (("TEXT",), one_of("OPAQUE", "TRANSPARENT"), ()),
    "ACTION": (("TEXT",), one_of("DISPLAY"), ()),
    "TRIGGER": (("DURATION", "DATE-TIME"), lambda value: "P" in value or is_utc(value), ("RELATED",)),
    "TZID": (("TEXT",), bool, ()),
    "TZOFFSETFROM": (("UTC-OFFSET",), None, ()),
    "TZOFFSETTO": (("UTC-OFFSET",), None, ()),
    "REPEAT": (("INTEGER",), between(0, 2**31 - 1), ()),
}
NAMED = {"DURATION": ("REFRESH-INTERVAL",), "URI": ("SOURCE",)}  # RFC 7986: VALUE is required here

# ---- section 3.6: components ---------------------------------------------------------------------------------------------------------------------

# Component: what must stand once, what may, what may often, and what it may hold.
COMMON = {"CLASS", "COLOR", "CREATED", "DESCRIPTION", "DTSTART", "LAST-MODIFIED", "LOCATION", "PRIORITY", "SEQUENCE", "STATUS", "SUMMARY", "URL", "DURATION"}
COMPONENTS = {
    "VCALENDAR": ({"PRODID", "VERSION"}, {"CALSCALE", "METHOD", "UID", "LAST-MODIFIED", "URL", "REFRESH-INTERVAL", "SOURCE", "COLOR"},
                  {"NAME", "DESCRIPTION", "CATEGORIES"}, {"VEVENT", "VTODO", "VTIMEZONE"}),
    "VEVENT": ({"UID", "DTSTAMP"}, COMMON | {"DTEND", "TRANSP"}, {"CATEGORIES", "COMMENT"}, {"VALARM"}),
    "VTODO": ({"UID", "DTSTAMP"}, COMMON | {"DUE", "COMPLETED", "PERCENT-COMPLETE"}, {"CATEGORIES", "COMMENT"}, {"VALARM"}),
    "VALARM": ({"ACTION", "TRIGGER", "DESCRIPTION"}, {"DURATION", "REPEAT"}, set(), set()),
    "VTIMEZONE": ({"TZID"}, {"LAST-MODIFIED"}, set(), {"STANDARD", "DAYLIGHT"}),
    "STANDARD": ({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"}, set(), set(), set()),
    "DAYLIGHT": ({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"}, set(), set(), set()),
}
STATUS = {"VEVENT": {"TENTATIVE", "CONFIRMED", "CANCELLED"}, "VTODO": {"NEEDS-ACTION", "COMPLETED", "IN-PROCESS", "CANCELLED"}}


class Component:
    def __init__(self, name, line, parent):
        self.name, self.line, self.parent = name, line, parent
        self.seen = {}  # property: (type, value, parameters), the last of them
        self.children = 0


class Reader:
    def __init__(self, top):
        self.top = top
        self.found = []
        self.open = None  # the innermost component
        self.roots = 0
        self.uids = set()
        self.method = False

    def complain(self, line, text):
        self.found.append(f"line {line}: {text}")

    # ---- a property ----

    def parameters(self, line, name, text):
        known = {}
        for key, value in PARAMETER.findall(text):
            key = key.upper()
            if key in known:
                self.complain(line, f"{name} has {key} twice")
            known[key] = value
        return known

    def value(self, line, name, parameters, value):
        """The type of a property whose name is known; complains about its value and its parameters."""
        types, asked, more = PROPERTIES[name]
        kind = parameters.get("VALUE", types[0]).upper()
        if kind not in types:
            self.complain(line, f"{name} is no {kind}")
            return kind
        if name in NAMED.get(kind, ()) and "VALUE" not in parameters:
            self.complain(line, f"{name} must say VALUE={kind}")
        for key in parameters:
            if key != "VALUE" and key not in more and not X_NAME.fullmatch(key):
                self.complain(line, f"{name} may not have the parameter {key}")
        right = are_texts(value) if name == "CATEGORIES" else TYPES[kind](value)
        if not right or (asked and not asked(value)):
            self.complain(line, f"{name} is wrong: {value[:60]}")
        return kind

    def property(self, line, name, text, value):
        here = self.open
        if not here:
            self.complain(line, f"{name} outside of any component")
            return
        parameters = self.parameters(line, name, text) if text else {}
        if X_NAME.fullmatch(name):
            return
        once, maybe, often, _ = COMPONENTS.get(here.name, (set(), set(), set(), set()))
        if name not in PROPERTIES or not (name in once or name in maybe or name in often):
            self.complain(line, f"{name} may not stand in {here.name}")
            return
        if name in here.seen and name not in often:
            self.complain(line, f"{name} stands twice in {here.name}")
        here.seen[name] = (self.value(line, name, parameters, value), value, parameters)

    # ---- a component ----

    def begin(self, line, name):
        parent = self.open
        if parent is None:
            self.roots += 1
            if name != self.top:
                self.complain(line, f"{name} where {self.top} must begin")
        else:
            parent.children += 1
            if name not in COMPONENTS.get(parent.name, ((), (), (), set()))[3]:
                self.complain(line, f"{name} may not stand in {parent.name}")
        self.open = Component(name, line, parent)

    def end(self, line, name):
        here = self.open
        if not here or here.name != name:
            self.complain(line, f"END:{name} ends nothing")
            return
        self.open = here.parent
        if name not in COMPONENTS:
            return
        for asked in sorted(COMPONENTS[name][0] - here.seen.keys()):
            self.complain(here.line, f"{name} without {asked}")
        {"VCALENDAR": self.holds_something, "VEVENT": self.event, "VTODO": self.todo, "VALARM": self.alarm, "VTIMEZONE": self.holds_something,
         "STANDARD": self.observance, "DAYLIGHT": self.observance}[name](here)

    def holds_something(self, here):
        if not here.children:
            self.complain(here.line, f"{here.name} holds nothing")

    def observance(self, here):
        start = here.seen.get("DTSTART")
        if start and (start[0] != "DATE-TIME" or start[1].endswith("Z")):
            self.complain(here.line, "an observance begins by its own clock")

    def item(self, here):
        uid = here.seen.get("UID", (None, None))[1]
        if uid in self.uids:
            self.complain(here.line, f"the UID {uid[:60]} stands twice")
        self.uids.add(uid)
        status = here.seen.get("STATUS")
        if status and status[1].upper() not in STATUS[here.name]:
            self.complain(here.line, f"{here.name} cannot be {status[1][:20]}")
        if {"DTEND", "DURATION"} <= here.seen.keys() or {"DUE", "DURATION"} <= here.seen.keys():
            self.complain(here.line, f"{here.name} has an end and a DURATION")
        start, duration = here.seen.get("DTSTART"), here.seen.get("DURATION")
        if duration and start and start[0] == "DATE" and not DAYS_ONLY.fullmatch(duration[1]):
            self.complain(here.line, "a DURATION of hours after a DTSTART of days")

    def follows(self, here, last):
        start, end = here.seen.get("DTSTART"), here.seen.get(last)
        if not start or not end:
            return
        if start[0] != end[0] or (start[0] == "DATE-TIME" and start[1].endswith("Z") != end[1].endswith("Z")):
            self.complain(here.line, f"{last} is of another kind than DTSTART")
        elif end[1] <= start[1]:
            self.complain(here.line, f"{last} is not after DTSTART")

    def event(self, here):
        self.item(here)
        calendar = here.parent
        if "DTSTART" not in here.seen and not (calendar and "METHOD" in calendar.seen):
            self.complain(here.line, "VEVENT without DTSTART")
        self.follows(here, "DTEND")

    def todo(self, here):
        self.item(here)
        if "DURATION" in here.seen and "DTSTART" not in here.seen:
            self.complain(here.line, "DURATION without DTSTART")
        self.follows(here, "DUE")

    def alarm(self, here):
        if ("DURATION" in here.seen) != ("REPEAT" in here.seen):
            self.complain(here.line, "DURATION and REPEAT belong together")
        trigger, parent = here.seen.get("TRIGGER"), here.parent
        if not trigger or not parent:
            return
        related = trigger[2].get("RELATED", "START").upper()
        if related not in ("START", "END") or (trigger[0] != "DURATION" and "RELATED" in trigger[2]):
            self.complain(here.line, "TRIGGER is related to nothing known")
        elif trigger[0] == "DURATION":
            # The start or end may stand after the alarm, which ours never does; so this is asked of ours.
            wanted = {"START": ("DTSTART",), "END": ("DTEND", "DUE", "DURATION")}[related]
            if not any(name in parent.seen for name in wanted):
                self.complain(here.line, f"TRIGGER counts from a {related} that is not there")

    # ---- the stream ----

    def line(self, number, line):
        parts = LINE.fullmatch(line)
        if not parts:
            self.complain(number, f"no content line: {line[:40]}")
            return
        name, parameters, value = parts.groups()
        name = name.upper()
        if name == "BEGIN":
            self.begin(number, value.upper())
        elif name == "END":
            self.end(number, value.upper())
        else:
            self.property(number, name, parameters, value)


def complaints(data, top="VCALENDAR"):
    """What is wrong with a stream of one calendar, a line each; [] when nothing is. `top`: what the stream is one of."""
    reader = Reader(top)
    for pattern, text in PHYSICAL:
        found = pattern.search(data)
        if found:
            reader.complain(data.count(b"\n", 0, found.start() + 1) + 1, text + " (counted before unfolding)")
    if not data.endswith(b"\r\n"):
        reader.complain(0, "the stream does not end in CRLF")
    try:
        text = re.sub(rb"\r\n[ \t]", b"", data).decode()
    except UnicodeDecodeError as error:
        reader.complain(0, f"no UTF-8: {error}")
        return reader.found
    lines = text.split("\r\n")
    if lines[-1] == "":
        lines.pop()
    for number, line in enumerate(lines, 1):
        reader.line(number, line)
    here = reader.open
    while here:
        reader.complain(here.line, f"{here.name} does not end")
        here = here.parent
    if reader.roots != 1:
        reader.complain(0, f"{reader.roots} components of the outermost kind, not one")
    return reader.found


if __name__ == "__main__":
    import sys
    wrong = complaints(sys.stdin.buffer.read())
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)
