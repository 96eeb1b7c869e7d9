"""Judges rows of numbers by how near they lie to rows that were learned: no line can part all that says nothing.

Empty sentences are of many kinds (invitations, duties, sayings), each near its like and not on one side of a line. So
every learned row pulls what lies near it to its own side, the more the nearer (a support vector machine with a radial
kernel). All is done in whole numbers, so that a row is judged the same in any company.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from matching.text.exact import SCALE, Array, whole

# How fast a pull fades with the square of the distance, and in how fine steps it and its strength are kept.
FADING = 2.0
STEPS = 2**20


@dataclass(frozen=True, slots=True)
class Judge:
    """The learned rows, turned to a few axes (all in steps of 1 / SCALE), and how strongly each pulls to its side.

    `head` is the fingerprint of the head whose rows they are; `start` is where a row begins to count.
    """

    head: str
    axes: Array
    centre: Array
    points: Array
    pulls: Array
    start: float

    def clearness(self, rows: Array) -> Array:
        """Return on which side rows lie, about -1 to 1: above 0 those that say something."""
        places, points = turned(rows, self.axes, self.centre), self.points.astype(np.float64)
        apart = (places**2).sum(axis=1)[:, None] - 2 * places @ points.T + (points**2).sum(axis=1)
        near = np.rint(np.exp(apart * (-FADING / SCALE**2)) * STEPS)
        return near @ self.pulls.astype(np.float64) / STEPS**2 - self.start

    def save(self, path: Path) -> None:
        """Write the file; no pickle."""
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                allow_pickle=False,
                head=np.array(self.head),
                axes=self.axes.astype(np.int16),
                centre=self.centre.astype(np.int16),
                points=self.points.astype(np.int16),
                pulls=self.pulls.astype(np.int32),
                start=np.array(self.start),
            )

    @classmethod
    def load(cls, path: Path) -> Judge:
        """Read a file that `save` wrote."""
        with np.load(path, allow_pickle=False) as stored:
            axes, centre, points, pulls = (stored[name] for name in ("axes", "centre", "points", "pulls"))
            return cls(str(stored["head"]), axes, centre, points, pulls, float(stored["start"]))


def turned(rows: Array, axes: Array, centre: Array) -> Array:
    """Return where unit rows lie on axes, seen from the centre, in whole steps of 1 / SCALE."""
    return np.rint(whole(rows).astype(np.float64) @ axes.T.astype(np.float64) / SCALE - centre)
