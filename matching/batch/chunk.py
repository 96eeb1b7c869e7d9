"""A segment of volunteers against all assignments: the lists of its volunteers, and its part of everybody else's.

Whole steps that nobody's score exceeds leave out the pairs that can stand in neither side's list. Of other segments a
chunk knows at most what they made assignments' lists need, so that fewer pairs are kept: what comes of all chunks
together is the same whatever was done before and wherever.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matching.batch.part import Part
from matching.batch.picks import BANDS, EACH, Picks, Places
from matching.batch.questions import Question
from matching.batch.rules import Codes
from matching.batch.scores import BAND_STEPS, Scores, Steps, Worths
from matching.batch.side import Side
from matching.engine.matcher import StoredMatcher
from matching.explanation import bands_of
from matching.listing import LISTED

# What volunteers need is worked out anew after so many assignments, lots are drawn and pairs forgotten after so many.
OFTEN, SELDOM = 16, 256
GROWN = 1.5  # times as many pairs as were left the last time: all are looked through again
PEOPLE = 2048  # whose lists are put in order at once
# Of more people than this share, whole columns are added up: that costs less than picking theirs.
FEW = 1 / 8
SAMPLE = 4096  # about so many tell from where on somebody may be listed, before the best of all are looked at


class Chunk:
    """The two sides' lists while they grow."""

    def __init__(self, part: Part) -> None:
        segment = part.segment
        self._scores, self._asked = Scores(part.matcher, segment, part.asked), part.asked
        self._lottery, self._needs = part.lottery(), part.needs
        self._top, self._size = part.top, segment.size
        # By status and volunteer, one after the other: the band that the list needs, -1 while it is not full; the most
        # steps that miss it (see `Scores.most`); pairs in each band, and above that band.
        self._need = np.full(len(LISTED) * segment.size, -1, np.int16)
        self._bar = np.ones(len(self._need), np.int16)
        self._counts = np.zeros((len(self._need), BANDS), np.uint32)
        self._above = np.zeros(len(self._need), np.int32)
        self._found: list[Picks] = []
        self._works: list[Picks] = []
        self._new: list[Picks] = []
        self._new_works: list[Picks] = []
        self._held = 0  # pairs that are left of those found, when all were last looked through

    @staticmethod
    def prepare(matcher: StoredMatcher, asked: Sequence[Question]) -> None:
        """Do nothing: nothing is the same for all segments."""

    def run(self, tell: Callable[[int], None]) -> tuple[Side, Picks]:
        """Return the lists of the volunteers, and what of them may stand in the lists of assignments."""
        for done, question in enumerate(self._asked, start=1):
            for mode, codes in self._scores.judged(question):
                self._look_at(question, mode, codes)
            if done % OFTEN == 0:
                self._raise_needs()
            if done % SELDOM == 0:
                self._settle()
                tell(done)
        self._settle()
        tell(len(self._asked))
        return self._for_people(), Picks.joined(self._works)

    def _look_at(self, question: Question, mode: str, codes: Codes) -> None:
        """Score whoever may be listed on either side."""
        listed = np.flatnonzero(codes < len(LISTED))
        some = listed if len(listed) <= FEW * self._size else None
        worth = self._scores.worth(question, mode)
        most, slack = self._scores.most(question, worth, some)
        judged = codes if some is None else codes[some]
        needed, _ = self._needs.of(EACH * question.number + np.arange(EACH))
        for status in LISTED:
            reached = most * (judged == status)
            cut = max(self._cut(reached, slack), int(needed[status]))
            mine = slice(status * self._size, (status + 1) * self._size)
            bar = self._bar[mine] if some is None else self._bar[mine][some]
            wanted = np.flatnonzero(reached >= np.minimum(bar, 1 + cut * BAND_STEPS))
            if len(wanted):
                self._note(question, worth, status, wanted if some is None else some[wanted], cut)

    def _cut(self, reached: Steps, slack: int) -> int:
        """Return the band that is reached by whoever may be listed among these, which are 0 where nobody stands."""
        best, top = reached, self._top
        if len(best) > SAMPLE:
            some = best[:: len(best) // SAMPLE]
            best = best[best >= max(np.partition(some, -top)[-top], 1)] if len(some) >= top else best
        if len(best) < top:
            return 0
        return max(int(np.partition(best, -top)[-top]) - 1 - slack, 0) // BAND_STEPS

    def _note(self, question: Question, worth: Worths, status: int, rows: Places, cut: int) -> None:
        """Keep the pairs that may be listed on either side."""
        scores = self._scores.exact(question, worth, rows)
        bands, mine = bands_of(scores), rows + status * self._size
        need = self._need[mine]
        keep = bands >= need
        self._counts[mine[keep], bands[keep]] += 1
        self._above[mine[bands > need]] += 1
        self._new.append(_picks(rows[keep], question.number, status, scores[keep]))
        near = bands >= cut
        picks = _picks(rows[near], question.number, status, scores[near])
        self._new_works.append(replace(picks, owner=picks.other, other=picks.owner))

    def _raise_needs(self) -> None:
        """Raise what lists need that have enough pairs above it."""
        full = np.flatnonzero(self._above >= self._top)
        while len(full):
            self._need[full] += 1
            self._above[full] -= self._counts[full, self._need[full]].astype(np.int32)
            self._bar[full] = 1 + self._need[full] * np.int16(BAND_STEPS)
            full = full[self._above[full] >= self._top]

    def _settle(self) -> None:
        """Draw the lots of assignments' lists, and forget what misses the lists of volunteers."""
        self._raise_needs()
        works = Picks.joined(self._new_works).reaching(self._top)
        best = self._drawn(works, works.other, works.owner).best(self._top)
        self._needs.raise_by(best, self._top)
        self._works.append(best)
        self._found.append(self._left(Picks.joined(self._new)))
        self._new, self._new_works = [], []
        if sum(len(part.owner) for part in self._found) > GROWN * self._held:
            self._found = [self._left(part) for part in self._found]
            self._held = sum(len(part.owner) for part in self._found)

    def _left(self, found: Picks) -> Picks:
        """Return the pairs that may still stand in a volunteer's list."""
        need = self._need[found.owner + found.status.astype(np.intp) * self._size]
        return found.taken(bands_of(found.score) >= need)

    def _for_people(self) -> Side:
        """Return the lists of the volunteers, made for some of them at once: lots need memory."""
        found = Picks.joined([self._left(part) for part in self._found])
        self._found = []
        order = np.argsort(found.owner, kind="stable")
        ends = np.searchsorted(found.owner, range(PEOPLE, self._size + PEOPLE, PEOPLE), sorter=order)
        parts = [found.taken(some) for some in np.split(order, ends[:-1])]
        whole = Picks.joined([self._drawn(part, part.owner, part.other).best(self._top) for part in parts])
        return Side.of(whole, self._size)

    def _drawn(self, picks: Picks, volunteers: NDArray[np.int32], works: NDArray[np.int32]) -> Picks:
        """Return the pairs with their lots."""
        return replace(picks, lot=self._lottery.drawn(volunteers, works))


def _picks(places: Places, number: int, status: int, scores: NDArray[np.float64]) -> Picks:
    size = len(places)
    kinds = np.full(size, status, np.int8)
    return Picks(places.astype(np.int32), np.full(size, number, np.int32), kinds, scores, np.zeros(size))
