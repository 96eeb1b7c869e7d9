"""Who reads of a bar: the coordinators and focal points of the VIO that decides, and the person it is about."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp import permissions
from webapp.models import Bar, BarAppeal, BarLikeness, User, Volunteer
from webapp.services.errors import NotFound, Refused
from webapp.services.relations import check_vio
from webapp.words import lazy

DECIDING = tuple(permissions.table().actions["bar.decide"].gives)  # the roles of those who decide


def check_decides(account: User, vio_id: int) -> None:
    """Raise NotFound unless the account is a coordinator or focal point of the VIO."""
    check_vio(account, "bar.decide", vio_id)


def bar_for(session: Session, account: User, bar_id: int) -> Bar:
    """Return a bar of the account's own VIO."""
    found = session.get(Bar, bar_id)
    if found is None:
        raise NotFound
    check_decides(account, found.vio_id)
    return found


def bars_of(session: Session, account: User) -> list[Bar]:
    """Return the VIO's bars: proposed ones first, then those that stand, the newest first."""
    query = select(Bar).where(Bar.vio_id == check_vio(account, "bar.decide", account.vio_id))
    query = query.options(selectinload(Bar.volunteer), selectinload(Bar.appeals))
    return list(session.scalars(query.order_by(Bar.state != "proposed", Bar.state != "standing", Bar.id.desc())))


def running_of(session: Session, volunteer: Volunteer) -> Bar | None:
    """Return the bar of a profile that is proposed or stands."""
    query = select(Bar).where(Bar.volunteer_id == volunteer.id, Bar.state.in_(("proposed", "standing")))
    return session.scalar(query)


def standing_for(session: Session, volunteer: Volunteer) -> Bar | None:
    """Return the bar that stops a profile: its own, or that of an earlier profile of the same person."""
    own = select(Bar).where(Bar.volunteer_id == volunteer.id, Bar.state == "standing")
    if (found := session.scalar(own)) is not None:
        return found
    likeness = likeness_of(session, volunteer)
    return likeness.bar if likeness else None


def likeness_of(session: Session, volunteer: Volunteer) -> BarLikeness | None:
    """Return what ties a profile to the standing bar of an earlier one."""
    query = select(BarLikeness).join(Bar, Bar.id == BarLikeness.bar_id)
    query = query.where(BarLikeness.volunteer_id == volunteer.id, BarLikeness.state == "same", Bar.state == "standing")
    return session.scalars(query.order_by(BarLikeness.id).limit(1)).first()


def knows_reason(session: Session, volunteer: Volunteer, bar: Bar) -> bool:
    """Whether the reason may be told to this profile: its own bar, or the same address, which was confirmed.

    A telephone number can be shared, and a colleague can err on a name: then only that a decision stands is told.
    """
    likeness = likeness_of(session, volunteer)
    return bar.volunteer_id == volunteer.id or (likeness is not None and "email" in likeness.kinds)


def appeals_of(session: Session, volunteer: Volunteer, bar: Bar) -> list[BarAppeal]:
    """Return what this profile said against the bar, newest first."""
    mine = (BarAppeal.bar_id == bar.id, BarAppeal.volunteer_id == volunteer.id)
    return list(session.scalars(select(BarAppeal).where(*mine).order_by(BarAppeal.id.desc())))


def check_stands(bar: Bar) -> None:
    """Raise Refused for a bar that is over, or not confirmed."""
    if bar.state != "standing":
        raise Refused(lazy("This bar is over. Nothing has to be decided any more."))


def took_part(account: User, bar: Bar) -> bool:
    """Whether the account proposed or confirmed the bar."""
    return account.id in (bar.proposed_by_id, bar.confirmed_by_id)


def check_took_no_part(account: User, bar: Bar) -> None:
    """Raise Refused for whoever proposed or confirmed the bar."""
    if took_part(account, bar):
        raise Refused(lazy("You took part in this decision. Somebody else of your office has to answer the appeal."))


def people_beside(session: Session, vio_id: int, without: Iterable[int | None]) -> list[User]:
    """Return the coordinators and focal points of a VIO who can still decide, without those named."""
    query = select(User).where(User.vio_id == vio_id, User.role.in_(DECIDING), User.active)
    gone = [one for one in without if one is not None]
    found = session.scalars(query.where(User.id.not_in(gone)).order_by(User.id))
    return [one for one in found if not one.is_delegated]  # a bar holds in all countries
