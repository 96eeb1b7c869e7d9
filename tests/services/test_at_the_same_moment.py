"""What somebody else did while a page was open counts: nobody moves what is no longer as it was read."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from tests.factories import AnySession, make_application, make_assignment, make_host_user, make_volunteer
from tests.stays import KIND_WORDS, coordinator_of, make_active, user_of
from webapp import clock
from webapp.models import Base, Lesson, Reference
from webapp.services import assignments, lesson_reviews, lessons, reviews, shortlists
from webapp.services.errors import IllegalMove, NotFound, Refused
from webapp.services.recruitment import interviews, referees


def _meanwhile(session: AnySession, row: Any, state: str) -> None:
    """Move a row as another process does: the row changes, and what this one has read of it does not."""
    session.flush()
    table: type[Base] = type(row)
    statement = update(table).where(table.__table__.c.id == row.id).values(state=state)
    session.execute(statement, execution_options={"synchronize_session": False})
    assert row.state != state


def test_who_withdraws_is_not_put_on_the_shortlist(session: AnySession) -> None:
    application = make_application(session, make_volunteer(session), make_assignment(session))
    host = make_host_user(session, application.assignment.host)
    _meanwhile(session, application, "withdrawn")
    with pytest.raises(NotFound):
        shortlists.shortlist(session, host, application)


def test_who_withdraws_is_not_invited_to_an_interview(session: AnySession) -> None:
    application = make_application(session, make_volunteer(session), make_assignment(session), state="shortlisted")
    office = coordinator_of(session, application.assignment.vio)
    _meanwhile(session, application, "withdrawn")
    with pytest.raises(IllegalMove):
        interviews.invite_to_interview(session, office, application)


def test_a_lesson_whose_consent_is_taken_back_is_not_published(session: AnySession) -> None:
    placement = make_active(session)
    lesson = Lesson(placement_id=placement.id, author_id=placement.volunteer.user_id, side="volunteer", text="Socks.")
    lesson.folded, lesson.state, lesson.shown_as = "socks.", "waiting", "anonymous"
    lesson.version, lesson.made_at, lesson.agreed_at, lesson.state_at = lessons.VERSION, *[clock.now()] * 3
    session.add(lesson)
    office = coordinator_of(session, placement.receiving_vio)
    _meanwhile(session, lesson, "withdrawn")
    with pytest.raises(IllegalMove):
        lesson_reviews.publish(session, office, lesson)


def test_an_answer_of_a_referee_is_not_withdrawn(session: AnySession) -> None:
    application = make_application(session, make_volunteer(session), make_assignment(session), state="shortlisted")
    person = user_of(application.volunteer)
    reference = referees.name(session, person, application, "Amina", "amina@clinic.example", "host")
    reference.state = "asked"
    _meanwhile(session, reference, "answered")
    with pytest.raises(Refused):
        referees.take_back(session, person, reference)
    assert session.get_one(Reference, reference.id).state == "answered"


def test_what_its_host_has_taken_back_is_not_published(session: AnySession) -> None:
    work = make_assignment(session, state="submitted")
    host, office = make_host_user(session, work.host), coordinator_of(session, work.vio)
    _meanwhile(session, work, "draft")
    with pytest.raises(IllegalMove):
        reviews.ask_for_changes(session, office, work, KIND_WORDS)
    _meanwhile(session, work, "open")
    assignments.take_back(session, host, work)  # it has been published: back goes what is public
    assert work.state == "changes_requested"
