"""Absolute rules: who cannot be matched, by which reason code, and what would have to change.

Each rule yields checks. A check says where it fails and where it fails by so little that the pair is a near match,
if nothing else fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from matching.hours import DAY_WITHOUT_DATE, DAYS_A_WEEK, shared_hours_a_day
from matching.pool import Flags, Pool
from matching.records import CEFR_LEVELS, AskedLanguage, AskedSkill, Assignment
from matching.stay import WEEK, Stay, assignment_period, last_day_needed, stay_of

DATES_DO_NOT_MEET = "DATES_DO_NOT_MEET"
COUNTRY_EXCLUDED = "COUNTRY_EXCLUDED"
COUNTRY_NO_GO = "COUNTRY_NO_GO"
LICENCE_MISSING = "LICENCE_MISSING"
LANGUAGE_BELOW = "LANGUAGE_BELOW"
SKILL_BELOW = "SKILL_BELOW"
STAY_TOO_SHORT = "STAY_TOO_SHORT"
MODE = "MODE"
HOURS_DO_NOT_MEET = "HOURS_DO_NOT_MEET"
NO_OPEN_PLACE = "NO_OPEN_PLACE"
RESIDENTS_ONLY = "RESIDENTS_ONLY"
HOST_NOT_VERIFIED = "HOST_NOT_VERIFIED"
NO_CONSENT = "NO_CONSENT"
NO_CONSENT_ABROAD = "NO_CONSENT_ABROAD"
CODES = (
    NO_CONSENT,
    NO_CONSENT_ABROAD,
    HOST_NOT_VERIFIED,
    NO_OPEN_PLACE,
    RESIDENTS_ONLY,
    MODE,
    COUNTRY_EXCLUDED,
    COUNTRY_NO_GO,
    DATES_DO_NOT_MEET,
    STAY_TOO_SHORT,
    HOURS_DO_NOT_MEET,
    LICENCE_MISSING,
    LANGUAGE_BELOW,
    SKILL_BELOW,
)
# A stay that is shorter by this share of the weeks asked, or by this many weeks, is still a near match.
NEAR_STAY_SHARE = 0.15
NEAR_STAY_WEEKS = 1
CONSTANTS = {
    "near_stay_share": NEAR_STAY_SHARE,
    "near_stay_weeks": NEAR_STAY_WEEKS,
    "day_without_date": DAY_WITHOUT_DATE.isoformat(),
}


@dataclass(frozen=True)
class Check:
    """One rule on one assignment: where it fails, where it fails by little, and what would have to change."""

    code: str
    failed: Flags
    near: Flags
    change: Callable[[int], dict[str, Any]]
    subject: str = ""  # the language or skill that it asks about


def checks_for(pool: Pool, assignment: Assignment, online: bool) -> list[Check]:
    """Apply every absolute rule to every volunteer of the pool, for work on site or online."""
    checks = [*_about_consent(pool, assignment), *_about_places(pool, assignment), _mode(pool, online)]
    if not online:
        checks += _about_country(pool, assignment)
    checks += _about_time(pool, assignment, online)
    checks += [_licence(pool, assignment, skill) for skill in assignment.licensed_skills]
    checks += [_language(pool, asked) for asked in assignment.languages]
    checks += [_skill(pool, asked) for asked in assignment.essential]
    return checks


def _absolute(code: str, failed: Flags, change: Callable[[int], dict[str, Any]], subject: str = "") -> Check:
    return Check(code, failed, np.zeros(len(failed), dtype=bool), change, subject)


def _about_consent(pool: Pool, assignment: Assignment) -> Iterator[Check]:
    yield _absolute(NO_CONSENT, ~pool.consents, lambda _: {"consent": "matching"})
    # Work for another country is abroad, online too; an assignment without a country is not shown to be at home.
    at_home = pool.residence[assignment.country] > 0
    yield _absolute(
        NO_CONSENT_ABROAD,
        ~at_home & ~pool.consents_abroad,
        lambda _: {"consent": "abroad", "country": assignment.country},
    )


def _about_places(pool: Pool, assignment: Assignment) -> Iterator[Check]:
    everyone = np.ones(pool.size, dtype=bool)
    if not assignment.host_verified:
        yield _absolute(HOST_NOT_VERIFIED, everyone, lambda _: {"host_verified": "yes"})
    at_home_only = assignment.places_national + assignment.places_local
    if assignment.places_international + at_home_only == 0:
        yield _absolute(NO_OPEN_PLACE, everyone, lambda _: {"open_places": 1})
    elif assignment.places_international == 0:
        away = ~(pool.residence[assignment.country] > 0)
        yield _absolute(RESIDENTS_ONLY, away, lambda _: {"residence": assignment.country, "or_international_places": 1})


def _mode(pool: Pool, online: bool) -> Check:
    mode = "online" if online else "on_site"
    return _absolute(MODE, ~pool.works(mode), lambda _: {"mode": mode})


def _about_country(pool: Pool, assignment: Assignment) -> Iterator[Check]:
    country = assignment.country
    yield _absolute(COUNTRY_EXCLUDED, pool.excluded[country] > 0, lambda _: {"country": country})
    yield _absolute(COUNTRY_NO_GO, pool.no_go[country] > 0, lambda _: {"country": country})


def _about_time(pool: Pool, assignment: Assignment, online: bool) -> Iterator[Check]:
    stay = stay_of(pool, assignment, online)
    first, last = assignment_period(assignment)
    never = stay.overlap <= 0
    yield _absolute(
        DATES_DO_NOT_MEET,
        never,
        lambda number: {
            "needed_from": _day(assignment.start_on, first),
            "needed_to": _day(assignment.end_on, last),
            "offered": [
                [window.start.isoformat(), window.end.isoformat()] for window in pool.volunteers[number].availability
            ],
        },
    )
    yield _stay(stay, ~never)
    if online:
        yield _hours(pool, assignment)


def _day(stated: date | None, ordinal: int) -> str | None:
    """Return an ISO day; None where the end is open."""
    if stated is not None:
        return stated.isoformat()
    return None if ordinal in (date.min.toordinal(), date.max.toordinal()) else date.fromordinal(ordinal).isoformat()


def _stay(stay: Stay, meets: Flags) -> Check:
    short = stay.needed - stay.possible
    allowed = np.maximum(stay.needed * NEAR_STAY_SHARE, NEAR_STAY_WEEKS * WEEK)
    failed = meets & (short > 0)
    # A stay of no length is no stay, however little is asked.
    near = failed & (short <= allowed) & (stay.possible > 0)
    return Check(
        STAY_TOO_SHORT,
        failed,
        near,
        lambda number: {
            "weeks_needed": stay.needed[number].item() / WEEK,
            "weeks_possible": stay.possible[number].item() / WEEK,
            "weeks_short": short[number].item() / WEEK,
        },
    )


def _hours(pool: Pool, assignment: Assignment) -> Check:
    by_day = shared_hours_a_day(pool, assignment)
    # Whichever is named holds: hours a week, hours of the day, or both. What is not named excludes nobody (NaN).
    possible = np.fmin(pool.online_hours, by_day * DAYS_A_WEEK)
    needed = float(assignment.weekly_hours or 0)
    # Clocks that never meet exclude also where the assignment names no number of hours.
    failed = (possible < needed) | (by_day == 0)
    return _absolute(
        HOURS_DO_NOT_MEET,
        failed,
        lambda number: {
            "hours_needed": needed,
            "hours_possible": None if np.isnan(possible[number]) else possible[number].item(),
            "shared_hours_a_day": None if np.isnan(by_day[number]) else by_day[number].item(),
        },
    )


def _licence(pool: Pool, assignment: Assignment, skill: str) -> Check:
    until = last_day_needed(assignment)
    held = pool.licensed_until[skill]
    holds = held >= until.toordinal() if until else held > 0

    def change(number: int) -> dict[str, Any]:
        expired = [
            one.valid_until for one in pool.volunteers[number].licences if one.skill == skill and one.valid_until
        ]
        return {
            "skill": skill,
            "valid_until_at_least": until.isoformat() if until else None,
            "held_until": max(expired).isoformat() if expired else None,
        }

    return _absolute(LICENCE_MISSING, ~holds, change, skill)


def _language(pool: Pool, asked: AskedLanguage) -> Check:
    held = pool.language_levels[asked.code]
    # A profile without any language is not known to lack this one; where safety depends on it, that is not enough.
    judged = np.ones(pool.size, dtype=bool) if asked.safety else pool.named_language
    failed = judged & (held < asked.level)
    near = failed & (held == asked.level - 1) & (not asked.safety)
    return Check(
        LANGUAGE_BELOW,
        failed,
        near,
        lambda number: {
            "language": asked.code,
            "needed": CEFR_LEVELS[asked.level - 1],
            "held": CEFR_LEVELS[held[number] - 1] if held[number] else None,
            "safety": asked.safety,
        },
        asked.code,
    )


def _skill(pool: Pool, asked: AskedSkill) -> Check:
    held = pool.skills[asked.code]
    failed = (held > 0) & (held < asked.level)
    return Check(
        SKILL_BELOW,
        failed,
        failed & (held == asked.level - 1),
        lambda number: {"skill": asked.code, "needed": asked.level, "held": int(held[number])},
        asked.code,
    )
