"""One assignment against all stored volunteers: bounds leave out who cannot be listed, the plain sheet does the rest.

Whoever is not left out is judged and scored by the same code as in a plain `Matcher`, so ids, scores, order and reasons
are the same. Bounds from above and below lie so close that only those are left out late who miss the last band.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from matching.engine.bits import unpacked
from matching.engine.bounds import Bounds
from matching.engine.levels import FULL
from matching.engine.lines import Parts
from matching.engine.listed import ListedPool
from matching.engine.passing import could_pass
from matching.engine.plan import Plan
from matching.engine.points import loss
from matching.engine.pool import StoredPool
from matching.engine.screen import SAMPLED, Screen
from matching.engine.segment import Segment
from matching.engine.statements import Statements
from matching.engine.steps import steps
from matching.engine.view import Flags, View
from matching.engine.words import ROUNDING as WORDS_ROUNDING
from matching.engine.words import Words
from matching.explanation import BAND_STEP, band_of
from matching.listing import LISTED, listed
from matching.pool import Pool
from matching.records import MODES
from matching.sheet import Sheet
from matching.spread import Spread
from matching.text import SkillLinker

Places = NDArray[np.intp]
Judge = Callable[[Pool], Sheet]
# Float32 sums lie within this many points of the exact ones.
ROUNDING = 0.01
FEW = 1 / 8  # the share of the people who could pass up to which they are judged one by one
PROMISING = 1024  # about so many are looked at before all others
FIRST_LOOK = 256  # people whose words are compared at once, until it is known for how few they have to be
MANY = 2048  # people who are open: their words are not all compared at once
READ_IN_FULL = 1024  # of more people, columns are read instead


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
        self._statuses = LISTED if near else LISTED[:1]
        # Points from where somebody of either status may be listed.
        self._needed = np.array([-np.inf if status in self._statuses else np.inf for status in LISTED])
        self._where = np.zeros(0, np.int32)
        self._rows = np.zeros(0, np.intp)
        self._near = np.zeros(0, np.intp)
        self._values = np.zeros((plan.width, 0), np.uint16)
        self._upper = np.zeros(0, np.float32)
        self._lower = np.zeros(0, np.float32)
        self._is_bound = np.zeros(0, bool)  # by words too, and from below

    def best(self, top: int | None, seed: int, spread: Spread) -> tuple[Sheet, list[int]]:
        """Return the people to be listed, in order: the sheet that holds them, and their numbers in it."""
        if top is None or top > 0:
            self._look_at_all(top)
        kept = np.flatnonzero(self._reaches())
        kept = kept[np.lexsort((self._rows[kept], self._where[kept]))]
        parts = self._parts(kept)
        pool: Pool = (
            ListedPool(parts, self._statements, self._linker, self._words)
            if len(kept) <= READ_IN_FULL
            else StoredPool(parts, self._statements, self._linker)
        )
        sheet = self._judge(pool)
        return sheet, listed(sheet, self._statuses, top, seed, spread)

    def _look_at_all(self, top: int | None) -> None:
        """Take in who may be listed, first of all some who promise most: they tell what has to be reached."""
        screens = self._screens()
        first = [[np.zeros(0, np.intp) for _ in by_mode] for by_mode in screens]
        if top is not None and screens:
            least = self._promised([one for by_mode in screens for one in by_mode], max(PROMISING, 2 * top))
            # Very many may promise the same: some of them tell as much.
            first = [[one.promising(least)[:PROMISING] for one in by_mode] for by_mode in screens]
            self._take_in(screens, first)
            self._bind(self._best_bounds(top), top)
        needed = self._needed.tolist()
        others = [
            [_without(screen.reaching(needed), some) for screen, some in zip(by_mode, looked_at, strict=True)]
            for by_mode, looked_at in zip(screens, first, strict=True)
        ]
        self._take_in(screens, others)
        if top is not None:
            # The best of many first: that leaves fewer of the others.
            if len(self._open()) > MANY:
                self._bind(self._best_bounds(top), top)
            self._bind(self._open(), top)

    def _screens(self) -> list[list[Screen]]:
        """Return the screens of people, by mode: of those who could pass of all segments, or of each whole segment.

        Reading one person singly costs what reading a hundred in a row does.
        """
        plan, segments, near = self._plan, self._segments, len(self._statuses) > 1
        modes = MODES if plan.assignment.mode == "either" else (plan.assignment.mode,)
        passing = [could_pass(segments, plan.assignment, mode, near) for mode in modes]
        counts = [[int(np.bitwise_count(bits).sum()) for bits in passes] for passes in passing]
        if segments and max(map(sum, counts)) <= FEW * sum(segment.size for segment in segments):
            views = [
                View(list(zip(segments, map(steps().placed, passes, many), strict=True)))
                for passes, many in zip(passing, counts, strict=True)
            ]
            return [[Screen(plan, view, mode) for mode, view in zip(modes, views, strict=True)]]
        whole = [View([(segment, None)], number) for number, segment in enumerate(segments)]
        return [
            [
                Screen(plan, view, mode, unpacked(passes[number], view.size))
                for mode, passes in zip(modes, passing, strict=True)
            ]
            for number, view in enumerate(whole)
        ]

    def _promised(self, screens: list[Screen], most: int) -> list[int]:
        """Return by status the promise that about so many reach, more than can be where nobody is asked for."""
        least = [2 * FULL] * len(LISTED)
        for status in self._statuses:
            some = np.concatenate([screen.sample(status) for screen in screens])
            place = most // SAMPLED
            least[status] = np.partition(some, -place)[-place].item() if len(some) > place else 0
        return least

    def _bounds_of(self, screens: list[Screen], places: list[Places]) -> list[Bounds]:
        """Return those of some people who may be listed, where they look best of all modes."""
        needed = self._needed.tolist()
        found = [screen.bounds(some, needed) for screen, some in zip(screens, places, strict=True)]
        if len(screens) == 1:
            return found
        # On site first where both do equally well, and whoever does not reach what is needed there is left out.
        first, second = found
        return [
            first.where(first.near <= screens[1].status(first)),
            second.where(second.near < screens[0].status(second)),
        ]

    def _take_in(self, screens: list[list[Screen]], places: list[list[Places]]) -> None:
        """Take in those of some people of each view who may be listed; often there is nobody left to look at."""
        if not any(map(len, chain.from_iterable(places))):
            return
        found = [one for by_mode, some in zip(screens, places, strict=True) for one in self._bounds_of(by_mode, some)]
        values = np.concatenate([self._values[:, :0], *(one.values for one in found)], axis=1)
        added = values.shape[1]
        self._where = np.concatenate([self._where, *(one.segments for one in found)])
        self._rows = np.concatenate([self._rows, *(one.rows for one in found)])
        self._near = np.concatenate([self._near, *(one.near for one in found)])
        self._values = np.concatenate([self._values, values], axis=1)
        self._upper = np.concatenate([self._upper, self._plan.upper(values, 1.0)])
        self._lower = np.concatenate([self._lower, np.full(added, -np.inf, np.float32)])
        self._is_bound = np.concatenate([self._is_bound, np.zeros(added, bool)])

    def _open(self) -> Places:
        """Return who may be listed for all that is known, and is not bound by words."""
        return np.flatnonzero(~self._is_bound & self._reaches())

    def _reaches(self) -> Flags:
        if len(self._statuses) == 1:
            return np.asarray(self._upper >= self._needed[0])
        return np.asarray(self._upper >= self._needed[self._near])

    def _best_bounds(self, top: int) -> Places:
        """Return those with the highest bounds of either status who are open, each at most so many."""
        left, most, parts = self._open(), max(FIRST_LOOK, top), []
        for status in self._statuses:
            mine = left[self._near[left] == status]
            if len(mine) > most:
                mine = mine[np.argpartition(self._upper[mine], -most)[-most:]]
            parts.append(mine)
        return np.concatenate(parts)

    def _bind(self, which: Places, top: int) -> None:
        """Bound people by words too, and from below: that tells the band of the last one to be listed."""
        if not len(which):
            return
        order = which[np.argsort(self._where[which], kind="stable")]
        parts, values = self._parts(order), self._values[:, order]
        likeness = self._words.likeness(parts) if self._words is not None else np.zeros(len(order), np.float32)
        self._upper[order] = self._plan.upper(values, likeness + np.where(likeness > 0, WORDS_ROUNDING, np.float32(0)))
        least = self._plan.lower(values, loss(self._plan, View(parts)), likeness - WORDS_ROUNDING)
        self._lower[order] = least - np.float32(ROUNDING)
        self._is_bound[order] = True
        for status in self._statuses:
            least = self._lower[self._is_bound & (self._near == status)]
            if len(least) >= top:
                self._needed[status] = band_of(np.partition(least, -top)[-top].item()) * BAND_STEP - ROUNDING

    def _parts(self, order: Places) -> Parts:
        bounds = np.searchsorted(self._where[order], np.arange(len(self._segments) + 1))
        return [
            (segment, self._rows[order[first:last]])
            for segment, first, last in zip(self._segments, bounds, bounds[1:], strict=False)
            if last > first
        ]


def _without(rows: Places, others: Places) -> Places:
    """Return rising numbers without others, which rise too."""
    places = np.searchsorted(others, rows)
    return rows[np.append(others, -1)[places] != rows]
