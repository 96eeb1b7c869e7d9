"""The training of volunteers on the list of what has to be cleared."""

from __future__ import annotations

import pytest

from tests.clearing import clear_everything, item_of
from tests.factories import AnySession, make_assignment, make_vio, make_volunteer
from tests.services.test_training import course, pass_all
from tests.stays import KIND_WORDS, coordinator_of, days, make_placement, make_selectable, user_of
from webapp import clock
from webapp.models import Clearance, ClearanceRule, Placement, Volunteer
from webapp.models.clearances import TRAINING_ITEM
from webapp.services import clearance_lists, clearances
from webapp.services.audit import history_of

COURSE = course(code="volunteer")
REDONE = course(version=2, code="volunteer")


def _placed(session: AnySession, person: Volunteer | None = None, **over: object) -> Placement:
    person = person or make_volunteer(session)
    return make_placement(session, make_selectable(session, make_assignment(session), volunteer=person), **over)


def _training(session: AnySession, placement: Placement) -> Clearance:
    return item_of(session, placement, TRAINING_ITEM)


def test_it_is_cleared_with_the_last_module_and_not_before(session: AnySession) -> None:
    placement = _placed(session)
    person, item = user_of(placement.volunteer), _training(session, placement)
    clear_everything(session, placement, but=TRAINING_ITEM)
    assert "Training for volunteers" in str(clearances.obstacles(session, placement)[0])
    pass_all(session, person, course(modules=("one",), code="host"))  # the course of another role says nothing
    assert item.state == "open"
    pass_all(session, person, COURSE)
    assert (item.state, item.expires_on) == ("cleared", None)
    assert clearances.obstacles(session, placement) == []
    last = history_of(session, item)[-1]
    assert (last.action, last.actor_id, last.detail["by"]) == ("clearance_cleared", person.id, "course")


def test_who_was_trained_before_finds_it_cleared(session: AnySession) -> None:
    person = make_volunteer(session)
    pass_all(session, user_of(person), COURSE)
    assert _training(session, _placed(session, person)).state == "cleared"


def test_somebody_elses_training_clears_nothing(session: AnySession) -> None:
    placement = _placed(session)
    pass_all(session, user_of(make_volunteer(session, placement.sending_vio)), COURSE)
    clearance_lists.complete_all(session)
    assert _training(session, placement).state == "open"


def test_what_an_office_asks_for_again_waits_for_it_or_for_a_newer_course(session: AnySession) -> None:
    placement = _placed(session)
    person, item = user_of(placement.volunteer), _training(session, placement)
    pass_all(session, person, COURSE)
    clearances.ask_again(session, coordinator_of(session, item.checked_by), item, KIND_WORDS)
    clearance_lists.complete_all(session)
    assert (item.state, item.words) == ("open", KIND_WORDS)
    pass_all(session, person, REDONE)
    assert (item.state, item.words) == ("cleared", "")


@pytest.mark.parametrize(
    ("asked", "by_rule", "is_mandatory"),
    [
        ("required", False, True),
        ("advised", False, False),
        ("not_asked", False, None),
        ("not_asked", True, True),  # what the other office asks for is not the first one's to take away
        ("advised", True, True),
    ],
)
def test_a_vio_chooses_how_strictly(session: AnySession, asked: str, by_rule: bool, is_mandatory: bool | None) -> None:
    person = make_volunteer(session, make_vio(session, volunteer_training=asked))
    work = make_assignment(session)
    if by_rule:
        session.add(ClearanceRule(vio_id=work.vio_id, item=TRAINING_ITEM, created_at=clock.now()))
    placement = make_placement(session, make_selectable(session, work, volunteer=person))
    found = [one.is_mandatory for one in clearance_lists.clearances_of(session, placement) if one.item == TRAINING_ITEM]
    assert found == ([] if is_mandatory is None else [is_mandatory])


def test_a_placement_that_is_over_keeps_what_it_had(session: AnySession) -> None:
    placement = _placed(session, starts_on=days(60), ends_on=days(90))
    placement.state, placement.reason_code, placement.ended_at = "cancelled", "volunteer", clock.now()
    pass_all(session, user_of(placement.volunteer), COURSE)
    assert _training(session, placement).state == "open"
