"""What follows when somebody adds a passkey or takes one away: a line in the trail, and a letter to the account."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp.models import User
from webapp.services import audit
from webapp.services.correspondence import write_to_account
from webapp.services.letter_kinds import ACCOUNT
from webapp.words import lazy


def note_added(session: Session, account: User, name: str) -> None:
    """Tell the account that a passkey can sign in with it from now on."""
    audit.record(session, account, "passkey_added", account)
    subject = lazy("A passkey was added to your account")
    body = lazy(
        "The passkey “%(name)s” can now be used when somebody signs in with your password. If it was not you who "
        "added it, change your password at once, delete the passkey on your account's page, and write to your "
        "administrator.",
        name=name,
    )
    write_to_account(session, account, ACCOUNT, subject, body)


def note_removed(session: Session, account: User, name: str) -> None:
    """Tell the account that a passkey opens nothing any more."""
    audit.record(session, account, "passkey_removed", account)
    subject = lazy("A passkey was deleted from your account")
    body = lazy(
        "The passkey “%(name)s” does not work any more. If it was not you who deleted it, change your password at "
        "once and write to your administrator.",
        name=name,
    )
    write_to_account(session, account, ACCOUNT, subject, body)
