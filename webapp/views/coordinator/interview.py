"""What to check in an interview: facts that rest on the person's own word, are old, or are not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Protocol

from webapp import vocabulary
from webapp.models import Assignment
from webapp.speech import say
from webapp.words import Words, lazy

OLD_YEARS = 5
STALE_DAYS = 90


class Profile(Protocol):
    """Of a person, what is asked about: a volunteer, or what a list has read of one."""

    @property
    def skills(self) -> Sequence[Any]:
        """What the person can do, each with skill and last_used."""

    @property
    def languages(self) -> Sequence[Any]:
        """What the person speaks, each with language and known_by."""

    @property
    def availability_confirmed_on(self) -> date | None:
        """When the person last said that the dates hold."""


@dataclass(frozen=True)
class Asked:
    """What an assignment asks of everybody, read once for a list of people."""

    always: list[Words]  # is asked whoever it is
    languages: list[tuple[str, bool]]  # that are required, and whether safety depends on them
    skills: list[str]  # that are essential


def asked_by(assignment: Assignment, skills: Sequence[Any], languages: Sequence[Any]) -> Asked:
    """Return what an assignment with these skills and languages asks of everybody, safety first."""
    return Asked(
        [*_safety(assignment), *_licences(skills)],
        [(one.language, one.for_safety) for one in languages if one.is_required],
        [one.skill for one in skills if one.is_essential],
    )


def to_check(person: Profile, assignment: Assignment, language: str, today: date) -> list[str]:
    """Return the questions for this pair, the ones on which safety depends first."""
    asked = asked_by(assignment, assignment.skills, assignment.languages)
    return [say(words, language) for words in questions(person, asked, today)]


def questions(person: Profile, asked: Asked, today: date) -> list[Words]:
    """Return the same before they are said: a list only tells how many there are."""
    return [*asked.always, *_languages(person, asked), *_skills(person, asked, today), *_time(person, today)]


def _safety(assignment: Assignment) -> Iterator[Words]:
    if "unsupervised" in (assignment.contact_children, assignment.contact_adults):
        yield lazy(
            "Alone with children or adults at risk at times: ask the safeguarding questions and check references."
        )


def _licences(skills: Iterable[Any]) -> Iterator[Words]:
    for asked in skills:
        if asked.needs_licence:
            yield lazy("See the licence for %(skill)s.", skill=_skill(asked.skill))


def _languages(person: Profile, asked: Asked) -> Iterator[Words]:
    held = {one.language: one for one in person.languages}
    for code, for_safety in asked.languages:
        name, one = partial(vocabulary.language_name, code), held.get(code)
        if one is None:
            yield lazy("Ask about %(language)s: the profile does not name it.", language=name)
        elif one.known_by == "own" and for_safety:
            yield lazy("%(language)s is the person's own word, and safety depends on it: speak it.", language=name)
        elif one.known_by == "own":
            yield lazy("%(language)s is the person's own word: speak it for some minutes.", language=name)


def _skills(person: Profile, asked: Asked, today: date) -> Iterator[Words]:
    held = {one.skill: one for one in person.skills}
    for code in asked.skills:
        one = held.get(code)
        if one is None:
            yield lazy("Ask about %(skill)s: the profile does not name it.", skill=_skill(code))
        elif one.last_used is not None and one.last_used < today.year - OLD_YEARS:
            used = {"skill": _skill(code), "year": one.last_used}
            yield lazy("%(skill)s was last used in %(year)s: ask what is still fresh.", **used)


def _skill(code: str) -> Callable[[str], str]:
    return partial(vocabulary.skill_label, code)


def _time(person: Profile, today: date) -> Iterator[Words]:
    if is_stale(person, today):
        yield lazy("Ask whether the dates still hold.")


def is_stale(person: Profile, today: date) -> bool:
    """Whether the dates were never confirmed, or too long ago to rely on."""
    confirmed = person.availability_confirmed_on
    return confirmed is None or (today - confirmed).days > STALE_DAYS
