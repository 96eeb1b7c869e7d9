"""A restore that is killed at any moment leaves the old rows or the new ones, and the next one succeeds."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, select, text

from tests.factories import make_vio, make_volunteer
from webapp.cli import main
from webapp.config import ROOT
from webapp.db import own_session
from webapp.models import Vio

OLD, NEW = "Made before the backup", "Made after it"


def _surroundings(engine: Engine, folder: Path) -> dict[str, str]:
    url = engine.url.render_as_string(hide_password=False)
    return {"DATA_DIR": str(folder), "DATA_KEY": "k" * 32, "DATABASE_URL": url}


def _manage(engine: Engine, folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """Start a command of the service on the test's own database, in a process of its own."""
    surroundings = {**os.environ, **_surroundings(engine, folder)}
    command = [sys.executable, "-m", "webapp.cli", *words]
    return subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _said(engine: Engine, folder: Path, *words: str, code: int = 0) -> str:
    """Return what a command says; quicker than in a process of its own."""
    result = CliRunner().invoke(main, words, env=_surroundings(engine, folder))
    assert result.exit_code == code, result.output
    return result.output


def _names() -> set[str]:
    with own_session() as session:
        return set(session.scalars(select(Vio.name)))


def _prove_kills(engine: Engine, folder: Path, kills: int) -> None:
    with own_session() as session:
        make_vio(session, name=OLD)
    assert "rows of" in _said(engine, folder, "backup", str(folder / "first.zip"))
    with own_session() as session:
        vio = make_vio(session, name=NEW)
        for _ in range(50):
            make_volunteer(session, vio)
    assert "is whole" in _said(engine, folder, "check-backup", str(folder / "first.zip"))
    takes = _time_of_a_restore(engine, folder)
    (kept,) = (folder / "backups").glob("before-restore-*.zip")
    moments = random.Random(1)
    for _ in range(kills):
        if _names() == {OLD}:
            _said(engine, folder, "restore", "--without-keeping", str(kept))
        assert _names() == {OLD, NEW}
        with _manage(engine, folder, "restore", "--without-keeping", str(folder / "first.zip")) as process:
            time.sleep(moments.uniform(0.2, 1.1) * takes)
            process.send_signal(signal.SIGKILL)
        _let_go(engine)
        assert _names() in ({OLD, NEW}, {OLD})
    assert "Restored" in _said(engine, folder, "restore", "--without-keeping", str(folder / "first.zip"))
    assert _names() == {OLD}


def _time_of_a_restore(engine: Engine, folder: Path) -> float:
    """Restore once, with what was there kept; return the seconds."""
    started = time.monotonic()
    with _manage(engine, folder, "restore", str(folder / "first.zip")) as process:
        assert process.wait() == 0
    assert _names() == {OLD}
    return time.monotonic() - started


def _let_go(engine: Engine) -> None:
    """Wait until PostgreSQL has noticed that the killed process is gone."""
    if engine.dialect.name == "sqlite":
        return
    others = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with engine.connect() as connection:
            if connection.scalar(others) == 1:  # the one that asks
                return
        time.sleep(0.1)


def test_a_killed_restore_leaves_the_old_or_the_new(own_engine: Engine, tmp_path: Path) -> None:
    _prove_kills(own_engine, tmp_path, kills=1)


@pytest.mark.long
def test_thirty_kills_leave_the_old_or_the_new(own_engine: Engine, tmp_path: Path) -> None:
    _prove_kills(own_engine, tmp_path, kills=30)


def test_a_file_that_is_no_backup_gets_a_sentence_and_no_traceback(own_engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "photo.zip").write_bytes(b"no backup")
    assert "is no backup" in _said(own_engine, tmp_path, "restore", str(tmp_path / "photo.zip"), code=1)
