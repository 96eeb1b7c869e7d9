"""Alumni, newcomers and offices as they click through joining, asking, answering, writing and ending."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.alumni import make_alumnus, make_asked, make_mentored, make_newcomer, make_served
from tests.browser import Visitor
from tests.factories import AnySession, make_application, make_assignment, make_host, make_host_user
from tests.stays import KIND_WORDS, coordinator_of, user_of
from tests.views.test_debrief_pages import sign_in
from webapp import clock
from webapp.models import Mentorship
from webapp.services.alumni import membership
from webapp.services.alumni.membership import Choice


def test_a_volunteer_joins_changes_and_leaves(session: AnySession, visit: Callable[[], Visitor]) -> None:
    person = make_served(session).volunteer
    session.commit()
    visitor = sign_in(visit, user_of(person).email)
    page = visitor.get(visitor.get("/volunteer/").link("See the alumni"))
    page = visitor.submit(page, status=422, action="/alumni", most_mentees="2")
    assert "Tick at least one" in page.text
    page = visitor.submit(page, status=422, action="/alumni", may_mentor="y", most_mentees="many")
    assert "from 1 to 5" in page.text or "Not a valid integer" in page.text
    page = visitor.submit(page, action="/alumni", may_mentor="y", most_mentees="1")
    assert "Keep this choice" in page.text and "See the alumni" not in visitor.get("/volunteer/").text
    page = visitor.get(visitor.get("/volunteer/consents/").link("Read, change or take back"))
    page = visitor.submit(page, action="/leave")
    assert "I agree, and join" in page.text
    assert "Being one of the alumni" in visitor.get("/volunteer/consents/").text, "the record stays"


def test_the_consent_has_no_way_round_its_own_page(session: AnySession, visit: Callable[[], Visitor]) -> None:
    alumnus = make_alumnus(session)
    application = make_application(session, alumnus.volunteer, make_assignment(session))
    session.commit()
    visitor = sign_in(visit, user_of(alumnus.volunteer).email)
    token = visitor.get("/volunteer/consents/").markup.forms[0].data().get("csrf_token")
    for verb in ("give", "withdraw"):
        answer = visitor.client.post(f"/volunteer/consents/alumni/{verb}", data={"csrf_token": token})
        assert answer.status_code == 404
    session.refresh(application)
    assert application.state == "submitted"


def test_a_newcomer_asks_and_only_a_yes_opens_names(session: AnySession, visit: Callable[[], Visitor]) -> None:
    alumnus, placement = make_alumnus(session), make_newcomer(session)
    old, new = alumnus.volunteer, placement.volunteer
    session.commit()
    mentor, newcomer = sign_in(visit, user_of(old).email), sign_in(visit, user_of(new).email)
    page = newcomer.get(newcomer.get(f"/volunteer/placements/{placement.id}").link("Ask somebody who was there"))
    assert "Served 3 months in Kenya" in page.text and "Speaks English, French" in page.text
    page = newcomer.get(page.link("Ask this person"))
    page = newcomer.submit(page, status=422, action="/ask", words=" ")
    page = newcomer.submit(page, action="/ask", words="How <b>cold</b> is it?", shows=["email"])
    assert "waits for an answer" in page.text and old.full_name not in page.text
    page = newcomer.get(page.link("Somebody whom you asked"))
    assert old.full_name not in page.text

    page = mentor.get(mentor.get("/volunteer/").link("waits for you"))
    page = mentor.get(page.link("A newcomer"))
    assert "How &lt;b&gt;cold" in page.text and "Nurse for the ward" in page.text
    for secret in (new.full_name, new.email or "", new.phone or ""):
        assert secret not in page.text
    page = mentor.submit(page, status=422, action="/answer", words="Hm.")
    assert "Press yes or no" in page.text
    page = mentor.submit(page, action="/answer", button="Yes", words="Not <i>very</i>.", shows=["phone"])
    assert new.full_name in page.text and (new.email or "") in page.text and (new.phone or "") not in page.text
    page = mentor.submit(page, action="/write", text="Ask me anything.")

    page = newcomer.get("/volunteer/mentors/")
    page = newcomer.get(page.link(old.full_name))
    assert "Not &lt;i&gt;very" in page.text and "Ask me anything." in page.text
    assert (old.phone or "") in page.text and (old.email or "") not in page.text
    assert "I need help" in page.text and "Speak up" in page.text
    page = newcomer.submit(page, status=422, action="/write", text=" ")
    newcomer.submit(page, action="/end")
    page = mentor.get(f"/volunteer/mentorships/{session.query(Mentorship).one().id}")
    assert "It has ended" in page.text and (new.email or "") not in page.text


def test_offices_see_that_it_is_and_end_it_with_words(session: AnySession, visit: Callable[[], Visitor]) -> None:
    mentorship = make_mentored(session)
    who = coordinator_of(session, mentorship.mentor.vio)
    names = mentorship.mentor.full_name, mentorship.placement.volunteer.full_name
    session.commit()
    office = sign_in(visit, who.email)
    page = office.get(office.get("/coordinator/more").link("Alumni"))
    assert names[0] in page.text and names[1] not in page.text and "somebody of VIO" in page.text
    assert mentorship.words not in page.text and mentorship.answer not in page.text
    page = office.submit(page, status=422, action="/end", reason=" ")
    page = office.submit(page, action="/end", reason=KIND_WORDS)
    assert KIND_WORDS in page.text and "End it, with a reason" not in page.text
    assert names[0] not in office.get("/coordinator/alumni?blind=1").text


def test_odd_addresses_answer_as_if_nothing_were_there(session: AnySession, visit: Callable[[], Visitor]) -> None:
    mentorship, stranger = make_mentored(session), make_newcomer(session)
    session.commit()
    visitor = sign_in(visit, user_of(stranger.volunteer).email)
    for path in (f"mentorships/{mentorship.id}", "mentorships/0", "mentors/0/ask", "mentors/999999/ask"):
        visitor.get(f"/volunteer/{path}", status=404)
    assert visitor.get("/volunteer/alumni").text.count("completed a placement") >= 1


def test_a_host_reads_of_a_return_and_no_country(session: AnySession, visit: Callable[[], Visitor]) -> None:
    alumnus = make_alumnus(session, make_assignment(session, country="NP"))
    person = alumnus.volunteer
    host = make_host(session, person.vio)
    application = make_application(session, person, make_assignment(session, host))
    email = make_host_user(session, host).email
    session.commit()
    visitor = sign_in(visit, email)
    page = visitor.get(f"/host/applications/{application.id}")
    assert f"has completed a placement with {person.vio.name} before" in page.text and "Nepal" not in page.text
    membership.keep(session, user_of(person), person, Choice(may_mentor=True))
    session.commit()
    assert (
        "before" not in visitor.get(f"/host/applications/{application.id}").text.split("<main")[1].split("Profile")[0]
    )


def test_a_profile_asks_after_a_year_whether_it_is_still_right(
    session: AnySession, visit: Callable[[], Visitor]
) -> None:
    person = make_newcomer(session).volunteer
    person.availability_confirmed_on = clock.today() - timedelta(days=366)
    session.commit()
    visitor = sign_in(visit, user_of(person).email)
    page = visitor.get("/volunteer/profile/")
    assert "more than a year ago" in page.text
    form = next(one for one in page.markup.forms if "confirm" in (one.attributes.get("action") or ""))
    visitor.client.post("/volunteer/profile/confirm", data=form.data())
    assert "more than a year ago" not in visitor.get("/volunteer/profile/").text


def test_a_mentor_may_say_no_and_too_many_words_are_refused_first(
    session: AnySession, visit: Callable[[], Visitor]
) -> None:
    one = make_asked(session)
    old, new = one.mentor, one.placement.volunteer
    session.commit()
    mentor, newcomer = sign_in(visit, user_of(old).email), sign_in(visit, user_of(new).email)
    page = mentor.get(f"/volunteer/mentorships/{one.id}")
    page = mentor.submit(page, status=422, action="/answer", button="Yes", words="x" * 20_000)
    assert "Press yes or no" not in page.text
    page = mentor.submit(page, action="/answer", button="No", words="Not this year, I am ill.")
    assert new.full_name not in page.text
    page = newcomer.get("/volunteer/mentors/")
    assert "not this time" in page.text and old.full_name not in page.text
    assert "Not this year" in newcomer.get(f"/volunteer/mentorships/{one.id}").text
