"""How far a step of a batch is, and the seconds that are left of it at the pace of this run."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """What is done of `what` and in all, and the seconds that are left at the pace so far (None: not known yet)."""

    done: int
    total: int
    seconds_left: float | None
    what: str = "pairs"


Tell = Callable[[Progress], None]


class Pace:
    """Guesses what is left of a step from what was done since it began."""

    def __init__(self, what: str, total: int, tell: Tell) -> None:
        self._what, self._total, self._tell = what, total, tell
        self._before = 0
        self._started = time.monotonic()

    def had(self, done: int) -> None:
        """Note what was done before this run."""
        self._before = done

    def at(self, done: int) -> None:
        """Tell how far the step is."""
        mine, passed = done - self._before, time.monotonic() - self._started
        left = (self._total - done) * passed / mine if mine else None
        self._tell(Progress(done, self._total, left, self._what))


class Watch:
    """Counts the pairs that are done, segment by segment."""

    def __init__(self, sizes: list[int], assignments: int, tell: Tell) -> None:
        self._sizes, self._assignments = sizes, assignments
        self._pace = Pace("pairs", sum(sizes) * assignments, tell)
        self._done = 0

    def had(self, number: int) -> None:
        """Note a segment that was done before this run."""
        self._done += self._sizes[number] * self._assignments
        self._pace.had(self._done)

    def inside(self, number: int, assignments: int) -> None:
        """Tell how far a segment is."""
        self._pace.at(self._done + self._sizes[number] * assignments)

    def finished(self, number: int) -> None:
        """Tell that a segment is done."""
        self._done += self._sizes[number] * self._assignments
        self._pace.at(self._done)
