"""The rows of one sheet as text, as far as its parser has come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from openpyxl.utils.datetime import from_excel, from_ISO8601

from webapp.services.errors import Refused
from webapp.services.imports.package import Listener
from webapp.services.imports.workbook_plan import Piece
from webapp.words import lazy

MOST_IN_A_ROW = 16_384  # the columns that the format knows
MOST_BLANK = 2000  # blank rows in a row, after which the sheet counts as ended
_PLACE = re.compile("([A-Za-z]{1,3})[0-9]+")


@dataclass(frozen=True)
class Reading:
    """What cells of all sheets of a workbook are read with."""

    words: list[str]
    dates: set[int]
    lengths: set[int]
    epoch: datetime
    most_columns: int
    longest: int  # characters of a cell


class Sheet(Listener):
    """Told of a sheet's elements, it holds the rows that are whole; formulas as the values they had."""

    def __init__(self, reading: Reading) -> None:
        self.rows: list[tuple[int, list[str]]] = []  # each with the number of blank rows before it
        self.is_over = False
        self._reading, self._piece = reading, Piece(reading.longest)
        self._row: list[str] | None = None
        self._number = self._seen = self._column = self._blank = 0
        self._kind, self._style = "n", 0
        self._is_in_cell = False

    def begin(self, tag: str, facts: dict[str, str]) -> None:
        """Begin a row, a cell, or what stands in it."""
        if self._is_in_cell:
            self._piece.begin(tag)
        elif tag == "c" and self._row is not None:
            self._begin_cell(facts)
        elif tag == "row":
            self._begin_row(facts.get("r", ""))

    def text(self, text: str) -> None:
        """Keep what stands in a cell."""
        if self._is_in_cell:
            self._piece.text(text)

    def end(self, tag: str) -> None:
        """End what began."""
        if tag == "row":
            self._end_row()
        elif tag == "c":
            self._end_cell()
        elif self._is_in_cell:
            self._piece.end(tag)

    def _begin_row(self, number: str) -> None:
        """Rows that are left out count: reports name them as the spreadsheet does."""
        said = int(number) if number.isdecimal() else 0
        self._blank += max(said - self._number - 1, 0)
        self._number = max(said, self._number + 1)
        self._row, self._seen, self._column = [], 0, 0

    def _begin_cell(self, facts: dict[str, str]) -> None:
        self._seen += 1
        if self._seen > MOST_IN_A_ROW:
            raise Refused(lazy("This workbook has rows without end. Keep the columns that are needed."))
        place = _PLACE.fullmatch(facts.get("r", ""))
        self._column = _column(place[1]) if place else self._column + 1
        self._kind, self._style = facts.get("t", "n"), int(facts.get("s", 0))
        self._is_in_cell = True

    def _end_cell(self) -> None:
        if not self._is_in_cell or self._row is None:
            return
        self._is_in_cell = False
        text = _text(self._piece.take(), self._kind, self._style, self._reading)
        if text and self._column <= self._reading.most_columns + 1:
            self._row += [""] * (self._column - len(self._row))
            self._row[self._column - 1] = text

    def _end_row(self) -> None:
        row, self._row = self._row or [], None
        self.is_over = self.is_over or self._blank > MOST_BLANK
        if not any(row):
            self._blank += 1
        elif not self.is_over:
            self.rows.append((self._blank, row))
            self._blank = 0


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _text(raw: str, kind: str, style: int, reading: Reading) -> str:
    """Return a cell as the readers of CSV would have found it."""
    if not raw or kind in ("str", "inlineStr", "e"):
        return raw
    if kind == "s":
        return reading.words[int(raw)]
    if kind == "b":
        return "yes" if int(raw) else "no"
    if kind == "d":
        return _moment(from_ISO8601(raw))
    number = float(raw) if set(raw) & set(".eE") else int(raw)
    if style in reading.dates:
        return _date(number, style, reading)
    return str(int(number)) if isinstance(number, float) and number.is_integer() else str(number)


def _date(number: float, style: int, reading: Reading) -> str:
    try:
        return _moment(from_excel(number, reading.epoch, timedelta=style in reading.lengths))
    except (OverflowError, ValueError):
        return "#VALUE!"


def _moment(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)
