"""Who of a segment could pass, by compiled loops over rows of bits."""

from __future__ import annotations

import numpy as np
from numba import types

from matching.compiled import column, compiled_for, trailing_zeros
from matching.engine.arrays.kinds import Entries, Places, Words
from matching.engine.bits import words_for

_rows, _places = column(types.uint64, 2), types.Array(types.intp, 1, "C")
_words = types.Array(types.uint64, 1, "C")


def answering(rows: Words, ones: Places, others: Places, without: Places) -> Words:
    """Return who stands in one of two rows, for all of some pairs, and in none of others."""
    found = np.empty(rows.shape[1], np.uint64)
    _answering(rows, ones.copy(), others.copy(), without, found)
    return found


@compiled_for(_rows, _places, _places, _places, _words)
def _answering(rows: Words, ones: Places, others: Places, without: Places, found: Words) -> None:
    first, second = rows[ones[0]], rows[others[0]]
    for word in range(len(found)):
        found[word] = first[word] | second[word]
    for pair in range(1, len(ones)):
        first, second = rows[ones[pair]], rows[others[pair]]
        for word in range(len(found)):
            found[word] &= first[word] | second[word]
    for number in range(len(without)):
        first = rows[without[number]]
        for word in range(len(found)):
            found[word] &= ~first[word]


def of_people(people: Entries, size: int) -> Words:
    """Return the bits of some of so many people."""
    found = np.zeros(words_for(size), np.uint64)
    _of_people(people, found)
    return found


@compiled_for(column(types.uint32), _words)
def _of_people(people: Entries, found: Words) -> None:
    for number in range(len(people)):
        found[people[number] >> 6] |= np.uint64(1) << np.uint64(people[number] & 63)


def placed(words: Words, many: int) -> Places:
    """Return the places where a bit is set: so many."""
    found = np.empty(many, np.intp)
    _placed(words, found)
    return found


@compiled_for(_words, _places)
def _placed(words: Words, found: Places) -> None:
    count = 0
    for number in range(len(words)):
        word = words[number]
        while word:
            found[count] = number * 64 + np.intp(trailing_zeros(word))
            count += 1
            word &= word - np.uint64(1)
