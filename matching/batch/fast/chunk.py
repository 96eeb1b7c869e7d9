"""A segment against all assignments by compiled loops: the same lists as `matching.batch.chunk` makes, sooner.

Rules and facts are the same columns; they are added up and looked through, and lists kept, by loops over people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from matching.batch.chunk import FEW
from matching.batch.fast.bits import words_for
from matching.batch.fast.blocks import Asking
from matching.batch.fast.choosing import ANYBODY, Bars, Found
from matching.batch.fast.listing import Lists, Logs, all_emptied
from matching.batch.fast.looking import Held, all_judged, all_looked_at
from matching.batch.fast.plan import NOTHING, Plan, plan_of
from matching.batch.fast.ranked import picks_of, side_of
from matching.batch.fast.words import FastWords
from matching.batch.fast.worth import LIKENESS, FastScores, kept_for
from matching.batch.part import Part
from matching.batch.picks import EACH, Picks
from matching.batch.questions import Question
from matching.batch.scores import BAND_STEPS
from matching.batch.side import Side
from matching.criteria import skills
from matching.engine.matcher import StoredMatcher
from matching.matcher import linker_for
from matching.records import MODES

TILE = 1_024  # people who are looked at together, whole words of bits
TURN = 512  # assignments that are looked at together at most, after which it is told how many are done
WORDINGS = 48  # in which these ask at most
Block = tuple[int, int]  # assignments from the first to before the last


class FastChunk:
    """The two sides' lists while they grow."""

    def __init__(self, part: Part) -> None:
        self._part, self._matcher, self._segment = part, part.matcher, part.segment
        self._lottery, self._size, top = part.lottery(), part.segment.size, part.top
        many = EACH * self._size
        (keys, _), (weights, _) = self._lottery.keys, self._lottery.weights
        self._held = Held(
            tile=TILE,
            top=top,
            is_plain=self._lottery.is_plain,
            keys=keys,
            weights=weights,
            people=Lists.empty(many, top),
            works=Lists.empty(EACH * TURN, top),
            logs=Logs.empty(self._size),
            bars=Bars.none(many),
            work_bars=Bars.none(EACH * TURN),
            base=np.zeros(TILE, np.int16),
            reach=np.zeros(TILE, np.int16),
            found=Found.empty(TILE),
        )

    @staticmethod
    def prepare(matcher: StoredMatcher, asked: Sequence[Question]) -> None:
        """Make the plan, which is the same for all segments."""
        for segment in matcher.snapshot.segments[:1]:
            plan_of(matcher, asked, *kept_for(segment, matcher))

    def run(self, tell: Callable[[int], None]) -> tuple[Side, Picks]:
        """Return the lists of the volunteers, and what of them may stand in the lists of assignments."""
        held, works = self._held, Picks.joined(list(self._works(tell)))
        all_emptied(held.logs, held.top, held.bars, held.people)
        return side_of(held.people, held.top), works

    def _works(self, tell: Callable[[int], None]) -> Iterator[Picks]:
        """Look at all assignments; yield the lists of some at a time."""
        judging, lines = kept_for(self._segment, self._matcher)
        plan = plan_of(self._matcher, self._part.asked, judging, lines)
        # Not kept longer than they are needed: columns take as much memory as the lists.
        scores = FastScores(self._matcher, self._segment, judging, lines, plan)
        words = self._words(plan)
        alike = np.zeros((WORDINGS, self._size), np.uint16)
        unions = np.zeros((WORDINGS, words_for(self._size)), np.uint64)
        room = np.zeros((len(MODES), EACH, words_for(self._size)), np.uint64)
        left = np.zeros((-(-self._size // TILE), len(MODES) * TURN, EACH, words_for(TILE)), np.uint64)
        done = 0
        for first, last in self._turned(list(blocks(plan))):
            wordings = plan.wordings[first:last]
            asked = np.unique(wordings[wordings != NOTHING])
            # Of who asks for nothing in words the number is that of no row.
            mine = np.where(wordings == NOTHING, len(asked), np.searchsorted(asked, wordings)).astype(np.int32)
            asking = scores.asking(first, last, self._lottery, mine)
            counts, heard = np.zeros(len(asking.worths), np.int32), unions[: len(asked)]
            all_judged(asking, scores.columns(alike).rules, room, left, heard, counts)
            is_wide = counts > FEW * self._size
            scores.bound(asking.worths[is_wide])
            self._take_needs(asking)
            if len(asked):
                words.fill(asked.tolist(), alike[: len(asked)], None if is_wide.any() else heard)  # used up
            all_looked_at(
                asking, left, counts, int(FEW * self._size), scores.tables(), scores.columns(alike), self._held
            )
            yield self._lists(asking)
            done += last - first
            tell(done)

    def _words(self, plan: Plan) -> FastWords:
        # What is no more than that is worth as much as nothing.
        least = int(LIKENESS.searchsorted(self._matcher.neutral_[skills.NAME], side="right")) - 1
        calibration = linker_for(self._matcher.reference_).calibration
        return FastWords(self._segment, self._matcher.snapshot.statements, calibration, least, plan.asked)

    def _lists(self, asking: Asking) -> Picks:
        """Return the lists of assignments, and make room for the next ones."""
        held = self._held
        found = picks_of(held.works, held.top, asking.numbers.tolist())
        held.works.clear()
        self._part.needs.raise_by(found, held.top)
        return found

    def _take_needs(self, asking: Asking) -> None:
        """Lay out what the lists of assignments need already."""
        lists = (EACH * asking.numbers[:, np.newaxis] + np.arange(EACH)).ravel()
        bars = self._held.work_bars
        bands, bars.lots[: len(lists)] = self._part.needs.of(lists)
        bars.steps[: len(lists)] = ANYBODY + bands * BAND_STEPS

    def _turned(self, blocks: list[Block]) -> list[Block]:
        """Return blocks from a place on that is another one in each segment: parts made side by side help each other.

        What lists need is known when a part has looked at a block, and of use to one that has not.
        """
        first = len(blocks) * self._part.number // len(self._matcher.snapshot.segments)
        return blocks[first:] + blocks[:first]


def blocks(plan: Plan) -> Iterator[Block]:
    """Yield from where to where questions are looked at together: they ask in few wordings."""
    first, many = 0, len(plan.questions)
    starts = np.append(True, plan.wordings[1:] != plan.wordings[:-1])
    while first < many:
        new = np.flatnonzero(starts[first + 1 : first + TURN])[WORDINGS - 1 : WORDINGS]
        last = first + 1 + int(new[0]) if len(new) else min(first + TURN, many)
        yield first, last
        first = last
