"""The small ways in which an assignment could ask for less, each as the changed assignment itself.

Never offered: less where somebody's safety depends on a language, and a licence that the work usually needs by law.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from matching import eligibility as rules
from matching.records import CEFR_LEVELS, AskedLanguage, AskedSkill, Assignment
from matching.reference import Reference
from matching.schema import EXPERIENCE_LEVELS

FEWER_WEEKS = (1, 4)
MORE_DAYS = 28
FEWER_HOURS = 5
DATES = (rules.DATES_DO_NOT_MEET, rules.STAY_TOO_SHORT)
# Online nobody travels: no country is excluded, and no stay away from home too short.
ELSEWHERE = (rules.MODE, rules.COUNTRY_EXCLUDED, rules.COUNTRY_NO_GO, *DATES)

LANGUAGE_LOWER = "LANGUAGE_LOWER"
LANGUAGE_HELPFUL = "LANGUAGE_HELPFUL"
SKILL_LOWER = "SKILL_LOWER"
SKILL_DESIRABLE = "SKILL_DESIRABLE"
EXPERIENCE_LOWER = "EXPERIENCE_LOWER"
LICENCE_NOT_ASKED = "LICENCE_NOT_ASKED"
WEEKS_FEWER = "WEEKS_FEWER"
START_EARLIER = "START_EARLIER"
END_LATER = "END_LATER"
ONLINE_TOO = "ONLINE_TOO"
ON_SITE_TOO = "ON_SITE_TOO"
HOURS_FEWER = "HOURS_FEWER"
HOURS_ANY = "HOURS_ANY"
PLACE_INTERNATIONAL = "PLACE_INTERNATIONAL"
CODES = (
    LANGUAGE_LOWER,
    LANGUAGE_HELPFUL,
    SKILL_LOWER,
    SKILL_DESIRABLE,
    EXPERIENCE_LOWER,
    LICENCE_NOT_ASKED,
    WEEKS_FEWER,
    START_EARLIER,
    END_LATER,
    ONLINE_TOO,
    ON_SITE_TOO,
    HOURS_FEWER,
    HOURS_ANY,
    PLACE_INTERNATIONAL,
)


@dataclass(frozen=True)
class Relaxation:
    """One change: the rules that it eases, what it is about (a language, a skill), its new value, and the result."""

    code: str
    eases: tuple[str, ...]
    assignment: Assignment
    subject: str = ""
    value: Any = None


def relaxations(assignment: Assignment, reference: Reference) -> Iterator[Relaxation]:
    """Yield every single change that there is for this assignment, always in the same order."""
    for language in assignment.languages:
        yield from _of_language(assignment, language)
    for skill in assignment.essential:
        yield from _of_skill(assignment, skill)
    yield from _of_experience(assignment)
    for code in assignment.licensed_skills:
        if code not in reference.skills or not reference.skills[code].licensed:
            rest = tuple(other for other in assignment.licensed_skills if other != code)
            yield Relaxation(
                LICENCE_NOT_ASKED, (rules.LICENCE_MISSING,), replace(assignment, licensed_skills=rest), subject=code
            )
    yield from _of_time(assignment)
    yield from _of_mode(assignment)
    if assignment.places_international == 0:
        abroad = replace(assignment, places_international=1)
        is_open = assignment.places_national + assignment.places_local > 0
        eased = rules.RESIDENTS_ONLY if is_open else rules.NO_OPEN_PLACE
        yield Relaxation(PLACE_INTERNATIONAL, (eased,), abroad)


def _of_language(assignment: Assignment, asked: AskedLanguage) -> Iterator[Relaxation]:
    if asked.safety:
        return
    rest = tuple(other for other in assignment.languages if other is not asked)
    helpful = replace(assignment, languages=rest, languages_helpful=(*assignment.languages_helpful, asked.code))
    if asked.level > 1:
        lower = replace(asked, level=asked.level - 1)
        changed = tuple(lower if other is asked else other for other in assignment.languages)
        yield Relaxation(
            LANGUAGE_LOWER,
            (rules.LANGUAGE_BELOW,),
            replace(assignment, languages=changed),
            asked.code,
            CEFR_LEVELS[lower.level - 1],
        )
    yield Relaxation(LANGUAGE_HELPFUL, (rules.LANGUAGE_BELOW,), helpful, asked.code)


def _of_skill(assignment: Assignment, asked: AskedSkill) -> Iterator[Relaxation]:
    if asked.level <= 1:
        return  # excludes nobody
    lower = replace(asked, level=asked.level - 1, implied=False)
    changed = tuple(lower if other is asked else other for other in assignment.essential)
    yield Relaxation(SKILL_LOWER, (rules.SKILL_BELOW,), replace(assignment, essential=changed), asked.code, lower.level)
    rest = tuple(other for other in assignment.essential if other is not asked)
    desirable = replace(assignment, essential=rest, desirable=(*assignment.desirable, asked))
    yield Relaxation(SKILL_DESIRABLE, (rules.SKILL_BELOW,), desirable, asked.code)


def _of_experience(assignment: Assignment) -> Iterator[Relaxation]:
    """The level of experience counts where no level of its own is named for a skill."""
    level = EXPERIENCE_LEVELS.get(assignment.experience_level, 0)
    lower = next((name for name, number in EXPERIENCE_LEVELS.items() if number == level - 1), "")
    if not lower or not any(asked.implied for asked in assignment.essential):
        return

    def eased(skills: tuple[AskedSkill, ...]) -> tuple[AskedSkill, ...]:
        return tuple(replace(asked, level=level - 1) if asked.implied else asked for asked in skills)

    changed = replace(
        assignment,
        experience_level=lower,
        essential=eased(assignment.essential),
        desirable=eased(assignment.desirable),
    )
    yield Relaxation(EXPERIENCE_LOWER, (rules.SKILL_BELOW,), changed, value=lower)


def _of_time(assignment: Assignment) -> Iterator[Relaxation]:
    for fewer in FEWER_WEEKS:
        if assignment.weeks is not None and assignment.weeks > fewer:
            weeks = assignment.weeks - fewer
            yield Relaxation(WEEKS_FEWER, (rules.STAY_TOO_SHORT,), replace(assignment, weeks=weeks), value=weeks)
    # Without a last day an earlier start would only move the work, and ask for no less.
    if assignment.start_on and (assignment.end_on or not assignment.weeks):
        start = _shifted(assignment.start_on, -MORE_DAYS)
        yield Relaxation(START_EARLIER, DATES, replace(assignment, start_on=start), value=start)
    if assignment.end_on:
        end = _shifted(assignment.end_on, MORE_DAYS)
        yield Relaxation(END_LATER, DATES, replace(assignment, end_on=end), value=end)


def _shifted(day: date, days: int) -> date:
    """Return another day, within what a calendar can hold."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def _of_mode(assignment: Assignment) -> Iterator[Relaxation]:
    if assignment.mode == "on_site":
        yield Relaxation(ONLINE_TOO, ELSEWHERE, replace(assignment, mode="either"))
        return
    if assignment.mode == "online" and assignment.country:
        yield Relaxation(ON_SITE_TOO, (rules.MODE, rules.HOURS_DO_NOT_MEET), replace(assignment, mode="either"))
    if assignment.weekly_hours is not None and assignment.weekly_hours > FEWER_HOURS:
        fewer = assignment.weekly_hours - FEWER_HOURS
        yield Relaxation(HOURS_FEWER, (rules.HOURS_DO_NOT_MEET,), replace(assignment, weekly_hours=fewer), value=fewer)
    if assignment.hours is not None:
        yield Relaxation(HOURS_ANY, (rules.HOURS_DO_NOT_MEET,), replace(assignment, hours=None))
