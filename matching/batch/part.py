"""One part of a batch before it is made: a segment of the store, and what is asked of its people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matching.batch.needs import Needs
from matching.batch.questions import Question
from matching.engine.matcher import StoredMatcher
from matching.engine.segment import Segment
from matching.spread import Lottery, Spread


@dataclass(frozen=True)
class Part:
    """The segment `number` against all assignments: the `top` of each list, the lots by `seed` and `spread`.

    `needs` are those after the parts that were made before, and are raised.
    """

    matcher: StoredMatcher
    number: int
    asked: Sequence[Question]
    top: int
    seed: int
    spread: Spread
    needs: Needs

    @property
    def segment(self) -> Segment:
        """The people."""
        return self.matcher.snapshot.segments[self.number]

    def lottery(self) -> Lottery:
        """Return the lots of the people and of the assignments, by their numbers."""
        names = [question.assignment.id for question in sorted(self.asked, key=lambda one: one.number)]
        ids = (one.decode("utf-8", "surrogatepass") for one in self.segment.ids())
        return Lottery(self.spread, self.seed, ids, names)
