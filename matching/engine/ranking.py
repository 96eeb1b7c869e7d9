"""One assignment against all stored volunteers: bounds leave out who cannot be listed, the plain sheet does the rest.

Whoever is not left out is judged and scored by the same code as in a plain `Matcher`, so ids, scores, order and reasons
are the same. A bound never lies below a score; it only decides who need not be looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.engine.lines import Parts
from matching.engine.points import Bounds, Plan
from matching.engine.pool import StoredPool
from matching.engine.segment import Segment
from matching.engine.statements import Statements
from matching.engine.words import Words
from matching.explanation import BAND_STEP, band_of
from matching.records import MODES
from matching.sheet import Sheet
from matching.spread import Spread
from matching.text import SkillLinker

Places = NDArray[np.intp]
Judge = Callable[[StoredPool], Sheet]
# Float32 sums lie within this many points of the exact ones.
ROUNDING = 0.01
FIRST_LOOK, GROWTH = 256, 4  # people scored at once: few at first, until it is known what has to be reached
MANY = 50_000  # people left of the first segment: so many are worth a look of their own
STATUSES = (0, 1)  # eligible, near


@dataclass(frozen=True)
class Listed:
    """One who may be listed: band and lot, and where the sheet holds the rest."""

    band: int
    lot: str
    place: int
    sheet: Sheet
    number: int


class Ranking:
    """The candidates of one assignment: bounds for all, scores for those whose bound reaches what is listed."""

    def __init__(
        self,
        segments: tuple[Segment, ...],
        statements: Statements,
        linker: SkillLinker,
        plan: Plan,
        words: Words | None,
        judge: Judge,
        near: bool = True,
    ) -> None:
        self._segments, self._statements, self._linker = segments, statements, linker
        self._plan, self._words, self._judge = plan, words if plan.text_share else None, judge
        self._statuses = STATUSES if near else STATUSES[:1]
        self._where = np.zeros(0, np.int32)
        self._rows = np.zeros(0, np.intp)
        self._near = np.zeros(0, bool)
        self._values = np.zeros((plan.width, 0), np.float32)
        self._upper = np.zeros(0, np.float32)
        self._is_bound = np.zeros(0, bool)  # by words too
        self._is_scored = np.zeros(0, bool)
        self._scored: list[tuple[Sheet, Places]] = []

    def best(self, top: int | None, seed: int, spread: Spread) -> list[tuple[Sheet, int]]:
        """Return the people to be listed, in order, by the sheet that holds them and their number in it."""
        if top is not None and top < 1:
            return []
        found: list[tuple[int, Bounds]] = []
        for number in range(len(self._segments)):
            found += ((number, one) for one in self._bounds_of(number, top))
            # What is reached among the first many leaves out most of the others early.
            if number == 0 and sum(len(one.rows) for _, one in found) > MANY:
                self._add(found)
                self._score(self._best_bounds(np.arange(len(self._rows)), FIRST_LOOK))
                found = []
        self._add(found)
        self._score_all_that_reach(top)
        return [entry for status in self._statuses for entry in self._listed(status, top, seed, spread)]

    def _bounds_of(self, number: int, top: int | None) -> list[Bounds]:
        """Return those of a segment who may be listed, with their bounds."""
        asked, segment = self._plan.assignment.mode, self._segments[number]
        modes = MODES if asked == "either" else (asked,)
        needed = [self._needed(status, top) for status in STATUSES]
        return _one_mode_each(segment.size, [self._plan.bounds(segment, mode, needed) for mode in modes])

    def _add(self, found: list[tuple[int, Bounds]]) -> None:
        """Take in people who may be listed."""
        people = [len(one.rows) for _, one in found]
        where = np.repeat(np.array([number for number, _ in found], np.int32), people)
        values = np.concatenate([self._values[:, :0], *(one.values for _, one in found)], axis=1)
        self._where = np.concatenate([self._where, where])
        self._rows = np.concatenate([self._rows, *(one.rows for _, one in found)])
        self._near = np.concatenate([self._near, *(one.near for _, one in found)])
        self._values = np.concatenate([self._values, values], axis=1)
        self._upper = np.concatenate([self._upper, self._plan.upper(values, 1.0)])
        self._is_bound = np.concatenate([self._is_bound, np.zeros(len(where), bool)])
        self._is_scored = np.concatenate([self._is_scored, np.zeros(len(where), bool)])

    def _score_all_that_reach(self, top: int | None) -> None:
        most = FIRST_LOOK
        while len(left := self._pending(top)):
            # A look at the best comes first: it tells for how few the words have to be compared.
            if self._words is not None and most > FIRST_LOOK and not self._is_bound[left].all():
                self._bind(left[~self._is_bound[left]])
                continue
            self._score(self._best_bounds(left, most))
            most *= GROWTH

    def _pending(self, top: int | None) -> Places:
        """Return who is not scored, and may yet be listed."""
        needed = np.array([self._needed(status, top) for status in STATUSES])
        return np.flatnonzero(~self._is_scored & (self._upper >= needed[self._near.astype(np.intp)]))

    def _needed(self, status: int, top: int | None) -> float:
        """Return the points from where somebody may be listed: the start of the band of the last one so far."""
        if status not in self._statuses:
            return np.inf
        if top is None or not self._scored:
            return -np.inf
        scores = np.concatenate([sheet.score[sheet.status == status] for sheet, _ in self._scored])
        if len(scores) < top:
            return -np.inf
        return band_of(np.partition(scores, -top)[-top].item()) * BAND_STEP - ROUNDING

    def _best_bounds(self, left: Places, most: int) -> Places:
        """Return those with the highest bounds of either status, each at most so many."""
        parts = []
        for status in self._statuses:
            mine = left[self._near[left] == status]
            if len(mine) > most:
                mine = mine[np.argpartition(self._upper[mine], -most)[-most:]]
            parts.append(mine)
        return np.sort(np.concatenate(parts))

    def _bind(self, which: Places) -> None:
        assert self._words is not None
        order = which[np.argsort(self._where[which], kind="stable")]
        likeness = self._words.likeness(list(self._parts(order)))
        self._upper[order] = self._plan.upper(self._values[:, order], likeness)
        self._is_bound[order] = True

    def _score(self, which: Places) -> None:
        order = which[np.lexsort((self._rows[which], self._where[which]))]
        pool = StoredPool(self._parts(order), self._statements, self._linker)
        self._scored.append((self._judge(pool), order))
        self._is_scored[order] = True

    def _parts(self, order: Places) -> Parts:
        bounds = np.searchsorted(self._where[order], np.arange(len(self._segments) + 1))
        return [
            (segment, self._rows[order[first:last]])
            for segment, first, last in zip(self._segments, bounds, bounds[1:], strict=False)
            if last > first
        ]

    def _listed(self, status: int, top: int | None, seed: int, spread: Spread) -> list[tuple[Sheet, int]]:
        needed = self._needed(status, top)
        listed = []
        for sheet, order in self._scored:
            for number in np.flatnonzero((sheet.status == status) & (sheet.score >= needed)).tolist():
                volunteer_id = sheet.pool.people.id_of(number)  # type: ignore[attr-defined]
                lot = spread.lot(seed, volunteer_id, sheet.assignment.id)
                listed.append(Listed(band_of(sheet.score[number].item()), lot, int(order[number]), sheet, number))
        listed.sort(key=lambda one: (-one.band, one.lot, one.place))
        return [(one.sheet, one.number) for one in listed[:top]]


def _one_mode_each(size: int, by_mode: list[Bounds]) -> list[Bounds]:
    """Leave everybody in the mode that works best for them, on site first where both do equally well."""
    if len(by_mode) == 1:
        return by_mode
    worse = np.full((2, size), 2, np.uint8)
    for number, who in enumerate(by_mode):
        worse[number, who.rows] = who.near
    is_first = worse[0] <= worse[1]
    return [by_mode[0].where(is_first[by_mode[0].rows]), by_mode[1].where(~is_first[by_mode[1].rows])]
