from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser import Visitor
from tests.factories import (
    PASSWORD,
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_host_user,
    make_user,
    make_volunteer,
)
from tests.services.test_shortlists import KIND_WORDS, propose
from webapp.models import Application, Assignment, EarlierService, Volunteer
from webapp.services import ranking

Visit = Callable[[], Visitor]


@pytest.fixture
def work(session: AnySession) -> Assignment:
    return make_assignment(session)


@pytest.fixture
def applicant(session: AnySession, work: Assignment) -> Volunteer:
    volunteer = make_volunteer(
        session,
        work.vio,
        full_name="阿依古丽·买买提",
        call_me="Ayi",
        motivation="My village had one nurse.",
        services=[EarlierService(country="MM", year=2019, what="ward")],
    )
    make_application(session, volunteer, work, note="I can come in spring.")
    return volunteer


@pytest.fixture
def visitor(visit: Visit, session: AnySession, work: Assignment, applicant: Volunteer) -> Visitor:
    ranking.rank_assignment(session, work)
    user = make_host_user(session, work.host)
    session.commit()
    visitor = visit()
    visitor.sign_in(user.email, PASSWORD)
    return visitor


def paths(work: Assignment, applicant: Volunteer) -> list[str]:
    one = f"/host/assignments/{work.id}"
    pages = ["/host/", "/host/assignments", one, f"{one}/applicants", f"{one}/shortlist", f"{one}/shortlist/sheet"]
    return [*pages, f"/host/applications/{applicant_id(applicant)}"]


def applicant_id(applicant: Volunteer) -> int:
    from sqlalchemy import select

    from webapp.db import Session

    return Session().scalars(select(Application.id).where(Application.volunteer_id == applicant.id)).one()


def test_contact_data_are_absent_before_the_shortlist_and_present_after(
    visitor: Visitor, work: Assignment, applicant: Volunteer
) -> None:
    assert applicant.email
    assert applicant.phone
    for path in paths(work, applicant):
        text = visitor.get(path).text
        assert applicant.email not in text, path
        assert applicant.phone not in text, path
    page = visitor.get(f"/host/applications/{applicant_id(applicant)}")
    assert "My village had one nurse." in page.text
    assert "I can come in spring." in page.text
    page = visitor.submit(page, action="/shortlist")
    one = f"/host/assignments/{work.id}"
    for path in (f"{one}/shortlist", f"{one}/shortlist/sheet", f"/host/applications/{applicant_id(applicant)}"):
        text = visitor.get(path).text
        assert applicant.email in text, path
        assert applicant.phone in text, path


def test_a_host_gets_more_days_once(visitor: Visitor, session: AnySession, applicant: Volunteer) -> None:
    path = f"/host/applications/{applicant_id(applicant)}"
    page = visitor.submit(visitor.get(path), action="/more-days")
    assert "You have more days" in page.text
    assert "/more-days" not in page.text


def test_earlier_service_by_country_is_never_shown(visitor: Visitor, work: Assignment, applicant: Volunteer) -> None:
    visitor.submit(visitor.get(f"/host/applications/{applicant_id(applicant)}"), action="/shortlist")
    for path in paths(work, applicant):
        assert "Myanmar" not in visitor.get(path).text, path


def test_the_pool_is_never_shown(visitor: Visitor, session: AnySession, work: Assignment, applicant: Volunteer) -> None:
    pool = make_volunteer(session, work.vio, full_name="Marina Petrova")
    propose(session, make_user(session, "coordinator", work.vio), work, pool.id)
    withdrawn = make_volunteer(session, work.vio, full_name="Kofi Mensah")
    make_application(session, withdrawn, work, state="withdrawn")
    ranking.rank_assignment(session, work)
    session.commit()
    for path in paths(work, applicant):
        text = visitor.get(path).text
        assert "Marina Petrova" not in text, path
        assert "Kofi Mensah" not in text, path
        assert "proposed by the coordinator" not in text, path


def test_applicants_come_with_band_reasons_and_the_coordinators_mark(
    visitor: Visitor, session: AnySession, work: Assignment, applicant: Volunteer
) -> None:
    propose(session, make_user(session, "coordinator", work.vio), work, applicant.id)
    session.commit()
    text = visitor.get(f"/host/assignments/{work.id}/applicants").text
    for words in ("阿依古丽·买买提", "proposed by the coordinator", "14 days left", "General nursing: level 3 stated"):
        assert words in text
    page = visitor.get(f"/host/applications/{applicant_id(applicant)}").text
    assert "The numbers" in page
    assert "It is a proposal: you decide." in page


def test_an_applicant_who_does_not_fit_is_shown_with_the_reason(
    visitor: Visitor, session: AnySession, work: Assignment
) -> None:
    volunteer = make_volunteer(session, work.vio, languages={"fr": "A1"}, full_name="Tariq")
    application = make_application(session, volunteer, work)
    session.commit()
    text = visitor.get(f"/host/applications/{application.id}").text
    assert "Not ranked" in text
    assert "French" in text


def test_declining_needs_a_reason_and_kind_words(
    visitor: Visitor, session: AnySession, work: Assignment, applicant: Volunteer
) -> None:
    page = visitor.get(f"/host/applications/{applicant_id(applicant)}")
    page = visitor.submit(page, words="Sorry.", status=422)
    assert "Choose the reason." in page.text
    assert "Sorry." in page.text
    page = visitor.submit(page, reason_code="dates", words="Sorry.", status=422)
    assert "Write a sentence or two" in page.text
    visitor.submit(page, reason_code="dates", words=KIND_WORDS)
    session.expire_all()
    application = session.get(Application, applicant_id(applicant))
    assert application is not None
    assert (application.state, application.reason_code, application.words) == ("declined", "dates", KIND_WORDS)


def test_another_hosts_applicants_are_not_there(
    visit: Visit, session: AnySession, work: Assignment, applicant: Volunteer
) -> None:
    user = make_host_user(session, make_host(session, work.vio))
    session.commit()
    visitor = visit()
    visitor.sign_in(user.email, PASSWORD)
    application = applicant_id(applicant)
    visitor.get(f"/host/applications/{application}", status=404)
    visitor.get(f"/host/assignments/{work.id}/applicants", status=404)
    token = visitor.get("/host/assignments/new").form("title").data()["csrf_token"]
    for tail in ("shortlist", "decline"):
        data = {"csrf_token": token, "reason_code": "dates", "words": KIND_WORDS}
        assert visitor.client.post(f"/host/applications/{application}/{tail}", data=data).status_code == 404
    session.expire_all()
    kept = session.get(Application, application)
    assert kept is not None
    assert kept.state == "submitted"
