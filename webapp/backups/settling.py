"""Between loading a backup and putting it in its place: what must not come back with it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from webapp.backups.nightly import folder_of
from webapp.config import Config
from webapp.db import ONE_TRANSACTION, SESSION_FACTORY
from webapp.services import restored
from webapp.services.own_data.erasure import Folders
from webapp.services.own_data.erasure_notes import Erased, noted
from webapp.services.restored import ErasedAgain
from webapp.vault import documents_dir, lists_vault_of


def folders_of(config: Config) -> Folders:
    """Return where an installation keeps the files that go with a person, and the notes of who went."""
    return Folders(documents_dir(config), config.mail_dir, lists_vault_of(config), folder_of(config))


def erased_since(config: Config, file: Path, made_at: datetime) -> set[Erased]:
    """Return who was erased after a backup was made, as far as it is noted here or beside the file."""
    return {one for one in noted(folder_of(config)) | noted(file.parent) if one.at > made_at}


def settle(config: Config, engine: Engine, erased: set[Erased]) -> ErasedAgain:
    """Erase again and shut the doors in a loaded backup; `keep_key` was called before."""
    with SESSION_FACTORY(bind=engine) as session, session.begin():
        session.info[ONE_TRANSACTION] = True
        again = restored.erase_again(session, erased, folders_of(config))
        restored.shut_doors(session)
    return again
