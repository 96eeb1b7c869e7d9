"""What a profile says, what it leaves out, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.models import Volunteer
from webapp.words import Words, lazy


@dataclass(frozen=True)
class Part:
    """One part of a profile: whether it is filled, and what filling it changes."""

    name: str
    title: Words
    is_filled: bool
    why: Words
    is_first: bool = False  # asked at first: without it the matching knows too little


@dataclass(frozen=True)
class Strength:
    """How much of a profile the matching can use."""

    parts: list[Part]

    @property
    def filled(self) -> int:
        """How many parts are filled."""
        return sum(part.is_filled for part in self.parts)

    @property
    def total(self) -> int:
        """How many parts there are."""
        return len(self.parts)

    @property
    def missing(self) -> list[Part]:
        """Parts still empty, those asked at first in front."""
        return sorted((part for part in self.parts if not part.is_filled), key=lambda part: not part.is_first)

    @property
    def is_begun(self) -> bool:
        """Whether all that is asked at first is there."""
        return all(part.is_filled for part in self.parts if part.is_first)


def strength_of(volunteer: Volunteer) -> Strength:
    """Return the parts that the matching reads (and those for people), each with what it is good for."""
    return Strength(_asked_first(volunteer) + _asked_later(volunteer))


def _asked_first(volunteer: Volunteer) -> list[Part]:
    is_time_known = bool(volunteer.windows) and volunteer.on_site is not None and volunteer.online is not None
    return [
        Part(
            "about",
            lazy("About you"),
            bool(volunteer.full_name and volunteer.residence),
            lazy("Some places are for people who live in the country."),
        ),
        Part(
            "skills",
            lazy("What you can do"),
            bool(volunteer.skills),
            lazy("Skills count most: without them the fit is mostly “not known”."),
            is_first=True,
        ),
        Part(
            "languages",
            lazy("Your languages"),
            bool(volunteer.languages),
            lazy("Most hosts need a language at a certain level."),
            is_first=True,
        ),
        Part(
            "where",
            lazy("Where you would go"),
            bool(volunteer.anywhere or any(wish.kind != "excluded" for wish in volunteer.wishes)),
            lazy("You choose countries or whole routes; nothing else decides where."),
            is_first=True,
        ),
        Part(
            "when",
            lazy("When you have time"),
            is_time_known,
            lazy("Dates that cannot meet are left out."),
            is_first=True,
        ),
    ]


def _asked_later(volunteer: Volunteer) -> list[Part]:
    return [
        Part(
            "experience",
            lazy("Experience and earlier service"),
            bool(volunteer.experience.strip() or volunteer.services),
            lazy("Your own words can bring up skills that you forgot."),
        ),
        Part(
            "causes",
            lazy("Causes you care about"),
            bool(volunteer.causes),
            lazy("They tip the balance between openings that fit alike."),
        ),
        Part(
            "conditions",
            lazy("Conditions of life"),
            bool(volunteer.conditions),
            lazy("Private. What you cannot live with is left out of your list."),
        ),
    ]
