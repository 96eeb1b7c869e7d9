"""From cells in our form to the values of columns: what was read leniently is parsed strictly here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

from webapp.services.imports.columns import COLUMNS

_BLANK_IS_NONE = frozenset(
    {"id", "email", "country", "sector", "zone", "clock", "mode", "experience_level", "contact", "line50"}
)
_NUMBERS = frozenset({"weeks", "week_hours", "count", "number", "degrees"})
_DATES = frozenset({"past_date", "plan_date"})


def value_of(kind: str, name: str, cell: str) -> Any:
    """Return a single value as its column of the database takes it; lists are parted by `items`."""
    reader = _readers(kind)[name]
    if reader in _NUMBERS:
        return int(cell) if cell else None
    if reader in _DATES:
        return date.fromisoformat(cell) if cell else None
    if reader == "flag":
        return {"yes": True, "no": False, "": None}[cell]
    if reader in _BLANK_IS_NONE:
        return cell or None
    return cell


@cache
def _readers(kind: str) -> dict[str, str]:
    return {column.name: column.reader for column in COLUMNS[kind]}


def items(cell: str) -> list[str]:
    """Return the items of a list in our form."""
    return [item for item in cell.split("|") if item]


def merge(
    rows: list[Any], key: Callable[[Any], Any], wanted: Iterable[dict[str, Any]], make: Callable[..., Any]
) -> None:
    """Change, drop and add rows of a list: kept ones keep their id, since an insert runs before a delete."""
    missing = {key(make(**values)): values for values in wanted}
    for row in list(rows):
        values = missing.pop(key(row), None)
        if values is None:
            rows.remove(row)
        else:
            for name, value in values.items():
                setattr(row, name, value)
    rows.extend(make(**values) for values in missing.values())
