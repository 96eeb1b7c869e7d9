"""A segment of volunteers against all assignments: the lists of its volunteers, and its part of everybody else's.

Bounds leave out the pairs that can stand in neither side's list; a chunk looks at nothing outside itself, so that the
result is the same whatever was done before and wherever.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.batch.picks import Picks, bands_of
from matching.batch.scores import Question, Scores
from matching.engine.matcher import StoredMatcher
from matching.engine.segment import Segment
from matching.explanation import BAND_STEP, band_of
from matching.spread import Spread

Places = NDArray[np.intp]
Flags = NDArray[np.bool_]
BANDS = 100 // BAND_STEP + 1
# Bounds in float32 lie within this many points of the sums that they stand for.
ROUNDING = 0.01
# What volunteers need is worked out anew after so many assignments, at first and later.
OFTEN, SELDOM, WARM = 32, 256, 512
STATUSES = (0, 1)
SAMPLE = 4096


class Chunk:
    """The two sides' lists while they grow."""

    def __init__(self, matcher: StoredMatcher, segment: Segment, top: int, seed: int, spread: Spread) -> None:
        self._scores = Scores(matcher, segment)
        self._ids = [segment.id_of(number) for number in range(segment.size)]
        self._top, self._seed, self._spread = top, seed, spread
        self._need = np.full((len(STATUSES), segment.size), -np.inf, np.float32)
        self._counts = np.zeros((len(STATUSES), segment.size, BANDS), np.uint32)
        self._found: list[Picks] = []
        self._works: list[Picks] = []

    def run(self, asked: Sequence[Question], tell: Callable[[int], None]) -> tuple[Picks, Picks]:
        """Return the lists of the volunteers, and what of them may stand in the lists of assignments."""
        names = {question.number: question.assignment.id for question in asked}
        for done, question in enumerate(asked, start=1):
            self._look_at(question)
            if done % (OFTEN if done < WARM else SELDOM) == 0:
                self._forget()
                tell(done)
        self._forget()
        tell(len(asked))
        found = Picks.joined(self._found)
        return self._drawn(found, found.owner, found.other, names).best(self._top), Picks.joined(self._works)

    def _look_at(self, question: Question) -> None:
        for_work: list[Picks] = []
        for mode, codes in self._scores.judged(question):
            most = self._scores.most(question, mode)
            for status in STATUSES:
                here = codes == status
                if here.any():
                    for_work.append(self._score(question, mode, status, here, most))
        if for_work:
            self._keep_for_work(question, Picks.joined(for_work))

    def _score(self, question: Question, mode: str, status: int, here: Flags, most: NDArray[np.float32]) -> Picks:
        """Score whoever may be listed on either side; note it for the volunteers, return it for the assignment."""
        cut = _cut(here, most, self._top)
        wanted = here & (most >= np.minimum(self._need[status] - ROUNDING, cut))
        places = np.flatnonzero(wanted)
        scored = self._scores.exact(question, mode, places)
        need = _needed(scored, self._top)
        if need < cut:
            missing = np.flatnonzero(here & ~wanted & (most >= need))
            places = np.concatenate([places, missing])
            scored = np.concatenate([scored, self._scores.exact(question, mode, missing)])
        bands = bands_of(scored)
        keep = bands * BAND_STEP >= self._need[status, places]
        self._counts[status][places[keep], bands[keep]] += 1
        self._found.append(_picks(places[keep], question.number, status, scored[keep]))
        near = bands * BAND_STEP >= _needed(scored, self._top)
        mine = _picks(places[near], question.number, status, scored[near])
        return Picks(mine.other, mine.owner, mine.status, mine.score, mine.lot)

    def _keep_for_work(self, question: Question, picks: Picks) -> None:
        names = {question.number: question.assignment.id}
        self._works.append(self._drawn(picks, picks.other, picks.owner, names).best(self._top))

    def _forget(self) -> None:
        """Work out what each volunteer's list needs by now, and leave out what does not reach it."""
        for status in STATUSES:
            reached = self._counts[status][:, ::-1].cumsum(axis=1, dtype=np.int32) >= self._top
            bands = BANDS - 1 - reached.argmax(axis=1)
            full = reached[:, -1]
            self._need[status][full] = (bands * BAND_STEP)[full]
        found = Picks.joined(self._found)
        keep = bands_of(found.score) * BAND_STEP >= self._need[found.status.astype(np.intp), found.owner]
        self._found = [found.taken(keep)]

    def _drawn(
        self, picks: Picks, volunteers: NDArray[np.int32], works: NDArray[np.int32], names: dict[int, str]
    ) -> Picks:
        """Return the pairs with their lots."""
        lots = self._spread.drawn(
            self._seed, [self._ids[one] for one in volunteers.tolist()], [names[one] for one in works.tolist()]
        )
        return Picks(picks.owner, picks.other, picks.status, picks.score, np.array(lots, np.float64))


def _picks(places: Places, number: int, status: int, scores: NDArray[np.float64]) -> Picks:
    many = len(places)
    return Picks(
        places.astype(np.int32),
        np.full(many, number, np.int32),
        np.full(many, status, np.int8),
        scores,
        np.zeros(many),
    )


def _cut(here: Flags, most: NDArray[np.float32], top: int) -> np.float32:
    """Return a bound that some more than `top` of these reach, from a sample: a first guess, which may be wrong."""
    step = max(1, len(most) // SAMPLE)
    sample = most[::step][here[::step]]
    many = 4 + 2 * top // step
    return np.partition(sample, -many)[-many] if len(sample) > many else np.float32(-np.inf)


def _needed(scores: NDArray[np.float64], top: int) -> float:
    """Return the points from where somebody may be listed, a little less for the sake of bounds."""
    if len(scores) < top:
        return -np.inf
    return band_of(np.partition(scores, -top)[-top].item()) * BAND_STEP - ROUNDING
