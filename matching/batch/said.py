"""The words of a segment's people beside those of one assignment: what each likeness is, to the last bit.

Assignments that ask in the same words follow one another, so the last ones' comparison is kept.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching.engine.segment import Segment
from matching.engine.statements import Statements
from matching.text.calibration import Calibration
from matching.text.exact import SCALE
from matching.text.likeness import BEST, Asked, offsets_between, ramp
from matching.text.linker import DIGITS

Numbers = NDArray[np.float64]


class SegmentWords:
    """What the people of a segment say.

    People stand with those first who say most, so that the `n`th statements of all who make as many are one slice.
    """

    def __init__(self, segment: Segment, statements: Statements, numbers: Calibration) -> None:
        starts = segment.pack["said.starts"].astype(np.intp)
        which, mine = np.unique(segment.pack["said.places"].astype(np.intp), return_inverse=True)
        self._rows = statements.rows(which)
        self._spoken = statements.spoken[which]
        self._languages, self._numbers = statements.languages, numbers
        counts = np.diff(starts)
        self._order = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
        first, made = starts[self._order], counts[self._order]
        many = np.searchsorted(-made, -np.arange(made.max(initial=0)))
        self._said = [mine[first[:number] + turn].astype(np.intp) for turn, number in enumerate(many.tolist())]
        self._size = segment.size
        self._asked: Asked | None = None

    def likeness(self, asked: Asked) -> Numbers:
        """Return the likeness of everybody, as `Likeness` does."""
        if self._asked is not asked:
            self._asked, self._values = asked, np.zeros(self._size)
            if self._said:
                self._values[self._order] = self._compared(asked)
        return self._values

    def _compared(self, asked: Asked) -> Numbers:
        *each, whole = (self._best(near) for near in self._near(asked))
        met = np.sort(each, axis=0)[::-1][:BEST].mean(axis=0) if len(each) > BEST else np.mean(each, axis=0)
        return np.asarray(np.round((met + whole) / 2, DIGITS))

    def _best(self, near: Numbers) -> Numbers:
        """Return for each who says anything the most of what one asked statement is near to."""
        found = near[self._said[0]]
        for places in self._said[1:]:
            part = found[: len(places)]
            np.maximum(part, near[places], out=part)
        return found

    def _near(self, asked: Asked) -> Numbers:
        """Return how near each asked statement, and the whole at the end, lies to each that is said."""
        heard = (*asked.statements, asked.whole)
        offsets = offsets_between(self._languages, heard, self._numbers).T[:, self._spoken]
        near = np.concatenate([asked.rows, asked.whole_row]) @ self._rows.T / SCALE**2 - offsets
        worth = np.asarray(ramp(near, self._numbers.alike_from, self._numbers.alike_full))
        worth[:-1] *= asked.is_work[:, None]
        return worth
