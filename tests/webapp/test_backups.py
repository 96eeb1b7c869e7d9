"""Backups: what comes back is what was there, from either database into either, and half of one is never taken."""

from __future__ import annotations

import shutil
import threading
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from tests.databases import DATA_KEY, migrate, postgresql_database, settings
from tests.factories import make_application, make_assignment, make_vio, make_volunteer
from webapp.backups import nightly
from webapp.backups.archive import BadBackup, Reader
from webapp.backups.making import NotReady, make
from webapp.backups.restoring import restore, verify
from webapp.config import Config
from webapp.db import make_engine, own_session
from webapp.models import Vio, Volunteer
from webapp.schema_steps import alembic_config
from webapp.vault import vault_of

SETTINGS = partial(alembic_config, data_key=DATA_KEY)
NOW = datetime(2026, 11, 26, 3, 37, tzinfo=UTC)


@pytest.fixture
def place(own_engine: Engine, tmp_path: Path) -> Config:
    """Return the settings of an installation with rows of many kinds, and a document."""
    config = settings("test", tmp_path / "here", own_engine.url.render_as_string(hide_password=False))
    with own_session() as session:
        work = make_assignment(session, title="Wasser für Nguyễn 水 ماء 🌊\n\"'\\")
        make_application(session, make_volunteer(session, work.vio, full_name="Ольга ابن"), work)
    vault_of(config).put(b"a passport")
    return config


@contextmanager
def _empty(kind: str, folder: Path, postgres_url: str) -> Iterator[Config]:
    """Yield the settings of an installation without a database of its own yet."""
    if kind == "sqlite":
        yield settings("test", folder, f"sqlite:///{folder}/caravanserai.db")
        return
    with postgresql_database(postgres_url, f"caravanserai_{uuid.uuid4().hex[:12]}") as url:
        yield settings("test", folder, url)


def _backup(config: Config, path: Path) -> Path:
    with closing_engine(config) as engine:
        make(config, engine, path, NOW, "1")
    return path


@contextmanager
def closing_engine(config: Config) -> Iterator[Engine]:
    """Yield an engine on the database of an installation."""
    engine = make_engine(config.database_url)
    yield engine
    engine.dispose()


def _sums(path: Path) -> dict[str, str]:
    with closing(Reader(path)) as reader:
        found: dict[str, str] = reader.manifest["sums"]
        return found


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_comes_back_is_what_was_there(place: Config, tmp_path: Path, postgres_url: str, kind: str) -> None:
    first = _backup(place, tmp_path / "first.zip")
    with _empty(kind, tmp_path / "there", postgres_url) as there, closing(Reader(first)) as reader:
        restore(there, reader, SETTINGS)
        assert _sums(_backup(there, tmp_path / "second.zip")) == _sums(first)
        (name,) = (one.name for one in (there.data_dir / "documents").iterdir())
        assert vault_of(there).get(name) == b"a passport"
        with closing_engine(there) as engine, Session(engine) as session:  # new rows go on after the old ones
            before = session.scalar(select(func.max(Vio.id)))
            assert make_vio(session).id == (before or 0) + 1


def test_a_restore_takes_the_place_of_what_is_there(place: Config, tmp_path: Path) -> None:
    path = _backup(place, tmp_path / "first.zip")
    with own_session() as session:
        make_vio(session, name="Made later")
    with closing(Reader(path)) as reader:
        restore(place, reader, SETTINGS)
    with own_session() as session:
        assert "Made later" not in list(session.scalars(select(Vio.name)))
        assert session.scalars(select(Volunteer.full_name)).one() == "Ольга ابن"


def test_a_backup_of_an_older_version_is_brought_up_to_date(own_engine: Engine, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/old.db"
    migrate(url, "0012")
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO role (id, name) VALUES (77, 'kept')"))
    old = settings("test", tmp_path / "old", url)
    make(old, engine, tmp_path / "old.zip", NOW, "0")
    engine.dispose()
    here = settings("test", tmp_path / "here", own_engine.url.render_as_string(hide_password=False))
    with closing(Reader(tmp_path / "old.zip")) as reader:
        restore(here, reader, SETTINGS)
    command.check(SETTINGS(here.database_url))
    with own_engine.connect() as connection:
        assert connection.scalar(text("SELECT name FROM role WHERE id = 77")) == "kept"


def test_rows_written_meanwhile_leave_the_backup_whole(place: Config, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            with own_session() as session:
                work = make_assignment(session)
                make_application(session, make_volunteer(session, work.vio), work)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        paths = [_backup(place, tmp_path / f"{number}.zip") for number in range(3)]
    finally:
        stop.set()
        writer.join()
    for path in paths:
        with closing(Reader(path)) as reader:
            verify(reader, tmp_path, SETTINGS)  # every row that a row names came too


def test_half_a_backup_or_a_changed_one_is_not_taken(place: Config, tmp_path: Path) -> None:
    path = _backup(place, tmp_path / "first.zip")
    whole = path.read_bytes()
    for size in (0, 10, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:size])
        with pytest.raises(BadBackup):
            Reader(path)
    at = whole.index(b"tables/volunteer") + 60
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
    with own_session() as session:
        make_vio(session, name="Made later")
    with pytest.raises(BadBackup), closing(Reader(path)) as reader:
        restore(place, reader, SETTINGS)
    with own_session() as session:
        assert "Made later" in list(session.scalars(select(Vio.name)))


def test_another_key_is_refused_before_anything_changes(place: Config, tmp_path: Path) -> None:
    path = _backup(place, tmp_path / "first.zip")
    with closing(Reader(path)) as reader, pytest.raises(BadBackup, match="DATA_KEY"):
        restore(replace(place, data_key="another"), reader, SETTINGS)


def test_an_empty_database_has_nothing_to_back_up(tmp_path: Path) -> None:
    config = settings("test", tmp_path, f"sqlite:///{tmp_path}/empty.db")
    with pytest.raises(NotReady, match="migrate"):
        _backup(config, tmp_path / "none.zip")
    assert not list(tmp_path.glob("*.zip*"))


def test_each_night_a_backup_is_made_and_tried_and_the_oldest_goes(place: Config, tmp_path: Path) -> None:
    folder = nightly.folder_of(place)
    folder.mkdir(parents=True)
    for day in range(1, 26):
        (folder / f"caravanserai-2026-11-{day:02}.zip").touch()
    with closing_engine(place) as engine:
        made = nightly.back_up(place, engine, SETTINGS, NOW, "1")
    kept = sorted(one.name for one in folder.glob("*.zip"))
    assert kept[-1] == made.name == "caravanserai-2026-11-26.zip"
    assert len(kept) == nightly.KEPT
    assert nightly.last(place) == made
    assert made.rows > 10
    assert {one.name for one in folder.iterdir()} == {*kept, nightly.STATE}


def test_a_night_that_fails_is_written_down(place: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill_the_disk(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("webapp.backups.making._add_files", fill_the_disk)
    with closing_engine(place) as engine, pytest.raises(OSError, match="No space"):
        nightly.back_up(place, engine, SETTINGS, NOW, "1")
    last = nightly.last(place)
    assert last is not None
    assert "No space" in last.error
    assert not list(nightly.folder_of(place).glob("*caravanserai*"))
    shutil.rmtree(nightly.folder_of(place))
    assert nightly.last(place) is None
