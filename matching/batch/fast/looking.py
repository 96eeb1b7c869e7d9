"""Some assignments over a segment, by compiled loops: rules, who may be listed, scores, and the lists.

People are taken in tiles, and of each tile all assignments one after the other, so that what is known of its people
stays in the processor's cache.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.batch.fast.bits import NONE, PERSON, Bits, count_of, gathered, judged, parted
from matching.batch.fast.blocks import NOBODY, WORDS, Asking, Columns, Tables
from matching.batch.fast.choosing import Bars, Found, Numbers, Places, chosen, likely, reaching
from matching.batch.fast.listing import Lists, Logs, kept
from matching.batch.fast.worth import APART, IN_ONE
from matching.batch.scores import Steps
from matching.compiled import inlined, uncounted
from matching.lots import Keys

(SKILLS, INTERESTS), (ONE, TWO, THREE) = IN_ONE, APART


class Held(NamedTuple):
    """What all assignments are looked at with: `tile` people at once, whole words of bits; `top` entries a list;
    `is_plain` where nobody has any weight in lots.

    `bars` says what the lists of people need, by status and volunteer one after the other, `work_bars` those of
    assignments, by assignment and status; `base` and `reach` are room for the steps of a tile.
    """

    tile: int
    top: int
    is_plain: bool
    keys: Keys
    weights: Numbers
    people: Lists
    works: Lists
    logs: Logs
    bars: Bars
    work_bars: Bars
    base: Steps
    reach: Steps
    found: Found


@uncounted
def all_judged(asking: Asking, rules: Bits, room: Bits, left: Bits, unions: Bits, counts: Places) -> None:
    """Fill in who is left in each mode (tiles, modes, statuses, words), and how many these are.

    `room` (modes, statuses, words) is room to judge everybody in the modes of one assignment; `unions` (wordings,
    words) are filled in with who is left for any that asks in a wording. A tile's people are looked at for one mode
    after the other: memory is read far sooner where it is read in a row.
    """
    wide = left.shape[3]
    unions[:] = NONE
    for work in range(len(asking.numbers)):
        first, last = asking.firsts[work], asking.firsts[work + 1]
        for mode in range(first, last):
            judged(rules, asking.rules[asking.ends[mode] : asking.ends[mode + 1]], room[mode - first])
        if last - first > 1:
            parted(room[0], room[1])
        for mode in range(first, last):
            mine = room[mode - first]
            counts[mode] = count_of(mine)
            if asking.wordings[work] < len(unions):
                both = unions[asking.wordings[work]]
                for word in range(len(both)):
                    both[word] |= mine[0, word] | mine[1, word]
            for tile in range(len(left)):
                start = tile * wide
                for status in range(len(mine)):
                    place, whole = left[tile, mode, status], mine[status, start : start + wide]
                    for word in range(len(whole)):
                        place[word] = whole[word]


@uncounted
def all_looked_at(
    asking: Asking, left: Bits, counts: Places, most: int, tables: Tables, columns: Columns, held: Held
) -> None:
    """Take whoever may be listed on either side into the lists: by bounds of all where more than `most` are left."""
    size = columns.facts.shape[1]
    for first in range(0, size, held.tile):
        last, skills, interests, wording = min(first + held.tile, size), -1, -1, -1
        mine = left[first // held.tile]
        for work in range(len(asking.numbers)):
            for mode in range(asking.firsts[work], asking.firsts[work + 1]):
                if counts[mode] == 0:
                    continue
                worths, row = asking.worths[mode], asking.wordings[work]
                lines = asking.lines[asking.line_ends[mode] : asking.line_ends[mode + 1]]
                if counts[mode] > most:
                    if worths[SKILLS] != skills or worths[INTERESTS] != interests or row != wording:
                        skills, interests, wording = worths[SKILLS], worths[INTERESTS], row
                        _based(worths, row, first, last, tables, columns, held.base)
                    _by_bounds(mine[mode], worths, lines, row, work, first, last, asking, tables, columns, held)
                else:
                    _by_scores(mine[mode], lines, row, work, first, asking, tables, columns, held)


@inlined
def _by_bounds(
    left: Bits, worths: Places, lines: Places, wording: int, work: int, first: int, last: int,
    asking: Asking, tables: Tables, columns: Columns, held: Held,
) -> None:  # fmt: skip
    """Look at a tile of whom many are left: only those are scored whose bounds will do."""
    reach = held.reach[: last - first]
    _reached(worths, first, last, tables, columns.most, held.base, reach)
    floors = held.work_bars.steps[2 * work], held.work_bars.steps[2 * work + 1]
    count = likely(left, first, last, reach, held.bars.steps, floors, held.found)
    count = _chosen(count, work, asking, held)
    _scored(count, lines, wording, tables, columns, held.found)
    _kept(count, work, asking, held)


@inlined
def _by_scores(
    left: Bits, lines: Places, wording: int, work: int, first: int,
    asking: Asking, tables: Tables, columns: Columns, held: Held,
) -> None:  # fmt: skip
    """Look at a tile of whom few are left: all of them are scored, and no bounds needed."""
    count = gathered(left, first, held.found.whose)
    if count:
        _scored(count, lines, wording, tables, columns, held.found)
        count = reaching(count, held.bars, held.work_bars, 2 * work, held.found)
        _kept(_chosen(count, work, asking, held), work, asking, held)


@inlined
def _chosen(count: int, work: int, asking: Asking, held: Held) -> int:
    lottery = asking.keys[work], asking.weights[work], held.is_plain
    return chosen(count, held.bars, held.work_bars, 2 * work, held.keys, held.weights, lottery, held.found)


@inlined
def _kept(count: int, work: int, asking: Asking, held: Held) -> None:
    kept(
        count, held.found, asking.numbers[work], work, held.top,
        held.bars, held.work_bars, held.people, held.works, held.logs,
    )  # fmt: skip


@inlined
def _based(worths: Places, wording: int, first: int, last: int, tables: Tables, columns: Columns, base: Steps) -> None:
    """Fill in 1 and the steps at most of the criteria that depend on the work alone."""
    base[:] = 1 + tables.same[worths[SKILLS]] + tables.same[worths[INTERESTS]]
    for criterion in IN_ONE:
        worth = worths[criterion]
        for line in range(tables.spans[worth, 0], tables.spans[worth, 1]):
            row, start = tables.lines[line, 0], tables.lines[line, 1]
            steps = tables.steps[start : start + tables.lines[line, 2]]
            if row == WORDS:
                _added(steps, columns.alike[wording, first:last], base)
            elif row != NOBODY:
                _added(steps, columns.facts[row, first:last], base)


@uncounted
def _added(steps: Steps, facts: NDArray[np.integer], base: Steps) -> None:
    for person in range(len(facts)):
        base[person] += steps[facts[person]]


@inlined
def _reached(worths: Places, first: int, last: int, tables: Tables, most: Steps, base: Steps, reach: Steps) -> None:
    """Fill in 1 and the steps that everybody of a tile reaches at most."""
    same = np.int16(tables.same[worths[ONE]] + tables.same[worths[TWO]] + tables.same[worths[THREE]])
    for person in range(len(reach)):
        reach[person] = base[person] + same
    for criterion in APART:
        worth = worths[criterion]
        for bound in range(tables.spans[worth, 2], tables.spans[worth, 3]):
            steps = most[tables.bounds[bound], first:last]
            for person in range(len(reach)):
                reach[person] += steps[person]


@inlined
def _scored(count: int, lines: Places, wording: int, tables: Tables, columns: Columns, found: Found) -> None:
    """Fill in scores to the last bit as a plain sheet has them: line after line, in the same order.

    Up to four lines of facts are added in one loop, each after the one before; no row of facts is below nought.
    """
    whose, scores, points, facts = found.whose, found.scores, tables.points, columns.facts
    scores[:count] = 0.0
    line, last = 0, len(lines)
    while line < last:
        row, start = lines[line, 0], np.uint64(lines[line, 1])
        end = line + 1
        while end < min(last, line + 4) and row >= 0 and lines[end, 0] >= 0:
            end += 1
        if row == NOBODY:
            for at in range(count):
                scores[at] += points[start]
        elif row == WORDS:
            for at in range(count):
                # Numbers without a sign: others might count from the end, which takes a step each.
                scores[at] += points[start + np.uint64(columns.alike[wording, np.uint64(whose[at] >> PERSON)])]
        elif end - line == 4:
            second, third, fourth = lines[line + 1, 0], lines[line + 2, 0], lines[line + 3, 0]
            two, three, four = (
                np.uint64(lines[line + 1, 1]),
                np.uint64(lines[line + 2, 1]),
                np.uint64(lines[line + 3, 1]),
            )
            for at in range(count):
                person = np.uint64(whose[at] >> PERSON)
                before = scores[at] + points[start + np.uint64(facts[row, person])]
                before += points[two + np.uint64(facts[second, person])]
                before += points[three + np.uint64(facts[third, person])]
                scores[at] = before + points[four + np.uint64(facts[fourth, person])]
        elif end - line > 1:
            end, second, two = line + 2, lines[line + 1, 0], np.uint64(lines[line + 1, 1])
            for at in range(count):
                person = np.uint64(whose[at] >> PERSON)
                before = scores[at] + points[start + np.uint64(facts[row, person])]
                scores[at] = before + points[two + np.uint64(facts[second, person])]
        else:
            for at in range(count):
                scores[at] += points[start + np.uint64(facts[row, np.uint64(whose[at] >> PERSON)])]
        line = end
