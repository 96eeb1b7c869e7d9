"""Recruitment as a coordinator meets it: questions, interview, references; pages without any script."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser import Visitor
from tests.factories import PASSWORD, make_application, make_user
from tests.services.recruitment.test_references import SAYS
from tests.views.coordinator.conftest import Office
from webapp.models import Application, Mail, Scorecard
from webapp.services.recruitment import questions, referees, reference_answers, reference_letters
from webapp.services.recruitment.competencies import COMPETENCIES
from webapp.services.recruitment.reference_answers import Answered


@pytest.fixture
def application(office: Office) -> Application:
    found = make_application(office.session, office.own, office.assignment, state="shortlisted")
    office.session.commit()
    return found


def _path(application: Application, page: str) -> str:
    return f"/coordinator/applications/{application.id}/{page}"


def test_questions_begin_with_suggestions_and_are_kept_in_the_order_of_their_places(office: Office) -> None:
    page = office.visitor.get("/coordinator/questions")
    assert "These are our suggestions" in page.text
    assert questions.in_force(office.session, office.vio.id) is None
    own = {"rows-0-place": "3", "rows-1-place": "1", "rows-2-prompt": "", "rows-6-prompt": "Who waits for you at home?"}
    page = office.visitor.submit(page, **own)
    assert "Version 1" in page.text
    kept = questions.in_force(office.session, office.vio.id).questions
    assert [one.code for one in kept] == ["what_stays", "why_this_work", "own_habit", "other_way", "learned_from", ""]
    assert kept[-1].prompt == "Who waits for you at home?"
    changed = kept[0].prompt + " Say it in one sentence."
    office.visitor.submit(page, **{"rows-0-prompt": changed})
    kept = questions.in_force(office.session, office.vio.id).questions
    assert (kept[0].code, kept[0].prompt) == ("", changed)


def test_suggestions_stay_ours_in_another_language(office: Office) -> None:
    page = office.visitor.get("/coordinator/questions?lang=fr")
    office.visitor.submit(page, **{"rows-0-place": "1"})
    kept = questions.in_force(office.session, office.vio.id).questions
    assert all(one.code for one in kept)


def test_too_long_a_question_is_named_and_nothing_lost(office: Office) -> None:
    page = office.visitor.get("/coordinator/questions")
    page = office.visitor.submit(page, status=422, **{"rows-7-prompt": "Why? " * 120})
    assert "Why? Why?" in page.text


def _marks(*scores: int) -> dict[str, str]:
    said = {f"score_{code}": str(score) for code, score in zip(COMPETENCIES, scores, strict=True)}
    return {**said, **{f"note_{code}": f"heard {score}" for code, score in zip(COMPETENCIES, scores, strict=True)}}


def test_interview_from_the_invitation_to_two_cards(
    office: Office, application: Application, visit: Callable[[], Visitor]
) -> None:
    page = office.visitor.get(_path(application, "interview"))
    page = office.visitor.submit(page, action="invite")
    assert office.session.query(Mail).filter_by(to=office.own.user.email).count() == 1
    page = office.visitor.submit(page, status=422, action="/interview", score_motivation=None, note_motivation="Yes.")
    assert "Choose a score" in page.text
    assert "Yes." in page.text
    page = office.visitor.submit(page, action="/interview", **_marks(4, 3, 3, 3, 1))
    assert "1 of 2 scorecards" in page.text
    assert "heard 4" in page.text
    assert "Your scorecard" in page.text
    colleague = visit()
    colleague.sign_in(make_user(office.session, "coordinator", office.vio).email, PASSWORD)
    page = colleague.get(_path(application, "interview"))
    assert not any(f"heard {score}" in page.text for score in (1, 3, 4))
    page = colleague.submit(page, action="/interview", **_marks(4, 2, 3, 3, 4))
    assert "The same score in 3 of 5, at most one apart in 4 of 5." in page.text
    assert "talk about it" in page.text
    page = colleague.submit(page, action="correct", competency="motivation", score="3", note="I misheard.")
    assert "corrected below" in page.text
    assert office.session.query(Scorecard).count() == 2


def test_an_office_scores_its_own_competencies(office: Office, application: Application) -> None:
    page = office.visitor.get(office.visitor.get("/coordinator/more").link("What interviews score"))
    assert "You score the common ones" in page.text
    page = office.visitor.submit(page, status=422, **{"rows-0-own_name": "Patience", "rows-1-ask": "No name"})
    assert "Name between 3 and 7" in page.text and "No name" in page.text
    named = {f"rows-{place}-own_name": name for place, name in enumerate(("Patience", "<b>Humour</b>", "Craft"))}
    page = office.visitor.submit(page, **named, **{"rows-1-ask": "Ask for a joke."})
    assert "Version 1" in page.text
    page = office.visitor.submit(office.visitor.get(_path(application, "interview")), action="invite")
    assert "Ask for a joke." in page.text and "Open-mindedness" not in page.text
    assert "&lt;b&gt;Humour" in page.text and "<b>Humour" not in page.text
    office.visitor.submit(page, action="/interview", **{f"score_own_1_{place}": "3" for place in (1, 2, 3)})
    empty = {f"rows-{place}-{name}": "" for place in range(7) for name in ("own_name", "ask")}
    page = office.visitor.submit(office.visitor.get("/coordinator/competencies"), **empty)
    assert "You score the common ones" in page.text
    assert "Patience" in office.visitor.get(_path(application, "interview")).text


def test_references_are_asked_for_and_a_yes_waits_for_a_person(office: Office, application: Application) -> None:
    session = office.session
    one = referees.name(session, office.own.user, application, "Амина", "amina@clinic.example", "host")
    session.commit()
    page = office.visitor.submit(office.visitor.get(_path(application, "references")), action="/ask")
    assert "waits for an answer" in page.text
    assert "/reference/" in session.query(Mail).filter_by(to="amina@clinic.example").one().body
    office.visitor.submit(page, action="ask-again", status=409)
    said = Answered(SAYS, "Sevda was kind.", "yes", "An inquiry was opened in May.")
    reference_answers.answer(session, one, said)
    session.commit()
    assert "References with a word on misconduct" in office.visitor.get("/coordinator/").text
    assert "needs a person" in office.visitor.get(f"/coordinator/applications/{application.id}").text
    page = office.visitor.get(_path(application, "references"))
    field = f"look{one.id}-words"
    page = office.visitor.submit(page, status=422, action="look", **{field: ""})
    assert "Please look at this again" in page.text
    page = office.visitor.submit(page, action="look", **{field: "Spoke with the focal point."})
    assert "Spoke with the focal point." in page.text
    assert "References with a word on misconduct" not in office.visitor.get("/coordinator/").text
    blind = office.visitor.get(_path(application, "references?blind=1"))
    assert "Sevda" not in blind.text
    assert "was kind" in blind.text


def test_ending_a_request_stops_its_link(office: Office, application: Application, client: Visitor) -> None:
    session = office.session
    one = referees.name(session, office.own.user, application, "Amina", "amina@clinic.example", "host")
    tokens: list[str] = []

    def keep(token: str) -> str:
        tokens.append(token)
        return token

    reference_letters.ask(session, office.coordinator, one, keep)
    session.commit()
    page = office.visitor.get(_path(application, "references"))
    office.visitor.submit(page, action="/end")
    assert "not needed any more" in client.get(f"/reference/{tokens[0]}", status=410).text
