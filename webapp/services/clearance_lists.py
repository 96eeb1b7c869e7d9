"""Which clearances a placement needs: the common list, and what the two VIOs add for these countries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Clearance, ClearanceRule, Placement, User
from webapp.models.clearances import OWN_ITEM, TRAINING_ITEM
from webapp.services import audit, clearance_training, training
from webapp.services.clearance_items import ITEMS, facts_of
from webapp.services.locks import hold


@dataclass(frozen=True)
class Needed:
    """One item that a placement needs; `days_before` its first day it is due."""

    item: str
    title: str
    owner: str
    checked_by_vio_id: int
    is_mandatory: bool
    days_before: int


def clearances_of(session: Session, placement: Placement) -> list[Clearance]:
    """Return the checklist of a placement, what is due first standing first."""
    query = select(Clearance).where(Clearance.placement_id == placement.id)
    query = query.order_by(Clearance.due_on, Clearance.id).execution_options(populate_existing=True)
    return list(session.scalars(query))


def missing(session: Session, placement: Placement) -> list[Needed]:
    """Return what the placement needs and what is not on its list: the assignment or the rules changed since."""
    there = {(one.item, one.title) for one in clearances_of(session, placement)}
    return [one for one in _needed(session, placement) if (one.item, one.title) not in there]


def complete(session: Session, account: User | None, placement: Placement) -> int:
    """Put what is missing on the list and return how many items that were; nothing is taken off."""
    hold(session, placement)  # two who complete the same list come one after the other
    if placement.state != "preparing":
        return 0
    found, now = missing(session, placement), clock.now()
    for one in found:
        due_on = max(_before(placement.starts_on, one.days_before), now.date())
        clearance = Clearance(
            placement=placement,
            item=one.item,
            title=one.title,
            owner=one.owner,
            checked_by_vio_id=one.checked_by_vio_id,
            is_mandatory=one.is_mandatory,
            state="open",
            due_on=due_on,
            created_at=now,
            state_at=now,
        )
        session.add(clearance)
        audit.record(session, account, "clearance_open", clearance, one.checked_by_vio_id, placement=placement.id)
    if training.is_volunteer_trained(session, placement.volunteer):
        clearance_training.settle_known(session, account, placement.volunteer)
    return len(found)


def complete_all(session: Session) -> int:
    """Bring the list of every placement that is being prepared up to date."""
    query = select(Placement).where(Placement.state == "preparing").order_by(Placement.id)
    return sum(complete(session, None, placement) for placement in session.scalars(query).all())


def _before(day: date, days: int) -> date:
    """Return the day so many days before (below 0: after) another; a last day of the calendar has none after it."""
    return date.fromordinal(min(day.toordinal() - days, date.max.toordinal()))


def _needed(session: Session, placement: Placement) -> list[Needed]:
    facts = facts_of(placement.assignment, placement.volunteer)
    rules = _rules(session, placement, facts)
    asked = {rule.item for rule in rules}
    common = [
        _common(placement, code, [rule for rule in rules if rule.item == code])
        for code, item in ITEMS.items()
        if item.when <= facts or code in asked
    ]
    return [*common, *_own(placement, rules)]


def _common(placement: Placement, code: str, rules: list[ClearanceRule]) -> Needed:
    """Return an item of the common list; of all that is said about it the strictest counts."""
    item = ITEMS[code]
    vios = {"sending": placement.sending_vio_id, "receiving": placement.receiving_vio_id}
    return Needed(
        item=code,
        title="",
        owner=item.owner,
        checked_by_vio_id=vios[item.checked_by],
        is_mandatory=_is_mandatory(placement, code) or any(rule.is_mandatory for rule in rules),
        days_before=max([item.days_before, *(rule.days_before for rule in rules)]),
    )


def _is_mandatory(placement: Placement, code: str) -> bool:
    if code == TRAINING_ITEM:
        return placement.volunteer.vio.volunteer_training == "required"
    return ITEMS[code].is_mandatory


def _own(placement: Placement, rules: list[ClearanceRule]) -> Iterable[Needed]:
    """Return what the offices ask for themselves; one title is asked for once."""
    found: dict[str, Needed] = {}
    for rule in sorted(rules, key=lambda rule: (not rule.is_mandatory, -rule.days_before, rule.id)):
        if rule.item == OWN_ITEM:
            made = Needed(OWN_ITEM, rule.title, rule.owner, rule.vio_id, rule.is_mandatory, rule.days_before)
            found.setdefault(rule.title, made)
    return found.values()


def _rules(session: Session, placement: Placement, facts: frozenset[str]) -> list[ClearanceRule]:
    vios = (placement.sending_vio_id, placement.receiving_vio_id)
    query = select(ClearanceRule).where(
        ClearanceRule.vio_id.in_(vios),
        (ClearanceRule.lives_in.is_(None)) | (ClearanceRule.lives_in == placement.volunteer.residence),
        (ClearanceRule.works_in.is_(None)) | (ClearanceRule.works_in == placement.assignment.country),
        ClearanceRule.mode.in_(("any", "on_site" if "on_site" in facts else "online")),
    )
    return list(session.scalars(query.order_by(ClearanceRule.id)))
