"""XLSX as rows of text, with limits that a hostile file cannot pass."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.services.errors import Refused
from webapp.services.imports.package import CANNOT, MIB, MOST_UNPACKED, Package, beside, target
from webapp.services.imports.sheet import Reading, Sheet
from webapp.services.imports.workbook_plan import Book, Relations, SharedWords, Styles
from webapp.words import lazy

# What is read of a part at most, in bytes; a sheet may be as large as all of the archive.
MOST_WORDS = 16 * MIB  # of the words that cells share: all are read into memory
MOST_STYLES = 8 * MIB
MOST_OTHER = 2 * MIB


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a ZIP archive, as every XLSX file is; an old XLS file is refused by name."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(lazy("This is a workbook in the old XLS format. Save it as XLSX or as “CSV UTF-8”."))
    return data.startswith(b"PK\x03\x04")


def read_workbook(data: bytes, most_columns: int, longest: int) -> Iterator[list[str]]:
    """Yield the rows of the first sheet that is not empty, as text; formulas as the values they had.

    Cells beyond `most_columns` + 1 are left out, text is cut after `longest` + 1 characters: enough to see the fault.
    """
    try:
        package = Package(data)
        name, relations = _book(package)
        book = Book()
        package.read_whole(name, MOST_OTHER, book)
        reading = _reading(package, name, relations, book, most_columns, longest)
        kinds = [relations.by_id.get(number, ("", "")) for number in book.sheets]
        for part in dict.fromkeys(target(name, path) for kind, path in kinds if kind == "worksheet"):
            rows = _rows(package, part, reading)
            first = next(rows, None)
            if first is not None:
                yield first
                yield from rows
                return
    except Refused:
        raise
    except Exception:  # whatever a broken part makes a reader stumble over
        raise Refused(CANNOT) from None


def _book(package: Package) -> tuple[str, Relations]:
    """Return the part that names the sheets, and its relations."""
    at_top, relations = Relations(), Relations()
    if "[Content_Types].xml" not in package or beside("") not in package:
        raise Refused(lazy("This is an archive and no workbook. Choose the list itself (CSV or XLSX)."))
    package.read_whole(beside(""), MOST_OTHER, at_top)
    path = at_top.first("officeDocument")
    if path is None:
        raise Refused(lazy("This is an archive and no workbook. Choose the list itself (CSV or XLSX)."))
    name = target("", path)
    package.read_whole(beside(name), MOST_OTHER, relations)
    return name, relations


def _reading(package: Package, name: str, relations: Relations, book: Book, most_columns: int, longest: int) -> Reading:
    shared, styles = SharedWords(longest + 1), Styles()
    for kind, most, listener in (("sharedStrings", MOST_WORDS, shared), ("styles", MOST_STYLES, styles)):
        path = relations.first(kind)
        if path is not None and target(name, path) in package:
            package.read_whole(target(name, path), most, listener)
    return Reading(shared.words, styles.dates, styles.lengths, book.epoch, most_columns, longest + 1)


def _rows(package: Package, part: str, reading: Reading) -> Iterator[list[str]]:
    sheet = Sheet(reading)
    if part not in package:
        return
    for _piece in package.read(part, MOST_UNPACKED, sheet):
        for blank, row in sheet.rows:
            yield from ([] for _ in range(blank))
            yield row
        sheet.rows.clear()
        if sheet.is_over:
            return
