"""A segment against all assignments by compiled loops: the same lists as `matching.batch.chunk` makes, sooner.

Rules and facts are the same columns; they are added up and looked through, and lists kept, by loops over people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from matching.batch.chunk import FEW, lottery
from matching.batch.fast.bits import Bits, count_of, gathered, judged, parted, words_for
from matching.batch.fast.choosing import ANYBODY, Found
from matching.batch.fast.listing import Lists, Logs, all_emptied, ordered
from matching.batch.fast.looking import Held, all_looked_at, some_looked_at
from matching.batch.fast.worth import FastScores
from matching.batch.picks import Picks
from matching.batch.questions import Question
from matching.engine.matcher import StoredMatcher
from matching.engine.segment import Segment
from matching.listing import LISTED
from matching.records import MODES
from matching.spread import Spread

EACH = len(LISTED)  # lists of an owner
TURN = 256  # assignments whose lists are held at once, and after which it is told how many are done


class FastChunk:
    """The two sides' lists while they grow."""

    def __init__(
        self, matcher: StoredMatcher, segment: Segment, top: int, seed: int, spread: Spread, asked: Sequence[Question]
    ) -> None:
        self._matcher, self._segment, self._asked = matcher, segment, asked
        self._lottery = lottery(segment, asked, seed, spread)
        self._top, self._size, many = top, segment.size, EACH * segment.size
        (keys, _), (weights, _) = self._lottery.keys, self._lottery.weights
        self._left: Bits = np.zeros((len(MODES), EACH, words_for(segment.size)), np.uint64)
        self._held = Held(
            people=Lists.empty(many, top),
            works=Lists.empty(EACH * TURN, top),
            logs=Logs.empty(segment.size),
            bars=np.full(many, ANYBODY, np.int16),
            lot_bars=np.full(many, np.inf),
            keys=keys,
            weights=weights,
            codes=np.zeros(segment.size, np.uint8),
            reach=np.zeros(segment.size, np.int16),
            marks=np.zeros(-(-segment.size // 8) * 8, np.uint8),  # read eight at a time
            found=Found.empty(segment.size),
        )

    def run(self, tell: Callable[[int], None]) -> tuple[Picks, Picks]:
        """Return the lists of the volunteers, and what of them may stand in the lists of assignments."""
        held, works = self._held, Picks.joined(list(self._works(tell)))
        all_emptied(held.logs, self._top, held.bars, held.lot_bars, held.people)
        return _picks(held.people, self._top, range(self._size)), works

    def _works(self, tell: Callable[[int], None]) -> Iterator[Picks]:
        """Look at all assignments; yield the lists of some at a time."""
        held = self._held
        # Not kept longer than it is needed: its columns take as much memory as the lists.
        scores = FastScores(self._matcher, self._segment, self._asked)
        for first in range(0, len(self._asked), TURN):
            several = self._asked[first : first + TURN]
            for place, question in enumerate(several):
                self._look_at(scores, question, place)
            yield _picks(held.works, self._top, [question.number for question in several])
            held.works.counts[:] = 0
            tell(first + len(several))

    def _look_at(self, scores: FastScores, question: Question, place: int) -> None:
        """Take whoever may be listed on either side of an assignment into the lists."""
        mode = question.assignment.mode
        scores.begin()
        modes = MODES if mode == "either" else (mode,)
        for one, left in zip(modes, self._left, strict=False):
            rows = scores.judging(question, one)
            if rows is None:
                return
            judged(scores.rules, rows, left)
        if mode == "either":
            parted(*self._left)
        for one, left in zip(modes, self._left, strict=False):
            self._take(scores, question, one, left, place)

    def _take(self, scores: FastScores, question: Question, mode: str, left: Bits, place: int) -> None:
        """Take whoever may be listed of those who are left in a mode."""
        held, top, count = self._held, self._top, count_of(left)
        if not count:
            return
        (_, keys), (_, weights) = self._lottery.keys, self._lottery.weights
        number = question.number
        work = number, place, keys[number], weights[number], self._lottery.is_plain
        if count > FEW * self._size:
            worth = scores.worth(question, mode, None)
            rows, same = scores.bounds(worth)
            worths, lines = zip(*((one.worth, one.lines) for one in worth), strict=True)
            all_looked_at(left, scores.most, scores.facts, rows, same, worths, lines, top, work, held)
            return
        gathered(left, held.found.rows, held.found.kinds)
        worth = scores.worth(question, mode, left)
        worths, lines = zip(*((one.worth, one.lines) for one in worth), strict=True)
        some_looked_at(count, scores.facts, worths, lines, top, work, held)


def _picks(lists: Lists, top: int, owners: Sequence[int]) -> Picks:
    """Return the best entries of the lists of these owners as pairs, list after list, in their order."""
    ordered(lists, top)
    many = EACH * len(owners)
    counts, pairs = lists.counts[:many], lists.pairs[:many]
    is_filled = np.arange(pairs.shape[1]) < counts[:, None]
    whose = np.repeat(np.arange(many, dtype=np.int32), counts)
    owner, status = np.array(owners, np.int32)[whose // EACH], (whose % EACH).astype(np.int8)
    return Picks(owner, pairs["other"][is_filled], status, pairs["score"][is_filled], pairs["lot"][is_filled])
