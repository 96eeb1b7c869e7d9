"""Messages between the people of one placement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from tests.factories import AnySession, make_assignment, make_host, make_host_user, make_user, make_vio, make_volunteer
from tests.stays import coordinator_of, days, host_account, make_active, make_placement, make_selectable, user_of
from webapp.models import Mail, Placement, User
from webapp.models.messages import LONGEST_MESSAGE
from webapp.services import letter_choices, messages, placement_sight, placements
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import MESSAGES

SECRET = "The key lies under the blue pot."


def _people(session: AnySession, placement: Placement) -> list[User]:
    offices = [coordinator_of(session, vio) for vio in (placement.sending_vio, placement.receiving_vio)]
    return [user_of(placement.volunteer), host_account(session, placement), *offices]


def _between(session: AnySession) -> Placement:
    return make_placement(session, make_selectable(session, volunteer=make_volunteer(session, make_vio(session))))


def test_everybody_of_the_placement_reads_and_nobody_else(session: AnySession) -> None:
    placement = _between(session)
    person, host, sending, receiving = _people(session, placement)
    for account in (person, host, sending, receiving):
        messages.write(session, account, placement, f"From {account.role}")
    assert [one.side for one in messages.thread(session, placement)] == ["volunteer", "host", "office", "office"]
    assert [messages.count_unread(session, one, placement) for one in (person, sending)] == [3, 3]
    strangers = [
        make_user(session, "coordinator"),
        make_user(session, "administrator"),
        user_of(_between(session).volunteer),
        make_host_user(session, _between(session).assignment.host),
    ]
    for account in strangers:
        with pytest.raises(NotFound):
            messages.write(session, account, placement, "Hello")
        assert messages.count_unread(session, account) == 0


def test_who_is_told_of_messages_is_who_may_open_the_placement(session: AnySession) -> None:
    vio, other = make_vio(session), make_vio(session)
    work = make_assignment(session, make_host(session, vio), country="KE")
    placement = make_active(session, make_selectable(session, work, volunteer=make_volunteer(session, other)))
    host_account(session, placement)
    for one in (vio, other):
        coordinator_of(session, one)
        for countries in (["KE"], ["LA"]):
            make_user(session, "coordinator", one, delegated=countries)
        for role in ("focal_point", "supporter", "volunteer"):
            make_user(session, role, one)
    everybody = session.scalars(select(User).order_by(User.id)).all()
    told = placement_sight.readers_of(session, placement)
    assert told == [one for one in everybody if placement_sight.relation_to(one, "placement.open", placement)]
    assert {one.role for one in told} == {"volunteer", "host", "coordinator"}


def test_reading_takes_the_mark_away_for_the_reader_only(session: AnySession) -> None:
    placement = _between(session)
    person, host, *_rest = _people(session, placement)
    first = messages.write(session, person, placement, "When does the bus go?")
    assert messages.mark_read(session, host, placement) == 0
    messages.write(session, person, placement, "And from where?")
    assert messages.count_unread(session, host) == 1
    assert messages.count_unread(session, person) == 0
    assert messages.mark_read(session, host, placement) == first.id


def test_a_digest_tells_how_many_once_and_never_what(session: AnySession) -> None:
    placement = _between(session)
    person, host, sending, receiving = _people(session, placement)
    for text in (SECRET, "And the door sticks."):
        messages.write(session, host, placement, text)
    messages.mark_read(session, sending, placement)
    assert messages.send_digests(session) > 0
    assert messages.send_digests(session) == 0
    digests = session.scalars(select(Mail).where(Mail.subject == "You have 2 new messages")).all()
    told: Sequence[str] = [one.to for one in digests]
    assert {person.email, receiving.email} <= set(told) and not {host.email, sending.email} & set(told)
    assert len(told) == len(set(told))
    assert all(SECRET not in f"{one.subject} {one.body}" for one in session.scalars(select(Mail)))
    messages.write(session, host, placement, "One more.")
    receiving.active = False
    messages.send_digests(session)
    told = session.scalars(select(Mail.to).where(Mail.subject == "You have 1 new message")).all()
    assert {person.email, sending.email} <= set(told) and not {host.email, receiving.email} & set(told)


def test_who_wants_it_once_a_week_hears_on_monday_and_who_stopped_it_reads_it_here(session: AnySession) -> None:
    placement = _between(session)
    person, host, *_offices = _people(session, placement)
    monday = days(0) + timedelta(days=-days(0).weekday() % 7)
    letter_choices.choose(session, person, {MESSAGES: "weekly"})
    messages.write(session, host, placement, "Good morning.")
    mine = select(Mail).where(Mail.user_id == person.id, Mail.kind == MESSAGES).order_by(Mail.id)
    for other in range(1, 7):
        messages.send_digests(session, monday - timedelta(days=other))
    assert session.scalars(mine).all() == []
    messages.send_digests(session, monday)
    assert [one.stays_here for one in session.scalars(mine)] == [False]
    letter_choices.choose(session, person, {MESSAGES: "off"})
    messages.write(session, host, placement, "Good evening.")
    messages.send_digests(session, monday)
    assert [one.stays_here for one in session.scalars(mine)] == [False, True]


@pytest.mark.parametrize("odd", ["", "   \n ", "x" * (LONGEST_MESSAGE + 1)])
def test_a_message_has_words_and_not_too_many(session: AnySession, odd: str) -> None:
    placement = _between(session)
    with pytest.raises(Refused, match="Write between"):
        messages.write(session, user_of(placement.volunteer), placement, odd)
    assert messages.thread(session, placement) == []


def test_ninety_days_after_the_end_one_only_reads(session: AnySession) -> None:
    placement = make_active(session)
    who, person = coordinator_of(session, placement.receiving_vio), user_of(placement.volunteer)
    with time_machine.travel(days(150)):
        placements.complete(session, who, placement, placement.ends_on)
    last = messages.closes_on(placement)
    assert last is not None
    messages.write(session, person, placement, "Thank you all.", last)
    with pytest.raises(Refused, match="only be read"):
        messages.write(session, person, placement, "Hello?", last + timedelta(1))
    assert len(messages.thread(session, placement)) == 1
