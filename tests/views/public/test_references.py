"""The page behind the link of a reference: without an account, once."""

from __future__ import annotations

import pytest

from tests.browser import Visitor
from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.services.recruitment.test_references import SAYS
from webapp import job_links
from webapp.models import Reference
from webapp.services.recruitment import referees, reference_letters


def _asked(session: AnySession, relation: str = "host") -> tuple[Reference, str]:
    vio = make_vio(session, name="Anatolian Volunteers")
    person = make_volunteer(session, vio, full_name="Sevda Yıldız")
    work = make_assignment(session, make_host(session, vio, name="Lake Clinic"))
    application = make_application(session, person, work, state="shortlisted")
    one = referees.name(session, person.user, application, "أمينة", "amina@clinic.example", relation)
    tokens: list[str] = []

    def keep(token: str) -> str:
        tokens.append(token)
        return token

    reference_letters.ask(session, make_user(session, "coordinator", vio), one, keep)
    session.commit()
    return one, f"/reference/{tokens[0]}"


def test_a_referee_answers_once_without_an_account(client: Visitor, session: AnySession) -> None:
    one, path = _asked(session)
    page = client.get(path)
    for told in ("Sevda Yıldız", "Anatolian Volunteers", "أمينة", "6 months"):
        assert told in page.text
    assert page.response.headers["Cache-Control"] == "no-store"
    page = client.submit(page, status=422, **SAYS, words="I would be glad.", misconduct="yes", misconduct_words=" ")
    assert "Write in a few words" in page.text
    assert "I would be glad." in page.text
    page = client.submit(page, misconduct="no", may_be_read="y")
    assert "Thank you" in page.heading
    session.expire_all()
    answer = session.get_one(Reference, one.id).answer
    assert (answer.says, answer.misconduct, answer.may_be_read) == (SAYS, "no", True)
    assert "already" in client.get(path, status=410).text


def test_without_answers_every_question_is_named(client: Visitor, session: AnySession) -> None:
    _one, path = _asked(session)
    page = client.submit(client.get(path), status=422, words="")
    assert page.text.count("is one too") >= 6


def test_a_colleague_is_not_asked_about_misconduct(client: Visitor, session: AnySession) -> None:
    one, path = _asked(session, "colleague")
    page = client.get(path)
    assert "misconduct" not in page.text
    client.submit(page, **SAYS)
    session.expire_all()
    assert session.get_one(Reference, one.id).answer.misconduct == "not_asked"


def test_declining_takes_one_button(client: Visitor, session: AnySession) -> None:
    one, path = _asked(session)
    asked = client.get(path)
    page = client.submit(asked, action="decline")
    assert "not hear from us" in page.heading
    client.submit(asked, action="decline", status=410)
    session.expire_all()
    assert session.get_one(Reference, one.id).state == "declined"
    assert "do not write again" in client.get(path, status=410).text


@pytest.mark.parametrize("token", ["x", "a" * 2000, "%00", "%ED%A0%80", "..%2f", "é"])
def test_odd_links_lead_to_nothing(client: Visitor, session: AnySession, token: str) -> None:
    assert client.client.get(f"/reference/{token}").status_code in (404, 422)


def test_the_reminder_leads_to_the_same_page(client: Visitor, session: AnySession) -> None:
    _one, path = _asked(session)
    token = path.rpartition("/")[2]
    address = job_links.reference(token)
    assert address.endswith(path)
    assert "Sevda" in client.get(address.removeprefix(job_links.BASE_URL)).text


def test_page_in_arabic_reads_from_the_right(client: Visitor, session: AnySession) -> None:
    _one, path = _asked(session)
    assert client.get(f"{path}?lang=ar").markup.root["dir"] == "rtl"
