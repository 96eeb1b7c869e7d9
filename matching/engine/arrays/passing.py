"""Who of a segment could pass, by rows of bits."""

from __future__ import annotations

import numpy as np

from matching.engine.arrays.kinds import Places, Words
from matching.engine.bits import of_people

__all__ = ["answering", "of_people", "placed"]


def answering(rows: Words, ones: Places, others: Places, without: Places) -> Words:
    """Return who stands in one of two rows, for all of some pairs, and in none of others."""
    found = np.bitwise_and.reduce(rows[ones] | rows[others], axis=0)
    for row in without:
        found &= ~rows[row]
    return found


def placed(words: Words, many: int) -> Places:
    """Return the places where a bit is set: so many."""
    return np.flatnonzero(np.unpackbits(words.view(np.uint8), bitorder="little"))
