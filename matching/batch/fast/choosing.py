"""Which pairs may be listed on either side, by compiled loops over the most that each can score."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.batch.fast.bits import LIST, PERSON, SPREAD, WORD, Bits, places_of
from matching.batch.rules import Codes
from matching.batch.scores import BAND_STEPS, STEPS_A_POINT, Steps
from matching.compiled import inlined, uncounted
from matching.listing import LISTED
from matching.lots import EXACT, LAST_SHIFT, STEPS, Keys

Numbers = NDArray[np.float64]
Places = NDArray[np.int32]

(FIRST_SHIFT, FIRST_FACTOR), (SECOND_SHIFT, SECOND_FACTOR) = STEPS
STATUSES = len(LISTED)
ANYBODY = 1  # the least that somebody reaches
FOR_PERSON, FOR_WORK = 1, 2  # for whose list a pair is kept: the lowest bits of `Found.whose`
EIGHT = WORD // 8
# The lowest bits of eight bytes, times this number, stand side by side in the highest byte.
SIDE_BY_SIDE, TOP_BYTE = np.uint64(0x0102040810204080), np.uint64(WORD - 8)


class Bars(NamedTuple):
    """What lists need: `steps` of a pair, and in the band of a list's last entry a lot no larger than `lots`.

    Those of people's lists stand status after status (`bar_of`), so that all of one can be looked at in a row.
    """

    steps: Steps
    lots: Numbers

    @staticmethod
    def none(many: int) -> Bars:
        """Return what lists need that have room for anybody."""
        return Bars(np.full(many, ANYBODY, np.int16), np.full(many, np.inf))


class Found(NamedTuple):
    """Room for people who may be listed: 1 and the steps that each reaches at most, the lot and the score.

    `whose` tells the person from the bit `PERSON` on, the status from `LIST` on, and below that later what for. `marks`
    are bytes for who is left by status and for who may be listed, `bits` the last.
    """

    whose: Places
    steps: Steps
    lots: Numbers
    scores: Numbers
    marks: Codes
    bits: Bits

    @staticmethod
    def empty(many: int) -> Found:
        """Return room for so many, whole words of them, and for one more that is written over."""
        whose, steps = np.zeros(many + 1, np.int32), np.zeros(many, np.int16)
        marks, bits = np.zeros((STATUSES + 1, many), np.uint8), np.zeros(many // WORD, np.uint64)
        return Found(whose, steps, np.zeros(many), np.zeros(many), marks, bits)


@inlined
def bar_of(theirs: int, size: int) -> int:
    """Return the place of what a list of one of `size` people needs; `theirs` is 2 * person + status."""
    return (theirs & 1) * size + (theirs >> 1)


@inlined
def likely(left: Bits, first: int, last: int, reach: Steps, bars: Steps, floors: tuple[int, int], found: Found) -> int:
    """Fill in whose steps may do for either side's list; return how many there are.

    People stand from `first` to before `last`, `left` is theirs alone, `reach` says the steps that each of them reaches
    at most; `bars` is what the lists of people need, status after status, `floors` what those of the assignment do.
    """
    size, words = len(bars) // STATUSES, -(-(last - first) // WORD)
    is_first, is_second, marks = found.marks[0], found.marks[1], found.marks[2]
    for status in range(STATUSES):
        eights, left_bytes = found.marks[status].view(np.uint64), left[status].view(np.uint8)
        for eight in range(EIGHT * words):
            eights[eight] = SPREAD[left_bytes[eight]]
    _marked(
        is_first, is_second, reach, bars[first:last], bars[size + first : size + last],
        np.int16(floors[0]), np.int16(floors[1]), marks,
    )  # fmt: skip
    marks[last - first :] = 0
    eights = marks.view(np.uint64)
    for word in range(words):
        several = np.uint64(0)
        for eight in range(EIGHT):
            byte = (eights[EIGHT * word + eight] * SIDE_BY_SIDE) >> TOP_BYTE
            several |= byte << np.uint64(8 * eight)
        found.bits[word] = several
    count = places_of(found.bits[:words], found.whose)
    for place in range(count):
        person = found.whose[place]
        found.steps[place] = reach[person]
        found.whose[place] = (person + first) << PERSON | np.int32(is_first[person] == 0) << LIST
    return count


@inlined
def reaching(count: int, bars: Bars, work_bars: Bars, mine: int, found: Found) -> int:
    """Leave of `count` people those whose scores may do for either side's list, with steps; return how many these are.

    `mine` is the place of the assignment's lists.
    """
    whose, scores, size, kept = found.whose, found.scores, len(bars.steps) // STATUSES, 0
    # Almost without branches, which nobody could guess: whoever is left out is written over by the next one.
    for place in range(count):
        one, score = whose[place], scores[place]
        status = one >> LIST & 1
        steps = 1 + math.ceil(score * STEPS_A_POINT)
        whose[kept], scores[kept], found.steps[kept] = one, score, steps
        bar = np.uint64(bar_of(one >> LIST, size))
        kept += (steps >= bars.steps[bar]) | (steps >= work_bars.steps[np.uint64(mine + status)])
    return kept


@inlined
def chosen(
    count: int, bars: Bars, work_bars: Bars, mine: int, keys: Keys, weights: Numbers,
    work: tuple[np.uint64, float, bool], found: Found,
) -> int:  # fmt: skip
    """Leave of `count` people whose steps do for either side those whose lots do, and tell for whose list each is kept.

    `mine` is the place of the assignment's lists; `work` are its key, its weight, and whether nobody has any weight.
    """
    whose, steps, lots, scores = found.whose, found.steps, found.lots, found.scores
    work_key, work_weight, is_plain = work
    size, kept = len(bars.steps) // STATUSES, 0
    for place in range(count):
        one, reach = whose[place], steps[place]
        status, person = one >> LIST & 1, np.uint64(one >> PERSON)
        bar, work_bar = np.uint64(bar_of(one >> LIST, size)), np.uint64(mine + status)
        lot = _lot(keys[person] ^ work_key)
        if not is_plain:
            lot = -math.log1p(-lot) / (weights[person] * work_weight)
        # Whoever can only come into the band of the last one has to draw a smaller lot than that one.
        spare, work_spare = reach - bars.steps[bar], reach - work_bars.steps[work_bar]
        is_for_person = (spare >= BAND_STEPS) | ((spare >= 0) & (lot <= bars.lots[bar]))
        is_for_work = (work_spare >= BAND_STEPS) | ((work_spare >= 0) & (lot <= work_bars.lots[work_bar]))
        whose[kept] = one | FOR_WORK * is_for_work | FOR_PERSON * is_for_person
        lots[kept], scores[kept] = lot, scores[place]
        kept += is_for_work | is_for_person
    return kept


@uncounted
def _marked(
    is_first: Codes, is_second: Codes, reach: Steps, bar: Steps, near_bar: Steps, floor: np.int16, near_floor: np.int16,
    marks: Codes,
) -> None:  # fmt: skip
    """Mark who reaches what a person's or the assignment's list needs in the own status: whole rows at once."""
    for person in range(len(bar)):
        may_first = np.uint8(reach[person] >= min(bar[person], floor))
        may_second = np.uint8(reach[person] >= min(near_bar[person], near_floor))
        marks[person] = (is_first[person] & may_first) | (is_second[person] & may_second)


@uncounted
def _lot(number: np.uint64) -> float:
    """Return the number that two mixed keys draw, as `Lottery` does."""
    number = (number ^ (number >> np.uint64(FIRST_SHIFT))) * np.uint64(FIRST_FACTOR)
    number = (number ^ (number >> np.uint64(SECOND_SHIFT))) * np.uint64(SECOND_FACTOR)
    number ^= number >> np.uint64(LAST_SHIFT)
    return (np.float64(number >> np.uint64(64 - EXACT)) + 0.5) / 2.0**EXACT
