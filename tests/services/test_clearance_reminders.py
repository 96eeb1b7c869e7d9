"""Reminders at 60, 30 and 7 days: to whoever is to act, once each, together for one placement."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from sqlalchemy import select

from tests.clearing import clear_everything, item_of
from tests.factories import AnySession, make_assignment, make_volunteer
from tests.stays import KIND_WORDS, coordinator_of, days, make_placement, make_selectable, user_of
from webapp.models import Mail, Placement
from webapp.services import clearance_reminders, clearances, placements


def _placement(session: AnySession, **over: object) -> Placement:
    work = make_assignment(session, contact_children="none", contact_adults="none", end_on=None)
    application = make_selectable(session, work, volunteer=make_volunteer(session))
    return make_placement(session, application, **{"starts_on": days(100), "ends_on": days(300), **over})


def _letters(session: AnySession, today: date) -> Counter[str]:
    last = max(session.scalars(select(Mail.id)), default=0)
    clearance_reminders.send_due(session, today)
    return Counter(session.scalars(select(Mail.to).where(Mail.id > last)))


def test_each_reminder_goes_once_at_its_day(session: AnySession) -> None:
    placement = _placement(session)
    clear_everything(session, placement, but="medical")
    clearances.clear(
        session, coordinator_of(session, placement.receiving_vio), item_of(session, placement, "registration")
    )
    due, person = item_of(session, placement, "medical").due_on, user_of(placement.volunteer).email
    told = {}
    for left in range(75, -20, -1):
        for _twice in range(2):
            if found := _letters(session, due - timedelta(left)):
                assert left not in told
                told[left] = found
    assert told == {left: Counter({person: 1}) for left in (60, 30, 7)}


def test_a_late_start_gets_one_letter_and_not_three(session: AnySession) -> None:
    placement = _placement(session, starts_on=days(65), ends_on=days(90))
    clear_everything(session, placement, but="medical")
    today = item_of(session, placement, "medical").due_on - timedelta(5)
    assert sum(_letters(session, today).values()) == 1
    assert sum(_letters(session, today + timedelta(3)).values()) == 0


def test_one_letter_names_everything_that_is_due(session: AnySession) -> None:
    placement = _placement(session, starts_on=days(61), ends_on=days(90))
    sending, receiving = (
        coordinator_of(session, placement.sending_vio),
        coordinator_of(session, placement.receiving_vio),
    )
    visa = item_of(session, placement, "right_to_work")
    clearances.hand_in(session, user_of(placement.volunteer), visa)
    found = _letters(session, placement.starts_on - timedelta(7))
    assert set(found.values()) == {1}
    assert {user_of(placement.volunteer).email, sending.email, receiving.email} <= set(found)
    (letter,) = session.scalars(
        select(Mail).where(Mail.to == user_of(placement.volunteer).email, Mail.subject.contains("Before you leave"))
    )
    assert "Fitness for the journey" in letter.body
    assert "Right to enter" not in letter.body  # handed in: now it is the office's turn
    (office,) = session.scalars(select(Mail).where(Mail.to == sending.email, Mail.subject.contains("are due")))
    assert "to be checked" in office.body
    assert placement.volunteer.full_name not in office.body


def test_what_runs_out_during_the_stay_is_reminded_of_and_what_outlasts_it_is_not(session: AnySession) -> None:
    placement = _placement(session)
    clear_everything(session, placement)
    who, visa = coordinator_of(session, placement.sending_vio), item_of(session, placement, "right_to_work")
    clearances.clear(session, who, visa, placement.ends_on)
    assert not _letters(session, placement.ends_on - timedelta(7))
    runs_out = placement.starts_on + timedelta(60)
    clearances.clear(session, who, visa, runs_out)
    assert sum(_letters(session, runs_out - timedelta(30)).values()) == 1
    clearances.clear(session, who, visa, runs_out + timedelta(90))  # renewed: a new day, new reminders
    assert not _letters(session, runs_out - timedelta(7))
    assert sum(_letters(session, runs_out + timedelta(31)).values()) == 1


def test_after_the_last_day_nobody_is_told_that_something_ran_out(session: AnySession) -> None:
    placement = _placement(session)
    clear_everything(session, placement)
    who, visa = coordinator_of(session, placement.sending_vio), item_of(session, placement, "right_to_work")
    clearances.clear(session, who, visa, placement.ends_on)
    assert clearances.expire_due(session, placement.ends_on + timedelta(1)) == 0  # nobody has completed it yet
    assert not _letters(session, placement.ends_on + timedelta(1))


def test_nobody_is_reminded_of_what_is_over(session: AnySession) -> None:
    placement = _placement(session)
    who = coordinator_of(session, placement.receiving_vio)
    placements.cancel(session, who, placement, "safety", KIND_WORDS)
    assert not _letters(session, placement.starts_on)
