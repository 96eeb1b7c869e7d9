"""What may never count: swapped between two people, every score, band and order stays."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import event

from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from webapp.models import Application, ApplicationAnswer, ConditionAnswer, Volunteer
from webapp.services import decisions, ranking, visibility
from webapp.services.recruitment import (
    conduct,
    questions,
    referees,
    reference_answers,
    reference_letters,
    scorecards,
)
from webapp.services.recruitment.competencies import COMPETENCIES
from webapp.services.recruitment.reference_answers import Answered
from webapp.services.recruitment.reference_questions import QUESTIONS
from webapp.services.recruitment.scorecards import Mark

# The columns of a person that the matcher must not know; residence enters two rules only, which no one here meets.
NEVER_USED = ("full_name", "call_me", "email", "phone", "motivation", "residence", "is_adult", "external_id")


def _order(session: AnySession, assignments: list) -> list[list[tuple[int, float, int]]]:
    for assignment in assignments:
        ranking.rank_assignment(session, assignment)
    return [
        [(match.volunteer_id, match.score, match.band) for match in visibility.current_matches(session, assignment)]
        for assignment in assignments
    ]


@pytest.mark.parametrize("column", NEVER_USED)
def test_swapping_a_fact_that_never_counts_changes_no_order(session: AnySession, column: str) -> None:
    vio = make_vio(session)
    host = make_host(session, vio)
    works = [make_assignment(session, host, country=country) for country in ("KE", "NP", "PE")]
    people = [
        make_volunteer(session, vio, residence="CN", skills={"NUR-01": 2}, motivation="To learn.", full_name="李 雨桐"),
        make_volunteer(session, vio, residence="SN", skills={"NUR-01": 3}, motivation="To give.", full_name="Awa"),
        make_volunteer(session, vio, residence="TH", languages={"fr": "B1"}, full_name="ณัฐพล", call_me="Nat"),
    ]
    before = _order(session, works)
    assert [len(found) for found in before] == [3, 3, 3]
    _swap(people[0], people[1], column)
    session.flush()
    assert _order(session, works) == before


def _swap(one: Volunteer, other: Volunteer, column: str) -> None:
    first, second = getattr(one, column), getattr(other, column)
    setattr(one, column, second)
    setattr(other, column, first)


def test_conditions_of_life_change_no_match_and_stand_in_none(session: AnySession) -> None:
    vio = make_vio(session)
    works = [make_assignment(session, make_host(session, vio), hottest_celsius=45, altitude_metres=4000)]
    person = make_volunteer(session, vio)
    before = _order(session, works)
    person.conditions = [ConditionAnswer(condition=name, answer="cannot") for name in ("heat", "altitude")]
    session.flush()
    assert _order(session, works) == before
    (match,) = visibility.current_matches(session, works[0])
    stored = f"{match.reasons}{match.missing}".lower()
    assert "heat" not in stored
    assert "cannot" not in stored


OF_RECRUITMENT = ("application_answer", "question", "conduct_declaration", "scorecard", "reference")


def test_recruitment_changes_no_match_and_no_look_at_decisions_reads_it(session: AnySession) -> None:
    vio = make_vio(session)
    work = make_assignment(session, make_host(session, vio))
    people = [make_volunteer(session, vio), make_volunteer(session, vio)]
    applications = [make_application(session, person, work, state="interview") for person in people]
    before = _order(session, [work])
    assert len(before[0]) == 2
    _recruit(session, applications[0])
    asked: list[str] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda _c, _u, statement, *_more: asked.append(statement.lower()))
    assert _order(session, [work]) == before
    decisions.decisions_of(session, vio.id)
    assert any("from volunteer" in statement for statement in asked)
    assert not [s for s in asked for table in OF_RECRUITMENT if re.search(rf"(?:from|join|,)\s+{table}\w*\b", s)]


def _recruit(session: AnySession, application: Application) -> None:
    """Let everything speak for one of two people that recruitment can hold."""
    raters = [make_user(session, "coordinator", application.assignment.vio) for _seat in range(2)]
    asked = questions.keep(session, raters[0], questions.suggested())
    answer = ApplicationAnswer(application_id=application.id, question_id=asked.questions[0].id, text="French, nurse.")
    session.add(answer)
    conduct.confirm(session, application)
    for rater in raters:
        scorecards.send(session, rater, application, {code: Mark(4) for code in COMPETENCIES})
    user = application.volunteer.user
    reference = referees.name(session, user, application, "Amina", "amina@clinic.example", "host")
    reference_letters.ask(session, raters[0], reference, str)
    says = {code: next(iter(one.answers)) for code, one in QUESTIONS.items()}
    reference_answers.answer(session, reference, Answered(says, "", "no"))
