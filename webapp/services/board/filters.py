"""Filters of the board that somebody keeps under a name."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import SavedFilter, User
from webapp.services.errors import NotFound, Refused
from webapp.words import lazy

MOST, LONGEST_NAME, LONGEST_QUERY = 20, 60, 500


def filters_of(session: Session, account: User) -> list[SavedFilter]:
    """Return the account's own filters by name."""
    return list(session.scalars(select(SavedFilter).where(SavedFilter.account_id == account.id).order_by("name")))


def keep(session: Session, account: User, name: str, query: str) -> SavedFilter:
    """Keep a filter under a name; one of the same name is replaced."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused(lazy("Give the filter a name of at most %(most)s characters.", most=LONGEST_NAME))
    if not 0 < len(query) <= LONGEST_QUERY:
        raise Refused(lazy("Narrow the board first, then keep the filter."))
    kept = filters_of(session, account)
    found = next((one for one in kept if one.name == name), None)
    if found is None:
        if len(kept) >= MOST:
            raise Refused(lazy("You keep %(most)s filters already. Remove one first.", most=MOST))
        found = SavedFilter(account_id=account.id, name=name, query=query, created_at=clock.now())
        session.add(found)
    found.query = query
    session.flush()
    return found


def remove(session: Session, account: User, filter_id: int) -> None:
    """Forget a filter; NotFound for somebody else's."""
    found = session.get(SavedFilter, filter_id)
    if found is None or found.account_id != account.id:
        raise NotFound
    session.delete(found)
    session.flush()
