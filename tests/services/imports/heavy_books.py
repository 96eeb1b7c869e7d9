"""Workbooks whose parts try to cost more than a list may, under whatever name and behind whatever relation."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterable
from itertools import islice

MIB = 1024 * 1024
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FORMAT = "application/vnd.openxmlformats-officedocument.spreadsheetml."
SHEET = '<worksheet xmlns="' + MAIN + '"><sheetData>{}</sheetData></worksheet>'
LINE = '<row><c t="inlineStr"><is><t>{}</t></is></c></row>'
LIST = SHEET.format(LINE.format("name") + LINE.format("Ada"))
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
TYPE = '<Override PartName="/{}" ContentType="' + FORMAT + '{}+xml"/>'
LINKS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
LINK = '<Relationship Id="r{}" Type="' + OFFICE + '/{}" Target="{}"/>'
BOOK = '<workbook xmlns="' + MAIN + '" xmlns:r="' + OFFICE + '"><sheets>{}</sheets>{}</workbook>'
TAB = '<sheet name="list {0}" sheetId="{0}" r:id="r1"/>'
TOP, PLAN, RELATIONS = "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
FIRST = "xl/worksheets/sheet1.xml"
# What this archive may hold under fixed names besides its sheet, and what it is to the workbook.
KINDS = {
    "xl/styles.xml": "styles",
    "xl/words.xml": "sharedStrings",
    "xl/sharedStrings.xml": "sharedStrings",
    "xl/theme/theme1.xml": "theme",
    "xl/charts.xml": "chartsheet",
    "xl/externalLinks/externalLink1.xml": "externalLink",
    "xl/pivotCache/pivotCacheDefinition1.xml": "pivotCacheDefinition",
}


def package(parts: dict[str, str | bytes]) -> bytes:
    """Return an archive with one sheet of one person, and these parts besides or instead."""
    there = {name: kind for name, kind in KINDS.items() if name in parts}
    links = "".join(LINK.format(number, kind, f"/{name}") for number, (name, kind) in enumerate(there.items(), start=2))
    types = "".join(TYPE.format(name, kind) for name, kind in there.items())
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES.format(TYPE.format(PLAN, "sheet.main") + types),
        TOP: LINKS.format(LINK.format(1, "officeDocument", PLAN)),
        RELATIONS: LINKS.format(LINK.format(1, "worksheet", "worksheets/sheet1.xml") + links),
        PLAN: BOOK.format(TAB.format(1), ""),
        FIRST: LIST,
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in {**whole, **parts}.items():
            book.writestr(name, content)
    return data.getvalue()


def archive(sheet: str, head: str = "", words: str = "", parts: int = 0) -> bytes:
    """Return a workbook with this sheet, `head` before it, its shared words, and so many parts more."""
    more = {f"../../{number}.txt": "" for number in range(parts)}
    return package({FIRST: head + SHEET.format(sheet), **({"xl/sharedStrings.xml": words} if words else {}), **more})


def many(one: str, number: int, root: str) -> str:
    """Return a part of so many elements."""
    return f'<{root} xmlns="{MAIN}">{one * number}</{root}>'


def _names(number: int) -> str:
    names = "".join(f'<definedName name="n{one}">A1</definedName>' for one in range(number))
    return BOOK.format(TAB.format(1), f"<definedNames>{names}</definedNames>")


def _lying(told: int) -> bytes:
    """Return a workbook whose sheet unpacks to 200 MiB and claims to be so many bytes."""
    data = bytearray(package({FIRST: LIST + " " * (200 * MIB)}))
    place = data.index(b"PK\x01\x02")
    while FIRST.encode() not in data[place : place + 46 + len(FIRST)]:
        place = data.index(b"PK\x01\x02", place + 1)
    data[place + 24 : place + 28] = struct.pack("<I", told)
    return bytes(data)


def _overlapping(number: int) -> bytes:
    """Return an archive whose list of parts names the same packed 60 MiB again and again."""
    data = package({"xl/more.xml": " " * (60 * MIB)})
    start = data.rindex(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06", start)
    entries, tail = data[start:end] * number, bytearray(data[end:])
    first = struct.unpack_from("<I", tail, 16)[0]  # where the list begins: what stands before the last part goes on
    size = start - first + len(entries)
    struct.pack_into("<HHII", tail, 8, *[min(number + 5, 0xFFFF)] * 2, size, first)
    return data[:start] + entries + bytes(tail)


def _other_method() -> bytes:
    """Return a workbook packed by a method that the format does not know, and that unpacks without measure."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package({}))) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_LZMA) as book:
        for name in old.namelist():
            book.writestr(name, old.read(name) + b" " * (10 * MIB))
    return data.getvalue()


def _nested() -> bytes:
    inner = package({"xl/more.xml": " " * (60 * MIB)})
    return package({f"xl/embeddings/{number}.xlsx": inner for number in range(100)})


