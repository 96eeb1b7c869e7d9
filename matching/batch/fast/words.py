"""What people said beside what is asked, by compiled loops: exact, once for each wording."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.batch.fast.alike import LANES, MANY, Room, Speakers, in_groups, likeness, of_each
from matching.batch.fast.bits import Bits
from matching.batch.fast.compared import Compared, laid
from matching.batch.said import Steps
from matching.engine.segment import Segment
from matching.engine.statements import Statements
from matching.text.calibration import Calibration
from matching.text.likeness import Asked


class FastWords:
    """What the people of a segment say, beside wordings: several are compared at once, with everybody or with some."""

    def __init__(
        self, segment: Segment, statements: Statements, numbers: Calibration, least: int, asked: Sequence[Asked]
    ) -> None:
        which, places = np.unique(segment.pack["said.places"].astype(np.intp), return_inverse=True)
        self._compared, self._many = Compared(statements, which, numbers, asked), len(which)
        starts = segment.pack["said.starts"].astype(np.intp)
        self._said, self._speakers = in_groups(starts, places, len(which)), Speakers.of(starts, places, len(which))
        self._least = least
        self._heard = np.zeros(segment.size + 1, np.int32)

    def fill(self, several: Sequence[int], found: Steps, left: Bits | None) -> None:
        """Fill in the likeness of who is left (wordings, words of bits; None: all) in whole thousandths, exact."""
        near, worded = self._compared.near(several)
        many, lanes = (len(near.ends) - 1, MANY) if left is None else (int(np.diff(worded.ends).max()), LANES)
        width = -(-many // lanes) * lanes
        matrix = np.empty((self._many + 1, width), np.uint16)  # with a row for what is near to nothing
        room = Room.empty(width)
        if left is None:
            laid(near, np.arange(many), matrix)
            likeness(matrix, worded, self._least, self._said, room, found)
        else:
            said = self._said, self._speakers
            of_each(left, near, worded, self._least, *said, self._heard, matrix, room, found)
