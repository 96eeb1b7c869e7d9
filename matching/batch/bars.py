"""What a pair has to reach to stand in a list that is full of better ones, as far as is known."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.batch.picks import Picks
from matching.batch.scores import BAND_STEPS, Steps
from matching.batch.side import EACH
from matching.explanation import bands_of

ANYBODY = 1  # the least that somebody reaches


class Bars(NamedTuple):
    """What lists need: `steps` of a pair, and in the band of a list's last entry a lot no larger than `lots`.

    Whatever pairs they were raised by, nobody is left out who is among the best of all: so they may go from part to
    part, in any order, and a part that is made again needs none.
    """

    steps: Steps
    lots: NDArray[np.float64]

    @staticmethod
    def none(many: int) -> Bars:
        """Return what lists need that have room for anybody."""
        return Bars(np.full(many, ANYBODY, np.int16), np.full(many, np.inf))

    def of(self, lists: NDArray[np.intp]) -> Bars:
        """Return what some lists need."""
        return Bars(self.steps[lists], self.lots[lists])

    def bands(self, lists: NDArray[np.intp] | int) -> NDArray[np.int16]:
        """Return the band that some lists need."""
        return (self.steps[lists] - ANYBODY) // BAND_STEPS

    def raise_by(self, picks: Picks, top: int) -> None:
        """Raise what those lists need that are full: list after list, in their order, of at most `top` entries.

        The entries reach the band that was needed so far.
        """
        lists = lists_of(picks)
        lasts = np.flatnonzero(np.diff(lists, append=-1))
        full = lasts[np.diff(lasts, prepend=-1) == top]
        self.steps[lists[full]] = ANYBODY + bands_of(picks.score[full]) * BAND_STEPS
        self.lots[lists[full]] = picks.lot[full]


def lists_of(picks: Picks) -> NDArray[np.intp]:
    """Return the number of the list in which each pair stands."""
    return picks.owner.astype(np.intp) * EACH + picks.status
