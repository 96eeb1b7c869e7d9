"""Old backups go by their age, whatever nights do; the newest one that is known to come back stays."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from tests.databases import DATA_KEY, migrate, settings
from webapp.backups import nightly
from webapp.backups.archive import BadBackup
from webapp.schema_steps import alembic_config

NOW = datetime(2026, 11, 26, 3, 37, tzinfo=UTC)
OLD_NIGHT, NIGHT = "caravanserai-2026-11-12.zip", "caravanserai-2026-11-13.zip"
OLD_RESTORE, RESTORE = "before-restore-2026-11-12-101112.zip", "before-restore-2026-11-13-101112.zip"


def _left(folder: Path, *names: str) -> set[str]:
    for name in names:
        (folder / name).touch()
    nightly.prune(folder, NOW.date())
    return {one.name for one in folder.iterdir()}


def test_what_was_kept_before_a_restore_goes_after_two_weeks_too(tmp_path: Path) -> None:
    assert _left(tmp_path, NIGHT, OLD_NIGHT, RESTORE, OLD_RESTORE) == {NIGHT, RESTORE}


def test_what_a_kill_or_a_trial_left_goes_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    left = _left(tmp_path, NIGHT, f".{OLD_NIGHT}.part", "untried-2026-11-12.zip", "state.json", "mine-2020-01-01.zip")
    assert left == {NIGHT, "state.json", "mine-2020-01-01.zip"}


def test_the_newest_that_was_tried_out_stays_however_old(tmp_path: Path) -> None:
    assert _left(tmp_path, "caravanserai-2026-10-01.zip", "caravanserai-2026-10-02.zip", "untried-2026-10-09.zip") == {
        "caravanserai-2026-10-02.zip"
    }
    assert _left(tmp_path, NIGHT) == {NIGHT}


def test_the_only_one_stays(tmp_path: Path) -> None:
    assert _left(tmp_path, OLD_RESTORE) == {OLD_RESTORE}


def test_a_night_that_fails_throws_old_ones_away_and_is_not_the_newest_good_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def come_back_broken(*_given: object) -> None:
        raise BadBackup("a row is missing")

    url = f"sqlite:///{tmp_path}/here.db"
    migrate(url, "head")
    config = settings("test", tmp_path, url)
    folder = nightly.folder_of(config)
    folder.mkdir()
    for name in (OLD_NIGHT, OLD_RESTORE, "caravanserai-2026-10-01.zip"):
        (folder / name).touch()
    monkeypatch.setattr(nightly, "verify", come_back_broken)
    engine = create_engine(url)
    with pytest.raises(BadBackup):
        nightly.back_up(config, engine, partial(alembic_config, data_key=DATA_KEY), NOW, "1")
    engine.dispose()
    assert {one.name for one in folder.iterdir()} == {OLD_NIGHT, "untried-2026-11-26.zip", nightly.STATE}


def test_notes_of_erasures_stay_as_long_as_a_backup_that_is_older(tmp_path: Path) -> None:
    kept = "caravanserai-2026-10-02.zip"
    notes = {f"erased-2026-{day}.jsonl" for day in ("10-01", "10-02", "11-20")}
    assert _left(tmp_path, kept, *notes) == {kept, "erased-2026-10-02.jsonl", "erased-2026-11-20.jsonl"}
    assert _left(tmp_path, NIGHT) == {NIGHT, "erased-2026-11-20.jsonl"}
