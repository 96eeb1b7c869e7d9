"""Debriefs as each side, the office and somebody of the community click through them."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser import Visitor
from tests.factories import PASSWORD, AnySession, make_host_user, make_vio
from tests.services.test_debriefs import all_as, over
from tests.stays import coordinator_of, make_active, user_of
from webapp.models import Debrief, Mail

MARKS = {"overall": "4", "as_expected": "3"}


def _says(side: str) -> dict[str, str]:
    return {f"says_{code}": answer for code, answer in all_as(side).items()}


def sign_in(visit: Callable[[], Visitor], email: str) -> Visitor:
    """Return a visitor who is signed in."""
    visitor = visit()
    visitor.sign_in(email, PASSWORD)
    return visitor


def test_both_sides_and_the_community_say_how_it_was(session: AnySession, visit: Callable[[], Visitor]) -> None:
    placement = over(session)
    who = coordinator_of(session, placement.receiving_vio)
    addresses = [user_of(placement.volunteer).email, make_host_user(session, placement.assignment.host).email]
    session.commit()
    person, host = (sign_in(visit, address) for address in addresses)
    page = person.get(person.get(f"/volunteer/placements/{placement.id}").link("Say how it was"))
    assert "What was agreed" in page.text and "twenty beds" in page.text, "what was expected stands beside what was"
    page = person.submit(page, status=422, action="", words="<b>Thin</b> walls.")
    assert page.text.count("Choose an answer") >= 8 and "&lt;b&gt;Thin" in page.text
    page = person.submit(page, **_says("volunteer"), **MARKS, words="Thin walls.")
    assert "has not answered yet" in page.text and "Thin walls." in page.text

    page = host.get(host.get("/host/placements/").link("Say how it was"))
    assert "Thin walls." not in page.text
    page = host.submit(page, **_says("host"), **MARKS, words="Come again.")
    assert "Thin walls." in page.text and "Come again." in page.text

    office = sign_in(visit, who.email)
    page = office.get(f"/coordinator/placements/{placement.id}/debrief")
    assert "Thin walls." in page.text and "Ask the community" in page.text
    office.submit(page, status=422, action="/ask", name=" ", email="nonsense")
    page = office.submit(page, action="/ask", name="Mzee Otieno", email="voice@village.example")
    assert "Mzee Otieno" in page.text
    (letter,) = session.query(Mail).filter_by(to="voice@village.example")
    path = next(line for line in letter.body.splitlines() if "/community/" in line)
    path = path[path.index("/community/") :]
    elder = visit()
    page = elder.get(path)
    assert page.response.headers["Cache-Control"] == "no-store"
    assert placement.volunteer.full_name not in page.text
    page = elder.submit(page, **_says("community"), **MARKS, words="Ask us sooner.")
    assert "Thank you" in page.heading
    assert "already" in elder.get(path, status=410).text
    elder.get("/community/nonsense", status=404)
    page = office.get(f"/coordinator/placements/{placement.id}/debrief")
    assert "Ask us sooner." in page.text and "Ask the community" not in page.text


def test_a_talk_is_written_down_and_says_so(session: AnySession, visit: Callable[[], Visitor]) -> None:
    placement = over(session)
    who = coordinator_of(session, placement.receiving_vio)
    session.commit()
    office = sign_in(visit, who.email)
    page = office.get(f"/coordinator/placements/{placement.id}/debrief")
    office.submit(page, status=422, action="/talk", overall="9", as_expected="x")
    page = office.submit(page, action="/talk", **_says("community"), **MARKS)
    assert "written down by a coordinator after a talk" in page.text
    assert session.query(Debrief).one().is_from_talk


def test_before_the_last_week_nobody_is_asked_and_others_find_nothing(
    session: AnySession, visit: Callable[[], Visitor]
) -> None:
    placement = make_active(session)
    stranger = coordinator_of(session, make_vio(session))
    mine = user_of(placement.volunteer).email
    session.commit()
    path = f"placements/{placement.id}/debrief"
    assert "Not yet" in sign_in(visit, mine).get(f"/volunteer/{path}").text
    sign_in(visit, stranger.email).get(f"/coordinator/{path}", status=404)
