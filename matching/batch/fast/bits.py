"""Who passes all rules, a bit a person: sixty-four people are judged at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching.batch.rules import FAILS, NEARLY, Codes
from matching.compiled import inlined, trailing_zeros, uncounted

Bits = NDArray[np.uint64]
Places = NDArray[np.int32]

WORD = 64
ONE, ALL, NONE = np.uint64(1), np.uint64(2**WORD - 1), np.uint64(0)
# Bits are taken so many at once, for how many a word has nobody could guess; what is found of none is written over.
AT_ONCE = 4
WITHIN = np.uint64(WORD - 1)  # places in a word; there is none of nought, which 64 zeros would tell
# Person, status, and for whose list a pair is kept (two bits) stand in one number, the last in its lowest bits. Shifted
# by `PERSON` it is the person, by `LIST` the person's list: an owner's two are 2 * owner + status.
PERSON, LIST = 3, 2
# For each byte eight bytes, one a bit: 255 where it is set.
SPREAD = np.array([[255 * (byte >> bit & 1) for bit in range(8)] for byte in range(256)], np.uint8).view("<u8").ravel()
BOTH = np.array([[FAILS], [NEARLY]], np.uint8)
PAIRS, FOURS, BYTES, ADDED = (np.uint64(ALL // part) for part in (3, 5, 17, 255))


def words_for(people: int) -> int:
    """Return how many words hold a bit for each of so many people."""
    return -(-people // WORD)


def in_bits(codes: Codes) -> Bits:
    """Return the column of a rule as bits: who fails, with all bits that are nobody's; then who fails by little."""
    padded = np.full(words_for(len(codes)) * WORD, FAILS, np.uint8)
    padded[: len(codes)] = codes
    return np.packbits(padded == BOTH, axis=-1, bitorder="little").view("<u8").ravel()


@uncounted
def judged(rules: Bits, rows: Places, left: Bits) -> None:
    """Fill in who passes all rules, and who fails one by little and no other."""
    words = left.shape[1]
    failed, little = left[0], left[1]
    failed[:] = NONE
    little[:] = NONE
    for row in rows:
        fails, nearly = rules[row, :words], rules[row, words:]
        for word in range(words):
            failed[word] |= fails[word] | (little[word] & nearly[word])
            little[word] |= nearly[word]
    for word in range(words):
        out, near = failed[word], little[word]
        failed[word], little[word] = ALL ^ (out | near), near & (ALL ^ out)


@uncounted
def parted(first: Bits, second: Bits) -> None:
    """Let everybody count in one of two modes: the first where that is no worse."""
    for word in range(first.shape[1]):
        passes, near, also, nearly = first[0, word], first[1, word], second[0, word], second[1, word]
        first[1, word] = near & (ALL ^ also)
        second[0, word] = also & (ALL ^ passes)
        second[1, word] = nearly & (ALL ^ (passes | near))


@uncounted
def count_of(left: Bits) -> int:
    """Return how many are left."""
    count = NONE
    for word in range(left.shape[1]):
        # Bits are counted in pairs, in fours, in bytes, and these are added up in the highest byte.
        both = left[0, word] | left[1, word]
        both -= (both >> ONE) & PAIRS
        both = (both & FOURS) + ((both >> np.uint64(2)) & FOURS)
        count += (((both + (both >> np.uint64(4))) & BYTES) * ADDED) >> np.uint64(WORD - 8)
    return int(count)


@uncounted
def places_of(bits: Bits, rows: Places) -> int:
    """Fill in the places of all bits, and return how many there are; `rows` has room for one more."""
    count = NONE
    for word, several in enumerate(bits):
        while several:
            for _ in range(AT_ONCE):
                rows[count] = WORD * word + np.int32(trailing_zeros(several))
                count += np.uint64(several != NONE)
                several &= several - ONE
    return int(count)


@inlined
def gathered(left: Bits, first: int, whose: Places) -> int:
    """Fill in who is left, the place of the lowest bit being `first`; return how many there are.

    The list that each would stand in is told as `choosing.Found` has it. There is room for one more.
    """
    count = NONE
    for word in range(left.shape[1]):
        passes = left[0, word]
        both = passes | left[1, word]
        while both:
            for _ in range(AT_ONCE):
                place = trailing_zeros(both)
                status = np.int32(ONE ^ (passes >> (place & WITHIN) & ONE))
                whose[count] = (first + WORD * word + np.int32(place)) << PERSON | status << LIST
                count += np.uint64(both != NONE)
                both &= both - ONE
    return int(count)
