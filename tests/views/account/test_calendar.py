"""The calendar behind a private address: what stands in it, in whose language, and what never does."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import time_machine
from icalendar import Calendar

from tests.browser import Visitor
from tests.factories import (
    PASSWORD,
    AnySession,
    make_application,
    make_assignment,
    make_host_user,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.stays import (
    KIND_WORDS,
    agree_until,
    coordinator_of,
    host_account,
    make_active,
    make_offer,
    make_placement,
    make_selectable,
    user_of,
)
from webapp import clock
from webapp.models import Clearance, User
from webapp.services import calendars, placements, shortlists, suspensions


def _read(visitor: Visitor, token: str) -> dict[str, tuple[str, date]]:
    """Return the events by UID."""
    response = visitor.client.get(f"/calendar/{token}.ics")
    assert response.status_code == 200 and response.mimetype == "text/calendar"
    events: list[Any] = Calendar.from_ical(response.get_data()).walk("VEVENT")
    found = {str(one["uid"]): (str(one["summary"]), one["dtstart"].dt) for one in events}
    assert len(found) == len(events)
    assert all(one["dtend"].dt == one["dtstart"].dt + timedelta(days=1) for one in events)
    assert all(type(one["dtstart"].dt) is date for one in events)
    return found


def _days(session: AnySession, visitor: Visitor, account: User) -> dict[str, tuple[str, date]]:
    token = calendars.renew(session, account)
    session.commit()
    return _read(visitor, token)


def test_a_link_is_shown_once_and_the_old_one_ends(session: AnySession, client: Visitor) -> None:
    account = make_user(session, "coordinator")
    session.commit()
    client.sign_in(account.email, PASSWORD)
    page = client.submit(client.get("/account/calendar"), action="calendar/link")
    (first,) = set(re.findall(r"/calendar/([\w-]+)\.ics", page.text))
    assert first not in client.get("/account/calendar").text
    page = client.submit(client.get("/account/calendar"), action="calendar/link")
    (second,) = set(re.findall(r"/calendar/([\w-]+)\.ics", page.text))
    client.get(f"/calendar/{first}.ics", status=404)
    assert client.client.get(f"/calendar/{second}.ics").status_code == 200
    client.submit(client.get("/account/calendar"), action="calendar/end")
    client.get(f"/calendar/{second}.ics", status=404)
    client.get("/calendar/nonsense.ics", status=404)


def test_caches_between_keep_nothing_and_nothing_new_costs_nothing(session: AnySession, client: Visitor) -> None:
    token = calendars.renew(session, make_user(session, "coordinator"))
    session.commit()
    answer = client.client.get(f"/calendar/{token}.ics")
    assert "private" in answer.headers["Cache-Control"]
    again = client.client.get(f"/calendar/{token}.ics", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_programs_of_both_kinds_read_how_often_to_look_again(session: AnySession, client: Visitor) -> None:
    token = calendars.renew(session, make_user(session, "coordinator"))
    session.commit()
    lines = client.client.get(f"/calendar/{token}.ics").get_data(as_text=True).splitlines()
    assert {"REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H"} <= set(lines)


def test_a_closed_account_has_no_calendar(session: AnySession, client: Visitor) -> None:
    account = make_user(session, "coordinator")
    token = calendars.renew(session, account)
    account.active = False
    session.commit()
    client.get(f"/calendar/{token}.ics", status=404)


def test_roles_without_days_are_offered_none(session: AnySession, client: Visitor) -> None:
    account = make_user(session, "administrator")
    session.commit()
    client.sign_in(account.email, PASSWORD)
    assert "/account/calendar" not in client.get("/account/").text
    client.get("/account/calendar", status=403)


def test_each_side_sees_its_days_without_the_name_of_anybody(session: AnySession, client: Visitor) -> None:
    placement = make_active(session)
    placement.volunteer.full_name = placement.volunteer.call_me = "Zhanna Unmistakable"
    work, person = placement.assignment, user_of(placement.volunteer)
    for account in (person, host_account(session, placement), coordinator_of(session, placement.receiving_vio)):
        found = _days(session, client, account)
        assert found[f"first-{placement.id}@localhost"][1] == placement.starts_on
        assert found[f"last-{placement.id}@localhost"] == (
            f"Last day of a placement: {work.title}",
            placement.ends_on,
        )
        assert any(key.startswith("check-in-") for key in found)
        assert not any("Unmistakable" in words for words, _day in found.values())
    assert _days(session, client, make_user(session, "coordinator")) == {}
    assert _days(session, client, make_host_user(session, make_assignment(session).host)) == {}


def test_what_rests_while_a_host_is_suspended_stands_in_no_calendar(session: AnySession, client: Visitor) -> None:
    placement = make_placement(session)
    work, who = placement.assignment, coordinator_of(session, placement.receiving_vio)
    stays = make_active(session, make_selectable(session, make_assignment(session, work.host)))
    waiting = make_application(session, make_volunteer(session, work.vio), work)
    accounts = [user_of(one.volunteer) for one in (placement, stays, waiting)] + [host_account(session, placement), who]
    expected = {f"first-{placement.id}@localhost", f"last-{placement.id}@localhost"}
    promised = {f"answer-{waiting.id}@localhost", f"answers-{work.id}-{waiting.answer_by}@localhost"}

    def found() -> set[str]:
        return set().union(*(_days(session, client, account) for account in accounts))

    assert expected | promised <= found()
    suspensions.suspend(session, who, work.host, "other", "We look into it.", KIND_WORDS)
    assert not (expected | promised) & found()
    assert f"last-{stays.id}@localhost" in found()  # who is there stays there
    suspensions.lift(session, who, work.host, "The lodging was mended.")
    assert expected | {f"answer-{waiting.id}@localhost"} <= found()


def test_a_placement_that_a_bar_holds_begins_in_no_calendar(session: AnySession, client: Visitor) -> None:
    placement = make_placement(session)
    placement.volunteer.barred_at = clock.now()
    found = _days(session, client, coordinator_of(session, placement.receiving_vio))
    assert f"first-{placement.id}@localhost" not in found


def test_what_waits_before_a_placement_stands_in_it_and_says_no_more_than_that(
    session: AnySession, client: Visitor
) -> None:
    offer = make_offer(session, make_selectable(session))
    found = _days(session, client, user_of(offer.volunteer))
    assert found == {
        f"offer-{offer.id}@localhost": (f"Last day to answer an offer: {offer.assignment.title}", offer.answer_by)
    }
    placement = make_placement(session)
    items = session.query(Clearance).filter_by(placement_id=placement.id, owner="volunteer").all()
    assert items
    due = {
        (words, day) for words, day in _days(session, client, user_of(placement.volunteer)).values() if "due" in words
    }
    assert due == {(f"Clearance due: {placement.assignment.title}", one.due_on) for one in items}


def test_a_day_that_moves_keeps_its_name_and_counts_up(session: AnySession, client: Visitor) -> None:
    placement = make_active(session)
    token = calendars.renew(session, user_of(placement.volunteer))
    session.commit()

    def last() -> tuple[date, int]:
        file: Any = Calendar.from_ical(client.client.get(f"/calendar/{token}.ics").get_data())
        (event,) = [one for one in file.walk("VEVENT") if one["uid"] == f"last-{placement.id}@localhost"]
        return event["dtstart"].dt, event["sequence"]

    before, later = last(), placement.ends_on + timedelta(days=7)
    agree_until(session, placement, later)
    with time_machine.travel(clock.now() + timedelta(days=2)):
        placements.extend(session, coordinator_of(session, placement.receiving_vio), placement, later)
        session.commit()
        after = last()
    assert (after[0], after[1] > before[1]) == (later, True)


def test_it_is_written_in_the_language_of_the_account(session: AnySession, visit: Callable[[], Visitor]) -> None:
    offer = make_offer(session, make_selectable(session, volunteer=make_volunteer(session, make_vio(session))))
    person = user_of(offer.volunteer)
    person.locale = "fr"
    token = calendars.renew(session, person)
    session.commit()
    response = visit().client.get(f"/calendar/{token}.ics", headers={"Accept-Language": "zh"})
    (event,) = Calendar.from_ical(response.get_data()).walk("VEVENT")
    assert event["summary"].params["LANGUAGE"] == "fr"


def test_who_is_on_the_shortlist_finds_the_day_of_the_next_word(session: AnySession, client: Visitor) -> None:
    application = make_application(session, make_volunteer(session), make_assignment(session))
    host = make_host_user(session, application.assignment.host)
    shortlists.shortlist(session, host, application)
    (found,) = _days(session, client, user_of(application.volunteer)).values()
    assert found == (f"An answer was promised to you: {application.assignment.title}", application.next_by)
    assert found[1] > clock.today()
    assert [day for _words, day in _days(session, client, host).values()] == [application.next_by]
