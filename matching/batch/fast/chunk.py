"""A segment against all assignments by compiled loops: the same lists as `matching.batch.chunk` makes, sooner.

Rules and bounds are the same columns; only sums of them are looked through, and lists kept, by loops over people.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from matching.batch.chunk import lottery
from matching.batch.fast.choosing import ANYBODY, chosen
from matching.batch.fast.listing import Lists, Logs, all_emptied, kept, ordered
from matching.batch.fast.words import FastWords
from matching.batch.picks import Picks
from matching.batch.rules import Codes
from matching.batch.scores import Question, Scores
from matching.engine.matcher import StoredMatcher
from matching.engine.segment import Segment
from matching.listing import LISTED
from matching.spread import Spread

EACH = len(LISTED)  # lists of an owner
TURN = 256  # assignments whose lists are held at once, and after which it is told how many are done


class FastChunk:
    """The two sides' lists while they grow."""

    def __init__(
        self, matcher: StoredMatcher, segment: Segment, top: int, seed: int, spread: Spread, asked: Sequence[Question]
    ) -> None:
        self._scores, self._asked = Scores(matcher, segment, asked, FastWords), asked
        self._lottery = lottery(segment, asked, seed, spread)
        self._top, self._size, many = top, segment.size, EACH * segment.size
        self._people, self._works = Lists.empty(many, top), Lists.empty(EACH * TURN, top)
        self._logs = Logs.empty(segment.size)
        # By status and volunteer, one after the other: the steps and the lot that the list needs.
        self._bars, self._lot_bars = np.full(many, ANYBODY, np.int16), np.full(many, np.inf)
        # Marks are read eight at a time.
        marks = np.zeros(-(-segment.size // 8) * 8, np.uint8)
        self._scratch = marks, np.zeros(many, np.int32), np.zeros(many, np.uint8)

    def run(self, tell: Callable[[int], None]) -> tuple[Picks, Picks]:
        """Return the lists of the volunteers, and what of them may stand in the lists of assignments."""
        works = []
        for first in range(0, len(self._asked), TURN):
            several = self._asked[first : first + TURN]
            for place, question in enumerate(several):
                for mode, codes in self._scores.judged(question):
                    self._look_at(question, place, mode, codes)
            works.append(_picks(self._works, self._top, [question.number for question in several]))
            self._works.counts[:] = 0
            tell(first + len(several))
        all_emptied(self._logs, self._top, self._bars, self._lot_bars, self._people)
        return _picks(self._people, self._top, range(self._size)), Picks.joined(works)

    def _look_at(self, question: Question, place: int, mode: str, codes: Codes) -> None:
        """Score whoever may be listed on either side."""
        worth = self._scores.worth(question, mode)
        reach, slack = self._scores.most(question, worth, None)
        bars, number = (self._bars, self._lot_bars), question.number
        (keys, work_keys), (weights, work_weights) = self._lottery.keys, self._lottery.weights
        work = work_keys[number], work_weights[number], self._lottery.is_plain
        count, lots = chosen(codes, reach, slack, self._top, *bars, keys, weights, work, self._scratch)
        if count:
            rows, kinds = self._scratch[1][:count], self._scratch[2][:count]
            scores, lists = self._scores.exact(question, worth, rows), (self._people, self._works)
            kept(rows, kinds, lots, scores, number, place, self._top, *bars, *lists, self._logs)


def _picks(lists: Lists, top: int, owners: Sequence[int]) -> Picks:
    """Return the best entries of the lists of these owners as pairs, list after list, in their order."""
    ordered(lists, top)
    many = EACH * len(owners)
    counts = lists.counts[:many]
    filled = np.arange(lists.others.shape[1]) < counts[:, None]
    whose = np.repeat(np.arange(many), counts)
    owner, status = np.array(owners, np.int32)[whose // EACH], (whose % EACH).astype(np.int8)
    return Picks(owner, lists.others[:many][filled], status, lists.scores[:many][filled], lists.lots[:many][filled])
