"""The file that an office brings, as a table of text: CSV in the encodings that offices use, or a workbook."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from webapp.services.errors import Refused
from webapp.services.imports.workbook import is_workbook, read_workbook
from webapp.services.spreadsheets import unguard
from webapp.words import lazy

LARGEST_FILE = 16 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 32 * 1024
MOST_CELLS = 1_000_000
ENOUGH = 1_000_000  # bytes, to see how a file is written
LONGEST_LINE = MOST_COLUMNS * LONGEST_CELL  # characters
MOST_SEPARATORS = 20_000  # in a line, where they may also stand in texts
SEPARATORS = (",", ";", "\t")
_ODD = re.compile("[\x80-\x9f]")
# What an office may choose where the guess was wrong.
ENCODINGS = ("utf-8", "utf-16", "gb18030", "windows-1252", "windows-1251", "windows-1256")


@dataclass(frozen=True)
class Table:
    """Header and rows as text. Rows are numbered as a spreadsheet counts; wholly blank ones are left out."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]  # (number, cells by header)
    encoding: str  # "workbook" for XLSX

    @property
    def has_odd_characters(self) -> bool:
        """Whether letters look as if the file had been converted wrongly before (control codes inside words)."""
        return any(_ODD.search(cell) for _, cells in self.rows for cell in cells.values() if not cell.isascii())


def read_table(data: bytes, encoding: str = "", odd_characters: str = "") -> Table:
    """Read a CSV or XLSX file; Refused says what is wrong with it and what to do.

    `odd_characters` names the encoding whose letters an earlier conversion left behind as control codes.
    """
    if len(data) > LARGEST_FILE:
        raise Refused(lazy("The file is larger than 16 MB. Split it into several lists."))
    if is_workbook(data):
        lines: Iterable[list[str]] = read_workbook(data, MOST_COLUMNS, LONGEST_CELL)
        used = "workbook"
    else:
        used = encoding or guess_encoding(data)
        lines = _csv_lines(data, used)
    return _table(lines, used, odd_characters)


def guess_encoding(data: bytes) -> str:
    """Return the most likely of ENCODINGS."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _is_half_nul(data):
        return "utf-16"
    if _can_be(data, "utf-8"):
        return "utf-8"
    return "gb18030" if _looks_chinese(data) else "windows-1252"


def _can_be(data: bytes, encoding: str) -> bool:
    """Whether all of it can be read so, tried a part at a time."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for first in range(0, len(data), ENOUGH):
            decoder.decode(data[first : first + ENOUGH])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_half_nul(data: bytes) -> bool:
    """Whether null bytes are as many as in UTF-16, where every comma has one; a stray one in other text is a fault."""
    return data[:2000].count(0) * 8 > len(data[:2000])


def _looks_chinese(data: bytes) -> bool:
    """Whether bytes above 127 stand in pairs, as in GB18030, and not alone between letters, as in Windows-1252."""
    if not _can_be(data, "gb18030"):
        return False
    paired = alone = place = 0
    while place < min(len(data), ENOUGH):
        if data[place] < 0x80:
            place += 1
            continue
        if place + 1 < len(data) and data[place + 1] >= 0xA1:
            paired, place = paired + 1, place + 2
        else:
            alone, place = alone + 1, place + 1
    return paired > alone


def _opened(data: bytes, encoding: str) -> io.TextIOWrapper:
    """Return the text to be read line by line: all at once it would take four times the room of the file."""
    if encoding not in ENCODINGS:
        raise Refused(lazy("This encoding is not among those that can be read."))
    codec = {"utf-8": "utf-8-sig", "utf-16": _utf_16(data)}.get(encoding, encoding)
    return io.TextIOWrapper(io.BytesIO(data), encoding=codec, newline="")


