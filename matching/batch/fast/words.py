"""What everybody said beside what is asked, by compiled loops: exact for all, once for each wording."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.batch.said import FULL, TOGETHER, Numbers, Steps
from matching.compiled import compiled
from matching.engine.segment import Segment
from matching.engine.statements import Statements
from matching.text.calibration import Calibration
from matching.text.exact import SCALE
from matching.text.likeness import Asked, Statement, offsets_between

Places = NDArray[np.integer]
ALL = float(FULL)  # of a likeness, as numbers with a point
BLOCK = 64  # people who are looked at together


class FastWords:
    """What the people of a segment say, beside `asked`, which come in this order."""

    def __init__(self, segment: Segment, statements: Statements, numbers: Calibration, asked: Sequence[Asked]) -> None:
        which, places = np.unique(segment.pack["said.places"].astype(np.intp), return_inverse=True)
        self._starts, self._places = segment.pack["said.starts"].astype(np.intp), places.astype(np.int32)
        self._rows, self._spoken = statements.rows(which), statements.spoken[which]
        self._languages, self._numbers = statements.languages, numbers
        self._asked, self._size = asked, segment.size
        self._numbered = {id(one): number for number, one in enumerate(asked)}
        self._alike: dict[int, Steps] = {}

    def most(self, asked: Asked) -> Steps:
        """Return everybody's likeness in whole thousandths, exact."""
        if id(asked) not in self._alike:
            first = self._numbered[id(asked)]
            several = self._asked[first : first + TOGETHER]
            self._alike = {id(one): alike for one, alike in zip(several, self._compared(several), strict=True)}
        return self._alike[id(asked)]

    def _compared(self, several: Sequence[Asked]) -> Steps:
        """Return the likeness of everybody to several wordings, (wordings, people)."""
        found = np.zeros((len(several), self._size), np.uint16)
        if not len(self._rows):
            return found
        # Wordings beside one another share statements: each is compared once.
        columns: dict[tuple[Statement, bool], NDArray[np.float32]] = {}
        for one in several:
            columns |= {(statement, False): row for statement, row in zip(one.statements, one.rows, strict=True)}
            columns[one.whole, True] = one.whole_row[0]
        numbers = {key: number for number, key in enumerate(columns)}
        which = [
            numbers[key] for one in several for key in (*((each, False) for each in one.statements), (one.whole, True))
        ]
        product = self._rows @ np.stack(list(columns.values())).T
        near = np.empty(product.shape, np.uint16)
        offsets = offsets_between(self._languages, [statement for statement, _ in columns], self._numbers)
        start, full = self._numbers.alike_from, self._numbers.alike_full
        ramped(product, offsets, self._spoken, np.float32(SCALE**2), start, full, near)
        share = np.concatenate([share for one in several for share in (one.is_work, [1.0])])
        ends = np.cumsum([0, *(len(one.statements) + 1 for one in several)])
        likeness(near, np.array(which), share, ends, self._starts, self._places, found)
        return found


@compiled
def likeness(
    near: Steps, which: Places, share: Numbers, ends: Places, starts: Places, places: Places, found: Steps
) -> None:
    """Fill in the likeness of everybody, in whole thousandths, as `Likeness` has it.

    `near` (statements, columns) says how near each is to whatever is asked. Of the wordings, which end at `ends`,
    `which` names the columns of their statements and, last of each, of the whole; `share` says how much each speaks of
    work. `starts` and `places` say who makes which statements; `found` is (wordings, people).
    """
    best, turned = np.empty(near.shape[1], np.uint16), np.zeros((near.shape[1], BLOCK), np.uint16)
    room = np.empty((2, BLOCK))
    for first in range(0, found.shape[1], BLOCK):
        many = min(BLOCK, found.shape[1] - first)
        for one in range(many):
            best[:] = 0
            for place in range(starts[first + one], starts[first + one + 1]):
                said = near[places[place]]
                for column in range(len(best)):
                    best[column] = max(best[column], said[column])
            for column in range(len(best)):
                turned[column, one] = best[column]
        for wording in range(len(found)):
            asked = slice(ends[wording], ends[wording + 1])
            _met(turned, which[asked], share[asked], room, found[wording, first : first + many])


@compiled
def _met(best: Steps, which: Places, share: Numbers, room: Numbers, found: Steps) -> None:
    """Fill in the likeness of some people to one wording; the last of its columns is about the whole.

    Loops that are always of the same length are many times faster.
    """
    last = len(which) - 1
    top, second = room
    room[:] = 0
    for asked in range(last):
        mine = best[which[asked]]
        for one in range(BLOCK):
            worth = np.int32(mine[one]) / ALL * share[asked]
            less = min(worth, top[one])
            top[one] = max(worth, top[one])
            second[one] = max(second[one], less)
    if last > 1:
        for one in range(BLOCK):
            top[one] = (top[one] + second[one]) / 2
    whole = best[which[last]]
    for one in range(BLOCK):
        top[one] = np.rint((top[one] + np.int32(whole[one]) / ALL) / 2 * ALL)
    for one in range(len(found)):
        found[one] = np.int32(top[one])


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
