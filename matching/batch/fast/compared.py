"""What is said beside what is asked for: each pair of sentences is compared once, and what is not far from it is kept.

Most sentences are far from one another, so that what is left takes little memory: it stays for wordings that ask for
the same later on, and for the next segment, whose people say much that was said in this one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from matching.batch.said import FULL, Numbers, Steps
from matching.compiled import uncounted
from matching.engine.statements import Statements
from matching.text.calibration import Calibration
from matching.text.exact import SCALE, Array
from matching.text.likeness import Asked, Statement, offsets_between

Places = NDArray[np.integer]
KEPT_BYTES = 40_000_000  # of what is near; all is forgotten when it takes more
PRODUCT_BYTES = 8_000_000  # wordings ahead are compared too while products take no more: larger ones run faster
NOWHERE = -1  # in place of a statement's place
SLACK = 64  # four bytes tell a product, and one divided, far better than to this


class Column(NamedTuple):
    """The places of what is near to something that is asked for, and how near each is, in whole thousandths."""

    places: Places
    steps: Steps


class Near(NamedTuple):
    """Columns one after the other: column `c` has the places and steps `ends[c]:ends[c + 1]`."""

    places: Places
    steps: Steps
    ends: Places

    @staticmethod
    def of(columns: Sequence[Column], kind: np.dtype[np.unsignedinteger]) -> Near:
        """Lay columns out."""
        ends = np.cumsum([0, *(len(one.places) for one in columns)])
        places = [np.zeros(0, kind), *(one.places for one in columns)]
        return Near(np.concatenate(places), np.concatenate([np.zeros(0, np.uint16), *(c.steps for c in columns)]), ends)


class Worded(NamedTuple):
    """Which columns wordings have, which end at `ends`, the last of each for the whole; how much each is of work."""

    which: Places
    share: Numbers
    ends: Places


class Wordings:
    """What wordings ask for, as columns: each statement once, and each whole, which is a wording's last column.

    Wording `w` has the columns `which[ends[w]:ends[w + 1]]`; `share` says how much each speaks of work.
    """

    def __init__(self, asked: Sequence[Asked]) -> None:
        numbers: dict[tuple[Statement, bool], int] = {}
        self.asked = asked
        self.rows: list[Array] = []
        which: list[int] = []
        for one in asked:
            whole = (one.whole, True), one.whole_row[0]
            for key, row in (*zip(((each, False) for each in one.statements), one.rows, strict=True), whole):
                number = numbers.setdefault(key, len(numbers))
                if number == len(self.rows):
                    self.rows.append(row)
                which.append(number)
        self.statements = [statement for statement, _ in numbers]
        self.which = np.array(which, np.int32)
        self.ends = np.cumsum([0, *(len(one.rows) + 1 for one in asked)])
        self.share = np.concatenate([np.zeros(0), *(np.append(one.is_work, 1.0) for one in asked)])


class Known(NamedTuple):
    """What was found of the last segment: the numbers of what its people say, and the columns that are kept."""

    wordings: Wordings
    numbers: Calibration
    said: Places
    columns: dict[int, Column]


class Compared:
    """What the people of a segment say (the numbers `said`, which rise), beside the columns of wordings."""

    def __init__(self, statements: Statements, said: Places, numbers: Calibration, asked: Sequence[Asked]) -> None:
        known = _kept.get(statements)
        if known is None or known.wordings.asked is not asked or known.numbers != numbers:
            known = Known(Wordings(asked), numbers, said[:0], {})
        self.wordings, self._numbers, self._languages = known.wordings, numbers, statements.languages
        self._rows, self._spoken = statements.rows(said), statements.spoken[said]
        self._all = np.arange(len(said), dtype=np.promote_types(np.uint16, np.min_scalar_type(len(said))))
        self._new = self._all[~np.isin(said, known.said)]
        self._new_rows = self._rows[self._new]
        self._moved = np.where(np.isin(known.said, said), np.searchsorted(said, known.said), NOWHERE)
        self._earlier, self._columns, self._bytes = known.columns, dict[int, Column](), 0
        _kept[statements] = Known(self.wordings, numbers, said, self._columns)

    def near(self, wordings: Sequence[int]) -> tuple[Near, Worded]:
        """Return what is near to wordings, whose numbers rise, and which columns they have."""
        starts, ends = self.wordings.ends[list(wordings)], self.wordings.ends[[one + 1 for one in wordings]]
        mine = np.concatenate([np.arange(*span) for span in zip(starts, ends, strict=True)])
        columns, which = np.unique(self.wordings.which[mine], return_inverse=True)
        if self._bytes > KEPT_BYTES:
            self._columns.clear()
            self._bytes = 0
        missing = [one for one in columns.tolist() if one not in self._columns]
        if missing:
            self._compare(self._ahead(missing, int(ends[-1])))
        found = Near.of([self._columns[one] for one in columns.tolist()], self._all.dtype)
        return found, Worded(which, self.wordings.share[mine], np.cumsum([0, *(ends - starts)]))

    def _ahead(self, missing: list[int], end: int) -> list[int]:
        """Return columns that are missing, and as many of wordings to come as may be compared at once."""
        many = PRODUCT_BYTES // max(4 * sum(self._rows.shape), 1)  # with the rows of what is asked
        found = dict.fromkeys(missing)
        for column in self.wordings.which[end : end + many].tolist():
            if len(found) >= many:
                break
            if column not in self._columns:
                found[column] = None
        return list(found)

    def _compare(self, columns: list[int]) -> None:
        known = [one for one in columns if one in self._earlier]
        fresh = [one for one in columns if one not in self._earlier]
        for some, rows, places in ((known, self._new_rows, self._new), (fresh, self._rows, self._all)):
            if some:
                old = [self._earlier.pop(one) for one in some] if some is known else []
                self._keep(some, self._found(some, rows, places, old))

    def _found(self, columns: list[int], rows: Array, places: Places, old: list[Column]) -> Near:
        """Compare columns with some rows, and add what of the others was near in the last segment."""
        asked = np.stack([self.wordings.rows[one] for one in columns])
        product = asked @ rows.T if len(rows) else np.zeros((len(columns), 0), np.float32)
        heard = [self.wordings.statements[one] for one in columns]
        offsets = np.ascontiguousarray(offsets_between(self._languages, heard, self._numbers).T)
        earlier = Near.of(old or [Column(self._all[:0], np.zeros(0, np.uint16))] * len(columns), self._all.dtype)
        room = product.size + len(earlier.places)  # memory that is not written to is not taken
        found = Near(np.empty(room, self._all.dtype), np.empty(room, np.uint16), np.zeros(len(columns) + 1, np.intp))
        start, full, scale = self._numbers.alike_from, self._numbers.alike_full, np.float32(SCALE**2)
        cuts = ((start + offsets) * scale - SLACK).astype(np.float32)
        gathered(earlier, self._moved, product, cuts, offsets, self._spoken[places], places, scale, start, full, found)
        return found

    def _keep(self, columns: list[int], found: Near) -> None:
        ends = found.ends.tolist()
        places, steps = found.places[: ends[-1]].copy(), found.steps[: ends[-1]].copy()
        self._bytes += places.nbytes + steps.nbytes
        for column, first, last in zip(columns, ends, ends[1:], strict=False):
            self._columns[column] = Column(places[first:last], steps[first:last])


@uncounted
def gathered(
    earlier: Near,
    places_now: Places,
    product: Array,
    cuts: Array,
    offsets: Numbers,
    spoken: Places,
    places: Places,
    scale: np.float32,
    start: float,
    full: float,
    found: Near,
) -> None:
    """Fill in what is near: what was so earlier and is still said, and what products of two texts are worth."""
    count = 0
    for column in range(len(cuts)):
        for number in range(earlier.ends[column], earlier.ends[column + 1]):
            place = places_now[earlier.places[number]]
            if place != NOWHERE:
                found.places[count], found.steps[count] = place, earlier.steps[number]
                count += 1
        for row in range(len(places)):
            if product[column, row] > cuts[column, spoken[row]]:
                # Divided as float32, as numpy does.
                near = np.float64(product[column, row] / scale) - offsets[column, spoken[row]]
                worth = np.rint(min(max((near - start) / (full - start), 0.0), 1.0) * FULL)
                if worth > 0.0:
                    found.places[count], found.steps[count] = places[row], np.uint16(worth)
                    count += 1
        found.ends[column + 1] = count


@uncounted
def laid(near: Near, columns: Places, found: Steps) -> None:
    """Fill in a matrix (statements, columns) with some columns, and nothing elsewhere."""
    found[:] = 0
    for number, column in enumerate(columns):
        for one in range(near.ends[column], near.ends[column + 1]):
            found[near.places[one], number] = near.steps[one]


_kept: WeakKeyDictionary[Statements, Known] = WeakKeyDictionary()
