"""Files that few may read: encrypted under DATA_KEY before they touch the disk."""

from __future__ import annotations

import base64
import hashlib
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from webapp.config import Config


class Unreadable(LookupError):
    """The file is gone, was changed, or lies under another DATA_KEY."""


class Vault:
    """A folder of encrypted files with random names."""

    def __init__(self, folder: Path, data_key: str) -> None:
        digest = hashlib.sha256(f"documents {data_key}".encode()).digest()
        self._fernet, self._folder = Fernet(base64.urlsafe_b64encode(digest)), folder

    def put(self, data: bytes) -> str:
        """Keep `data` and return the name under which it lies."""
        name = secrets.token_hex(16)
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / name
        path.touch(mode=0o600)
        path.write_bytes(self._fernet.encrypt(data))
        return name

    def get(self, name: str) -> bytes:
        """Return what lies under `name`; Unreadable where it cannot be had as it was put in."""
        try:
            return self._fernet.decrypt((self._folder / Path(name).name).read_bytes())
        except (OSError, InvalidToken) as error:
            raise Unreadable(name) from error


def documents_dir(config: Config) -> Path:
    """Return where documents of clearances lie."""
    return config.data_dir / "documents"


def vault_of(config: Config) -> Vault:
    """Return the vault of an installation."""
    return Vault(documents_dir(config), config.data_key)
