"""What is noted with each stored person: their number, the stamp of the profile, and the SHA-256 of its cells."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
HEAD = "<qq"
SUM = 32  # bytes of a SHA-256
WIDTH = struct.calcsize(HEAD) + SUM


@dataclass(frozen=True)
class Notes:
    """The notes of many people, in columns."""

    numbers: Whole
    stamps: Whole
    contents: NDArray[np.uint8]


def noted(number: int, stamp: int, content: str) -> str:
    """Return a note in hexadecimal; `content` is a SHA-256 in hexadecimal."""
    return struct.pack(HEAD, number, stamp).hex() + content


def read(rows: NDArray[np.uint8]) -> Notes:
    """Return what rows of WIDTH bytes say. ValueError: they are no such notes."""
    if rows.shape[1:] != (WIDTH,):
        raise ValueError("these are no notes of stored people")
    head = np.ascontiguousarray(rows[:, :-SUM]).view("<i8")
    return Notes(head[:, 0].astype(np.int64), head[:, 1].astype(np.int64), rows[:, -SUM:])
