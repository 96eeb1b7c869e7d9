"""The words of a segment's people beside those of one assignment: exact for some people, a bound for all.

Assignments that ask in the same words follow one another, so the last ones' comparison is kept.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching.engine.marks import taken
from matching.engine.segment import Segment
from matching.engine.statements import Statements
from matching.text.calibration import Calibration
from matching.text.exact import SCALE
from matching.text.likeness import BEST, Asked, offsets_between, ramp
from matching.text.linker import DIGITS

Places = NDArray[np.intp]
Numbers = NDArray[np.float64]
# A likeness is rounded to three digits after the bound is taken.
ROUNDING = np.float32(0.001)


class SegmentWords:
    """What the people of a segment say."""

    def __init__(self, segment: Segment, statements: Statements, numbers: Calibration) -> None:
        self._starts = segment.pack["said.starts"]
        which, mine = np.unique(segment.pack["said.places"].astype(np.intp), return_inverse=True)
        self._mine = mine.astype(np.intp)
        self._rows = statements.rows(which)
        self._spoken = statements.spoken[which]
        self._languages, self._numbers = statements.languages, numbers
        self._counts = np.diff(self._starts)
        self._made = np.flatnonzero(self._counts)
        self._firsts = self._starts[:-1][self._made]
        self._asked: Asked | None = None

    def bound(self, asked: Asked) -> NDArray[np.float32]:
        """Return for everybody the most that the likeness can be."""
        self._compare(asked)
        return self._bound

    def likeness(self, asked: Asked, rows: Places) -> Numbers:
        """Return the likeness of some people, as `Likeness` does."""
        self._compare(asked)
        entries, _ = taken(self._starts, rows)
        values = np.zeros(len(rows))
        if len(entries):
            counts = self._counts[rows]
            spoke = np.flatnonzero(counts)
            first = (np.cumsum(counts) - counts)[spoke]
            best = np.maximum.reduceat(self._alike[self._mine[entries]], first, axis=0)
            met = np.sort(best[:, :-1], axis=1)[:, ::-1][:, :BEST].mean(axis=1)
            values[spoke] = np.round((met + best[:, -1]) / 2, DIGITS)
        return values

    def _compare(self, asked: Asked) -> None:
        if self._asked is asked:
            return
        self._asked = asked
        self._alike = np.concatenate(
            [
                self._near(asked.rows, asked.statements) * asked.is_work,
                self._near(asked.whole_row, (asked.whole,)),
            ],
            axis=1,
        )
        one, whole = self._alike[:, :-1].max(axis=1).astype(np.float32), self._alike[:, -1].astype(np.float32)
        self._bound = np.zeros(len(self._starts) - 1, np.float32)
        if len(self._made):
            both = [np.maximum.reduceat(worth[self._mine], self._firsts) for worth in (one, whole)]
            self._bound[self._made] = (both[0] + both[1]) / 2 + ROUNDING

    def _near(self, rows: NDArray, heard: tuple) -> Numbers:
        offsets = offsets_between(self._languages, heard, self._numbers)[self._spoken]
        near = self._rows @ rows.T / SCALE**2 - offsets
        return np.asarray(ramp(near, self._numbers.alike_from, self._numbers.alike_full))
