"""The bar of a match: what each criterion gives and could give, and where it lies on the bar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

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


def pieces(reasons: Any) -> list[Piece]:
    """Return the pieces of a match from its reasons: a list, or lists by criterion."""
    found, at = [], 0.0
    for code in ORDER:
        mine = reasons.get(code, []) if isinstance(reasons, dict) else [one for one in reasons if one.criterion == code]
        if mine:
            found.append(_piece(code, mine, at))
            at += found[-1].possible
    return found


def _piece(code: str, reasons: Iterable[Any], at: float) -> Piece:
    possible = sum(one.possible for one in reasons)
    width = max(possible - GAP, LEAST)
    scale = width / possible if possible > 0 else 0.0
    known = sum(one.contribution for one in reasons if one.kind != "unknown")
    neutral = sum(one.contribution for one in reasons if one.kind == "unknown")
    total = sum(one.contribution for one in reasons)
    return Piece(code, total, possible, at, width, known * scale, neutral * scale)
