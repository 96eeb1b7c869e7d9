"""Country sheets: written by the office that receives, read by who may go there, and by nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.stays import coordinator_of, make_active, make_offer, make_placement, make_selectable, user_of
from webapp import clock
from webapp.models import AuditEvent, CountrySheet, User
from webapp.models.applications import APPLICATION_STATES, LIVE_APPLICATION_STATES
from webapp.services import country_sheets
from webapp.services.errors import NotFound, Refused


def write(session: AnySession, who: User, country: str = "KE", **texts: str) -> CountrySheet:
    return country_sheets.write(session, who, country, "en", texts or {"customs": "Greet before you ask."})


def test_a_second_writing_goes_on_with_the_same_sheet(session: AnySession) -> None:
    vio = make_vio(session)
    first, colleague = make_user(session, "coordinator", vio), make_user(session, "coordinator", vio)
    sheet = write(session, first)
    again = write(session, colleague, customs="Wait for the hand.", money="  By telephone.\n")
    assert again is sheet
    assert (sheet.customs, sheet.money, sheet.health, sheet.updated_by_id) == (
        "Wait for the hand.",
        "By telephone.",
        "",
        colleague.id,
    )
    assert [str(title) for title, _text in country_sheets.parts_of(sheet)] == ["Greetings and customs", "Money"]
    events = session.scalars(
        select(AuditEvent).where(AuditEvent.subject_kind == "country_sheet").order_by(AuditEvent.id)
    ).all()
    assert [(one.action, one.actor_id) for one in events] == [
        ("country_sheet_written", first.id),
        ("country_sheet_written", colleague.id),
    ]


def test_nothing_is_kept_of_an_empty_sheet_or_of_what_is_no_country(session: AnySession) -> None:
    who = make_user(session, "coordinator")
    with pytest.raises(Refused):
        write(session, who, customs="  ", health="\n")
    for wrong in ("XX", "ke", "", "Kenya"):
        with pytest.raises(NotFound):
            write(session, who, wrong)
    assert session.scalar(select(func.count()).select_from(CountrySheet)) == 0


def test_each_office_has_its_own_sheet_on_a_country(session: AnySession) -> None:
    mine, other = make_user(session, "coordinator"), make_user(session, "coordinator")
    sheet = write(session, mine)
    assert country_sheets.sheet_of(session, other, "KE") is None
    with pytest.raises(NotFound):
        country_sheets.written_sheet(session, other, "KE")
    assert write(session, other) is not sheet
    assert country_sheets.written_sheet(session, mine, "KE") is sheet


def test_the_list_names_countries_of_work_that_have_no_sheet_yet(session: AnySession) -> None:
    host = make_host(session)
    who = make_user(session, "coordinator", host.vio)
    make_assignment(session, host, country="NP")
    make_assignment(session, host, country="NP")
    make_assignment(session, host, country="FJ", state="closed")
    make_assignment(session, country="LA")
    sheet = write(session, who)
    entries = country_sheets.countries_of(session, who)
    assert [(one.country, one.sheet) for one in entries] == [("KE", sheet), ("NP", None)]
    (kenya, nepal), today = entries, clock.today()
    assert [kenya.is_old(today + timedelta(days=days)) for days in (0, 364, 366)] == [False, False, True]
    assert not nepal.is_old(today)


@pytest.mark.parametrize("state", APPLICATION_STATES)
def test_a_live_application_opens_the_sheet(session: AnySession, state: str) -> None:
    work = make_assignment(session)
    sheet = write(session, make_user(session, "coordinator", work.vio))
    account = make_volunteer(session).user
    reason = {"reason_code": "skills"} if state == "declined" else {}
    make_application(session, account.volunteer, work, state=state, **reason)
    is_live = state in LIVE_APPLICATION_STATES
    assert [one.sheet for one in country_sheets.of_volunteer(session, account)] == ([sheet] if is_live else [])
    if is_live:
        assert country_sheets.own_sheet(session, account, sheet.id) is sheet
    else:
        with pytest.raises(NotFound):
            country_sheets.own_sheet(session, account, sheet.id)


@pytest.mark.parametrize("state", ["preparing", "active", "extended"])
def test_who_is_placed_reads_it_whatever_became_of_the_application(session: AnySession, state: str) -> None:
    placement = make_placement(session) if state == "preparing" else make_active(session)
    placement.state = state
    sheet = write(session, coordinator_of(session, placement.receiving_vio))
    account = user_of(placement.volunteer)
    placement.offer.application.state = "withdrawn"
    session.flush()
    assert country_sheets.own_sheet(session, account, sheet.id) is sheet
    placement.state, placement.ended_at, placement.started_at = "completed", clock.now(), clock.now()
    session.flush()
    assert country_sheets.of_volunteer(session, account) == []


def test_an_offer_that_waits_opens_it(session: AnySession) -> None:
    offer = make_offer(session, make_selectable(session))
    sheet = write(session, coordinator_of(session, offer.assignment.vio))
    offer.application.state = "withdrawn"
    session.flush()
    assert country_sheets.own_sheet(session, user_of(offer.volunteer), sheet.id) is sheet
    offer.state = "expired"
    session.flush()
    assert country_sheets.of_volunteer(session, user_of(offer.volunteer)) == []


def test_other_sheets_stay_closed(session: AnySession) -> None:
    work = make_assignment(session)
    who = make_user(session, "coordinator", work.vio)
    account = make_volunteer(session, work.vio).user
    make_application(session, account.volunteer, work)
    elsewhere = write(session, who, "UG")  # the same office, another country
    others = write(session, make_user(session, "coordinator"))  # the same country, another office
    for sheet in (elsewhere, others):
        with pytest.raises(NotFound):
            country_sheets.own_sheet(session, account, sheet.id)
    (entry,) = country_sheets.of_volunteer(session, account)
    assert (entry.vio, entry.country, entry.sheet) == (work.vio, "KE", None)


def test_two_applications_in_one_country_show_it_once(session: AnySession) -> None:
    host = make_host(session)
    account = make_volunteer(session).user
    for _number in range(2):
        make_application(session, account.volunteer, make_assignment(session, host))
    make_application(session, account.volunteer, make_assignment(session, host, country=None))
    sheet = write(session, make_user(session, "coordinator", host.vio))
    assert [(one.country, one.sheet) for one in country_sheets.of_volunteer(session, account)] == [("KE", sheet)]
