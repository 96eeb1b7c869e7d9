"""Letters about safeguarding say that something waits, never what: mail is read by others."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp.models import User
from webapp.services.letters import write_letter
from webapp.words import lazy

SUBJECT = lazy("Something waits for you in Caravanserai")
SOON = lazy("Sign in and look at your first page. This letter says no more, as others may read your mail.")
AT_ONCE = lazy("Somebody calls for help. Sign in now and look at your first page. This letter says no more.")


def something_waits(session: Session, reader: User) -> None:
    """Tell a focal point to sign in."""
    write_letter(session, reader.email, str(SUBJECT), f"{SOON}\n")


def call_waits(session: Session, reader: User, is_urgent: bool) -> None:
    """Tell a focal point that a call for help waits."""
    write_letter(session, reader.email, str(SUBJECT), f"{AT_ONCE if is_urgent else SOON}\n")
