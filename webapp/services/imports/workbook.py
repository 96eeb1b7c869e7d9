"""XLSX as rows of text, with limits that a hostile file cannot pass."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.parsers import expat

from openpyxl import load_workbook

from webapp.services.errors import Refused
from webapp.words import lazy

# A workbook is a ZIP archive: this much may come out of it, whatever it claims to hold.
MOST_UNPACKED = 64 * 1024 * 1024
MOST_WORDS = 16 * 1024 * 1024  # of the words that cells share: all are read into memory
MOST_PARTS = 2000
MOST_IN_A_ROW = 16_384  # the columns that the format knows
MOST_BLANK = 2000  # blank rows in a row, after which the sheet counts as ended


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a ZIP archive, as every XLSX file is; an old XLS file is refused by name."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(lazy("This is a workbook in the old XLS format. Save it as XLSX or as “CSV UTF-8”."))
    return data.startswith(b"PK\x03\x04")


def read_workbook(data: bytes, most_rows: int, most_columns: int) -> Iterator[list[str]]:
    """Yield the rows of the first sheet that is not empty, as text; formulas as the values they had."""
    _check_archive(data)
    try:
        _check_rows(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that openpyxl leaves out do not matter here
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # what a file says of its size is often wrong
                rows = _rows(sheet, most_rows, most_columns)
                first = next(rows, None)
                if first is not None:
                    yield first
                    yield from rows
                    return
    except Refused:
        raise
    except Exception:  # openpyxl raises whatever a broken part makes it stumble over
        raise Refused(lazy("This workbook cannot be read. Open it, save it as “CSV UTF-8”, and try that.")) from None


def _check_archive(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        raise Refused(lazy("This workbook is damaged. Open it, save it again, and try that.")) from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused(lazy("This workbook unpacks to more than 64 MB. Keep the one sheet with the list."))
    if any(part.file_size > MOST_WORDS for part in parts if part.filename.lower().endswith("sharedstrings.xml")):
        raise Refused(lazy("This workbook holds more than 16 MB of text. Split it into several lists."))
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise Refused(lazy("This is an archive and no workbook. Choose the list itself (CSV or XLSX)."))


def _check_rows(data: bytes) -> None:
    """Refuse a row of more cells than any sheet has columns: a whole row is read before its cells are counted."""
    cells = 0

    def begin(name: str, _attributes: object) -> None:
        nonlocal cells
        tag = name.rpartition(":")[2]
        if tag == "row":
            cells = 0
        elif tag == "c":
            cells += 1
            if cells > MOST_IN_A_ROW:
                raise Refused(lazy("This workbook has rows without end. Keep the columns that are needed."))

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.infolist():
            if "worksheets/" in part.filename and part.filename.endswith(".xml"):
                cells, parser = 0, expat.ParserCreate()
                parser.StartElementHandler = begin
                with archive.open(part) as file:
                    parser.ParseFile(file)


def _rows(sheet: Any, most_rows: int, most_columns: int) -> Iterator[list[str]]:
    blank = filled = 0
    for row in sheet.iter_rows(values_only=True, max_col=most_columns + 1):
        cells = [_text(value) for value in row]
        if any(cells):
            blank, filled = 0, filled + 1
        else:
            blank += 1
        if blank > MOST_BLANK or filled > most_rows + 1:
            return
        if filled or any(cells):
            yield cells
        else:
            yield []


def _text(value: Any) -> str:
    """Return a cell as the readers of CSV would have found it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
