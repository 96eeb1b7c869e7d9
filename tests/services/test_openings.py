"""Openings for one volunteer: her matches, her filters, and what she cannot live with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from tests.factories import AnySession, make_application, make_assignment, make_host, make_vio, make_volunteer
from webapp import clock
from webapp.models import Assignment, ConditionAnswer, Match, Volunteer
from webapp.services import conditions, opening_filters, openings, ranking
from webapp.services.opening_filters import Filters


def _ranked(session: AnySession, *works: dict[str, Any], **over: Any) -> tuple[Volunteer, list[Assignment]]:
    vio = make_vio(session)
    host = make_host(session, vio)
    assignments = [make_assignment(session, host, **work) for work in works]
    volunteer = make_volunteer(session, vio, **over)
    ranking.rank_volunteer(session, volunteer)
    return volunteer, assignments


def test_fitting_near_and_other_openings_stand_apart(session: AnySession) -> None:
    works: list[dict[str, Any]] = [{}, {"languages": {"fr": "C1"}}, {"languages": {"ru": "B1"}}]
    volunteer, (fits, near, other) = _ranked(session, *works)
    found = openings.find(session, volunteer, Filters(all_open=True))
    parts = (found.fitting, found.near, found.others)
    shown = [[one.assignment for one in openings.opened(session, volunteer, part)] for part in parts]
    assert shown == [[fits], [near], [other]]


def test_who_has_said_nothing_still_sees_openings(session: AnySession) -> None:
    vio = make_vio(session)
    work = make_assignment(session, make_host(session, vio))
    volunteer = make_volunteer(session, vio, skills={}, languages={}, consents=())
    found = openings.find(session, volunteer)
    assert [(one.assignment, one.match) for one in openings.opened(session, volunteer, found.others)] == [(work, None)]


SOON, LATE = clock.today() + timedelta(days=10), clock.today() + timedelta(days=500)


@pytest.mark.parametrize(
    ("filters", "work", "is_found"),
    [
        (Filters(country="KE"), {"country": "KE"}, True),
        (Filters(country="KE"), {"country": "TZ"}, False),
        (Filters(route="cpec"), {"country": "PK"}, True),
        (Filters(route="cpec"), {"country": "KE"}, False),
        (Filters(skill="NUR-01"), {}, True),
        (Filters(skill="WAT-01"), {}, False),
        (Filters(language="fr"), {}, True),
        (Filters(language="sw"), {}, False),
        (Filters(goal="3"), {"sdg_targets": ["3.1"]}, True),
        (Filters(goal="1"), {"sdg_targets": ["13.1"]}, False),
        (Filters(latest=SOON), {}, False),
        (Filters(latest=LATE), {}, True),
        (Filters(earliest=LATE), {}, False),
        (Filters(near_me=True), {"country": "CN"}, True),
        (Filters(near_me=True), {"country": "KE"}, False),
        (Filters(online=True), {"mode": "either"}, True),
        (Filters(online=True), {"mode": "on_site"}, False),
    ],
)
def test_filters_sift_the_list(session: AnySession, filters: Filters, work: dict[str, Any], is_found: bool) -> None:
    volunteer, (assignment,) = _ranked(session, work, countries=("KE", "CN", "PK", "TZ"))
    passing = select(Assignment.id).where(*opening_filters.passing(filters, volunteer))
    assert list(session.scalars(passing)) == ([assignment.id] if is_found else [])


def test_what_she_cannot_live_with_is_left_out_counted_and_stored_nowhere(session: AnySession) -> None:
    volunteer, (hot, mild) = _ranked(session, {"hottest_celsius": 44}, {"hottest_celsius": 30})
    before = [(m.assignment_id, m.score, m.reasons) for m in session.query(Match).order_by(Match.id)]
    volunteer.conditions = [ConditionAnswer(condition="heat", answer="cannot")]
    session.flush()
    found = openings.find(session, volunteer)
    assert ([one.assignment_id for one in found.fitting], found.hidden) == ([mild.id], 1)
    shown = openings.find(session, volunteer, Filters(with_cannot=True))
    assert {one.assignment_id for one in shown.fitting} == {hot.id, mild.id}
    ranking.rank_volunteer(session, volunteer)
    current = session.query(Match).filter(Match.is_current).order_by(Match.id)
    assert [(m.assignment_id, m.score, m.reasons) for m in current] == before


def test_an_application_is_marked(session: AnySession) -> None:
    volunteer, (work,) = _ranked(session, {})
    make_application(session, volunteer, work)
    assert openings.find(session, volunteer).fitting[0].is_applied


FACTS = [
    ({"lodging": "Shared bedroom with another volunteer"}, "shared_room"),
    ({"lodging": "与当地人合住"}, "shared_room"),
    ({"lodging": "You live with a host family"}, "host_family"),
    ({"water": "well"}, "no_running_water"),
    ({"power": "few_hours"}, "no_power"),
    ({"internet": "town"}, "no_internet"),
    ({"hospital_hours": 4}, "far_hospital"),
    ({"hottest_celsius": 39}, "heat"),
    ({"coldest_celsius": -20}, "cold"),
    ({"altitude_metres": 3000}, "altitude"),
    ({"walking_km": 6}, "walking"),
    ({"step_free": "no"}, "steps"),
]


@pytest.mark.parametrize(("facts", "condition"), FACTS)
def test_each_fact_brings_its_condition(session: AnySession, facts: dict[str, Any], condition: str) -> None:
    assert conditions.conditions_of(make_assignment(session, **facts)) == {condition}


def test_unstated_facts_and_work_from_home_bring_no_condition(session: AnySession) -> None:
    everything: dict[str, Any] = {}
    for facts, _condition in FACTS:
        everything |= facts
    assert conditions.conditions_of(make_assignment(session)) == frozenset()
    assert conditions.conditions_of(make_assignment(session, mode="online", **everything)) == frozenset()


def test_conflicts_name_what_she_cannot_before_what_she_asks_about(session: AnySession) -> None:
    volunteer = make_volunteer(session)
    answers = {"altitude": "ask", "heat": "fine", "walking": "cannot"}
    volunteer.conditions = [ConditionAnswer(condition=c, answer=a) for c, a in answers.items()]
    work = make_assignment(session, altitude_metres=3000, hottest_celsius=45, walking_km=9)
    found = [(conflict.condition, conflict.answer) for conflict in conditions.conflicts(volunteer, work)]
    assert found == [("walking", "cannot"), ("altitude", "ask")]


def test_filters_offer_only_what_open_assignments_have(session: AnySession) -> None:
    make_assignment(session, country="NA", sdg_targets=["6.1"], skills={"WAT-01": 1}, languages={"en": "A2"})
    make_assignment(session, country="FR", state="draft", published_at=None)
    offered = opening_filters.offered(session)
    assert (offered.countries, offered.goals) == ({"NA"}, {"6"})
    assert (offered.skills, offered.languages) == ({"WAT-01"}, {"en"})


def test_where_many_are_open_filters_are_offered_a_little_later(
    session: AnySession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening_filters, "MANY", 1)
    monkeypatch.setattr(opening_filters, "_kept", {})
    monkeypatch.setattr(opening_filters, "_offered", opening_filters._offered.__wrapped__)
    host = make_host(session)
    make_assignment(session, host, country="NA")
    assert opening_filters.offered(session).countries == {"NA"}
    make_assignment(session, host, country="KE")
    assert opening_filters.offered(session).countries == {"NA", "KE"}  # one was open: nothing was kept
    make_assignment(session, host, country="TZ")
    assert opening_filters.offered(session).countries == {"NA", "KE"}
    with time_machine.travel(clock.now() + opening_filters.KEPT_FOR + timedelta(seconds=1), tick=False):
        assert opening_filters.offered(session).countries == {"NA", "KE", "TZ"}


def test_route_that_is_none_leads_nowhere_and_without_consent_no_match_is_shown(session: AnySession) -> None:
    volunteer, (work,) = _ranked(session, {})
    assert openings.match_with(session, volunteer, work) is not None
    for consent in volunteer.consents:
        consent.withdrawn_at = clock.now()
    session.flush()
    assert openings.match_with(session, volunteer, work) is None
    on_no_route = opening_filters.passing(Filters(route="nowhere"), volunteer)
    assert session.query(Assignment).filter(Assignment.id == work.id, *on_no_route).all() == []
