"""The best pairs of many lists, by compiled loops.

A list takes twice as many entries as it keeps, so that the best are sought only once for many. What is for people
waits in the log of a tile of them: everybody's lists lie far apart in memory, those of a tile in the processor's cache.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.batch.fast.bits import LIST, PERSON
from matching.batch.fast.choosing import ANYBODY, FOR_PERSON, FOR_WORK, Bars, Found, Numbers, Places, bar_of
from matching.batch.picks import BANDS
from matching.batch.scores import BAND_STEPS
from matching.compiled import inlined, uncounted
from matching.explanation import BAND_STEP

PRECISION = 1e9  # scores are rounded to so many parts of a point before their band is taken, as `band_of` does
TILE, LOG = 128, 1_024  # people of a tile, and pairs that wait for them
PAIR = np.dtype([("other", np.int32), ("band", np.int32), ("lot", np.float64), ("score", np.float64)], align=True)
# `mine` is the list, with the band in the lowest bits: what waits is written and read once, and costs what it is long.
WAITING = np.dtype([("mine", np.int32), ("other", np.int32), ("lot", np.float64), ("score", np.float64)], align=True)
BAND_BITS = int(BANDS - 1).bit_length()
Pairs = NDArray[np.void]


class Lists(NamedTuple):
    """Many lists, an owner's two side by side: how many entries each has, and the row of `pairs` they stand in.

    Rows of `pairs` are taken when somebody enters a list, `used` so far: memory for lists of nobody is not written to.
    `bands` and `lots` are room to look for the best in: loops that make no arrays cost less.
    """

    counts: Places
    rows: Places
    used: Places
    pairs: Pairs
    bands: Places
    lots: Numbers

    @staticmethod
    def empty(many: int, top: int) -> Lists:
        """Return lists that keep the best `top`."""
        counts, rows, used = np.zeros(many, np.int32), np.zeros(many, np.int32), np.zeros(1, np.int32)
        return Lists(
            counts, rows, used, np.zeros((many, 2 * top), PAIR), np.zeros(BANDS, np.int32), np.zeros(2 * top + 1)
        )

    def clear(self) -> None:
        """Take everybody out."""
        self.counts[:] = 0
        self.used[:] = 0


class Logs(NamedTuple):
    """What waits for the people of each tile: how much, and the pairs (tiles, WAITING)."""

    counts: Places
    pairs: Pairs

    @staticmethod
    def empty(people: int) -> Logs:
        """Return the logs of so many people."""
        tiles = -(-people // TILE)
        return Logs(np.zeros(tiles, np.int32), np.zeros((tiles, LOG), WAITING))


@inlined
def kept(
    count: int,
    found: Found,
    number: int,
    work: int,
    top: int,
    bars: Bars,
    work_bars: Bars,
    people: Lists,
    works: Lists,
    logs: Logs,
) -> None:
    """Take the pairs found of the assignment `number`, whose lists have the place `work`, into the lists meant."""
    whose, lots, scores = found.whose, found.lots, found.scores
    for place in range(count):
        who, lot, score = whose[place], lots[place], scores[place]
        person, theirs = who >> PERSON, who >> LIST
        tile = person // TILE
        band = math.floor(np.rint(score * PRECISION) / PRECISION / BAND_STEP)
        if who & FOR_WORK:
            mine = 2 * work + (theirs & 1)
            _listed(works, mine, top, work_bars, mine, person, band, lot, score)
        # What is for no person is written over by the next one: nobody could guess a branch.
        one = logs.pairs[tile, logs.counts[tile]]
        one.mine, one.other, one.lot, one.score = theirs << BAND_BITS | band, number, lot, score
        logs.counts[tile] += who & FOR_PERSON
        if logs.counts[tile] == LOG:
            _emptied(logs, tile, top, bars, people)


@uncounted
def all_emptied(logs: Logs, top: int, bars: Bars, people: Lists) -> None:
    """Take what waits in all logs into the lists."""
    for tile in range(len(logs.counts)):
        _emptied(logs, tile, top, bars, people)


@inlined
def _emptied(logs: Logs, tile: int, top: int, bars: Bars, people: Lists) -> None:
    size = len(bars.steps) // 2
    for place in range(logs.counts[tile]):
        one = logs.pairs[tile, place]
        mine, band = one.mine >> BAND_BITS, one.mine & ((1 << BAND_BITS) - 1)
        _listed(people, mine, top, bars, bar_of(mine, size), one.other, band, one.lot, one.score)
    logs.counts[tile] = 0


@inlined
def _listed(
    lists: Lists, mine: int, top: int, bars: Bars, bar: int, other: int, band: int, lot: float, score: float
) -> None:
    """Add an entry to a list where it may stay there, and say at `bar` what the list needs then."""
    least = (bars.steps[bar] - ANYBODY) // BAND_STEPS
    if band < least or (band == least and lot > bars.lots[bar]):
        return
    if _taken(lists, mine, top, other, band, lot, score):
        last = lists.pairs[lists.rows[mine], top - 1]
        bars.steps[bar], bars.lots[bar] = ANYBODY + last.band * BAND_STEPS, last.lot


@inlined
def _taken(lists: Lists, mine: int, top: int, other: int, band: int, lot: float, score: float) -> bool:
    """Add an entry to a list; return whether that filled it, so that only its best `top` are left."""
    if lists.counts[mine] == 0:
        lists.rows[mine] = lists.used[0]
        lists.used[0] += 1
    pairs = lists.pairs[lists.rows[mine]]
    one = pairs[lists.counts[mine]]
    one.other, one.band, one.lot, one.score = other, band, lot, score
    lists.counts[mine] += 1
    if lists.counts[mine] < len(pairs):
        return False
    lists.counts[mine] = top
    parted(top, pairs, lists.bands, lists.lots)
    return True


@uncounted
def parted(top: int, pairs: Pairs, counts: Places, lots: Numbers) -> None:
    """Bring the best `top` of all entries to the front, the last one of these to its place.

    Almost without branches, which nobody could guess: entries are counted by band, and ranked inside the last one.
    """
    counts[:] = 0
    for place in range(len(pairs)):
        counts[pairs[place].band] += 1
    last, wanted = BANDS - 1, top
    while counts[last] < wanted:
        wanted -= counts[last]
        last -= 1
    many = 0  # whoever is not in the band is written over by the next one
    for place in range(len(pairs)):
        lots[many] = pairs[place].lot
        many += pairs[place].band == last
    border, within = _border(lots[:many], wanted)
    if within != wanted:
        _sought(top, pairs)
        return
    kept = bottom = 0
    for place in range(len(pairs)):
        one = pairs[place]
        other, band, lot, score = one.other, one.band, one.lot, one.score
        _put(pairs, kept, other, band, lot, score)
        bottom = kept if (band == last) & (lot == border) else bottom
        kept += (band > last) | ((band == last) & (lot <= border))
    _swapped(pairs, bottom, top - 1)


@uncounted
def _border(lots: Numbers, wanted: int) -> tuple[float, int]:
    """Return the lot that `wanted` lots do not exceed, and how many it is for: more where several drew the same."""
    border, within = 0.0, 0
    for mine in range(len(lots)):
        lot, before = lots[mine], 0
        for place in range(len(lots)):
            before += lots[place] < lot
        is_within = before < wanted
        within += is_within
        border = lot if is_within & (lot > border) else border
    return border, within


@uncounted
def _swapped(pairs: Pairs, left: int, right: int) -> None:
    one, two = pairs[left], pairs[right]
    its = one.other, one.band, one.lot, one.score
    _put(pairs, left, two.other, two.band, two.lot, two.score)
    _put(pairs, right, *its)


@uncounted
def _sought(top: int, pairs: Pairs) -> None:
    """Do the same where several drew the same lot, by Hoare's quickselect."""
    first, last = 0, len(pairs) - 1
    while first < last:
        middle = pairs[(first + last) // 2]
        band, lot, other = middle.band, middle.lot, middle.other
        left, right = first, last
        while left <= right:
            while _is_before(pairs[left].band, pairs[left].lot, pairs[left].other, band, lot, other):
                left += 1
            while _is_before(band, lot, other, pairs[right].band, pairs[right].lot, pairs[right].other):
                right -= 1
            if left <= right:
                _swapped(pairs, left, right)
                left, right = left + 1, right - 1
        if top - 1 <= right:
            last = right
        elif top - 1 >= left:
            first = left
        else:
            return


@uncounted
def _put(pairs: Pairs, place: int, other: int, band: int, lot: float, score: float) -> None:
    one = pairs[place]
    one.other, one.band, one.lot, one.score = other, band, lot, score


@uncounted
def _is_before(band: int, lot: float, other: int, next_band: int, next_lot: float, next_other: int) -> bool:
    """Whether an entry comes before another one: by band, inside a band by lot, as everywhere."""
    if band != next_band:
        return band > next_band
    if lot != next_lot:
        return lot < next_lot
    return other < next_other
