"""What of its VIO's work an account reaches: all of it or, where countries are delegated to it, what lies there.

An assignment lies in its country, a host in its own. What has no country yet, or is done online only, stays with those
to whom none is delegated. An application, an offer, a match, a placement and what hangs on it go with their assignment,
and that only where the VIO receives; people with the assignments to which something ties them (person_relations.py).
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from webapp import permissions
from webapp.models import Assignment, Host, User
from webapp.services.errors import NotFound
from webapp.services.relations import DELEGATED, OWN_VIO

ONLINE = "online"


def relation_to_work(account: User, work: Assignment) -> str | None:
    """Return whether it is of the account's VIO (own_vio), or so in a country delegated to the account (delegated)."""
    return _relation(account, work.vio_id, _lies_in(account, work.country, work.mode))


def relation_to_host(account: User, host: Host) -> str | None:
    """Return the same for a host organization."""
    return _relation(account, host.vio_id, _lies_in(account, host.country))


def may_know(account: User, about: Assignment | Host | None) -> bool:
    """Whether a coordinator of the VIO may be told of this; None: of something that is about all countries."""
    if about is None or not account.is_delegated:
        return not account.is_delegated
    relation = relation_to_host(account, about) if isinstance(about, Host) else relation_to_work(account, about)
    return relation is not None


def check_work(account: User, action: str, work: Assignment) -> None:
    """Raise NotFound unless the account reaches the assignment, and this gives its role the action."""
    if not permissions.may(action, account.role, relation_to_work(account, work)):
        raise NotFound


def of_vio(
    account: User, column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
) -> ColumnElement[bool]:
    """Return the condition of rows that are the whole VIO's: no row, where only some countries are delegated."""
    return false() if account.is_delegated else column == account.vio_id


def own_work(account: User) -> ColumnElement[bool]:
    """Return the condition of assignments that the account reaches."""
    mine = Assignment.vio_id == account.vio_id
    return and_(mine, _in_countries(account)) if account.is_delegated else mine


def own_hosts(account: User) -> ColumnElement[bool]:
    """Return the condition of hosts that the account reaches."""
    mine = Host.vio_id == account.vio_id
    return and_(mine, Host.country.in_(account.delegated)) if account.is_delegated else mine


def at_own_work(account: User, assignment_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Return the condition that a row's assignment is one that the account reaches."""
    return assignment_id.in_(select(Assignment.id).where(own_work(account)))


def _relation(account: User, vio_id: int, lies_in: bool) -> str | None:
    if account.vio_id is None or account.vio_id != vio_id:
        return None
    if not account.is_delegated:
        return OWN_VIO
    return DELEGATED if lies_in else None


def _lies_in(account: User, country: str | None, mode: str | None = None) -> bool:
    return country in account.delegated and mode != ONLINE


def _in_countries(account: User) -> ColumnElement[bool]:
    return and_(Assignment.country.in_(account.delegated), or_(Assignment.mode.is_(None), Assignment.mode != ONLINE))
