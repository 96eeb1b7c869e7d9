"""Lessons, from the page on which they are written to the library and back."""

from __future__ import annotations

from collections.abc import Callable

from tests.barring import letters_to
from tests.browser import Visitor
from tests.factories import AnySession, make_host_user
from tests.services.test_debriefs import over
from tests.stays import coordinator_of, user_of
from tests.views.test_debrief_pages import sign_in
from webapp.models import Lesson


def test_a_lesson_goes_from_its_author_to_the_library_and_back(
    session: AnySession, visit: Callable[[], Visitor]
) -> None:
    placement = over(session)
    emails = [
        user_of(placement.volunteer).email,
        make_host_user(session, placement.assignment.host).email,
        coordinator_of(session, placement.receiving_vio).email,
    ]
    session.commit()
    person, host, office = (sign_in(visit, email) for email in emails)
    page = person.get(person.get(f"/volunteer/placements/{placement.id}/debrief").link("tell the next one"))
    page = person.submit(page, status=422, text="Ask <i>first</i>.", agrees="y", shown_as="first_name", name=" ")
    assert "Write the name that may be shown" in page.text and session.query(Lesson).count() == 0
    page = person.submit(page, text="Ask <i>first</i>.", agrees="y", shown_as="first_name", name="Yiman")
    assert "waits for a coordinator" in page.text
    assert "No lesson found" in host.get("/host/lessons/").text

    page = office.get(office.get("/coordinator/").link("Lessons to read"))
    office.submit(page, status=422, action="/decline", words="")
    office.submit(page, action="/publish")
    found = host.get("/host/lessons/?country=KE&words=FIRST").text
    assert "Ask &lt;i&gt;first" in found and "Yiman" in found and "a volunteer" in found
    assert "Yiman" not in host.get("/host/lessons/?words=second").text
    host.get("/host/lessons/?country=nonsense&page=x", status=422)
    assert "Yiman" in office.get("/coordinator/lessons/").text

    lesson = session.query(Lesson).one()
    token = host.get("/host/organization").markup.forms[0].data().get("csrf_token")
    response = host.client.post(f"/host/lessons/{lesson.id}/withdraw", data={"csrf_token": token})
    assert response.status_code == 404
    page = person.get(f"/volunteer/placements/{placement.id}/lessons")
    person.submit(page, action="/withdraw")
    assert "No lesson found" in host.get("/host/lessons/").text


def test_a_lesson_may_be_kept_for_oneself_and_one_that_is_shown_may_be_taken_back_by_the_office(
    session: AnySession, visit: Callable[[], Visitor]
) -> None:
    placement = over(session)
    emails = [user_of(placement.volunteer).email, coordinator_of(session, placement.receiving_vio).email]
    session.commit()
    person, office = (sign_in(visit, email) for email in emails)
    page = person.get(f"/volunteer/placements/{placement.id}/lessons")
    page = person.submit(page, status=422, text=" ")
    assert session.query(Lesson).count() == 0
    page = person.submit(page, text="Only for me: rest on Sundays.")
    assert "Kept for yourself" in page.text
    assert "rest on Sundays" not in office.get("/coordinator/lessons/").text
    person.submit(page, text="Ask first, then dig.", agrees="y", shown_as="anonymous")
    page = office.get(office.get("/coordinator/").link("Lessons to read"))
    page = office.submit(page, action="/decline", words="Please leave out the name of the village.")
    assert "It is not shown" in page.text
    assert "Please leave out the name" in letters_to(session, user_of(placement.volunteer))
    assert "Ask first" not in person.get("/volunteer/lessons/").text
