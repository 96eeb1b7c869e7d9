"""Dates as offices write them. Where day and month cannot be told apart, the order is asked, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cache

from babel import Locale

from webapp.config import LANGUAGES
from webapp.services.imports.unreadable import Unreadable
from webapp.words import lazy

DAY_FIRST, MONTH_FIRST = "day", "month"
ORDERS = (DAY_FIRST, MONTH_FIRST)
_YEAR_FIRST = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?(?:[T ]\d{2}:\d{2}.*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})")
_DAY_NAME = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s-]+(?:de\s+)?([^\W\d_]+)\.?,?[\s-]+(?:de\s+)?(\d{4}|\d{2})(?:\s*г\.?)?"
)
_NAME_DAY = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}|\d{2})")
_WINDOW = re.compile(r"\s*(?:/|\.\.|\bto\b|\buntil\b|–|—|至|\s-\s)\s*")
SHOW_HOW = lazy("Write the date as year-month-day, such as 2026-09-01.")


def digits(text: str) -> str:
    """Return the text with the digits of all scripts as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in text)


def read_date(cell: str, order: str = "") -> date:
    """Read one date; `order` says which comes first in 03/04/2026, and is needed only there."""
    text = " ".join(digits(cell).split())
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _YEAR_LAST.fullmatch(text):
        return _numbers(int(found[1]), int(found[3]), _year(found[4]), DAY_FIRST if found[2] == "." else order)
    if found := _DAY_NAME.fullmatch(text):
        return _day(_year(found[3]), _month(found[2]), int(found[1]))
    if found := _NAME_DAY.fullmatch(text):
        return _day(_year(found[3]), _month(found[1]), int(found[2]))
    raise Unreadable(SHOW_HOW)


def read_window(cell: str, order: str = "") -> tuple[date, date]:
    """Read two dates with a slash, a dash or "to" between them."""
    iso = re.fullmatch(r"\s*(\d{4}-\d{2}-\d{2})\s*/\s*(\d{4}-\d{2}-\d{2})\s*", cell)
    parts = list(iso.groups()) if iso else _WINDOW.split(cell.strip())
    if len(parts) != 2:
        raise Unreadable(lazy("Write a time as two dates with a slash, such as 2026-09-01/2027-03-31."))
    start, end = read_date(parts[0], order), read_date(parts[1], order)
    if end < start:
        raise Unreadable(lazy("This time ends before it starts. Swap its dates."))
    return start, end


def order_of(cells: Iterable[str]) -> str | None:
    """Return what the dates say of their own order: day, month, blank where it does not matter, None: ask."""
    undecided = False
    said: set[str] = set()
    for cell in cells:
        found = _YEAR_LAST.fullmatch(" ".join(digits(cell).split()))
        if found is None or found[2] == ".":
            continue
        first, second = int(found[1]), int(found[3])
        if first > 12 or second > 12:
            said.add(DAY_FIRST if first > 12 else MONTH_FIRST)
        elif first != second:
            undecided = True
    if len(said) == 1:
        return said.pop()
    return None if undecided or said else ""


def shift(day: date, years: int) -> date:
    """Return the same day `years` later; 29 February becomes the 28th where the year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        if (day.month, day.day) != (2, 29):
            raise Unreadable(lazy("Moved by that many years, this date leaves the calendar. Move by fewer.")) from None
        return day.replace(year=day.year + years, day=28)


def _numbers(first: int, second: int, year: int, order: str) -> date:
    if first > 12 or (order == DAY_FIRST and second <= 12) or first == second:
        return _day(year, second, first)
    if second > 12 or order == MONTH_FIRST:
        return _day(year, first, second)
    raise Unreadable(
        lazy("Day and month cannot be told apart. Say for the file which comes first, or write 2026-09-01.")
    )


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(
            lazy("This day is in no calendar. Correct it and write it as year-month-day, such as 2026-09-01.")
        ) from None


def _month(name: str) -> int:
    month = _months().get(_bare(name))
    if month is None:
        raise Unreadable(SHOW_HOW)
    return month


@cache
def _months() -> dict[str, int]:
    """Return the names of months, long and short, in the six languages."""
    names: dict[str, int] = {}
    for tongue in LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale.parse(tongue).months[context][width].items():
                    names.setdefault(_bare(name), number)
    return names | {"sept": 9}


def _bare(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in decomposed if char.isalnum())
