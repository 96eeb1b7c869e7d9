"""Where the names stand, so that they cover neither each other nor the stations."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]
Box = tuple[float, float, float, float]
GAP = 12
# Shift in x and y (units of the gap and of the letter height), and where the text begins.
PLACES: tuple[tuple[float, float, Anchor], ...] = (
    (1, 0.35, "start"),
    (-1, 0.35, "end"),
    (0, -0.75, "middle"),
    (0, 1.4, "middle"),
    (0.8, -0.5, "start"),
    (0.8, 1.2, "start"),
    (-0.8, -0.5, "end"),
    (-0.8, 1.2, "end"),
    (0, -1.9, "middle"),
    (0, 2.5, "middle"),
)


@dataclass(frozen=True)
class Label:
    """A name and where it is written, in units of the drawing."""

    text: str
    x: int
    y: int
    anchor: Anchor


def place_labels(
    stations: Sequence[tuple[int, int, str]], size: int, width: int, height: int, lines: Sequence[tuple[int, int]] = ()
) -> list[Label]:
    """Return one label for each station (x, y, name); `lines` are points that names had better not cover."""
    points = [(x, y) for x, y, _ in stations]
    taken: list[Box] = [(x - 7, y - 7, x + 7, y + 7) for x, y in points]
    labels = []
    for x, y, text in stations:
        label, box = min(
            (_candidate(x, y, text, size, place) for place in PLACES),
            key=lambda found: _cost(found[1], taken, lines, width, height),
        )
        labels.append(label)
        taken.append(box)
    return labels


def text_width(text: str, size: int) -> float:
    """Return about how wide a text is: wide letters (Chinese) count a full em, the others a little over half."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.57 for letter in text) * size


def _candidate(x: int, y: int, text: str, size: int, place: tuple[float, float, Anchor]) -> tuple[Label, Box]:
    across, down, anchor = place
    left = x + across * GAP
    base = y + down * size
    wide = text_width(text, size)
    west = {"start": left, "middle": left - wide / 2, "end": left - wide}[anchor]
    return Label(text, round(left), round(base), anchor), (west, base - size * 0.85, west + wide, base + size * 0.25)


def _cost(box: Box, taken: Sequence[Box], lines: Sequence[tuple[int, int]], width: int, height: int) -> float:
    west, north, east, south = box
    outside = max(0.0, 4 - west) + max(0.0, east + 4 - width) + max(0.0, 4 - north) + max(0.0, south + 4 - height)
    covered = sum(_overlap(box, other) for other in taken)
    crossed = sum(1 for x, y in lines if west <= x <= east and north <= y <= south)
    return outside * 100 + covered * 3 + crossed * 12


def _overlap(box: Box, other: Box) -> float:
    across = min(box[2], other[2]) - max(box[0], other[0])
    down = min(box[3], other[3]) - max(box[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0
