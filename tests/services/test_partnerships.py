"""Partnerships: what is agreed is seen, and nothing after the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from webapp import clock
from webapp.models import Partnership, PutForward, User, Vio
from webapp.services import (
    answers,
    match_review,
    partnerships,
    visibility,
)
from webapp.services.errors import NotFound, Refused

TODAY = clock.today()


@pytest.fixture
def vio(session: AnySession) -> Vio:
    return make_vio(session)


@pytest.fixture
def coordinator(session: AnySession, vio: Vio) -> User:
    return make_user(session, "coordinator", vio)


@pytest.fixture
def partner(session: AnySession, vio: Vio, coordinator: User) -> Partnership:
    """Return an active partnership under which `vio` sends."""
    other = make_user(session, "coordinator")
    terms = {
        "terms": "We send, they receive.",
        **dict.fromkeys(
            ("sending_focal_point", "receiving_focal_point", "vetting_by", "insurance_by", "support_by", "costs_by"),
            "x",
        ),
        "shared_parts": ["name", "profile"],
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=100),
    }
    partnership = partnerships.propose(session, coordinator, other.vio_id or 0, True, terms)
    assert not partnership.is_active(TODAY)
    with pytest.raises(Refused, match="other side"):
        partnerships.agree(session, coordinator, partnership)
    partnerships.agree(session, other, partnership)
    assert partnership.is_active(TODAY)
    return partnership


def _receiver(session: AnySession, partnership: Partnership) -> User:
    return session.query(User).filter_by(vio_id=partnership.receiving_vio_id, role="coordinator").one()


def test_partner_sees_what_is_agreed_and_nothing_after_the_end(
    session: AnySession, vio: Vio, coordinator: User, partner: Partnership
) -> None:
    receiver = _receiver(session, partner)
    volunteer = make_volunteer(session, vio)
    assignment = make_assignment(session, make_host(session, partner.receiving_vio))
    asked = partnerships.put_forward(session, coordinator, partner, assignment.id, volunteer.id, "", TODAY)
    assert not visibility.sight_of(session, receiver, volunteer, assignment).anything
    assert partnerships.put_forward_under(session, receiver, partner, TODAY) == []
    assert volunteer.user is not None
    answers.answer_request(session, volunteer.user, asked.id, agrees=True)
    sight = visibility.sight_of(session, receiver, volunteer, assignment)
    assert (sight.name, sight.profile, sight.contact, sight.earlier_service) == (True, True, False, False)
    assert partnerships.put_forward_under(session, receiver, partner, TODAY) == [asked]
    assert match_review.match_of_pair(session, assignment, volunteer) is not None
    partnerships.end(session, receiver, partner)
    assert not visibility.sight_of(session, receiver, volunteer, assignment).anything
    assert match_review.match_of_pair(session, assignment, volunteer) is None
    assert partnerships.put_forward_under(session, receiver, partner, TODAY) == []
    with pytest.raises(NotFound):
        partnerships.open_assignments(session, coordinator, partner, TODAY)


def test_taking_back_closes_the_partners_sight(
    session: AnySession, vio: Vio, coordinator: User, partner: Partnership
) -> None:
    volunteer = make_volunteer(session, vio)
    assignment = make_assignment(session, make_host(session, partner.receiving_vio))
    asked = partnerships.put_forward(session, coordinator, partner, assignment.id, volunteer.id, "", TODAY)
    assert volunteer.user is not None
    answers.answer_request(session, volunteer.user, asked.id, agrees=True)
    with pytest.raises(NotFound):
        partnerships.withdraw_put_forward(session, _receiver(session, partner), asked.id)
    partnerships.withdraw_put_forward(session, coordinator, asked.id)
    assert not visibility.sight_of(session, _receiver(session, partner), volunteer, assignment).anything


@pytest.mark.parametrize("over", [{"claimed": False}, {"consents": ()}, {"consents": ("matching",)}])
def test_only_claimed_and_consenting_people_are_put_forward(
    session: AnySession, vio: Vio, coordinator: User, partner: Partnership, over: dict[str, Any]
) -> None:
    volunteer = make_volunteer(session, vio, **over)
    assignment = make_assignment(session, make_host(session, partner.receiving_vio))
    with pytest.raises(Refused):
        partnerships.put_forward(session, coordinator, partner, assignment.id, volunteer.id, "", TODAY)
    assert session.query(PutForward).count() == 0


def test_only_own_people_to_the_partners_open_assignments(
    session: AnySession, vio: Vio, coordinator: User, partner: Partnership
) -> None:
    theirs = make_assignment(session, make_host(session, partner.receiving_vio))
    others = make_assignment(session)
    for assignment, volunteer in ((theirs, make_volunteer(session)), (others, make_volunteer(session, vio))):
        with pytest.raises(NotFound):
            partnerships.put_forward(session, coordinator, partner, assignment.id, volunteer.id, "", TODAY)
    with pytest.raises(NotFound):
        partnerships.partnership_of(session, make_user(session, "coordinator"), partner.id)


def test_partnership_is_proposed_to_another_office_about_what_can_be_shared(
    session: AnySession, coordinator: User
) -> None:
    terms = {"starts_on": TODAY, "ends_on": TODAY, "shared_parts": ["name"]}
    for unknown in (coordinator.vio_id or 0, 999_999_999):
        with pytest.raises(NotFound):
            partnerships.propose(session, coordinator, unknown, True, terms)
    other = make_vio(session)
    with pytest.raises(Refused, match="what is shared"):
        partnerships.propose(session, coordinator, other.id, True, {**terms, "shared_parts": ["bank account"]})
    with pytest.raises(Refused, match="before the first day"):
        partnerships.propose(session, coordinator, other.id, True, {**terms, "ends_on": TODAY - timedelta(days=1)})


def test_what_is_over_does_not_end_twice(session: AnySession, coordinator: User, partner: Partnership) -> None:
    partnerships.end(session, coordinator, partner)
    with pytest.raises(Refused, match="ended already"):
        partnerships.end(session, _receiver(session, partner), partner)


def test_nobody_is_asked_twice_and_what_was_answered_is_not_taken_back(
    session: AnySession, vio: Vio, coordinator: User, partner: Partnership
) -> None:
    volunteer = make_volunteer(session, vio, full_name="Ngozi Achebe")
    make_volunteer(session, vio, full_name="Somebody Else")
    assert partnerships.people_to_put_forward(session, coordinator, " ngozi ") == [volunteer]
    assert len(partnerships.people_to_put_forward(session, coordinator, "")) == 2
    assignment = make_assignment(session, make_host(session, partner.receiving_vio))
    asked = partnerships.put_forward(session, coordinator, partner, assignment.id, volunteer.id, "", TODAY)
    with pytest.raises(Refused, match="asked already"):
        partnerships.put_forward(session, coordinator, partner, assignment.id, volunteer.id, "", TODAY)
    assert volunteer.user is not None
    answers.answer_request(session, volunteer.user, asked.id, agrees=False)
    with pytest.raises(Refused, match="answered or taken back"):
        partnerships.withdraw_put_forward(session, coordinator, asked.id)


def test_who_has_applied_is_not_put_forward(
    session: AnySession, vio: Vio, coordinator: User, partner: Partnership
) -> None:
    volunteer = make_volunteer(session, vio)
    assignment = make_assignment(session, make_host(session, partner.receiving_vio))
    make_application(session, volunteer, assignment)
    with pytest.raises(Refused, match="has applied"):
        partnerships.put_forward(session, coordinator, partner, assignment.id, volunteer.id, "", TODAY)
