"""What stands in the way of a placement's start."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from webapp.models import Placement
from webapp.services import clearances, companions, holds, signings
from webapp.words import Words

# Each looks at one subject (clearances, agreement, training) and returns what is still open, in words.
CHECKS: list[Callable[[Session, Placement], list[Words]]] = [
    holds.obstacles,
    companions.obstacles,
    signings.obstacles,
    clearances.obstacles,
]


def obstacles(session: Session, placement: Placement) -> list[Words]:
    """Return everything that is still open before the placement can start; nothing is waived here."""
    return [words for check in CHECKS for words in check(session, placement)]
