"""The volunteer's side of an application."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_host_user,
    make_vio,
    make_volunteer,
)
from webapp import clock
from webapp.models import Assignment, Mail, Volunteer
from webapp.services import applications
from webapp.services.audit import history_of
from webapp.services.errors import IllegalMove, NotFound, Refused
from webapp.working_days import next_working_day


def _pair(session: AnySession, volunteer: dict[str, Any] | None = None, **over: Any) -> tuple[Volunteer, Assignment]:
    vio = make_vio(session, host_answer_days=9)
    host = make_host(session, vio, **{k: over.pop(k) for k in ("verified", "verified_until") if k in over})
    return make_volunteer(session, vio, **volunteer or {}), make_assignment(session, host, **over)


def test_applying_promises_a_day_and_writes_to_the_host_without_a_name(session: AnySession) -> None:
    volunteer, assignment = _pair(session, {"full_name": "Гульнара Ибраимова"})
    staff = make_host_user(session, assignment.host)
    application = applications.apply(session, volunteer.user, volunteer, assignment, "  Hello  ")
    assert (application.state, application.note) == ("submitted", "Hello")
    assert application.answer_by == next_working_day(("KE", "CN"), clock.today() + timedelta(days=9))
    assert [event.action for event in history_of(session, application)] == ["application_submitted"]
    (letter,) = session.query(Mail).filter_by(to=staff.email)
    assert assignment.title in letter.subject
    assert "Ибраимова" not in letter.subject + letter.body
    assert volunteer.user.email not in letter.body


@pytest.mark.parametrize(
    ("volunteer", "assignment", "words"),
    [
        ({}, {"state": "closed"}, "no applications"),
        ({}, {"verified": False}, "verification"),
        ({}, {"verified_until": clock.today() - timedelta(days=1)}, "verification"),
        ({"consents": ()}, {}, "agreed to be matched"),
        ({"consents": ("matching",)}, {}, "outside the country"),
        ({}, {"start_on": None, "end_on": clock.today() - timedelta(days=1)}, "over"),
    ],
)
def test_who_cannot_apply_is_told_why(
    session: AnySession, volunteer: dict[str, Any], assignment: dict[str, Any], words: str
) -> None:
    person, work = _pair(session, volunteer, **assignment)
    with pytest.raises(Refused, match=words):
        applications.apply(session, person.user, person, work, "")


def test_at_home_no_consent_abroad_is_needed(session: AnySession) -> None:
    person, work = _pair(session, {"consents": ("matching",), "residence": "KE"})
    assert applications.apply(session, person.user, person, work, "").is_live


def test_a_pair_has_one_live_application_and_may_try_again_after_withdrawing(session: AnySession) -> None:
    volunteer, assignment = _pair(session)
    first = applications.apply(session, volunteer.user, volunteer, assignment, "")
    with pytest.raises(Refused, match="already"):
        applications.apply(session, volunteer.user, volunteer, assignment, "")
    applications.withdraw(session, volunteer.user, first)
    second = applications.apply(session, volunteer.user, volunteer, assignment, "")
    assert applications.applications_of(session, volunteer) == [second, first]


def test_nobody_applies_or_withdraws_for_somebody_else(session: AnySession) -> None:
    volunteer, assignment = _pair(session)
    stranger = make_volunteer(session)
    with pytest.raises(NotFound):
        applications.apply(session, stranger.user, volunteer, assignment, "")
    application = make_application(session, volunteer, assignment)
    with pytest.raises(NotFound):
        applications.withdraw(session, stranger.user, application)


def test_what_is_over_cannot_be_withdrawn(session: AnySession) -> None:
    volunteer, assignment = _pair(session)
    application = make_application(session, volunteer, assignment, state="declined", reason_code="other")
    with pytest.raises(IllegalMove):
        applications.withdraw(session, volunteer.user, application)


def test_a_closed_assignment_stays_open_to_who_applied(session: AnySession) -> None:
    volunteer, assignment = _pair(session, state="closed")
    with pytest.raises(NotFound):
        applications.assignment_for(session, volunteer, assignment.id)
    make_application(session, volunteer, assignment)
    assert applications.assignment_for(session, volunteer, assignment.id) is assignment


def test_note_to_the_host_has_an_end(session: AnySession) -> None:
    work = make_assignment(session)
    volunteer = make_volunteer(session, work.vio)
    assert volunteer.user is not None
    with pytest.raises(Refused, match="too long"):
        applications.apply(session, volunteer.user, volunteer, work, "x" * (applications.LONGEST_NOTE + 1))
