"""What a list's query says of who sees what is what visibility says of each person by themselves."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from webapp import clock, permissions
from webapp.models import Assignment, Match, MatchInvitation, Partnership, PutForward, User, Volunteer
from webapp.services import match_list, match_review, ranking
from webapp.services.match_list import Filters
from webapp.services.paging import Start
from webapp.services.person_conditions import HOLDS, Light, sees
from webapp.services.shown_matches import around
from webapp.services.visibility import Sight, sight_of

PARTS = [part.name for part in fields(Sight)]
TERMS = (
    "terms",
    "sending_focal_point",
    "receiving_focal_point",
    "vetting_by",
    "insurance_by",
    "support_by",
    "costs_by",
)


def _applicants(session: AnySession, work: Assignment) -> list[Volunteer]:
    found = []
    for states in (["submitted"], ["shortlisted"], ["declined"], ["withdrawn"], ["withdrawn", "submitted"]):
        person = make_volunteer(session, open_to_all=True)
        for state in states:
            make_application(session, person, work, state=state, reason_code="skills" if state == "declined" else "")
        found.append(person)
    return found


def _invited(session: AnySession, work: Assignment, by: User) -> list[Volunteer]:
    found = []
    for state in ("sent", "accepted", "declined"):
        found.append(person := make_volunteer(session, open_to_all=True))
        when = {"sent_at": clock.now(), "state": state}
        session.add(MatchInvitation(vio_id=by.vio_id, assignment=work, volunteer=person, by_id=by.id, **when))
    return found


def _put_forward(session: AnySession, work: Assignment, by: User) -> list[Volunteer]:
    found, today, now = [], clock.today(), clock.now()
    for shared, days, state in (
        (["name"], 9, "agreed"),
        (["name", "profile"], 9, "agreed"),
        (["profile", "earlier_service"], 9, "asked"),
        (["profile", "earlier_service"], -1, "agreed"),
    ):
        found.append(person := make_volunteer(session, open_to_all=days > 0))
        vios = {"sending_vio_id": person.vio_id, "receiving_vio_id": by.vio_id, "proposed_by_vio_id": by.vio_id}
        spans = {"starts_on": today - timedelta(days=9), "ends_on": today + timedelta(days=days)}
        terms = {**vios, **spans, **dict.fromkeys(TERMS, "as agreed"), "created_at": now, "agreed_at": now}
        session.add(agreement := Partnership(shared_parts=shared, **terms))
        session.flush()
        pair = {"assignment": work, "volunteer": person, "partnership_id": agreement.id}
        session.add(PutForward(**pair, state=state, by_id=by.id, at=now))
    return found


def _tied(session: AnySession, work: Assignment) -> Volunteer:
    """Make somebody of the VIO who has to do with the assignment."""
    person = make_volunteer(session, work.host.vio)
    make_application(session, person, work)
    return person


def _everybody(session: AnySession, work: Assignment, account: User) -> list[Volunteer]:
    """Make somebody of each kind of tie to the assignment."""
    vio = work.host.vio
    people = [make_volunteer(session, vio), make_volunteer(session, vio, claimed=False), make_volunteer(session)]
    people.append(_tied(session, work))
    people += [make_volunteer(session, open_to_all=True), make_volunteer(session, open_to_all=True, consents=())]
    people += _applicants(session, work) + _invited(session, work, account) + _put_forward(session, work, account)
    people.append(make_volunteer(session, vio))
    make_application(session, people[-1], work)
    return people


@pytest.mark.parametrize("delegated", [[], ["KE"]])
def test_the_query_finds_whom_the_page_would_show(session: AnySession, delegated: list[str]) -> None:
    vio = make_vio(session)
    account = make_user(session, "coordinator", vio, delegated=delegated)
    work = make_assignment(session, make_host(session, vio), country="KE", mode="on_site")
    people = _everybody(session, work, account)
    ranking.rank_assignment(session, work)
    session.flush()
    light = Light(account, work, clock.today())
    for part in PARTS:
        found = set(session.scalars(select(Volunteer.id).where(sees(part, light))))
        expected = {one.id for one in people if getattr(sight_of(session, account, one, work), part)}
        assert found == expected, part
        assert 0 < len(expected) < len(people)
        matched = session.scalars(select(Match.volunteer_id).join(Volunteer).where(Match.is_current, sees(part, light)))
        assert set(matched) <= expected


@pytest.mark.parametrize("delegated", [[], ["KE"]])
def test_what_a_list_of_matches_has_read_shows_what_each_person_does(session: AnySession, delegated: list[str]) -> None:
    vio = make_vio(session)
    account = make_user(session, "coordinator", vio, delegated=delegated)
    work = make_assignment(session, make_host(session, vio), country="KE", mode="on_site")
    _everybody(session, work, account)
    ranking.rank_assignment(session, work)
    matches = session.scalars(select(Match).where(Match.is_current)).all()
    expected = {one.id: sight_of(session, account, one.volunteer, work) for one in matches}
    rows = match_review.rows_of(session, account, work, matches)
    assert {row.match.id: row.sight for row in rows} == {one: sight for one, sight in expected.items() if sight.match}
    listed = match_list.find(session, account, work, Filters(), Start()).rows
    assert {one.id: one.sight for one in listed} == {one.id: expected[one.id] for one in listed}
    assert {one.id: one.facts for one in listed} == {row.match.id: row.facts for row in rows}
    assert {one.facts.application.state for one in listed if one.facts.application} >= {"submitted", "shortlisted"}
    assert len({one.sight for one in listed}) > 3


@pytest.mark.parametrize(("delegated", "found"), [([], ["en", "fr"]), (["KE"], ["en", "fr"]), (["LA"], [])])
def test_the_condition_holds_in_a_list_of_matches(session: AnySession, delegated: list[str], found: list[str]) -> None:
    vio = make_vio(session)
    account = make_user(session, "coordinator", vio, delegated=delegated)
    work = make_assignment(session, make_host(session, vio), country="KE")
    make_volunteer(session, vio)
    ranking.rank_assignment(session, work)
    assert list(around(session, account, work).languages) == found


def test_every_relation_of_the_table_has_its_condition() -> None:
    assert set(permissions.relations("person.see", "coordinator")) == set(HOLDS)
