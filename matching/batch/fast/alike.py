"""How like what people say is to what wordings ask for, by compiled loops: the numbers of `Likeness`, exact."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.batch.said import FULL, Numbers, Steps
from matching.compiled import compiled

Places = NDArray[np.integer]
Flags = NDArray[np.bool_]
Rough = NDArray[np.float32]

ALL = float(FULL)  # of a likeness, as numbers with a point
GROUP = 4  # statements of a person come in so many: loops of one length need no guess at where they end
LANES = 8  # columns of a wording come in so many
BLOCK = 64  # people who are looked at together
# Four bytes tell a likeness in thousandths to 0.0003: each of its three parts is below 1,001, where they are exact to
# 0.00007 each, and so is what these come to. Nearer to the middle between two whole numbers it is worked out anew.
MARGIN = np.float32(0.002)
ONE, HALF, QUARTER = np.float32(1), np.float32(0.5), np.float32(0.25)


def in_groups(starts: Places, places: Places, nothing: int) -> tuple[Places, Places]:
    """Return places with each person's padded to whole groups by the statement `nothing`, which is near to nothing."""
    counts = np.diff(starts)
    ends = np.cumsum([0, *(-(-counts // GROUP) * GROUP)]).astype(np.int32)
    found = np.full(ends[-1], nothing, np.promote_types(np.uint16, np.min_scalar_type(nothing)))
    found[np.arange(len(places)) + np.repeat(ends[:-1] - starts[:-1], counts)] = places
    return ends, found


@compiled
def of_some(
    some: Places,
    mine: Steps,
    speaks: Flags,
    share: Numbers,
    starts: Places,
    places: Places,
    found: NDArray[Any],
) -> None:
    """Fill in the likeness of some people to one wording; `some` is used up.

    `mine` (statements, columns) says how near each is to what is asked and to the whole, `speaks` which are nearer than
    the least that counts: whoever makes no other statements gets 0. `share` says how much each speaks of work.
    """
    count = 0
    for person in some:
        does_speak = False
        for place in range(starts[person], starts[person + 1], GROUP):
            for turn in range(GROUP):
                does_speak |= speaks[places[place + turn]]
        found[person] = 0
        some[count] = person
        count += does_speak
    best = np.empty(mine.shape[1], np.uint16)
    for person in some[:count]:
        best[:] = 0
        for place in range(starts[person], starts[person + 1], GROUP):
            one, two, three, four = places[place], places[place + 1], places[place + 2], places[place + 3]
            for lane in range(0, len(best), LANES):
                for asked in range(LANES):
                    column = lane + asked
                    best[column] = max(
                        best[column], mine[one, column], mine[two, column], mine[three, column], mine[four, column]
                    )
        found[person] = _exactly(best, share)


@compiled
def likeness(
    near: Steps, which: Places, share: Numbers, ends: Places, least: int, starts: Places, places: Places, found: Steps
) -> None:
    """Fill in the likeness of everybody; whoever comes to no more than `least` gets that or less.

    `near` (statements, columns) says how near each is to whatever is asked. Of the wordings, which end at `ends`,
    `which` names the columns of their statements and, last of each, of the whole; `share` says how much each speaks of
    work. `starts` and `places` say who makes which statements; `found` is (wordings, people).
    """
    best, turned = np.zeros(near.shape[1], np.uint16), np.zeros((near.shape[1], BLOCK), np.uint16)
    top, second, above = np.zeros(BLOCK, np.float32), np.zeros(BLOCK, np.float32), np.zeros(BLOCK, np.float32)
    is_unsure = np.zeros(BLOCK, np.float32)
    mine = np.zeros(len(which), np.uint16)  # a wording that names a skill twice asks more than there are columns
    for first in range(0, found.shape[1], BLOCK):
        many = min(BLOCK, found.shape[1] - first)
        for person in range(first, first + many):
            best[:] = 0
            for place in range(starts[person], starts[person + 1], GROUP):
                one, two, three, four = places[place], places[place + 1], places[place + 2], places[place + 3]
                for column in range(len(best)):
                    best[column] = max(
                        best[column], near[one, column], near[two, column], near[three, column], near[four, column]
                    )
            for column in range(len(best)):
                turned[column, person - first] = best[column]
        for wording in range(len(found)):
            asked, shares = which[ends[wording] : ends[wording + 1]], share[ends[wording] : ends[wording + 1]]
            _met(turned, asked, shares, np.float32(least), top, second, above, is_unsure)
            for one in range(many):
                found[wording, first + one] = np.uint16(above[one])
            for one in range(many):
                if is_unsure[one]:
                    for column in range(len(asked)):
                        mine[column] = turned[asked[column], one]
                    found[wording, first + one] = _exactly(mine, shares)


@compiled
def _met(
    best: Steps,
    which: Places,
    share: Numbers,
    least: np.float32,
    top: Rough,
    second: Rough,
    above: Rough,
    is_unsure: Rough,
) -> None:
    """Fill in the likeness of a block to one wording and a half, and where that is too near to a whole number.

    Columns of their own and loops of one length become machine code for many people at once, which views do not.
    """
    last = len(which) - 1
    for one in range(BLOCK):
        top[one] = second[one] = 0
    for asked in range(last):
        column, factor = which[asked], np.float32(share[asked])
        for one in range(BLOCK):
            worth, best_yet, next_yet = np.float32(best[column, one]) * factor, top[one], second[one]
            less = worth if worth < best_yet else best_yet
            top[one] = worth if worth > best_yet else best_yet
            second[one] = less if less > next_yet else next_yet
    if last == 1:
        for one in range(BLOCK):
            second[one] = top[one]
    column = which[last]
    for one in range(BLOCK):
        found = (top[one] + second[one]) * QUARTER + np.float32(best[column, one]) * HALF + HALF
        rest = found - np.floor(found)
        above[one] = found
        is_unsure[one] = np.float32(((rest < MARGIN) | (rest > ONE - MARGIN)) & (found > least))


@compiled
def _exactly(best: Steps, share: Numbers) -> np.uint16:
    """Return the likeness of the best that somebody says to each that is asked for and, last, to the whole."""
    last = len(share) - 1
    top = second = 0.0
    for asked in range(last):
        worth = np.int32(best[asked]) / ALL * share[asked]
        less = worth if worth < top else top
        top = worth if worth > top else top
        second = less if less > second else second
    met = (top + second) / 2 if last > 1 else top
    return np.uint16(np.rint((met + np.int32(best[last]) / ALL) / 2 * ALL))
