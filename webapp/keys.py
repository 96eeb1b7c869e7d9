"""What is made of DATA_KEY: each use has a key of its own, so that none tells anything of another."""

from __future__ import annotations

import base64
import hashlib


def fernet_key(use: str, data_key: str) -> bytes:
    """Return the key for one use (`documents`, `recovery codes`), as Fernet takes it."""
    return base64.urlsafe_b64encode(hashlib.sha256(f"{use} {data_key}".encode()).digest())


def totp_secrets(data_key: str) -> dict[str, str]:
    """Return under what the secrets of second steps lie in the database."""
    return {"1": data_key}
