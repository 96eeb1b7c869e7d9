"""What people said beside what is asked, by compiled loops: exact, once for each wording."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.batch.fast.alike import ALL, LANES, Flags, Places, in_groups, likeness, of_some
from matching.batch.fast.bits import NONE, Bits, new_of, words_for
from matching.batch.said import TOGETHER, Numbers, Steps
from matching.compiled import compiled
from matching.engine.segment import Segment
from matching.engine.statements import Statements
from matching.text.calibration import Calibration
from matching.text.exact import SCALE
from matching.text.likeness import Asked, Statement, offsets_between

NOT_YET = -1  # in place of a wording's number


class Near(NamedTuple):
    """How near all that is said is to what wordings ask for (statements, columns), and which columns are of one.

    The last of these is about the whole; `share` says how much each speaks of work.
    """

    near: Steps
    which: Places
    share: Numbers


class FastWords:
    """What the people of a segment say, beside `asked`, which come in this order.

    Wordings are compared several at a time with all that is said, and then with people: with everybody, or with those
    alone who are asked about, each once.
    """

    def __init__(
        self, segment: Segment, statements: Statements, numbers: Calibration, asked: Sequence[Asked], least: int
    ) -> None:
        which, places = np.unique(segment.pack["said.places"].astype(np.intp), return_inverse=True)
        self._rows, self._spoken = statements.rows(which), statements.spoken[which]
        self._starts, self._places = in_groups(segment.pack["said.starts"], places, len(which))
        self._languages, self._numbers = statements.languages, numbers
        self._asked, self._size = asked, segment.size
        self._numbered = {id(one): number for number, one in enumerate(asked)}
        self._near: dict[int, Near] = {}
        self._alike: dict[int, Steps] = {}
        self._mine: dict[int, tuple[Steps, Flags]] = {}
        # The wording that was asked about last, and who was compared with it.
        self._last, self._done = NOT_YET, np.zeros(words_for(segment.size), np.uint64)
        self._least = least
        self._heard = np.zeros(segment.size, np.int32)

    def fill(self, asked: Asked, found: NDArray[Any], left: Bits | None) -> None:
        """Fill in the likeness of who is left (None: of all) in whole thousandths, exact; `found` holds no others'."""
        number = self._numbered[id(asked)]
        if number not in self._near:
            self._near, self._alike, self._mine = self._nearness(number), {}, {}
        if number != self._last:
            self._last, self._done[:] = number, NONE
        if left is None and number not in self._alike:
            self._alike = self._everybodys()
        if number in self._alike:
            found[:] = self._alike[number]
        elif left is not None:
            self._mine = self._mine or self._pick()
            some = self._heard[: new_of(left, self._done, self._heard)]
            of_some(some, *self._mine[number], self._near[number].share, self._starts, self._places, found)

    def forget(self) -> None:
        """Forget with whom the last wording was compared."""
        self._last = NOT_YET

    def _pick(self) -> dict[int, tuple[Steps, Flags]]:
        """Return the columns of each wording at hand, and which statements speak."""
        near, which, ends = self._together()
        width = -(-int(np.diff(ends).max()) // LANES) * LANES
        mine = np.zeros((len(self._near), len(near), width), np.uint16)
        speaks = np.zeros(mine.shape[:2], np.bool_)
        picked(near, which, ends, self._least, mine, speaks)
        return {number: (mine[place], speaks[place]) for place, number in enumerate(self._near)}

    def _nearness(self, first: int) -> dict[int, Near]:
        """Return how near all that is said is to a wording and the next ones, by their numbers."""
        several = self._asked[first : first + TOGETHER]
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
        found = {}
        for number, one in enumerate(several, start=first):
            which = [*(numbers[statement, False] for statement in one.statements), numbers[one.whole, True]]
            found[number] = Near(near, np.array(which), np.append(one.is_work, 1.0))
        return found

    def _everybodys(self) -> dict[int, Steps]:
        """Return the likeness of everybody to the wordings at hand."""
        found = np.zeros((len(self._near), self._size), np.uint16)
        near, which, ends = self._together()
        share = np.concatenate([one.share for one in self._near.values()])
        likeness(near, which, share, ends, self._least, self._starts, self._places, found)
        return dict(zip(self._near, found, strict=True))

    def _together(self) -> tuple[Steps, Places, Places]:
        """Return how near all that is said is to the wordings at hand, their columns, and where each one's end."""
        several = list(self._near.values())
        ends = np.cumsum([0, *(len(one.which) for one in several)])
        return several[0].near, np.concatenate([one.which for one in several]), ends


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
