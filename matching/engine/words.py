"""What the words of both sides have in common, statement by statement: `Likeness` for very many, but for rounding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.engine.lines import Parts
from matching.engine.marks import taken
from matching.engine.statements import Statements
from matching.text.calibration import Calibration
from matching.text.exact import SCALE
from matching.text.likeness import BEST, Asked, offsets_between

Numbers = NDArray[np.float32]
Places = NDArray[np.intp]
# `Likeness` rounds to three digits, twice; the rest is for float32.
ROUNDING = np.float32(0.0012)


@dataclass(frozen=True)
class Words:
    """What an assignment asks for in words, beside all that volunteers of a store say."""

    asked: Asked
    statements: Statements
    numbers: Calibration

    def worth(self, which: Places) -> tuple[Numbers, Numbers]:
        """Return what each of these statements is worth beside each that is asked, and beside the whole."""
        both = np.concatenate([self.asked.rows, self.asked.whole_row])
        near: Numbers = self.statements.rows(which) @ both.T
        near *= np.float32(1 / SCALE**2)
        heard = (*self.asked.statements, self.asked.whole)
        offsets = offsets_between(self.statements.languages, heard, self.numbers).astype(np.float32)
        near -= offsets[self.statements.spoken[which]] + np.float32(self.numbers.alike_from)
        near *= np.float32(1 / (self.numbers.alike_full - self.numbers.alike_from))
        worth = np.clip(near, 0.0, 1.0)
        return worth[:, :-1] * self.asked.is_work.astype(np.float32), worth[:, -1]

    def likeness(self, parts: Parts) -> Numbers:
        """Return each person's likeness to within ROUNDING, in the order of the parts; 0 where nothing is said."""
        places, starts, spoke, before = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)], [np.zeros(0, np.intp)], 0
        people = 0
        for segment, rows in parts:
            entries, whose = taken(segment.pack["said.starts"], rows)
            counts = np.bincount(whose, minlength=len(rows))
            made = np.flatnonzero(counts)
            starts.append(np.cumsum(counts)[made] - counts[made] + before)
            spoke.append(made + people)
            places.append(segment.pack["said.places"][entries].astype(np.intp))
            before += len(entries)
            people += len(rows)
        found = np.zeros(people, np.float32)
        said = np.concatenate(places)
        if len(said):
            mentioned = np.zeros(self.statements.size, bool)
            mentioned[said] = True
            which = np.flatnonzero(mentioned)
            place = np.zeros(self.statements.size, np.intp)
            place[which] = np.arange(len(which))
            first, mine = np.concatenate(starts), place[said]
            alike, whole = self.worth(which)
            met = np.sort(np.maximum.reduceat(alike[mine], first, axis=0), axis=1)[:, -BEST:].mean(axis=1)
            found[np.concatenate(spoke)] = (met + np.maximum.reduceat(whole[mine], first)) / 2
        return found
