"""The bar of a match: what each criterion gives and could give, and where it lies on the bar."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup

ORDER = ("skills", "country", "languages", "availability", "interests")
GAP, LEAST = 0.8, 0.4  # of 100: between two pieces, and the width of the smallest
KEPT = 5_000  # pieces as they are drawn


class Piece(NamedTuple):
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
    found = [_rectangles(one.at, one.width, one.earned, one.neutral, height) for one in parts if one.possible > 0]
    return Markup("".join(found))  # noqa: S704  # nosec B704


# A list draws dozens of bars, most of whose pieces are alike.
@lru_cache(maxsize=KEPT)
def _rectangles(at: float, width: float, earned: float, neutral: float, height: str) -> str:
    found = f'  <rect class="room" x="{round(at, 2)}%" y="1" width="{round(width, 2)}%" height="{height}"/>\n'
    if earned > 0:
        found += f'<rect class="earned" x="{round(at, 2)}%" width="{round(earned, 2)}%" height="100%"/>'
    if neutral > 0:
        place = f'x="{round(at + earned, 2)}%" y="1" width="{round(neutral, 2)}%" height="{height}"'
        found += f'<rect class="neutral" {place} fill="url(#hatch)"/>'
    return found


def _by_code(reasons: Sequence[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for one in reasons:
        found.setdefault(one.criterion, []).append(one)
    return found


def _piece(code: str, reasons: Sequence[Any], at: float) -> Piece:
    possible = total = known = neutral = 0.0
    for one in reasons:
        possible += one.possible
        total += one.contribution
        if one.kind == "unknown":
            neutral += one.contribution
        else:
            known += one.contribution
    width = max(possible - GAP, LEAST)
    scale = width / possible if possible > 0 else 0.0
    return Piece(code, total, possible, at, width, known * scale, neutral * scale)
