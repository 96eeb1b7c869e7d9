"""What goes with a "no", and answering everybody who is left."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.clearing import clear_everything
from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_host_user,
    make_user,
    make_volunteer,
)
from tests.stays import KIND_WORDS, coordinator_of, make_offer, make_placement, make_selectable, sign_both, user_of
from webapp import clock
from webapp.models import Application, Mail, Volunteer
from webapp.services import answer_rest, consents, kind_answers, placements, ranking, shortlists
from webapp.services.errors import NotFound, Refused


def _letter(session: AnySession, volunteer: Volunteer) -> str:
    query = select(Mail.body).where(Mail.to == user_of(volunteer).email).order_by(Mail.id.desc())
    return session.scalars(query.limit(1)).one()


def _ranked(session: AnySession, **over: object) -> Application:
    """Make an applicant whom four other assignments fit too."""
    work = make_assignment(session)
    volunteer = make_volunteer(session, work.vio, **over)
    for title in ("Ward by the sea", "Ward in the hills", "Ward on the plain", "Ward in the town"):
        make_assignment(session, make_host(session, work.vio), title=title)
    application = make_application(session, volunteer, work)
    ranking.rank_volunteer(session, volunteer)
    return application


def _decline(session: AnySession, application: Application, reason: str = "places_taken") -> str:
    shortlists.decline(session, make_host_user(session, application.assignment.host), application, reason, KIND_WORDS)
    return _letter(session, application.volunteer)


def test_a_no_names_the_reason_what_speaks_for_the_person_and_three_other_openings(session: AnySession) -> None:
    body = _decline(session, _ranked(session))
    assert "All places are taken." in body
    assert "nursing" in body.partition("What speaks for you")[2]
    assert "French" in body
    assert body.count("- Ward ") == kind_answers.MOST
    assert "- Nurse for the ward" not in body


def test_what_the_reason_denies_is_not_praised(session: AnySession) -> None:
    body = _decline(session, _ranked(session), "language")
    assert "French" not in body.partition("What speaks for you")[2]


def test_only_what_the_person_may_apply_for_now_is_named(session: AnySession) -> None:
    application = _ranked(session)
    first, second, third = kind_answers.others(session, application.volunteer, clock.today())
    first.assignment.state = "closed"
    second.assignment.host.verified_until = date(2020, 1, 1)
    make_application(session, application.volunteer, third.assignment, state="declined", reason_code="skills")
    session.flush()
    named = {match.assignment_id for match in kind_answers.others(session, application.volunteer, clock.today())}
    assert len(named) == 1
    assert not named & {one.assignment_id for one in (first, second, third)}


@pytest.mark.parametrize("purpose", ["matching", "abroad"])
def test_without_consent_nothing_else_is_named(session: AnySession, purpose: str) -> None:
    application = _ranked(session)
    person = application.volunteer
    consents.withdraw(session, user_of(person), person, purpose)
    assert kind_answers.others(session, person, clock.today()) == []
    if purpose == "matching":
        assert kind_answers.strengths(session, application, "") == []


def test_everybody_who_is_left_gets_an_answer_and_nobody_who_has_a_place(session: AnySession) -> None:
    work = make_assignment(session, places_international=1)
    waiting = [make_application(session, make_volunteer(session, work.vio), work) for _ in range(2)]
    waiting.append(make_selectable(session, work))
    seated = make_selectable(session, work)
    office = coordinator_of(session, work.vio)
    with pytest.raises(Refused, match="free"):
        answer_rest.answer_rest(session, office, work, KIND_WORDS)
    make_offer(session, seated, office)
    assert work.state == "filled"
    assert answer_rest.answer_rest(session, office, work, KIND_WORDS) == 3
    assert [one.state for one in (*waiting, seated)] == ["declined"] * 3 + ["selected"]
    for application in waiting:
        assert KIND_WORDS in _letter(session, application.volunteer)
    with pytest.raises(Refused, match="already"):
        answer_rest.answer_rest(session, office, work, KIND_WORDS)


def test_whose_stay_ended_early_is_not_declined_for_it(session: AnySession) -> None:
    placement = make_placement(session)
    office = coordinator_of(session, placement.receiving_vio)
    sign_both(session, placement)
    clear_everything(session, placement)
    placements.start(session, office, placement, placement.starts_on)
    placements.end_early(session, office, placement, "family", KIND_WORDS)
    placement.assignment.state = "closed"
    assert not answer_rest.can_answer(session, office, placement.assignment)


def test_another_office_answers_nobody(session: AnySession) -> None:
    work = make_assignment(session, state="closed")
    make_application(session, make_volunteer(session, work.vio), work)
    for stranger in (make_user(session, "coordinator"), make_host_user(session, work.host)):
        with pytest.raises(NotFound):
            answer_rest.answer_rest(session, stranger, work, KIND_WORDS)
