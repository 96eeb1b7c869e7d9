"""What a check found: how much of what is wanted is there, and the evidence for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matching.coach.brackets import to_fill_in

MOST_QUOTED = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """A check's code, the share of what is wanted (0 to 1), and evidence as data: phrases, counts, names of fields."""

    code: str
    share: float
    evidence: Mapping[str, Any] = field(default_factory=dict)


def parts(*shares: tuple[float, float]) -> float:
    """Return the mean of (weight, share) pairs, kept between 0 and 1."""
    total = sum(weight for weight, _share in shares)
    return min(1.0, max(0.0, sum(weight * share for weight, share in shares) / total))


def blanks(**values: object) -> tuple[str, ...]:
    """Return the names of the values that are blank: None, no text, an empty list. A zero and a no are answers."""
    return tuple(name for name, value in values.items() if is_blank(value))


def is_blank(value: object) -> bool:
    """Whether nothing was said, or not all of it: a blank in brackets is left."""
    if isinstance(value, str):
        return not value.strip() or bool(to_fill_in(value))
    return value is None or value == ()
