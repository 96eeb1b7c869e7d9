"""Files of the store that were deleted leave the disk, also where a process that had them open has nothing to do."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock

import pytest

from matching.engine import steps
from tests.services.stored.conftest import StoredWorld
from webapp.db import own_session
from webapp.models import Volunteer
from webapp.services.stored import opened

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads what a process has mapped from /proc")


def _mapped(folder: Path) -> list[str]:
    """Return the files of a folder that this process holds though their names are gone."""
    lines = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if str(folder) in line and line.endswith("(deleted)")]


def _replace(world: StoredWorld) -> None:
    """Let another process change everybody, and throw the old files away."""
    with own_session() as session:
        for number in world.people:
            session.get_one(Volunteer, number).experience = "Something else"
    kept = opened._kept.copy()
    world.refresh(whole=True)
    opened._kept.update(kept)  # that other process opened the new state, and this one still has the old one


def test_an_idle_process_lets_go_of_files_that_were_deleted(
    world: StoredWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.rank(world.works[0])
    _replace(world)
    assert _mapped(world.folder)
    opened.let_go()
    assert not _mapped(world.folder)
    world.assert_same(monkeypatch)


def _no_room() -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("load", [steps.load, _no_room])
def test_it_looks_by_itself_whether_or_not_compiled_loops_can_be_loaded(
    world: StoredWorld, monkeypatch: pytest.MonkeyPatch, load: Callable[[], None]
) -> None:
    opened._kept.clear()
    monkeypatch.setattr(steps, "load", load)
    is_idle = Event()

    def rest(_seconds: float) -> None:
        is_idle.wait(60)
        time.sleep(0.05)

    monkeypatch.setattr(opened, "sleep", rest)
    monkeypatch.setattr(opened, "_watching", Lock())
    world.rank(world.works[0])
    _replace(world)
    assert _mapped(world.folder)
    is_idle.set()
    end = time.monotonic() + 30
    while _mapped(world.folder) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _mapped(world.folder)
    opened._kept.clear()


def test_a_state_that_is_the_current_one_stays_open(world: StoredWorld) -> None:
    world.rank(world.works[0])
    kept = opened._kept[world.folder]
    opened.let_go()
    assert opened._kept[world.folder] is kept
    (world.folder / opened.MANIFEST).unlink()
    opened.let_go()
    assert world.folder not in opened._kept
