"""Interviews: two raters, blind to each other until both are in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from tests.factories import make_application, make_assignment, make_host, make_user, make_vio, make_volunteer
from tests.services.recruitment.conftest import Candidacy
from webapp.db import own_session
from webapp.models import Application, Mail, Scorecard, User
from webapp.services import audit
from webapp.services.errors import IllegalMove, NotFound, Refused
from webapp.services.recruitment import interviews, scorecards
from webapp.services.recruitment.competencies import COMPETENCIES
from webapp.services.recruitment.scorecards import Mark

CODES = list(COMPETENCIES)


@pytest.fixture
def interview(candidacy: Candidacy) -> Candidacy:
    interviews.invite_to_interview(candidacy.session, candidacy.coordinator, candidacy.application)
    return candidacy


def _send(one: Candidacy, account: User, *scores: int) -> None:
    marks = {code: Mark(score, f"said {score}") for code, score in zip(CODES, scores, strict=True)}
    scorecards.send(one.session, account, one.application, marks)


def test_the_invitation_moves_the_application_and_tells_the_volunteer(candidacy: Candidacy) -> None:
    session, application = candidacy.session, candidacy.application
    with pytest.raises(NotFound):
        interviews.invite_to_interview(session, candidacy.stranger, application)
    interviews.invite_to_interview(session, candidacy.coordinator, application)
    assert application.state == "interview"
    assert [event.action for event in audit.history_of(session, application)] == ["application_interview"]
    (letter,) = session.query(Mail).filter_by(to=candidacy.volunteer.user.email)
    assert "interview" in letter.subject
    with pytest.raises(IllegalMove):
        interviews.invite_to_interview(session, candidacy.coordinator, application)


def test_nobody_reads_a_card_before_both_are_in(interview: Candidacy) -> None:
    session, application = interview.session, interview.application
    third = make_user(session, "coordinator", interview.vio)
    _send(interview, interview.coordinator, 4, 3, 3, 2, 1)
    own = scorecards.cards_of(session, interview.coordinator, application)
    assert own.own is not None
    assert own.shown == [own.own]
    for account in (interview.colleague, third):
        seen = scorecards.cards_of(session, account, application)
        assert (seen.shown, seen.agreement, seen.sent, seen.may_rate) == ([], [], 1, True)
    _send(interview, interview.colleague, 4, 2, 1, 2, 4)
    for account in (interview.coordinator, interview.colleague, third):
        seen = scorecards.cards_of(session, account, application)
        assert len(seen.shown) == 2
        assert [one.apart for one in seen.agreement] == [0, 1, 2, 0, 3]
        assert [one.is_worth_a_talk for one in seen.agreement] == [False, False, True, False, True]
    with pytest.raises(Refused, match="Two people"):
        _send(interview, third, 1, 1, 1, 1, 1)


def test_a_card_that_was_sent_is_final_and_a_correction_is_a_later_line(interview: Candidacy) -> None:
    session, application = interview.session, interview.application
    _send(interview, interview.coordinator, 4, 3, 3, 2, 1)
    with pytest.raises(Refused, match="is in"):
        _send(interview, interview.coordinator, 1, 1, 1, 1, 1)
    with pytest.raises(Refused, match="why"):
        scorecards.correct(session, interview.coordinator, application, CODES[0], Mark(2))
    with pytest.raises(NotFound):
        scorecards.correct(session, interview.colleague, application, CODES[0], Mark(2, "A slip."))
    scorecards.correct(session, interview.coordinator, application, CODES[0], Mark(2, "A slip."))
    card = scorecards.cards_of(session, interview.coordinator, application).own
    assert [line.score for line in card.lines if line.competency == CODES[0]] == [4, 2]
    assert scorecards.standing(card)[CODES[0]].score == 2


def test_a_card_is_whole_in_its_time_and_of_the_own_office(interview: Candidacy) -> None:
    session, application = interview.session, interview.application
    marks = {code: Mark(3) for code in CODES}
    with pytest.raises(NotFound):
        scorecards.send(session, interview.stranger, application, marks)
    for wrong in ({**marks, CODES[0]: Mark(5)}, {CODES[0]: Mark(3)}, {**marks, CODES[0]: Mark(3, "x" * 1501)}):
        with pytest.raises(Refused):
            scorecards.send(session, interview.coordinator, application, wrong)
    application.state = "shortlisted"
    with pytest.raises(Refused, match="Invite"):
        scorecards.send(session, interview.coordinator, application, marks)


def test_many_who_send_at_once_leave_two_cards(own_engine: Engine) -> None:
    with own_session() as session:
        vio = make_vio(session)
        work = make_assignment(session, make_host(session, vio))
        application = make_application(session, make_volunteer(session, vio), work, state="interview").id
        raters = [make_user(session, "coordinator", vio).id for _number in range(6)]

    def rate(rater: int) -> bool:
        try:
            with own_session() as session:
                marks = {code: Mark(3) for code in CODES}
                scorecards.send(session, session.get_one(User, rater), session.get_one(Application, application), marks)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(len(raters)) as pool:
        assert sorted(pool.map(rate, raters)) == [False] * 4 + [True] * 2
    with own_session() as session:
        assert sorted(card.seat for card in session.query(Scorecard)) == [1, 2]


def test_card_of_an_application_that_is_over_stays_as_it_is(interview: Candidacy) -> None:
    _send(interview, interview.coordinator, 3, 3, 3, 3, 3)
    interview.application.state = "withdrawn"
    with pytest.raises(Refused, match="over"):
        scorecards.correct(
            interview.session, interview.coordinator, interview.application, CODES[0], Mark(2, "A slip.")
        )
