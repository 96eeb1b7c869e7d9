"""The words of a segment's people beside those of assignments: what each likeness is, to the last bit.

Assignments that ask in the same words follow one another: the next wordings are compared with all that is said in one
product, and of the last one it stays how near everybody comes to it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.batch.picks import Places
from matching.engine.segment import Segment
from matching.engine.statements import Statements
from matching.text.calibration import Calibration
from matching.text.exact import SCALE
from matching.text.likeness import BEST, Asked, Statement, offsets_between, ramp
from matching.text.linker import DIGITS

Numbers = NDArray[np.float64]
Steps = NDArray[np.uint16]
FULL = 10**DIGITS  # a likeness comes in so many steps
FINE = np.uint16(64)  # how exactly a statement's share is rounded up: FULL times this fits in two bytes
TOGETHER = 24  # wordings that are compared in one product


class SegmentWords:
    """What the people of a segment say, beside `asked`, which come in this order.

    People stand with those first who say most, so that the `n`th statements of all who make as many are one slice.
    """

    # So many steps more than the likeness are the most: half of FULL / FINE, and what is rounded up on the way.
    slack = 11

    def __init__(self, segment: Segment, statements: Statements, numbers: Calibration, asked: Sequence[Asked]) -> None:
        starts = segment.pack["said.starts"].astype(np.intp)
        which, mine = np.unique(segment.pack["said.places"].astype(np.intp), return_inverse=True)
        self._rows, self._spoken = statements.rows(which), statements.spoken[which]
        self._languages, self._numbers = statements.languages, numbers
        self._asked = asked
        self._numbered = {id(one): number for number, one in enumerate(asked)}
        self._near: dict[int, Steps] = {}
        self._last: Asked | None = None
        counts = np.diff(starts)
        order = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
        first, made = starts[order], counts[order]
        many = np.searchsorted(-made, -np.arange(made.max(initial=0)))
        self._said = [mine[first[:number] + turn].astype(np.intp) for turn, number in enumerate(many.tolist())]
        # Where each person stands; who says nothing stands at the end, with nothing near.
        self._place = np.full(segment.size, len(order), np.intp)
        self._place[order] = np.arange(len(order))

    def most(self, asked: Asked) -> Steps:
        """Return steps that each one's likeness does not exceed."""
        *each, whole = np.ascontiguousarray(self._best(asked)[:, : len(asked.is_work) + 1].T)
        # The best two count (BEST): what is nearer than the first so far moves it to the second.
        first, second = np.zeros((2, len(whole)), np.uint16)
        for near, share in zip(each, asked.is_work.tolist(), strict=True):
            worth = (near * np.uint16(np.ceil(share * FINE)) + FINE - 1) // FINE if share < 1.0 else near
            second = np.maximum(second, np.minimum(first, worth))
            first = np.maximum(first, worth)
        met = (first + second + 1) // 2 if len(each) > 1 else first
        return np.asarray((met + whole) // 2 + 1).take(self._place, mode="clip")

    def likeness(self, asked: Asked, some: Places) -> Numbers:
        """Return the likeness of some people, as `Likeness` does."""
        near = self._best(asked)[self._place[some], : len(asked.is_work) + 1] / FULL
        each = near[:, :-1] * asked.is_work
        if each.shape[1] > BEST:
            each = np.sort(each, axis=1)[:, ::-1][:, :BEST]
        return np.asarray(np.round((each.mean(axis=1) + near[:, -1]) / 2, DIGITS))

    def _best(self, asked: Asked) -> Steps:
        """Return for each place the most that anything said is near to each asked statement, and to the whole."""
        if self._last is not asked:
            near = self._nearness(asked)
            found = np.zeros((self._place.max(initial=0) + 1, near.shape[1]), np.uint16)
            for places in self._said:
                part = found[: len(places)]
                # No place is beyond the last; only with `clip` are rows copied without another look at each.
                np.maximum(part, near.take(places, axis=0, mode="clip"), out=part)
            self._last, self._kept = asked, found
        return self._kept

    def _nearness(self, asked: Asked) -> Steps:
        """Return the steps by which each that is said is near to each asked statement and, last, to the whole."""
        if id(asked) not in self._near:
            first = self._numbered[id(asked)]
            self._near = self._compared(self._asked[first : first + TOGETHER])
        return self._near[id(asked)]

    def _compared(self, several: Sequence[Asked]) -> dict[int, Steps]:
        rows = [row for one in several for row in (one.rows, one.whole_row)]
        product = self._rows @ np.concatenate(rows).T if len(self._rows) else np.zeros((0, sum(map(len, rows))))
        heard = [statement for one in several for statement in (*one.statements, one.whole)]
        steps = self._steps(product, heard)
        ends = np.cumsum([len(one.rows) + 1 for one in several])
        parts = np.split(steps, ends[:-1], axis=1)
        return {id(one): _padded(part) for one, part in zip(several, parts, strict=True)}

    def _steps(self, product: NDArray[np.floating], heard: Sequence[Statement]) -> Steps:
        """Return what products of all that is said with what is heard are worth."""
        offsets = offsets_between(self._languages, heard, self._numbers)
        near = product / SCALE**2 - offsets[self._spoken]
        return np.rint(ramp(near, self._numbers.alike_from, self._numbers.alike_full) * FULL).astype(np.uint16)


def _padded(steps: Steps) -> Steps:
    """Return steps with a width that is copied as one number."""
    width = 1 << (steps.shape[1] - 1).bit_length()
    found = np.zeros((len(steps), width), np.uint16)
    found[:, : steps.shape[1]] = steps
    return found
