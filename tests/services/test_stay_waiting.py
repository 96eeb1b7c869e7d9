"""What waits for somebody in a placement, and what is thrown away when it is long over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.clearing import clear_everything
from tests.factories import AnySession, make_application, make_assignment, make_volunteer
from tests.retained import clear_out
from tests.stays import (
    coordinator_of,
    host_account,
    make_active,
    make_placement,
    make_selectable,
    sign_for,
    user_of,
)
from webapp import clock
from webapp.models import CheckIn, CheckInAnswer, Message, MessageMark, Signature
from webapp.services import applications, badges, check_ins, messages, placements, stay_sides


def test_a_signature_a_check_in_and_a_message_wait_for_those_who_have_to_act(session: AnySession) -> None:
    placement = make_placement(session)
    person, host, today = user_of(placement.volunteer), host_account(session, placement), clock.today()
    office = coordinator_of(session, placement.receiving_vio)
    assert [badges.waiting(session, one, today)["placements"] for one in (person, host, office)] == [1, 1, 0]
    sign_for(session, person, placement)
    messages.write(session, person, placement, "I have signed.")
    assert [badges.waiting(session, one, today)["placements"] for one in (person, host, office)] == [0, 2, 1]
    for account in (host, office):
        messages.mark_read(session, account, placement)
    sign_for(session, host, placement)
    clear_everything(session, placement)
    placements.start(session, office, placement, placement.starts_on)
    first = check_ins.check_ins_of(session, placement)[0]
    assert badges.waiting(session, person, first.due_on)["placements"] == 1
    marks = {"work": 1, "hours": 4, "supervision": 4, "well": 4}
    check_ins.answer(session, person, first, marks, first.due_on)
    assert [badges.waiting(session, one, first.due_on)["placements"] for one in (person, host, office)] == [0, 1, 1]
    check_ins.settle(session, office, first, "We spoke with both of them.")
    assert badges.waiting(session, office, first.due_on)["placements"] == 0
    assert check_ins.to_look_into(session, office) == []


def test_messages_and_answers_go_when_the_office_says_so_and_signatures_stay(
    session: AnySession, tmp_path: Path
) -> None:
    placement = make_active(session)
    placement.receiving_vio.retention_months = 6
    person, who = user_of(placement.volunteer), coordinator_of(session, placement.receiving_vio)
    first = check_ins.check_ins_of(session, placement)[0]
    check_ins.answer(session, person, first, {"work": 4, "hours": 4, "supervision": 4, "well": 4}, first.due_on)
    messages.write(session, person, placement, "Thank you all.")
    messages.mark_read(session, who, placement)
    placements.complete(session, who, placement, placement.ends_on)
    now = clock.now()
    assert clear_out(session, now + timedelta(days=180), tmp_path)["stays"] == 0
    assert clear_out(session, now + timedelta(days=190), tmp_path)["stays"] > 0
    session.expire_all()
    assert [session.query(table).count() for table in (CheckIn, CheckInAnswer, Message, MessageMark)] == [0, 0, 0, 0]
    assert session.query(Signature).count() == 2


def test_nothing_counts_that_a_withdrawn_application_closed(session: AnySession) -> None:
    work = make_assignment(session)
    placement = make_placement(session, make_selectable(session, work, volunteer=make_volunteer(session)))
    person, host, today = user_of(placement.volunteer), host_account(session, placement), clock.today()
    sending, receiving = (coordinator_of(session, vio) for vio in (placement.sending_vio, placement.receiving_vio))
    messages.write(session, person, placement, "Is there a bus from the airport?")
    everybody = (host, receiving, sending)
    assert [messages.count_unread(session, one) for one in everybody] == [1, 1, 1]
    applications.withdraw(session, person, placement.offer.application)
    counted = [badges.waiting(session, one, today)["placements"] for one in everybody]
    opened = [stay_sides.may_share(session, one, placement) for one in everybody]
    assert (counted, opened) == ([0, 0, 1], [False, False, True])  # the own office goes on reading
    make_application(session, placement.volunteer, work)  # who applies again is there again
    assert [messages.count_unread(session, one) for one in everybody] == [1, 1, 1]
