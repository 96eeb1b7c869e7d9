"""Reviews of access: when each is due, what an answer does, and who is reminded how often."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.factories import AnySession, make_user, make_vio, make_volunteer
from webapp import clock
from webapp.models import AuditEvent, Mail, User
from webapp.services import access_reviews, signed_in
from webapp.services.errors import NotFound, Refused


def _later(days: int) -> date:
    return clock.today() + timedelta(days=days)


def _due(session: AnySession, today: date) -> list[User]:
    return [one.account for one in access_reviews.listed(session) if one.is_due(today)]


def test_staff_are_due_as_their_office_sets_and_nobody_else_is(session: AnySession) -> None:
    quick = make_user(session, "coordinator", make_vio(session, access_review_months=3))
    slow, admin = make_user(session, "focal_point"), make_user(session, "administrator")
    make_volunteer(session)
    make_user(session, "coordinator").active = False
    assert _due(session, _later(85)) == []
    assert _due(session, _later(95)) == [quick]
    assert _due(session, _later(190)) == [quick, *sorted((slow, admin), key=lambda one: one.email)]


def test_who_is_kept_is_due_again_later_and_the_trail_says_who_kept_them(session: AnySession) -> None:
    admin, person = make_user(session, "administrator"), make_user(session, "coordinator")
    person.created_at -= timedelta(days=400)
    session.flush()
    assert _due(session, clock.today()) == [person]
    access_reviews.keep(session, admin, person.id)
    assert _due(session, _later(180)) == []
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "access_review_keep")).one()
    assert (event.actor_id, event.subject_id, event.vio_id) == (admin.id, person.id, person.vio_id)
    assert person.active


def test_who_is_ended_is_signed_out_and_asked_about_no_more(session: AnySession) -> None:
    admin, person = make_user(session, "administrator"), make_user(session, "coordinator")
    row, key = signed_in.begin(session, person, "Firefox, Linux", is_kept=False)
    assert {one.account.id: one.signed_in_at for one in access_reviews.listed(session)}[person.id] == row.began_at
    access_reviews.end(session, admin, person.id)
    session.expire_all()
    assert not person.active
    assert signed_in.standing(session, person, key) is None
    assert [one.account for one in access_reviews.listed(session)] == [admin]
    actions = session.scalars(select(AuditEvent.action).where(AuditEvent.subject_id == person.id)).all()
    assert {"account_closed", "access_review_end"} <= set(actions)


def test_nobody_answers_for_themselves_and_only_staff_are_asked_about(session: AnySession) -> None:
    admin = make_user(session, "administrator")
    for answer in (access_reviews.keep, access_reviews.end):
        with pytest.raises(Refused):
            answer(session, admin, admin.id)
        with pytest.raises(NotFound):
            answer(session, admin, make_volunteer(session).user.id)
        with pytest.raises(NotFound):
            answer(session, admin, 999_999)


def test_administrators_are_reminded_weekly_while_somebody_is_due(session: AnySession) -> None:
    admin, person = make_user(session, "administrator"), make_user(session, "coordinator")
    person.created_at -= timedelta(days=400)
    session.flush()
    assert [after for after in range(16) if access_reviews.remind(session, _later(after))] == [0, 7, 14]
    letters = session.scalars(select(Mail).where(Mail.to == admin.email)).all()
    assert len(letters) == 3
    assert person.email not in "".join(letter.body for letter in letters)
    access_reviews.keep(session, admin, person.id)
    assert access_reviews.remind(session, _later(30)) == 0
