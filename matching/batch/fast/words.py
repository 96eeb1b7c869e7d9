"""What people said beside what is asked, by compiled loops: exact, once for each wording."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.batch.fast.bits import NONE, Bits, new_of, words_for
from matching.batch.said import FULL, TOGETHER, Numbers, Steps
from matching.compiled import compiled
from matching.engine.segment import Segment
from matching.engine.statements import Statements
from matching.text.calibration import Calibration
from matching.text.exact import SCALE
from matching.text.likeness import Asked, Statement, offsets_between

Places = NDArray[np.integer]
Flags = NDArray[np.bool_]
ALL = float(FULL)  # of a likeness, as numbers with a point
NOT_YET = -1  # in place of a wording's number
GROUP = 4  # statements of a person come in so many: loops of one length need no guess at where they end
LANES = 8  # columns of a wording come in so many, which fit into one register
BLOCK = 64  # people who are looked at together


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
        # The wording that was asked about last, and who was compared with it.
        self._last, self._done = NOT_YET, np.zeros(words_for(segment.size), np.uint64)
        self._least, lines = least, len(self._rows) + 1
        self._mine, self._speaks = np.zeros((lines, LANES), np.uint16), np.zeros(lines, np.bool_)
        self._heard = np.zeros(segment.size, np.int32)

    def fill(self, asked: Asked, found: NDArray[Any], left: Bits | None) -> None:
        """Fill in the likeness of who is left (None: of all) in whole thousandths, exact; `found` holds no others'."""
        number = self._numbered[id(asked)]
        if number not in self._near:
            self._near, self._alike = self._nearness(number), {}
        if number != self._last:
            self._last, self._done[:] = number, NONE
            self._pick(number)
        if left is None and number not in self._alike:
            self._alike = self._everybodys()
        if number in self._alike:
            found[:] = self._alike[number]
        elif left is not None:
            count = new_of(left, self._done, self._heard)
            share = self._near[number].share
            of_some(self._heard[:count], self._mine, self._speaks, share, self._starts, self._places, found)

    def forget(self) -> None:
        """Forget with whom the last wording was compared."""
        self._last = NOT_YET

    def _pick(self, number: int) -> None:
        """Lay out the columns of one wording, side by side."""
        near, which, _ = self._near[number]
        width = -(-len(which) // LANES) * LANES
        if self._mine.shape[1] != width:
            self._mine = np.zeros((len(self._rows) + 1, width), np.uint16)
        picked(near, which, self._least, self._mine, self._speaks)

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
        several = list(self._near.values())
        which, share = (np.concatenate([getattr(one, name) for one in several]) for name in ("which", "share"))
        ends = np.cumsum([0, *(len(one.which) for one in several)])
        likeness(several[0].near, which, share, ends, self._starts, self._places, found)
        return dict(zip(self._near, found, strict=True))


def in_groups(starts: Places, places: Places, nothing: int) -> tuple[Places, Places]:
    """Return places with each person's padded to whole groups by the statement `nothing`, which is near to nothing."""
    counts = np.diff(starts)
    ends = np.cumsum([0, *(-(-counts // GROUP) * GROUP)]).astype(np.int32)
    found = np.full(ends[-1], nothing, np.promote_types(np.uint16, np.min_scalar_type(nothing)))
    found[np.arange(len(places)) + np.repeat(ends[:-1] - starts[:-1], counts)] = places
    return ends, found


@compiled
def picked(near: Steps, which: Places, least: int, mine: Steps, speaks: Flags) -> None:
    """Fill in the columns of one wording, and of which statements any of them is more than `least`."""
    for statement in range(len(mine)):
        most = np.uint16(0)
        for asked in range(len(which)):
            mine[statement, asked] = near[statement, which[asked]]
            most = max(most, mine[statement, asked])
        speaks[statement] = most > least


@compiled
def of_some(
    some: Places,
    mine: Steps,
    speaks: Flags,
    share: Numbers,
    starts: Places,
    places: Places,
    found: NDArray[Any],
) -> None:
    """Fill in the likeness of some people to one wording, as `likeness` does; `some` is used up.

    `mine` and `speaks` are those of `picked`. Whoever makes no statement that speaks comes to no more than its least.
    """
    count = 0
    for person in some:
        does_speak = False
        for place in range(starts[person], starts[person + 1], GROUP):
            for turn in range(GROUP):
                does_speak |= speaks[places[place + turn]]
        found[person] = 0
        some[count] = person
        count += does_speak
    last, best = len(share) - 1, np.empty(mine.shape[1], np.uint16)
    for person in some[:count]:
        best[:] = 0
        for place in range(starts[person], starts[person + 1], GROUP):
            one, two, three, four = places[place], places[place + 1], places[place + 2], places[place + 3]
            for lane in range(0, len(best), LANES):
                for asked in range(LANES):
                    column = lane + asked
                    best[column] = max(
                        best[column], mine[one, column], mine[two, column], mine[three, column], mine[four, column]
                    )
        top = second = 0.0
        for asked in range(last):
            worth = np.int32(best[asked]) / ALL * share[asked]
            less = worth if worth < top else top
            top = worth if worth > top else top
            second = less if less > second else second
        met = (top + second) / 2 if last > 1 else top
        found[person] = np.uint16(np.rint((met + np.int32(best[last]) / ALL) / 2 * ALL))


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
