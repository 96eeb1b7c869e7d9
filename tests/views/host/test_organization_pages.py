from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from tests.browser import Visitor
from tests.factories import PASSWORD, AnySession, make_host, make_host_user
from webapp import clock
from webapp.models import Host

Visit = Callable[[], Visitor]


def enter(visit: Visit, session: AnySession, **over: Any) -> Visitor:
    user = make_host_user(session, make_host(session, **over))
    session.commit()
    visitor = visit()
    visitor.sign_in(user.email, PASSWORD)
    return visitor


def the_only_one(session: AnySession) -> Host:
    session.expire_all()
    return session.scalars(select(Host)).one()


def test_the_first_page_says_what_to_do_first(visit: Visit, session: AnySession) -> None:
    page = enter(visit, session, verified=False).get("/host/")
    assert page.link("Ask for verification") == "/host/verification"
    assert page.link("Write an assignment") == "/host/assignments/new"
    assert "No assignment yet" in page.text


def test_verification_is_kept_half_filled_and_then_asked_for(visit: Visit, session: AnySession) -> None:
    visitor = enter(visit, session, verified=False, about="We dig wells.")
    page = visitor.submit(visitor.get("/host/verification"), registration_number="77/2020", button="Save and go on")
    assert "Nothing has been sent yet" in page.text
    assert (the_only_one(session).state, the_only_one(session).registration_number) == ("unverified", "77/2020")
    page = visitor.submit(page, reference_one="Amina", button="Ask for verification", status=422)
    assert "Name a second reference" in page.text
    assert "Amina" in page.text
    answers: dict[str, Any] = {
        "reference_two": "Li Wei",
        "safeguarding_person": "Grace",
        "conduct_policy_signed_by": "Grace",
        "conduct_policy_signed_on": clock.today().isoformat(),
    }
    page = visitor.submit(page, button="Ask for verification", **answers)
    assert "A coordinator is looking at your organization" in page.text
    assert the_only_one(session).state == "asked"


def test_an_invalid_organization_loses_nothing(visit: Visit, session: AnySession) -> None:
    visitor = enter(visit, session, verified=False)
    page = visitor.get("/host/organization")
    page = visitor.submit(page, name="", website="wells", about="We dig wells.", contact_email="nobody", status=422)
    for words in ("Write the name of the organization.", "https://", "name@place.org", "We dig wells.", "nobody"):
        assert words in page.text
    assert the_only_one(session).about == ""
    visitor.submit(page, name="Maji Safi", website="https://wells.example", contact_email="amina@wells.example")
    kept = the_only_one(session)
    assert (kept.name, kept.about, kept.contact_email) == ("Maji Safi", "We dig wells.", "amina@wells.example")


def test_a_verified_name_stays_whatever_is_sent(visit: Visit, session: AnySession) -> None:
    visitor = enter(visit, session, name="Maji Safi")
    visitor.submit(visitor.get("/host/organization"), name="Someone else", country="TZ", about="Wells.")
    kept = the_only_one(session)
    assert (kept.name, kept.country, kept.about) == ("Maji Safi", "KE", "Wells.")


def test_a_declined_host_reads_why(visit: Visit, session: AnySession) -> None:
    page = enter(visit, session, verified=False, state="declined").get("/host/")
    assert page.link("Mend it and ask again") == "/host/verification"
