"""Sensitive facts are kept only while the person agrees: papers, words of clearances, the card, conditions of life."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp.models import User, Volunteer
from webapp.models.consents import SENSITIVE
from webapp.services import consents
from webapp.services.errors import Refused
from webapp.services.locks import hold
from webapp.words import lazy


class NotAgreed(Refused):
    """The person has not agreed that such facts are kept."""


def is_agreed(session: Session, volunteer: Volunteer) -> bool:
    """Whether the consent stands."""
    return consents.standing(session, volunteer, SENSITIVE) is not None


def check_agreed(session: Session, account: User | None, volunteer: Volunteer) -> None:
    """Raise NotAgreed, with what to do, unless the consent stands. Taking it back waits until the fact is stored."""
    hold(session, volunteer)
    if is_agreed(session, volunteer):
        return
    if account is not None and account.id != volunteer.user_id:
        raise NotAgreed(
            lazy(
                "The volunteer has not agreed yet that such facts are kept, so nothing was stored. Ask them to tick it "
                "when they hand something in, or under “Your consents”; then send this again."
            )
        )
    raise NotAgreed(
        lazy(
            "We keep such facts only if you agree. Read what it means, tick it, and send this again. "
            "What you wrote is still here; a file has to be chosen again."
        )
    )
