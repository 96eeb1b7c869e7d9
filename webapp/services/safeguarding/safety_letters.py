"""Letters about safeguarding say that something waits, never what: mail is read by others."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp.models import User
from webapp.services.correspondence import write_to_account
from webapp.services.letter_kinds import SAFETY
from webapp.words import lazy

SUBJECT = lazy("Something waits for you in Caravanserai")
SOON = lazy("Sign in and look at your first page. This letter says no more, as others may read your mail.")
JOINED = lazy(
    "%(name)s is a safeguarding focal point of your organization from now on. If you do not know of this, ask who "
    "invited them: a focal point reads reports."
)
AT_ONCE = lazy("Somebody calls for help. Sign in now and look at your first page. This letter says no more.")


def something_waits(session: Session, reader: User) -> None:
    """Tell a focal point to sign in."""
    write_to_account(session, reader, SAFETY, SUBJECT, SOON)


def somebody_joined(session: Session, reader: User, name: str) -> None:
    """Tell a focal point of a new one, so that nobody gets in unseen."""
    write_to_account(session, reader, SAFETY, lazy("A new focal point"), lazy(JOINED.text, name=name))


def call_waits(session: Session, reader: User, is_urgent: bool) -> None:
    """Tell a focal point that a call for help waits."""
    write_to_account(session, reader, SAFETY, SUBJECT, AT_ONCE if is_urgent else SOON)
