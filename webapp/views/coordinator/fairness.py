"""How places at the top of lists, and choices, are divided among groups of people."""

from __future__ import annotations

from dataclasses import dataclass

from babel.numbers import format_decimal, format_percent
from flask import g, render_template
from flask_babel import get_locale
from flask_babel import gettext as _

from webapp import clock, vocabulary
from webapp.db import Session
from webapp.services import fairness as service
from webapp.services.exposure import Places, Ratio
from webapp.services.fairness import Chosen, Line, Table
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.telling import language

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
    """One group in words."""

    name: str
    people: int
    top: Told
    first: Told
    chosen: list[Told]


@blueprint.get("/fairness")
def fairness() -> str:
    """Show the tables of the coordinator's own VIO."""
    found = service.tables(Session(), g.account, clock.today())
    shown = [(table, [_row(table, line) for line in table.lines]) for table in found]
    withheld = [step for step in service.STEPS if any(step not in table.steps for table in found if table.lines)]
    return render_template(
        "coordinator/fairness.html", tables=shown, withheld=withheld, steps=_steps(), fewest=service.FEWEST, bar=BAR
    )


def _steps() -> dict[str, str]:
    return {
        "endorsed": _("Endorsed"),
        "proposed": _("Proposed"),
        "applied": _("Applied"),
        "shortlisted": _("Shortlisted"),
        "selected": _("Selected"),
    }


def _row(table: Table, line: Line) -> Row:
    groups = line.exposure.groups
    name = _group(table, groups[0]) if len(groups) == 1 else _("Small groups together (%(count)s)", count=len(groups))
    chosen = [_chosen(line.chosen[step]) for step in table.steps]
    return Row(name, line.exposure.people, _places(line.exposure.top), _places(line.exposure.first), chosen)


def _group(table: Table, group: str) -> str:
    if table.grouping == "host":
        return table.names.get(group) or _("Hosts of other organizations")
    if not group:
        return _("No country named") if table.grouping == "country" else _("Too little text to tell")
    names = vocabulary.country_name if table.grouping == "country" else vocabulary.language_name
    return names(group, language())


def _places(places: Places | None) -> Told:
    if places is None:
        return Told(_("not shown: few people"), "")
    words = _("%(share)s, due %(due)s", share=_percent(places.share), due=_percent(places.due))
    return Told(words, _ratio(places.ratio), round(BAR * places.share), round(BAR * places.due))


def _chosen(cell: Chosen) -> Told:
    if cell.people is None or cell.share is None or cell.ratio is None:
        return Told(_("fewer than %(count)s", count=service.FEWEST) if cell.is_small else _("not shown"), "")
    return Told(f"{cell.people} ({_percent(cell.share)})", _ratio(cell.ratio))


def _ratio(ratio: Ratio) -> str:
    if ratio.low is None or ratio.high is None:
        return f"× {_decimal(ratio.value)}"
    bounds = _("%(low)s to %(high)s", low=_decimal(ratio.low), high=_decimal(ratio.high))
    return f"× {_decimal(ratio.value)} ({bounds})"


def _percent(share: float) -> str:
    return format_percent(share, locale=get_locale())


def _decimal(value: float) -> str:
    return format_decimal(value, format="0.00", locale=get_locale())
