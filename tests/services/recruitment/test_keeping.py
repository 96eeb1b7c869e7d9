"""How long what recruitment asks is kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.retained import clear_out
from tests.services.recruitment.conftest import Candidacy
from tests.services.recruitment.test_references import SAYS
from webapp import clock
from webapp.models import (
    Application,
    ApplicationAnswer,
    ConductDeclaration,
    Reference,
    ReferenceAnswer,
    ReferenceLink,
    Scorecard,
    ScorecardLine,
)
from webapp.services.recruitment import conduct, interviews, questions, reference_answers, reference_letters, scorecards
from webapp.services.recruitment.competencies import COMPETENCIES
from webapp.services.recruitment.keeping import A_MONTH
from webapp.services.recruitment.reference_answers import Answered
from webapp.services.recruitment.scorecards import Mark

OF_REFEREES = (Reference, ReferenceLink, ReferenceAnswer)
OF_APPLICANTS = (ApplicationAnswer, ConductDeclaration, Scorecard, ScorecardLine)


@pytest.fixture
def whole(candidacy: Candidacy) -> Candidacy:
    """Return an application about which everything is kept."""
    session, application, who = candidacy.session, candidacy.application, candidacy.coordinator
    asked = questions.keep(session, who, questions.suggested())
    session.add(ApplicationAnswer(application_id=application.id, question_id=asked.questions[0].id, text="Because."))
    conduct.confirm(session, application)
    reference = candidacy.name()
    reference_letters.ask(session, who, reference, str)
    reference_answers.answer(session, reference, Answered(SAYS, "", "no"))
    interviews.invite_to_interview(session, who, application)
    scorecards.send(session, who, application, {code: Mark(3) for code in COMPETENCIES})
    return candidacy


def _left(one: Candidacy, tables: tuple[type, ...]) -> list[bool]:
    one.session.expire_all()
    return [one.session.query(table).count() > 0 for table in tables]


def _end(one: Candidacy, months: float) -> None:
    one.application.state, one.application.reason_code = "declined", "other"
    one.application.state_at = clock.now() - months * A_MONTH
    one.session.flush()


@pytest.mark.parametrize(
    ("months", "referees_stay", "applicants_stay"), [(5.9, True, True), (6.1, False, True), (24.1, False, False)]
)
def test_each_thing_goes_in_its_time(
    whole: Candidacy, tmp_path: Path, months: float, referees_stay: bool, applicants_stay: bool
) -> None:
    _end(whole, months)
    clear_out(whole.session, clock.now(), tmp_path)
    assert _left(whole, OF_REFEREES) == [referees_stay] * 3
    assert _left(whole, OF_APPLICANTS) == [applicants_stay] * 4


def test_nothing_goes_before_the_stay_is_over(whole: Candidacy, tmp_path: Path) -> None:
    whole.application.state_at = clock.now() - 30 * A_MONTH
    whole.session.flush()
    clear_out(whole.session, clock.now(), tmp_path)
    assert all(_left(whole, OF_REFEREES + OF_APPLICANTS))
    whole.application.assignment.start_on = None
    whole.application.assignment.end_on = clock.today() - timedelta(days=800)
    whole.session.flush()
    clear_out(whole.session, clock.now(), tmp_path)
    assert not any(_left(whole, OF_REFEREES + OF_APPLICANTS))


def test_all_of_it_goes_with_the_application(whole: Candidacy) -> None:
    whole.session.query(Application).delete()
    assert not any(_left(whole, OF_REFEREES + OF_APPLICANTS))
