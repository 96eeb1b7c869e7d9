"""Files that few may read: encrypted under DATA_KEY before they touch the disk."""

from __future__ import annotations

import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from webapp.config import Config
from webapp.keys import fernet_key
from webapp.whole_files import write_whole


class Unreadable(LookupError):
    """The file is gone, was changed, or lies under another DATA_KEY."""


class Vault:
    """A folder of encrypted files with random names."""

    def __init__(self, folder: Path, data_key: str) -> None:
        self._fernet, self._folder = Fernet(fernet_key("documents", data_key)), folder

    def put(self, data: bytes) -> str:
        """Keep `data` and return the name under which it lies; it is on the disk before a row can name it."""
        name = secrets.token_hex(16)
        self._folder.mkdir(parents=True, exist_ok=True)
        write_whole(self.path_of(name), self._fernet.encrypt(data))
        return name

    def path_of(self, name: str) -> Path:
        """Return where the file of this name lies, within the folder whatever the name says."""
        return self._folder / Path(name).name

    def get(self, name: str) -> bytes:
        """Return what lies under `name`; Unreadable where it cannot be had as it was put in."""
        try:
            return self._fernet.decrypt(self.path_of(name).read_bytes())
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
        write_whole(self.path_of(name), self._fernet.encrypt(data))
        return True


def documents_dir(config: Config) -> Path:
    """Return where documents of clearances lie."""
    return config.data_dir / "documents"


def vault_of(config: Config) -> Vault:
    """Return the vault of an installation."""
    return Vault(documents_dir(config), config.data_key)


def lists_dir(config: Config) -> Path:
    """Return where lists that offices bring lie until they have come in."""
    return config.data_dir / "imports"


def lists_vault_of(config: Config) -> Vault:
    """Return where an installation keeps lists: they name as many people as the database does."""
    return Vault(lists_dir(config), config.data_key)
