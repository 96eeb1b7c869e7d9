"""A segment of volunteers against all assignments: the lists of its volunteers, and its part of everybody else's.

Sums of columns leave out the pairs that can stand in neither side's list; a chunk looks at nothing outside itself, so
that the result is the same whatever was done before and wherever.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matching.batch.picks import BANDS, Picks, bands_of
from matching.batch.rules import Codes
from matching.batch.scores import Question, Scores
from matching.engine.matcher import StoredMatcher
from matching.engine.segment import Segment
from matching.explanation import BAND_STEP, band_of
from matching.spread import Spread

Places = NDArray[np.intp]
# Sums in float32 lie within this many points of the exact ones.
ROUNDING = 0.01
# What volunteers need is worked out anew after so many assignments, at first and later.
OFTEN, SELDOM, WARM = 32, 256, 512
STATUSES = (0, 1)
GROWN = 1.5  # times as many pairs as were left the last time: all are looked through again
PEOPLE = 2048  # whose lists are put in order at once


class Chunk:
    """The two sides' lists while they grow."""

    def __init__(self, matcher: StoredMatcher, segment: Segment, top: int, seed: int, spread: Spread) -> None:
        self._scores = Scores(matcher, segment)
        self._ids = [segment.id_of(number) for number in range(segment.size)]
        self._top, self._seed, self._spread, self._size = top, seed, spread, segment.size
        # By status and volunteer, one after the other.
        self._need = np.full(len(STATUSES) * segment.size, -np.inf, np.float32)
        self._counts = np.zeros((len(self._need), BANDS), np.uint32)
        self._found: list[Picks] = []
        self._works: list[Picks] = []
        self._new: list[Picks] = []
        self._new_works: list[Picks] = []
        self._held = 0  # pairs that are left of those found, when all were last looked through

    def run(self, asked: Sequence[Question], tell: Callable[[int], None]) -> tuple[Picks, Picks]:
        """Return the lists of the volunteers, and what of them may stand in the lists of assignments."""
        self._names = {question.number: question.assignment.id for question in asked}
        for done, question in enumerate(asked, start=1):
            for mode, codes in self._scores.judged(question):
                self._look_at(question, mode, codes)
            if done % (OFTEN if done < WARM else SELDOM) == 0:
                self._settle()
                tell(done)
        self._settle()
        tell(len(asked))
        return self._for_people(), Picks.joined(self._works)

    def _look_at(self, question: Question, mode: str, codes: Codes) -> None:
        """Score whoever may be listed on either side."""
        rows = np.flatnonzero(codes < len(STATUSES))
        status, most = codes[rows], self._scores.most(question, mode, rows)
        cuts = np.array([_listed_from(most[status == one], self._top) for one in STATUSES], np.float32)
        mine = rows + status.astype(np.intp) * self._size
        wanted = np.flatnonzero(most >= np.minimum(self._need[mine] - ROUNDING, cuts[status]))
        rows, mine, status = rows[wanted], mine[wanted], status[wanted]
        scores = self._scores.exact(question, mode, rows)
        bands = bands_of(scores)
        points = bands * BAND_STEP
        keep = points >= self._need[mine]
        self._counts[mine[keep], bands[keep]] += 1
        self._new.append(_picks(rows[keep], question.number, status[keep], scores[keep]))
        near = points >= cuts[status]
        picks = _picks(rows[near], question.number, status[near], scores[near])
        self._new_works.append(replace(picks, owner=picks.other, other=picks.owner))

    def _settle(self) -> None:
        """Draw the lots of assignments' lists, work out what each volunteer's needs, and forget what misses it."""
        works = Picks.joined(self._new_works)
        self._works.append(self._drawn(works, works.other, works.owner).best(self._top))
        reached = self._counts[:, ::-1].cumsum(axis=1, dtype=np.int32) >= self._top
        full = reached[:, -1]
        self._need[full] = ((BANDS - 1 - reached.argmax(axis=1)) * BAND_STEP)[full]
        self._found.append(self._left(Picks.joined(self._new)))
        self._new, self._new_works = [], []
        if sum(len(part.owner) for part in self._found) > GROWN * self._held:
            self._found = [self._left(part) for part in self._found]
            self._held = sum(len(part.owner) for part in self._found)

    def _left(self, found: Picks) -> Picks:
        """Return the pairs that may still stand in a volunteer's list."""
        need = self._need[found.owner + found.status.astype(np.intp) * self._size]
        return found.taken(bands_of(found.score) * BAND_STEP >= need)

    def _for_people(self) -> Picks:
        """Return the lists of the volunteers, made for some of them at once: lots need memory."""
        found = Picks.joined([self._left(part) for part in self._found])
        self._found = []
        order = np.argsort(found.owner, kind="stable")
        ends = np.searchsorted(found.owner, range(PEOPLE, self._size + PEOPLE, PEOPLE), sorter=order)
        parts = [found.taken(some) for some in np.split(order, ends[:-1])]
        return Picks.joined([self._drawn(part, part.owner, part.other).best(self._top) for part in parts])

    def _drawn(self, picks: Picks, volunteers: NDArray[np.int32], works: NDArray[np.int32]) -> Picks:
        """Return the pairs with their lots."""
        lots = self._spread.drawn(
            self._seed, [self._ids[one] for one in volunteers.tolist()], [self._names[one] for one in works.tolist()]
        )
        return replace(picks, lot=np.array(lots, np.float64))


def _picks(places: Places, number: int, status: Codes, scores: NDArray[np.float64]) -> Picks:
    numbers = np.full(len(places), number, np.int32)
    return Picks(places.astype(np.int32), numbers, status.astype(np.int8), scores, np.zeros(len(places)))


def _listed_from(most: NDArray[np.float32], top: int) -> float:
    """Return points that everybody reaches who may be listed among these, a little less for the sake of rounding."""
    if len(most) < top:
        return -np.inf
    return band_of(float(np.partition(most, -top)[-top]) - ROUNDING) * BAND_STEP - ROUNDING
