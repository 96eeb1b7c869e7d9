"""One row by its number, to an account whose own it is; to everybody else it answers as if it did not exist."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from webapp.models import Application, Assignment, Host, User, Volunteer
from webapp.services.errors import NotFound

Row = TypeVar("Row")


def volunteer_of(session: Session, account: User) -> Volunteer:
    """Return the account's own profile."""
    volunteer = session.scalar(select(Volunteer).where(Volunteer.user_id == account.id))
    if volunteer is None:
        raise NotFound
    return volunteer


def vio_volunteer(session: Session, account: User, volunteer_id: int) -> Volunteer:
    """Return a volunteer of the coordinator's own VIO."""
    return _one(
        session,
        select(Volunteer).where(
            Volunteer.id == volunteer_id, Volunteer.vio_id == account.vio_id, Volunteer.erased_at.is_(None)
        ),
    )


def vio_host(session: Session, account: User, host_id: int) -> Host:
    """Return a host organization of the coordinator's VIO."""
    return _one(session, select(Host).where(Host.id == host_id, Host.vio_id == account.vio_id))


def vio_assignment(session: Session, account: User, assignment_id: int) -> Assignment:
    """Return an assignment of the coordinator's VIO."""
    return _one(session, select(Assignment).where(Assignment.id == assignment_id, Assignment.vio_id == account.vio_id))


def host_assignment(session: Session, account: User, assignment_id: int) -> Assignment:
    """Return an assignment of the account's organization."""
    mine = (Assignment.id == assignment_id, Assignment.host_id == account.host_id)
    return _one(session, select(Assignment).where(*mine))


def host_application(session: Session, account: User, application_id: int) -> Application:
    """Return an application to the account's organization; a withdrawn one is gone."""
    mine = (Application.id == application_id, Assignment.host_id == account.host_id, Application.state != "withdrawn")
    return _one(session, select(Application).join(Assignment).where(*mine))


def vio_application(session: Session, account: User, application_id: int) -> Application:
    """Return an application to an assignment of the coordinator's VIO."""
    mine = (Application.id == application_id, Assignment.vio_id == account.vio_id)
    return _one(session, select(Application).join(Assignment).where(*mine))


def own_application(session: Session, account: User, application_id: int) -> Application:
    """Return the volunteer's own application."""
    mine = (Application.id == application_id, Volunteer.user_id == account.id)
    return _one(session, select(Application).join(Volunteer).where(*mine))


def _one(session: Session, query: Select[Row]) -> Row:
    if (row := session.scalar(query)) is None:
        raise NotFound
    return row
