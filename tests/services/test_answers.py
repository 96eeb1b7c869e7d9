"""Answers to invitations and to being put forward: each opens exactly what it says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import AnySession, make_assignment, make_host, make_user, make_vio, make_volunteer
from webapp import clock
from webapp.models import Assignment, MatchInvitation, Partnership, PutForward, User, Volunteer
from webapp.services import answers, badges, visibility
from webapp.services.errors import NotFound, Refused


def _invited(session: AnySession, consents: tuple[str, ...] = ("matching", "abroad")) -> tuple[MatchInvitation, User]:
    receiving = make_vio(session)
    coordinator = make_user(session, "coordinator", receiving)
    work = make_assignment(session, make_host(session, receiving))
    volunteer = make_volunteer(session, consents=consents, open_to_all=True)
    invitation = MatchInvitation(
        vio_id=receiving.id, assignment=work, volunteer=volunteer, by_id=coordinator.id, sent_at=clock.now()
    )
    session.add(invitation)
    session.flush()
    return invitation, coordinator


def _asked(session: AnySession, ends_in: int = 100) -> tuple[PutForward, User, Volunteer, Assignment]:
    receiving, today, now = make_vio(session), clock.today(), clock.now()
    coordinator = make_user(session, "coordinator", receiving)
    work = make_assignment(session, make_host(session, receiving))
    volunteer = make_volunteer(session)
    words = (
        "terms",
        "sending_focal_point",
        "receiving_focal_point",
        "vetting_by",
        "insurance_by",
        "support_by",
        "costs_by",
    )
    partnership = Partnership(
        sending_vio_id=volunteer.vio_id,
        receiving_vio_id=receiving.id,
        shared_parts=["name"],
        starts_on=today - timedelta(days=300),
        ends_on=today + timedelta(days=ends_in),
        proposed_by_vio_id=receiving.id,
        created_at=now,
        agreed_at=now,
        **dict.fromkeys(words, "as agreed"),
    )
    session.add(partnership)
    session.flush()
    asked = PutForward(
        partnership_id=partnership.id, assignment=work, volunteer=volunteer, by_id=coordinator.id, at=now
    )
    session.add(asked)
    session.flush()
    return asked, coordinator, volunteer, work


def test_accepting_an_invitation_shows_the_name(session: AnySession) -> None:
    invitation, coordinator = _invited(session)
    volunteer = invitation.volunteer
    assert not visibility.sight_of(session, coordinator, volunteer, invitation.assignment).name
    assert badges.waiting(session, volunteer.user, clock.today())["invitations"] == 1
    answers.answer_invitation(session, volunteer.user, invitation.id, accepts=True)
    assert visibility.sight_of(session, coordinator, volunteer, invitation.assignment).name
    assert badges.waiting(session, volunteer.user, clock.today())["invitations"] == 0
    with pytest.raises(Refused, match="already"):
        answers.answer_invitation(session, volunteer.user, invitation.id, accepts=False)


def test_declining_shows_nothing(session: AnySession) -> None:
    invitation, coordinator = _invited(session)
    answers.answer_invitation(session, invitation.volunteer.user, invitation.id, accepts=False)
    assert not visibility.sight_of(session, coordinator, invitation.volunteer, invitation.assignment).name


def test_accepting_needs_the_consent_that_the_work_needs(session: AnySession) -> None:
    invitation, _coordinator = _invited(session, consents=("matching",))
    with pytest.raises(Refused, match="outside the country"):
        answers.answer_invitation(session, invitation.volunteer.user, invitation.id, accepts=True)


def test_agreeing_shows_what_the_agreement_lists_until_taken_back(session: AnySession) -> None:
    asked, coordinator, volunteer, work = _asked(session)
    answers.answer_request(session, volunteer.user, asked.id, agrees=True)
    sight = visibility.sight_of(session, coordinator, volunteer, work)
    assert (sight.name, sight.profile, sight.contact) == (True, False, False)
    answers.take_back(session, volunteer.user, asked.id)
    assert visibility.sight_of(session, coordinator, volunteer, work) == visibility.NOTHING


def test_an_agreement_that_is_over_cannot_be_agreed_under(session: AnySession) -> None:
    asked, _coordinator, volunteer, _work = _asked(session, ends_in=-1)
    with pytest.raises(Refused, match="over"):
        answers.answer_request(session, volunteer.user, asked.id, agrees=True)


def test_a_stranger_can_answer_nothing(session: AnySession) -> None:
    invitation, _coordinator = _invited(session)
    asked, *_rest = _asked(session)
    stranger = make_volunteer(session).user
    assert stranger is not None
    with pytest.raises(NotFound):
        answers.answer_invitation(session, stranger, invitation.id, accepts=True)
    with pytest.raises(NotFound):
        answers.answer_request(session, stranger, asked.id, agrees=True)
    with pytest.raises(NotFound):
        answers.take_back(session, stranger, asked.id)


def test_no_to_being_put_forward_shows_nothing_and_ends_the_question(session: AnySession) -> None:
    asked, coordinator, volunteer, work = _asked(session)
    answers.answer_request(session, volunteer.user, asked.id, agrees=False)
    assert asked.state == "declined"
    assert visibility.sight_of(session, coordinator, volunteer, work) == visibility.NOTHING
    with pytest.raises(Refused, match="not put forward"):
        answers.take_back(session, volunteer.user, asked.id)


def test_nobody_agrees_to_work_that_is_closed_or_paused_or_without_consent(session: AnySession) -> None:
    invitation, _coordinator = _invited(session)
    invitation.assignment.host.suspended_at = clock.now()
    with pytest.raises(Refused, match="paused"):
        answers.answer_invitation(session, invitation.volunteer.user, invitation.id, accepts=True)
    asked, _coordinator, volunteer, work = _asked(session)
    work.state = "closed"
    with pytest.raises(Refused, match="no longer open"):
        answers.answer_request(session, volunteer.user, asked.id, agrees=True)
    unwilling, _coordinator = _invited(session, consents=())
    with pytest.raises(Refused, match="not agreed to be matched"):
        answers.answer_invitation(session, unwilling.volunteer.user, unwilling.id, accepts=True)
