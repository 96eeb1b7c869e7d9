"""Which letters an account does without, and which it wants once a week. Nothing chosen: each letter goes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import LetterChoice, User
from webapp.services import audit
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import KINDS, kinds_of
from webapp.words import lazy

OFF, WEEKLY, EACH = "off", "weekly", "each"
MONDAY = 0


def is_off(session: Session, account_id: int | None, kind: str) -> bool:
    """Whether an account has stopped a kind of letter; one that has to go is never off."""
    return KINDS[kind].may_stop and _choice(session, account_id, kind) == OFF


def is_day(session: Session, account: User, kind: str, today: date) -> bool:
    """Whether a kind that may come daily goes to an account today: each day, or on Mondays for whom that is enough."""
    return today.weekday() == MONDAY or _choice(session, account.id, kind) != WEEKLY


def choices_of(session: Session, account: User) -> dict[str, str]:
    """Return what the account has chosen for each kind that it may stop."""
    kinds = kinds_of(account.role, may_stop=True)
    query = select(LetterChoice.kind, LetterChoice.choice).where(LetterChoice.user_id == account.id)
    return dict.fromkeys(kinds, EACH) | {kind: choice for kind, choice in session.execute(query) if kind in kinds}


def choose(session: Session, account: User, wanted: Mapping[str, str]) -> list[str]:
    """Keep what an account wants of each kind; return which kinds changed. Refused for what has to go."""
    before = choices_of(session, account)
    changed = [kind for kind, choice in wanted.items() if before.get(kind) != choice]
    for kind in changed:
        _keep(session, account, kind, wanted[kind])
    if changed:
        audit.record(session, account, "letters_chosen", account, account.vio_id, kinds=sorted(changed))
    session.flush()
    return changed


def account_behind(session: Session, account_id: int, kind: str) -> User:
    """Return the account behind the link of a letter; NotFound where it is closed, or gets no such letters to stop."""
    account = session.get(User, account_id)
    if account is None or not account.active or kind not in kinds_of(account.role, may_stop=True):
        raise NotFound
    return account


def _keep(session: Session, account: User, kind: str, choice: str) -> None:
    if kind not in kinds_of(account.role, may_stop=True):
        raise Refused(lazy("These letters have to go. The page on your letters says why."))
    if choice not in (EACH, OFF) and not (choice == WEEKLY and KINDS[kind].is_often):
        raise Refused(lazy("Choose one of the answers that stand beside it."))
    kept = session.get(LetterChoice, (account.id, kind))
    if choice == EACH:
        if kept is not None:
            session.delete(kept)
    elif kept is None:
        session.add(LetterChoice(user_id=account.id, kind=kind, choice=choice, chosen_at=clock.now()))
    else:
        kept.choice, kept.chosen_at = choice, clock.now()


def _choice(session: Session, account_id: int | None, kind: str) -> str | None:
    return session.scalar(
        select(LetterChoice.choice).where(LetterChoice.user_id == account_id, LetterChoice.kind == kind)
    )
