"""A coordinator's word on a match."""

from __future__ import annotations

import pytest

from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from webapp import clock
from webapp.models import Assignment, Mail, Match, Review, User, Vio, Volunteer
from webapp.services import (
    judgements,
    match_review,
    ranking,
)
from webapp.services.by_mail import asking
from webapp.services.errors import NotFound, Refused
from webapp.services.judgements import REASONS, Word


@pytest.fixture
def vio(session: AnySession) -> Vio:
    return make_vio(session)


@pytest.fixture
def coordinator(session: AnySession, vio: Vio) -> User:
    return make_user(session, "coordinator", vio)


def _ranked(session: AnySession, vio: Vio) -> Assignment:
    assignment = make_assignment(session, make_host(session, vio))
    ranking.rank_assignment(session, assignment)
    return assignment


def _match(session: AnySession, assignment: Assignment, volunteer: Volunteer) -> Match:
    return session.query(Match).filter_by(assignment_id=assignment.id, volunteer_id=volunteer.id, is_current=True).one()


def test_reasons_belong_to_their_verdict(session: AnySession, vio: Vio, coordinator: User) -> None:
    volunteer = make_volunteer(session, vio)
    match = _match(session, assignment := _ranked(session, vio), volunteer)
    with pytest.raises(Refused, match="reason"):
        judgements.judge(session, coordinator, assignment, [match], Word("endorse", "not_reachable"))
    assert all("other" in reasons for reasons in REASONS.values())


def test_proposing_leaves_the_application_to_the_host(session: AnySession, vio: Vio, coordinator: User) -> None:
    volunteer = make_volunteer(session, vio)
    match = _match(session, assignment := _ranked(session, vio), volunteer)
    application = make_application(session, volunteer, assignment)
    judgements.judge(session, coordinator, assignment, [match], Word("propose", "best_fit"))
    assert application.state == "submitted"
    assert asking.send_due(session, str) == 1
    letter = session.query(Mail).filter_by(to=assignment.host.contact_email).one()
    assert volunteer.full_name not in letter.body


def test_host_hears_nothing_of_people_who_have_not_applied(session: AnySession, vio: Vio, coordinator: User) -> None:
    volunteer = make_volunteer(session, vio)
    match = _match(session, assignment := _ranked(session, vio), volunteer)
    judgements.judge(session, coordinator, assignment, [match], Word("propose", "best_fit"))
    assert session.query(Mail).count() == 0


def test_newest_word_stands_and_older_ones_stay(session: AnySession, vio: Vio, coordinator: User) -> None:
    volunteer = make_volunteer(session, vio)
    match = _match(session, assignment := _ranked(session, vio), volunteer)
    for word in (Word("dismiss", "language"), Word("endorse", "skills_fit")):
        judgements.judge(session, coordinator, assignment, [match], word)
    assert judgements.standing(session, assignment)[volunteer.id].verdict == "endorse"
    assert [review.verdict for review in judgements.words_on(session, match)] == ["endorse", "dismiss"]


def test_nobody_is_invited_twice_or_after_applying(session: AnySession, vio: Vio, coordinator: User) -> None:
    first, second = make_volunteer(session, vio), make_volunteer(session, vio)
    assignment = _ranked(session, vio)
    make_application(session, second, assignment)
    invite = Word("invite", "fits_well")
    judgements.judge(session, coordinator, assignment, [_match(session, assignment, first)], invite)
    for person in (first, second):
        with pytest.raises(Refused):
            judgements.judge(session, coordinator, assignment, [_match(session, assignment, person)], invite)
    assert session.query(Review).count() == 1


def test_person_who_closed_the_profile_is_gone(session: AnySession, vio: Vio, coordinator: User) -> None:
    volunteer = make_volunteer(session, open_to_all=True)
    match = _match(session, assignment := _ranked(session, vio), volunteer)
    volunteer.open_to_all = False
    session.flush()
    with pytest.raises(NotFound):
        judgements.judge(session, coordinator, assignment, [match], Word("endorse", "skills_fit"))
    with pytest.raises(NotFound):
        match_review.coordinator_match(session, coordinator, match.id)


def test_word_is_one_of_the_list_and_about_somebody(session: AnySession, vio: Vio, coordinator: User) -> None:
    assignment = make_assignment(session, make_host(session, vio))
    with pytest.raises(Refused, match="at least one person"):
        judgements.judge(session, coordinator, assignment, [], Word("endorse", "skills_fit"))
    with pytest.raises(Refused, match="what you want to do"):
        judgements.judge(session, coordinator, assignment, [], Word("promote", "skills_fit"))


@pytest.mark.parametrize("word", [Word("propose", "best_fit"), Word("invite", "fits_well")])
def test_nobody_is_proposed_or_invited_to_work_that_is_paused_or_closed(
    session: AnySession, vio: Vio, coordinator: User, word: Word
) -> None:
    volunteer = make_volunteer(session, vio)
    match = _match(session, assignment := _ranked(session, vio), volunteer)
    assignment.host.suspended_at = clock.now()
    with pytest.raises(Refused, match="suspended"):
        judgements.judge(session, coordinator, assignment, [match], word)
    assignment.state = "closed"
    with pytest.raises(Refused, match="not open"):
        judgements.judge(session, coordinator, assignment, [match], word)
    judgements.judge(session, coordinator, assignment, [match], Word("endorse", "skills_fit"))


def test_applicant_of_another_office_who_is_not_open_to_all_is_not_invited(
    session: AnySession, vio: Vio, coordinator: User
) -> None:
    volunteer = make_volunteer(session, open_to_all=True)
    match = _match(session, assignment := _ranked(session, vio), volunteer)
    make_application(session, volunteer, assignment)
    volunteer.open_to_all = False
    session.flush()
    with pytest.raises(Refused, match="not open to all"):
        judgements.judge(session, coordinator, assignment, [match], Word("invite", "fits_well"))


def test_colleague_of_another_office_says_no_word_on_it(session: AnySession, vio: Vio) -> None:
    volunteer = make_volunteer(session, vio)
    match = _match(session, assignment := _ranked(session, vio), volunteer)
    with pytest.raises(NotFound):
        judgements.judge(session, make_user(session, "coordinator"), assignment, [match], Word("endorse", "skills_fit"))
