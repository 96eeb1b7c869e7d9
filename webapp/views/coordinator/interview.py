"""What to check in an interview: facts that rest on the person's own word, are old, or are not known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from webapp import vocabulary
from webapp.models import Assignment, Volunteer
from webapp.tongue import gettext as _

OLD_YEARS = 5
STALE_DAYS = 90


def to_check(volunteer: Volunteer, assignment: Assignment, language: str, today: date) -> list[str]:
    """Return the questions for this pair, the ones on which safety depends first."""
    return [
        *_safety(assignment),
        *_licences(assignment, language),
        *_languages(volunteer, assignment, language),
        *_skills(volunteer, assignment, language, today),
        *_time(volunteer, today),
    ]


def _safety(assignment: Assignment) -> Iterator[str]:
    if "unsupervised" in (assignment.contact_children, assignment.contact_adults):
        yield _("Alone with children or adults at risk at times: ask the safeguarding questions and check references.")


def _licences(assignment: Assignment, language: str) -> Iterator[str]:
    for asked in assignment.skills:
        if asked.needs_licence:
            yield _("See the licence for %(skill)s.", skill=vocabulary.skill_label(asked.skill, language))


def _languages(volunteer: Volunteer, assignment: Assignment, language: str) -> Iterator[str]:
    held = {one.language: one for one in volunteer.languages}
    for asked in assignment.languages:
        name = vocabulary.language_name(asked.language, language)
        one = held.get(asked.language)
        if asked.is_required and one is not None and one.known_by == "own":
            if asked.for_safety:
                yield _("%(language)s is the person's own word, and safety depends on it: speak it.", language=name)
            else:
                yield _("%(language)s is the person's own word: speak it for some minutes.", language=name)
        elif asked.is_required and one is None:
            yield _("Ask about %(language)s: the profile does not name it.", language=name)


def _skills(volunteer: Volunteer, assignment: Assignment, language: str, today: date) -> Iterator[str]:
    held = {one.skill: one for one in volunteer.skills}
    for asked in assignment.skills:
        if not asked.is_essential:
            continue
        label, one = vocabulary.skill_label(asked.skill, language), held.get(asked.skill)
        if one is None:
            yield _("Ask about %(skill)s: the profile does not name it.", skill=label)
        elif one.last_used is not None and one.last_used < today.year - OLD_YEARS:
            yield _("%(skill)s was last used in %(year)s: ask what is still fresh.", skill=label, year=one.last_used)


def _time(volunteer: Volunteer, today: date) -> Iterator[str]:
    if is_stale(volunteer, today):
        yield _("Ask whether the dates still hold.")


def is_stale(volunteer: Volunteer, today: date) -> bool:
    """Whether the dates were never confirmed, or too long ago to rely on."""
    confirmed = volunteer.availability_confirmed_on
    return confirmed is None or (today - confirmed).days > STALE_DAYS