def _utf_16(data: bytes) -> str:
    """Return the codec by the mark at the beginning or, without one, by the side on which the null bytes stand."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-16-le" if data[1:2000:2].count(0) >= data[0:2000:2].count(0) else "utf-16-be"


def _csv_lines(data: bytes, encoding: str) -> Iterator[list[str]]:
    csv.field_size_limit(LARGEST_FILE)  # the length of a cell is checked below, with its row and column
    try:
        sample = "".join(itertools.islice(_lines(_opened(data, encoding)), 60))
        separator = max(SEPARATORS, key=partial(_width, sample))
        yield from csv.reader(_lines(_opened(data, encoding)), delimiter=separator)
    except UnicodeError:
        raise Refused(
            lazy("The file cannot be read as %(encoding)s. Save it as “CSV UTF-8” and try again.", encoding=encoding)
        ) from None


def _width(sample: str, separator: str) -> int:
    return len(next(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), []))


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Yield its lines; refuse one that holds more separators than any row may, before each becomes a cell."""
    while line := text.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise Refused(lazy("The list has a line that is far too long. Shorten its texts to 32 KB each."))
        if len(line) > MOST_SEPARATORS and any(line.count(mark) > MOST_SEPARATORS for mark in SEPARATORS):
            raise Refused(lazy("The list has more than %(most)s columns. Delete those not needed.", most=MOST_COLUMNS))
        yield line


def _table(lines: Iterable[list[str]], encoding: str, odd_characters: str) -> Table:
    header: tuple[str, ...] = ()
    rows: list[tuple[int, dict[str, str]]] = []
    cells_of, blank = _Cells(odd_characters), [""] * MOST_COLUMNS
    for number, line in enumerate(lines, start=1):
        if number > 2 * MOST_ROWS:  # blank ones count too, or reading them would take for ever
            raise Refused(lazy("The list has more than %(most)s rows. Split it into several.", most=MOST_ROWS))
        if not any(map(str.strip, line)):
            continue
        cells = list(map(cells_of.__getitem__, line))
        if not header:
            header = _header(cells)
            continue
        _check_line(number, cells, header)
        rows.append((number, dict(zip(header, [*cells, *blank], strict=False))))
        if len(rows) > MOST_ROWS:
            raise Refused(lazy("The list has more than %(most)s rows. Split it into several.", most=MOST_ROWS))
        if len(rows) * len(header) > MOST_CELLS:
            raise Refused(lazy("The list has more than %(most)s cells. Split it into several.", most=MOST_CELLS))
    if not rows:
        raise Refused(lazy("There are no rows in this file. The first row names the columns, people or places follow."))
    return Table(header, tuple(rows), encoding)


class _Cells(dict[str, str]):
    """Cells as they stand in the file -> as they are read: once, and kept once, however often the list has the same."""

    def __init__(self, odd_characters: str) -> None:
        super().__init__()
        self._odd_characters = odd_characters

    def __missing__(self, written: str) -> str:
        """Read a cell that is new."""
        self[written] = cell = unguard(_mend(written, self._odd_characters))
        return cell


def _mend(cell: str, odd_characters: str) -> str:
    if not odd_characters:
        return cell
    # The bytes of that encoding were once taken for Latin 1: not only control codes, all from 128 to 255 are wrong.
    return "".join(
        bytes([ord(char)]).decode(odd_characters, "replace") if "\x80" <= char <= "\xff" else char for char in cell
    )


def _header(cells: list[str]) -> tuple[str, ...]:
    """Return the names of the columns; blank ones and those that occur twice get a number."""
    while cells and not cells[-1].strip():
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        raise Refused(lazy("The list has more than %(most)s columns. Delete those not needed.", most=MOST_COLUMNS))
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = " ".join(cell.split()) or f"Column {place}"
        names.append(f"{name} ({place})" if name in names else name)
    return tuple(names)


def _check_line(number: int, cells: list[str], header: tuple[str, ...]) -> None:
    longest = max(map(len, cells))
    for name, cell in zip(header, cells, strict=False) if longest > LONGEST_CELL else ():
        if len(cell) > LONGEST_CELL:
            raise Refused(
                lazy("Row %(row)s, column %(column)s: the text is longer than 32 KB.", row=number, column=name)
            )
    if any(cell.strip() for cell in cells[len(header) :]):
        raise Refused(
            lazy(
                "Row %(row)s has more cells than the header has columns. Put quotation marks around texts that hold "
                "the separator, or name all columns.",
                row=number,
            )
        )
