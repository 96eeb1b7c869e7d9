"""Tokens of links that are sent by mail: the letter has the token, the database only its hash."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable

Link = Callable[[str], str]  # token -> the whole address of the page behind it


def new_token() -> tuple[str, str]:
    """Return a token that nobody can guess, and its hash."""
    token = secrets.token_urlsafe(32)
    return token, hash_of(token)


def hash_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
