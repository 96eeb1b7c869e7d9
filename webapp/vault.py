"""Files that few may read: encrypted under DATA_KEY before they touch the disk."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from webapp.config import Config
from webapp.keys import fernet_key


class Unreadable(LookupError):
    """The file is gone, was changed, or lies under another DATA_KEY."""


class Vault:
    """A folder of encrypted files with random names."""

    def __init__(self, folder: Path, data_key: str) -> None:
        self._fernet, self._folder = Fernet(fernet_key("documents", data_key)), folder

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

    def take_over(self, name: str, older: Vault) -> bool:
        """Bring a file from under an older key under this one, whole or not at all; False where it is already."""
        try:
            self.get(name)
        except Unreadable:
            data = older.get(name)
        else:
            return False
        part = self._folder / f".{name}.part"
        part.touch(mode=0o600)
        with part.open("wb") as file:
            file.write(self._fernet.encrypt(data))
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._folder / name)
        return True


def documents_dir(config: Config) -> Path:
    """Return where documents of clearances lie."""
    return config.data_dir / "documents"


def vault_of(config: Config) -> Vault:
    """Return the vault of an installation."""
    return Vault(documents_dir(config), config.data_key)
