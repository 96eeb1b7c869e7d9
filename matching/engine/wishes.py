"""For every country one byte a person: the best wish for it, whether one is not measured, and earlier service there.

What a wish is worth depends on reference data alone, so it is worked out when a person is stored, for all countries at
once. A byte is 3 * wish + service; wish 0 stands for none that is measured, 1 + 2 * credit + unmeasured for the others,
where credit is a place in the list of all credits that there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.criteria import country as rules
from matching.criteria.country import CountryCriterion
from matching.records import Volunteer
from matching.reference import Reference

SERVICES = (0.0, rules.SERVED_ROUTE, rules.SERVED_COUNTRY)
PORTION = 4096  # people at once: 250 bytes for each of their wishes
Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Wishes:
    """The credits of all wishes for all countries: a row a country or route, a column a country."""

    countries: dict[str, int]
    rows: dict[str, int]
    credits: tuple[float, ...]
    table: Bytes  # 0: not measured, else 1 + place in `credits`
    served: Bytes  # place in SERVICES; a row a country served in, a column a country

    def of(self, people: Sequence[Volunteer]) -> Bytes:
        """Return (countries, people)."""
        found = np.zeros((len(self.countries), len(people)), np.uint8)
        for start in range(0, len(people), PORTION):
            part = people[start : start + PORTION]
            found[:, start : start + len(part)] = self._portion(part).T
        return found

    def values(self, neutral: float) -> NDArray[np.float32]:
        """Return what the criterion is worth for each byte, on site."""
        return _values(self.credits, neutral)

    def _portion(self, people: Sequence[Volunteer]) -> Bytes:
        anywhere = 1 + self.credits.index(rules.ANYWHERE)
        best = np.zeros((len(people), len(self.countries)), np.uint8)
        best[[one.anywhere for one in people]] = anywhere
        unmeasured = np.zeros(best.shape, bool)
        wished = [(row, self.rows[code]) for row, one in enumerate(people) for code in (*one.countries, *one.routes)]
        for row, code in wished:
            np.maximum(best[row], self.table[code], out=best[row])
            unmeasured[row] |= self.table[code] == 0
        service = np.zeros(best.shape, np.uint8)
        for row, one in enumerate(people):
            for country in one.served:
                np.maximum(service[row], self.served[self.rows[country]], out=service[row])
        wish = np.where(best > 0, 2 * best - 1 + unmeasured, 0)
        return (3 * wish + service).astype(np.uint8)


@lru_cache(maxsize=4)
def wishes_of(reference: Reference) -> Wishes:
    """Work out the credits of a reference, once."""
    criterion = CountryCriterion(reference)
    countries = {code: place for place, code in enumerate(sorted(reference.countries))}
    rows = {code: place for place, code in enumerate([*countries, *sorted(reference.routes)])}
    worth = [
        [
            (criterion.from_country if code in countries else criterion.from_route)(code, country)
            for country in countries
        ]
        for code in rows
    ]
    credits = tuple(sorted({credit for row in worth for credit in row if credit is not None} | {0.0, rules.ANYWHERE}))
    if 3 * (1 + 2 * len(credits)) > 256:
        raise ValueError("there are more credits for wishes than a byte can tell apart")
    place = {credit: 1 + number for number, credit in enumerate(credits)} | {None: 0}
    table = np.array([[place[credit] for credit in row] for row in worth], np.uint8)
    served = np.zeros((len(countries), len(countries)), np.uint8)
    for country, column in countries.items():
        for other in criterion.on_same_route(country):
            served[countries[other], column] = 1
        served[column, column] = 2
    return Wishes(countries, rows, credits, table, served)


@lru_cache(maxsize=64)
def _values(credits: tuple[float, ...], neutral: float) -> NDArray[np.float32]:
    values = np.zeros(256)
    for byte in range(3 * (1 + 2 * len(credits))):
        wish, service = divmod(byte, 3)
        credit, unmeasured = divmod(wish - 1, 2)
        worth = credits[credit] if wish else neutral
        told = neutral if unmeasured and worth <= neutral else worth
        values[byte] = told * rules.WISH_SHARE + SERVICES[service] * rules.SERVICE_SHARE
    return values.astype(np.float32)
