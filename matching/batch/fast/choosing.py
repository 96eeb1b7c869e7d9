"""Which pairs may be listed on either side, by compiled loops over bounds."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from matching.batch.chunk import SAMPLE
from matching.batch.fast.compiled import compiled
from matching.batch.rules import Codes
from matching.batch.scores import BAND_STEPS, Steps
from matching.lots import EXACT, LAST_SHIFT, STEPS, Keys

Numbers = NDArray[np.float64]
Places = NDArray[np.int32]
Bins = NDArray[np.int32]

(FIRST_SHIFT, FIRST_FACTOR), (SECOND_SHIFT, SECOND_FACTOR) = STEPS
FINE = 3  # bits that are left out where the most of many are counted
BINS = (1 << 15) >> FINE
ANYBODY = 1  # the least that somebody reaches
OF_PERSON, OF_WORK = 2, 4  # for whose list a pair is kept, beside its status


@compiled
def chosen(
    codes: Codes,
    reach: Steps,
    slack: int,
    top: int,
    bars: Steps,
    lot_bars: Numbers,
    keys: Keys,
    weights: Numbers,
    work: tuple[np.uint64, float, bool],
    scratch: tuple[Codes, Places, Codes],
) -> tuple[int, Numbers]:
    """Return how many pairs may be listed on either side, and their lots; their people and kinds stand in `scratch`.

    `codes` are the statuses of everybody, `reach` 1 and the steps that each reaches at most, `slack` how many fewer
    these may be; `bars` and `lot_bars` what the lists of people need, status after status; `work` the assignment's key,
    its weight, and whether nobody has any weight.
    """
    marks, rows, kinds = scratch
    work_key, work_weight, is_plain = work
    size, count = len(codes), 0
    bins = np.zeros(BINS, np.int32)
    lots = np.empty(len(rows), np.float64)
    for status in range(2):
        bar, lot_bar = bars[status * size : (status + 1) * size], lot_bars[status * size : (status + 1) * size]
        floor = _floor(codes, reach, status, top, slack, max(size // SAMPLE, 1), bins)
        _marked(codes, np.uint8(status), reach, bar, np.int16(floor), marks)
        first = count
        count = _gathered(marks, size, rows, count)
        floor = max(floor, _cut(reach, rows, first, count, top, slack, floor, bins))
        kept = first
        for place in range(first, count):
            person = rows[place]
            kind, most = status, reach[person]
            lot = _lot(keys[person] ^ work_key, weights[person] * work_weight, is_plain)
            if most >= floor:
                kind |= OF_WORK
            # Whoever can only come into the band of the last one has to draw a smaller lot than that one.
            if most >= bar[person] and (most - bar[person] >= BAND_STEPS or lot <= lot_bar[person]):
                kind |= OF_PERSON
            if kind != status:
                rows[kept], kinds[kept], lots[kept] = person, kind, lot
                kept += 1
        count = kept
    return count, lots[:count].copy()


@compiled
def _marked(codes: Codes, status: np.uint8, reach: Steps, bar: Steps, floor: np.int16, marks: Codes) -> None:
    """Mark who is of a status and reaches what a person's or the assignment's list needs: whole rows at once."""
    for person in range(len(codes)):
        marks[person] = np.uint8(codes[person] == status) & np.uint8(reach[person] >= min(bar[person], floor))


@compiled
def _floor(codes: Codes, reach: Steps, status: int, top: int, slack: int, step: int, bins: Bins) -> int:
    """Return what has to be reached for a list, as far as some people tell."""
    bins[:] = 0
    for person in range(0, len(codes), step):
        if codes[person] == status:
            bins[reach[person] >> FINE] += 1
    return _least(bins, top, slack)


@compiled
def _cut(reach: Steps, rows: Places, first: int, last: int, top: int, slack: int, floor: int, bins: Bins) -> int:
    """Return what has to be reached for a list, as far as all who reach the floor tell."""
    bins[:] = 0
    for place in range(first, last):
        if reach[rows[place]] >= floor:
            bins[reach[rows[place]] >> FINE] += 1
    return _least(bins, top, slack)


@compiled
def _least(bins: Bins, top: int, slack: int) -> int:
    """Return the least of the band that is reached for certain by the `top` who are counted highest."""
    many, place = 0, BINS
    while place > 0 and many < top:
        place -= 1
        many += bins[place]
    if many < top:
        return ANYBODY
    return ANYBODY + max((place << FINE) - 1 - slack, 0) // BAND_STEPS * BAND_STEPS


@compiled
def _gathered(marks: Codes, size: int, rows: Places, count: int) -> int:
    """Add the places of all marks, eight at a time, and return how many there are now."""
    for eight, several in enumerate(marks.view(np.uint64)):
        if several:
            for person in range(8 * eight, min(8 * eight + 8, size)):
                if marks[person]:
                    rows[count] = person
                    count += 1
    return count


@compiled
def _lot(number: np.uint64, weight: float, is_plain: bool) -> float:
    """Return the lot of two keys, as `Lottery` draws it."""
    number = (number ^ (number >> np.uint64(FIRST_SHIFT))) * np.uint64(FIRST_FACTOR)
    number = (number ^ (number >> np.uint64(SECOND_SHIFT))) * np.uint64(SECOND_FACTOR)
    number ^= number >> np.uint64(LAST_SHIFT)
    drawn = (np.float64(number >> np.uint64(64 - EXACT)) + 0.5) / 2.0**EXACT
    return drawn if is_plain else -math.log1p(-drawn) / weight
