"""The bar of a match: what each criterion gives and could give, and where it lies on the bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

ORDER = ("skills", "country", "languages", "availability", "interests")
GAP, LEAST = 0.8, 0.4  # of 100: between two pieces, and the width of the smallest


@dataclass(frozen=True)
class Piece:
    """One criterion: its points, and place and widths of its piece in hundredths of the bar."""

    code: str
    contribution: float
    possible: float
    at: float
    width: float
    earned: float
    neutral: float  # counted for what is not known


def of_kind(reasons: Sequence[Any], kind: str) -> list[Any]:
    """Return those of some reasons that are met, missing or unknown."""
    return [one for one in reasons if one.kind == kind]


def pieces(reasons: Any) -> list[Piece]:
    """Return the pieces of a match from its reasons: a list, or lists by criterion."""
    by_code = reasons if isinstance(reasons, dict) else _by_code(reasons)
    found, at = [], 0.0
    for code in ORDER:
        mine = by_code.get(code)
        if mine:
            found.append(_piece(code, mine, at))
            at += found[-1].possible
    return found


def drawn(parts: Sequence[Piece], thin: bool = False) -> Markup:
    """Return the rectangles of the bar: all that is possible, what counts for it, and what is counted as not known."""
    height = "10" if thin else "16"
    found = []
    for one in parts:
        if one.possible <= 0:
            continue
        at, width = round(one.at, 2), round(one.width, 2)
        found.append(f'  <rect class="room" x="{at}%" y="1" width="{width}%" height="{height}"/>\n')
        if one.earned > 0:
            found.append(f'<rect class="earned" x="{at}%" width="{round(one.earned, 2)}%" height="100%"/>')
        if one.neutral > 0:
            at, width = round(one.at + one.earned, 2), round(one.neutral, 2)
            place = f'x="{at}%" y="1" width="{width}%" height="{height}"'
            found.append(f'<rect class="neutral" {place} fill="url(#hatch)"/>')
    return Markup("".join(found))  # noqa: S704  # nosec B704


def _by_code(reasons: Sequence[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for one in reasons:
        found.setdefault(one.criterion, []).append(one)
    return found


def _piece(code: str, reasons: Sequence[Any], at: float) -> Piece:
    possible = sum([one.possible for one in reasons])
    width = max(possible - GAP, LEAST)
    scale = width / possible if possible > 0 else 0.0
    known = sum([one.contribution for one in reasons if one.kind != "unknown"])
    neutral = sum([one.contribution for one in reasons if one.kind == "unknown"])
    total = sum([one.contribution for one in reasons])
    return Piece(code, total, possible, at, width, known * scale, neutral * scale)
