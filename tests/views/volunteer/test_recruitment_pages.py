"""What a volunteer is asked with an application and after the shortlist."""

from __future__ import annotations

from tests.factories import make_application, make_user
from tests.services.recruitment.test_references import SAYS
from tests.views.volunteer.conftest import Traveller
from webapp.models import Application
from webapp.services.recruitment import questions, referees, reference_answers, reference_letters
from webapp.services.recruitment.questions import Draft
from webapp.services.recruitment.reference_answers import Answered

HERS = Draft("motivation", "Why now?", True)


def _ask(traveller: Traveller) -> int:
    who = make_user(traveller.session, "coordinator", traveller.host.vio)
    asked = questions.keep(traveller.session, who, [HERS, Draft("intercultural", "And else?", False)])
    traveller.session.commit()
    return asked.questions[0].id


def test_questions_and_declaration_come_with_the_application(traveller: Traveller) -> None:
    field = f"answer_{_ask(traveller)}"
    page = traveller.visitor.get(f"/volunteer/openings/{traveller.assignment.id}/apply")
    assert "Questions of" in page.text
    page = traveller.visitor.submit(page, status=422, note="Hello", **{field: "  "})
    assert "Answer this question" in page.text
    assert "declaration on conduct and confirm" in page.text
    assert traveller.session.query(Application).count() == 0
    page = traveller.visitor.submit(page, declares="y", **{field: "The river is low."})
    for told in ("Why now?", "The river is low.", "You confirmed the declaration on conduct"):
        assert told in page.text


def test_questions_that_change_meanwhile_lose_nothing(traveller: Traveller) -> None:
    field = f"answer_{_ask(traveller)}"
    page = traveller.visitor.get(f"/volunteer/openings/{traveller.assignment.id}/apply")
    who = make_user(traveller.session, "coordinator", traveller.host.vio)
    questions.keep(traveller.session, who, [Draft("motivation", "Another one", True)])
    traveller.session.commit()
    page = traveller.visitor.submit(page, declares="y", **{field: "The river is low."})
    assert "Why now?" in page.text
    assert "The river is low." in page.text


def test_two_people_are_named_after_the_shortlist(traveller: Traveller) -> None:
    application = make_application(traveller.session, traveller.volunteer, traveller.assignment)
    traveller.session.commit()
    path = f"/volunteer/applications/{application.id}"
    assert "Name people" not in traveller.visitor.get(path).text
    assert "need not name anybody now" in traveller.visitor.get(f"{path}/references").text
    application.state = "shortlisted"
    traveller.session.commit()
    assert "0 of 2 people named" in traveller.visitor.get(path).text
    page = traveller.visitor.get(f"{path}/references")
    person = {"own_name": "Амина", "email": "amina@clinic.example", "relation": "colleague"}
    page = traveller.visitor.submit(page, **person)
    assert "named, not asked yet" in page.text
    second = {**person, "email": "juma@clinic.example"}
    page = traveller.visitor.submit(page, status=422, **second)
    assert "One of the two has to be" in page.text
    page = traveller.visitor.submit(page, **{**second, "relation": "host"})
    assert "Name somebody" not in page.text
    first = referees.references_of(traveller.session, application)[0]
    page = traveller.visitor.submit(page, action=f"{first.id}/take-back")
    assert "Name somebody" in page.text


def test_an_answer_is_read_only_where_its_author_agrees_and_never_on_misconduct(traveller: Traveller) -> None:
    session = traveller.session
    application = make_application(session, traveller.volunteer, traveller.assignment, state="shortlisted")
    who = make_user(session, "coordinator", traveller.host.vio)
    for name, agrees in (("amina", True), ("juma", False)):
        one = referees.name(session, traveller.volunteer.user, application, name, f"{name}@x.example", "host")
        reference_letters.ask(session, who, one, str)
        said = Answered(SAYS, f"words of {name}", "yes", f"secret of {name}", agrees)
        reference_answers.answer(session, one, said)
    session.commit()
    page = traveller.visitor.get(f"/volunteer/applications/{application.id}/references")
    assert "words of amina" in page.text
    for hidden in ("words of juma", "secret of", "Knows of misconduct"):
        assert hidden not in page.text
