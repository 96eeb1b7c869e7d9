"""Registering oneself: as a volunteer with a profile and consents, or for a host organization."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Host, User, Vio, Volunteer
from webapp.models.accounts import HOST, VOLUNTEER
from webapp.models.consents import ABROAD, MATCHING
from webapp.services import audit, consents, ranking
from webapp.services.bars import likenesses
from webapp.services.errors import Refused
from webapp.words import lazy

WAYS = (VOLUNTEER, HOST)
HOW = "on the registration page"


@dataclass(frozen=True)
class Registration:
    """What a person says of themselves when they register; blank where it belongs to the other way."""

    role: str
    vio_id: int
    locale: str
    full_name: str = ""
    call_me: str = ""
    is_adult: bool = False
    consent_matching: bool = False
    consent_abroad: bool = False
    organization: str = ""
    own_name: str = ""


def open_vios(session: Session) -> list[Vio]:
    """Return the VIOs with which people may register themselves, by name."""
    return list(session.scalars(select(Vio).where(Vio.is_open).order_by(Vio.name)))


def account_columns(session: Session, registration: Registration) -> dict[str, Any]:
    """Return the columns of the new account; a host organization gets its row now, since the account points to it."""
    if registration.role not in WAYS:
        raise Refused(lazy("One can register as a volunteer or for a host organization."))
    vio = session.get(Vio, registration.vio_id)
    if vio is None or not vio.is_open:
        raise Refused(lazy("This organization takes no registrations now. Choose another one."))
    columns = {"role": registration.role, "vio_id": vio.id, "locale": registration.locale}
    if registration.role == HOST:
        host = _new_host(session, registration)
        columns |= {"host_id": host.id, "display_name": registration.own_name}
    return columns


def _new_host(session: Session, registration: Registration) -> Host:
    now = clock.now()
    host = Host(
        vio_id=registration.vio_id,
        name=registration.organization,
        contact_name=registration.own_name,
        created_at=now,
        updated_at=now,
    )
    session.add(host)
    session.flush()
    return host


def complete(session: Session, account: User, registration: Registration) -> None:
    """Make what belongs to the new account: the profile with its consents, or the organization's address."""
    session.flush()
    audit.record(session, account, "registered", account, role=account.role)
    if account.role == HOST:
        session.get_one(Host, account.host_id).contact_email = account.email
        return
    volunteer = new_profile(session, account, registration.full_name, registration.call_me, registration.is_adult)
    give_consents(session, account, volunteer, HOW, registration.consent_matching, registration.consent_abroad)


def new_profile(session: Session, account: User, full_name: str, call_me: str, is_adult: bool) -> Volunteer:
    """Make the empty profile of a volunteer; nobody under 18 gets one."""
    if not is_adult:
        raise Refused(lazy("This service is for people who are 18 or over."))
    now = clock.now()
    volunteer = Volunteer(
        vio_id=account.vio_id,
        user_id=account.id,
        full_name=full_name,
        call_me=call_me or None,
        email=account.email,
        is_adult=True,
        created_at=now,
        updated_at=now,
    )
    session.add(volunteer)
    session.flush()
    return volunteer


def give_consents(
    session: Session, account: User, volunteer: Volunteer, how: str, matching: bool, abroad: bool
) -> None:
    """Record the consents that were given, each by itself; abroad only beside matching."""
    if matching:
        consents.give(session, account, volunteer, MATCHING, how)
    if matching and abroad:
        consents.give(session, account, volunteer, ABROAD, how)


def welcome(session: Session, account: User) -> None:
    """Rank a volunteer who has just confirmed the address; only now it is known whose address it is."""
    if account.volunteer is not None:
        likenesses.look(session, account.volunteer.vio_id, [account.volunteer])
        ranking.rank_volunteer(session, account.volunteer)
