"""What a bar means for hosts and for an office that receives: what ends, what waits, and who decides. Never why."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine

from tests.barring import letters_to, make_bar
from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_host_user,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.stays import (
    KIND_WORDS,
    coordinator_of,
    days,
    make_active,
    make_offer,
    make_placement,
    make_selectable,
    user_of,
)
from webapp.db import own_session
from webapp.models import Application, BarLikeness, Mail, Offer, User
from webapp.services import holds, offers, stay_decisions
from webapp.services.bars import deciding, likenesses
from webapp.services.errors import Refused


def test_the_receiving_office_hears_that_its_offer_and_applications_ended(session: AnySession) -> None:
    host = make_host(session, make_vio(session))
    person = make_volunteer(session, make_vio(session), open_to_all=True)
    offered, applied = make_assignment(session, host), make_assignment(session, host)
    make_offer(session, make_selectable(session, offered, volunteer=person))
    make_application(session, person, applied)
    receiving = coordinator_of(session, host.vio)
    own = coordinator_of(session, person.vio)
    make_bar(session, person)
    told = session.query(Mail).filter_by(to=receiving.email).all()
    about = [one.body for one in told if "has stopped the service" in one.body]
    assert len(about) == 2 and offered.title in about[0] and "offer" in about[0]
    assert person.full_name not in "".join(about) and "conduct" not in "".join(about)
    assert "has stopped the service" not in letters_to(session, own)


def test_a_prepared_placement_is_told_of_and_decided(session: AnySession) -> None:
    work = make_assignment(session)
    person = make_volunteer(session, make_vio(session), open_to_all=True)
    prepared = make_placement(session, make_selectable(session, work, volunteer=person))
    host, receiving = make_host_user(session, work.host), coordinator_of(session, work.vio)
    make_bar(session, person)
    for account in (user_of(person), host):
        assert f"“{work.title}”" in letters_to(session, account) and "cannot begin now" in letters_to(session, account)
    assert "conduct" not in letters_to(session, host)
    assert "decide how the stay goes on" in letters_to(session, receiving)
    held = holds.to_decide(session, receiving)[0]
    assert held.placement is prepared and holds.count_undecided(session, receiving) == 1
    for decision, reason in (("watched", ""), ("moving", ""), ("ended", "health")):
        with pytest.raises(Refused):
            stay_decisions.decide(session, receiving, held, decision, "Called them.", KIND_WORDS, reason)
    stay_decisions.decide(session, receiving, held, "ended", "Called them.", KIND_WORDS, "other")
    assert (prepared.state, held.state, holds.to_decide(session, receiving)) == ("cancelled", "ended", [])


def test_a_stay_under_way_is_told_of_to_both_and_a_prepared_one_is_free_with_the_end(session: AnySession) -> None:
    there = make_active(session)
    person, office = there.volunteer, coordinator_of(session, there.receiving_vio)
    host = make_host_user(session, there.assignment.host)
    later = make_assignment(session, there.assignment.host)
    prepared = make_placement(
        session, make_selectable(session, later, volunteer=person), starts_on=days(200), ends_on=days(250)
    )
    bar = make_bar(session, person)
    assert "goes on for now" in letters_to(session, user_of(person))
    assert "please go on looking after them" in letters_to(session, host)
    assert {one.placement_id for one in holds.to_decide(session, office)} == {there.id, prepared.id}
    deciding.lift(session, office, bar, "The telling was mistaken.")
    assert holds.to_decide(session, office) == [] and prepared.state == "preparing"


def test_whoever_was_told_of_a_bar_learns_of_its_end_and_nothing_more(session: AnySession) -> None:
    person = make_volunteer(session, make_vio(session), open_to_all=True)
    here, later, wished = (make_assignment(session, make_host(session)) for _ in range(3))
    make_active(session, make_selectable(session, here, volunteer=person))
    prepared = make_placement(
        session, make_selectable(session, later, volunteer=person), starts_on=days(200), ends_on=days(250)
    )
    make_application(session, person, wished)
    offices = [coordinator_of(session, one.vio) for one in (here, later, wished)]
    hosts = [make_host_user(session, one.host) for one in (here, later, wished)]
    there = make_user(session, "coordinator", wished.vio, delegated=[wished.country])
    bar, office = make_bar(session, person), coordinator_of(session, person.vio)
    (held,) = holds.to_decide(session, offices[1])
    stay_decisions.decide(session, offices[1], held, "ended", "Called them.", KIND_WORDS, "other")
    before = session.query(Mail).count()
    deciding.lift(session, office, bar, "The telling was mistaken.")
    letters = {one.to: one for one in session.query(Mail).order_by(Mail.id).offset(before)}
    readers = {one.email for one in (*offices, *hosts[:2], user_of(person))}
    assert readers <= set(letters) and hosts[2].email not in letters
    assert "The stay goes on" in letters[hosts[0].email].body
    assert "goes on as planned" in letters[offices[0].email].body
    assert prepared.state == "cancelled"
    assert all("is over and remains so" in letters[one.email].body for one in (hosts[1], offices[1]))
    assert all("remains ended" in letters[one.email].body for one in (offices[2], there))
    assert not [one for one in (*offices, *hosts[:2]) if person.full_name in letters[one.email].body]


def test_where_a_second_bar_stands_nobody_hears_that_the_first_is_over(session: AnySession) -> None:
    there = make_active(session)
    person, office = there.volunteer, coordinator_of(session, there.receiving_vio)
    earlier = make_bar(session, make_volunteer(session, person.vio, phone="+254 700 123 456"))
    make_bar(session, person)
    person.phone = "+254 700 123 456"
    likenesses.look(session, person.vio_id, [person])
    deciding.lift(session, office, earlier, "The telling was mistaken.")
    assert person.barred_at is not None
    assert "can serve again" not in letters_to(session, make_host_user(session, there.assignment.host))


def test_an_offer_at_the_moment_in_which_somebody_is_known_again_does_not_stay(own_engine: Engine) -> None:
    """Whichever comes first: both are done or refused, and afterwards no offer waits for the barred person."""
    for _ in range(3):
        with own_session() as session:
            wish = make_selectable(session)
            bar = make_bar(session, make_volunteer(session, wish.volunteer.vio, full_name=wish.volunteer.full_name))
            likenesses.look(session, bar.vio_id, [wish.volunteer])
            (alike,) = likenesses.of_vio(session, bar.proposed_by)
            who, wish_id, alike_id = bar.proposed_by_id, wish.id, alike.id
        assert "same" in _at_once(who, wish_id, alike_id)
        with own_session() as session:
            assert session.query(Offer).filter_by(application_id=wish_id, state="made").count() == 0


def _at_once(who: int, wish_id: int, alike_id: int) -> list[str]:
    start = Barrier(2)

    def act(verb: str) -> str:
        start.wait()
        try:
            with own_session() as session:
                account = session.get_one(User, who)
                if verb == "same":
                    likenesses.decide(session, account, session.get_one(BarLikeness, alike_id), True, "Called both.")
                else:
                    wish = session.get_one(Application, wish_id)
                    offers.make_offer(session, account, wish, "international", days(60), days(90))
        except Refused:
            return "refused"
        return verb

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(act, ("same", "offer")))
