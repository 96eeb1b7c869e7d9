"""The certificate of service: made once, and public only as far as its holder allows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from tests.browser import Visitor
from tests.factories import AnySession, make_host_user, make_vio, make_volunteer
from tests.services.test_debriefs import over
from tests.stays import KIND_WORDS, coordinator_of, days, make_active, user_of
from tests.views.test_debrief_pages import sign_in
from webapp.models import ServiceCertificate
from webapp.services import placements, service_certificates
from webapp.services.errors import NotFound, Refused


def test_the_public_page_shows_no_more_than_the_holder_allows(
    session: AnySession, visit: Callable[[], Visitor]
) -> None:
    placement = over(session)
    placement.volunteer.full_name = "Ыйман Асанова"
    email = user_of(placement.volunteer).email
    session.commit()
    person, anybody = sign_in(visit, email), visit()
    page = person.get(person.get(f"/volunteer/placements/{placement.id}").link("Certificate of service"))
    page = person.submit(page, action="/certificate")
    made = session.query(ServiceCertificate).one()
    private = ("Ыйман", "Nurse", placement.assignment.host.name, "Kenya", "13 weeks", placement.receiving_vio.name)
    told = anybody.get(f"/service/{made.code}")
    assert "valid" in told.text and "issued on" in told.text
    assert not [word for word in private if word in told.text]
    assert told.response.headers["Cache-Control"] == "no-store"
    person.submit(page, status=422, action="/shown", shown=["holder", "nonsense"])
    person.submit(page, action="/shown", shown=["role", "time"])
    shown = anybody.get(f"/service/{made.code.lower().replace('-', '')}").text
    assert [word for word in private if word in shown] == ["Nurse", "13 weeks"]
    sheet = person.get(f"/volunteer/placements/{placement.id}/certificate/sheet").text
    assert not [word for word in private if word not in sheet] and "35 hours a week" in sheet
    person.submit(person.get(f"/volunteer/placements/{placement.id}/certificate"), action="/shown", shown=[])
    assert "Nurse" not in anybody.get(f"/service/{made.code}").text
    anybody.get("/service/AAAA-BBBB-CCCC", status=404)


def test_what_ended_early_is_certified_by_the_office_to_its_real_last_day(session: AnySession) -> None:
    placement = make_active(session)
    person, who = user_of(placement.volunteer), coordinator_of(session, placement.receiving_vio)
    with pytest.raises(Refused, match="once the placement is complete"):
        service_certificates.issue(session, person, placement)
    with time_machine.travel(days(60) + timedelta(days=20)):
        placements.end_early(session, who, placement, "health", KIND_WORDS)
    with pytest.raises(Refused):
        service_certificates.issue(session, person, placement)
    made = service_certificates.issue(session, who, placement)
    assert (made.ends_on - made.starts_on).days == 20 and made.weeks == 3
    assert service_certificates.issue(session, person, placement) is made


def test_nobody_else_makes_one_or_decides_what_is_shown(session: AnySession) -> None:
    placement = over(session)
    others = [
        make_host_user(session, placement.assignment.host),
        coordinator_of(session, make_vio(session)),
        user_of(make_volunteer(session)),
    ]
    for account in others:
        with pytest.raises(NotFound):
            service_certificates.issue(session, account, placement)
    made = service_certificates.issue(session, user_of(placement.volunteer), placement)
    for account in [*others, coordinator_of(session, placement.receiving_vio)]:
        with pytest.raises(NotFound):
            service_certificates.show(session, account, made, ["holder"])
    assert made.shown == []


def test_page_shows_no_line_that_is_not_on_the_list(session: AnySession) -> None:
    placement = over(session)
    person = user_of(placement.volunteer)
    made = service_certificates.issue(session, person, placement)
    with pytest.raises(Refused, match="lines of the list"):
        service_certificates.show(session, person, made, ["holder", "passport"])
    assert made.shown == []
