"""What the words of both sides have in common, statement by statement: `Likeness` for very many, but for rounding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.engine.lines import Parts
from matching.engine.marks import entries_of
from matching.engine.statements import Statements
from matching.text.calibration import Calibration
from matching.text.exact import SCALE
from matching.text.likeness import BEST, Asked, offsets_between

Numbers = NDArray[np.float32]
Places = NDArray[np.intp]
# `Likeness` rounds to three digits, twice; the rest is for float32.
ROUNDING = np.float32(0.0012)
AT_ONCE = 128  # statements: their rows, twice while they become float32, stay in a core's own memory


@dataclass(frozen=True, eq=False)
class Words:
    """What an assignment asks for in words, beside all that volunteers of a store say."""

    asked: Asked
    statements: Statements
    numbers: Calibration

    @cached_property
    def _offsets(self) -> Numbers:
        """From where a nearness counts, (languages, asked), the whole last."""
        heard = (*self.asked.statements, self.asked.whole)
        offsets = offsets_between(self.statements.languages, heard, self.numbers) + self.numbers.alike_from
        return np.asarray(offsets, np.float32)

    @cached_property
    def _rows(self) -> Numbers:
        """What is asked as columns, the whole last, scaled so that products are nearness."""
        return np.concatenate([self.asked.rows, self.asked.whole_row]).T * np.float32(1 / SCALE**2)

    def worth(self, which: Places) -> Numbers:
        """Return what each of these statements is worth, (asked, statements): beside the whole at last."""
        found = np.empty((self._rows.shape[1], len(which)), np.float32)
        for start in range(0, len(which), AT_ONCE):
            some = which[start : start + AT_ONCE]
            near = self.statements.rows(some) @ self._rows
            near -= self._offsets.take(self.statements.spoken[some], axis=0)
            found[:, start : start + len(some)] = near.T
        found *= np.float32(1 / (self.numbers.alike_full - self.numbers.alike_from))
        np.clip(found, 0.0, 1.0, out=found)
        found[:-1] *= self.asked.is_work.astype(np.float32)[:, None]
        return found

    def likeness(self, parts: Parts) -> Numbers:
        """Return each person's likeness to within ROUNDING, in the order of the parts; 0 where nothing is said."""
        places, said = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
        for segment, rows in parts:
            entries, counted = entries_of(segment.pack["said.starts"], rows)
            said.append(counted)
            places.append(segment.pack["said.places"][entries].astype(np.intp))
        counts, numbers = np.concatenate(said), np.concatenate(places)
        found = np.zeros(len(counts), np.float32)
        if len(numbers):
            which, mine = self._distinct(numbers)
            spoke = np.flatnonzero(counts)
            first = np.cumsum(counts)[spoke] - counts[spoke]
            # One column after the other: side by side they would be short rows, which cost a step each.
            *alike, whole = (np.maximum.reduceat(one[mine], first) for one in self.worth(which))
            found[spoke] = (_mean_of_best(alike) + whole) / 2
        return found

    def _distinct(self, numbers: Places) -> tuple[Places, Places]:
        """Return the numbers of statements once each, rising, and the place of each one there."""
        place = np.zeros(self.statements.size, np.intp)
        place[numbers] = 1
        which = np.flatnonzero(place)
        place[which] = np.arange(len(which))
        return which, place[numbers]


def _mean_of_best(columns: Sequence[Numbers]) -> Numbers:
    """Return the mean of the BEST highest numbers of each place."""
    *better, last = [np.zeros_like(columns[0]) for _ in columns[:BEST]]
    for column in columns:
        rest = column
        for place, one in enumerate(better):
            better[place], rest = np.maximum(one, rest), np.minimum(one, rest)
        np.maximum(last, rest, out=last)
    best = [*better, last]
    return np.asarray(sum(best[1:], best[0]) / np.float32(len(best)))
