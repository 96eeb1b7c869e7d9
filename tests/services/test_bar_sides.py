"""What a bar means for hosts and for an office that receives: what ends, what waits, and who decides. Never why."""

from __future__ import annotations

import pytest

from tests.barring import letters_to, make_bar
from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_host_user,
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
from webapp.models import Mail
from webapp.services import holds, stay_decisions
from webapp.services.bars import deciding
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
