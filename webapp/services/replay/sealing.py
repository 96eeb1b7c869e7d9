"""What lies closed in the database: compressed, then encrypted under DATA_KEY, so that nobody changes it unseen."""

from __future__ import annotations

import hashlib
import hmac
import json
import zlib
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy.orm import Session

from webapp.keys import fernet_key

USE = "inputs of runs"


class Unreadable(ValueError):
    """It was changed after it was closed, or lies under another DATA_KEY."""


class Seal:
    """Closes and opens under one DATA_KEY."""

    def __init__(self, data_key: str) -> None:
        key = fernet_key(USE, data_key)
        self._fernet, self._mark = Fernet(key), hashlib.sha256(b"digest " + key).digest()

    def close(self, text: str) -> str:
        """Return `text` closed."""
        return self._fernet.encrypt(zlib.compress(text.encode())).decode()

    def open(self, sealed: str) -> str:
        """Return what was closed; Unreadable where it cannot be had as it was."""
        try:
            return zlib.decompress(self._fernet.decrypt(sealed.encode())).decode()
        except (InvalidToken, zlib.error, ValueError) as error:
            raise Unreadable from error

    def digest(self, text: str) -> str:
        """Return by what a text is found again; without the key nobody can try out what it may have been."""
        return hmac.new(self._mark, text.encode(), "sha256").hexdigest()


def seal_of(session: Session) -> Seal:
    """Return the seal of the installation."""
    return Seal(session.info.get("data_key", ""))


def canonical(value: Any) -> str:
    """Return JSON that is the same for the same value, whatever order its keys came in."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """Return the SHA-256 of a text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
