"""The best pairs of many lists, by compiled loops.

A list takes twice as many entries as it keeps, so that the best are sought only once for many. What is for people
waits in the log of a tile of them: everybody's lists lie far apart in memory, those of a tile in the processor's cache.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.batch.fast.choosing import ANYBODY, OF_PERSON, OF_WORK, Numbers, Places
from matching.batch.fast.compiled import compiled
from matching.batch.rules import Codes
from matching.batch.scores import BAND_STEPS, Steps
from matching.explanation import BAND_STEP

Bands = NDArray[np.int8]
PRECISION = 1e9  # scores are rounded to so many parts of a point before their band is taken, as `band_of` does
TILE, LOG = 128, 4_096  # people of a tile, and pairs that wait for them


class Lists(NamedTuple):
    """Many lists: how many entries each has, and these by list and place. An owner's two stand side by side."""

    counts: Places
    others: Places
    bands: Bands
    scores: Numbers
    lots: Numbers

    @staticmethod
    def empty(many: int, top: int) -> Lists:
        """Return lists that keep the best `top`."""
        shape = many, 2 * top
        others, bands = np.zeros(shape, np.int32), np.zeros(shape, np.int8)
        return Lists(np.zeros(many, np.int32), others, bands, np.zeros(shape), np.zeros(shape))


class Logs(NamedTuple):
    """What waits for the people of each tile: how much, and each pair's list, assignment, band, score and lot."""

    counts: Places
    lists: Places
    numbers: Places
    bands: Bands
    scores: Numbers
    lots: Numbers

    @staticmethod
    def empty(people: int) -> Logs:
        """Return the logs of so many people."""
        shape = -(-people // TILE), LOG
        lists, numbers, bands = np.zeros(shape, np.int32), np.zeros(shape, np.int32), np.zeros(shape, np.int8)
        return Logs(np.zeros(shape[0], np.int32), lists, numbers, bands, np.zeros(shape), np.zeros(shape))


@compiled
def kept(
    rows: Places,
    kinds: Codes,
    lots: Numbers,
    scores: Numbers,
    number: int,
    work: int,
    top: int,
    bars: Steps,
    lot_bars: Numbers,
    people: Lists,
    works: Lists,
    logs: Logs,
) -> None:
    """Take pairs of the assignment `number`, whose lists have the place `work`, into the lists that they are for."""
    for place in range(len(rows)):
        status, tile = kinds[place] & 1, rows[place] // TILE
        band = math.floor(np.rint(scores[place] * PRECISION) / PRECISION / BAND_STEP)
        if kinds[place] & OF_WORK:
            _taken(works, 2 * work + status, top, rows[place], band, scores[place], lots[place])
        if kinds[place] & OF_PERSON:
            at = logs.counts[tile]
            logs.lists[tile, at], logs.numbers[tile, at] = 2 * rows[place] + status, number
            logs.bands[tile, at], logs.scores[tile, at], logs.lots[tile, at] = band, scores[place], lots[place]
            logs.counts[tile] += 1
            if logs.counts[tile] == LOG:
                _emptied(logs, tile, top, bars, lot_bars, people)


@compiled
def all_emptied(logs: Logs, top: int, bars: Steps, lot_bars: Numbers, people: Lists) -> None:
    """Take what waits in all logs into the lists."""
    for tile in range(len(logs.counts)):
        _emptied(logs, tile, top, bars, lot_bars, people)


@compiled
def _emptied(logs: Logs, tile: int, top: int, bars: Steps, lot_bars: Numbers, people: Lists) -> None:
    size = len(bars) // 2
    for place in range(logs.counts[tile]):
        mine, band, lot = logs.lists[tile, place], int(logs.bands[tile, place]), logs.lots[tile, place]
        bar = mine % 2 * size + mine // 2
        least = (bars[bar] - ANYBODY) // BAND_STEPS
        if band < least or (band == least and lot > lot_bars[bar]):
            continue
        if _taken(people, mine, top, logs.numbers[tile, place], band, logs.scores[tile, place], lot):
            bars[bar] = ANYBODY + people.bands[mine, top - 1] * BAND_STEPS
            lot_bars[bar] = people.lots[mine, top - 1]
    logs.counts[tile] = 0


@compiled
def _taken(lists: Lists, mine: int, top: int, other: int, band: int, score: float, lot: float) -> bool:
    """Add an entry to a list; return whether that filled it, so that only its best `top` are left."""
    place = lists.counts[mine]
    lists.others[mine, place], lists.bands[mine, place] = other, band
    lists.scores[mine, place], lists.lots[mine, place] = score, lot
    lists.counts[mine] += 1
    if lists.counts[mine] < lists.others.shape[1]:
        return False
    lists.counts[mine] = top
    _parted(top, lists.others[mine], lists.bands[mine], lists.scores[mine], lists.lots[mine])
    return True


@compiled
def ordered(lists: Lists, top: int) -> None:
    """Leave in every list its best `top` entries, in their order."""
    for mine in range(len(lists.counts)):
        many = lists.counts[mine]
        others, bands = lists.others[mine, :many], lists.bands[mine, :many]
        scores, lots = lists.scores[mine, :many], lists.lots[mine, :many]
        if many > top:
            _parted(top, others, bands, scores, lots)
            lists.counts[mine] = many = top
        _sorted(many, others, bands, scores, lots)


@compiled
def _parted(top: int, others: Places, bands: Bands, scores: Numbers, lots: Numbers) -> None:
    """Bring the best `top` of all entries to the front, the last one of these to its place (Hoare's quickselect)."""
    first, last = 0, len(others) - 1
    while first < last:
        middle = (first + last) // 2
        band, lot, other = bands[middle], lots[middle], others[middle]
        left, right = first, last
        while left <= right:
            while _is_before(bands[left], lots[left], others[left], band, lot, other):
                left += 1
            while _is_before(band, lot, other, bands[right], lots[right], others[right]):
                right -= 1
            if left <= right:
                others[left], others[right] = others[right], others[left]
                bands[left], bands[right] = bands[right], bands[left]
                scores[left], scores[right] = scores[right], scores[left]
                lots[left], lots[right] = lots[right], lots[left]
                left, right = left + 1, right - 1
        if top - 1 <= right:
            last = right
        elif top - 1 >= left:
            first = left
        else:
            return


@compiled
def _sorted(many: int, others: Places, bands: Bands, scores: Numbers, lots: Numbers) -> None:
    """Put the first entries in their order (Shell's sort)."""
    gap = many // 2
    while gap > 0:
        for start in range(gap, many):
            place, band, lot = start, bands[start], lots[start]
            other, score = others[start], scores[start]
            while place >= gap:
                before = place - gap
                if not _is_before(band, lot, other, bands[before], lots[before], others[before]):
                    break
                others[place], bands[place] = others[before], bands[before]
                scores[place], lots[place] = scores[before], lots[before]
                place = before
            others[place], bands[place], scores[place], lots[place] = other, band, score, lot
        gap //= 2


@compiled
def _is_before(band: int, lot: float, other: int, next_band: int, next_lot: float, next_other: int) -> bool:
    """Whether an entry comes before another one: by band, inside a band by lot, as everywhere."""
    if band != next_band:
        return band > next_band
    if lot != next_lot:
        return lot < next_lot
    return other < next_other
