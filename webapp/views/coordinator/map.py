"""The route of a match on the map, with the same facts in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from webapp import vocabulary
from webapp.i18n import translate
from webapp.models import Assignment
from webapp.route_map import Labels, LegInWords, legs_in_words, route_map_figure
from webapp.services.match_review import Row
from webapp.views.coordinator.telling import language


@dataclass(frozen=True)
class RouteOnMap:
    """A figure, its hops in words, and what must be said beside it."""

    figure: Markup
    legs: list[LegInWords]
    summary: str
    is_in_data: bool


def map_of(row: Row, assignment: Assignment) -> RouteOnMap | None:
    """Return the map for a match; None where the VIO shows no routes, the work is online or has no country."""
    if not assignment.vio.route_wording or not assignment.country or assignment.mode == "online":
        return None
    country, here = assignment.country, language()
    start = _start(row) if row.sight.earlier_service else None
    tables = vocabulary.reference()
    legs: Any = tables.path(start, country) if start else []
    figure = route_map_figure(
        tables,
        title=_("Routes near %(country)s", country=vocabulary.country_name(country, here)),
        labels=Labels(country=lambda code: vocabulary.country_name(code, here), words=translate),
        legs=legs,
        highlight=[code for code in (start, country) if code],
    )
    return RouteOnMap(
        figure,
        legs_in_words(legs),
        _summary(start, country, len(legs), here),
        country in tables.graph,
    )


def _start(row: Row) -> str | None:
    """Return the chosen country from which the reasons count the hops."""
    evidence: list[dict[str, Any]] = [
        reason["evidence"] for reason in row.match.reasons if reason["criterion"] == "country"
    ]
    return next((one["from"] for one in evidence if one.get("from")), None)


def _summary(start: str | None, country: str, hops: int, here: str) -> str:
    name = vocabulary.country_name(country, here)
    if country not in vocabulary.reference().graph:
        return _(
            "%(country)s is not in the data set of routes. No distance is known; the part counts a neutral value.",
            country=name,
        )
    if start is None:
        return _("No hops are counted for this match: the map shows where %(country)s lies.", country=name)
    return _(
        "%(hops)s hops from %(start)s, which the person chose, to %(country)s.",
        hops=hops,
        start=vocabulary.country_name(start, here),
        country=name,
    )
