"""A backup whose contents somebody changed: it is refused in words, and what is there stays."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.databases import settings
from tests.factories import make_user, make_vio
from tests.passkeys import Token
from tests.webapp.test_backups import NOW, SETTINGS
from webapp.backups import rows
from webapp.backups.archive import MANIFEST, BadBackup, Reader
from webapp.backups.making import make
from webapp.backups.restoring import restore, verify
from webapp.config import Config
from webapp.db import make_engine, own_session
from webapp.models import Passkey, Vio
from webapp.vault import vault_of

Change = Callable[[dict[str, Any], dict[str, bytes]], None]


@pytest.fixture
def place(own_engine: Engine, tmp_path: Path) -> Config:
    """Return the settings of an installation with offices, an account with a passkey, and a document."""
    config = settings("test", tmp_path / "here", own_engine.url.render_as_string(hide_password=False))
    with own_session() as session:
        Token().kept_for(session, make_user(session, "administrator"))
        for name in ("One", "Two", "Three"):
            make_vio(session, name=name)
    vault_of(config).put(b"a passport")
    return config


@pytest.fixture
def backup(place: Config, own_engine: Engine, tmp_path: Path) -> Path:
    """Return a whole backup of it."""
    make(place, own_engine, tmp_path / "whole.zip", NOW, "1")
    return tmp_path / "whole.zip"


def _changed(path: Path, change: Change, *, sums: bool = True) -> Path:
    """Change manifest and members of a backup, whose sums then are right again, unless they shall not."""
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    manifest = json.loads(members.pop(MANIFEST))
    before = dict(members)
    change(manifest, members)
    if sums:
        manifest["sums"] |= {
            name: hashlib.sha256(data).hexdigest() for name, data in members.items() if before.get(name) != data
        }
    out = path.with_name("changed.zip")
    with zipfile.ZipFile(out, "w") as new:
        for name, data in members.items():
            new.writestr(name, data)
        new.writestr(MANIFEST, json.dumps(manifest))
    return out


def _of_a_newer_form(manifest: dict[str, Any], _members: dict[str, bytes]) -> None:
    manifest["format"] = 2


def _of_a_newer_schema(manifest: dict[str, Any], _members: dict[str, bytes]) -> None:
    manifest["revision"] = "9999"


def _with_more_inside(_manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    members["tables/smuggled"] = b"[]"


def _with_another_table(manifest: dict[str, Any], _members: dict[str, bytes]) -> None:
    manifest["rows"]["smuggled"] = 1


def _with_a_row_too_few(manifest: dict[str, Any], _members: dict[str, bytes]) -> None:
    manifest["rows"]["vio"] += 1


def _with_another_word(_manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    members["tables/vio"] = members["tables/vio"].replace(b"One", b"Own")


def _outside_its_folder(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    name = "files/documents/../../outside"
    members[name] = b"x"
    manifest["sums"][name] = hashlib.sha256(b"x").hexdigest()


CHANGES: tuple[tuple[Change, bool, str], ...] = (
    (_of_a_newer_form, True, "newer version"),
    (_of_a_newer_schema, True, "newer version of Caravanserai"),
    (_with_more_inside, False, "other contents than it says: tables/smuggled"),
    (_with_another_table, True, "differ in: smuggled"),
    (_with_a_row_too_few, True, r"vio: \d rows arrived of \d"),
    (_with_another_word, False, "tables/vio in the backup was changed"),
    (_outside_its_folder, True, "has no place in DATA_DIR"),
)


def test_what_was_changed_is_refused_and_what_is_there_stays(place: Config, backup: Path) -> None:
    with own_session() as session:
        make_vio(session, name="Made later")
    for change, sums, words in CHANGES:
        changed = _changed(backup, change, sums=sums)
        with pytest.raises(BadBackup, match=words), closing(Reader(changed)) as reader:
            restore(place, reader, SETTINGS)
        with own_session() as session:
            assert "Made later" in set(session.scalars(select(Vio.name)))
    assert not list(place.data_dir.parent.rglob("outside"))


def test_a_row_that_names_another_that_is_not_there_does_not_verify(backup: Path, tmp_path: Path) -> None:
    def orphan(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
        manifest["rows"]["user"] = 0
        members["tables/user"] = b""

    with closing(Reader(_changed(backup, orphan))) as reader, pytest.raises(BadBackup, match="names one of user"):
        verify(reader, tmp_path, SETTINGS)


def test_bytes_come_back_as_they_were_however_few_rows_are_read_at_once(
    place: Config, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "READ_AT_ONCE", 1)
    with own_session() as session:
        (before,) = session.scalars(select(Passkey)).all()
        key = before.credential_id, before.public_key
    there = settings("test", tmp_path / "there", f"sqlite:///{tmp_path}/there.db")
    with closing(Reader(backup)) as reader:
        restore(there, reader, SETTINGS)
    engine = make_engine(there.database_url)
    with Session(engine) as session:
        (after,) = session.scalars(select(Passkey)).all()
        assert (after.credential_id, after.public_key) == key
        assert {"One", "Two", "Three"} <= set(session.scalars(select(Vio.name)))
    engine.dispose()
