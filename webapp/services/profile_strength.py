"""What a profile says, what it leaves out, and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from webapp.models import (
    AvailabilityWindow,
    ConditionAnswer,
    CountryWish,
    EarlierService,
    Volunteer,
    VolunteerLanguage,
    VolunteerSkill,
)
from webapp.words import Words, lazy

EXCLUDED = "excluded"  # a wish not to go there
Says = Callable[[str], bool]  # whether a list of the profile has anything in it
# Of which lists there is anything, in one statement: reading each for that takes as many as there are.
_LISTS = {
    "windows": AvailabilityWindow.volunteer_id,
    "skills": VolunteerSkill.volunteer_id,
    "languages": VolunteerLanguage.volunteer_id,
    "wishes": CountryWish.volunteer_id,
    "services": EarlierService.volunteer_id,
    "conditions": ConditionAnswer.volunteer_id,
}
_BESIDE = {"wishes": (CountryWish.kind != EXCLUDED,)}
_SAYS = select(
    *(
        exists().where(owner == bindparam("volunteer_id"), *_BESIDE.get(name, ())).label(name)
        for name, owner in _LISTS.items()
    )
)


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

    def says(name: str) -> bool:
        kept = getattr(volunteer, name)
        return any(wish.kind != EXCLUDED for wish in kept) if name == "wishes" else bool(kept)

    return Strength(_asked_first(volunteer, says) + _asked_later(volunteer, says))


def strength_at_once(session: Session, volunteer: Volunteer) -> Strength:
    """Return the same where the lists of the profile are not read for anything else."""
    says = session.execute(_SAYS, {"volunteer_id": volunteer.id}).mappings().one().__getitem__
    return Strength(_asked_first(volunteer, says) + _asked_later(volunteer, says))


def _asked_first(volunteer: Volunteer, says: Says) -> list[Part]:
    is_time_known = says("windows") and volunteer.on_site is not None and volunteer.online is not None
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
            says("skills"),
            lazy("Skills count most: without them the fit is mostly “not known”."),
            is_first=True,
        ),
        Part(
            "languages",
            lazy("Your languages"),
            says("languages"),
            lazy("Most hosts need a language at a certain level."),
            is_first=True,
        ),
        Part(
            "where",
            lazy("Where you would go"),
            volunteer.anywhere or says("wishes"),
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


def _asked_later(volunteer: Volunteer, says: Says) -> list[Part]:
    return [
        Part(
            "experience",
            lazy("Experience and earlier service"),
            bool(volunteer.experience.strip()) or says("services"),
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
            says("conditions"),
            lazy("Private. What you cannot live with is left out of your list."),
        ),
    ]
