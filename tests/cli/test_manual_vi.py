"""The manual's first page in both languages: the same things, item by item, in the words the program itself uses.

The keys of the screen come from tui/keys.def and core/lang_tui.def: UPDATE=1 writes them into the Vietnamese page anew.
"""
import os
import re
import shlex
import subprocess
from collections import Counter

from desk import ROOT, Desk
from test_manual import NAMES, key_label
from test_options import COMMANDS

ENGLISH, VIETNAMESE = (os.path.join(ROOT, "man", *where, "motcua.1") for where in ((), ("vi",)))
MACROS = set("Ar Bro Brc Cm Dv Em Ev Fl Ic Li Nm No Ns Oc Oo Op Pa Po Pc Pq Sq Sx Xr".split())
LITERAL = set("Cm Dv Ev Fl Ic Li Pa Xr".split())  # what is the same word in every language
MONTHS = {"January": "1", "June": "6", "July": "7"}


def source(page):
    with open(page, encoding="utf-8") as f:
        return f.read()


def words(line):
    """(macro, word) of a line of mdoc without its dot, escapes and punctuation on its own left out."""
    lexer = shlex.shlex(line.replace("\\&", ""), posix=True)
    lexer.whitespace_split, lexer.quotes, lexer.escape, lexer.commenters = True, '"', "", ""
    macro = None
    for word in lexer:
        if word in MACROS:
            macro = word
        elif word not in {".", ",", ";", ":", "(", ")"}:
            yield macro, word


class Piece:
    """A section, an item or an example: its head, and what is said below it."""

    def __init__(self, line, command):
        self.kind, _, head = line.partition(" ")
        self.line, self.command = line, command
        section = self.kind in ("Sh", "Ss")
        self.head = [] if section else [(macro, word if macro != "Ar" else "") for macro, word in words(head)]
        self.literals, self.numbers, self.examples, self.text = Counter(), numbers("" if section else head), [], ""

    def add(self, line):
        self.text += line + "\n"
        if line.startswith("$"):
            self.examples.append(line)
        elif line.startswith("."):
            self.literals.update(pair for pair in words(line[1:]) if pair[0] in LITERAL)
        self.numbers |= numbers(line)


def numbers(text):
    """Every number in it, however a language writes thousands and dates."""
    text = re.sub(r"(\d+) (%s)\b" % "|".join(MONTHS), lambda m: m[1] + "/" + MONTHS[m[2]], text)
    text = re.sub(r"(\d)[.,](\d{3})(?!\d)", r"\1\2", text)
    return {int(number) for number in re.findall(r"\d+", text)}


def command_of(line, before):
    found = [c for c in COMMANDS + ["export ics", "export vdir"] if re.match(r"It Cm %s( |$)" % c, line)]
    return max(found, key=len) if found else before


def pieces(page):
    found, command = [Piece("Sh", None)], None
    for line in source(page).splitlines():
        if line.startswith('.\\"'):
            continue
        if re.match(r"\.(Sh|Ss|It|Bd)\b", line):
            command = command_of(line[1:], None if line[1] == "S" else command)
            found.append(Piece(line[1:], command))
        elif not re.match(r"\.(Dd|Dt|Os|Nd|Pp|Bl|El|Ed)\b", line):
            found[-1].add(line)
    return found


def options_of(piece):
    """(option, value) of an item's head, as the help writes them: "--at", "TIME"; "--channel", "direct|online|postal"."""
    head, found = list(words(piece.line.partition(" ")[2])), []
    for i, (macro, word) in enumerate(head):
        if macro == "Fl" and word.startswith("-"):
            value = ""
            for macro, more in head[i + 1:]:
                if macro == "Fl" or (macro is None and value) or (value and macro == "Ar"):
                    break
                value += more.upper() if macro == "Ar" else more
            found.append(("-" + word, re.sub(r"[^\w|+:]+.*", "", value)))
    return found


# ---- the keys of the screen ----

def texts(lang):
    with open(os.path.join(ROOT, "core", "lang_tui.def"), encoding="utf-8") as f:
        found = re.findall(r'^T\((\w+),\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"\)', f.read(), re.M)
    return {name: (vi, en)[lang == "en"] for name, vi, en in found}


