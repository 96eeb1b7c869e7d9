"""The comparisons of the effect in words: figures, groups, differences with their intervals, and one sentence each."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from babel.numbers import format_decimal, format_percent
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from webapp.i18n import translate
from webapp.services.differences import Comparison, Group
from webapp.services.effect import DAYS, POINTS, SHARE, Figure, Section
from webapp.services.small_cells import FEWEST, about
from webapp.words import Words, lazy

HALF = 100  # units of the drawing on each side of its middle, which is no difference
FIGURES: dict[str, Words] = {
    "published": lazy("Published, of all that drew"),
    "first_score": lazy("Score when first sent"),
    "score": lazy("Score when published"),
    "eligible": lazy("Eligible volunteers when published"),
    "applications": lazy("Applications in the first 30 days"),
    "days": lazy("Days until half were filled"),
    "accepted": lazy("Offers accepted, of those answered"),
    "ended_early": lazy("Placements ended early, of those that are over"),
    "expected": lazy("As expected, say volunteers (1 to 5)"),
    "volunteer": lazy("How it was, say volunteers (1 to 5)"),
    "host": lazy("How it was, say hosts (1 to 5)"),
}
GROUPS: dict[str, tuple[Words, Words]] = {
    "trained": (lazy("Host trained"), lazy("Host not trained")),
    "score": (lazy("High score"), lazy("Low score")),
    "waived": (lazy("Published below the gate"), lazy("Published without a waiver")),
    "order": (lazy("By part of the form"), lazy("By points")),
}
TITLES: dict[str, Words] = {
    "trained": lazy("Trained hosts and others"),
    "score": lazy("High and low score"),
    "waived": lazy("Published below the gate, and others"),
    "order": lazy("Two orders of the hints, drawn by lot"),
}


@dataclass(frozen=True)
class Cell:
    """A group's figure, and what it rests on."""

    value: str
    rests_on: str


@dataclass(frozen=True)
class Picture:
    """The difference and its interval as places of a drawing that runs from 0 to twice HALF."""

    low: float
    value: float
    high: float


@dataclass(frozen=True)
class Row:
    """One figure of both groups, and their difference."""

    name: str
    cells: tuple[Cell, Cell]
    difference: str
    picture: Picture | None
    is_clear: bool


@dataclass(frozen=True)
class Told:
    """A section in words; `few` names the figures that rest on too few."""

    grouping: str
    title: str
    says: str
    groups: tuple[str, str]
    rows: list[Row]
    few: list[str]


def told(section: Section) -> Told:
    """Return a section in the reader's words."""
    first, second = GROUPS[section.grouping]
    return Told(
        section.grouping,
        translate(TITLES[section.grouping]),
        _says(section),
        (translate(first), translate(second)),
        [_row(figure, found) for figure, found in section.lines if found.is_told],
        [translate(FIGURES[figure.name]) for figure, found in section.lines if not found.is_told],
    )


def _says(section: Section) -> str:
    """Return in a sentence what may be read from a section: never that one thing made the other."""
    if not section.told:
        return _("Too few to say anything yet: each group needs assignments of at least %(count)s hosts.", count=FEWEST)
    clear = [f"{translate(FIGURES[one.name])} {_gap(one, found)}" for one, found in section.lines if found.is_clear]
    if not clear:
        return _("None of the figures differs by more than chance may well explain.")
    return _("These differ by more than chance easily explains: %(figures)s.", figures="; ".join(clear))


def _row(figure: Figure, found: Comparison) -> Row:
    cells = (_cell(figure, found.first), _cell(figure, found.second))
    name = translate(FIGURES[figure.name])
    return Row(name, cells, _difference(figure, found), _picture(found), found.is_clear)


def _cell(figure: Figure, group: Group) -> Cell:
    hosts = ngettext("%(num)s host", "%(num)s hosts", group.hosts)
    works = ngettext("%(num)s assignment", "%(num)s assignments", group.assignments)
    parts = [hosts, works]
    if group.people is not None and figure.people == "of":  # else the same person counts at several assignments
        parts.append(_("about %(count)s people", count=about(group.people)))
    return Cell(_value(figure, group.value), " · ".join(parts))


def _value(figure: Figure, value: float | None) -> str:
    if value is None or not isfinite(value):
        return _("more than half are not filled")
    if figure.unit == SHARE:
        return str(format_percent(value, locale=get_locale()))
    return _decimal(value, "0" if figure.unit == DAYS else "0.0")


def _difference(figure: Figure, found: Comparison) -> str:
    if found.difference is None:
        return _("cannot be told")
    if found.low is None or found.high is None:
        return _("%(gap)s (how far chance reaches cannot be told)", gap=_gap(figure, found))
    low, high = _signed(figure, found.low), _signed(figure, found.high)
    return _("%(gap)s (%(low)s to %(high)s)", gap=_gap(figure, found), low=low, high=high)


def _gap(figure: Figure, found: Comparison) -> str:
    gap = _signed(figure, found.difference or 0.0)
    if figure.unit == SHARE:
        return _("%(gap)s in 100", gap=gap)
    if figure.unit == DAYS:
        return _("%(gap)s days", gap=gap)
    return _("%(gap)s points", gap=gap) if figure.unit == POINTS else gap


def _signed(figure: Figure, value: float) -> str:
    if figure.unit == SHARE:
        return _decimal(100 * value, "+0;-0")
    return _decimal(value, "+0;-0" if figure.unit == DAYS else "+0.0;-0.0")


def _decimal(value: float, form: str) -> str:
    return str(format_decimal(value, format=form, locale=get_locale()))


def _picture(found: Comparison) -> Picture | None:
    """Return the drawing of a row, on a scale of its own: figures of different units share none."""
    if found.difference is None or found.low is None or found.high is None:
        return None
    widest = max(abs(found.low), abs(found.high), abs(found.difference)) or 1.0
    places = (HALF + 0.95 * HALF * value / widest for value in (found.low, found.difference, found.high))
    return Picture(*(round(place, 1) for place in places))
