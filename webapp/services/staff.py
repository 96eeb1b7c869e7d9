"""What an administrator does with accounts. Never profiles, matches or messages: names are shown of staff alone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from webapp.models import User
from webapp.models.accounts import ADMINISTRATOR
from webapp.services import audit, counting, signed_in
from webapp.services.correspondence import write_to_account
from webapp.services.delegating import check_has_somebody_for_all, check_stays_whole
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import ACCOUNT
from webapp.services.paging import Part, Start, part_of
from webapp.words import lazy

PAGE = 50


@dataclass(frozen=True)
class Search:
    """What the list of accounts is narrowed to; blank fields narrow nothing."""

    email: str = ""
    role: str = ""
    vio_id: int | None = None
    state: str = ""  # active, closed, unconfirmed


def find(session: Session, search: Search, start: Start) -> tuple[Part[User], int]:
    """Return a page of accounts by address, and how many there are, as `up_to_most` counts."""
    query = _narrowed(select(User), search)
    total = counting.up_to_most(session, query.with_only_columns(User.id))
    beside = [selectinload(User.vio)]
    return part_of(session, query, [func.lower(User.email)], User.id, start, PAGE, beside=beside), total


def _narrowed(query: Select[User], search: Search) -> Select[User]:
    if search.email.strip():
        query = query.where(func.lower(User.email).contains(search.email.strip().lower(), autoescape=True))
    if search.role:
        query = query.where(User.role == search.role)
    if search.vio_id:
        query = query.where(User.vio_id == search.vio_id)
    if search.state == "unconfirmed":
        query = query.where(User.confirmed_at.is_(None))
    elif search.state:
        query = query.where(User.active.is_(search.state == "active"))
    return query


def account(session: Session, account_id: int) -> User:
    """Return one account."""
    found = session.get(User, account_id)
    if found is None:
        raise NotFound
    return found


def close(session: Session, actor: User, account_id: int) -> User:
    """Close an account: whoever is signed in with it is signed out at once."""
    closed = account(session, account_id)
    if closed.id == actor.id:
        raise Refused(lazy("You cannot close your own account. Ask another administrator."))
    others = select(func.count()).where(User.role == ADMINISTRATOR, User.active, User.id != closed.id)
    if closed.role == ADMINISTRATOR and not session.scalar(others):
        raise Refused(lazy("This is the last administrator. Invite another one first."))
    check_stays_whole(session, closed)
    closed.active = False
    end_sessions(session, closed)
    audit.record(session, actor, "account_closed", closed)
    return closed


def reopen(session: Session, actor: User, account_id: int) -> User:
    """Open a closed account again; the password stays. NotFound where its person had everything deleted.

    Refused for a coordinator with delegated countries where nobody acts for all of the VIO.
    """
    opened = account(session, account_id)
    if opened.is_erased:
        raise NotFound
    check_has_somebody_for_all(session, opened)
    opened.active = True
    audit.record(session, actor, "account_reopened", opened)
    return opened


def forget_second_factor(session: Session, actor: User, account_id: int) -> User:
    """Take away a second step whose phone and codes are lost, and tell the person; staff set up a new one."""
    freed = account(session, account_id)
    freed.tf_primary_method = freed.tf_totp_secret = freed.tf_phone_number = None
    freed.mf_recovery_codes = None
    freed.webauthn.clear()
    end_sessions(session, freed)
    audit.record(session, actor, "second_factor_forgotten", freed)
    subject = lazy("The second step of your account was turned off")
    body = lazy(
        "An administrator turned off the code and the passkeys that you used to sign in with, since they and the "
        "recovery codes were said to be lost. If you did not ask for this, write to your administrator at once."
    )
    write_to_account(session, freed, ACCOUNT, subject, body)
    return freed


def end_sessions(session: Session, ended: User) -> None:
    """Sign an account out of every browser."""
    ended.fs_uniquifier = secrets.token_hex(32)
    signed_in.end_all(session, ended)
    session.flush()
