"""The number that a pair draws: from a key of the volunteer and one of the assignment, mixed.

Both keys are digests of the seed and an id, so nobody steers them; the pairs of a batch need one digest a person and
one an assignment, and a few steps of whole numbers a pair, which give the same on every machine (ADR 33).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]

SEPARATOR = "\x1f"
VOLUNTEER, ASSIGNMENT = "v", "a"
# Multipliers and shifts of Stafford's thirteenth variant of MurmurHash3's last step
# (https://zimbry.blogspot.com/2011/09/better-bit-mixing-improving-on.html, 2011): a bit that differs between two keys
# changes each bit of the number in about half of all cases.
STEPS = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
LAST_SHIFT = 31
EXACT = 48  # bits of a lot: exact in a float


def keys(seed: int, kind: str, ids: Iterable[str]) -> Keys:
    """Return a key for each id of a kind, VOLUNTEER or ASSIGNMENT."""
    start = f"{seed}{SEPARATOR}{kind}{SEPARATOR}"
    digests = [hashlib.sha256(f"{start}{one}".encode("utf-8", "surrogatepass")).digest() for one in ids]
    return np.frombuffer(b"".join(digests), "<u8")[::4].astype(np.uint64)


def mixed(volunteers: Keys, assignments: Keys) -> NDArray[np.float64]:
    """Return the numbers in (0, 1) that pairs draw, given by the keys of their two sides; lengths match or are 1."""
    number = volunteers ^ assignments
    for shift, factor in STEPS:
        number = (number ^ (number >> np.uint64(shift))) * np.uint64(factor)
    number ^= number >> np.uint64(LAST_SHIFT)
    return np.asarray(((number >> np.uint64(64 - EXACT)) + 0.5) / 2.0**EXACT)
