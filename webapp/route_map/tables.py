"""The drawing aids of the map: dots for land, bends for sea passages, where each number stands."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "data" / "reference" / "map"
Point = tuple[float, float]  # longitude, latitude in degrees


@dataclass(frozen=True)
class Badge:
    """The number of a route on the map and in the table beside it, and the point where it stands."""

    number: int
    route_id: str
    point: Point


@dataclass(frozen=True)
class LandRun:
    """Neighbouring dots of one row: `west` is counted eastward from 30 degrees west (so up to 330)."""

    lat: int
    west: float
    dots: int


@cache
def land_runs(coarse: bool) -> tuple[LandRun, ...]:
    """Return the dots that lie on land, one degree apart or, `coarse`, two; each second row stands shifted."""
    fine = tuple(LandRun(int(row["lat"]), float(row["west"]), int(row["dots"])) for row in _rows("land_dots.csv"))
    if not coarse:
        return fine
    thinned = (_thinned(run) for run in fine if run.lat % 2)
    return tuple(run for run in thinned if run.dots)


def _thinned(run: LandRun) -> LandRun:
    # Odd degrees of latitude only; even and odd degrees of longitude take turns from row to row.
    first = run.west + (run.west + run.lat // 2) % 2
    return LandRun(run.lat, first, (run.dots - int(first - run.west) + 1) // 2)


@cache
def badges() -> tuple[Badge, ...]:
    """Return the numbered routes in the order of their numbers."""
    return tuple(
        Badge(int(row["number"]), row["route_id"], (float(row["lon"]), float(row["lat"])))
        for row in _rows("badges.csv")
    )


def bends(place_a: str, place_b: str) -> tuple[Point, ...]:
    """Return the points by which a line leads around land, from `place_a` to `place_b`; empty for a plain arc."""
    found = _all_bends()
    if (place_a, place_b) in found:
        return found[place_a, place_b]
    return tuple(reversed(found.get((place_b, place_a), ())))


@cache
def _all_bends() -> dict[tuple[str, str], tuple[Point, ...]]:
    return {
        (row["place_a"], row["place_b"]): tuple(_point(item) for item in row["points"].split("|"))
        for row in _rows("sea_bends.csv")
    }


def _point(text: str) -> Point:
    lat, lon = text.split()
    return float(lon), float(lat)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, strict=True)
