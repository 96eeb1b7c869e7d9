"""Answering everybody who is left, as a coordinator clicks through it."""

from __future__ import annotations

from tests.factories import make_application, make_assignment
from tests.views.coordinator.conftest import Office


def test_a_filled_assignment_leads_to_a_letter_for_all_who_wait(office: Office) -> None:
    office.assignment.state = "filled"
    application = make_application(office.session, office.own, office.assignment)
    other = make_assignment(office.session, office.host, title="Nurse on the island")
    office.rank()
    page = office.visitor.get(f"/coordinator/assignments/{office.assignment.id}")
    page = office.visitor.get(page.link("Answer everybody who is left"))
    assert "Sevda Yıldız" in page.text
    assert other.title not in page.text  # what fits elsewhere is the person's own
    office.visitor.submit(page, words="No.", status=422)
    page = office.visitor.submit(page, words="Thank you for waiting; all places are taken now.")
    assert "1 person has an answer" in page.text
    assert "Answer everybody who is left" not in page.text
    office.session.expire_all()
    assert application.state == "declined"
