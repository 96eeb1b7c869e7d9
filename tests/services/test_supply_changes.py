"""What "would bring back about N" says is what a whole ranking of the changed assignment finds, rounded alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from matching import ELIGIBLE, Matcher
from tests.factories import AnySession, make_assignment, make_host, make_vio, make_volunteer
from webapp import clock
from webapp.models import Assignment, AssignmentLanguage, AssignmentSkill, Host, Vio, Volunteer
from webapp.services import supply
from webapp.services.frames import assignments_frame, volunteers_frame
from webapp.services.small_cells import about
from webapp.services.supply import Change

EACH = 6  # so many people of a kind: enough to be told, and no multiple of what is rounded to
KINDS: tuple[dict[str, Any], ...] = (
    {},
    {"languages": {"fr": "B1"}},
    {"languages": {"fr": "A1", "en": "C1"}},
    {"languages": {"fr": "C1", "en": "A2"}},
    {"languages": {}},
    {"skills": {"NUR-01": 1, "WAT-02": 3}},
    {"skills": {"WAT-02": 1}},
    {"stay_max_weeks": 8},
    {"stay_min_weeks": 40},
    {"on_site": False, "online": True, "online_hours": 10},
    {"on_site": False, "online": True, "online_hours": 30, "online_from": "06:00", "online_to": "08:00"}
    | {"time_zone": "Asia/Shanghai"},
    {"residence": "KE"},
    {"consents": ("matching",)},
    {"countries": ("TZ",), "languages": {"fr": "B2"}},
    {"free": (0, 70)},
    {"free": (150, 700)},
)
FITTING: dict[str, Any] = {
    "skills": {"NUR-01": 2},
    "languages": {"fr": "B1"},
    "mode": "on_site",
    "experience_level": None,
    "weeks": 12,
    "hours": 20,
    "online_from": "08:00",
    "online_to": "17:00",
    "time_zone": "Africa/Nairobi",
    "places_international": 2,
    "places_local": 1,
    "licensed": None,
    "days": 100,
}
OTHERWISE: dict[str, st.SearchStrategy[Any]] = {
    "skills": st.dictionaries(st.sampled_from(("NUR-01", "WAT-02", "EDU-03")), st.integers(1, 4), max_size=2),
    "languages": st.dictionaries(st.sampled_from(("fr", "en")), st.sampled_from(("A2", "B1", "C1")), max_size=2),
    "mode": st.sampled_from(("online", "either")),
    "experience_level": st.sampled_from(("experienced", "specialist")),
    "weeks": st.sampled_from((None, 6, 30)),
    "hours": st.sampled_from((5, 35)),
    "places_international": st.just(0),
    "licensed": st.sampled_from(("NUR-01", "WAT-02")),
    "days": st.just(240),
}
# Under these every kind of change is told.
EXAMPLES: tuple[dict[str, Any], ...] = (
    {"mode": "online"},
    {"mode": "online", "hours": 15},
    {"hours": 8},
    {"weeks": None},
    {"skills": {"WAT-02": 2}, "licensed": "WAT-02"},
    {"skills": {"NUR-01": None}, "experience_level": "experienced"},
    {"languages": {"fr": "C1"}, "weeks": 30},
    {"skills": {"NUR-01": 3}, "places_international": 0},
    {"skills": {"WAT-02": 2}, "mode": "on_site"},
)
# Where all is strange nobody fits and no single change helps; so a few answers differ from one that fits many.
WORKS = st.sets(st.sampled_from(sorted(OTHERWISE)), max_size=3).flatmap(
    lambda names: st.fixed_dictionaries({name: OTHERWISE[name] for name in names})
)


def skill(row: Assignment, code: str) -> AssignmentSkill:
    return next(one for one in row.skills if one.skill == code)


def language(row: Assignment, code: str) -> AssignmentLanguage:
    return next(one for one in row.languages if one.language == code)


def put(row: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)


# What a host would enter in the form to follow each piece of advice.
ENTERED: dict[str, Callable[[Assignment, Change], None]] = {
    "LANGUAGE_LOWER": lambda row, change: put(language(row, change.subject), level=change.value),
    "LANGUAGE_HELPFUL": lambda row, change: put(language(row, change.subject), is_required=False),
    "SKILL_LOWER": lambda row, change: put(skill(row, change.subject), level=change.value),
    "SKILL_DESIRABLE": lambda row, change: put(skill(row, change.subject), is_essential=False),
    "EXPERIENCE_LOWER": lambda row, change: put(row, experience_level=change.value),
    "LICENCE_NOT_ASKED": lambda row, change: put(skill(row, change.subject), needs_licence=False),
    "WEEKS_FEWER": lambda row, change: put(row, weeks=change.value),
    "START_EARLIER": lambda row, change: put(row, start_on=change.value),
    "END_LATER": lambda row, change: put(row, end_on=change.value),
    "ONLINE_TOO": lambda row, _change: put(row, mode="either"),
    "ON_SITE_TOO": lambda row, _change: put(row, mode="either"),
    "HOURS_FEWER": lambda row, change: put(row, hours=change.value),
    "HOURS_ANY": lambda row, _change: put(row, online_from=None, online_to=None),
    "PLACE_INTERNATIONAL": lambda row, _change: put(row, places_international=1),
}


def make_person(session: AnySession, vio: Vio, free: tuple[int, int] | None = None, **kind: Any) -> None:
    """Make somebody who fits but for `kind`, free between two days from today on."""
    person = make_volunteer(session, vio, claimed=False, **kind)
    if free is not None:
        person.windows[0].starts_on, person.windows[0].ends_on = (clock.today() + timedelta(days=n) for n in free)


@pytest.fixture
def host(session: AnySession) -> Host:
    """Return a host of an office with EACH people of every kind."""
    vio = make_vio(session)
    for kind in KINDS:
        for _person in range(EACH):
            make_person(session, vio, **kind)
    return make_host(session, vio)


@pytest.fixture
def office(session: AnySession, host: Host) -> Matcher:
    """Return a matcher that was given everybody of the office, apart from what the service keeps for itself."""
    people = session.scalars(select(Volunteer).where(Volunteer.vio_id == host.vio_id))
    return Matcher().fit(volunteers_frame(people))


def ranked(office: Matcher, assignment: Assignment) -> int:
    """Count whom a whole ranking finds eligible."""
    found = office.rank(assignments_frame([assignment], clock.today(), {}))
    return int((found["status"] == ELIGIBLE).sum())


def make_work(session: AnySession, host: Host, answers: dict[str, Any]) -> Assignment:
    """Make the assignment that answers so."""
    said = {**FITTING, **answers}
    licensed, first = said.pop("licensed"), clock.today() + timedelta(days=60)
    made = make_assignment(session, host, start_on=first, end_on=first + timedelta(days=said.pop("days")), **said)
    for one in made.skills:
        one.needs_licence = one.skill == licensed
    session.flush()
    return made


def check(session: AnySession, host: Host, office: Matcher, answers: dict[str, Any]) -> set[str]:
    """Compare every change that is told with a whole ranking after it; return the codes of those changes."""
    with session.begin_nested() as savepoint:
        assignment = make_work(session, host, answers)
        before = ranked(office, assignment)
        found = supply.count(session, assignment, clock.today())
        assert found is not None
        assert found.eligible == about(before)
        changes = {change for one in found.requirements for change in one.changes}
        assert found.best is None or found.best in changes
        for change in changes:
            with session.begin_nested() as entered:
                ENTERED[change.code](assignment, change)
                session.flush()
                assert change.brings_back == about(ranked(office, assignment) - before), change
                entered.rollback()
        savepoint.rollback()
    return {change.code for change in changes}


@settings(deadline=None, max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=WORKS)
def test_each_change_brings_back_what_a_whole_ranking_finds_then(
    session: AnySession, host: Host, office: Matcher, answers: dict[str, Any]
) -> None:
    check(session, host, office, answers)


def test_every_kind_of_change_is_told_and_right(session: AnySession, host: Host, office: Matcher) -> None:
    told: set[str] = set()
    for answers in EXAMPLES:
        told |= check(session, host, office, answers)
    assert told == set(ENTERED)
