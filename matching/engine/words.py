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
Entries = NDArray[np.uint32]
Places = NDArray[np.intp]
# `Likeness` rounds to three digits, twice; the rest is for float32.
ROUNDING = np.float32(0.0012)


class Words:
    """What an assignment asks for in words, beside what volunteers of a store say: each statement is compared once."""

    def __init__(self, asked: Asked, statements: Statements, numbers: Calibration) -> None:
        self.asked = asked
        self._statements, self._is_work = statements, asked.is_work.astype(np.float32)[:, None]
        self._rows = np.concatenate([asked.rows, asked.whole_row]).astype(np.int16)  # whole numbers: see `Exact`
        offsets = offsets_between(statements.languages, (*asked.statements, asked.whole), numbers) + numbers.alike_from
        # From where a nearness counts, (asked, languages), the whole last.
        self._offsets = np.asarray(offsets.T, np.float32)
        self._steep = np.float32(1 / (numbers.alike_full - numbers.alike_from))
        self._places = np.zeros(statements.size, np.int32)  # where a statement's column stands in these; 0: nowhere
        self._products = [np.zeros((len(self._rows), 1), np.float32)]  # side by side; exact
        self._worth = self._products[0]

    def products(self, numbers: Places) -> Numbers:
        """Return the products of the rows of some statements with those that are asked for, (asked, statements)."""
        self._compare(numbers.astype(np.uint32))
        found: Numbers = np.concatenate(self._products, axis=1).take(self._places[numbers], axis=1)
        return found

    def likeness(self, parts: Parts) -> Numbers:
        """Return each person's likeness to within ROUNDING, in the order of the parts; 0 where nothing is said."""
        numbers, counts = steps().said(parts)
        self._compare(numbers)
        found: Numbers = steps().met(self._worth, self._places.take(numbers), counts)
        return found

    def _compare(self, numbers: Entries) -> None:
        """Take in the statements that are new."""
        which = steps().unseen(self._places, numbers)
        if len(which):
            known, places = self._worth.shape[1], which.astype(np.intp)
            self._places[which] = np.arange(known, known + len(which))
            parts = [steps().compared(rows, some, self._rows) for rows, some, _ in self._statements.placed(places)]
            self._products += parts
            self._worth = np.concatenate([self._worth, self._worth_of(np.concatenate(parts, axis=1), places)], axis=1)

    def _worth_of(self, products: Numbers, which: Places) -> Numbers:
        """Return what these statements are worth, (asked, statements): the whole last."""
        found = products * np.float32(1 / SCALE**2)
        found -= self._offsets.take(self._statements.spoken[which], axis=1)
        found *= self._steep
        np.clip(found, 0.0, 1.0, out=found)
        found[:-1] *= self._is_work
        return found
