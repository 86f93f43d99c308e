"""Says what a workbook (.xlsx) holds, from its XML alone: a line for each sheet, then one for each cell that is not empty.

    sheet.py FILE          sheet<TAB>NAME<TAB>frozen rows<TAB>first and last row of the titles<TAB>filter<TAB>merged ranges<TAB>page
                           REF<TAB>text|number|day|time<TAB>VALUE<TAB>look
"""
import datetime
import re
import sys
import xml.etree.ElementTree as tree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
BUILT_IN = {0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}


def children(parent, path):
    return parent.findall("/".join(MAIN + name for name in path.split("/"))) if parent is not None else []


def unescaped(text):
    """ECMA-376 part 1, 22.9.2.19: _xHHHH_ is the character of that number."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m.group(1), 16)), text)


def words(item):
    return unescaped("".join(t.text or "" for t in item.iter(MAIN + "t")))


class Book:
    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        bad = self.zip.testzip()
        if bad:
            raise ValueError(bad)
        self.parts = {name: self.zip.read(name) for name in self.zip.namelist()}
        for name, body in self.parts.items():  # every part is well-formed
            tree.fromstring(body)
        self.shared = [words(i) for i in children(self.xml("xl/sharedStrings.xml"), "si")]
        styles = self.xml("xl/styles.xml")
        formats = dict(BUILT_IN)
        formats.update({int(f.get("numFmtId")): f.get("formatCode") for f in children(styles, "numFmts/numFmt")})
        bold = [f.find(MAIN + "b") is not None for f in children(styles, "fonts/font")]
        self.styles = [(formats[int(x.get("numFmtId"))], bold[int(x.get("fontId"))], int(x.get("fillId")) > 1)
                       for x in children(styles, "cellXfs/xf")]
        self.book = self.xml("xl/workbook.xml")
        links = {r.get("Id"): r.get("Target") for r in self.xml("xl/_rels/workbook.xml.rels")}
        self.sheets = [(s.get("name"), self.xml("xl/" + links[s.get(LINK)])) for s in children(self.book, "sheets/sheet")]

    def xml(self, name):
        return tree.fromstring(self.parts[name]) if name in self.parts else None

    def titles(self, index):
        for d in children(self.book, "definedNames/definedName"):
            if d.get("name") == "_xlnm.Print_Titles" and int(d.get("localSheetId")) == index:
                return d.text.rsplit("!", 1)[1].replace("$", "")
        return "-"

    def cells(self, sheet):
        for c in sheet.iter(MAIN + "c"):
            form, bold, filled = self.styles[int(c.get("s", 0))]
            look = form + (" bold" if bold else "") + (" filled" if filled else "")
            if c.find(MAIN + "f") is not None:
                yield c.get("r"), "formula", c.find(MAIN + "f").text, look
            elif c.get("t") == "inlineStr":
                yield c.get("r"), "text", words(c.find(MAIN + "is")), look
            elif c.get("t") == "s":
                yield c.get("r"), "text", self.shared[int(c.find(MAIN + "v").text)], look
            elif c.find(MAIN + "v") is not None:
                yield (c.get("r"), *self.number(c.find(MAIN + "v").text, form), look)

    @staticmethod
    def number(value, form):
        if "yy" not in form:
            return "number", f"{float(value):.15g}"  # what a sheet keeps of a number
        seconds = round(float(value) * 86400)
        moment = datetime.datetime(1899, 12, 30) + datetime.timedelta(seconds=seconds)
        return ("time", moment.strftime("%Y-%m-%d %H:%M:%S")) if "hh" in form else ("day", moment.strftime("%Y-%m-%d"))


def page(sheet):
    setup = children(sheet, "pageSetup")[0]
    fits = [p.get("fitToPage") for p in children(sheet, "sheetPr/pageSetUpPr")]
    foot = "".join(f.text for f in children(sheet, "headerFooter/oddFooter"))
    return " ".join([setup.get("orientation"), "paper " + setup.get("paperSize"),
                     f"{setup.get('fitToWidth', '1')}x{setup.get('fitToHeight', '1')}" if fits == ["1"] else "as it comes", foot])


def main():
    book = Book(sys.argv[1])
    for index, (name, sheet) in enumerate(book.sheets):
        panes = [p.get("ySplit") for p in sheet.iter(MAIN + "pane") if p.get("state", "").startswith("frozen")]
        filters = [f.get("ref") for f in children(sheet, "autoFilter")]
        merged = [m.get("ref") for m in children(sheet, "mergeCells/mergeCell")]
        print("sheet", name, ",".join(panes) or "-", book.titles(index), ",".join(filters) or "-", ",".join(merged) or "-", page(sheet),
              sep="\t")
        for row in book.cells(sheet):
            print(*(v.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t") for v in row), sep="\t")
    core = book.xml("docProps/core.xml")
    for key in ("title", "creator", "created", "modified"):
        print(key, "".join(e.text or "" for e in core.iter() if e.tag.endswith("}" + key)), sep="\t")


main()
