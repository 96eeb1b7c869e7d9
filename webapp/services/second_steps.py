"""What is asked for after the password works once, also for two who come at the same moment; changes are told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, true, update
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Passkey, User
from webapp.services import audit
from webapp.services.correspondence import write_to_account
from webapp.services.letter_kinds import ACCOUNT
from webapp.words import Words, joined, lazy

NOT_YOU = lazy("If it was not you, change your password at once, and write to your administrator.")


def take_code(session: Session, account: User, step: int, *, is_new_key: bool) -> bool:
    """Take the code of a step of 30 seconds; False where it, or a later one of the same key, was taken already.

    One statement: of two who send the same code at once, the second finds it taken.
    """
    is_free = true() if is_new_key else or_(User.tf_last_step.is_(None), User.tf_last_step < step)
    taken = update(User).where(User.id == account.id, is_free).values(tf_last_step=step)
    found = session.execute(taken, execution_options={"synchronize_session": False})
    return bool(found.rowcount)  # type: ignore[attr-defined]


def hold_recovery_codes(session: Session, account: User) -> None:
    """Read the codes that are left, and let nobody else use one until this is stored."""
    session.refresh(account, ["mf_recovery_codes"], with_for_update=True)


def is_used_since(session: Session, passkey: Passkey, asked_at: datetime) -> bool:
    """Whether the passkey was used after it was asked for; nobody else uses it until this is stored.

    A use that seems to lie ahead tells nothing: the clock was set back.
    """
    session.refresh(passkey, ["lastuse_datetime"], with_for_update=True)
    return asked_at < passkey.lastuse_datetime <= clock.now()


def note_code_set_up(session: Session, account: User) -> None:
    """Tell the account that a code of an app is asked for from now on, or that of another app."""
    subject = lazy("A code was set up for your account")
    body = lazy("From now on a code of this authenticator app is asked for after your password. No other app works.")
    _note(session, account, "code_set_up", subject, body)


def note_code_turned_off(session: Session, account: User) -> None:
    """Tell the account that no code of an app is asked for any more."""
    subject = lazy("The code of your account was turned off")
    body = lazy("From now on no code of an authenticator app is asked for after your password.")
    _note(session, account, "code_turned_off", subject, body)


def note_recovery_codes(session: Session, account: User) -> None:
    """Tell the account that there are new recovery codes."""
    subject = lazy("New recovery codes were made for your account")
    body = lazy("The recovery codes that you had before do not work any more.")
    _note(session, account, "recovery_codes_made", subject, body)


def _note(session: Session, account: User, action: str, subject: Words, body: Words) -> None:
    audit.record(session, account, action, account)
    write_to_account(session, account, ACCOUNT, subject, joined([body, NOT_YOU]))
