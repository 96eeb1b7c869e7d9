"""How far a batch is: pairs done, and the seconds that are left at the pace of this run."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """Pairs done and in all, and the seconds that are left at the pace so far (None: not known yet)."""

    done: int
    total: int
    seconds_left: float | None


Tell = Callable[[Progress], None]


class Watch:
    """Counts what is done, and guesses what is left from the pace of this run."""

    def __init__(self, sizes: list[int], assignments: int, tell: Tell) -> None:
        self._sizes, self._assignments, self._tell = sizes, assignments, tell
        self._total = sum(sizes) * assignments
        self._before = self._done = 0
        self._started = time.monotonic()

    def had(self, number: int) -> None:
        """Note a segment that was done before this run."""
        self._before += self._sizes[number] * self._assignments
        self._done = self._before

    def inside(self, number: int, assignments: int) -> None:
        """Tell how far a segment is."""
        self._say(self._done + self._sizes[number] * assignments)

    def finished(self, number: int) -> None:
        """Tell that a segment is done."""
        self._done += self._sizes[number] * self._assignments
        self._say(self._done)

    def _say(self, done: int) -> None:
        mine, passed = done - self._before, time.monotonic() - self._started
        left = (self._total - done) * passed / mine if mine else None
        self._tell(Progress(done, self._total, left))
