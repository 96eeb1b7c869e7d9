"""How places at the top of lists, and choices, are divided among groups of people."""

from __future__ import annotations

from dataclasses import dataclass

from babel.numbers import format_decimal, format_percent
from flask import g, render_template
from flask_babel import get_locale
from flask_babel import gettext as _

from webapp import clock
from webapp.db import Session
from webapp.services import fairness as service
from webapp.services.choices import Chosen
from webapp.services.exposure import Exposure, Places, Ratio
from webapp.services.fairness import Table
from webapp.services.small_cells import FEWEST
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.group_words import group_name

BAR = 100  # units of the drawing that a share of all takes


@dataclass(frozen=True)
class Told:
    """A share in words, and as lengths of its bar: what the group has, and the mark of what is due."""

    words: str
    ratio: str
    length: int | None = None
    mark: int | None = None


@dataclass(frozen=True)
class Row:
    """One group in words: its people where these are told, and a cell per column."""

    name: str
    people: int | None
    cells: list[Told]


@dataclass(frozen=True)
class Section:
    """A table in words: who stands at the top, who was chosen by step, and which steps tell nothing, and why."""

    grouping: str
    places: list[Row]
    steps: list[str]
    chosen: list[Row]
    few: list[str]
    untold: list[str]


@blueprint.get("/fairness")
def fairness() -> str:
    """Show the tables of the coordinator's own VIO."""
    found = service.tables(Session(), g.account, clock.today())
    sections = [_section(table) for table in found]
    return render_template("coordinator/fairness.html", sections=sections, fewest=FEWEST, bar=BAR)


def _section(table: Table) -> Section:
    steps = _steps()
    return Section(
        table.grouping,
        [_row(table, line, [_places(line.top), _places(line.first)]) for line in table.lines],
        [steps[step] for step in table.choices],
        _chosen_rows(table) if table.choices else [],
        [steps[step] for step in table.few],
        [steps[step] for step in table.untold],
    )


def _steps() -> dict[str, str]:
    return {
        "endorsed": _("Endorsed"),
        "proposed": _("Proposed"),
        "applied": _("Applied"),
        "shortlisted": _("Shortlisted"),
        "selected": _("Selected"),
    }


def _row(table: Table, line: Exposure, cells: list[Told]) -> Row:
    return Row(group_name(table.grouping, line.groups, table.names), line.people, cells)


def _chosen_rows(table: Table) -> list[Row]:
    """Return a row per group that has a number, and one for those that stand together: other ones in each column."""
    columns = table.choices.values()
    rows = [
        _row(table, line, [_chosen(column.cells[number]) for column in columns])
        for number, line in enumerate(table.choosable)
        if any(column.cells[number] for column in columns)
    ]
    if any(column.together for column in columns):
        none = Told(_("nobody else"), "")
        told = [_chosen(column.together) if column.together else none for column in columns]
        rows.append(Row(_("All groups not shown in the column, together"), None, told))
    return rows


def _places(places: Places | None) -> Told:
    if places is None:
        return Told(_("not shown: few people"), "")
    words = _("%(share)s, due %(due)s", share=_percent(places.share), due=_percent(places.due))
    return Told(words, _ratio(places.ratio), round(BAR * places.share), round(BAR * places.due))


def _chosen(cell: Chosen | None) -> Told:
    if cell is None:
        return Told(_("in the last row"), "")
    share, due = _percent(cell.share), _percent(cell.due)
    return Told(_("%(people)s: %(share)s, due %(due)s", people=cell.people, share=share, due=due), _ratio(cell.ratio))


def _ratio(ratio: Ratio) -> str:
    if ratio.low is None or ratio.high is None:
        return f"× {_decimal(ratio.value)}"
    bounds = _("%(low)s to %(high)s", low=_decimal(ratio.low), high=_decimal(ratio.high))
    return f"× {_decimal(ratio.value)} ({bounds})"


def _percent(share: float) -> str:
    return format_percent(share, locale=get_locale())


def _decimal(value: float) -> str:
    return format_decimal(value, format="0.00", locale=get_locale())
