"""Numbers of two bytes by person, turned into columns: four of them in one word, so that it takes a quarter as long."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.batch.said import Steps
from matching.compiled import uncounted

BLOCK = 64  # people who are looked at together
WORD = 4  # numbers in a word
LOW, HIGH = np.uint64(0x0000FFFF0000FFFF), np.uint64(0xFFFF0000FFFF0000)
FIRST, LAST = np.uint64(0x00000000FFFFFFFF), np.uint64(0xFFFFFFFF00000000)
ONE, TWO = np.uint64(16), np.uint64(32)  # bits of one number and of two

Words = NDArray[np.uint64]


class Turned(NamedTuple):
    """Room for a block's numbers, by person and as columns, and the same memory as words."""

    rows: Steps
    columns: Steps
    words_of_rows: Words
    words_of_columns: Words

    @staticmethod
    def empty(width: int) -> Turned:
        """Return room for so many columns, whole words."""
        rows, columns = np.zeros((BLOCK, width), np.uint16), np.zeros((width, BLOCK), np.uint16)
        return Turned(rows, columns, rows.view(np.uint64), columns.view(np.uint64))


@uncounted
def turn(room: Turned) -> None:
    """Fill in the columns of rows."""
    rows, columns = room.words_of_rows, room.words_of_columns
    for group in range(columns.shape[1]):
        for word in range(rows.shape[1]):
            one, two = rows[WORD * group, word], rows[WORD * group + 1, word]
            three, four = rows[WORD * group + 2, word], rows[WORD * group + 3, word]
            even, odd = (one & LOW) | ((two & LOW) << ONE), ((one >> ONE) & LOW) | (two & HIGH)
            next_even, next_odd = (three & LOW) | ((four & LOW) << ONE), ((three >> ONE) & LOW) | (four & HIGH)
            columns[WORD * word, group] = (even & FIRST) | (next_even << TWO)
            columns[WORD * word + 1, group] = (odd & FIRST) | (next_odd << TWO)
            columns[WORD * word + 2, group] = (even >> TWO) | (next_even & LAST)
            columns[WORD * word + 3, group] = (odd >> TWO) | (next_odd & LAST)
