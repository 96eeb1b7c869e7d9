"""Accounts: making one for each role, and what belongs to the person's own settings."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import User


def keep_language(session: Session, account: User, language: str) -> None:
    """Remember the language in which the account reads."""
    account.locale = language
    session.flush()


def find_by_email(session: Session, email: str) -> User | None:
    """Return the account with this address, whatever its capitals."""
    return session.scalar(select(User).where(func.lower(User.email) == email.strip().lower()))


def create_account(session: Session, email: str, password_hash: str, role: str, **columns: Any) -> User:
    """Make a confirmed account: for commands and accepted invitations, where the address is known to be right."""
    account = User(
        email=email.strip().lower(),
        password=password_hash,
        role=role,
        active=True,
        fs_uniquifier=secrets.token_hex(32),
        created_at=clock.now(),
        confirmed_at=clock.now(),
        **columns,
    )
    session.add(account)
    session.flush()
    return account
