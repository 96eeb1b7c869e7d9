"""The facts of the map in words: what a page prints in the table beside the drawing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from webapp.route_map.lines import Leg
from webapp.route_map.tables import badges
from webapp.words import Words, lazy

SOURCED = lazy("A source names this link")
INFERRED = lazy("This project's reading of geography: no source names this link")
EXTENSION = lazy("Added by this project so that there is a distance: no Belt and Road route")
BY_LAND = lazy("by land")
BY_SEA = lazy("by sea")


@dataclass(frozen=True)
class LegInWords:
    """One hop: its number, both countries and the route by code, how it goes and how well it is founded."""

    number: int
    start: str
    end: str
    route_id: str
    way: Words
    founded: Words


@dataclass(frozen=True)
class RouteInWords:
    """One route: its number on the map (None: not drawn) and its countries (ISO codes) by who put them there."""

    number: int | None
    route_id: str
    kind: str
    named: tuple[str, ...]
    inferred: tuple[str, ...]
    extension: tuple[str, ...]


def legs_in_words(legs: Iterable[Leg]) -> list[LegInWords]:
    """Return the hops of a path for a table; empty where there is no path."""
    return [
        LegInWords(
            number, leg.start, leg.end, leg.route_id, BY_SEA if leg.kind == "sea" else BY_LAND, _founded(leg.basis)
        )
        for number, leg in enumerate(legs, start=1)
    ]


def routes_in_words(reference: Any) -> list[RouteInWords]:
    """Return every route: numbered ones first, then one named without stops, then this project's extensions."""
    number_of = {badge.route_id: badge.number for badge in badges()}
    routes = [
        RouteInWords(
            number_of.get(route.id),
            route.id,
            route.kind,
            *(tuple(sorted(reference.countries_on(route.id, (basis,)))) for basis in _BASES),
        )
        for route in reference.routes.values()
    ]
    return sorted(routes, key=lambda route: (route.kind == "extension", route.number is None, route.number or 0))


_BASES = ("named", "inferred", "extension_rule")


def _founded(basis: str) -> Words:
    if basis.startswith("extension"):
        return EXTENSION
    return SOURCED if basis == "sourced" else INFERRED
