"""The lines of the map: stretches between places, each with its route and how well it is founded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, Literal, Protocol

from webapp.route_map.tables import Point, bends

Style = Literal["land-sourced", "land-inferred", "sea-sourced", "sea-inferred", "extension"]
STYLES: tuple[Style, ...] = ("extension", "land-inferred", "sea-inferred", "land-sourced", "sea-sourced")


class Leg(Protocol):
    """One hop of a path, as the route graph gives it."""

    @property
    def start(self) -> str:
        """Country of departure."""

    @property
    def end(self) -> str:
        """Country of arrival."""

    @property
    def route_id(self) -> str:
        """The route that carries the hop."""

    @property
    def kind(self) -> str:
        """`land` or `sea`."""

    @property
    def basis(self) -> str:
        """`sourced`, `inferred` or `extension_*`."""


class Routes(Protocol):
    """What the map needs of the reference data: stops, routes by id, and a graph with edges."""

    @property
    def stops(self) -> Any:
        """Places of the routes (route_id, branch, seq, iso2, place, lat, lon, basis)."""

    @property
    def routes(self) -> Any:
        """Routes by their id (kind)."""

    @property
    def graph(self) -> Any:
        """The route graph; its `edges` look like legs."""


@dataclass(frozen=True)
class Line:
    """A stretch between two places; `points` lead from the first to the second, bends included."""

    start: str
    end: str
    route_id: str
    style: Style
    points: tuple[Point, ...]

    def turned(self) -> Line:
        """Return the same stretch in the other direction."""
        return Line(self.end, self.start, self.route_id, self.style, tuple(reversed(self.points)))


def all_lines(reference: Routes) -> list[Line]:
    """Return every stretch of the routes once, then the links that this project added."""
    founded = {(edge.route_id, frozenset((edge.start, edge.end))): edge for edge in reference.graph.edges}
    chains = _chains(reference.stops)
    lines = {
        (here.route_id, frozenset((here.place, there.place))): _stretch(here, there, founded, reference)
        for chain in chains
        for here, there in pairwise(chain)
    }
    added = [_added(edge, reference) for edge in reference.graph.edges if edge.route_id.startswith("ext_")]
    return [*lines.values(), *added]


def line_of(leg: Leg, lines: Iterable[Line]) -> Line | None:
    """Return the stretch that carries a leg, in the leg's direction; None where none is drawn."""
    for line in lines:
        if line.route_id == leg.route_id and {line.start, line.end} == {leg.start, leg.end}:
            return line if line.start == leg.start else line.turned()
    return None


def joined(lines: Sequence[Line]) -> list[tuple[Point, Point]]:
    """Return the gaps inside a country, where a path arrives at one place and goes on from another."""
    return [(here.points[-1], there.points[0]) for here, there in pairwise(lines) if here.points[-1] != there.points[0]]


def _chains(stops: Iterable[Any]) -> list[list[Any]]:
    ordered = sorted((stop for stop in stops if stop.seq), key=lambda stop: (stop.route_id, stop.branch, stop.seq))
    return [list(chain) for _, chain in groupby(ordered, key=lambda stop: (stop.route_id, stop.branch))]


def _stretch(here: Any, there: Any, founded: dict[Any, Any], reference: Routes) -> Line:
    edge = founded.get((here.route_id, frozenset((here.iso2, there.iso2))))
    if edge is not None:
        kind, sourced = edge.kind, edge.basis == "sourced"
    else:  # both places lie in one country
        kind, sourced = reference.routes[here.route_id].kind, here.basis == there.basis == "sourced"
    style: Style = f"{'sea' if kind == 'sea' else 'land'}-{'sourced' if sourced else 'inferred'}"  # type: ignore[assignment]
    return Line(here.iso2, there.iso2, here.route_id, style, _points(here, there))


def _added(edge: Any, reference: Routes) -> Line:
    starts = [stop for stop in reference.stops if stop.iso2 == edge.start]
    ends = [stop for stop in reference.stops if stop.iso2 == edge.end]
    if edge.kind == "sea":
        starts, ends = _ports(starts), _ports(ends)
    here, there = min(
        ((start, end) for start in starts for end in ends),
        key=lambda pair: (not bends(pair[0].place, pair[1].place), _apart(*pair), pair[0].place, pair[1].place),
    )
    return Line(edge.start, edge.end, edge.route_id, "extension", _points(here, there))


def _ports(stops: list[Any]) -> list[Any]:
    return [stop for stop in stops if stop.route_id.startswith("msr_")] or stops


def _points(here: Any, there: Any) -> tuple[Point, ...]:
    return ((here.lon, here.lat), *bends(here.place, there.place), (there.lon, there.lat))


def _apart(here: Any, there: Any) -> float:
    across = abs(here.lon - there.lon) % 360
    return float(min(across, 360 - across) ** 2 + (here.lat - there.lat) ** 2)
