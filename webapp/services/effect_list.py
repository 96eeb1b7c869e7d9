"""What the page on the effect shows, as a list: sums only, in codes, and nothing of what the page leaves out."""

from __future__ import annotations

from datetime import datetime
from math import isfinite

from sqlalchemy.orm import Session

from webapp.models import User
from webapp.services.differences import Comparison, Group
from webapp.services.effect import Figure, Section, effect_of
from webapp.services.exports import Cells, ListOut, list_out
from webapp.services.small_cells import about

GROUPS = {  # the first, and the other one
    "trained": ("trained", "untrained"),
    "score": ("high", "low"),
    "waived": ("waived", "not_waived"),
    "order": ("parts", "points"),
}
_OF_GROUP = ("group", "hosts", "assignments", "people_about", "value")
HEADER = (
    ("comparison", "high_from", "figure", "unit")
    + tuple(f"{which}_{name}" for which in ("first", "second") for name in _OF_GROUP)
    + ("difference", "low", "high")
)
# A column of the demonstration alone, in each row: a file is read without the page that warns of it.
INVENTED = {"invented": "yes: made up for the demonstration, no evidence"}


def export_effect(session: Session, account: User, now: datetime, is_invented: bool = False) -> ListOut:
    """Return a row for each comparison and figure; a figure that rests on too few has its counts alone.

    Where the rows are those of the demonstration, a last column says so.
    """
    beside = INVENTED if is_invented else {}
    sections = effect_of(session, account, now).sections
    rows = [{**_cells(one, figure, found), **beside} for one in sections for figure, found in one.lines]
    return list_out(session, account, "effect", (*HEADER, *beside), rows)


def _cells(section: Section, figure: Figure, found: Comparison) -> Cells:
    first, second = GROUPS[section.grouping]
    return {
        "comparison": section.grouping,
        "high_from": _number(section.least),
        "figure": figure.name,
        "unit": figure.unit,
        **_group("first", first, found.first, figure),
        **_group("second", second, found.second, figure),
        "difference": _number(found.difference),
        "low": _number(found.low),
        "high": _number(found.high),
    }


def _group(which: str, name: str, group: Group, figure: Figure) -> Cells:
    # Else the same person counts at several assignments, or there are too few.
    is_told = figure.people == "of" and group.people is not None and group.value is not None
    people = about(group.people or 0) if is_told else None
    values = (name, str(group.hosts), str(group.assignments), str(people or ""), _number(group.value))
    return {f"{which}_{column}": value for column, value in zip(_OF_GROUP, values, strict=True)}


def _number(value: float | None) -> str:
    """Return a number in plain digits; blank where there is none, or where most openings were never filled."""
    return "" if value is None or not isfinite(value) else f"{value:.2f}"
