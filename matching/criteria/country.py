"""Country: the assignment's country against what the volunteer chose, along the routes, and earlier service.

Residence plays no part: distance from home would be nationality by another name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from matching.criteria.base import Evidence, Part, one_by_one, same_for_all, step
from matching.pool import Flags, Numbers, Pool
from matching.records import Assignment, Volunteer
from matching.reference import Reference

NAME = "country"
NEUTRAL = 0.4
WISH_SHARE = 0.9
SERVICE_SHARE = 0.1
CHOSEN_COUNTRY = 1.0
CHOSEN_ROUTE = 0.8
# An extension is this project's own addition, no Belt and Road route: wishing for it says less.
CHOSEN_EXTENSION = 0.6
ANYWHERE = 0.8
BY_HOPS = (1.0, 0.6, 0.45, 0.3, 0.15)
SERVED_COUNTRY = 1.0
SERVED_ROUTE = 0.5
# Earlier service only ever adds: who names none gets nothing for it, and loses nothing to those who served elsewhere.
SERVICE_NEUTRAL = 0.0
# Online, place does not matter: the same for everyone, and as good as "anywhere".
ONLINE = 0.8

COUNTRY_CHOSEN = "COUNTRY_CHOSEN"
ROUTE_CHOSEN = "ROUTE_CHOSEN"
EXTENSION_CHOSEN = "EXTENSION_CHOSEN"
COUNTRY_ANYWHERE = "COUNTRY_ANYWHERE"
COUNTRY_NEAR = "COUNTRY_NEAR"
COUNTRY_FAR = "COUNTRY_FAR"
NOT_IN_DATA = "COUNTRY_NOT_IN_DATA"
WISH_NOT_KNOWN = "COUNTRY_WISH_NOT_KNOWN"
PLACE_DOES_NOT_MATTER = "ONLINE_PLACE_DOES_NOT_MATTER"
SERVED_THERE = "SERVED_THERE"
SERVED_ON_ROUTE = "SERVED_ON_ROUTE"
SERVED_ELSEWHERE = "SERVED_ELSEWHERE"
SERVICE_NOT_NAMED = "SERVICE_NOT_NAMED"
CODES = (
    COUNTRY_CHOSEN,
    ROUTE_CHOSEN,
    EXTENSION_CHOSEN,
    COUNTRY_ANYWHERE,
    COUNTRY_NEAR,
    COUNTRY_FAR,
    NOT_IN_DATA,
    WISH_NOT_KNOWN,
    PLACE_DOES_NOT_MATTER,
    SERVED_THERE,
    SERVED_ON_ROUTE,
    SERVED_ELSEWHERE,
    SERVICE_NOT_NAMED,
)
Credits = Mapping[str, float | None]  # what each country, or route, that was chosen earns
Wish = tuple[str, str]  # the kind of wish by the reason code that tells it where it is met, and what was chosen


@dataclass(frozen=True)
class CountryCriterion:
    """Two lines: the wish, of which the best one counts, and earlier service."""

    reference: Reference
    neutral: float = NEUTRAL
    name: str = NAME

    def constants(self) -> Mapping[str, Any]:
        """Return every number that shapes the score."""
        return {
            "wish_share": WISH_SHARE,
            "service_share": SERVICE_SHARE,
            "chosen_country": CHOSEN_COUNTRY,
            "chosen_route": CHOSEN_ROUTE,
            "chosen_extension": CHOSEN_EXTENSION,
            "anywhere": ANYWHERE,
            "by_hops": BY_HOPS,
            "served_country": SERVED_COUNTRY,
            "served_route": SERVED_ROUTE,
            "service_neutral": SERVICE_NEUTRAL,
            "online": ONLINE,
        }

    def parts(self, pool: Pool, assignment: Assignment, online: bool) -> list[Part]:
        """Return the wish and the earlier service; online one line that is the same for everyone."""
        if online:
            return [same_for_all(pool, ONLINE, 1.0, PLACE_DOES_NOT_MATTER, True, {})]
        return [self._wish(pool, assignment.country), self._service(pool, assignment.country)]

    def _wish(self, pool: Pool, country: str) -> Part:
        best: Numbers = pool.anywhere * np.float64(ANYWHERE)
        known = pool.anywhere.copy()
        unmeasured = np.zeros(pool.size, dtype=bool)
        from_country = {chosen: self.from_country(chosen, country) for chosen in pool.countries.codes()}
        from_route = {chosen: self.from_route(chosen, country) for chosen in pool.routes.codes()}
        for wishes, credits in ((pool.countries, from_country), (pool.routes, from_route)):
            for credit, chosen in _by_credit(credits).items():
                whose = wishes.positions(chosen)
                if credit is None:
                    unmeasured[whose] = True
                else:
                    best[whose], known[whose] = np.maximum(best[whose], credit), True
        known = _told(best, known, unmeasured, self.neutral)
        return Part(
            step(known, best, self.neutral) * WISH_SHARE,
            WISH_SHARE,
            known,
            one_by_one(lambda number: self._wish_that_counts(pool.volunteers[number], from_country, from_route)),
            lambda wish: self._tell_wish(wish, country),
        )

    def from_country(self, chosen: str, country: str) -> float | None:
        """Return the credit of a chosen country; None where the distance is not in the data set."""
        return self._known((chosen, country), self._credit_of_country)

    def from_route(self, route: str, country: str) -> float | None:
        """Return the credit of a whole route: full on it, less along the graph from its nearest country."""
        return self._known((route, country), self._credit_of_route)

    def _known(self, pair: tuple[str, str], credit: Callable[[str, str], float | None]) -> float | None:
        if pair not in self._credits:
            self._credits[pair] = credit(*pair)
        return self._credits[pair]

    @cached_property
    def _credits(self) -> dict[tuple[str, str], float | None]:
        return {}

    def _credit_of_country(self, chosen: str, country: str) -> float | None:
        if chosen == country:
            return CHOSEN_COUNTRY
        return by_hops(self.reference.hops(chosen, country))

    def _credit_of_route(self, route: str, country: str) -> float | None:
        full = self._full_credit(route)
        if country in self._members(route):
            return full
        nearest = self._nearest(self._members(route), country)
        credit = by_hops(nearest[0]) if nearest else None
        return None if credit is None else full * credit

    def _full_credit(self, route: str) -> float:
        return CHOSEN_EXTENSION if self.reference.routes[route].is_extension else CHOSEN_ROUTE

    def _members(self, route: str) -> dict[str, str]:
        """Return the countries of a route, each with who put it there: a source, our reading, our extension rule."""
        return self._members_by_route.get(route, {})

    @cached_property
    def _members_by_route(self) -> dict[str, dict[str, str]]:
        members: dict[str, dict[str, str]] = {}
        for iso2, entries in self.reference.memberships.items():
            for entry in entries:
                members.setdefault(entry.route_id, {})[iso2] = entry.basis
        return members

    def _nearest(self, chosen: Mapping[str, str] | tuple[str, ...], country: str) -> tuple[int, str] | None:
        distances = ((self.reference.hops(start, country), start) for start in chosen)
        known = [(hops, start) for hops, start in distances if hops is not None]
        return min(known) if known else None

    def _wish_that_counts(self, volunteer: Volunteer, from_country: Credits, from_route: Credits) -> Wish:
        """Return the best wish, of equal ones the plainest; a code alone where no wish is known."""
        wishes = [(from_country[chosen], COUNTRY_CHOSEN, chosen) for chosen in volunteer.countries]
        wishes += [(from_route[chosen], ROUTE_CHOSEN, chosen) for chosen in volunteer.routes]
        if volunteer.anywhere:
            wishes.append((ANYWHERE, COUNTRY_ANYWHERE, ""))
        most, best = -1.0, (NOT_IN_DATA if wishes else WISH_NOT_KNOWN, "")
        for credit, code, chosen in wishes:
            if credit is not None and credit > most:
                most, best = credit, (code, chosen)
        if most <= self.neutral and any(credit is None for credit, _, _ in wishes):
            return NOT_IN_DATA, ""
        return best

    def _tell_wish(self, wish: Wish, country: str) -> tuple[str, Evidence]:
        code, chosen = wish
        evidence: Evidence = {}
        if code == COUNTRY_CHOSEN:
            code, evidence = self._along(chosen, country, self.from_country(chosen, country))
        elif code == ROUTE_CHOSEN:
            code, evidence = self._tell_route(chosen, country)
        return code, {"country": country, **evidence}

    def _tell_route(self, route: str, country: str) -> tuple[str, Evidence]:
        members = self._members(route)
        if country in members:
            code = EXTENSION_CHOSEN if self.reference.routes[route].is_extension else ROUTE_CHOSEN
            return code, {"route": route, "basis": members[country]}
        nearest = self._nearest(members, country)
        code, evidence = self._along(nearest[1] if nearest else "", country, self.from_route(route, country))
        return code, {"route": route, **evidence}

    def _along(self, chosen: str, country: str, credit: float | None) -> tuple[str, Evidence]:
        """Return code and evidence of a wish for one country: the hops, and each leg with what it rests on."""
        if chosen == country:
            return COUNTRY_CHOSEN, {}
        legs = self.reference.path(chosen, country)
        path = [{"from": leg.start, "to": leg.end, "route": leg.route_id, "basis": leg.basis} for leg in legs]
        return (COUNTRY_NEAR if credit else COUNTRY_FAR), {"from": chosen, "hops": len(legs), "path": path}

    def _service(self, pool: Pool, country: str) -> Part:
        named = pool.served.any_of(pool.served.codes())
        shared = self.on_same_route(country)
        near = pool.served.any_of(shared)
        there = pool.served[country] > 0
        credit = np.where(there, SERVED_COUNTRY, np.where(near, SERVED_ROUTE, 0.0))

        def service(number: int) -> tuple[str, tuple[str, ...]]:
            if not named[number]:
                return SERVICE_NOT_NAMED, ()
            if there[number]:
                return SERVED_THERE, ()
            served = tuple(one for one in pool.volunteers[number].served if one in shared)
            return (SERVED_ON_ROUTE if served else SERVED_ELSEWHERE), served

        def tell(fact: tuple[str, tuple[str, ...]]) -> tuple[str, Evidence]:
            code, served = fact
            if code == SERVED_ON_ROUTE:
                return code, {"served": list(served), "routes": sorted({r for one in served for r in shared[one]})}
            return code, {"country": country} if code == SERVED_THERE else {}

        value = step(named, credit, SERVICE_NEUTRAL) * SERVICE_SHARE
        return Part(value, SERVICE_SHARE, named, one_by_one(service), tell)

    def on_same_route(self, country: str) -> dict[str, list[str]]:
        """Return the countries that share a corridor or sea passage with one, and which; extensions are none."""
        if country not in self._sharing:
            self._sharing[country] = self._on_same_route(country)
        return self._sharing[country]

    @cached_property
    def _sharing(self) -> dict[str, dict[str, list[str]]]:
        return {}

    def _on_same_route(self, country: str) -> dict[str, list[str]]:
        shared: dict[str, list[str]] = {}
        for route in self.reference.routes_of(country):
            for member in self.reference.countries_on(route):
                shared.setdefault(member, []).append(route)
        return shared


def _by_credit(credits: Credits) -> dict[float | None, list[str]]:
    """Return what was chosen, by what it earns: that is few credits, and many countries."""
    found: dict[float | None, list[str]] = {}
    for chosen, credit in credits.items():
        found.setdefault(credit, []).append(chosen)
    return found


def by_hops(hops: int | None) -> float | None:
    """Return the credit of a country so many hops away; None where the distance is not in the data set."""
    if hops is None:
        return None
    return BY_HOPS[hops] if hops < len(BY_HOPS) else 0.0


def _told(best: Numbers, known: Flags, unmeasured: Flags, neutral: float) -> Flags:
    """Return where the wish is known: a wish off the graph counts as not known unless another one does better."""
    return known & ~(unmeasured & (best <= neutral))
