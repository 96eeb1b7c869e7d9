"""What the words of both sides have in common, statement by statement: `Likeness` for very many, but for rounding."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching.engine.lines import Parts
from matching.engine.statements import Statements
from matching.engine.steps import steps
from matching.text.calibration import Calibration
from matching.text.exact import SCALE
from matching.text.likeness import Asked, offsets_between

Numbers = NDArray[np.float32]
Places = NDArray[np.intp]
# `Likeness` rounds to three digits, twice; the rest is for float32.
ROUNDING = np.float32(0.0012)


class Words:
    """What an assignment asks for in words, beside what volunteers of a store say: each statement is compared once."""

    def __init__(self, asked: Asked, statements: Statements, numbers: Calibration) -> None:
        self._statements, self._is_work = statements, asked.is_work.astype(np.float32)[:, None]
        self._asked = np.concatenate([asked.rows, asked.whole_row]).astype(np.int16)  # whole numbers: see `Exact`
        offsets = offsets_between(statements.languages, (*asked.statements, asked.whole), numbers) + numbers.alike_from
        # From where a nearness counts, (asked, languages), the whole last.
        self._offsets = np.asarray(offsets.T, np.float32)
        self._steep = np.float32(1 / (numbers.alike_full - numbers.alike_from))
        self._places = np.zeros(statements.size, np.int32)  # where a statement's column stands in `_worth`; 0: nowhere
        self._worth = np.zeros((len(self._asked), 1), np.float32)

    def worth(self, which: Places) -> Numbers:
        """Return what each of these statements, whose numbers rise, is worth, (asked, statements): the whole last."""
        parts = [steps().compared(rows, some, self._asked) for rows, some, _ in self._statements.placed(which)]
        found = np.concatenate(parts, axis=1)
        found *= np.float32(1 / SCALE**2)
        found -= self._offsets.take(self._statements.spoken[which], axis=1)
        found *= self._steep
        np.clip(found, 0.0, 1.0, out=found)
        found[:-1] *= self._is_work
        return found

    def likeness(self, parts: Parts) -> Numbers:
        """Return each person's likeness to within ROUNDING, in the order of the parts; 0 where nothing is said."""
        numbers, counts = steps().said(parts)
        which = steps().unseen(self._places, numbers)
        if len(which):
            known = self._worth.shape[1]
            self._places[which] = np.arange(known, known + len(which))
            self._worth = np.concatenate([self._worth, self.worth(which.astype(np.intp))], axis=1)
        found: Numbers = steps().met(self._worth, self._places.take(numbers), counts)
        return found
