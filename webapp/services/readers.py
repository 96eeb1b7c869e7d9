"""Who reads a letter, and in which language: the account's own, else that of its VIO, else English."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.config import LANGUAGES
from webapp.models import User, Vio


@dataclass(frozen=True)
class Reader:
    """An address, the best known language of whoever reads there, and the account where there is one."""

    email: str
    language: str
    office: str  # the VIO for which is written; blank for administrators
    account_id: int | None = None


def with_account(account: User) -> Reader:
    """Return the reader behind an account."""
    known = account.locale if account.locale in LANGUAGES else None
    return Reader(account.email, known or _language(account.vio), _name(account.vio), account.id)


def without_account(email: str, vio: Vio | None) -> Reader:
    """Return somebody of whom only the address is known: the VIO's coordinators have chosen the language."""
    return Reader(email, _language(vio), _name(vio))


def _language(vio: Vio | None) -> str:
    return vio.language if vio else "en"


def _name(vio: Vio | None) -> str:
    return vio.name if vio else ""
