"""One assignment over a segment, by compiled loops: rules, who may be listed, scores, and the lists."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.batch.fast.choosing import Numbers, Places, chosen
from matching.batch.fast.listing import Lists, Logs, kept
from matching.batch.fast.worth import NOBODY
from matching.batch.rules import AT_ONCE, FAILS, Codes
from matching.batch.scores import Steps
from matching.compiled import compiled
from matching.lots import Keys

FAILED = np.uint8(FAILS)


class Held(NamedTuple):
    """What all assignments are looked at with.

    `bars` and `lot_bars` say what the lists of people need, by status and volunteer one after the other; `keys` and
    `weights` are of the lots; the rest is room for what is found on the way.
    """

    people: Lists
    works: Lists
    logs: Logs
    bars: Steps
    lot_bars: Numbers
    keys: Keys
    weights: Numbers
    reach: Steps
    marks: Codes
    rows: Places
    kinds: Codes
    lots: Numbers
    scores: Numbers


@compiled
def judged(rules: Codes, rows: Places, codes: Codes) -> None:
    """Fill in 0 for who passes all rules, 1 for who fails one by little, 2 for all others."""
    codes[:] = 0
    for number in range(len(rows)):
        rule = rules[rows[number]]
        for person in range(len(codes)):
            codes[person] += rule[person]
        if number % AT_ONCE == AT_ONCE - 1:
            _cut_back(codes)
    _cut_back(codes)


@compiled
def _cut_back(codes: Codes) -> None:
    for person in range(len(codes)):
        codes[person] = min(codes[person], FAILED)


@compiled
def parted(first: Codes, second: Codes) -> None:
    """Let everybody count in one of two modes: the first where that is no worse."""
    for person in range(len(first)):
        is_first = first[person] <= second[person]
        first[person], second[person] = (
            first[person] if is_first else FAILED,
            FAILED if is_first else second[person],
        )


@compiled
def looked_at(
    codes: Codes,
    most: Steps,
    facts: NDArray[Any],
    rows: tuple[Places, ...],
    same: int,
    worths: tuple[Numbers, ...],
    lines: tuple[Places, ...],
    top: int,
    work: tuple[int, int, np.uint64, float, bool],
    held: Held,
) -> None:
    """Take whoever may be listed on either side into the lists.

    `rows`, `worths` and `lines` are those of each criterion, `same` the steps that are the same for all; `work` the
    assignment's number, the place of its lists, its key, its weight, and whether nobody has any weight.
    """
    number, place, key, weight, is_plain = work
    slack = _reached(most, rows, same, lines, held.reach)
    found = held.rows, held.kinds, held.lots
    bars, lot_bars = held.bars, held.lot_bars
    lottery = key, weight, is_plain
    count = chosen(
        codes, held.reach, slack, top, bars, lot_bars, held.keys, held.weights, lottery, held.marks, found
    )  # fmt: skip
    some, kinds, lots, scores = held.rows[:count], held.kinds[:count], held.lots[:count], held.scores[:count]
    _scored(some, facts, worths, lines, scores)
    kept(some, kinds, lots, scores, number, place, top, bars, lot_bars, held.people, held.works, held.logs)


@compiled
def _reached(most: Steps, rows: tuple[Places, ...], same: int, lines: tuple[Places, ...], reach: Steps) -> int:
    """Fill in 1 and the steps that everybody reaches at most; return how many fewer these may be."""
    reach[:] = 1 + same
    slack = 0
    for criterion in range(len(rows)):
        for row in rows[criterion]:
            steps = most[row]
            for person in range(len(reach)):
                reach[person] += steps[person]
        slack += len(lines[criterion])
    return slack


@compiled
def _scored(
    some: Places, facts: NDArray[Any], worths: tuple[Numbers, ...], lines: tuple[Places, ...], scores: Numbers
) -> None:
    """Fill in scores to the last bit as a plain sheet has them: line after line, in the same order."""
    scores[:] = 0.0
    for criterion in range(len(lines)):
        worth = worths[criterion]
        for line in range(len(lines[criterion])):
            row, start = lines[criterion][line]
            if row == NOBODY:
                for at in range(len(some)):
                    scores[at] += worth[start]
            else:
                mine = facts[row]
                for at in range(len(some)):
                    scores[at] += worth[start + mine[some[at]]]
