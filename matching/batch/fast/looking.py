"""One assignment over a segment, by compiled loops: rules, who may be listed, scores, and the lists."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.batch.fast.bits import Bits, in_codes
from matching.batch.fast.choosing import Found, Numbers, Places, chosen, likely
from matching.batch.fast.listing import Lists, Logs, kept
from matching.batch.fast.worth import NOBODY
from matching.batch.rules import Codes
from matching.batch.scores import STEPS_A_POINT, Steps
from matching.compiled import compiled
from matching.lots import Keys

Work = tuple[int, int, np.uint64, float, bool]  # number, place of the lists, key, weight, whether nobody has any weight


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
    codes: Codes
    reach: Steps
    marks: Codes
    found: Found


@compiled
def all_looked_at(
    left: Bits,
    most: Steps,
    facts: NDArray[Any],
    rows: tuple[Places, ...],
    same: int,
    worths: tuple[Numbers, ...],
    lines: tuple[Places, ...],
    top: int,
    work: Work,
    held: Held,
) -> None:
    """Take whoever may be listed on either side into the lists, where many are left: by whole columns.

    `rows`, `worths` and `lines` are those of each criterion, `same` the steps that are the same for all.
    """
    in_codes(left, held.codes)
    slack = _reached(most, rows, same, lines, held.reach)
    count = likely(held.codes, held.reach, slack, top, held.bars, held.marks, held.found)
    count = _chosen(count, slack, top, work, held)
    _scored(held.found.rows[:count], facts, worths, lines, held.found.scores[:count])
    _kept(count, top, work, held)


@compiled
def some_looked_at(
    count: int,
    facts: NDArray[Any],
    worths: tuple[Numbers, ...],
    lines: tuple[Places, ...],
    top: int,
    work: Work,
    held: Held,
) -> None:
    """Do the same for the few who are left and stand in `held.found`: all of them are scored, and no bounds needed."""
    scores, steps = held.found.scores[:count], held.found.steps
    _scored(held.found.rows[:count], facts, worths, lines, scores)
    for place in range(count):
        steps[place] = 1 + math.ceil(scores[place] * STEPS_A_POINT)
    _kept(_chosen(count, 1, top, work, held), top, work, held)


@compiled
def _chosen(count: int, slack: int, top: int, work: Work, held: Held) -> int:
    bars, lot_bars, lottery = held.bars, held.lot_bars, work[2:]
    return chosen(count, slack, top, bars, lot_bars, held.keys, held.weights, lottery, held.found)


@compiled
def _kept(count: int, top: int, work: Work, held: Held) -> None:
    rows, kinds, _, lots, scores = held.found
    kept(
        rows[:count], kinds[:count], lots[:count], scores[:count], work[0], work[1],
        top, held.bars, held.lot_bars, held.people, held.works, held.logs,
    )  # fmt: skip


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
