"""From degrees to the drawing: which part of the world is shown, and curves as SVG path data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from webapp.route_map.tables import Point

View = Literal["world", "asia", "africa", "europe", "oceania", "americas"]

# The sheet begins in the mid-Atlantic: no link crosses that ocean, so no line runs from one edge to the other.
SEAM = -30.0
STRETCH = 0.82  # equirectangular, true to shape at 35 degrees: dots keep one distance in both directions
BULGE = 0.07
WIDTH = 1000
CROP_WIDTH = 640
NARROWEST, WIDEST = 1.25, 2.1  # width to height of a crop
SMALLEST = 26.0  # degrees of latitude that a crop shows at least
AROUND_ONE = 48.0  # and around a single country

# west, east (eastward from the seam), south, north
VIEWS: dict[View, tuple[float, float, float, float]] = {
    "world": (-26, 328, -51, 71),
    "asia": (30, 150, -13, 57),
    "africa": (-27, 72, -38, 40),
    "europe": (-14, 70, 30, 63),
    "oceania": (106, 206, -49, 24),
    "americas": (232, 330, -57, 34),
}


@dataclass(frozen=True)
class Frame:
    """The part of the world that is drawn, and the units of the drawing for one degree of latitude."""

    west: float
    north: float
    scale: float
    width: int
    height: int

    def place(self, point: Point) -> tuple[int, int]:
        """Return the drawing's x and y of a longitude and latitude."""
        lon, lat = point
        return round((unrolled(lon) - self.west) * STRETCH * self.scale), round((self.north - lat) * self.scale)

    def holds(self, point: Point, margin: int = 0) -> bool:
        """True where the point lies on the sheet, or at most `margin` units beyond its edge."""
        x, y = self.place(point)
        return -margin <= x <= self.width + margin and -margin <= y <= self.height + margin


def unrolled(lon: float) -> float:
    """Return a longitude counted eastward from the seam, so that the Americas lie beyond the Pacific."""
    return lon + 360 if lon < SEAM else lon


def frame_of(view: View) -> Frame:
    """Return the frame of a named part of the world."""
    return _frame(*VIEWS[view], width=WIDTH if view == "world" else CROP_WIDTH)


def frame_around(points: Sequence[Point]) -> Frame:
    """Return a frame with some air around all points; ValueError where there is none."""
    east_west = [unrolled(lon) for lon, _ in points]
    north_south = [lat for _, lat in points]
    wide = (max(east_west) - min(east_west)) * STRETCH
    high = max(north_south) - min(north_south)
    pad = 4 + 0.14 * max(wide, high)
    wide, high = wide + 2 * pad, max(high + 2 * pad, SMALLEST if len(points) > 1 else AROUND_ONE)
    wide, high = max(wide, high * NARROWEST), max(high, wide / WIDEST)
    middle = (max(east_west) + min(east_west)) / 2
    centre = (max(north_south) + min(north_south)) / 2
    half = wide / STRETCH / 2
    return _frame(middle - half, middle + half, centre - high / 2, centre + high / 2, width=CROP_WIDTH)


def _frame(west: float, east: float, south: float, north: float, width: int) -> Frame:
    scale = width / ((east - west) * STRETCH)
    return Frame(west, north, scale, width, round((north - south) * scale))


def path_data(points: Sequence[Point], frame: Frame) -> str:
    """Return one SVG subpath through the points: a gentle arc for two, a smooth curve for more."""
    if len(points) == 2:
        return _arc(frame.place(points[0]), frame.place(points[1]))
    return _smooth([frame.place(point) for point in points])


def _arc(start: tuple[int, int], end: tuple[int, int]) -> str:
    # Always bent towards the same side seen from the west, so that there and back are one line.
    (x1, y1), (x2, y2) = sorted((start, end))
    control = round((x1 + x2) / 2 + (y2 - y1) * 2 * BULGE), round((y1 + y2) / 2 - (x2 - x1) * 2 * BULGE)
    return f"M{start[0]} {start[1]}Q{control[0]} {control[1]} {end[0]} {end[1]}"


def _smooth(points: list[tuple[int, int]]) -> str:
    # Catmull-Rom through every point, written as Bezier curves.
    padded = [points[0], *points, points[-1]]
    text = f"M{points[0][0]} {points[0][1]}C"
    pieces = []
    for (before, here), (there, after) in zip(pairwise(padded), pairwise(padded[2:]), strict=False):
        first = _shift(here, before, there)
        second = _shift(there, after, here)
        pieces.append(" ".join(f"{x} {y}" for x, y in (first, second, there)))
    return text + " ".join(pieces)


def _shift(point: tuple[int, int], origin: tuple[int, int], target: tuple[int, int]) -> tuple[int, int]:
    return round(point[0] + (target[0] - origin[0]) / 6), round(point[1] + (target[1] - origin[1]) / 6)
