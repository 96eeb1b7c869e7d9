"""What everybody said beside what is asked, by compiled loops: exact for all, once for each wording."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.batch.fast.compiled import compiled
from matching.batch.said import FULL, Numbers, SegmentWords, Steps
from matching.engine.segment import Segment
from matching.engine.statements import Statements
from matching.text.calibration import Calibration
from matching.text.exact import SCALE
from matching.text.likeness import Asked, Statement, offsets_between

Places = NDArray[np.integer]
ALL = float(FULL)  # of a likeness, as numbers with a point


class FastWords(SegmentWords):
    """The likeness of everybody, exact, once for each wording."""

    slack = 0

    def __init__(self, segment: Segment, statements: Statements, numbers: Calibration, asked: Sequence[Asked]) -> None:
        starts = segment.pack["said.starts"].astype(np.intp)
        which, places = np.unique(segment.pack["said.places"].astype(np.intp), return_inverse=True)
        self._read(statements, numbers, asked, which)
        self._starts, self._places = starts, places.astype(np.int32)
        self._alike = np.zeros(segment.size, np.uint16)

    def most(self, asked: Asked) -> Steps:
        """Return everybody's likeness in steps."""
        if self._last is not asked:
            likeness(self._nearness(asked), asked.is_work, self._starts, self._places, self._alike)
            self._last = asked
        return self._alike

    def likeness(self, asked: Asked, some: Places) -> Numbers:
        """Return the likeness of some people, as `Likeness` does."""
        return self.most(asked)[some] / FULL

    def _steps(self, product: NDArray[np.floating], heard: Sequence[Statement]) -> Steps:
        found = np.empty(product.shape, np.uint16)
        offsets = offsets_between(self._languages, heard, self._numbers)
        start, full = self._numbers.alike_from, self._numbers.alike_full
        ramped(product, offsets, self._spoken, np.float32(SCALE**2), start, full, found)
        return found


@compiled
def likeness(near: Steps, share: Numbers, starts: Places, places: Places, found: Steps) -> None:
    """Fill in the likeness of everybody, in whole thousandths, as `Likeness` has it.

    `near` (statements, wide) says how near each is to each asked statement and, after these, to the whole; `share` how
    much each asked one speaks of work; `starts` and `places` who makes which statements.
    """
    many = len(share)
    best = np.zeros(many + 1, np.uint16)
    for person in range(len(found)):
        first, last = starts[person], starts[person + 1]
        if first == last:
            found[person] = 0
            continue
        best[:] = 0
        for place in range(first, last):
            statement = places[place]
            for asked in range(many + 1):
                best[asked] = max(best[asked], near[statement, asked])
        top = second = 0.0
        for asked in range(many):
            worth = best[asked] / ALL * share[asked]
            if worth > top:
                top, second = worth, top
            elif worth > second:
                second = worth
        met = (top + second) / 2 if many > 1 else top
        found[person] = np.uint16(np.rint((met + best[many] / ALL) / 2 * ALL))


@compiled
def ramped(
    product: NDArray[np.floating],
    offsets: Numbers,
    spoken: Places,
    scale: np.float32,
    start: float,
    full: float,
    found: Steps,
) -> None:
    """Fill in what products of two texts are worth, in whole thousandths: `near` of `likeness`."""
    for row in range(product.shape[0]):
        offset = offsets[spoken[row]]
        for column in range(product.shape[1]):
            near = np.float64(product[row, column] / scale) - offset[column]  # divided as float32, as numpy does
            worth = min(max((near - start) / (full - start), 0.0), 1.0)
            found[row, column] = np.uint16(np.rint(worth * ALL))
