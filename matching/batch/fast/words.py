"""What people said beside what is asked, by compiled loops: exact, once for each wording."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.batch.fast.alike import ALL, LANES, Flags, Places, in_groups, likeness, of_some
from matching.batch.fast.bits import Bits, places_of
from matching.batch.said import Numbers, Steps
from matching.compiled import compiled
from matching.engine.segment import Segment
from matching.engine.statements import Statements
from matching.text.calibration import Calibration
from matching.text.exact import SCALE
from matching.text.likeness import Asked, Statement, offsets_between


class Near(NamedTuple):
    """How near all that is said is to what wordings ask for (statements, columns), and which columns are of which.

    The wordings' columns end at `ends`, the last of each is about the whole; `share` says how much each speaks of work.
    """

    near: Steps
    which: Places
    share: Numbers
    ends: Places


class FastWords:
    """What the people of a segment say, beside wordings: several are compared at once, with everybody or with some."""

    def __init__(self, segment: Segment, statements: Statements, numbers: Calibration, least: int) -> None:
        which, places = np.unique(segment.pack["said.places"].astype(np.intp), return_inverse=True)
        self._rows, self._spoken = statements.rows(which), statements.spoken[which]
        self._starts, self._places = in_groups(segment.pack["said.starts"], places, len(which))
        self._languages, self._numbers = statements.languages, numbers
        self._least = least
        self._heard = np.zeros(segment.size, np.int32)

    def fill(self, several: Sequence[Asked], found: Steps, left: Bits | None) -> None:
        """Fill in the likeness of who is left (wordings, words of bits; None: all) in whole thousandths, exact."""
        one = self._nearness(several)
        if left is None:
            likeness(*one, self._least, self._starts, self._places, found)
            return
        width = -(-int(np.diff(one.ends).max()) // LANES) * LANES
        mine = np.zeros((len(several), len(one.near), width), np.uint16)
        speaks = np.zeros(mine.shape[:2], np.bool_)
        picked(one.near, one.which, one.ends, self._least, mine, speaks)
        for number in range(len(several)):
            some = self._heard[: places_of(left[number], self._heard)]
            share = one.share[one.ends[number] : one.ends[number + 1]]
            of_some(some, mine[number], speaks[number], share, self._starts, self._places, found[number])

    def _nearness(self, several: Sequence[Asked]) -> Near:
        # Wordings beside one another share statements: each is compared once.
        columns: dict[tuple[Statement, bool], NDArray[np.float32]] = {}
        for one in several:
            columns |= {(statement, False): row for statement, row in zip(one.statements, one.rows, strict=True)}
            columns[one.whole, True] = one.whole_row[0]
        numbers = {key: number for number, key in enumerate(columns)}
        product = self._rows @ np.stack(list(columns.values())).T if len(self._rows) else np.zeros((0, len(columns)))
        near = np.zeros((len(self._rows) + 1, len(columns)), np.uint16)
        offsets = offsets_between(self._languages, [statement for statement, _ in columns], self._numbers)
        start, full = self._numbers.alike_from, self._numbers.alike_full
        ramped(product, offsets, self._spoken, np.float32(SCALE**2), start, full, near)
        which = [[*(numbers[each, False] for each in one.statements), numbers[one.whole, True]] for one in several]
        share = np.concatenate([np.append(one.is_work, 1.0) for one in several])
        return Near(near, np.concatenate(which), share, np.cumsum([0, *map(len, which)]))


@compiled
def picked(near: Steps, which: Places, ends: Places, least: int, mine: Steps, speaks: Flags) -> None:
    """Lay out the columns of each wording side by side, and of which statements any of them is more than `least`.

    `which` are the columns of all wordings, which end at `ends`; `mine` is (wordings, statements, columns).
    """
    for statement in range(len(near)):
        for wording in range(len(mine)):
            start, most = ends[wording], np.uint16(0)
            for asked in range(ends[wording + 1] - start):
                one = near[statement, which[start + asked]]
                mine[wording, statement, asked] = one
                most = max(most, one)
            speaks[wording, statement] = most > least


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
