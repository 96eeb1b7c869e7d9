"""Whose answers, cards and references an account may open; everything else looks as if it did not exist."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from webapp import permissions
from webapp.models import Application, Reference, User
from webapp.services.delegations import relation_to_work
from webapp.services.errors import NotFound
from webapp.services.own_rows import own_application, vio_application
from webapp.services.relations import DELEGATED, OWN_PROFILE, OWN_VIO
from webapp.services.visibility import sight_of

HOLDS: dict[str, Callable[[User, Application], bool]] = {
    OWN_PROFILE: lambda account, application: application.volunteer.user_id == account.id,
    OWN_VIO: lambda account, application: relation_to_work(account, application.assignment) == OWN_VIO,
    DELEGATED: lambda account, application: relation_to_work(account, application.assignment) == DELEGATED,
}


def seen_application(session: Session, account: User, application_id: int) -> Application:
    """Return an application to the coordinator's VIO whose person may still be seen; answers and cards go with it."""
    found = vio_application(session, account, application_id)
    if not sight_of(session, account, found.volunteer, found.assignment).profile:
        raise NotFound
    return found


def seen_reference(session: Session, account: User, application_id: int, reference_id: int) -> Reference:
    """Return somebody named for an application that `seen_application` returns."""
    return _of(session, seen_application(session, account, application_id), reference_id)


def own_reference(session: Session, account: User, application_id: int, reference_id: int) -> Reference:
    """Return somebody whom the volunteer named; print the answer only where `answer.may_be_read`."""
    return _of(session, own_application(session, account, application_id), reference_id)


def may_read(account: User, application: Application, part: str) -> bool:
    """Whether the account may read a part (misconduct, scorecards, notes) of what recruitment holds of an applicant."""
    relation = permissions.held("recruitment.read", account.role, HOLDS, account, application)
    return part in permissions.fields("recruitment.read", account.role, relation)


def check_reads(account: User, application: Application, part: str) -> None:
    """Raise NotFound unless the account may read this part."""
    if not may_read(account, application, part):
        raise NotFound


def _of(session: Session, application: Application, reference_id: int) -> Reference:
    found = session.get(Reference, reference_id)
    if found is None or found.application_id != application.id:
        raise NotFound
    return found
