"""A letter with a link says what has happened, tells of nothing that is over, and is one for all that comes at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import Engine

from tests.factories import AnySession, make_application, make_assignment, make_volunteer
from tests.services.test_debriefs import Tokens
from tests.stays import coordinator_of, make_placement, user_of
from webapp import clock
from webapp.db import own_session
from webapp.models import Assignment, HostLink, Mail
from webapp.services import applications, placements
from webapp.services.by_mail import asking
from webapp.services.by_mail.events import ABOUT_STAYS
from webapp.services.reminders import promises
from webapp.speech import say


def _newest(session: AnySession, address: str | None) -> Mail:
    found = session.query(Mail).filter_by(to=address).order_by(Mail.id.desc()).first()
    assert found is not None
    return found


def test_an_accepted_offer_arrives_as_that(session: AnySession) -> None:
    placement = make_placement(session)
    assert asking.send_due(session, str) == 1
    letter = _newest(session, placement.assignment.host.contact_email)
    assert letter.subject.startswith("Your offer was accepted")
    assert "has accepted" in letter.body and say(placement.starts_on, "en") in letter.body


def test_a_late_answer_arrives_as_that(session: AnySession) -> None:
    work = make_assignment(session)
    one = make_application(session, make_volunteer(session, work.vio), work)
    before = one.answer_by
    with time_machine.travel(before + timedelta(days=1)):
        assert promises.renew(session, clock.today()) == 1
        assert asking.send_due(session, str) == 1
    letter = _newest(session, work.host.contact_email)
    assert letter.subject.startswith("An answer is late")
    assert f"by {say(before, 'en')} has not come" in letter.body and say(one.answer_by, "en") in letter.body


def test_a_stay_that_does_not_take_place_is_told_of_as_that_alone(session: AnySession) -> None:
    placement = make_placement(session)
    who = coordinator_of(session, placement.receiving_vio)
    placements.cancel(session, who, placement, "dates", "We are sorry for this.")
    assert asking.send_due(session, str) == 0
    assert asking.send_due(session, str) == 0
    subjects = [one.subject for one in session.query(Mail).filter_by(to=placement.assignment.host.contact_email)]
    assert not [one for one in subjects if "waits for you" in one or "accepted" in one]


def test_an_application_that_was_taken_back_is_not_announced(session: AnySession) -> None:
    work = make_assignment(session)
    volunteer = make_volunteer(session, work.vio)
    one = applications.apply(session, user_of(volunteer), volunteer, work, "")
    applications.withdraw(session, user_of(volunteer), one)
    assert asking.send_due(session, str) == 0


def test_one_letter_tells_of_all_that_happened_the_most_pressing_first(session: AnySession) -> None:
    placement = make_placement(session)
    for event in ("messages", "check_in_due", "check_in_due"):
        asking.ask(session, placement.assignment, placement, event)
    tokens = Tokens()
    assert asking.send_due(session, tokens.keep) == 1
    letter = _newest(session, placement.assignment.host.contact_email)
    assert letter.subject.startswith("Your offer was accepted")
    assert [letter.body.count(words) for words in ("has accepted", "Five short", "New messages")] == [1, 1, 1]


@pytest.mark.parametrize("event", ABOUT_STAYS)
def test_no_letter_about_a_stay_names_the_person(session: AnySession, event: str) -> None:
    placement = make_placement(session)
    asking.send_due(session, str)
    asking.ask(session, placement.assignment, placement, event)
    assert asking.send_due(session, str) == 1
    letter = _newest(session, placement.assignment.host.contact_email)
    assert placement.volunteer.full_name not in letter.body
    assert placement.assignment.title in letter.subject


def test_who_asks_at_once_asks_for_one_letter(own_engine: Engine) -> None:
    with own_session() as session:
        key = make_assignment(session).id

    def ask(event: str) -> None:
        with own_session() as session:
            asking.ask(session, session.get_one(Assignment, key), None, event)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(ask, ["applied", "late", "proposed"] * 2))
    with own_session() as session:
        (found,) = session.query(HostLink).all()
        assert sorted(found.events.split()) == ["applied", "late", "proposed"]
