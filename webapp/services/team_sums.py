"""Whether the roles of a team add up to the places of its assignment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from webapp.models import Assignment
from webapp.models.offers import PLACE_KINDS
from webapp.words import Words, lazy

SUM_DIFFERS: dict[str, Words] = {
    "international": lazy(
        "The team has %(team)s international places, and “Where and when” says %(places)s. Change one of the two."
    ),
    "national": lazy(
        "The team has %(team)s national places, and “Where and when” says %(places)s. Change one of the two."
    ),
    "local": lazy("The team has %(team)s local places, and “Where and when” says %(places)s. Change one of the two."),
}


class Counted(Protocol):
    """So many people of one kind."""

    @property
    def kind(self) -> str:
        """International, national or local."""

    @property
    def number(self) -> int:
        """How many."""


def differing_sums(assignment: Assignment, roles: Sequence[Counted]) -> dict[str, Words]:
    """Return by column for which kinds the roles have another number of places than the assignment."""
    found = {}
    for kind in PLACE_KINDS if roles else ():
        name, team = f"places_{kind}", sum(one.number for one in roles if one.kind == kind)
        if team != getattr(assignment, name):
            found[name] = lazy(SUM_DIFFERS[kind].text, team=team, places=getattr(assignment, name))
    return found
