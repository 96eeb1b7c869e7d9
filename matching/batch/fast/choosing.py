"""Which pairs may be listed on either side, by compiled loops over bounds."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.batch.chunk import SAMPLE
from matching.batch.rules import NEARLY, PASSES, Codes
from matching.batch.scores import BAND_STEPS, Steps
from matching.compiled import compiled
from matching.listing import LISTED
from matching.lots import EXACT, LAST_SHIFT, STEPS, Keys

Numbers = NDArray[np.float64]
Places = NDArray[np.int32]
Bins = NDArray[np.int32]

(FIRST_SHIFT, FIRST_FACTOR), (SECOND_SHIFT, SECOND_FACTOR) = STEPS
STATUSES = len(LISTED)
FINE = 5  # bits that are left out where the most of many are counted
BINS = (1 << 15) >> FINE
ANYBODY = 1  # the least that somebody reaches
OF_PERSON, OF_WORK = 2, 4  # for whose list a pair is kept, beside its status
ELIGIBLE, NEAR = np.uint8(PASSES), np.uint8(NEARLY)


class Found(NamedTuple):
    """Room for people who may be listed: who, the status and later what for, 1 and the steps that each reaches at most,
    the lot and the score."""

    rows: Places
    kinds: Codes
    steps: Steps
    lots: Numbers
    scores: Numbers

    @staticmethod
    def empty(many: int) -> Found:
        """Return room for so many."""
        whose, steps = np.zeros(many, np.int32), np.zeros(many, np.int16)
        return Found(whose, np.zeros(many, np.uint8), steps, np.zeros(many), np.zeros(many))


@compiled
def likely(codes: Codes, reach: Steps, slack: int, top: int, bars: Steps, marks: Codes, found: Found) -> int:
    """Fill in whose steps may do for either side's list; return how many there are.

    `codes` are the statuses of everybody, `reach` 1 and the steps that each reaches at most, `slack` how many fewer
    these may be; `bars` what the lists of people need, status after status.
    """
    size = len(codes)
    bins = np.zeros((STATUSES, BINS), np.int32)
    for person in range(0, size, max(size // SAMPLE, 1)):
        if codes[person] < STATUSES:
            bins[codes[person], reach[person] >> FINE] += 1
    floors = _least(bins, top, slack)
    _marked(codes, reach, bars[:size], bars[size:], np.int16(floors[0]), np.int16(floors[1]), marks)
    count = _gathered(marks, size, found.rows)
    for place in range(count):
        person = found.rows[place]
        found.kinds[place], found.steps[place] = codes[person], reach[person]
    return count


@compiled
def chosen(
    count: int,
    slack: int,
    top: int,
    bars: Steps,
    lot_bars: Numbers,
    keys: Keys,
    weights: Numbers,
    work: tuple[np.uint64, float, bool],
    found: Found,
) -> int:
    """Leave of `count` people those who may be listed on either side, with lots and kinds; return how many these are.

    `bars` and `lot_bars` say what the lists of people need; `work` are the assignment's key, its weight, and whether
    nobody has any weight.
    """
    rows, kinds, steps, lots, scores = found
    work_key, work_weight, is_plain = work
    size, kept = len(bars) // STATUSES, 0
    bins = np.zeros((STATUSES, BINS), np.int32)
    for place in range(count):
        bins[kinds[place], steps[place] >> FINE] += 1
    floors = _least(bins, top, slack)
    for place in range(count):
        person, kind = rows[place], kinds[place]
        bar = kind * size + person
        spare = steps[place] - bars[bar]
        is_of_work = steps[place] >= floors[kind]
        if spare < 0 and not is_of_work:
            continue
        lot = _lot(keys[person] ^ work_key)
        if not is_plain:
            lot = -math.log1p(-lot) / (weights[person] * work_weight)
        kind |= OF_WORK if is_of_work else 0
        # Whoever can only come into the band of the last one has to draw a smaller lot than that one.
        if spare >= BAND_STEPS or (spare >= 0 and lot <= lot_bars[bar]):
            kind |= OF_PERSON
        if kind >= OF_PERSON:
            rows[kept], kinds[kept], lots[kept], scores[kept] = person, kind, lot, scores[place]
            kept += 1
    return kept


@compiled
def _marked(
    codes: Codes, reach: Steps, bar: Steps, near_bar: Steps, floor: np.int16, near_floor: np.int16, marks: Codes
) -> None:
    """Mark who reaches what a person's or the assignment's list needs in the own status: whole rows at once."""
    for person in range(len(codes)):
        is_first = np.uint8(codes[person] == ELIGIBLE) & np.uint8(reach[person] >= min(bar[person], floor))
        is_second = np.uint8(codes[person] == NEAR) & np.uint8(reach[person] >= min(near_bar[person], near_floor))
        marks[person] = is_first | is_second


@compiled
def _least(bins: Bins, top: int, slack: int) -> tuple[int, int]:
    """Return for each status the least of the band that is reached for certain by the `top` who are counted highest.

    Of whom only some were counted, the `top` highest of these reach it as well.
    """
    return _least_of(bins[0], top, slack), _least_of(bins[1], top, slack)


@compiled
def _least_of(bins: Bins, top: int, slack: int) -> int:
    many, place = 0, BINS
    while place > 0 and many < top:
        place -= 1
        many += bins[place]
    if many < top:
        return ANYBODY
    return ANYBODY + max((place << FINE) - 1 - slack, 0) // BAND_STEPS * BAND_STEPS


@compiled
def _gathered(marks: Codes, size: int, rows: Places) -> int:
    """Fill in the places of all marks, looked at eight at a time, and return how many there are."""
    count = 0
    for eight, several in enumerate(marks.view(np.uint64)):
        if several:
            for person in range(8 * eight, min(8 * eight + 8, size)):
                if marks[person]:
                    rows[count] = person
                    count += 1
    return count


@compiled
def _lot(number: np.uint64) -> float:
    """Return the number that two mixed keys draw, as `Lottery` does."""
    number = (number ^ (number >> np.uint64(FIRST_SHIFT))) * np.uint64(FIRST_FACTOR)
    number = (number ^ (number >> np.uint64(SECOND_SHIFT))) * np.uint64(SECOND_FACTOR)
    number ^= number >> np.uint64(LAST_SHIFT)
    return (np.float64(number >> np.uint64(64 - EXACT)) + 0.5) / 2.0**EXACT
