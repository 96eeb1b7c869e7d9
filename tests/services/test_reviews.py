"""Reviewing assignments: what is published, and what nobody can waive."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories import (
    AnySession,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from webapp import clock
from webapp.models import AuditEvent, Mail, Match, User, Vio
from webapp.services import (
    reviews,
)
from webapp.services.errors import IllegalMove, Refused

TODAY = clock.today()


@pytest.fixture
def vio(session: AnySession) -> Vio:
    return make_vio(session)


@pytest.fixture
def coordinator(session: AnySession, vio: Vio) -> User:
    return make_user(session, "coordinator", vio)


def test_approval_publishes_and_ranks_at_once(session: AnySession, vio: Vio, coordinator: User) -> None:
    volunteer = make_volunteer(session, vio)
    waiting = make_assignment(session, make_host(session, vio), state="submitted", published_at=None)
    reviews.approve(session, coordinator, waiting, "none", TODAY)
    assert waiting.state == "open"
    assert waiting.published_at is not None
    matched = session.scalars(select(Match.volunteer_id).where(Match.assignment_id == waiting.id, Match.is_current))
    assert list(matched) == [volunteer.id]
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "assignment_open")).one()
    assert event.detail["displacement"] == "none"


def test_words_that_go_with_the_publication_reach_the_host(session: AnySession, vio: Vio, coordinator: User) -> None:
    host = make_host(session, vio)
    for words in ("Well told. Ask two people for a talk soon.", ""):
        waiting = make_assignment(session, host, state="submitted", published_at=None, words_to_host="Name the days.")
        reviews.approve(session, coordinator, waiting, "none", TODAY, words=f" {words} ")
        letter = session.query(Mail).filter_by(to=host.contact_email).order_by(Mail.id.desc()).first()
        assert letter is not None and "is open" in letter.body
        assert words in letter.body and "Name the days." not in letter.body
        assert waiting.words_to_host == words


def test_refusals_cannot_be_waived(session: AnySession, vio: Vio, coordinator: User) -> None:
    host = make_host(session, vio)
    waiting = make_assignment(session, host, state="submitted", published_at=None, replaces_strikers=True)
    with pytest.raises(Refused, match="strike"):
        reviews.approve(session, coordinator, waiting, "none", TODAY)
    assert waiting.state == "submitted"


def test_nothing_of_an_unverified_host_is_published(session: AnySession, vio: Vio, coordinator: User) -> None:
    expired = make_host(session, vio, verified_until=TODAY - timedelta(days=1))
    for host in (make_host(session, vio, verified=False), expired):
        waiting = make_assignment(session, host, state="submitted", published_at=None)
        with pytest.raises(Refused, match="not verified"):
            reviews.approve(session, coordinator, waiting, "none", TODAY)


def test_reviewer_must_decide_on_displacement(session: AnySession, vio: Vio, coordinator: User) -> None:
    waiting = make_assignment(session, make_host(session, vio), state="submitted", published_at=None)
    with pytest.raises(Refused, match="paid posts"):
        reviews.approve(session, coordinator, waiting, "", TODAY)


def test_changes_and_declining_need_words(session: AnySession, vio: Vio, coordinator: User) -> None:
    host = make_host(session, vio)
    one, two = (make_assignment(session, host, state="submitted", published_at=None) for _ in range(2))
    for act in (reviews.ask_for_changes, reviews.decline):
        with pytest.raises(Refused):
            act(session, coordinator, one, " ")
    reviews.ask_for_changes(session, coordinator, one, "Name the supervisor.")
    reviews.decline(session, coordinator, two, "We send nobody there.")
    assert (one.state, two.state) == ("changes_requested", "cancelled")
    assert (
        "Name the supervisor." in session.query(Mail).filter_by(to=host.contact_email).order_by(Mail.id).all()[0].body
    )
    with pytest.raises(IllegalMove):
        reviews.approve(session, coordinator, two, "none", TODAY)