def _sheets(number: int, sheet: str) -> bytes:
    links = "".join(LINK.format(one, "worksheet", f"worksheets/sheet{one}.xml") for one in range(1, number + 1))
    tabs = "".join(f'<sheet name="{one}" sheetId="{one}" r:id="r{one}"/>' for one in range(1, number + 1))
    parts: dict[str, str | bytes] = {f"xl/worksheets/sheet{one}.xml": sheet for one in range(1, number + 1)}
    return package({RELATIONS: LINKS.format(links), PLAN: BOOK.format(tabs, ""), **parts})


def _gaps() -> str:
    """Return rows of which each leaves out nearly as many before it as may be left out."""
    rows: Iterable[int] = range(2000, 10**9, 2000)
    return "".join(f'<row r="{number}"><c><v>1</v></c></row>' for number in islice(rows, 400_000))


def _tag(words: int) -> str:
    told = " ".join(f"a{number}=''" for number in range(words))
    return f"<worksheet {told}/>"


def _at_random() -> bytes:
    return package({"xl/media/picture.png": random.Random(3).randbytes(15 * MIB)})


FILES: dict[str, Callable[[], bytes]] = {
    "12 million styles": lambda: package({"xl/styles.xml": many("<xf/>", 12_000_000, "cellXfs")}),
    "as many styles as are read": lambda: package({"xl/styles.xml": many("<xf/>", 1_600_000, "cellXfs")}),
    "12 million words under another name": lambda: package({"xl/words.xml": many("<si/>", 12_000_000, "sst")}),
    "as many words as are read": lambda: package({"xl/words.xml": many("<si/>", 3_200_000, "sst")}),
    "styles in which a sheet begins": lambda: package({"xl/styles.xml": SHEET.format("<row/>" * 10_000_000)}),
    "a workbook of 12 million sheets": lambda: package({PLAN: BOOK.format("<sheet/>" * 7_000_000, "")}),
    "40,000 tabs of one sheet": lambda: package(
        {PLAN: BOOK.format("".join(map(TAB.format, range(1, 40_000))), ""), FIRST: SHEET.format("") + " " * (50 * MIB)}
    ),
    "relations without end": lambda: package({RELATIONS: LINKS.format("<Relationship/>" * 4_000_000)}),
    "types without end": lambda: package({"[Content_Types].xml": TYPES.format("<Override/>" * 5_000_000)}),
    "relations of a sheet": lambda: package(
        {"xl/worksheets/_rels/sheet1.xml.rels": LINKS.format("<Relationship/>" * 4_000_000)}
    ),
    "a theme of 60 MiB": lambda: package({"xl/theme/theme1.xml": many("<a/>", 14_000_000, "theme")}),
    "properties of 60 MiB": lambda: package({"docProps/core.xml": many("<a/>", 14_000_000, "coreProperties")}),
    "a link outside of 60 MiB": lambda: package(
        {"xl/externalLinks/externalLink1.xml": many("<a/>", 14_000_000, "externalLink")}
    ),
    "a pivot of 60 MiB": lambda: package(
        {"xl/pivotCache/pivotCacheDefinition1.xml": many("<a/>", 14_000_000, "pivotCacheDefinition")}
    ),
    "drawings of 60 MiB": lambda: package({"xl/drawings/drawing1.xml": many("<a/>", 14_000_000, "wsDr")}),
    "sheets of charts": lambda: package({"xl/charts.xml": many("<a/>", 14_000_000, "chartsheet")}),
    "a million defined names": lambda: package({PLAN: _names(1_000_000)}),
    "1,900 sheets with nothing": lambda: _sheets(1_900, SHEET.format("") + " " * 30_000),
    "a sheet of 15 million elements of no use": lambda: package({FIRST: SHEET.format("<a/>" * 15_000_000)}),
    "rows far apart": lambda: package({FIRST: SHEET.format(_gaps())}),
    "one tag without end": lambda: package({FIRST: f'<worksheet a="{"x" * (60 * MIB)}"/>'}),
    "a tag of four million words": lambda: package({FIRST: _tag(4_000_000)}),
    "a comment without end": lambda: package({FIRST: f"<worksheet><!--{'x' * (60 * MIB)}--></worksheet>"}),
    "a format of signs": lambda: package(
        {
            "xl/styles.xml": f'<s><numFmts><numFmt numFmtId="200" formatCode="{"[" * (7 * MIB)}"/></numFmts>'
            '<cellXfs><xf numFmtId="200"/></cellXfs></s>'
        }
    ),
    "a sheet that says it is small": lambda: _lying(len(LIST)),
    "a part named again and again": lambda: _overlapping(1_500),
    "a list of 150,000 parts": lambda: _overlapping(150_000),
    "another method": _other_method,
    "archives in the archive": _nested,
    "a picture of 15 MiB": _at_random,
}
