"""Which account an outside provider's word opens: one that is here already, and was joined to it with its password."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import LinkedIdentity, User
from webapp.models.accounts import STAFF, VOLUNTEER
from webapp.services import audit
from webapp.services.accounts import find_by_email
from webapp.services.correspondence import write_to_account
from webapp.services.letter_kinds import ACCOUNT
from webapp.words import lazy

ROLES = (*STAFF, VOLUNTEER)


def account_of(session: Session, issuer: str, subject: str) -> User | None:
    """Return the account that is joined to the provider's account, where it is open."""
    joined = LinkedIdentity.issuer == issuer, LinkedIdentity.subject == subject
    account = session.scalar(select(User).join(LinkedIdentity, LinkedIdentity.user_id == User.id).where(*joined))
    return account if account is not None and account.active else None


def account_to_join(session: Session, issuer: str, subject: str, email: str) -> User | None:
    """Return the account with an address of which the provider says that it is the person's; none is ever made."""
    account = find_by_email(session, email)
    if account is None or account.role not in ROLES or not account.active or account.confirmed_at is None:
        return None
    return None if joined_to(session, account, issuer) or _is_taken(session, issuer, subject) else account


def joined_to(session: Session, account: User, issuer: str) -> LinkedIdentity | None:
    """Return how an account is joined to the provider."""
    own = LinkedIdentity.user_id == account.id, LinkedIdentity.issuer == issuer
    return session.scalar(select(LinkedIdentity).where(*own))


def join(session: Session, account: User, issuer: str, subject: str) -> None:
    """Join an account to the provider's, once its password was given; tell the person. Does nothing the second time."""
    if joined_to(session, account, issuer) or _is_taken(session, issuer, subject):
        return
    session.add(LinkedIdentity(user_id=account.id, issuer=issuer, subject=subject, linked_at=clock.now()))
    audit.record(session, account, "identity_joined", account)
    subject_line = lazy("Your account can be opened by single sign-on")
    body = lazy(
        "From now on you can sign in by your account with %(issuer)s. If it was not you who joined the two, change "
        "your password at once, end this on your account's page, and write to your administrator.",
        issuer=issuer,
    )
    write_to_account(session, account, ACCOUNT, subject_line, body)


def part(session: Session, account: User, issuer: str) -> None:
    """Let the provider's word open the account no more."""
    joined = joined_to(session, account, issuer)
    if joined is not None:
        session.delete(joined)
        audit.record(session, account, "identity_parted", account)


def _is_taken(session: Session, issuer: str, subject: str) -> bool:
    joined = LinkedIdentity.issuer == issuer, LinkedIdentity.subject == subject
    return session.scalar(select(LinkedIdentity.id).where(*joined)) is not None
