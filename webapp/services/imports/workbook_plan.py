"""What a workbook says of itself: its sheets in their order, the words that cells share, which numbers are dates."""

from __future__ import annotations

import re
from datetime import datetime

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from webapp.services.imports.package import Listener

MOST_FORMATS = 65_536  # more than the format knows
LONGEST_FORMAT = 255
_ESCAPED = re.compile("_x(00[0-9A-Fa-f]{2})_")  # a character that XML does not take, or the low line before such a one


class Relations(Listener):
    """Where the relations of a part lead: by their number, and by their kind."""

    def __init__(self) -> None:
        self.by_id: dict[str, tuple[str, str]] = {}  # (kind, path)

    def begin(self, tag: str, facts: dict[str, str]) -> None:
        """Keep a relation within the archive."""
        if tag == "Relationship" and facts.get("TargetMode") != "External":
            kind = facts.get("Type", "").rpartition("/")[2]
            self.by_id[facts.get("Id", str(len(self.by_id)))] = kind, facts.get("Target", "")

    def first(self, kind: str) -> str | None:
        """Return the path of the first relation of a kind."""
        return next((path for this, path in self.by_id.values() if this == kind), None)


class Book(Listener):
    """The sheets of a workbook, as numbers of relations, and the day from which it counts."""

    def __init__(self) -> None:
        self.sheets: list[str] = []
        self.epoch: datetime = WINDOWS_EPOCH

    def begin(self, tag: str, facts: dict[str, str]) -> None:
        """Keep a sheet."""
        if tag == "sheet":
            self.sheets += [value for name, value in facts.items() if name.rpartition(":")[2] == "id"]
        elif tag == "workbookPr" and facts.get("date1904") in ("1", "true"):
            self.epoch = MAC_EPOCH


class Styles(Listener):
    """Which styles of cells make a number a date, and which a length of time."""

    def __init__(self) -> None:
        self.dates: set[int] = set()
        self.lengths: set[int] = set()
        self._formats = {str(number): code for number, code in BUILTIN_FORMATS.items()}
        self._number, self._is_of_cells = 0, False

    def begin(self, tag: str, facts: dict[str, str]) -> None:
        """Look at a format, or at a style of cells."""
        if tag == "numFmt" and len(self._formats) < MOST_FORMATS:
            self._formats[facts.get("numFmtId", "")] = facts.get("formatCode", "")[:LONGEST_FORMAT]
        elif tag == "cellXfs":
            self._is_of_cells = True
        elif tag == "xf" and self._is_of_cells and self._number < MOST_FORMATS:
            self._look_at(self._formats.get(facts.get("numFmtId", "")))
            self._number += 1

    def end(self, tag: str) -> None:
        """Notice that the styles of cells are over."""
        if tag == "cellXfs":
            self._is_of_cells = False

    def _look_at(self, code: str | None) -> None:
        if is_date_format(code):
            self.dates.add(self._number)
        if is_timedelta_format(code):
            self.lengths.add(self._number)


class SharedWords(Listener):
    """The words that cells share, in their order; each is cut after `longest` characters."""

    def __init__(self, longest: int) -> None:
        self.words: list[str] = []
        self._piece = Piece(longest)

    def begin(self, tag: str, _facts: dict[str, str]) -> None:
        """Notice where a word begins."""
        self._piece.begin(tag)

    def end(self, tag: str) -> None:
        """Keep a word once it is whole."""
        self._piece.end(tag)
        if tag == "si":
            self.words.append(self._piece.take())

    def text(self, text: str) -> None:
        """Keep what stands in it."""
        self._piece.text(text)


class Piece:
    """Text of a cell in the making, of one run or of several; how it is spoken (in Japanese) is no part of it."""

    def __init__(self, longest: int) -> None:
        self._longest, self._room, self._found = longest, longest, list[str]()
        self._is_text = self._is_spoken = False

    def begin(self, tag: str) -> None:
        """Notice where text begins."""
        if tag in ("t", "v"):
            self._is_text = not self._is_spoken
        elif tag == "rPh":
            self._is_spoken = True

    def end(self, tag: str) -> None:
        """Notice where it ends."""
        if tag in ("t", "v"):
            self._is_text = False
        elif tag == "rPh":
            self._is_spoken = False

    def text(self, text: str) -> None:
        """Keep it, as far as there is room."""
        if self._is_text and self._room > 0:
            self._found.append(text[: self._room])
            self._room -= len(text)

    def take(self) -> str:
        """Return what was kept, and begin anew."""
        whole = "".join(self._found)
        self._room, self._is_text, self._is_spoken = self._longest, False, False
        self._found.clear()
        return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), whole) if "_x00" in whole else whole
