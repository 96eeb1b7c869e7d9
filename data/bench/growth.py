"""How a ranking grows with the people, drawn from the rows of `interactive`: an SVG without any library."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

ENGINE = re.compile(r"^engine: ([\d,]+) people, (\d+)% eligible$")
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 640, 360, 70, 30, 90, 50
# Told apart without colour too: by their dashes, and by the share beside the last point.
STROKES = (("#1a5fb4", "none"), ("#26793a", "8 4"), ("#a51d2d", "2 4"))
Points = dict[int, list[tuple[int, float]]]


def points_in(rows: Iterable[Mapping[str, Any]]) -> Points:
    """Return by percentage of eligible people the (people, R) of the rows of a JSON file of `./run bench`."""
    found: Points = {}
    for row in rows:
        told = ENGINE.match(row["name"])
        if told and row["value"] is not None:
            found.setdefault(int(told[2]), []).append((int(told[1].replace(",", "")), row["value"]))
    return {share: sorted(one) for share, one in sorted(found.items(), reverse=True)}


def picture(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the picture: people along, R upwards, both in equal ratios. ValueError: no row tells of it."""
    points = points_in(rows)
    sizes = sorted({size for one in points.values() for size, _ in one})
    if not sizes:
        raise ValueError("the picture needs rows of the suite `interactive`")
    values = [value for one in points.values() for _, value in one]
    ticks = _ticks(min(values), max(values))
    along = _Scale(sizes[0], sizes[-1], LEFT, WIDTH - RIGHT)
    upwards = _Scale(ticks[0], ticks[-1], HEIGHT - BOTTOM, TOP)
    parts = [_text(LEFT, TOP - 12, "Time of one ranking in R, by people and by how many are eligible", "start")]
    parts += [_grid(LEFT, upwards.at(one), WIDTH - RIGHT, f"{one:g} R") for one in ticks]
    parts += [_text(along.at(one), HEIGHT - BOTTOM + 20, f"{one:,}", "middle") for one in sizes]
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "people", "middle"))
    for (share, one), stroke in zip(points.items(), STROKES, strict=False):
        parts += _line([(along.at(size), upwards.at(value)) for size, value in one], f"{share} %", stroke)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
    title = '<title>Time of one ranking as people grow</title><rect width="100%" height="100%" fill="#fff"/>'
    return "\n".join([f'{head} font-size="13" role="img">', title, *parts, "</svg>", ""])


class _Scale:
    """Places on a line where equal ratios are equally far."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self._low, self._start, self._room = math.log(low), start, end - start
        self._ratio = math.log(high) - self._low

    def at(self, value: float) -> float:
        """Return where a value stands; the middle where there is one value only."""
        part = (math.log(value) - self._low) / self._ratio if self._ratio else 0.5
        return round(self._start + part * self._room, 1)


def _ticks(low: float, high: float) -> list[float]:
    """Return doubled steps from below the lowest value to above the highest."""
    first, last = math.floor(math.log2(low)), math.ceil(math.log2(high))
    return [2.0**step for step in range(first, max(last, first + 1) + 1)]


def _grid(start: float, at: float, end: float, words: str) -> str:
    line = f'<line x1="{start}" y1="{at}" x2="{end}" y2="{at}" stroke="#ccc"/>'
    return line + _text(start - 8, at + 4, words, "end")


def _line(places: Sequence[tuple[float, float]], words: str, stroke: tuple[str, str]) -> list[str]:
    colour, dashes = stroke
    told = " ".join(f"{across},{down}" for across, down in places)
    dots = [f'<circle cx="{across}" cy="{down}" r="4" fill="{colour}"/>' for across, down in places]
    across, down = places[-1]
    line = f'<polyline points="{told}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'
    return [line, *dots, _text(across + 10, down + 4, words, "start", colour)]


def _text(across: float, down: float, words: str, anchor: str, colour: str = "#222") -> str:
    return f'<text x="{across}" y="{down}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'
