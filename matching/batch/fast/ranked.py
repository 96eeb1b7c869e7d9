"""Lists in their order, as columns, by compiled loops."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.batch.fast.choosing import Numbers, Places
from matching.batch.fast.listing import Lists, Pairs, parted
from matching.batch.picks import BANDS, EACH, Picks
from matching.batch.side import Side
from matching.compiled import uncounted


def picks_of(lists: Lists, top: int, owners: Sequence[int]) -> Picks:
    """Return the best `top` entries of the lists of these owners as pairs, list after list, in their order."""
    side = _empty(lists, top, EACH * len(owners))
    lots = np.empty(len(side.other))
    _laid_out(lists, top, np.empty(2 * top, np.int32), side, lots)
    counts = np.diff(side.ends)
    whose = np.repeat(np.repeat(np.array(owners, np.int32), EACH), counts)
    statuses = np.repeat(np.tile(np.arange(EACH, dtype=np.int8), len(owners)), counts)
    return Picks(whose, side.other, statuses, side.score, lots)


def side_of(lists: Lists, top: int) -> Side:
    """Return the best `top` entries of all lists, in their order."""
    side = _empty(lists, top, len(lists.counts))
    _laid_out(lists, top, np.empty(2 * top, np.int32), side, np.empty(0))
    return side


def _empty(lists: Lists, top: int, many: int) -> Side:
    """Return room for the best `top` entries of the first lists."""
    ends = np.append(0, np.minimum(lists.counts[:many], top).cumsum(dtype=np.int64))
    return Side(ends, np.empty(ends[-1], np.int32), np.empty(ends[-1]))


@uncounted
def _laid_out(lists: Lists, top: int, order: Places, side: Side, lots: Numbers) -> None:
    """Fill in who stands in lists, each at its place, in their order; and lots, where there is room for any."""
    for mine in range(len(side.ends) - 1):
        pairs = lists.pairs[lists.rows[mine], : lists.counts[mine]]
        if len(pairs) > top:
            parted(top, pairs, lists.bands, lists.lots)
        pairs = pairs[:top]
        _ranked(pairs, lists.bands, lists.lots, order)
        for place in range(len(pairs)):
            one, at = pairs[order[place]], side.ends[mine] + place
            side.other[at], side.score[at] = one.other, one.score
            if len(lots):
                lots[at] = one.lot


@uncounted
def _ranked(pairs: Pairs, ends: Places, room: Numbers, order: Places) -> None:
    """Fill in the order of entries: the second half of `order` groups them by band, the first ranks inside of each.

    Without branches that nobody could guess: who draws less is counted.
    """
    many = len(pairs)
    grouped = order[len(order) // 2 :]
    ends[:] = 0
    for place in range(many):
        ends[pairs[place].band] += 1
    before = 0
    for turn in range(BANDS):
        band = BANDS - 1 - turn
        ends[band], before = before, before + ends[band]
    for place in range(many):
        band = pairs[place].band
        grouped[ends[band]], room[ends[band]] = place, pairs[place].lot
        ends[band] += 1
    first = 0
    for turn in range(BANDS):
        last = ends[BANDS - 1 - turn]
        for mine in range(first, last):
            lot, rank, same = room[mine], first, 0
            for other in range(first, last):
                rank += room[other] < lot
                same += room[other] == lot
            if same > 1:
                for other in range(first, last):
                    rank += room[other] == lot and pairs[grouped[other]].other < pairs[grouped[mine]].other
            order[rank] = grouped[mine]
        first = last
