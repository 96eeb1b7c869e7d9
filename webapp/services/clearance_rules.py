"""What a VIO adds to the common list of clearances. A rule holds for lists that are made after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import ClearanceRule, User
from webapp.models.clearances import OWN_ITEM
from webapp.services import audit
from webapp.services.clearance_items import ITEMS
from webapp.services.errors import NotFound, Refused
from webapp.services.relations import check_vio
from webapp.words import lazy


def rules_of(session: Session, account: User) -> list[ClearanceRule]:
    """Return what the account's VIO adds."""
    query = select(ClearanceRule).where(ClearanceRule.vio_id == account.vio_id)
    return list(session.scalars(query.order_by(ClearanceRule.works_in, ClearanceRule.lives_in, ClearanceRule.id)))


def add(session: Session, account: User, parts: Mapping[str, Any]) -> ClearanceRule:
    """Add a rule; `parts` has item, title, owner, lives_in, works_in, mode, is_mandatory, days_before."""
    vio_id = check_vio(account, "country.keep", account.vio_id)
    is_own = parts["item"] == OWN_ITEM
    if not is_own and parts["item"] not in ITEMS:
        raise Refused(lazy("Choose what is asked for."))
    if is_own and not parts["title"].strip():
        raise Refused(lazy("Say what you ask for, in a few words."))
    rule = ClearanceRule(vio_id=vio_id, created_at=clock.now(), **parts)
    rule.title = rule.title.strip() if is_own else ""
    session.add(rule)
    audit.record(session, account, "clearance_rule_added", rule, item=rule.item)
    return rule


def remove(session: Session, account: User, rule_id: int) -> None:
    """Take a rule away; lists that were made keep their items."""
    found = session.get(ClearanceRule, rule_id)
    if found is None:
        raise NotFound
    check_vio(account, "country.keep", found.vio_id)
    audit.record(session, account, "clearance_rule_removed", found, item=found.item)
    session.delete(found)