def keys(lang):
    """The items of the keys, as the page of that language has them."""
    text, out = texts(lang), []
    with open(os.path.join(ROOT, "tui", "keys.def"), encoding="utf-8") as f:
        actions = re.findall(r"^A\((\w+), (\w+), (.*)\)$", f.read(), re.M)
    for action, scope, given in actions:
        labels = [key_label(kind, what) for kind, what in re.findall(r"([LPFC])\(('.'|\w+)\)", given)]
        out.append(".It Ic " + " , ".join("\\&" + k if k in "/?" else k for k in labels))
        where = text["tui_scope_" + ("form" if scope in ("PICK", "CHOICE") else scope.lower())]
        said = text["tui_help_" + action]
        out.append((said if scope == "ANYWHERE" else where + ": " + said[0].lower() + said[1:]) + ".")
    return "\n".join(out) + "\n"


BLOCK = re.compile(r'(^\.\\" keys: begin\n)(.*?)(^\.\\" keys: end$)', re.M | re.S)


class BothPages(Desk):
    founded = False

    def test_both_say_the_same_item_by_item(self):
        english, vietnamese = pieces(ENGLISH), pieces(VIETNAMESE)
        self.assertGreater(len(english), 150)
        self.assertEqual([(p.kind, p.head) for p in vietnamese], [(p.kind, p.head) for p in english])
        for ours, theirs in zip(english, vietnamese):
            with self.subTest(english=ours.line, vietnamese=theirs.line):
                self.assertEqual(theirs.literals, ours.literals)
                self.assertEqual(theirs.examples, ours.examples)
                self.assertEqual(theirs.numbers, ours.numbers)

    def test_nothing_escapes_the_comparison(self):
        """Options, variables and examples stand in macros, where the other test sees them."""
        for page in (ENGLISH, VIETNAMESE):
            for piece in pieces(page):
                for line in piece.text.splitlines():
                    if not line.startswith((".", "$")):
                        self.assertNotRegex(line, r"--|\bMOTCUA_|\bXDG_|\bNO_COLOR", page)
        self.assertEqual(len([e for piece in pieces(ENGLISH) for e in piece.examples]), source(ENGLISH).count("\n$ "))

    def test_their_options_are_written_as_the_program_writes_them(self):
        helps = {}
        for page, lang in ((ENGLISH, "en"), (VIETNAMESE, "vi")):
            seen = 0
            for piece in pieces(page):
                for option, value in options_of(piece) if piece.kind == "It" else ():
                    key = lang, piece.command
                    if key not in helps:
                        said = self.ok(*(piece.command or "").split(), "--help", "--lang", lang)
                        helps[key] = said if not piece.command else re.split(r"\n\n(?=Global|Tùy chọn chung)", said)[0]
                    with self.subTest(lang=lang, command=piece.command, option=option):
                        self.assertRegex(helps[key], option + " " + re.escape(value) + r"(?!\w)" if value else option + r"(?![\w-]| \w)")
                    seen += 1
            self.assertGreater(seen, 100)

    def test_every_option_of_a_command_is_at_that_command(self):
        for page in (ENGLISH, VIETNAMESE):
            named = {}
            for piece in pieces(page):
                named.setdefault(piece.command, set()).update(option for option, _ in options_of(piece))
            for command in COMMANDS + ["export ics", "export vdir"]:
                said = self.ok(*command.split(), "--help").split("\n\nTùy chọn chung")[0]
                own = set(re.findall(r"^ +(?:-\w, )?(--[a-z][a-z-]*)", said, re.M))
                self.assertLessEqual(own, named[command], (page, command))

    def test_the_keys_are_those_of_the_screen(self):
        if os.environ.get("UPDATE"):
            page = BLOCK.sub(lambda m: m[1] + keys("vi") + m[3], source(VIETNAMESE))
            with open(VIETNAMESE, "w", encoding="utf-8") as f:
                f.write(page)
        for page, lang in ((ENGLISH, "en"), (VIETNAMESE, "vi")):
            self.assertEqual(BLOCK.search(source(page))[2], keys(lang), "UPDATE=1 writes the Vietnamese one anew")

    def test_the_vietnamese_page_is_well_formed(self):
        said = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", VIETNAMESE], capture_output=True).stdout.decode().splitlines()
        self.assertEqual([line for line in said if "NAME" not in line], [])  # its first section is TÊN

    def test_it_is_in_vietnamese(self):
        """No sentence of the English page was left standing in it."""
        english, vietnamese = (set(re.findall(r"^[A-Za-z].* .* .*$", "".join(piece.text for piece in pieces(page)), re.M))
                               for page in (ENGLISH, VIETNAMESE))
        self.assertGreater(len(english), 150)
        self.assertEqual(english & vietnamese, set())
