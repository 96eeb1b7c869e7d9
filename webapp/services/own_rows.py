"""One row by its number, to an account whose own it is; to everybody else it answers as if it did not exist."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ExecutableOption

from webapp.models import Application, Assignment, Host, User, Volunteer
from webapp.services.delegations import own_hosts, own_work
from webapp.services.errors import NotFound
from webapp.services.person_relations import has_to_do
from webapp.services.stand_ins import BUILT, Plain

Row = TypeVar("Row")
_OWN_PROFILE = select(Volunteer).where(Volunteer.user_id == bindparam("account_id"))  # put together once
_NUMBER = bindparam("number", type_=Integer)


def volunteer_of(session: Session, account: User) -> Volunteer:
    """Return the account's own profile."""
    volunteer = session.scalar(_OWN_PROFILE, {"account_id": account.id})
    if volunteer is None:
        raise NotFound
    return volunteer


def vio_volunteer(session: Session, account: User, volunteer_id: int) -> Volunteer:
    """Return a volunteer of the coordinator's own VIO, where countries are delegated one who has to do with them."""
    return _one(session, _vio_volunteer(Plain.of(account)), volunteer_id)


def vio_host(session: Session, account: User, host_id: int) -> Host:
    """Return a host organization of the coordinator's VIO, in a country that the coordinator reaches."""
    return _one(session, select(Host).where(Host.id == host_id, own_hosts(account)))


def vio_assignment(
    session: Session, account: User, assignment_id: int, beside: Sequence[ExecutableOption] = ()
) -> Assignment:
    """Return an assignment of the coordinator's VIO that the coordinator reaches, and with it what `beside` says."""
    return _one(session, _vio_assignment(Plain.of(account), tuple(beside)), assignment_id)


def host_assignment(session: Session, account: User, assignment_id: int) -> Assignment:
    """Return an assignment of the account's organization."""
    mine = (Assignment.id == assignment_id, Assignment.host_id == account.host_id)
    return _one(session, select(Assignment).where(*mine))


def host_application(session: Session, account: User, application_id: int) -> Application:
    """Return an application to the account's organization; a withdrawn one is gone."""
    mine = (Application.id == application_id, Assignment.host_id == account.host_id, Application.state != "withdrawn")
    return _one(session, select(Application).join(Assignment).where(*mine))


def vio_application(session: Session, account: User, application_id: int) -> Application:
    """Return an application to such an assignment."""
    mine = (Application.id == application_id, own_work(account))
    return _one(session, select(Application).join(Assignment).where(*mine))


def own_application(session: Session, account: User, application_id: int) -> Application:
    """Return the volunteer's own application."""
    mine = (Application.id == application_id, Volunteer.user_id == account.id)
    return _one(session, select(Application).join(Volunteer).where(*mine))


@lru_cache(maxsize=BUILT)
def _vio_volunteer(plain: Plain) -> Select[Volunteer]:
    return select(Volunteer).where(Volunteer.id == _NUMBER, has_to_do(plain.stand_in()), Volunteer.erased_at.is_(None))


@lru_cache(maxsize=BUILT)
def _vio_assignment(plain: Plain, beside: tuple[ExecutableOption, ...]) -> Select[Assignment]:
    return select(Assignment).where(Assignment.id == _NUMBER, own_work(plain.stand_in())).options(*beside)


def _one(session: Session, query: Select[Row], number: int | None = None) -> Row:
    if (row := session.scalar(query, None if number is None else {"number": number})) is None:
        raise NotFound
    return row
