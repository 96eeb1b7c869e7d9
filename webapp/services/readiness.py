"""What stands in the way of a placement's start, and of its going on longer."""

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
# The same for a stay under way that is to be extended; what runs out later is asked for anew when it is.
CHECKS_TO_EXTEND: list[Callable[[Session, Placement], list[Words]]] = [
    holds.obstacles,
    companions.obstacles,
    clearances.lapses,
]


def obstacles(session: Session, placement: Placement) -> list[Words]:
    """Return everything that is still open before the placement can start; nothing is waived here."""
    return [words for check in CHECKS for words in check(session, placement)]


def obstacles_to_extend(session: Session, placement: Placement) -> list[Words]:
    """Return everything that keeps a placement under way from being extended."""
    return [words for check in CHECKS_TO_EXTEND for words in check(session, placement)]
