"""The route graph: countries as nodes, links along Belt and Road routes as edges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

EXTENSION_PREFIX = "ext_"
# One hop costs STEP; what is added never reaches another hop, so the cheapest path is always a shortest one.
# Among shortest paths one with fewer extension links wins, then one with more sourced links, then the one that
# strays least (span_km). Sums stay whole numbers below 2**53, so comparing them is exact.
STEP = 10**13
EXTENSION_SURCHARGE = 10**10
INFERRED_SURCHARGE = 10**7


@dataclass(frozen=True, order=True)
class Edge:
    """One link between two countries on one route; `basis` is sourced, inferred or extension_*.

    `span_km` is about how far apart the places lie: it settles ties between paths and is no travel distance.
    """

    start: str
    end: str
    route_id: str
    kind: str
    basis: str
    span_km: int = 0

    @property
    def is_extension(self) -> bool:
        """True for a link that this project added: it is on no Belt and Road route."""
        return self.route_id.startswith(EXTENSION_PREFIX)

    @property
    def cost(self) -> int:
        """Cost of the link for path finding: one STEP, a little more where the link is less well founded."""
        if self.is_extension:
            return STEP + EXTENSION_SURCHARGE + self.span_km
        return STEP + self.span_km + (0 if self.basis == "sourced" else INFERRED_SURCHARGE)


@dataclass(frozen=True)
class Leg:
    """One hop of a path, in travel direction, with the route that carries it and how well it is founded."""

    start: str
    end: str
    route_id: str
    kind: str
    basis: str


class RouteGraph:
    """Hop distances and paths between countries; all pairs are computed once, when it is built."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        self.edges: tuple[Edge, ...] = tuple(sorted(edges))
        self.nodes: tuple[str, ...] = tuple(sorted({iso2 for edge in self.edges for iso2 in (edge.start, edge.end)}))
        self._index = {iso2: number for number, iso2 in enumerate(self.nodes)}
        self._best = self._best_edges()
        self._neighbours = self._neighbour_lists()
        self._cost = self._all_pairs()
        self._paths: dict[tuple[str, str], tuple[Leg, ...]] = {}

    def __contains__(self, iso2: object) -> bool:
        """True where the country is on the graph."""
        return iso2 in self._index

    def hops(self, start: str, end: str) -> int | None:
        """Number of links between two countries; None (never a number) where one is off the graph or unreachable."""
        cost = self._cost_between(start, end)
        return None if cost is None else cost // STEP

    def path(self, start: str, end: str) -> list[Leg]:
        """Return the legs from `start` to `end`; empty where both are the same or there is no path."""
        if (start, end) not in self._paths:
            self._paths[start, end] = tuple(self._legs(start, end))
        return [*self._paths[start, end]]

    def _legs(self, start: str, end: str) -> list[Leg]:
        if self._cost_between(start, end) is None:
            return []
        first, last = sorted((start, end))
        stations = self._stations(first, last)
        if first != start:
            stations.reverse()
        return [self._leg(here, there) for here, there in pairwise(stations)]

    def links(self, start: str, end: str) -> tuple[Edge, ...]:
        """Return every link between two neighbouring countries, the best founded first."""
        wanted = {start, end}
        found = (edge for edge in self.edges if {edge.start, edge.end} == wanted)
        return tuple(sorted(found, key=lambda edge: (edge.cost, edge)))

    def hop_matrix(self) -> np.ndarray:
        """Return hops between all `nodes` (square, int16); -1 where there is no path."""
        hops = np.floor_divide(np.where(np.isfinite(self._cost), self._cost, -STEP), STEP)
        return hops.astype(np.int16)

    def diameter(self) -> int:
        """Return the largest number of hops between two countries of the graph."""
        return int(self.hop_matrix().max())

    def classical(self) -> RouteGraph:
        """Return the same graph without the links that this project added."""
        return RouteGraph(edge for edge in self.edges if not edge.is_extension)

    def _cost_between(self, start: str, end: str) -> int | None:
        if start not in self._index or end not in self._index:
            return None
        cost = self._cost[self._index[start], self._index[end]]
        return int(cost) if np.isfinite(cost) else None

    def _best_edges(self) -> dict[tuple[str, str], Edge]:
        best: dict[tuple[str, str], Edge] = {}
        for edge in self.edges:
            pair = (min(edge.start, edge.end), max(edge.start, edge.end))
            if pair not in best or edge.cost < best[pair].cost:
                best[pair] = edge
        return best

    def _neighbour_lists(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {iso2: [] for iso2 in self.nodes}
        for start, end in self._best:
            found[start].append(end)
            found[end].append(start)
        return {iso2: tuple(sorted(others)) for iso2, others in found.items()}

    def _all_pairs(self) -> np.ndarray:
        rows = [self._index[start] for start, _ in self._best]
        columns = [self._index[end] for _, end in self._best]
        costs = [edge.cost for edge in self._best.values()]
        size = len(self.nodes)
        return dijkstra(csr_array((costs, (rows, columns)), shape=(size, size)), directed=False)

    def _stations(self, start: str, end: str) -> list[str]:
        # Costs are whole numbers, so equality is exact; the first neighbour by code settles ties on every machine.
        stations = [start]
        while stations[-1] != end:
            here = stations[-1]
            left = self._cost_between(here, end)
            stations.append(
                next(
                    there
                    for there in self._neighbours[here]
                    if self._edge(here, there).cost + (self._cost_between(there, end) or 0) == left
                )
            )
        return stations

    def _edge(self, here: str, there: str) -> Edge:
        return self._best[min(here, there), max(here, there)]

    def _leg(self, here: str, there: str) -> Leg:
        edge = self._edge(here, there)
        return Leg(here, there, edge.route_id, edge.kind, edge.basis)
