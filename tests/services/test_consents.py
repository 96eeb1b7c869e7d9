"""Consents: recorded with date and wording, and gone at once when taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_host_user,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.stays import user_of
from webapp import clock
from webapp.models import MatchInvitation, Partnership, PutForward, Vio, Volunteer
from webapp.models.consents import ABROAD, MATCHING
from webapp.services import consents, ranking, shortlists, visibility
from webapp.services.audit import history_of
from webapp.services.consent_wordings import VERSIONS, agreed_to
from webapp.services.errors import NotFound, Refused


def test_a_consent_has_date_version_and_way(session: AnySession) -> None:
    volunteer = make_volunteer(session, consents=())
    consents.give(session, volunteer.user, volunteer, MATCHING, "on a page")
    consent = consents.standing(session, volunteer, MATCHING)
    assert consent is not None
    assert (consent.given_on, consent.version, consent.how) == (clock.today(), VERSIONS[MATCHING], "on a page")
    assert [event.action for event in history_of(session, volunteer)] == ["consent_given"]


def test_giving_twice_keeps_one_row(session: AnySession) -> None:
    volunteer = make_volunteer(session, consents=())
    first = consents.give(session, volunteer.user, volunteer, MATCHING, "on a page")
    assert consents.give(session, volunteer.user, volunteer, MATCHING, "again") is first
    assert len(consents.history(session, volunteer)) == 1


def test_a_purpose_that_nobody_asks_for_is_refused(session: AnySession) -> None:
    volunteer = make_volunteer(session, consents=())
    with pytest.raises(Refused):
        consents.give(session, volunteer.user, volunteer, "selling", "on a page")
    with pytest.raises(NotFound):
        consents.withdraw(session, volunteer.user, volunteer, "selling")
    assert consents.history(session, volunteer) == []


def test_abroad_needs_matching_first(session: AnySession) -> None:
    volunteer = make_volunteer(session, consents=())
    with pytest.raises(Refused):
        consents.give(session, volunteer.user, volunteer, ABROAD, "on a page")


def test_without_matching_every_match_and_application_is_gone_for_all(session: AnySession) -> None:
    vio = make_vio(session)
    host = make_host(session, vio)
    assignment = make_assignment(session, host)
    volunteer, coordinator = make_volunteer(session, vio), make_user(session, "coordinator", vio)
    ranking.rank_volunteer(session, volunteer)
    application = make_application(session, volunteer, assignment)
    assert len(visibility.current_matches(session, assignment)) == 1
    consents.withdraw(session, volunteer.user, volunteer, MATCHING)
    assert visibility.current_matches(session, assignment) == []
    assert visibility.matches_of_volunteer(session, volunteer) == []
    assert application.state == "withdrawn"
    assert consents.standing(session, volunteer, ABROAD) is None
    assert [row.withdrawn_at is None for row in consents.history(session, volunteer)] == [False, False]
    assert coordinator.vio_id == volunteer.vio_id


def test_without_abroad_what_is_at_home_stays(session: AnySession) -> None:
    vio = make_vio(session)
    host = make_host(session, vio)
    home, away = make_assignment(session, host, country="CN"), make_assignment(session, host, country="KE")
    volunteer = make_volunteer(session, vio, residence="CN", countries=("CN", "KE"))
    ranking.rank_volunteer(session, volunteer)
    at_home, abroad = (make_application(session, volunteer, one) for one in (home, away))
    consents.withdraw(session, volunteer.user, volunteer, ABROAD)
    assert [match.assignment_id for match in visibility.matches_of_volunteer(session, volunteer)] == [home.id]
    ranking.rank_volunteer(session, volunteer)  # a new ranking brings nothing back
    assert [match.assignment_id for match in visibility.matches_of_volunteer(session, volunteer)] == [home.id]
    assert (at_home.state, abroad.state) == ("submitted", "withdrawn")


def test_without_abroad_hosts_and_offices_there_see_the_person_no_more(session: AnySession) -> None:
    there = make_host(session, make_vio(session))
    work = make_assignment(session, there, country="KE")
    person = make_volunteer(session, residence="CN", countries=("CN", "KE"), open_to_all=True)
    ranking.rank_volunteer(session, person)
    make_application(session, person, work, state="shortlisted")
    office, host = make_user(session, "coordinator", there.vio), make_host_user(session, there)
    for account in (office, host):
        assert visibility.sight_of(session, account, person, work).contact
    consents.withdraw(session, user_of(person), person, ABROAD)
    ranking.rank_volunteer(session, person)
    for account in (office, host):
        seen = visibility.sight_of(session, account, person, work)
        assert not (seen.name or seen.contact or seen.profile)
    assert visibility.current_matches(session, work) == []
    assert [one.application for one in shortlists.applicants(session, host, work, clock.today())] == []
    assert consents.standing(session, person, MATCHING) is not None


def test_a_yes_to_an_older_wording_holds_until_the_newer_one_is_agreed_to(session: AnySession) -> None:
    person = make_volunteer(session, residence="CN", countries=("CN", "KE"))
    given = consents.standing(session, person, ABROAD)
    assert given is not None and not consents.is_older(given)
    given.version = "2026-11"
    assert consents.is_older(given) and consents.standing(session, person, ABROAD) is given
    newer = consents.give(session, user_of(person), person, ABROAD, "on a page")
    assert (newer.version, given.withdrawn_at) == (VERSIONS[ABROAD], newer.recorded_at)
    assert consents.standing(session, person, ABROAD) is newer
    assert str(agreed_to(ABROAD, "2026-11")) != str(agreed_to(ABROAD, newer.version))


def _shown_elsewhere(session: AnySession, volunteer: Volunteer, receiving: Vio) -> tuple[MatchInvitation, PutForward]:
    today, now = clock.today(), clock.now()
    assignment = make_assignment(session, make_host(session, receiving))
    by = make_user(session, "coordinator", receiving)
    partnership = Partnership(
        sending_vio_id=volunteer.vio_id,
        receiving_vio_id=receiving.id,
        terms="one year",
        sending_focal_point="A",
        receiving_focal_point="B",
        vetting_by="A",
        insurance_by="A",
        support_by="B",
        costs_by="B",
        shared_parts=["name", "profile"],
        starts_on=today,
        ends_on=today + timedelta(days=300),
        proposed_by_vio_id=receiving.id,
        created_at=now,
        agreed_at=now,
    )
    session.add(partnership)
    session.flush()
    pair = {"assignment_id": assignment.id, "volunteer_id": volunteer.id, "by_id": by.id}
    invitation = MatchInvitation(vio_id=receiving.id, state="accepted", sent_at=now, **pair)
    put_forward = PutForward(partnership_id=partnership.id, state="agreed", at=now, **pair)
    session.add_all([invitation, put_forward])
    session.flush()
    return invitation, put_forward


def test_who_was_shown_by_name_elsewhere_is_seen_no_more(session: AnySession) -> None:
    volunteer, receiving = make_volunteer(session, open_to_all=True), make_vio(session)
    invitation, put_forward = _shown_elsewhere(session, volunteer, receiving)
    account, assignment = make_user(session, "coordinator", receiving), invitation.assignment
    assert visibility.sight_of(session, account, volunteer, assignment).name
    consents.withdraw(session, volunteer.user, volunteer, MATCHING)
    session.refresh(put_forward)
    assert put_forward.state == "withdrawn"
    assert visibility.sight_of(session, account, volunteer, assignment) == visibility.NOTHING
