"""Assignments that compiled loops look at together, in numbers alone."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.batch.fast.bits import Bits
from matching.batch.fast.choosing import Places
from matching.batch.lines import Numbers
from matching.batch.scores import Steps
from matching.lots import Keys

WORDS = -1  # in place of a row of facts: the likeness of the wording that is asked in
NOBODY = -2  # there is none, as all have the only fact


class Asking(NamedTuple):
    """Some assignments: their numbers, keys and weights for lots, and rows of the wordings that they ask in.

    Assignment `a` is looked at in the modes `firsts[a]:firsts[a + 1]`, mode `m` by the rows of rules
    `rules[ends[m]:ends[m + 1]]`; `worths[m]` are the numbers of what it is worth of each criterion. The lines of all
    these are `lines[line_ends[m]:line_ends[m + 1]]`, as `Tables` has them.
    """

    numbers: Places
    keys: Keys
    weights: Numbers
    wordings: Places
    firsts: Places
    ends: Places
    rules: Places
    worths: Places
    lines: Places
    line_ends: Places


class Tables(NamedTuple):
    """What facts are worth. A worth has the lines and the rows of steps that `spans` says, from where to where.

    Of each line `lines` says the row of facts and where its table starts, in points in `points` and in whole steps in
    `steps`. `same` are the steps of a worth that are the same for all, and of which no row tells.
    """

    spans: Places
    same: Places
    lines: Places
    points: Numbers
    steps: Steps
    bounds: Places


class Columns(NamedTuple):
    """Rows with a place for everybody: rules, the steps that criteria come to at most, facts, and likeness."""

    rules: Bits
    most: Steps
    facts: NDArray[Any]
    alike: NDArray[np.uint16]
