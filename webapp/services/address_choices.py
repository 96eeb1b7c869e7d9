"""Which letters an address without an account does without: of whoever is asked something and has not signed up."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import StoppedAddress
from webapp.services import audit
from webapp.services.errors import NotFound
from webapp.services.letter_kinds import KINDS
from webapp.services.one_time_links import hash_of


def mark_of(address: str) -> str:
    """Return what stands for an address in links and in the table, so that neither names it."""
    return hash_of(address.strip().casefold())


def is_off(session: Session, mark: str, kind: str) -> bool:
    """Whether an address has stopped a kind of letter; one that has to go is never off."""
    return KINDS[kind].may_stop and _kept(session, mark, kind) is not None


def choose(session: Session, mark: str, kind: str, *, is_wanted: bool) -> None:
    """Stop a kind of letter for an address, or let it come again; NotFound for what has to go."""
    check_may_stop(kind)
    kept = _kept(session, mark, kind)
    if is_wanted == (kept is None):
        return
    if kept is None:
        kept = StoppedAddress(address_hash=mark, kind=kind, stopped_at=clock.now())
        session.add(kept)
    audit.record(session, None, "letters_chosen", kept, kinds=[kind])
    if is_wanted:
        session.delete(kept)
    session.flush()


def check_may_stop(kind: str) -> None:
    """Raise NotFound where the letters of a kind have to go, or there is no such kind."""
    if kind not in KINDS or not KINDS[kind].may_stop:
        raise NotFound


def _kept(session: Session, mark: str, kind: str) -> StoppedAddress | None:
    query = select(StoppedAddress).where(StoppedAddress.address_hash == mark, StoppedAddress.kind == kind)
    return session.scalar(query)
