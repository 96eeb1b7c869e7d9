"""An administrator delegates a coordinator to some countries, to others, or to all again; it counts at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp import vocabulary
from webapp.models import User, Vio
from webapp.models.accounts import COORDINATOR
from webapp.services import audit
from webapp.services.correspondence import coordinators_of, write_to_account
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import ACCOUNT
from webapp.words import lazy

NOBODY_ELSE = lazy(
    "No other coordinator of this organization acts for all of it. Let another one do so first: they get what belongs "
    "to no country, and the letters about it."
)


def delegate(session: Session, actor: User, coordinator: User, countries: Collection[str]) -> User:
    """Let a coordinator act for these countries only; for all of the VIO where none is named."""
    if coordinator.role != COORDINATOR:
        raise NotFound
    new = chosen(countries)
    _hold(session, coordinator)
    before = list(coordinator.delegated)
    if new == before:
        return coordinator
    if new:
        check_stays_whole(session, coordinator, is_needed=True)
    coordinator.delegated = new
    audit.record(session, actor, "account_delegated", coordinator, countries=new, before=before)
    subject = lazy("The countries for which you act have changed")
    body = lazy("An administrator has changed for which countries you act. Sign in and open “My account” to see them.")
    write_to_account(session, coordinator, ACCOUNT, subject, body)
    return coordinator


def chosen(countries: Collection[str]) -> list[str]:
    """Return the codes of countries, each once; Refused where one is none."""
    if unknown := set(countries) - set(vocabulary.reference().countries):
        raise Refused(lazy("Choose countries from the list: %(codes)s is none.", codes=", ".join(sorted(unknown))))
    return sorted(set(countries))


def delegated(session: Session) -> list[User]:
    """Return the coordinators who act for some countries only, by organization."""
    query = select(User).where(User.role == COORDINATOR, User.active).options(selectinload(User.vio))
    return [one for one in session.scalars(query.order_by(User.vio_id, User.email)) if one.is_delegated]


def check_stays_whole(session: Session, leaving: User, is_needed: bool = False) -> None:
    """Raise Refused where the VIO's other coordinators are all delegated: nobody would see to the other countries.

    A VIO without any coordinator may be, unless one `is_needed`. Of two that leave at once, the second waits here and
    then sees the first gone.
    """
    if leaving.role != COORDINATOR or leaving.vio_id is None:
        return
    _hold(session, leaving)
    if leaving.is_delegated:
        return
    others = [one for one in _anew(session, leaving.vio_id) if one.id != leaving.id]
    if (others or is_needed) and all(one.is_delegated for one in others):
        raise Refused(NOBODY_ELSE)


def check_has_somebody_for_all(session: Session, coming: User) -> None:
    """Raise Refused where a coordinator with delegated countries would come back to a VIO without one for all of it."""
    if coming.role != COORDINATOR or coming.vio_id is None:
        return
    _hold(session, coming)
    if coming.is_delegated:
        check_is_whole(session, coming.vio_id)


def check_is_whole(session: Session, vio_id: int) -> None:
    """Raise Refused where nobody acts for all of a VIO."""
    _hold_vio(session, vio_id)
    if all(one.is_delegated for one in _anew(session, vio_id)):
        raise Refused(NOBODY_ELSE)


def _hold(session: Session, coordinator: User) -> None:
    """Wait for whoever changes who acts for all of the VIO, and read again what was changed meanwhile."""
    _hold_vio(session, coordinator.vio_id)
    session.refresh(coordinator, ["active", "delegated"])


def _hold_vio(session: Session, vio_id: int | None) -> None:
    session.execute(select(Vio.id).where(Vio.id == vio_id).with_for_update(key_share=True))


def _anew(session: Session, vio_id: int) -> Sequence[User]:
    found = coordinators_of(session, vio_id)
    for one in found:
        session.refresh(one, ["active", "delegated"])
    return found
