"""Lists in their order, as columns, by compiled loops."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.batch.fast.choosing import Numbers, Places
from matching.batch.fast.listing import Lists, Pairs, parted
from matching.batch.picks import BANDS, Picks
from matching.compiled import uncounted
from matching.listing import LISTED

EACH = len(LISTED)  # lists of an owner


def picks_of(lists: Lists, top: int, owners: Sequence[int]) -> Picks:
    """Return the best `top` entries of the lists of these owners as pairs, list after list, in their order."""
    many = EACH * len(owners)
    room, order = np.zeros(top), np.zeros(2 * top, np.int32)
    total = int(np.minimum(lists.counts[:many], top).sum())
    whose, others, statuses = np.empty(total, np.int32), np.empty(total, np.int32), np.empty(total, np.int8)
    found = Picks(whose, others, statuses, np.empty(total), np.empty(total))
    _laid_out(
        lists, top, np.array(owners, np.int32), room, order,
        found.owner, found.other, found.status, found.score, found.lot,
    )  # fmt: skip
    return found


@uncounted
def _laid_out(
    lists: Lists, top: int, owners: Places, room: Numbers, order: Places,
    whose: Places, others: Places, statuses: NDArray[np.int8], scores: Numbers, lots: Numbers,
) -> None:  # fmt: skip
    start = 0
    for mine in range(EACH * len(owners)):
        pairs = lists.pairs[mine, : lists.counts[mine]]
        if len(pairs) > top:
            parted(top, pairs, lists.bands, lists.lots)
        pairs = pairs[:top]
        _ranked(pairs, lists.bands, room, order)
        for place in range(len(pairs)):
            one, at = pairs[order[place]], start + place
            whose[at], others[at], statuses[at] = owners[mine // EACH], one.other, mine % EACH
            scores[at], lots[at] = one.score, one.lot
        start += len(pairs)


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
